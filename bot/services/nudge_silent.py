"""«Напомнить молчащим»: a coordinator's own reminder, seen before it goes and not more often than every 12 hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.board import BoardLine, Silent
from bot.domain.broadcasts import BroadcastKind, NewBroadcast
from bot.domain.delivery import NoticeKind
from bot.domain.errors import DomainError, NotFoundError, OutdatedError
from bot.domain.ids import BroadcastId, OccurrenceId, UnitId
from bot.domain.network import Actor, Unit
from bot.ports.notices import NewNotice
from bot.ports.storage import Storage, Stores
from bot.services.show_board import board_scope

PAUSE = timedelta(hours=12)
"""The least time between two nudges to one person about one matter, whoever of the coordinators sends them."""

_LIFE = timedelta(days=3)  # one sent on Friday night is read on Monday morning


class NobodyToNudgeError(DomainError):
    """Nobody can be reminded: all have answered, or those who have not cannot be written to."""

    def __init__(self, unreachable: int) -> None:
        super().__init__(f"nobody to nudge, {unreachable} unreachable")
        self.unreachable = unreachable


class NudgedLatelyError(DomainError):
    """Everybody who is silent was reminded within the last 12 hours."""

    def __init__(self, again_at: datetime) -> None:
        super().__init__(f"nudged lately, again at {again_at}")
        self.again_at = again_at


@dataclass(frozen=True, slots=True)
class Nudge:
    """Whom a nudge reaches (``people``), whom it spares, and how many assignments have nobody to write to."""

    line: BoardLine
    unit: Unit | None
    people: int
    spared: int
    unreachable: int


async def preview_nudge(
    storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, unit_id: UnitId | None, now: datetime
) -> Nudge:
    """What a nudge would do. Raises as ``nudge_silent`` does."""
    async with storage.read() as tx:
        nudge, _ = await _weigh(tx, actor, occurrence_id, unit_id, now)
    return nudge


async def nudge_silent(
    storage: Storage,
    *,
    actor: Actor,
    occurrence_id: OccurrenceId,
    unit_id: UnitId | None,
    version: int,
    now: datetime,
) -> Nudge:
    """Plans a notice for everyone silent below ``unit_id`` (None: all that the actor sees), in one transaction.

    They go at once, to those whose night it is in the morning. Raises NotAllowedError, NotFoundError, OutdatedError
    (the date moved since the preview), NobodyToNudgeError and NudgedLatelyError.
    """
    async with storage.write() as tx:
        nudge, silent = await _weigh(tx, actor, occurrence_id, unit_id, now)
        if nudge.line.version != version:
            raise OutdatedError(f"occurrence {occurrence_id} has version {nudge.line.version}, not {version}")
        sent = NewBroadcast(BroadcastKind.NUDGE, nudge.line.title, actor.person.id, unit_id)
        broadcast_id = await tx.broadcasts.begin(sent, now=now)
        await tx.notices.plan([_notice(one, nudge.line, broadcast_id, now) for one in silent], now=now)
        await tx.audit.record(
            "silent nudged",
            by=actor.person.id,
            unit_id=unit_id,
            detail={"occurrence": occurrence_id, "people": nudge.people},
            now=now,
        )
    return nudge


async def _weigh(
    tx: Stores, actor: Actor, occurrence_id: OccurrenceId, unit_id: UnitId | None, now: datetime
) -> tuple[Nudge, list[Silent]]:
    scope = board_scope(actor)
    unit = None
    if unit_id is not None:
        unit = await tx.units.get(unit_id)
        if unit is None or not actor.can_manage(unit.path):
            raise NotFoundError(f"unit {unit_id} is not in the part of person {actor.person.id}")
        scope = (unit.path,)
    line = await tx.board.line(occurrence_id, scope)
    if line is None:
        raise NotFoundError(f"occurrence {occurrence_id} is not on the board of person {actor.person.id}")
    silent = await tx.board.silent(occurrence_id, scope, nudged_since=now - PAUSE)
    if not silent:
        raise NobodyToNudgeError(line.tally.unreachable)
    due = [one for one in silent if one.nudged_at is None]
    if not due:
        raise NudgedLatelyError(min(one.nudged_at for one in silent if one.nudged_at) + PAUSE)
    people = {one.person_id for one in due}
    spared = {one.person_id for one in silent} - people
    return Nudge(line, unit, len(people), len(spared), line.tally.unreachable), due


def _notice(silent: Silent, line: BoardLine, broadcast_id: BroadcastId, now: datetime) -> NewNotice:
    return NewNotice(
        key=f"nudge{silent.assignment_id}:p{silent.person_id}:{now:%Y%m%dT%H%M%S}",
        person_id=silent.person_id,
        kind=NoticeKind.NUDGE,
        due_at=now,
        expires_at=now + _LIFE,
        occurrence_id=line.occurrence_id,
        occurrence_version=line.version,
        assignment_id=silent.assignment_id,
        broadcast_id=broadcast_id,
    )
