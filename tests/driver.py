"""Talking with the real dispatcher as people do, through the local Telegram.

Updates are fetched from the sandbox and handled one by one in the test's own task, so nothing runs in the background
and nothing has to be waited for: when ``says`` returns, the bot has answered.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.enums import ParseMode

from bot.clock import Clock, MovableClock
from bot.config import Settings
from bot.domain.ids import PersonId
from bot.sandbox.server import Sandbox
from bot.texts.widths import room, width
from handlers.routing import build_dispatcher
from storage.database import Database
from tests.factories import account_of
from tests.plain_session import LeanPlainSession, session_to

Message = dict[str, Any]


class Telegram:
    """The sandbox with the bot behind it."""

    def __init__(self, sandbox: Sandbox, bot: Bot, dispatcher: Dispatcher) -> None:
        self.sandbox = sandbox
        self.bot = bot
        self.dispatcher = dispatcher

    def chat(self, account: int, first_name: str = "Прохожий") -> Chat:
        """The chat of somebody with this Telegram id; he is added to the sandbox when first named."""
        known = {person["id"] for person in self.sandbox.state()["people"]}
        if account not in known:
            self.sandbox.add_person(first_name, id=account)
        return Chat(self, account)

    def chat_of(self, person: PersonId) -> Chat:
        """The chat of a factory's person, who has pressed Start some time ago."""
        chat = self.chat(account_of(person))
        self.sandbox.start_bot(chat.id)
        self.sandbox.world.bots[self.sandbox.bot_token].queue.clear()  # the bot knows him already
        return chat

    async def settle(self) -> None:
        """Handles every update that waits, in order. An error that a handler lets out is raised here."""
        # The queue is read directly: Telegram makes a bot that polls without new updates wait for seconds.
        queue = self.sandbox.world.bots[self.sandbox.bot_token].queue
        while waiting := queue.pending():
            for update in waiting:
                queue.confirm(update.id)
                await self.dispatcher.feed_raw_update(self.bot, json.loads(update.encoded))


class Chat:
    """One person's chat with the bot."""

    def __init__(self, telegram: Telegram, account: int) -> None:
        self._telegram = telegram
        self._sandbox = telegram.sandbox
        self.id = account

    async def starts(self, payload: str = "") -> Message:
        """Opens the bot's link; returns the bot's last message."""
        await self._telegram.settle()
        self._sandbox.start_bot(self.id, payload)
        return await self._answered()

    async def says(self, text: str, *, reply_to: Message | None = None) -> Message:
        """Writes; returns the bot's last message."""
        await self._telegram.settle()
        reply_id = reply_to["message_id"] if reply_to else None
        self._sandbox.person_writes(self.id, text, reply_to_message_id=reply_id)
        return await self._answered()

    async def sends(self, name: str, data: bytes) -> Message:
        """Sends a file; returns the bot's last message."""
        await self._telegram.settle()
        self._sandbox.send_document(self.id, name, data)
        return await self._answered()

    async def presses(self, label: str | None = None, *, data: str | None = None, on: Message | None = None) -> Message:
        """Presses a button by its label (in the latest message that has it) or by its data.

        Returns the bot's last message; the toast, if any, is in ``toast``.
        """
        await self._telegram.settle()
        message_id = on["message_id"] if on else None
        pressing = asyncio.create_task(self._sandbox.press(self.id, label, data=data, message_id=message_id))
        while not pressing.done():
            await asyncio.sleep(0)
            await self._telegram.settle()
        self.toast = (await pressing) or {}
        return await self._answered()

    toast: Mapping[str, Any] = {}

    @property
    def messages(self) -> list[Message]:
        """The bot's messages, the oldest first, as they look now."""
        return [m for m in self._sandbox.messages(self.id) if m["from"]["is_bot"]]

    @property
    def last(self) -> Message:
        return self.messages[-1]

    async def _answered(self) -> Message:
        await self._telegram.settle()
        return self.messages[-1] if self.messages else {}


def labels(message: Message) -> list[str]:
    """The labels of a message's inline buttons, row by row."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


@asynccontextmanager
async def telegram(
    database: Database, clock: MovableClock, settings: Settings, **handed: Any
) -> AsyncIterator[Telegram]:
    """A sandbox with the real dispatcher. ``handed``: what the composition root hands the handlers of siblings."""
    sandbox = Sandbox(clock)
    await sandbox.start()
    session = session_to(sandbox, LeanPlainSession)
    bot = Bot(sandbox.bot_token, session=session, default=DefaultBotProperties(parse_mode=ParseMode.HTML))
    try:
        dispatcher = _DISPATCHER.over(database, clock, settings)
        dispatcher.workflow_data.update(handed)
        yield Telegram(sandbox, bot, dispatcher)
        assert _cut_off(sandbox) == [], "a phone cuts these captions: fewer buttons in the row, or shorter words"
    finally:
        await session.close()
        await sandbox.stop()


def _cut_off(sandbox: Sandbox) -> list[str]:
    """The captions that do not fit beside their neighbours; one that stands alone may end in a title."""
    markups = {
        str(call["parameters"]["reply_markup"]) for call in sandbox.calls() if "reply_markup" in call["parameters"]
    }
    rows = [row for markup in markups for row in json.loads(markup).get("inline_keyboard", []) if len(row) > 1]
    return sorted({one["text"] for row in rows for one in row if width(one["text"]) > room(len(row))})


class _StandIn:
    """Holds the place of a part that every test has of its own, in a dispatcher that they share."""

    part: Any = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.part, name)


class SharedDispatcher:
    """The dispatcher of this process, built once: aiogram takes 0.1 s to look at the parameters of every handler and
    filter, which is a third of the time of a short test."""

    def __init__(self) -> None:
        self._parts = (_StandIn(), _StandIn(), _StandIn())
        self._built: Dispatcher | None = None

    def over(self, database: Database, clock: Clock, settings: Settings) -> Dispatcher:
        """In the place of ``build_dispatcher``: now over these parts; what the test before handed it is forgotten."""
        for stand_in, part in zip(self._parts, (database, clock, settings), strict=True):
            stand_in.part = part
        if self._built is None:
            stand_ins: Any = self._parts
            self._built = build_dispatcher(*stand_ins)
        self._built.workflow_data.clear()
        self._built.workflow_data.update(settings=settings, app_storage=database, clock=clock)
        return self._built


_DISPATCHER = SharedDispatcher()
