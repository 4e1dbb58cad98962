"""How often a matter without an end is reminded of, once it is planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.awaiting import Awaited, Pace, awaited, pace_of, with_pace
from bot.domain.drafts import PlannedDate
from bot.domain.errors import OutdatedError
from bot.domain.ids import ActivityId
from bot.domain.judging import OPENED_AHEAD, dates_between, repeats
from bot.domain.matters import ActivityState, Occurrence, OccurrenceState
from bot.domain.network import Actor
from bot.domain.terms.model import Term
from bot.ports.matters import OpenedActivity
from bot.ports.storage import Storage
from bot.services.foresee_notices import Foreseen, foresee
from bot.services.show_draft import work_calendar
from bot.services.show_plan import managed_activity, version_of
from bot.services.start_dates import ActivityChangedError, open_more


@dataclass(frozen=True, slots=True)
class PacePreview:
    """``dates`` would be opened, ``dropped`` called off; ``is_same``: it is reminded of so already."""

    opened: OpenedActivity
    pace: Pace
    dates: tuple[PlannedDate, ...]
    dropped: tuple[Occurrence, ...]
    foreseen: Foreseen
    version: int
    is_same: bool


@dataclass(frozen=True, slots=True)
class _Change:
    term: Term
    dates: tuple[PlannedDate, ...]
    dropped: tuple[Occurrence, ...]
    until: date | None


async def preview_pace(
    storage: Storage, *, actor: Actor, activity_id: ActivityId, pace: Pace, now: datetime
) -> PacePreview:
    """What another pace would open and call off. Raises NotFoundError, OutdatedError where the term knows no pace."""
    async with storage.read() as tx:
        opened = await managed_activity(tx, actor, activity_id)
        change = _change(opened, pace, now)
        activity = opened.activity
        foreseen = await foresee(tx, [activity.audience], [(due, activity.ladder) for due in change.dates], now=now)
    is_same = pace_of(Term.from_json(activity.term)) is pace
    return PacePreview(opened, pace, change.dates, change.dropped, foreseen, version_of(opened), is_same)


async def set_pace(
    storage: Storage, *, actor: Actor, activity_id: ActivityId, version: int, pace: Pace, now: datetime
) -> bool:
    """Opens the dates of the new pace and calls off those of the old one that are ahead; the daily job goes on from it.

    False where that was the pace already. Raises as ``preview_pace``, ActivityChangedError.
    """
    async with storage.write() as tx:
        opened = await managed_activity(tx, actor, activity_id)
        if pace_of(Term.from_json(opened.activity.term)) is pace:
            return False
        if version_of(opened) != version or opened.activity.state is not ActivityState.ACTIVE:
            raise ActivityChangedError(activity_id)
        change = _change(opened, pace, now)
        for found in change.dropped:
            await tx.matters.cancel_occurrence(found.id, from_version=found.version)
        await tx.matters.set_term(activity_id, change.term.to_json(), opened_until=change.until)
        if change.dates:
            await open_more(tx, opened, change.dates, now=now)
        detail = {"activity": activity_id, "pace": pace.value, "dates": len(change.dates), "off": len(change.dropped)}
        unit_id = opened.activity.unit_id
        await tx.audit.record("pace set", by=actor.person.id, unit_id=unit_id, detail=detail, now=now)
    return True


def _change(opened: OpenedActivity, pace: Pace, now: datetime) -> _Change:
    """Dates that were added by hand stay; of the rule's own, those stay that the new rule gives as well."""
    activity = opened.activity
    old = Term.from_json(activity.term)
    if awaited(old) is not Awaited.PACE:
        raise OutdatedError(f"activity {activity.id} knows no pace")
    zone = ZoneInfo(activity.timezone)
    today = now.astimezone(zone).date()
    until = today + OPENED_AHEAD
    term = with_pace(old, pace, today)
    wanted = [due for due in _dates(term, zone, today, until) if due.due_at > now]
    of_old = {due.due_at for due in _dates(old, zone, today, until + OPENED_AHEAD)}
    ahead = [found for found in opened.occurrences if found.state is OccurrenceState.OPEN and found.due_at > now]
    kept = {due.due_at for due in wanted}
    standing = {found.due_at for found in ahead}
    return _Change(
        term,
        dates=tuple(due for due in wanted if due.due_at not in standing),
        dropped=tuple(found for found in ahead if found.due_at in of_old - kept),
        until=until if repeats(term) else None,
    )


def _dates(term: Term, zone: ZoneInfo, today: date, until: date) -> tuple[PlannedDate, ...]:
    return dates_between(term, after=today - timedelta(days=1), until=until, zone=zone, calendar=work_calendar())
