"""A card that many see alike, made once: when a thousand answer one event, their cards differ in a number.

To put a card into words and buttons is a sixth of what a tap costs.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.ids import AssignmentId, PersonId, UnitId
from bot.domain.matters import Assignment, Matter
from handlers.answers.card import Card, matter_card, staged_card
from handlers.answers.stages import Stage, stage_of

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
) -> Card:
    """What ``matter_card`` makes of the same, sign for sign. A card with somebody's own words is made for him alone."""
    if matter.assignment.comment is None:
        stage = stage_of(matter, reader=reader, today=today, now=now)
        card = _card_of_all(_of_anybody(matter), reader, today, stage, is_full, is_changing, listed)
        if card is not None:
            return _numbered(card, matter.assignment.id)
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


@lru_cache(_KEPT)
def _card_of_all(
    matter: Matter, reader: ZoneInfo, today: date, stage: Stage, is_full: bool, is_changing: bool, listed: bool
) -> Card | None:
    """None where the number stands anywhere but in what the buttons send back."""
    card = staged_card(matter, reader, today, stage, is_full=is_full, is_changing=is_changing, listed=listed)
    shown = [button.model_copy(update={"callback_data": None}) for row in _rows(card) for button in row]
    return None if str(_STAND_IN) in f"{card.text}{shown}" else card


def _numbered(card: Card, assignment_id: AssignmentId) -> Card:
    if card.keyboard is None:
        return card
    number = str(assignment_id)
    rows = [[_sending_back(button, number) for button in row] for row in _rows(card)]
    return Card(card.text, InlineKeyboardMarkup.model_construct(inline_keyboard=rows))


def _sending_back(button: InlineKeyboardButton, number: str) -> InlineKeyboardButton:
    data = button.callback_data
    if data is None:
        return button
    return button.model_copy(update={"callback_data": data.replace(str(_STAND_IN), number)})


def _rows(card: Card) -> list[list[InlineKeyboardButton]]:
    return [] if card.keyboard is None else card.keyboard.inline_keyboard
