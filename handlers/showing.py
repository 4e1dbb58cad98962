"""Answering a tap: a toast, and the message itself changes. What Telegram minds there is harmless to us."""

from __future__ import annotations

import asyncio
from contextvars import Context

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, LinkPreviewOptions, Message

from bot.texts.catalogue import Markup, plain

log = structlog.get_logger()

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_UNEDITABLE = ("not found", "can't be edited", "no text in the message")


async def toast(query: CallbackQuery, key: str | None = None, *, alert: bool = False, **values: str | int) -> None:
    """Answers the tap. A tap handled late (after an outage) can be answered no more: that is no failure."""
    try:
        await query.answer(plain(key, **values) if key else None, show_alert=alert)
    except TelegramBadRequest as error:
        log.info("a tap was too old to be answered", error=error.message)


async def toast_and_show(
    query: CallbackQuery,
    key: str | None,
    text: Markup,
    keyboard: InlineKeyboardMarkup | None,
    *,
    alert: bool = False,
    **values: str | int,
) -> None:
    """Both at once: the person waits for the changed message, and nothing depends on which of them comes first.

    Each has come to its end when this returns. Raises what the screen met, else what the toast did.
    """
    # In a context of its own no tap is in hand: where it comes too late, its words must not be put into the message
    # that is being changed, which says the same.
    toasting = asyncio.create_task(toast(query, key, alert=alert, **values), context=Context())
    try:
        await show(query, text, keyboard)
    finally:
        await asyncio.wait({toasting})
        failure = toasting.exception()
    if failure is not None:
        raise failure


async def show(query: CallbackQuery, text: Markup, keyboard: InlineKeyboardMarkup | None = None) -> None:
    """Puts a screen in place of the message under the tapped button, or below it where that cannot be edited."""
    assert query.bot is not None, "a query of a dispatcher carries its bot"
    if isinstance(query.message, Message):
        done = await edit(query.bot, query.message.chat.id, query.message.message_id, text, keyboard)
        if done:
            return
    await query.bot.send_message(query.from_user.id, text, reply_markup=keyboard, link_preview_options=NO_PREVIEW)


async def edit(bot: Bot, chat_id: int, message_id: int, text: Markup, keyboard: InlineKeyboardMarkup | None) -> bool:
    """False where the message cannot become this (it was deleted, or it is a picture, whose caption holds a quarter of
    a screen); one that shows this already is as good as edited."""
    try:
        await bot.edit_message_text(
            text, chat_id=chat_id, message_id=message_id, reply_markup=keyboard, link_preview_options=NO_PREVIEW
        )
    except TelegramBadRequest as error:
        if "not modified" in error.message:
            return True
        if "edit" in error.message and any(reason in error.message for reason in _UNEDITABLE):
            return False
        raise
    return True
