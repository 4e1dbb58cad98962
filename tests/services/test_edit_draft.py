"""A draft is checked: what each row would become, who may change what, and who answers."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.audiences import answered_by, with_part, with_role
from bot.domain.drafts import RowDecision, RowState
from bot.domain.errors import NotFoundError
from bot.domain.matters import AnsweredBy, Audience
from bot.domain.network import Role
from bot.services.edit_draft import (
    DraftChangedError,
    TermNotUnderstoodError,
    accept_clear,
    accept_doubtful,
    accept_row,
    decide_all_past,
    decide_row,
    discard_draft,
    set_audience,
    set_term,
    take_proposal,
    understand_term,
)
from bot.services.import_document import find_import
from bot.services.show_draft import show_draft, show_row
from storage.database import Database
from storage.tables import document_rows
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.drafts import (
    ALL_KINDS,
    DARK,
    DOUBTFUL,
    NO_DAY,
    PAST,
    QUARTERLY,
    READY,
    THE_FILE,
    UNDATED,
    accepted,
    count,
    imported,
    row_of,
    version_of,
)
from tests.factories import SmallNetwork


class TestJudging:
    @pytest.mark.parametrize(
        ("phrase", "state"),
        [
            pytest.param(READY, RowState.READY, id="a day ahead"),
            pytest.param(QUARTERLY, RowState.READY, id="a rule that began long ago goes on"),
            pytest.param(PAST, RowState.PAST, id="a day that is over"),
            pytest.param(DOUBTFUL, RowState.QUESTION, id="a year that was assumed is confirmed first"),
            pytest.param(DARK, RowState.QUESTION, id="what is not understood is asked"),
            pytest.param("", RowState.QUESTION, id="no phrase at all is asked"),
            pytest.param("31 февраля 2027 года", RowState.QUESTION, id="a day that does not exist"),
            pytest.param(UNDATED, RowState.UNDATED, id="as needed has no date"),
            pytest.param("по отдельному графику", RowState.UNDATED, id="a schedule elsewhere has no date here"),
            pytest.param(NO_DAY, RowState.QUESTION, id="each quarter, but which day?"),
        ],
    )
    async def test_what_becomes_of_a_row(
        self, database: Database, network: SmallNetwork, phrase: str, state: RowState
    ) -> None:
        document_id = await imported(database, network.regional, phrase)
        actor = await actor_of(database, network.regional)

        view = await show_draft(database, actor=actor, document_id=document_id, now=MONDAY)

        assert view.judgement.rows[0].state is state

    async def test_a_repeating_term_has_its_dates_of_the_next_four_hundred_days(
        self, database: Database, network: SmallNetwork
    ) -> None:
        document_id = await imported(database, network.regional, QUARTERLY)
        actor = await actor_of(database, network.regional)

        dates = (await show_draft(database, actor=actor, document_id=document_id, now=MONDAY)).judgement.rows[0].dates

        assert [due.due_on for due in dates] == [
            date(2026, 10, 1),
            date(2027, 1, 1),
            date(2027, 4, 1),
            date(2027, 7, 1),
            date(2027, 10, 1),
        ]

    async def test_a_day_off_warns_and_stays(self, database: Database, network: SmallNetwork) -> None:
        document_id = await imported(database, network.regional, "до 4 октября 2026 года")
        actor = await actor_of(database, network.regional)

        judged = (await show_draft(database, actor=actor, document_id=document_id, now=MONDAY)).judgement.rows[0]

        assert (judged.state, judged.days_off) == (RowState.READY, (date(2026, 10, 4),))

    async def test_a_year_whose_moved_days_are_not_published_is_named(
        self, database: Database, network: SmallNetwork
    ) -> None:
        """Far enough ahead that no edition of the calendar will know it for years."""
        document_id = await imported(database, network.regional, "до 15 мая 2040 года")
        actor = await actor_of(database, network.regional)

        judged = (await show_draft(database, actor=actor, document_id=document_id, now=MONDAY)).judgement.rows[0]

        assert (judged.state, judged.unsure_years) == (RowState.READY, (2040,))

    async def test_a_day_ends_at_midnight_of_the_documents_region(
        self, database: Database, network: SmallNetwork
    ) -> None:
        document_id = await imported(database, network.regional, READY)
        actor = await actor_of(database, network.regional)
        before_midnight = datetime(2026, 10, 15, 20, 30, tzinfo=UTC)

        states = [
            (await show_draft(database, actor=actor, document_id=document_id, now=now)).judgement.rows[0].state
            for now in (before_midnight, before_midnight + timedelta(hours=1))
        ]

        assert states == [RowState.READY, RowState.PAST]


class TestAccepting:
    async def test_all_understood_takes_the_rows_without_a_doubt_and_no_others(
        self, database: Database, network: SmallNetwork
    ) -> None:
        on_a_day_off = "до 4 октября 2026 года"
        document_id = await imported(database, network.regional, *ALL_KINDS, on_a_day_off)
        actor = await actor_of(database, network.regional)

        taken = await accept_clear(database, actor=actor, document_id=document_id, version=1, now=MONDAY)

        view = await show_draft(database, actor=actor, document_id=document_id, now=MONDAY)
        accepted = [judged.row.phrase for judged in view.judgement.rows if judged.is_accepted]
        assert (taken, accepted) == (3, [READY, QUARTERLY, UNDATED])

    @pytest.mark.parametrize(
        ("phrase", "is_doubtful"),
        [
            pytest.param(READY, False, id="a working day ahead"),
            pytest.param("до 4 октября 2026 года", True, id="a day off"),
            pytest.param(QUARTERLY, False, id="a rule whose nearest date is a working day, whatever comes later"),
            pytest.param("4 октября 2026 года, далее – ежегодно", True, id="a rule whose nearest date is a day off"),
            pytest.param(DOUBTFUL, True, id="no year"),
            pytest.param(NO_DAY, True, id="no day"),
            pytest.param("в ближайшее время до 15 октября 2026 года", True, id="vague or not understood"),
            pytest.param(PAST, False, id="what is over is asked about in its own way"),
        ],
    )
    async def test_what_is_doubtful(
        self, database: Database, network: SmallNetwork, phrase: str, is_doubtful: bool
    ) -> None:
        document_id = await imported(database, network.regional, phrase)
        actor = await actor_of(database, network.regional)

        judged = (await show_draft(database, actor=actor, document_id=document_id, now=MONDAY)).judgement.rows[0]

        assert judged.is_doubtful is is_doubtful

    async def test_a_row_on_a_day_off_is_accepted_by_itself(self, database: Database, network: SmallNetwork) -> None:
        document_id = await imported(database, network.regional, "до 4 октября 2026 года")
        actor = await actor_of(database, network.regional)
        row_id = await row_of(database, document_id, 1)

        for _ in range(2):
            await accept_row(database, actor=actor, row_id=row_id, version=1)

        judged = (await show_row(database, actor=actor, row_id=row_id, now=MONDAY)).judged
        assert (judged.is_accepted, judged.days_off) == (True, (date(2026, 10, 4),))
        assert await version_of(database, document_id) == 2

    async def test_an_accepted_row_can_wait_again(self, database: Database, network: SmallNetwork) -> None:
        document_id = await accepted(database, network.regional, READY)
        actor = await actor_of(database, network.regional)
        row_id = await row_of(database, document_id, 1)

        await decide_row(database, actor=actor, row_id=row_id, version=2, decision=RowDecision.TAKE)

        assert (await show_row(database, actor=actor, row_id=row_id, now=MONDAY)).judged.is_clear


class TestEditing:
    async def test_a_typed_term_replaces_the_documents(self, database: Database, network: SmallNetwork) -> None:
        document_id = await imported(database, network.regional, DARK)
        actor = await actor_of(database, network.regional)
        row_id = await row_of(database, document_id, 1)

        await set_term(database, actor=actor, row_id=row_id, version=1, phrase="до 20 ноября", now=MONDAY)

        view = await show_row(database, actor=actor, row_id=row_id, now=MONDAY)
        assert (view.judged.state, view.judged.dates[0].due_on) == (RowState.READY, date(2026, 11, 20))
        assert (view.judged.row.phrase, view.judged.row.typed_phrase) == (DARK, "до 20 ноября")

    @pytest.mark.parametrize(
        "phrase",
        [
            pytest.param("когда-нибудь", id="no term"),
            pytest.param("31 февраля", id="an impossible day"),
            pytest.param("😀", id="nothing but an emoji"),
            pytest.param("до 15 октября " * 60, id="a text, not a phrase"),
        ],
    )
    async def test_words_that_are_no_term_change_nothing(
        self, database: Database, network: SmallNetwork, phrase: str
    ) -> None:
        document_id = await imported(database, network.regional, READY)
        actor = await actor_of(database, network.regional)
        row_id = await row_of(database, document_id, 1)

        with pytest.raises(TermNotUnderstoodError):
            await set_term(database, actor=actor, row_id=row_id, version=1, phrase=phrase, now=MONDAY)

        assert await version_of(database, document_id) == 1

    async def test_understanding_stores_nothing(self, database: Database, network: SmallNetwork) -> None:
        document_id = await imported(database, network.regional, DARK)
        actor = await actor_of(database, network.regional)
        row_id = await row_of(database, document_id, 1)

        typed = await understand_term(database, actor=actor, row_id=row_id, phrase="до 20 ноября", now=MONDAY)

        assert typed.judged.state is RowState.READY
        assert (await show_row(database, actor=actor, row_id=row_id, now=MONDAY)).judged.state is RowState.QUESTION

    async def test_a_doubtful_reading_is_settled_by_one_tap(self, database: Database, network: SmallNetwork) -> None:
        document_id = await imported(database, network.regional, DOUBTFUL)
        actor = await actor_of(database, network.regional)
        row_id = await row_of(database, document_id, 1)

        await accept_row(database, actor=actor, row_id=row_id, version=1)

        assert (await show_row(database, actor=actor, row_id=row_id, now=MONDAY)).judged.state is RowState.READY

    async def test_all_doubtful_readings_are_settled_at_once_and_the_dark_stay_dark(
        self, database: Database, network: SmallNetwork
    ) -> None:
        document_id = await imported(database, network.regional, DOUBTFUL, DOUBTFUL, DARK, NO_DAY)
        actor = await actor_of(database, network.regional)

        assert await accept_doubtful(database, actor=actor, document_id=document_id, version=1, now=MONDAY) == 2

        view = await show_draft(database, actor=actor, document_id=document_id, now=MONDAY)
        assert [judged.state for judged in view.judgement.rows] == [
            RowState.READY,
            RowState.READY,
            RowState.QUESTION,
            RowState.QUESTION,
        ]

    async def test_each_quarter_is_proposed_on_its_last_working_day(
        self, database: Database, network: SmallNetwork
    ) -> None:
        document_id = await imported(database, network.regional, NO_DAY)
        actor = await actor_of(database, network.regional)
        row_id = await row_of(database, document_id, 1)

        await take_proposal(database, actor=actor, row_id=row_id, version=1, now=MONDAY)

        view = await show_row(database, actor=actor, row_id=row_id, now=MONDAY)
        assert [due.due_on for due in view.judged.dates[:3]] == [
            date(2026, 9, 30),
            date(2026, 12, 30),
            date(2027, 3, 31),
        ], "31 December 2026 is a day off by decree"
        assert view.proposal is None

    async def test_a_skipped_row_comes_back(self, database: Database, network: SmallNetwork) -> None:
        document_id = await imported(database, network.regional, READY)
        actor = await actor_of(database, network.regional)
        row_id = await row_of(database, document_id, 1)

        states = []
        for version, decision in ((1, RowDecision.SKIP), (2, RowDecision.TAKE)):
            await decide_row(database, actor=actor, row_id=row_id, version=version, decision=decision)
            states.append((await show_row(database, actor=actor, row_id=row_id, now=MONDAY)).judged.state)

        assert states == [RowState.SKIPPED, RowState.READY]

    async def test_the_same_decision_twice_is_one_edit(self, database: Database, network: SmallNetwork) -> None:
        document_id = await imported(database, network.regional, READY)
        actor = await actor_of(database, network.regional)
        row_id = await row_of(database, document_id, 1)

        for _ in range(2):
            await decide_row(database, actor=actor, row_id=row_id, version=1, decision=RowDecision.SKIP)

        assert await version_of(database, document_id) == 2

    async def test_what_is_past_is_decided_for_all_rows_at_once(
        self, database: Database, network: SmallNetwork
    ) -> None:
        document_id = await imported(database, network.regional, PAST, READY, PAST)
        actor = await actor_of(database, network.regional)

        decided = await decide_all_past(
            database, actor=actor, document_id=document_id, version=1, decision=RowDecision.DONE, now=MONDAY
        )

        view = await show_draft(database, actor=actor, document_id=document_id, now=MONDAY)
        assert decided == 2
        assert [judged.state for judged in view.judgement.rows] == [RowState.DONE, RowState.READY, RowState.DONE]

    async def test_of_two_who_edit_the_same_draft_the_second_overwrites_nothing(
        self, database: Database, network: SmallNetwork
    ) -> None:
        document_id = await imported(database, network.regional, READY, DARK)
        actor = await actor_of(database, network.regional)
        first, second = await row_of(database, document_id, 1), await row_of(database, document_id, 2)
        await decide_row(database, actor=actor, row_id=first, version=1, decision=RowDecision.SKIP)

        with pytest.raises(DraftChangedError):
            await set_term(database, actor=actor, row_id=second, version=1, phrase="до 20 ноября", now=MONDAY)

        assert (await show_row(database, actor=actor, row_id=second, now=MONDAY)).judged.row.typed_phrase is None

    async def test_of_two_edits_at_the_same_moment_one_is_made(self, database: Database, network: SmallNetwork) -> None:
        document_id = await imported(database, network.regional, READY, READY)
        actor = await actor_of(database, network.regional)
        rows = [await row_of(database, document_id, place) for place in (1, 2)]

        results = await asyncio.gather(
            *(decide_row(database, actor=actor, row_id=row, version=1, decision=RowDecision.SKIP) for row in rows),
            return_exceptions=True,
        )

        assert sorted(type(result).__name__ for result in results) == ["DraftChangedError", "int"]

    async def test_a_neighbour_cannot_touch_it(self, database: Database, network: SmallNetwork) -> None:
        document_id = await imported(database, network.regional, READY)
        row_id = await row_of(database, document_id, 1)
        for person in (network.amur_regional, network.municipal, network.teacher_1):
            actor = await actor_of(database, person)
            with pytest.raises(NotFoundError):
                await decide_row(database, actor=actor, row_id=row_id, version=1, decision=RowDecision.SKIP)

    async def test_an_audience_outside_the_documents_unit_is_refused(
        self, database: Database, network: SmallNetwork
    ) -> None:
        document_id = await imported(database, network.regional, READY)
        actor = await actor_of(database, network.regional)
        elsewhere = Audience((network.amur,), AnsweredBy.SCHOOL)

        with pytest.raises(NotFoundError):
            await set_audience(
                database, actor=actor, document_id=document_id, row_id=None, version=1, audience=elsewhere
            )

    async def test_a_discarded_draft_is_gone_and_the_file_can_come_again(
        self, database: Database, network: SmallNetwork
    ) -> None:
        document_id = await imported(database, network.regional)
        actor = await actor_of(database, network.regional)

        await discard_draft(database, actor=actor, document_id=document_id, now=MONDAY)

        assert await count(database, document_rows) == 0
        assert await find_import(database, actor=actor, file=THE_FILE) is None


class TestChoosingWhoAnswers:
    async def test_the_first_part_narrows_the_whole_and_the_last_taken_away_widens_it(
        self, network: SmallNetwork
    ) -> None:
        whole = Audience((network.vladimir,), AnsweredBy.SCHOOL)

        one = with_part(whole, network.murom, whole=network.vladimir)
        two = with_part(one, network.suzdal, whole=network.vladimir)

        assert one.unit_ids == (network.murom,)
        assert set(two.unit_ids) == {network.murom, network.suzdal}
        assert with_part(one, network.murom, whole=network.vladimir) == whole

    async def test_people_are_teachers_until_somebody_chooses_and_the_last_role_stays(
        self, network: SmallNetwork
    ) -> None:
        people = answered_by(Audience((network.vladimir,), AnsweredBy.SCHOOL), AnsweredBy.PERSON)

        assert people.roles == (Role.TEACHER,)
        assert with_role(people, Role.TEACHER).roles == (Role.TEACHER,)
        assert with_role(people, Role.TUTOR).roles == (Role.TEACHER, Role.TUTOR)
