"""Buttons that many messages share, but for a number of each: encoded once, a keyboard only where one is needed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from aiogram.types import InlineKeyboardMarkup

from bot.ports.messenger import OwnButtons

Buttons = InlineKeyboardMarkup | OwnButtons | None
"""What is under a message."""


def encoded(keyboard: InlineKeyboardMarkup) -> str:
    """As the messenger's API takes it."""
    return json.dumps(keyboard.model_dump(exclude_none=True), ensure_ascii=False, separators=(",", ":"))


def sendable(buttons: Buttons) -> OwnButtons | Mapping[str, Any] | None:
    """For whom a keyboard is plain data."""
    return buttons.model_dump(exclude_none=True) if isinstance(buttons, InlineKeyboardMarkup) else buttons


def keyboard_of(buttons: Buttons) -> InlineKeyboardMarkup | None:
    """For whom only aiogram's own will do."""
    return InlineKeyboardMarkup.model_validate_json(buttons.encoded) if isinstance(buttons, OwnButtons) else buttons
