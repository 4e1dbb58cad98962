"""Every screen of an event in the making fits a message and a button, whatever was typed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from aiogram.types import InlineKeyboardMarkup

from bot.domain.event_drafts import DraftMaterial, EventDate, EventDraft
from bot.domain.event_fields import MOST_MATERIALS
from bot.domain.event_times import MOST_DATES
from bot.domain.events import EventDetails, EventKind, Seats, SeatsPer
from bot.domain.ids import EventDraftId, OccurrenceId, PersonId, UnitId
from bot.domain.matters import AnsweredBy, Audience, Elsewhere, Said
from bot.domain.network import Role, Unit, UnitKind
from bot.ports.event_drafts import StoredEventDraft
from bot.ports.matters import AudienceSize
from bot.services.make_event import EventAudience
from bot.texts.wording import length
from handlers.webinars.audience_screens import audience_screen, parts_screen, said_screen
from handlers.webinars.draft_card import card_screen
from handlers.webinars.field_screens import field_screen
from handlers.webinars.making_callbacks import Choice, Field
from tests.calendar_days import MONDAY

FAR = ZoneInfo("Asia/Kamchatka")
BIG = 9_999_999
PARTS = tuple(
    Unit(UnitId(BIG - n), UnitKind.MUNICIPALITY, UnitId(1), f"/1/{n}/", "Ы" * 200, None, FAR.key) for n in range(60)
)
LONGEST = EventDraft(
    UnitId(BIG),
    "Europe/Moscow",
    Audience(
        tuple(part.id for part in PARTS), AnsweredBy.PERSON, tuple(Role), "2026", tuple(part.id for part in PARTS[:30]),
        Elsewhere(OccurrenceId(BIG), Said.NOT_COMING),
    ),
    details=EventDetails(
        EventKind.MEETING, "М" * 200, "К" * 50, "В" * 200, Seats(99_999, 99_999, SeatsPer.MUNICIPALITY, 9_999),
        needs_reason=True, least_per_school=99, gives_certificate=True,
    ),
    title="Н" * 300,
    titles=("Т" * 300,) * MOST_DATES,
    dates=tuple(
        EventDate(at, at.date(), FAR.key, "ф" * 300, at + timedelta(days=2))
        for at in (MONDAY + timedelta(days=400 + n) for n in range(MOST_DATES))
    ),
    link="https://example.org/" + "a" * 480,
    materials=(DraftMaterial("Ф" * 200, file_id="x" * 90),) * MOST_MATERIALS,
)  # fmt: skip
STORED = StoredEventDraft(EventDraftId(BIG), PersonId(1), LONGEST, 9999, MONDAY, None)
VIEW = EventAudience(PARTS[0], PARTS, ("2026" * 12,) * 9, AudienceSize(BIG, BIG, BIG))


def ensure_fits(text: str, keyboard: InlineKeyboardMarkup) -> None:
    assert length(re.sub(r"<[^>]+>", "", text)) <= 4096
    for row in keyboard.inline_keyboard:
        for button in row:
            assert len((button.callback_data or "").encode()) <= 64


def test_the_longest_card_fits() -> None:
    ensure_fits(*card_screen(STORED, VIEW, reader=FAR, now=MONDAY, has_places=True))


def test_a_card_of_a_draft_in_which_nothing_was_said_says_what_is_missing() -> None:
    empty = replace(STORED, draft=EventDraft(UnitId(1), FAR.key, Audience((UnitId(1),), AnsweredBy.PERSON)))

    text, keyboard = card_screen(empty, VIEW, reader=FAR, now=MONDAY, has_places=False)

    ensure_fits(text, keyboard)
    assert "Не хватает: названия, даты и часа" in text


@pytest.mark.parametrize("field", [field for field in Field if field is not Field.AUDIENCE])
def test_the_question_of_every_field_fits_beside_the_longest_that_stands_in_it(field: Field) -> None:
    for is_guided in (False, True):
        screen = field_screen(STORED, field, reader=FAR, today=MONDAY.date(), is_guided=is_guided, places=PARTS[:5])
        ensure_fits(*screen)


def test_the_longest_audience_fits() -> None:
    ensure_fits(*audience_screen(STORED, VIEW))
    for choice in (Choice.PART, Choice.WITHOUT):
        ensure_fits(*parts_screen(STORED, VIEW, choice, 3))
    ensure_fits(*said_screen(STORED, BIG))


def test_a_draft_is_stored_and_read_back_whole() -> None:
    assert EventDraft.from_json(LONGEST.to_json()) == LONGEST
