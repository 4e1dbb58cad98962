"""Which row of an older document is which row of a newer one, and which date became which."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from difflib import SequenceMatcher
from typing import Protocol

_STEM = 5  # Russian endings change with the sentence: «школы», «школам», «школ» are one word
_ALIKE = 0.75
_ALIKE_UNDER_ONE_NUMBER = 0.7  # two short rows joined into one share two thirds of their words
_SAME_NUMBER = 0.15
_SAME_PHRASE = 0.05
_OTHER_FIGURES = 0.8  # «семинар № 1» and «семинар № 2» differ in everything that matters
_FOLDED = str.maketrans({"ё": "е", "–": "-", "—": "-", "−": "-", "«": '"', "»": '"', "“": '"', "”": '"', "„": '"'})


class _Row(Protocol):
    @property
    def number(self) -> str | None: ...

    @property
    def title(self) -> str: ...

    @property
    def phrase(self) -> str: ...


def match_rows(new: Sequence[_Row], old: Sequence[_Row]) -> tuple[tuple[int, int], ...]:
    """Pairs of places (new, old) that are the same row, renumbered, reworded or moved as it may be.

    The best pair comes first and each row is in one pair at most. A row cut in two, or two made one, is no pair unless
    one half is nearly the whole: who answered for a half has not answered for the whole.
    """
    new_words, old_words = [_words(row.title) for row in new], [_words(row.title) for row in old]
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j, words in enumerate(old_words):
        places[words].append(j)
    # Most rows of an edition are as they were: without this pass hundreds of rows would cost seconds.
    same = [(_bonus(row, old[j]), i, j) for i, row in enumerate(new) for j in places[new_words[i]] if new_words[i]]
    pairs = _best(same)
    new_left = [i for i in range(len(new)) if i not in pairs]
    old_left = [j for j in range(len(old)) if j not in pairs.values()]
    bags = {j: Counter(old_words[j]) for j in old_left}
    found = []
    for i in new_left:
        bag = Counter(new_words[i])
        for j in old_left:
            is_one_number = bool(new[i].number) and new[i].number == old[j].number
            least = _ALIKE_UNDER_ONE_NUMBER if is_one_number else _ALIKE
            if _most_alike(bag, bags[j]) < least:
                continue
            alike = _ratio(new_words[i], old_words[j])
            if alike >= least:
                found.append((alike + _bonus(new[i], old[j]), i, j))
    return tuple(sorted((pairs | _best(found)).items()))


def _bonus(row: _Row, other: _Row) -> float:
    number = _SAME_NUMBER if row.number and row.number == other.number else 0.0
    return number + (_SAME_PHRASE if same_words(row.phrase, other.phrase) else 0.0)


def _best(found: Sequence[tuple[float, int, int]]) -> dict[int, int]:
    """Each place once, the best pair first, of equals the one whose places are nearest."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(found, key=lambda one: (-one[0], abs(one[1] - one[2]), one[1:])):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def pair_in_order(old: Sequence[datetime], new: Sequence[datetime]) -> tuple[tuple[int, int], ...]:
    """Pairs of places (old, new) of two ascending series: all of the shorter one, moved as little as possible.

    An earlier date never takes the place of a later one, so that a whole series shifted by a week is seen as that.
    """
    if len(old) > len(new):
        return tuple((i, j) for j, i in pair_in_order(new, old))
    # cost[j]: the least seconds for the first i of the old among the first j of the new; the choices lead back.
    cost = [0.0] * (len(new) + 1)
    choices: list[list[bool]] = []
    for i, moment in enumerate(old, start=1):
        row = [float("inf")] * (len(new) + 1)
        taken = [False] * (len(new) + 1)
        for j in range(i, len(new) + 1):
            with_it = cost[j - 1] + abs((new[j - 1] - moment).total_seconds())
            taken[j] = with_it < row[j - 1]
            row[j] = with_it if taken[j] else row[j - 1]
        cost, choices = row, [*choices, taken]
    pairs, j = [], len(new)
    for i in range(len(old), 0, -1):
        while not choices[i - 1][j]:
            j -= 1
        pairs.append((i - 1, j - 1))
        j -= 1
    return tuple(reversed(pairs))


def similarity(one: str, other: str) -> float:
    """From 0 to 1, by words in their order, whatever their endings."""
    return _ratio(_words(one), _words(other))


def spelling(text: str) -> str:
    """What is left of a text when quotes, dashes, «ё», capitals and spaces are written in one way."""
    return " ".join(text.casefold().translate(_FOLDED).split()).rstrip(" .;,")


def same_words(one: str, other: str) -> bool:
    return spelling(one) == spelling(other)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word if word.isdigit() else word[:_STEM] for word in re.findall(r"\w+", spelling(text)))


def _most_alike(one: Counter[str], other: Counter[str]) -> float:
    """The bound that no order of the words exceeds; hundreds of rows times hundreds are too many for more."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _ratio(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    if not one or not other:
        return 0.0
    figures = [sorted(word for word in words if word.isdigit()) for words in (one, other)]
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
    return ratio if figures[0] == figures[1] else ratio * _OTHER_FIGURES
