"""Who was at an event, and at the events of a series, as .xlsx files that can be sent on."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter

from bot.domain.afterwards import RATINGS
from bot.domain.events import Attendance
from bot.domain.ids import OccurrenceId
from bot.ports.afterwards import ListRow
from bot.ports.series import SeriesPerson
from bot.services.export_attendance import AttendanceExport
from bot.services.show_series import SeriesExport
from bot.texts.catalogue import plain
from bot.texts.times import clock, short_day

_COLUMNS = (("above", 26), ("unit", 34), ("name", 32), ("role", 20), ("answer", 16), ("reason", 36),
            ("attendance", 20), ("source", 18), ("rating", 9), ("feedback", 50))  # fmt: skip
_SCHOOL_COLUMNS = (("unit", 46), ("present", 10), ("invited", 12), ("share", 9), ("absent", 10), ("excused", 14),
                   ("unmarked", 12))  # fmt: skip


def attendance_xlsx(export: AttendanceExport, *, reader: ZoneInfo, now: datetime) -> bytes:
    """Sheets: the people, the schools, the feedback. What people typed stays text, also where it begins with «=»."""
    event = export.event
    with _workbook() as (book, buffer):
        head = [event.title, plain("list-file-when", when=_moment(event.due_at, reader)), export.organiser,
                plain("list-file-made", when=_moment(now, reader))]  # fmt: skip
        rows = [_values(one) for one in export.rows]
        _sheet(book, plain("list-file-people"), head, _titled(_COLUMNS), rows, frozen=3)
        schools = [
            (one.title, tally.present, tally.total, tally.share, tally.absent, tally.excused, tally.unmarked)
            for one in export.schools
            for tally in [one.tally]
        ]
        _sheet(book, plain("list-file-schools"), head, _titled(_SCHOOL_COLUMNS), schools, frozen=1)
        _feedback_sheet(book, export)
    return buffer.getvalue()


def series_xlsx(export: SeriesExport, *, reader: ZoneInfo, now: datetime) -> bytes:
    """People by events: a word for each mark, empty where there is none, «–» where he was not invited.

    «Был» is counted of those that have begun by ``now``: nobody has missed what is to come.
    """
    days = [short_day(one.due_at.astimezone(reader).date()) for one in export.dates]
    columns = [(plain("list-column-unit"), 34), (plain("list-column-name"), 32)]
    columns += [(f"{day}\n{one.title}", 22) for day, one in zip(days, export.dates, strict=True)]
    columns += [(plain("list-column-times"), 10), (plain("list-column-of"), 10)]
    with _workbook() as (book, buffer):
        head = [export.series.title, plain("list-file-made", when=_moment(now, reader))]
        begun = {one.occurrence_id for one in export.dates if one.due_at <= now}
        rows = [_person(one, export, begun) for one in export.people]
        _sheet(book, plain("list-file-people"), head, columns, rows, frozen=2)
    return buffer.getvalue()


def _values(row: ListRow) -> tuple[str | int, ...]:
    one = row.attendee
    answer = plain(f"answer-{one.answer.value}") if one.answer else ""
    if answer and row.waits_for_seat:
        answer = plain("list-answer-waits", answer=answer)
    rating = row.feedback.rating if row.feedback and row.feedback.rating else ""
    return (
        row.above,
        one.unit_title,
        one.full_name,
        ", ".join(plain("role-name", role=role.value) for role in row.roles),
        answer,
        one.comment or "",
        _mark(one.attendance),
        plain("list-source", source=one.source.value) if one.source and one.attendance else "",
        rating,
        (row.feedback.text if row.feedback else None) or "",
    )


def _person(person: SeriesPerson, export: SeriesExport, begun: Set[OccurrenceId]) -> tuple[str | int, ...]:
    marks = [
        _mark(person.marks[one.occurrence_id]) if one.occurrence_id in person.marks else "–" for one in export.dates
    ]
    times = sum(mark is Attendance.PRESENT for mark in person.marks.values())
    return (person.unit_title, person.full_name, *marks, times, len(begun & person.marks.keys()))


def _feedback_sheet(book: Any, export: AttendanceExport) -> None:
    tally = export.feedback
    average = "" if tally.average is None else f"{tally.average:.2f}".replace(".", ",")
    head = [
        export.event.title,
        plain("list-feedback-average", average=average, given=tally.given, asked=tally.asked),
        *(plain("list-feedback-rating", rating=rating, n=tally.ratings.get(rating, 0)) for rating in reversed(RATINGS)),
    ]
    said = [
        (row.feedback.rating or "", row.feedback.text)
        for row in export.rows
        if row.feedback is not None and row.feedback.text
    ]
    columns = [(plain("list-column-rating"), 34), (plain("list-column-feedback"), 90)]
    _sheet(book, plain("list-file-feedback"), head, columns, said, frozen=0)


@contextmanager
def _workbook() -> Iterator[tuple[Any, io.BytesIO]]:
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    yield book, buffer
    book.close()


def _sheet(
    book: Any,
    name: str,
    head: Sequence[str],
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[str | int | None]],
    *,
    frozen: int,
) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True})
    title = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#E8EEF7", "border": 1, "valign": "top"})
    cell = book.add_format({"text_wrap": True, "border": 1, "valign": "top"})
    for number, line in enumerate(head):
        sheet.write_string(number, 0, line, bold if number == 0 else None)
    first = len(head) + 2
    for column, (label, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(first - 1, column, label, title)
    for number, values in enumerate(rows, start=first):
        for column, value in enumerate(values):
            if isinstance(value, int):
                sheet.write_number(number, column, value, cell)
            else:
                sheet.write_string(number, column, value or "", cell)
    sheet.freeze_panes(first, frozen)
    sheet.autofilter(first - 1, 0, max(first, first + len(rows) - 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _titled(columns: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    return [(plain(f"list-column-{name}"), width) for name, width in columns]


def _mark(state: Attendance | None) -> str:
    return "" if state is None else plain("list-mark", state=state.value)


def _moment(at: datetime, reader: ZoneInfo) -> str:
    return f"{short_day(at.astimezone(reader).date())} {clock(at, reader)}"
