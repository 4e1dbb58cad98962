"""«Объявить решения»: every applicant whose decision is new hears of it once; so is a later move announced."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

from bot.domain.broadcasts import BroadcastKind, NewBroadcast
from bot.domain.delivery import NoticeKind
from bot.domain.errors import NotFoundError, OutdatedError
from bot.domain.ids import ApplicationId, BroadcastId, OccurrenceId, PersonId
from bot.domain.network import Actor
from bot.domain.selection import (
    TOLD,
    UNTAKEN,
    Application,
    ApplicationState,
    Lists,
    News,
    PartStanding,
    lists_of,
    news_of,
    next_up,
)
from bot.ports.notices import NewNotice
from bot.ports.selections import SelectionLine
from bot.ports.storage import Storage, Stores
from bot.services.refresh_messages import Change, refresh_standing

_HELPS_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is to be told, or was. ``seen``: names exactly these decisions; ``waiting``: nobody has decided about so
    many, and they hear nothing.
    """

    line: SelectionLine
    news: Mapping[News, int]
    seen: int
    waiting: int

    @property
    def total(self) -> int:
        return sum(self.news.values())


@dataclass(frozen=True, slots=True)
class ToldDecisions:
    """Decisions that one applicant is told in one message."""

    line: SelectionLine
    decisions: tuple[tuple[Application, News], ...]


@dataclass(frozen=True, slots=True)
class FreedPlace:
    """An applicant has stepped back from a list. ``next_up``: who could take the place, if it is free still."""

    line: SelectionLine
    application: Application
    was: ApplicationState
    part: PartStanding | None
    lists: Lists
    next_up: Application | None


async def preview_decisions(storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId) -> Announcement:
    """What «Объявить» would send now. Raises NotFoundError."""
    async with storage.read() as tx:
        line = await managed_selection(tx, actor, occurrence_id)
        return _announcement(line, await tx.applications.all_of(occurrence_id))


async def announce_decisions(
    storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, seen: int, now: datetime
) -> Announcement:
    """Tells what was seen in the preview; tapped again there is nothing left to tell.

    Raises NotFoundError, OutdatedError where the decisions are others by now.
    """
    async with storage.write() as tx:
        line = await managed_selection(tx, actor, occurrence_id)
        await tx.applications.hold(occurrence_id)
        every = await tx.applications.all_of(occurrence_id)
        announcement = _announcement(line, every)
        if announcement.total and announcement.seen != seen:
            raise OutdatedError(f"decisions of selection {occurrence_id} have changed")
        await tell_decisions(tx, line, [one for one in every if one.is_untold], actor=actor, now=now)
        return announcement


async def tell_decisions(
    tx: Stores,
    line: SelectionLine,
    decided: Sequence[Application],
    *,
    actor: Actor,
    now: datetime,
    after: timedelta = timedelta(0),
) -> None:
    """Inside the caller's transaction: one message for each who answers for these applications, however many.

    ``after``: not at once, where it may be taken back; a message about what was, says nothing.
    """
    told = [(one, news) for one in decided if (news := news_of(one.told, one.state)) is not None]
    if not told:
        return
    by_reader: defaultdict[PersonId, list[tuple[Application, News]]] = defaultdict(list)
    for one, news in told:
        for person_id in await _readers(tx, one):
            by_reader[person_id].append((one, news))
    sent = NewBroadcast(BroadcastKind.DECISIONS, line.title, actor.person.id, line.unit_id)
    broadcast_id = await tx.broadcasts.begin(sent, now=now)
    new = [_notice(line, reader, each, broadcast_id, now, after) for reader, each in by_reader.items()]
    await tx.notices.plan(new, now=now)
    await tx.applications.tell([one.id for one, _ in told], keeps_place=bool(after))
    concerned = {one.assignment_id for one, _ in told}
    await refresh_standing(tx, concerned, Change.DECIDED, now=now, after=after, broadcast_id=broadcast_id)
    for one, _ in told:
        await tx.applications.note(one.id, TOLD, by=actor.person.id, now=now)
    detail = {"occurrence": line.occurrence_id, "applications": len(told)}
    await tx.audit.record("decisions announced", by=actor.person.id, unit_id=line.unit_id, detail=detail, now=now)


async def told_decisions(tx: Stores, detail: Mapping[str, Any]) -> ToldDecisions | None:
    """What a notice tells; None once every one of its decisions was followed by another, or by a withdrawal."""
    decisions = []
    for application_id, news, state in detail["decisions"]:
        one = await tx.applications.get(ApplicationId(application_id))
        is_said = one is not None and one.told is not None and one.told.value == state
        if is_said and "decided" in detail:
            is_said = not await _is_taken_back(tx, ApplicationId(application_id), detail["decided"])
        if one is not None and is_said and one.state is not ApplicationState.WITHDRAWN:
            decisions.append((one, News(news)))
    line = await tx.applications.line(OccurrenceId(detail["selection"]))
    return ToldDecisions(line, tuple(decisions)) if line is not None and decisions else None


async def _is_taken_back(tx: Stores, application_id: ApplicationId, decided: str) -> bool:
    """Also where he was taken up once more: of that he hears by the message of its own."""
    at = datetime.fromisoformat(decided)
    is_undone = False
    for move in await tx.applications.history(application_id):
        if move.what == TOLD and move.made_at == at:
            is_undone = False
        elif move.what == UNTAKEN and move.made_at >= at:
            is_undone = True
    return is_undone


async def freed_place(tx: Stores, detail: Mapping[str, Any]) -> FreedPlace | None:
    """What a notice about a withdrawal tells, as the lists stand when it is sent."""
    one = await tx.applications.get(ApplicationId(detail["application"]))
    line = None if one is None else await tx.applications.line(one.occurrence_id)
    if one is None or line is None or one.state is not ApplicationState.WITHDRAWN:
        return None
    every = await tx.applications.all_of(one.occurrence_id)
    lists = lists_of(line.selection, every, {})
    part = next((found for found in lists.parts if found.part == one.part), None)
    was = ApplicationState(detail["was"])
    up = next_up(line.selection, every, freed=one.part) if was is ApplicationState.MAIN else None
    return FreedPlace(line, one, was, part, lists, up)


async def managed_selection(tx: Stores, actor: Actor, occurrence_id: OccurrenceId) -> SelectionLine:
    """Of the actor's part of the network, inside the caller's transaction. Raises NotFoundError."""
    line = await tx.applications.line(occurrence_id)
    if line is None or not actor.can_manage(line.unit_path):
        raise NotFoundError(f"selection {occurrence_id} for person {actor.person.id}")
    return line


def _announcement(line: SelectionLine, every: Sequence[Application]) -> Announcement:
    untold = [one for one in every if one.is_untold]
    news = Counter(news for one in untold if (news := news_of(one.told, one.state)) is not None)
    waiting = sum(one.state is ApplicationState.WAITING for one in every)
    return Announcement(
        line, news, seen=crc32(repr([(one.id, one.version) for one in untold]).encode()), waiting=waiting
    )


async def _readers(tx: Stores, application: Application) -> tuple[PersonId, ...]:
    """Who applied for himself; of a school's the coordinators of the school, or the nearest above where it has none."""
    if application.person_id is not None:
        return (application.person_id,)
    return await tx.replies.coordinators_for(application.unit_id, with_own=True)


def _notice(
    line: SelectionLine,
    reader: PersonId,
    decided: Sequence[tuple[Application, News]],
    broadcast_id: BroadcastId,
    now: datetime,
    after: timedelta,
) -> NewNotice:
    """It names no assignment: of a selection that has ended early decisions are still told."""
    first = decided[0][0]
    undoable = {"decided": now.isoformat()} if after else {}
    return NewNotice(
        key=f"decision:{first.id}:{first.version}:p{reader}",
        person_id=reader,
        kind=NoticeKind.INFO,
        due_at=now + after,
        expires_at=now + after + _HELPS_FOR,
        detail={
            "event": "decisions",
            **undoable,
            "selection": line.occurrence_id,
            "decisions": [[one.id, news.value, one.state.value] for one, news in decided],
        },
        broadcast_id=broadcast_id,
    )
