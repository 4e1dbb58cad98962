"""«После события» through the chat: the organiser hands out and reads, those invited answer, fetch and look back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.clock import MovableClock
from bot.config import Settings
from bot.domain.afterwards import Receivers
from bot.domain.calendar import WorkCalendar
from bot.domain.events import Attendance, EventDetails
from bot.domain.ids import OccurrenceId
from bot.file_making import attendance_file, certificate_file, series_file, sign_list_file
from bot.services.give_feedback import ask_feedback
from bot.services.mark_attendance import mark_attendance
from handlers.notices.composing import Composer
from handlers.webinars.afterwards_callbacks import GetCertificate, SendMaterials, ShowAfterwards, ShowMissed
from storage.database import Database
from storage.tables import notices
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.driver import Chat, Telegram, labels, telegram
from tests.factories import SmallNetwork
from tests.opening import assignment, open_event

BEGINS = MONDAY + timedelta(days=3)
OVER = BEGINS + timedelta(hours=2)


@pytest.fixture
async def tg(database: Database, clock: MovableClock, settings: Settings) -> AsyncIterator[Telegram]:
    async with telegram(
        database,
        clock,
        settings,
        attendance_file=attendance_file,
        sign_list_file=sign_list_file,
        certificate_file=certificate_file,
        series_file=series_file,
    ) as tg:
        yield tg


@pytest.fixture
async def event(database: Database, network: SmallNetwork, clock: MovableClock) -> OccurrenceId:
    """Two webinars of a series; the first is over and the first teacher was there."""
    details = EventDetails(gives_certificate=True)
    days = (BEGINS, BEGINS + timedelta(days=7))
    opened = await open_event(database, network, dates=days, title="Вебинар 1–2", details=details)
    clock.move_to(OVER)
    await mark_attendance(
        database,
        actor=await actor_of(database, network.regional),
        assignment_id=await assignment(database, opened.occurrence_id, person=network.teacher_1),
        state=Attendance.PRESENT,
        now=OVER,
    )
    return opened.occurrence_id


async def deliver(database: Database, clock: MovableClock, tg: Telegram, prefix: str) -> int:
    """Sends what waits under that key, as the sender would; returns how many messages there was something to say in."""
    async with database.write() as tx:
        await tx._connection.execute(notices.delete().where(notices.c.key.not_like(f"{prefix}:%")))
        claim = await tx.notices.claim(50, now=clock.now(), days=WorkCalendar())
    composed = await Composer(database, clock, without_personal_data=False)(claim.to_send)
    sent = 0
    for due in claim.to_send:
        message = composed[due.notice.id]
        if message is not None:
            await tg.bot.send_message(due.account, message.text, reply_markup=message.keyboard)  # type: ignore[arg-type]  # plain data
            sent += 1
    return sent


async def older(tg: Telegram, chat: Chat, data: CallbackData) -> None:
    """An old message with this button in it is pressed."""
    button = InlineKeyboardButton(text="старая кнопка", callback_data=data.pack())
    await tg.bot.send_message(chat.id, "раньше", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]]))
    await chat.presses("старая кнопка")


async def opened(chat: Chat, event: OccurrenceId) -> dict[str, object]:
    """The organiser's screen, by way of /webinars."""
    await chat.presses(labels(await chat.says("/webinars"))[0])
    return await chat.presses("📼 После события")


async def test_the_recording_is_added_sent_and_fetched(
    database: Database, network: SmallNetwork, clock: MovableClock, tg: Telegram, event: OccurrenceId
) -> None:
    chat = tg.chat_of(network.regional)
    empty = await opened(chat, event)
    assert "Записи и материалов пока нет" in str(empty["text"])
    await chat.presses("➕ Добавить запись или файл")
    assert "Не нашёл в сообщении ссылки" in (await chat.says("просто слова"))["text"]
    assert "Добавил: Запись" in (await chat.says("Запись https://example.org/video"))["text"]
    assert "уже добавлено" in (await chat.says("Запись https://example.org/video"))["text"]
    await chat.sends("slides.pdf", b"%PDF-1.4")
    screen = await chat.presses("‹ Назад")
    assert "1. Запись" in screen["text"]
    assert "📤 Отправить всем: 2" in labels(screen)

    sure = await chat.presses("📤 Отправить всем: 2")
    assert "всем приглашённым: 2 человека?" in sure["text"]
    done = await chat.presses("Да, отправить")
    assert chat.toast["text"] == "Отправляю: 2 людям."
    assert "это уже получили" in done["text"]
    older_button = SendMaterials(occurrence=event, to=Receivers.ALL, is_sure=True)
    await older(tg, chat, older_button)
    assert "все уже получили" in chat.toast["text"]

    for person in (network.teacher_1, network.teacher_2):
        tg.chat_of(person)
    assert await deliver(database, clock, tg, "materials") == 2
    teacher = tg.chat_of(network.teacher_2)
    assert "запись и материалы" in teacher.last["text"]
    file = await teacher.presses("📎 slides.pdf")
    assert file["document"]["file_name"] == "slides.pdf"


async def test_who_was_there_rates_with_one_tap_and_adds_a_line(
    database: Database, network: SmallNetwork, clock: MovableClock, tg: Telegram, event: OccurrenceId
) -> None:
    teacher = tg.chat_of(network.teacher_1)
    assert await ask_feedback(database, now=clock.now()) == 1
    assert await deliver(database, clock, tg, "feedback") == 1
    assert "Насколько было полезно" in teacher.last["text"]

    asked = await teacher.presses("4 ⭐")
    assert "Ваша оценка: 4 из 5" in asked["text"]
    assert "до 500 знаков" in (await teacher.says("я" * 501))["text"]
    assert "Передал организатору" in (await teacher.says("Больше примеров"))["text"]

    chat = tg.chat_of(network.regional)
    assert "4,0 из 5 · ответили 1 из 1" in str((await opened(chat, event))["text"])
    feedback = await chat.presses("⭐ Отзывы")
    assert "4 ⭐ Больше примеров" in feedback["text"]
    table = await chat.presses("📊 Список .xlsx")
    assert table["document"]["file_name"] == "Явка 10.09.2026.xlsx"


async def test_the_line_can_be_left_out(
    database: Database, network: SmallNetwork, clock: MovableClock, tg: Telegram, event: OccurrenceId
) -> None:
    teacher = tg.chat_of(network.teacher_1)
    await ask_feedback(database, now=clock.now())
    await deliver(database, clock, tg, "feedback")
    await teacher.presses("5 ⭐")

    thanks = await teacher.presses("Пропустить")

    assert "Ваша оценка «Вебинар 1»: 5 из 5" in thanks["text"]
    assert labels(thanks) == ["📜 Сертификат"]


async def test_a_question_is_not_sent_to_one_whose_mark_was_taken_back(
    database: Database, network: SmallNetwork, clock: MovableClock, tg: Telegram, event: OccurrenceId
) -> None:
    await ask_feedback(database, now=clock.now())
    await mark_attendance(
        database,
        actor=await actor_of(database, network.regional),
        assignment_id=await assignment(database, event, person=network.teacher_1),
        state=None,
        now=OVER,
    )

    assert await deliver(database, clock, tg, "feedback") == 0


async def test_a_certificate_is_a_file_by_one_tap_on_the_card(
    network: SmallNetwork, tg: Telegram, database: Database, event: OccurrenceId
) -> None:
    his = await assignment(database, event, person=network.teacher_1)
    teacher = tg.chat_of(network.teacher_1)
    await older(tg, teacher, GetCertificate(assignment=his))

    assert teacher.last["document"]["file_name"] == "Сертификат 10.09.2026.docx"


async def test_the_organiser_chooses_a_pdf_and_the_first_kind_again(
    network: SmallNetwork, tg: Telegram, database: Database, event: OccurrenceId
) -> None:
    chat = tg.chat_of(network.regional)
    await opened(chat, event)
    chosen = await chat.presses("📜 Выдавать сертификаты в .pdf")
    assert "файл .pdf" in chosen["text"]
    his = await assignment(database, event, person=network.teacher_1)
    teacher = tg.chat_of(network.teacher_1)

    await older(tg, teacher, GetCertificate(assignment=his))
    assert teacher.last["document"]["file_name"] == "Сертификат 10.09.2026.pdf"

    await chat.presses("📜 Выдавать сертификаты в .docx")
    await older(tg, teacher, GetCertificate(assignment=his))
    assert teacher.last["document"]["file_name"] == "Сертификат 10.09.2026.docx"


async def test_no_certificate_for_one_who_is_not_marked(
    network: SmallNetwork, tg: Telegram, database: Database, event: OccurrenceId
) -> None:
    his = await assignment(database, event, person=network.teacher_2)
    teacher = tg.chat_of(network.teacher_2)

    await older(tg, teacher, GetCertificate(assignment=his))

    assert "тем, кто отмечен" in teacher.toast["text"]


async def test_the_list_for_signature_says_that_it_would_be_empty(
    database: Database, network: SmallNetwork, tg: Telegram, event: OccurrenceId
) -> None:
    chat = tg.chat_of(network.regional)
    await opened(chat, event)
    await chat.presses("🖊 Лист регистрации")
    assert chat.last["document"]["file_name"] == "Лист регистрации 10.09.2026.docx", "the one who was there"

    await mark_attendance(
        database,
        actor=await actor_of(database, network.regional),
        assignment_id=await assignment(database, event, person=network.teacher_1),
        state=None,
        now=OVER,
    )
    await chat.presses("🖊 Лист регистрации")
    assert "лист был бы пустым" in chat.toast["text"]


async def test_a_series_is_seen_whole_and_one_sees_what_he_missed(
    database: Database, network: SmallNetwork, tg: Telegram, event: OccurrenceId
) -> None:
    chat = tg.chat_of(network.regional)
    await opened(chat, event)
    series = await chat.presses("📚 Вся серия")
    assert "Прошло 1 из 2" in series["text"]
    assert "10.09.2026 – Вебинар 1: были 1 из 2" in series["text"]
    assert "на 1 из 1: 1 чел." in series["text"]
    assert (await chat.presses("📊 Явка по серии .xlsx"))["document"]["file_name"].startswith("Явка по серии")

    teacher = tg.chat_of(network.teacher_2)
    await older(tg, teacher, ShowMissed())
    assert "Вебинар 1, 10.09.2026\nзаписи пока нет" in teacher.last["text"]


async def test_the_switches_change_what_is_asked_and_given(
    network: SmallNetwork, tg: Telegram, event: OccurrenceId
) -> None:
    chat = tg.chat_of(network.regional)
    await opened(chat, event)

    off = await chat.presses("⭐ Не спрашивать отзыв")
    none = await chat.presses("📜 Не выдавать сертификаты")

    assert "Отзывы: не спрашиваем" in off["text"]
    assert "Сертификаты: не выдаём" in none["text"]


async def test_a_button_of_another_part_of_the_network_is_refused_politely(
    network: SmallNetwork, tg: Telegram, event: OccurrenceId
) -> None:
    chat = tg.chat_of(network.amur_regional)

    await older(tg, chat, ShowAfterwards(occurrence=event))

    assert chat.toast["text"]
    assert "Вебинар 1" not in chat.last["text"]
