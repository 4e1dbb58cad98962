"""Refusals of Telegram that change nothing for anybody, whichever handler meets them."""

from __future__ import annotations

from typing import Any

import structlog
from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import AnswerCallbackQuery, TelegramMethod

log = structlog.get_logger()

_TOO_OLD = "query is too old"


class ForgivingMiddleware(BaseRequestMiddleware):
    """A tap handled after an outage can be answered no more; what it asked for is done all the same."""

    async def __call__(
        self, make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
    ) -> Any:
        try:
            return await make_request(bot, method)
        except TelegramBadRequest as error:
            if not (isinstance(method, AnswerCallbackQuery) and _TOO_OLD in error.message):
                raise
            log.info("a tap was too old to be answered")
            return True
