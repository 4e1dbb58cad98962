"""The parts of a workbook that are read: its sheets, shared texts and the formats of cells.

Not by openpyxl's own loading: that walks every cell of a merged range and of a linked one (a million of them cost the
file forty bytes), forgets which cell had a formula once its value is taken, and fails on the part names of 1C. Dates
and built-in formats are openpyxl's all the same.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from lxml.etree import _Element as Element  # lxml names its public class so

from bot.documents import limits
from bot.documents.archive import UNPACKING, ensure_modest, parsed, relations, streamed
from bot.documents.errors import DamagedError, TooLargeError
from bot.documents.number_formats import format_code

_WORKBOOK = "xl/workbook.xml"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LONGEST_TEXT = 40_000  # a cell holds 32,767 characters


@dataclass(frozen=True, slots=True)
class SheetPart:
    """Where a sheet lies in the file; ``links`` are the addresses behind the ids of its hyperlinks."""

    name: str
    path: str
    is_hidden: bool
    links: dict[str, str]


@dataclass(frozen=True, slots=True)
class Workbook:
    """``formats`` holds the format code of each style, ``texts`` the shared ones."""

    archive: zipfile.ZipFile
    sheets: tuple[SheetPart, ...]
    texts: tuple[str, ...]
    formats: tuple[str, ...]
    is_1904: bool


@contextmanager
def open_workbook(data: bytes) -> Iterator[Workbook]:
    """Raises DamagedError, EncryptedError or TooLargeError."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except UNPACKING as error:
        raise DamagedError(detail=type(error).__name__) from error
    with archive:
        ensure_modest(archive)
        root = parsed(archive, _WORKBOOK)
        targets = {relation.id: relation for relation in relations(archive, _WORKBOOK)}
        parts = {relation.kind: relation.target for relation in targets.values() if not relation.is_external}
        # 1C writes «SharedStrings.xml» and points to «sharedStrings.xml».
        names = {name.lower(): name for name in archive.namelist()}
        sheets: list[SheetPart] = []
        for element in root.iter("{*}sheet"):
            found = targets.get(attribute(element, "id"))
            path = names.get(found.target.lower()) if found is not None and found.kind == "worksheet" else None
            if path is not None:
                is_hidden = element.get("state", "visible") != "visible"
                links = {link.id: link.target for link in relations(archive, path) if link.is_external}
                sheets.append(SheetPart(element.get("name") or f"{len(sheets) + 1}", path, is_hidden, links))
        strings = names.get(parts.get("sharedStrings", "xl/sharedStrings.xml").lower())
        styles = names.get(parts.get("styles", "xl/styles.xml").lower())
        yield Workbook(
            archive,
            tuple(sheets),
            tuple(_shared_texts(archive, strings)) if strings else (),
            tuple(_formats(parsed(archive, styles))) if styles else (),
            any(is_on(element, "date1904") for element in root.iter("{*}workbookPr")),
        )


def text_of(element: Element) -> str:
    """A text with or without runs of their own look; how it is pronounced is left out."""
    pieces = []
    for piece in element.iter("{*}t"):
        parent = piece.getparent()
        if parent is None or not str(parent.tag).endswith("}rPh"):
            pieces.append(piece.text or "")
    return unescaped("".join(pieces)[:_LONGEST_TEXT])


def unescaped(text: str) -> str:
    """«_x000D_» is how a spreadsheet writes the character itself."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def attribute(element: Element, name: str) -> str:
    """An attribute of whatever namespace: the strict dialect has others."""
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name), "")


def is_on(element: Element, name: str) -> bool:
    return element.get(name) in {"1", "true", "on"}


def _shared_texts(archive: zipfile.ZipFile, path: str) -> Iterator[str]:
    total = 0
    for element in streamed(archive, path, ["{*}si"]):
        text = text_of(element)
        total += len(text)
        if total > limits.TEXT_CHARACTERS:
            raise TooLargeError(what="characters", limit=limits.TEXT_CHARACTERS)
        yield text


def _formats(styles: Element) -> Iterator[str]:
    custom = {}
    for element in styles.iter("{*}numFmt"):
        number = element.get("numFmtId", "")
        if number.isdigit():
            custom[int(number[:6])] = element.get("formatCode") or "General"
    for group in styles.iter("{*}cellXfs"):
        for style in group:
            number = style.get("numFmtId", "0")
            yield format_code(int(number[:6]) if number.isdigit() else 0, custom)
