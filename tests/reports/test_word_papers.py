"""The list for signature and the certificate: Word opens them, and nothing that people typed is code in them."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from docx import Document
from docxtpl import DocxTemplate
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from bot.domain.events import Attendance
from bot.domain.matters import Answer
from bot.reports.certificate_docx import certificate_docx
from bot.reports.sign_list_docx import sign_list_docx
from bot.reports.templates.compose import CERTIFICATE, SIGN_LIST
from bot.reports.word_template import filled
from bot.services.export_attendance import Certificate
from bot.texts.spans import paper_span
from tests.reports.exports import HOSTILE, event, export, row

MOSCOW, YAKUTSK = ZoneInfo("Europe/Moscow"), ZoneInfo("Asia/Yakutsk")


def paragraphs(data: bytes) -> list[str]:
    return [one.text for one in Document(io.BytesIO(data)).paragraphs if one.text]


def table(data: bytes) -> list[list[str]]:
    return [[cell.text for cell in one.cells] for one in Document(io.BytesIO(data)).tables[0].rows]


def test_the_list_for_signature_has_a_line_for_each_who_comes() -> None:
    comes = row(1, "Смирнова Дарья Павловна", attendance=None)
    waits = row(2, "Ждущий Иван", attendance=None, waits=True)
    refused = row(3, "Котов Глеб", attendance=Attendance.ABSENT, answer=Answer.NOT_COMING)
    came = row(4, "Цой Марина Викторовна", answer=None)
    of = event(place="г. Суздаль, ул. Ленина, 1", leader="Орлова В. И.")

    data = sign_list_docx(export(comes, waits, refused, came, of=of))

    assert table(data) == [
        ["№", "ФИО", "Организация", "Должность (роль)", "Подпись"],
        ["1", "Смирнова Дарья Павловна", "=СУММ(Школа № 1)", "педагог, наставник", ""],
        ["2", "Цой Марина Викторовна", "=СУММ(Школа № 1)", "педагог, наставник", ""],
    ]
    said = paragraphs(data)
    assert said[:5] == [
        "Владимирская область",
        "Лист регистрации участников семинара",
        "Наставники",
        "10 сентября 2026 г., 12:00 МСК",
        "Место проведения: г. Суздаль, ул. Ленина, 1",
    ]
    assert said[-2:] == ["Всего в списке: 2", "Ответственный: Орлова В. И.    Подпись: ____________________"]


def test_a_certificate_names_the_person_the_event_and_its_day() -> None:
    said = paragraphs(
        certificate_docx(Certificate(event(), "Владимирская область", "Смирнова Дарья", "Школа № 1", "7-1"))
    )

    assert said == [
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
    data = certificate_docx(Certificate(event(HOSTILE), HOSTILE, HOSTILE, HOSTILE, "7-1"))
    listed = sign_list_docx(export(row(1, HOSTILE), of=event(HOSTILE, place=HOSTILE)))

    shown = "{{ 7*7 }} <b>&</b> {% for %} Петрова О’Нил"
    assert paragraphs(data)[4] == shown
    assert table(listed)[1][1] == shown


def test_a_place_that_nobody_fills_is_an_error_not_a_gap(tmp_path: Path) -> None:
    with pytest.raises(UndefinedError):
        filled(CERTIFICATE, {"organiser": "Область"})


def test_a_template_reaches_nothing_but_its_places(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("{{ name.__class__.__mro__ }}")
    template = tmp_path / "evil.docx"
    document.save(str(template))

    with pytest.raises(SecurityError):
        filled(template, {"name": "Дарья"})


@pytest.mark.parametrize("template", [SIGN_LIST, CERTIFICATE], ids=lambda path: path.name)
def test_a_template_says_no_word_of_its_own(template: Path) -> None:
    with zipfile.ZipFile(template) as package:
        body = package.read("word/document.xml").decode()

    assert not [sign for sign in body if "а" <= sign.lower() <= "я"], "every word comes from the catalogue"
    assert DocxTemplate(template).get_undeclared_template_variables() >= {"words", "title", "when"}


@pytest.mark.parametrize(
    ("begins", "ends", "zone", "with_hours", "words"),
    [
        ((10, 9), None, MOSCOW, True, "10 сентября 2026 г., 12:00 МСК"),
        ((10, 9), (10, 10), YAKUTSK, True, "10 сентября 2026 г., 18:00–19:00 МСК+6"),
        ((10, 9), (10, 10), MOSCOW, False, "10 сентября 2026 г."),
        ((10, 9), (11, 14), MOSCOW, True, "10–11 сентября 2026 г."),
        ((29, 9), (32, 14), MOSCOW, True, "29 сентября – 2 октября 2026 г."),
    ],
    ids=["no end", "another zone", "a certificate names days", "two days", "over the end of a month"],
)
def test_when_it_was_reads_as_in_papers(
    begins: tuple[int, int], ends: tuple[int, int] | None, zone: ZoneInfo, with_hours: bool, words: str
) -> None:
    def at(day: int, hour: int) -> datetime:
        return datetime(2026, 9, 1, hour, tzinfo=UTC) + timedelta(days=day - 1)

    assert paper_span(at(*begins), None if ends is None else at(*ends), zone, with_hours=with_hours) == words
