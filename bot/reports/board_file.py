"""The board's file on the disk: a table of a size that people open, or packed tables beyond it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from bot.reports.board_csv import BoardTables
from bot.reports.board_xlsx import BoardWorkbook
from bot.services.export_board import BoardExport

# Beyond it an .xlsx takes minutes to make and to open; a sheet ends at 1,048,576 lines, and a message at 50 MB.
MOST_IN_XLSX = 50_000


@asynccontextmanager
async def board_file(
    export: BoardExport, reader: ZoneInfo, now: datetime, tell: Callable[[int], Awaitable[None]]
) -> AsyncIterator[Path]:
    """An .xlsx or a .zip, there until the block ends. ``tell`` hears after each page how many lines are written.

    Neither memory nor the wait of others grows with it: a page at a time is read, and written on a thread.
    """
    is_long = export.line.tally.total > MOST_IN_XLSX
    with TemporaryDirectory(prefix="vestovoy-board-") as folder:
        path = Path(folder) / ("board.zip" if is_long else "board.xlsx")
        make: Callable[..., BoardTables | BoardWorkbook]
        make = BoardTables if is_long else partial(BoardWorkbook, folder=folder)
        with path.open("wb") as target:
            made = make(target, export.line, reader=reader, now=now, questions=export.questions)
            done = 0
            async for page in export.pages():
                await asyncio.to_thread(made.add, page.entries, page.forms)
                done += len(page.entries)
                await tell(done)
            await asyncio.to_thread(made.close)
        yield path
