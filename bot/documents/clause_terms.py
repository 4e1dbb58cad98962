"""A term in the middle of a clause: «Директорам школ в срок до 15 января 2026 г. направить заявки».

Only places that belong to what is asked are searched: behind «в срок», between an addressee and the verb, in brackets
at the end, and days of the month of a report. A bare «до …» behind the verb may be of anything («детей, рождённых до
1 сентября 2019 г.»), so it is proposed as doubtful and only where no «Срок» has followed.
"""

from __future__ import annotations

import re

from bot.documents import decision_words as words
from bot.documents.dates import DATE, MONTHS
from bot.documents.lists import Reading, ending_term
from bot.documents.wording import flat
from bot.domain.terms.model import TermKind

_MONTH = f"(?:{'|'.join(MONTHS)})[а-я]*"
_YEAR = r"(?:\s+20\d\d(?:\s+года|\s*г\.)?|\s+(?:текущего|этого|следующего)\s+года)?"
_DAY = rf"(?:{DATE}|(?:\d{{1,2}}|конца|начала|середины)\s+{_MONTH}{_YEAR}|\d{{1,2}}\.\d{{1,2}}\b)"
_HOUR = r"(?:\d{1,2}[:.]\d{2}\s*(?:\(\w+\)\s*|часов\s+)?|\d{1,2}\s+часов\s+)?"
_LIMIT = rf"(?:(?:до|не\s+позднее|к)\s+{_HOUR}{_DAY}|с\s+(?:{_DAY}|\d{{1,2}})\s+(?:по|до)\s+{_DAY})"
_IN_TERM = re.compile(rf"(?:\A|,?\s+)в\s+срок\s+({_LIMIT})\s*,?(?!\w)", re.IGNORECASE)
_FIRST = re.compile(rf"({_LIMIT}),?\s+(?=\w)", re.IGNORECASE)
_OF_MONTH = re.compile(
    r",?\s+((?:еже(?:месячно|квартально|годно)\s*,?\s+)?(?:до|не\s+позднее)\s+\d{1,2}(?:-?го)?\s+числа"
    r"(?:\s+(?:каждого\s+месяца|(?:месяца|квартала)(?:,\s+следующего\s+за\s+отч[её]тным(?:\s+(?:кварталом|месяцем|периодом))?)?))?)",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"(?<=\s)(?:в\s+срок\s+)?(?:до|не\s+позднее|к|с|в\s+течение|ежемесячно|ежеквартально|еженедельно|ежегодно|"
    r"в\s+[\w-]+\s+срок)(?!\w)",
    re.IGNORECASE,
)
_SOON = re.compile(r"в\s+[\w-]+(?:дневный|недельный|месячный|суточный)\s+срок\Z", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\s*\(((?:до|не\s+позднее|к|с)\s[^()]{3,60})\)\s*[.;]?\Z", re.IGNORECASE)
# «созданным до 1 сентября», «школ, вошедших в проект с 1 мая»: the day is of them and not of what they are asked.
_PARTICIPLE = (
    r"\w*(?:нн|вш|дш|ющ|ущ|ящ|ащ|еем|уем|аем)"
    r"(?:ый|ая|ое|ую|ые|ий|ие|ее|ого|его|ым|им|ыми|ими|ому|ему|ой|ей|ых|их)(?:ся)?"
)
_TIED = re.compile(
    rf"{_PARTICIPLE}\s*\Z|,\s*(?:в\s+|на\s+|из\s+|с\s+)?(?:котор\w+|{_PARTICIPLE})\s[^,]*\Z|"
    r"котор\w+\s[^,]*\Z|(?<!\w)(?!(?:планы|органы|страны|экраны|цены|смены)\b)\w+(?:[аяе]ны|лись)\s*\Z|"
    # «отчёт за период с 1 января», «вступает в силу с 1 сентября», «договор сроком до 31 декабря»
    r"(?:\bза\s+(?:\w+\s+){0,2}(?:период|время|год\w*)|(?:вступа|действу)\w+(?:\s+в\s+силу)?|\bсил[уы]|\bсроком)"
    r"(?:\s+действия)?\s*\Z",
    re.IGNORECASE,
)
_WEAK = re.compile(rf"(?<=\s)(?:{_LIMIT}|с\s+{_DAY})", re.IGNORECASE)
_TWO = re.compile(rf"(.+?)\s+[–—-]\s+({_LIMIT}),\s+(.+?)\s+[–—-]\s+({_LIMIT})[.;]?", re.IGNORECASE)
_HOW_OFTEN = re.compile(r"\bеже(?:месячно|квартально|недельно|годно)(?!\w)", re.IGNORECASE)
_EVENT = re.compile(
    r"(?:участие|провести|проведение|явку)\s+(?:[^.;]{0,80}\s)?(?<!от )"
    rf"({DATE}(?:\s+в\s+\d{{1,2}}[:.]\d{{2}}(?:\s*\(\w+\))?)?)",
    re.IGNORECASE,
)


def term_within(text: str, read: Reading) -> words.InlineTerm | None:
    """The clause without its term, and the term; ``None`` where none, or more than one, can be its own."""
    limits = list(_IN_TERM.finditer(text))
    if len(limits) == 1:
        return _parted(text, limits[0])
    if limits:
        return None
    first = first_term(text, read)
    if first and (words.begins_with_verb(first.title) or words.addressed(first.title)[0]):
        return first
    bracketed = _IN_BRACKETS.search(text)
    if bracketed and _is_read(bracketed.group(1), read):
        return words.InlineTerm(text[: bracketed.start()], bracketed.group(1))
    return _of_month(text, read) or _before_verb(text, read)


def first_term(text: str, read: Reading) -> words.InlineTerm | None:
    """«до 20 января 2026 г. направить сведения», behind a word that asks."""
    limit = _FIRST.match(text)
    return _parted(text, limit) if limit and _is_read(limit.group(1), read) else None


def doubtful_term(text: str, read: Reading) -> words.InlineTerm | None:
    """The only day behind the verb; whoever reads it must say that it is doubtful. The text stays whole."""
    found = [match.group() for match in _WEAK.finditer(text) if not _TIED.search(text[: match.start()])]
    event = _EVENT.search(text)
    phrases = found or ([event.group(1)] if event else [])
    return words.InlineTerm(text, phrases[0]) if phrases and _is_read(phrases[0], read) else None


def own_ending(text: str, read: Reading) -> tuple[str, str] | None:
    """The clause and the limit it ends with, unless that is tied to those it names."""
    found = ending_term(text, read)
    return None if found is None or is_of_others(found[0]) else found


def names_a_term(text: str, read: Reading) -> bool:
    """Whether any day of the text may be its own term, doubtful or not."""
    found = (pairs_within(text), term_within(flat(text), read), own_ending(text, read), doubtful_term(text, read))
    return any(found)


def is_of_others(before: str) -> bool:
    """What stands right before a day ties it to those named and not to what is asked of them."""
    return _TIED.search(before) is not None


def pairs_within(text: str) -> tuple[tuple[str, str], ...]:
    """«подготовить … – до 10 декабря, провести … – с 15 по 26 декабря»: each matter with its term."""
    pair = _TWO.fullmatch(text.strip())
    return ((pair.group(1), pair.group(2)), (pair.group(3), pair.group(4))) if pair else ()


def has_several_limits(text: str) -> bool:
    """«подготовить … – до 10 декабря, провести … – с 15 по 26 декабря»."""
    return len(re.findall(_LIMIT, text, re.IGNORECASE)) > 1


def _before_verb(text: str, read: Reading) -> words.InlineTerm | None:
    verb = words.verb_behind_addressee(text)
    if verb is None:
        return None
    head = text[:verb]
    for match in _BEGINS.finditer(head):
        phrase = head[match.start() :].strip(" ,–—-")
        if _TIED.search(head[: match.start()]) and "срок" not in match.group().lower():
            continue
        if _SOON.match(phrase) or _is_read(phrase, read):
            return words.InlineTerm(f"{head[: match.start()].rstrip(' ,')} {text[verb:]}", phrase)
    return None


def _of_month(text: str, read: Reading) -> words.InlineTerm | None:
    found = list(_OF_MONTH.finditer(text))
    if len(found) != 1:
        return None
    parted = _parted(text, found[0])
    often = _HOW_OFTEN.search(parted.title)
    # «ежеквартально представлять отчёт до 10 числа»: the halves are one term. Which month is meant nobody says, so the
    # grammar does not read it, and it is asked about; one half alone would be read as something else.
    if often and not _HOW_OFTEN.search(parted.phrase):
        title = f"{parted.title[: often.start()]}{parted.title[often.end() :].lstrip(' ,')}"
        return words.InlineTerm(title[:1].upper() + title[1:], f"{often.group()}, {parted.phrase}")
    return parted if _is_read(parted.phrase, read) else None


def _parted(text: str, match: re.Match[str]) -> words.InlineTerm:
    before, behind = text[: match.start()].rstrip(" ,"), text[match.end() :].strip()
    title = f"{before}{behind}" if behind[:1] in {".", ";", ",", ":"} else f"{before} {behind}".strip()
    return words.InlineTerm(title[:1].upper() + title[1:] if not before else title, match.group(1).strip(" ,"))


def _is_read(phrase: str, read: Reading) -> bool:
    term = read(phrase)
    return term is not None and term.kind is not TermKind.UNPARSABLE
