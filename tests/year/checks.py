"""What must hold of every message of a year, whoever forgot, moved, left or blocked the bot; faults in words."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.calendar import WorkCalendar
from bot.domain.delivery import PASSES_QUIET, NoticeKind
from bot.domain.ids import AssignmentId
from tests.factories import account_of
from tests.year.witness import Sighting
from tests.year.year import Year

MOST_A_DAY = 6
"""Messages to one person on one day. Answers to his own taps, silent edits and conversations are not counted."""

_ORDINARY = frozenset({NoticeKind.REMINDER})
_PASSING = frozenset({NoticeKind.STARTS_SOON, NoticeKind.REFRESH})


def faults(year: Year) -> dict[str, list[str]]:
    """By promise, what broke it."""
    return {
        "nobody who had answered was reminded": list(_reminded_after_answer(year)),
        "no ordinary message between 21:00 and 08:00 or on a day off": list(_at_night(year)),
        "one ordinary reminder a day, and no more messages than the day's limit": list(_too_many(year)),
        "every silent one was told before the term": list(_untold(year)),
        "every silent one was named above after the term": list(_not_escalated(year)),
        "the figures of the board are those that were handed in": list(_miscounted(year)),
        "one summary a day for each who oversees": list(_summaries(year)),
        "every notice has an outcome": list(_unsettled(year)),
        "at most the messages in flight were doubled": list(_doubled(year)),
    }


def _reminded_after_answer(year: Year) -> Iterator[str]:
    for seen, assignment in year.reminded_after_answer:
        yield f"{seen.kind} of {seen.at:%d.%m %H:%M} to {seen.account}: assignment {assignment} was answered"


def _at_night(year: Year) -> Iterator[str]:
    calendar = WorkCalendar()
    for seen in year.sightings:
        if seen.kind in _PASSING or seen.due.notice.detail.get(PASSES_QUIET):
            continue
        local = seen.at.astimezone(year.zone_at(seen.account, seen.at))
        if not 8 <= local.hour < 21 or not calendar.is_working_day(local.date()):
            yield f"{seen.kind} to {seen.account} at {local:%a %d.%m %H:%M}"


def _too_many(year: Year) -> Iterator[str]:
    """What people write to each other is not counted: however much it is, it is not for the bot to keep it back."""
    days: dict[tuple[int, date], list[Sighting]] = defaultdict(list)
    for seen in year.sightings:
        if seen.kind is not NoticeKind.REFRESH and not seen.due.notice.key.startswith("thread:"):
            days[seen.account, seen.at.astimezone(year.zone_at(seen.account, seen.at)).date()].append(seen)
    for (account, day), of_day in days.items():
        ordinary = [seen for seen in of_day if seen.kind in _ORDINARY and not seen.due.notice.was_in_doubt]
        if len(ordinary) > 1 or len(of_day) > MOST_A_DAY:
            kinds = ", ".join(f"{count} × {kind}" for kind, count in Counter(seen.kind for seen in of_day).items())
            yield f"{account} on {day:%d.%m}: {kinds}"


def _untold(year: Year) -> Iterator[str]:
    """Of a school, whom nobody could be told is excused: nobody in it, or all of them had blocked the bot."""
    told = _first_told(year.sightings)
    for row in _silent(year):
        is_told = told.get(AssignmentId(row["id"]))
        if (is_told is None or is_told > _instant(row["due_at"])) and _could_be_told(year, row):
            yield f"assignment {row['id']} «{row['title']}» due {row['due_at']:.16}, first told {is_told}"


def _not_escalated(year: Year) -> Iterator[str]:
    named: dict[int, list[Sighting]] = defaultdict(list)
    for seen in year.sightings:
        if seen.kind is NoticeKind.OVERDUE:
            for occurrence in seen.due.notice.detail["occurrences"]:
                named[occurrence].append(seen)
    for row in _silent(year):
        above = {account_of(person) for person in year.network.overseers_of(row["unit_id"])}
        if row["kind"] == "task" and not any(seen.account in above for seen in named[row["occurrence_id"]]):
            yield f"assignment {row['id']} «{row['title']}» due {row['due_at']:.16} of school {row['unit_id']}"


def _summaries(year: Year) -> Iterator[str]:
    days: Counter[tuple[int, date]] = Counter()
    for seen in year.sightings:
        if seen.kind is NoticeKind.OVERDUE and not seen.due.notice.was_in_doubt:
            days[seen.account, seen.at.astimezone(year.zone_at(seen.account, seen.at)).date()] += 1
    for (account, day), count in days.items():
        if count > 1:
            yield f"{account} got {count} on {day:%d.%m}"


def _unsettled(year: Year) -> Iterator[str]:
    """Planned for later is an outcome to come; due and not settled is none."""
    now = year.clock.now().strftime("%Y-%m-%d %H:%M:%S.%f")
    query = (
        "SELECT id, kind, state, due_at FROM notices WHERE state IN ('sending', 'in_doubt')"
        " OR (state = 'planned' AND due_at < ?)"
    )
    for row in _rows(year, query, now):
        yield f"notice {row['id']} ({row['kind']}) is {row['state']}, due {row['due_at']}"


def _doubled(year: Year) -> Iterator[str]:
    arrived = Counter(seen.due.notice.id for seen in year.sightings)
    doubled = sum(count - 1 for count in arrived.values())
    if doubled > year.kills * year.in_flight:
        yield f"{doubled} messages came twice, with {year.kills} kills and {year.in_flight} in flight"


def _miscounted(year: Year) -> Iterator[str]:
    """What the network adds up is read from the fillings that stand; the world has its own book of them."""
    query = (
        "SELECT s.assignment_id, v.number FROM submission_values v JOIN submissions s ON s.id = v.submission_id"
        " WHERE v.question = 'mentors' AND s.state IN ('handed_in', 'accepted')"
    )
    stored = {AssignmentId(row["assignment_id"]): int(row["number"]) for row in _rows(year, query)}
    if stored != year.figures:
        yield f"{sum(stored.values())} mentors in the database, {sum(year.figures.values())} handed in"


def _first_told(sightings: Iterable[Sighting]) -> dict[AssignmentId, datetime]:
    told: dict[AssignmentId, datetime] = {}
    for seen in sightings:
        notice = seen.due.notice
        listed = notice.detail.get("assignments", ())
        for assignment in {*seen.assignments, *listed, *filter(None, [notice.assignment_id])}:
            told.setdefault(AssignmentId(assignment), seen.at)
    return told


def _could_be_told(year: Year, row: dict[str, Any]) -> bool:
    """Somebody who answers for it was there from the first, had not blocked the bot, and could be written to in time:
    of what is decided on a Friday night for Sunday nobody is told, and the coordinator reads so before he plans."""
    created_at, due_at = _instant(row["created_at"]), _instant(row["due_at"])
    if row["person_id"] is not None:
        ones = [year.network.people.get(account_of(row["person_id"]))]
    else:
        ones = list(year.network.coordinators_of(row["unit_id"]))
    return any(
        one is not None and one.since <= created_at and _has_working_hour(created_at, due_at, one.zone)
        and not any(one.has_blocked(due_at - timedelta(days=ago)) for ago in range(30))
        for one in ones
    )  # fmt: skip


def _has_working_hour(since: datetime, until: datetime, zone: ZoneInfo) -> bool:
    calendar, at = WorkCalendar(), since + timedelta(minutes=10)
    while at < until:
        local = at.astimezone(zone)
        if 8 <= local.hour < 21 and calendar.is_working_day(local.date()):
            return True
        at += timedelta(hours=1)
    return False


def _silent(year: Year) -> list[dict[str, Any]]:
    """What was owed and never answered, its date past by more than a week."""
    week_ago = (year.clock.now() - timedelta(days=7)).strftime("%Y-%m-%d %H:%M:%S.%f")
    query = (
        "SELECT a.id, a.unit_id, a.person_id, a.created_at, coalesce(a.due_at, o.due_at) AS due_at,"
        " o.id AS occurrence_id, v.title, v.kind"
        " FROM assignments a JOIN occurrences o ON o.id = a.occurrence_id JOIN activities v ON v.id = o.activity_id"
        " WHERE a.answer IS NULL AND a.withdrawn_at IS NULL AND o.state = 'open' AND coalesce(a.due_at, o.due_at) < ?"
    )
    return _rows(year, query, week_ago)


def _rows(year: Year, query: str, *values: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(year.file)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(query, values)]


def _instant(stored: str) -> datetime:
    return datetime.fromisoformat(stored).replace(tzinfo=UTC)
