"""A coordinator reads what came in on his calls, one by one, and decides; the author is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.domain.calls import (
    MAX_WORD,
    Proposal,
    ProposalDecidedError,
    ProposalState,
    ProposalTooLongError,
    decisions_about,
)
from bot.domain.delivery import NoticeKind
from bot.domain.errors import NotFoundError
from bot.domain.ids import AssignmentId, OccurrenceId, ProposalId, UnitId
from bot.domain.names import one_line
from bot.domain.network import Actor
from bot.domain.undoing import TIME_TO_UNDO
from bot.ports.calls import CallLine, UnitProposals
from bot.ports.notices import NewNotice
from bot.ports.storage import Storage, Stores
from bot.services.cancel_occurrence import end_early
from bot.services.show_board import board_scope

PAGE = 6
_DECISION_HELPS_FOR = timedelta(days=14)
_FIRST = ProposalId(0)


@dataclass(frozen=True, slots=True)
class CallPage:
    """``page`` counts from 0; ``has_more``: calls that ended earlier follow."""

    calls: tuple[CallLine, ...]
    page: int
    has_more: bool


@dataclass(frozen=True, slots=True)
class CallView:
    """A call with what came of each unit, and how many proposals stand in each state (``counts``)."""

    call: CallLine
    units: tuple[UnitProposals, ...]
    counts: Mapping[ProposalState, int]


@dataclass(frozen=True, slots=True)
class ReadProposal:
    """A proposal with its call."""

    call: CallLine
    proposal: Proposal


@dataclass(frozen=True, slots=True)
class CallExport:
    """Everything that stands, by unit."""

    call: CallLine
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class ToldProposal:
    """A decision that its author is told; ``assignment_id``: by which he was asked."""

    proposal: Proposal
    title: str
    assignment_id: AssignmentId | None


async def list_calls(storage: Storage, *, actor: Actor, page: int = 0) -> CallPage:
    """The calls of the actor's part of the network, the one that ends last first. Raises NotAllowedError."""
    scope, page = board_scope(actor), max(0, page)
    async with storage.read() as tx:
        found = await tx.proposals.lines(scope, limit=PAGE + 1, offset=page * PAGE)
    return CallPage(found[:PAGE], page, has_more=len(found) > PAGE)


async def show_call(storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId) -> CallView:
    """Raises NotFoundError outside the actor's part of the network."""
    async with storage.read() as tx:
        call = await managed_call(tx, actor, occurrence_id)
        everything = await tx.proposals.all_of(occurrence_id)
        counts = Counter(one.state for one in everything)
        return CallView(call, await tx.proposals.by_unit(occurrence_id), counts)


async def read_proposal(storage: Storage, *, actor: Actor, proposal_id: ProposalId) -> ReadProposal:
    """Raises NotFoundError."""
    async with storage.read() as tx:
        return await _read(tx, actor, proposal_id)


async def next_proposal(
    storage: Storage,
    *,
    actor: Actor,
    occurrence_id: OccurrenceId,
    state: ProposalState,
    unit_id: UnitId | None = None,
    after: ProposalId = _FIRST,
) -> ReadProposal | None:
    """The one that came after ``after``, else the first that waits; None where none does. Raises NotFoundError."""
    async with storage.read() as tx:
        call = await managed_call(tx, actor, occurrence_id)
        found = await tx.proposals.next_one(occurrence_id, state, unit_id=unit_id, after=after)
        if found is None and after:
            found = await tx.proposals.next_one(occurrence_id, state, unit_id=unit_id, after=_FIRST)
    return None if found is None else ReadProposal(call, found)


async def list_unit(
    storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, unit_id: UnitId
) -> tuple[CallLine, tuple[Proposal, ...]]:
    """Everything that stands of one unit. Raises NotFoundError."""
    async with storage.read() as tx:
        call = await managed_call(tx, actor, occurrence_id)
        everything = await tx.proposals.all_of(occurrence_id)
    return call, tuple(one for one in everything if one.unit_id == unit_id)


async def decide_proposal(
    storage: Storage,
    *,
    actor: Actor,
    proposal_id: ProposalId,
    seen: ProposalState,
    to: ProposalState,
    now: datetime,
    word: str = "",
) -> ReadProposal:
    """Decides about what was seen; the author hears of it in ten minutes. The same tap once more changes nothing.

    Raises NotFoundError, ProposalDecidedError where it is not as it was seen, ProposalTooLongError.
    """
    word = one_line(word)
    if len(word) > MAX_WORD:
        raise ProposalTooLongError(len(word), MAX_WORD)
    async with storage.write() as tx:
        read = await _read(tx, actor, proposal_id)
        before = read.proposal
        if before.state is to and before.decided_by == actor.person.id:
            return read
        is_possible = before.state is seen and to in decisions_about(seen)
        if not is_possible or not await tx.proposals.decide(
            proposal_id, to, seen=seen, by=actor.person.id, at=now, word=word or None
        ):
            raise ProposalDecidedError(before)
        await _tell_author(tx, before, to, now)
        detail = {"proposal": proposal_id, "state": to.value}
        await tx.audit.record("proposal decided", by=actor.person.id, unit_id=before.unit_id, detail=detail, now=now)
        return await _read(tx, actor, proposal_id)


async def undo_proposal(
    storage: Storage, *, actor: Actor, proposal_id: ProposalId, back_to: ProposalState, now: datetime
) -> ReadProposal:
    """A wrong tap: it waits again, as new or in work. Only one's own decision, and only before the author is told.

    Raises NotFoundError, ProposalDecidedError where it is too late or another decision stands.
    """
    async with storage.write() as tx:
        read = await _read(tx, actor, proposal_id)
        if read.proposal.state is back_to:
            return read
        is_possible = read.proposal.state in decisions_about(back_to)
        if not is_possible or not read.proposal.can_be_undone(actor.person.id, now):
            raise ProposalDecidedError(read.proposal)
        await tx.proposals.decide(proposal_id, back_to, seen=read.proposal.state, by=None, at=None, word=None)
        detail = {"proposal": proposal_id, "state": back_to.value}
        unit_id = read.proposal.unit_id
        await tx.audit.record("decision undone", by=actor.person.id, unit_id=unit_id, detail=detail, now=now)
        return await _read(tx, actor, proposal_id)


async def end_call(
    storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, version: int, now: datetime
) -> CallLine:
    """Takes no more proposals from now on; what came stays, and those who were told hear of it.

    One that has ended already, or has changed since ``version``, stays as it is. Raises NotFoundError.
    """
    async with storage.write() as tx:
        call = await managed_call(tx, actor, occurrence_id)
        await end_early(tx, call, actor=actor, version=version, audited="call ended", now=now)
        return await managed_call(tx, actor, occurrence_id)


async def export_call(storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId) -> CallExport:
    """Raises NotFoundError."""
    async with storage.read() as tx:
        call = await managed_call(tx, actor, occurrence_id)
        return CallExport(call, await tx.proposals.all_of(occurrence_id))


async def told_proposal(tx: Stores, detail: Mapping[str, Any]) -> ToldProposal | None:
    """What a notice about a decision is about; None once that decision was taken back or another one followed."""
    proposal = await tx.proposals.get(ProposalId(detail["proposal"]))
    if proposal is None or proposal.decided_at is None or proposal.state.value != detail["state"]:
        return None
    call = await tx.proposals.line(proposal.occurrence_id)
    if call is None or int(proposal.decided_at.timestamp()) != detail["decided"]:
        return None
    assignment_id = await tx.proposals.assignment_of(proposal.occurrence_id, proposal.person_id)
    return ToldProposal(proposal, call.title, assignment_id)


async def managed_call(tx: Stores, actor: Actor, occurrence_id: OccurrenceId) -> CallLine:
    """A call of the actor's part of the network. Raises NotFoundError."""
    call = await tx.proposals.line(occurrence_id)
    if call is None or not actor.can_manage(call.unit_path):
        raise NotFoundError(f"call {occurrence_id} for person {actor.person.id}")
    return call


async def _read(tx: Stores, actor: Actor, proposal_id: ProposalId) -> ReadProposal:
    proposal = await tx.proposals.get(proposal_id)
    if proposal is None:
        raise NotFoundError(f"no proposal {proposal_id}")
    return ReadProposal(await managed_call(tx, actor, proposal.occurrence_id), proposal)


async def _tell_author(tx: Stores, proposal: Proposal, to: ProposalState, now: datetime) -> None:
    """No words are kept here: what is told is read when it is sent, and a decision taken back is not told.

    It names no assignment: of a call that has ended early decisions are still told.
    """
    decided = int(now.timestamp())
    at = now + TIME_TO_UNDO
    notice = NewNotice(
        key=f"proposal:{proposal.id}:{to.value}:{decided}",
        person_id=proposal.person_id,
        kind=NoticeKind.INFO,
        due_at=at,
        expires_at=at + _DECISION_HELPS_FOR,
        detail={"event": "proposal", "proposal": proposal.id, "state": to.value, "decided": decided},
    )
    await tx.notices.plan([notice], now=now)
