"""A day that somebody types: why his words are none, with examples; and a warning of one on which nobody works."""

from __future__ import annotations

from datetime import date

from aiogram.types import InlineKeyboardMarkup, Message

from bot.domain.calendar import WorkCalendar
from bot.domain.errors import DomainError
from bot.domain.own_terms import TermNoLaterError, TermNotReadError, TermPastError
from bot.texts.catalogue import Markup, say
from bot.texts.times import day_within, until_day
from bot.texts.wording import shorten

UNREADABLE = (TermNotReadError, TermPastError, TermNoLaterError)
PHRASE = 100
"""How much of the words is said back, and kept."""
_AHEAD = 7  # working days


async def ask_again(
    message: Message,
    refusal: DomainError,
    words: str,
    today: date,
    keyboard: InlineKeyboardMarkup,
    *,
    is_return: bool = False,
) -> None:
    """Says why ``words`` are no term; the question stands, with its ``keyboard``."""
    key, values = unread(refusal, words, today, is_return=is_return)
    await message.answer(say(key, **values), reply_markup=keyboard)


def unread(refusal: DomainError, words: str, today: date, *, is_return: bool = False) -> tuple[str, dict[str, str]]:
    """Why the words are no term, with examples: a key of the catalogue and its values."""
    example = typed_example(today)
    if isinstance(refusal, TermPastError):
        values = {"day": day_within(refusal.wanted, today=today), "example": example}
        return "return-past" if is_return else "postpone-past", values
    if isinstance(refusal, TermNoLaterError):
        asked, due = (day_within(one, today=today) for one in (refusal.wanted, refusal.due_on))
        values = {"due": due, "example": typed_example(today, refusal.due_on)}
        if asked == due:
            return "postpone-no-later-same", values
        return "postpone-no-later", {"day": asked, **values}
    values = {"phrase": shorten(words, PHRASE), "example": example}
    return "return-not-read" if is_return else "postpone-not-read", values


def typed_example(today: date, due_on: date | None = None) -> str:
    """«до 9 декабря»: a day that would be taken, later than both."""
    return until_day(WorkCalendar().add_working_days(max(due_on or today, today), _AHEAD), today=today)


def with_day_off(words: Markup, on: date) -> Markup:
    """Warns of a term on which nobody works; it stays where it is."""
    return words if WorkCalendar().is_working_day(on) else Markup(f"{words}\n\n{say('term-day-off')}")
