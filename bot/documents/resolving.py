"""Where a text resolves something: behind «РЕШИЛИ:», not in the agenda, the list of those present or the speeches.

«Петров предложил до 1 марта собрать отчёты» is what somebody said; it becomes a matter only if it is resolved. A text
without any resolving word (a list of instructions, a letter) is taken whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto

from bot.documents import decision_words as words
from bot.documents.blocks import Block, Line, Row, Table
from bot.documents.wording import flat, links_in, unique

_SPACED = re.compile(r"(?<!\w)(?:\w ){3,}\w(?!\w)")
_NUMBERED = r"(?:(?:\d{1,2}(?:\.\d{1,2})*|[IVXІХ]{1,5})[.)]?\s+)?"
_VERBS = r"(?:решил|постановил|поручил)[аио]?|решено|постановлено|поручено|постановляет|постановляю|приказываю|решает"
# Nouns with anything before them are of something else: «Срок исполнения поручения: до 1 марта».
_RESOLVES = re.compile(
    rf"{_NUMBERED}(?:(?:принят[оы]е?\s+|протокольные\s+)?(?:поручения|решени[ея])|"
    rf"(?:по\s+(?:\S+\s+){{1,6}}?|[а-яё]+\s+(?:[а-яё]+\s+)?)?(?:{_VERBS}))"
    r"(?:\s+(?:следующее|единогласно|совещания|комиссии))?\s*:\s*",
    re.IGNORECASE,
)
_RESOLVES_ALONE = re.compile(rf"{_NUMBERED}(?:РЕШИЛИ|ПОСТАНОВИЛИ|ПРИКАЗЫВАЮ|РЕШЕНИЕ|ПОРУЧЕНИЯ|ПОСТАНОВЛЯЕТ)\.?\Z")
_PRESENT = re.compile(
    r"(?:повестка|присутств\w+|приглаш[её]н\w*|отсутств\w+|(?:список\s+)?рассылк\w*|разослать|разослано)\b.{0,60}\Z|"
    r"(?:присутствовал\w*|приглаш[её]н\w*|отсутствовал\w*|повестка\s+дня)\s*[:–—-]",
    re.IGNORECASE,
)
_SPEECH = re.compile(
    rf"{_NUMBERED}(?:(?:СЛУШАЛИ|ЗАСЛУШАЛИ|ВЫСТУПИЛ[ИА]?|ОТМЕТИЛ[ИАО]?|ОБСУДИЛИ)\b|"
    r"(?i:(?:слушали|заслушали|выступил[иа]?|(?:\w+\s+)?отметил[иао]?|обсудили|(?:со)?докладчики?|"
    r"в\s+обсуждении\s+приняли\s+участие)\s*(?:[:–—]|\Z))|(?:Слушали|Заслушали|Выступил[иа]?)\s)"
)
_QUESTION = re.compile(r"О(?:б|бо)?\s+[\w«]", re.IGNORECASE)
_QUESTION_LINE = re.compile(r"вопрос\s*(?:№\s*)?\d|по\s+(?:\S+\s+){0,3}вопросу(?!\w)", re.IGNORECASE)


class Place(Enum):
    """What a line is to a reader of decisions."""

    RESOLVED = auto()  # «РЕШИЛИ:»
    QUESTION = auto()  # «2. О плане до 2027 года»: what is spoken of, and no matter
    SAID = auto()  # a speech begins: what stands above has ended
    TEXT = auto()


def resolves(text: str) -> bool:
    """Whether a line says that decisions follow, «РЕШИЛИ:», also with the first of them behind it."""
    plain = _plain(text)
    return _is_gate(plain) or (words.RESOLVED.search(plain) is not None and not _leads(plain))


def resolving_lines(blocks: Sequence[Block]) -> Iterator[tuple[Place, Line]]:
    """The lines that may hold a decision, and what stands between them as far as it ends or names something."""
    lines = list(_lines(blocks))
    is_open = has_none = not any(_is_gate(_plain(line.text)) for line in lines)
    for line, following in zip(lines, [*lines, Line("")][1:], strict=True):
        text = _plain(line.text)
        if resolves(text):
            is_open = is_open or _is_gate(text)
            yield from _opened(text, line)
        elif not has_none and (_SPEECH.match(text) or _PRESENT.match(text)):
            is_open = False
            yield Place.SAID, line
        elif words.SECTION.match(text) or _is_question(text, following):
            if is_open or _SPEECH.match(_plain(following.text)):
                yield Place.QUESTION, line
        elif is_open:
            yield Place.TEXT, line


def _is_gate(text: str) -> bool:
    return bool(_RESOLVES.match(text) or _RESOLVES_ALONE.match(text))


def _leads(text: str) -> bool:
    """«3. Директорам школ рекомендовать:» is a clause, and names whom its parts address."""
    clause = words.CLAUSE.match(text)
    return clause is not None and bool(words.addressed(text[clause.end() :])[0])


def _opened(text: str, line: Line) -> Iterator[tuple[Place, Line]]:
    """«РЕШИЛИ: 1. Собрать отчёты» is two lines."""
    yield Place.RESOLVED, line
    said = _RESOLVES.match(text)
    if said and text[said.end() :]:
        yield Place.TEXT, Line(text[said.end() :], line.links)


def _is_question(text: str, following: Line) -> bool:
    clause = words.CLAUSE.match(text)
    if clause is None:
        return _QUESTION_LINE.match(text) is not None and not words.asks(text)
    said = text[clause.end() :]
    is_spoken_of = bool(_SPEECH.match(_plain(following.text)) or _RESOLVES_ALONE.match(_plain(following.text)))
    return bool(_QUESTION.match(said)) or (is_spoken_of and not words.asks(said))


def _plain(text: str) -> str:
    return _SPACED.sub(lambda match: match.group().replace(" ", ""), flat(text))


def _lines(blocks: Sequence[Block]) -> Iterator[Line]:
    """Physical lines, a «Срок» that ends a clause parted from it; a section title in one piece."""
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                yield from _lines(_laid_out(row))
            continue
        physical = block.text.split("\n")
        if words.SECTION.match(physical[0]) and not any(words.CLAUSE.match(line) for line in physical[1:]):
            physical = [flat(block.text)]
        pieces = [piece.strip() for line in physical for piece in words.INLINE_LINE.split(line)]
        for piece in filter(None, pieces):
            yield Line(piece, block.links if len(pieces) == 1 else links_in(piece))


def _laid_out(row: Row) -> list[Block]:
    """A row in one line; but a cell that holds clauses only lays out the page, and its lines are lines of the page."""
    filled = [cell for cell in row.distinct if cell.text]
    if any(words.CLAUSE.match(line) for cell in filled for line in cell.text.split("\n")[1:]):
        return [Line(line, links_in(line)) for cell in filled for line in cell.text.split("\n")]
    return [Line(" ".join(cell.text for cell in filled), unique(link for cell in filled for link in cell.links))]
