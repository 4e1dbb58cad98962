"""The notation in which the grammar is written, and the machine that reads a phrase with it.

A rule is one line of text over a function that builds its meaning::

    @rule("deadline", "до конца month_of")
    def _(month): ...

Cyrillic elements are words of the phrase as written (lower case, ё as е); ``квартал*`` is a stem with any ending of up
to four letters. Latin elements are classes of tokens (``number``, ``month_nom``) or names of other rules; their values
are passed to the function in order. ``a|b`` is a choice, ``x?`` may be missing (None is passed), and a name that begins
with ``_`` is matched without being passed. Punctuation stands for itself.

All readings are found, not only the first: a phrase that reads in two different ways is left to the coordinator, so a
new rule cannot silently change what an old one understood. A function returns None to refuse what it was given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.terms.tokens import TOKEN_CLASSES, Token

REST = "rest"
"""The class of words that name an event: «получения письма Министерства». See ``tokens.Token.rest``."""

MOST_STEPS = 2000
"""Elements tried at a position: twice what the longest real phrase needs, and within 5 ms."""
_LONGEST_ENDING = 4

Builder = Callable[..., Any]
Reading = tuple[Any, int]
"""A value, which must be hashable, and the position after its last token."""


@dataclass(frozen=True, slots=True)
class Element:
    keys: frozenset[str]
    """What a single token may be here: a word, a stem with its star, a class with its dot."""
    names: tuple[str, ...]
    """The rules that may be read here."""
    classes: tuple[str, ...]
    is_optional: bool
    is_passed: bool


@dataclass(slots=True)
class Rule:
    elements: tuple[Element, ...]
    build: Builder
    first: frozenset[str] = frozenset()
    """The keys of the tokens with which the rule may begin, so that most rules are never tried."""


class Grammar:
    """Rules are declared first, then ``close`` is called once, then phrases are read."""

    def __init__(self) -> None:
        self._shapes: list[tuple[str, str, Builder]] = []
        self._rules: dict[str, tuple[Rule, ...]] = {}
        self._stems: frozenset[str] = frozenset()
        self._first: Mapping[str, frozenset[str]] = {}

    def rule(self, name: str, *shapes: str) -> Callable[[Builder], Builder]:
        """Declares shapes of the rule ``name``; the decorated function builds the value of any of them."""

        def declare(build: Builder) -> Builder:
            self._shapes.extend((name, shape, build) for shape in shapes)
            return build

        return declare

    def alias(self, name: str, *shapes: str, value: Any = None) -> None:
        """Declares shapes that mean ``value``, or whatever their only element means where no value is given."""

        def build(*args: Any) -> Any:
            if value is not None:
                return value
            return next((arg for arg in args if arg is not None), True)

        self._shapes.extend((name, shape, build) for shape in shapes)

    def close(self) -> None:
        """Prepares for reading. Raises ValueError for a name that is neither a rule nor a class of tokens."""
        names = {name for name, _, _ in self._shapes}
        rules: dict[str, list[Rule]] = {name: [] for name in names}
        for name, shape, build in self._shapes:
            rules[name].append(Rule(tuple(_element(part, names) for part in shape.split()), build))
        self._rules = {name: tuple(of_name) for name, of_name in rules.items()}
        self._stems = frozenset(
            key
            for of_name in self._rules.values()
            for rule in of_name
            for element in rule.elements
            for key in element.keys
            if key.endswith("*")
        )
        self._first = _compute_first(self._rules)

    def reader(self, tokens: Sequence[Token]) -> Reader:
        return Reader(self._rules, self._first, tokens, [_keys(token, self._stems) for token in tokens])


class _TooLongError(Exception):
    """The phrase needs more than ``MOST_STEPS``."""


class Reader:
    """The reading of one phrase: every rule is tried once at every position, and no more than ``MOST_STEPS`` in all.

    A phrase that needs more steps is a row of words that almost fit; nothing of it is read.
    """

    def __init__(
        self,
        rules: Mapping[str, tuple[Rule, ...]],
        first: Mapping[str, frozenset[str]],
        tokens: Sequence[Token],
        keys: Sequence[frozenset[str]],
    ) -> None:
        self._rules = rules
        self._first = first
        self._tokens = tokens
        self._keys = keys
        self.steps = 0
        self._memory: dict[tuple[str, int], tuple[Reading, ...]] = {}

    def read_all(self, name: str, start: int = 0) -> list[Any]:
        """Every distinct value that the rule ``name`` gives to all the tokens from ``start`` on."""
        try:
            found = [value for value, end in self.read(name, start) if end == len(self._tokens)]
        except _TooLongError:
            return []
        return list(dict.fromkeys(found))

    def read(self, name: str, at: int) -> tuple[Reading, ...]:
        if at >= len(self._tokens):
            return ()  # no rule is empty
        known = self._memory.get((name, at))
        if known is None:
            keys = self._keys[at]
            found: dict[Reading, None] = {}
            for rule in self._rules[name]:
                if not rule.first.isdisjoint(keys):
                    self._apply(rule, at, found)
            known = self._memory[name, at] = tuple(found)
        return known

    def _apply(self, rule: Rule, at: int, found: dict[Reading, None]) -> None:
        front: list[tuple[int, tuple[Any, ...]]] = [(at, ())]
        for element in rule.elements:
            reached: list[tuple[int, tuple[Any, ...]]] = []
            for position, args in front:
                self.steps += 1
                if self.steps > MOST_STEPS:
                    raise _TooLongError
                for value, end in self._match(element, position):
                    reached.append((end, (*args, value) if element.is_passed else args))
                if element.is_optional:
                    reached.append((position, (*args, None) if element.is_passed else args))
            if not reached:
                return
            front = reached
        for position, args in front:
            value = rule.build(*args)
            if value is not None:
                found[value, position] = None

    def _match(self, element: Element, at: int) -> Iterator[Reading]:
        if at >= len(self._tokens):
            return
        token = self._tokens[at]
        if not element.keys.isdisjoint(self._keys[at]):
            if not element.classes:
                yield True, at + 1
            for name in element.classes:
                if name == REST and token.rest is not None:
                    yield token.rest
                elif name in token.readings:
                    yield token.readings[name], at + 1
        for name in element.names:
            if not self._first[name].isdisjoint(self._keys[at]):
                yield from self.read(name, at)


def _element(part: str, names: set[str]) -> Element:
    is_optional = part.endswith("?")
    texts = part.removesuffix("?").split("|")
    latin = [text for text in texts if re.match("[a-z_]", text)]
    rules = tuple(text for text in latin if text in names)
    classes = tuple(text for text in latin if text not in names)
    if unknown := [name for name in classes if name not in TOKEN_CLASSES]:
        raise ValueError(f"a rule speaks of {unknown}, which nothing declares")
    keys = {f".{name}" for name in classes} | {text for text in texts if text not in latin}
    is_passed = len(latin) == len(texts) and not any(text.startswith("_") for text in latin)
    return Element(frozenset(keys), rules, classes, is_optional, is_passed)


def _keys(token: Token, stems: frozenset[str]) -> frozenset[str]:
    """Everything that a token can be matched as."""
    word = token.word
    keys = {word, *(f".{name}" for name in token.readings)}
    for length in range(max(1, len(word) - _LONGEST_ENDING), len(word) + 1):
        stem = f"{word[:length]}*"
        if stem in stems:
            keys.add(stem)
    if token.rest is not None:
        keys.add(f".{REST}")
    return frozenset(keys)


def _compute_first(rules: dict[str, tuple[Rule, ...]]) -> Mapping[str, frozenset[str]]:
    """The keys with which each name may begin; grows those of every rule until nothing is added."""
    of_name: dict[str, frozenset[str]] = dict.fromkeys(rules, frozenset())
    is_growing = True
    while is_growing:
        is_growing = False
        for name, alternatives in rules.items():
            for rule in alternatives:
                rule.first = _first(rule.elements, of_name)
            total = frozenset().union(*(rule.first for rule in alternatives))
            if total != of_name[name]:
                of_name[name] = total
                is_growing = True
    return of_name


def _first(elements: tuple[Element, ...], of_name: dict[str, frozenset[str]]) -> frozenset[str]:
    first: frozenset[str] = frozenset()
    for element in elements:
        first = first.union(element.keys, *(of_name[name] for name in element.names))
        if not element.is_optional:
            break
    return first
