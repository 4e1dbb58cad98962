"""Dates of documents themselves («« 08 » ноября 2023 г.», «10.12.2020») and periods that titles name."""

from __future__ import annotations

import re
from datetime import date

MONTHS = (
    "январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр",
)  # fmt: skip
_MONTH = "(?:январ|феврал|март|апрел|ма|июн|июл|август|сентябр|октябр|ноябр|декабр)[ьяйа]?"
DATE = (
    rf"(?:[«\"“]?\s*\d{{1,2}}\s*[»\"”]?\s+{_MONTH}\s+\d{{4}}\s*(?:г(?:ода|\.)?)?"
    r"|\d{1,2}\.\d{1,2}\.\d{4}(?:\s*г(?:ода|\.)?)?)(?!\w)"
)
_WORDS = re.compile(r"(\d{1,2})\W+([а-я]+)\s+(\d{4})", re.IGNORECASE)
_FIGURES = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_YEARS = re.compile(
    r"\b(?:на|за)\s+(?:период\s+)?(?:с\s+)?(20\d\d)\s*(?:[-–—]|и|по)\s*(20\d\d)\s*(?:г\.?г\b|год|учебн)?", re.IGNORECASE
)
_SCHOOL_YEAR = re.compile(r"\b(20\d\d)\s*[-–—/]\s*(20)?(\d\d)\s+уч(?:ебн\w*|\.)\s*год", re.IGNORECASE)
_ONE_YEAR = re.compile(r"\b(на|за)\s+(20\d\d)\s*(?:год|г\.|г\b)", re.IGNORECASE)
_BARE_YEARS = re.compile(r"\b(20\d\d)\s*[-–—]\s*(20\d\d)\s*(?:г\.?г|год)", re.IGNORECASE)


def read_date(text: str) -> date | None:
    """The first date of a text, or None; a day that no calendar has gives None too."""
    figures, words = _FIGURES.search(text), _WORDS.search(text)
    if figures and (not words or figures.start() < words.start()):
        return _made(figures.group(3), int(figures.group(2)), figures.group(1))
    if not words:
        return None
    name = words.group(2).lower()
    month = next((number for number, stem in enumerate(MONTHS, 1) if name.startswith(stem)), 0)
    return _made(words.group(3), month, words.group(1))


def school_year(text: str) -> str | None:
    """«2024/25» for «2024–2025 учебный год»."""
    found = _SCHOOL_YEAR.search(text)
    if not found or int(found.group(3)) != (int(found.group(1)) + 1) % 100:
        return None
    return f"{found.group(1)}/{found.group(3)}"


def years_named(text: str) -> tuple[date, date] | None:
    """«на 2019–2020 годы», «на 2024 год»: whole years, both ends inclusive."""
    if school_year(text):
        return None
    found = _YEARS.search(text) or _BARE_YEARS.search(text)
    if found and int(found.group(1)) <= int(found.group(2)):
        return date(int(found.group(1)), 1, 1), date(int(found.group(2)), 12, 31)
    single = _ONE_YEAR.search(text)
    return (date(int(single.group(2)), 1, 1), date(int(single.group(2)), 12, 31)) if single else None


def report_year(text: str) -> str | None:
    """«2023» for «отчёт … за 2023 год»."""
    single = _ONE_YEAR.search(text)
    return single.group(2) if single and single.group(1).lower() == "за" else None


def _made(year: str, month: int, day: str) -> date | None:
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None
