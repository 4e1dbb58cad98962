"""The reader of files, as the chat needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from bot.domain.documents import DocumentDraft, DocumentFault
from bot.domain.form_rows import FormTable
from bot.domain.platform_table import PlatformRow
from bot.domain.reading_choices import AS_FOUND, ReadingChoices

MAX_FILE_BYTES = 5 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a file gave no document; ``facts`` are what the words about it (``bot.texts.document_errors``) need."""

    code: DocumentFault
    facts: Mapping[str, Any] = field(default_factory=dict)


class FileReader(Protocol):
    async def __call__(
        self, data: bytes, file_name: str, *, today: date, choices: ReadingChoices = AS_FOUND
    ) -> DocumentDraft | Unreadable:
        """Reads a whole file away from the event loop. It never raises for what the file is.

        SEVERAL_SHEETS and UNKNOWN_COLUMNS can be answered: the same file with ``choices`` goes further.
        """


class AttendanceReader(Protocol):
    async def __call__(self, data: bytes, file_name: str) -> tuple[PlatformRow, ...] | Unreadable:
        """The participants in a table of a webinar platform, read away from the event loop; empty where it has none.

        It never raises for what the file is.
        """


class FormReader(Protocol):
    async def __call__(self, data: bytes, file_name: str) -> FormTable | Unreadable:
        """The questions in a filled template or in a document's table of indicators, read away from the event loop.

        It never raises for what the file is.
        """
