"""A newer edition of a planned document: recognised, compared with the plan, told of, held against its file again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.domain.documents import DocumentDraft
from bot.domain.drafts import RowDecision
from bot.domain.ids import DocumentId
from bot.services.compare_edition import (
    accept_change,
    compare_edition,
    differs_from_plan,
    recheck_plan,
    stand_alone,
)
from bot.services.edit_draft import NotADraftError, discard_draft, set_term
from bot.services.import_document import find_import, import_document
from bot.services.plan_document import plan_document
from bot.services.show_plan import show_plan
from storage.database import Database
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.domain.test_editions import said
from tests.drafts import THE_FILE, a_document, a_row, row_of, version_of
from tests.factories import SmallNetwork
from tests.planning import plan_notices
from tests.services.test_plan_notices import DAYS, mark_sent
from tests.services.test_plan_notices import planned as planned_notices
from tests.services.two_editions import (
    CONTEST,
    FIRST,
    REPORT,
    SEMINAR,
    THE_SECOND,
    applied,
    move_by_hand,
    open_dates,
    planned,
    second,
    seen,
    tell_all,
    the_first,
    the_second,
)


class TestRecognising:
    async def test_an_edition_is_compared_with_its_plan_and_keeps_its_audience(
        self, database: Database, network: SmallNetwork, plan: DocumentId
    ) -> None:
        view = await seen(database, network, await second(database, network))

        assert (view.plan.id, view.edition.audience) == (plan, view.plan.audience)
        assert [said(change) for change in view.comparison.changes] == [
            "term 15.10>20.10", "words (title)", "new +10.12", "gone -01.12"
        ]  # fmt: skip

    async def test_it_is_never_planned_beside_the_plan(
        self, database: Database, network: SmallNetwork, plan: DocumentId
    ) -> None:
        edition = await second(database, network)
        with pytest.raises(NotADraftError):
            await plan_document(
                database, actor=await actor_of(database, network.regional), document_id=edition, version=1, now=MONDAY
            )

    async def test_a_document_of_its_own_is_planned_by_itself(
        self, database: Database, network: SmallNetwork, plan: DocumentId
    ) -> None:
        edition = await second(database, network)
        actor = await actor_of(database, network.regional)
        version = await version_of(database, edition)

        await stand_alone(database, actor=actor, document_id=edition, version=version)
        await stand_alone(database, actor=actor, document_id=edition, version=version)

        with pytest.raises(NotADraftError):
            await compare_edition(database, actor=actor, document_id=edition, now=MONDAY)

    @pytest.mark.parametrize(
        "read",
        [
            pytest.param(replace(the_second(), facts=replace(the_second().facts, number="9")), id="another number"),
            pytest.param(
                replace(the_second(number=None), rows=(a_row("1", FIRST[0], "Совсем о другом"),)), id="other rows"
            ),
        ],
    )
    async def test_another_document_is_compared_with_nothing(
        self, database: Database, network: SmallNetwork, plan: DocumentId, read: DocumentDraft
    ) -> None:
        edition = await second(database, network, read)
        with pytest.raises(NotADraftError):
            await seen(database, network, edition)

    async def test_without_a_number_the_title_and_the_rows_tell(
        self, database: Database, network: SmallNetwork
    ) -> None:
        plan = await planned(database, network, replace(the_first(), facts=the_second(number=None).facts))
        view = await seen(database, network, await second(database, network, the_second(number=None)))
        assert view.plan.id == plan

    async def test_the_document_of_another_region_is_another_plan(
        self, database: Database, network: SmallNetwork, plan: DocumentId
    ) -> None:
        actor = await actor_of(database, network.amur_regional)
        found = await import_document(database, actor=actor, file=THE_SECOND, read=the_second(), now=MONDAY)
        with pytest.raises(NotADraftError):
            await compare_edition(database, actor=actor, document_id=found.document_id, now=MONDAY)

    async def test_what_the_coordinator_had_said_of_a_row_holds_for_it(
        self, database: Database, network: SmallNetwork
    ) -> None:
        rows = (a_row("1", "в срок", SEMINAR), a_row("2", FIRST[1], REPORT), a_row("3", FIRST[2], CONTEST))
        actor = await actor_of(database, network.regional)
        found = await import_document(
            database, actor=actor, file=THE_FILE, read=replace(a_document(), rows=rows), now=MONDAY
        )
        row_id = await row_of(database, found.document_id, 1)
        await set_term(database, actor=actor, row_id=row_id, version=1, phrase="до 5 октября 2026 года", now=MONDAY)
        async with database.write() as tx:
            await tx.drafts.decide([await row_of(database, found.document_id, 2)], RowDecision.ACCEPT)
            await tx.drafts.decide([await row_of(database, found.document_id, 3)], RowDecision.SKIP)
        await plan_document(database, actor=actor, document_id=found.document_id, version=2, now=MONDAY)

        again = replace(a_document(), rows=(*rows[:2], a_row("3", "до 9 декабря 2026 года", CONTEST)))
        view = await seen(database, network, await second(database, network, again))

        assert [(said(change), change.is_accepted) for change in view.comparison.changes] == [("new +09.12", False)]

    async def test_a_discarded_edition_leaves_the_plan_as_it_was(
        self, database: Database, network: SmallNetwork, plan: DocumentId
    ) -> None:
        edition = await second(database, network)
        actor = await actor_of(database, network.regional)

        await discard_draft(database, actor=actor, document_id=edition, now=MONDAY)

        assert await find_import(database, actor=actor, file=THE_SECOND) is None
        assert await open_dates(database) == [date(2026, 10, 15), date(2026, 11, 2), date(2026, 12, 1)]


class TestTelling:
    @pytest.fixture
    async def told(
        self, database: Database, database_file: Path, network: SmallNetwork, plan: DocumentId
    ) -> DocumentId:
        await tell_all(database, database_file)
        await applied(database, network, await second(database, network))
        return plan

    async def test_what_moved_and_what_is_new_comes_as_one_message(
        self, database: Database, database_file: Path, network: SmallNetwork, told: DocumentId
    ) -> None:
        await plan_notices(database, days=DAYS, now=MONDAY)
        news = [line for line in planned_notices(database_file, network.coordinator_1) if "reminder" not in line]
        assert [line for line in news if "today" not in line] == ["changed 07.09 09:00"]

    async def test_planning_again_tells_nothing_twice(
        self, database: Database, database_file: Path, network: SmallNetwork, told: DocumentId
    ) -> None:
        await plan_notices(database, days=DAYS, now=MONDAY)
        async with database.write() as tx:
            await tx.planning.replan_for_newcomers(since=MONDAY - timedelta(days=9), now=MONDAY)
        assert await plan_notices(database, days=DAYS, now=MONDAY) == 0
        mark_sent(database_file, "changed")
        async with database.write() as tx:
            await tx.planning.replan_for_newcomers(since=MONDAY - timedelta(days=9), now=MONDAY)
        assert await plan_notices(database, days=DAYS, now=MONDAY) == 0

    async def test_a_date_that_moves_again_before_the_message_is_sent_needs_no_second(
        self, database: Database, database_file: Path, network: SmallNetwork, told: DocumentId
    ) -> None:
        """A list says how things are when it is sent."""
        await plan_notices(database, days=DAYS, now=MONDAY)
        await move_by_hand(database, network, told)
        await plan_notices(database, days=DAYS, now=MONDAY)
        assert not [line for line in planned_notices(database_file, network.coordinator_1) if "moved" in line]

    async def test_a_date_that_moves_again_afterwards_is_told_again(
        self, database: Database, database_file: Path, network: SmallNetwork, told: DocumentId
    ) -> None:
        await plan_notices(database, days=DAYS, now=MONDAY)
        mark_sent(database_file, "changed")
        await move_by_hand(database, network, told)
        await plan_notices(database, days=DAYS, now=MONDAY)
        assert [line for line in planned_notices(database_file, network.coordinator_1) if "moved" in line] == [
            "moved 07.09 09:00"
        ]


class TestRechecking:
    async def test_a_plan_as_the_document_has_it_differs_in_nothing(
        self, database: Database, network: SmallNetwork, plan: DocumentId
    ) -> None:
        actor = await actor_of(database, network.regional)
        assert not await differs_from_plan(database, actor=actor, document_id=plan, now=MONDAY)
        assert await recheck_plan(database, actor=actor, document_id=plan, now=MONDAY) is None

    async def test_what_was_moved_by_hand_is_taken_back_only_where_chosen(
        self, database: Database, network: SmallNetwork, plan: DocumentId
    ) -> None:
        await move_by_hand(database, network, plan)
        actor = await actor_of(database, network.regional)
        assert await differs_from_plan(database, actor=actor, document_id=plan, now=MONDAY)
        copy = await recheck_plan(database, actor=actor, document_id=plan, now=MONDAY)
        assert copy is not None
        assert await recheck_plan(database, actor=actor, document_id=plan, now=MONDAY) == copy

        [change] = (await seen(database, network, copy)).comparison.changes
        assert (said(change), change.is_accepted) == ("term 22.10>15.10", False)
        assert change.judged is not None
        await accept_change(
            database, actor=actor, document_id=copy, row_id=change.judged.row.id, version=1, is_accepted=True
        )
        await applied(database, network, copy)

        assert date(2026, 10, 15) in await open_dates(database)
        view = await show_plan(database, actor=actor, document_id=plan)
        assert [edition.is_recheck for edition in view.editions] == [True]
