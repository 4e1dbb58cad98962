"""What the use cases about «Спросить коллегу» need of the storage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.domain.forms import AskedState
from bot.domain.ids import AskedQuestionId, AssignmentId, PersonId, SubmissionId, UnitId
from bot.ports.substitutes import Colleague


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question of a filling that a colleague was asked. ``question`` is its key."""

    id: AskedQuestionId
    submission_id: SubmissionId
    question: str
    colleague_id: PersonId
    colleague_name: str = field(repr=False)
    asked_by: PersonId
    asked_by_name: str = field(repr=False)
    state: AskedState


class AskedQuestions(Protocol):
    async def colleagues(
        self, unit_id: UnitId, besides: PersonId, *, offset: int, limit: int
    ) -> tuple[tuple[Colleague, ...], int]:
        """Who else of the unit can be written to, by name; and how many."""

    async def is_colleague(self, unit_id: UnitId, person_id: PersonId) -> bool:
        """Whether he is of the unit and can be written to."""

    async def ask(
        self, submission_id: SubmissionId, question: str, colleague_id: PersonId, *, by: PersonId, now: datetime
    ) -> AskedQuestionId: ...

    async def asked(self, asked_id: AskedQuestionId) -> AskedQuestion | None: ...

    async def of_submission(self, submission_id: SubmissionId) -> tuple[AskedQuestion, ...]:
        """The latest about each question, in whatever state it is."""

    async def waiting_for(self, person_id: PersonId, *, limit: int) -> tuple[AskedQuestionId, ...]:
        """What he has been asked and has not answered, the latest first."""

    async def decide(self, asked_ids: Sequence[AskedQuestionId], state: AskedState, *, now: datetime) -> None: ...

    async def left_behind(self, person_id: PersonId) -> tuple[tuple[AskedQuestion, AssignmentId], ...]:
        """Questions that wait for him in schools that he does not belong to any more."""
