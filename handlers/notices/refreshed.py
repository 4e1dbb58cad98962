"""The heading over a card in an older message that was edited: what somebody else has done about the matter."""

from __future__ import annotations

from bot.domain.ids import PersonId
from bot.domain.matters import Matter
from bot.domain.reviewing import Review
from bot.services.refresh_messages import Change
from bot.texts.catalogue import Markup, say


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
        case Change.TERM | Change.SEAT | Change.DECIDED:
            return True
