"""One message about several matters: sent once, and whatever becomes of it becomes of all of them."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.domain.calendar import WorkCalendar
from bot.domain.delivery import NoticeKind, NoticeState, Outcome
from bot.domain.ids import NoticeId
from bot.ports.messenger import Delivery, OutgoingMessage
from bot.ports.notices import DueNotice, NewNotice
from bot.ports.trouble import StorageDownError, StorageFault
from bot.telegram.sender import Sender
from bot.telegram.wording import put_into_words
from storage.database import Database
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork
from tests.telegram.recording import RecordingMessenger, compose_keys, untold_silence

HOUR = timedelta(hours=1)


class Scene:
    """Three reminders of one person, one of them due later on the day, and one of somebody else."""

    def __init__(self, database: Database, file: Path, clock: MovableClock, network: SmallNetwork) -> None:
        self.database = database
        self.file = file
        self.clock = clock
        self.network = network

    async def plan(self, leader: str = "a", last: str = "c") -> None:
        life, kind = timedelta(days=2), NoticeKind.REMINDER
        of_one = [(leader, MONDAY), ("b", MONDAY), (last, MONDAY + 4 * HOUR)]
        reminders = [NewNotice(key, self.network.teacher_1, kind, at, at + life) for key, at in of_one]
        other = NewNotice("d", self.network.teacher_2, kind, MONDAY, MONDAY + life)
        async with self.database.write() as tx:
            await tx.notices.plan([*reminders, other], now=MONDAY)

    def sender(self, messenger: RecordingMessenger) -> Sender:
        return Sender(
            self.database,
            self.clock,
            messenger,
            compose_keys,
            days=WorkCalendar(),
            rate=1000,
            on_unreachable=_nobody_minds,
            silence=untold_silence(self.database, self.clock),
            chat_pause=0,
        )

    def states(self) -> dict[str, str]:
        with sqlite3.connect(self.file) as connection:
            return dict(connection.execute("SELECT key, state FROM notices ORDER BY id").fetchall())

    def led(self) -> dict[str, str | None]:
        question = "SELECT n.key, l.key FROM notices n LEFT JOIN notices l ON l.id = n.gathered_into"
        with sqlite3.connect(self.file) as connection:
            return dict(connection.execute(question).fetchall())

    def numbered(self) -> set[str]:
        with sqlite3.connect(self.file) as connection:
            return {key for (key,) in connection.execute("SELECT key FROM notices WHERE message_id IS NOT NULL")}

    def doubted(self) -> set[str]:
        with sqlite3.connect(self.file) as connection:
            return {key for (key,) in connection.execute("SELECT key FROM notices WHERE was_in_doubt")}


async def _nobody_minds(*_: object) -> None:
    return


@pytest.fixture
def scene(database: Database, database_file: Path, clock: MovableClock, network: SmallNetwork) -> Scene:
    return Scene(database, database_file, clock, network)


async def test_they_are_one_message(scene: Scene) -> None:
    await scene.plan()
    messenger = RecordingMessenger()
    assert await scene.sender(messenger).drain() == 2
    messenger.assert_sent("a", "d")
    assert set(scene.states().values()) == {"sent"}
    assert scene.numbered() == {"a", "d"}, "the messages that can be edited later"
    scene.clock.advance(5 * HOUR)
    assert await scene.sender(messenger).drain() == 0, "what was told in the morning does not come in the afternoon"


@pytest.mark.parametrize(
    ("outcome", "state", "reason"),
    [
        (Outcome.BLOCKED, "failed", "he hears of none of them"),
        (Outcome.PERMANENT, "failed", "the message will never pass"),
        (Outcome.TEMPORARY, "planned", "all are tried again"),
        (Outcome.UNKNOWN, "in_doubt", "all may have arrived"),
    ],
)
async def test_they_share_its_fate(scene: Scene, outcome: Outcome, state: str, reason: str) -> None:
    await scene.plan()
    await scene.sender(RecordingMessenger(Delivery(outcome))).drain()
    assert {key: scene.states()[key] for key in "abc"} == dict.fromkeys("abc", state), reason
    assert scene.states()["d"] == "sent"


@pytest.mark.parametrize("outcome", [Outcome.TEMPORARY, Outcome.UNKNOWN, Outcome.FLOOD])
async def test_tried_again_they_are_one_message_again(scene: Scene, outcome: Outcome) -> None:
    await scene.plan()
    messenger = RecordingMessenger(Delivery(outcome, retry_after=0))
    sender = scene.sender(messenger)
    await sender.drain()
    scene.clock.advance(timedelta(minutes=1))
    await sender.drain()
    messenger.assert_sent("a", "a", "d")
    assert set(scene.states().values()) == {"sent"}
    assert scene.doubted() == (set("abc") if outcome is Outcome.UNKNOWN else set())


async def test_two_such_messages_are_settled_at_once(scene: Scene) -> None:
    await scene.plan()
    life = timedelta(days=2)
    more = [NewNotice(key, scene.network.teacher_2, NoticeKind.REMINDER, MONDAY, MONDAY + life) for key in "ef"]
    async with scene.database.write() as tx:
        await tx.notices.plan(more, now=MONDAY)
    assert await scene.sender(RecordingMessenger()).drain() == 2
    assert set(scene.states().values()) == {"sent"}


async def test_with_nothing_to_say_none_of_them_is_sent(scene: Scene) -> None:
    await scene.plan("silent")
    messenger = RecordingMessenger()
    await scene.sender(messenger).drain()
    messenger.assert_sent("d")
    assert {scene.states()[key] for key in ("silent", "b", "c")} == {"cancelled"}


@pytest.mark.parametrize(
    ("leader", "last", "told", "reason"),
    [
        ("a", "broken", ("a", "d"), "one that comes along"),
        ("broken", "c", ("b", "d"), "the one that led: another takes its place"),
    ],
)
async def test_a_broken_matter_fails_alone(
    scene: Scene, leader: str, last: str, told: tuple[str, str], reason: str
) -> None:
    await scene.plan(leader, last)
    messenger = RecordingMessenger()
    await asyncio.wait_for(scene.sender(messenger).drain(), 10)
    messenger.assert_sent(*told)
    expected = {key: "failed" if key == "broken" else "sent" for key in (leader, "b", last, "d")}
    assert scene.states() == expected, reason
    assert scene.led()[last] == (None if last == "broken" else "b"), "the board counts messages by their leaders"


async def test_those_that_cannot_be_said_together_go_one_by_one(scene: Scene) -> None:
    await scene.plan("lonely", "c")
    messenger = RecordingMessenger()
    await asyncio.wait_for(scene.sender(messenger).drain(), 10)
    messenger.assert_sent("lonely", "b", "d")
    assert set(scene.states().values()) == {"sent"}


async def test_after_a_crash_in_flight_they_are_sent_once_more_as_one(scene: Scene) -> None:
    """The process dies between the request and its outcome: the message went out, and nobody knows."""
    await scene.plan()
    async with scene.database.write() as tx:
        claimed = await tx.notices.claim(10, now=MONDAY, days=WorkCalendar())
    assert len(claimed.to_send) == 2
    reborn, messenger = scene.sender(RecordingMessenger()), RecordingMessenger()
    assert await reborn.recover() == 4
    sender = scene.sender(messenger)
    await asyncio.wait_for(sender.drain(), 10)
    messenger.assert_sent("a", "d")
    assert set(scene.states().values()) == {"sent"}
    assert scene.doubted() == set("abcd"), "the report can say so"


async def test_a_database_that_goes_while_a_broken_message_is_taken_apart_speaks_against_none_of_it(
    scene: Scene,
) -> None:
    await scene.plan()
    async with scene.database.write() as tx:
        claim = await tx.notices.claim(10, now=MONDAY, days=WorkCalendar())

    async def compose(notices: Sequence[DueNotice]) -> Mapping[NoticeId, OutgoingMessage | None]:
        if any(due.gathered for due in notices):
            raise ValueError("a mistake in the words for several")
        raise StorageDownError(StorageFault.UNREACHABLE)

    worded = await put_into_words(compose, claim.to_send)
    assert worded.messages == {}
    assert [settled.state for settled in worded.settled] == [NoticeState.PLANNED] * 4
