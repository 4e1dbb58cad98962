"""Plays a school year: the bot with its own jobs and its own sender, a clock that jumps, people who live by habits."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import AsyncGenerator, Callable, Coroutine
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.methods import SendMessage, TelegramMethod
from aiogram.types import Chat, Message
from pydantic import SecretStr

from bot.app import App
from bot.clock import MovableClock
from bot.config import Settings
from bot.telegram.sender import Sender
from handlers.notices.composing import Composer
from storage.migrating import migrate
from tests.running import app_over
from tests.year import deeds
from tests.year.habits import Habits
from tests.year.plan import END, START, gatherings, papers
from tests.year.witness import Witness
from tests.year.world import build_network
from tests.year.year import Year

_LOOK = timedelta(hours=6)  # between two rounds of the jobs, which a real clock would call every minute or hour
_TOKEN = "123456:year-of-simulated-school-life-000"
_RATE = 1_000_000.0
_LEAVING, _MOVING = 0.03, 0.03


async def play(
    file: Path,
    *,
    schools: int,
    seed: int,
    kills: int = 0,
    until: datetime = END,
    on_turn: Callable[[datetime], None] = lambda _: None,
) -> Year:
    """The year from its first day to ``until``. ``kills``: how often the bot dies on the way and is started again.

    ``on_turn`` is told the hour of each turn: for who waits.
    """
    await migrate(_url(file), now=START)
    network = build_network(file, schools, seed=seed, start=START)
    clock = MovableClock(START, is_frozen=True)
    year = Year(file, network, seed, clock, Habits(seed), look_at=START)
    _write_agenda(year)
    killer = _Killer(year, kills, until)
    app, witness = await _start(year, killer)
    try:
        while clock.now() < until:
            on_turn(clock.now())
            is_alive = await killer.lives_through(_turn(year, app))
            if not is_alive:
                await _bury(year, app, witness)
                app, witness = await _start(year, killer)
                await app.sender.recover()
                year.look_at = clock.now()
            for meant in await year.intentions(app):
                year.on(meant.at, deeds.deed_of(year, meant))
            if is_alive:
                await _go_on(year, app, until)
        await app.tick()  # what people did since the last turn is sent as well, or waits for the morning
    finally:
        await app.close()
    _remember(year, witness)
    return year


async def _start(year: Year, killer: _Killer) -> tuple[App, Witness]:
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]  # pydantic-settings takes it beside the fields
        bot_token=SecretStr(_TOKEN),
        database_url=_url(year.file),
        backup_keep_days=0,
    )
    app = app_over(settings, year.clock, year.file)
    await app.bot.session.close()
    app.bot.session = _Bystander()
    witness = Witness(year.clock, year.has_blocked, year.hear, killer.at_request)
    app.sender = Sender(
        app.storage,
        year.clock,
        witness,
        witness.watching(Composer(app.storage, year.clock, without_personal_data=False)),
        days=app.days,
        rate=_RATE,
        on_unreachable=app._note_unreachable,
        silence=app.silence,
        chat_pause=0.0,
    )
    year.in_flight = app.sender._window
    return app, witness


class _Bystander(BaseSession):
    """Takes what does not go through the sender, the progress of broadcasts: nothing of the year leaves the process."""

    def __init__(self) -> None:
        super().__init__()
        self._messages = itertools.count(1)

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ASYNC109 - aiogram's signature
        if isinstance(method, SendMessage):
            return Message(
                message_id=next(self._messages), date=START, chat=Chat(id=int(method.chat_id), type="private")
            )
        return True

    async def close(self) -> None:
        """Nothing is open."""

    def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        raise AssertionError("nobody reads files here")


async def _turn(year: Year, app: App) -> None:
    """All jobs where it is time for them; and whatever is due is sent."""
    if year.clock.now() >= year.look_at:
        await app.tick()
        year.look_at = _next_look(year.clock.now())
    else:
        await app.sender.drain()


def _next_look(now: datetime) -> datetime:
    """By the clock and not by the last look: who was killed and looks at once hears of nothing later than others."""
    return START + ((now - START) // _LOOK + 1) * _LOOK


async def _go_on(year: Year, app: App, until: datetime) -> None:
    """On to the next moment at which the bot has something to do; people act on the way."""
    async with app.storage.read() as tx:
        due_at = await tx.notices.next_due_at()
    next_at = min(at for at in (due_at, year.look_at, until) if at is not None)
    await year.act(app, until=max(next_at, year.clock.now() + timedelta(seconds=1)))
    if next_at > year.clock.now():
        year.clock.move_to(next_at)


async def _bury(year: Year, app: App, witness: Witness) -> None:
    """What the process held in its memory is gone; what it had committed is in the file."""
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await app.close()
    year.kills += 1
    _remember(year, witness)


def _remember(year: Year, witness: Witness) -> None:
    year.sightings += witness.sightings
    year.outcomes += witness.outcomes


class _Killer:
    """Lets the bot die in the middle of a turn: at a request, before or after it took effect, or anywhere else."""

    def __init__(self, year: Year, kills: int, until: datetime) -> None:
        rng = random.Random(f"{year.seed}:killer")
        span = 0.8 * (until - START).total_seconds()  # a quiet turn may outlive its moment; another takes it then
        self._moments = sorted(START + timedelta(seconds=rng.uniform(0, span)) for _ in range(kills))
        self._rng = rng
        self._year = year
        self._dying = asyncio.Event()
        self._requests_left: int | None = None

    def at_request(self) -> None:
        if self._requests_left is None:
            return
        self._requests_left -= 1
        if self._requests_left <= 0:
            self._dying.set()
            raise asyncio.CancelledError

    async def lives_through(self, turn: Coroutine[Any, Any, None]) -> bool:
        """False where the bot died in this turn."""
        if not self._moments or self._year.clock.now() < self._moments[0]:
            await turn
            return True
        self._dying.clear()
        self._requests_left = self._rng.randint(1, 12)
        task, dying = asyncio.create_task(turn), asyncio.create_task(self._dying.wait())
        # Turns of the event loop: a tick with nothing to do takes a handful, one with work hundreds.
        for _ in range(int(2 ** self._rng.uniform(0, 10))):
            await asyncio.sleep(0)
            if task.done() or self._dying.is_set():
                break
        self._requests_left = None
        dying.cancel()
        if task.done() and not self._dying.is_set():
            await task
            return True
        self._moments.pop(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return False


def _write_agenda(year: Year) -> None:
    network = year.network
    for paper in papers(network.centre, network.regions):
        year.on(paper.on, deeds.planning(year, paper))
    for gathering in gatherings(network.centre, network.regions, network.federation):
        year.on(gathering.on, deeds.announcing(year, gathering))
    for one in network.people.values():
        rng = random.Random(f"{year.seed}:fate:{one.person}")
        fate, at = rng.random(), START + timedelta(days=rng.uniform(20, 240), hours=rng.uniform(6, 14))
        if fate < _LEAVING:
            year.on(at, deeds.leaving(year, one))
        elif fate < _LEAVING + _MOVING:
            year.on(at, deeds.moving(year, one, rng.choice(network.schools)))
        if one.blocked is not None:
            year.on(one.blocked[1], deeds.unblocking(year, one))
    for month in range(9):
        year.on(START + timedelta(days=25 + 30 * month, hours=12), deeds.nudging(year))


def _url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"
