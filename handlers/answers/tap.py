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
from handlers.answers.shared_cards import SharedCard, shared_card
from handlers.own_buttons import Buttons
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

    def card(self, matter: Matter, *, is_full: bool = False, is_changing: bool = False) -> Card | SharedCard:
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
        await show(self.query, card.text, card.buttons)

    async def say_and_show(self, said: Said, matter: Matter, *, following: InlineKeyboardButton | None = None) -> None:
        """``following``: what to do next, above the buttons of the card."""
        card = self.card(matter)
        buttons: Buttons = card.buttons
        if following is not None:
            rows = [] if (keyboard := card.keyboard) is None else keyboard.inline_keyboard
            buttons = InlineKeyboardMarkup(inline_keyboard=[[following], *rows])
        await toast_and_show(self.query, said.key, card.text, buttons, alert=said.is_alert, **said.values)
