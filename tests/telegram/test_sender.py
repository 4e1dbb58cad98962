"""Carrying notices out, with a messenger that remembers."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.clock import MovableClock
from bot.domain.calendar import WorkCalendar
from bot.domain.delivery import NoticeKind, Outcome
from bot.domain.ids import NoticeId, PersonId
from bot.ports.messenger import Delivery, OutgoingMessage, unnoticed
from bot.ports.notices import DueNotice, NewNotice
from bot.ports.storage import Stores
from bot.ports.trouble import StorageDownError, StorageFault
from bot.telegram.sender import Sender
from bot.telegram.wording import Compose, Worded, put_into_words
from storage.database import Database
from tests.calendar_days import MONDAY
from tests.factories import NetworkFactory, SmallNetwork, account_of
from tests.telegram.recording import RecordingMessenger, compose_keys, untold_silence


class Scene:
    def __init__(self, database: Database, file: Path, clock: MovableClock) -> None:
        self.database = database
        self.file = file
        self.clock = clock
        self.unreachable: list[tuple[PersonId, Outcome]] = []
        self.outcomes: list[tuple[Outcome, datetime]] = []

    def sender(self, messenger: RecordingMessenger, *, chat_pause: float = 0, rate: float = 1000) -> Sender:
        return Sender(
            self.database,
            self.clock,
            messenger,
            compose_keys,
            days=WorkCalendar(),
            rate=rate,
            on_unreachable=self._note,
            silence=untold_silence(self.database, self.clock),
            on_outcome=lambda outcome, due_at: self.outcomes.append((outcome, due_at)),
            chat_pause=chat_pause,
        )

    async def plan(self, *people: PersonId, **keys: PersonId) -> None:
        named = {**{f"n{person}": person for person in people}, **keys}
        async with self.database.write() as tx:
            await tx.notices.plan(
                [
                    NewNotice(key, person, NoticeKind.INFO, MONDAY, MONDAY + timedelta(days=2))
                    for key, person in named.items()
                ],
                now=MONDAY,
            )

    def states(self) -> dict[str, str]:
        with sqlite3.connect(self.file) as connection:
            return dict(connection.execute("SELECT key, state FROM notices ORDER BY id").fetchall())

    async def _note(self, _: Stores, unreachable: Mapping[PersonId, Outcome]) -> None:
        self.unreachable += unreachable.items()


@pytest.fixture
def scene(database: Database, database_file: Path, clock: MovableClock) -> Scene:
    return Scene(database, database_file, clock)


async def test_everything_due_is_sent_once_and_the_message_is_remembered(scene: Scene, network: SmallNetwork) -> None:
    await scene.plan(network.teacher_1, network.teacher_2, another=network.teacher_1)
    messenger = RecordingMessenger()
    sender = scene.sender(messenger)
    assert await sender.drain() == 3
    assert await sender.drain() == 0
    messenger.assert_sent(f"n{network.teacher_1}", f"n{network.teacher_2}", "another")
    with sqlite3.connect(scene.file) as connection:
        rows = connection.execute("SELECT chat_id, message_id FROM notices WHERE person_id = ?", (network.teacher_2,))
        account = account_of(network.teacher_2)
        place = 1 + [chat for chat, _ in messenger.sent].index(account)
        assert rows.fetchone() == (account, place)


async def test_others_have_their_turn_before_each_slice_of_the_work(
    scene: Scene, network: SmallNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    await scene.plan(network.teacher_1)
    deeds: list[str] = []

    async def give_way(at_most: float) -> None:
        assert at_most < 0.03, "a turn that comes later than that is lost"
        (state,) = scene.states().values()
        deeds.append(f"others, while it is {state}")
        await asyncio.sleep(0)

    async def worded(compose: Compose, claimed: Sequence[DueNotice]) -> Worded:
        deeds.append("words")
        return await put_into_words(compose, claimed)

    monkeypatch.setattr("bot.telegram.sender.give_way", give_way)
    monkeypatch.setattr("bot.telegram.sender.put_into_words", worded)
    await scene.sender(RecordingMessenger()).drain()
    waits, claimed = "others, while it is planned", "others, while it is sending"
    assert deeds[:4] == [waits, claimed, "words", claimed], "the last before its outcome is stored"


async def test_who_watches_hears_since_when_it_was_due(scene: Scene, network: SmallNetwork) -> None:
    """However late it goes: by that a queue is told from a message that stands beside it."""
    await scene.plan(network.teacher_1)
    scene.clock.advance(timedelta(minutes=7))
    await scene.sender(RecordingMessenger()).drain()
    assert scene.outcomes == [(Outcome.DELIVERED, MONDAY)]


@pytest.mark.parametrize("outcome", [Outcome.BLOCKED, Outcome.GONE])
async def test_who_has_gone_is_told_of_and_nothing_more_is_sent_to_him(
    scene: Scene, network: SmallNetwork, outcome: Outcome
) -> None:
    await scene.plan(network.teacher_1)
    await scene.sender(RecordingMessenger(Delivery(outcome))).drain()
    assert scene.unreachable == [(network.teacher_1, outcome)]
    assert set(scene.states().values()) == {"failed"}


async def test_a_passing_failure_is_tried_again_after_a_pause(scene: Scene, network: SmallNetwork) -> None:
    await scene.plan(network.teacher_1)
    messenger = RecordingMessenger(Delivery(Outcome.TEMPORARY, error="502"), Delivery(Outcome.TEMPORARY, error="502"))
    sender = scene.sender(messenger)
    assert await sender.drain() == 0
    assert len(messenger.sent) == 1, "not in the same breath"
    scene.clock.advance(timedelta(minutes=1))
    assert await sender.drain() == 0
    scene.clock.advance(timedelta(minutes=1))
    assert await sender.drain() == 1
    assert len(messenger.sent) == 3


async def test_a_message_that_can_never_pass_holds_up_nobody(scene: Scene, network: SmallNetwork) -> None:
    await scene.plan(network.teacher_1, network.teacher_2)
    messenger = RecordingMessenger(Delivery(Outcome.PERMANENT, error="message is too long"))
    assert await scene.sender(messenger).drain() == 1
    assert sorted(scene.states().values()) == ["failed", "sent"]


async def test_a_mistake_in_one_text_and_an_empty_one_hold_up_nobody(scene: Scene, network: SmallNetwork) -> None:
    await scene.plan(network.teacher_1, broken=network.teacher_2, silent=network.coordinator_1)
    messenger = RecordingMessenger()
    assert await scene.sender(messenger).drain() == 1
    assert scene.states() == {f"n{network.teacher_1}": "sent", "broken": "failed", "silent": "cancelled"}


async def test_a_database_out_of_reach_speaks_against_no_notice(
    scene: Scene, network: SmallNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words are made of what the database says; where it says nothing, the notice waits as if nobody had claimed it."""
    answers, plain = [StorageDownError(StorageFault.UNREACHABLE)], compose_keys

    async def compose(notices: Sequence[DueNotice]) -> Mapping[NoticeId, OutgoingMessage | None]:
        if answers:
            raise answers.pop()
        return await plain(notices)

    monkeypatch.setattr(f"{__name__}.compose_keys", compose)
    await scene.plan(network.teacher_1, network.teacher_2)
    assert await scene.sender(RecordingMessenger()).drain() == 2
    assert set(scene.states().values()) == {"sent"}


async def test_a_flood_wait_loses_nothing_and_counts_no_attempt(scene: Scene, network: SmallNetwork) -> None:
    await scene.plan(network.teacher_1, network.teacher_2)
    messenger = RecordingMessenger(Delivery(Outcome.FLOOD, retry_after=0.01))
    assert await scene.sender(messenger).drain() == 2
    with sqlite3.connect(scene.file) as connection:
        assert connection.execute("SELECT DISTINCT state, attempts FROM notices").fetchall() == [("sent", 1)]


async def test_after_a_crash_what_was_under_way_is_sent_once_more_and_nothing_else(
    scene: Scene, network: SmallNetwork
) -> None:
    """The process dies between the claim and the outcome: the database says «sending», the rest is forgotten."""
    await scene.plan(network.teacher_1, network.teacher_2)
    await scene.sender(RecordingMessenger()).drain()
    with sqlite3.connect(scene.file) as connection:
        connection.execute("UPDATE notices SET state = 'sending' WHERE person_id = ?", (network.teacher_1,))
    messenger = RecordingMessenger()
    reborn = scene.sender(messenger)
    assert await reborn.recover() == 1
    assert await reborn.drain() == 1
    messenger.assert_sent(f"n{network.teacher_1}")
    with sqlite3.connect(scene.file) as connection:
        doubted = connection.execute("SELECT person_id FROM notices WHERE was_in_doubt").fetchall()
    assert doubted == [(network.teacher_1,)], "the report can say so"
    assert await scene.sender(RecordingMessenger()).recover() == 0


async def test_a_request_whose_end_is_unknown_is_repeated_once_the_line_is_back(
    scene: Scene, network: SmallNetwork
) -> None:
    await scene.plan(network.teacher_1)
    messenger = RecordingMessenger(Delivery(Outcome.UNKNOWN, error="the connection broke"))
    sender = scene.sender(messenger)
    await sender.drain()
    assert set(scene.states().values()) == {"in_doubt"}
    scene.clock.advance(timedelta(minutes=1))
    assert await sender.drain() == 1


async def test_an_unforeseen_error_leaves_nothing_hanging(scene: Scene, network: SmallNetwork) -> None:
    await scene.plan(network.teacher_1)
    await scene.sender(RecordingMessenger(RuntimeError("a mistake of ours"))).drain()
    assert set(scene.states().values()) == {"in_doubt"}


async def test_stopping_ends_what_is_in_flight_and_leaves_the_rest_planned(scene: Scene, network: SmallNetwork) -> None:
    stop = asyncio.Event()

    class Stopping(RecordingMessenger):
        async def deliver(self, account: int, message: object, leaving: Callable[[], None] = unnoticed) -> Delivery:
            leaving()
            stop.set()
            await asyncio.sleep(0)
            return Delivery(Outcome.DELIVERED, message_id=1)

    await scene.plan(network.teacher_1, network.teacher_2, network.coordinator_1)
    sender = scene.sender(Stopping(), rate=0.5)  # the second permission would take two seconds
    await asyncio.wait_for(sender.run(stop), 5)
    assert sorted(scene.states().values()) == ["planned", "planned", "sent"]


async def test_draining_beside_the_running_sender_misses_no_outcome(
    scene: Scene, network: SmallNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Either stores what the other waits for; a stir that only one of them heard would leave the other asleep."""
    monkeypatch.setattr("bot.telegram.sender._IDLE", 3600.0)
    stop = asyncio.Event()
    sender = scene.sender(RecordingMessenger())
    running = asyncio.create_task(sender.run(stop))
    people = (network.teacher_1, network.teacher_2, network.coordinator_1, network.coordinator_2)
    async with asyncio.timeout(30):  # reached only where somebody sleeps on
        for hour in range(12):
            await scene.plan(**{f"{hour} {person}": person for person in people})
            sender.wake()
            await sender.drain()
        stop.set()
        await running
    assert set(scene.states().values()) == {"sent"}


async def test_outcomes_and_claims_are_stored_by_the_dozen_and_no_more_is_under_way_than_the_window(
    scene: Scene, factory: NetworkFactory, network: SmallNetwork
) -> None:
    class Watching(RecordingMessenger):
        most = 0

        async def deliver(
            self, account: int, message: OutgoingMessage, leaving: Callable[[], None] = unnoticed
        ) -> Delivery:
            self.most = max(self.most, list(scene.states().values()).count("sending"))
            return await super().deliver(account, message, leaving)

    with factory.at_once():
        people = [factory.person(f"Участник {number}", network.school_1) for number in range(48)]
    await scene.plan(*people)
    writes: list[str] = []
    event.listen(scene.database._writer.sync_engine, "commit", lambda _: writes.append("commit"))
    messenger = Watching()
    sender = scene.sender(messenger)
    sender._window, sender._part = 16, 4

    assert await sender.drain() == 48
    assert 4 <= messenger.most <= 16
    assert len(writes) <= 48 / 4 + 2


async def test_a_refusal_in_one_chat_rests_that_chat_and_nobody_else(scene: Scene, network: SmallNetwork) -> None:
    """Two messages to one person shortly after each other: what was too much for him says nothing of the pace."""
    flood = Delivery(Outcome.FLOOD, retry_after=0.2)
    await scene.plan(first=network.teacher_1, second=network.teacher_1)
    messenger = RecordingMessenger(Delivery(Outcome.DELIVERED), flood)
    sender = scene.sender(messenger, chat_pause=0.02)
    drained = asyncio.create_task(sender.drain())
    while len(messenger.sent) < 2:  # noqa: ASYNC110 - the messenger has no event to wait for
        await asyncio.sleep(0.005)
    await scene.plan(network.teacher_2, network.coordinator_1)
    sender.wake()

    assert await drained == 4
    said = [text for _, text in messenger.sent]
    assert said[:2] == ["first", "second"]
    assert said[-1] == "second", "he is the last, the others did not wait for him"
    assert sender.pacer.rate == 1000


async def test_what_never_left_takes_no_place_of_what_may(scene: Scene, network: SmallNetwork) -> None:
    """A connection that could not be opened: nothing of it stands in the second of the messages that go."""

    class Cut(RecordingMessenger):
        async def deliver(
            self, account: int, message: OutgoingMessage, leaving: Callable[[], None] = unnoticed
        ) -> Delivery:
            return await super().deliver(account, message)

    await scene.plan(network.teacher_1, network.teacher_2)
    sender = scene.sender(Cut(Delivery(Outcome.TEMPORARY, error="no route to host")))
    await sender.drain()
    assert sender.pacer._allowance._granted == 0
