"""A question goes up, the answer comes down, and nothing of it is lost on the way."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.config import Settings
from bot.domain.network import Reach, Role
from bot.ports.people import NewMembership
from bot.services.tell_unheard import tell_unheard
from handlers.threads.callbacks import CloseWithoutWords, DropWords, ShowThread, WriteThread
from storage.database import Database
from tests.driver import Chat, Telegram, labels
from tests.factories import NetworkFactory, SmallNetwork, account_of
from tests.handlers.threads.talking import PHOTO, VOICE, about, deliver, forged, problem, sends
from tests.opening import assignment, open_task


@pytest.fixture
async def asked(tg: Telegram, database: Database, network: SmallNetwork, clock: MovableClock) -> tuple[Chat, Chat]:
    """School № 1 has said what its problem is, and the coordinator above it has read it: their chats."""
    below = await problem(tg, database, network)
    assert await deliver(tg, database, clock) == 1
    return below, tg.chat_of(network.municipal)


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
        "✅ Закрыть вопрос",
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
    assert _texts(database_file) == ["Нет света", "Когда починят?", "Завтра"]
    assert _column(database_file, "SELECT text FROM replies") == ["Нет света"]


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
    await below.presses("✍️ Ответить", on=_with(below, "✍️ Ответить"))
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
    assert _texts(database_file) == ["Нет света", "Ждите"]
    assert await deliver(tg, database, clock) == 1
    assert "Ждите" in below.last["text"]


class TestClosing:
    async def test_it_is_closed_with_a_word_and_opened_again_by_a_button(
        self, tg: Telegram, database: Database, clock: MovableClock, database_file: Path, asked: tuple[Chat, Chat]
    ) -> None:
        below, above = asked
        await above.presses("✅ Закрыть вопрос")
        assert "Школа № 1 г. Суздаля узнает об этом" in (await above.says("Свет дали"))["text"]
        await deliver(tg, database, clock)
        assert "Свет дали" in below.last["text"]
        assert below.last["text"].endswith("✅ Вопрос закрыт.")
        await below.presses("🔄 Вопрос не решён")
        assert "Передал координатору" in (await below.says("Опять погас"))["text"]
        assert _column(database_file, "SELECT state FROM threads") == ["open"]
        await deliver(tg, database, clock)
        assert "Опять погас" in above.last["text"]
        acts = _column(database_file, "SELECT act FROM audit WHERE act LIKE 'thread%' ORDER BY id")
        assert acts == ["thread opened", "thread closed", "thread reopened"]

    async def test_it_is_closed_without_a_word_and_told_all_the_same(
        self, tg: Telegram, database: Database, clock: MovableClock, asked: tuple[Chat, Chat]
    ) -> None:
        below, above = asked
        await above.presses("✅ Закрыть вопрос")
        await above.presses("Закрыть без слов")
        await deliver(tg, database, clock)
        assert below.last["text"].endswith("✅ Вопрос закрыт.")

    async def test_what_is_written_after_closing_reaches_the_school_though_the_closing_waits_for_the_morning(
        self, tg: Telegram, database: Database, clock: MovableClock, asked: tuple[Chat, Chat]
    ) -> None:
        below, above = asked
        clock.advance(timedelta(hours=10))  # 22:00 in Moscow
        await above.presses("✅ Закрыть вопрос")
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
        await above.presses("✅ Закрыть вопрос")
        await above.presses("Закрыть без слов")
        question = await below.says("А завтра?", reply_to=told)
        assert "Этот вопрос закрыт: Провести родительские собрания" in question["text"]
        assert "«А завтра?»" in question["text"]
        await below.presses(choice)
        assert _column(database_file, "SELECT state FROM threads ORDER BY id") == state, reason
        assert ("А завтра?" in _texts(database_file)) is (choice != "Это не вопрос, отмена")

    async def test_only_those_above_close_a_question(self, tg: Telegram, asked: tuple[Chat, Chat]) -> None:
        below, _ = asked
        assert "✅ Закрыть вопрос" not in labels(await below.presses("💬 Вся переписка"))
        await forged(tg, below, CloseWithoutWords(thread=1).pack())
        assert "нет прав" in below.toast["text"]


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
        assert _texts(database_file) == ["Здравствуйте!", "Это нам?", None]
        await deliver(tg, database, clock)
        assert labels(tg.chat_of(network.coordinator_1).last).count("📎 Фото") == 2

    async def test_it_may_belong_to_an_open_thread_of_either_side(
        self, tg: Telegram, database: Database, database_file: Path, asked: tuple[Chat, Chat]
    ) -> None:
        _, above = asked
        question = await above.says("Электрик будет в пять")
        label = "💬 Школа № 1 г. Суздаля: Провести родительские…"
        assert label in labels(question)
        await above.presses(label)
        assert _column(database_file, "SELECT text FROM thread_messages WHERE is_from_above = 1") == [
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
        assert _column(database_file, "SELECT state FROM threads") == ["open"]
        assert "уже передано" in (await forged(tg, chat, DropWords(draft=1).pack()))["text"]

    async def test_what_is_no_question_is_forgotten(
        self, tg: Telegram, network: SmallNetwork, database_file: Path
    ) -> None:
        chat = tg.chat_of(network.teacher_1)
        await chat.says("Спасибо!")
        await chat.presses("Это не вопрос, отмена")
        assert _texts(database_file) == []

    async def test_a_plan_that_a_coordinator_pastes_is_a_document_still(
        self, tg: Telegram, network: SmallNetwork, database_file: Path
    ) -> None:
        tg.dispatcher["read_file"] = _reads_nothing
        chat = tg.chat_of(network.municipal)
        with pytest.raises(NotImplementedError, match="a document"):
            await chat.says("1. Сдать отчёт – до 15 октября\n2. Провести сбор – до 20 октября")
        assert _texts(database_file) == []

    async def test_a_file_that_is_no_document_is_refused_and_may_be_meant_for_somebody(
        self, tg: Telegram, network: SmallNetwork
    ) -> None:
        tg.dispatcher["read_file"] = _reads_nothing
        chat = tg.chat_of(network.municipal)
        asked = await chat.sends("архив.zip", b"PK")
        assert "Такие файлы я не читаю" in chat.messages[-2]["text"]
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
        assert _texts(database_file) == []

    async def test_what_cannot_be_passed_on_is_named(self, tg: Telegram, network: SmallNetwork) -> None:
        contact = {"phone_number": "+70000000000", "first_name": "Анна"}
        said = await sends(tg, tg.chat_of(network.teacher_1), contact=contact)
        assert "Такое передать не получится" in said["text"]


class TestWhoHearsAndSees:
    async def test_another_coordinator_of_the_school_sees_the_whole_and_is_answered(
        self, tg: Telegram, database: Database, clock: MovableClock, network: SmallNetwork, factory: NetworkFactory,
        asked: tuple[Chat, Chat],
    ) -> None:  # fmt: skip
        _, above = asked
        second = factory.person("Жуков Лев Львович", network.school_1, Role.COORDINATOR)
        await above.says("Ждите", reply_to=above.last)
        await deliver(tg, database, clock)
        chat = tg.chat_of(second)
        assert "Ждите" in chat.last["text"]
        whole = await chat.presses("💬 Вся переписка")
        assert "Нет света" in whole["text"]

    async def test_who_has_left_sees_and_hears_no_more(
        self, tg: Telegram, database: Database, clock: MovableClock, network: SmallNetwork, database_file: Path,
        factory: NetworkFactory, asked: tuple[Chat, Chat],
    ) -> None:  # fmt: skip
        below, above = asked
        factory.person("Жуков Лев Львович", network.school_1, Role.COORDINATOR)
        await above.says("Ждите", reply_to=above.last)
        _change(database_file, f"UPDATE memberships SET standing = 'left' WHERE person_id = {network.coordinator_1}")
        before = len(below.messages)
        assert await deliver(tg, database, clock) == 1, "the other coordinator alone"
        assert len(below.messages) == before
        assert "Открытых вопросов нет" in (await below.says("/questions"))["text"]
        await below.presses(data=ShowThread(thread=1).pack())
        assert "не в вашей части" in below.toast["text"]

    async def test_who_coordinates_no_more_still_gets_the_answers_to_questions_of_his_own(
        self, tg: Telegram, database: Database, clock: MovableClock, network: SmallNetwork, database_file: Path,
        factory: NetworkFactory,
    ) -> None:  # fmt: skip
        teacher = factory.person("Гусева Вера Ильинична", network.school_1, Role.COORDINATOR)
        _change(database_file, f"UPDATE memberships SET standing = 'left' WHERE person_id = {teacher}")
        async with database.write() as tx:
            await tx.memberships.add([NewMembership(teacher, network.school_1, Role.TEACHER)], now=clock.now())
        below = tg.chat_of(teacher)
        await below.says("Где взять бланк?")
        await below.presses(labels(below.last)[0])
        await deliver(tg, database, clock)
        above = tg.chat_of(network.coordinator_1)
        await above.says("В учительской", reply_to=above.last)
        await deliver(tg, database, clock)
        assert "В учительской" in below.last["text"]

    async def test_the_next_above_takes_over_where_the_coordinator_cannot_be_reached(
        self, tg: Telegram, database: Database, clock: MovableClock, network: SmallNetwork, database_file: Path,
        asked: tuple[Chat, Chat],
    ) -> None:  # fmt: skip
        below, _ = asked
        _change(database_file, f"UPDATE persons SET reach = '{Reach.BLOCKED}' WHERE id = {network.municipal}")
        await below.says("Кто поможет?", reply_to=await below.presses("💬 Вся переписка"))
        await deliver(tg, database, clock)
        regional = tg.chat_of(network.regional)
        assert "Кто поможет?" in regional.last["text"]
        assert "Ждут вашего ответа: 1" in (await regional.says("/questions"))["text"]

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ("UPDATE persons SET reach = 'blocked' WHERE id = {}", "he has blocked the bot"),
            ("UPDATE memberships SET standing = 'left' WHERE person_id = {}", "he coordinates no more"),
        ],
    )
    async def test_what_waited_for_somebody_who_is_gone_is_told_to_the_next(
        self, tg: Telegram, database: Database, clock: MovableClock, network: SmallNetwork, database_file: Path,
        change: str, reason: str,
    ) -> None:  # fmt: skip
        await problem(tg, database, network)
        _change(database_file, change.format(network.municipal))
        assert await deliver(tg, database, clock) == 0, reason
        for told in (1, 0):
            assert await tell_unheard(database, owner_accounts=(), now=clock.now()) == told
        await deliver(tg, database, clock)
        assert "Нет света" in tg.chat_of(network.regional).last["text"]
        assert await tell_unheard(database, owner_accounts=(), now=clock.now()) == 0, "it has been heard"

    async def test_what_nobody_could_read_is_told_to_who_comes_later(
        self, tg: Telegram, database: Database, clock: MovableClock, network: SmallNetwork, factory: NetworkFactory
    ) -> None:
        teacher = factory.person("Пак Ян Львович", factory.unit("Школа № 9"))
        later = factory.person("Гай Юлия Львовна", network.amur)
        chat = tg.chat_of(teacher)
        assert "Передать это некому" in (await chat.says("Кто тут?"))["text"]
        await problem(tg, database, network)
        _change(factory.file, "UPDATE persons SET reach = 'blocked' WHERE full_name LIKE '%Андреевич'")
        _change(factory.file, "UPDATE persons SET reach = 'blocked' WHERE full_name LIKE '%Ильинична'")
        await deliver(tg, database, clock)
        assert await tell_unheard(database, owner_accounts=(), now=clock.now()) == 0, "there is nobody yet"
        factory.member(later, network.suzdal, Role.COORDINATOR)
        assert await tell_unheard(database, owner_accounts=(), now=clock.now()) == 1
        await deliver(tg, database, clock)
        assert "Нет света" in tg.chat_of(later).last["text"]

    async def test_nobody_beside_or_further_up_has_it_in_his_list(
        self, tg: Telegram, network: SmallNetwork, asked: tuple[Chat, Chat]
    ) -> None:
        for person in (network.regional, network.coordinator_2, network.amur_regional, network.teacher_1):
            assert "Открытых вопросов нет" in (await tg.chat_of(person).says("/questions"))["text"]
        stranger = tg.chat_of(network.coordinator_2)
        await forged(tg, stranger, ShowThread(thread=1).pack())
        assert "не в вашей части" in stranger.toast["text"]

    async def test_the_list_counts_what_waits_and_puts_the_longest_waiting_first(
        self, tg: Telegram, database: Database, clock: MovableClock, network: SmallNetwork, asked: tuple[Chat, Chat]
    ) -> None:
        below, above = asked
        clock.advance(timedelta(hours=1))
        await about(tg.chat_of(network.coordinator_2), "Где бланки?", "Другое")
        page = (await above.says("/questions"))["text"]
        assert page.startswith("Вопросы: 2\nЖдут вашего ответа: 2")
        assert page.index("🔴 Провести родительские собрания") < page.index("🔴 Где бланки?")
        assert "новых: 1" in page
        await above.presses("1. Школа № 1 г. Суздаля: Провести…")
        assert page.count("новых: 1") == 2
        assert (await above.says("/questions"))["text"].count("новых: 1") == 1, "what was opened is read"
        assert "Ждут" not in (await below.says("/questions"))["text"], "it waits for the others"

    async def test_a_long_thread_is_turned_over_and_loses_nothing(self, tg: Telegram, asked: tuple[Chat, Chat]) -> None:
        _, above = asked
        for number in range(4):
            await above.says(f"{number}" + "ж" * 3000 + f"{number}", reply_to=_with(above, "✅ Закрыть вопрос"))
        shown = await above.presses("💬 Вся переписка")
        pages = [shown["text"]]
        while "‹ Назад" in labels(shown):
            shown = await above.presses("‹ Назад", on=shown)
            pages.append(shown["text"])
        assert all(len(page) < 4096 for page in pages)
        text = "".join(reversed(pages))
        assert text.count("ж") >= 4 * 3000 - 10
        assert all(f"ж{number}" in text for number in range(4))


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
    assert _texts(database_file) == [None]
    assert _column(database_file, "SELECT file_id FROM thread_messages") == [None]
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


async def _reads_nothing(*_: object, **__: object) -> None:
    raise NotImplementedError("a document is read")


def _with(chat: Chat, label: str) -> dict[str, object]:
    """The latest message with that button."""
    return next(message for message in reversed(chat.messages) if label in labels(message))


def _texts(file: Path) -> list[str | None]:
    return _column(file, "SELECT text FROM thread_messages ORDER BY id")


def _column(file: Path, query: str) -> list[str | None]:
    with sqlite3.connect(file) as connection:
        return [row[0] for row in connection.execute(query)]


def _change(file: Path, statement: str) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute(statement)
