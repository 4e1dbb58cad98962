"""Requests to the sandbox without what only encrypted connections need."""

from __future__ import annotations

from copy import copy
from functools import cache
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.sandbox.server import Sandbox
from bot.telegram.lean_session import LeanSession


class PlainSession(AiohttpSession):
    """Closes at once: the wait of a quarter of a second is for encrypted connections, and here is none."""

    async def close(self) -> None:
        if self._session is not None and not self._session.closed:
            await self._session.close()

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        _answer_model(method.__returning__)
        return super().check_response(bot, method, status_code, content)


class LeanPlainSession(PlainSession, LeanSession):
    """The program's own session, closed at once."""

    async def close(self) -> None:
        self.give_back()
        await super().close()


def session_to(sandbox: Sandbox, kind: type[PlainSession] = PlainSession) -> AiohttpSession:
    """The session of a test's bot; whoever asks for it closes it. What is tested is the bot: LeanPlainSession."""
    session = copy(_unopened(kind))
    session.api = TelegramAPIServer.from_base(sandbox.url)
    return session


@cache
def _answer_model(returning: Any) -> Any:
    """Kept, because pydantic holds such models weakly, and to build one again for each answer takes 20 ms."""
    return Response.__class_getitem__(returning)


@cache
def _unopened(kind: type[PlainSession]) -> AiohttpSession:
    # Copied, because each new one reads the certificates of the world, which takes 60 ms.
    return kind()
