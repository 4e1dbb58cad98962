"""What somebody writes outside a dialogue is kept until he says what it is about, and reaches a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.config import Settings
from handlers.threads.callbacks import DropWords
from storage.database import Database
from tests.driver import Chat, Telegram, labels
from tests.factories import NetworkFactory, SmallNetwork, account_of
from tests.handlers.threads.talking import (
    PHOTO,
    about,
    change,
    column,
    deliver,
    forged,
    sends,
    texts,
)
from tests.opening import open_task


class TestWrittenOutsideADialogue:
    async def test_it_is_asked_what_it_is_about_and_nothing_is_retyped(
        self, tg: Telegram, database: Database, clock: MovableClock, network: SmallNetwork
    ) -> None:
        await open_task(database, network)
        chat = tg.chat_of(network.coordinator_1)
        asked = await chat.says("Не успеваем, что делать?")
        assert labels(asked) == ["📌 Провести родительские собрания", "🗂 Другое", "Это не вопрос, отмена"]
        assert "«Не успеваем, что делать?»" in asked["text"]
        assert "Передал координатору" in (await chat.presses("📌 Провести родительские собрания"))["text"]
        await deliver(tg, database, clock)
        told = tg.chat_of(network.municipal).last["text"]
        assert told.startswith("💬 Школа № 1 г. Суздаля\n📌 Провести родительские собрания")
        assert "Не успеваем, что делать?" in told

    async def test_a_teachers_words_reach_the_coordinator_of_his_school(
        self, tg: Telegram, database: Database, clock: MovableClock, network: SmallNetwork
    ) -> None:
        chat = tg.chat_of(network.teacher_1)
        await about(chat, "Когда курсы?", "Другое")
        await deliver(tg, database, clock)
        told = tg.chat_of(network.coordinator_1).last["text"]
        assert told.startswith("💬 Школа № 1 г. Суздаля, Смирнова Д. П.\n🗂 Общий вопрос")

    async def test_several_messages_and_an_album_are_one_question(
        self, tg: Telegram, database: Database, clock: MovableClock, network: SmallNetwork, database_file: Path
    ) -> None:
        chat = tg.chat_of(network.teacher_1)
        await chat.says("Здравствуйте!")
        asked = await sends(tg, chat, photo=PHOTO, caption="Это нам?", media_group_id="7")
        count = len(chat.messages)
        await sends(tg, chat, photo=PHOTO, media_group_id="7")
        assert len(chat.messages) == count, "the rest of an album asks nothing anew"
        assert "и ещё сообщений: 1" in asked["text"]
        await chat.presses("🗂 Другое")
        assert texts(database_file) == ["Здравствуйте!", "Это нам?", None]
        await deliver(tg, database, clock)
        assert labels(tg.chat_of(network.coordinator_1).last).count("📎 Фото") == 2

    async def test_it_may_belong_to_an_open_thread_of_either_side(
        self, tg: Telegram, database: Database, database_file: Path, asked: tuple[Chat, Chat]
    ) -> None:
        _, above = asked
        question = await above.says("Электрик будет в пять")
        label = "💬 Школа № 1 г. Суздаля: Провести…"
        assert label in labels(question)
        await above.presses(label)
        assert column(database_file, "SELECT text FROM thread_messages WHERE is_from_above = 1") == [
            "Электрик будет в пять"
        ]

    async def test_a_command_in_between_loses_nothing(
        self, tg: Telegram, network: SmallNetwork, database_file: Path
    ) -> None:
        chat = tg.chat_of(network.teacher_1)
        asked = await chat.says("Когда курсы?")
        await chat.says("/my")
        assert "не выбрали, о чём это: 1" in (await chat.says("/questions"))["text"]
        await chat.presses("🗂 Другое", on=asked)
        assert column(database_file, "SELECT state FROM threads") == ["open"]
        assert "уже передано" in (await forged(tg, chat, DropWords(draft=1).pack()))["text"]

    async def test_what_is_no_question_is_forgotten(
        self, tg: Telegram, network: SmallNetwork, database_file: Path
    ) -> None:
        chat = tg.chat_of(network.teacher_1)
        await chat.says("Мы ещё думаем")
        await chat.presses("Это не вопрос, отмена")
        assert texts(database_file) == []

    async def test_thanks_ask_nothing_and_are_kept_out_of_what_waits(
        self, tg: Telegram, network: SmallNetwork, database_file: Path
    ) -> None:
        chat = tg.chat_of(network.teacher_1)
        await chat.says("Когда курсы?")
        thanked = await chat.says("Спасибо!")
        assert "Никому не передаю" in thanked["text"]
        assert labels(thanked) == []
        assert texts(database_file) == ["Когда курсы?"]

    async def test_a_plan_that_a_coordinator_pastes_is_a_document_still(
        self, tg: Telegram, network: SmallNetwork, database_file: Path
    ) -> None:
        tg.dispatcher["read_file"] = _reads_nothing
        chat = tg.chat_of(network.municipal)
        with pytest.raises(NotImplementedError, match="a document"):
            await chat.says("1. Сдать отчёт – до 15 октября\n2. Провести сбор – до 20 октября")
        assert texts(database_file) == []

    async def test_a_file_that_is_no_document_is_refused_and_may_be_meant_for_somebody(
        self, tg: Telegram, network: SmallNetwork
    ) -> None:
        tg.dispatcher["read_file"] = _reads_nothing
        chat = tg.chat_of(network.municipal)
        asked = await chat.sends("архив.zip", b"PK")
        assert "Такие файлы я не читаю" in asked["text"], "in one message with what it may be about"
        assert "«архив.zip»" in asked["text"]
        top = tg.chat_of(network.regional)
        assert "Такие файлы я не читаю" in (await top.sends("архив.zip", b"PK"))["text"], "above him is nobody to ask"

    async def test_where_nobody_stands_above_the_owner_hears_it(
        self, tg: Telegram, database: Database, clock: MovableClock, network: SmallNetwork, factory: NetworkFactory,
        settings: Settings,
    ) -> None:  # fmt: skip
        owner = factory.person("Владелец Олег Олегович")
        settings.owner_ids = frozenset({account_of(owner)})
        await about(tg.chat_of(network.regional), "Кому сдавать отчёт?", "Другое")
        await deliver(tg, database, clock)
        chat = tg.chat_of(owner)
        assert "Кому сдавать отчёт?" in chat.last["text"]
        assert "Вопросы: 1\nЖдут вашего ответа: 1" in (await chat.says("/questions"))["text"]

    async def test_where_nobody_can_be_reached_he_is_told_so(
        self, tg: Telegram, network: SmallNetwork, database_file: Path
    ) -> None:
        assert "Передать это некому" in (await tg.chat_of(network.regional).says("Вопрос"))["text"]
        assert texts(database_file) == []

    async def test_what_cannot_be_passed_on_is_named(self, tg: Telegram, network: SmallNetwork) -> None:
        contact = {"phone_number": "+70000000000", "first_name": "Анна"}
        said = await sends(tg, tg.chat_of(network.teacher_1), contact=contact)
        assert "Такое передать не получится" in said["text"]


async def test_who_stands_in_no_unit_asks_the_owner(
    tg: Telegram, database: Database, clock: MovableClock, factory: NetworkFactory, settings: Settings
) -> None:
    owner, guest = factory.person("Владелец Олег Олегович"), factory.person("Пак Ян Львович")
    settings.owner_ids = frozenset({account_of(owner)})
    await about(tg.chat_of(guest), "К какой школе мне?", "Другое")
    await deliver(tg, database, clock)
    chat = tg.chat_of(owner)
    assert chat.last["text"].startswith("💬 Вне школ, Пак Я. Л.")
    await chat.says("К пятой", reply_to=chat.last)
    await deliver(tg, database, clock)
    assert "К пятой" in tg.chat_of(guest).last["text"]


async def _reads_nothing(*_: object, **__: object) -> None:
    raise NotImplementedError("a document is read")


async def test_where_it_can_go_no_more_it_is_kept_and_asked_for_anew(
    tg: Telegram, network: SmallNetwork, database_file: Path, asked: tuple[Chat, Chat]
) -> None:
    """The question was open when the buttons were shown; then he left the school that had asked it."""
    below, _ = asked
    await below.says("Свет дали")
    moved = f"SET unit_id = {network.school_2} WHERE person_id = {network.coordinator_1}"
    change(database_file, f"UPDATE memberships {moved}")
    await below.presses("💬 Провести родительские собрания")
    assert "Написанное сохранено" in below.toast["text"]
    assert "Свет дали" in below.last["text"]
    await below.presses("🗂 Другое")
    assert column(database_file, "SELECT text FROM thread_messages ORDER BY id") == ["Нет света", "Свет дали"]
    assert column(database_file, "SELECT state FROM threads ORDER BY id") == ["open", "open"]
