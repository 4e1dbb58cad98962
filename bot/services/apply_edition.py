"""The plan takes over what the coordinator accepted of a newer edition; those who were told hear from the planner."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.broadcasts import BroadcastKind
from bot.domain.drafts import DocumentState, Draft, JudgedRow, RowState
from bot.domain.editions import ChangeKind, RowChange
from bot.domain.errors import DomainError, OutdatedError
from bot.domain.ids import ActivityId, DocumentId
from bot.domain.network import Actor
from bot.ports.matters import NewOccurrence
from bot.ports.storage import Storage, Stores
from bot.services.compare_edition import EditionEffects, EditionView, compared, effects_of
from bot.services.edit_draft import DraftChangedError
from bot.services.plan_document import ensure_answered, open_rows, opened_until
from bot.services.show_draft import managed_document
from bot.services.watch_news import watch_news_of_plan


class PlanChangedError(OutdatedError):
    """Somebody changed the plan since the comparison was shown; nothing was done."""


class UnclearChangesError(DomainError):
    """Changes were accepted whose terms nobody has made clear."""


@dataclass(frozen=True, slots=True)
class AppliedChanges:
    """``effects``: what was done; None where it had been done before."""

    plan_id: DocumentId
    effects: EditionEffects | None


async def apply_edition(
    storage: Storage, *, actor: Actor, document_id: DocumentId, version: int, plan_mark: int, now: datetime
) -> AppliedChanges:
    """Makes all accepted changes or none of them. Answers stand as they were given; a second tap does nothing.

    A date moves as by ``move_occurrence``: its version grows, and those who were told of it hear of the move. Nobody is
    told of texts alone. Raises DraftChangedError or PlanChangedError where the edition or the plan was changed since
    the preview, UnclearChangesError, NobodyAnswersError, PlanGoneError, NotADraftError, NotFoundError.
    """
    counted = await _counted(storage, actor, document_id, now)
    async with storage.write() as tx:
        edition = await managed_document(tx, actor, document_id)
        if edition.state is DocumentState.APPLIED and edition.compared_with is not None:
            return AppliedChanges(edition.compared_with, None)
        view = await compared(tx, edition, now, is_counted=False)
        if edition.version != version:
            raise DraftChangedError(document_id)
        if view.plan_mark != plan_mark:
            raise PlanChangedError(f"plan {view.plan.id}")
        if view.comparison.unclear:
            raise UnclearChangesError(f"edition {document_id}")
        if counted is not None:  # of the same edition and the same plan, as their versions say
            view = replace(view, heard=counted.heard, answered=counted.answered)
        effects = await effects_of(tx, view)
        await _open_new(tx, view.plan, view.comparison.accepted, actor, now)
        for change in view.comparison.accepted:
            await _change_planned(tx, change, now)
        for planned, row in view.comparison.same:
            await tx.editions.renew(planned.row.id, row.id)
        await tx.editions.mark_applied(edition.id, now=now)
        detail = {
            "document": view.plan.id,
            "edition": edition.id,
            "moved": len(effects.moved),
            "called off": len(effects.called_off),
            "added": effects.added,
        }
        await watch_news_of_plan(tx, BroadcastKind.CHANGED, view.plan, by=actor.person.id, now=now)
        unit_id = view.plan.unit_id
        await tx.audit.record("edition applied", by=actor.person.id, unit_id=unit_id, detail=detail, now=now)
    return AppliedChanges(view.plan.id, effects)


async def _counted(storage: Storage, actor: Actor, document_id: DocumentId, now: datetime) -> EditionView | None:
    """Who hears of the changes, counted before the write lock is taken; None where there is nothing to be applied."""
    async with storage.read() as tx:
        edition = await managed_document(tx, actor, document_id)
        return await compared(tx, edition, now) if edition.state is DocumentState.DRAFT else None


async def _open_new(tx: Stores, plan: Draft, accepted: tuple[RowChange, ...], actor: Actor, now: datetime) -> None:
    new = [change for change in accepted if change.kind is ChangeKind.NEW]
    opened = [judged for judged in map(_judged, new) if judged.state is not RowState.DONE]
    await ensure_answered(tx, plan, opened)
    activities = await open_rows(tx, plan, opened, actor, now)
    for change in new:
        row_id = _judged(change).row.id
        if change.planned is None:
            await tx.editions.adopt(row_id, plan.id, activities.get(row_id))
        else:
            await tx.editions.renew(change.planned.row.id, row_id, is_new=True)
            await tx.editions.link(change.planned.row.id, activities.get(row_id))


async def _change_planned(tx: Stores, change: RowChange, now: datetime) -> None:
    activity = change.planned.activity if change.planned else None
    if activity is None:
        return
    for moved in change.moved:
        old, to = moved.occurrence, moved.to
        await tx.matters.move(
            old.id, from_version=old.version, due_at=to.due_at, due_on=to.due_on, has_time=to.has_time
        )
    for date in change.called_off:
        await tx.matters.cancel_occurrence(date.id, from_version=date.version)
    if change.kind is ChangeKind.GONE:
        await tx.editions.close(activity.id)
        return
    await _add_dates(tx, activity.id, change, now)
    judged = _judged(change)
    assert change.planned is not None, "an activity belongs to a row of the plan"
    await tx.editions.reword(activity.id, judged.row)
    if change.kind is ChangeKind.TERM:
        today = now.astimezone(ZoneInfo(activity.timezone)).date()
        assert judged.row.term is not None, "a term that was not understood is never applied"
        await tx.editions.reschedule(activity.id, judged.row.term, opened_until(judged, today))
    await tx.editions.renew(change.planned.row.id, judged.row.id)


def _judged(change: RowChange) -> JudgedRow:
    assert change.judged is not None, "only what is gone has no row in the edition"
    return change.judged


async def _add_dates(tx: Stores, activity_id: ActivityId, change: RowChange, now: datetime) -> None:
    if not change.added or change.planned is None or change.planned.activity is None:
        return
    known = len(change.planned.dates)
    # The place in the list keeps the key new where a date of the same day was moved away or called off before.
    dates = [
        NewOccurrence(f"{due.key} +{place}", due.due_at, due.due_on, due.has_time, due.timezone)
        for place, due in enumerate(change.added, start=known)
    ]
    await tx.matters.add_occurrences(activity_id, dates, now=now)
    since = min(due.due_at for due in change.added)
    await tx.matters.assign(activity_id, change.planned.activity.audience, since=since, now=now)
