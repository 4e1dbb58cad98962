"""What a card says of an event beyond its title and its beginning: its end, where, who leads it, and the way in."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.matters import Answer, Matter, OccurrenceState
from bot.texts.catalogue import Markup, say
from bot.texts.times import clock, day, timed
from bot.texts.wording import shorten
from handlers.answers.stages import Stage

_SHORT = 200
_END_OF_DAY = time(23, 59)


def event_facts(matter: Matter, reader: ZoneInfo, today: date, stage: Stage) -> list[Markup]:
    """The lines below the beginning. An event in the past tells no way in any more."""
    parts = []
    if matter.ends_at is not None:
        parts.append(say("matter-ends", ends=_end(matter, matter.ends_at, reader, today)))
    event = matter.event
    if event and event.place:
        parts.append(say("matter-place", place=shorten(event.place, _SHORT)))
    if event and event.leader:
        parts.append(say("matter-leader", leader=shorten(event.leader, _SHORT)))
    return parts + _way_in(matter, stage)


def _end(matter: Matter, ends_at: datetime, reader: ZoneInfo, today: date) -> Markup:
    """The hour alone where it is the same day; the last day alone where no hour was named for it."""
    written = ends_at.astimezone(ZoneInfo(matter.timezone))
    if written.time().replace(second=0, microsecond=0) == _END_OF_DAY and written.date() != matter.due_on:
        return timed(day(written.date(), today=today), ends_at)
    local = ends_at.astimezone(reader)
    hour = clock(ends_at, reader)
    is_same_day = local.date() == matter.due_at.astimezone(reader).date()
    return timed(hour if is_same_day else f"{day(local.date(), today=today)}, {hour}", ends_at)


def _way_in(matter: Matter, stage: Stage) -> list[Markup]:
    """Everybody who has not said «Не смогу» gets it: nobody should miss an event for not having pressed a button.

    Only where seats are counted it is kept for those who have one.
    """
    is_off = matter.state is not OccurrenceState.OPEN or matter.is_withdrawn or stage is Stage.OVER
    if is_off or matter.assignment.answer is Answer.NOT_COMING:
        return []
    event = matter.event
    if not matter.gets_link:
        is_promised = matter.link and stage is Stage.AHEAD and not matter.is_booked_up
        return [say("seat-link-later")] if is_promised else []
    if not matter.link:
        return [] if event and event.place else [say("matter-no-link")]
    code = [say("matter-access-code", code=event.access_code)] if event and event.access_code else []
    return [say("matter-link", link=matter.link), *code]
