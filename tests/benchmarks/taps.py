"""Answers by one tap: from getUpdates through the inbox and the handler to the changed message, on loopback.

The server is a process of its own; the bot runs in this one, on uvloop and with what was built at its start frozen, as
``python -m bot run`` does.
"""

from __future__ import annotations

import asyncio
import gc
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
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
from bot.services.plan_notices import plan_notices
from bot.starting import spare_the_collector
from bot.telegram.intake import Intake
from bot.telegram.updates import TelegramUpdates
from handlers.answers.callbacks import AnswerMatter
from storage.sqlite_driver import Connection
from tests.benchmarks.bare_requests import cost
from tests.benchmarks.figures import Figure, Part, share
from tests.benchmarks.population import FIRST_ACCOUNT, count, make_due, plan_another_date, populate, url_of
from tests.benchmarks.tapped_telegram import TOKEN, Tapped, tapped_telegram

_TAPPING = 400  # people who tap; all at once in the first part, by turns afterwards
_OTHERS = 5_000  # who only get messages meanwhile
_PARALLEL = 64  # as many handlers as the backlog runs at once
_RATE = 500.0  # taps a second, where the machine carries them
_LATENCY = 0.05
_SECONDS = 4.0
_BROADCAST = 1000
_PATIENCE = 600.0
_KINDS = ("message", "callback_query", "my_chat_member")


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


async def measure() -> Part:
    with tempfile.TemporaryDirectory(prefix="vestovoy-bench-") as folder:
        file, now = Path(folder) / "taps.sqlite3", SystemClock().now()
        await populate(file, _TAPPING + _OTHERS, now=now, due_in=timedelta(hours=3))
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
    try:
        before = await _bare(app.bot, telegram, source)
        aiograms_own = await _aiograms_own(telegram)
        async with _receiving(app, witness):
            crowd = await _crowd(telegram)
            while not app.backlog.is_idle:  # noqa: ASYNC110 - the last ones are marked after their messages were changed
                await asyncio.sleep(0.05)
            handled = count(file, "SELECT count(*) FROM inbox WHERE state = 'handled'")
            answers = count(file, "SELECT count(*) FROM assignments WHERE answer = 'coming'")
            rate = min(_RATE, _TAPPING / crowd.seconds / 2)
            waits = [figure async for figure in _waits(app, telegram, file, rate)]
        after = await _bare(app.bot, telegram, source)
        aiograms_own = (aiograms_own + await _aiograms_own(telegram)) / 2
    finally:
        await source.close()
    bare = (before + after) / 2
    deeds = {name: times / _TAPPING for name, times in crowd.deeds.items()}
    return (
        Figure("updates confirmed before they were stored", f"{witness.unstored} of {witness.confirmed}", "limit 0"),
        Figure("taps handled", share(handled, _TAPPING), "limit all"),
        Figure("people whose answer stands in the database", share(answers, _TAPPING), "limit all"),
        Figure(
            "stored, handled, answered, message changed",
            f"{_TAPPING / crowd.seconds:.0f} taps/s",
            f"{bare / crowd.seconds:.2f} of the pace of the same two calls and nothing else, {_TAPPING / bare:.0f}",
        ),
        Figure(
            "… CPU of the bot's process, the two calls included",
            f"{crowd.cpu / _TAPPING * 1e6:,.0f} µs a tap",
            f"limit 1,000; {crowd.cpu / _TAPPING / aiograms_own:.1f} of aiogram's bare request"
            f" ({aiograms_own * 1e6:,.0f} µs)",
        ),
        Figure(
            "… transactions, statements, hops to a thread",
            f"{deeds['begin_at_hand']:.1f}, {deeds['run_at_hand']:.1f}, {deeds['run_on_thread']:.2f} a tap",
            "4, 12 and 53 through aiosqlite",
        ),
        *waits,
    )


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


async def _crowd(telegram: Tapped) -> _Crowd:
    deeds: Counter[str] = Counter()
    with _counted(deeds, "begin_at_hand", "run_at_hand", "run_on_thread"):
        spent = time.process_time()
        await telegram.tap([[_button(n, Answer.COMING)] for n in range(_TAPPING)], first=FIRST_ACCOUNT)
        await _changed(telegram, _TAPPING)
        spent = time.process_time() - spent
    return _Crowd(await telegram.seconds(), spent, deeds)


async def _waits(app: App, telegram: Tapped, file: Path, rate: float) -> AsyncIterator[Figure]:
    """From tap to changed message: idle, while messages go out, and while notices are planned."""
    idle = await _at_rate(telegram, rate)
    words = f"at {rate:.0f} taps/s, {_LATENCY * 1000:.0f} ms latency: tap to changed message"
    at_best = f"ms at the 50th, 95th, 99th percentile; twice the latency is {_LATENCY * 2000:.0f}"
    yield Figure(words, _percentiles(idle), at_best)
    make_due(file, _OTHERS, now=app.clock.now(), first=_TAPPING + 1)
    async with _running(app.sender.run):
        began = time.monotonic()
        sending = await _at_rate(telegram, rate)
        sent = count(file, "SELECT count(*) FROM notices WHERE state = 'sent'") / (time.monotonic() - began)
    ratio = _percentile(sending, 0.99) / _percentile(idle, 0.99)
    yield Figure(
        f"… while {sent:.0f} messages/s go out", _percentiles(sending), f"99th: {ratio:.2f} of idle; limit 1.2"
    )
    plan_another_date(file, _OTHERS, now=app.clock.now())
    known = count(file, "SELECT count(*) FROM notices")
    async with _running(lambda stop: _plan(app, stop)):
        planning = await _at_rate(telegram, rate)
        planned = count(file, "SELECT count(*) FROM notices") - known
    yield Figure(f"… while notices are planned ({planned:,})", _percentiles(planning), "95th: limit 300")


async def _at_rate(telegram: Tapped, rate: float) -> list[float]:
    turns = max(1, round(rate * _SECONDS / _TAPPING))
    people = min(_TAPPING, round(rate * _SECONDS))
    answers = [(Answer.MAYBE, Answer.COMING)[turn % 2] for turn in range(turns)]
    datas = [[_button(n, answer) for answer in answers] for n in range(people)]
    await telegram.tap(datas, first=FIRST_ACCOUNT, rate=rate, latency=_LATENCY)
    await _changed(telegram, people * turns)
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
