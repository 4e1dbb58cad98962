"""The parts of a .docx: a zip from a stranger, opened without trusting a word of it.

Nothing is written to disk, members are read by name into memory, so a path that climbs out leads nowhere; sizes
are checked as claimed and again as unpacked; XML with a DTD is refused, because no word processor writes one.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element as Element  # lxml names its public class so

from bot.documents import limits
from bot.documents.errors import DamagedError, EncryptedError, NotADocxError, TooLargeError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"

# The strict dialect of the standard names the same things by other addresses.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
)
_UNPACKING = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,  # also NotImplementedError: a compression or an encryption that zipfile does not know
    OverflowError,
    IndexError,
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
    except _UNPACKING as error:
        raise NotADocxError(detail=type(error).__name__) from error
    with archive:
        _ensure_modest(archive)
        names = frozenset(archive.namelist())
        main = _main_part(archive, names)
        if main is None:
            raise NotADocxError(detail="no main document")
        relations = _relations(archive, names, main)
        return Package(
            document=_parsed(archive, main),
            numbering=_optional(archive, names, main, relations, "numbering"),
            styles=_optional(archive, names, main, relations, "styles"),
            links={rel.id: rel.target for rel in relations if rel.is_external and rel.kind == "hyperlink"},
        )


@dataclass(frozen=True, slots=True)
class _Relation:
    id: str
    kind: str
    target: str
    is_external: bool


def _ensure_modest(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if len(members) > limits.ARCHIVE_MEMBERS:
        raise TooLargeError(what="archive_members", limit=limits.ARCHIVE_MEMBERS, size=len(members))
    claimed = sum(member.file_size for member in members)
    if claimed > limits.UNPACKED_BYTES:
        raise TooLargeError(what="unpacked", limit=limits.UNPACKED_BYTES, size=claimed)
    if any(member.flag_bits & 1 for member in members):
        raise EncryptedError


def _main_part(archive: zipfile.ZipFile, names: frozenset[str]) -> str | None:
    if "_rels/.rels" in names:
        for relation in _relations(archive, names, ""):
            if relation.kind == "officeDocument" and relation.target in names:
                return relation.target if relation.target.startswith("word/") else None
    return "word/document.xml" if "word/document.xml" in names else None


def _relations(archive: zipfile.ZipFile, names: frozenset[str], part: str) -> list[_Relation]:
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in names:
        return []
    return [
        _Relation(
            id=element.get("Id") or "",
            kind=(element.get("Type") or "").rpartition("/")[2],
            target=_target(element, folder),
            is_external=element.get("TargetMode") == "External",
        )
        for element in _parsed(archive, path).iter(f"{_REL}Relationship")
    ]


def _target(element: Element, folder: str) -> str:
    target = element.get("Target") or ""
    if element.get("TargetMode") == "External":
        return target
    return posixpath.normpath(posixpath.join(folder, target)) if target[:1] != "/" else target[1:]


def _optional(
    archive: zipfile.ZipFile, names: frozenset[str], main: str, relations: list[_Relation], kind: str
) -> Element | None:
    by_relation = next((r.target for r in relations if r.kind == kind and not r.is_external), None)
    path = by_relation or posixpath.join(posixpath.dirname(main), f"{kind}.xml")
    return _parsed(archive, path) if path in names else None


def _parsed(archive: zipfile.ZipFile, path: str) -> Element:
    content = _unpacked(archive, path)
    for strict, transitional in _STRICT:
        content = content.replace(strict, transitional)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise DamagedError(detail=f"{path}: {type(error).__name__}") from error
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise DamagedError(detail=f"{path}: document type")
    return root


def _unpacked(archive: zipfile.ZipFile, path: str) -> bytes:
    try:
        member = archive.getinfo(path)
        packed = max(member.compress_size, 1)
        if member.file_size > limits.PART_BYTES:
            raise TooLargeError(what="unpacked", limit=limits.PART_BYTES, size=member.file_size)
        if member.file_size > limits.RATIO_FREE_BYTES and member.file_size / packed > limits.COMPRESSION_RATIO:
            raise TooLargeError(what="compression_ratio", limit=limits.COMPRESSION_RATIO)
        with archive.open(member) as stream:
            content = stream.read(limits.PART_BYTES + 1)
    except (*_UNPACKING, KeyError) as error:
        raise DamagedError(detail=f"{path}: {type(error).__name__}") from error
    if len(content) > limits.PART_BYTES:  # the claimed size lied
        raise TooLargeError(what="unpacked", limit=limits.PART_BYTES)
    return content
