"""A sheet of a board's .xlsx: what each school filled in, a column a question, figures as figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from bot.domain.board import BoardEntry
from bot.domain.forms import Question, Submission
from bot.domain.ids import AssignmentId
from bot.reports.board_words import handed_in_words, heading
from bot.texts.catalogue import plain
from bot.texts.forms import value_words

_FIRST = (("above", 28), ("unit", 34), ("handed-in", 18), ("by", 30))
_WIDTH = 24


class FormSheet:
    """Every entry has its line, those without a form an empty one: what is missing is seen. Without questions there
    is no sheet."""

    def __init__(
        self, workbook: Workbook, questions: Sequence[Question], *, reader: ZoneInfo, head: Format, cell: Format
    ) -> None:
        self._questions, self._reader, self._cell = questions, reader, cell
        self._row = 1
        if not questions:
            return
        self._sheet = workbook.add_worksheet(plain("file-sheet-form"))
        for column, (name, width) in enumerate(_FIRST):
            self._sheet.set_column(column, column, width)
            self._sheet.write_string(0, column, plain(f"file-form-{name}"), head)
        self._sheet.set_column(len(_FIRST), len(_FIRST) + len(questions), _WIDTH)
        for column, question in enumerate(questions, start=len(_FIRST)):
            self._sheet.write_string(0, column, heading(question), head)

    def add(self, entries: Sequence[tuple[str, BoardEntry]], forms: Mapping[AssignmentId, Submission]) -> None:
        """Some more lines."""
        if not self._questions:
            return
        for above, entry in entries:
            submission = forms.get(entry.assignment_id)
            unit = f"{entry.unit_title}, {entry.person_name}" if entry.person_name else entry.unit_title
            for column, words in enumerate((above, unit, *handed_in_words(submission, self._reader))):
                self._sheet.write(self._row, column, words or None, self._cell)
            for column, question in enumerate(self._questions, start=len(_FIRST)):
                self._write_given(column, question, submission)
            self._row += 1

    def close(self) -> None:
        """After the last line."""
        if not self._questions:
            return
        self._sheet.freeze_panes(1, 2)
        self._sheet.autofilter(0, 0, max(1, self._row - 1), len(_FIRST) + len(self._questions) - 1)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)

    def _write_given(self, column: int, question: Question, submission: Submission | None) -> None:
        given = None if submission is None else submission.given.get(question.key)
        if given is None or given.value.is_skipped:
            self._sheet.write_blank(self._row, column, None, self._cell)
        elif question.kind.is_figure and given.value.number is not None:
            self._sheet.write_number(self._row, column, given.value.number, self._cell)
        else:
            self._sheet.write_string(self._row, column, value_words(question, given.value), self._cell)
