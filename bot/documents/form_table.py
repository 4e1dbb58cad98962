"""Reads the questions of a form out of a file: our template filled in, or a table of indicators in a document.

Nothing is decided here about what a question is: the cells go on as they stand. The bot runs this in a process of its
own: ``bot.documents.isolation``.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.documents import limits
from bot.documents.blocks import Block, Cell, Source, Table, with_nested
from bot.documents.errors import (
    DamagedError,
    EmptyFileError,
    NoTableError,
    NotADocxError,
    OutOfMemoryError,
    TooLargeError,
    UnsupportedFormatError,
)
from bot.documents.formats import Format, format_of
from bot.documents.reading import READERS
from bot.documents.wording import flat
from bot.domain.form_rows import FormRow, FormTable

MAX_ROWS = 500
EXAMPLE = "пример:"
"""How a row of the template begins that shows how it is filled in."""

_HEADER_WITHIN = 20  # lines that may stand above the header
_DEEPEST_HEADER = 3
_LONGEST_HEADING = 120
_TEMPLATE: Mapping[str, re.Pattern[str]] = {
    "text": re.compile(r"вопрос"),
    "kind": re.compile(r"тип"),
    "options": re.compile(r"вариант"),
    "unit": re.compile(r"единиц|ед\. ?изм"),
    "plan": re.compile(r"план"),
    "low": re.compile(r"не меньше|минимум"),
    "high": re.compile(r"не больше|максимум"),
    "required": re.compile(r"обязательн"),
}
_TEXT = re.compile(
    r"вопрос(?:ы|а)?(?: (?:анкеты|чек-листа|для \w+))?\Z|"
    r"(?:(?:наименован|назван|перечен|целев)\w+\s+(?:\w+\s+)?)?(?:показател|индикатор|критери)\w*(?!\s*(?:план|факт))"
)
_UNIT = re.compile(r"ед(?:иниц\w*|\.)?\s*(?:изм|,)|единица\Z")
_PLAN = re.compile(r"план|целев\w+ (?:значен|ориент)|миним\w+ (?:значен|показател)|не менее|норматив")
_VALUE = re.compile(r"(?:(?:установлен|требуем|контрольн)\w+ )?значени")
_ANSWERS = re.compile(r"вариант\w* (?:ответ|значен)|варианты|возможные (?:ответ|значен)|форма ответа|тип ответа")
_FACT = re.compile(r"факт|достигнут|выполнен|исполнен|базов|отклонен")
_INDICATORS = re.compile(r"(?:целевые |основные )?(?:показатели|индикаторы)\b[^\n]{0,120}(?:\n|\Z)", re.IGNORECASE)
_NO_INDICATOR = re.compile(r"(?:итого|всего)\b|[\d.,\s]*\Z", re.IGNORECASE)


def read_form_table(data: bytes, file_name: str) -> FormTable:
    """The rows of the template, else of the first table of indicators, else of the first list of them in a cell.

    Raises nothing but ``bot.documents.errors.DocumentError``; NoTableError where there is none of the three.
    """
    if not data:
        raise EmptyFileError
    if len(data) > limits.FILE_BYTES:
        raise TooLargeError(what="file", limit=limits.FILE_BYTES, size=len(data))
    try:
        found = format_of(data, file_name)
    except NotADocxError as error:  # the archive is torn: nothing says that it was to be a Word document
        raise DamagedError(**error.facts) from error
    if found not in READERS:
        raise UnsupportedFormatError(format=found.value)
    try:
        rows = _template_rows(data) if found is Format.XLSX else None
        if rows is not None:
            return FormTable(tuple(rows), is_template=True)
        source = READERS[found](data)
        tables = [*with_nested(_tables(source))]
        found_tables = [read for table in tables if (read := _indicators(table)).rows]
        found_tables = found_tables or [read for table in tables if (read := _listed(table)).rows]
    except RecursionError as error:
        raise DamagedError(detail="nested too deep") from error
    except MemoryError as error:
        raise OutOfMemoryError from error
    if not found_tables:
        raise NoTableError
    return replace(found_tables[0], others=len(found_tables) - 1)


def _template_rows(data: bytes) -> list[FormRow] | None:
    """None where no sheet has the header of the template. The numbers of the sheet are kept: a refusal names them."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            claimed = sum(part.file_size for part in archive.infolist())
        if claimed > limits.UNPACKED_BYTES:
            raise TooLargeError(what="unpacked", limit=limits.UNPACKED_BYTES, size=claimed)
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise DamagedError(detail=type(error).__name__) from error
    try:
        for sheet in workbook.worksheets:
            rows = _of_template(enumerate(sheet.iter_rows(max_row=MAX_ROWS + _HEADER_WITHIN), start=1))
            if rows is not None:
                return rows
    finally:
        workbook.close()
    return None


def _of_template(lines: Iterator[tuple[int, Sequence[Any]]]) -> list[FormRow] | None:
    places: dict[str, int] | None = None
    rows = []
    for number, cells in lines:
        words = [_shown(cell) for cell in cells[: limits.COLUMNS]]
        if places is None:
            if number > _HEADER_WITHIN:
                return None
            found = _places(words, _TEMPLATE)
            places = found if {"text", "kind"} <= found.keys() else None
            continue
        values = {name: words[at] for name, at in places.items() if at < len(words)}
        is_example = values.get("text", "").casefold().startswith(EXAMPLE)
        if any(values.values()) and not is_example:
            rows.append(FormRow(number, **{"text": "", **values}))
    return None if places is None else rows


def _shown(cell: Any) -> str:
    """What the author sees: 20 and not 20.0, 50% and not 0.5."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, int | float):
        if "%" in (cell.number_format or ""):
            return f"{value * 100:.10g}%"
        return f"{value:.15g}"
    return str(value).strip()


def _places(words: Sequence[str], columns: Mapping[str, re.Pattern[str]]) -> dict[str, int]:
    places: dict[str, int] = {}
    for at, cell in enumerate(words):
        heading = flat(cell).casefold()
        if not heading or len(heading) > _LONGEST_HEADING:
            continue
        name = next((name for name, pattern in columns.items() if name not in places and pattern.match(heading)), None)
        if name is not None:
            places[name] = at
    return places


def _tables(source: Source) -> Iterator[Table]:
    blocks: list[Block] = [*source.blocks, *(block for sheet in source.sheets for block in sheet.blocks)]
    return (block for block in blocks if isinstance(block, Table))


def _indicators(table: Table) -> FormTable:
    """The rows under a header that names indicators or questions, with a unit, a plan or the answers that there are
    beside them; none where there is no such.
    """
    for top in range(min(len(table.rows), _HEADER_WITHIN)):
        text = _column(table.rows[top].cells, _TEXT)
        if text is None:
            continue
        bottom = top + 1  # a header of several rows: its cells are merged downwards
        while bottom < min(len(table.rows), top + _DEEPEST_HEADER) and _goes_on(table, top, bottom, text):
            bottom += 1
        headings = _headings(table, top, bottom)
        unit = next((at for at, heading in enumerate(headings) if _UNIT.match(heading)), None)
        plans = _plan_columns(headings, text)
        answers = next((at for at, heading in enumerate(headings) if at != text and _ANSWERS.match(heading)), None)
        if unit is not None or plans or answers is not None:
            rows = _rows_below(table, bottom, text, unit, plans[0] if len(plans) == 1 else None, answers)
            return FormTable(tuple(rows), has_several_plans=len(plans) > 1)
    return FormTable(())


def _column(cells: Sequence[Cell], pattern: re.Pattern[str]) -> int | None:
    for at, cell in enumerate(cells):
        heading = flat(cell.text).casefold()
        if len(heading) <= _LONGEST_HEADING and pattern.match(heading):
            return at
    return None


def _goes_on(table: Table, top: int, row: int, text: int) -> bool:
    """Whether ``row`` is a part of the header still: the cell of the indicators is the same one, or empty."""
    cells = table.rows[row].cells
    return text < len(cells) and (cells[text] is table.rows[top].cells[text] or not cells[text].text.strip())


def _headings(table: Table, top: int, bottom: int) -> list[str]:
    """The words over each column, from the top down, those of a merged cell once."""
    width = max(len(row.cells) for row in table.rows[top:bottom])
    headings = []
    for at in range(width):
        cells = {id(row.cells[at]): row.cells[at] for row in table.rows[top:bottom] if at < len(row.cells)}
        headings.append(flat(" ".join(cell.text for cell in cells.values())).casefold())
    return headings


def _plan_columns(headings: Sequence[str], text: int) -> list[int]:
    """Those that could be the plan: of several, a column a year, none is chosen for the author."""
    open_ = [
        at for at, heading in enumerate(headings)
        if at != text and len(heading) <= _LONGEST_HEADING and not _FACT.search(heading)
    ]  # fmt: skip
    for pattern in (_PLAN, _VALUE):
        named = [at for at in open_ if pattern.search(headings[at])]
        if named:
            return named
    return []


def _rows_below(
    table: Table, bottom: int, text: int, unit: int | None, plan: int | None, answers: int | None
) -> list[FormRow]:
    rows = []
    for number, row in enumerate(table.rows[bottom:], start=bottom + 1):

        def cell(at: int | None, cells: Sequence[Cell] = row.cells) -> str:
            return "" if at is None or at >= len(cells) else cells[at].text.strip()

        is_section = len(row.distinct) == 1 or not any(
            cell(at) for at in range(len(row.cells)) if row.cells[at] is not row.cells[min(text, len(row.cells) - 1)]
        )
        words = flat(cell(text))
        if words and not is_section and not _NO_INDICATOR.match(words):
            rows.append(FormRow(number, words, unit=cell(unit), plan=cell(plan), options=cell(answers)))
    return rows


def _listed(table: Table) -> FormTable:
    """A cell that begins with «Показатели …» and tells them one a line or behind «;», as passports of programmes do."""
    for number, row in enumerate(table.rows, start=1):
        cells = row.distinct
        for at, cell in enumerate(cells):
            found = _INDICATORS.match(cell.text.strip())
            if found is None:
                continue
            own = cell.text.strip()[found.end() :].strip()
            beside = cells[at + 1].text.strip() if at + 1 < len(cells) else ""
            parts = [flat(part).strip(" .") for part in re.split(r"[;\n]+", own or beside)]
            rows = [FormRow(number, part[:1].upper() + part[1:]) for part in parts if len(part) > 3]
            if rows:
                return FormTable(tuple(rows))
    return FormTable(())
