"""A card that many see alike, made once: when a thousand answer one event, their cards differ in a number.

To put a card into words and buttons is a sixth of what a tap costs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardMarkup

from bot.domain.ids import AssignmentId, PersonId, UnitId
from bot.domain.matters import Assignment, Matter
from bot.ports.messenger import OwnButtons
from bot.texts.catalogue import Markup
from handlers.answers.card import Card, matter_card, staged_card
from handlers.answers.stages import Stage, stage_of
from handlers.own_buttons import encoded, keyboard_of

_STAND_IN = AssignmentId(1_999_999_973)
"""In place of the number while the card is made: no other number in the same buttons is as large."""
_SOME_UNIT, _SOMEBODY = UnitId(1), PersonId(1)
_KEPT = 512  # cards: a few kilobytes each


def shared_card(
    matter: Matter,
    *,
    reader: ZoneInfo,
    today: date,
    now: datetime,
    is_full: bool = False,
    is_changing: bool = False,
    listed: bool = False,
) -> Card | SharedCard:
    """What ``matter_card`` makes of the same, sign for sign. A card with somebody's own words is made for him alone."""
    if matter.assignment.comment is None:
        stage = stage_of(matter, reader=reader, today=today, now=now)
        card = _card_of_all(_of_anybody(matter), reader, today, stage, is_full, is_changing, listed)
        if card is not None:
            return card.of(matter.assignment.id)
    return matter_card(
        matter, reader=reader, today=today, now=now, is_full=is_full, is_changing=is_changing, listed=listed
    )


def _of_anybody(matter: Matter) -> Matter:
    """Without what no card shows: whose it is, and the second in which he answered; a school's shows its name and who
    has answered for it."""
    own = matter.assignment
    assignment = Assignment(
        id=_STAND_IN,
        occurrence_id=own.occurrence_id,
        unit_id=_SOME_UNIT,
        person_id=None if own.person_id is None else _SOMEBODY,
        answer=own.answer,
        answered_at=own.answered_at and own.answered_at.replace(second=0, microsecond=0),
        attendance=own.attendance,
    )
    if own.person_id is None:
        return replace(matter, assignment=assignment)
    return replace(matter, assignment=assignment, unit_title="", answered_by_name=None)


@dataclass(frozen=True, slots=True)
class SharedCard:
    """What ``Card`` is, of somebody whose number alone tells it from the cards of others."""

    text: Markup
    buttons: OwnButtons | None

    @property
    def keyboard(self) -> InlineKeyboardMarkup | None:
        return keyboard_of(self.buttons)


@dataclass(frozen=True, slots=True)
class _CardOfAll:
    """``buttons``: as JSON, with the number that stands in."""

    text: Markup
    buttons: str | None

    def of(self, assignment_id: AssignmentId) -> SharedCard:
        own = None if self.buttons is None else OwnButtons(self.buttons, str(_STAND_IN), str(assignment_id))
        return SharedCard(self.text, own)


@lru_cache(_KEPT)
def _card_of_all(
    matter: Matter, reader: ZoneInfo, today: date, stage: Stage, is_full: bool, is_changing: bool, listed: bool
) -> _CardOfAll | None:
    """None where the number stands anywhere but in what the buttons send back."""
    card = staged_card(matter, reader, today, stage, is_full=is_full, is_changing=is_changing, listed=listed)
    rows = [] if card.keyboard is None else card.keyboard.inline_keyboard
    shown = [button.model_copy(update={"callback_data": None}) for row in rows for button in row]
    if str(_STAND_IN) in f"{card.text}{shown}":
        return None
    return _CardOfAll(card.text, None if card.keyboard is None else encoded(card.keyboard))
