"""A newer edition in chat: the question, the differences, and what the schools hear of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.clock import MovableClock
from bot.domain.ids import PersonId
from tests.documents.word import docx, p, roadmap
from tests.driver import Chat, labels
from tests.factories import SmallNetwork, account_of
from tests.handlers.documents.conftest import FakeReader
from tests.running import Running, everybody, running
from tests.services.two_editions import the_first, the_second

SEMINAR = "Утвердить перечень организаций, на базе которых создаются центры «Точка роста»"
REPAIR = "Привести помещения центров в соответствие с брендбуком"
TRAINING = "Обеспечить повышение квалификации педагогов центров"
CONTEST = "Провести региональный конкурс проектов обучающихся"
OPENING = "Торжественно открыть центры"


def the_file(*rows: Sequence[str]) -> bytes:
    head = ("ДОРОЖНАЯ КАРТА от 10.08.2026 № 1074-р", "создания центров «Точка роста» во Владимирской области")
    return docx(*(p(line) for line in head), roadmap(*rows))


FIRST = the_file(
    ("1.", SEMINAR, "Департамент образования", "Приказ", "до 25 сентября 2026 года"),
    ("2.", REPAIR, "Школы", "Акт", "до 15 октября 2026 года"),
    ("3.", TRAINING, "Институт развития образования", "Удостоверения", "до 2 ноября 2026 года"),
    ("4.", CONTEST, "Школы", "Протокол", "до 1 декабря 2026 года"),
)
SECOND = the_file(
    ("1.", SEMINAR, "Департамент образования", "Приказ", "до 25 сентября 2026 года"),
    ("2.", REPAIR, "Школы", "Акт", "до 30 октября 2026 года"),
    ("3.", TRAINING, "Институт развития образования", "Удостоверения", "до 20 ноября 2026 года"),
    ("4.", OPENING, "Школы", "Фотоотчёт", "до 10 декабря 2026 года"),
)


class Talk:
    """One person's chat with the whole bot."""

    def __init__(self, live: Running, person: PersonId) -> None:
        self._live = live
        self._person = person

    async def sends(self, name: str, data: bytes) -> dict[str, Any]:
        self._live.sandbox.send_document(account_of(self._person), name, data)
        await self._live.app.drain()
        return self.last

    async def says(self, text: str) -> dict[str, Any]:
        self._live.sandbox.person_writes(account_of(self._person), text)
        await self._live.app.drain()
        return self.last

    async def presses(self, label: str) -> dict[str, Any]:
        pressing = asyncio.create_task(self._live.sandbox.press(account_of(self._person), label))
        while not pressing.done():
            await asyncio.sleep(0)
            await self._live.app.drain()
        await pressing
        return self.last

    @property
    def last(self) -> dict[str, Any]:
        return self._live.told(self._person)[-1]


@pytest.fixture
async def live(database_file: Path, clock: MovableClock, network: SmallNetwork) -> AsyncIterator[Running]:
    async with running(database_file, clock) as live:
        live.meet(*everybody(network))
        yield live


async def test_a_newer_edition_reaches_those_already_told_in_one_message(live: Running, network: SmallNetwork) -> None:
    vera, school = Talk(live, network.regional), Talk(live, network.coordinator_1)
    await vera.sends("карта.docx", FIRST)
    await vera.presses("✅ Принять все понятые (4)")
    await vera.presses("Дальше: проверить и запланировать ›")
    await vera.presses("🚀 Запланировать")
    assert "4 новых дела" in school.last["text"]
    await school.presses(labels(school.last)[1])
    await school.presses("✅ Выполнено")

    asked = await vera.sends("карта, новая редакция.docx", SECOND)
    assert "Похоже, это новая редакция" in asked["text"]
    assert "Документ уже запланирован 07.09.2026: Дорожная карта № 1074-р от 10.08.2026" in asked["text"]
    assert labels(asked) == ["⚖️ Сравнить", "📄 Отдельный документ", "Отмена"]

    compared = (await vera.presses("⚖️ Сравнить"))["text"]
    assert "Новых строк: 1, изменились сроки: 2, изменились слова: 0, нет в документе: 1, без изменений: 1" in compared
    assert "Перенос: 15.10.2026 → 30.10.2026\nЗнают о сроке: 3 школы, уже ответили: 1" in compared
    assert "Останется в плане: 01.12.2026" in compared
    assert "Отменится: 01.12.2026" in (await vera.presses("▫️ 4"))["text"]

    preview = (await vera.presses("Дальше: проверить и применить ›"))["text"]
    assert "Перенос: 2 даты\n3 школам придёт сообщение о переносе (3 человека)\n1 ответ останется в силе" in preview
    assert "Отмена: 1 дата\n3 школам придёт сообщение об отмене (3 человека)" in preview
    assert "Новое: 1 строка, 1 дата\nО новом узнают: 3 школы, 3 человека" in preview

    told = len(live.told(network.coordinator_1))
    assert "Изменения применены" in (await vera.presses("✅ Применить изменения"))["text"]
    assert len(live.told(network.coordinator_1)) == told + 1
    assert school.last["text"] == (
        "📝 В документе изменились сроки\n"
        "Основание: дорожная карта № 1074-р от 10.08.2026\n\n"
        "📅 Перенесено:\n"
        f"• {REPAIR} – пятница, 30 октября (ваш ответ остаётся в силе)\n"
        f"• {TRAINING} – пятница, 20 ноября\n\n"
        "✖️ Отменено, отвечать не нужно:\n"
        f"• {CONTEST} – вторник, 1 декабря\n\n"
        "🆕 Новое:\n"
        f"• {OPENING} – четверг, 10 декабря"
    )

    plan = (await vera.presses("📄 Открыть план"))["text"]
    assert f"{REPAIR}\n📅 30.10.2026" in plan
    assert "Учтена редакция от 10.08.2026 («карта, новая редакция.docx»), 07.09.2026" in plan
    board = await vera.says("/board")
    assert "пятница, 30 октября" in board["text"]


class TestInChat:
    @pytest.fixture
    async def planned(self, vera: Chat, reader: FakeReader) -> None:
        reader.result = the_first()
        await vera.sends("карта.docx", b"the first")
        await vera.presses("✅ Принять все понятые (3)")
        await vera.presses("Дальше: проверить и запланировать ›")
        await vera.presses("🚀 Запланировать")
        reader.result = the_second()

    async def test_a_document_of_its_own_goes_the_ordinary_way(self, vera: Chat, planned: None) -> None:
        await vera.sends("карта-2.docx", b"the second")
        draft = await vera.presses("📄 Отдельный документ")
        assert "Дальше: проверить и запланировать ›" in labels(draft)

    async def test_a_cancelled_import_leaves_nothing(self, vera: Chat, planned: None) -> None:
        await vera.sends("карта-2.docx", b"the second")
        await vera.presses("Отмена")
        assert "Черновиков нет" in (await vera.says("/drafts"))["text"]
        assert "Запланированные документы: 1" in (await vera.says("/documents"))["text"]

    async def test_an_unclear_term_is_typed_on_the_row_and_then_applied(
        self, vera: Chat, planned: None, reader: FakeReader
    ) -> None:
        reader.result = the_second("в установленные сроки, но не позже")
        await vera.sends("карта-2.docx", b"the second")
        compared = await vera.presses("⚖️ Сравнить")
        assert "1 изменение ждёт вашего слова" in compared["text"]
        assert "Дальше: проверить и применить ›" not in labels(compared)

        await vera.presses("❓ 1: ответить")
        await vera.presses("✏️ Исправить срок")
        await vera.says("до 22 октября 2026 года")
        await vera.presses("✅ Верно")
        await vera.presses("‹ К строкам")
        compared = await vera.presses("‹ К сравнению")

        assert "Перенос: 15.10.2026 → 22.10.2026" in compared["text"]
        await vera.presses("Дальше: проверить и применить ›")
        assert "Изменения применены" in (await vera.presses("✅ Применить изменения"))["text"]

    async def test_a_term_without_its_year_is_shown_as_read_and_confirmed_by_a_tap(
        self, vera: Chat, planned: None, reader: FakeReader
    ) -> None:
        reader.result = the_second("до 22 октября")
        await vera.sends("карта-2.docx", b"the second")
        compared = await vera.presses("⚖️ Сравнить")
        assert "Было: «до 15 октября 2026 года»" in compared["text"]
        assert "Прочитал так: до 22 октября 2026 г., четверг" in compared["text"], "the year is what is asked"

        await vera.presses("❓ 1: ответить")
        await vera.presses("✅ Верно")
        await vera.presses("‹ К строкам")
        compared = await vera.presses("‹ К сравнению")

        assert "Перенос: 15.10.2026 → 22.10.2026" in compared["text"]
        assert "Дальше: проверить и применить ›" in labels(compared)

    async def test_its_file_sent_again_leads_to_the_plan(self, vera: Chat, planned: None) -> None:
        await vera.sends("карта-2.docx", b"the second")
        await vera.presses("⚖️ Сравнить")
        await vera.presses("Дальше: проверить и применить ›")
        await vera.presses("✅ Применить изменения")

        again = await vera.sends("карта-2.docx", b"the second")
        assert "уже запланирован" in again["text"]

    async def test_a_plan_moved_by_hand_can_be_held_against_its_file(self, vera: Chat, planned: None) -> None:
        await vera.presses("📄 Открыть план")
        await vera.presses("1")
        await vera.presses("📅 15.10.2026")
        await vera.presses("📅 Перенести")
        await vera.says("до 22 октября 2026 года")
        await vera.presses("✅ Верно")

        again = await vera.sends("карта.docx", b"the first")
        assert "план меняли вручную" in again["text"]
        compared = await vera.presses("⚖️ Сравнить с планом")
        assert "▫️ 1) 📅 Изменился срок" in compared["text"]
        assert "Перенос: 22.10.2026 → 15.10.2026" in compared["text"]

    async def test_the_file_comes_back_as_it_was_sent(self, vera: Chat, planned: None) -> None:
        await vera.presses("📄 Открыть план")
        await vera.presses("📎 Сам файл")
        sent = next(message for message in reversed(vera.messages) if "document" in message)
        assert sent["document"]["file_name"] == "карта.docx"
