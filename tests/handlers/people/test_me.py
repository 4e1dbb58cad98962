"""/me: what is stored is shown, changed, exported, and taken away at once."""

from __future__ import annotations

import json

import pytest

from bot.domain.network import Reach
from storage.database import Database
from tests.driver import Telegram, labels
from tests.factories import SmallNetwork, account_of
from tests.handlers.people.conftest import OWNER


async def test_everything_stored_is_shown(tg: Telegram, network: SmallNetwork) -> None:
    me = await tg.chat_of(network.coordinator_4).says("/me")
    for fact in (
        "Ушаков Олег Юрьевич",
        "Школа № 4 г. Тынды – координатор",
        "МСК+6 · Якутск (по вашей школе)",
        "с 21:00 до 08:00",
        "от 07.09.2026, редакция 1",
        "Права: видите и меняете – Школа № 4 г. Тынды",
    ):
        assert fact in me["text"]


async def test_the_name_is_changed_by_typing_it(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    chat = tg.chat_of(network.teacher_1)
    await chat.says("/me")
    await chat.presses("Изменить имя")
    assert "два слова" in (await chat.says("Петрова"))["text"]
    assert "Петрова Дарья" in (await chat.says("Петрова Дарья"))["text"]
    assert "Петрова Дарья" in (await chat.presses("‹ Назад"))["text"]


async def test_cancel_leaves_the_name_alone(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    chat = tg.chat_of(network.teacher_1)
    await chat.says("/me")
    await chat.presses("Изменить имя")
    await chat.presses("Отмена")
    await chat.says("Петрова Дарья")
    async with database.read() as tx:
        person = await tx.people.get(network.teacher_1)
    assert person is not None
    assert person.full_name == "Смирнова Дарья Павловна"


async def test_the_zone_is_chosen_and_given_back(tg: Telegram, network: SmallNetwork) -> None:
    chat = tg.chat_of(network.teacher_1)
    await chat.says("/me")
    await chat.presses("Часовой пояс")
    assert "МСК+4 · Красноярск (вы выбрали сами)" in (await chat.presses("МСК+4 · Красноярск"))["text"]
    await chat.presses("Часовой пояс")
    assert "МСК · Москва (по вашей школе)" in (await chat.presses("Как у всех рядом"))["text"]


async def test_quiet_hours_are_never_off(tg: Telegram, network: SmallNetwork) -> None:
    chat = tg.chat_of(network.teacher_1)
    await chat.says("/me")
    offered = await chat.presses("Тихие часы")
    assert labels(offered) == ["20:00–08:00", "21:00–08:00", "22:00–07:00", "Отмена"]
    assert "с 22:00 до 07:00" in (await chat.presses("22:00–07:00"))["text"]


async def test_the_export_is_a_file_with_everything(tg: Telegram, network: SmallNetwork) -> None:
    chat = tg.chat_of(network.teacher_1)
    await chat.says("/me")
    sent = await chat.presses("Скачать данные")
    assert sent["document"]["file_name"] == "my_data.json"
    file = await tg.bot.get_file(sent["document"]["file_id"])
    assert file.file_path is not None
    content = await tg.bot.download_file(file.file_path)
    assert content is not None
    data = json.loads(content.read())
    assert data["person"][0]["full_name"] == "Смирнова Дарья Павловна"
    assert data["memberships"][0]["unit"] == "Школа № 1 г. Суздаля"
    assert data["accounts"][0]["external_id"] == account_of(network.teacher_1)


async def test_leaving_takes_one_more_tap_and_works_at_once(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    chat = tg.chat_of(network.teacher_1)
    await chat.says("/me")
    await chat.presses("Выйти")
    assert "Напоминаний больше не будет" in (await chat.presses("Да, выйти"))["text"]
    async with database.read() as tx:
        assert await tx.memberships.of_person(network.teacher_1) == []
    assert "не состоите" in (await chat.starts())["text"]


async def test_who_is_erased_is_a_stranger(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    chat = tg.chat_of(network.teacher_1)
    await chat.says("/me")
    await chat.presses("Удалить мои данные")
    assert "мы незнакомы" in (await chat.presses("Да, удалить всё"))["text"]
    async with database.read() as tx:
        assert await tx.people.get(network.teacher_1) is None
        assert await tx.people.by_account(account_of(network.teacher_1)) is None
    assert "нажмите /start" in (await chat.says("/me"))["text"]
    assert "найдите свою школу" in (await chat.starts())["text"]


async def test_second_thoughts_about_erasing_keep_everything(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    chat = tg.chat_of(network.teacher_1)
    await chat.says("/me")
    await chat.presses("Удалить мои данные")
    assert "Смирнова Дарья Павловна" in (await chat.presses("Отмена"))["text"]


async def test_a_stranger_has_no_me(tg: Telegram, network: SmallNetwork) -> None:
    assert "нажмите /start" in (await tg.chat(5001).says("/me"))["text"]


@pytest.mark.parametrize(
    ("who", "shown", "hidden"),
    [
        ("teacher_1", ["/my", "/me", "/help"], ["/people", "/network"]),
        ("coordinator_1", ["/my", "/people", "/invite", "/network"], []),
    ],
)
async def test_help_lists_what_one_may_use(
    tg: Telegram, network: SmallNetwork, who: str, shown: list[str], hidden: list[str]
) -> None:
    text = (await tg.chat_of(getattr(network, who)).says("/help"))["text"]
    assert [command for command in shown if command not in text] == []
    assert [command for command in hidden if command in text] == []


async def test_blocking_and_coming_back_are_noticed(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    chat = tg.chat_of(network.teacher_1)
    tg.sandbox.block(chat.id)
    await tg.settle()
    async with database.read() as tx:
        person = await tx.people.get(network.teacher_1)
    assert person is not None
    assert person.reach is Reach.BLOCKED
    coordinator = tg.chat_of(network.coordinator_1)
    assert "⚠ Смирнова Дарья Павловна · педагог" in labels(await coordinator.says("/people"))
    tg.sandbox.unblock(chat.id)
    await tg.settle()
    assert "✓ Смирнова Дарья Павловна · педагог" in labels(await coordinator.says("/people"))


async def test_blocking_by_a_stranger_changes_nothing(tg: Telegram, network: SmallNetwork) -> None:
    chat = tg.chat(OWNER)
    await chat.starts()
    tg.sandbox.block(chat.id)
    await tg.settle()
