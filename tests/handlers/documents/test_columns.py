"""A file that does not say which sheet or which column is which: asked in chat, answered by taps."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.clock import MovableClock
from bot.config import Settings
from bot.domain.documents import DocumentFault
from bot.domain.reading_choices import Column, ReadingChoices
from bot.ports.documents import Unreadable
from storage.database import Database
from tests.documents.sheets import HEADER, book, books
from tests.driver import Chat, Telegram, labels, telegram
from tests.factories import NetworkFactory, SmallNetwork
from tests.handlers.documents.conftest import FakeReader
from tests.reading_here import read_file_here

UNTOLD = book(
    ("Что сделать", "Кому", "К какому дню"),
    ("Собрать заявки", "школы", "15 октября 2026 г."),
    ("Сдать отчёт", "районы", "20 октября 2026 г."),
)
ASKED = Unreadable(
    DocumentFault.UNKNOWN_COLUMNS,
    {
        "rows": (("Дело", "Кто", "Когда-то"), ("Собрать <все> заявки", "школы", "15 октября 2026 г.")),
        "missing": (),
        "ambiguous": (),
        "known": (),
        "labels": ("Дело", "Кто", "", "Когда-то"),
    },
)
SHEETS = Unreadable(DocumentFault.SEVERAL_SHEETS, {"sheets": (("Январь", 3), ("Февраль", 5)), "are_alike": True})


@pytest.fixture
async def real(database: Database, clock: MovableClock, settings: Settings) -> AsyncIterator[Telegram]:
    """The bot with the reader it really has, but for its process."""
    async with telegram(database, clock, settings, read_file=read_file_here) as tg:
        yield tg


class TestWithTheRealReader:
    async def test_the_columns_of_a_workbook_are_named_by_taps(self, real: Telegram, network: SmallNetwork) -> None:
        vera = real.chat_of(network.regional)
        asked = await vera.sends("план.xlsx", UNTOLD)
        assert "Собрать заявки | школы | 15 октября 2026 г." in asked["text"]
        assert labels(asked) == ["1. Что сделать", "2. Кому", "3. К какому дню", "Отмена"]

        await vera.presses("1. Что сделать")
        asked = await vera.presses("3. К какому дню")
        assert "Срок – столбец 3 «К какому дню»" in asked["text"]
        assert "ответственный?" in asked["text"]
        draft = await vera.presses("2. Кому")

        assert "2 строки" in draft["text"]
        assert "Собрать заявки" in draft["text"]
        assert len(vera.messages) == 1, "the questions stand in the place of «Читаю…»"

    async def test_a_sheet_is_chosen_by_a_tap(self, real: Telegram, network: SmallNetwork) -> None:
        vera = real.chat_of(network.regional)
        one, two = ("1", "Первое", "", "", "15 октября 2026 г."), ("1", "Второе", "", "", "20 октября 2026 г.")
        asked = await vera.sends("год.xlsx", books({"Октябрь": [HEADER, one], "Ноябрь": [HEADER, two]}))
        assert "2 листа с таблицами" in asked["text"]
        assert labels(asked) == ["Октябрь · 1 строка", "Ноябрь · 1 строка", "Все листы", "Отмена"]

        draft = await vera.presses("Ноябрь · 1 строка")

        assert "Второе" in draft["text"]
        assert "Первое" not in draft["text"]

    async def test_each_sheet_of_a_workbook_may_become_a_document(self, real: Telegram, network: SmallNetwork) -> None:
        vera = real.chat_of(network.regional)
        one, two = ("1", "Первое", "", "", "15 октября 2026 г."), ("1", "Второе", "", "", "20 октября 2026 г.")
        data = books({"Октябрь": [HEADER, one], "Ноябрь": [HEADER, two]})
        await vera.sends("год.xlsx", data)
        await vera.presses("Октябрь · 1 строка")
        await vera.sends("год.xlsx", data)
        assert "уже присылали" not in (await vera.presses("Ноябрь · 1 строка"))["text"]
        await vera.sends("год.xlsx", data)
        again = await vera.presses("Октябрь · 1 строка")

        assert "уже присылали" in again["text"]
        assert "Первое" in again["text"]


async def test_each_column_is_asked_for_once_and_the_last_answer_reads_the_file(vera: Chat, reader: FakeReader) -> None:
    reader.answers = [ASKED]
    asked = await vera.sends("план.docx", b"table")
    assert "В каком столбце название мероприятия?" in asked["text"]
    assert "Собрать &lt;все&gt; заявки" not in asked["text"], "markup is sent as entities"
    assert labels(asked) == ["1. Дело", "2. Кто", "4. Когда-то", "Отмена"], "an empty column is no choice"

    await vera.presses("1. Дело")
    asked = await vera.presses("4. Когда-то")
    assert labels(asked) == ["2. Кто", "Нет такого", "‹ Назад", "Отмена"]
    await vera.presses("Нет такого")
    await vera.presses("Нет такого")
    draft = await vera.presses("Нет такого")

    assert "6 строк" in draft["text"]
    assert reader.choices[-1] == ReadingChoices(columns={Column.TITLE: 0, Column.PHRASE: 3})


async def test_what_the_header_does_say_is_told_and_not_asked(vera: Chat, reader: FakeReader) -> None:
    facts = {**ASKED.facts, "missing": ("phrase",), "known": (("title", 0), ("begins", 1))}
    reader.answers = [Unreadable(DocumentFault.UNKNOWN_COLUMNS, facts)]
    asked = await vera.sends("план.docx", b"table")
    assert "Название мероприятия – столбец 1 «Дело»" in asked["text"]
    assert labels(asked) == ["4. Когда-то", "Отмена"]

    assert "6 строк" in (await vera.presses("4. Когда-то"))["text"], "no column is left for the other questions"


async def test_a_column_taken_for_the_result_is_offered_where_none_is_left_for_the_matter(
    vera: Chat, reader: FakeReader
) -> None:
    known = (("result", 0), ("phrase", 1), ("responsible", 2))
    facts = {**ASKED.facts, "missing": ("title",), "known": known, "labels": ("Показатель", "Дата", "Исполнитель")}
    reader.answers = [Unreadable(DocumentFault.UNKNOWN_COLUMNS, facts)]
    asked = await vera.sends("план.xlsx", b"table")
    assert "Срок – столбец 2 «Дата»" in asked["text"]
    assert labels(asked) == ["1. Показатель", "3. Исполнитель", "Отмена"]

    await vera.presses("1. Показатель")
    await vera.presses("3. Исполнитель")

    assert reader.choices[-1].columns == {Column.TITLE: 0, Column.PHRASE: 1, Column.RESPONSIBLE: 2}


async def test_a_table_without_enough_columns_is_refused_in_words(vera: Chat, reader: FakeReader) -> None:
    facts = {**ASKED.facts, "missing": ("phrase",), "known": (("title", 0),), "labels": ("Дело",)}
    reader.answers = [Unreadable(DocumentFault.UNKNOWN_COLUMNS, facts)]
    refused = await vera.sends("план.docx", b"table")
    assert "не видно столбца «Срок»" in refused["text"]
    assert labels(refused) == []


async def test_a_step_back_asks_again(vera: Chat, reader: FakeReader) -> None:
    reader.answers = [ASKED]
    await vera.sends("план.docx", b"table")
    await vera.presses("2. Кто")
    asked = await vera.presses("‹ Назад")
    assert "название мероприятия?" in asked["text"]
    await vera.presses("1. Дело")
    await vera.presses("4. Когда-то")
    await vera.presses("2. Кто")

    assert reader.choices[-1].columns == {Column.TITLE: 0, Column.PHRASE: 3, Column.RESPONSIBLE: 1}


async def test_sheets_alike_may_be_read_together_and_their_columns_asked_for_next(
    vera: Chat, reader: FakeReader
) -> None:
    reader.answers = [SHEETS, ASKED]
    await vera.sends("год.xlsx", b"book")
    asked = await vera.presses("Все листы")
    assert "название мероприятия?" in asked["text"]
    await vera.presses("1. Дело")
    await vera.presses("4. Когда-то")
    await vera.presses("2. Кто")

    assert [choices.sheets for choices in reader.choices] == [(), ("Январь", "Февраль"), ("Январь", "Февраль")]


@pytest.mark.parametrize("answer", [ASKED, SHEETS], ids=["columns", "sheets"])
@pytest.mark.parametrize("way", ["Отмена", "/cancel"])
async def test_the_question_is_left_without_a_trace(
    vera: Chat, reader: FakeReader, answer: Unreadable, way: str
) -> None:
    reader.answers = [answer]
    await vera.sends("план.xlsx", b"table")
    left = await (vera.says(way) if way.startswith("/") else vera.presses(way))
    assert "этот файл не читаю" in left["text"]
    assert "6 строк" in (await vera.sends("план.xlsx", b"table"))["text"]


async def test_a_button_of_an_older_question_is_answered_politely(vera: Chat, reader: FakeReader) -> None:
    reader.answers = [ASKED, ASKED]
    older = await vera.sends("первый.docx", b"one")
    await vera.sends("второй.docx", b"two")
    await vera.presses("1. Дело", on=older)
    assert "уже закрыт" in vera.toast["text"]

    await vera.presses("1. Дело")
    assert "срок?" in vera.last["text"]
    await vera.says("/start")
    await vera.presses("4. Когда-то")
    assert "уже закрыт" in vera.toast["text"]
    assert len(reader.names) == 2, "nothing was read again"


async def test_a_pasted_table_is_remembered_too(vera: Chat, reader: FakeReader) -> None:
    reader.answers = [ASKED]
    await vera.says("Дело | Кто | Когда-то\nСобрать | школы | 15 октября\nСдать | школы | 1 ноября")
    await vera.presses("1. Дело")
    await vera.presses("4. Когда-то")
    assert "6 строк" in (await vera.presses("2. Кто"))["text"]


async def test_typed_words_are_no_answer_and_lose_nothing(vera: Chat, reader: FakeReader) -> None:
    reader.answers = [ASKED]
    await vera.sends("план.docx", b"table")

    assert "кнопкой" in (await vera.says("в первом столбце"))["text"]

    await vera.presses("1. Дело")
    await vera.presses("4. Когда-то")
    await vera.presses("2. Кто")
    assert "6 строк" in vera.messages[-2]["text"], "the question has become the draft"


@pytest.mark.parametrize("is_pasted", [pytest.param(True, id="a list"), pytest.param(False, id="a file")])
async def test_another_document_begins_anew_and_says_so(vera: Chat, reader: FakeReader, *, is_pasted: bool) -> None:
    reader.answers = [ASKED]
    await vera.sends("план.docx", b"table")

    pasted = "1. Вебинар – до 15 ноября\n2. Отчёт – 20 ноября"
    draft = await (vera.says(pasted) if is_pasted else vera.sends("другой.docx", b"another"))

    assert "Прошлый файл оставил непрочитанным" in vera.messages[-2]["text"]
    assert "6 строк" in draft["text"]
    await vera.presses("1. Дело")
    assert "уже закрыт" in vera.toast["text"]


async def test_the_answers_outlive_a_restart(
    tg: Telegram,
    vera: Chat,
    reader: FakeReader,
    database: Database,
    clock: MovableClock,
    settings: Settings,
    network: SmallNetwork,
    factory: NetworkFactory,
) -> None:
    reader.answers = [ASKED]
    await vera.sends("план.docx", b"table")
    await vera.presses("1. Дело")
    from handlers.routing import build_dispatcher

    tg.dispatcher = build_dispatcher(database, clock, settings)
    tg.dispatcher.workflow_data.update(read_file=reader)

    await vera.presses("4. Когда-то")
    assert "6 строк" in (await vera.presses("2. Кто"))["text"]
    assert reader.choices[-1].columns[Column.TITLE] == 0
