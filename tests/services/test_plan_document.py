"""A draft becomes a plan: what planning opens, and how a plan is taken back or completed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, insert, select, update

from bot.domain.drafts import RowDecision
from bot.domain.matters import AnsweredBy, Audience
from bot.domain.network import Role
from bot.services.cancel_plan import cancel_plan
from bot.services.edit_draft import (
    DraftChangedError,
    NotADraftError,
    TermNotUnderstoodError,
    decide_row,
    set_audience,
)
from bot.services.open_occurrences import open_occurrences
from bot.services.plan_document import (
    NobodyAnswersError,
    NothingToPlanError,
    plan_document,
    preview_plan,
)
from bot.services.show_plan import NotOneDateError, show_plan, understand_date
from storage.database import Database
from storage.program_tables import audit
from storage.tables import activities, assignments, notices, occurrences
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.drafts import (
    DARK,
    DOUBTFUL,
    NO_DAY,
    PAST,
    QUARTERLY,
    READY,
    UNDATED,
    accepted,
    count,
    imported,
    row_of,
    version_of,
)
from tests.factories import SmallNetwork


class TestPlanning:
    async def test_the_preview_counts_what_planning_then_opens(self, database: Database, network: SmallNetwork) -> None:
        document_id = await accepted(database, network.regional)
        actor = await actor_of(database, network.regional)

        preview = await preview_plan(database, actor=actor, document_id=document_id, now=MONDAY)
        planned = await plan_document(
            database, actor=actor, document_id=document_id, version=preview.draft.version, now=MONDAY
        )

        assert (preview.activities, preview.dates, preview.foreseen.size) == (
            planned.activities,
            planned.dates,
            planned.size,
        )
        assert (planned.activities, planned.dates) == (3, 6), "a day, five quarters, and one without a date"
        assert (preview.foreseen.size.schools, preview.foreseen.size.people) == (3, 3)
        assert await count(database, activities) == 3
        assert await count(database, occurrences) == 6
        assert await count(database, assignments) == 18

    async def test_at_night_the_first_message_waits_for_the_readers_morning(
        self, database: Database, network: SmallNetwork
    ) -> None:
        document_id = await accepted(database, network.regional, READY)
        actor = await actor_of(database, network.regional)
        late = datetime(2026, 9, 7, 19, 0, tzinfo=UTC)

        preview = await preview_plan(database, actor=actor, document_id=document_id, now=late)

        assert [(notice.zone, notice.at) for notice in preview.foreseen.first_notices] == [
            ("Europe/Moscow", datetime(2026, 9, 8, 5, 0, tzinfo=UTC))
        ]

    async def test_a_second_tap_plans_nothing(self, database: Database, network: SmallNetwork) -> None:
        document_id = await accepted(database, network.regional)
        actor = await actor_of(database, network.regional)
        first = await plan_document(database, actor=actor, document_id=document_id, version=2, now=MONDAY)

        again = await plan_document(database, actor=actor, document_id=document_id, version=2, now=MONDAY)

        assert again == replace(first, is_repeat=True)
        assert await count(database, activities) == 3

    async def test_a_plan_is_made_of_the_draft_that_was_previewed(
        self, database: Database, network: SmallNetwork
    ) -> None:
        document_id = await accepted(database, network.regional, READY, DOUBTFUL)
        actor = await actor_of(database, network.regional)
        row_id = await row_of(database, document_id, 1)
        await decide_row(database, actor=actor, row_id=row_id, version=2, decision=RowDecision.SKIP)

        with pytest.raises(DraftChangedError):
            await plan_document(database, actor=actor, document_id=document_id, version=2, now=MONDAY)

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
            pytest.param((READY, UNDATED), id="understood, and accepted by nobody"),
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
        document_id = await accepted(database, network.regional, READY, READY)
        actor = await actor_of(database, network.regional)
        nobody = Audience((network.vladimir,), AnsweredBy.PERSON, (Role.MENTOR,))
        row_id = await row_of(database, document_id, 2)
        await set_audience(database, actor=actor, document_id=document_id, row_id=row_id, version=2, audience=nobody)

        with pytest.raises(NobodyAnswersError) as refusal:
            await plan_document(database, actor=actor, document_id=document_id, version=3, now=MONDAY)

        assert refusal.value.numbers == ("2",)
        assert await count(database, activities) == 0

    async def test_a_row_with_an_audience_of_its_own_is_owed_by_it(
        self, database: Database, network: SmallNetwork
    ) -> None:
        document_id = await accepted(database, network.regional, READY, READY)
        actor = await actor_of(database, network.regional)
        row_id = await row_of(database, document_id, 2)
        teachers = Audience((network.suzdal,), AnsweredBy.PERSON, (Role.TEACHER,))
        await set_audience(database, actor=actor, document_id=document_id, row_id=row_id, version=2, audience=teachers)

        planned = await plan_document(database, actor=actor, document_id=document_id, version=3, now=MONDAY)

        async with database.read() as tx:
            query = select(assignments.c.person_id).where(assignments.c.person_id.is_not(None))
            owing = set((await tx._connection.execute(query)).scalars())
        assert owing == {network.teacher_1, network.teacher_2}
        assert (planned.size.schools, planned.size.people) == (3, 5), (
            "a person is counted once, whatever he answers for"
        )

    async def test_planning_is_in_the_audit(self, database: Database, network: SmallNetwork) -> None:
        document_id = await accepted(database, network.regional)
        actor = await actor_of(database, network.regional)
        await plan_document(database, actor=actor, document_id=document_id, version=2, now=MONDAY)

        async with database.read() as tx:
            acts = list((await tx._connection.execute(select(audit.c.act).order_by(audit.c.id))).scalars())
        assert acts == ["document imported", "document planned"]

    async def test_rows_left_out_are_shown_with_the_plan(self, database: Database, network: SmallNetwork) -> None:
        document_id = await accepted(database, network.regional)
        actor = await actor_of(database, network.regional)
        await plan_document(database, actor=actor, document_id=document_id, version=2, now=MONDAY)

        view = await show_plan(database, actor=actor, document_id=document_id)

        assert [row.number for row in view.left] == ["3", "4", "5", "7"]
        assert [len(opened.occurrences) for opened in view.activities] == [1, 5, 0]


class TestTakingAPlanBack:
    async def test_before_the_first_message_it_is_a_draft_again(
        self, database: Database, network: SmallNetwork
    ) -> None:
        document_id = await accepted(database, network.regional)
        actor = await actor_of(database, network.regional)
        await plan_document(database, actor=actor, document_id=document_id, version=2, now=MONDAY)

        cancelled = await cancel_plan(database, actor=actor, document_id=document_id, now=MONDAY)

        assert cancelled.is_draft_again
        assert await count(database, activities) == await count(database, assignments) == 0
        version = await version_of(database, document_id)
        again = await plan_document(database, actor=actor, document_id=document_id, version=version, now=MONDAY)
        assert again.activities == 3

    async def test_after_a_message_its_dates_are_called_off(self, database: Database, network: SmallNetwork) -> None:
        document_id = await accepted(database, network.regional)
        actor = await actor_of(database, network.regional)
        await plan_document(database, actor=actor, document_id=document_id, version=2, now=MONDAY)
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
        document_id = await accepted(database, network.regional, QUARTERLY, READY)
        actor = await actor_of(database, network.regional)
        await plan_document(database, actor=actor, document_id=document_id, version=2, now=MONDAY)

        opened = [await open_occurrences(database, now=MONDAY + timedelta(days=days)) for days in (0, 1, 100, 100, 200)]

        assert opened == [0, 0, 1, 0, 1]
        assert await count(database, occurrences) == 8
        assert await count(database, assignments) == 24

    async def test_a_year_without_the_job_loses_no_date(self, database: Database, network: SmallNetwork) -> None:
        document_id = await accepted(database, network.regional, QUARTERLY)
        actor = await actor_of(database, network.regional)
        await plan_document(database, actor=actor, document_id=document_id, version=2, now=MONDAY)

        assert await open_occurrences(database, now=MONDAY + timedelta(days=800)) == 8

    async def test_an_activity_that_fails_keeps_no_other_from_its_dates(
        self, database: Database, network: SmallNetwork
    ) -> None:
        document_id = await accepted(database, network.regional, QUARTERLY, QUARTERLY)
        actor = await actor_of(database, network.regional)
        await plan_document(database, actor=actor, document_id=document_id, version=2, now=MONDAY)
        async with database.write() as tx:
            first = select(func.min(activities.c.id)).scalar_subquery()
            broken = update(activities).where(activities.c.id == first).values(timezone="Nowhere/None")
            await tx._connection.execute(broken)

        with pytest.raises(ExceptionGroup):
            await open_occurrences(database, now=MONDAY + timedelta(days=100))

        async with database.read() as tx:
            failed, sound = await tx.matters.opened_of_document(document_id)
        assert len(sound.occurrences) == len(failed.occurrences) + 1

    async def test_a_plan_taken_back_gets_no_more_dates(self, database: Database, network: SmallNetwork) -> None:
        document_id = await accepted(database, network.regional, QUARTERLY)
        actor = await actor_of(database, network.regional)
        await plan_document(database, actor=actor, document_id=document_id, version=2, now=MONDAY)
        async with database.write() as tx:
            opened = await tx.matters.opened_of_document(document_id)
            await tx.matters.cancel_activities([opened[0].activity.id])

        assert await open_occurrences(database, now=MONDAY + timedelta(days=200)) == 0


class TestADateByHand:
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
