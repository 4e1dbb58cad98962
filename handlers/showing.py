"""Answering a tap: a toast, and the message itself changes. What Telegram minds there is harmless to us."""

from __future__ import annotations

import asyncio
from contextvars import Context
from functools import cache

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import AnswerCallbackQuery, EditMessageText
from aiogram.types import CallbackQuery, LinkPreviewOptions, Message

from bot.texts.catalogue import Markup, plain
from handlers.own_buttons import Buttons, keyboard_of

log = structlog.get_logger()

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_UNEDITABLE = ("not found", "can't be edited", "no text in the message")


async def toast(query: CallbackQuery, key: str | None = None, *, alert: bool = False, **values: str | int) -> None:
    """Answers the tap. A tap handled late (after an outage) can be answered no more: that is no failure."""
    try:
        text = plain(key, **values) if key else None
        said = {"callback_query_id": query.id, "text": text, "show_alert": alert}
        await _bot_of(query)(_blank_toast().model_copy(update=said))
    except TelegramBadRequest as error:
        log.info("a tap was too old to be answered", error=error.message)


async def toast_and_show(
    query: CallbackQuery,
    key: str | None,
    text: Markup,
    buttons: Buttons,
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
        await show(query, text, buttons)
    finally:
        if not toasting.done():
            await asyncio.wait({toasting})
        failure = toasting.exception()
    if failure is not None:
        raise failure


async def show(query: CallbackQuery, text: Markup, buttons: Buttons = None) -> None:
    """Puts a screen in place of the message under the tapped button, or below it where that cannot be edited."""
    bot = _bot_of(query)
    if isinstance(query.message, Message):
        done = await edit(bot, query.message.chat.id, query.message.message_id, text, buttons)
        if done:
            return
    await bot.send_message(query.from_user.id, text, reply_markup=keyboard_of(buttons), link_preview_options=NO_PREVIEW)


async def edit(bot: Bot, chat_id: int, message_id: int, text: Markup, buttons: Buttons) -> bool:
    """False where the message cannot become this (it was deleted, or it is a picture, whose caption holds a quarter of
    a screen); one that shows this already is as good as edited."""
    shown = {"text": text, "chat_id": chat_id, "message_id": message_id, "reply_markup": buttons}
    try:
        await bot(_blank_edit().model_copy(update=shown))
    except TelegramBadRequest as error:
        if "not modified" in error.message:
            return True
        if "edit" in error.message and any(reason in error.message for reason in _UNEDITABLE):
            return False
        raise
    return True


def _bot_of(query: CallbackQuery) -> Bot:
    assert query.bot is not None, "a query of a dispatcher carries its bot"
    return query.bot


@cache
def _blank_toast() -> AnswerCallbackQuery:
    """Copied, as the next one: what is put in is ours, and to have it examined costs as much as to send it."""
    return AnswerCallbackQuery(callback_query_id="-", text=None, show_alert=False)


@cache
def _blank_edit() -> EditMessageText:
    return EditMessageText(text="-", link_preview_options=NO_PREVIEW)
