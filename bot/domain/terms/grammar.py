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
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.terms.tokens import TOKEN_CLASSES, Token

REST = "rest"
"""The class of words that name an event: «получения письма Министерства». See ``tokens.Token.rest``."""

_LONGEST_ENDING = 4

Builder = Callable[..., Hashable]
Reading = tuple[Hashable, int]
"""A value and the position after its last token."""


@dataclass(frozen=True, slots=True)
class Atom:
    """One alternative of an element: a word, a stem, a class or the name of a rule."""

    text: str
    is_stem: bool
    is_name: bool


@dataclass(frozen=True, slots=True)
class Element:
    atoms: tuple[Atom, ...]
    is_optional: bool
    is_passed: bool


@dataclass(frozen=True, slots=True)
class Rule:
    elements: tuple[Element, ...]
    build: Builder


class Grammar:
    def __init__(self) -> None:
        self._rules: dict[str, list[Rule]] = {}
        self._words: set[str] = set()
        self._stems: set[str] = set()

    def rule(self, name: str, *shapes: str) -> Callable[[Builder], Builder]:
        """Declares shapes of the rule ``name``; the decorated function builds the value of any of them."""

        def declare(build: Builder) -> Builder:
            for shape in shapes:
                self._add(name, shape, build)
            return build

        return declare

    def alias(self, name: str, *shapes: str, value: Hashable = None) -> None:
        """Declares shapes that mean ``value``, or whatever their only element means where no value is given."""

        def build(*args: Hashable) -> Hashable:
            if value is not None:
                return value
            return next((arg for arg in args if arg is not None), True)

        for shape in shapes:
            self._add(name, shape, build)

    def ensure_closed(self) -> None:
        """Raises ValueError for a name in a shape that is neither a rule nor a class of tokens."""
        for name, rules in self._rules.items():
            for atom in (atom for rule in rules for element in rule.elements for atom in element.atoms):
                if atom.is_name and atom.text not in self._rules and atom.text not in TOKEN_CLASSES:
                    raise ValueError(f"rule {name!r} speaks of {atom.text!r}, which nothing declares")

    def knows(self, word: str) -> bool:
        """Whether some rule names this word."""
        return word in self._words or any(
            word.startswith(stem) and len(word) - len(stem) <= _LONGEST_ENDING for stem in self._stems
        )

    def read(self, name: str, tokens: Sequence[Token], start: int = 0) -> list[Hashable]:
        """Every distinct value that the rule ``name`` gives to all the tokens from ``start`` on."""
        values = [value for value, end in _Reader(self._rules, tokens).read(name, start) if end == len(tokens)]
        return list(dict.fromkeys(values))

    def _add(self, name: str, shape: str, build: Builder) -> None:
        elements = tuple(_element(part) for part in shape.split())
        for atom in (atom for element in elements for atom in element.atoms if not atom.is_name):
            (self._stems if atom.is_stem else self._words).add(atom.text)
        self._rules.setdefault(name, []).append(Rule(elements, build))


def _element(part: str) -> Element:
    is_optional = part.endswith("?")
    texts = part.removesuffix("?").split("|")
    atoms = tuple(
        Atom(text.removesuffix("*"), is_stem=text.endswith("*"), is_name=bool(re.match("[a-z_]", text)))
        for text in texts
    )
    is_passed = all(atom.is_name and not atom.text.startswith("_") for atom in atoms)
    return Element(atoms, is_optional, is_passed)


class _Reader:
    """One reading of one phrase: every rule is tried once at every position."""

    def __init__(self, rules: dict[str, list[Rule]], tokens: Sequence[Token]) -> None:
        self._rules = rules
        self._tokens = tokens
        self._memory: dict[tuple[str, int], list[Reading]] = {}

    def read(self, name: str, at: int) -> list[Reading]:
        key = (name, at)
        known = self._memory.get(key)
        if known is None:
            found: dict[Reading, None] = {}
            for rule in self._rules[name]:
                found.update(dict.fromkeys(self._apply(rule, at)))
            known = self._memory[key] = list(found)
        return known

    def _apply(self, rule: Rule, at: int) -> Iterator[Reading]:
        front: list[tuple[int, tuple[Hashable, ...]]] = [(at, ())]
        for element in rule.elements:
            reached: list[tuple[int, tuple[Hashable, ...]]] = []
            for position, args in front:
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
                yield value, position

    def _match(self, element: Element, at: int) -> Iterator[Reading]:
        for atom in element.atoms:
            if atom.is_name and atom.text in self._rules:
                yield from self.read(atom.text, at)
            elif at < len(self._tokens):
                token = self._tokens[at]
                if atom.text == REST:
                    if token.rest is not None:
                        yield token.rest
                elif atom.is_name:
                    if atom.text in token.readings:
                        yield token.readings[atom.text], at + 1
                elif token.word == atom.text or (
                    atom.is_stem
                    and token.word.startswith(atom.text)
                    and len(token.word) - len(atom.text) <= _LONGEST_ENDING
                ):
                    yield True, at + 1
