"""Whoever is asked by a call sends what he proposes, looks at what he has sent, and takes it back while it is new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.calls import (
    MAX_PROPOSAL,
    CallEndedError,
    Proposal,
    ProposalDecidedError,
    ProposalEmptyError,
    ProposalState,
    ProposalText,
    ProposalTooLongError,
)
from bot.domain.errors import NotFoundError
from bot.domain.ids import AssignmentId, ProposalId, ThreadId
from bot.domain.matters import ActivityKind, Matter, OccurrenceState
from bot.domain.network import Actor
from bot.domain.threads import FileKind, Said
from bot.ports.calls import NewProposal
from bot.ports.storage import Storage, Stores
from bot.services.address_words import ensure_own_draft


@dataclass(frozen=True, slots=True)
class OwnProposals:
    """The call, and what he has sent; those withdrawn are left out. ``is_open``: more is taken."""

    matter: Matter
    proposals: tuple[Proposal, ...]
    is_open: bool


async def own_proposals(storage: Storage, *, actor: Actor, assignment_id: AssignmentId, now: datetime) -> OwnProposals:
    """Raises NotFoundError where it is no call, or not his."""
    async with storage.read() as tx:
        return await _own(tx, actor, await _call(tx, actor, assignment_id), now)


async def ensure_call_is_open(storage: Storage, *, actor: Actor, assignment_id: AssignmentId, now: datetime) -> Matter:
    """Before somebody is asked to write. Raises NotFoundError, CallEndedError."""
    async with storage.read() as tx:
        matter = await _call(tx, actor, assignment_id)
    _ensure_open(matter, now)
    return matter


async def send_proposal(
    storage: Storage, *, actor: Actor, assignment_id: AssignmentId, content: ProposalText, source: str, now: datetime
) -> OwnProposals:
    """Stores one more; the same update handled again adds nothing.

    Raises NotFoundError, CallEndedError, ProposalEmptyError, ProposalTooLongError.
    """
    async with storage.write() as tx:
        matter = await _call(tx, actor, assignment_id)
        if await tx.proposals.of_source(source) is None:
            _ensure_open(matter, now)
            _ensure_fits(content)
            given = matter.assignment
            new = NewProposal(given.occurrence_id, given.unit_id, actor.person.id, content, now, source)
            await tx.proposals.add(new)
        return await _own(tx, actor, matter, now)


async def propose_words(
    storage: Storage, *, actor: Actor, draft_id: ThreadId, assignment_id: AssignmentId, source: str, now: datetime
) -> OwnProposals:
    """What he wrote outside a dialogue is what the call asked for: each message of it is a proposal, all or none.

    The same update handled again adds nothing. Raises DraftGoneError, NotFoundError, CallEndedError,
    ProposalEmptyError (a voice message is no proposal), ProposalTooLongError; what he wrote waits on then.
    """
    async with storage.write() as tx:
        matter = await _call(tx, actor, assignment_id)
        if await tx.proposals.of_source(f"{source}/0") is None:
            ensure_own_draft(await tx.threads.thread(draft_id), actor)
            _ensure_open(matter, now)
            given = matter.assignment
            for number, one in enumerate(await tx.threads.messages(draft_id)):
                content = _content_of(one.said)
                _ensure_fits(content)
                new = NewProposal(
                    given.occurrence_id, given.unit_id, actor.person.id, content, now, f"{source}/{number}"
                )
                await tx.proposals.add(new)
            await tx.threads.drop(draft_id)
        return await _own(tx, actor, matter, now)


async def withdraw_proposal(storage: Storage, *, actor: Actor, proposal_id: ProposalId, now: datetime) -> OwnProposals:
    """Takes back what nobody has decided about; one withdrawn already stays so.

    Raises NotFoundError for somebody else's, ProposalDecidedError.
    """
    async with storage.write() as tx:
        proposal = await tx.proposals.get(proposal_id)
        if proposal is None or proposal.person_id != actor.person.id:
            raise NotFoundError(f"proposal {proposal_id} for person {actor.person.id}")
        if proposal.state is not ProposalState.WITHDRAWN and not await tx.proposals.withdraw(proposal_id):
            raise ProposalDecidedError(proposal)
        assignment_id = await tx.proposals.assignment_of(proposal.occurrence_id, actor.person.id)
        if assignment_id is None:
            raise NotFoundError(f"the call of proposal {proposal_id}")
        return await _own(tx, actor, await _call(tx, actor, assignment_id), now)


async def _call(tx: Stores, actor: Actor, assignment_id: AssignmentId) -> Matter:
    matter = await tx.replies.matter(assignment_id)
    if matter is None or matter.kind is not ActivityKind.CALL or matter.assignment.person_id != actor.person.id:
        raise NotFoundError(f"call {assignment_id} for person {actor.person.id}")
    return matter


async def _own(tx: Stores, actor: Actor, matter: Matter, now: datetime) -> OwnProposals:
    sent = await tx.proposals.of_person(matter.assignment.occurrence_id, actor.person.id)
    return OwnProposals(matter, sent, is_open=_is_open(matter, now))


def _is_open(matter: Matter, now: datetime) -> bool:
    return matter.state is OccurrenceState.OPEN and not matter.is_withdrawn and now <= matter.due_at


def _ensure_open(matter: Matter, now: datetime) -> None:
    if not _is_open(matter, now):
        raise CallEndedError(f"call {matter.assignment.id} took proposals until {matter.due_at}")


def _content_of(said: Said) -> ProposalText:
    """Empty where it is neither words nor a kind of file that a proposal takes."""
    if said.file is None:
        return ProposalText((said.text or "").strip())
    if said.file.kind not in (FileKind.PHOTO, FileKind.DOCUMENT):
        return ProposalText("")
    return ProposalText((said.text or "").strip(), said.file.kind.value, said.file.file_id, said.file.name)


def _ensure_fits(content: ProposalText) -> None:
    if content.is_empty:
        raise ProposalEmptyError("neither words nor a file")
    if len(content.text) > MAX_PROPOSAL:
        raise ProposalTooLongError(len(content.text), MAX_PROPOSAL)
