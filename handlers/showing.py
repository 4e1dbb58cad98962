"""Answering a tap: a toast, and the message itself changes. What Telegram minds there is harmless to us."""

from __future__ import annotations

from functools import cache

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import AnswerCallbackQuery, EditMessageText
from aiogram.types import CallbackQuery, LinkPreviewOptions, Message

from bot.ports.messenger import TapAnswer, TapAnswerer
from bot.texts.catalogue import Markup, plain
from handlers.own_buttons import Buttons, keyboard_of, sendable

log = structlog.get_logger()

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_UNEDITABLE = ("edit not found", "can't be edited", "no text in the message to edit", "message_id_invalid")


async def toast(query: CallbackQuery, key: str | None = None, *, alert: bool = False, **values: str | int) -> None:
    """Answers the tap. A tap handled late (after an outage) can be answered no more: that is no failure."""
    text = plain(key, **values) if key else None
    said = {"callback_query_id": query.id, "text": text, "show_alert": alert}
    try:
        await _bot_of(query)(_blank_toast().model_copy(update=said))
    except TelegramBadRequest as error:
        _pass_over(error)


async def toast_and_show(
    query: CallbackQuery, key: str, text: Markup, buttons: Buttons, *, alert: bool = False, **values: str | int
) -> None:
    """Both at once where the session can: the person waits for the changed message, and nothing depends on which of
    them comes first.

    Raises what the screen met, else what the toast did.
    """
    bot, message = _bot_of(query), query.message
    if not (isinstance(message, Message) and isinstance(bot.session, TapAnswerer)):
        await toast(query, key, alert=alert, **values)
        await show(query, text, buttons)
        return
    where = message.chat.id, message.message_id
    answer = TapAnswer(query.id, plain(key, **values), alert, *where, text, sendable(buttons))
    toasting, showing = await bot.session.answer_and_show(bot, answer)
    if showing is not None and not _is_shown_despite(showing):
        await _show_below(query, text, buttons)
    if toasting is not None:
        _pass_over(toasting)


async def show(query: CallbackQuery, text: Markup, buttons: Buttons = None) -> None:
    """Puts a screen in place of the message under the tapped button, or below it where that cannot be edited."""
    message = query.message
    if isinstance(message, Message):
        done = await edit(_bot_of(query), message.chat.id, message.message_id, text, buttons)
        if done:
            return
    await _show_below(query, text, buttons)


async def edit(bot: Bot, chat_id: int, message_id: int, text: Markup, buttons: Buttons) -> bool:
    """False where the message cannot become this (it was deleted, or it is a picture, whose caption holds a quarter of
    a screen); one that shows this already is as good as edited."""
    shown = {"text": text, "chat_id": chat_id, "message_id": message_id, "reply_markup": buttons}
    try:
        await bot(_blank_edit().model_copy(update=shown))
    except TelegramBadRequest as error:
        return _is_shown_despite(error)
    return True


async def _show_below(query: CallbackQuery, text: Markup, buttons: Buttons) -> None:
    keyboard = keyboard_of(buttons)
    await _bot_of(query).send_message(query.from_user.id, text, reply_markup=keyboard, link_preview_options=NO_PREVIEW)


def _is_shown_despite(failure: Exception) -> bool:
    """What ``edit`` says of it, or raises again."""
    if isinstance(failure, TelegramBadRequest):
        if "not modified" in failure.message:
            return True
        if any(reason in failure.message.lower() for reason in _UNEDITABLE):
            return False
    raise failure


def _pass_over(failure: Exception) -> None:
    """Of a toast that came too late; what else it met is raised again."""
    if not isinstance(failure, TelegramBadRequest):
        raise failure
    log.info("a tap was too old to be answered", error=failure.message)


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
