"""The board of one date as an .xlsx that can be sent on: one line for each who owes an answer, sums on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import IO, Any
from zoneinfo import ZoneInfo

import xlsxwriter

from bot.domain.board import BoardEntry, BoardLine, statuses_of
from bot.domain.forms import Question, Submission
from bot.domain.ids import AssignmentId
from bot.reports.board_words import COLUMNS, due_words, entry_words, moment
from bot.reports.form_sheet import FormSheet
from bot.texts.catalogue import plain


class BoardWorkbook:
    """Written line by line into ``target``; the lines before are no longer in memory.

    Times are on the clock of ``reader``. ``questions``: of forms handed in, a sheet of their own. What people typed
    stays text, also where it begins with «=». ``folder``: where the lines written so far lie; what breaks off leaves
    them there.
    """

    def __init__(
        self,
        target: IO[bytes],
        line: BoardLine,
        *,
        reader: ZoneInfo,
        now: datetime,
        questions: Sequence[Question] = (),
        folder: str | None = None,
    ) -> None:
        options = {
            "constant_memory": True,
            "tmpdir": folder,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._workbook = xlsxwriter.Workbook(target, options)
        self._sheet = self._workbook.add_worksheet(plain("file-sheet"))
        bold = self._workbook.add_format({"bold": True})
        head = self._workbook.add_format(
            {"bold": True, "text_wrap": True, "bg_color": "#E8EEF7", "border": 1, "valign": "top"}
        )
        self._cell = self._workbook.add_format({"text_wrap": True, "border": 1, "valign": "top"})
        self._kind, self._reader = line.kind, reader
        self._first = _write_sums(self._sheet, line, [due_words(line, reader), moment(now, reader)], bold) + 2
        self._row = self._first
        for column, (name, width) in enumerate(COLUMNS):
            self._sheet.set_column(column, column, width)
            self._sheet.write_string(self._first - 1, column, plain(f"file-column-{name}"), head)
        self._forms = FormSheet(self._workbook, questions, reader=reader, head=head, cell=self._cell)

    def add(self, entries: Sequence[tuple[str, BoardEntry]], forms: Mapping[AssignmentId, Submission]) -> None:
        """Some more lines, with what was handed in of them."""
        for above, entry in entries:
            for column, value in enumerate(entry_words(above, entry, self._kind, self._reader)):
                self._sheet.write_string(self._row, column, value, self._cell)
            self._row += 1
        self._forms.add(entries, forms)

    def close(self) -> None:
        """Nothing stands in the target before."""
        self._sheet.freeze_panes(self._first, 2)
        self._sheet.autofilter(self._first - 1, 0, max(self._first, self._row - 1), len(COLUMNS) - 1)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        self._forms.close()
        self._workbook.close()


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
