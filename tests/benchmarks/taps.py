"""Answers by one tap: from getUpdates through the inbox and the handler to the changed message, on loopback.

The server is a process of its own; the bot runs in this one, on uvloop and with what was built at its start frozen, as
``python -m bot run`` does.
"""

from __future__ import annotations

import asyncio
import gc
import math
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any
from unittest.mock import patch

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import InlineKeyboardMarkup
from pydantic import SecretStr

from bot.app import App
from bot.clock import SystemClock
from bot.config import Settings
from bot.domain.ids import AssignmentId
from bot.domain.matters import Answer
from bot.starting import spare_the_collector
from bot.telegram.intake import Intake
from bot.telegram.updates import TelegramUpdates
from handlers.answers.callbacks import AnswerMatter
from storage.sqlite_driver import Connection
from tests.benchmarks.bare_requests import cost
from tests.benchmarks.figures import Figure, Part, median, share
from tests.benchmarks.population import FIRST_ACCOUNT, call_off, count, make_due, plan_another_date, populate, url_of
from tests.benchmarks.tapped_telegram import TOKEN, Tapped, tapped_telegram
from tests.planning import plan_notices

_TAPPING = 400  # people who tap; all at once in the first part, by turns afterwards
_LATER_CROWDS = 3
_SPANS = 3  # by turns idle and beside a broadcast: a ratio is of two that follow each other, and the middle one counts
_SECONDS = 4.0
_LEAST_TAPS = 700  # in a span, and so more than 2,000 in a line: the 99th of fewer is the mood of the machine
_BROADCAST = 1000
_TOLD = 10_000  # who only get messages: more than go out in a span
_PLANNED_FOR = 30_000  # who are told of another date: longer than a span
_PARALLEL = 64  # as many handlers as the backlog runs at once
_RATE, _REQUEST = 500.0, 350e-6  # taps a second, on a machine where aiogram's bare request takes so many seconds of CPU
_LATENCY = 0.05
_PATIENCE = 600.0
_KINDS = ("message", "callback_query", "my_chat_member")
_SENT = "SELECT count(*) FROM notices WHERE state = 'sent'"
_WAITING = "SELECT count(*) FROM notices WHERE state IN ('planned', 'sending', 'in_doubt')"


class _Witness:
    """An update source that looks into the inbox, as another program, before it lets anything be confirmed."""

    def __init__(self, source: TelegramUpdates, file: Path) -> None:
        self._source = source
        self._file = file
        self._fetched: set[int] = set()
        self.confirmed = 0
        self.unstored = 0

    async def fetch(self, offset: int | None, *, timeout: int = 1) -> list[dict[str, Any]]:  # noqa: ASYNC109 - the port's signature
        going = {update for update in self._fetched if offset is not None and update < offset}
        if going:
            span = f"update_id BETWEEN {min(going)} AND {max(going)}"
            self.confirmed += len(going)
            self.unstored += len(going) - count(self._file, f"SELECT count(*) FROM inbox WHERE {span}")
            self._fetched -= going
        updates = await self._source.fetch(offset, timeout=timeout)
        self._fetched.update(int(update["update_id"]) for update in updates)
        return updates


@dataclass(frozen=True, slots=True)
class _Crowd:
    """What all taps at once took. ``cpu``: of this process, in seconds."""

    seconds: float
    cpu: float
    deeds: Mapping[str, int]

    @property
    def rate(self) -> float:
        return _TAPPING / self.seconds

    @property
    def cost(self) -> float:
        """Seconds of CPU a tap."""
        return self.cpu / _TAPPING


@dataclass(frozen=True, slots=True)
class _Span:
    """Seconds from tap to changed message, idle and then beside a broadcast of ``pace`` messages a second."""

    idle: Sequence[float]
    beside: Sequence[float]
    pace: float

    @property
    def ratio(self) -> float:
        return _percentile(self.beside, 0.99) / _percentile(self.idle, 0.99)


class _Scene:
    """The bot, whom it is tapped by, and the file in which the answers stand. Each turn answers other than the last."""

    def __init__(self, app: App, telegram: Tapped, file: Path) -> None:
        self.app = app
        self.telegram = telegram
        self.file = file
        self._answers = cycle((Answer.COMING, Answer.MAYBE))

    def next_buttons(self, turns: int) -> list[list[str]]:
        answers = [next(self._answers) for _ in range(turns)]
        return [[_button(person, answer) for answer in answers] for person in range(_TAPPING)]

    def count(self, query: str) -> int:
        return count(self.file, query)


async def measure() -> Part:
    with tempfile.TemporaryDirectory(prefix="vestovoy-bench-") as folder:
        file, now = Path(folder) / "taps.sqlite3", SystemClock().now()
        await populate(file, _TAPPING + _SPANS * _TOLD, now=now, due_in=timedelta(hours=3))
        async with tapped_telegram() as telegram, asyncio.timeout(_PATIENCE):
            app = await App.build(_settings(telegram, file), SystemClock(), chat_pause=0)
            usual = gc.get_threshold()
            spare_the_collector()
            try:
                figures = await _measured(app, telegram, file)
            finally:
                gc.unfreeze()
                gc.set_threshold(*usual)
                await app.close()
    return Part(f"Taps: {_TAPPING:,} people answer at once, then one after the other", tuple(figures))


async def _measured(app: App, telegram: Tapped, file: Path) -> Sequence[Figure]:
    source = TelegramUpdates(telegram.url, TOKEN, _KINDS)
    witness = _Witness(source, file)
    scene = _Scene(app, telegram, file)
    try:
        before = await _bare(app.bot, telegram, source)
        aiograms_own = await _aiograms_own(telegram)
        async with _receiving(app, witness):
            first = await _crowd(scene)
            kept = _kept(scene)
            later = [await _crowd(scene) for _ in range(_LATER_CROWDS)]
            waits = [figure async for figure in _waits(scene, _rates(later, aiograms_own))]
        after = await _bare(app.bot, telegram, source)
        aiograms_own = (aiograms_own + await _aiograms_own(telegram)) / 2
    finally:
        await source.close()
    return (
        Figure("updates confirmed before they were stored", f"{witness.unstored} of {witness.confirmed}", "limit 0"),
        *kept,
        *_costs(first, later, bare=(before + after) / 2, aiograms_own=aiograms_own),
        *waits,
    )


def _kept(scene: _Scene) -> tuple[Figure, Figure]:
    handled = scene.count("SELECT count(*) FROM inbox WHERE state = 'handled'")
    answers = scene.count("SELECT count(*) FROM assignments WHERE answer = 'coming'")
    return (
        Figure("taps handled", share(handled, _TAPPING), "limit all"),
        Figure("people whose answer stands in the database", share(answers, _TAPPING), "limit all"),
    )


def _costs(first: _Crowd, later: Sequence[_Crowd], *, bare: float, aiograms_own: float) -> tuple[Figure, ...]:
    """Of the first crowd of a process, which is also the first second of its life, and of those that follow."""
    rate, cost = median([crowd.rate for crowd in later]), median([crowd.cost for crowd in later])
    deeds = Counter({name: times / _TAPPING for name, times in later[-1].deeds.items()})
    return (
        Figure(
            "stored, handled, answered, message changed",
            f"{rate:.0f} taps/s, the first crowd {first.rate:.0f}",
            f"{rate * bare / _TAPPING:.2f} of the pace of the same two calls and nothing else, {_TAPPING / bare:.0f};"
            f" median of {len(later)} later crowds",
        ),
        Figure(
            "… CPU of the bot's process, the two calls included",
            f"{cost * 1e6:,.0f} µs a tap, {first.cost * 1e6:,.0f} in the first",
            f"limit 1,000; {cost / aiograms_own:.1f} of aiogram's bare request ({aiograms_own * 1e6:,.0f} µs),"
            f" {first.cost / aiograms_own:.1f} in the first",
        ),
        Figure(
            "… transactions, statements, hops to a thread",
            f"{deeds['begin_at_hand']:.1f}, {deeds['run_at_hand']:.1f}, {deeds['run_on_thread']:.2f} a tap",
            "4, 12 and 53 through aiosqlite",
        ),
    )


def _rates(crowds: Sequence[_Crowd], aiograms_own: float) -> Sequence[float]:
    """Taps a second: as many for this machine as 500 are for one of 350 µs a request, but at most half of what the
    crowds took; and 500 themselves, where they were carried."""
    carried = median([crowd.rate for crowd in crowds])
    fitting = min(_RATE * _REQUEST / aiograms_own, carried / 2)
    return (fitting, _RATE) if carried >= _RATE else (fitting,)


@asynccontextmanager
async def _receiving(app: App, witness: _Witness) -> AsyncIterator[None]:
    stop = asyncio.Event()
    intake = Intake(app.storage, app.clock, witness, app.backlog, app.silence)
    parts = [asyncio.create_task(intake.run(stop)), asyncio.create_task(app.backlog.run(stop))]
    try:
        yield
    finally:
        stop.set()
        await asyncio.gather(*parts)


async def _crowd(scene: _Scene) -> _Crowd:
    """Everybody taps at once."""
    deeds: Counter[str] = Counter()
    telegram, buttons = scene.telegram, scene.next_buttons(1)  # made beforehand: they cost the bot nothing
    with _counted(deeds, "begin_at_hand", "run_at_hand", "run_on_thread"):
        spent = time.process_time()
        await telegram.tap(buttons, first=FIRST_ACCOUNT)
        await _changed(telegram, _TAPPING)
        spent = time.process_time() - spent
    while not scene.app.backlog.is_idle:  # noqa: ASYNC110 - the last ones are marked after their messages were changed
        await asyncio.sleep(0.05)
    return _Crowd(await telegram.seconds(), spent, deeds)


async def _waits(scene: _Scene, rates: Sequence[float]) -> AsyncIterator[Figure]:
    """From tap to changed message: idle, while messages go out, and while notices are planned."""
    rate = rates[0]
    spans = await _by_turns(scene, rate)
    taken = [wait for span in spans for wait in span.idle]
    yield Figure(
        f"at {rate:.0f} taps/s, {_LATENCY * 1000:.0f} ms latency: tap to changed message",
        _percentiles(taken),
        f"ms at the 50th, 95th, 99th percentile of {len(taken):,}; twice the latency is {_LATENCY * 2000:.0f};"
        f" {_RATE:.0f} taps/s where aiogram's bare request takes {_REQUEST * 1e6:.0f} µs, at most half of a crowd's",
    )
    ratios = sorted(span.ratio for span in spans)
    yield Figure(
        f"… while {median([span.pace for span in spans]):.0f} messages/s go out",
        _percentiles([wait for span in spans for wait in span.beside]),
        f"99th: {median(ratios):.2f} of idle, of {', '.join(f'{ratio:.2f}' for ratio in ratios)}; limit 1.2",
    )
    for more in rates[1:]:
        words = f"at {more:.0f} taps/s, {_LATENCY * 1000:.0f} ms latency, idle"
        yield Figure(words, _percentiles(await _at_rate(scene, more)), "ms, as above; 95th: limit 300")
    plan_another_date(scene.file, _PLANNED_FOR, now=scene.app.clock.now())
    known = scene.count("SELECT count(*) FROM notices")
    async with _running(partial(_plan, scene.app)):
        planning = await _at_rate(scene, rates[-1])
        planned = scene.count("SELECT count(*) FROM notices") - known
    yield Figure(
        f"… while notices are planned ({planned:,} of {4 * _PLANNED_FOR:,})", _percentiles(planning), "95th: limit 300"
    )


async def _by_turns(scene: _Scene, rate: float) -> Sequence[_Span]:
    """Idle, beside a broadcast, and so on. The sender runs all the while; with nothing due it looks once a second."""
    spans, app = list[_Span](), scene.app
    async with _running(app.sender.run):
        for turn in range(_SPANS):
            idle = await _at_rate(scene, rate)
            first = _TAPPING + turn * _TOLD + 1
            await asyncio.to_thread(make_due, scene.file, _TOLD, now=app.clock.now(), first=first)
            app.sender.wake()
            known, began = scene.count(_SENT), time.monotonic()
            beside = await _at_rate(scene, rate)
            spans.append(_Span(idle, beside, (scene.count(_SENT) - known) / (time.monotonic() - began)))
            await asyncio.to_thread(call_off, scene.file)  # the bot has to go on, so that it gives its lock back
            while scene.count(_WAITING):  # noqa: ASYNC110 - the database tells nobody
                await asyncio.sleep(0.1)
    return spans


async def _at_rate(scene: _Scene, rate: float) -> list[float]:
    turns = math.ceil(max(_LEAST_TAPS, rate * _SECONDS) / _TAPPING)
    telegram = scene.telegram
    await telegram.tap(scene.next_buttons(turns), first=FIRST_ACCOUNT, rate=rate, latency=_LATENCY)
    await _changed(telegram, _TAPPING * turns)
    return await telegram.waits()


async def _changed(telegram: Tapped, taps: int) -> None:
    while await telegram.changed() < taps:  # noqa: ASYNC110 - another process counts
        await asyncio.sleep(0.2)  # seldom: the asking is paid by the process whose CPU is measured


@asynccontextmanager
async def _running(part: Callable[[asyncio.Event], Coroutine[Any, Any, None]]) -> AsyncIterator[None]:
    stop = asyncio.Event()
    task = asyncio.create_task(part(stop))
    try:
        yield
    finally:
        stop.set()
        await task


async def _plan(app: App, stop: asyncio.Event) -> None:
    planning = asyncio.create_task(plan_notices(app.storage, days=app.days, now=app.clock.now()))
    await stop.wait()
    planning.cancel()
    await asyncio.wait({planning})


async def _bare(bot: Bot, telegram: Tapped, source: TelegramUpdates) -> float:
    """Seconds for everybody's tap fetched, answered and shown, with no database and no dispatcher."""
    await telegram.tap([["bare"]] * _TAPPING, first=FIRST_ACCOUNT)
    offset: int | None = None
    updates: list[dict[str, Any]] = []
    while len(updates) < _TAPPING:
        updates += await source.fetch(offset, timeout=1)
        offset = int(updates[-1]["update_id"]) + 1
    await source.fetch(offset, timeout=0)  # confirms the last batch
    slots = asyncio.Semaphore(_PARALLEL)

    async def answer(query: Mapping[str, Any]) -> None:
        message = query["message"]
        markup = InlineKeyboardMarkup.model_validate(message["reply_markup"])
        async with slots:
            await bot.answer_callback_query(query["id"])
            await bot.edit_message_text(
                f"Принято {query['id']}",
                chat_id=message["chat"]["id"],
                message_id=message["message_id"],
                reply_markup=markup,
            )

    await asyncio.gather(*(answer(update["callback_query"]) for update in updates))
    return await telegram.seconds()


async def _aiograms_own(telegram: Tapped) -> float:
    """Seconds of CPU for one request by aiogram's own session: by it this machine is compared with others."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.url))
    bot = Bot(TOKEN, session=session)
    try:
        people = range(FIRST_ACCOUNT, FIRST_ACCOUNT + _TAPPING)
        return await cost(lambda person: bot.send_message(person, "Записано"), people) / _TAPPING
    finally:
        await session.close()


@contextmanager
def _counted(deeds: Counter[str], *names: str) -> Iterator[None]:
    """How often the driver is asked for each of these."""

    def counted(name: str) -> Callable[..., Any]:
        plain = getattr(Connection, name)

        def call(*args: Any, **options: Any) -> Any:
            deeds[name] += 1
            return plain(*args, **options)

        return call

    with ExitStack() as patches:
        for name in names:
            patches.enter_context(patch.object(Connection, name, counted(name)))
        yield


def _button(person: int, answer: Answer) -> str:
    return AnswerMatter(assignment=AssignmentId(person + 1), answer=answer, version=1).pack()


def _percentiles(waits: Sequence[float]) -> str:
    return ", ".join(f"{_percentile(waits, part) * 1000:.0f}" for part in (0.5, 0.95, 0.99))


def _percentile(waits: Sequence[float], part: float) -> float:
    return sorted(waits)[min(len(waits) - 1, int(len(waits) * part))]


def _settings(telegram: Tapped, file: Path) -> Settings:
    return Settings(
        _env_file=None,  # type: ignore[call-arg]  # pydantic-settings takes it, its type does not tell
        bot_token=SecretStr(TOKEN),
        telegram_api_url=telegram.url,
        database_url=url_of(file),
        send_rate=_BROADCAST,
        paid_broadcast=True,
    )
