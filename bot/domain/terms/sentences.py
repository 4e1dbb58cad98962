"""Terms inside a sentence: where the rest of it may be skipped because of what the sentence says.

Anything else that is not consumed by the grammar makes the whole phrase unread.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from bot.domain.terms.combined import State
from bot.domain.terms.dated import Meaning
from bot.domain.terms.grammar import Grammar
from bot.domain.terms.model import TermKind
from bot.domain.terms.repeated import Frequency, Repeated
from bot.domain.terms.tokens import Token, is_temporal

_HAPPENS = frozenset(
    [
        "состоится",
        "состоятся",
        "пройдет",
        "пройдут",
        "проводится",
        "проводятся",
        "проходит",
        "проходят",
        "планируется",
        "планируются",
        "запланирован",
        "запланирована",
        "запланировано",
        "запланированы",
        "начнется",
        "начнутся",
    ]
)
_INFINITIVES = ("ть", "ти", "чь", "ться", "тись")
_LONGEST_DEADLINE = 14
"""Tokens of «в срок не позднее 18:00 (мск) 15 ноября 2024 г.» with some to spare."""
_DUE_WORDS = frozenset(["до", "не", "в", "к"])
_DESCRIBED = re.compile(r"(?:ш|щ|нн|ят|ыт|ат)(?:ых|их|ым|им|ыми|ими|ого|его|ую|ая|ые|ие|ый|ий)(?:ся)?$|^котор")
"""Endings of participles: what follows them describes somebody, and is not the deadline of the task."""


def read_sentence(tokens: Sequence[Token], grammar: Grammar) -> list[Meaning]:
    """The meanings of a sentence with one term in it; nothing where it is not one of the known shapes."""
    words = [token.word for token in tokens]
    happens = next((place for place, word in enumerate(words) if word in _HAPPENS), None)
    if happens is not None:
        is_onto = words[happens + 1 : happens + 2] == ["на"]
        return _read_tail(tokens, happens + 1 + is_onto, grammar, "dated")
    if any(len(word) > 4 and word.endswith(_INFINITIVES) for word in words) and (found := _read_task(tokens, grammar)):
        return found
    if any(is_temporal(token) for token in tokens):
        return []
    return _read_modifier(tokens)


def _read_tail(tokens: Sequence[Token], start: int, grammar: Grammar, name: str) -> list[Meaning]:
    if any(is_temporal(token) for token in tokens[:start]):
        return []
    return grammar.read(name, tokens, start)


def _read_task(tokens: Sequence[Token], grammar: Grammar) -> list[Meaning]:
    """«Представить отчёт в срок до 15 ноября 2024 г.»: a task and, at its end, its deadline or its rule.

    A participle or a clause before it means that the date belongs to something else («детей, достигших до 1 сентября»).
    """
    for start in range(max(1, len(tokens) - _LONGEST_DEADLINE), len(tokens)):
        if tokens[start].word not in _DUE_WORDS and "every" not in tokens[start].readings:
            continue
        if any(token.word == "," or _DESCRIBED.search(token.word) for token in tokens[:start]):
            return []
        if found := _read_tail(tokens, start, grammar, "task_term"):
            return found
    return []


def _read_modifier(tokens: Sequence[Token]) -> list[Meaning]:
    """«Проведение ежеквартального мониторинга», «Скорректировать при необходимости список»."""
    frequent = [token.readings["frequent"] for token in tokens if "frequent" in token.readings]
    if len(frequent) == 1:
        unit = str(frequent[0])
        return [Repeated(Frequency(unit).parts, unit)]
    pairs = itertools.pairwise(tokens)
    if not frequent and any(first.word == "при" and second.word == "необходимости" for first, second in pairs):
        return [State(TermKind.AS_NEEDED)]
    return []
