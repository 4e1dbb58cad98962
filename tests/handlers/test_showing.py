"""A toast and a changed message at once, and one after the other where the session knows nothing of both."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramBadRequest, TelegramNetworkError
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage, TelegramMethod
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup

from bot.ports.messenger import OwnButtons, TapAnswer, TapAnswerer
from bot.texts.catalogue import Markup, plain
from handlers.own_buttons import Buttons
from handlers.showing import NO_PREVIEW, toast_and_show

TOAST = AnswerCallbackQuery(callback_query_id="1")
TOO_OLD = TelegramBadRequest(TOAST, "Bad Request: query is too old and response timeout expired")
CUT = TelegramNetworkError(TOAST, "the line was cut")
SAME = TelegramBadRequest(TOAST, "Bad Request: message is not modified")
NOBODY = TelegramBadRequest(TOAST, "Bad Request: chat not found")
WRONG = TelegramBadRequest(TOAST, "Bad Request: can't parse entities")
SHOWN = Markup("Вебинар. Вы придёте")


class OneByOne(BaseSession):
    """Does whatever it is asked for and keeps it in ``asked``."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[TelegramMethod[Any]] = []

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ASYNC109 - aiogram's signature
        self.asked.append(method)
        return True

    async def close(self) -> None:
        """Nothing is open."""

    def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        raise AssertionError("nobody reads files here")


class BothAtOnce(OneByOne, TapAnswerer):
    """``toasting``, ``showing``: what each meets."""

    def __init__(self, toasting: Exception | None = None, showing: Exception | None = None) -> None:
        super().__init__()
        self.answers: list[TapAnswer] = []
        self._met = toasting, showing

    async def answer_and_show(self, bot: Any, answer: TapAnswer) -> tuple[Exception | None, Exception | None]:
        self.answers.append(answer)
        return self._met


async def answered(session: BaseSession, buttons: Buttons = None, *, date: int = 1_780_000_000) -> None:
    """``date``: of the tapped message; 0 where Telegram does not show it any more."""
    chat, person = {"id": 7, "type": "private"}, {"id": 7, "is_bot": False, "first_name": "Анна"}
    message = {"message_id": 1, "date": date, "chat": chat} | ({"text": "Вебинар. Придёте?"} if date else {})
    tap = {"id": "1", "from": person, "chat_instance": "7", "message": message}
    query = CallbackQuery.model_validate(tap, context={"bot": Bot("42:token", session=session)})
    await toast_and_show(query, "toast-coming", SHOWN, buttons)


KEYBOARD = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Ещё", callback_data="a:1")]])
OWN = OwnButtons('{"inline_keyboard":[]}', "9", "1")


@pytest.mark.parametrize(
    ("buttons", "given"), [(None, None), (OWN, OWN), (KEYBOARD, KEYBOARD.model_dump(exclude_none=True))]
)
async def test_both_are_asked_for_together(buttons: Buttons, given: object) -> None:
    session = BothAtOnce()
    await answered(session, buttons)
    words = plain("toast-coming")
    assert session.answers == [TapAnswer("1", words, False, 7, 1, SHOWN, given)]  # type: ignore[arg-type]  # as above
    assert session.asked == []


@pytest.mark.parametrize(
    ("toasting", "showing", "raised", "reason"),
    [
        (TOO_OLD, None, None, "a tap after an outage: what it became is shown"),
        (CUT, None, CUT, "the update is handled again"),
        (None, CUT, CUT, "and here"),
        (CUT, WRONG, WRONG, "the screen is what matters"),
        (None, NOBODY, NOBODY, "and to whom else should it be shown?"),
        (TOO_OLD, CUT, CUT, "as above"),
        (None, SAME, None, "it reads so already"),
        (CUT, SAME, CUT, "as above, but the toast is not through"),
    ],
)
async def test_what_either_met_is_raised_where_it_matters(
    toasting: Exception | None, showing: Exception | None, raised: Exception | None, reason: str
) -> None:
    session = BothAtOnce(toasting, showing)
    met = (await asyncio.gather(answered(session), return_exceptions=True))[0]
    assert met is raised, reason
    assert session.asked == []


@pytest.mark.parametrize(
    "words",
    [
        "message to edit not found",
        "message can't be edited",
        "there is no text in the message to edit",
        "MESSAGE_ID_INVALID",
    ],
)
async def test_a_message_that_cannot_change_is_followed_by_another(words: str) -> None:
    session = BothAtOnce(showing=TelegramBadRequest(TOAST, f"Bad Request: {words}"))
    await answered(session, KEYBOARD)
    assert session.asked == [SendMessage(chat_id=7, text=SHOWN, reply_markup=KEYBOARD, link_preview_options=NO_PREVIEW)]


@pytest.mark.parametrize(
    ("session", "date", "kinds", "reason"),
    [
        (OneByOne(), 1_780_000_000, [AnswerCallbackQuery, EditMessageText], "aiogram's own session"),
        (BothAtOnce(), 0, [AnswerCallbackQuery, SendMessage], "a message out of reach"),
    ],
)
async def test_else_one_follows_the_other(
    session: OneByOne, date: int, kinds: list[type[TelegramMethod[Any]]], reason: str
) -> None:
    await answered(session, date=date)
    assert list(map(type, session.asked)) == kinds, reason
    assert session.asked[0] == AnswerCallbackQuery(callback_query_id="1", text=plain("toast-coming"), show_alert=False)
