"""The words of notices, as they stand at the moment of sending."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.board import BoardLine, Tally
from bot.domain.delivery import Notice, NoticeKind, NoticeState
from bot.domain.events import SubstitutionState
from bot.domain.ids import ActivityId, AssignmentId, NoticeId, OccurrenceId, PersonId, UnitId
from bot.domain.matters import ActivityKind, Answer, Assignment, Foundation, Matter, OccurrenceState
from bot.domain.seats import Substitute
from bot.domain.steps import Level
from bot.ports.escalation import Contact, SilentUnit
from bot.ports.messenger import OutgoingMessage
from bot.ports.notices import DueNotice
from bot.services.show_summary import UNITS_PAGE, Silence, SilentOfMatter
from bot.services.view_notices import NoticeView
from bot.texts.wording import length
from handlers.escalation.callbacks import SummaryMatter
from handlers.escalation.screens import matter_screen, summary_screen
from handlers.notices.composing import compose

MOSCOW = ZoneInfo("Europe/Moscow")
MONDAY = datetime(2026, 9, 7, 6, 0, tzinfo=UTC)
"""Nine in the morning in Moscow."""


def matter(number: int = 1, **fields: Any) -> Matter:
    plain = Matter(
        assignment=Assignment(AssignmentId(number), OccurrenceId(number), UnitId(3), None),
        activity_id=ActivityId(number),
        kind=ActivityKind.TASK,
        title=f"Поручение {number}",
        responsible="",
        result="",
        phrase="",
        link=None,
        document=Foundation("roadmap", "1074-р", date(2020, 12, 10), "Дорожная карта"),
        unit_title="Школа № 1",
        version=1,
        due_at=datetime(2026, 9, 10, 20, 59, 59, tzinfo=UTC),
        due_on=date(2026, 9, 10),
        has_time=False,
        timezone="Europe/Moscow",
        state=OccurrenceState.OPEN,
    )
    return replace(plain, **fields)


def webinar(due_at: datetime, **fields: Any) -> Matter:
    day = due_at.astimezone(MOSCOW).date()
    return matter(
        kind=ActivityKind.WEBINAR, due_at=due_at, due_on=day, has_time=True, link="https://example.org/w", **fields
    )


def say(
    kind: NoticeKind, matters: Sequence[Matter], *, now: datetime = MONDAY, **detail: Any
) -> OutgoingMessage | None:
    notice = Notice(
        NoticeId(1), "key", PersonId(1), kind, NoticeState.SENDING, now, now + timedelta(days=1), detail=detail
    )
    view = NoticeView(DueNotice(notice, 1001, MOSCOW), tuple(matters))
    return compose(view, now=now, without_personal_data=False)


def heading(message: OutgoingMessage | None) -> str:
    assert message is not None
    return message.text.splitlines()[0]


@pytest.mark.parametrize(
    ("answer", "was_answered", "hours", "asked", "reason"),
    [
        (None, False, 24, "Ответьте, пожалуйста, придёте ли.", "he was silent"),
        (None, True, 24, "Ваш ответ снят: день другой, ответьте заново.", "another day: nobody's answer stands"),
        (None, True, 1, "Ответьте, пожалуйста, придёте ли.", "the same day: no answer fell because of it"),
        (Answer.COMING, True, 1, None, "another hour of the same day: it stands"),
    ],
)
def test_an_event_that_moved_asks_those_whose_answer_fell(
    answer: Answer | None, was_answered: bool, hours: int, asked: str | None, reason: str
) -> None:
    due = MONDAY + timedelta(days=3)
    moved = webinar(due, moved_from=due - timedelta(hours=hours), was_answered=was_answered)
    message = say(NoticeKind.MOVED, [replace(moved, assignment=replace(moved.assignment, answer=answer))])

    assert message is not None
    said = [line for line in message.text.splitlines() if "тветьте" in line]
    assert said == ([asked] if asked else []), reason


@pytest.mark.parametrize(
    ("moved_from", "was", "reason"),
    [
        (MONDAY + timedelta(days=2, hours=6), "Было: среда, 9 сентября, 15:00 МСК", "it is known"),
        (None, None, "it never moved as far as is known"),
    ],
)
def test_an_event_that_moved_says_when_it_was_to_be(moved_from: datetime | None, was: str | None, reason: str) -> None:
    message = say(NoticeKind.MOVED, [webinar(MONDAY + timedelta(days=3), moved_from=moved_from)])

    assert message is not None
    lines = [re.sub("<[^>]+>", "", line) for line in message.text.splitlines() if line.startswith("Было")]
    assert lines == ([was] if was else []), reason


def test_a_card_names_nobody_where_messages_carry_no_names() -> None:
    """Answered by a colleague, replaced by one, in place of another: in a reminder and in an edit alike."""
    due = MONDAY + timedelta(hours=5)
    answered = Assignment(AssignmentId(1), OccurrenceId(1), UnitId(3), None, Answer.IN_PROGRESS, MONDAY)
    agreed = Substitute("Яшина Елена Петровна", SubstitutionState.AGREED)
    away = Assignment(AssignmentId(2), OccurrenceId(2), UnitId(3), PersonId(5), Answer.NOT_COMING, MONDAY,
                      comment="вместо меня – Яшина Е. П.")  # fmt: skip
    cards = [
        matter(assignment=answered, answered_by_name="Иванова Анна Петровна"),
        webinar(due, assignment=away, substitute=agreed),
        webinar(due, comes_for="Иванова Анна Петровна"),
    ]
    for card in cards:
        notice = Notice(NoticeId(1), "key", PersonId(1), NoticeKind.TODAY, NoticeState.SENDING, MONDAY, due)
        view = NoticeView(DueNotice(notice, 1001, MOSCOW), (card,))
        named, nameless = (compose(view, now=MONDAY, without_personal_data=without) for without in (False, True))
        assert named is not None
        assert nameless is not None
        assert re.search("Иванова|Яшина", named.text)
        assert not re.search("Иванова|Яшина", nameless.text)


@pytest.mark.parametrize(
    ("day", "expected", "reason"),
    [
        (10, "⏰ <b>Через 3 дня срок</b>", "few"),
        (14, "⏰ <b>Через 7 дней срок</b>", "many"),
        (28, "⏰ <b>Через 21 день срок</b>", "one again at 21"),
        (9, "⏰ <b>Срок послезавтра</b>", "a word of its own"),
        (8, "⏰ <b>Срок завтра</b>", "a word of its own"),
        (7, "⏰ <b>Срок сегодня</b>", "the morning of the day"),
    ],
)
def test_a_reminder_counts_the_days_when_it_is_sent(day: int, expected: str, reason: str) -> None:
    """Whatever step it was planned as: one that waited over a weekend says what is true now."""
    due = matter(due_at=datetime(2026, 9, day, 20, 59, 59, tzinfo=UTC), due_on=date(2026, 9, day))
    assert heading(say(NoticeKind.REMINDER, [due])) == expected, reason
    assert heading(say(NoticeKind.TODAY, [due])) == expected, reason


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(15, "▶️ <b>Начинаем через 15 минут</b>"), (1, "▶️ <b>Начинаем через 1 минуту</b>"),
     (2, "▶️ <b>Начинаем через 2 минуты</b>"), (0, "▶️ <b>Начинаем!</b>"), (-5, "▶️ <b>Начинаем!</b>")],
)  # fmt: skip
def test_the_link_says_how_long_there_is(minutes: int, expected: str) -> None:
    message = say(NoticeKind.STARTS_SOON, [webinar(MONDAY + timedelta(minutes=minutes))])
    assert heading(message) == expected
    assert message is not None
    assert "https://example.org/w" in message.text


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (NoticeKind.ANNOUNCEMENT, "🆕 <b>Приглашаем на вебинар</b>"),
        (NoticeKind.MOVED, "📅 <b>Время вебинара изменилось</b>"),
        (NoticeKind.NUDGE, "🔔 <b>Вы придёте?</b>"),
        (NoticeKind.REMINDER, "⏰ <b>Завтра вебинар</b>"),
    ],
)
def test_a_webinar_is_spoken_of_as_one(kind: NoticeKind, expected: str) -> None:
    message = say(kind, [webinar(MONDAY + timedelta(days=1))])
    assert heading(message) == expected
    assert message is not None
    assert message.keyboard is not None
    assert "Приду" in str(message.keyboard)


def test_what_one_document_asks_is_one_list_with_buttons() -> None:
    message = say(NoticeKind.ASSIGNED, [matter(number) for number in range(1, 22)])
    assert heading(message) == "🗂 <b>21 новое дело</b>"
    assert message is not None
    assert "дорожная карта № 1074-р от 10.12.2020" in message.text
    assert "и ещё 11. Все дела: /my" in message.text
    assert message.keyboard is not None
    assert [row[0]["text"] for row in message.keyboard["inline_keyboard"]][-1] == "📋 Все мои дела"


def test_of_a_list_only_what_is_still_owed_is_said() -> None:
    done = replace(matter(2).assignment, answer=Answer.DONE)
    rest = [matter(1), matter(2, assignment=done), matter(3, state=OccurrenceState.CANCELLED)]
    assert heading(say(NoticeKind.ASSIGNED, rest)) == "🆕 <b>Новое дело</b>", "one is left: its own card"
    assert say(NoticeKind.ASSIGNED, rest[1:]) is None, "nothing is left: nothing is sent"


def test_schools_without_a_coordinator_are_named_to_the_one_above() -> None:
    other = replace(matter(2).assignment, occurrence_id=OccurrenceId(1))
    owed = [matter(1), matter(1, assignment=other, unit_title="Школа № 2")]
    message = say(NoticeKind.ASSIGNED, owed, event="unattended")
    assert heading(message) == "⚠️ <b>В 2 школах некому ответить</b>: Школа № 1, Школа № 2"
    assert message is not None
    assert message.text.count("Поручение 1") == 1, "one matter of two schools is one line"


def test_a_matter_called_off_asks_for_nothing() -> None:
    off = matter(state=OccurrenceState.CANCELLED)
    message = say(NoticeKind.CALLED_OFF, [off])
    assert heading(message) == "✖️ <b>Дело отменено</b>"
    assert message is not None
    assert "Выполнено" not in str(message.keyboard)
    several = say(NoticeKind.CALLED_OFF, [off, matter(2, state=OccurrenceState.CANCELLED)])
    assert heading(several) == "✖️ <b>Отменены 2 дела</b>, отвечать не нужно"
    assert say(NoticeKind.CALLED_OFF, [matter()]) is None, "opened anew meanwhile"


def test_words_of_people_are_escaped() -> None:
    message = say(NoticeKind.ANNOUNCEMENT, [matter(title="<b>Срочно</b> & точно")])
    assert message is not None
    assert "&lt;b&gt;Срочно&lt;/b&gt; &amp; точно" in message.text


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_no_kind_of_notice_is_without_words_or_fails_on_nothing(kind: NoticeKind) -> None:
    """What it was about is gone: nothing is sent, and nothing breaks."""
    assert say(kind, []) is None


@pytest.mark.parametrize("kind", [NoticeKind.ASSIGNED, NoticeKind.CALLED_OFF])
@pytest.mark.parametrize("event", ["", "unattended"])
def test_the_longest_list_fits_into_a_message(kind: NoticeKind, event: str) -> None:
    state = OccurrenceState.CANCELLED if kind is NoticeKind.CALLED_OFF else OccurrenceState.OPEN
    long = [matter(n, title="Очень длинное поручение " * 40, unit_title="Школа " * 40, state=state) for n in range(60)]
    message = say(kind, long, event=event)
    assert message is not None
    assert len(message.text) < 4096


def test_a_summary_of_many_long_debts_fits_into_a_message_page_by_page() -> None:
    """A message that is too long is refused for good, and with it that day's summary."""
    line = BoardLine(
        OccurrenceId(1), ActivityId(1), 1, ActivityKind.TASK, "Мониторинг показателей 🙂 " * 40, MONDAY, MONDAY.date(),
        False, "Europe/Moscow", OccurrenceState.OPEN, Tally(silent=60),
    )  # fmt: skip
    silent = tuple(f"Школа № {n} " + "имени героя " * 20 for n in range(60))
    silences = [Silence(line, silent, 60, instead=Level.MUNICIPALITY)] * 13
    for page in range(3):
        text, buttons = summary_screen(silences, NoticeId(1), page=page)
        assert length(text) < 4096
        assert "и ещё 54" in text
        assert [button.text for button in buttons.inline_keyboard[-1]] == ["‹", f"{page + 1} из 3", "›"]
        assert len(buttons.inline_keyboard) == (4 if page == 2 else 6), "a button for each matter"


def test_a_page_of_the_silent_fits_into_a_message() -> None:
    line = BoardLine(
        OccurrenceId(1), ActivityId(1), 1, ActivityKind.TASK, "Мониторинг " * 40, MONDAY, MONDAY.date(), False,
        "Europe/Moscow", OccurrenceState.OPEN, Tally(silent=60),
    )  # fmt: skip
    contacts = (Contact("Константинопольская Александра Константиновна " * 2, "+7 930 123-45-67 доб. 123456"),) * 4
    units = tuple(SilentUnit(UnitId(n), "Школа имени героя " * 15, 1, contacts) for n in range(UNITS_PAGE))
    found = SilentOfMatter(Silence(line, (), 60), units, 0, 8)
    text, _ = matter_screen(found, SummaryMatter(notice=1, occurrence=1), without_personal_data=False)
    assert length(text) < 4096
    text, _ = matter_screen(found, SummaryMatter(notice=1, occurrence=1), without_personal_data=True)
    assert "Константинопольская" not in text


def gathered(kind: NoticeKind, *matters: Matter) -> OutgoingMessage | None:
    def notice(number: int) -> Notice:
        return Notice(
            NoticeId(number), f"n{number}", PersonId(1), kind, NoticeState.SENDING, MONDAY, MONDAY + timedelta(days=1),
            assignment_id=AssignmentId(number),
        )  # fmt: skip

    first, *others = [notice(number) for number in range(1, len(matters) + 1)]
    view = NoticeView(DueNotice(first, 1001, MOSCOW, tuple(others)), tuple(matters))
    return compose(view, now=MONDAY, without_personal_data=False)


def test_reminders_of_one_day_are_one_list_with_a_button_each() -> None:
    message = gathered(NoticeKind.REMINDER, matter(1), matter(2), matter(3))
    assert message is not None
    assert message.text.splitlines()[0] == "⏰ <b>Напоминаю: 3 дела</b>, сначала срочные"
    assert [line.split(" – ")[0] for line in message.text.splitlines()[2:]] == [f"• Поручение {n}" for n in (1, 2, 3)]
    assert message.keyboard is not None
    labels = [row[0]["text"] for row in message.keyboard["inline_keyboard"]]
    assert labels == ["Поручение 1", "Поручение 2", "Поручение 3", "📋 Все мои дела"]


def test_what_is_due_today_is_called_so() -> None:
    assert heading(gathered(NoticeKind.TODAY, matter(1), matter(2))) == "⏰ <b>Сегодня: 2 дела</b>"


def test_of_many_reminders_the_most_urgent_are_named_and_the_rest_counted() -> None:
    matters = [matter(number, title=f"Поручение {number} " + "о мониторинге 🙂 " * 30) for number in range(1, 21)]
    message = gathered(NoticeKind.REMINDER, *matters)
    assert message is not None
    assert length(message.text) < 4096
    assert message.text.endswith("…и ещё 12. Все дела: /my")
    assert message.keyboard is not None
    assert len(message.keyboard["inline_keyboard"]) == 9


@pytest.mark.parametrize(
    ("other", "expected", "reason"),
    [
        ({"answer": Answer.DONE}, "Через 3 дня срок", "answered a second ago: what is left is a card as ever"),
        ({"answer": Answer.IN_PROGRESS}, "Напоминаю: 2 дела", "still owed"),
    ],
)
def test_what_was_answered_since_the_claim_is_not_listed(other: dict[str, Any], expected: str, reason: str) -> None:
    answered = matter(2)
    answered = replace(answered, assignment=replace(answered.assignment, **other))
    assert expected in heading(gathered(NoticeKind.REMINDER, matter(1), answered)), reason


def test_with_everything_answered_nothing_is_said() -> None:
    answered = [replace(one, assignment=replace(one.assignment, answer=Answer.DONE)) for one in (matter(1), matter(2))]
    assert gathered(NoticeKind.REMINDER, *answered) is None


def test_an_event_that_he_comes_to_is_listed() -> None:
    coming = webinar(MONDAY + timedelta(days=1), assignment=replace(matter(2).assignment, answer=Answer.COMING))
    assert heading(gathered(NoticeKind.REMINDER, coming, matter(3))) == "⏰ <b>Напоминаю: 2 дела</b>, сначала срочные"
