"""A question goes up, the answer comes down, and nothing of it is lost on the way."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import MovableClock
from handlers.threads.callbacks import CloseWithoutWords, WriteThread
from storage.database import Database
from tests.driver import Chat, Telegram, labels
from tests.factories import SmallNetwork
from tests.handlers.threads.talking import (
    PHOTO,
    VOICE,
    column,
    deliver,
    forged,
    message_with,
    problem,
    sends,
    texts,
)
from tests.opening import assignment, open_task


async def test_the_coordinator_above_reads_whose_problem_it_is_about_what_and_what_he_can_do(
    asked: tuple[Chat, Chat],
) -> None:
    below, above = asked
    assert "Передал координатору" in below.last["text"]
    told = above.last["text"]
    assert "⚠️ Школа № 1 г. Суздаля, Зимина А. О.: есть проблема" in told
    assert "📌 Провести родительские собрания" in told
    assert "Срок: понедельник, 14 сентября" in told
    assert "Нет света" in told
    assert labels(above.last) == [
        "✍️ Ответить",
        "✅ Закрыть",
        "💬 Вся переписка",
        "📊 Сводка по этому делу",
    ]


async def test_an_answer_comes_back_with_what_it_answers(
    tg: Telegram, database: Database, clock: MovableClock, asked: tuple[Chat, Chat]
) -> None:
    below, above = asked
    question = await above.presses("✍️ Ответить")
    assert "Школа № 1 г. Суздаля" in question["text"]
    assert "Передал: Школа № 1" in (await above.says("Пришлём электрика"))["text"]
    await deliver(tg, database, clock)
    told = below.last["text"]
    assert told.startswith("💬 Переписка с координатором\n📌 Провести родительские собрания")
    assert "↩️ Зимина А. О.: Нет света" in told
    assert "Белов П. А., 7 сент., 12:00\nПришлём электрика" in told
    assert labels(below.last) == ["✍️ Ответить", "💬 Вся переписка", "📌 К делу"]
    assert "Ваш ответ" in (await below.presses("📌 К делу"))["text"] or "Ответ школы" in below.last["text"]


async def test_the_messengers_own_reply_goes_on_in_the_thread_and_comments_on_nothing(
    tg: Telegram, database: Database, clock: MovableClock, database_file: Path, asked: tuple[Chat, Chat]
) -> None:
    below, above = asked
    assert "Передал: Школа № 1" in (await above.says("Когда починят?", reply_to=above.last))["text"]
    await deliver(tg, database, clock)
    assert "Передал координатору" in (await below.says("Завтра", reply_to=below.last))["text"]
    assert texts(database_file) == ["Нет света", "Когда починят?", "Завтра"]
    assert column(database_file, "SELECT text FROM replies") == ["Нет света"]


async def test_a_photo_a_voice_and_a_document_go_both_ways_with_their_words(
    tg: Telegram, database: Database, clock: MovableClock, asked: tuple[Chat, Chat]
) -> None:
    below, above = asked
    await above.presses("✍️ Ответить")
    await above.sends("приказ.pdf", b"%PDF")
    await deliver(tg, database, clock)
    assert "📎 приказ.pdf" in labels(below.last)
    await below.presses("📎 приказ.pdf")
    assert below.last["document"]["file_name"] == "приказ.pdf"
    assert below.last["caption"].startswith("Белов П. А., 7 сент., 12:00")
    await below.presses("✍️ Ответить")
    await sends(tg, below, photo=PHOTO, caption="Вот щиток")
    await below.presses("✍️ Ответить", on=message_with(below, "✍️ Ответить"))
    await sends(tg, below, voice=VOICE)
    assert await deliver(tg, database, clock) == 1, "what has waited comes as one message"
    assert "Вот щиток" in above.last["text"]
    assert labels(above.last)[2:4] == ["📎 Фото", "📎 Голосовое сообщение"]


async def test_several_messages_that_wait_for_the_morning_come_as_one_and_the_writer_hears_when(
    tg: Telegram, database: Database, clock: MovableClock, network: SmallNetwork
) -> None:
    clock.advance(timedelta(hours=10))  # 22:00 in Moscow
    below = await problem(tg, database, network)
    assert "доставлю завтра в 08:00" in below.last["text"]
    whole = await below.presses("💬 Вся переписка")
    await below.presses("✍️ Ответить", on=whole)
    assert "доставлю завтра в 08:00" in (await below.says("И воды нет"))["text"]
    assert await deliver(tg, database, clock) == 0, "the night is quiet"
    clock.advance(timedelta(hours=10))
    assert await deliver(tg, database, clock) == 1
    told = tg.chat_of(network.municipal).last["text"]
    assert told.index("Нет света") < told.index("И воды нет")


async def test_the_same_update_handled_again_writes_once(
    tg: Telegram, database: Database, clock: MovableClock, database_file: Path, asked: tuple[Chat, Chat]
) -> None:
    below, above = asked
    reply_to = {**above.last, "from": {"id": 1, "is_bot": True, "first_name": "Вестовой"}}
    await sends(tg, above, times=2, text="Ждите", reply_to_message=reply_to)
    assert texts(database_file) == ["Нет света", "Ждите"]
    assert await deliver(tg, database, clock) == 1
    assert "Ждите" in below.last["text"]


class TestClosing:
    async def test_it_is_closed_with_a_word_and_opened_again_by_a_button(
        self, tg: Telegram, database: Database, clock: MovableClock, database_file: Path, asked: tuple[Chat, Chat]
    ) -> None:
        below, above = asked
        await above.presses("✅ Закрыть")
        assert "Школа № 1 г. Суздаля узнает об этом" in (await above.says("Свет дали"))["text"]
        await deliver(tg, database, clock)
        assert "Свет дали" in below.last["text"]
        assert below.last["text"].endswith("✅ Вопрос закрыт.")
        await below.presses("🔄 Вопрос не решён")
        assert "Передал координатору" in (await below.says("Опять погас"))["text"]
        assert column(database_file, "SELECT state FROM threads") == ["open"]
        await deliver(tg, database, clock)
        assert "Опять погас" in above.last["text"]
        acts = column(database_file, "SELECT act FROM audit WHERE act LIKE 'thread%' ORDER BY id")
        assert acts == ["thread opened", "thread closed", "thread reopened"]

    async def test_it_is_closed_without_a_word_and_told_all_the_same(
        self, tg: Telegram, database: Database, clock: MovableClock, asked: tuple[Chat, Chat]
    ) -> None:
        below, above = asked
        await above.presses("✅ Закрыть")
        await above.presses("Закрыть без слов")
        await deliver(tg, database, clock)
        assert below.last["text"].endswith("✅ Вопрос закрыт.")

    async def test_what_is_written_after_closing_reaches_the_school_though_the_closing_waits_for_the_morning(
        self, tg: Telegram, database: Database, clock: MovableClock, asked: tuple[Chat, Chat]
    ) -> None:
        below, above = asked
        clock.advance(timedelta(hours=10))  # 22:00 in Moscow
        await above.presses("✅ Закрыть")
        await above.presses("Закрыть без слов")
        await forged(tg, above, WriteThread(thread=1, is_reopening=True).pack())
        await above.says("Завтра будет электрик")
        clock.advance(timedelta(hours=10))
        await deliver(tg, database, clock)
        clock.advance(timedelta(seconds=2))
        await deliver(tg, database, clock)
        assert "Завтра будет электрик" in below.last["text"]

    @pytest.mark.parametrize(
        ("choice", "state", "reason"),
        [
            ("🆕 Начать новый", ["closed", "open"], "a question of its own about the same matter"),
            ("🔄 Вернуться к этому", ["open"], "the old one goes on"),
            ("Это не вопрос, отмена", ["closed"], "nothing is sent"),
        ],
    )
    async def test_words_for_a_closed_question_are_kept_until_he_says_where_they_go(
        self, tg: Telegram, database: Database, clock: MovableClock, database_file: Path, asked: tuple[Chat, Chat],
        choice: str, state: list[str], reason: str,
    ) -> None:  # fmt: skip
        below, above = asked
        await above.says("Ждите", reply_to=above.last)
        await deliver(tg, database, clock)
        told = below.last
        await above.presses("✅ Закрыть")
        await above.presses("Закрыть без слов")
        question = await below.says("А завтра?", reply_to=told)
        assert "Этот вопрос закрыт: Провести родительские собрания" in question["text"]
        assert "«А завтра?»" in question["text"]
        await below.presses(choice)
        assert column(database_file, "SELECT state FROM threads ORDER BY id") == state, reason
        assert ("А завтра?" in texts(database_file)) is (choice != "Это не вопрос, отмена")

    async def test_only_those_above_close_a_question(self, tg: Telegram, asked: tuple[Chat, Chat]) -> None:
        below, _ = asked
        assert "✅ Закрыть" not in labels(await below.presses("💬 Вся переписка"))
        await forged(tg, below, CloseWithoutWords(thread=1).pack())
        assert "нет прав" in below.toast["text"]


async def test_what_was_erased_is_gone_for_the_other_side_too(
    tg: Telegram, database: Database, clock: MovableClock, network: SmallNetwork, database_file: Path,
    asked: tuple[Chat, Chat],
) -> None:  # fmt: skip
    _, above = asked
    await sends(tg, tg.chat_of(network.teacher_1), photo=PHOTO, caption="мой паспорт")
    async with database.read() as tx:
        exported = await tx.people.export(network.coordinator_1)
    assert [one["text"] for one in exported["questions"]] == ["Нет света"]
    async with database.write() as tx:
        await tx.people.erase(network.coordinator_1, now=clock.now())
        await tx.people.erase(network.teacher_1, now=clock.now())
    assert texts(database_file) == [None]
    assert column(database_file, "SELECT file_id FROM thread_messages") == [None]
    whole = await above.presses("💬 Вся переписка")
    assert "Участник (данные удалены)" in whole["text"]
    assert "Текст удалён" in whole["text"]


async def test_what_was_erased_while_it_waited_is_told_to_nobody(
    tg: Telegram, database: Database, clock: MovableClock, network: SmallNetwork
) -> None:
    await problem(tg, database, network)
    async with database.write() as tx:
        await tx.people.erase(network.coordinator_1, now=clock.now())
    assert await deliver(tg, database, clock) == 0


async def test_a_file_under_the_card_of_a_matter_becomes_a_question_about_it(
    tg: Telegram, database: Database, clock: MovableClock, network: SmallNetwork
) -> None:
    await assignment(database, await open_task(database, network), school=network.school_1)
    chat = tg.chat_of(network.coordinator_1)
    await chat.says("/my")
    card = await chat.presses("1. Провести родительские собрания")
    replied = {**card, "from": {"id": 1, "is_bot": True, "first_name": "Вестовой"}}
    assert "Передал координатору" in (await sends(tg, chat, photo=PHOTO, reply_to_message=replied))["text"]
    await deliver(tg, database, clock)
    assert "📎 Фото" in labels(tg.chat_of(network.municipal).last)


async def test_a_photo_says_what_the_problem_is(
    tg: Telegram, database: Database, clock: MovableClock, network: SmallNetwork
) -> None:
    await open_task(database, network)
    chat = tg.chat_of(network.coordinator_1)
    await chat.says("/my")
    await chat.presses("1. Провести родительские собрания")
    await chat.presses("⚠️ Есть проблема")
    assert "Записал: «📎 Фото»" in (await sends(tg, chat, photo=PHOTO))["text"]
    await deliver(tg, database, clock)
    assert "📎 Фото" in labels(tg.chat_of(network.municipal).last)


async def test_the_board_shows_that_a_problem_is_talked_about(asked: tuple[Chat, Chat]) -> None:
    _, above = asked
    await above.presses("📊 Сводка по этому делу")
    school = await above.presses("⚠️ Школа № 1 г. Суздаля")
    assert "есть проблема" in school["text"]
    assert "💬 переписка" in school["text"]
    assert "Нет света" in (await above.presses("💬 Переписка: Школа № 1 г. Суздаля"))["text"]
