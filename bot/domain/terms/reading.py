"""Reading a time phrase: normalise, cover what is no date, split into tokens, understand the whole or abstain."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from bot.domain.terms.dated import Meaning
from bot.domain.terms.grammar import Grammar
from bot.domain.terms.guards import is_prose, mask
from bot.domain.terms.model import Doubt, Term, TermKind
from bot.domain.terms.normalise import normalise
from bot.domain.terms.rules import calendar, clock, dates, holidays, phrase, relative, repeating, states, titled
from bot.domain.terms.sentences import read_modifier, read_sentence
from bot.domain.terms.situation import Situation, read_situation
from bot.domain.terms.stretches import TermError
from bot.domain.terms.tokens import MOST_TOKENS, Token, duration_in, speaks_of_time, tokenise

LONGEST_TEXT = 600
LONGEST_PHRASE = 40
"""Tokens. A longer cell is a text with terms in it, not a term."""

_PIECES = re.compile(r"\w+|[^\w\s]")
"""Roughly the tokens: a text that falls into too many is noise, and not worth covering."""

_UNREAD = Term(TermKind.UNPARSABLE, doubts=(Doubt.NOT_UNDERSTOOD,))
_INVALID = Term(TermKind.UNPARSABLE, is_invalid=True, doubts=(Doubt.INVALID,))


def read_term(
    text: str,
    *,
    reference_date: date | None = None,
    region: str | None = None,
    context: Mapping[str, str] | None = None,
) -> Term:
    """The meaning of a phrase read on ``reference_date`` in ``region``; ``unparsable`` when it is not understood.

    ``context`` may hold ``school_year`` («2024/25»), ``plan_year``, ``report_period``, ``document_period`` (two ISO
    dates with a slash) and ``anchor``, the ISO date of the event that a relative phrase counts from. A phrase without
    a year gets one from these or from the day of reading, and none of them gives no date. Never raises.
    """
    clean = normalise(text[:LONGEST_TEXT])
    if len(text) > LONGEST_TEXT or len(_PIECES.findall(clean)) > MOST_TOKENS:
        return _UNREAD
    tokens = tokenise(mask(clean), clean)
    if not tokens:
        return Term(TermKind.UNPARSABLE, is_negative=True)
    situation = read_situation(reference_date, region, context)
    is_told = is_prose(clean)
    if meanings := _meanings(tokens, is_told=is_told):
        return _settled(meanings, situation)
    if speaks_of_time(tokens) and not is_told:
        return _UNREAD
    return Term(TermKind.UNPARSABLE, is_negative=True, duration=duration_in(tokens))


def _meanings(tokens: Sequence[Token], *, is_told: bool) -> list[Meaning]:
    """Of the whole phrase, else of a sentence with a term in it; a sentence about the past has no date."""
    reader = whole_grammar().reader(tokens)
    if len(tokens) <= LONGEST_PHRASE and (found := reader.read_all("phrase")):
        return found
    return read_modifier(tokens) if is_told else read_sentence(tokens, reader)


def _settled(meanings: Sequence[Meaning], situation: Situation) -> Term:
    """The only term that the meanings come to here; two different ones are a doubt, not a choice."""
    terms: list[Term] = []
    errors: list[Doubt] = []
    for meaning in meanings:
        try:
            term = meaning.settle(situation)
        except TermError as error:
            errors.append(error.doubt)
            continue
        if all(term.to_json() != known.to_json() for known in terms):
            terms.append(term)
    if len(terms) == 1:
        return terms[0]
    if terms:
        return Term(TermKind.UNPARSABLE, doubts=(Doubt.AMBIGUOUS,))
    if Doubt.INVALID in errors:
        return _INVALID
    return Term(TermKind.UNPARSABLE, doubts=(errors[0],))


@cache
def whole_grammar() -> Grammar:
    """All the rules. A new phrase is one rule in one of the modules of ``rules``."""
    grammar = Grammar()
    for module in (calendar, holidays, clock, dates, repeating, relative, states, titled, phrase):
        module.declare(grammar)
    grammar.close()
    return grammar
