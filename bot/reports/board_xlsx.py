"""The board of one date as an .xlsx that can be sent on: one line for each who owes an answer, sums on top."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter

from bot.domain.board import BoardEntry, BoardLine, statuses_of
from bot.domain.forms import Submission
from bot.domain.ids import AssignmentId
from bot.domain.matters import ActivityKind
from bot.reports.form_sheet import write_form_sheet
from bot.texts.answers import answer_words
from bot.texts.catalogue import plain
from bot.texts.times import clock, short_day

_COLUMNS = (("above", 28), ("unit", 34), ("person", 30), ("status", 16), ("answer", 18), ("when", 18), ("by", 30),
            ("comment", 50))  # fmt: skip


def board_xlsx(
    line: BoardLine,
    entries: Sequence[tuple[str, BoardEntry]],
    *,
    reader: ZoneInfo,
    now: datetime,
    forms: Mapping[AssignmentId, Submission] | None = None,
) -> bytes:
    """The file; times are on the clock of ``reader``. ``forms``: those handed in, a sheet of their own.

    What people typed stays text, also where it begins with «=».
    """
    buffer = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    workbook = xlsxwriter.Workbook(buffer, options)
    sheet = workbook.add_worksheet(plain("file-sheet"))
    bold = workbook.add_format({"bold": True})
    head = workbook.add_format({"bold": True, "text_wrap": True, "bg_color": "#E8EEF7", "border": 1, "valign": "top"})
    cell = workbook.add_format({"text_wrap": True, "border": 1, "valign": "top"})

    first_row = _write_sums(sheet, line, [_due(line, reader), _moment(now, reader)], bold) + 2
    for column, (name, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(first_row - 1, column, plain(f"file-column-{name}"), head)
    for row, (above, entry) in enumerate(entries, start=first_row):
        for column, value in enumerate(_values(above, entry, line.kind, reader)):
            sheet.write_string(row, column, value, cell)
    sheet.freeze_panes(first_row, 2)
    sheet.autofilter(first_row - 1, 0, max(first_row, first_row + len(entries) - 1), len(_COLUMNS) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    if forms:
        write_form_sheet(workbook, entries, forms, reader=reader, head=head, cell=cell)
    workbook.close()
    return buffer.getvalue()


def _write_sums(sheet: Any, line: BoardLine, times: Sequence[str], bold: Any) -> int:
    """What it is about, when it is due and was made, and its sums; returns the row of the last of them."""
    due, made = times
    sheet.write_string(0, 0, plain("file-title", title=line.title), bold)
    sheet.write_string(1, 0, plain("file-due", when=due))
    sheet.write_string(2, 0, plain("file-made", when=made))
    statuses = statuses_of(line.kind)
    for row, status in enumerate(statuses, start=3):
        sheet.write_string(row, 0, plain(f"status-{status.value}"))
        sheet.write_number(row, 1, getattr(line.tally, status.value))
    last = 3 + len(statuses)
    sheet.write_string(last, 0, plain("file-sum"), bold)
    sheet.write_number(last, 1, line.tally.total, bold)
    return last


def _values(above: str, entry: BoardEntry, kind: ActivityKind, reader: ZoneInfo) -> tuple[str, ...]:
    return (
        above,
        entry.unit_title,
        entry.person_name or plain("file-whole-school"),
        plain(f"status-{entry.status.value}"),
        answer_words(entry.answer, kind) if entry.answer else "",
        _moment(entry.answered_at, reader) if entry.answered_at else "",
        entry.answered_by_name or "",
        entry.comment or "",
    )


def _due(line: BoardLine, reader: ZoneInfo) -> str:
    return _moment(line.due_at, reader) if line.has_time else short_day(line.due_on)


def _moment(at: datetime, reader: ZoneInfo) -> str:
    return f"{short_day(at.astimezone(reader).date())} {clock(at, reader)}"
