"""How a file is damaged: on the wire, by a broken program, or by somebody who means it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from random import Random

from tests.fuzzing.trees import damaged_tree

_ARCHIVES = {"docx", "xlsx"}
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_TAG = re.compile(rb"<[^<>]{1,200}>")
_STREAM = re.compile(rb"(<<[^<>]*/FlateDecode[^<>]*>>)\s*stream\r?\n(.*?)endstream", re.DOTALL)
_STRANGE_NUMBERS = (b"0", b"-1", b"1", b"2", b"255", b"65536", b"99999999", b"-2147483648", b"1e309", b"0.0000001")
_STRANGE_TEXTS = (
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>&b;", b"&#0;", b"&#x10FFFF;", b"\xff\xfe", b"\xed\xa0\x80", b"]]>", b"<![CDATA[",
    "31 февраля".encode(), "с 20 по 10 октября".encode(), b"\x00" * 40, b"(" * 300, b"[" * 300, b"<<" * 300, b"9" * 400,
    b"R 0 obj", b"endobj", b"/Kids [1 0 R 1 0 R]", b"<w:tbl>" * 60, b"<mergeCell ref=\"A1:XFD1048576\"/>",
)  # fmt: skip
_MOST_CHANGES = 12


def mutated(data: bytes, reader: str, chance: Random) -> bytes:
    """Another file than ``data``, mostly still one that the reader opens: damage inside reaches deeper code."""
    if chance.random() < 0.2:
        return _damaged(data, chance)
    if reader in _ARCHIVES:
        return _archive(data, chance)
    return _damaged(_unpacked(data) if chance.random() < 0.7 else data, chance)


def _archive(data: bytes, chance: Random) -> bytes:
    """One to three parts changed inside an archive that is sound; sometimes a part is missing, or is another's."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = sorted(parts, key=len, reverse=True)
    for _ in range(chance.randint(1, 3)):
        # The parts with the text are the largest; an even choice would mostly damage what nobody reads.
        name = max(chance.sample(names, min(3, len(names))), key=lambda each: len(parts[each]))
        well_formed = damaged_tree(parts[name], chance) if chance.random() < 0.75 else None
        parts[name] = well_formed if well_formed is not None else _damaged(parts[name], chance)
    if chance.random() < 0.05:
        parts.pop(chance.choice(names), None)
    if chance.random() < 0.05:
        parts[chance.choice(names)] = parts.get(chance.choice(names), b"")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return packed.getvalue()


def _unpacked(data: bytes) -> bytes:
    """A PDF with its streams laid open: a byte changed in a packed one would only break the packing."""

    def opened(found: re.Match[bytes]) -> bytes:
        try:
            plain = zlib.decompressobj().decompress(found[2])
        except zlib.error:
            return found[0]
        head = re.sub(rb"/Filter\s*(\[[^\]]*\]|/FlateDecode)", b"", found[1])
        head = re.sub(rb"/Length\s+\d+(\s+\d+\s+R)?", b"/Length %d" % len(plain), head)
        return head + b"\nstream\n" + plain + b"\nendstream"

    return _STREAM.sub(opened, data)


def _damaged(data: bytes, chance: Random) -> bytes:
    for _ in range(chance.randint(1, _MOST_CHANGES)):
        if data:
            data = chance.choice(_CHANGES)(data, chance)
    return data


def _other_bytes(data: bytes, chance: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _without_a_piece(data: bytes, chance: Random) -> bytes:
    begin, end = _piece(data, chance)
    return data[:begin] + data[end:]


def _with_a_piece_again(data: bytes, chance: Random) -> bytes:
    begin, end = _piece(data, chance)
    return data[:end] + data[begin:end] * chance.choice((1, 1, 2, 30)) + data[end:]


def _with_a_piece_elsewhere(data: bytes, chance: Random) -> bytes:
    begin, end = _piece(data, chance)
    at = chance.randrange(len(data) + 1)
    return data[:at] + data[begin:end] + data[at:]


def _cut_short(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data))] if chance.random() < 0.2 else data


def _another_number(data: bytes, chance: Random) -> bytes:
    return _one_replaced(_NUMBER, data, chance, chance.choice(_STRANGE_NUMBERS))


def _a_tag_for_another(data: bytes, chance: Random) -> bytes:
    tags = [found[0] for found in _TAG.finditer(data[:200_000])]
    return _one_replaced(_TAG, data, chance, chance.choice(tags)) if tags else data


def _with_something_strange(data: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(_STRANGE_TEXTS) + data[at:]


_CHANGES: tuple[Callable[[bytes, Random], bytes], ...] = (
    _other_bytes,
    _without_a_piece,
    _with_a_piece_again,
    _with_a_piece_elsewhere,
    _cut_short,
    _another_number,
    _a_tag_for_another,
    _with_something_strange,
)


def _piece(data: bytes, chance: Random) -> tuple[int, int]:
    begin = chance.randrange(len(data))
    return begin, begin + min(chance.choice((1, 4, 30, 300, 3000)), len(data) - begin)


def _one_replaced(pattern: re.Pattern[bytes], data: bytes, chance: Random, other: bytes) -> bytes:
    """The first match after a place taken at random."""
    found = pattern.search(data, chance.randrange(len(data)))
    return data[: found.start()] + other + data[found.end() :] if found else data
