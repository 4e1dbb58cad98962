"""A tap on a button of a matter: who tapped, on whose clock, and the card in place of the message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.matters import Matter
from bot.domain.network import Actor
from handlers.answers.card import Card
from handlers.answers.shared_cards import shared_card
from handlers.showing import show


@dataclass(frozen=True, slots=True)
class Tap:
    """``listed``: the card was opened from /my and keeps the way back."""

    query: CallbackQuery
    actor: Actor
    reader: ZoneInfo
    now: datetime
    listed: bool

    @property
    def today(self) -> date:
        return self.now.astimezone(self.reader).date()

    def card(self, matter: Matter, *, is_full: bool = False, is_changing: bool = False) -> Card:
        return shared_card(
            matter,
            reader=self.reader,
            today=self.today,
            now=self.now,
            is_full=is_full,
            is_changing=is_changing,
            listed=self.listed,
        )

    async def show(
        self,
        matter: Matter,
        *,
        is_full: bool = False,
        is_changing: bool = False,
        following: InlineKeyboardButton | None = None,
    ) -> None:
        """``following``: what to do next, above the buttons of the card."""
        card = self.card(matter, is_full=is_full, is_changing=is_changing)
        rows = card.keyboard.inline_keyboard if card.keyboard else []
        keyboard = InlineKeyboardMarkup(inline_keyboard=[[following], *rows]) if following else card.keyboard
        await show(self.query, card.text, keyboard)
