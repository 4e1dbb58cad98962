"""What the handlers are given of an update."""

from __future__ import annotations

from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import InaccessibleMessage, Message

from bot.telegram.updates import UnreadableUpdateError, understood

CHAT = {"id": 7, "type": "private", "first_name": "Анна"}
PERSON = {"id": 7, "is_bot": False, "first_name": "Анна"}
KEYBOARD = {"inline_keyboard": [[{"text": "✅ Приду", "callback_data": "aa:1:1:coming:0:0"}]]}
CARD = {
    "message_id": 5,
    "date": 1_780_000_000,
    "chat": CHAT,
    "from": PERSON | {"is_bot": True},
    "text": "Вебинар",
    "entities": [{"type": "bold", "offset": 0, "length": 7}],
    "reply_markup": KEYBOARD,
}


def tap(message: Any) -> dict[str, Any]:
    query = {"id": "1", "from": PERSON, "chat_instance": "7", "data": "aa:1:1:coming:0:0", "message": message}
    return {"update_id": 1, "callback_query": query}


def test_a_tap_comes_with_the_place_of_its_message_and_without_its_keyboard() -> None:
    bot = Bot("42:token")
    query = understood(tap(CARD), bot).callback_query
    assert query is not None
    assert query.bot is bot
    assert (query.data, query.from_user.id) == ("aa:1:1:coming:0:0", 7)
    assert isinstance(query.message, Message)
    assert (query.message.message_id, query.message.chat.id, query.message.text) == (5, 7, "Вебинар")
    assert query.message.bot is bot
    assert query.message.reply_markup is None


def test_a_message_that_is_gone_is_told_apart_as_before() -> None:
    query = understood(tap({"message_id": 5, "date": 0, "chat": CHAT}), Bot("42:token")).callback_query
    assert query is not None
    assert isinstance(query.message, InaccessibleMessage)


def test_a_written_message_keeps_everything_that_it_answers() -> None:
    written = {**CARD, "message_id": 6, "from": PERSON, "reply_to_message": CARD}
    message = understood({"update_id": 2, "message": written}, Bot("42:token")).message
    assert message is not None
    assert message.reply_to_message is not None
    assert message.reply_to_message.reply_markup is not None


@pytest.mark.parametrize("message", [{"message_id": "x"}, "no message", [1]])
def test_what_is_no_message_is_unreadable(message: Any) -> None:
    with pytest.raises(UnreadableUpdateError, match="message"):
        understood(tap(message), Bot("42:token"))
