"""A tap as the handlers take it, put together by hand: to have pydantic read one was a sixteenth of what it cost.

Only what the Bot API says of a tap on a bot's own message in a chat is known here. Whatever looks otherwise is left to
aiogram's models, which say what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeVar

from aiogram import Bot
from aiogram.types import CallbackQuery, Chat, Message, Update, User
from pydantic import BaseModel


class _Part(NamedTuple):
    """Of a tap: what each field is, and which of them are always there."""

    kinds: Mapping[str, type]
    always: frozenset[str]

    def is_plain(self, found: Any) -> bool:
        return (
            isinstance(found, dict)
            and self.always <= found.keys()
            and all(type(value) is self.kinds.get(name) for name, value in found.items())
        )


_NAMES = {"first_name": str, "last_name": str, "username": str}
_UPDATE = _Part({"update_id": int, "callback_query": dict}, frozenset({"update_id", "callback_query"}))
_QUERY = _Part(
    {"id": str, "from": dict, "message": dict, "chat_instance": str, "data": str},
    frozenset({"id", "from", "message", "chat_instance", "data"}),
)
_USER = _Part(
    {"id": int, "is_bot": bool, "language_code": str, "is_premium": bool, **_NAMES},
    frozenset({"id", "is_bot", "first_name"}),
)
_MESSAGE = _Part(
    {"message_id": int, "date": int, "edit_date": int, "text": str, "chat": dict},
    frozenset({"message_id", "date", "chat"}),
)
_CHAT = _Part({"id": int, "type": str, "title": str, **_NAMES}, frozenset({"id", "type"}))
_Model = TypeVar("_Model", bound=BaseModel)
_set = object.__setattr__  # past pydantic's own, which looks for the names of fields
_BOTS = 4  # one serves; tests have several


def tap_of(update: Mapping[str, Any], bot: Bot) -> Update | None:
    """What ``Update.model_validate`` makes of the same; None where that has to be asked.

    ``update``: without the keyboard and the media of the tapped message.
    """
    if not (_UPDATE.is_plain(update) and _QUERY.is_plain(query := update["callback_query"])):
        return None
    user, message = query["from"], query["message"]
    if not (_USER.is_plain(user) and _MESSAGE.is_plain(message) and _CHAT.is_plain(chat := message["chat"])):
        return None
    if not message["date"]:  # it is out of reach
        return None
    blank = _blank(bot)
    date = datetime.fromtimestamp(message["date"], UTC)
    tapped = {**message, "date": date, "chat": _filled(blank.chat, chat)}
    pressed = {
        "id": query["id"],
        "from_user": _filled(blank.user, user),
        "message": _filled(blank.message, tapped),
        "chat_instance": query["chat_instance"],
        "data": query["data"],
    }
    return _filled(blank.update, {"update_id": update["update_id"], "callback_query": _filled(blank.query, pressed)})


class _Blank(NamedTuple):
    """Copied, because to set all the fields that these have costs as much as to read them."""

    update: Update
    query: CallbackQuery
    message: Message
    chat: Chat
    user: User


_BLANKS: dict[int, _Blank] = {}  # by the bot itself, which they keep alive: to aiogram two of one token are equal


def _filled(blank: _Model, fields: Mapping[str, Any]) -> _Model:
    """``blank.model_copy(update=fields)`` of a model with nothing in it, where all of ``fields`` are fields of it."""
    kind = type(blank)
    made = kind.__new__(kind)
    _set(made, "__dict__", {**blank.__dict__, **fields})
    _set(made, "__pydantic_extra__", {})
    _set(made, "__pydantic_fields_set__", set(fields))
    _set(made, "__pydantic_private__", {**(blank.__pydantic_private__ or {})})
    return made


def _blank(bot: Bot) -> _Blank:
    if (blank := _BLANKS.get(id(bot))) is None:
        if len(_BLANKS) >= _BOTS:
            _BLANKS.clear()
        kinds: tuple[Any, ...] = (Update, CallbackQuery, Message, Chat, User)
        blank = _BLANKS[id(bot)] = _Blank(*(kind.model_construct().as_(bot) for kind in kinds))
    return blank
