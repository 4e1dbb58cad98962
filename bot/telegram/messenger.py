"""aiogram's Bot as the sender's messenger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import EditMessageText, SendMessage, TelegramMethod

from bot.domain.delivery import Outcome
from bot.ports.messenger import Delivery, OutgoingMessage
from bot.telegram.errors import delivery_of
from bot.telegram.lean_session import LeanSession

_NOTHING_TO_EDIT = ("not modified", "message to edit not found", "message can't be edited", "message_id_invalid")


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

    async def deliver(self, account: int, message: OutgoingMessage) -> Delivery:
        fields: dict[str, Any] = {"chat_id": account, "text": message.text}
        if message.keyboard is not None:
            fields["reply_markup"] = message.keyboard
        if message.replaces is not None:
            return await self._edit(message.replaces, fields)
        try:
            result = await self._result(SendMessage, {**self._always, **fields})
        except Exception as error:  # noqa: BLE001 - the table passes on whatever is not the messenger's
            return delivery_of(error)
        return Delivery(Outcome.DELIVERED, message_id=result["message_id"])

    async def _edit(self, message_id: int, fields: Mapping[str, Any]) -> Delivery:
        """A message that its reader has deleted needs no care any more, and one that reads so already is as good as
        edited: so an edit that was made twice does no harm."""
        try:
            await self._result(EditMessageText, {**self._always_edited, **fields, "message_id": message_id})
        except TelegramBadRequest as refusal:
            if not any(words in refusal.message.lower() for words in _NOTHING_TO_EDIT):
                return delivery_of(refusal)
        except Exception as error:  # noqa: BLE001 - the table passes on whatever is not the messenger's
            return delivery_of(error)
        return Delivery(Outcome.DELIVERED, message_id=message_id)

    async def _result(self, method: type[TelegramMethod[Any]], fields: Mapping[str, Any]) -> Mapping[str, Any]:
        answer = await self._session.post(self._bot, method, fields)
        if answer.result is None:  # read by aiogram, which raises what it means
            return dict(self._session.refused(self._bot, method.model_construct(), answer))
        return dict(answer.result)


def _always(bot: Bot, session: LeanSession, method: TelegramMethod[Any]) -> Mapping[str, Any]:
    """What every request of this kind carries, whomever it goes to: the bot's own defaults."""
    fields = session.fields_of(bot, method)
    assert fields is not None, "a text has no files"
    return {name: value for name, value in fields.items() if name not in ("chat_id", "text")}
