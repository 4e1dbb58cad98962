"""What belongs to the page and not to the text: page numbers, and the lines that every page repeats at its edge."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.documents.pdf_columns import HEADING
from bot.documents.pdf_page import Page
from bot.documents.pdf_text import TextLine, lines_of

_EDGE_LINES = 3
_EDGE_SHARE = 0.12  # of the height of the page
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"[\s–—-]*(?:стр(?:аница|\.)?\s*)?\d{1,3}(?:\s*(?:/|из)\s*\d{1,3})?[\s–—-]*\Z", re.IGNORECASE)


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """The pages without their headers and footers."""
    edges = [_edges(page) for page in pages]
    counts = Counter(
        key
        for page, both in zip(pages, edges, strict=True)
        for key in {_key(line, page) for edge in both for line in edge}
    )
    cleaned = []
    for page, both in zip(pages, edges, strict=True):
        repeated = [line for edge in both for line in _outermost(edge, page, counts)]
        dropped = {id(word) for line in repeated for word in line.words}
        words = tuple(word for word in page.words if id(word) not in dropped)
        cleaned.append(replace(page, words=words) if dropped else page)
    return cleaned


def _outermost(edge: Sequence[TextLine], page: Page, counts: Counter[tuple[str, int]]) -> Iterator[TextLine]:
    for line in edge:
        if not _is_furniture(line, page, counts):
            return
        yield line


def _edges(page: Page) -> tuple[list[TextLine], list[TextLine]]:
    """The lines near the upper and the lower edge, each from the outside."""
    lines = lines_of(page.words)
    margin = _EDGE_SHARE * page.height
    top = [line for line in lines[:_EDGE_LINES] if line.bottom < margin]
    bottom = [line for line in reversed(lines[-_EDGE_LINES:]) if line.top > page.height - margin and line not in top]
    return top, bottom


def _is_furniture(line: TextLine, page: Page, counts: Counter[tuple[str, int]]) -> bool:
    """The header of a table that each page repeats is left to the table."""
    if _is_ruled_in(line, page) or len(HEADING.findall(line.text)) > 1:
        return False
    return bool(_PAGE_NUMBER.match(line.text)) or counts[_key(line, page)] > 1


def _is_ruled_in(line: TextLine, page: Page) -> bool:
    """Between the upright rules of a table: the top of the table itself."""
    return any(rule.start - 1 <= line.middle_y <= rule.end + 1 for rule in page.upright)


def _key(line: TextLine, page: Page) -> tuple[str, int]:
    from_top = line.top if line.top < page.height / 2 else line.top - page.height
    return _DIGITS.sub("#", line.text), round(from_top / 4)
