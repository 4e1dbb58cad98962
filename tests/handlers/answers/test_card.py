"""The card by itself: what each state of a matter shows and offers."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.events import Attendance, SeatState, SubstitutionState
from bot.domain.ids import ActivityId, AssignmentId, OccurrenceId, PersonId, UnitId
from bot.domain.matters import ActivityKind, Answer, Assignment, Foundation, Matter, OccurrenceState
from bot.domain.seats import Seat, Substitute
from bot.texts.wording import sending_title
from handlers.answers.card import Card, matter_card
from handlers.reviews.screens import facts
from tests.calendar_days import MONDAY

MOSCOW = ZoneInfo("Europe/Moscow")
TODAY = date(2026, 9, 7)

TASK = Matter(
    assignment=Assignment(AssignmentId(999_999_999), OccurrenceId(1), UnitId(1), person_id=None),
    activity_id=ActivityId(1),
    kind=ActivityKind.TASK,
    title="Сдать отчёт",
    responsible="Школы",
    result="Отчёт",
    phrase="до 14 сентября",
    link=None,
    document=Foundation("order", "1074-р", date(2020, 12, 10), "О мерах"),
    unit_title="Школа № 1",
    version=1,
    due_at=datetime(2026, 9, 14, 20, 59, 59, tzinfo=UTC),
    due_on=date(2026, 9, 14),
    has_time=False,
    timezone="Europe/Moscow",
    state=OccurrenceState.OPEN,
)
WEBINAR = replace(
    TASK,
    kind=ActivityKind.WEBINAR,
    assignment=replace(TASK.assignment, person_id=PersonId(7)),
    link="https://example.org/w",
    document=None,
    due_at=datetime(2026, 9, 10, 9, 0, tzinfo=UTC),
    due_on=date(2026, 9, 10),
    has_time=True,
)


@pytest.mark.parametrize("title", ["Мониторинг", "Мониторинг оснащения кабинетов " * 12], ids=["short", "cut"])
def test_the_card_of_a_sent_form_names_no_foundation_that_repeats_its_title(title: str) -> None:
    matter = replace(TASK, title=title, document=Foundation("list", None, None, sending_title(title)))
    assert "Основание" not in shown(matter).text
    assert "Основание" not in "".join(facts(matter, MOSCOW, TODAY)), "nor what the reviewer sees of it"


def answered(matter: Matter, answer: Answer | None, comment: str | None = None) -> Matter:
    given = replace(matter.assignment, answer=answer, answered_at=MONDAY, answered_by=PersonId(7), comment=comment)
    return replace(matter, assignment=given, answered_by_name="Зимина Анна Олеговна")


def shown(matter: Matter, *, today: date = TODAY, reader: ZoneInfo = MOSCOW) -> Card:
    return matter_card(matter, reader=reader, today=today)


def offered(card: Card) -> list[str]:
    return [button.text for row in card.keyboard.inline_keyboard for button in row] if card.keyboard else []


ALL = ["✅ Выполнено", "⏳ В работе", "⚠️ Есть проблема", "Другой ответ…"]
CHANGE = "Изменить ответ"
COMING = ["✅ Приду", "❌ Не смогу", "🤔 Под вопросом", "👥 Вместо меня придёт …"]


@pytest.mark.parametrize(
    ("matter", "buttons"),
    [
        pytest.param(TASK, ALL, id="a task nobody has answered"),
        pytest.param(WEBINAR, COMING, id="a webinar nobody has answered"),
        pytest.param(answered(TASK, Answer.DONE), [CHANGE], id="done"),
        pytest.param(answered(TASK, Answer.NOTHING_TO_REPORT), [CHANGE], id="nothing to report"),
        pytest.param(answered(TASK, Answer.IN_PROGRESS), [ALL[0], CHANGE], id="in progress: the next step is at hand"),
        pytest.param(answered(TASK, Answer.PROBLEM), [ALL[0], CHANGE], id="a problem may be solved"),
        pytest.param(answered(WEBINAR, Answer.COMING), [CHANGE], id="coming"),
        pytest.param(answered(WEBINAR, Answer.MAYBE), [*COMING[:2], COMING[3]], id="maybe: still owed"),
        pytest.param(answered(WEBINAR, Answer.NOT_COMING), [CHANGE, COMING[3]], id="not coming"),
    ],
)
@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param({}, None, id="open"),
        pytest.param({"state": OccurrenceState.CANCELLED}, "🚫 Отменено", id="cancelled"),
        pytest.param({"is_withdrawn": True}, "больше не за вами", id="withdrawn"),
    ],
)
def test_a_matter_offers_what_its_answer_and_its_state_allow(
    matter: Matter, buttons: list[str], change: dict[str, object], words: str | None
) -> None:
    card = shown(replace(matter, **change))  # type: ignore[arg-type]  # the fields of the matter, by name

    assert [label for label in offered(card) if "календар" not in label] == ([] if words else buttons)
    if words:
        assert words in card.text


@pytest.mark.parametrize(
    ("matter", "label"),
    [
        pytest.param(WEBINAR, "📅 В календарь", id="ahead"),
        pytest.param(answered(WEBINAR, Answer.COMING), "📅 В календарь", id="coming"),
        pytest.param(answered(WEBINAR, Answer.NOT_COMING), None, id="not coming"),
        pytest.param(replace(WEBINAR, state=OccurrenceState.CANCELLED), "📅 Убрать из календаря", id="called off"),
        pytest.param(replace(WEBINAR, is_withdrawn=True), None, id="not his any more"),
        pytest.param(replace(WEBINAR, due_at=datetime(2026, 9, 6, 9, 0, tzinfo=UTC)), None, id="yesterday's"),
        pytest.param(TASK, None, id="a task: /calendar has them all"),
    ],
)
def test_an_event_ahead_can_be_put_into_the_calendar(matter: Matter, label: str | None) -> None:
    assert [one for one in offered(shown(matter)) if "календар" in one] == ([label] if label else [])


@pytest.mark.parametrize(
    ("today", "words", "buttons"),
    [
        pytest.param(date(2026, 9, 14), "Срок: понедельник, 14 сентября", ALL, id="on its last day"),
        pytest.param(date(2026, 9, 15), "❗ Срок прошёл: понедельник, 14 сентября", ALL, id="overdue: still wanted"),
    ],
)
def test_an_overdue_task_says_so(today: date, words: str, buttons: list[str]) -> None:
    card = shown(TASK, today=today)

    assert words in plain_text(card)
    assert offered(card) == buttons


def test_a_webinar_of_yesterday_asks_nobody() -> None:
    card = shown(WEBINAR, today=date(2026, 9, 11))

    assert "Вебинар уже прошёл" in card.text
    assert "example.org" not in card.text
    assert offered(card) == [], "nothing was sent round after it"
    with_recording = shown(replace(WEBINAR, has_recording=True), today=date(2026, 9, 11))
    assert offered(with_recording) == ["📼 Запись и материалы"]


@pytest.mark.parametrize(
    ("matter", "has_link"),
    [
        pytest.param(WEBINAR, True, id="not answered yet: nobody misses it for want of a tap"),
        pytest.param(answered(WEBINAR, Answer.COMING), True, id="coming"),
        pytest.param(answered(WEBINAR, Answer.NOT_COMING), False, id="not coming"),
        pytest.param(replace(WEBINAR, state=OccurrenceState.CANCELLED), False, id="cancelled"),
    ],
)
def test_the_link_is_shown_to_those_who_may_come(matter: Matter, has_link: bool) -> None:
    assert ("https://example.org/w" in shown(matter).text) is has_link


IN_THE_EVENING = replace(WEBINAR, due_at=datetime(2026, 9, 10, 16, 0, tzinfo=UTC))
TWO_DAYS = replace(WEBINAR, ends_at=datetime(2026, 9, 11, 13, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("matter", "zone", "today", "is_on"),
    [
        pytest.param(IN_THE_EVENING, "Europe/Moscow", date(2026, 9, 10), True, id="19:00, of the same day"),
        pytest.param(IN_THE_EVENING, "Asia/Yakutsk", date(2026, 9, 11), True, id="МСК+6: it begins at 01:00 the next"),
        pytest.param(IN_THE_EVENING, "Asia/Yakutsk", date(2026, 9, 12), False, id="МСК+6: the day after that"),
        pytest.param(TWO_DAYS, "Europe/Moscow", date(2026, 9, 11), True, id="the second day of two"),
        pytest.param(TWO_DAYS, "Europe/Moscow", date(2026, 9, 12), False, id="after both"),
    ],
)
def test_the_way_in_stays_for_the_whole_event_by_the_clock_of_its_reader(
    matter: Matter, zone: str, today: date, is_on: bool
) -> None:
    card = shown(answered(matter, Answer.COMING), today=today, reader=ZoneInfo(zone))

    assert ("https://example.org/w" in card.text) is is_on
    assert ("уже прошёл" in card.text) is not is_on


@pytest.mark.parametrize(
    ("document", "words"),
    [
        pytest.param(TASK.document, "Основание: распоряжение № 1074-р от 10.12.2020", id="number and date"),
        pytest.param(Foundation("order", "5", None, ""), "приказ/распоряжение № 5", id="an order of unknown form"),
        pytest.param(Foundation("order", "45", None, "", "Приказ"), "Основание: приказ № 45", id="its own word"),
        pytest.param(Foundation("minutes", None, date(2021, 3, 5), ""), "протокол от 05.03.2021", id="a date alone"),
        pytest.param(Foundation("roadmap", None, None, "Точка роста"), "дорожная карта «Точка роста»", id="neither"),
        pytest.param(Foundation("list", None, None, "Список от 21.11.2026"), "Основание: список от 21.11", id="a list"),
    ],
)
def test_the_document_is_named_by_what_it_has(document: Foundation, words: str) -> None:
    assert words in shown(replace(TASK, document=document)).text


def test_a_school_sees_who_answered_and_a_person_does_not_read_his_own_name() -> None:
    assert "Ответ школы: <b>Выполнено</b>, 7 сент., 12:00 (Зимина А. О.)" in shown(answered(TASK, Answer.DONE)).text
    assert "Ваш ответ: <b>Приду</b>, 7 сент., 12:00" in shown(answered(WEBINAR, Answer.COMING)).text


def test_what_people_typed_is_escaped() -> None:
    matter = replace(answered(TASK, Answer.PROBLEM, "<b>нет</b> & 🙈"), title="<script>", unit_title="«Школа» & Ко")

    text = shown(matter).text

    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    assert "&lt;b&gt;нет&lt;/b&gt; &amp; 🙈" in text


def test_the_longest_matter_fits_a_message_and_its_buttons_fit_their_data() -> None:
    long = "слово " * 1000
    given = replace(answered(TASK, None, "я" * 1000), title=long, result=long, responsible=long, phrase=long)

    card = matter_card(given, reader=MOSCOW, today=TODAY, is_full=True, is_changing=True, listed=True)

    assert len(plain_text(card)) <= 4096
    assert card.keyboard is not None
    for row in card.keyboard.inline_keyboard:
        for button in row:
            assert len((button.callback_data or "").encode()) <= 64


def test_signs_that_count_twice_still_leave_room_in_a_message() -> None:
    written_in_smiles = replace(
        answered(TASK, Answer.PROBLEM, "🙂" * 1000), title="🙂" * 2000, result="🙂" * 2000, phrase="🙂" * 300
    )
    card = matter_card(written_in_smiles, reader=MOSCOW, today=TODAY, is_full=True)
    assert len(plain_text(card).encode("utf-16-le")) // 2 <= 3900, "a heading comes over it"
    assert "🙂" * 300 in plain_text(card), "longer than the short card all the same"


def plain_text(card: Card) -> str:
    """As Telegram shows it, roughly: without the tags."""
    return re.sub(r"<[^>]+>", "", card.text)


BEGINS = WEBINAR.due_at


@pytest.mark.parametrize(
    ("matter", "after", "says", "reason"),
    [
        (WEBINAR, timedelta(minutes=5), "Вебинар уже начался.", "he was silent"),
        (answered(WEBINAR, Answer.COMING), timedelta(minutes=5), "Вебинар уже начался.", "he comes"),
        (
            replace(WEBINAR, ends_at=BEGINS + timedelta(hours=1)),
            timedelta(hours=2),
            "Вебинар уже прошёл.",
            "its end was named",
        ),
        (
            replace(WEBINAR, assignment=replace(WEBINAR.assignment, attendance=Attendance.ABSENT)),
            timedelta(hours=1),
            "Вебинар уже прошёл.",
            "nobody is marked as absent before the end",
        ),
        (WEBINAR, timedelta(hours=2), "Вебинар уже прошёл.", "as long as it usually lasts"),
        (replace(WEBINAR, has_recording=True), timedelta(hours=1), "Вебинар уже прошёл.", "it is on record"),
    ],
)
def test_an_event_that_has_begun_today_asks_nothing(matter: Matter, after: timedelta, says: str, reason: str) -> None:
    today = BEGINS.astimezone(MOSCOW).date()
    card = matter_card(matter, reader=MOSCOW, today=today, now=BEGINS + after, is_changing=True)

    assert says in plain_text(card), reason
    assert not {"✅ Приду", "❌ Не смогу", "🤔 Под вопросом", "Изменить ответ"} & set(offered(card)), reason
    assert ("https://example.org/w" in plain_text(card)) is ("начался" in says), "who is late still finds the way in"


def test_what_stands_is_said_after_the_event_and_nothing_is_awaited() -> None:
    present = answered(WEBINAR, Answer.COMING)
    matter = replace(
        present,
        assignment=replace(present.assignment, attendance=Attendance.PRESENT),
        seat=Seat(SeatState.RESERVE, 1),
        substitute=Substitute("Носов Пётр Ильич", SubstitutionState.ASKED),
        ends_at=BEGINS + timedelta(hours=1),
    )
    today = BEGINS.astimezone(MOSCOW).date()
    text = plain_text(matter_card(matter, reader=MOSCOW, today=today, now=BEGINS + timedelta(hours=2)))

    assert "Ваш ответ: Приду" in text
    assert "Отмечено: вы были" in text
    assert "в резерве" not in text
    assert "Ждём" not in text
