"""The certificate as a .pdf: the words of the .docx on one page, in letters that it brings along."""

from __future__ import annotations

import io
from dataclasses import replace

import pdfplumber
import pytest

from bot.reports.certificate_pdf import certificate_pdf
from bot.services.export_attendance import Certificate
from tests.reports.exports import HOSTILE, event

MADE = Certificate(event(), "Владимирская область", "Смирнова Дарья", "Школа № 1", "7-1")
LONG = Certificate(
    event("Ж" * 300), "Министерство образования " * 10, "Константинопольский-Задунайский " * 6, "Школа " * 60, "7-1"
)


def lines(data: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(data)) as paper:
        (page,) = paper.pages
        return str(page.extract_text()).splitlines()


def test_it_says_what_the_docx_says() -> None:
    assert lines(certificate_pdf(MADE)) == [
        "Владимирская область",
        "СЕРТИФИКАТ",
        "участника",
        "Настоящий сертификат подтверждает, что",
        "Смирнова Дарья",
        "Школа № 1",
        "принял(а) участие в семинаре",
        "«Наставники»",
        "10 сентября 2026 г.",
        "Руководитель ____________________ / ____________________ /",
        "№ 7-1",
    ]


def test_what_people_typed_stays_text() -> None:
    shown = lines(certificate_pdf(replace(MADE, full_name=HOSTILE)))

    assert "{{ 7*7 }} <b>&</b> {% for %} Петрова О’Нил" in shown


@pytest.mark.parametrize("name", ["", "\x00\x07", "🙂 Петя", "\ud800"], ids=["nothing", "no signs", "a face", "half"])
def test_a_name_that_has_no_letters_makes_a_page_all_the_same(name: str) -> None:
    assert "СЕРТИФИКАТ" in lines(certificate_pdf(replace(MADE, full_name=name)))


def test_the_longest_stays_on_one_page_within_the_frame() -> None:
    with pdfplumber.open(io.BytesIO(certificate_pdf(LONG))) as paper:
        (page,) = paper.pages
        outside = [
            one["text"]
            for one in page.chars
            if not (one["x0"] >= 28 and one["x1"] <= page.width - 28 and 28 <= one["top"] <= page.height - 28)
        ]
        assert not outside
        assert page.extract_text().count("Ж") == 300


def test_the_letters_are_in_the_file() -> None:
    data = certificate_pdf(MADE)

    with pdfplumber.open(io.BytesIO(data)) as paper:
        fonts = {one["fontname"].partition("+")[2] for one in paper.pages[0].chars}
    assert fonts == {"SourceSerifPro-Regular", "SourceSerifPro-Bold"}
    assert data.count(b"/FontFile2") >= 2, "a phone that has no such letters shows these"


def test_it_is_the_same_whenever_it_is_asked_for() -> None:
    assert certificate_pdf(MADE) == certificate_pdf(MADE)
