"""Several dates of a series move in one act, of which everybody is told in one message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain.drafts import PlannedDate
from bot.domain.ids import OccurrenceId
from bot.domain.matters import Occurrence
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.move_occurrence import managed_date, move_within


@dataclass(frozen=True, slots=True)
class MovedDates:
    """``dates``: where each stands now; ``is_repeat``: the first stood there already, and nothing was done."""

    dates: tuple[PlannedDate, ...]
    is_repeat: bool

    @property
    def moved(self) -> int:
        """How many dates that were."""
        return len(self.dates)


async def count_following(storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId) -> int:
    """How many open dates of its series come after this one. Raises NotFoundError as ``move_with_following``."""
    async with storage.read() as tx:
        await managed_date(tx, actor, occurrence_id)
        return len(await tx.announcing.following(occurrence_id))


async def move_with_following(
    storage: Storage,
    *,
    actor: Actor,
    occurrence_id: OccurrenceId,
    version: int,
    due_at: datetime,
    ends_at: datetime | None,
    now: datetime,
) -> MovedDates:
    """Moves a date to ``due_at`` and the later dates of its series by as many days and hours on their own clocks.

    All or none; the planner sees them at once and tells each person in one message. The same move again changes
    nothing. Raises as ``bot.services.move_occurrence.move_occurrence``.
    """
    async with storage.write() as tx:
        facts = await managed_date(tx, actor, occurrence_id)
        first = facts.occurrence
        following = await tx.announcing.following(occurrence_id)
        to = _moved(first, due_at)
        done = await move_within(tx, facts, actor=actor, version=version, to=to, now=now, ends_at=ends_at)
        if done.is_repeat:
            return MovedDates((), is_repeat=True)
        moved = [to]
        shift = _on_the_wall(due_at, first.timezone) - _on_the_wall(first.due_at, first.timezone)
        for later_id in following:
            later = await managed_date(tx, actor, later_id)
            date = later.occurrence
            wall = _on_the_wall(date.due_at, date.timezone) + shift
            to = _moved(date, wall.replace(tzinfo=ZoneInfo(date.timezone)).astimezone(UTC))
            await move_within(tx, later, actor=actor, version=date.version, to=to, now=now, is_watched=False)
            moved.append(to)
    return MovedDates(tuple(moved), is_repeat=False)


def _moved(date: Occurrence, due_at: datetime) -> PlannedDate:
    return PlannedDate(due_at, due_at.astimezone(ZoneInfo(date.timezone)).date(), has_time=True, timezone=date.timezone)


def _on_the_wall(at: datetime, timezone: str) -> datetime:
    """What the clocks there show: a series stays at its hour whatever the clocks do between its dates."""
    return at.astimezone(ZoneInfo(timezone)).replace(tzinfo=None)
