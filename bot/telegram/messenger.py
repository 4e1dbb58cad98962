"""aiogram's Bot as the sender's messenger."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import EditMessageText, SendMessage, TelegramMethod

from bot.domain.delivery import Outcome
from bot.ports.messenger import Delivery, OutgoingMessage, unnoticed
from bot.telegram.errors import delivery_of
from bot.telegram.lean_session import Answer, LeanSession, encoded, unspoken

_NOTHING_TO_EDIT = ("not modified", "message to edit not found", "message can't be edited", "message_id_invalid")

_SENT = re.compile(rb'\{"ok":true,"result":\{"message_id":(\d+),')  # as Telegram begins it; otherwise it is read whole
_MOST_SHARED = 64
_FOR_GOOD = (Outcome.BLOCKED, Outcome.GONE)
_MOST_KNOWN = 16


class BotMessenger:
    """Implements ``bot.ports.messenger.Messenger``. ``is_paid``: Telegram's paid broadcast, up to 1,000 a second.

    A request is put together as plain data: what is the same in all of them is encoded by aiogram once.
    """

    def __init__(self, bot: Bot, session: LeanSession, *, is_paid: bool = False) -> None:
        self._bot = bot
        self._session = session
        paid = {"allow_paid_broadcast": True} if is_paid else {}
        self._always = {**_always(bot, session, SendMessage(chat_id=0, text="-")), **paid}
        self._always_edited = _always(bot, session, EditMessageText(text="-"))
        self._known: dict[Answer, Delivery] = {}  # refusals
        self._shared: dict[int, _Shared] = {}  # by the address of the buttons, which each of them keeps alive

    async def deliver(
        self, account: int, message: OutgoingMessage, leaving: Callable[[], None] = unnoticed
    ) -> Delivery:
        if message.replaces is not None:
            return await self._edit(message.replaces, {"chat_id": account, **_said(message)}, leaving)
        try:
            answer = await self._session.post_encoded(
                self._bot, SendMessage, self._body(account, message), leaving=leaving
            )
        except Exception as error:  # noqa: BLE001 - the table passes on whatever is not the messenger's
            return delivery_of(error)
        if answer.status == 200 and (sent := _SENT.match(answer.content)) is not None:
            return Delivery(Outcome.DELIVERED, message_id=int(sent[1]))
        return self._known.get(answer) or self._delivery(answer)

    def _delivery(self, answer: Answer) -> Delivery:
        """One of twenty has blocked the bot, and each is told so in the same words: they are read once."""
        try:
            message_id = int(self._read(SendMessage, answer)["message_id"])
        except Exception as error:  # noqa: BLE001 - as above
            delivery = delivery_of(error)
            if delivery.outcome in _FOR_GOOD and len(self._known) < _MOST_KNOWN:
                self._known[answer] = delivery
            return delivery
        return Delivery(Outcome.DELIVERED, message_id=message_id)

    def _body(self, account: int, message: OutgoingMessage) -> bytes:
        if message.own is None:
            beginning = self._beginning(_said(message))
        else:
            shared = self._shared.get(id(message.buttons))
            if shared is None or shared.buttons is not message.buttons or shared.text != message.text:
                shared = self._share(message)
            stand_in, number = message.own
            beginning = shared.beginning.replace(stand_in.encode(), number.encode())
        return b'%b,"chat_id":%d}' % (beginning, account)

    def _share(self, message: OutgoingMessage) -> _Shared:
        if len(self._shared) >= _MOST_SHARED:
            self._shared.clear()
        said = {"text": message.text, "reply_markup": message.buttons}
        shared = self._shared[id(message.buttons)] = _Shared(message.text, message.buttons, self._beginning(said))
        return shared

    def _beginning(self, said: Mapping[str, Any]) -> bytes:
        """The object without its end: whom it goes to comes last."""
        return encoded({**self._always, **said})[:-1]

    async def _edit(self, message_id: int, fields: Mapping[str, Any], leaving: Callable[[], None]) -> Delivery:
        """A message that its reader has deleted needs no care any more, and one that reads so already is as good as
        edited: so an edit that was made twice does no harm."""
        try:
            asked = encoded({**self._always_edited, **fields, "message_id": message_id})
            answer = await self._session.post_encoded(self._bot, EditMessageText, asked, leaving=leaving)
            self._read(EditMessageText, answer)
        except TelegramBadRequest as refusal:
            if not any(words in refusal.message.lower() for words in _NOTHING_TO_EDIT):
                return delivery_of(refusal)
        except Exception as error:  # noqa: BLE001 - the table passes on whatever is not the messenger's
            return delivery_of(error)
        return Delivery(Outcome.DELIVERED, message_id=message_id)

    def _read(self, method: type[TelegramMethod[Any]], answer: Answer) -> Mapping[str, Any]:
        if (result := answer.result) is None:  # read by aiogram, which raises what it means
            result = self._session.refused(self._bot, unspoken(method), answer)
        return dict(result)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What a message to many begins with, as JSON. The text stands in it as it is; a number is in the buttons alone."""

    text: str
    buttons: Mapping[str, Any] | None
    beginning: bytes


def _said(message: OutgoingMessage) -> Mapping[str, Any]:
    keyboard = message.keyboard
    return {"text": message.text} if keyboard is None else {"text": message.text, "reply_markup": keyboard}


def _always(bot: Bot, session: LeanSession, method: TelegramMethod[Any]) -> Mapping[str, Any]:
    """What every request of this kind carries, whomever it goes to: the bot's own defaults."""
    fields = session.fields_of(bot, method)
    assert fields is not None, "a text has no files"
    return {name: value for name, value in fields.items() if name not in ("chat_id", "text")}
