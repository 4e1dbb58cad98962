"""Refusals of Telegram that change nothing for anybody, whichever handler meets them."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

import structlog
from aiogram import Bot, html
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import AnswerCallbackQuery, TelegramMethod
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

log = structlog.get_logger()

_TOO_OLD = "query is too old"

tap_in_hand: ContextVar[Mapping[str, Any] | None] = ContextVar("tap_in_hand", default=None)
"""The tap that this task handles, as Telegram wrote it: with the whole message under the button."""


class ForgivingMiddleware(BaseRequestMiddleware):
    """A tap handled after an outage can be answered no more; what it asked for is done all the same.

    The words that its toast would have shown are put under the message with the button: the person waits for them.
    """

    async def __call__(
        self, make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
    ) -> Any:
        try:
            return await make_request(bot, method)
        except TelegramBadRequest as error:
            if not (isinstance(method, AnswerCallbackQuery) and _TOO_OLD in error.message):
                raise
            log.info("a tap was too old to be answered")
            if method.text:
                await _say_in_message(bot, method.text)
            return True


async def _say_in_message(bot: Bot, words: str) -> None:
    tap = tap_in_hand.get()
    if tap is None:
        return
    query = CallbackQuery.model_validate(tap)
    shown = query.message
    said = f"<i>{html.quote(words)}</i>"
    if isinstance(shown, Message) and shown.text:
        try:
            await bot.edit_message_text(
                f"{shown.html_text}\n\n{said}",
                chat_id=shown.chat.id,
                message_id=shown.message_id,
                reply_markup=shown.reply_markup if isinstance(shown.reply_markup, InlineKeyboardMarkup) else None,
            )
        except TelegramBadRequest as error:  # deleted, or too long with the words
            log.info("the words of a late tap are sent apart", error=error.message)
        else:
            return
    await bot.send_message(query.from_user.id, said)
