"""The list that a webinar platform saves of its participants, matched by name with those invited."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.domain.ids import AssignmentId
from bot.domain.name_forms import NameForm, is_near, name_form

MOST_CANDIDATES = 6
_MOST_NAMED = 200
_NEAR_FROM = 5  # letters: shorter words differ by one letter without being the same («Аня», «Оля»)


@dataclass(frozen=True, slots=True)
class PlatformRow:
    """One line of the table: the name as it was typed on the platform, and the minutes, where it counts them."""

    line: int
    name: str = field(repr=False)
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Invitee:
    """One of those invited, as far as a name in a table is compared with him."""

    assignment_id: AssignmentId
    full_name: str = field(repr=False)
    unit_title: str = ""


@dataclass(frozen=True, slots=True)
class TableEntry:
    """One participant of the table: ``match`` is sure or was chosen; of ``candidates`` a person chooses.

    ``is_settled``: somebody looked at it; without a match he said that this one is not on the list.
    """

    name: str = field(repr=False)
    minutes: int | None = None
    match: AssignmentId | None = None
    candidates: tuple[AssignmentId, ...] = ()
    is_settled: bool = False

    @property
    def is_doubtful(self) -> bool:
        return bool(self.candidates) and self.match is None and not self.is_settled

    def to_json(self) -> list[Any]:
        return [self.name, self.minutes, self.match, list(self.candidates), self.is_settled]

    @classmethod
    def from_json(cls, data: Sequence[Any]) -> TableEntry:
        name, minutes, match, candidates, is_settled = data
        return cls(name, minutes, match, tuple(AssignmentId(one) for one in candidates), is_settled)


@dataclass(frozen=True, slots=True)
class TableMatching:
    """The participants of one or several tables; ``least``: the minutes that somebody must have stayed."""

    entries: tuple[TableEntry, ...] = ()
    least: int | None = None

    @property
    def doubtful(self) -> tuple[int, ...]:
        """The places of the entries that somebody has to look at."""
        return tuple(place for place, entry in enumerate(self.entries) if entry.is_doubtful)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Names that nobody of those invited has."""
        return tuple(one.name for one in self.entries if one.match is None and not one.is_doubtful)

    @property
    def counts_minutes(self) -> bool:
        return any(entry.minutes is not None for entry in self.entries)

    @property
    def minutes(self) -> Mapping[AssignmentId, int | None]:
        """How long each who was matched stayed, all his lines together; None where no line of his says."""
        stayed: dict[AssignmentId, int | None] = {}
        for entry in self.entries:
            if entry.match is not None:
                stayed[entry.match] = _sum(stayed.get(entry.match), entry.minutes)
        return stayed

    @property
    def present(self) -> tuple[AssignmentId, ...]:
        """Who was there long enough; where the table does not say how long, being in it is enough."""
        least = self.least or 0
        return tuple(one for one, minutes in self.minutes.items() if minutes is None or minutes >= least)

    @property
    def too_short(self) -> tuple[AssignmentId, ...]:
        """Who looked in and left before the minutes that were asked for."""
        here = set(self.present)
        return tuple(one for one in self.minutes if one not in here)

    def settled(self, place: int, match: AssignmentId | None) -> TableMatching:
        """With what somebody said of one entry; a place that there is not, or a stranger to it, changes nothing."""
        if not 0 <= place < len(self.entries):
            return self
        entry = self.entries[place]
        if match is not None and match not in entry.candidates:
            return self
        changed = replace(entry, match=match, is_settled=True)
        return replace(self, entries=(*self.entries[:place], changed, *self.entries[place + 1 :]))

    def joined(self, other: TableMatching) -> TableMatching:
        """With the lines of a second table; what was settled in the first stays so for the same name.

        A line that stands in both (the same file sent twice) counts once.
        """
        known = {_key(entry.name): entry for entry in self.entries}
        fresh = [entry for entry in other.entries if _key(entry.name) not in known]
        longer = {
            _key(entry.name): entry.minutes
            for entry in other.entries
            if entry.minutes is not None and _key(entry.name) in known
        }
        kept = [
            replace(entry, minutes=max(entry.minutes or 0, longer[_key(entry.name)]))
            if _key(entry.name) in longer
            else entry
            for entry in self.entries
        ]
        return replace(self, entries=(*kept, *fresh))

    def to_json(self) -> dict[str, Any]:
        return {"entries": [entry.to_json() for entry in self.entries], "least": self.least}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> TableMatching:
        return cls(tuple(TableEntry.from_json(one) for one in data["entries"]), data["least"])


def match_table(rows: Iterable[PlatformRow], invited: Sequence[Invitee]) -> TableMatching:
    """Each name of the table with the one who has it, or with those who may.

    Sure is a surname with a given name, or with initials, that fits exactly one of those invited; a surname alone,
    a given name alone, a misspelling, another patronymic and two who fit alike are left to a person.
    """
    people = _People(invited)
    entries = []
    for name, minutes in _by_name(rows):
        match, candidates = people.find(name)
        entries.append(TableEntry(name, minutes, match, candidates))
    return TableMatching(tuple(entries))


def _by_name(rows: Iterable[PlatformRow]) -> list[tuple[str, int | None]]:
    """A platform writes a line for each time that somebody came in: one line a name, the minutes together."""
    names: dict[str, str] = {}
    minutes: dict[str, int | None] = {}
    for row in rows:
        key = _key(row.name)
        if not key:
            continue
        names.setdefault(key, row.name[:_MOST_NAMED])
        minutes[key] = _sum(minutes.get(key), row.minutes)
    return [(names[key], minutes[key]) for key in names]


class _People:
    """Those invited, found by the words of their names."""

    def __init__(self, invited: Sequence[Invitee]) -> None:
        self._forms = {one.assignment_id: name_form(one.full_name) for one in invited}
        self._by_word: dict[str, set[AssignmentId]] = defaultdict(set)
        for assignment_id, form in self._forms.items():
            for word in form.words:
                self._by_word[word].add(assignment_id)

    def find(self, name: str) -> tuple[AssignmentId | None, tuple[AssignmentId, ...]]:
        row = name_form(name)
        if not row.words:
            return None, ()
        ranked: dict[int, list[AssignmentId]] = defaultdict(list)
        for assignment_id in sorted(self._sharing(row)):
            rank = _rank(row, self._forms[assignment_id])
            if rank:
                ranked[rank].append(assignment_id)
        if not ranked:
            return None, ()
        best = max(ranked)
        found = ranked[best]
        if best >= _SURE and len(found) == 1:
            return found[0], ()
        everybody = [one for rank in sorted(ranked, reverse=True) for one in ranked[rank]]
        if best < _SURE and len(everybody) <= MOST_CANDIDATES:
            found = everybody
        # A given name that half of the list has says nothing: it is as good as unknown.
        return (None, ()) if len(found) > MOST_CANDIDATES else (None, tuple(found))

    def _sharing(self, row: NameForm) -> set[AssignmentId]:
        sharing = {one for word in row.words for one in self._by_word.get(word, ())}
        if not sharing:
            long = [word for word in row.words if len(word) >= _NEAR_FROM]
            near = [known for known in self._by_word if any(is_near(word, known) for word in long)]
            sharing = {one for known in near for one in self._by_word[known]}
        return sharing


_EXACT, _SURE, _CONTRADICTED, _WEAK = 4, 3, 2, 1


def _rank(row: NameForm, person: NameForm) -> int:
    """How well a name of the table fits a person: 0 not at all, ``_SURE`` and more without a doubt."""
    left = list(person.words)
    shared, strange = [], []
    for word in row.words:
        if word in left:
            left.remove(word)
            shared.append(word)
        else:
            strange.append(word)
    near = [word for word in strange if len(word) >= _NEAR_FROM and any(is_near(word, other) for other in left)]
    if near:
        return _CONTRADICTED if len(shared) + len(near) >= 2 else _WEAK
    has_surname = any(word in person.surnames for word in shared)
    initials_fit = _initials_fit(row.initials, left)
    if not has_surname or not initials_fit:
        return 0 if row.initials and not initials_fit else _WEAK
    if strange:
        return _CONTRADICTED if len(shared) >= 2 else _WEAK
    if len(shared) >= 2:
        return _EXACT if not left else _SURE
    return _SURE if row.initials else _WEAK


def _initials_fit(initials: Sequence[str], words: Sequence[str]) -> bool:
    """Each initial begins a word of its own among those that are left."""
    left = list(words)
    for initial in initials:
        found = next((word for word in left if word.startswith(initial)), None)
        if found is None:
            return False
        left.remove(found)
    return True


def _key(name: str) -> str:
    return re.sub(r"\W+", " ", name.casefold().replace("ё", "е")).strip()


def _sum(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else one + other
