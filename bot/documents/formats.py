"""Which format a file has: by its first bytes, its name only where these say nothing."""

from __future__ import annotations

import io
import zipfile
from enum import StrEnum
from pathlib import PurePosixPath

from bot.documents.errors import (
    DamagedError,
    EncryptedError,
    NotADocxError,
    OldExcelFormatError,
    OldWordFormatError,
    UnsupportedFormatError,
)


class Format(StrEnum):
    """What a file is by its content; not each has a reader."""

    DOCX = "docx"
    TEXT = "txt"
    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK_STREAM = "Workbook\0".encode("utf-16-le")
_WORD_NAMES = frozenset({"docx", "docm", "dotx"})
_OLD_EXCEL_NAMES = frozenset({"xls", "xlt", "xlsb", "ods"})
_TEXT_NAMES = frozenset({"txt", "text", "tsv", "md", ""})
_OTHER_MAGIC = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BM", b"II*\0", b"MM\0*")


def format_of(data: bytes, file_name: str) -> Format:
    """Raises OldWordFormatError, OldExcelFormatError, EncryptedError, NotADocxError, DamagedError or else
    UnsupportedFormatError.
    """
    extension = PurePosixPath(file_name.replace("\\", "/")).suffix.lower().lstrip(".")[:12]
    start = data[:1024].lstrip()
    if data.startswith(b"PK\x03\x04"):
        return _of_archive(data, extension)
    if data.startswith(_OLE):
        raise _of_ole(data, extension)
    if start.startswith(b"{\\rtf"):
        raise OldWordFormatError(format="rtf")
    if b"%PDF-" in data[:1024]:  # some programs write a few bytes of their own before it
        return Format.PDF
    if extension == "pdf":
        raise DamagedError(detail="no %PDF")
    if extension in _WORD_NAMES:
        raise NotADocxError(detail="no archive")
    if extension in {"doc", "rtf", "odt"}:
        raise OldWordFormatError(format=extension)
    if extension in _OLD_EXCEL_NAMES:
        raise OldExcelFormatError(format=extension)
    if extension == "csv" and not data.startswith(_OTHER_MAGIC):
        return Format.CSV
    if data.startswith(_OTHER_MAGIC) or extension not in _TEXT_NAMES:
        raise UnsupportedFormatError(format=extension)
    return Format.TEXT


def _of_archive(data: bytes, extension: str) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = frozenset(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, OverflowError, IndexError) as error:
        raise NotADocxError(detail=type(error).__name__) from error
    if "xl/workbook.xml" in names:
        return Format.XLSX
    if "xl/workbook.bin" in names:
        raise OldExcelFormatError(format="xlsb")
    if "content.xml" in names and extension == "ods":
        raise OldExcelFormatError(format="ods")
    if "content.xml" in names and "word/document.xml" not in names:
        raise OldWordFormatError(format="odt")
    if extension in _WORD_NAMES or any(name.startswith("word/") for name in names):
        return Format.DOCX
    raise UnsupportedFormatError(format=extension or "zip")


def _of_ole(
    data: bytes, extension: str
) -> EncryptedError | OldWordFormatError | OldExcelFormatError | UnsupportedFormatError:
    """The container of the old Office; a .docx or .xlsx behind a password is put into one too."""
    if _ENCRYPTED_PACKAGE in data:
        return EncryptedError()
    if extension in _OLD_EXCEL_NAMES or (_WORKBOOK_STREAM in data and extension not in {"doc", "dot"}):
        return OldExcelFormatError(format="xls")
    if extension in {"ppt", "msg"}:
        return UnsupportedFormatError(format=extension)
    return OldWordFormatError(format="doc")
