"""A list that somebody pastes names no year: it is of one school year, said once, not asked of every row."""

from __future__ import annotations

from datetime import date

import pytest

from bot.documents.reading import read_document
from bot.domain.documents import DocumentDraft, ProblemCode
from bot.domain.terms.occurrences import day_of

TODAY = date(2026, 11, 21)


def draft(*phrases: str) -> DocumentDraft:
    lines = [f"{number}. Сделать дело {number} – {phrase}" for number, phrase in enumerate(phrases, 1)]
    return read_document("\n".join(lines).encode(), "список.txt", today=TODAY)


@pytest.mark.parametrize(
    ("phrases", "days", "years", "why"),
    [
        (
            ("до 15 ноября", "3 декабря", "до 20 января"),
            (date(2026, 11, 15), date(2026, 12, 3), date(2027, 1, 20)),
            "2026/27",
            "what is over is of the year whose other dates are ahead",
        ),
        (
            ("до 15 сентября", "до 20 октября"),
            (date(2027, 9, 15), date(2027, 10, 20)),
            "2027/28",
            "the list would be over",
        ),
        (
            ("до 15 сентября 2028 г.", "до 20 января"),
            (date(2028, 9, 15), date(2029, 1, 20)),
            "2028/29",
            "one date names the year for all",
        ),
    ],
)
def test_the_year_is_settled_once_for_the_list(
    phrases: tuple[str, ...], days: tuple[date, ...], years: str, why: str
) -> None:
    read = draft(*phrases)
    assert tuple(day_of(row.term.end) for row in read.rows if row.term) == days, why
    said = [problem.facts for problem in read.problems if problem.code is ProblemCode.SCHOOL_YEAR_ASSUMED]
    assert said == [{"years": years}]
    assert ProblemCode.NO_DOCUMENT_DATE not in {problem.code for problem in read.problems}
    assert not [problem for row in read.rows for problem in row.problems], "and no row asks"


def test_dates_of_several_years_leave_the_others_to_be_asked() -> None:
    read = draft("до 15 сентября 2026 г.", "до 1 октября 2028 г.", "до 20 января")
    assert ProblemCode.SCHOOL_YEAR_ASSUMED not in {problem.code for problem in read.problems}
    assert read.rows[2].problems


def test_a_list_with_all_its_years_is_told_nothing() -> None:
    read = draft("до 15 декабря 2026 г.", "завтра")
    assert ProblemCode.SCHOOL_YEAR_ASSUMED not in {problem.code for problem in read.problems}
