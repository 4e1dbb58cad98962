"""From a document that was read to a plan: what each row becomes, who may edit it, and what planning does."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Table, func, insert, select, update

from bot.domain.audiences import answered_by, with_part, with_role
from bot.domain.drafts import DocumentState, RowDecision, RowState
from bot.domain.errors import NotAllowedError, NotFoundError
from bot.domain.ids import DocumentId, RowId
from bot.domain.matters import AnsweredBy, Audience
from bot.domain.network import Role
from bot.services.cancel_plan import cancel_plan
from bot.services.edit_draft import (
    DraftChangedError,
    NotADraftError,
    TermNotUnderstoodError,
    confirm_all,
    confirm_term,
    decide_all_past,
    decide_row,
    discard_draft,
    set_audience,
    set_term,
    take_proposal,
    understand_term,
)
from bot.services.import_document import NoNetworkError, find_import, import_document
from bot.services.open_occurrences import open_occurrences
from bot.services.plan_document import (
    NobodyAnswersError,
    NothingToPlanError,
    plan_document,
    preview_plan,
)
from bot.services.show_draft import list_documents, show_draft, show_row
from bot.services.show_plan import NotOneDateError, add_date, show_plan, understand_date
from storage.database import Database
from storage.tables import activities, assignments, audit, document_rows, notices, occurrences
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
    a_document,
    actor_of,
    imported,
)
from tests.factories import NetworkFactory, SmallNetwork


async def row_of(database: Database, document_id: DocumentId, position: int) -> RowId:
    async with database.read() as tx:
        return (await tx.drafts.rows(document_id))[position - 1].id


async def version_of(database: Database, document_id: DocumentId) -> int:
    async with database.read() as tx:
        draft = await tx.drafts.get(document_id)
    assert draft is not None
    return draft.version


async def count(database: Database, table: Table) -> int:
    async with database.read() as tx:
        return int((await tx._connection.execute(select(func.count()).select_from(table))).scalar_one())


class TestImporting:
    async def test_a_document_becomes_a_draft_for_all_schools_of_the_coordinators_unit(
        self, database: Database, network: SmallNetwork
    ) -> None:
        document_id = await imported(database, network.regional)

        view = await show_draft(
            database, actor=await actor_of(database, network.regional), document_id=document_id, now=MONDAY
        )

        assert view.draft.audience == Audience((network.vladimir,), AnsweredBy.SCHOOL)
        assert (view.draft.number, view.draft.dated, view.draft.state) == (
            "1074-р",
            date(2026, 8, 10),
            DocumentState.DRAFT,
        )
        assert [row.row.phrase for row in view.judgement.rows] == list(ALL_KINDS)

    async def test_the_same_file_again_gives_the_same_draft(self, database: Database, network: SmallNetwork) -> None:
        document_id = await imported(database, network.regional)
        actor = await actor_of(database, network.regional)

        again = await import_document(database, actor=actor, file=THE_FILE, read=a_document(READY), now=MONDAY)

        assert (again.document_id, again.is_repeat) == (document_id, True)

    async def test_the_same_file_of_another_part_of_the_network_is_not_shown(
        self, database: Database, network: SmallNetwork
    ) -> None:
        await imported(database, network.regional)

        assert await find_import(database, actor=await actor_of(database, network.amur_regional), file=THE_FILE) is None

    async def test_a_teacher_brings_nothing_in(self, database: Database, network: SmallNetwork) -> None:
        actor = await actor_of(database, network.teacher_1)
        with pytest.raises(NotAllowedError):
            await import_document(database, actor=actor, file=THE_FILE, read=a_document(READY), now=MONDAY)

    async def test_a_coordinator_of_two_regions_gives_it_to_the_one_that_it_names(
        self, database: Database, network: SmallNetwork, factory: NetworkFactory
    ) -> None:
        factory.member(network.regional, network.amur, Role.COORDINATOR)
        actor = await actor_of(database, network.regional)
        document = a_document(READY, region="Амурская область")

        found = await import_document(database, actor=actor, file=THE_FILE, read=document, now=MONDAY)

        view = await show_draft(database, actor=actor, document_id=found.document_id, now=MONDAY)
        assert (view.draft.unit_id, view.draft.timezone) == (network.amur, "Asia/Yakutsk")

    async def test_the_owner_gives_it_to_the_root_that_it_names(
        self, database: Database, network: SmallNetwork
    ) -> None:
        owner = replace(await actor_of(database, network.teacher_1), is_owner=True)
        document = a_document(READY, region="Амурская область")

        found = await import_document(database, actor=owner, file=THE_FILE, read=document, now=MONDAY)

        view = await show_draft(database, actor=owner, document_id=found.document_id, now=MONDAY)
        assert view.draft.unit_id == network.amur

    async def test_without_a_network_there_is_nobody_to_plan_for(
        self, database: Database, factory: NetworkFactory
    ) -> None:
        owner = replace(await actor_of(database, factory.person("Хозяин Пётр Ильич")), is_owner=True)
        with pytest.raises(NoNetworkError):
            await import_document(database, actor=owner, file=THE_FILE, read=a_document(READY), now=MONDAY)


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

        await confirm_term(database, actor=actor, row_id=row_id, version=1)

        assert (await show_row(database, actor=actor, row_id=row_id, now=MONDAY)).judged.state is RowState.READY

    async def test_all_doubtful_readings_are_settled_at_once_and_the_dark_stay_dark(
        self, database: Database, network: SmallNetwork
    ) -> None:
        document_id = await imported(database, network.regional, DOUBTFUL, DOUBTFUL, DARK, NO_DAY)
        actor = await actor_of(database, network.regional)

        assert await confirm_all(database, actor=actor, document_id=document_id, version=1, now=MONDAY) == 2

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


class TestPlanning:
    async def test_the_preview_counts_what_planning_then_opens(self, database: Database, network: SmallNetwork) -> None:
        document_id = await imported(database, network.regional)
        actor = await actor_of(database, network.regional)

        preview = await preview_plan(database, actor=actor, document_id=document_id, now=MONDAY)
        planned = await plan_document(
            database, actor=actor, document_id=document_id, version=preview.draft.version, now=MONDAY
        )

        assert (preview.activities, preview.dates, preview.size) == (planned.activities, planned.dates, planned.size)
        assert (planned.activities, planned.dates) == (3, 6), "a day, five quarters, and one without a date"
        assert (preview.size.schools, preview.size.people) == (3, 3)
        assert await count(database, activities) == 3
        assert await count(database, occurrences) == 6
        assert await count(database, assignments) == 18

    async def test_at_night_the_first_message_waits_for_the_readers_morning(
        self, database: Database, network: SmallNetwork
    ) -> None:
        document_id = await imported(database, network.regional, READY)
        actor = await actor_of(database, network.regional)
        late = datetime(2026, 9, 7, 19, 0, tzinfo=UTC)

        preview = await preview_plan(database, actor=actor, document_id=document_id, now=late)

        assert [(notice.zone, notice.at) for notice in preview.first_notices] == [
            ("Europe/Moscow", datetime(2026, 9, 8, 5, 0, tzinfo=UTC))
        ]

    async def test_a_second_tap_plans_nothing(self, database: Database, network: SmallNetwork) -> None:
        document_id = await imported(database, network.regional)
        actor = await actor_of(database, network.regional)
        first = await plan_document(database, actor=actor, document_id=document_id, version=1, now=MONDAY)

        again = await plan_document(database, actor=actor, document_id=document_id, version=1, now=MONDAY)

        assert again == replace(first, is_repeat=True)
        assert await count(database, activities) == 3

    async def test_a_plan_is_made_of_the_draft_that_was_previewed(
        self, database: Database, network: SmallNetwork
    ) -> None:
        document_id = await imported(database, network.regional, READY, DOUBTFUL)
        actor = await actor_of(database, network.regional)
        row_id = await row_of(database, document_id, 1)
        await decide_row(database, actor=actor, row_id=row_id, version=1, decision=RowDecision.SKIP)

        with pytest.raises(DraftChangedError):
            await plan_document(database, actor=actor, document_id=document_id, version=1, now=MONDAY)

        assert await count(database, activities) == 0

    async def test_a_row_created_overdue_is_opened_on_its_past_day(
        self, database: Database, network: SmallNetwork
    ) -> None:
        document_id = await imported(database, network.regional, PAST)
        actor = await actor_of(database, network.regional)
        row_id = await row_of(database, document_id, 1)
        await decide_row(database, actor=actor, row_id=row_id, version=1, decision=RowDecision.OVERDUE)

        await plan_document(database, actor=actor, document_id=document_id, version=2, now=MONDAY)

        async with database.read() as tx:
            found = (await tx._connection.execute(select(occurrences.c.due_on, occurrences.c.needs_planning))).all()
        assert [tuple(row) for row in found] == [(date(2026, 6, 1), True)]
        assert await count(database, assignments) == 3

    @pytest.mark.parametrize(
        "phrases",
        [
            pytest.param((DARK,), id="not understood"),
            pytest.param((PAST,), id="past and undecided"),
            pytest.param((DOUBTFUL, NO_DAY), id="doubtful and without a day"),
        ],
    )
    async def test_what_nobody_has_settled_is_never_planned(
        self, database: Database, network: SmallNetwork, phrases: tuple[str, ...]
    ) -> None:
        document_id = await imported(database, network.regional, *phrases)
        actor = await actor_of(database, network.regional)

        with pytest.raises(NothingToPlanError):
            await plan_document(database, actor=actor, document_id=document_id, version=1, now=MONDAY)

        assert await count(database, activities) == 0

    async def test_a_plan_for_nobody_is_refused_and_the_row_named(
        self, database: Database, network: SmallNetwork
    ) -> None:
        document_id = await imported(database, network.regional, READY, READY)
        actor = await actor_of(database, network.regional)
        nobody = Audience((network.vladimir,), AnsweredBy.PERSON, (Role.MENTOR,))
        row_id = await row_of(database, document_id, 2)
        await set_audience(database, actor=actor, document_id=document_id, row_id=row_id, version=1, audience=nobody)

        with pytest.raises(NobodyAnswersError) as refusal:
            await plan_document(database, actor=actor, document_id=document_id, version=2, now=MONDAY)

        assert refusal.value.numbers == ("2",)
        assert await count(database, activities) == 0

    async def test_a_row_with_an_audience_of_its_own_is_owed_by_it(
        self, database: Database, network: SmallNetwork
    ) -> None:
        document_id = await imported(database, network.regional, READY, READY)
        actor = await actor_of(database, network.regional)
        row_id = await row_of(database, document_id, 2)
        teachers = Audience((network.suzdal,), AnsweredBy.PERSON, (Role.TEACHER,))
        await set_audience(database, actor=actor, document_id=document_id, row_id=row_id, version=1, audience=teachers)

        planned = await plan_document(database, actor=actor, document_id=document_id, version=2, now=MONDAY)

        async with database.read() as tx:
            query = select(assignments.c.person_id).where(assignments.c.person_id.is_not(None))
            owing = set((await tx._connection.execute(query)).scalars())
        assert owing == {network.teacher_1, network.teacher_2}
        assert (planned.size.schools, planned.size.people) == (3, 5), (
            "a person is counted once, whatever he answers for"
        )

    async def test_planning_is_in_the_audit(self, database: Database, network: SmallNetwork) -> None:
        document_id = await imported(database, network.regional)
        actor = await actor_of(database, network.regional)
        await plan_document(database, actor=actor, document_id=document_id, version=1, now=MONDAY)

        async with database.read() as tx:
            acts = list((await tx._connection.execute(select(audit.c.act).order_by(audit.c.id))).scalars())
        assert acts == ["document imported", "document planned"]

    async def test_rows_left_out_are_shown_with_the_plan(self, database: Database, network: SmallNetwork) -> None:
        document_id = await imported(database, network.regional)
        actor = await actor_of(database, network.regional)
        await plan_document(database, actor=actor, document_id=document_id, version=1, now=MONDAY)

        view = await show_plan(database, actor=actor, document_id=document_id)

        assert [row.number for row in view.left] == ["3", "4", "5", "7"]
        assert [len(opened.occurrences) for opened in view.activities] == [1, 5, 0]


class TestTakingAPlanBack:
    async def test_before_the_first_message_it_is_a_draft_again(
        self, database: Database, network: SmallNetwork
    ) -> None:
        document_id = await imported(database, network.regional)
        actor = await actor_of(database, network.regional)
        await plan_document(database, actor=actor, document_id=document_id, version=1, now=MONDAY)

        cancelled = await cancel_plan(database, actor=actor, document_id=document_id, now=MONDAY)

        assert cancelled.is_draft_again
        assert await count(database, activities) == await count(database, assignments) == 0
        version = await version_of(database, document_id)
        again = await plan_document(database, actor=actor, document_id=document_id, version=version, now=MONDAY)
        assert again.activities == 3

    async def test_after_a_message_its_dates_are_called_off(self, database: Database, network: SmallNetwork) -> None:
        document_id = await imported(database, network.regional)
        actor = await actor_of(database, network.regional)
        await plan_document(database, actor=actor, document_id=document_id, version=1, now=MONDAY)
        async with database.write() as tx:
            sent = {"key": "k", "person_id": network.coordinator_1, "kind": "assigned", "state": "sent"}
            due = {"due_at": MONDAY, "expires_at": MONDAY, "created_at": MONDAY, "attempts": 1}
            await tx._connection.execute(insert(notices).values(**sent, **due, document_id=document_id))
            await tx._connection.execute(update(occurrences).values(needs_planning=False))

        cancelled = await cancel_plan(database, actor=actor, document_id=document_id, now=MONDAY)

        assert (cancelled.is_draft_again, cancelled.dates) == (False, 6)
        async with database.read() as tx:
            query = select(occurrences.c.state, occurrences.c.version, occurrences.c.needs_planning).distinct()
            states = (await tx._connection.execute(query)).all()
        assert [tuple(row) for row in states] == [("cancelled", 2, True)]
        with pytest.raises(NotADraftError):
            await cancel_plan(database, actor=actor, document_id=document_id, now=MONDAY)


class TestOpeningOccurrences:
    async def test_a_repeating_activity_gets_its_next_dates_once(
        self, database: Database, network: SmallNetwork
    ) -> None:
        document_id = await imported(database, network.regional, QUARTERLY, READY)
        actor = await actor_of(database, network.regional)
        await plan_document(database, actor=actor, document_id=document_id, version=1, now=MONDAY)

        opened = [await open_occurrences(database, now=MONDAY + timedelta(days=days)) for days in (0, 1, 100, 100, 200)]

        assert opened == [0, 0, 1, 0, 1]
        assert await count(database, occurrences) == 8
        assert await count(database, assignments) == 24

    async def test_a_year_without_the_job_loses_no_date(self, database: Database, network: SmallNetwork) -> None:
        document_id = await imported(database, network.regional, QUARTERLY)
        actor = await actor_of(database, network.regional)
        await plan_document(database, actor=actor, document_id=document_id, version=1, now=MONDAY)

        assert await open_occurrences(database, now=MONDAY + timedelta(days=800)) == 8

    async def test_a_plan_taken_back_gets_no_more_dates(self, database: Database, network: SmallNetwork) -> None:
        document_id = await imported(database, network.regional, QUARTERLY)
        actor = await actor_of(database, network.regional)
        await plan_document(database, actor=actor, document_id=document_id, version=1, now=MONDAY)
        async with database.write() as tx:
            opened = await tx.matters.opened_of_document(document_id)
            await tx.matters.cancel_activities([opened[0].activity.id])

        assert await open_occurrences(database, now=MONDAY + timedelta(days=200)) == 0


class TestADateByHand:
    async def test_an_activity_without_a_date_gets_one(self, database: Database, network: SmallNetwork) -> None:
        document_id = await imported(database, network.regional, UNDATED)
        actor = await actor_of(database, network.regional)
        await plan_document(database, actor=actor, document_id=document_id, version=1, now=MONDAY)
        activity_id = (await show_plan(database, actor=actor, document_id=document_id)).activities[0].activity.id
        found = understand_date("до 15 ноября", zone="Europe/Moscow", now=MONDAY)

        for _ in range(2):
            await add_date(database, actor=actor, activity_id=activity_id, date=found, now=MONDAY)

        assert found.due_on == date(2026, 11, 15)
        assert await count(database, occurrences) == 1
        assert await count(database, assignments) == 3

    async def test_a_date_that_was_called_off_can_be_given_again(
        self, database: Database, network: SmallNetwork
    ) -> None:
        document_id = await imported(database, network.regional, READY, UNDATED)
        actor = await actor_of(database, network.regional)
        await plan_document(database, actor=actor, document_id=document_id, version=1, now=MONDAY)
        opened = (await show_plan(database, actor=actor, document_id=document_id)).activities[0]
        async with database.write() as tx:
            await tx.matters.cancel_occurrence(opened.occurrences[0].id, from_version=1)
        found = understand_date(READY, zone="Europe/Moscow", now=MONDAY)

        assert await add_date(database, actor=actor, activity_id=opened.activity.id, date=found, now=MONDAY)

    @pytest.mark.parametrize(
        ("phrase", "error"),
        [
            pytest.param("ежемесячно до 5 числа", NotOneDateError, id="a repetition is not one date"),
            pytest.param("по отдельному графику", NotOneDateError, id="no date at all"),
            pytest.param("31 февраля", TermNotUnderstoodError, id="an impossible day"),
        ],
    )
    def test_words_that_are_not_one_date(self, phrase: str, error: type[Exception]) -> None:
        with pytest.raises(error):
            understand_date(phrase, zone="Europe/Moscow", now=MONDAY)


async def test_lists_hold_the_own_part_of_the_network_only(database: Database, network: SmallNetwork) -> None:
    await imported(database, network.regional)
    for person, total in ((network.regional, 1), (network.municipal, 0), (network.amur_regional, 0)):
        actor = await actor_of(database, person)
        page = await list_documents(database, actor=actor, states=[DocumentState.DRAFT], limit=5, offset=0)
        assert page.total == len(page.documents) == total
