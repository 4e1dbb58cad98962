"""What is wrong with the term of a row, whichever reader found it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.wording import flat
from bot.domain.documents import Problem, ProblemCode
from bot.domain.terms.model import Term, TermKind


def term_problems(phrase: str, term: Term | None) -> Iterator[Problem]:
    """No phrase at all, one that was not understood, and each doubt of a reading."""
    if term is None:
        yield Problem(ProblemCode.NO_PHRASE)
    elif term.kind is TermKind.UNPARSABLE:
        yield Problem(ProblemCode.TERM_NOT_UNDERSTOOD, {"phrase": flat(phrase)})
    for doubt in term.doubts if term is not None else ():
        yield Problem(ProblemCode.TERM_DOUBTFUL, {"doubt": doubt.value})
