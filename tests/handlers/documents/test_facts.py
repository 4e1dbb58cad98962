"""«Откуда это» in chat: each fact beside its line, corrected by words, and the papers that the document mentions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.documents import DocumentFact, DocumentKind, Mention
from tests.drafts import READY, a_document
from tests.driver import Chat, labels
from tests.handlers.documents.conftest import FakeReader

OTHER_PAPER = Mention(DocumentKind.ROADMAP, "1074-р", date(2026, 8, 10), "исполнить карту от 10.08.2026 № 1074-р")
UNKNOWN_PAPER = Mention(DocumentKind.MINUTES, "5", date(2026, 3, 12), "поручения протокола от 12.03.2026 № 5")


@pytest.fixture
def reader() -> FakeReader:
    reader = FakeReader()
    read = a_document(READY)
    quotes = {DocumentFact.NUMBER: "№ 1074-р", DocumentFact.DATE: "10 августа 2026 г."}
    reader.result = replace(read, facts=replace(read.facts, quotes=quotes, controller=None))
    return reader


class TestFacts:
    async def test_each_fact_stands_beside_its_line_and_what_is_absent_is_named(self, vera: Chat) -> None:
        await vera.sends("карта.docx", b"roadmap")

        shown = await vera.presses("📍 Откуда это")

        assert "Номер: 1074-р\n«№ 1074-р»" in shown["text"]
        assert "Дата: 10.08.2026\n«10 августа 2026 г.»" in shown["text"]
        assert "Не нашёл: контроль, период" in shown["text"]

    @pytest.mark.parametrize(
        ("fact", "words", "shown"),
        [
            pytest.param("номер", "№ 12-п", "Номер: 12-п\nвписано вручную", id="a number with its sign"),
            pytest.param("номер", "нет", "Номер: –\nвписано вручную", id="a number taken away"),
            pytest.param("дата", "8 ноября 2023 г.", "Дата: 08.11.2023", id="a day in words"),
            pytest.param("название", "<b>План</b>", "Название: <b>План</b>", id="markup is harmless"),
            pytest.param("регион", "Амурская обл.", "Регион: Амурская область", id="a region by a short name"),
        ],
    )
    async def test_a_fact_is_corrected_by_words(self, vera: Chat, fact: str, words: str, shown: str) -> None:
        await vera.sends("карта.docx", b"roadmap")
        await vera.presses("📍 Откуда это")
        await vera.presses(f"✏️ {fact}")

        assert shown in (await vera.says(words))["text"]

    @pytest.mark.parametrize(
        ("fact", "words", "answer"),
        [
            pytest.param("дата", "8 ноября", "Не понял дату", id="a day without a year would be a guess"),
            pytest.param("дата", "потом", "Не понял дату", id="no day at all"),
            pytest.param("регион", "Атлантида", "Не знаю такого региона", id="no region of Russia"),
            pytest.param("название", "я" * 501, "Название не подошло", id="too long a title"),
        ],
    )
    async def test_words_that_are_no_value_are_asked_again(
        self, vera: Chat, fact: str, words: str, answer: str
    ) -> None:
        await vera.sends("карта.docx", b"roadmap")
        await vera.presses("📍 Откуда это")
        await vera.presses(f"✏️ {fact}")

        assert answer in (await vera.says(words))["text"]
        assert labels(await vera.presses("Отмена"))[:2] == ["✏️ название", "✏️ номер"]

    async def test_a_paper_that_is_in_the_base_can_be_opened(self, vera: Chat, reader: FakeReader) -> None:
        await vera.sends("карта.docx", b"roadmap")
        read = a_document(READY)
        facts = replace(read.facts, number="2", signed_on=date(2026, 9, 1), kind=DocumentKind.MINUTES)
        reader.result = replace(read, facts=facts, mentions=(OTHER_PAPER, UNKNOWN_PAPER, OTHER_PAPER))
        draft = await vera.sends("протокол.docx", b"minutes")
        assert "Упоминает: дорожная карта № 1074-р от 10.08.2026; протокол № 5 от 12.03.2026" in draft["text"]
        await vera.presses("📍 Откуда это")

        papers = await vera.presses("🔗 Упоминает документы: 2")

        assert "дорожная карта № 1074-р от 10.08.2026 · раз: 2" in papers["text"]
        assert "«поручения протокола от 12.03.2026 № 5»" in papers["text"]
        opened = await vera.presses("1. дорожная карта № 1074-р от 10.08.2026")
        assert "Дорожная карта № 1074-р" in opened["text"]
