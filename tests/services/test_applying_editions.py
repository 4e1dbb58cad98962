"""A newer edition is applied to its plan at once or not at all."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain.drafts import DocumentState, RowDecision
from bot.domain.editions import ChangeKind
from bot.domain.errors import NotFoundError
from bot.domain.ids import ActivityId, DocumentId
from bot.domain.matters import ActivityState, Answer, LadderName
from bot.services.accept_reply import GivenReply, accept_reply
from bot.services.apply_edition import PlanChangedError, UnclearChangesError, apply_edition
from bot.services.cancel_plan import cancel_plan
from bot.services.compare_edition import (
    PlanGoneError,
    accept_change,
    compare_edition,
    drop_activity,
    fetch_file,
    leave_unclear,
    preview_edition,
    recheck_plan,
    stand_alone,
)
from bot.services.edit_draft import DraftChangedError, set_term
from bot.services.import_document import UploadedFile, find_import, import_document
from bot.services.plan_document import plan_document
from bot.services.show_plan import show_plan
from bot.services.treat_rows import RowScope, choose_ladder
from storage.database import Database
from storage.program_tables import audit
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.domain.test_editions import said
from tests.drafts import THE_FILE, a_row, row_of, version_of
from tests.factories import SmallNetwork
from tests.services.two_editions import (
    CONTEST,
    REPORT,
    SEMINAR,
    THE_SECOND,
    applied,
    ladder_of_row,
    move_by_hand,
    open_dates,
    second,
    seen,
    tell_all,
    the_first,
    the_second,
)


class TestApplying:
    async def test_accepted_changes_are_made_and_what_is_gone_stays(
        self, database: Database, network: SmallNetwork, plan: DocumentId
    ) -> None:
        await applied(database, network, await second(database, network))

        assert await open_dates(database) == [
            date(2026, 10, 20), date(2026, 11, 2), date(2026, 12, 1), date(2026, 12, 10)
        ]  # fmt: skip
        view = await show_plan(
            database, actor=await actor_of(database, network.regional), document_id=plan
        )  # fmt: skip
        assert [opened.activity.title for opened in view.activities] == [
            SEMINAR, f"{REPORT} центров", CONTEST, "Провести сверку имущества"
        ]  # fmt: skip
        assert [edition.dated for edition in view.editions] == [date(2026, 8, 10)]

    async def test_what_is_gone_is_called_off_once_chosen(
        self, database: Database, network: SmallNetwork, plan: DocumentId
    ) -> None:
        edition = await second(database, network)
        actor = await actor_of(database, network.regional)
        view = await seen(database, network, edition)
        gone = next(change for change in view.comparison.changes if change.kind is ChangeKind.GONE)
        assert gone.planned is not None
        assert gone.planned.activity is not None

        await drop_activity(
            database, actor=actor, document_id=edition, activity_id=gone.planned.activity.id, version=1, is_dropped=True
        )
        await applied(database, network, edition)

        assert date(2026, 12, 1) not in await open_dates(database)
        async with database.read() as tx:
            opened = await tx.matters.opened(gone.planned.activity.id)
        assert opened is not None
        assert opened.activity.state is ActivityState.CANCELLED

    async def test_what_is_not_wanted_is_not_changed(
        self, database: Database, network: SmallNetwork, plan: DocumentId
    ) -> None:
        edition = await second(database, network)
        actor = await actor_of(database, network.regional)
        row_id = await row_of(database, edition, 1)

        await accept_change(
            database, actor=actor, document_id=edition, row_id=row_id, version=1, is_accepted=False
        )  # fmt: skip
        await applied(database, network, edition)

        assert date(2026, 10, 15) in await open_dates(database)

    async def test_the_preview_counts_who_is_told_and_the_answers_that_stand(
        self, database: Database, database_file: Path, network: SmallNetwork, plan: DocumentId
    ) -> None:
        await tell_all(database, database_file)
        await _answer(database, network)
        edition = await second(database, network)
        actor = await actor_of(database, network.regional)

        effects = await preview_edition(database, actor=actor, document_id=edition, now=MONDAY)

        hearers = effects.view.hearers(effects.moved)
        assert (len(hearers.schools), len(hearers.people)) == (3, 3)
        assert effects.view.answers(effects.moved) == 1
        assert (effects.new_rows, effects.added, effects.reworded, effects.size.schools) == (1, 1, 1, 3)

        done = (await applied(database, network, edition)).effects
        assert done is not None
        assert (done.view.hearers(done.moved), done.view.answers(done.moved)) == (hearers, 1), "as it was foreseen"
        with sqlite3.connect(database_file) as connection:
            answers = connection.execute("SELECT count(*) FROM assignments WHERE answer = 'done'").fetchone()
        assert answers == (1,), "what was done stays done"

    async def test_how_a_planned_row_is_asked_about_stays_and_what_was_chosen_of_a_row_left_out_holds(
        self, database: Database, network: SmallNetwork
    ) -> None:
        """The activity keeps its ladder and its audience, and the row of the plan must not say otherwise."""
        actor = await actor_of(database, network.regional)
        read = the_first()
        found = await import_document(database, actor=actor, file=THE_FILE, read=read, now=MONDAY)
        for place in (1, 3):
            row_id = await row_of(database, found.document_id, place)
            version = await version_of(database, found.document_id)
            scope = RowScope.ROW
            await choose_ladder(
                database, actor=actor, row_id=row_id, version=version, ladder=LadderName.STRICT, scope=scope
            )
        async with database.write() as tx:
            await tx.drafts.decide([await row_of(database, found.document_id, 1)], RowDecision.ACCEPT)
        version = await version_of(database, found.document_id)
        await plan_document(database, actor=actor, document_id=found.document_id, version=version, now=MONDAY)
        moved = replace(read, rows=(a_row("1", "до 20 октября 2026 года", SEMINAR), *read.rows[1:]))
        edition = await second(database, network, moved)

        assert (await ladder_of_row(database, edition, 1), await ladder_of_row(database, edition, 3)) == ("strict",) * 2
        await choose_ladder(
            database,
            actor=actor,
            row_id=await row_of(database, edition, 1),
            version=await version_of(database, edition),
            ladder=LadderName.CALM,
            scope=RowScope.ROW,
        )
        await applied(database, network, edition)

        plan = await show_plan(database, actor=actor, document_id=found.document_id)
        assert [one.activity.ladder for one in plan.activities] == ["strict"]
        assert await ladder_of_row(database, found.document_id, 1) == "strict"

    async def test_a_second_tap_does_nothing(self, database: Database, network: SmallNetwork, plan: DocumentId) -> None:
        edition = await second(database, network)
        view = await seen(database, network, edition)
        actor = await actor_of(database, network.regional)
        for is_first in (True, False):
            done = await apply_edition(
                database, actor=actor, document_id=edition, version=1, plan_mark=view.plan_mark, now=MONDAY
            )
            assert (done.plan_id, done.effects is not None) == (plan, is_first)
        async with database.read() as tx:
            acts = (await tx._connection.execute(select(audit.c.act).where(audit.c.act == "edition applied"))).all()
        assert len(acts) == 1

    async def test_a_plan_that_was_changed_meanwhile_is_compared_again(
        self, database: Database, network: SmallNetwork, plan: DocumentId
    ) -> None:
        edition = await second(database, network)
        view = await seen(database, network, edition)
        await move_by_hand(database, network, plan)
        actor = await actor_of(database, network.regional)

        with pytest.raises(PlanChangedError):
            await apply_edition(
                database, actor=actor, document_id=edition, version=1, plan_mark=view.plan_mark, now=MONDAY
            )

        assert date(2026, 10, 20) not in await open_dates(database)

    async def test_an_edition_that_was_edited_meanwhile_is_looked_at_again(
        self, database: Database, network: SmallNetwork, plan: DocumentId
    ) -> None:
        edition = await second(database, network)
        view = await seen(database, network, edition)
        actor = await actor_of(database, network.regional)
        row_id = await row_of(database, edition, 1)
        await set_term(database, actor=actor, row_id=row_id, version=1, phrase="до 30 октября 2026 года", now=MONDAY)

        with pytest.raises(DraftChangedError):
            await apply_edition(
                database, actor=actor, document_id=edition, version=1, plan_mark=view.plan_mark, now=MONDAY
            )

    async def test_a_term_that_was_not_understood_is_asked_about_first(
        self, database: Database, network: SmallNetwork, plan: DocumentId
    ) -> None:
        edition = await second(database, network, the_second("в установленные сроки, но не позже"))
        with pytest.raises(UnclearChangesError):
            await applied(database, network, edition)

        actor = await actor_of(database, network.regional)
        assert await leave_unclear(database, actor=actor, document_id=edition, version=1, now=MONDAY) == 1
        await applied(database, network, edition)

        assert date(2026, 10, 15) in await open_dates(database)

    async def test_a_plan_that_was_called_off_takes_nothing(
        self, database: Database, database_file: Path, network: SmallNetwork, plan: DocumentId
    ) -> None:
        await tell_all(database, database_file)
        edition = await second(database, network)
        actor = await actor_of(database, network.regional)
        await cancel_plan(database, actor=actor, document_id=plan, now=MONDAY)

        with pytest.raises(PlanGoneError):
            await seen(database, network, edition)
        await stand_alone(database, actor=actor, document_id=edition, version=1)

    async def test_the_next_edition_is_compared_with_what_the_plan_has_become(
        self, database: Database, network: SmallNetwork, plan: DocumentId
    ) -> None:
        await applied(database, network, await second(database, network))
        actor = await actor_of(database, network.regional)
        third = UploadedFile("карта-3.docx", b"once more")
        found = await import_document(database, actor=actor, file=third, read=the_second(), now=MONDAY)

        view = await seen(database, network, found.document_id)

        assert [said(change) for change in view.comparison.changes] == ["gone -01.12"]

    async def test_a_plan_that_nobody_has_heard_of_is_undone_with_what_it_took_over(
        self, database: Database, network: SmallNetwork, plan: DocumentId
    ) -> None:
        await applied(database, network, await second(database, network))
        actor = await actor_of(database, network.regional)
        assert (await cancel_plan(database, actor=actor, document_id=plan, now=MONDAY)).is_draft_again

        async with database.read() as tx:
            rows = await tx.drafts.rows(plan)

        assert [(row.decision, row.activity_id) for row in rows] == [(RowDecision.ACCEPT, None)] * 4
        found = await find_import(database, actor=actor, file=THE_SECOND)
        assert found is not None
        assert (found.document_id, found.state) == (plan, DocumentState.DRAFT)

    async def test_its_file_sent_again_leads_to_the_plan(
        self, database: Database, network: SmallNetwork, plan: DocumentId
    ) -> None:
        await applied(database, network, await second(database, network))
        actor = await actor_of(database, network.regional)

        found = await find_import(database, actor=actor, file=THE_SECOND)

        assert found is not None
        assert (found.document_id, found.state) == (plan, DocumentState.PLANNED)
        kept = await fetch_file(database, actor=actor, document_id=plan)
        assert kept is not None
        assert (kept.name, kept.content) == (THE_SECOND.name, THE_SECOND.content)

    async def test_a_coordinator_elsewhere_touches_nothing(
        self, database: Database, network: SmallNetwork, plan: DocumentId
    ) -> None:
        edition = await second(database, network)
        stranger = await actor_of(database, network.amur_regional)
        for attempt in (
            compare_edition(database, actor=stranger, document_id=edition, now=MONDAY),
            stand_alone(database, actor=stranger, document_id=edition, version=1),
            fetch_file(database, actor=stranger, document_id=edition),
            recheck_plan(database, actor=stranger, document_id=plan, now=MONDAY),
            apply_edition(database, actor=stranger, document_id=edition, version=1, plan_mark=0, now=MONDAY),
            drop_activity(
                database, actor=stranger, document_id=edition, activity_id=ActivityId(1), version=1, is_dropped=True
            ),
        ):
            with pytest.raises(NotFoundError):
                await attempt


async def _answer(database: Database, network: SmallNetwork) -> None:
    """School 1 has held its seminar."""
    actor = await actor_of(database, network.coordinator_1)
    async with database.read() as tx:
        page = await tx.replies.open_matters(network.coordinator_1, [network.school_1], since=MONDAY, offset=0, limit=9)
    matter = next(one for one in page.matters if one.title == SEMINAR)
    reply = GivenReply(matter.assignment.id, Answer.DONE)
    await accept_reply(database, actor=actor, reply=reply, source="test", now=MONDAY)
