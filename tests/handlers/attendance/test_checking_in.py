"""Those who are there say so: by the word that they heard, or by the picture on the screen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.clock import MovableClock
from bot.domain.attendance import qr_payload, qr_secret
from bot.domain.events import Attendance, EventDetails
from bot.domain.ids import OccurrenceId
from bot.domain.network import Role
from bot.services.mark_attendance import mark_attendance
from storage.database import Database
from storage.event_tables import attendance_marks
from storage.tables import notices
from tests.acting import actor_of
from tests.driver import Chat, Telegram, labels
from tests.factories import NetworkFactory, SmallNetwork
from tests.handlers.attendance.conftest import BEGINS
from tests.opening import assignment, matter, open_event

SECRET = qr_secret("")  # the tests' settings have no token


async def attendance_of(database: Database, network: SmallNetwork, event: OccurrenceId) -> Attendance | None:
    owed = await assignment(database, event, person=network.teacher_1)
    return (await matter(database, owed)).assignment.attendance


async def at_the_card(chat: Chat) -> None:
    await chat.says("/my")
    await chat.presses("1. Семинар наставников")


async def test_the_word_is_typed_as_it_was_heard(
    database: Database, network: SmallNetwork, tg: Telegram, event: OccurrenceId
) -> None:
    chat = tg.chat_of(network.teacher_1)

    said = await chat.says("БЕРЕЗА-42!")

    assert said["text"] == "✅ Отметил: вы были на «Семинар наставников». Спасибо!"
    assert await attendance_of(database, network, event) is Attendance.PRESENT
    assert "уже отмечены" in (await chat.says("берёза 42"))["text"]
    async with database.read() as tx:
        assert len((await tx._connection.execute(select(attendance_marks))).all()) == 1, "said twice, marked once"


async def test_a_reply_with_the_word_is_the_word_and_no_comment(
    database: Database, network: SmallNetwork, tg: Telegram, event: OccurrenceId
) -> None:
    chat = tg.chat_of(network.teacher_1)
    await at_the_card(chat)

    said = await chat.says("берёза 42", reply_to=chat.last)

    assert "Отметил" in said["text"]


async def test_the_button_asks_for_the_word_and_a_wrong_one_again(
    database: Database, network: SmallNetwork, tg: Telegram, event: OccurrenceId
) -> None:
    chat = tg.chat_of(network.teacher_1)
    await at_the_card(chat)

    asked = await chat.presses("✋ Я на вебинаре")
    assert "Напишите кодовое слово" in asked["text"]
    assert "Слово другое" in (await chat.says("осина"))["text"]
    assert "Отметил" in (await chat.says("берёза 42"))["text"]

    await at_the_card(chat)
    assert "Отмечено: вы были" in chat.last["text"]
    assert "✋ Я на вебинаре" not in labels(chat.last)


async def test_the_question_for_the_word_can_be_left(
    database: Database, network: SmallNetwork, tg: Telegram, event: OccurrenceId
) -> None:
    chat = tg.chat_of(network.teacher_1)
    await at_the_card(chat)
    await chat.presses("✋ Я на вебинаре")

    await chat.presses("Отмена")

    assert "не отмечаю" in chat.toast["text"]
    assert await attendance_of(database, network, event) is None


@pytest.mark.parametrize(
    ("after", "words", "reason"),
    [
        (timedelta(minutes=-30), "можно с 11:45", "half an hour before"),
        (timedelta(hours=3, minutes=1), "Время для отметки вышло", "two hours and a minute after the end"),
    ],
)
async def test_a_button_too_early_or_too_late_is_explained(
    database: Database,
    network: SmallNetwork,
    tg: Telegram,
    clock: MovableClock,
    after: timedelta,
    words: str,
    reason: str,
) -> None:
    await open_event(database, network, dates=(BEGINS,), details=EventDetails(code_word="берёза"))
    clock.move_to(BEGINS - timedelta(hours=1))
    chat = tg.chat_of(network.teacher_1)
    await at_the_card(chat)
    clock.move_to(BEGINS + after)

    await chat.presses("✋ Я на вебинаре")

    assert words in chat.toast["text"], reason


async def test_a_word_heard_wrongly_is_not_met_with_a_shrug(
    network: SmallNetwork, tg: Telegram, event: OccurrenceId
) -> None:
    assert "оно другое" in (await tg.chat_of(network.teacher_1).says("осина 42"))["text"]
    assert "О чём это?" in (await tg.chat_of(network.teacher_4).says("осина 42"))["text"], "he is not invited"


@pytest.mark.parametrize(
    ("after", "words", "reason"),
    [
        (timedelta(minutes=-30), "Вы рано", "the word of the invitation's text, typed half an hour before"),
        (timedelta(hours=5), "уже прошло", "remembered in the evening"),
        (timedelta(days=-2), "Вы рано", "the coordinator told it days before"),
        (timedelta(days=3), "уже прошло", "the list was looked at days later"),
        (timedelta(days=9), "О чём это?", "by then it is any word"),
    ],
)
async def test_the_right_word_at_the_wrong_time_is_explained(
    database: Database,
    network: SmallNetwork,
    tg: Telegram,
    clock: MovableClock,
    after: timedelta,
    words: str,
    reason: str,
) -> None:
    await open_event(database, network, dates=(BEGINS,), details=EventDetails(code_word="берёза 42"))
    clock.move_to(BEGINS + after)
    assert words in (await tg.chat_of(network.teacher_1).says("берёза 42"))["text"], reason


@pytest.mark.parametrize(
    ("after", "words", "reason"),
    [
        (timedelta(minutes=5), "Отметил", "the leader said it aloud: an event made earlier goes on working"),
        (timedelta(hours=-3), "О чём это?", "«да» is an answer to somebody"),
        (timedelta(days=1), "О чём это?", "and so it is on the day after"),
    ],
)
async def test_an_everyday_word_of_an_older_event_counts_in_its_hours_alone(
    database: Database,
    network: SmallNetwork,
    tg: Telegram,
    clock: MovableClock,
    after: timedelta,
    words: str,
    reason: str,
) -> None:
    await open_event(database, network, dates=(BEGINS,), details=EventDetails(code_word="да"))
    clock.move_to(BEGINS + after)
    assert words in (await tg.chat_of(network.teacher_1).says("да"))["text"], reason


async def test_between_two_meetings_with_one_word_the_nearer_is_explained(
    database: Database, network: SmallNetwork, tg: Telegram, clock: MovableClock
) -> None:
    dates = (BEGINS, BEGINS + timedelta(days=7))
    await open_event(database, network, dates=dates, details=EventDetails(code_word="берёза"))
    chat = tg.chat_of(network.teacher_1)

    clock.move_to(BEGINS + timedelta(days=1))
    assert "уже прошло" in (await chat.says("берёза"))["text"]
    clock.move_to(BEGINS + timedelta(days=6))
    assert "Вы рано" in (await chat.says("берёза"))["text"]


async def test_a_word_that_waited_for_the_bot_is_not_late(
    database: Database, network: SmallNetwork, tg: Telegram, clock: MovableClock, event: OccurrenceId
) -> None:
    chat = tg.chat_of(network.teacher_1)
    tg.sandbox.person_writes(chat.id, "берёза 42")
    clock.advance(timedelta(hours=20))

    await tg.settle()

    assert "Отметил" in chat.last["text"]


async def test_one_tap_on_the_picture_is_enough(
    database: Database, network: SmallNetwork, tg: Telegram, clock: MovableClock, event: OccurrenceId
) -> None:
    payload = qr_payload(event, secret=SECRET, at=clock.now())
    chat = tg.chat_of(network.teacher_1)

    assert "Отметил" in (await chat.starts(payload))["text"]
    assert "уже отмечены" in (await chat.starts(payload))["text"]
    assert await attendance_of(database, network, event) is Attendance.PRESENT


@pytest.mark.parametrize(
    ("issued", "opened", "words", "reason"),
    [
        (-40, -40, "Вы рано", "before the door opens"),
        (200, 200, "можно было до 15:00", "after it closed"),
        (5, 8, "уже сменился", "a photograph of the screen, three minutes old"),
    ],
)
async def test_a_picture_opened_at_the_wrong_time_is_explained(
    network: SmallNetwork,
    tg: Telegram,
    clock: MovableClock,
    database: Database,
    issued: int,
    opened: int,
    words: str,
    reason: str,
) -> None:
    event = (await open_event(database, network, dates=(BEGINS,))).occurrence_id
    payload = qr_payload(event, secret=SECRET, at=BEGINS + timedelta(minutes=issued))
    clock.move_to(BEGINS + timedelta(minutes=opened))

    assert words in (await tg.chat_of(network.teacher_1).starts(payload))["text"], reason


@pytest.mark.parametrize("asked", [True, False], ids=["asked for the word", "typed on his own"])
async def test_a_word_is_not_guessed(
    database: Database,
    network: SmallNetwork,
    tg: Telegram,
    clock: MovableClock,
    event: OccurrenceId,
    *,
    asked: bool,
) -> None:
    chat = tg.chat_of(network.teacher_1)
    if asked:
        await at_the_card(chat)
        await chat.presses("✋ Я на вебинаре")
    for number in range(90, 95):
        assert "другое" in (await chat.says(f"берёза {number}"))["text"]

    assert "после 12:16" in (await chat.says("берёза 42"))["text"]
    assert await attendance_of(database, network, event) is None, "not even the right one"
    assert "Отметил" in (await tg.chat_of(network.teacher_2).says("берёза 42"))["text"], "nobody else waits"

    clock.advance(timedelta(minutes=10, seconds=1))
    assert "Отметил" in (await chat.says("берёза 42"))["text"]


async def test_a_link_is_not_guessed_but_the_picture_on_the_screen_counts(
    database: Database, network: SmallNetwork, tg: Telegram, clock: MovableClock, event: OccurrenceId
) -> None:
    chat = tg.chat_of(network.teacher_1)
    for number in range(5):
        forged = qr_payload(event, secret=bytes([number]), at=clock.now())
        assert "не мой" in (await chat.starts(forged))["text"]

    assert "Слишком много" in (await chat.starts(qr_payload(event, secret=b"x", at=clock.now())))["text"]
    assert "Слишком много" in (await chat.says("берёза 42"))["text"], "words and links are counted together"
    assert "Отметил" in (await chat.starts(qr_payload(event, secret=SECRET, at=clock.now())))["text"]


async def test_who_tells_a_story_meanwhile_is_not_barred(
    network: SmallNetwork, tg: Telegram, event: OccurrenceId
) -> None:
    chat = tg.chat_of(network.teacher_1)
    for _ in range(6):
        await chat.says("Коллеги, у меня не открывается презентация, подскажите, пожалуйста, где её можно взять?")

    assert "Отметил" in (await chat.says("берёза 42"))["text"]


async def test_a_forged_picture_and_a_stranger_are_told_what_helps(
    network: SmallNetwork, tg: Telegram, clock: MovableClock, event: OccurrenceId
) -> None:
    forged = qr_payload(event, secret=b"another", at=clock.now())
    assert "не мой" in (await tg.chat_of(network.teacher_1).starts(forged))["text"]
    good = qr_payload(event, secret=SECRET, at=clock.now())
    assert "я вас пока не знаю" in (await tg.chat(999, "Прохожий").starts(good))["text"]


async def test_one_without_an_invitation_is_put_on_the_list_by_the_organiser(
    database: Database, network: SmallNetwork, tg: Telegram, clock: MovableClock, event: OccurrenceId
) -> None:
    payload = qr_payload(event, secret=SECRET, at=clock.now())
    guest = tg.chat_of(network.teacher_4)

    assert "Я передал организатору" in (await guest.starts(payload))["text"]
    await guest.starts(payload)

    async with database.read() as tx:
        told = (await tx._connection.execute(select(notices.c.person_id, notices.c.detail))).all()
    assert [(one.person_id, one.detail["event"]) for one in told if one.detail] == [(network.regional, "guest")]


async def test_what_the_leader_said_is_not_overruled_by_a_word(
    database: Database, network: SmallNetwork, tg: Telegram, clock: MovableClock, event: OccurrenceId
) -> None:
    leader = await actor_of(database, network.regional)
    owed = await assignment(database, event, person=network.teacher_1)
    await mark_attendance(database, actor=leader, assignment_id=owed, state=Attendance.ABSENT, now=clock.now())
    chat = tg.chat_of(network.teacher_1)

    assert "ведущий отметил, что вас не было" in (await chat.says("берёза 42"))["text"]
    assert await attendance_of(database, network, event) is Attendance.ABSENT
    await at_the_card(chat)
    await chat.presses("✋ Я на вебинаре")
    assert "Ведущий отметил вас сам" in chat.toast["text"]


async def test_of_two_events_with_one_word_the_one_going_on_is_meant(
    database: Database, network: SmallNetwork, factory: NetworkFactory, tg: Telegram, clock: MovableClock
) -> None:
    details = EventDetails(code_word="берёза")
    dates = (BEGINS, BEGINS + timedelta(hours=2))
    first, second = (
        await open_event(database, network, title="Вебинар 1–2", dates=dates, details=details, roles=(Role.TEACHER,))
    ).occurrence_ids
    chat = tg.chat_of(network.teacher_1)

    clock.move_to(dates[0])
    await chat.says("берёза")
    clock.move_to(dates[1])
    await chat.says("берёза")

    assert await attendance_of(database, network, first) is Attendance.PRESENT
    assert await attendance_of(database, network, second) is Attendance.PRESENT
