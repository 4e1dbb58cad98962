"""The demonstration's document: a «Точка роста» roadmap written anew, dated so that its terms lie ahead of ``today``.

It is a real .docx, read by the same reader as anybody's: the shapes of its terms are those of published roadmaps.
"""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from html import escape

FILE_NAME = "Дорожная карта Точка роста.docx"

_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip

_HEADER = ("№ п/п", "Наименование мероприятия", "Ответственный", "Результат", "Срок исполнения")


def roadmap(today: date) -> bytes:
    """The document as a .docx file, signed on the working day before ``today``."""
    signed = today - timedelta(days=3)
    opening = [
        "АДМИНИСТРАЦИЯ ВЛАДИМИРСКОЙ ОБЛАСТИ",
        "РАСПОРЯЖЕНИЕ",
        f"{signed:%d.%m.%Y}",
        "№ 812-р",
        "Об утверждении дорожной карты центров «Точка роста» во Владимирской области",
        "1. Утвердить комплекс мер («дорожную карту») по работе центров «Точка роста» согласно приложению.",
        "2. Контроль за исполнением настоящего распоряжения возложить на заместителя Губернатора области.",
    ]
    paragraphs = "".join(_paragraph(text) for text in opening)
    table = _table([_HEADER, *_rows(today)])
    return _package(f"{paragraphs}{table}{_paragraph('')}")


def _rows(today: date) -> list[tuple[str, ...]]:
    department = "Департамент образования Владимирской области"
    schools = "Общеобразовательные организации"

    def on(days: int) -> str:
        return _in_words(_working(today + timedelta(days=days)))

    return [
        ("1.", "Определение ответственного за центр «Точка роста» в школе", schools, "Приказ школы", on(9)),
        ("2.", "Согласование инфраструктурного листа", department, "Письмо о согласовании",
         "Согласно отдельному графику"),
        ("3.", "Заключение дополнительного соглашения о субсидии", schools, "Подписанное соглашение",
         f"{on(21)}, далее - по необходимости"),
        ("4.", "Объявление закупок оборудования", schools, "Извещения о закупках", f"до {on(30)}"),
        ("5.", "Повышение квалификации педагогов центров", schools, "Удостоверения", f"не позднее {on(44)}"),
        ("6.", "Мониторинг приведения площадок в соответствие с рекомендациями", schools,
         "Результаты мониторинга по форме", f"{on(51)}, далее - ежегодно"),
        ("7.", "Начало работы центров «Точка роста»", schools, "Публикация на сайте школы", on(65)),
        ("8.", "Ежеквартальный мониторинг показателей центров", schools, "Отчёт федеральному оператору",
         f"{on(24)}, далее – ежеквартально"),
    ]  # fmt: skip


def _working(day: date) -> date:
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day


def _in_words(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year} года"


def _paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r></w:p>'


def _table(rows: list[tuple[str, ...]]) -> str:
    lines = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{_paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows
    )
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    columns = '<w:gridCol w:w="1900"/>' * len(_HEADER)
    properties = f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>"
    return f"<w:tbl>{properties}<w:tblGrid>{columns}</w:tblGrid>{lines}</w:tbl>"


def _package(body: str) -> bytes:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kinds = "http://schemas.openxmlformats.org/package/2006/content-types"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    parts = {
        "[Content_Types].xml": (
            f'{head}<Types xmlns="{kinds}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
        ),
        "_rels/.rels": (
            f'{head}<Relationships xmlns="{relations}">'
            f'<Relationship Id="rId1" Type="{office}" Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": f'{head}<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>',
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()
