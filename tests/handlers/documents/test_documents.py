"""A document in chat: sent, checked row by row, planned, and taken back; and everything that can be sent by mistake."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from sqlalchemy import select

from bot.clock import MovableClock
from bot.config import Settings
from bot.domain.documents import DocumentDraft, DocumentFault
from bot.domain.matters import AnsweredBy
from bot.domain.network import Role
from bot.ports.documents import MAX_FILE_BYTES, Unreadable
from storage.database import Database
from storage.tables import activities, assignments, document_rows, documents, occurrences
from tests.drafts import DARK, DOUBTFUL, NO_DAY, PAST, QUARTERLY, READY, a_document, a_row
from tests.driver import Chat, Message, Telegram, labels, telegram
from tests.factories import NetworkFactory, SmallNetwork


class FakeReader:
    """Implements ``bot.ports.documents.FileReader``: gives what the test prepared and remembers what it was asked."""

    def __init__(self) -> None:
        self.result: DocumentDraft | Unreadable = a_document(READY, QUARTERLY, PAST, DOUBTFUL, DARK, NO_DAY)
        self.names: list[str] = []

    async def __call__(self, data: bytes, file_name: str, *, today: date) -> DocumentDraft | Unreadable:
        self.names.append(file_name)
        return self.result


@pytest.fixture
def reader() -> FakeReader:
    return FakeReader()


@pytest.fixture
async def tg(database: Database, clock: MovableClock, reader: FakeReader) -> AsyncIterator[Telegram]:
    async with telegram(database, clock, Settings(), read_file=reader) as tg:
        yield tg


@pytest.fixture
def vera(tg: Telegram, network: SmallNetwork) -> Chat:
    """Вера Ильинична, the coordinator of the region."""
    return tg.chat_of(network.regional)


async def stored(database: Database, query: Any) -> list[Any]:
    async with database.read() as tx:
        return list(await tx._connection.execute(query))


class TestSending:
    async def test_the_progress_message_becomes_the_draft(self, vera: Chat) -> None:
        draft = await vera.sends("карта.docx", b"roadmap")

        assert len(vera.messages) == 1
        assert "Дорожная карта № 1074-р от 10.08.2026" in draft["text"]
        assert "Комплекс мер «Точка роста»" in draft["text"]
        assert "6 строк: понято 2, вопросы 3, в прошлом 1" in draft["text"]
        assert "Контроль (как в документе): Иванов И. И." in draft["text"]
        assert "В нумерации нет номера 9" in draft["text"]
        assert f"«{READY}»" in draft["text"]

    async def test_the_same_file_again_offers_the_draft_that_exists(self, vera: Chat, reader: FakeReader) -> None:
        await vera.sends("карта.docx", b"roadmap")
        again = await vera.sends("копия.docx", b"roadmap")

        assert "уже присылали" in again["text"]
        assert reader.names == ["карта.docx"], "the file was read once"

    @pytest.mark.parametrize(
        ("name", "data", "words"),
        [
            pytest.param("скан.pdf", b"x", ".docx", id="another format"),
            pytest.param("старый.doc", b"x", "сохраните как .docx", id="the old Word format"),
            pytest.param("таблица.xlsx", b"x", ".docx", id="a spreadsheet"),
            pytest.param("без имени", b"x", ".docx", id="no extension"),
            pytest.param("фото.png", b"x", ".docx", id="a picture as a file"),
            pytest.param("том.docx", b"x" * (MAX_FILE_BYTES + 1), "больше 5 МБ", id="too large, and not downloaded"),
        ],
    )
    async def test_what_cannot_be_read_is_refused_before_it_is_downloaded(
        self, vera: Chat, reader: FakeReader, name: str, data: bytes, words: str
    ) -> None:
        refusal = await vera.sends(name, data)

        assert words in refusal["text"]
        assert reader.names == []

    @pytest.mark.parametrize(
        ("fault", "facts", "words"),
        [
            pytest.param(DocumentFault.NOT_A_DOCX, {}, "не документ Word", id="a .docx that is none"),
            pytest.param(DocumentFault.EMPTY_TABLE, {}, "только заголовок", id="a table without rows"),
            pytest.param(DocumentFault.EMPTY_FILE, {}, "Файл пуст", id="nothing"),
            pytest.param(
                DocumentFault.UNKNOWN_COLUMNS,
                {"rows": (("Что <делать>", "Когда-то"), ("Собрать", "завтра"))},
                "Что <делать> | Когда-то",
                id="an unknown header is shown as it was read",
            ),
        ],
    )
    async def test_what_the_reader_refuses_is_said_in_words(
        self, vera: Chat, reader: FakeReader, fault: DocumentFault, facts: dict[str, Any], words: str
    ) -> None:
        reader.result = Unreadable(fault, facts)

        assert words in (await vera.sends("карта.docx", b"?"))["text"]

    async def test_a_teacher_is_told_who_sends_documents(self, tg: Telegram, network: SmallNetwork) -> None:
        answer = await tg.chat_of(network.teacher_1).sends("карта.docx", b"roadmap")
        assert "присылают координаторы" in answer["text"]

    async def test_a_stranger_is_told_how_to_begin(self, tg: Telegram, network: SmallNetwork) -> None:
        chat = tg.chat(555)
        await chat.starts()
        assert "/start" in (await chat.sends("карта.docx", b"roadmap"))["text"]

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("1. Собрать заявки школ.\nОтв.: школы\nСрок: до 15 октября", id="decisions of minutes"),
            pytest.param("№ | Дело | Срок\n1 | Собрать | до 15 октября\n2 | Сдать | до 1 ноября", id="a drawn table"),
        ],
    )
    async def test_a_pasted_document_is_read_as_text(self, vera: Chat, reader: FakeReader, text: str) -> None:
        draft = await vera.says(text)

        assert "6 строк" in draft["text"]
        assert reader.names[0].endswith(".txt")

    async def test_a_restart_loses_nothing(self, vera: Chat, tg: Telegram, network: SmallNetwork) -> None:
        await vera.sends("карта.docx", b"roadmap")

        shelf = await vera.says("/drafts")

        assert "Черновики: 1" in shelf["text"]
        assert "6 строк" in (await vera.presses("1. Комплекс мер «Точка роста»"))["text"]


class TestCheckingRows:
    async def test_a_typed_term_is_shown_as_understood_and_then_taken(self, vera: Chat) -> None:
        await vera.sends("карта.docx", b"roadmap")
        row = await vera.presses("❓ 5")
        assert "Срок не понят" in row["text"]
        await vera.presses("✏️ Исправить срок")
        typed = await vera.says("до 20 ноября 2026 года")
        assert "Вы написали: «до 20 ноября 2026 года»" in typed["text"]

        row = await vera.presses("✅ Верно")

        assert "Срок вашими словами: «до 20 ноября 2026 года»" in row["text"]
        assert "понято 3, вопросы 2" in (await vera.presses("‹ К строкам"))["text"]

    @pytest.mark.parametrize(
        ("words", "answer"),
        [
            pytest.param("31 февраля", "Такой даты не бывает", id="an impossible day is named as one"),
            pytest.param("как-нибудь потом", "Напишите иначе", id="no term is asked again with examples"),
            pytest.param("<b>завтра</b> & 😀", "Напишите иначе", id="markup and emoji are harmless"),
        ],
    )
    async def test_words_that_are_no_term_are_asked_again(self, vera: Chat, words: str, answer: str) -> None:
        await vera.sends("карта.docx", b"roadmap")
        await vera.presses("❓ 5")
        await vera.presses("✏️ Исправить срок")

        asked = await vera.says(words)

        assert answer in asked["text"]
        assert words in asked["text"]
        assert "Я понял" in (await vera.says("до 20 ноября 2026 года"))["text"], "the question is still open"

    async def test_a_draft_discarded_meanwhile_ends_the_question(
        self, vera: Chat, tg: Telegram, network: SmallNetwork, factory: NetworkFactory
    ) -> None:
        other = tg.chat_of(factory.person("Второва Инна Павловна", network.vladimir, Role.COORDINATOR))
        await vera.sends("карта.docx", b"roadmap")
        await vera.presses("❓ 5")
        await vera.presses("✏️ Исправить срок")
        await other.says("/drafts")
        await other.presses("1. Комплекс мер «Точка роста»")
        await other.presses("🗑 Отменить импорт")
        await other.presses("Да, удалить черновик")

        assert "Этого больше нет" in (await vera.says("до 20 ноября 2026 года"))["text"]
        assert "Этого больше нет" not in (await vera.says("до 20 ноября 2026 года"))["text"]

    async def test_a_command_leaves_the_question(self, vera: Chat) -> None:
        await vera.sends("карта.docx", b"roadmap")
        await vera.presses("❓ 5")
        await vera.presses("✏️ Исправить срок")
        await vera.says("/drafts")

        assert "Я понял" not in (await vera.says("до 20 ноября 2026 года"))["text"]

    async def test_a_past_row_is_done_moved_or_created_overdue(self, vera: Chat) -> None:
        await vera.sends("карта.docx", b"roadmap")
        row = await vera.presses("🕓 3")
        assert "Срок прошёл: 01.06.2026" in row["text"]
        assert {"☑️ Сделано", "❗ Создать просроченным", "📅 Перенести"} <= set(labels(row))

        assert "Создам просроченной" in (await vera.presses("❗ Создать просроченным"))["text"]
        assert "Сделано" in (await vera.presses("☑️ Сделано"))["text"]

    async def test_all_past_rows_are_decided_at_once(self, vera: Chat) -> None:
        await vera.sends("карта.docx", b"roadmap")
        await vera.presses("🕓 В прошлом (1)")

        draft = await vera.presses("☑️ Все сделаны (1)")

        assert "понято 3, вопросы 3, в прошлом 0" in draft["text"]

    async def test_all_doubtful_readings_are_confirmed_at_once(self, vera: Chat) -> None:
        await vera.sends("карта.docx", b"roadmap")
        await vera.presses("❓ Вопросы (3)")

        assert "понято 3, вопросы 2" in (await vera.presses("✅ Прочитано верно, все (1)"))["text"]

    async def test_each_quarter_gets_the_proposed_day_in_one_tap(self, vera: Chat) -> None:
        await vera.sends("карта.docx", b"roadmap")
        await vera.presses("›")
        row = await vera.presses("❓ 6")
        assert "Предлагаю" in row["text"]

        assert "30.09.2026" in (await vera.presses("💡 Принять предложение"))["text"]

    async def test_a_row_is_skipped_and_brought_back(self, vera: Chat) -> None:
        await vera.sends("карта.docx", b"roadmap")
        await vera.presses("✅ 1")

        assert "Пропущена" in (await vera.presses("➖ Пропустить строку"))["text"]
        assert "Пропущена" not in (await vera.presses("↩️ Вернуть строку"))["text"]

    async def test_the_second_of_two_editors_sees_the_draft_as_it_is_now(
        self, vera: Chat, tg: Telegram, network: SmallNetwork, factory: NetworkFactory
    ) -> None:
        other = tg.chat_of(factory.person("Второва Инна Павловна", network.vladimir, Role.COORDINATOR))
        await vera.sends("карта.docx", b"roadmap")
        await other.says("/drafts")
        await other.presses("1. Комплекс мер «Точка роста»")
        await other.presses("✅ 1")
        await vera.presses("✅ 1")
        await vera.presses("➖ Пропустить строку")

        seen = await other.presses("➖ Пропустить строку")
        assert "Пропущена" in seen["text"], "the same wish is no quarrel"
        await vera.presses("↩️ Вернуть строку")
        seen = await other.presses("↩️ Вернуть строку")

        assert "Пропущена" not in seen["text"]

    async def test_typed_words_survive_an_edit_of_another(
        self, vera: Chat, tg: Telegram, network: SmallNetwork, factory: NetworkFactory
    ) -> None:
        other = tg.chat_of(factory.person("Второва Инна Павловна", network.vladimir, Role.COORDINATOR))
        await vera.sends("карта.docx", b"roadmap")
        await vera.presses("❓ 5")
        await vera.presses("✏️ Исправить срок")
        await vera.says("до 20 ноября 2026 года")
        await other.says("/drafts")
        await other.presses("1. Комплекс мер «Точка роста»")
        await other.presses("✅ 1")
        await other.presses("➖ Пропустить строку")

        again = await vera.presses("✅ Верно")

        assert "Черновик изменили" in again["text"]
        assert "Вы написали: «до 20 ноября 2026 года»" in again["text"]
        assert "Срок вашими словами" in (await vera.presses("✅ Верно"))["text"]

    async def test_a_forwarded_button_does_nothing_for_a_stranger_to_the_region(
        self, vera: Chat, tg: Telegram, network: SmallNetwork, database: Database
    ) -> None:
        draft = await vera.sends("карта.docx", b"roadmap")
        elena = tg.chat_of(network.amur_regional)
        row = await vera.presses("✅ 1")
        taps = [button["callback_data"] for m in (draft, row) for line in inline(m) for button in line]
        for place, data in enumerate(taps):
            # Telegram lets nobody press what is not in his chat, so the forwarded button is sent to his.
            keyboard = [[InlineKeyboardButton(text=f"кнопка {place}", callback_data=data)]]
            markup = InlineKeyboardMarkup(inline_keyboard=keyboard)
            await tg.bot.send_message(elena.id, "Переслано", reply_markup=markup)
            await elena.presses(f"кнопка {place}")
            assert "не в вашей части сети" in elena.toast["text"], data

        found = await stored(database, select(documents.c.version))
        assert [row.version for row in found] == [1]


class TestPlanning:
    async def test_from_the_file_to_the_plan(self, vera: Chat, database: Database) -> None:
        await vera.sends("карта.docx", b"roadmap")
        preview = await vera.presses("Дальше: проверить и запланировать ›")
        assert "2 мероприятия, 6 дат" in preview["text"]
        assert "Ответят: 3 школы, 3 человека" in preview["text"]
        assert "Первое сообщение: сразу" in preview["text"]
        assert "3 строки без понятного срока не попадут" in preview["text"]

        done = await vera.presses("🚀 Запланировать")

        assert "Запланировано: 2 мероприятия, 6 дат" in done["text"]
        assert len(await stored(database, select(assignments.c.id))) == 18
        again = await vera.presses("📄 Открыть план")
        assert "Не запланировано строк: 4 (№ 3, 4, 5, 6)" in again["text"]

    async def test_in_the_evening_the_first_message_is_tomorrow_by_local_time(
        self, vera: Chat, clock: MovableClock
    ) -> None:
        clock.advance(timedelta(hours=10))
        await vera.sends("карта.docx", b"roadmap")

        preview = await vera.presses("Дальше: проверить и запланировать ›")

        assert "завтра в 08:00 по местному времени" in preview["text"]

    async def test_two_taps_on_the_plan_button_plan_once(self, vera: Chat, tg: Telegram, database: Database) -> None:
        await vera.sends("карта.docx", b"roadmap")
        preview = await vera.presses("Дальше: проверить и запланировать ›")
        data = preview["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        first, second = (asyncio.create_task(vera._sandbox.press(vera.id, None, data=data)) for _ in range(2))
        while not (first.done() and second.done()):
            await asyncio.sleep(0)
            await tg.settle()

        assert len(await stored(database, select(activities.c.id))) == 2

    async def test_schools_that_nobody_answers_for_are_named(
        self, vera: Chat, network: SmallNetwork, factory: NetworkFactory
    ) -> None:
        factory.unit("Школа <№ 9> & сад", parent=network.murom)
        await vera.sends("карта.docx", b"roadmap")

        preview = await vera.presses("Дальше: проверить и запланировать ›")

        assert "У 1 школы нет координатора, которому можно написать: Школа <№ 9> & сад" in preview["text"]

    async def test_who_answers_is_chosen_by_taps(self, vera: Chat, database: Database, network: SmallNetwork) -> None:
        await vera.sends("карта.docx", b"roadmap")
        screen = await vera.presses("👥 Кто отвечает")
        assert "✅ Школы" in labels(screen)
        await vera.presses("▫️ Люди")
        screen = await vera.presses("▫️ Суздальский район")
        assert "люди (педагоги) – Суздальский район" in screen["text"]
        assert "2 школы, 2 человека" in screen["text"]
        await vera.presses("Готово")
        await vera.presses("Дальше: проверить и запланировать ›")
        await vera.presses("🚀 Запланировать")

        owing = await stored(database, select(assignments.c.person_id).distinct())
        assert {row.person_id for row in owing} == {network.teacher_1, network.teacher_2}

    async def test_one_row_may_have_an_audience_of_its_own(self, vera: Chat, database: Database) -> None:
        await vera.sends("карта.docx", b"roadmap")
        await vera.presses("✅ 1")
        await vera.presses("👥 Кто отвечает за эту строку")
        await vera.presses("▫️ Люди")
        row = await vera.presses("Готово")
        assert "не так, как по всему документу" in row["text"]

        found = await stored(database, select(document_rows.c.audience).order_by(document_rows.c.position))
        assert found[0].audience["answered_by"] == AnsweredBy.PERSON.value
        assert found[1].audience is None

    async def test_a_plan_that_nobody_has_heard_of_becomes_a_draft_again(self, vera: Chat, database: Database) -> None:
        await vera.sends("карта.docx", b"roadmap")
        await vera.presses("Дальше: проверить и запланировать ›")
        await vera.presses("🚀 Запланировать")
        await vera.presses("Отменить план")

        answer = await vera.presses("Да, отменить план")

        assert "снова черновик" in answer["text"]
        assert await stored(database, select(activities.c.id)) == []

    async def test_a_discarded_import_is_asked_about_and_gone(self, vera: Chat, database: Database) -> None:
        await vera.sends("карта.docx", b"roadmap")
        await vera.presses("🗑 Отменить импорт")
        answer = await vera.presses("Да, удалить черновик")

        assert "Черновиков нет" in answer["text"]
        assert await stored(database, select(documents.c.id)) == []


class TestAfterPlanning:
    @pytest.fixture
    async def planned(self, vera: Chat) -> Message:
        await vera.sends("карта.docx", b"roadmap")
        await vera.presses("Дальше: проверить и запланировать ›")
        return await vera.presses("🚀 Запланировать")

    async def test_a_date_is_moved_by_words(self, vera: Chat, planned: Message, database: Database) -> None:
        await vera.says("/documents")
        await vera.presses("1. Комплекс мер «Точка роста»")
        await vera.presses("1")
        await vera.presses("📅 15.10.2026")
        await vera.presses("📅 Перенести")
        await vera.says("до 22 октября 2026 года")
        moved = await vera.presses("✅ Верно")

        assert "Срок: 22.10.2026" in moved["text"]
        query = select(occurrences.c.version).where(occurrences.c.due_on == date(2026, 10, 22))
        assert [row.version for row in await stored(database, query)] == [2]

    async def test_a_date_is_called_off_after_a_question(self, vera: Chat, planned: Message) -> None:
        await vera.says("/documents")
        await vera.presses("1. Комплекс мер «Точка роста»")
        await vera.presses("1")
        await vera.presses("📅 15.10.2026")
        await vera.presses("🚫 Отменить эту дату")

        assert "Эта дата отменена" in (await vera.presses("Да, отменить"))["text"]

    async def test_the_planned_file_sent_again_opens_its_plan(self, vera: Chat, planned: Message) -> None:
        again = await vera.sends("карта.docx", b"roadmap")
        assert "уже запланирован" in again["text"]


async def test_every_screen_fits_into_one_message(
    vera: Chat, reader: FakeReader, database: Database, network: SmallNetwork
) -> None:
    """Two hundred rows of emoji and HTML, 3,000 characters a title: Telegram would refuse a longer message."""
    long = "<b>Очень & длинно</b> 😀" * 150
    row = replace(a_row("1", READY, long), responsible=long, result=long, links=("https://e.ru/" + "x" * 1500,) * 5)
    other = replace(row, phrase=long, term=None)
    facts = replace(a_document(READY).facts, title=long, controller=long, number="№" * 60)
    reader.result = DocumentDraft(facts, (row, other) * 100)

    draft = await vera.sends("карта.docx", b"roadmap")
    assert "200 строк" in draft["text"]
    for label in ("›", "✅ 1", "✏️ Исправить срок", "Отмена", "👥 Кто отвечает за эту строку", "Готово", "‹ К строкам"):
        screen = await vera.presses(label)
        assert len(screen["text"].encode("utf-16-le")) // 2 <= 4096, label
    await vera.presses("Дальше: проверить и запланировать ›")
    await vera.presses("🚀 Запланировать")
    for label in ("📄 Открыть план", "1"):
        screen = await vera.presses(label)
        assert len(screen["text"].encode("utf-16-le")) // 2 <= 4096, label


def inline(message: Message) -> list[list[dict[str, str]]]:
    rows: list[list[dict[str, str]]] = message["reply_markup"]["inline_keyboard"]
    return rows
