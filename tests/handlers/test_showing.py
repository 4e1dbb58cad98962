"""A toast and a changed message at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramBadRequest, TelegramNetworkError
from aiogram.methods import AnswerCallbackQuery, EditMessageText, TelegramMethod
from aiogram.types import CallbackQuery

from bot.telegram.forgiving import ForgivingMiddleware, tap_in_hand
from bot.texts.catalogue import Markup
from handlers.showing import NO_PREVIEW, toast_and_show

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
CUT = "the line was cut"


class Wire(BaseSession):
    """Answers a toast only after the message was changed; what it was asked for stands in ``done``."""

    def __init__(self, *, toast_fails: Exception | None = None, edit_fails: Exception | None = None) -> None:
        super().__init__()
        self.middleware(ForgivingMiddleware())
        self.done: list[str] = []
        self._fails = {AnswerCallbackQuery: toast_fails, EditMessageText: edit_fails}
        self._changed = asyncio.Event()

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ASYNC109 - aiogram's signature
        if isinstance(method, AnswerCallbackQuery):
            await self._changed.wait()
        self._changed.set()
        self.done.append(f"{method.__api_method__}: {getattr(method, 'text', '')}")
        failure = self._fails[type(method)]
        if failure is not None:
            raise failure
        return True

    async def close(self) -> None:
        """Nothing is open."""

    def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        raise AssertionError("nobody reads files here")


async def answered(wire: Wire) -> None:
    bot = Bot("42:token", session=wire)
    chat, person = {"id": 7, "type": "private"}, {"id": 7, "is_bot": False, "first_name": "Анна"}
    message = {"message_id": 1, "date": 1_780_000_000, "chat": chat, "text": "Вебинар. Придёте?"}
    tap = {"id": "1", "from": person, "chat_instance": "7", "message": message}
    tap_in_hand.set(tap)
    query = CallbackQuery.model_validate(tap, context={"bot": bot})
    await toast_and_show(query, "toast-coming", Markup("Вебинар. Вы придёте"), None)


async def test_neither_waits_for_the_other() -> None:
    wire = Wire()
    await answered(wire)
    assert [one.partition(":")[0] for one in wire.done] == ["editMessageText", "answerCallbackQuery"]


async def test_the_words_of_a_toast_that_came_too_late_do_not_undo_the_changed_message() -> None:
    """Put under the old message they would take the answer off it again."""
    wire = Wire(toast_fails=TelegramBadRequest(AnswerCallbackQuery(callback_query_id="1"), TOO_OLD))
    await answered(wire)
    assert wire.done[0] == "editMessageText: Вебинар. Вы придёте"
    assert len(wire.done) == 2


@pytest.mark.parametrize("failing", ["toast", "edit", "both"])
async def test_what_either_met_is_raised_once_both_have_ended(failing: str) -> None:
    cut = TelegramNetworkError(AnswerCallbackQuery(callback_query_id="1"), CUT)
    wire = Wire(toast_fails=cut if failing != "edit" else None, edit_fails=cut if failing != "toast" else None)
    with pytest.raises(TelegramNetworkError, match=CUT):
        await answered(wire)
    assert len(wire.done) == 2


async def test_both_ask_for_what_aiogram_would_ask_for() -> None:
    """Field by field, the bot's defaults included: they are put together without its examination."""
    asked: list[TelegramMethod[Any]] = []

    class Seeing(Wire):
        async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ASYNC109 - aiogram's signature
            asked.append(method)
            return await super().make_request(bot, method, timeout)

    await answered(Seeing())
    edit, toast = sorted(asked, key=lambda method: method.__api_method__, reverse=True)
    assert isinstance(toast, AnswerCallbackQuery)
    assert toast == AnswerCallbackQuery(callback_query_id="1", text=toast.text, show_alert=False)
    usual = EditMessageText(
        text="Вебинар. Вы придёте", chat_id=7, message_id=1, reply_markup=None, link_preview_options=NO_PREVIEW
    )
    assert edit.model_dump(warnings=False) == usual.model_dump(warnings=False)
