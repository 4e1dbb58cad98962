"""From lines and tables to the draft that a coordinator confirms: facts, rows with their terms, what is doubtful."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.documents.blocks import Block, Line, Row, Source, Table, with_nested
from bot.documents.clauses import rows_beside_table, rows_without_table
from bot.documents.columns import recognised
from bot.documents.errors import NoTableError, UnknownColumnsError
from bot.documents.facts import Text, read_facts
from bot.documents.mentions import mentions_in
from bot.documents.numbers import number_problems
from bot.documents.rows import RawRow, rows_of
from bot.documents.term_problems import term_problems
from bot.documents.unknown_columns import named_header
from bot.documents.wording import flat, words_of
from bot.domain.documents import DocumentDraft, DocumentFacts, Problem, ProblemCode, RowDraft
from bot.domain.reading_choices import Column
from bot.domain.terms.model import Term, TermKind
from bot.domain.terms.occurrences import day_of
from bot.domain.terms.reading import read_term

_NOTES = str.maketrans("", "", "⁰¹²³⁴⁵⁶⁷⁸⁹")  # a raised figure points to a note, and belongs to no date
_HAS_PREPOSITION = re.compile(r"(?:с|со|от|до|к|по|в|не позднее)\s", re.IGNORECASE)


_SCHOOL_YEAR_BEGINS = 9


def school_year_of(day: date) -> int:
    """The autumn that the school year of a day begins with; the summer belongs to the year before it."""
    return day.year - (day.month < _SCHOOL_YEAR_BEGINS)


@dataclass(frozen=True, slots=True)
class _Reference:
    """What a bare phrase is read against."""

    day: date | None
    region: str | None
    context: Mapping[str, str]
    known: dict[str, Term] = field(default_factory=dict)

    def read(self, phrase: str) -> Term | None:
        """The same phrase stands in many rows of a plan and is read once."""
        text = flat(phrase.translate(_NOTES))
        if text and text not in self.known:
            self.known[text] = read_term(text, reference_date=self.day, region=self.region, context=self.context)
        return self.known.get(text)


def draft_of(source: Source, *, today: date, named: Mapping[Column, int] | None = None) -> DocumentDraft:
    """``named`` are columns that the coordinator named.

    Raises NoTableError, EmptyTableError or UnknownColumnsError where there is nothing to draft.
    """
    answer = named_header(source.tables, named) if named else None
    facts, context = read_facts(_text(source.blocks, None if answer is None else answer[0]))
    if facts.title is None and facts.signed_on is None and not context:
        return _list_of_some_year(source, facts, today, named)
    # A plan for a named year needs no other day to read «сентябрь» on, and today may lie years behind it.
    day = facts.signed_on or (None if context else today)
    return _drafted_against(source, facts, _Reference(day, facts.region, context), named)


def _list_of_some_year(
    source: Source, facts: DocumentFacts, today: date, named: Mapping[Column, int] | None
) -> DocumentDraft:
    """A bare list, as people paste it into a chat: which year it is of is settled once for all of it, and said.

    It is the school year of the dates that name theirs; where none does, the first in which the list is not over.
    """

    def of_year(year: int) -> DocumentDraft:
        context = {"school_year": f"{year}/{(year + 1) % 100:02}"}
        return _drafted_against(source, facts, _Reference(today, facts.region, context), named)

    this = school_year_of(today)
    first, second = of_year(this), of_year(this + 1)
    pairs = [(_last_day(one), _last_day(other)) for one, other in zip(first.rows, second.rows, strict=True)]
    fixed = {school_year_of(day) for day, other in pairs if day is not None and day == other}
    moving = [day for day, other in pairs if day is not None and day != other]
    if not moving or len(fixed) > 1:
        return _drafted_against(source, facts, _Reference(today, facts.region, {}), named)
    year = fixed.pop() if fixed else this if max(moving) >= today else this + 1
    settled = of_year(year)
    said = Problem(ProblemCode.SCHOOL_YEAR_ASSUMED, {"years": f"{year}/{(year + 1) % 100:02}"})
    kept = (problem for problem in settled.problems if problem.code is not ProblemCode.NO_DOCUMENT_DATE)
    return replace(settled, problems=(said, *kept))


def _last_day(row: RowDraft) -> date | None:
    """Of a term with one date, told by its words alone; a term that counts from today says nothing of a year."""
    term = row.term
    is_dated = term is not None and not term.parts and term.kind in (TermKind.DEADLINE, TermKind.PERIOD)
    return day_of(term.end) if term is not None and is_dated else None


def _drafted_against(
    source: Source, facts: DocumentFacts, reference: _Reference, named: Mapping[Column, int] | None
) -> DocumentDraft:
    problems = [*source.problems, *_doubtful_facts(facts)]
    mentions = mentions_in(_cell_texts(source), facts)
    try:
        raws = rows_of(source.tables, words_of(_cell_texts(source)), named)
    except (NoTableError, UnknownColumnsError):
        if named:
            raise
        rows, found = rows_without_table(source, reference.read)
        if not rows:
            raise
        return DocumentDraft(facts, rows, (*problems, *found), mentions)
    missing, of_rows = number_problems(raws)
    rows = tuple(_drafted(raw, reference, of_rows.get(place, ())) for place, raw in enumerate(raws))
    more, found = rows_beside_table(source, reference.read)
    return DocumentDraft(facts, (*more, *rows), (*problems, *missing, *_lost(source, missing), *found), mentions)


def _lost(source: Source, missing: Sequence[Problem]) -> Iterator[Problem]:
    """A gap in the numbers of a .pdf is more often a row that we did not see than a slip of the author."""
    if source.is_drawn and missing:
        yield Problem(ProblemCode.TABLE_INCOMPLETE, {"numbers": ", ".join(p.facts["number"] for p in missing)})


def _text(blocks: Sequence[Block], asked_table: Table | None) -> Text:
    before: list[str] = []
    everything: list[str] = []
    is_above = True
    for block in blocks:
        if isinstance(block, Line):
            texts = [block.text]
        else:
            is_above = is_above and block is not asked_table and not _holds_matters(block)
            texts = [text for row in block.rows for text in _cells_and_whole(row)]
        everything.extend(texts)
        if is_above:
            before.extend(texts)
    return Text([text for text in before if text], [text for text in everything if text])


def _cells_and_whole(row: Row) -> Iterator[str]:
    """A letterhead has a cell for the date and one for the number; a passport says «Срок» in one, when in the next."""
    texts = [text for text in row.texts if text]
    yield from texts
    if len(texts) > 1:
        yield " ".join(texts)


def _holds_matters(table: Table) -> bool:
    return any(recognised(inner.rows[at:]) for inner in with_nested([table]) for at in range(min(12, len(inner.rows))))


def _cell_texts(source: Source) -> Iterator[str]:
    for block in source.blocks:
        if isinstance(block, Line):
            yield block.text
        else:
            yield from (text for row in block.rows for text in row.texts)


def _doubtful_facts(facts: DocumentFacts) -> Iterator[Problem]:
    if facts.signed_on is None:
        yield Problem(ProblemCode.NO_DOCUMENT_DATE)
    if facts.region is None:
        yield Problem(ProblemCode.REGION_UNKNOWN)


def _drafted(raw: RawRow, reference: _Reference, problems: Sequence[Problem]) -> RowDraft:
    phrase = _phrase(raw)
    term = reference.read(phrase)
    title = raw.cells.get(Column.TITLE, "")
    found = [*problems, *term_problems(phrase, term)]
    if not title:
        found.append(Problem(ProblemCode.NO_TITLE))
    if raw.is_uncertain:
        found.append(Problem(ProblemCode.ROW_UNCERTAIN))
    if raw.extra:
        found.append(Problem(ProblemCode.EXTRA_CELLS, {"text": " | ".join(raw.extra)}))
    return RowDraft(
        number=raw.number,
        title=title,
        responsible=raw.cells.get(Column.RESPONSIBLE, ""),
        result=raw.cells.get(Column.RESULT, ""),
        phrase=phrase,
        term=term,
        links=raw.links,
        group=raw.group,
        problems=tuple(found),
    )


def _phrase(raw: RawRow) -> str:
    """One phrase, also where the beginning and the end, or the day and the hour, have columns of their own."""
    phrase = raw.cells.get(Column.PHRASE, "")
    begins, ends = raw.cells.get(Column.BEGINS, ""), raw.cells.get(Column.ENDS, "")
    if not phrase and (begins or ends):
        phrase = _stretch(begins, ends)
    hour = raw.cells.get(Column.TIME, "")
    return f"{phrase} {hour}" if phrase and hour else phrase


def _stretch(begins: str, ends: str) -> str:
    if begins and ends:
        return begins if begins == ends else f"{begins} – {ends}"
    if begins:
        return begins if _HAS_PREPOSITION.match(begins) else f"с {begins}"
    return ends if _HAS_PREPOSITION.match(ends) else f"до {ends}"
