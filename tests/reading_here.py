"""The readers of files that the composition root hands to handlers, without the process that each reading starts there.

To start one takes most of a second. That a file is read in a process of its own, under limits, is shown once for each
reader in ``tests/documents``; in a chat it is shown what becomes of what was read.
"""

from __future__ import annotations

from datetime import date

from bot.documents.attendance_table import read_attendance_table
from bot.documents.errors import DocumentError
from bot.documents.form_table import read_form_table
from bot.documents.reading import read_document
from bot.domain.documents import DocumentDraft
from bot.domain.form_rows import FormTable
from bot.domain.platform_table import PlatformRow
from bot.domain.reading_choices import AS_FOUND, ReadingChoices
from bot.ports.documents import Unreadable


async def read_file_here(
    data: bytes, file_name: str, *, today: date, choices: ReadingChoices = AS_FOUND
) -> DocumentDraft | Unreadable:
    try:
        return read_document(data, file_name, today=today, choices=choices)
    except DocumentError as error:
        return Unreadable(error.code, error.facts)


async def read_attendance_here(data: bytes, file_name: str) -> tuple[PlatformRow, ...] | Unreadable:
    try:
        return tuple(read_attendance_table(data, file_name))
    except DocumentError as error:
        return Unreadable(error.code, error.facts)


async def read_form_here(data: bytes, file_name: str) -> FormTable | Unreadable:
    try:
        return read_form_table(data, file_name)
    except DocumentError as error:
        return Unreadable(error.code, error.facts)
