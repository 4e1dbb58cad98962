"""A zip from a stranger, opened without trusting a word of it: what .docx and .xlsx are packed in.

Nothing is written to disk, members are read by name into memory, so a path that climbs out leads nowhere; sizes
are checked as claimed and again as unpacked; XML with a DTD is refused, because no office program writes one.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element as Element  # lxml names its public class so

from bot.documents import limits
from bot.documents.errors import DamagedError, EncryptedError, TooLargeError

UNPACKING = (
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
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"


@dataclass(frozen=True, slots=True)
class Relation:
    """One part's pointer to another, or to an address outside the file (``is_external``)."""

    id: str
    kind: str
    target: str
    is_external: bool


def ensure_modest(archive: zipfile.ZipFile) -> None:
    """By what the directory of the archive claims. Raises TooLargeError or EncryptedError."""
    members = archive.infolist()
    if len(members) > limits.ARCHIVE_MEMBERS:
        raise TooLargeError(what="archive_members", limit=limits.ARCHIVE_MEMBERS, size=len(members))
    claimed = sum(member.file_size for member in members)
    if claimed > limits.UNPACKED_BYTES:
        raise TooLargeError(what="unpacked", limit=limits.UNPACKED_BYTES, size=claimed)
    if any(member.flag_bits & 1 for member in members):
        raise EncryptedError


def relations(archive: zipfile.ZipFile, part: str) -> list[Relation]:
    """What a part points to; nothing where it has no list of relations. Targets inside the file are full paths."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in archive.namelist():
        return []
    return [
        Relation(
            id=element.get("Id") or "",
            kind=(element.get("Type") or "").rpartition("/")[2],
            target=_target(element, folder),
            is_external=element.get("TargetMode") == "External",
        )
        for element in parsed(archive, path).iter(f"{_REL}Relationship")
    ]


def parsed(archive: zipfile.ZipFile, path: str, renamed: Sequence[tuple[bytes, bytes]] = ()) -> Element:
    """A whole part; ``renamed`` are namespaces of another dialect. Raises DamagedError or TooLargeError."""
    content = unpacked(archive, path)
    for strict, transitional in renamed:
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


def streamed(archive: zipfile.ZipFile, path: str, tags: Sequence[str]) -> Iterator[Element]:
    """Each finished element with one of the ``tags``, gone when the next is asked for. Raises as ``parsed``."""
    content, is_first = io.BytesIO(unpacked(archive, path)), True
    try:
        for _, element in etree.iterparse(
            content,
            events=("end",),
            tag=tags,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            dtd_validation=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        ):
            if is_first and element.getroottree().docinfo.internalDTD is not None:
                raise DamagedError(detail=f"{path}: document type")
            is_first = False
            yield element
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise DamagedError(detail=f"{path}: {type(error).__name__}") from error


def unpacked(archive: zipfile.ZipFile, path: str) -> bytes:
    """Raises DamagedError, or TooLargeError for a part that unpacks into more than an honest one."""
    try:
        member = archive.getinfo(path)
        packed = max(member.compress_size, 1)
        if member.file_size > limits.PART_BYTES:
            raise TooLargeError(what="unpacked", limit=limits.PART_BYTES, size=member.file_size)
        if member.file_size > limits.RATIO_FREE_BYTES and member.file_size / packed > limits.COMPRESSION_RATIO:
            raise TooLargeError(what="compression_ratio", limit=limits.COMPRESSION_RATIO)
        with archive.open(member) as stream:
            content = stream.read(limits.PART_BYTES + 1)
    except (*UNPACKING, KeyError) as error:
        raise DamagedError(detail=f"{path}: {type(error).__name__}") from error
    if len(content) > limits.PART_BYTES:  # the claimed size lied
        raise TooLargeError(what="unpacked", limit=limits.PART_BYTES)
    return content


def _target(element: Element, folder: str) -> str:
    target = element.get("Target") or ""
    if element.get("TargetMode") == "External":
        return target
    return posixpath.normpath(posixpath.join(folder, target)) if target[:1] != "/" else target[1:]
