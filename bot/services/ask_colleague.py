"""«Вместо меня придёт …»: a colleague of the same school is asked, and says himself whether he comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.errors import DomainError, NotFoundError, OutdatedError
from bot.domain.events import SeatState, SubstitutionState
from bot.domain.ids import AssignmentId, PersonId, SubstitutionId
from bot.domain.matters import ActivityKind, Answer, Matter
from bot.domain.network import Actor
from bot.domain.seats import seat_for
from bot.ports.replies import NewReply
from bot.ports.storage import Storage, Stores
from bot.ports.substitutes import Colleague, Substitution
from bot.services.accept_reply import EventBegunError, MatterClosedError
from bot.services.follow_substitution import follow_answer, substitution_notice, tell_who_asked, withdraw
from bot.services.keep_seats import NoSeatsError

PAGE = 8


class SubstitutionOverError(DomainError):
    """The question is settled otherwise: it was taken back, or answered before."""

    def __init__(self, substitution: Substitution) -> None:
        super().__init__(f"substitution {substitution.id} is {substitution.state}")
        self.substitution = substitution


class ComesAnywayError(DomainError):
    """The colleague comes on his own account, so he can be nobody's substitute."""


class ReserveOnlyError(DomainError):
    """No seat is left: the colleague would only wait in the reserve, as ``place``-th. He is asked once that is sure.

    ``is_part_full``: there are seats yet, but his school (or municipality) has all that it may have.
    """

    def __init__(self, matter: Matter, place: int, *, is_part_full: bool) -> None:
        super().__init__(f"no seat for a substitute of assignment {matter.assignment.id}")
        self.matter = matter
        self.place = place
        self.is_part_full = is_part_full


@dataclass(frozen=True, slots=True)
class ColleaguePage:
    matter: Matter
    colleagues: tuple[Colleague, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True, slots=True)
class AskedToCome:
    """A question to a colleague with the matter that it is about."""

    substitution: Substitution
    matter: Matter


@dataclass(frozen=True, slots=True)
class Substituted:
    """``matter``: the colleague's own one, where he agreed; ``is_repeat``: he had said so before."""

    substitution: Substitution
    matter: Matter | None
    is_repeat: bool


async def list_colleagues(
    storage: Storage, *, actor: Actor, assignment_id: AssignmentId, page: int, now: datetime
) -> ColleaguePage:
    """Who could come instead. Raises NotFoundError, MatterClosedError, EventBegunError."""
    page = max(page, 1)
    async with storage.read() as tx:
        matter = await _own_event(tx, actor, assignment_id, now)
        offset = (page - 1) * PAGE
        found, total = await tx.substitutes.colleagues(assignment_id, offset=offset, limit=PAGE)
        if not found and total:
            page = -(-total // PAGE)
            found, _ = await tx.substitutes.colleagues(assignment_id, offset=(page - 1) * PAGE, limit=PAGE)
    return ColleaguePage(matter, found, total, page)


async def ask_colleague(
    storage: Storage,
    *,
    actor: Actor,
    assignment_id: AssignmentId,
    colleague_id: PersonId,
    version: int,
    now: datetime,
    is_sure: bool = False,
) -> Matter:
    """Asks one colleague; whoever was asked before him need not answer any more. Asking the same one twice asks once.

    ``is_sure``: also where he would only wait in the reserve, all seats being taken.

    Raises NotFoundError (also for somebody of another school), OutdatedError (the date has moved, or somebody comes
    instead already), MatterClosedError, EventBegunError, ReserveOnlyError, and NoSeatsError where not even the reserve
    has a place for him.
    """
    async with storage.write() as tx:
        matter = await _own_event(tx, actor, assignment_id, now)
        _ensure_current(matter, version)
        own = [one for one in await tx.substitutes.substitutions_about(assignment_id) if _is_about(one, matter)]
        if any(one.colleague_id == colleague_id for one in own):
            return matter
        if any(one.state is SubstitutionState.AGREED for one in own):
            raise OutdatedError(f"assignment {assignment_id} has a substitute")
        if not await tx.substitutes.is_colleague(assignment_id, colleague_id):
            raise NotFoundError(f"person {colleague_id} for assignment {assignment_id}")
        await _ensure_seat(tx, matter, is_sure=is_sure)
        for one in own:
            await withdraw(tx, matter, one, now=now)
        asked = await tx.substitutes.substitution(await tx.substitutes.ask(assignment_id, colleague_id, now=now))
        assert asked is not None, "it was stored in this very transaction"
        await tx.notices.plan([substitution_notice(matter, asked, colleague_id, "asked", now=now)], now=now)
        return await _read(tx, assignment_id)


async def take_back_question(storage: Storage, *, actor: Actor, assignment_id: AssignmentId, now: datetime) -> Matter:
    """The colleague who has not answered yet need not. Raises NotFoundError, MatterClosedError, EventBegunError."""
    async with storage.write() as tx:
        matter = await _own_event(tx, actor, assignment_id, now)
        for one in await tx.substitutes.substitutions_about(assignment_id):
            if _is_about(one, matter) and one.state is SubstitutionState.ASKED:
                await withdraw(tx, matter, one, now=now)
        return await _read(tx, assignment_id)


async def show_question(storage: Storage, *, actor: Actor, substitution_id: SubstitutionId) -> AskedToCome:
    """The question as the colleague sees it. Raises NotFoundError for anybody else."""
    async with storage.read() as tx:
        asked = await _asked_of(tx, actor, substitution_id)
        return AskedToCome(asked, await _read(tx, asked.assignment_id))


async def answer_question(
    storage: Storage,
    *,
    actor: Actor,
    substitution_id: SubstitutionId,
    agrees: bool,
    version: int,
    words: str,
    source: str,
    now: datetime,
) -> Substituted:
    """The colleague says whether he comes instead. If he does, he takes over the seat, or the place in the reserve, of
    the one who asked, for whom «Не смогу» is noted with ``words`` («вместо меня – …»).

    Raises NotFoundError, SubstitutionOverError, OutdatedError (the hour is not the one that he was asked about),
    MatterClosedError, EventBegunError, NoSeatsError; ComesAnywayError for one who comes himself, of which the one who
    asked is told.
    """
    async with storage.write() as tx:
        asked = await _asked_of(tx, actor, substitution_id)
        comes_anyway = agrees and asked.state is SubstitutionState.ASKED and await _comes_himself(tx, asked)
        agrees = agrees and not comes_anyway
        wanted = SubstitutionState.AGREED if agrees else SubstitutionState.DECLINED
        if asked.state is wanted:
            return Substituted(asked, await _theirs(tx, asked) if agrees else None, is_repeat=True)
        if asked.state is not SubstitutionState.ASKED:
            raise SubstitutionOverError(asked)
        matter = await _read(tx, asked.assignment_id)
        _ensure_takes(matter, now)
        _ensure_current(matter, version)
        if agrees:
            await _come_instead(tx, asked, matter, actor=actor, words=words, source=source, now=now)
        await tx.substitutes.decide([asked.id], wanted, now=now)
        await tell_who_asked(tx, matter, asked, wanted, now=now)
        asked = await _asked_of(tx, actor, substitution_id)
        theirs = await _theirs(tx, asked) if agrees else None
    if comes_anyway:
        raise ComesAnywayError(f"person {actor.person.id} comes to occurrence {asked.occurrence_id} himself")
    return Substituted(asked, theirs, is_repeat=False)


async def _ensure_seat(tx: Stores, matter: Matter, *, is_sure: bool) -> None:
    """Who has a seat, or a place in the reserve, hands it over; who has none brings the colleague to the end of it."""
    quota = matter.quota
    if quota is None or matter.seat is not None:
        return
    taken = await tx.seats.taken(matter.assignment.occurrence_id, matter.assignment.unit_id, quota.per)
    state = seat_for(quota, taken)
    if state is None:
        raise NoSeatsError(matter, taken)
    if state is SeatState.RESERVE and not is_sure:
        raise ReserveOnlyError(matter, taken.waiting + 1, is_part_full=taken.held < quota.main)


async def _comes_himself(tx: Stores, asked: Substitution) -> bool:
    theirs = await _theirs(tx, asked)
    return theirs is not None and not theirs.is_withdrawn and theirs.assignment.answer is Answer.COMING


async def _come_instead(
    tx: Stores, asked: Substitution, first: Matter, *, actor: Actor, words: str, source: str, now: datetime
) -> None:
    unit_id = first.assignment.unit_id
    await follow_answer(tx, first, Answer.NOT_COMING, now=now)  # he may himself come for another, who is told
    their_id = await tx.substitutes.assign_to(asked.occurrence_id, actor.person.id, unit_id, now=now)
    await _take_over_seat(tx, first, their_id, now)
    coming = NewReply(their_id, actor.person.id, Answer.COMING, None, now, source)
    await tx.replies.add(coming, comment=None)
    instead = NewReply(asked.assignment_id, asked.person_id, Answer.NOT_COMING, words, now, f"{source}:instead")
    await tx.replies.add(instead, comment=words)


async def _take_over_seat(tx: Stores, first: Matter, their_id: AssignmentId, now: datetime) -> None:
    quota = first.quota
    if quota is None:
        return
    occurrence_id, unit_id = first.assignment.occurrence_id, first.assignment.unit_id
    if first.seat is not None:
        await tx.seats.hand_over(first.assignment.id, their_id)
        if first.seat.state is SeatState.OFFERED:
            await tx.seats.put(their_id, occurrence_id, SeatState.MAIN, now=now)
        return
    taken = await tx.seats.taken(occurrence_id, unit_id, quota.per)
    state = seat_for(quota, taken)
    if state is None:
        raise NoSeatsError(first, taken)
    await tx.seats.put(their_id, occurrence_id, state, now=now)


async def _own_event(tx: Stores, actor: Actor, assignment_id: AssignmentId, now: datetime) -> Matter:
    matter = await tx.replies.matter(assignment_id)
    is_his = matter is not None and matter.assignment.person_id == actor.person.id
    if matter is None or not is_his or matter.kind is not ActivityKind.WEBINAR:
        raise NotFoundError(f"assignment {assignment_id} for person {actor.person.id}")
    _ensure_takes(matter, now)
    return matter


def _ensure_takes(matter: Matter, now: datetime) -> None:
    if matter.has_begun(now):
        raise EventBegunError(f"assignment {matter.assignment.id}: it began at {matter.due_at}")
    zone = ZoneInfo(matter.timezone)
    if not matter.takes_answers(now.astimezone(zone).date(), zone):
        raise MatterClosedError(f"assignment {matter.assignment.id} is {matter.state}")


def _ensure_current(matter: Matter, version: int) -> None:
    if matter.version != version:
        raise OutdatedError(f"assignment {matter.assignment.id}: version {version} of {matter.version}")


async def _asked_of(tx: Stores, actor: Actor, substitution_id: SubstitutionId) -> Substitution:
    asked = await tx.substitutes.substitution(substitution_id)
    if asked is None or asked.colleague_id != actor.person.id:
        raise NotFoundError(f"substitution {substitution_id} for person {actor.person.id}")
    return asked


async def _theirs(tx: Stores, asked: Substitution) -> Matter | None:
    return None if asked.their_assignment_id is None else await tx.replies.matter(asked.their_assignment_id)


async def _read(tx: Stores, assignment_id: AssignmentId) -> Matter:
    matter = await tx.replies.matter(assignment_id)
    assert matter is not None, "a substitution belongs to an assignment"
    return matter


def _is_about(substitution: Substitution, matter: Matter) -> bool:
    return substitution.assignment_id == matter.assignment.id
