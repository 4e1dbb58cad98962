"""How people treat what they are told: when they answer, and what. Drawn from the seed and the matter's own number."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from bot.domain.delivery import NoticeKind
from bot.domain.ids import AssignmentId, NoticeId, UnitId
from bot.domain.matters import ActivityKind, Answer
from tests.year.witness import Sighting
from tests.year.world import Inhabitant, Temper

_DAY = (time(8, 30), time(20, 30))
_MORNING_SECONDS = 40 * 60
_GENTLE = timedelta(minutes=3)  # nobody answers before he has read


@dataclass(frozen=True)
class Intention:
    """What somebody means to answer, and when."""

    at: datetime
    one: Inhabitant
    assignment: AssignmentId
    answer: Answer
    asks_for_time: bool = False  # before he answers so


@dataclass
class Habits:
    """Remembers by which notices each was told of what: one that comes twice after a kill moves nobody twice."""

    seed: int
    told: defaultdict[tuple[int, AssignmentId], set[NoticeId]] = field(default_factory=lambda: defaultdict(set))
    meant: set[tuple[int, AssignmentId]] = field(default_factory=set)

    def on_hearing(
        self, seen: Sighting, one: Inhabitant, assignment: AssignmentId, kind: ActivityKind, due_at: datetime
    ) -> list[Intention]:
        """The answers that this message moves him to give; none where he has made up his mind before."""
        key = (seen.account, assignment)
        self.told[key].add(seen.telling(assignment))
        if key in self.meant:
            return []
        rng = random.Random(f"{self.seed}:habit:{seen.account}:{assignment}")
        at = self._moment(rng, one, seen, due_at, len(self.told[key]))
        if at is None:
            return []
        self.meant.add(key)
        at = _awake(at, one)
        if kind is ActivityKind.WEBINAR:
            [answer] = rng.choices([Answer.COMING, Answer.NOT_COMING, Answer.MAYBE], [0.7, 0.2, 0.1])
            return [Intention(at, one, assignment, answer)]
        roll = rng.random()
        final = Answer.NOTHING_TO_REPORT if roll < 0.06 else Answer.DONE
        if roll < 0.82:
            return [Intention(at, one, assignment, final, asks_for_time=roll > 0.78)]
        first = Answer.PROBLEM if roll > 0.95 else Answer.IN_PROGRESS
        later = _awake(at + timedelta(days=rng.uniform(1, 6)), one)
        return [Intention(at, one, assignment, first), Intention(later, one, assignment, Answer.DONE)]

    def is_returned(self, assignment: AssignmentId) -> bool:
        """Whether the coordinator finds something missing."""
        return random.Random(f"{self.seed}:return:{assignment}").random() < 0.15

    def figure(self, school: UnitId, at: datetime) -> int:
        """How many mentors the school has by then: some more each quarter."""
        return random.Random(f"{self.seed}:figure:{school}").randint(2, 12) + (at.month - 9) % 12 // 3

    def _moment(
        self, rng: random.Random, one: Inhabitant, seen: Sighting, due_at: datetime, times: int
    ) -> datetime | None:
        soon = seen.at + _GENTLE + timedelta(hours=rng.expovariate(1 / 14))
        forgets = rng.random() < 0.1
        needed = rng.choice((2, 3, 4)) if one.temper is Temper.REMINDED else 2 if forgets else 1
        if one.temper is Temper.SILENT:
            is_moved = seen.kind is NoticeKind.NUDGE and rng.random() < 0.4
            return soon if is_moved else None
        if times < needed:
            return None
        if one.temper is Temper.LAST_MOMENT:
            return max(soon, due_at - timedelta(hours=rng.uniform(2, 40)))
        return soon


def _awake(at: datetime, one: Inhabitant) -> datetime:
    """Nobody answers at night. In the morning no two of a school answer at the same second: which of them is the first
    must follow from who they are, not from whose message came first."""
    local, wait = at.astimezone(one.zone), timedelta(seconds=one.account % _MORNING_SECONDS)
    if local.time() < _DAY[0]:
        local = datetime.combine(local.date(), _DAY[0], tzinfo=one.zone) + wait
    elif local.time() > _DAY[1]:
        local = datetime.combine(local.date() + timedelta(days=1), _DAY[0], tzinfo=one.zone) + wait
    return local.astimezone(at.tzinfo)
