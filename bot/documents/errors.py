"""Why a document could not be read: one root, a code and facts. The words are chosen at the edge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from bot.domain.documents import DocumentFault


class DocumentError(Exception):
    """The only thing that reading raises. ``facts`` are plain values (str, int, tuples of str) for the words."""

    code: ClassVar[DocumentFault]

    def __init__(self, **facts: Any) -> None:
        super().__init__(f"{self.code.value} {facts}" if facts else self.code.value)
        self.facts: Mapping[str, Any] = facts

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (type(self), dict(self.facts))


def _rebuilt(kind: type[DocumentError], facts: dict[str, Any]) -> DocumentError:
    """Errors cross from the reading process to the bot by pickle, which knows no keyword arguments."""
    return kind(**facts)


class EmptyFileError(DocumentError):
    """The file has no bytes, or no character that can be seen."""

    code = DocumentFault.EMPTY_FILE


class TooLargeError(DocumentError):
    """A limit of ``bot.documents.limits`` is passed: ``what``, ``limit`` and, where known, ``size``."""

    code = DocumentFault.TOO_LARGE


class NotADocxError(DocumentError):
    """The name says .docx, the content is something else."""

    code = DocumentFault.NOT_A_DOCX


class DamagedError(DocumentError):
    """A .docx whose parts cannot be unpacked or parsed, or that carries what no honest one has: ``detail``."""

    code = DocumentFault.DAMAGED


class EncryptedError(DocumentError):
    """A file behind a password."""

    code = DocumentFault.ENCRYPTED


class OldWordFormatError(DocumentError):
    """``format`` is doc, rtf or odt: it has to be saved as .docx first."""

    code = DocumentFault.OLD_WORD_FORMAT


class OldExcelFormatError(DocumentError):
    """``format`` is xls, xlsb or ods: it has to be saved as .xlsx first."""

    code = DocumentFault.OLD_EXCEL_FORMAT


class UnsupportedFormatError(DocumentError):
    """``format`` is one that no reader exists for (an extension without the dot, or "")."""

    code = DocumentFault.UNSUPPORTED_FORMAT


class UnreadableTextError(DocumentError):
    """Text in none of the known encodings."""

    code = DocumentFault.UNREADABLE_TEXT


class ScannedError(DocumentError):
    """A .pdf of pictures: there is no text in it, or hardly any (``pages``: how many pages it has)."""

    code = DocumentFault.SCANNED


class GarbledError(DocumentError):
    """A .pdf whose fonts do not say which letters their shapes are: it looks well and reads as nonsense."""

    code = DocumentFault.GARBLED


class NoTableError(DocumentError):
    """Neither a table nor numbered decisions with «Срок» lines."""

    code = DocumentFault.NO_TABLE


class EmptyTableError(DocumentError):
    """The header was recognised, and there is no row under it."""

    code = DocumentFault.EMPTY_TABLE


class UnknownColumnsError(DocumentError):
    """A table whose header does not say which column is the matter and which its term.

    ``rows`` are its first rows (tuples of cell texts, shortened), ``missing`` the columns that were not found,
    ``ambiguous`` those that two headings claim equally, ``known`` those that were (pairs of column and place),
    ``labels`` the heading or the first value at each place, "" where there is nothing to choose.
    """

    code = DocumentFault.UNKNOWN_COLUMNS


class SeveralSheetsError(DocumentError):
    """A workbook with several tables: ``sheets`` are pairs of a name and its number of rows.

    ``are_alike`` says that all have a header of the same columns and may be read as one document.
    """

    code = DocumentFault.SEVERAL_SHEETS


class TimedOutError(DocumentError):
    """The reading process did not finish within ``seconds``."""

    code = DocumentFault.TIMED_OUT


class OutOfMemoryError(DocumentError):
    """The reading process hit its memory limit (``memory_mb``)."""

    code = DocumentFault.OUT_OF_MEMORY


class ReaderFailedError(DocumentError):
    """The reading process ended without an answer: ``exit_code`` and the last line of what it wrote (``detail``)."""

    code = DocumentFault.READER_FAILED
