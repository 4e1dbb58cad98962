"""News about a seat, a substitute, or those whom a school sends: the heading over a card, and its buttons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.events import SeatState, SubstitutionState
from bot.domain.matters import Answer, Matter
from bot.ports.substitutes import Substitution
from bot.ports.teams import SchoolTeam
from bot.texts.catalogue import Markup, plain, say
from bot.texts.wording import short_name, shorten
from handlers.answers.card import Card, matter_card
from handlers.answers.event_callbacks import AnswerQuestion
from handlers.seats.screens import team_keyboard, team_text

_TITLE = 120
_STANDS_AS = {
    "seat_offered": SeatState.OFFERED,
    "seat_given": SeatState.MAIN,
    "seat_taken": SeatState.RESERVE,
    "seat_none": SeatState.RESERVE,
}
_EVENT_STATES = {
    "substitute_asked": SubstitutionState.ASKED,
    "substitute_agreed": SubstitutionState.AGREED,
    "substitute_declined": SubstitutionState.DECLINED,
    "substitute_withdrawn": SubstitutionState.WITHDRAWN,
}


def seat_news(event: str, matter: Matter, *, reader: ZoneInfo, today: date) -> Card | None:
    """None where it is not so any more: the seat was taken, given up or moved since."""
    state = None if matter.seat is None else matter.seat.state
    is_lapsed = event == "seat_lapsed" and matter.assignment.answer is None
    if not is_lapsed and (state is None or _STANDS_AS.get(event) is not state):
        return None
    if event == "seat_none":
        return Card(say("notice-seat-none", title=shorten(matter.title, _TITLE)), None)
    heading = say(f"notice-{event.replace('_', '-')}")
    card = matter_card(matter, reader=reader, today=today)
    return Card(Markup(f"{heading}\n\n{card.text}"), card.keyboard)


def substitution_news(
    event: str, substitution: Substitution, matter: Matter, *, reader: ZoneInfo, today: date, without_names: bool
) -> Card | None:
    """To the colleague: what he is asked, or that he need not; to the one who asked: what the colleague says.

    None where it was answered or taken back before it could be told.
    """
    if _EVENT_STATES.get(event) is not substitution.state:
        return None
    is_for_colleague = event in ("substitute_asked", "substitute_withdrawn")
    named = substitution.full_name if is_for_colleague else substitution.colleague_name
    is_nameless = without_names or not named  # who erased himself has none
    name = plain("substitute-colleague") if is_nameless else short_name(named)
    heading = say(f"notice-{event.replace('_', '-')}", name=name)
    if not is_for_colleague:
        card = matter_card(matter, reader=reader, today=today)
        return Card(Markup(f"{heading}\n\n{card.text}"), card.keyboard)
    # The card of the one who asked, without what he answered: that is not for the colleague.
    blank = _as_asked(matter)
    text = Markup(f"{heading}\n\n{matter_card(blank, reader=reader, today=today).text}")
    if event == "substitute_withdrawn":
        return Card(text, None)
    return Card(text, _question_keyboard(substitution, matter.version))


def team_news(step: str, team: SchoolTeam, *, reader: ZoneInfo, today: date) -> Card | None:
    """At first always; on the day before only where somebody is missing."""
    if step == "eve" and not team.missing:
        return None
    heading = say(f"notice-team-{step}", least=team.event.least_per_school, missing=team.missing)
    text = team_text(team, reader=reader, today=today)
    return Card(Markup(f"{heading}\n\n{text}"), team_keyboard(team, is_listed=False))


def _question_keyboard(substitution: Substitution, version: int) -> InlineKeyboardMarkup:
    def button(key: str, *, agrees: bool) -> InlineKeyboardButton:
        data = AnswerQuestion(substitution=substitution.id, agrees=agrees, version=version).pack()
        return InlineKeyboardButton(text=plain(key), callback_data=data)

    yes = button("button-substitute-yes", agrees=True)
    return InlineKeyboardMarkup(inline_keyboard=[[yes, button("button-substitute-no", agrees=False)]])


def _as_asked(matter: Matter) -> Matter:
    nobody = replace(matter.assignment, answer=Answer.COMING, answered_at=None, comment=None)
    return replace(matter, assignment=nobody, seat=None, substitute=None, comes_for=None, is_booked_up=False)
