"""The file of a call: one line a proposal, and nothing that people typed is run."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from bot.domain.calls import Proposal, ProposalState, ProposalText
from bot.domain.ids import OccurrenceId, PersonId, ProposalId, UnitId
from bot.domain.matters import OccurrenceState
from bot.ports.calls import CallLine
from bot.reports.proposals_xlsx import proposals_xlsx
from bot.services.read_proposals import CallExport
from tests.calendar_days import MONDAY

MOSCOW = ZoneInfo("Europe/Moscow")
CALL = CallLine(
    OccurrenceId(1),
    1,
    OccurrenceState.OPEN,
    UnitId(1),
    "/1/",
    "Идеи для летней смены",
    "Какие занятия провести летом?",
    MONDAY + timedelta(days=20),
    "Europe/Moscow",
    asked=40,
    total=1,
    new=0,
)
PROPOSAL = Proposal(
    ProposalId(1),
    OccurrenceId(1),
    UnitId(3),
    "Школа № 1",
    PersonId(9),
    "Смирнова Дарья Павловна",
    ProposalText("Шахматы", "document", "FILE", "план.docx"),
    ProposalState.DECLINED,
    MONDAY,
    decided_by=PersonId(2),
    decided_at=MONDAY + timedelta(hours=1),
    decision="Уже есть",
)


def test_one_line_says_who_proposed_what_and_what_became_of_it() -> None:
    assert _rows(PROPOSAL)[-1] == (
        "Школа № 1", "Смирнова Дарья Павловна", "Шахматы", "план.docx", "отклонено", "07.09.2026 12:00",
        "07.09.2026 13:00", "Уже есть",
    )  # fmt: skip


@pytest.mark.parametrize("typed", ['=HYPERLINK("http://x")', "+7 900", "https://x.ru"])
def test_what_people_typed_stays_text(typed: str) -> None:
    one = replace(PROPOSAL, content=ProposalText(typed))
    sheet = openpyxl.load_workbook(io.BytesIO(_file(one))).worksheets[0]
    cell = sheet.cell(sheet.max_row, 3)
    assert (cell.value, cell.data_type, cell.hyperlink) == (typed, "s", None)


def test_a_call_that_nobody_answered_is_still_a_file() -> None:
    assert _rows()[0][0] == "Идеи для летней смены"


def _file(*proposals: Proposal) -> bytes:
    return proposals_xlsx(CallExport(CALL, proposals), reader=MOSCOW, now=MONDAY)


def _rows(*proposals: Proposal) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(_file(*proposals))).worksheets[0]
    return list(sheet.iter_rows(values_only=True))
