"""What was sent in on a call, as an .xlsx that can be sent on: one line a proposal."""

from __future__ import annotations

import io
from datetime import datetime
from zoneinfo import ZoneInfo

import xlsxwriter

from bot.domain.calls import Proposal
from bot.services.read_proposals import CallExport
from bot.texts.catalogue import plain
from bot.texts.times import clock, short_day

_COLUMNS = (("unit", 34), ("author", 30), ("text", 70), ("file", 24), ("state", 16), ("given", 18), ("decided", 18),
            ("word", 40))  # fmt: skip
_FIRST_ROW = 5


def proposals_xlsx(export: CallExport, *, reader: ZoneInfo, now: datetime) -> bytes:
    """The file; times are on the clock of ``reader``. What people typed stays text, also where it begins with «=»."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(buffer, options)
    sheet = workbook.add_worksheet(plain("proposals-sheet"))
    bold = workbook.add_format({"bold": True})
    head = workbook.add_format({"bold": True, "text_wrap": True, "bg_color": "#E8EEF7", "border": 1, "valign": "top"})
    cell = workbook.add_format({"text_wrap": True, "border": 1, "valign": "top"})

    sheet.write_string(0, 0, export.call.title, bold)
    sheet.write_string(1, 0, export.call.question)
    sheet.write_string(2, 0, plain("proposals-made", when=_moment(now, reader)))
    for column, (name, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(_FIRST_ROW - 1, column, plain(f"proposals-column-{name}"), head)
    for row, one in enumerate(export.proposals, start=_FIRST_ROW):
        for column, value in enumerate(_values(one, reader)):
            sheet.write_string(row, column, value, cell)
    sheet.freeze_panes(_FIRST_ROW, 1)
    sheet.autofilter(_FIRST_ROW - 1, 0, _FIRST_ROW + max(0, len(export.proposals) - 1), len(_COLUMNS) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    workbook.close()
    return buffer.getvalue()


def _values(one: Proposal, reader: ZoneInfo) -> tuple[str, ...]:
    return (
        one.unit_title,
        one.person_name or plain("proposal-author-erased"),
        one.content.text,
        (one.content.file_name or plain("proposal-photo")) if one.content.file_id else "",
        plain(f"proposal-state-{one.state.value}"),
        _moment(one.given_at, reader),
        _moment(one.decided_at, reader) if one.decided_at else "",
        one.decision or "",
    )


def _moment(at: datetime, reader: ZoneInfo) -> str:
    return f"{short_day(at.astimezone(reader).date())} {clock(at, reader)}"
