"""Answers to people take their turns from the same allowance as notices, and go before them."""

from __future__ import annotations

from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import SendChatAction, TelegramMethod

from bot.telegram.pacing import Pacer

_WRITING = ("send", "copy", "forward")


class PacedReplies(BaseRequestMiddleware):
    """For the requests of handlers; the sender asks the pacer itself. A flood wait is passed on once it was heeded.

    What writes no new message (a toast, an edited screen) waits for nobody.
    """

    def __init__(self, pacer: Pacer) -> None:
        self._pacer = pacer

    async def __call__(
        self, make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
    ) -> Any:
        chat = getattr(method, "chat_id", None)
        chat = chat if isinstance(chat, int) else None
        if method.__api_method__.startswith(_WRITING) and not isinstance(method, SendChatAction):
            await self._pacer.reply(chat)
        try:
            return await make_request(bot, method)
        except TelegramRetryAfter as refusal:
            self._pacer.refused(float(refusal.retry_after), chat)
            raise
