"""Rows of what stands in no table: decisions of minutes, and lists that people type («Название – срок»)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from bot.documents.blocks import Line, Source
from bot.documents.decisions import Decision, Decisions, decisions_of
from bot.documents.lists import ListedRow, Reading, listed_in
from bot.documents.requests import Requests, requests_in
from bot.documents.resolving import resolves
from bot.documents.term_problems import term_problems
from bot.domain.documents import Problem, ProblemCode, RowDraft
from bot.domain.terms.model import Doubt, Term

_MOST_PROBES = 1_500  # some milliseconds each: a hostile text must not use up the time for reading

Found = tuple[tuple[RowDraft, ...], tuple[Problem, ...]]
"""Rows, and what is doubtful about the whole."""


def rows_without_table(source: Source, read: Reading) -> Found:
    """Decisions, else the lines of a list; none beside a table whose columns can be asked about."""
    requests = Requests(rest=list(source.blocks))
    if not _resolves(source):
        requests = requests_in(source.blocks, _probing(read))
    asked = tuple(_listed(row, read) for row in requests.asked)
    decisions = decisions_of(requests.rest, _probing(read))
    if decisions.decided and (decisions.has_resolved or decisions.has_labels):
        rows, _ = _decided_rows(decisions, read)
        return (*asked, *rows), _without_term([*requests.without_term, *decisions.without_term])
    if any(len(row.distinct) > 1 for table in source.tables for row in table.rows):
        return (), ()
    listed = tuple(_listed(row, read) for row in listed_in(requests.rest, _probing(read)))
    return (*asked, *listed), _without_term(requests.without_term)


def rows_beside_table(source: Source, read: Reading) -> Found:
    """An order or minutes may set terms in its clauses and approve a plan in its annex: both are asked for."""
    if not _resolves(source):
        return (), ()
    lines = [block for block in source.blocks if isinstance(block, Line)]
    decisions = decisions_of(lines, _probing(read))
    return _decided_rows(decisions, read) if decisions.has_resolved and decisions.decided else ((), ())


def _resolves(source: Source) -> bool:
    lines = (block for block in source.blocks if isinstance(block, Line))
    return any(resolves(line) for block in lines for line in block.text.split("\n"))


def _probing(read: Reading) -> Reading:
    """The grammar for looking where a term begins, a bounded number of times: each line is tried at several places."""
    left = count(_MOST_PROBES, -1)
    return lambda phrase: read(phrase) if next(left) > 0 else None


def _decided_rows(decisions: Decisions, read: Reading) -> Found:
    rows = tuple(_decided(decision, read) for decision in decisions.decided)
    return rows, _without_term(decisions.without_term)


def _without_term(named: Sequence[str]) -> tuple[Problem, ...]:
    return (Problem(ProblemCode.CLAUSES_WITHOUT_TERM, {"numbers": ", ".join(named)}),) if named else ()


def _decided(decision: Decision, read: Reading) -> RowDraft:
    term = _term(decision.phrase, read, is_doubtful=decision.is_term_shared)
    others = [Problem(ProblemCode.OTHER_TERM, {"text": phrase}) for phrase in decision.set_aside]
    return RowDraft(
        number=decision.number or None,
        title=decision.title,
        responsible=decision.responsible,
        phrase=decision.phrase,
        term=term,
        links=decision.links,
        group=decision.group,
        problems=(*term_problems(decision.phrase, term), *others),
        cohort=decision.cohort,
    )


def _term(phrase: str, read: Reading, *, is_doubtful: bool) -> Term | None:
    term = read(phrase)
    return replace(term, doubts=(*term.doubts, Doubt.SHARED)) if term is not None and is_doubtful else term


def _listed(row: ListedRow, read: Reading) -> RowDraft:
    term = _term(row.phrase, read, is_doubtful=row.is_doubtful)
    return RowDraft(
        number=row.number,
        title=row.title,
        responsible=row.responsible,
        phrase=row.phrase,
        term=term,
        links=row.links,
        problems=tuple(term_problems(row.phrase, term)),
    )
