"""A draft in chat: checked row by row, by words and by taps."""

from __future__ import annotations

from dataclasses import replace

import pytest
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from sqlalchemy import select

from bot.domain.documents import DocumentDraft
from bot.domain.network import Role
from storage.database import Database
from storage.tables import documents
from tests.drafts import READY, a_document, a_row
from tests.driver import Chat, Telegram, labels
from tests.factories import NetworkFactory, SmallNetwork
from tests.handlers.documents.conftest import FakeReader, inline, stored


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

        assert "понято 3, вопросы 2" in (await vera.presses("👁 Проверил все сомнения: верно (1)"))["text"]

    async def test_each_quarter_gets_the_proposed_day_in_one_tap(self, vera: Chat) -> None:
        await vera.sends("карта.docx", b"roadmap")
        await vera.presses("›")
        row = await vera.presses("❓ 6")
        assert "Предлагаю" in row["text"]

        assert "30.09.2026" in (await vera.presses("💡 Принять предложение"))["text"]

    async def test_a_row_is_skipped_and_brought_back(self, vera: Chat) -> None:
        await vera.sends("карта.docx", b"roadmap")
        await vera.presses("🔹 1")

        assert "Пропущена" in (await vera.presses("➖ Пропустить строку"))["text"]
        assert "Пропущена" not in (await vera.presses("↩️ Вернуть строку"))["text"]

    async def test_the_second_of_two_editors_sees_the_draft_as_it_is_now(
        self, vera: Chat, tg: Telegram, network: SmallNetwork, factory: NetworkFactory
    ) -> None:
        other = tg.chat_of(factory.person("Второва Инна Павловна", network.vladimir, Role.COORDINATOR))
        await vera.sends("карта.docx", b"roadmap")
        await other.says("/drafts")
        await other.presses("1. Комплекс мер «Точка роста»")
        await other.presses("🔹 1")
        await vera.presses("🔹 1")
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
        await other.presses("🔹 1")
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
        row = await vera.presses("🔹 1")
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
    for label in ("›", "🔹 1", "✏️ Исправить срок", "Отмена", "👥 Кто отвечает за эту строку", "Готово", "‹ К строкам"):
        screen = await vera.presses(label)
        assert len(screen["text"].encode("utf-16-le")) // 2 <= 4096, label
    await vera.presses("Дальше: проверить и запланировать ›")
    await vera.presses("✅ Принять все понятые (100)")
    await vera.presses("🚀 Запланировать")
    for label in ("📄 Открыть план", "1"):
        screen = await vera.presses(label)
        assert len(screen["text"].encode("utf-16-le")) // 2 <= 4096, label
