"""What a document leaves open, in chat: an event, a new term by need, a schedule, a pace, rows planned later."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from sqlalchemy import select

from bot.clock import MovableClock
from bot.domain.network import Role
from storage.database import Database
from storage.tables import activities, occurrences
from tests.drafts import DARK, NO_DAY, PAST, READY, a_document
from tests.driver import Chat, Message, Telegram, labels
from tests.factories import NetworkFactory, SmallNetwork
from tests.handlers.documents.conftest import FakeReader, stored

RELATIVE = "в течение 3 рабочих дней со дня получения"
HOURS = "в течение 24 часов с момента получения"
BEFORE = "за 10 дней до начала"
AS_NEEDED = "по мере необходимости"
SCHEDULE = "Согласно отдельному графику"
CONTINUOUS = "Постоянно"


class TestInTheDraft:
    async def test_an_event_is_typed_previewed_and_taken(self, vera: Chat, reader: FakeReader) -> None:
        reader.result = a_document(RELATIVE)
        await vera.sends("карта.docx", b"roadmap")
        await _row(vera, 1)

        asked = await vera.presses("📌 Когда это произошло?")
        assert "Напишите день получения словами" in asked["text"]
        assert "Не получилось с «когда-то»" in (await vera.says("когда-то"))["text"]
        preview = await vera.says("4 сентября")
        assert "День получения: пятница, 4 сентября" in preview["text"]
        assert "→ срок среда, 9 сентября (в течение 3 рабочих дней после получения)" in preview["text"]
        row = await vera.presses("✅ Верно")

        assert "то есть до 9 сентября 2026 г., среда" in row["text"]
        assert "✏️ Исправить день события" in labels(row)
        assert "срок 09.09.2026" in (await vera.presses("‹ К строкам"))["text"]

    async def test_yesterday_is_one_tap(self, vera: Chat, reader: FakeReader) -> None:
        reader.result = a_document(RELATIVE)
        await vera.sends("карта.docx", b"roadmap")
        await _row(vera, 1)
        await vera.presses("📌 Когда это произошло?")
        assert "воскресенье, 6 сентября" in (await vera.presses("Вчера"))["text"]

    async def test_a_schedule_is_shown_line_by_line(self, vera: Chat, reader: FakeReader) -> None:
        reader.result = a_document(SCHEDULE)
        await vera.sends("карта.docx", b"roadmap")
        await _row(vera, 1)
        await vera.presses("🗓 Вписать даты")

        preview = await vera.says("15 октября, 20 ноября\nпотом\n31 ноября")

        assert "«15 октября» → четверг, 15 октября" in preview["text"]
        assert "«потом» – не понял" in preview["text"]
        assert "«31 ноября» – такой даты не бывает" in preview["text"]
        assert "Даты: 15.10.2026, 20.11.2026" in (await vera.presses("✅ Верно"))["text"]

    async def test_a_pace_is_one_tap(self, vera: Chat, reader: FakeReader) -> None:
        reader.result = a_document(CONTINUOUS)
        await vera.sends("карта.docx", b"roadmap")
        await _row(vera, 1)
        row = await vera.presses("Раз в квартал")
        assert "Даты: 30.09.2026, 30.12.2026" in row["text"]
        assert "✅ Раз в квартал" in labels(row)

    async def test_an_edit_of_another_is_told_and_the_words_stay(
        self, vera: Chat, reader: FakeReader, tg: Telegram, network: SmallNetwork, factory: NetworkFactory
    ) -> None:
        reader.result = a_document(RELATIVE, READY)
        other = tg.chat_of(factory.person("Второва Инна Павловна", network.vladimir, Role.COORDINATOR))
        await vera.sends("карта.docx", b"roadmap")
        await _row(vera, 1)
        await vera.presses("📌 Когда это произошло?")
        await vera.says("4 сентября")
        await other.says("/drafts")
        await other.presses("1. Комплекс мер «Точка роста»")
        await _row(other, 2)
        await other.presses("➖ Пропустить строку")

        again = await vera.presses("✅ Верно")

        assert "Черновик изменили" in again["text"]
        assert "то есть до 9 сентября" in (await vera.presses("✅ Верно"))["text"]


class TestInThePlan:
    async def test_an_event_opens_a_date_and_is_corrected(
        self, vera: Chat, reader: FakeReader, database: Database
    ) -> None:
        await _activity(vera, reader, RELATIVE)
        await vera.presses("📌 Когда это произошло?")
        preview = await vera.says("4 сентября")
        assert "Ответят: 3 школы, 3 человека" in preview["text"]
        assert "Первое сообщение: сразу" in preview["text"]
        opened = await vera.presses("✅ Верно")
        assert "День получения: пятница, 4 сентября" in opened["text"]
        assert "📅 09.09.2026" in labels(opened)

        await vera.presses("✏️ Исправить день события")
        assert "Тогда срок уже прошёл бы" in (await vera.says("1 августа"))["text"]
        preview = await vera.says("7 сентября")
        assert "Срок перенесётся: 09.09.2026 → четверг, 10 сентября" in preview["text"]
        moved = await vera.presses("✅ Верно")

        assert "📅 10.09.2026" in labels(moved)
        found = await stored(database, select(occurrences.c.due_on, occurrences.c.version))
        assert [tuple(row) for row in found] == [(date(2026, 9, 10), 2)]

    async def test_it_comes_again_even_too_late(self, vera: Chat, reader: FakeReader) -> None:
        await _activity(vera, reader, RELATIVE)
        await vera.presses("📌 Когда это произошло?")
        await vera.says("4 сентября")
        await vera.presses("✅ Верно")
        await vera.presses("🔁 Начать ещё раз")
        assert "«Верно» откроет его просроченным" in (await vera.says("1 августа"))["text"]
        assert {"📅 09.09.2026", "🕓 05.08.2026"} <= set(labels(await vera.presses("✅ Верно")))

    async def test_an_event_ahead_and_an_event_by_the_hour(self, vera: Chat, reader: FakeReader) -> None:
        await _activity(vera, reader, BEFORE)
        asked = await vera.presses("📌 Когда это будет?")
        assert {"Сегодня", "Завтра"} <= set(labels(asked))
        assert "→ срок понедельник, 21 сентября (за 10 дней до начала)" in (await vera.says("1 октября"))["text"]

    async def test_hours_ask_for_the_hour(self, vera: Chat, reader: FakeReader) -> None:
        await _activity(vera, reader, HOURS)
        await vera.presses("📌 Когда это произошло?")
        assert "нужно и время" in (await vera.says("сегодня"))["text"]
        assert "срок вторник, 8 сентября, 09:30" in (await vera.says("сегодня в 9:30"))["text"]

    async def test_a_new_term_begins_and_the_same_tap_twice_begins_one(
        self, vera: Chat, reader: FakeReader, database: Database, tg: Telegram
    ) -> None:
        await _activity(vera, reader, AS_NEEDED)
        await vera.presses("➕ Начать новый срок")
        preview = await vera.says("до 3 октября")
        assert "Нерабочий день: 03.10.2026" in preview["text"]
        await vera.presses("✅ Верно")
        await _presses_again(tg, vera, preview)
        assert "Эти слова уже не помню" in vera.toast["text"]

        await vera.presses("➕ Начать новый срок")
        known = await vera.says("до 3 октября")

        assert "уже есть в этом мероприятии" in known["text"]
        assert "✅ Верно" not in labels(known)
        assert len(await stored(database, select(occurrences.c.id))) == 1

    async def test_words_about_yesterday_are_of_the_day_they_were_typed(
        self, vera: Chat, reader: FakeReader, clock: MovableClock, database: Database
    ) -> None:
        await _activity(vera, reader, RELATIVE)
        await vera.presses("📌 Когда это произошло?")
        await vera.says("вчера")
        clock.advance(timedelta(days=1))
        await vera.presses("✅ Верно")
        assert [row.event_on for row in await stored(database, select(activities.c.event_on))] == [date(2026, 9, 6)]

    async def test_a_schedule_opens_all_its_dates(self, vera: Chat, reader: FakeReader) -> None:
        await _activity(vera, reader, SCHEDULE)
        await vera.presses("🗓 Вписать даты")
        await vera.says("15 октября, 20 ноября и 3 декабря")
        opened = await vera.presses("✅ Верно")
        assert vera.toast["text"] == "Открыты 3 даты"
        assert {"📅 15.10.2026", "📅 20.11.2026", "📅 03.12.2026", "🗓 Добавить даты"} <= set(labels(opened))

        await vera.presses("🗓 Добавить даты")
        again = await vera.says("20 ноября")
        assert "☑️ «20 ноября» → пятница, 20 ноября: уже есть" in again["text"]
        assert "Новых дат здесь нет" in again["text"]

    async def test_a_pace_is_previewed_set_and_changed(self, vera: Chat, reader: FakeReader) -> None:
        await _activity(vera, reader, CONTINUOUS)
        await vera.presses("🔔 Напоминать?")
        preview = await vera.presses("Раз в месяц")
        assert "Откроются даты: 30.09.2026, 30.10.2026" in preview["text"]
        assert "Ответят: 3 школы, 3 человека" in preview["text"]
        assert "напоминаю раз в месяц" in (await vera.presses("✅ Верно"))["text"]

        await vera.presses("🔔 Напоминать?")
        assert "Отменится 13 дат" in (await vera.presses("Не напоминать"))["text"]
        assert "не напоминаю" in (await vera.presses("✅ Верно"))["text"]

    async def test_dates_of_another_coordinator_are_told_before_ones_own(
        self, vera: Chat, reader: FakeReader, tg: Telegram, network: SmallNetwork, factory: NetworkFactory
    ) -> None:
        await _activity(vera, reader, AS_NEEDED)
        await vera.presses("➕ Начать новый срок")
        await vera.says("до 15 октября")
        other = tg.chat_of(factory.person("Второва Инна Павловна", network.vladimir, Role.COORDINATOR))
        await other.says("/documents")
        await other.presses("1. Комплекс мер «Точка роста»")
        await other.presses("1")
        await other.presses("➕ Начать новый срок")
        await other.says("до 1 октября")
        await other.presses("✅ Верно")

        changed = await vera.presses("✅ Верно")

        assert "даты этого мероприятия изменили" in changed["text"]
        assert {"📅 01.10.2026", "📅 15.10.2026"} <= set(labels(await vera.presses("✅ Верно")))

    @pytest.mark.parametrize(
        ("phrase", "button"),
        [
            pytest.param(RELATIVE, "📌 Когда это произошло?", id="an event"),
            pytest.param(AS_NEEDED, "➕ Начать новый срок", id="a new term"),
            pytest.param(SCHEDULE, "🗓 Вписать даты", id="a schedule"),
        ],
    )
    async def test_a_cancelled_question_is_over(
        self, vera: Chat, reader: FakeReader, phrase: str, button: str, database: Database
    ) -> None:
        await _activity(vera, reader, phrase)
        await vera.presses(button)
        assert "✅ Верно" in labels(await vera.says("15 октября"))
        await vera.presses("Отмена")

        assert "Я понял" not in (await vera.says("16 октября"))["text"]
        assert await stored(database, select(occurrences.c.id)) == []


class TestRowsLeftOut:
    async def test_they_are_listed_and_join_the_plan_one_by_one(self, vera: Chat, reader: FakeReader) -> None:
        await _plan(vera, reader, READY, DARK, NO_DAY, PAST)
        left = await vera.presses("➕ Строки вне плана (3)")
        assert "Строки вне плана: 3" in left["text"]

        await vera.presses("❓ 2")
        await vera.presses("✏️ Вписать срок")
        assert "Напишите иначе" in (await vera.says("как-нибудь"))["text"]
        preview = await vera.says("до 1 октября")
        assert "Отвечают: школы – Владимирская область" in preview["text"]
        assert "Ответят: 3 школы, 3 человека" in preview["text"]
        assert "📅 01.10.2026" in labels(await vera.presses("✅ Верно, добавить"))

        await vera.presses("‹ К плану")
        await vera.presses("➕ Строки вне плана (2)")
        await vera.presses("❓ 3")
        await vera.presses("💡 По предложению…")
        assert "📅 30.09.2026" in labels(await vera.presses("✅ Верно, добавить"))

        await vera.presses("‹ К плану")
        await vera.presses("➕ Строки вне плана (1)")
        await vera.presses("🕓 4")
        assert "просроченным" in (await vera.presses("❗ Создать просроченным…"))["text"]
        assert "🕓 01.06.2026" in labels(await vera.presses("✅ Верно, добавить"))
        plan = await vera.presses("‹ К плану")
        assert not [label for label in labels(plan) if "вне плана" in label]

    async def test_an_old_button_of_a_planned_row_opens_its_activity(
        self, vera: Chat, reader: FakeReader, tg: Telegram
    ) -> None:
        await _plan(vera, reader, READY, NO_DAY)
        left = await vera.presses("➕ Строки вне плана (1)")
        await vera.presses("❓ 2")
        await vera.presses("💡 По предложению…")
        await vera.presses("✅ Верно, добавить")

        shown = await _presses_again(tg, vera, left)

        assert vera.toast["text"] == "Эта строка уже в плане"
        assert "📅 30.09.2026" in labels(shown)


async def _presses_again(tg: Telegram, chat: Chat, message: Message) -> Message:
    """The first button of a message that has changed since, as a copy of it would still have it."""
    data = message["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    markup = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="прежняя", callback_data=data)]])
    await tg.bot.send_message(chat.id, "Прежнее сообщение", reply_markup=markup)
    return await chat.presses("прежняя")


async def _row(chat: Chat, number: int) -> Message:
    """Opens the row of the draft with this number."""
    return await chat.presses(next(label for label in labels(chat.last) if label.endswith(f" {number}")))


async def _plan(vera: Chat, reader: FakeReader, *phrases: str) -> Message:
    """The plan of a document with these rows, whatever of it is understood."""
    reader.result = a_document(*phrases)
    draft = await vera.sends("карта.docx", b"roadmap")
    await vera.presses(next(label for label in labels(draft) if "Принять все понятые" in label))
    await vera.presses("Дальше: проверить и запланировать ›")
    await vera.presses("🚀 Запланировать")
    return await vera.presses("📄 Открыть план")


async def _activity(vera: Chat, reader: FakeReader, phrase: str) -> Message:
    """The only activity of a plan."""
    await _plan(vera, reader, phrase)
    return await vera.presses("1")
