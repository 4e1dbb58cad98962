"""Drafts that nobody has sent, in the lists of what is made in chat: how long each lies there, and deleting it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardMarkup

from bot.texts.catalogue import Markup, say
from bot.texts.wording import shorten
from handlers.people.buttons import button, keyboard, named
from handlers.rows import Row

_TITLE = 100


@dataclass(frozen=True, slots=True)
class UnsentDraft:
    """``label``: of its button. ``opens``, ``deletes``: what its buttons carry; deleting is asked about first."""

    title: str
    label: str
    changed_at: datetime
    opens: CallbackData
    deletes: CallbackData


def unsent_lines(drafts: Sequence[UnsentDraft], *, reader: ZoneInfo, now: datetime) -> list[Markup]:
    """Those of an earlier day, and for how long nobody has touched each, on the calendar of ``reader``."""
    return [
        say("unsent-line", place=place, title=shorten(one.title, _TITLE), days=days)
        for place, one in enumerate(drafts, start=1)
        if (days := _days_old(one, reader, now))
    ]


def unsent_rows(drafts: Sequence[UnsentDraft], *, reader: ZoneInfo, now: datetime) -> list[Row]:
    """Each opens its draft; one of an earlier day can be deleted without opening it."""
    rows: list[Row] = []
    for place, one in enumerate(drafts, start=1):
        rows.append([named(one.label, one.opens)])
        if _days_old(one, reader, now):
            rows.append([button("button-draft-delete", one.deletes, place=place)])
    return rows


def delete_screen(title: str, *, deletes: CallbackData, back: CallbackData) -> tuple[Markup, InlineKeyboardMarkup]:
    """«Удалить черновик?», and the way back to the list."""
    text = say("unsent-delete-sure", title=shorten(title, _TITLE))
    return text, keyboard([button("button-discard-yes", deletes)], [button("button-back", back)])


def _days_old(draft: UnsentDraft, reader: ZoneInfo, now: datetime) -> int:
    return (now.astimezone(reader).date() - draft.changed_at.astimezone(reader).date()).days
