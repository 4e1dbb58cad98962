"""An edition beside the plan that it belongs to: what it would change, and for whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32
from zoneinfo import ZoneInfo

from bot.domain.drafts import DocumentState, Draft, RowDecision, RowState
from bot.domain.editions import ChangeKind, Comparison, PlannedRow, RowChange, compare
from bot.domain.errors import NotFoundError, OutdatedError
from bot.domain.ids import ActivityId, DocumentId, OccurrenceId, PersonId, RowId, UnitId
from bot.domain.ladder import DueMoment
from bot.domain.matters import ActivityKind, Occurrence, OccurrenceState
from bot.domain.network import Actor
from bot.ports.editions import StoredFile
from bot.ports.matters import AudienceSize, OpenedActivity
from bot.ports.planning import DateToPlan, Recipient, Told
from bot.ports.storage import Storage, Stores
from bot.services.edit_draft import DraftChangedError, NotADraftError
from bot.services.show_draft import managed_document, work_calendar

_SHARE = 1_000  # read at once


class PlanGoneError(OutdatedError):
    """The plan that the edition was compared with is planned no more: there is nothing to compare with."""

    def __init__(self, document_id: DocumentId) -> None:
        super().__init__(f"the plan of edition {document_id} is gone")
        self.document_id = document_id


@dataclass(frozen=True, slots=True)
class Hearers:
    """Those to whom a message about some dates goes, because they have heard of them."""

    schools: frozenset[UnitId] = frozenset()
    people: frozenset[PersonId] = frozenset()

    def __or__(self, other: Hearers) -> Hearers:
        return Hearers(self.schools | other.schools, self.people | other.people)


@dataclass(frozen=True, slots=True)
class EditionView:
    """``plan_mark`` changes whenever anybody changes a date of the plan. ``heard`` and ``answered``: of each date that
    the edition touches, who is told of the change and how many final answers stand."""

    edition: Draft
    plan: Draft
    comparison: Comparison
    plan_mark: int
    is_recheck: bool
    heard: Mapping[OccurrenceId, Hearers]
    answered: Mapping[OccurrenceId, int]

    def hearers(self, occurrences: Sequence[Occurrence]) -> Hearers:
        found = Hearers()
        for occurrence in occurrences:
            found |= self.heard.get(occurrence.id, Hearers())
        return found

    def answers(self, occurrences: Sequence[Occurrence]) -> int:
        return sum(self.answered.get(occurrence.id, 0) for occurrence in occurrences)


@dataclass(frozen=True, slots=True)
class EditionEffects:
    """What «Применить» would do at this moment. ``size``: those whom new rows and added dates are announced to."""

    view: EditionView
    moved: tuple[Occurrence, ...]
    called_off: tuple[Occurrence, ...]
    added: int
    new_rows: int
    reworded: int
    size: AudienceSize


async def compare_edition(storage: Storage, *, actor: Actor, document_id: DocumentId, now: datetime) -> EditionView:
    """Raises NotFoundError, NotADraftError where it was applied or is no edition, PlanGoneError."""
    async with storage.read() as tx:
        edition = await managed_document(tx, actor, document_id)
        return await compared(tx, edition, now)


async def preview_edition(storage: Storage, *, actor: Actor, document_id: DocumentId, now: datetime) -> EditionEffects:
    """Raises as ``compare_edition`` does."""
    async with storage.read() as tx:
        edition = await managed_document(tx, actor, document_id)
        return await effects_of(tx, await compared(tx, edition, now))


async def recheck_plan(storage: Storage, *, actor: Actor, document_id: DocumentId, now: datetime) -> DocumentId | None:
    """«Сравнить с планом»: a draft of the plan's own rows beside it; None where the plan says what the document says.

    What was changed by hand was changed on purpose, so none of it is taken back unless the coordinator says so. A
    second tap gives the same draft. Raises NotFoundError, PlanGoneError.
    """
    async with storage.write() as tx:
        plan = await managed_document(tx, actor, document_id)
        if plan.state is not DocumentState.PLANNED:
            raise PlanGoneError(document_id)
        for draft_id in await tx.editions.drafts_against(document_id):
            if await tx.editions.is_recheck(draft_id):
                return draft_id
        if not await _differs_from_itself(tx, plan, now):
            return None
        copy_id = await tx.editions.copy_to_recheck(document_id, by=actor.person.id, now=now)
        copy = await tx.drafts.get(copy_id)
        assert copy is not None, "it has just been stored"
        comparison = (await compared(tx, copy, now)).comparison
        differing = [change.judged.row.id for change in comparison.changes if change.judged is not None]
        await tx.drafts.decide(differing, RowDecision.SKIP)
        return copy_id


async def differs_from_plan(storage: Storage, *, actor: Actor, document_id: DocumentId, now: datetime) -> bool:
    """Whether somebody changed the plan by hand, so that it does not say any more what the document says."""
    async with storage.read() as tx:
        plan = await managed_document(tx, actor, document_id)
        return plan.state is DocumentState.PLANNED and await _differs_from_itself(tx, plan, now)


async def accept_change(
    storage: Storage, *, actor: Actor, document_id: DocumentId, row_id: RowId, version: int, is_accepted: bool
) -> None:
    """«Принять» or «Не менять» for one row of an edition. Raises DraftChangedError, NotADraftError, NotFoundError."""
    async with storage.write() as tx:
        edition = await _edition(tx, actor, document_id)
        row = await tx.drafts.row(row_id)
        if row is None or row.document_id != edition.id:
            raise NotFoundError(f"row {row_id} of document {document_id}")
        if (row.decision is not RowDecision.SKIP) == is_accepted:
            return
        await _grow(tx, edition, version)
        await tx.drafts.decide([row_id], RowDecision.TAKE if is_accepted else RowDecision.SKIP)


async def drop_activity(
    storage: Storage, *, actor: Actor, document_id: DocumentId, activity_id: ActivityId, version: int, is_dropped: bool
) -> None:
    """Whether a row that the edition does not name is called off. Raises as ``accept_change`` does."""
    async with storage.write() as tx:
        edition = await _edition(tx, actor, document_id)
        opened = await tx.matters.opened(activity_id)
        if opened is None or opened.activity.document_id != edition.compared_with:
            raise NotFoundError(f"activity {activity_id}")
        if (activity_id in edition.dropped) == is_dropped:
            return
        await _grow(tx, edition, version)
        rest = [one for one in edition.dropped if one != activity_id]
        await tx.editions.drop(edition.id, [*rest, activity_id] if is_dropped else rest)


async def leave_unclear(storage: Storage, *, actor: Actor, document_id: DocumentId, version: int, now: datetime) -> int:
    """None of the changes that wait for an answer is made; returns how many. Raises as ``accept_change`` does."""
    async with storage.write() as tx:
        edition = await _edition(tx, actor, document_id)
        unclear = (await compared(tx, edition, now)).comparison.unclear
        rows = [change.judged.row.id for change in unclear if change.judged is not None]
        if rows:
            await _grow(tx, edition, version)
            await tx.drafts.decide(rows, RowDecision.SKIP)
        return len(rows)


async def stand_alone(storage: Storage, *, actor: Actor, document_id: DocumentId, version: int) -> None:
    """«Отдельный документ»: it is planned by itself, beside the other. A second tap does nothing.

    Raises DraftChangedError, NotADraftError, NotFoundError.
    """
    async with storage.write() as tx:
        draft = await managed_document(tx, actor, document_id)
        if draft.state is not DocumentState.DRAFT:
            raise NotADraftError(document_id)
        if draft.compared_with is not None:
            await _grow(tx, draft, version)
            await tx.editions.compare_with(document_id, None)


async def fetch_file(storage: Storage, *, actor: Actor, document_id: DocumentId) -> StoredFile | None:
    """The file that a draft or a plan stands on, as it came. Raises NotFoundError."""
    async with storage.read() as tx:
        document = await managed_document(tx, actor, document_id)
        return await tx.editions.file(document.id)


async def compared(tx: Stores, edition: Draft, now: datetime, *, is_counted: bool = True) -> EditionView:
    """The edition beside its plan, in the caller's transaction. Raises NotADraftError, PlanGoneError.

    ``is_counted`` False leaves ``heard`` and ``answered`` empty: to count the hearers of a large plan takes seconds.
    """
    if edition.state is not DocumentState.DRAFT or edition.compared_with is None:
        raise NotADraftError(edition.id)
    plan = await tx.drafts.get(edition.compared_with)
    if plan is None or plan.state is not DocumentState.PLANNED:
        raise PlanGoneError(edition.id)
    opened = await tx.matters.opened_of_document(plan.id)
    is_recheck = await tx.editions.is_recheck(edition.id)
    comparison = compare(
        await _planned_rows(tx, plan, opened),
        await tx.drafts.rows(edition.id),
        dropped=edition.dropped,
        zone=ZoneInfo(edition.timezone),
        now=now,
        calendar=work_calendar(),
        is_recheck=is_recheck,
    )
    touched = {date.id: date for change in comparison.changes for date in touched_by(change)} if is_counted else {}
    return EditionView(
        edition,
        plan,
        comparison,
        plan_mark=_mark(opened),
        is_recheck=is_recheck,
        heard=await _heard(tx, plan, tuple(touched.values())),
        answered=await tx.editions.answered(tuple(touched)) if touched else {},
    )


def touched_by(change: RowChange) -> tuple[Occurrence, ...]:
    """The open dates that the change moves or calls off."""
    return (*(moved.occurrence for moved in change.moved), *change.called_off)


async def effects_of(tx: Stores, view: EditionView) -> EditionEffects:
    accepted = [change for change in view.comparison.accepted if not change.is_unclear]
    audiences = []
    for change in accepted:
        if not change.added or change.judged is None:
            continue
        own = change.judged.row.audience or view.plan.audience
        activity = change.planned.activity if change.planned else None
        audiences.append(activity.audience if activity else own)
    return EditionEffects(
        view,
        moved=tuple(moved.occurrence for change in accepted for moved in change.moved),
        called_off=tuple(date for change in accepted for date in change.called_off),
        added=sum(len(change.added) for change in accepted),
        new_rows=sum(change.kind is ChangeKind.NEW and _is_opened(change) for change in accepted),
        reworded=sum(change.kind is ChangeKind.WORDS for change in accepted),
        size=await tx.matters.audience_size(list(dict.fromkeys(audiences))),
    )


def _is_opened(change: RowChange) -> bool:
    return change.judged is not None and change.judged.state is not RowState.DONE


async def _differs_from_itself(tx: Stores, plan: Draft, now: datetime) -> bool:
    rows = await _planned_rows(tx, plan, await tx.matters.opened_of_document(plan.id))
    comparison = compare(
        rows,
        [one.row for one in rows],
        dropped=(),
        zone=ZoneInfo(plan.timezone),
        now=now,
        calendar=work_calendar(),
        is_recheck=True,
    )
    return bool(comparison.changes)


async def _planned_rows(tx: Stores, plan: Draft, opened: Sequence[OpenedActivity]) -> list[PlannedRow]:
    by_id = {found.activity.id: found for found in opened}
    rows = []
    for row in await tx.drafts.rows(plan.id):
        found = by_id.get(row.activity_id) if row.activity_id is not None else None
        rows.append(PlannedRow(row, found.activity, found.occurrences) if found else PlannedRow(row))
    return rows


async def _heard(tx: Stores, plan: Draft, dates: Sequence[Occurrence]) -> dict[OccurrenceId, Hearers]:
    """By the planner's own rule, so that the figures are those of the messages that it then plans."""
    if not dates:
        return {}
    asked = [
        DateToPlan(
            date.id,
            date.version,
            ActivityKind.TASK,
            OccurrenceState.OPEN,
            DueMoment(date.due_at, date.due_on, date.has_time),
            plan.created_at,
            plan.id,
        )
        for date in dates
    ]
    found: list[Recipient] = []
    for share in await tx.planning.shares(asked, size=_SHARE):
        some = await tx.planning.recipients(asked, share)
        found += [one for one in some if one.told is Told.HAS_HEARD]
    heard: dict[OccurrenceId, Hearers] = {}
    for one in found:
        known = heard.get(one.occurrence_id, Hearers())
        heard[one.occurrence_id] = known | Hearers(frozenset({one.unit_id}), frozenset({one.person_id}))
    return heard


def _mark(opened: Sequence[OpenedActivity]) -> int:
    """A number that tells one state of the plan from another; it has room in a button."""
    state = sorted(
        (found.activity.id, found.activity.state.value, date.id, date.version, date.state.value)
        for found in opened
        for date in found.occurrences
    )
    return crc32(repr((len(opened), state)).encode())


async def _edition(tx: Stores, actor: Actor, document_id: DocumentId) -> Draft:
    edition = await managed_document(tx, actor, document_id)
    if edition.state is not DocumentState.DRAFT or edition.compared_with is None:
        raise NotADraftError(document_id)
    return edition


async def _grow(tx: Stores, edition: Draft, version: int) -> None:
    if not await tx.drafts.grow(edition.id, from_version=version):
        raise DraftChangedError(edition.id)
