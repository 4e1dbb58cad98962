"""What calls for proposals need of the storage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.calls import CallDraft, Proposal, ProposalState, ProposalText
from bot.domain.ids import AssignmentId, CallDraftId, OccurrenceId, PersonId, ProposalId, UnitId
from bot.domain.matters import OccurrenceState


@dataclass(frozen=True, slots=True)
class StoredCallDraft:
    """``version`` grows with every change: a button of an older one changes nothing."""

    id: CallDraftId
    person_id: PersonId
    draft: CallDraft
    version: int
    changed_at: datetime
    announced_as: OccurrenceId | None


class CallDrafts(Protocol):
    async def add(self, person_id: PersonId, draft: CallDraft, *, now: datetime) -> CallDraftId:
        """Stores a new one, version 1."""

    async def get(self, draft_id: CallDraftId) -> StoredCallDraft | None:
        """Announced or not."""

    async def of_person(self, person_id: PersonId, *, limit: int) -> tuple[StoredCallDraft, ...]:
        """His that were not announced, the one changed last first."""

    async def put(self, draft_id: CallDraftId, draft: CallDraft, *, from_version: int, now: datetime) -> bool:
        """False where it has another version, or was announced."""

    async def announced(self, draft_id: CallDraftId, occurrence_id: OccurrenceId, *, now: datetime) -> None:
        """It is a draft no more."""

    async def delete(self, draft_id: CallDraftId) -> None:
        """Forgets it, unless it was announced."""


@dataclass(frozen=True, slots=True)
class CallLine:
    """A call with its counts. ``asked``: who was asked; ``total``: what was sent and not withdrawn."""

    occurrence_id: OccurrenceId
    version: int
    state: OccurrenceState
    unit_id: UnitId
    unit_path: str
    title: str
    question: str
    due_at: datetime
    timezone: str
    asked: int
    total: int
    new: int


@dataclass(frozen=True, slots=True)
class UnitProposals:
    """What came from one unit; ``above``: the title of the unit over it."""

    unit_id: UnitId
    title: str
    above: str
    total: int
    new: int


@dataclass(frozen=True, slots=True)
class NewProposal:
    """``source`` names the update it came in: handling that again adds nothing."""

    occurrence_id: OccurrenceId
    unit_id: UnitId
    person_id: PersonId
    content: ProposalText
    given_at: datetime
    source: str


class Proposals(Protocol):
    async def lines(self, paths: Sequence[str], *, limit: int, offset: int) -> tuple[CallLine, ...]:
        """Calls of these subtrees, the one that ends last first."""

    async def count_new(self, paths: Sequence[str]) -> int:
        """What came in on the calls of these subtrees and is new."""

    async def line(self, occurrence_id: OccurrenceId) -> CallLine | None:
        """None where it is no call."""

    async def by_unit(self, occurrence_id: OccurrenceId) -> tuple[UnitProposals, ...]:
        """Units that have sent something: those with new ones first, then by title."""

    async def get(self, proposal_id: ProposalId) -> Proposal | None:
        """In whatever state."""

    async def of_source(self, source: str) -> Proposal | None:
        """What came in that update."""

    async def of_person(self, occurrence_id: OccurrenceId, person_id: PersonId) -> tuple[Proposal, ...]:
        """His, the oldest first, those withdrawn left out."""

    async def all_of(self, occurrence_id: OccurrenceId) -> tuple[Proposal, ...]:
        """By unit, then by author, the oldest first; those withdrawn left out."""

    async def next_one(
        self, occurrence_id: OccurrenceId, state: ProposalState, *, unit_id: UnitId | None, after: ProposalId
    ) -> Proposal | None:
        """The first in that state that came after ``after``, of the one unit where it is given."""

    async def add(self, proposal: NewProposal) -> ProposalId:
        """Stores it as a new one; its author has answered the call from now on."""

    async def withdraw(self, proposal_id: ProposalId) -> bool:
        """False where it is not new; whoever has withdrawn all of his has not answered."""

    async def decide(
        self,
        proposal_id: ProposalId,
        to: ProposalState,
        *,
        seen: ProposalState,
        by: PersonId | None,
        at: datetime | None,
        word: str | None,
    ) -> bool:
        """False where it is not in the state that was ``seen``."""

    async def assignment_of(self, occurrence_id: OccurrenceId, person_id: PersonId) -> AssignmentId | None:
        """By which its author was asked."""
