"""`python -m tests.benchmarks.exporting URL DATE`: writes the board's file of one date and prints what that took."""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.ids import OccurrenceId, PersonId
from bot.reports.board_file import board_file
from bot.services.export_board import export_board
from storage.database import Database
from tests.acting import actor_of
from tests.calendar_days import MONDAY


async def write(url: str, occurrence_id: OccurrenceId) -> dict[str, float]:
    database = Database(url)
    try:
        owner = replace(await actor_of(database, PersonId(1)), is_owner=True)
        before, began = megabytes(), time.process_time()
        export = await export_board(database, actor=owner, occurrence_id=occurrence_id)
        async with board_file(export, ZoneInfo("Europe/Moscow"), MONDAY, _nobody_listens) as file:
            spent, size = time.process_time() - began, file.stat().st_size
        return {"rows": export.line.tally.total, "before": before, "peak": megabytes("VmHWM"), "spent": spent,
                "size": size / 1_000_000}  # fmt: skip
    finally:
        await database.close()


async def _nobody_listens(_: int) -> None:
    """How far it is, is for a chat."""


def megabytes(of: str = "VmRSS") -> int:
    """What this process has of memory, or the most that it had (``VmHWM``)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(rf"^{of}:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) // 1024 if found else 0


if __name__ == "__main__":
    print(json.dumps(asyncio.run(write(sys.argv[1], OccurrenceId(int(sys.argv[2]))))))
