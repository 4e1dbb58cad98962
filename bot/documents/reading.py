"""A published document in, a draft for the coordinator out. Pure computing; the file is never trusted.

The bot and its command line run this in a process of its own: ``bot.documents.isolation``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from bot.documents import limits
from bot.documents.blocks import Source
from bot.documents.csv_table import read_csv
from bot.documents.docx import read_docx
from bot.documents.drafting import draft_of
from bot.documents.errors import (
    DamagedError,
    EmptyFileError,
    OutOfMemoryError,
    TooLargeError,
    UnsupportedFormatError,
)
from bot.documents.formats import Format, format_of
from bot.documents.pdf import read_pdf
from bot.documents.plain_text import read_text
from bot.documents.sheets import of_chosen_sheets
from bot.documents.xlsx import read_xlsx
from bot.domain.documents import DocumentDraft
from bot.domain.reading_choices import AS_FOUND, ReadingChoices

# A new format joins here: its reader turns bytes into lines and tables, everything after that is the same.
READERS: Mapping[Format, Callable[[bytes], Source]] = {
    Format.DOCX: read_docx,
    Format.TEXT: read_text,
    Format.PDF: read_pdf,
    Format.XLSX: read_xlsx,
    Format.CSV: read_csv,
}


def read_document(data: bytes, file_name: str, *, today: date, choices: ReadingChoices = AS_FOUND) -> DocumentDraft:
    """Reads a whole document. ``today`` stands in for the document's date where it names none, nor a period.

    ``choices`` answer what a first reading asked by SeveralSheetsError or UnknownColumnsError.

    Raises nothing but ``bot.documents.errors.DocumentError``, whatever the bytes are.
    """
    if not data:
        raise EmptyFileError
    if len(data) > limits.FILE_BYTES:
        raise TooLargeError(what="file", limit=limits.FILE_BYTES, size=len(data))
    found = format_of(data, file_name)
    reader = READERS.get(found)
    if reader is None:
        raise UnsupportedFormatError(format=found.value)
    try:
        source = of_chosen_sheets(reader(data), choices.sheets)
        return draft_of(source, today=today, named=choices.columns)
    except RecursionError as error:
        raise DamagedError(detail="nested too deep") from error
    except MemoryError as error:
        raise OutOfMemoryError from error
