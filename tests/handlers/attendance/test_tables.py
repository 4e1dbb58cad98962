"""A platform's list through the chat: nothing is written before «Применить», and a second file adds."""

from __future__ import annotations

import pytest

from bot.domain.events import Attendance
from bot.domain.ids import OccurrenceId
from storage.database import Database
from tests.driver import Chat, Message, Telegram, labels
from tests.factories import NetworkFactory, SmallNetwork
from tests.handlers.attendance.test_leading import at_the_sheet, state_of

FILE = "Участник;Минут\nСмирнова Дарья;50\nКотов;40\nГость;5\n".encode()


async def sent(chat: Chat, data: bytes = FILE, name: str = "участники.csv") -> Message:
    await at_the_sheet(chat)
    await chat.presses("📎 Загрузить список с площадки")
    return await chat.sends(name, data)


async def test_a_list_is_looked_at_cleared_and_applied(
    database: Database, network: SmallNetwork, tg: Telegram, event: OccurrenceId
) -> None:
    chat = tg.chat_of(network.regional)

    preview = await sent(chat)
    assert "узнал и отмечу: 1" in preview["text"]
    assert "под вопросом: 1" in preview["text"]
    assert "нет среди приглашённых: 1 (Гость)" in preview["text"]
    assert "Пока ничего не записано" in preview["text"]
    assert await state_of(database, event, network.teacher_1) is None

    doubt = await chat.presses("❓ Разобрать: 1")
    assert "В файле: Котов, 40 мин" in doubt["text"]
    assert "1. Котов Глеб Романович – Школа № 2 г. Суздаля" in doubt["text"]
    cleared = await chat.presses("1. Котов Глеб Романович")
    assert "узнал и отмечу: 2" in cleared["text"]
    done = await chat.presses("✅ Применить: 2")

    assert "Записал, что были: 2." in done["text"]
    assert await state_of(database, event, network.teacher_1) is Attendance.PRESENT
    assert await state_of(database, event, network.teacher_2) is Attendance.PRESENT
    await chat.presses("✋ Кто был")
    assert "были 2" in chat.last["text"]


async def test_who_stayed_too_short_is_left_out(
    database: Database, network: SmallNetwork, tg: Telegram, event: OccurrenceId
) -> None:
    chat = tg.chat_of(network.regional)
    await sent(chat, "Участник;Минут\nСмирнова Дарья;50\nКотов Глеб;9\n".encode())

    short = await chat.presses("⏱ Не меньше: любое время")

    assert "были меньше 10 мин: 1" in short["text"]
    await chat.presses("✅ Применить: 1")
    assert await state_of(database, event, network.teacher_2) is None


async def test_a_second_file_adds_before_and_after_applying(
    database: Database, network: SmallNetwork, tg: Telegram, event: OccurrenceId
) -> None:
    chat = tg.chat_of(network.regional)
    await sent(chat, "Участник\nСмирнова Дарья\n".encode())
    both = await chat.sends("вторая.csv", b"Name\nKotov Gleb\n")
    assert "узнал и отмечу: 2" in both["text"]
    await chat.presses("✅ Применить: 2")

    await chat.presses("📎 Загрузить ещё один")
    again = await chat.sends("третья.csv", b"Name\nKotov Gleb\n")

    assert "уже отмечены: 1" in again["text"]
    assert "Новых отметок нет" in again["text"]
    assert await state_of(database, event, network.teacher_1) is Attendance.PRESENT, "not in the file, and still there"


async def test_a_doubt_can_be_nobody_or_left_for_later(
    database: Database, network: SmallNetwork, factory: NetworkFactory, tg: Telegram, event: OccurrenceId
) -> None:
    chat = tg.chat_of(network.regional)
    await sent(chat, "Участник\nКотов\nСмирнова\n".encode())
    await chat.presses("❓ Разобрать: 2")
    assert "В файле: Смирнова" in (await chat.presses("Следующий ›"))["text"]
    left = await chat.presses("Нет в списке")

    assert "В файле: Котов" in left["text"]
    assert "Осталось разобрать: 1" in left["text"]
    summed = await chat.presses("‹ К итогу")
    assert "✅ Применить" not in " ".join(labels(summed))


async def test_what_the_leader_has_said_stays(
    database: Database, network: SmallNetwork, tg: Telegram, event: OccurrenceId
) -> None:
    chat = tg.chat_of(network.regional)
    await at_the_sheet(chat)
    await chat.presses("📝 Отметить")
    await chat.presses("▫️ Смирнова Д. П.")
    await chat.presses("✅ Смирнова Д. П.")

    preview = await sent(chat)

    assert "ведущий отметил иначе: 1" in preview["text"]
    assert await state_of(database, event, network.teacher_1) is Attendance.ABSENT


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("отчёт.pdf", b"%PDF-1.7", "Нужен файл .csv или .xlsx"),
        ("цены.csv", "Товар;Цена\nСтол;100\n".encode(), "Не нашёл в файле столбца с именами"),
        ("пусто.xlsx", b"PK\x03\x04", "повреждён"),
        ("пусто.csv", b" ", "Файл пуст"),
        ("каша.csv", b"\xff\xfe\x00", "Скачайте список с площадки ещё раз"),
    ],
)
async def test_a_file_that_is_no_list_is_refused_in_words_and_another_may_follow(
    network: SmallNetwork, tg: Telegram, event: OccurrenceId, name: str, data: bytes, words: str
) -> None:
    chat = tg.chat_of(network.regional)

    assert words in (await sent(chat, data, name))["text"]
    assert "узнал и отмечу: 1" in (await chat.sends("участники.csv", FILE))["text"]


async def test_text_in_place_of_a_file_and_leaving(
    database: Database, network: SmallNetwork, tg: Telegram, event: OccurrenceId
) -> None:
    chat = tg.chat_of(network.regional)
    await sent(chat)
    assert "Жду файл" in (await chat.says("Котов"))["text"]

    await chat.presses("Отмена")

    assert "ничего не записано" in chat.toast["text"]
    assert await state_of(database, event, network.teacher_1) is None


async def test_a_button_of_a_list_that_was_left_says_so(
    database: Database, network: SmallNetwork, tg: Telegram, event: OccurrenceId
) -> None:
    chat = tg.chat_of(network.regional)
    old = await sent(chat)
    await chat.says("/my")

    await chat.presses("✅ Применить: 1", on=old)

    assert "от прошлого файла" in chat.toast["text"]
    assert await state_of(database, event, network.teacher_1) is None
