"""The quotas of municipalities: a page of buttons, and one municipality with its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.errors import NotFoundError
from bot.domain.ids import UnitId
from bot.domain.network import Unit
from bot.domain.selection import MOST_PLACES, Selection
from bot.texts.catalogue import Markup, plain, say
from bot.texts.wording import shorten
from handlers.people.buttons import button, keyboard, named
from handlers.rows import in_rows, pager
from handlers.selections.callbacks import NO_QUOTA

Screen = tuple[Markup, InlineKeyboardMarkup]

_PAGE = 8
_TITLE = 28  # with its quota behind it, on a phone
_FIGURES = range(11)


class QuotaButtons(Protocol):
    """What the buttons carry: of a selection that is being made, or of one that runs."""

    def listed(self, page: int) -> CallbackData:
        """Another page."""

    def one(self, unit_id: UnitId, page: int) -> CallbackData:
        """A municipality, opened from that page."""

    def put(self, unit_id: UnitId, number: int, page: int) -> CallbackData:
        """Another quota."""

    def step(self, unit_id: UnitId, by: int, page: int) -> CallbackData:
        """One more or less than stands there; another tap may follow."""


def quotas_screen(
    selection: Selection, parts: Sequence[Unit], page: int, *, to: QuotaButtons, done: InlineKeyboardButton
) -> Screen:
    """Every municipality with its quota; ``page`` counts from 0."""
    pages = max(1, -(-len(parts) // _PAGE))
    page = min(max(page, 0), pages - 1)
    rows = [
        [
            named(
                plain("button-quota", title=shorten(part.title, _TITLE), quota=shown_quota(selection, part.id)),
                to.one(part.id, page),
            )
        ]
        for part in parts[page * _PAGE : (page + 1) * _PAGE]
    ]
    total = sum(selection.quota_of(part.id) or 0 for part in parts)
    text = say("quotas-list", places=selection.places, sum=total)
    return text, keyboard(*rows, pager(page, pages, to.listed), [done])


def quota_screen(selection: Selection, part: Unit, page: int, *, to: QuotaButtons) -> Screen:
    """One municipality: a number by a tap, one more or less, or none."""
    known = shown_quota(selection, part.id)

    by_one = [named("−1", to.step(part.id, -1, page))] if known > 0 else []
    by_one += [named("+1", to.step(part.id, 1, page))] if known < MOST_PLACES else []
    figures = in_rows((named(str(n), to.put(part.id, n, page)) for n in _FIGURES), 6)
    none = [button("button-quota-none", to.put(part.id, NO_QUOTA, page))] if known != NO_QUOTA else []
    back = [button("button-back", to.listed(page))]
    return say("quota-ask", title=part.title, quota=known), keyboard(*figures, by_one, none, back)


def shown_quota(selection: Selection, unit_id: UnitId) -> int:
    """As buttons carry it."""
    quota = selection.quota_of(unit_id)
    return NO_QUOTA if quota is None else quota


def stepped(selection: Selection, unit_id: UnitId, by: int) -> int | None:
    """What «+1» or «−1» makes of the quota that stands there now; None: still none.

    Counted from there and not from what the button showed: of two quick taps the second comes from a screen that has
    not followed the first, and it counts too. In return a tap that a crash has had handled twice counts twice, which
    the screen shows. A late «−1» finds no quota where it was lifted meanwhile, and makes none of nought: that would
    shut the municipality out.
    """
    known = selection.quota_of(unit_id)
    if known is None and by < 0:
        return None
    return min(max((known or 0) + by, 0), MOST_PLACES)


def quota_part(parts: Sequence[Unit], unit_id: UnitId) -> Unit:
    """Raises NotFoundError for what is no municipality of this selection."""
    found = next((part for part in parts if part.id == unit_id), None)
    if found is None:
        raise NotFoundError(f"unit {unit_id} has no quota here")
    return found
