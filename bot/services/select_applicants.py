"""A coordinator reads applications one by one and puts them on the lists; nobody is told before he announces it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import NotFoundError
from bot.domain.forms import Submission
from bot.domain.ids import ApplicationId, OccurrenceId, UnitId
from bot.domain.names import one_line
from bot.domain.network import Actor
from bot.domain.selection import (
    MAX_REASON,
    UNTAKEN,
    Application,
    ApplicationMovedError,
    ApplicationState,
    BoundExceededError,
    Lists,
    can_be_untaken,
    excesses,
    heard_before,
    lists_of,
    neighbour,
    next_up,
    reserve_of,
)
from bot.domain.undoing import TIME_TO_UNDO
from bot.ports.selections import Move, SelectionLine
from bot.ports.storage import Storage, Stores
from bot.services.announce_decisions import managed_selection, tell_decisions
from bot.services.cancel_occurrence import end_early
from bot.services.show_board import board_scope

PAGE = 6


@dataclass(frozen=True, slots=True)
class SelectionPage:
    """``page`` counts from 0; ``has_more``: selections that ended earlier follow."""

    selections: tuple[SelectionLine, ...]
    page: int
    has_more: bool


@dataclass(frozen=True, slots=True)
class SelectionView:
    """A selection as it stands. ``next_up``: who is first in line, while a place is free."""

    line: SelectionLine
    applications: tuple[Application, ...]
    lists: Lists
    next_up: Application | None


@dataclass(frozen=True, slots=True)
class ReadApplication:
    """One application with its form, and the selection that it stands in."""

    view: SelectionView
    application: Application
    submission: Submission | None


@dataclass(frozen=True, slots=True)
class SelectionExport:
    """Everything that was sent and not withdrawn, with what stands in the forms."""

    view: SelectionView
    submissions: Mapping[ApplicationId, Submission]


async def list_selections(storage: Storage, *, actor: Actor, page: int = 0) -> SelectionPage:
    """The selections of the actor's part of the network, the one that ends last first. Raises NotAllowedError."""
    scope, page = board_scope(actor), max(0, page)
    async with storage.read() as tx:
        found = await tx.applications.lines(scope, limit=PAGE + 1, offset=page * PAGE)
    return SelectionPage(found[:PAGE], page, has_more=len(found) > PAGE)


async def show_selection(storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId) -> SelectionView:
    """Raises NotFoundError outside the actor's part of the network."""
    async with storage.read() as tx:
        return await _view(tx, actor, occurrence_id)


async def read_application(storage: Storage, *, actor: Actor, application_id: ApplicationId) -> ReadApplication:
    """Raises NotFoundError."""
    async with storage.read() as tx:
        return await _read(tx, actor, application_id)


async def next_waiting(
    storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, after: int = 0
) -> ReadApplication | None:
    """The one that came after ``after``, else the first that waits; None where none does. Raises NotFoundError."""
    async with storage.read() as tx:
        view = await _view(tx, actor, occurrence_id)
        waiting = [one for one in view.applications if one.state is ApplicationState.WAITING]
        found = next((one for one in waiting if one.id > after), next(iter(waiting), None))
        return None if found is None else await _read(tx, actor, found.id)


async def history_of(
    storage: Storage, *, actor: Actor, application_id: ApplicationId
) -> tuple[Application, tuple[Move, ...]]:
    """Raises NotFoundError."""
    async with storage.read() as tx:
        read = await _read(tx, actor, application_id)
        return read.application, await tx.applications.history(application_id)


async def decide_application(
    storage: Storage,
    *,
    actor: Actor,
    application_id: ApplicationId,
    version: int,
    to: ApplicationState,
    now: datetime,
    reason: str = "",
    sure_of: Sequence[int] | None = None,
) -> ReadApplication:
    """Puts it on a list, or on none. ``version``: as it was seen; the same tap once more changes nothing.

    ``sure_of``: how much of each exceeded bound was taken when he said that he is sure. Where more is taken by now he
    is asked again: two coordinators cannot exceed a quota together and not notice.

    Raises NotFoundError, ApplicationMovedError, BoundExceededError.
    """
    reason = one_line(reason)[:MAX_REASON]
    async with storage.write() as tx:
        read = await _held(tx, actor, application_id)
        application = read.application
        if application.version == version + 1 and application.state is to:
            return read
        _ensure_as_seen(application, version, to)
        over = excesses(read.view.line.selection, read.view.applications, application, to)
        if over and tuple(one.taken for one in over) != tuple(sure_of or ()):
            raise BoundExceededError(application, to, over)
        await _put(tx, actor, application, to, reason, now)
        return await _read(tx, actor, application_id)


async def take_up(
    storage: Storage, *, actor: Actor, application_id: ApplicationId, version: int, now: datetime
) -> ReadApplication:
    """From the reserve to the main list in one tap; where decisions were announced before, the applicant hears of it
    in ten minutes, unless it is undone.

    Raises NotFoundError, ApplicationMovedError, BoundExceededError where the place was taken meanwhile.
    """
    async with storage.write() as tx:
        read = await _held(tx, actor, application_id)
        application = read.application
        is_repeat = application.version > version and application.state is ApplicationState.MAIN
        if is_repeat:
            return read
        _ensure_as_seen(application, version, ApplicationState.MAIN)
        line, is_announced = read.view.line, read.view.lists.is_announced
        over = excesses(line.selection, read.view.applications, application, ApplicationState.MAIN)
        if over:
            raise BoundExceededError(application, ApplicationState.MAIN, over)
        await _put(tx, actor, application, ApplicationState.MAIN, "", now, keeps_place=True)
        if is_announced:
            moved = await tx.applications.get(application_id)
            assert moved is not None, "it was read in this very transaction"
            await tell_decisions(tx, line, [moved], actor=actor, now=now, after=TIME_TO_UNDO)
        return await _read(tx, actor, application_id)


async def undo_take_up(
    storage: Storage, *, actor: Actor, application_id: ApplicationId, version: int, now: datetime
) -> ReadApplication:
    """A wrong tap: back to the reserve, at its old place, and the applicant hears of neither. Only one's own, only
    before he is told, and only while nothing followed. Tapped again it changes nothing.

    ``version``: as taking up has left it. Raises NotFoundError, ApplicationMovedError.
    """
    async with storage.write() as tx:
        read = await _held(tx, actor, application_id)
        application = read.application
        if application.version == version + 1 and application.state is ApplicationState.RESERVE:
            return read
        if application.version != version or not can_be_untaken(application, actor.person.id, now=now):
            raise ApplicationMovedError(application)
        moves = [move.what for move in await tx.applications.history(application_id)]
        by, reserve = actor.person.id, ApplicationState.RESERVE
        await tx.applications.decide(application, reserve, by=by, now=now, reason=None, keeps_place=True)
        if application.told is ApplicationState.MAIN:
            await tx.applications.tell_again(application_id, heard_before(moves))
        await tx.applications.note(application_id, UNTAKEN, by=by, now=now)
        detail = {"application": application_id}
        await tx.audit.record("taking up undone", by=by, unit_id=application.unit_id, detail=detail, now=now)
        return await _read(tx, actor, application_id)


async def move_in_reserve(
    storage: Storage, *, actor: Actor, application_id: ApplicationId, version: int, up: bool, now: datetime
) -> ReadApplication:
    """One place up or down its line of the reserve; at its end, or tapped twice, nothing changes.

    Raises NotFoundError.
    """
    async with storage.write() as tx:
        read = await _held(tx, actor, application_id)
        reserve = reserve_of(read.view.applications)
        at = neighbour(read.view.line.selection, reserve, read.application, up=up)
        if read.application.version != version or at is None:
            return read
        other, moved = reserve[at], read.application
        if moved.place is None or other.place is None:
            return read
        await tx.applications.put_places({moved.id: other.place, other.id: moved.place})
        detail = {"application": application_id, "up": up}
        by, unit_id = actor.person.id, moved.unit_id
        await tx.audit.record("reserve reordered", by=by, unit_id=unit_id, detail=detail, now=now)
        return await _read(tx, actor, application_id)


async def end_selection(
    storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, version: int, now: datetime
) -> SelectionLine:
    """Takes no more applications from now on; what came stays, and those who were told hear of it.

    One that has ended already, or has changed since ``version``, stays as it is. Raises NotFoundError.
    """
    async with storage.write() as tx:
        line = await managed_selection(tx, actor, occurrence_id)
        await end_early(tx, line, actor=actor, version=version, audited="selection ended", now=now)
        return await managed_selection(tx, actor, occurrence_id)


async def export_selection(storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId) -> SelectionExport:
    """Raises NotFoundError."""
    async with storage.read() as tx:
        view = await _view(tx, actor, occurrence_id)
        return SelectionExport(view, await tx.applications.submissions(occurrence_id))


async def selection_view(tx: Stores, line: SelectionLine) -> SelectionView:
    """How it stands, inside the caller's transaction; the caller has checked the rights."""
    applications = await tx.applications.all_of(line.occurrence_id)
    parts = {}
    for part in line.selection.quotas:
        unit = await tx.units.get(UnitId(part))
        if unit is not None:
            parts[unit.id] = unit.title
    up = next_up(line.selection, applications)
    return SelectionView(line, applications, lists_of(line.selection, applications, parts), up)


def _ensure_as_seen(application: Application, version: int, to: ApplicationState) -> None:
    is_gone = application.state is ApplicationState.WITHDRAWN
    if is_gone or application.version != version or not to.is_decided:
        raise ApplicationMovedError(application)


async def _put(
    tx: Stores,
    actor: Actor,
    application: Application,
    to: ApplicationState,
    reason: str,
    now: datetime,
    *,
    keeps_place: bool = False,
) -> None:
    by = actor.person.id
    if application.state is to and (application.reason or "") == reason:
        return
    if not await tx.applications.decide(
        application, to, by=by, now=now, reason=reason or None, keeps_place=keeps_place
    ):
        raise ApplicationMovedError(application)
    await tx.applications.note(application.id, to.value, by=by, now=now, reason=reason or None)
    detail = {"application": application.id, "from": application.state.value, "to": to.value}
    await tx.audit.record("application decided", by=by, unit_id=application.unit_id, detail=detail, now=now)


async def _held(tx: Stores, actor: Actor, application_id: ApplicationId) -> ReadApplication:
    """Read once nobody else decides about this selection any more."""
    known = await tx.applications.get(application_id)
    if known is None:
        raise NotFoundError(f"no application {application_id}")
    await tx.applications.hold(known.occurrence_id)
    return await _read(tx, actor, application_id)


async def _read(tx: Stores, actor: Actor, application_id: ApplicationId) -> ReadApplication:
    known = await tx.applications.get(application_id)
    if known is None:
        raise NotFoundError(f"no application {application_id}")
    view = await _view(tx, actor, known.occurrence_id)
    return ReadApplication(view, known, await tx.applications.submission(application_id))


async def _view(tx: Stores, actor: Actor, occurrence_id: OccurrenceId) -> SelectionView:
    return await selection_view(tx, await managed_selection(tx, actor, occurrence_id))
