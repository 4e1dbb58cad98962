"""A sheet of a board's .xlsx: what each school filled in, a column a question, figures as figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from bot.domain.board import BoardEntry
from bot.domain.forms import Question, Submission, columns
from bot.domain.ids import AssignmentId
from bot.texts.catalogue import plain
from bot.texts.forms import value_words
from bot.texts.times import clock, short_day

_FIRST = (("above", 28), ("unit", 34), ("handed-in", 18), ("by", 30))
_WIDTH = 24


def write_form_sheet(
    workbook: Workbook,
    entries: Sequence[tuple[str, BoardEntry]],
    forms: Mapping[AssignmentId, Submission],
    *,
    reader: ZoneInfo,
    head: Format,
    cell: Format,
) -> None:
    """Every entry has its line, those without a form an empty one: what is missing is seen."""
    sheet = workbook.add_worksheet(plain("file-sheet-form"))
    questions = columns(forms.values())
    for column, (name, width) in enumerate(_FIRST):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, plain(f"file-form-{name}"), head)
    sheet.set_column(len(_FIRST), len(_FIRST) + len(questions), _WIDTH)
    for column, question in enumerate(questions, start=len(_FIRST)):
        sheet.write_string(0, column, _heading(question), head)
    for row, (above, entry) in enumerate(entries, start=1):
        submission = forms.get(entry.assignment_id)
        for column, words in enumerate(_who(above, entry, submission, reader)):
            sheet.write(row, column, words or None, cell)
        for column, question in enumerate(questions, start=len(_FIRST)):
            given = None if submission is None else submission.given.get(question.key)
            if given is None or given.value.is_skipped:
                sheet.write_blank(row, column, None, cell)
            elif question.kind.is_figure and given.value.number is not None:
                sheet.write_number(row, column, given.value.number, cell)
            else:
                sheet.write_string(row, column, value_words(question, given.value), cell)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(1, len(entries)), len(_FIRST) + len(questions) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _heading(question: Question) -> str:
    return f"{question.text}, {question.unit}" if question.unit else question.text


def _who(above: str, entry: BoardEntry, submission: Submission | None, reader: ZoneInfo) -> tuple[str, ...]:
    unit = f"{entry.unit_title}, {entry.person_name}" if entry.person_name else entry.unit_title
    if submission is None or submission.handed_in_at is None:
        return above, unit, "", ""
    at = submission.handed_in_at
    when = f"{short_day(at.astimezone(reader).date())} {clock(at, reader)}"
    return above, unit, when, submission.handed_in_by_name or ""
