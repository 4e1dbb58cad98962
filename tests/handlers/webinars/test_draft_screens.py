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
from bot.domain.matters import ActivityKind, AnsweredBy, Audience, Elsewhere, Said
from bot.domain.network import Role, Unit, UnitKind
from bot.ports.addressees import Addressee, AnsweredDate
from bot.ports.event_drafts import StoredEventDraft
from bot.ports.matters import AudienceSize
from bot.services.choose_audience import AddresseePage, AudienceOf, AudienceView, DatePage
from bot.services.show_audience import AudienceChoices
from bot.texts.wording import length
from handlers.audiences.callbacks import Page
from handlers.audiences.screens import (
    answers_screen,
    dates_screen,
    main_screen,
    people_screen,
    said_screen,
    where_screen,
    words_screen,
)
from handlers.webinars.draft_card import card_screen
from handlers.webinars.field_screens import field_screen
from handlers.webinars.making_callbacks import Act, DraftButton, Field
from tests.calendar_days import MONDAY

FAR = ZoneInfo("Asia/Kamchatka")
BIG = 9_999_999
PARTS = tuple(
    Unit(UnitId(BIG - n), UnitKind.MUNICIPALITY, UnitId(1), f"/1/{n}/", "Ы" * 200, None, FAR.key) for n in range(60)
)
TAGS = tuple("М" * 28 + str(n) for n in range(10, 40))
LONGEST = EventDraft(
    UnitId(BIG),
    "Europe/Moscow",
    Audience(
        tuple(part.id for part in PARTS), AnsweredBy.PERSON, tuple(Role), "2026", tuple(part.id for part in PARTS[:30]),
        Elsewhere(OccurrenceId(BIG), Said.NOT_COMING), ("П" * 100,) * 20, TAGS, TAGS,
        tuple(PersonId(BIG - n) for n in range(99)),
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
DATE = AnsweredDate(OccurrenceId(BIG), ActivityKind.WEBINAR, "Д" * 300, MONDAY, "/1/")
PERSON = Addressee(PersonId(BIG), "Ф" * 100, "Ш" * 200)
VIEW = AudienceChoices(
    PARTS[0], LONGEST.audience, AudienceSize(BIG, BIG, BIG), PARTS, ("2026" * 12,) * 9, ("П" * 100,) * 9, TAGS, DATE,
    (PERSON,) * 99,
)  # fmt: skip


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
    view = AudienceView(AudienceOf.EVENT, BIG, 9999, VIEW)
    kind = ActivityKind.WEBINAR
    ensure_fits(*main_screen(view, FAR, DraftButton(draft=BIG, version=9999, act=Act.CARD)))
    ensure_fits(*where_screen(view, FAR, 3))
    ensure_fits(*where_screen(view, FAR, 3, is_except=True))
    for page in (Page.TAGS, Page.EXCEPT_TAGS, Page.PROGRAMMES):
        ensure_fits(*words_screen(view, FAR, page))
    ensure_fits(*people_screen(view, FAR, AddresseePage((PERSON,) * 8, 999, 9999), "ы" * 100))
    ensure_fits(*answers_screen(view, FAR))
    ensure_fits(*dates_screen(view, kind, DatePage((DATE,) * 8, 999, 9999), FAR))
    ensure_fits(*said_screen(view, DATE, FAR))


def test_a_draft_is_stored_and_read_back_whole() -> None:
    assert EventDraft.from_json(LONGEST.to_json()) == LONGEST
