"""aiogram's Bot as the sender's messenger."""

from __future__ import annotations

from aiogram import Bot
from aiogram.types import InlineKeyboardMarkup

from bot.domain.delivery import Outcome
from bot.ports.messenger import Delivery, OutgoingMessage
from bot.telegram.errors import delivery_of


class BotMessenger:
    """Implements ``bot.ports.messenger.Messenger``. ``is_paid``: Telegram's paid broadcast, up to 1,000 a second."""

    def __init__(self, bot: Bot, *, is_paid: bool = False) -> None:
        self._bot = bot
        self._is_paid = is_paid

    async def deliver(self, account: int, message: OutgoingMessage) -> Delivery:
        keyboard = None if message.keyboard is None else InlineKeyboardMarkup.model_validate(message.keyboard)
        try:
            sent = await self._bot.send_message(
                account, message.text, reply_markup=keyboard, allow_paid_broadcast=self._is_paid or None
            )
        except Exception as error:  # noqa: BLE001 - the table passes on whatever is not the messenger's
            return delivery_of(error)
        return Delivery(Outcome.DELIVERED, message_id=sent.message_id)
