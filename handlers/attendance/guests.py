"""What the organiser is told of one who came without an invitation."""

from __future__ import annotations

from aiogram.types import InlineKeyboardMarkup

from bot.services.view_notices import Guest
from bot.texts.catalogue import Markup, say
from bot.texts.wording import shorten
from handlers.attendance import callbacks as to
from handlers.people.buttons import button, keyboard


def guest_notice(guest: Guest, *, without_personal_data: bool) -> tuple[Markup, InlineKeyboardMarkup]:
    """Without the name where no names may go through the messenger: the school alone."""
    key = "guest-came-nameless" if without_personal_data else "guest-came"
    text = say(
        key,
        name=guest.full_name,
        unit=shorten(guest.unit_title, 100),
        title=shorten(guest.event.title, 200),
    )
    add = to.AdmitGuest(occurrence=guest.event.occurrence_id, person=guest.person_id)
    sheet = to.ShowSheet(occurrence=guest.event.occurrence_id)
    return text, keyboard([button("button-guest-add", add)], [button("button-attendance-sheet", sheet)])
