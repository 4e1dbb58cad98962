"""A newer edition of a planned document: recognised, compared, applied at once or not at all."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain.documents import DocumentDraft
from bot.domain.drafts import DocumentState, RowDecision
from bot.domain.editions import ChangeKind
from bot.domain.errors import NotFoundError
from bot.domain.ids import ActivityId, DocumentId
from bot.domain.matters import ActivityState, Answer, LadderName
from bot.services.accept_reply import GivenReply, accept_reply
from bot.services.apply_edition import AppliedChanges, PlanChangedError, UnclearChangesError, apply_edition
from bot.services.cancel_plan import cancel_plan
from bot.services.compare_edition import (
    EditionView,
    PlanGoneError,
    accept_change,
    compare_edition,
    differs_from_plan,
    drop_activity,
    fetch_file,
    leave_unclear,
    preview_edition,
    recheck_plan,
    stand_alone,
)
from bot.services.edit_draft import DraftChangedError, NotADraftError, discard_draft, set_term
from bot.services.import_document import UploadedFile, find_import, import_document
from bot.services.move_occurrence import move_occurrence
from bot.services.plan_document import plan_document
from bot.services.plan_notices import plan_notices
from bot.services.show_plan import show_plan
from bot.services.treat_rows import RowScope, choose_ladder
from storage.database import Database
from storage.tables import audit, occurrences
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.domain.test_editions import said
from tests.drafts import THE_FILE, a_document, a_row, row_of, version_of
from tests.factories import SmallNetwork
from tests.services.test_plan_notices import DAYS, mark_sent
from tests.services.test_plan_notices import planned as planned_notices

FIRST = ("до 15 октября 2026 года", "до 2 ноября 2026 года", "до 1 декабря 2026 года")
SEMINAR, REPORT, CONTEST = "Провести семинар педагогов", "Сдать отчёт об оборудовании", "Объявить конкурс проектов"
THE_SECOND = UploadedFile("карта-2.docx", b"a roadmap, changed")


def the_first() -> DocumentDraft:
    rows = (a_row("1", FIRST[0], SEMINAR), a_row("2", FIRST[1], REPORT), a_row("3", FIRST[2], CONTEST))
    return replace(a_document(), rows=rows)


def the_second(seminar: str = "до 20 октября 2026 года", *, number: str | None = "1074-р") -> DocumentDraft:
    """The seminar moved, the report reworded, the contest gone, an audit new."""
    rows = (
        a_row("1", seminar, SEMINAR),
        a_row("2", FIRST[1], f"{REPORT} центров"),
        a_row("3", "до 10 декабря 2026 года", "Провести сверку имущества"),
    )
    return replace(a_document(), rows=rows, facts=replace(a_document().facts, number=number))


@pytest.fixture
async def plan(database: Database, network: SmallNetwork) -> DocumentId:
    """The first edition, planned and told to all three schools."""
    return await planned(database, network, the_first())


async def planned(database: Database, network: SmallNetwork, read: DocumentDraft) -> DocumentId:
    actor = await actor_of(database, network.regional)
    found = await import_document(database, actor=actor, file=THE_FILE, read=read, now=MONDAY)
    async with database.write() as tx:
        rows = [row.id for row in await tx.drafts.rows(found.document_id) if row.decision is RowDecision.TAKE]
        await tx.drafts.decide(rows, RowDecision.ACCEPT)
    version = await version_of(database, found.document_id)
    await plan_document(database, actor=actor, document_id=found.document_id, version=version, now=MONDAY)
    return found.document_id


async def ladder_of_row(database: Database, document_id: DocumentId, place: int) -> LadderName | None:
    async with database.read() as tx:
        return (await tx.drafts.rows(document_id))[place - 1].ladder


async def tell_all(database: Database, file: Path) -> None:
    await plan_notices(database, days=DAYS, now=MONDAY)
    mark_sent(file, "assigned")


async def second(database: Database, network: SmallNetwork, read: DocumentDraft | None = None) -> DocumentId:
    actor = await actor_of(database, network.regional)
    read = read or the_second()
    return (await import_document(database, actor=actor, file=THE_SECOND, read=read, now=MONDAY)).document_id


async def seen(database: Database, network: SmallNetwork, edition: DocumentId) -> EditionView:
    actor = await actor_of(database, network.regional)
    return await compare_edition(database, actor=actor, document_id=edition, now=MONDAY)


async def applied(database: Database, network: SmallNetwork, edition: DocumentId) -> AppliedChanges:
    view = await seen(database, network, edition)
    actor = await actor_of(database, network.regional)
    return await apply_edition(
        database, actor=actor, document_id=edition, version=view.edition.version, plan_mark=view.plan_mark, now=MONDAY
    )


async def open_dates(database: Database) -> list[date]:
    query = select(occurrences.c.due_on).where(occurrences.c.state == "open").order_by(occurrences.c.due_on)
    async with database.read() as tx:
        return list((await tx._connection.execute(query)).scalars())


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
        await _move_by_hand(database, network, plan)
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
        await _move_by_hand(database, network, told)
        await plan_notices(database, days=DAYS, now=MONDAY)
        assert not [line for line in planned_notices(database_file, network.coordinator_1) if "moved" in line]

    async def test_a_date_that_moves_again_afterwards_is_told_again(
        self, database: Database, database_file: Path, network: SmallNetwork, told: DocumentId
    ) -> None:
        await plan_notices(database, days=DAYS, now=MONDAY)
        mark_sent(database_file, "changed")
        await _move_by_hand(database, network, told)
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
        await _move_by_hand(database, network, plan)
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


async def _move_by_hand(database: Database, network: SmallNetwork, plan: DocumentId) -> None:
    actor = await actor_of(database, network.regional)
    view = await show_plan(database, actor=actor, document_id=plan)
    found = view.activities[0].occurrences[0]
    day = datetime(2026, 10, 22, 20, 59, 59, tzinfo=UTC)
    await move_occurrence(
        database, actor=actor, occurrence_id=found.id, version=found.version, due_at=day, due_on=day.date(),
        has_time=False, now=MONDAY,
    )  # fmt: skip


async def _answer(database: Database, network: SmallNetwork) -> None:
    """School 1 has held its seminar."""
    actor = await actor_of(database, network.coordinator_1)
    async with database.read() as tx:
        page = await tx.replies.open_matters(network.coordinator_1, [network.school_1], since=MONDAY, offset=0, limit=9)
    matter = next(one for one in page.matters if one.title == SEMINAR)
    reply = GivenReply(matter.assignment.id, Answer.DONE)
    await accept_reply(database, actor=actor, reply=reply, source="test", now=MONDAY)
