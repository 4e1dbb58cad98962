"""What the use cases about forms need of the storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.forms import FormVersion, Given, Question, Submission, Value
from bot.domain.ids import (
    ActivityId,
    ApplicationId,
    AssignmentId,
    FormId,
    FormVersionId,
    OccurrenceId,
    PersonId,
    SubmissionId,
    UnitId,
)


@dataclass(frozen=True, slots=True)
class Form:
    """A form with its latest version. ``unit_path``: of the unit it belongs to; rights follow it."""

    id: FormId
    unit_id: UnitId
    unit_path: str
    title: str
    version: FormVersion


@dataclass(frozen=True, slots=True)
class ActivityForm:
    """What an activity is filled in with, as far as attaching asks. ``is_begun``: somebody fills it in already."""

    activity_id: ActivityId
    unit_path: str
    is_task: bool
    form_id: FormId | None
    is_begun: bool


class Forms(Protocol):
    async def add(
        self, unit_id: UnitId, title: str, questions: Sequence[Question], *, by: PersonId, source: str, now: datetime
    ) -> tuple[FormId, bool]:
        """A form with its first version, and whether it is new: or the one that was made from that source before."""

    async def form(self, form_id: FormId) -> Form | None:
        """Also a retired one: what is attached stays."""

    async def activity_form(self, activity_id: ActivityId) -> ActivityForm | None: ...

    async def attach(self, activity_id: ActivityId, form_id: FormId | None) -> None: ...

    async def form_of(self, assignment_id: AssignmentId) -> Form | None:
        """The form that the assignment is filled in with."""

    async def submission(self, submission_id: SubmissionId) -> Submission | None:
        """One filling with all its values."""

    async def draft(self, assignment_id: AssignmentId) -> Submission | None:
        """The filling that is going on."""

    async def handed_in(self, assignment_id: AssignmentId) -> Submission | None:
        """The latest that was handed in, whatever was decided about it."""

    async def previous(self, assignment_id: AssignmentId) -> Submission | None:
        """What the same one handed in on the latest earlier date of the same activity."""

    async def begin(
        self,
        assignment_id: AssignmentId,
        version_id: FormVersionId,
        given: Mapping[str, Given],
        *,
        by: PersonId,
        now: datetime,
        application_id: ApplicationId | None = None,
    ) -> SubmissionId:
        """A new draft that begins with these answers, each still by who gave it; of a selection: what it corrects."""

    async def put(
        self, submission_id: SubmissionId, question: str, value: Value, *, by: PersonId, now: datetime
    ) -> None:
        """What stands as the answer to one question; the others are not touched."""

    async def drop(self, submission_id: SubmissionId) -> None:
        """A draft that is not wanted any more, with its answers and the questions to colleagues."""

    async def hand_in(self, submission_id: SubmissionId, *, by: PersonId, now: datetime) -> bool:
        """False where it is no draft any more."""

    async def handed_in_on(
        self, occurrence_id: OccurrenceId, scope: Sequence[str]
    ) -> Mapping[AssignmentId, Submission]:
        """What stands handed in of one date, in the subtrees."""

    async def versions_on(self, occurrence_id: OccurrenceId, scope: Sequence[str]) -> tuple[FormVersion, ...]:
        """The versions of the form that those who have handed it in were asked, each once."""
