"""What a document says of itself: kind, number, date, title, region, who controls it, which period it is for.

Only places where a document speaks of itself are read: its heading, lines of their own, the stamp of an annex. A date
inside a sentence belongs to something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeGuard

from bot.documents.dates import DATE, read_date, report_year, school_year, years_named
from bot.documents.places import region_of
from bot.documents.wording import flat, without_full_stop
from bot.domain.documents import DocumentFact, DocumentFacts, DocumentKind
from bot.domain.terms.model import TermKind
from bot.domain.terms.reading import read_term

_HEADING_LINES = 60  # a heading with a column of addressees is long; clauses and tables end it sooner
_LONGEST_QUOTE = 300

_ACTS = (
    (re.compile(r"(?:приказ|распоряжение)\b"), DocumentKind.ORDER),
    (re.compile(r"(?:постановление|резолюция|решение|проект\s+(?:решения|резолюции))\b"), DocumentKind.RESOLUTION),
    (re.compile(r"протокол\b"), DocumentKind.MINUTES),
    (re.compile(r"(?:\w+\s+)?письмо\b"), DocumentKind.LETTER),
)
_PAPERS = (
    (re.compile(r".{0,80}дорожн\w+\s+карт|комплекс\s+мер\b"), DocumentKind.ROADMAP),
    (re.compile(r"(?:\w+\s+){0,3}план(?:-график)?\b"), DocumentKind.PLAN),
    (re.compile(r"(?:\w+\s+){0,3}отчет\b"), DocumentKind.REPORT),
    (re.compile(r"(?:положение|порядок|регламент)\b"), DocumentKind.REGULATION),
)
# «РАСПОРЯЖЕНИЕ» stands alone or is followed by what belongs to it; other lines are prose that begins with the word.
_ACT_GOES_ON = re.compile(r"\Z|от\s|№|по\s+итогам|(?:совещан|заседан|министерств|департамент|правительств|губернатор)")

_NUMBER = r"№\s*([\w/.-]*\d[\w/.-]*)"
_ACT = r"(?:протокол|приказ|распоряжение|постановление|решение|письмо)"
_NUMBER_LINE = re.compile(rf"(?:{_ACT}\s+)?{_NUMBER}\Z|номер\s*:\s*(?:№\s*)?([\w/.-]*\d[\w/.-]*)\Z", re.IGNORECASE)
_DATE_LINE = re.compile(rf"(?:от\s+|дата\s*:\s*)?{DATE}\s*[.,]?\Z", re.IGNORECASE)
_DATE_THEN_NUMBER = re.compile(
    rf"(?:[а-яё]+\s+){{0,3}}?(?:от\s+)?{DATE}\s*(?:,|г\.\s*\w+)?\s*{_NUMBER}\Z", re.IGNORECASE
)
_NUMBER_THEN_DATE = re.compile(rf"(?:[а-яё]+\s+){{0,3}}?{_NUMBER}\s+от\s+{DATE}\Z", re.IGNORECASE)
_ACT_STAMPED = re.compile(
    rf"{_ACT}\s.{{0,200}}?(?:{_NUMBER}\s+от\s+{DATE}|\sот\s+{DATE}\s*,?\s*{_NUMBER})\Z", re.IGNORECASE
)
_STAMP = re.compile(rf"\bот\s+{DATE}\s*,?\s*{_NUMBER}", re.IGNORECASE)
_STAMP_ABOVE = re.compile(r"утвержд[её]н|приложение", re.IGNORECASE)
_CLAUSE = re.compile(r"(?:\d{1,2}|I)\.(?:\s+\S|[^\W\d_])")
_ROMAN = re.compile(r"[IVXІХ]{1,5}\.\s+")
_SUBJECT = re.compile(r"об?\s+\w", re.IGNORECASE)
_PLACE_LINE = re.compile(r"(?:г\.\s*|город\s+)?[А-ЯЁ][а-яё]+(?:-[\wа-яё]+)*\Z")
_CONTROL = re.compile(
    r"контрол[ьяю]\s+(?:за\s+)?(?:\w+\s+)?(?:исполнени|выполнени|реализаци)\w+\s[^.]{0,160}?"
    r"(?:возложить\s+на|возлагаю\s+на|возлагается\s+на|осуществля\w+|поручить|(?=остав\w+\s+за\s))\s*(.+)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<![А-ЯЁ])\.\s+(?=[А-ЯЁ])")
_TERM_OF_PLAN = re.compile(
    r"(?:сроки?|период)\s+(?:реализации|действия|исполнения)\b[^\d]{0,120}?(?=\w+\s*20\d\d|20\d\d)", re.IGNORECASE
)
_LOOKALIKES = str.maketrans("ABCEHKMOPTXaceopxDVdv", "АВСЕНКМОРТХасеорхДВдв")
_SPACED_LETTERS = re.compile(r"(?<!\w)(?:\w ){3,}\w(?!\w)")

_Found = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Text:
    """The paragraphs of a document: those before its first table of matters, and all of them with the cells."""

    before: Sequence[str]
    everything: Sequence[str]


def read_facts(text: Text) -> tuple[DocumentFacts, dict[str, str]]:
    """The facts, and the context that bare phrases are read in (``document_period``, ``school_year`` …)."""
    heading = _heading(text.before)
    quotes: dict[DocumentFact, str] = {}
    kind, kind_title, place = _kind(heading)
    if kind_title is not None:
        quotes[DocumentFact.KIND] = kind_title
    title = _title(heading, place, kind)
    signed_on, number = _date_and_number(heading, text.before)
    region = region_of(heading[: place + 1] if kind_title else heading[:8], text.everything)
    controller = _controller(text.everything)
    titles = [*([title] if title else []), *_annex_titles(text.before)]
    period = _period(titles, text.before)
    for fact, found in (
        (DocumentFact.DATE, signed_on),
        (DocumentFact.NUMBER, number),
        (DocumentFact.REGION, region),
        (DocumentFact.CONTROLLER, controller),
        (DocumentFact.PERIOD, period),
        (DocumentFact.TITLE, (title, title) if title else None),
    ):
        if found is not None:
            quotes[fact] = str(found[1])[:_LONGEST_QUOTE]
    facts = DocumentFacts(
        kind=kind,
        kind_title=kind_title,
        number=number[0] if number else None,
        signed_on=signed_on[0] if signed_on else None,
        title=title,
        region=region[0] if region else None,
        controller=controller[0] if controller else None,
        period=period[0] if period else None,
        quotes=quotes,
    )
    return facts, _context(facts, titles)


def _heading(before: Sequence[str]) -> list[str]:
    end = next((place for place, text in enumerate(before) if _CLAUSE.match(text)), len(before))
    return list(before[: end or len(before)][:_HEADING_LINES])


def _kind(heading: Sequence[str]) -> tuple[DocumentKind, str | None, int]:
    """The kind, the words that name it, and the paragraph where they stand."""
    for place, paragraph in enumerate(heading):
        for line in paragraph.split("\n"):
            for pattern, kind in _ACTS:
                match = pattern.match(_plain(line))
                if match and _ACT_GOES_ON.match(_plain(line)[match.end() :].strip()):
                    return kind, match.group().capitalize(), place
    for place, paragraph in enumerate(heading):
        for pattern, kind in _PAPERS:
            match = pattern.match(_plain(flat(paragraph)))
            if match:
                return kind, _TITLES_OF_PAPERS.get(kind) or match.group().capitalize(), place
    return DocumentKind.OTHER, None, 0


_TITLES_OF_PAPERS = {DocumentKind.ROADMAP: "Дорожная карта"}


def _title(heading: Sequence[str], place: int, kind: DocumentKind) -> str | None:
    """An act is titled by the paragraph «Об …» below its kind, minutes by what they are of, a plan by its own line."""
    if kind is DocumentKind.OTHER:
        return None
    own = heading[place].split("\n")
    if kind in {found for _, found in _PAPERS}:
        # A list begins right below its title, with no empty line between them.
        clause = next((at for at, line in enumerate(own) if at and _CLAUSE.match(line)), len(own))
        return _ROMAN.sub("", flat(" ".join(own[:clause])))
    start = next(index for index, line in enumerate(own) if any(p.match(_plain(line)) for p, _ in _ACTS))
    if len(_plain(own[start]).split()) > 1 and not _is_date_or_number(own[start]):
        return flat(" ".join(own[start:]))
    below = [flat(" ".join(own[start + 1 :])), *(flat(text) for text in heading[place + 1 :])]
    below = [text for text in below if text and not _is_date_or_number(text) and not _PLACE_LINE.match(text)]
    at = next((index for index, text in enumerate(below[:6]) if _SUBJECT.match(text)), None)
    subject = None if at is None else _with_continuation(below, at)
    if subject is None and kind is DocumentKind.MINUTES and below:
        subject = f"Протокол {below[0]}" if below[0][0].islower() else below[0]
    return subject


def _with_continuation(paragraphs: Sequence[str], at: int) -> str:
    """A title set in the middle of the page is often several paragraphs."""
    end = at + 1
    while end < len(paragraphs) and paragraphs[end][0].islower() and not paragraphs[end].endswith((":", ".")):
        end += 1
    return " ".join(paragraphs[at:end])


def _is_date_or_number(text: str) -> bool:
    patterns = (_NUMBER_LINE, _DATE_LINE, _DATE_THEN_NUMBER, _NUMBER_THEN_DATE)
    return any(pattern.match(flat(text)) for pattern in patterns)


def _date_and_number(heading: Sequence[str], before: Sequence[str]) -> tuple[tuple[date, str] | None, _Found | None]:
    signed_on: tuple[date, str] | None = None
    number: _Found | None = None
    for line in (flat(line) for paragraph in heading for line in paragraph.split("\n")):
        if not (_is_date_or_number(line) or _ACT_STAMPED.match(line)):
            continue
        day, figure = read_date(line), re.search(_NUMBER, line) or re.search(r":\s*([\w/.-]*\d[\w/.-]*)", line)
        if figure and _DATE_LINE.match(line):
            figure = None
        signed_on = signed_on or ((day, line) if day else None)
        number = number or ((figure.group(1), line) if figure else None)
    if signed_on is None and number is None:
        return _stamped(before)
    return signed_on, number


def _stamped(before: Sequence[str]) -> tuple[tuple[date, str] | None, _Found | None]:
    """An annex without its act: «УТВЕРЖДЕНА постановлением … от 08.08.2019 № 436»."""
    for place, paragraph in enumerate(before):
        stamp = _STAMP.search(flat(paragraph))
        around = " ".join(before[max(0, place - 4) : place + 1])
        day = read_date(stamp.group()) if stamp else None
        if stamp and day and _STAMP_ABOVE.search(around):
            return (day, flat(paragraph)), (stamp.group(1), flat(paragraph))
    return None, None


def _controller(paragraphs: Sequence[str]) -> _Found | None:
    for paragraph in paragraphs:
        match = _CONTROL.search(flat(paragraph))
        if match:
            name = without_full_stop(_SENTENCE_END.split(match.group(1))[0])
            return (name, flat(paragraph)) if name else None
    return None


def _annex_titles(before: Sequence[str]) -> list[str]:
    """What stands right above the table: the title of the plan itself, when an act only approves it."""
    return [flat(text) for text in before[-4:] if not _CLAUSE.match(text)]


def _period(titles: Sequence[str], before: Sequence[str]) -> tuple[tuple[date, date], str] | None:
    for title in titles:
        years = years_named(title)
        if years:
            return years, title
    for paragraph in before:
        named = _TERM_OF_PLAN.search(flat(paragraph))
        if named is None:
            continue
        term = read_term(flat(paragraph)[named.end() :].strip(" –—-:."))
        if term.kind is TermKind.PERIOD and _is_day(term.start) and _is_day(term.end):
            return (term.start, term.end), flat(paragraph)
    return None


def _is_day(boundary: object) -> TypeGuard[date]:
    return isinstance(boundary, date) and not isinstance(boundary, datetime)


def _context(facts: DocumentFacts, titles: Sequence[str]) -> dict[str, str]:
    context: dict[str, str] = {}
    if facts.period:
        begins, ends = facts.period
        context["document_period"] = f"{begins.isoformat()}/{ends.isoformat()}"
        if begins.year == ends.year and facts.kind is not DocumentKind.REPORT:
            context["plan_year"] = str(begins.year)
    for title in titles:
        studied, reported = school_year(title), report_year(title)
        if studied:
            context.setdefault("school_year", studied)
        if reported and facts.kind is DocumentKind.REPORT:
            context.setdefault("report_period", reported)
    return context


def _plain(text: str) -> str:
    """For recognising words: one case, no ё, Latin look-alikes and spaced letters put right."""
    text = _SPACED_LETTERS.sub(lambda match: match.group().replace(" ", ""), flat(text))
    return _ROMAN.sub("", text.translate(_LOOKALIKES)).lower().replace("ё", "е").strip(" .*")
