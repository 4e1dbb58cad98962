"""Answers by one tap: from getUpdates through the inbox and the handler to the changed message, on loopback."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from aiogram import Bot
from aiogram.types import InlineKeyboardMarkup
from pydantic import SecretStr

from bot.app import App
from bot.clock import SystemClock
from bot.config import Settings
from bot.telegram.intake import Intake
from bot.telegram.updates import TelegramUpdates
from tests.benchmarks.figures import Figure, Part, share
from tests.benchmarks.local_telegram import LocalTelegram, local_telegram
from tests.benchmarks.population import accounts_of, count, make_due, populate, url_of

_PEOPLE = 400
_PARALLEL = 32  # as many handlers as the backlog runs at once
_LOOK = 0.05
_PATIENCE = 60.0
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


async def measure() -> Part:
    people = accounts_of(_PEOPLE)
    with tempfile.TemporaryDirectory(prefix="vestovoy-bench-") as folder:
        file, now = Path(folder) / "taps.sqlite3", SystemClock().now()
        await populate(file, _PEOPLE, now=now, due_in=timedelta(minutes=30))
        make_due(file, _PEOPLE, now=now)
        async with local_telegram(people) as telegram, asyncio.timeout(_PATIENCE):
            app = await App.build(_settings(telegram, file), SystemClock(), chat_pause=0)
            try:
                await app.sender.drain()
                figures = await _measured(app, telegram, file)
            finally:
                await app.close()
    return Part(f"Taps: {_PEOPLE} people answer at once", figures)


async def _measured(app: App, telegram: LocalTelegram, file: Path) -> tuple[Figure, ...]:
    token = telegram.bots[0]
    source = TelegramUpdates(telegram.url, token, _KINDS)
    witness = _Witness(source, file)
    try:
        before = await _bare(app.bot, telegram, source)
        await telegram.press(token, 0)
        whole = await _handle(app, witness, file)
        after = await _bare(app.bot, telegram, source)
    finally:
        await source.close()
    bare = (before.answering + after.answering) / 2
    fetching = (before.fetching + after.fetching) / 2
    handled = count(file, "SELECT count(*) FROM inbox WHERE state = 'handled'")
    answers = count(file, "SELECT count(*) FROM assignments WHERE answer = 'coming'")
    return (
        Figure("updates confirmed before they were stored", f"{witness.unstored} of {witness.confirmed}", "limit 0"),
        Figure("taps handled", share(handled, _PEOPLE), "limit all"),
        Figure("people whose answer stands in the database", share(answers, _PEOPLE), "limit all"),
        Figure(
            "stored, handled, answered, message changed",
            f"{bare / whole:.2f} of the pace without storing",
            f"the same two calls for each tap and nothing else; {_PEOPLE / whole:.0f} and {_PEOPLE / bare:.0f} taps/s",
        ),
        Figure(
            "… beside getUpdates alone",
            f"{fetching / whole:.4f} of its pace",
            f"{_PEOPLE / fetching:,.0f} updates/s fetched and thrown away",
        ),
    )


@dataclass(frozen=True, slots=True)
class _Bare:
    """Seconds for everybody's tap."""

    fetching: float
    answering: float


async def _bare(bot: Bot, telegram: LocalTelegram, source: TelegramUpdates) -> _Bare:
    """Everybody's tap fetched, answered and shown, with no database and no dispatcher."""
    expected, offset = await telegram.press(telegram.bots[0], 0), None
    updates: list[dict[str, Any]] = []
    began = time.perf_counter()
    while len(updates) < expected:
        updates += await source.fetch(offset, timeout=1)
        offset = int(updates[-1]["update_id"]) + 1
    fetching = time.perf_counter() - began
    await source.fetch(offset, timeout=0)  # confirms the last batch
    slots = asyncio.Semaphore(_PARALLEL)

    async def answer(query: Mapping[str, Any]) -> None:
        message = query["message"]
        markup = InlineKeyboardMarkup.model_validate(message["reply_markup"])
        async with slots:
            await bot.edit_message_text(
                f"Принято {query['id']}",
                chat_id=message["chat"]["id"],
                message_id=message["message_id"],
                reply_markup=markup,
            )
            await bot.answer_callback_query(query["id"])

    began = time.perf_counter()
    await asyncio.gather(*(answer(update["callback_query"]) for update in updates))
    return _Bare(fetching, fetching + time.perf_counter() - began)


async def _handle(app: App, witness: _Witness, file: Path) -> float:
    stop = asyncio.Event()
    intake = Intake(app.storage, app.clock, witness, app.backlog)
    parts = [asyncio.create_task(intake.run(stop)), asyncio.create_task(app.backlog.run(stop))]
    began = time.perf_counter()
    while count(file, "SELECT count(*) FROM inbox WHERE state != 'waiting'") < _PEOPLE:  # noqa: ASYNC110 - the database is asked, as by another program
        await asyncio.sleep(_LOOK)
    took = time.perf_counter() - began
    stop.set()
    await asyncio.gather(*parts)
    return took


def _settings(telegram: LocalTelegram, file: Path) -> Settings:
    return Settings(
        _env_file=None,  # type: ignore[call-arg]  # pydantic-settings takes it, its type does not tell
        bot_token=SecretStr(telegram.bots[0]),
        telegram_api_url=telegram.url,
        database_url=url_of(file),
        send_rate=500,
    )
