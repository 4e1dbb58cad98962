"""The lists of a selection as an .xlsx that can be sent on: main list, reserve, all applications, quotas."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bot.domain.forms import Question, Submission, columns
from bot.domain.ids import ApplicationId
from bot.domain.selection import Application, ApplicationState
from bot.domain.selection_lists import by_municipality, numbered
from bot.services.select_applicants import SelectionExport, SelectionView
from bot.texts.catalogue import plain
from bot.texts.forms import value_words
from bot.texts.times import clock, short_day

_LIST = (("number", 6), ("part", 28), ("unit", 36), ("who", 36), ("applied", 18))
_ALL = (*_LIST[1:], ("state", 18), ("told", 12), ("reason", 40))
_QUOTAS = (("part", 34), ("quota", 12), ("main", 18), ("reserve", 12), ("waiting", 16))
_ANSWER = 32
_FIRST_ROW = 4


@dataclass(frozen=True, slots=True)
class _Formats:
    bold: Format
    head: Format
    cell: Format


def selection_xlsx(export: SelectionExport, *, reader: ZoneInfo, now: datetime) -> bytes:
    """The file; times are on the clock of ``reader``. What people typed stays text, also where it begins with «=»."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(buffer, options)
    formats = _Formats(
        bold=workbook.add_format({"bold": True}),
        head=workbook.add_format(
            {"bold": True, "text_wrap": True, "bg_color": "#E8EEF7", "border": 1, "valign": "top"}
        ),
        cell=workbook.add_format({"text_wrap": True, "border": 1, "valign": "top"}),
    )
    view = export.view
    made = plain("selection-made", when=_moment(now, reader))
    for state in (ApplicationState.MAIN, ApplicationState.RESERVE):
        rows = [(str(n), *_who(one, reader)) for n, one in numbered(view.line.selection, view.applications, state)]
        name = plain(f"selection-sheet-{state.value}")
        _sheet(workbook.add_worksheet(name), formats, (view.line.title, name, made), _LIST, rows)
    everybody = [one for one in by_municipality(view.applications) if one.state is not ApplicationState.WITHDRAWN]
    asked = columns(export.submissions.values())
    rows = [(*_all(one, reader), *_answers(one, asked, export.submissions)) for one in everybody]
    name = plain("selection-sheet-all")
    heads = [(plain(f"selection-column-{key}"), width) for key, width in _ALL]
    heads += [(question.text, _ANSWER) for question in asked]
    _table(workbook.add_worksheet(name), formats, (view.line.title, name, made), heads, rows)
    name = plain("selection-sheet-quotas")
    _sheet(workbook.add_worksheet(name), formats, (view.line.title, name, made), _QUOTAS, _quota_rows(view))
    workbook.close()
    return buffer.getvalue()


def _sheet(
    sheet: Worksheet,
    formats: _Formats,
    title: Sequence[str],
    heads: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[str]],
) -> None:
    named = [(plain(f"selection-column-{key}"), width) for key, width in heads]
    _table(sheet, formats, title, named, rows)


def _table(
    sheet: Worksheet,
    formats: _Formats,
    title: Sequence[str],
    heads: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[str]],
) -> None:
    for row, words in enumerate(title):
        sheet.write_string(row, 0, words, formats.bold if row == 0 else None)
    for column, (name, width) in enumerate(heads):
        sheet.set_column(column, column, width)
        sheet.write_string(_FIRST_ROW - 1, column, name, formats.head)
    for row, values in enumerate(rows, start=_FIRST_ROW):
        for column, value in enumerate(values):
            sheet.write_string(row, column, value, formats.cell)
    sheet.freeze_panes(_FIRST_ROW, 1)
    sheet.autofilter(_FIRST_ROW - 1, 0, _FIRST_ROW + max(0, len(rows) - 1), len(heads) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _who(one: Application, reader: ZoneInfo) -> tuple[str, ...]:
    return (one.part_title, one.unit_title, _name(one), _moment(one.applied_at, reader))


def _all(one: Application, reader: ZoneInfo) -> tuple[str, ...]:
    told = "" if not one.state.is_decided else plain(f"selection-told-{'no' if one.is_untold else 'yes'}")
    return (*_who(one, reader), plain(f"application-state-{one.state.value}"), told, one.reason or "")


def _answers(
    one: Application, asked: Sequence[Question], submissions: Mapping[ApplicationId, Submission]
) -> tuple[str, ...]:
    submission = submissions.get(one.id)
    given = {} if submission is None else submission.given
    return tuple(
        value_words(question, given[question.key].value) if question.key in given else "" for question in asked
    )


def _name(one: Application) -> str:
    if one.person_id is not None:
        return one.person_name or plain("application-erased")
    return one.about or plain("application-number", n=one.number)


def _quota_rows(view: SelectionView) -> list[tuple[str, ...]]:
    rows = [
        (
            part.title,
            "" if part.quota is None else str(part.quota),
            str(part.main),
            str(part.reserve),
            str(part.waiting),
        )
        for part in view.lists.parts
    ]
    count = view.lists.count
    states = (ApplicationState.MAIN, ApplicationState.RESERVE, ApplicationState.WAITING)
    total = (str(view.line.selection.places), *(str(count(state)) for state in states))
    return [*rows, (plain("selection-all-parts"), *total)]


def _moment(at: datetime, reader: ZoneInfo) -> str:
    return f"{short_day(at.astimezone(reader).date())} {clock(at, reader)}"
