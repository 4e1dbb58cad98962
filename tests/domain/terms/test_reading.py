"""Phrases and their meaning, one row each; the shared file of real phrases where it is at hand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.domain.terms.model import Doubt, Term, TermKind
from bot.domain.terms.reading import read_term
from tests.domain.terms.expectations import Phrase
from tests.domain.terms.phrases import ALL
from tests.domain.terms.prose import PROSE

SHARED = Path(__file__).resolve().parents[4] / "shared" / "deadlines" / "phrases.jsonl"
FIELDS = ("kind", "start", "end", "precision", "tz", "rrule", "parts", "offset", "negative", "vague", "invalid")

needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared file of phrases is not on this machine")


@pytest.mark.parametrize("phrase", ALL, ids=lambda phrase: phrase.text)
def test_a_phrase_means_what_its_row_says(phrase: Phrase) -> None:
    today = None if phrase.today is None else date.fromisoformat(phrase.today)
    term = read_term(phrase.text, reference_date=today, region=phrase.region, context=phrase.context)
    found = {name: value for name, value in term.to_json().items() if name != "duration"}
    assert found == dict(phrase.expected), phrase.reason


DOUBTS = (
    ("до 15 февраля", None, Doubt.NO_YEAR, "nothing tells the year"),
    ("до 15 февраля", date(2025, 9, 8), Doubt.YEAR_ASSUMED, "the year was taken from the day of reading"),
    ("до ноября 2025 г.", None, Doubt.BOUNDARY, "before November, or in it"),
    ("до 2030 года", None, Doubt.BOUNDARY, "with 2030 or without"),
    ("начало марта 2026 г.", None, Doubt.VAGUE, "a policy, not a date"),
    ("15 ноября 2025 г. в 10:00 (время местное)", None, Doubt.NO_REGION, "local to which region"),
    ("ежеквартально", None, Doubt.NO_DAY, "the day has to be asked"),
    ("ежемесячно до 25 числа", None, Doubt.NO_START, "the first date has to be asked"),
    ("15 ноября 2025 г. (понедельник)", None, Doubt.WEEKDAY_MISMATCH, "it was a Saturday"),
    ("декабрь, январь 2026 г.", None, Doubt.AMBIGUOUS, "which December"),
    ("до 31 июня 2026 г.", None, Doubt.INVALID, "June has 30 days"),
    ("до пятницы", None, Doubt.REFERENCE_MISSING, "which week"),
    ("договор и 15 ноября", None, Doubt.NOT_UNDERSTOOD, "a word too many"),
)


@pytest.mark.parametrize(("text", "today", "doubt", "reason"), DOUBTS, ids=[row[0] + row[2] for row in DOUBTS])
def test_a_doubt_says_why_the_coordinator_should_look(text: str, today: date | None, doubt: Doubt, reason: str) -> None:
    assert doubt in read_term(text, reference_date=today).doubts, reason


YEARS: tuple[tuple[str, dict[str, str], str | None, bool, str], ...] = (
    ("III квартал", {"plan_year": "2027"}, "2027-09-30", True, "the title names the year of the plan"),
    ("II квартал, IV квартал", {"plan_year": "2027"}, "2027-06-30", True, "a list as well as a single term"),
    ("III квартал", {"document_period": "2027-01-01/2027-12-31"}, "2027-09-30", True, "its period lies in one year"),
    ("до конца года", {"document_period": "2027-01-01/2027-12-31"}, "2027-12-31", True, "not the year of reading"),
    ("до 15 марта", {"document_period": "2026-09-01/2027-05-31"}, "2027-03-15", True, "one March lies in the period"),
    ("до 15 ноября", {"school_year": "2026/27"}, "2026-11-15", True, "over already, and still the plan's own"),
    ("до 20 июня", {"school_year": "2026/27"}, "2027-06-20", True, "June belongs to the school year that ends"),
    ("август", {"school_year": "2026/27"}, "2027-08-31", False, "before the school year or after it"),
    ("до 15 марта", {"document_period": "2025-01-01/2030-12-31"}, "2027-03-15", False, "six Marches lie in the period"),
    ("до 15 марта", {"document_period": "2026-04-01/2026-12-31"}, "2027-03-15", False, "none lies in the period"),
    (
        "до 15 марта",
        {"document_period": "2025-01-01/2025-12-31", "report_period": "2025"},
        "2027-03-15",
        False,
        "a report looks back on its period",
    ),
    ("до 15 марта, до 15 июня", {}, "2027-03-15", False, "the years of a list are guessed too"),
)


@pytest.mark.parametrize(("text", "context", "end", "is_told", "reason"), YEARS, ids=[row[0] + row[4] for row in YEARS])
def test_a_year_that_the_document_tells_is_no_doubt_and_one_of_the_day_of_reading_is(
    text: str, context: dict[str, str], end: str, is_told: bool, reason: str
) -> None:
    term = read_term(text, reference_date=date(2026, 11, 21), context=context)
    assert (str(term.end), Doubt.YEAR_ASSUMED not in term.doubts) == (end, is_told), reason


@pytest.mark.parametrize("about", PROSE)
def test_prose_around_terms_never_gives_a_date(about: str) -> None:
    read = {text: read_term(text, reference_date=date(2025, 9, 8)) for text in PROSE[about]}
    assert not [text for text, term in read.items() if term.has_date], about


def test_the_json_of_a_term_reads_back_as_the_term() -> None:
    for phrase in ALL:
        term = read_term(phrase.text, reference_date=date(2025, 9, 8), region=phrase.region, context=phrase.context)
        assert Term.from_json(term.to_json()).to_json() == term.to_json(), phrase.text


def test_context_that_cannot_be_read_counts_as_unknown() -> None:
    broken = {
        "school_year": "завтра",
        "plan_year": "",
        "anchor": "31.12",
        "document_period": "2024-",
        "report_period": "x",
    }
    assert read_term("до 15 июня", context=broken).kind is TermKind.UNPARSABLE
    assert read_term("в течение 3 дней", context=broken).end is None


@needs_shared
def test_the_shared_phrases_are_read_exactly_with_no_wrong_date() -> None:
    wrong, inexact, rows = [], [], _shared_rows()
    for row in rows:
        found, expected = _read_row(row), row["expected"]
        if _comparable(found) == _comparable(expected):
            continue
        inexact.append(f"«{row['text']}» is {_comparable(found)}, should be {_comparable(expected)}")
        if any(found[name] not in {None, expected[name]} for name in ("start", "end", "rrule")):
            wrong.append(inexact[-1])
    assert not wrong, "\n".join(wrong)
    assert len(inexact) <= len(rows) * 0.02, "\n".join(inexact)


@needs_shared
def test_every_phrase_of_the_five_documents_is_exact() -> None:
    rows = [row for row in _shared_rows() if row["source"].endswith(".txt")]
    inexact = [row["text"] for row in rows if _comparable(_read_row(row)) != _comparable(row["expected"])]
    assert len(rows) == 66
    assert not inexact, f"not read as they should be: {inexact}"


@needs_shared
def test_what_only_looks_like_a_date_gives_none() -> None:
    invented = [row["text"] for row in _shared_rows() if row["expected"].get("negative") and _has_date(_read_row(row))]
    assert not invented, f"a date was made of: {invented}"


def _shared_rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in SHARED.read_text(encoding="utf-8").splitlines() if line.strip()]


def _read_row(row: dict[str, Any]) -> dict[str, Any]:
    day = row.get("reference_date")
    today = None if day is None else date.fromisoformat(day)
    return read_term(row["text"], reference_date=today, region=row.get("region"), context=row.get("context")).to_json()


def _comparable(term: dict[str, Any]) -> dict[str, Any]:
    found = {name: term[name] for name in FIELDS if term.get(name) is not None}
    if "parts" in found:
        found["parts"] = [_comparable(part) for part in found["parts"]]
    return found


def _has_date(term: dict[str, Any]) -> bool:
    return any(term[name] is not None for name in ("start", "end", "rrule"))
