"""What the use cases about coming instead of a colleague need of the storage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.domain.events import SubstitutionState
from bot.domain.ids import AssignmentId, OccurrenceId, PersonId, SubstitutionId, UnitId


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the same unit who could come instead."""

    person_id: PersonId
    full_name: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Substitution:
    """``assignment_id``: of the one who cannot come (``person_id``); ``colleague_id``: who is to come instead.

    ``their_assignment_id``: the colleague's own one of the same date, if he has any; ``made_for_it``: he has it only
    because he agreed.
    """

    id: SubstitutionId
    assignment_id: AssignmentId
    person_id: PersonId
    full_name: str = field(repr=False)
    colleague_id: PersonId
    colleague_name: str = field(repr=False)
    state: SubstitutionState
    occurrence_id: OccurrenceId
    their_assignment_id: AssignmentId | None
    made_for_it: bool


class Substitutes(Protocol):
    async def colleagues(
        self, assignment_id: AssignmentId, *, offset: int, limit: int
    ) -> tuple[tuple[Colleague, ...], int]:
        """Who of the same unit can be written to and has not said that he comes anyway, by name; and how many."""

    async def is_colleague(self, assignment_id: AssignmentId, person_id: PersonId) -> bool:
        """Whether he is one of them."""

    async def ask(self, assignment_id: AssignmentId, colleague_id: PersonId, *, now: datetime) -> SubstitutionId:
        """The colleague is asked to come instead; asking him again begins anew."""

    async def substitution(self, substitution_id: SubstitutionId) -> Substitution | None: ...

    async def has_heard(self, substitution: Substitution) -> bool:
        """Whether the question has reached the colleague, or is on its way."""

    async def substitutions_about(self, assignment_id: AssignmentId) -> tuple[Substitution, ...]:
        """Those asked and agreed in which it is the assignment of either of the two."""

    async def deserted(self, now: datetime) -> tuple[Substitution, ...]:
        """Those agreed, of open dates that have not begun, whose colleague is not of the unit any more by which he
        comes."""

    async def of_date(self, occurrence_id: OccurrenceId) -> tuple[Substitution, ...]:
        """Those asked and agreed."""

    async def decide(
        self, substitution_ids: Sequence[SubstitutionId], state: SubstitutionState, *, now: datetime
    ) -> None: ...

    async def assign_to(
        self, occurrence_id: OccurrenceId, person_id: PersonId, unit_id: UnitId, *, now: datetime
    ) -> AssignmentId:
        """The person's assignment of that date, which stands from now on whether or not he was invited."""

    async def take_back(self, assignment_id: AssignmentId, *, withdraw: bool, now: datetime) -> None:
        """The answer counts no more (its history stays); ``withdraw``: and none is owed."""
