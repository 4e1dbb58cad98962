"""The outbox: what is planned once, claimed with a fresh look, and settled."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendar import WorkCalendar
from bot.domain.delivery import NoticeKind, NoticeState
from bot.domain.ids import PersonId
from bot.domain.network import Reach
from bot.ports.notices import Claim, NewNotice, Settlement
from storage.database import Database
from tests.calendar_days import MONDAY
from tests.factories import NetworkFactory, SmallNetwork, account_of

DAYS = WorkCalendar()
HOUR = timedelta(hours=1)


def notice(person: PersonId, key: str = "one", *, due_at: datetime = MONDAY, **fields: object) -> NewNotice:
    plain = NewNotice(key, person, NoticeKind.INFO, due_at, due_at + timedelta(days=2))
    return replace(plain, **fields)  # type: ignore[arg-type] # the test names the fields of NewNotice


async def plan(database: Database, *notices: NewNotice) -> int:
    async with database.write() as tx:
        return await tx.notices.plan(notices, now=MONDAY)


async def claim(
    database: Database, limit: int = 10, *, now: datetime = MONDAY, busy: tuple[PersonId, ...] = ()
) -> Claim:
    async with database.write() as tx:
        return await tx.notices.claim(limit, now=now, days=DAYS, busy=busy)


async def counts(database: Database) -> dict[NoticeState, int]:
    async with database.read() as tx:
        return dict(await tx.notices.counts())


async def test_planning_twice_plans_once(database: Database, network: SmallNetwork) -> None:
    assert await plan(database, notice(network.teacher_1), notice(network.teacher_2, "two")) == 2
    assert await plan(database, notice(network.teacher_1), notice(network.teacher_4, "three")) == 1
    assert await counts(database) == {NoticeState.PLANNED: 3}


async def test_a_claim_takes_what_is_due_and_no_more_than_asked(database: Database, network: SmallNetwork) -> None:
    await plan(
        database,
        notice(network.teacher_1, "later", due_at=MONDAY - HOUR),
        notice(network.teacher_2, "first", due_at=MONDAY - 2 * HOUR),
        notice(network.coordinator_1, "third"),
        notice(network.coordinator_2, "tomorrow", due_at=MONDAY + 20 * HOUR),
    )
    claimed = await claim(database, 2)
    assert [(due.notice.key, due.account) for due in claimed.to_send] == [
        ("first", account_of(network.teacher_2)),
        ("later", account_of(network.teacher_1)),
    ]
    assert await counts(database) == {NoticeState.SENDING: 2, NoticeState.PLANNED: 2}


async def test_one_person_is_not_sent_two_things_at_once(database: Database, network: SmallNetwork) -> None:
    await plan(
        database, notice(network.teacher_1), notice(network.teacher_1, "two"), notice(network.teacher_2, "three")
    )
    claimed = await claim(database)
    assert [due.notice.key for due in claimed.to_send] == ["one", "three"]
    held_up = await claim(database, busy=(network.teacher_1, network.coordinator_1))
    assert (held_up.looked_at, held_up.is_held_up) == (0, True)
    assert not (await claim(database, 0, busy=(network.coordinator_1,))).is_held_up
    assert [due.notice.key for due in (await claim(database)).to_send] == ["two"]


@pytest.mark.parametrize("reach", [Reach.BLOCKED, Reach.DELETED])
async def test_who_cannot_be_reached_is_not_tried(
    database: Database, factory: NetworkFactory, network: SmallNetwork, reach: Reach
) -> None:
    await plan(database, notice(factory.person("Ершов Лев Ильич", network.school_1, reach=reach)))
    assert (await claim(database)).cancelled == 1
    assert await counts(database) == {NoticeState.CANCELLED: 1}


async def test_after_an_outage_a_message_waits_for_its_readers_morning(
    database: Database, network: SmallNetwork
) -> None:
    """Nine in the evening in Yakutsk is three in the afternoon in Moscow: the same notice, two readers."""
    afternoon = MONDAY + 3 * HOUR
    await plan(database, notice(network.teacher_1), notice(network.teacher_4, "in Yakutsk"))
    claimed = await claim(database, now=afternoon)
    assert [due.notice.key for due in claimed.to_send] == ["one"]
    assert claimed.held == 1
    async with database.read() as tx:
        assert await tx.notices.next_due_at() == MONDAY + 14 * HOUR  # 08:00 in Yakutsk


async def test_who_stands_in_no_unit_keeps_the_networks_hours(database: Database, factory: NetworkFactory) -> None:
    """The owner of a network in Yakutsk is not woken at the end of Moscow's working day."""
    owner = factory.person("Владимирова Ольга Сергеевна")
    await plan(database, notice(owner))
    async with database.write() as tx:
        in_yakutsk = await tx.notices.claim(10, now=MONDAY + 3 * HOUR, days=DAYS, home=ZoneInfo("Asia/Yakutsk"))
    assert (in_yakutsk.to_send, in_yakutsk.held) == ((), 1)


async def test_what_no_longer_helps_is_expired_and_not_sent(database: Database, network: SmallNetwork) -> None:
    await plan(database, notice(network.teacher_1), notice(network.teacher_2, "two", expires_at=MONDAY + HOUR))
    assert (await claim(database, 1, now=MONDAY + 2 * HOUR, busy=(network.teacher_1,))).expired == 1
    async with database.write() as tx:
        assert await tx.notices.expire(now=MONDAY + timedelta(days=3)) == 1
    assert await counts(database) == {NoticeState.EXPIRED: 2}


async def test_what_a_crash_interrupted_is_in_doubt_and_goes_first(database: Database, network: SmallNetwork) -> None:
    await plan(database, notice(network.teacher_1), notice(network.teacher_2, "two", due_at=MONDAY - HOUR))
    await claim(database, 1, busy=(network.teacher_2,))
    async with database.write() as tx:
        assert await tx.notices.doubt_interrupted() == 1
        assert await tx.notices.doubt_interrupted() == 0
    again = await claim(database, 1)
    assert [(due.notice.key, due.notice.was_in_doubt) for due in again.to_send] == [("one", True)]


async def test_the_outcome_is_kept_with_the_message(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    await plan(database, notice(network.teacher_1), notice(network.teacher_2, "two"))
    first, second = (await claim(database)).to_send
    async with database.write() as tx:
        await tx.notices.settle(
            [
                Settlement(first.notice.id, NoticeState.SENT, 1, MONDAY, account=first.account, message_id=77),
                Settlement(second.notice.id, NoticeState.PLANNED, 1, MONDAY + HOUR, error="502"),
            ],
            now=MONDAY,
        )
    with sqlite3.connect(database_file) as connection:
        rows = connection.execute("SELECT state, message_id, settled_at IS NULL, error FROM notices ORDER BY id")
        assert rows.fetchall() == [("sent", 77, 0, None), ("planned", None, 1, "502")]
    assert (await claim(database)).looked_at == 0
    assert len((await claim(database, now=MONDAY + HOUR)).to_send) == 1


def test_the_question_what_is_due_is_answered_by_the_index_of_waiting_notices(database_file: Path) -> None:
    question = (
        "EXPLAIN QUERY PLAN SELECT notices.id FROM notices WHERE notices.state IN ('planned', 'sending', 'in_doubt')"
        " AND notices.state = ? AND notices.due_at <= ? ORDER BY notices.due_at, notices.id LIMIT 10"
    )
    with sqlite3.connect(database_file) as connection:
        steps = [row[3] for row in connection.execute(question, ("planned", "2026-09-07 09:00:00.000000"))]
    assert len(steps) == 1, "no sorting"
    assert "ix_notices_waiting (state=? AND due_at<?)" in steps[0]
