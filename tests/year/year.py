"""A simulated year while it goes on: the world, what is on its agenda, and what has come of it."""

from __future__ import annotations

import heapq
import itertools
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.app import App
from bot.clock import MovableClock
from bot.domain.delivery import NoticeKind
from bot.domain.ids import AssignmentId, OccurrenceId, UnitId
from bot.domain.matters import ActivityKind, Answer
from storage.tables import activities, assignments, occurrences
from tests.year.habits import Habits, Intention
from tests.year.witness import Sighting
from tests.year.world import Inhabitant, Network

_ASKING = frozenset({NoticeKind.ANNOUNCEMENT, NoticeKind.REMINDER, NoticeKind.TODAY, NoticeKind.NUDGE})
_CHUNK = 500


@dataclass(frozen=True)
class Owed:
    """What the world knows of an assignment: it is read once, when it is first heard of."""

    kind: ActivityKind
    occurrence: OccurrenceId
    school: UnitId
    due_at: datetime
    has_form: bool
    needs_acceptance: bool


@dataclass
class Year:
    """``answered``: when a final answer was given, and which; what was given back is owed again.

    ``figures``: what was handed in last for each assignment. ``moves``: when somebody changed his school, and the zone
    that he lived in before.
    """

    file: Path
    network: Network
    seed: int
    clock: MovableClock
    habits: Habits
    look_at: datetime
    answered: dict[AssignmentId, tuple[datetime, Answer]] = field(default_factory=dict)
    owed: dict[AssignmentId, Owed] = field(default_factory=dict)
    figures: dict[AssignmentId, int] = field(default_factory=dict)
    refusals: Counter[str] = field(default_factory=Counter)
    reminded_after_answer: list[tuple[Sighting, AssignmentId]] = field(default_factory=list)
    given: int = 0
    postponed: int = 0
    returned: int = 0
    kills: int = 0
    in_flight: int = 0
    moves: dict[int, tuple[datetime, ZoneInfo]] = field(default_factory=dict)
    sightings: list[Sighting] = field(default_factory=list)
    outcomes: Counter[object] = field(default_factory=Counter)
    _agenda: list[tuple[datetime, int, Callable[[App], Awaitable[None]]]] = field(default_factory=list)
    _order: itertools.count[int] = field(default_factory=itertools.count)
    _unheard: list[tuple[Sighting, Inhabitant]] = field(default_factory=list)

    def on(self, at: datetime, act: Callable[[App], Awaitable[None]]) -> None:
        """Puts an act on the agenda."""
        heapq.heappush(self._agenda, (at, next(self._order), act))

    async def act(self, app: App, *, until: datetime) -> None:
        """Everything on the agenda up to this instant, each at its own time."""
        while self._agenda and self._agenda[0][0] <= until:
            at, _, act = heapq.heappop(self._agenda)
            if at > self.clock.now():
                self.clock.move_to(at)
            await act(app)

    def zone_at(self, account: int, at: datetime) -> ZoneInfo:
        """On whose clock somebody lived then."""
        moved = self.moves.get(account)
        return moved[1] if moved is not None and at < moved[0] else self.network.zones[account]

    def has_blocked(self, account: int, at: datetime) -> bool:
        one = self.network.people.get(account)
        return one is not None and one.has_blocked(at)

    def hear(self, seen: Sighting) -> None:
        """Notes at once what must never be: what somebody has answered cannot be told from the message later."""
        if seen.kind in _ASKING:
            for assignment in seen.assignments:
                answer = self.answered.get(assignment)
                if answer is not None and answer[1] is not Answer.COMING:
                    self.reminded_after_answer.append((seen, assignment))
        if seen.account in self.network.people:
            self._unheard.append((seen, self.network.people[seen.account]))

    async def intentions(self, app: App) -> list[Intention]:
        """What people make of the messages that have come since."""
        unheard, self._unheard = self._unheard, []
        await self._learn(app, {one for seen, _ in unheard for one in seen.assignments} - self.owed.keys())
        return [
            meant
            for seen, one in unheard
            for assignment in seen.assignments
            for meant in self.habits.on_hearing(
                seen, one, assignment, self.owed[assignment].kind, self.owed[assignment].due_at
            )
        ]

    def note_answer(self, assignment: AssignmentId, answer: Answer) -> None:
        self.given += 1
        if answer.is_final:
            self.answered[assignment] = (self.clock.now(), answer)
        else:
            self.answered.pop(assignment, None)

    def note_return(self, assignment: AssignmentId) -> None:
        self.returned += 1
        self.answered.pop(assignment, None)

    async def _learn(self, app: App, unknown: Iterable[AssignmentId]) -> None:
        statement = (
            select(
                assignments.c.id,
                assignments.c.unit_id,
                assignments.c.occurrence_id,
                occurrences.c.due_at,
                activities.c.kind,
                activities.c.form_id,
                activities.c.needs_acceptance,
            )
            .join(occurrences, occurrences.c.id == assignments.c.occurrence_id)
            .join(activities, activities.c.id == occurrences.c.activity_id)
        )
        ids = sorted(unknown)
        for start in range(0, len(ids), _CHUNK):
            async with app.storage.read() as tx:
                of_some = statement.where(assignments.c.id.in_(ids[start : start + _CHUNK]))
                for row in await tx._connection.execute(of_some):
                    self.owed[AssignmentId(row.id)] = Owed(
                        ActivityKind(row.kind),
                        OccurrenceId(row.occurrence_id),
                        UnitId(row.unit_id),
                        row.due_at,
                        row.form_id is not None,
                        row.needs_acceptance,
                    )
