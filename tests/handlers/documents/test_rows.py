"""The rows of a draft in chat: found among two hundred, accepted, corrected, joined, split, reminded of."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from bot.domain.documents import DocumentDraft
from bot.domain.network import Role
from storage.database import Database
from storage.tables import activities, document_rows, memberships
from tests.drafts import DARK, READY, a_document, a_row
from tests.driver import Chat, Message, labels
from tests.factories import SmallNetwork
from tests.handlers.documents.conftest import FakeReader, inline, stored

SECTIONS = ("I. Организационные мероприятия", "II. Обучение педагогов", "III. Мониторинг")


def two_hundred() -> DocumentDraft:
    """Three sections; every tenth row is dark, the 57th alone is about robots."""
    rows = [
        replace(
            a_row(str(n), DARK if n % 10 == 0 else READY, f"Подготовить отчёт о кружках, выпуск {n}"),
            group=SECTIONS[(n - 1) // 80],
        )
        for n in range(1, 201)
    ]
    rows[56] = replace(rows[56], title="Провести соревнования роботов")
    return replace(a_document(READY), rows=tuple(rows), problems=())


@pytest.fixture
async def long_draft(vera: Chat, reader: FakeReader) -> Message:
    reader.result = two_hundred()
    return await vera.sends("план.docx", b"roadmap")


class TestTwoHundredRows:
    async def test_the_progress_is_counted(self, vera: Chat, long_draft: Message) -> None:
        assert "200 строк: понято 180, вопросы 20, в прошлом 0" in long_draft["text"]
        assert "Проверено 0 из 200" in long_draft["text"]

        accepted = await vera.presses("✅ Принять все понятые (180)")

        assert "Проверено 180 из 200, принято в план: 180" in accepted["text"]

    async def test_any_page_is_two_taps_away(self, vera: Chat, long_draft: Message) -> None:
        await vera.presses("1 из 40 ▾")
        page = await vera.presses("33")

        assert "161." in page["text"]
        assert "33 из 40 ▾" in labels(page)

    @pytest.mark.parametrize(
        ("words", "numbers"),
        [
            pytest.param("строка 57", ["57"], id="by number"),
            pytest.param("57", ["57"], id="by a bare number"),
            pytest.param("РОБОТОВ соревнования", ["57"], id="by words in any order and case"),
            pytest.param("выпуск 20", ["20"], id="a number is meant whole"),
            pytest.param("в установленные", ["10", "20", "30", "40", "50"], id="the phrase of many, five a page"),
        ],
    )
    async def test_a_row_is_found_by_what_is_written(
        self, vera: Chat, long_draft: Message, words: str, numbers: list[str]
    ) -> None:
        found = await vera.says(words)

        assert re.findall(r"^\S+ (\d+)\. ", found["text"], re.MULTILINE) == numbers
        assert ("По словам" in found["text"]) == (len(numbers) > 1), "one row alone is opened at once"

    async def test_what_is_not_found_says_how_to_look(self, vera: Chat, long_draft: Message) -> None:
        await vera.presses("🔎 Найти и отобрать")

        assert "такой строки" in (await vera.says("космодром"))["text"]

    async def test_words_of_nothing_are_no_search_before_a_draft_is_opened(
        self, vera: Chat, long_draft: Message
    ) -> None:
        assert "такой строки" not in (await vera.says("добрый день"))["text"]

    async def test_the_next_question_is_one_tap_away_and_the_last_leads_to_the_first(
        self, vera: Chat, long_draft: Message
    ) -> None:
        assert "❓ 10. " in (await vera.presses("⏩ Следующий вопрос"))["text"]
        assert "❓ 20. " in (await vera.presses("⏩ Следующий вопрос"))["text"]
        await vera.says("строка 200")

        assert "❓ 10. " in (await vera.presses("⏩ Следующий вопрос"))["text"]

    async def test_a_section_is_shown_and_skipped_whole(self, vera: Chat, long_draft: Message) -> None:
        await vera.presses("🔎 Найти и отобрать")
        section = await vera.presses("III. Мониторинг (40)")
        assert "161." in section["text"]

        skipped = await vera.presses("➖ Пропустить все показанные (40)")

        assert "пропущено 40" in skipped["text"]
        assert "Проверено 40 из 200" in skipped["text"]

    async def test_a_ladder_is_chosen_for_a_section_at_once(
        self, vera: Chat, long_draft: Message, database: Database
    ) -> None:
        await vera.presses("🔹 1")
        screen = await vera.presses("🔔 Напоминания")
        assert "за 14, 7, 3 и 1 день до срока, в день срока" in screen["text"]
        await vera.presses("▫️ Строгая")
        await vera.presses("Всему разделу: Строгая")

        assert vera.toast["text"] == "Изменено 79 строк"
        strict = await stored(database, select(document_rows.c.id).where(document_rows.c.ladder == "strict"))
        assert len(strict) == 80

    async def test_every_screen_fits_a_message_and_every_button_its_data(self, vera: Chat, long_draft: Message) -> None:
        taps = ["1 из 40 ▾", "40", "🔎 Найти и отобрать", "❓ С вопросами (20)", "❓ 10"]
        taps += ["🔔 Напоминания", "‹ К строке", "📎 Что прислать", "‹ К строке"]
        taps += ["📝 Текст строки", "‹ К строке", "🔗 Объединить с соседней"]
        screens = [long_draft, *[await vera.presses(label) for label in taps]]
        for screen in screens:
            assert len(screen["text"].encode("utf-16-le")) // 2 <= 4096
            assert sum(len(line) for line in inline(screen)) <= 100
            assert all(len(one["callback_data"].encode()) <= 64 for line in inline(screen) for one in line)


class TestOneRow:
    async def test_a_title_is_written_anew_with_the_old_one_shown(self, vera: Chat) -> None:
        await vera.sends("карта.docx", b"roadmap")
        await vera.presses("🔹 1")
        await vera.presses("📝 Текст строки")
        asked = await vera.presses("Название")
        assert "Мероприятие 1" in asked["text"]

        row = await vera.says("Собрать заявки <школ>")

        assert "1. Собрать заявки <школ>" in row["text"]
        assert "Мероприятие 1" in (await vera.presses("↩️ Вернуть как было"))["text"]

    async def test_a_text_can_be_left_as_it_is(self, vera: Chat) -> None:
        await vera.sends("карта.docx", b"roadmap")
        await vera.presses("🔹 1")
        await vera.presses("📝 Текст строки")
        await vera.presses("Результат")

        assert "Результат: Отчёт" in (await vera.presses("Оставить как есть"))["text"]
        assert "Результат: Отчёт" not in (await vera.says("Протокол"))["text"], "the question is over"

    async def test_two_rows_become_one_and_two_again(self, vera: Chat) -> None:
        await vera.sends("карта.docx", b"roadmap")
        await vera.presses("🔹 1")
        await vera.presses("🔗 Объединить с соседней")
        row = await vera.presses("⬇️ Со строкой 2")
        assert "1, 2. Мероприятие 1; Мероприятие 2" in row["text"]
        assert "5 строк" in (await vera.presses("‹ К строкам"))["text"]
        await vera.presses("🔹 1, 2")

        await vera.presses("↩️ Разъединить")

        assert vera.toast["text"] == "Всё как в документе"
        assert "6 строк" in (await vera.presses("‹ К строкам"))["text"]

    async def test_a_row_is_split_by_lines(self, vera: Chat) -> None:
        await vera.sends("карта.docx", b"roadmap")
        await vera.presses("🔹 1")
        await vera.presses("✂️ Разделить")
        assert "от 2 до 20 частей" in (await vera.says("Только одна"))["text"]

        row = await vera.says("Собрать заявки\nПроверить заявки")

        assert "1/1. Собрать заявки" in row["text"]
        assert "7 строк" in (await vera.presses("‹ К строкам"))["text"]
        await vera.presses("🔹 1/2")
        assert "1. Мероприятие 1" in (await vera.presses("↩️ Собрать обратно"))["text"]

    async def test_numbered_clauses_propose_themselves(self, vera: Chat, reader: FakeReader) -> None:
        reader.result = replace(a_document(READY), rows=(a_row("1", READY, "1) собрать; 2) проверить; 3) сдать"),))
        await vera.sends("карта.docx", b"roadmap")
        row = await vera.presses("🔹 1")
        assert "несколько дел: 3" in row["text"]

        assert "1/1. собрать" in (await vera.presses("✂️ Разделить на 3"))["text"]

    async def test_the_cohort_that_a_row_names_is_taken_by_one_tap(
        self, vera: Chat, database: Database, network: SmallNetwork
    ) -> None:
        await vera.sends("карта.docx", b"roadmap")
        async with database.write() as tx:
            await tx._connection.execute(update(document_rows).values(cohort="2023"))
        row = await vera.presses("🔹 1")
        assert "Документ называет набор: 2023" in row["text"]
        await vera.presses("🎓 Только набор 2023")
        assert "никого из этого набора" in vera.toast["text"]
        async with database.write() as tx:
            teachers = memberships.c.role == Role.TEACHER.value
            await tx._connection.execute(update(memberships).where(teachers).values(cohort="2023"))

        row = await vera.presses("🎓 Только набор 2023")

        assert "не так, как по всему документу" in row["text"]
        assert "🎓 Только набор 2023" not in labels(row)

    async def test_what_the_answer_asks_for_is_planned_with_the_row(self, vera: Chat, database: Database) -> None:
        await vera.sends("карта.docx", b"roadmap")
        await vera.presses("🔹 1")
        await vera.presses("📎 Что прислать")
        await vera.presses("▫️ число")
        await vera.presses("‹ К строке")
        await vera.presses("🔔 Напоминания")
        await vera.presses("▫️ Срочно (до 3 дней)")
        row = await vera.presses("‹ К строке")
        assert "Вместе с «Выполнено»: число" in row["text"]
        await vera.presses("✅ Принять")
        await vera.presses("‹ К строкам")
        await vera.presses("Дальше: проверить и запланировать ›")
        await vera.presses("🚀 Запланировать")

        kept = await stored(database, select(activities.c.asks, activities.c.ladder))
        assert [tuple(row) for row in kept] == [("number", "urgent")]
        await vera.presses("📄 Открыть план")
        activity = (await vera.presses("1"))["text"]
        assert "Вместе с «Выполнено»: число" in activity
        assert "Напоминания: Срочно (до 3 дней)" in activity

    async def test_an_accepted_row_may_wait_again(self, vera: Chat) -> None:
        await vera.sends("карта.docx", b"roadmap")
        await vera.presses("🔹 1")
        assert "✅ 1. " in (await vera.presses("✅ Принять"))["text"]

        assert "🔹 1. " in (await vera.presses("↩️ Пока не принимать"))["text"]


class TestDoubtsInWords:
    @pytest.mark.parametrize(
        ("phrase", "words"),
        [
            pytest.param("примерно 15 октября 2026 года", "Срок назван неточно", id="vague"),
            pytest.param("до 1 июня 2026 года", "Срок прошёл: 01.06.2026", id="past"),
            pytest.param("до 4 октября 2026 года", "Нерабочий день: 04.10.2026", id="on a day off"),
            pytest.param("до 15 ноября", "Год не назван, я его предположил", id="no year"),
            pytest.param("до 18:00 15 октября 2026 года", "Регион документа не найден: час", id="region unknown"),
            pytest.param(DARK, "Срок не понят", id="not understood"),
            pytest.param("ежеквартально", "Не назван день", id="no day"),
        ],
    )
    async def test_each_is_said_on_the_list_and_on_the_row_and_is_not_taken_with_the_understood(
        self, vera: Chat, reader: FakeReader, phrase: str, words: str
    ) -> None:
        reader.result = a_document(phrase, region=None)

        draft = await vera.sends("карта.docx", b"roadmap")
        row = await vera.presses(labels(draft)[0])

        assert words in draft["text"]
        assert words in row["text"]
        assert not any("Принять все понятые" in label for label in labels(draft))
