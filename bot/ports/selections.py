"""What selections need of the storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.domain.forms import Submission
from bot.domain.ids import (
    ActivityId,
    ApplicationId,
    AssignmentId,
    OccurrenceId,
    PersonId,
    SelectionDraftId,
    SubmissionId,
    UnitId,
)
from bot.domain.matters import OccurrenceState
from bot.domain.selection import Application, ApplicationState, Selection
from bot.domain.selection_drafts import SelectionDraft


@dataclass(frozen=True, slots=True)
class StoredSelectionDraft:
    """``version`` grows with every change: a button of an older one changes nothing."""

    id: SelectionDraftId
    person_id: PersonId
    draft: SelectionDraft
    version: int
    changed_at: datetime
    announced_as: OccurrenceId | None


class SelectionDrafts(Protocol):
    async def add(self, person_id: PersonId, draft: SelectionDraft, *, now: datetime) -> SelectionDraftId:
        """Stores a new one, version 1."""

    async def get(self, draft_id: SelectionDraftId) -> StoredSelectionDraft | None:
        """Announced or not."""

    async def of_person(self, person_id: PersonId, *, limit: int) -> tuple[StoredSelectionDraft, ...]:
        """His that were not announced, the one changed last first."""

    async def put(self, draft_id: SelectionDraftId, draft: SelectionDraft, *, from_version: int, now: datetime) -> bool:
        """False where it has another version, or was announced."""

    async def announced(self, draft_id: SelectionDraftId, occurrence_id: OccurrenceId, *, now: datetime) -> None:
        """It is a draft no more."""

    async def delete(self, draft_id: SelectionDraftId) -> None:
        """Forgets it, unless it was announced."""


@dataclass(frozen=True, slots=True)
class SelectionLine:
    """A selection with its counts. ``asked``: who may apply; ``counts`` by state."""

    occurrence_id: OccurrenceId
    activity_id: ActivityId
    version: int
    state: OccurrenceState
    unit_id: UnitId
    unit_path: str
    title: str
    details: str
    due_at: datetime
    timezone: str
    selection: Selection
    is_of_people: bool
    asked: int
    counts: Mapping[ApplicationState, int]

    def is_running(self, now: datetime) -> bool:
        """Applications are taken."""
        return self.state is OccurrenceState.OPEN and now <= self.due_at

    def count(self, state: ApplicationState) -> int:
        return self.counts.get(state, 0)

    @property
    def standing(self) -> int:
        """Applications that were not withdrawn."""
        return sum(n for state, n in self.counts.items() if state is not ApplicationState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Move:
    """One step of the history. ``what``: a list, or applied, corrected, told."""

    what: str
    made_at: datetime
    made_by_name: str = field(repr=False)
    reason: str | None = field(default=None, repr=False)


class Applications(Protocol):
    async def lines(self, paths: Sequence[str], *, limit: int, offset: int) -> tuple[SelectionLine, ...]:
        """Selections of these subtrees, the one that ends last first."""

    async def line(self, occurrence_id: OccurrenceId) -> SelectionLine | None:
        """None where it is no selection."""

    async def count_waiting(self, paths: Sequence[str]) -> int:
        """Applications of the selections of these subtrees that nobody has decided about."""

    async def bound(self, activity_id: ActivityId, selection: Selection) -> None:
        """Other places and quotas."""

    async def hold(self, occurrence_id: OccurrenceId) -> None:
        """Nobody else decides about its applications until the transaction ends."""

    async def all_of(self, occurrence_id: OccurrenceId) -> tuple[Application, ...]:
        """In whatever state, in the order in which they came."""

    async def of_assignment(self, assignment_id: AssignmentId) -> tuple[Application, ...]:
        """Those of one applicant, withdrawn ones among them."""

    async def get(self, application_id: ApplicationId) -> Application | None: ...

    async def add(
        self,
        occurrence_id: OccurrenceId,
        assignment_id: AssignmentId,
        *,
        about: str | None,
        by: PersonId,
        now: datetime,
    ) -> ApplicationId:
        """A new one that waits."""

    async def correct(self, application_id: ApplicationId, *, about: str | None, by: PersonId) -> None:
        """It waits again, with other words."""

    async def decide(
        self,
        application: Application,
        to: ApplicationState,
        *,
        by: PersonId,
        now: datetime,
        reason: str | None,
        keeps_place: bool = False,
    ) -> bool:
        """False where it is not as ``application`` says. Who comes to the reserve stands at its end."""

    async def put_places(self, places: Mapping[ApplicationId, int]) -> None:
        """Another order of the reserve."""

    async def tell(self, application_ids: Sequence[ApplicationId], *, keeps_place: bool) -> None:
        """What was decided about them is what their applicants are told now.

        ``keeps_place``: who is on the main list can still go back to his place in the reserve, for he hears later.
        """

    async def tell_again(self, application_id: ApplicationId, told: ApplicationState | None) -> None:
        """What its applicant had heard before is what he has heard."""

    async def note(
        self, application_id: ApplicationId, what: str, *, by: PersonId, now: datetime, reason: str | None = None
    ) -> None:
        """One more line of the history."""

    async def history(self, application_id: ApplicationId) -> tuple[Move, ...]:
        """The oldest first."""

    async def bind(self, submission_id: SubmissionId, application_id: ApplicationId) -> None:
        """What the submission was handed in as."""

    async def submission(self, application_id: ApplicationId) -> Submission | None:
        """What stands in its form: the latest that was handed in."""

    async def submissions(self, occurrence_id: OccurrenceId) -> Mapping[ApplicationId, Submission]:
        """The same of every application of one selection."""
