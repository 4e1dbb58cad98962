"""What a card of a matter says and offers about having been there."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton

from bot.domain.events import Attendance
from bot.domain.matters import ActivityKind, Matter, OccurrenceState
from bot.texts.catalogue import Markup, plain, say
from handlers.attendance.callbacks import SayHere


def here_row(matter: Matter, *, reader: ZoneInfo, today: date) -> list[list[InlineKeyboardButton]]:
    """«Я на вебинаре», on its day, where a word is said there and he is not marked as present yet.

    Also for one who said «Не смогу» and came all the same; a tap too early or too late is explained.
    """
    if matter.kind is not ActivityKind.WEBINAR or matter.event is None or matter.event.code_word is None:
        return []
    first = matter.due_at.astimezone(reader).date()
    last = (matter.ends_at or matter.due_at).astimezone(reader).date()
    is_off = matter.state is not OccurrenceState.OPEN or matter.is_withdrawn or matter.assignment.person_id is None
    if is_off or not first <= today <= last or matter.assignment.attendance is Attendance.PRESENT:
        return []
    words = plain("button-here", kind=matter.event.kind.value)
    data = SayHere(occurrence=matter.assignment.occurrence_id).pack()
    return [[InlineKeyboardButton(text=words, callback_data=data)]]


def mark_line(matter: Matter) -> list[Markup]:
    """How he was marked, once he was."""
    state = matter.assignment.attendance
    return [] if state is None else [say("visit-mine", state=state.value)]
