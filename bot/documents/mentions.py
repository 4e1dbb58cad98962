"""Other documents that a text names: «протоколов от 05 июля 2023 г. № Д05-84/05пр, от 26 октября 2023 г. № …».

Each is a link to another paper and never a term. A kind alone, or a number without a kind, names nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from bot.documents.dates import DATE, read_date
from bot.documents.wording import flat
from bot.domain.documents import DocumentFacts, DocumentKind, Mention

_AROUND = 120  # characters of a long clause that are quoted on both sides
_MOST = 200  # a list of all the laws of a country is no link worth a screen

_FIGURES = r"[\w/.-]{0,40}\d(?:[\w/.-]{0,40}\w)?"
_KINDS = {
    DocumentKind.MINUTES: r"протокол(?:а|у|ом|е|ы|ов|ам|ами|ах)?",
    DocumentKind.ORDER: r"приказ(?:а|у|ом|е|ы|ов|ам|ами|ах)?|распоряжени(?:е|я|ю|ем|и|й|ям|ями|ях)",
    DocumentKind.RESOLUTION: r"постановлени(?:е|я|ю|ем|и|й|ям|ями|ях)|решени(?:е|я|ю|ем|и|й|ям|ями|ях)"
    r"|резолюци(?:я|и|ю|ей|й|ям|ями|ях)",
    DocumentKind.LETTER: r"письм(?:о|а|у|ом|е|ам|ами|ах)|писем",
    DocumentKind.OTHER: r"(?:федеральн\w{2,3}\s)?закон(?:а|у|ом|е|ы|ов|ам|ами|ах)?|указ(?:а|у|ом|е|ы|ов|ам|ами|ах)?",
}
_KIND = "|".join(f"(?P<{kind.value}>{words})" for kind, words in _KINDS.items())
# Between a kind and its date stands at most who issued it: «приказ Минпросвещения России от …».
_ISSUER = r"(?:\s+(?!от\b|№|протокол|приказ|распоряж|постановл|решени|письм)[\w«»\"().,-]{1,40}){0,14}?"
_DATE_NUMBER = rf"от\s+(?P<day>{DATE})\s*,?\s*(?:№\s{{0,3}}(?P<after>{_FIGURES}))?"
_NUMBER_DATE = rf"№\s{{0,3}}(?P<before>{_FIGURES})(?:\s*,?\s*от\s+(?P<late>{DATE}))?"
_REFERENCE = rf"(?:{_DATE_NUMBER}|{_NUMBER_DATE})"
_FIRST = re.compile(rf"\b(?:{_KIND})\b{_ISSUER}\s+{_REFERENCE}", re.IGNORECASE)
_FURTHER = re.compile(rf"\s*(?:,|;|и|,\s*и)\s+{_REFERENCE}", re.IGNORECASE)


def mentions_in(texts: Iterable[str], own: DocumentFacts) -> tuple[Mention, ...]:
    """Every mention in the order of the page; what names the document itself is left out."""
    mentions = (mention for text in texts for mention in _in_paragraph(flat(text)))
    others = (found for found in mentions if (found.number, found.dated) != (own.number, own.signed_on))
    return tuple(islice(others, _MOST))


def _in_paragraph(text: str) -> Iterator[Mention]:
    at = 0
    while first := _FIRST.search(text, at):
        kind = next(kind for kind in _KINDS if first.group(kind.value))
        match: re.Match[str] | None = first
        while match is not None:
            at = match.end()
            yield _mention(kind, match, text)
            match = _FURTHER.match(text, at)


def _mention(kind: DocumentKind, match: re.Match[str], text: str) -> Mention:
    day = match.group("day") or match.group("late")
    return Mention(
        kind=kind,
        number=match.group("after") or match.group("before"),
        dated=read_date(day) if day else None,
        quote=_quote(text, match.start(), match.end()),
    )


def _quote(text: str, start: int, end: int) -> str:
    begins, ends = max(0, start - _AROUND), min(len(text), end + _AROUND)
    head = text[begins:ends]
    if begins:
        head = "… " + head.partition(" ")[2]
    return f"{head.rpartition(' ')[0]} …" if ends < len(text) else head
