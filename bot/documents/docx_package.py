"""The parts of a .docx that are read, out of an archive that is trusted in nothing (``bot.documents.archive``)."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from lxml.etree import _Element as Element  # lxml names its public class so

from bot.documents.archive import UNPACKING, Relation, ensure_modest, parsed, relations
from bot.documents.errors import NotADocxError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

# The strict dialect of the standard names the same things by other addresses.
_STRICT = tuple(
    (strict.encode(encoding), transitional[1:-1].encode(encoding))
    for strict, transitional in (
        ("http://purl.oclc.org/ooxml/wordprocessingml/main", W),
        ("http://purl.oclc.org/ooxml/officeDocument/relationships", R),
    )
    for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a .docx that are read; a missing one is None."""

    document: Element
    numbering: Element | None
    styles: Element | None
    links: Mapping[str, str]  # relationship id → address outside the file


def open_package(data: bytes) -> Package:
    """Raises NotADocxError, DamagedError, EncryptedError or TooLargeError."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except UNPACKING as error:
        raise NotADocxError(detail=type(error).__name__) from error
    with archive:
        ensure_modest(archive)
        names = frozenset(archive.namelist())
        main = _main_part(archive, names)
        if main is None:
            raise NotADocxError(detail="no main document")
        pointers = relations(archive, main)
        return Package(
            document=parsed(archive, main, _STRICT),
            numbering=_optional(archive, names, main, pointers, "numbering"),
            styles=_optional(archive, names, main, pointers, "styles"),
            links={rel.id: rel.target for rel in pointers if rel.is_external and rel.kind == "hyperlink"},
        )


def _main_part(archive: zipfile.ZipFile, names: frozenset[str]) -> str | None:
    if "_rels/.rels" in names:
        for relation in relations(archive, ""):
            if relation.kind == "officeDocument" and relation.target in names:
                return relation.target if relation.target.startswith("word/") else None
    return "word/document.xml" if "word/document.xml" in names else None


def _optional(
    archive: zipfile.ZipFile, names: frozenset[str], main: str, pointers: list[Relation], kind: str
) -> Element | None:
    by_relation = next((r.target for r in pointers if r.kind == kind and not r.is_external), None)
    path = by_relation or posixpath.join(posixpath.dirname(main), f"{kind}.xml")
    return parsed(archive, path, _STRICT) if path in names else None
