"""What handlers send takes its turn, and a flood wait that they meet is heeded by everybody."""

from __future__ import annotations

from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendChatAction, SendMessage, TelegramMethod

from bot.telegram.paced_replies import PacedReplies
from bot.telegram.pacing import Pacer
from tests.plain_session import PlainSession


class Recording(Pacer):
    def __init__(self) -> None:
        super().__init__(30)
        self.turns: list[int | None] = []
        self.refusals: list[tuple[float, int | None]] = []

    async def reply(self, chat: int | None = None) -> None:
        self.turns.append(chat)

    def refused(self, retry_after: float, chat: int | None = None) -> None:
        self.refusals.append((retry_after, chat))


async def call(pacer: Pacer, method: TelegramMethod[Any], *, answer: Exception | None = None) -> None:
    session: AiohttpSession = PlainSession()

    async def make_request(bot: Bot, method: TelegramMethod[Any]) -> Any:
        if answer is not None:
            raise answer
        return True

    await PacedReplies(pacer)(make_request, Bot("42:x", session=session), method)


@pytest.mark.parametrize(
    ("method", "turns", "reason"),
    [
        (SendMessage(chat_id=7, text="x"), [7], "a new message"),
        (SendMessage(chat_id="@channel", text="x"), [None], "its number is unknown"),
        (EditMessageText(chat_id=7, message_id=1, text="x"), [], "the same message, in other words"),
        (AnswerCallbackQuery(callback_query_id="1"), [], "a toast"),
        (SendChatAction(chat_id=7, action="typing"), [], "no message, whatever it is called"),
    ],
)
async def test_new_messages_take_a_turn(method: TelegramMethod[Any], turns: list[int | None], reason: str) -> None:
    pacer = Recording()
    await call(pacer, method)
    assert pacer.turns == turns, reason


async def test_a_flood_wait_is_heeded_and_passed_on() -> None:
    pacer, method = Recording(), EditMessageText(chat_id=7, message_id=1, text="x")
    with pytest.raises(TelegramRetryAfter):
        await call(pacer, method, answer=TelegramRetryAfter(method, "Too Many Requests: retry after 3", 3))
    assert pacer.refusals == [(3.0, 7)]
