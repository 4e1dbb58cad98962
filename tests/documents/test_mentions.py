"""Other documents that a text names: links between papers, and never terms."""

from __future__ import annotations

from datetime import date

import pytest

from bot.documents.mentions import mentions_in
from bot.domain.documents import DocumentFacts, DocumentKind, Mention

NOBODY = DocumentFacts()
MINUTES, ORDER, RESOLUTION = DocumentKind.MINUTES, DocumentKind.ORDER, DocumentKind.RESOLUTION


@pytest.mark.parametrize(
    ("text", "kind", "number", "dated"),
    [
        ("исполнить протокол от 05 июля 2023 г. № Д05-84/05пр", MINUTES, "Д05-84/05пр", date(2023, 7, 5)),
        ("поручения протокола № 3 от 05.11.2024.", MINUTES, "3", date(2024, 11, 5)),
        ("согласно приказу Минпросвещения России от 1 марта 2023 г. № 12-р,", ORDER, "12-р", date(2023, 3, 1)),
        ("в соответствии с постановлением от 08.08.2019", RESOLUTION, None, date(2019, 8, 8)),
        ("письмо «О сроках» от 12.05.2024 № АБ-12/03", DocumentKind.LETTER, "АБ-12/03", date(2024, 5, 12)),
        ("Федеральный закон от 29 декабря 2012 г. № 273-ФЗ", DocumentKind.OTHER, "273-ФЗ", date(2012, 12, 29)),
    ],
)
def test_a_document_is_named_by_kind_number_and_day(
    text: str, kind: DocumentKind, number: str | None, dated: date
) -> None:
    assert mentions_in([text], NOBODY) == (Mention(kind, number, dated, text),)


def test_a_list_of_days_and_numbers_is_of_the_kind_at_its_head() -> None:
    text = "поручения протоколов от 05 июля 2023 г. № 1, от 26 октября 2023 г. №2 и от 07.11.2023 № 3 в срок"
    assert [(found.kind, found.number) for found in mentions_in([text], NOBODY)] == [
        (MINUTES, "1"),
        (MINUTES, "2"),
        (MINUTES, "3"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "вести протокол",
        "отчёт от 5 мая 2024 г. № 3",
        "приложение № 2",
        "школа № 5",
        "решение принять до 15 мая 2024 г.",
    ],
)
def test_what_names_no_document_is_no_mention(text: str) -> None:
    assert mentions_in([text], NOBODY) == ()


def test_the_document_does_not_mention_itself() -> None:
    own = DocumentFacts(number="436", signed_on=date(2019, 8, 8))
    assert mentions_in(["УТВЕРЖДЕНА постановлением от 08.08.2019 № 436"], own) == ()


def test_each_mention_quotes_the_words_around_itself() -> None:
    text = "исполнить протокол от 05.07.2023 № 1, " + "слово " * 60 + "протокол от 05.07.2023 № 1"
    first, second = mentions_in([text], NOBODY)
    assert first.quote.startswith("исполнить протокол от 05.07.2023 № 1, слово")
    assert first.quote.endswith("слово …")
    assert second.quote.startswith("… слово")
    assert second.quote.endswith("протокол от 05.07.2023 № 1")
