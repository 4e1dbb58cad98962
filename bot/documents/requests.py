"""What a letter asks for, in sentences: «Просим в срок до 20 января 2026 г. направить сведения. Семинар пройдёт …».

Each such sentence is a matter of its own, so that a day in the next sentence is never taken for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.documents import decision_words as words
from bot.documents.blocks import Block, Line
from bot.documents.clause_terms import doubtful_term, first_term, has_several_limits, own_ending, term_within
from bot.documents.lists import ListedRow, Reading
from bot.documents.wording import flat, links_in, quoted

_SENTENCES = re.compile(
    r"(?<=[.!?;])(?<!\b[А-ЯЁ]\.)(?<!\sим\.)(?<!\sул\.)(?<!\sтел\.)(?<!\D\sг\.)(?<!\sп\.)\s+(?=[А-ЯЁ«])"
)
_ASKS = re.compile(
    r"(?:(?:в\s+связи|на\s+основании|в\s+соответствии|учитывая|во\s+исполнение)[^.]{0,300}?,?\s)?"
    r"(?:убедительно\s+|также\s+|дополнительно\s+){0,2}(?:просим|прошу|просит)(?:\s+вас)?(?!\w)[\s,:]*",
    re.IGNORECASE,
)
_NEEDS = re.compile(r"(?<!\w)(?:необходимо|требуется|следует|предлагаем)\s", re.IGNORECASE)
_PART = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,2}[.)]|[а-я]\)|[–—•·*-])\s*(?=\S)")


@dataclass(slots=True)
class Requests:
    """``rest`` is the text without them."""

    asked: list[ListedRow] = field(default_factory=list)
    without_term: list[str] = field(default_factory=list)
    rest: list[Block] = field(default_factory=list)


def requests_in(blocks: Sequence[Block], read: Reading) -> Requests:
    """The sentences that ask for something, in the order of the page; a «Срок» right behind one is its term.

    None in a text that nowhere says «просим» or «прошу».
    """
    if not any(_ASKS.match(sentence) for block in _lines(blocks) for sentence in _sentences(block.text)):
        return Requests(rest=list(blocks))
    found = Requests()
    open_request: str | None = None
    for block in blocks:
        if not isinstance(block, Line):
            found.rest.append(block)
            continue
        kept = []
        for sentence in _sentences(block.text):
            label = words.TERM.match(sentence)
            if open_request is not None and label:
                _take(found, open_request, sentence, read)
                open_request = None
            elif open_request is not None and _is_part(open_request, sentence, read):
                open_request = f"{open_request}\n{sentence}"
            else:
                _close(found, open_request, read)
                open_request = sentence if _is_request(sentence) else None
                kept += [] if open_request is not None else [sentence]
        if kept:
            found.rest.append(Line("\n".join(kept), block.links))
    _close(found, open_request, read)
    return found


def _lines(blocks: Sequence[Block]) -> Iterator[Line]:
    return (block for block in blocks if isinstance(block, Line))


def _sentences(text: str) -> list[str]:
    return [piece for line in text.split("\n") for piece in _SENTENCES.split(line) if piece.strip()]


def _is_request(sentence: str) -> bool:
    if _ASKS.match(sentence):
        return words.asks(sentence) or sentence.rstrip().endswith(":")
    return bool(_NEEDS.search(sentence)) and not words.CLAUSE.match(sentence) and words.asks(sentence)


def _is_part(request: str, sentence: str, read: Reading) -> bool:
    """«Просим до 20 января:» and its list; a part with a term of its own is a matter by itself."""
    leads = request.split("\n")[0].rstrip().endswith(":")
    return leads and _PART.match(sentence) is not None and _own_term(flat(sentence), read) is None


def _close(found: Requests, request: str | None, read: Reading) -> None:
    if request is None:
        return
    lead, *parts = request.split("\n")
    asked = _ASKS.match(lead)
    said = flat(lead[asked.end() :] if asked else lead)
    own = _own_term(said, read)
    weak = doubtful_term(said, read) if own is None else None
    term = own or weak
    if term is None:
        found.without_term.append(quoted(request))
        return
    title = "\n".join(filter(None, [term.title.strip(" :") if parts else term.title, *parts]))
    is_doubtful = weak is not None or has_several_limits(said)
    _add(found, said if is_doubtful and not parts else title, term.phrase, request, is_doubtful=is_doubtful)


def _take(found: Requests, request: str, label: str, read: Reading) -> None:
    """The «Срок» behind a request rules; what the request says itself stays in its words."""
    asked = _ASKS.match(request)
    said = request[asked.end() :] if asked else request
    is_doubtful = _own_term(flat(said), read) is not None
    _add(found, said[:1].upper() + said[1:], label, f"{request} {label}", is_doubtful=is_doubtful)


def _add(found: Requests, title: str, phrase: str, whole: str, *, is_doubtful: bool) -> None:
    title = title[:1].upper() + title[1:]
    found.asked.append(ListedRow(None, title, phrase, "", links_in(whole), is_doubtful=is_doubtful))


def _own_term(text: str, read: Reading) -> words.InlineTerm | None:
    inside = words.inline_term(text) or first_term(text, read) or term_within(text, read)
    if inside is not None:
        return inside
    ending = own_ending(text, read)
    return words.InlineTerm(*ending) if ending is not None else None
