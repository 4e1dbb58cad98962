"""aiogram's Bot as the sender's messenger."""

from __future__ import annotations

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import InlineKeyboardMarkup

from bot.domain.delivery import Outcome
from bot.ports.messenger import Delivery, OutgoingMessage
from bot.telegram.errors import delivery_of

_NOTHING_TO_EDIT = ("not modified", "message to edit not found", "message can't be edited", "message_id_invalid")


class BotMessenger:
    """Implements ``bot.ports.messenger.Messenger``. ``is_paid``: Telegram's paid broadcast, up to 1,000 a second."""

    def __init__(self, bot: Bot, *, is_paid: bool = False) -> None:
        self._bot = bot
        self._is_paid = is_paid

    async def deliver(self, account: int, message: OutgoingMessage) -> Delivery:
        keyboard = None if message.keyboard is None else InlineKeyboardMarkup.model_validate(message.keyboard)
        if message.replaces is not None:
            return await self._edit(account, message.replaces, message.text, keyboard)
        try:
            sent = await self._bot.send_message(
                account, message.text, reply_markup=keyboard, allow_paid_broadcast=self._is_paid or None
            )
        except Exception as error:  # noqa: BLE001 - the table passes on whatever is not the messenger's
            return delivery_of(error)
        return Delivery(Outcome.DELIVERED, message_id=sent.message_id)

    async def _edit(self, account: int, message_id: int, text: str, keyboard: InlineKeyboardMarkup | None) -> Delivery:
        """A message that its reader has deleted needs no care any more, and one that reads so already is as good as
        edited: so an edit that was made twice does no harm."""
        try:
            await self._bot.edit_message_text(text, chat_id=account, message_id=message_id, reply_markup=keyboard)
        except TelegramBadRequest as refusal:
            if not any(words in refusal.message.lower() for words in _NOTHING_TO_EDIT):
                return delivery_of(refusal)
        except Exception as error:  # noqa: BLE001 - the table passes on whatever is not the messenger's
            return delivery_of(error)
        return Delivery(Outcome.DELIVERED, message_id=message_id)
