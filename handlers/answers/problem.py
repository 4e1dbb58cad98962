"""What the coordinator above is told when somebody says «Есть проблема»."""

from __future__ import annotations

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.matters import Answer, Matter
from bot.texts.catalogue import Markup, plain, say
from bot.texts.wording import short_name, shorten
from handlers.board.callbacks import BoardDate

_TITLE = 200


def problem_notice(matter: Matter, *, without_personal_data: bool = False) -> Markup | None:
    """Of a notice that was planned before problems were threads (``handlers.notices.threads``).

    The words of an INFO notice whose detail is ``{"event": "problem", "assignment_id": …}``.

    None when the problem is gone by the time of sending: then there is nothing to tell. ``without_personal_data``:
    the school is named, the person is not.
    """
    if matter.assignment.answer is not Answer.PROBLEM:
        return None
    person = None if without_personal_data else matter.answered_by_name
    return say(
        "problem-of-person" if person else "problem-of-school",
        unit=matter.unit_title,
        person=short_name(person or ""),
        title=shorten(matter.title, _TITLE),
        text=matter.assignment.comment or "…",
    )


def problem_keyboard(matter: Matter) -> InlineKeyboardMarkup:
    """To the board of the date, where the others who owe it stand."""
    data = BoardDate(occurrence=matter.assignment.occurrence_id).pack()
    button = InlineKeyboardButton(text=plain("button-problem-board"), callback_data=data)
    return InlineKeyboardMarkup(inline_keyboard=[[button]])
