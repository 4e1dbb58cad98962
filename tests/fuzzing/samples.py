"""What is damaged: sound files of each reader, the project's own and the published ones where they are at hand."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from bot.demo.roadmap import roadmap
from tests.documents.word import cell, docx, numbered, p, row, table
from tests.documents.word import roadmap as word_roadmap

_TESTS = Path(__file__).resolve().parents[1]
_PUBLISHED = _TESTS.parent.parent / "shared" / "documents" / "office"
_LARGEST = 200_000  # a larger sample only makes each input slower


@dataclass(frozen=True, slots=True)
class Sample:
    reader: str
    file_name: str
    data: bytes


def samples() -> Mapping[str, Sequence[Sample]]:
    """By reader: docx, pdf, xlsx; each has at least one."""
    found: dict[str, list[Sample]] = defaultdict(list)
    for file_name, data in (
        ("план.docx", roadmap(date(2024, 9, 1))),
        ("приказ.docx", _order()),
        ("план.xlsx", _workbook()),
        *_files(_TESTS / "documents" / "files"),
        *_files(_PUBLISHED),
    ):
        reader = Path(file_name).suffix[1:]
        if reader in {"docx", "pdf", "xlsx"} and len(data) <= _LARGEST:
            found[reader].append(Sample(reader, file_name, data))
    return found


def _files(folder: Path) -> list[tuple[str, bytes]]:
    return [(path.name, path.read_bytes()) for path in sorted(folder.glob("*.*"))] if folder.is_dir() else []


def _order() -> bytes:
    """A little of everything that Word does to a table."""
    return docx(
        p("ПРИКАЗ"),
        p("10.12.2024 № 5"),
        word_roadmap(
            row(cell(numbered()), "Дело", "Директор", "Отчёт", cell("май 2025 г.", merge="restart")),
            row(cell("Раздел второй", span=5)),
            ("2", "Два", "Директор", "Отчёт", "до 15 ноября, далее – ежегодно"),
        ),
        table(("a", "b"), ("c", "d")),
        numbering='<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
        links={"r1": "https://a.example"},
    )


def _workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["План мероприятий на 2025 год"])
    sheet.append(["№", "Мероприятие", "Срок", "Ответственный", "Результат"])
    sheet.append(["I. Организационные мероприятия"])
    sheet.merge_cells("A3:E3")
    sheet.append([1, "Совещание координаторов", date(2025, 11, 15), "Отдел", "Протокол"])
    sheet.append([2, "Мониторинг", "ежеквартально, до 5 числа", "Школы", 0.25])
    sheet.append([3, "Отчёт", "=A4", "Школы", "https://a.example"])
    sheet["E6"].hyperlink = "https://a.example"
    book.create_sheet("Справочник").append(["Регион", "Амурская область"])
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()
