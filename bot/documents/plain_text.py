"""The .txt reader: what an extractor or the clipboard leaves of a page, tables as lines with tabs between cells."""

from __future__ import annotations

import codecs
import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.documents import limits
from bot.documents.blocks import Block, Cell, Line, Row, Source, Table
from bot.documents.errors import EmptyFileError, TooLargeError, UnreadableTextError
from bot.documents.pasted_tables import with_tabs
from bot.documents.wording import links_in, normalised, safe_links, unique

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SINGLE_BYTE = ("cp1251", "koi8-r", "cp866")
_FREQUENT = frozenset("оеаинтсрвлкмдпуяы")
_LEAST_RUSSIAN = 0.35  # the share of frequent small letters among all letters; Russian prose has about 0.8

_LOOKED_AHEAD = 60  # lines; a cell is never longer, and a hostile file must not make us look at all of it each time
_TAGS = "p|ul|ol|li|a|b|i|u|s|em|strong|br|hr|span|div|sub|sup|font|center|small|h[1-6]|table|thead|tbody|tr|td|th|img"
_TAG = re.compile(rf"<(/?)({_TAGS})\b([^<>]*)>", re.IGNORECASE)
_HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>", re.IGNORECASE)
_BREAKING = re.compile(r"(?:p|ul|ol|li|br|div|h[1-6]|tr)\Z", re.IGNORECASE)
_EMPHASIS = re.compile(r"\*\*|__(?=\S)|(?<=\S)__|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])")
_HEADING = re.compile(r"\A#{1,6}\s+")
_PAGE_NUMBER = re.compile(r"[\s–—-]*(?:стр(?:аница|\.)?\s*)?\d{1,3}[\s–—-]*\Z", re.IGNORECASE)
_SECTION = re.compile(r"(?:\d{1,2}\.|[IVXІХ]{1,5}\.|раздел\b|этап\b|блок\b|направление\b|модуль\b)\s*\S", re.IGNORECASE)
_NUMBERED_ROW = re.compile(r"\s*\d{1,3}(?:\.\d{1,3})*[.)]?\s*\t")


def read_text(data: bytes) -> Source:
    """Raises EmptyFileError, UnreadableTextError or TooLargeError."""
    text = decoded(data)
    if not normalised(text):
        raise EmptyFileError
    if len(text) > limits.TEXT_CHARACTERS:
        raise TooLargeError(what="characters", limit=limits.TEXT_CHARACTERS, size=len(text))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").split("\n")
    return Source(tuple(_blocks(with_tabs(lines))))


def decoded(data: bytes) -> str:
    """UTF-8, UTF-16 (marked or not), Windows, KOI8-R or DOS. Raises UnreadableTextError where none makes sense."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    candidates = _unmarked_utf16(data) if b"\0" in data else ("utf-8",)
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _has_binary(text):
            return text
    if b"\0" in data:
        raise UnreadableTextError
    return _best_single_byte(data)


def cleaned(text: str) -> tuple[str, tuple[str, ...]]:
    """Text without the stray HTML of an extractor, and the links it named."""
    links: list[str] = []

    def dropped(match: re.Match[str]) -> str:
        closing, name, attributes = match.groups()
        href = _HREF.search(attributes)
        if href and not closing:
            links.append(html.unescape(next(group for group in href.groups() if group is not None)))
        return "\n" if _BREAKING.match(name) else ""

    plain = _TAG.sub(dropped, _AUTOLINK.sub(r"\1", text))
    plain = html.unescape(plain)
    return normalised(plain), unique((*safe_links(links), *links_in(plain)))


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableTextError(encoding=encoding) from error


def _unmarked_utf16(data: bytes) -> tuple[str, ...]:
    # Spaces and digits have their zero byte second in the little-endian order, first in the other.
    second, first = data[1::2].count(0), data[::2].count(0)
    return ("utf-16-le",) if second > first else ("utf-16-be",)


def _has_binary(text: str) -> bool:
    return any(ord(character) < 32 and character not in "\t\n\r\f\v" for character in text)


def _best_single_byte(data: bytes) -> str:
    scored = []
    for encoding in _SINGLE_BYTE:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _has_binary(text):
            scored.append((_russianness(text), text))
    best = max(scored, key=lambda pair: pair[0], default=(0.0, ""))
    if best[0] < _LEAST_RUSSIAN:
        raise UnreadableTextError
    return best[1]


def _russianness(text: str) -> float:
    """Of the characters beyond ASCII, how many are the frequent small letters of Russian."""
    beyond = [character for character in text if ord(character) > 127]
    return sum(character in _FREQUENT for character in beyond) / len(beyond) if beyond else 0.0


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    index = 0
    while index < len(lines):
        if "\t" in lines[index].strip("\n "):
            end = _table_end(lines, index)
            table = _table(lines[index:end])
            if table.rows:
                yield table
            index = end
            continue
        end = index
        while end < len(lines) and lines[end].strip() and "\t" not in lines[end]:
            end += 1
        yield from _lines(lines[index:end])
        index = max(end, index + 1)


def _lines(paragraph: Sequence[str]) -> Iterator[Line]:
    """One ``Line`` for lines that no empty one parts: a title goes over several."""
    text, links = cleaned("\n".join(_HEADING.sub("", line.strip()) for line in paragraph))
    text = normalised(_EMPHASIS.sub("", text)) if "*" in text else text
    if text or links:
        yield Line(text, links)


def _table_end(lines: Sequence[str], start: int) -> int:
    """Behind the last line of the table: empty lines, page numbers and section rows do not end it."""
    end = index = start
    while index < len(lines):
        line = lines[index].strip("\n ")
        if "\t" in line:
            end = index + 1
        elif line.strip() and not _is_between_rows(lines, index):
            break
        index += 1
    return end


def _is_between_rows(lines: Sequence[str], index: int) -> bool:
    line = lines[index].strip()
    if _PAGE_NUMBER.match(line):
        return True
    following = next((text for text in lines[index + 1 : index + _LOOKED_AHEAD] if text.strip()), "")
    if lines[index - 1].strip() and _is_wrapped(lines, index):
        return True
    is_in_last_cell = bool(lines[index - 1].strip()) and lines[index + 1 : index + 2] == [following]
    return (is_in_last_cell or bool(_SECTION.match(line))) and len(line) < 200 and bool(_NUMBERED_ROW.match(following))


def _is_wrapped(lines: Sequence[str], index: int) -> bool:
    """A line inside a cell: no tab of its own, the row goes on at once below with the tabs that are still due."""
    below = next((text for text in lines[index + 1 : index + _LOOKED_AHEAD] if "\t" in text or not text.strip()), "")
    return "\t" in below and not _NUMBERED_ROW.match(below)


def _table(lines: Sequence[str]) -> Table:
    width = Counter(line.count("\t") for line in lines if "\t" in line).most_common(1)[0][0] + 1
    rows: list[Row] = []
    is_after_break = False
    for line in _whole_rows(lines, width):
        if "\t" not in line and (not line.strip() or _PAGE_NUMBER.match(line.strip())):
            is_after_break = True
            continue
        cells = tuple(Cell(*cleaned(text)) for text in line.split("\t"))
        if len(cells) == 1 and rows and not _SECTION.match(line.strip()):
            rows[-1] = _with_more(rows[-1], cells[0])
            continue
        if len(cells) == 1:
            cells = cells * width  # a section row that lost its tabs: one cell over the whole table
        if len(cells) > limits.COLUMNS:
            raise TooLargeError(what="columns", limit=limits.COLUMNS)
        rows.append(Row(cells, is_after_break))
        is_after_break = False
    if sum(len(row.cells) for row in rows) > limits.CELLS:
        raise TooLargeError(what="cells", limit=limits.CELLS)
    return Table(tuple(rows))


def _with_more(row: Row, further: Cell) -> Row:
    """The last cell of a pasted row had several lines."""
    last = row.cells[-1]
    cell = Cell(normalised(f"{last.text}\n{further.text}"), unique((*last.links, *further.links)))
    return Row((*row.cells[:-1], cell), row.is_after_break)


def _whole_rows(lines: Sequence[str], width: int) -> Iterator[str]:
    """Rows of one line each: a cell pasted with line breaks in it left its row on several lines."""
    index = 0
    while index < len(lines):
        row, end = _completed(lines, index, width) or (lines[index], index + 1)
        yield row
        index = end


def _completed(lines: Sequence[str], start: int, width: int) -> tuple[str, int] | None:
    """A numbered row with the lines below that bring exactly the tabs it lacks; none if they do not."""
    row = lines[start]
    if not _NUMBERED_ROW.match(row):
        return None
    for end in range(start + 1, min(start + _LOOKED_AHEAD, len(lines))):
        if row.count("\t") >= width - 1:
            return (row, end) if row.count("\t") == width - 1 and end > start + 1 else None
        following = lines[end]
        if not following.strip() or following.startswith("\t") or _NUMBERED_ROW.match(following):
            return None
        row = f"{row}<br>{following}"
    is_whole = row.count("\t") == width - 1 and len(lines) - start <= _LOOKED_AHEAD
    return (row, len(lines)) if is_whole and len(lines) > start + 1 else None
