"""A tap on a button of a matter: who tapped, on whose clock, and the card in place of the message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.matters import Matter
from bot.domain.network import Actor
from handlers.answers.card import Card
from handlers.answers.shared_cards import shared_card
from handlers.showing import show, toast_and_show


@dataclass(frozen=True, slots=True)
class Said:
    """What a toast says: a key of the catalogue with its values."""

    key: str
    values: Mapping[str, int] = field(default_factory=dict)
    is_alert: bool = False


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

    async def show(self, matter: Matter, *, is_full: bool = False, is_changing: bool = False) -> None:
        card = self.card(matter, is_full=is_full, is_changing=is_changing)
        await show(self.query, card.text, card.keyboard)

    async def say_and_show(self, said: Said, matter: Matter, *, following: InlineKeyboardButton | None = None) -> None:
        """``following``: what to do next, above the buttons of the card."""
        card = self.card(matter)
        rows = card.keyboard.inline_keyboard if card.keyboard else []
        keyboard = InlineKeyboardMarkup(inline_keyboard=[[following], *rows]) if following else card.keyboard
        await toast_and_show(self.query, said.key, card.text, keyboard, alert=said.is_alert, **said.values)
