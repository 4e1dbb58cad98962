"""Lists that people type or paste: «1. Провести вебинар – до 15 ноября, отв. Иванова», one matter a line.

Where the term begins is not guessed from signs: the grammar of terms reads a whole phrase or nothing, so the longest
end of the line that it reads is the term («Название — срок»), or else the longest beginning («15 ноября – вебинар»).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.documents.blocks import Block, Line
from bot.documents.decision_words import asks
from bot.documents.wording import flat, links_in, without_full_stop
from bot.domain.terms.model import Term

_NUMBERED = re.compile(
    r"(?:(\d{1,3}(?:\.\d{1,2}){0,3})[.)]\s*|(\d{1,2}(?:\.\d{1,2}){1,3})\s+|[–—•·*-]\s+)(?=[^\d\s.)])"
)
_RESPONSIBLE = re.compile(
    r"\s*[,.;(|–—-]?\s*\(?\b(?:ответственн\w+|отв\.?|исполнител[ьи])\s*[:–—-]?\s+(?=[^\s])", re.IGNORECASE
)
_BREAKS = re.compile(
    r"\s+[–—-]+\s+|\s*[:;,|]\s+|\s+\(|\s+(?=(?:срок|до|не\s+позднее|к|с|по|в\s+течение|еже\w+|кажд\w+|постоянно)\b)"
    r"|\s+(?=\d{1,2}(?:\.\d{1,2}|\s+[а-яё]{3}))",
    re.IGNORECASE,
)
_HAS_A_TIME = re.compile(
    r"\d|январ|феврал|март|апрел|\bма[йея]\b|июн|июл|август|сентябр|октябр|ноябр|декабр|недел|квартал|еже|кажд|постоянн",
    re.IGNORECASE,
)
_SAID_AT_END = re.compile(r"[\s,;.–—-]+срок(?:и)?(?:\s+(?:исполнения|выполнения|сдачи))?\s*[:–—-]?\s*\Z", re.IGNORECASE)
_LIMIT = re.compile(r"(?:срок\w*\s*[:–—-]?\s*)?(?:до|не\s+позднее|к|с|еже\w+|кажд\w+)\s", re.IGNORECASE)
_ANYTHING = re.compile("")
_TORN = re.compile(r"(?:\b(?:от|на|к|с|со|по|до|за|и|из|в|во|не|позднее|между)|№)\s*\Z", re.IGNORECASE)
_HEADING = re.compile(
    r"(?:\w+\s+){0,2}(?:план|график|план-график|протокол|приказ|распоряжение|постановление|отч[её]т|перечень|список|"
    r"расписание)\b",
    re.IGNORECASE,
)
_MOST_BREAKS = 24
_LONGEST_TERM = 160
_LONGEST_LINE = 1_500
_SHORT_LINE = 200  # of a matter without a number; a longer line that happens to end with a day is prose
_MOST_LINES = 500  # each is read with several beginnings; a longer list has its table
_LEAST = 3  # letters of a title

Reading = Callable[[str], Term | None]


@dataclass(frozen=True, slots=True)
class ListedRow:
    """``phrase`` is the term as the line wrote it, "" only for a numbered line among others that have one."""

    number: str | None
    title: str
    phrase: str
    responsible: str
    links: tuple[str, ...]
    is_doubtful: bool = False
    """The day may be of something else that the sentence names."""


def listed_in(blocks: Sequence[Block], read: Reading) -> tuple[ListedRow, ...]:
    """The lines that name a matter and its term; ``read`` is the grammar, which abstains from all that is no term.

    Where lines are numbered the others are headings and prose.
    """
    found = [_row(line, read) for line in islice(_lines(blocks), _MOST_LINES)]
    rows = [row for row in found if row is not None]
    numbered = [row for row in rows if row.number is not None]
    dated = [row for row in rows if row.phrase]
    if any(row.number is not None for row in dated):
        # Among numbered lines with terms one without is a question; in a text that only names a day it is prose.
        is_list = 2 * sum(bool(row.phrase) for row in numbered) >= len(numbered)
        return tuple(row for row in numbered if row.phrase or is_list)
    return tuple(dated)


def ending_term(text: str, read: Reading) -> tuple[str, str] | None:
    """A clause and the term it ends with, «сдать отчёт» and «до 15 мая 2025 г.»; only what sets a limit is taken."""
    found = _at_end(flat(text), read, only=_LIMIT)
    return (found[0], found[1]) if found is not None else None


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Line):
            yield from (flat(line) for line in block.text.split("\n"))
        else:
            yield from (flat(" ".join(text for text in row.texts if text)) for row in block.rows)


def _row(line: str, read: Reading) -> ListedRow | None:
    numbered = _NUMBERED.match(line)
    number = (numbered.group(1) or numbered.group(2)) if numbered else None
    text, responsible = _without_responsible(line[numbered.end() :] if numbered else line)
    if len(line) > _LONGEST_LINE or (numbered is None and _HEADING.match(line)):
        return None
    found = (_at_end(text, read) or _at_start(text, read)) if _HAS_A_TIME.search(text) else None
    if found is None:
        is_matter = number is not None and _is_title(text) and not text.endswith(":")
        return ListedRow(number, text, "", responsible, links_in(line)) if is_matter else None
    title, phrase, before = found
    if numbered is None and not (_LIMIT.match(phrase) or len(line) <= _SHORT_LINE):
        return None
    return ListedRow(number, title, phrase, responsible or before, links_in(line))


def _without_responsible(text: str) -> tuple[str, str]:
    """«…, отв. Иванова» at the end of the line, behind the term."""
    match = _RESPONSIBLE.search(text)
    if match is None or match.start() == 0:
        return text, ""
    name = text[match.end() :].strip(" ()")
    # A term behind the name is left to be found: «…, отв. Иванова, до 15 ноября».
    if _HAS_A_TIME.search(name):
        return text, ""
    return text[: match.start()].rstrip(" ,;("), without_full_stop(name)


def _at_end(text: str, read: Reading, *, only: re.Pattern[str] = _ANYTHING) -> tuple[str, str, str] | None:
    breaks = [match for match in _BREAKS.finditer(text) if len(text) - match.end() <= _LONGEST_TERM][-_MOST_BREAKS:]
    for match in breaks:
        phrase = text[match.end() :].strip(" .;")
        if phrase.count(")") > phrase.count("("):
            phrase = phrase.rstrip(" .;)")
        title, responsible = _without_responsible(_unsaid(text[: match.start()]))
        # «до 1 марта внести предложения» is a matter with its term, whatever the grammar makes of its beginning.
        is_limit = only is _ANYTHING or (only.match(phrase) is not None and not asks(phrase))
        if is_limit and _is_title(title) and _reads(phrase, read):
            return without_full_stop(title).strip(" ,:(–—-"), phrase, responsible
    return None


def _at_start(text: str, read: Reading) -> tuple[str, str, str] | None:
    breaks = list(_BREAKS.finditer(text[:_LONGEST_TERM]))[:_MOST_BREAKS]
    for match in reversed(breaks):
        phrase, title = text[: match.start()].strip(" .;("), text[match.end() :]
        if _is_title(title) and _reads(phrase, read):
            return without_full_stop(title), phrase, ""
    return None


def _is_title(text: str) -> bool:
    """Enough letters, and no preposition at its end: that would have been torn from the term."""
    return sum(map(str.isalpha, text)) >= _LEAST and not _TORN.search(text)


def _unsaid(title: str) -> str:
    """«Вебинар, срок –» and its day: the word belongs to neither."""
    return _SAID_AT_END.sub("", title)


def _reads(phrase: str, read: Reading) -> bool:
    if not phrase or not _HAS_A_TIME.search(phrase):
        return False
    term = read(phrase)
    return term is not None and term.has_date
