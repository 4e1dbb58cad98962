"""Workbooks for tests: written by the programs that write them, or part by part where no honest program would."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import xlsxwriter

from tests.documents.word import zipped

HEADER = ("№ п/п", "Мероприятие", "Ответственный", "Результат", "Срок")
Fill = Callable[[Any, Any], None]


def book(*rows: Sequence[Any], name: str = "План", fill: Fill | None = None) -> bytes:
    """One sheet; ``fill`` gets the workbook and the sheet after the rows are written."""
    return books({name: rows}, fill=fill)


def books(sheets: Mapping[str, Sequence[Sequence[Any]]], *, fill: Fill | None = None) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        sheet = None
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, value in enumerate(row):
                    if value is not None:
                        sheet.write(number, place, value)
        if fill is not None:
            fill(workbook, sheet)
    return file.getvalue()


SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def raw_book(sheet: str, *, prolog: str = "", more: Mapping[str, bytes] | None = None, strings: str = "") -> bytes:
    """A workbook by its XML: what stands inside ``<worksheet>``; cells without attributes come in order."""
    return zipped(
        {
            "xl/workbook.xml": (
                f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets><sheet name="Лист1" sheetId="1" r:id="r1"/>'
                "</sheets></workbook>"
            ).encode(),
            "xl/_rels/workbook.xml.rels": (
                f'<Relationships xmlns="{RELATIONS}">'
                f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
                f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
            ).encode(),
            "xl/worksheets/sheet1.xml": f'{prolog}<worksheet xmlns="{SHEET}">{sheet}</worksheet>'.encode(),
            **({"xl/SharedStrings.xml": f'<sst xmlns="{SHEET}">{strings}</sst>'.encode()} if strings else {}),
            **(more or {}),
        }
    )


def inline(*texts: str) -> str:
    """A row of texts."""
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
    return f"<row>{cells}</row>"
