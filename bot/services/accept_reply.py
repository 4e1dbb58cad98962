"""An answer, or a comment, on one matter."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.answer_lines import fits_form
from bot.domain.errors import DomainError, NotFoundError, OutdatedError
from bot.domain.events import SeatState
from bot.domain.ids import AssignmentId
from bot.domain.matters import ANSWERS, MAX_REPLY_TEXT, ActivityKind, Answer, Matter
from bot.domain.network import Actor
from bot.domain.selection import ApplicationsStandError
from bot.domain.threads import Said, SentFile
from bot.ports.replies import NewReply
from bot.ports.storage import Storage, Stores
from bot.services.follow_review import follow_answer_above
from bot.services.follow_substitution import follow_answer
from bot.services.keep_seats import settle_seat
from bot.services.open_thread import open_thread_in
from bot.services.refresh_messages import Change, refresh_standing
from bot.services.tell_thread import Written


class MatterClosedError(DomainError):
    """The matter takes no answers any more: cancelled, closed, over, or owed by somebody else now."""


class EventBegunError(MatterClosedError):
    """The event has begun: who comes to it is changed no more."""


class AlreadyAnsweredError(DomainError):
    """Another coordinator of the school has given a different final answer meanwhile; it can be changed on purpose."""

    def __init__(self, matter: Matter) -> None:
        super().__init__(f"assignment {matter.assignment.id} was answered by another")
        self.matter = matter


class FormNotFilledError(DomainError):
    """«Выполнено» takes something with it here (``matter.asks``), and that has not come, or is something else."""

    def __init__(self, matter: Matter) -> None:
        super().__init__(f"assignment {matter.assignment.id} asks for {matter.asks}")
        self.matter = matter


class AnswerAcceptedError(MatterClosedError):
    """The coordinator has taken the answer: it is changed only once he has given it back."""


class ReasonNeededError(DomainError):
    """No reason was given where one is wanted: by the organiser of an event, or for «Не относится к нам»."""


class ReplyTooLongError(DomainError):
    def __init__(self, length: int) -> None:
        super().__init__(f"a reply of {length} characters")
        self.length = length
        self.limit = MAX_REPLY_TEXT


@dataclass(frozen=True, slots=True)
class GivenReply:
    """What somebody answered. ``version`` is the one his button was made for; None where he used no button.

    ``is_change``: he saw the answer that stands and asked to change it. ``file``: shows what the problem is.
    """

    assignment_id: AssignmentId
    answer: Answer | None
    text: str | None = field(default=None, repr=False)
    version: int | None = None
    is_change: bool = False
    file: SentFile | None = None


@dataclass(frozen=True, slots=True)
class AcceptedReply:
    """``is_repeat``: the same had been said before, and nothing was stored. ``problem``: to whom it was told."""

    matter: Matter
    is_repeat: bool
    problem: Written | None = None


async def accept_reply(
    storage: Storage,
    *,
    actor: Actor,
    reply: GivenReply,
    source: str,
    now: datetime,
    owner_accounts: Collection[int] = (),
) -> AcceptedReply:
    """Stores what the actor answered; the history is kept and the latest counts.

    ``source`` names the update: handling it again, or giving the same answer again, changes nothing. A problem
    opens a thread with those above (the owner, where nobody is). Reminders of an answered matter need no cancelling:
    the sender asks again. Where seats are counted the answer gives or frees one in the same transaction; and who was
    asked to come instead is told that he need not.

    Raises NotFoundError (no such matter, or not his to answer), OutdatedError (the date has moved since),
    MatterClosedError, AlreadyAnsweredError, FormNotFilledError, ReasonNeededError, ReplyTooLongError, NoSeatsError,
    ApplicationsStandError.
    """
    async with storage.write_together() as tx:
        return await accept_reply_in(
            tx, actor=actor, reply=reply, source=source, now=now, owner_accounts=owner_accounts
        )


async def accept_reply_in(
    tx: Stores,
    *,
    actor: Actor,
    reply: GivenReply,
    source: str,
    now: datetime,
    is_filled: bool = False,
    owner_accounts: Collection[int] = (),
) -> AcceptedReply:
    """The same inside the caller's transaction. ``is_filled``: the form of the matter is handed in with it, so that
    the same answer once more is a new one.
    """
    text = _one_text(reply.text)
    found, is_known = await tx.replies.matter_and_source(reply.assignment_id, source)
    matter = _own(found, actor, reply.assignment_id)
    if is_known:
        return AcceptedReply(matter, is_repeat=True)
    _ensure_takes(matter, reply, now)
    if not is_filled and reply.file is None and _is_said_already(matter, reply.answer, text):
        return AcceptedReply(matter, is_repeat=True)
    _ensure_not_overruled(matter, reply, actor)
    _ensure_filled(matter, reply.answer, text, is_filled=is_filled)
    if await follow_answer(tx, matter, reply.answer, now=now):
        matter = await _own_matter(tx, actor, reply.assignment_id)
    await settle_seat(tx, matter, reply.answer, now=now)
    new = NewReply(matter.assignment.id, actor.person.id, reply.answer, text, now, source)
    reply_id = await tx.replies.add(new, comment=matter.assignment.comment_after(new.answer, new.text))
    problem = None
    if reply.answer is Answer.PROBLEM:
        said = Said(None if reply.text is None else reply.text.strip() or None, reply.file)
        problem = await open_thread_in(
            tx, matter, actor=actor, said=said, source=source, owner_accounts=owner_accounts, now=now
        )
    changed = await _changed(tx, matter, new, actor, is_filled=is_filled)
    if reply.answer is not None:
        await follow_answer_above(tx, changed, reply_id, actor=actor, now=now)
        if matter.assignment.person_id is None:
            await _refresh(tx, matter, changed, actor, now)
    return AcceptedReply(changed, is_repeat=False, problem=problem)


async def check_reply(storage: Storage, *, actor: Actor, reply: GivenReply, now: datetime) -> Matter:
    """The matter, if this answer would be taken now: before somebody is asked to type a line.

    Raises as ``accept_reply``, but for FormNotFilledError, ReasonNeededError and NoSeatsError.
    """
    async with storage.read() as tx:
        return await check_reply_in(tx, actor=actor, reply=reply, now=now)


async def check_reply_in(tx: Stores, *, actor: Actor, reply: GivenReply, now: datetime) -> Matter:
    """The same inside the caller's transaction."""
    matter = await _own_matter(tx, actor, reply.assignment_id)
    _ensure_takes(matter, reply, now)
    _ensure_not_overruled(matter, reply, actor)
    return matter


async def find_own_matter(storage: Storage, *, actor: Actor, assignment_id: AssignmentId) -> Matter:
    """A matter that the actor answers for, in whatever state. Raises NotFoundError."""
    async with storage.read() as tx:
        return await _own_matter(tx, actor, assignment_id)


async def _own_matter(tx: Stores, actor: Actor, assignment_id: AssignmentId) -> Matter:
    return _own(await tx.replies.matter(assignment_id), actor, assignment_id)


def _own(matter: Matter | None, actor: Actor, assignment_id: AssignmentId) -> Matter:
    if matter is None or not matter.assignment.can_be_answered_by(actor):
        raise NotFoundError(f"assignment {assignment_id} for person {actor.person.id}")
    return matter


async def _changed(tx: Stores, matter: Matter, new: NewReply, actor: Actor, *, is_filled: bool) -> Matter:
    """The matter with the answer. It is read anew only where the answer is not all that may have changed: seats, the
    places of a selection, a form. A matter takes longer to read than all the rest of a tap in the database.
    """
    given, reviewing = matter.assignment, matter.reviewing
    if is_filled or matter.form is not None or matter.quota is not None or matter.kind is ActivityKind.SELECTION:
        changed = await tx.replies.matter(given.id)
        assert changed is not None, "it was read in this very transaction"
        return changed
    comment = given.comment_after(new.answer, new.text)
    if new.answer is None:
        return replace(matter, assignment=replace(given, comment=comment))
    if new.answer.is_final and (reviewing.review or reviewing.reason) is not None:  # it is looked at anew
        reviewing = replace(reviewing, review=None, reason=None)
    answered = replace(given, comment=comment, answer=new.answer, answered_at=new.given_at, answered_by=actor.person.id)
    name = actor.person.full_name
    return replace(matter, assignment=answered, answered_by_name=name, was_answered=True, reviewing=reviewing)


async def _refresh(tx: Stores, before: Matter, changed: Matter, actor: Actor, now: datetime) -> None:
    """In the older messages. A list says only whether a matter is owed still, which «В работе» leaves as it is."""
    await refresh_standing(
        tx,
        [changed.assignment.id],
        Change.ANSWERED,
        besides=actor.person.id,
        in_lists=changed.is_open is not before.is_open,
        now=now,
    )


def _one_text(text: str | None) -> str | None:
    text = " ".join((text or "").split()) or None
    if text is not None and len(text) > MAX_REPLY_TEXT:
        raise ReplyTooLongError(len(text))
    return text


def _ensure_takes(matter: Matter, reply: GivenReply, now: datetime) -> None:
    zone = ZoneInfo(matter.timezone)
    if matter.is_accepted:
        raise AnswerAcceptedError(f"assignment {matter.assignment.id}")
    if not matter.takes_answers(now.astimezone(zone).date(), zone):
        raise MatterClosedError(f"assignment {matter.assignment.id} is {matter.state}")
    if reply.answer is not None and matter.has_begun(now):
        raise EventBegunError(f"assignment {matter.assignment.id}: it began at {matter.due_at}")
    if reply.version is not None and reply.version != matter.version:
        raise OutdatedError(f"assignment {matter.assignment.id}: version {reply.version} of {matter.version}")
    if reply.answer is not None and reply.answer not in ANSWERS[matter.kind]:
        raise NotFoundError(f"a {matter.kind} has no answer {reply.answer}")
    if reply.answer is Answer.NOT_APPLYING and matter.applications:
        raise ApplicationsStandError(f"assignment {matter.assignment.id}: {len(matter.applications)} stand")


def _ensure_filled(matter: Matter, answer: Answer | None, text: str | None, *, is_filled: bool) -> None:
    if answer is Answer.DONE and matter.form is not None and not is_filled:
        raise FormNotFilledError(matter)
    if answer is Answer.DONE and matter.asks is not None and not fits_form(matter.asks, text or ""):
        raise FormNotFilledError(matter)
    if answer is Answer.NOT_OURS and text is None:
        raise ReasonNeededError(f"assignment {matter.assignment.id}: why is it not theirs?")
    if answer is Answer.NOT_COMING and text is None and matter.event is not None and matter.event.needs_reason:
        raise ReasonNeededError(f"assignment {matter.assignment.id} wants to know why")


def _is_said_already(matter: Matter, answer: Answer | None, text: str | None) -> bool:
    if answer is Answer.COMING and matter.seat is not None and matter.seat.state is SeatState.OFFERED:
        return False  # the same word now takes the seat that he is offered
    is_same_answer = answer is None or answer is matter.assignment.answer
    return is_same_answer and (text is None or text == matter.assignment.comment)


def _ensure_not_overruled(matter: Matter, reply: GivenReply, actor: Actor) -> None:
    """A button of a message sent before a colleague answered must not silently undo what he said."""
    old = matter.assignment.answer
    is_anothers = matter.assignment.answered_by not in (None, actor.person.id)
    is_other_answer = reply.answer is not None and reply.answer is not old
    if is_other_answer and old is not None and old.is_final and is_anothers and not reply.is_change:
        raise AlreadyAnsweredError(matter)
