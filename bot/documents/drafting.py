"""From lines and tables to the draft that a coordinator confirms: facts, rows with their terms, what is doubtful."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
from bot.domain.terms.model import Term
from bot.domain.terms.reading import read_term

_NOTES = str.maketrans("", "", "⁰¹²³⁴⁵⁶⁷⁸⁹")  # a raised figure points to a note, and belongs to no date
_HAS_PREPOSITION = re.compile(r"(?:с|со|от|до|к|по|в|не позднее)\s", re.IGNORECASE)


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
    # A plan for a named year needs no other day to read «сентябрь» on, and today may lie years behind it.
    day = facts.signed_on or (None if context else today)
    reference = _Reference(day, facts.region, context)
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
