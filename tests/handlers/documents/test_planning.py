"""A draft in chat becomes a plan, and what can be done to a plan afterwards."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.clock import MovableClock
from bot.domain.matters import AnsweredBy
from storage.database import Database
from storage.tables import activities, assignments, document_rows, documents, occurrences
from tests.drafts import a_document
from tests.driver import Chat, Message, Telegram, labels
from tests.factories import NetworkFactory, SmallNetwork
from tests.handlers.documents.conftest import FakeReader, stored


async def to_preview(vera: Chat) -> Message:
    await vera.presses("✅ Принять все понятые (2)")
    return await vera.presses("Дальше: проверить и запланировать ›")


class TestPlanning:
    async def test_from_the_file_to_the_plan(self, vera: Chat, database: Database) -> None:
        await vera.sends("карта.docx", b"roadmap")
        preview = await to_preview(vera)
        assert "2 мероприятия, 6 дат" in preview["text"]
        assert "Ответят: 3 школы, 3 человека" in preview["text"]
        assert "Первое сообщение: сразу" in preview["text"]
        assert "3 строки без понятного срока не попадут" in preview["text"]

        done = await vera.presses("🚀 Запланировать")

        assert "Запланировано: 2 мероприятия, 6 дат" in done["text"]
        assert len(await stored(database, select(assignments.c.id))) == 18
        again = await vera.presses("📄 Открыть план")
        assert "Не запланировано строк: 4 (№ 3, 4, 5, 6)" in again["text"]

    async def test_what_was_not_accepted_is_counted_and_accepted_from_the_preview(self, vera: Chat) -> None:
        await vera.sends("карта.docx", b"roadmap")
        preview = await vera.presses("Дальше: проверить и запланировать ›")
        assert "Ещё 2 строки не приняты" in preview["text"]
        assert "🚀 Запланировать" not in labels(preview)

        preview = await vera.presses("✅ Принять все понятые (2)")

        assert vera.toast["text"] == "Приняты 2 строки"
        assert "не приняты" not in preview["text"]
        assert "2 мероприятия, 6 дат" in preview["text"]

    async def test_in_the_evening_the_first_message_is_tomorrow_by_local_time(
        self, vera: Chat, clock: MovableClock
    ) -> None:
        clock.advance(timedelta(hours=10))
        await vera.sends("карта.docx", b"roadmap")

        preview = await to_preview(vera)

        assert "завтра в 08:00 по местному времени" in preview["text"]

    async def test_two_taps_on_the_plan_button_plan_once(self, vera: Chat, tg: Telegram, database: Database) -> None:
        await vera.sends("карта.docx", b"roadmap")
        preview = await to_preview(vera)
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

        preview = await to_preview(vera)

        assert "У 1 школы нет координатора, которому можно написать: Школа <№ 9> & сад" in preview["text"]

    async def test_a_term_on_a_day_off_is_named_with_its_row(self, vera: Chat, reader: FakeReader) -> None:
        reader.result = a_document(*(f"до {day} октября 2026 года" for day in (10, 11, 17, 18)))
        await vera.sends("карта.docx", b"roadmap")
        for number in range(1, 5):
            await vera.presses(f"⚠️ {number}")
            await vera.presses("✅ Верно")
            await vera.presses("‹ К строкам")

        preview = await vera.presses("Дальше: проверить и запланировать ›")

        named = "№ 1 (10.10.2026); № 2 (11.10.2026); № 3 (17.10.2026); и ещё 1 строка"
        assert f"4 срока приходятся на нерабочий день: {named}. Переносить сам не буду" in preview["text"]

    async def test_who_answers_is_chosen_by_taps(self, vera: Chat, database: Database, network: SmallNetwork) -> None:
        await vera.sends("карта.docx", b"roadmap")
        screen = await vera.presses("👥 Кто отвечает")
        assert "✅ Школы" in labels(screen)
        await vera.presses("▫️ Люди")
        await vera.presses("📍 Где")
        screen = await vera.presses("▫️ Суздальский район")
        assert "Где: Суздальский район\nКто: педагоги" in screen["text"]
        assert "2 школы, 2 человека" in screen["text"]
        await vera.presses("Готово")
        await vera.presses("Готово")
        await to_preview(vera)
        await vera.presses("🚀 Запланировать")

        owing = await stored(database, select(assignments.c.person_id).distinct())
        assert {row.person_id for row in owing} == {network.teacher_1, network.teacher_2}

    async def test_one_row_may_have_an_audience_of_its_own(self, vera: Chat, database: Database) -> None:
        await vera.sends("карта.docx", b"roadmap")
        await vera.presses("🔹 1")
        await vera.presses("👥 Кто отвечает за эту строку")
        await vera.presses("▫️ Люди")
        row = await vera.presses("Готово")
        assert "не так, как по всему документу" in row["text"]

        found = await stored(database, select(document_rows.c.audience).order_by(document_rows.c.position))
        assert found[0].audience["answered_by"] == AnsweredBy.PERSON.value
        assert found[1].audience is None

    async def test_a_plan_that_nobody_has_heard_of_becomes_a_draft_again(self, vera: Chat, database: Database) -> None:
        await vera.sends("карта.docx", b"roadmap")
        await to_preview(vera)
        await vera.presses("🚀 Запланировать")
        await vera.presses("Отменить план")

        answer = await vera.presses("Да, отменить план")

        assert "снова черновик" in answer["text"]
        assert "🗑 Отменить импорт" in labels(answer)
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
        await to_preview(vera)
        return await vera.presses("🚀 Запланировать")

    @pytest.mark.parametrize(
        ("row", "way_on", "opened"),
        [("🔹 1", "📌 Мероприятие этой строки", "📅 15.10.2026"), ("🕓 3", "📎 Строка не в плане: дать срок", "✏️")],
        ids=["a row of the plan", "a row that stayed behind"],
    )
    async def test_an_old_message_about_a_row_opens_no_dead_buttons(
        self, vera: Chat, row: str, way_on: str, opened: str
    ) -> None:
        """«Отмена» under «Исправить срок», tapped once everything was planned from another message."""
        await vera.sends("карта.docx", b"roadmap")
        old = await vera.presses(row)
        await vera.presses("✏️ Исправить срок" if row == "🔹 1" else "📅 Перенести")
        await vera.says("/drafts")
        await vera.presses("1. Комплекс мер «Точка роста»")
        await to_preview(vera)
        await vera.presses("🚀 Запланировать")

        await vera.presses("Отмена", on=old)

        shown = next(one for one in vera.messages if one["message_id"] == old["message_id"])
        assert shown["text"].startswith("🚀 Документ уже запланирован.")
        assert labels(shown) == [way_on, "📄 Открыть план"]
        await vera.presses(way_on, on=old)
        shown = next(one for one in vera.messages if one["message_id"] == old["message_id"])
        assert any(label.startswith(opened) for label in labels(shown))

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
