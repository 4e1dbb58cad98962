"""The buttons that ask for a calendar file."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData


class CalendarOfMatter(CallbackData, prefix="ca"):
    """One matter of one's own."""

    assignment: int


class CalendarOfEvent(CallbackData, prefix="cae"):
    """An event that one looks after."""

    occurrence: int


class CalendarOfEvents(CallbackData, prefix="cp"):
    """All events ahead that one looks after."""


class MyCalendar(CallbackData, prefix="cm"):
    """Everything of one's own."""
