"""The board's .xlsx made at once, as the bot makes it page by page."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.board import BoardEntry, BoardLine
from bot.domain.forms import Submission, columns
from bot.domain.ids import AssignmentId
from bot.reports.board_xlsx import BoardWorkbook


def board_xlsx(
    line: BoardLine,
    entries: Sequence[tuple[str, BoardEntry]],
    *,
    reader: ZoneInfo,
    now: datetime,
    forms: Mapping[AssignmentId, Submission] | None = None,
) -> bytes:
    """Two pages of it, so that what stands between pages is seen too."""
    target = io.BytesIO()
    workbook = BoardWorkbook(target, line, reader=reader, now=now, questions=columns((forms or {}).values()))
    for page in (entries[:1], entries[1:]):
        workbook.add(page, forms or {})
    workbook.close()
    return target.getvalue()
