"""Older messages that are edited: the heading over a card, which says what somebody else has done, and a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.events import SubstitutionState
from bot.domain.ids import PersonId
from bot.domain.matters import Matter
from bot.domain.reviewing import Review
from bot.services.refresh_messages import CHANGE, Change
from bot.texts.catalogue import Markup, say
from handlers.answers.card import Card
from handlers.notices import lists


def refreshed_list(matters: Sequence[Matter], detail: Mapping[str, Any], *, reader: ZoneInfo, today: date) -> Card:
    """A list, of a series or of one day's reminders, as it stands now; a button for each matter that is still owed."""
    owed = [matter for matter in matters if matter.is_open]
    change, series = detail.get(CHANGE), detail.get("series")
    text = lists.refreshed(matters, reader=reader, today=today, series=series, is_standing=change is not None)
    limit = lists.REMINDED if series is None else lists.BUTTONS
    return Card(text, lists.matter_buttons(owed, limit=limit) if owed else None)


def standing_heading(change: Change, matter: Matter, reader: PersonId) -> Markup | None:
    """None where it is not so any more: what followed has an edit of its own, or was shown where it was tapped."""
    if not _is_so(change, matter, reader):
        return None
    if change is Change.SEAT:
        return say("notice-standing-seat", seat=_seat(matter))
    return say(f"notice-standing-{change.value}")


def _seat(matter: Matter) -> str:
    if matter.seat is not None:
        return matter.seat.state.value
    return "lapsed" if matter.assignment.answer is None else "none"


def _is_so(change: Change, matter: Matter, reader: PersonId) -> bool:
    given, reviewing = matter.assignment, matter.reviewing
    match change:
        case Change.ANSWERED:
            return given.answer is not None and given.answered_by != reader
        case Change.ACCEPTED:
            return matter.is_accepted
        case Change.RETURNED:
            return reviewing.review is Review.RETURNED and matter.is_open
        case Change.UNRETURNED:
            return reviewing.review is not Review.RETURNED
        case Change.ASKED:
            return reviewing.wanted_on is not None
        case Change.UNASKED | Change.REFUSED:
            return reviewing.wanted_on is None
        case Change.INSTEAD:
            return matter.substitute is not None and matter.substitute.state is SubstitutionState.AGREED
        case Change.NOT_INSTEAD:
            return matter.substitute is None
        case Change.TERM | Change.SEAT | Change.DECIDED:
            return True
