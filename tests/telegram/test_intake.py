"""Updates: stored before they are confirmed, in order within a chat, set aside when they keep failing."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from aiogram.exceptions import TelegramForbiddenError, TelegramRetryAfter
from aiogram.methods import GetMe

from bot.clock import MovableClock
from bot.telegram.backlog import Backlog
from bot.telegram.intake import Intake
from bot.telegram.updates import AnotherInstanceError, TokenRefusedError, UpdatesError
from storage.database import Database
from tests.telegram.recording import untold_silence

FORBIDDEN = TelegramForbiddenError(GetMe(), "Forbidden: bot was blocked by the user")


def message(update_id: int, chat: int = 1, text: str = "") -> dict[str, Any]:
    return {"update_id": update_id, "message": {"chat": {"id": chat}, "text": text or str(update_id)}}


def tap(update_id: int, chat: int) -> dict[str, Any]:
    sender = {"id": chat}
    return {"update_id": update_id, "callback_query": {"from": sender, "message": {"chat": {"id": chat}}, "data": "x"}}


class Telegram:
    """Keeps updates until a later offset confirms them, as Telegram does; ``faults`` come before the answers."""

    def __init__(self, *updates: dict[str, Any], faults: tuple[UpdatesError, ...] = ()) -> None:
        self.updates = list(updates)
        self.faults = list(faults)
        self.offsets: list[int | None] = []

    async def fetch(self, offset: int | None, *, timeout: int = 0) -> list[dict[str, Any]]:  # noqa: ASYNC109 - the port's
        self.offsets.append(offset)
        if self.faults:
            raise self.faults.pop(0)
        if offset is not None:
            self.updates = [update for update in self.updates if update["update_id"] >= offset]
        return self.updates[:100]


class Handler:
    """Records what it handled; ``failures`` are raised for an update as often as they stand there."""

    def __init__(self, failures: dict[int, list[Exception]] | None = None) -> None:
        self.handled: list[int] = []
        self.failures = failures or {}
        self.parked: list[tuple[int, str]] = []

    async def __call__(self, payload: Mapping[str, Any]) -> None:
        await asyncio.sleep(0)
        failures = self.failures.get(payload["update_id"])
        if failures:
            raise failures.pop(0)
        self.handled.append(payload["update_id"])

    async def note_parked(self, update_id: int, error: str) -> None:
        self.parked.append((update_id, error))


@pytest.fixture
def build(database: Database, clock: MovableClock) -> Any:
    def build(telegram: Telegram, handler: Handler) -> Intake:
        backlog = Backlog(database, clock, handler, handler.note_parked, pauses=(0.0,))
        return Intake(database, clock, telegram, backlog, untold_silence(database, clock))

    return build


def states(file: Path) -> dict[int, str]:
    with sqlite3.connect(file) as connection:
        return dict(connection.execute("SELECT update_id, state FROM inbox ORDER BY update_id").fetchall())


async def test_an_update_is_in_the_inbox_before_telegram_may_forget_it(build: Any, database_file: Path) -> None:
    """Whatever offset was asked for, everything before it is stored."""
    seen: list[tuple[int, dict[int, str]]] = []

    class Watching(Telegram):
        async def fetch(self, offset: int | None, *, timeout: int = 0) -> list[dict[str, Any]]:  # noqa: ASYNC109 - the port's
            if offset is not None:
                seen.append((offset, states(database_file)))
            return await super().fetch(offset)

    await build(Watching(message(7), message(8, chat=2)), Handler()).drain()
    assert [offset for offset, _ in seen] == [9]
    assert set(seen[0][1]) == {7, 8}


async def test_the_next_poll_leaves_before_anybody_of_the_batch_is_handled(
    database: Database, clock: MovableClock
) -> None:
    """Who taps meanwhile would wait at Telegram until a hundred others have their answers."""
    deeds: list[str] = []
    all_done = asyncio.Event()

    class Asked(Telegram):
        async def fetch(self, offset: int | None, *, timeout: int = 0) -> list[dict[str, Any]]:  # noqa: ASYNC109 - the port's
            deeds.append(f"asked from {offset}")
            if offset is not None:
                await all_done.wait()
            return await super().fetch(offset)

    async def handle(payload: Mapping[str, Any]) -> None:
        deeds.append(f"handled {payload['update_id']}")
        if payload["update_id"] == 2:
            stop.set()
            all_done.set()

    stop = asyncio.Event()
    backlog = Backlog(database, clock, handle, Handler().note_parked, pauses=(0.0,))
    intake = Intake(database, clock, Asked(message(1), message(2, chat=2)), backlog, untold_silence(database, clock))
    async with asyncio.timeout(10):
        await asyncio.gather(intake.run(stop), backlog.run(stop))
    assert deeds[:4] == ["asked from None", "asked from 3", "handled 1", "handled 2"]


async def test_what_was_stored_but_not_handled_when_the_process_died_is_handled_at_the_next_start(
    build: Any, database_file: Path
) -> None:
    telegram = Telegram(message(1), message(2))
    died = build(telegram, Handler())
    await died.receive(telegram.updates)
    handler = Handler()
    assert await build(Telegram(), handler).drain() == 2
    assert handler.handled == [1, 2]
    assert states(database_file) == {1: "handled", 2: "handled"}


async def test_only_a_poll_tells_when_telegram_was_last_heard_of(build: Any) -> None:
    """Behind a webhook nobody may write for a whole night: that is no sign of a cut line."""
    brought = build(Telegram(), Handler())
    await brought.receive([message(1)])
    assert brought.last_contact is None
    polling = build(Telegram(), Handler())
    await polling.drain()
    assert polling.last_contact is not None


async def test_an_update_delivered_again_is_handled_once(build: Any) -> None:
    handler = Handler()
    first = build(Telegram(message(1), message(2)), handler)
    await first.drain()
    await build(Telegram(message(2), message(3)), handler).drain()
    assert handler.handled == [1, 2, 3]


async def test_the_order_within_a_chat_is_kept_while_chats_go_on_side_by_side(build: Any) -> None:
    """The first message of chat 1 fails once; its second one waits for it, chat 2 does not."""
    handler = Handler({1: [RuntimeError("once")]})
    await build(Telegram(message(1, 1), message(2, 2), tap(3, 1), message(4, 2)), handler).drain()
    assert handler.handled.index(2) < handler.handled.index(1)
    assert [update for update in handler.handled if update in (1, 3)] == [1, 3]
    assert [update for update in handler.handled if update in (2, 4)] == [2, 4]


async def test_more_than_is_kept_in_hand_is_handled_all_the_same(build: Any) -> None:
    handler = Handler()
    intake = build(Telegram(), handler)
    await intake.receive([message(number, chat=number) for number in range(1, 301)])
    async with asyncio.timeout(60):
        assert await intake.drain() == 300
    assert sorted(handler.handled) == list(range(1, 301))


async def test_what_keeps_failing_is_set_aside_and_told(build: Any, database_file: Path) -> None:
    handler = Handler({1: [ValueError("broken")] * 99})
    await build(Telegram(message(1), message(2)), handler).drain()
    assert states(database_file) == {1: "parked", 2: "handled"}
    assert handler.parked == [(1, "ValueError: broken")]
    assert len(handler.failures[1]) == 99 - 3, "three attempts"
    with sqlite3.connect(database_file) as connection:
        assert connection.execute("SELECT attempts, error FROM inbox WHERE update_id = 1").fetchone() == (
            3,
            "ValueError: broken",
        )


async def test_attempts_are_counted_over_restarts(build: Any, database_file: Path) -> None:
    handler = Handler({1: [ValueError("broken")]})
    await build(Telegram(message(1)), handler).drain()
    with sqlite3.connect(database_file) as connection:
        connection.execute("UPDATE inbox SET state = 'waiting', attempts = 2")
    again = Handler({1: [ValueError("broken")]})
    await build(Telegram(), again).drain()
    assert states(database_file) == {1: "parked"}


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (FORBIDDEN, "he blocked the bot: nobody is there to answer"),
    ],
)
async def test_what_nobody_can_do_anything_about_counts_as_handled(
    build: Any, database_file: Path, error: Exception, reason: str
) -> None:
    handler = Handler({1: [error]})
    await build(Telegram(message(1)), handler).drain()
    assert states(database_file) == {1: "handled"}, reason
    assert handler.parked == []


async def test_a_flood_wait_in_a_handler_is_waited_out(build: Any, database_file: Path) -> None:
    handler = Handler({1: [TelegramRetryAfter(GetMe(), "Too Many Requests", 0)] * 4})
    await build(Telegram(message(1)), handler).drain()
    assert handler.handled == [1]


@pytest.mark.parametrize(
    "fault",
    [
        UpdatesError("ClientConnectorError"),
        UpdatesError("502 not an answer of the Bot API"),
        AnotherInstanceError("409 Conflict"),
        TokenRefusedError("401 Unauthorized"),
    ],
)
async def test_polling_goes_on_after_a_failure(
    build: Any, database_file: Path, fault: UpdatesError, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.intake._PAUSES", (0.0, 0.0))
    stop = asyncio.Event()

    class Ending(Telegram):
        async def fetch(self, offset: int | None, *, timeout: int = 0) -> list[dict[str, Any]]:  # noqa: ASYNC109 - the port's
            if offset is not None:
                stop.set()
                await asyncio.sleep(60)  # a long poll: the stop gives it up
            return await super().fetch(offset)

    intake = build(Ending(message(5), faults=(fault,)), Handler())
    await asyncio.wait_for(intake.run(stop), 10)
    assert states(database_file) == {5: "waiting"}


class Contested(Telegram):
    """Somebody else's polls end every one of ours, from the ``after``-th on."""

    def __init__(self, after: int, *updates: dict[str, Any]) -> None:
        super().__init__(*updates)
        self.polls = 0
        self.fought_long = asyncio.Event()
        self._after = after

    async def fetch(self, offset: int | None, *, timeout: int = 0) -> list[dict[str, Any]]:  # noqa: ASYNC109 - the port's
        self.polls += 1
        if self.polls == 10:
            self.fought_long.set()
        if self.polls > self._after:
            raise AnotherInstanceError("409 Conflict")
        return await super().fetch(offset)


async def test_the_newcomer_on_a_token_goes(build: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.intake._PAUSES", (0.0, 0.0))
    with pytest.raises(AnotherInstanceError):
        await asyncio.wait_for(build(Contested(0), Handler()).run(asyncio.Event()), 10)


async def test_who_was_there_first_stays_and_says_so_once(build: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.intake._PAUSES", (0.0, 0.0))
    telegram, stop, told = Contested(1), asyncio.Event(), list[str]()
    intake = build(telegram, Handler())
    intake._on_rival = lambda: told.append("rival")
    serving = asyncio.create_task(intake.run(stop))
    await asyncio.wait_for(telegram.fought_long.wait(), 10)
    stop.set()
    await serving
    assert told == ["rival"]


async def test_a_rival_after_a_broken_line_is_told_too(build: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.intake._PAUSES", (0.0, 0.0))
    stop, told = asyncio.Event(), list[str]()

    class Broken(Contested):
        async def fetch(self, offset: int | None, *, timeout: int = 0) -> list[dict[str, Any]]:  # noqa: ASYNC109 - the port's
            if 1 <= self.polls < 4:
                self.polls += 1
                raise UpdatesError("ClientConnectorError")
            return await super().fetch(offset)

    telegram = Broken(1)
    intake = build(telegram, Handler())
    intake._on_rival = lambda: told.append("rival")
    serving = asyncio.create_task(intake.run(stop))
    await asyncio.wait_for(telegram.fought_long.wait(), 10)
    stop.set()
    await serving
    assert told == ["rival"]


async def test_one_short_poll_sees_who_else_polls(build: Any) -> None:
    with pytest.raises(AnotherInstanceError):
        await build(Contested(0), Handler()).ensure_alone()
    telegram = Telegram(message(5))
    await build(telegram, Handler()).ensure_alone()
    assert telegram.offsets == [None], "nothing was confirmed"
