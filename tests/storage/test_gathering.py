"""Reminders of one day in one message: claimed and settled together, after a crash neither lost nor doubled."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlalchemy import Row, event

from bot.domain.calendar import WorkCalendar
from bot.domain.delivery import NoticeKind, NoticeState
from bot.domain.ids import PersonId
from bot.domain.rhythm import Often, Rhythm
from bot.ports.notices import Claim, DueNotice, NewNotice, Settlement
from storage.database import Database
from storage.gathering import due_beside
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork
from tests.opening import assignment, open_task

DAYS = WorkCalendar()
HOUR = timedelta(hours=1)


def reminder(person: PersonId, key: str, *, due_at: datetime = MONDAY, **fields: Any) -> NewNotice:
    plain = NewNotice(key, person, NoticeKind.REMINDER, due_at, due_at + timedelta(days=2))
    return replace(plain, **fields)


async def plan(database: Database, *notices: NewNotice) -> None:
    async with database.write() as tx:
        await tx.notices.plan(notices, now=MONDAY)


async def claim(database: Database, *, now: datetime = MONDAY, limit: int = 10) -> Claim:
    async with database.write() as tx:
        return await tx.notices.claim(limit, now=now, days=DAYS)


async def settle(database: Database, due: DueNotice, state: NoticeState, *, now: datetime = MONDAY) -> None:
    settlement = Settlement(
        due.notice.id,
        state,
        due.notice.attempts + 1,
        now + HOUR,
        due.notice.was_in_doubt,
        is_of_several=bool(due.gathered),
    )
    async with database.write() as tx:
        await tx.notices.settle([settlement], now=now)


def keys(due: DueNotice) -> tuple[str, ...]:
    return (due.notice.key, *sorted(notice.key for notice in due.gathered))


def states(file: Path) -> dict[str, str]:
    with sqlite3.connect(file) as connection:
        return dict(connection.execute("SELECT key, state FROM notices ORDER BY id").fetchall())


def led_by(file: Path) -> dict[str, str | None]:
    question = "SELECT n.key, l.key FROM notices n LEFT JOIN notices l ON l.id = n.gathered_into ORDER BY n.id"
    with sqlite3.connect(file) as connection:
        return dict(connection.execute(question).fetchall())


@pytest.mark.parametrize(
    ("other", "comes_along", "reason"),
    [
        ({}, True, "due at the same moment"),
        ({"due_at": MONDAY + 5 * HOUR}, True, "later on the same day"),
        ({"due_at": MONDAY + 15 * HOUR}, False, "after midnight in Moscow"),
        ({"kind": NoticeKind.TODAY}, False, "what is due today comes apart"),
        ({"kind": NoticeKind.OVERDUE}, False, "a summary is no reminder"),
        ({"kind": NoticeKind.MOVED}, False, "news are told at once and apart"),
        ({"kind": NoticeKind.STARTS_SOON}, False, "the link comes at its minute"),
        ({"kind": NoticeKind.ANNOUNCEMENT}, False, "what is new is announced with its own buttons"),
    ],
)
async def test_what_comes_in_the_message_of_a_reminder(
    database: Database, network: SmallNetwork, other: dict[str, Any], comes_along: bool, reason: str
) -> None:
    await plan(database, reminder(network.teacher_1, "first"), reminder(network.teacher_1, "other", **other))
    (due,) = (await claim(database)).to_send
    assert keys(due) == (("first", "other") if comes_along else ("first",)), reason


async def test_what_is_due_today_comes_together_too(database: Database, network: SmallNetwork) -> None:
    today: dict[str, Any] = {"kind": NoticeKind.TODAY}
    await plan(database, reminder(network.teacher_1, "a", **today), reminder(network.teacher_1, "b", **today))
    (due,) = (await claim(database)).to_send
    assert keys(due) == ("a", "b")


async def test_the_day_is_that_of_each_reader(database: Database, network: SmallNetwork) -> None:
    """Noon in Moscow is six in the evening in Yakutsk: seven hours later it is past midnight there."""
    later = MONDAY + 7 * HOUR
    await plan(
        database,
        *(reminder(network.teacher_1, key, due_at=at) for key, at in (("in Moscow", MONDAY), ("evening", later))),
        *(reminder(network.teacher_4, key, due_at=at) for key, at in (("in Tynda", MONDAY), ("tomorrow", later))),
    )
    claimed = await claim(database)
    assert [keys(due) for due in claimed.to_send] == [("in Moscow", "evening"), ("in Tynda",)]


async def test_they_share_the_fate_of_the_one_that_leads_them(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    await plan(database, *(reminder(network.teacher_1, key) for key in "abc"), reminder(network.teacher_2, "d"))
    first, other = (await claim(database)).to_send
    assert set(states(database_file).values()) == {"sending"}
    assert led_by(database_file) == {"a": None, "b": "a", "c": "a", "d": None}
    await settle(database, first, NoticeState.SENT)
    assert states(database_file) == {"a": "sent", "b": "sent", "c": "sent", "d": "sending"}
    await settle(database, other, NoticeState.FAILED)
    assert states(database_file) == {"a": "sent", "b": "sent", "c": "sent", "d": "failed"}
    assert (await claim(database, now=MONDAY + HOUR)).looked_at == 0, "nothing is left to send"


async def test_after_a_passing_failure_they_come_together_again(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    await plan(database, reminder(network.teacher_1, "a"), reminder(network.teacher_1, "b", due_at=MONDAY + 4 * HOUR))
    (due,) = (await claim(database)).to_send
    await settle(database, due, NoticeState.PLANNED)
    assert led_by(database_file) == {"a": None, "b": None}
    assert (await claim(database, now=MONDAY + HOUR / 2)).looked_at == 0, "both wait"
    (due,) = (await claim(database, now=MONDAY + HOUR)).to_send
    assert keys(due) == ("a", "b")


async def test_a_crash_leaves_all_of_them_in_doubt_and_they_go_once_more_together(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    await plan(database, *(reminder(network.teacher_1, key) for key in "abc"))
    await claim(database)
    await plan(database, reminder(network.teacher_1, "never went"))
    async with database.write() as tx:
        assert await tx.notices.doubt_interrupted() == 3
    (again,) = (await claim(database)).to_send
    assert keys(again) == ("a", "b", "c"), "what never went is not called doubtful"
    await settle(database, again, NoticeState.SENT)
    (rest,) = (await claim(database)).to_send
    assert keys(rest) == ("never went",)
    await settle(database, rest, NoticeState.SENT)
    with sqlite3.connect(database_file) as connection:
        doubted = connection.execute("SELECT key FROM notices WHERE was_in_doubt ORDER BY key").fetchall()
    assert doubted == [("a",), ("b",), ("c",)]
    assert set(states(database_file).values()) == {"sent"}


async def _answered(database: Database, network: SmallNetwork, file: Path, which: str) -> None:
    """Three matters of one school with a reminder each, of which one is answered before they are claimed."""
    for key in "abc":
        occurrence = await open_task(database, network, network.school_1, title=key)
        owed = await assignment(database, occurrence, school=network.school_1)
        await plan(
            database,
            reminder(network.coordinator_1, key, occurrence_id=occurrence, occurrence_version=1, assignment_id=owed),
        )
        if key == which:
            with sqlite3.connect(file) as connection:
                connection.execute("UPDATE assignments SET answer = 'done' WHERE id = ?", (owed,))


async def test_what_was_answered_meanwhile_is_left_out(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    await _answered(database, network, database_file, "b")
    claimed = await claim(database)
    assert [keys(due) for due in claimed.to_send] == [("a", "c")]
    assert claimed.cancelled == 1
    assert states(database_file) == {"a": "sending", "b": "cancelled", "c": "sending"}
    assert led_by(database_file)["b"] is None


async def test_where_the_first_was_answered_the_next_leads(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    await _answered(database, network, database_file, "a")
    assert (await claim(database)).to_send == ()
    (due,) = (await claim(database)).to_send
    assert keys(due) == ("b", "c")


async def _prefer(database: Database, person: PersonId, rhythm: Rhythm, *, wants_optional: bool = True) -> None:
    async with database.write() as tx:
        await tx.people.set_rhythm(person, rhythm)
        await tx.people.set_wants_optional(person, is_wanted=wants_optional)


async def test_once_a_day_at_an_hour_of_ones_own(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    await _prefer(database, network.teacher_1, Rhythm(Often.DAILY, time(17)))
    await plan(
        database,
        reminder(network.teacher_1, "a"),
        reminder(network.teacher_1, "at three", due_at=MONDAY + 3 * HOUR),
        reminder(network.teacher_1, "today", kind=NoticeKind.TODAY),
    )
    claims = [await claim(database) for _ in range(2)]
    assert [keys(due) for one in claims for due in one.to_send] == [("today",)], "the urgent step comes at its hour"
    assert (await claim(database, now=MONDAY + 3 * HOUR)).to_send == ()
    (due,) = (await claim(database, now=MONDAY + 5 * HOUR)).to_send
    assert keys(due) == ("a", "at three")


async def test_a_term_without_an_hour_is_its_day_for_whoever_lives_further_east(
    database: Database, network: SmallNetwork
) -> None:
    """His day is that of the term: on it he would hear no more in time, so he hears before, as all others do."""
    thursday = MONDAY + timedelta(days=10)
    end = thursday.replace(hour=20, minute=59, second=59)  # the last second of that day in Moscow
    occurrence = await open_task(database, network, network.school_1, due_at=end)
    owed = await assignment(database, occurrence, school=network.school_1)
    await _prefer(database, network.coordinator_1, Rhythm(Often.WEEKLY, weekday=thursday.weekday()))
    async with database.write() as tx:
        await tx.people.set_timezone(network.coordinator_1, "Asia/Kamchatka")
    due_at = MONDAY + timedelta(days=4) - 12 * HOUR  # on Friday morning there
    step = reminder(network.coordinator_1, "a", due_at=due_at, occurrence_id=occurrence, occurrence_version=1)
    await plan(database, replace(step, assignment_id=owed))

    (due,) = (await claim(database, now=due_at)).to_send

    assert keys(due) == ("a",)


async def test_what_is_not_obligatory_can_be_switched_off(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    await _answered(database, network, database_file, "none")
    with sqlite3.connect(database_file) as connection:
        connection.execute("UPDATE activities SET is_obligatory = 0 WHERE title = 'a'")
    await _prefer(database, network.coordinator_1, Rhythm(), wants_optional=False)
    while (claimed := await claim(database)).looked_at and not claimed.to_send:
        pass
    assert [keys(due) for due in claimed.to_send] == [("b", "c")]
    with sqlite3.connect(database_file) as connection:
        assert connection.execute("SELECT state, error FROM notices WHERE key = 'a'").fetchone() == (
            "cancelled",
            "unwanted",
        )


async def test_what_is_due_beside_a_hundred_notices_is_found_by_their_readers(
    database: Database, database_file: Path
) -> None:
    """At a million notices too: each person is looked up, and neither all that waits nor his history is read."""
    asked: list[tuple[str, Any]] = []

    def listen(_c: object, _cursor: object, statement: str, parameters: Any, _context: object, _many: bool) -> None:
        asked.append((statement, parameters))

    leaders = [(cast("Row[Any]", SimpleNamespace(id=n, person_id=n)), MONDAY) for n in range(1, 101)]
    async with database.read() as tx:
        engine = tx._connection.engine.sync_engine
        event.listen(engine, "before_cursor_execute", listen)
        try:
            assert await due_beside(tx._connection, leaders, set()) == {}
        finally:
            event.remove(engine, "before_cursor_execute", listen)
    ((statement, parameters),) = [one for one in asked if "FROM" in one[0]]
    with sqlite3.connect(database_file) as connection:
        steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    assert "SEARCH notices USING INDEX ix_notices_to_gather (person_id=? AND due_at<?)" in steps, steps


def test_those_led_by_a_notice_are_found_by_it(database_file: Path) -> None:
    question = (
        "EXPLAIN QUERY PLAN UPDATE notices SET state = 'sent' WHERE notices.gathered_into = ?"
        " AND notices.state = 'sending'"
    )
    with sqlite3.connect(database_file) as connection:
        steps = [row[3] for row in connection.execute(question, (1,))]
    assert "ix_notices_gathered_into" in steps[0]
