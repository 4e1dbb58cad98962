"""Rows joined, cut and put back: what becomes of their texts, and what is proposed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.drafts import DraftRow, RowDecision
from bot.domain.ids import DocumentId, RowId
from bot.domain.rearranging import cut, joined, proposed_parts, restored
from bot.domain.terms.model import Doubt
from bot.domain.terms.reading import read_term

MAY = "до 15 мая 2027 года"


def a_row(place: int, title: str, phrase: str = MAY, result: str = "Отчёт") -> DraftRow:
    term = read_term(phrase, reference_date=date(2026, 9, 1))
    texts = (str(place), title, "Школы", result, phrase)
    links = (f"https://example.org/{place}",)
    accept = RowDecision.ACCEPT
    return DraftRow(RowId(place), DocumentId(1), place, *texts, term, links, (), None, accept, None, None)


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        pytest.param("Собрать заявки", [], id="one matter"),
        pytest.param("1) собрать заявки; 2) сдать отчёт", ["собрать заявки", "сдать отчёт"], id="numbers"),
        pytest.param("1. Собрать заявки. 2. Сдать отчёт.", ["Собрать заявки", "Сдать отчёт"], id="numbers with dots"),
        pytest.param("а) собрать; б) сдать; в) проверить", ["собрать", "сдать", "проверить"], id="letters"),
        pytest.param("Школам: 1) собрать; 2) сдать", ["Школам: собрать", "Школам: сдать"], id="with a leading clause"),
        pytest.param("Собрать не менее 2) заявок", [], id="a number that begins nothing"),
        pytest.param("Отчёт за 2.5 года и 1.1 версии", [], id="fractions and versions"),
        pytest.param("1) собрать; 3) сдать", [], id="numbers that do not count up"),
        pytest.param("1) ; 2) ;", [], id="marks without words"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_numbered_clauses_of_a_title_are_proposed_as_parts(title: str, parts: list[str]) -> None:
    assert [part.title for part in proposed_parts(a_row(1, title))] == parts


def test_several_terms_of_a_phrase_are_proposed_as_parts_of_one_title() -> None:
    row = a_row(1, "Мониторинг", "до 1 октября 2026 года, до 1 декабря 2026 года")

    parts = proposed_parts(row)

    assert [part.title for part in parts] == ["Мониторинг", "Мониторинг"]
    assert [part.term.end for part in parts if part.term] == [date(2026, 10, 1), date(2026, 12, 1)]


def test_joined_texts_stand_in_the_order_of_the_document_and_the_term_is_the_survivors() -> None:
    upper, lower = a_row(3, "Собрать заявки."), a_row(4, "Сдать отчёт", "до 1 июня 2027 года", result="Протокол")

    into = joined(lower, upper)

    assert (into.number, into.title, into.result) == ("3, 4", "Собрать заявки; Сдать отчёт", "Отчёт; Протокол")
    assert (into.phrase, into.term) == (lower.phrase, lower.term)
    assert into.responsible == "Школы", "what both say is said once"
    assert into.decision is RowDecision.TAKE, "what nobody has seen is not accepted"
    assert len(into.links) == 2


def test_what_was_joined_and_corrected_is_restored_as_the_document_has_it() -> None:
    row, other = a_row(3, "Собрать заявки"), a_row(4, "Сдать отчёт")

    back = restored(joined(joined(row, other), a_row(5, "Проверить")))

    assert back.content == row.content
    assert back.as_read is None


def test_a_row_cut_apart_is_its_own_first_part_and_each_keeps_the_phrase() -> None:
    row = a_row(5, "1) собрать; 2) сдать")

    first, second = cut(row, proposed_parts(row))

    assert [(part.number, part.title, part.phrase) for part in (first, second)] == [
        ("5/1", "собрать", MAY),
        ("5/2", "сдать", MAY),
    ]
    assert (first.id, second.split_from) == (row.id, row.id)
    assert restored(first).content == row.content


class TestTermOfTheCoordinator:
    """«до 20 мая» that he typed must never be shown as the reading of the document's «до 15 мая»."""

    typed = "до 20 мая 2027 года"

    def row(self) -> DraftRow:
        term = read_term(self.typed, reference_date=date(2026, 9, 1))
        return replace(a_row(5, "1) собрать; 2) сдать"), term=term, typed_phrase=self.typed)

    def test_it_keeps_its_words_in_every_part(self) -> None:
        parts = cut(self.row(), proposed_parts(self.row()))
        assert [(part.typed_phrase, part.term) for part in parts] == [(self.typed, self.row().term)] * 2

    def test_it_keeps_its_words_when_the_row_is_put_back(self) -> None:
        first, _ = cut(self.row(), proposed_parts(self.row()))
        assert (restored(first).typed_phrase, restored(first).term) == (self.typed, self.row().term)

    def test_words_typed_after_the_row_was_cut_go_with_the_cut(self) -> None:
        first, _ = cut(a_row(5, "1) собрать; 2) сдать"), proposed_parts(self.row()))
        back = restored(replace(first, term=self.row().term, typed_phrase=self.typed))
        assert (back.typed_phrase, back.term) == (None, a_row(5, "").term)


def test_a_guessed_year_is_doubtful_in_each_part_too() -> None:
    row = a_row(1, "Мониторинг", "до 1 октября, до 1 декабря")
    assert [part.term and part.term.doubts for part in proposed_parts(row)] == [(Doubt.YEAR_ASSUMED,)] * 2
