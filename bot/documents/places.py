"""The region that a document is of: named in its heading, or the one it keeps naming."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.domain.regions import find_region

_NAME = r"[А-ЯЁ]\w{0,30}(?:-\w{1,30}){0,3}"
_MENTION = re.compile(
    rf"(?:{_NAME}(?:ск|цк)\w{{2,3}}\s+(?:автономн\w+\s+)?(?:област\w*|кра[йяюе]\w{{0,2}}|республик\w*|округ\w*))"
    rf"|(?:республик\w*\s+{_NAME}(?:\s+(?:Эл|Осети\w+|ЭЛ|ОСЕТИ\w+))?)",
    re.IGNORECASE,
)
_CITY = re.compile(
    r"(?:город[а-я]*|г\.|правительств\w+|департамент\w+[^\n]{0,40})\s+(москвы|севастополя)|санкт-петербурга",
    re.IGNORECASE,
)
_FEDERAL = re.compile(r"российской\s+федерации|минпросвещения\s+россии|правительство\s+россии", re.IGNORECASE)


def region_of(heading: Sequence[str], body: Sequence[str]) -> tuple[str, str] | None:
    """The region's title and the line it was read from; None where the heading is federal or the body is divided."""
    named = [(title, line) for line in heading for title in _named(line, with_cities=True)]
    if named:
        return named[0] if len({title for title, _ in named}) == 1 else _most(named)
    if any(_FEDERAL.search(line) for line in heading):
        return None
    return _most([(title, line) for line in body for title in _named(line, with_cities=False)])


def _most(named: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
    counts = Counter(title for title, _ in named).most_common(2)
    if not counts or (len(counts) == 2 and counts[0][1] == counts[1][1]):
        return None
    return next(pair for pair in named if pair[0] == counts[0][0])


def _named(line: str, *, with_cities: bool) -> Iterator[str]:
    for match in _MENTION.finditer(line):
        region = find_region(match.group())
        if region is not None:
            yield region.title
    if with_cities:
        for match in _CITY.finditer(line):
            region = find_region(match.group(1) or match.group())
            if region is not None:
                yield region.title
