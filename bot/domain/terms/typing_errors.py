"""One slip in a long word of time: «сентябя» is «сентября», «ноя бря» is «ноября»."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache

from bot.domain.terms.lexicon import word_readings

_SHORTEST = 6
"""Shorter words have too many neighbours that are words themselves: «марта» and «карта», «июня» and «июля»."""

_CORRECTED_CLASSES = frozenset({"month_nom", "month_gen", "month_prep", "every", "weekday"})


@lru_cache(maxsize=2048)
def corrected(word: str) -> tuple[str, ...]:
    """The long words of time that differ from this one by a single slip, all forms of one word; else nothing.

    The first letter is taken to be right: it is the one that a writer and a scanner lose least often.
    """
    if len(word) < _SHORTEST - 1:
        return ()
    near = tuple(known for known in _long_words()[word[0]] if _is_one_slip(word, known))
    return near if len({known[:5] for known in near}) == 1 else ()


def is_torn(left: str, right: str) -> bool:
    """Whether a long word of time was torn in two: the pieces are no words of time of their own."""
    whole = left + right
    return len(whole) >= _SHORTEST and whole in _long_words()[whole[0]] and right not in _words()


@cache
def _words() -> frozenset[str]:
    return frozenset(word_readings())


@cache
def _long_words() -> Mapping[str, tuple[str, ...]]:
    table: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for word, readings in word_readings().items():
        if len(word) >= _SHORTEST and set(readings) & _CORRECTED_CLASSES:
            table[word[0]] += (word,)
    return table


def _is_one_slip(word: str, known: str) -> bool:
    if abs(len(word) - len(known)) > 1 or word == known:
        return False
    start = 0
    while start < min(len(word), len(known)) and word[start] == known[start]:
        start += 1
    left, right = word[start:], known[start:]
    if len(left) == len(right):
        return left[1:] == right[1:] or (left[1::-1] == right[:2] and left[2:] == right[2:])
    return left[1:] == right if len(left) > len(right) else left == right[1:]
