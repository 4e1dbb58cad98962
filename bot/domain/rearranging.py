"""Rows of a draft put together, cut apart, and as they were: the rules. Nothing of the document is ever lost by it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.awaiting import awaited
from bot.domain.drafts import DraftRow, RowContent, RowDecision
from bot.domain.terms.model import Term

MAX_PARTS = 20
MAX_TEXT = 3000

_CLAUSE = re.compile(r"(?:(?<=^)|(?<=[\s;:.,]))(\d{1,2}|[а-яё])(?:\)|\.(?!\d))\s+", re.IGNORECASE)
_NUMBER_ROOM = 32


@dataclass(frozen=True, slots=True)
class Part:
    """What a row may be cut into: a matter with its own title or term."""

    title: str
    term: Term | None


def proposed_parts(row: DraftRow) -> tuple[Part, ...]:
    """By the numbered clauses of its title, else by the several terms of its phrase; empty where it is one matter."""
    clauses = _clauses(row.title)
    if clauses:
        return tuple(Part(clause, row.term) for clause in clauses)
    # «30 декабря, далее – по необходимости» is one matter that goes on.
    if row.term is not None and len(row.term.parts) > 1 and awaited(row.term) is None:
        return tuple(Part(row.title, replace(part, doubts=row.term.doubts)) for part in row.term.parts[:MAX_PARTS])
    return ()


def joined(row: DraftRow, other: DraftRow) -> DraftRow:
    """``row`` with the texts of both, in the order of the document; its term stays. It waits to be accepted again."""
    upper, lower = sorted((row, other), key=lambda one: one.position)
    return replace(
        row,
        number=", ".join(_each_once(upper.number, lower.number))[:_NUMBER_ROOM],
        title="; ".join(_each_once(upper.title.rstrip(" ;."), lower.title)),
        responsible="; ".join(_each_once(upper.responsible, lower.responsible)),
        result="; ".join(_each_once(upper.result.rstrip(" ;."), lower.result)),
        links=tuple(dict.fromkeys((*upper.links, *lower.links))),
        decision=RowDecision.TAKE,
        as_read=row.as_read or row.content,
    )


def cut(row: DraftRow, parts: Sequence[Part]) -> tuple[DraftRow, ...]:
    """The row as its first part, and the new rows of the others; ids and places of these are given by the storage."""
    whole = row.as_read or row.content
    pieces = [
        replace(
            row,
            number=f"{whole.number[: _NUMBER_ROOM - 3]}/{place}" if whole.number else "",
            title=part.title,
            term=part.term,
            typed_phrase=row.typed_phrase if part.term == row.term else None,
            decision=RowDecision.TAKE,
        )
        for place, part in enumerate(parts, start=1)
    ]
    first, *rest = pieces
    return (replace(first, as_read=whole), *(replace(piece, split_from=row.id, as_read=None) for piece in rest))


def restored(row: DraftRow) -> DraftRow:
    """As it was before it was corrected, joined or cut, with the term of then; it waits to be accepted again."""
    if row.as_read is None:
        return replace(row, joined_into=None)
    read: RowContent = row.as_read
    return replace(
        row,
        number=read.number,
        title=read.title,
        responsible=read.responsible,
        result=read.result,
        phrase=read.phrase,
        term=read.term,
        links=read.links,
        typed_phrase=read.typed_phrase,
        decision=RowDecision.TAKE,
        joined_into=None,
        as_read=None,
    )


def _clauses(title: str) -> list[str]:
    """«1) собрать; 2) сдать» → its two clauses, if the marks count up from the first."""
    marks = list(_CLAUSE.finditer(title))
    kept: list[re.Match[str]] = []
    for mark in marks:
        if mark[1].casefold() == _mark(len(kept), like=kept[0][1] if kept else mark[1]):
            kept.append(mark)
    if len(kept) < 2 or len(kept) > MAX_PARTS:
        return []
    ends = [mark.start() for mark in kept[1:]] + [len(title)]
    lead = title[: kept[0].start()].strip(" :;,.\n")
    clauses = [title[mark.end() : end].strip(" ;,.\n") for mark, end in zip(kept, ends, strict=True)]
    if not all(clauses):
        return []
    return [f"{lead}: {clause}" if lead else clause for clause in clauses]


def _mark(place: int, *, like: str) -> str:
    return str(place + 1) if like.isdigit() else "абвгдежзиклмнопрстуфх"[place : place + 1]


def _each_once(*texts: str) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text]
