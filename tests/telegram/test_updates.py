"""What the handlers are given of an update."""

from __future__ import annotations

from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import InaccessibleMessage, Message, Update

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


def test_a_tap_belongs_to_the_very_bot_that_got_it() -> None:
    """To aiogram two bots of one token are equal; the first of them may have closed its session long ago."""
    for bot in (Bot("42:token"), Bot("42:token")):
        query = understood(tap(CARD), bot).callback_query
        assert query is not None
        assert query.message is not None
        assert query.bot is bot
        assert query.message.bot is bot


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


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (CARD, "a card"),
        ({**CARD, "edit_date": 1_780_000_100}, "edited before"),
        ({**CARD, "chat": CHAT | {"username": "anna", "last_name": "К"}}, "a chat with all its names"),
        ({**CARD, "chat": {"id": -100, "type": "supergroup", "title": "Школа"}}, "a group"),
        ({**CARD, "caption": "Картинка", "photo": []}, "a picture"),
        ({"message_id": 5, "date": 0, "chat": CHAT}, "out of reach"),
        ({**CARD, "has_protected_content": True}, "a field that taps seldom have"),
    ],
)
def test_a_tap_is_what_aiogram_reads_of_it(message: Any, reason: str) -> None:
    bot = Bot("42:token")
    update = tap(message)
    update["callback_query"]["from"] = PERSON | {"language_code": "ru", "is_premium": True}
    plain = {name: value for name, value in message.items() if name == "chat" or not isinstance(value, dict | list)}
    whole = {**update, "callback_query": {**update["callback_query"], "message": plain}}
    ours, theirs = understood(update, bot), Update.model_validate(whole, context={"bot": bot})
    assert ours == theirs, reason
    assert ours.model_dump() == theirs.model_dump()
    assert (ours.event_type, ours.event) == (theirs.event_type, theirs.event)
    query = ours.callback_query
    assert query is not None
    assert query.message is not None
    assert {one.bot for one in (ours, query, query.from_user, query.message, query.message.chat)} == {bot}


@pytest.mark.parametrize("field", ["id", "from", "chat_instance"])
def test_a_tap_without_what_it_must_have_is_unreadable(field: str) -> None:
    update = tap(CARD)
    del update["callback_query"][field]
    with pytest.raises(UnreadableUpdateError, match=field):
        understood(update, Bot("42:token"))


@pytest.mark.parametrize(("part", "field"), [("from", "is_bot"), ("from", "id"), ("message", "message_id")])
def test_a_tap_whose_parts_lack_something_is_unreadable(part: str, field: str) -> None:
    update = tap(CARD)
    update["callback_query"][part] = {
        name: value for name, value in update["callback_query"][part].items() if name != field
    }
    with pytest.raises(UnreadableUpdateError, match=field):
        understood(update, Bot("42:token"))
