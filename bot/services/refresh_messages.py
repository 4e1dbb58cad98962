"""Brings older messages up to date: nobody reads in them an hour or a standing that is not so any more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from bot.domain.delivery import NoticeKind
from bot.domain.ids import AssignmentId, BroadcastId, DecisionId, OccurrenceId, PersonId
from bot.domain.matters import ActivityKind
from bot.ports.matters import OccurrenceFacts
from bot.ports.notices import NewNotice
from bot.ports.planning import DateToPlan
from bot.ports.sent_messages import SentMessage
from bot.ports.storage import Stores

AS_OF = "as_of"
"""In the detail of a list of a series: the version of each date, by assignment, when the list was planned."""

WAY_IN = "way_in"
"""The event in the detail of an edit that shows another way in, and nothing else that is new."""

CHANGE = "change"
"""In the detail of an edit: what somebody else has done about the one matter that it shows (``Change``)."""

_LIFE = timedelta(days=3)  # whoever cannot be reached for so long reads the newer message first
_THROUGH_WITH_THEM = timedelta(minutes=10)  # who answers the matters of a list, one after the other


class Change(StrEnum):
    """What somebody else has done about a matter, so that its card reads otherwise in the older messages too."""

    ANSWERED = "answered"  # a colleague of the same school
    ACCEPTED = "accepted"
    RETURNED = "returned"
    UNRETURNED = "unreturned"
    ASKED = "asked"  # a colleague asks for another term
    UNASKED = "unasked"  # and does so no more
    TERM = "term"
    REFUSED = "refused"
    SEAT = "seat"
    INSTEAD = "instead"  # a colleague comes in his place
    NOT_INSTEAD = "not_instead"  # he cannot, or no more
    DECIDED = "decided"  # about applications of a selection


_ON_A_LINE = frozenset({Change.ANSWERED, Change.RETURNED, Change.UNRETURNED, Change.TERM})
"""What a list tells of its matters: whether each is still owed, and by when."""


async def refresh_messages(
    tx: Stores, dates: Sequence[DateToPlan], people: Collection[PersonId], *, now: datetime
) -> int:
    """Plans an edit of each message that these people have about an event that has moved or was called off since.

    The edit goes the way of every notice: it is not lost in a crash, and made twice it does no harm. It is planned
    once for each version of the dates. A message under way at this very moment keeps its old words; the newer message
    stands below it. Returns how many edits were planned.
    """
    changed = [date for date in dates if date.kind is ActivityKind.WEBINAR and date.version > 1]
    if not changed or not people:
        return 0
    old = [*await tx.sent_messages.outdated_cards([date.occurrence_id for date in changed], people)]
    old += await tx.sent_messages.gathered([date.occurrence_id for date in changed], people)
    series = {date.event_series for date in changed if date.event_series is not None}
    if series:
        old += _outdated(await tx.sent_messages.lists_of_series(series, people))
    return await tx.notices.plan([_edit(message, now) for message in old], now=now)


async def refresh_way_in(tx: Stores, facts: OccurrenceFacts, *, edits: int, now: datetime) -> int:
    """Plans an edit of each message about one event that shows how to get in, once that has changed.

    ``edits``: the how manieth change it is, so that each plans its own. What lists several events shows no way in.
    Returns how many edits were planned.
    """
    old = await tx.sent_messages.cards(facts.occurrence.id)
    return await tx.notices.plan([_edit(message, now, edits=edits) for message in old], now=now)


async def refresh_questions(tx: Stores, occurrence_id: OccurrenceId, *, version: int, now: datetime) -> int:
    """Plans an edit of each question to a colleague («придёте вместо меня?») that stands, once its date has moved.

    ``version``: of the date by now. What has not been sent yet is put into words when it is. Returns how many edits
    were planned.
    """
    asked = await tx.sent_messages.questions(occurrence_id)
    edits = [
        NewNotice(
            key=f"refresh:{message.notice_id}:v{version}",
            person_id=message.person_id,
            kind=NoticeKind.REFRESH,
            due_at=now,
            expires_at=now + _LIFE,
            occurrence_id=occurrence_id,
            detail={**message.detail, "replaces": message.message_id},
        )
        for message in asked
    ]
    return await tx.notices.plan(edits, now=now)


async def refresh_standing(
    tx: Stores,
    assignment_ids: Collection[AssignmentId],
    change: Change,
    *,
    now: datetime,
    after: timedelta = timedelta(0),
    besides: PersonId | None = None,
    only: Collection[PersonId] | None = None,
    decision_id: DecisionId | None = None,
    broadcast_id: BroadcastId | None = None,
    in_lists: bool = True,
) -> int:
    """Plans an edit of each message that shows how one of these matters stood before ``change``.

    ``besides``: who has done it sees it where he tapped. ``after``: not at once, where it may be taken back. ``only``:
    in the messages of these people. ``decision_id``: the decision that it is, so that its edits can be told from those
    of another. ``broadcast_id``: what tells of it may be stopped, and the edits stop and go on with that. The edit
    tells how the matter stands when it is made, and is left out where ``change`` is not so any more by then. The
    reminders of several matters follow too, unless not ``in_lists``: their lines read as before; those of ``besides``
    once he will be through with them: he may have answered from that very message, which shows him the matter now.
    Returns how many edits were planned.
    """
    if not assignment_ids:
        return 0
    due_at = now + after
    of_decision = {} if decision_id is None else {"decision": decision_id}
    is_on_a_line = in_lists and change in _ON_A_LINE
    edits = await _lists(tx, assignment_ids, change, due_at, only, besides) if is_on_a_line else []
    edits += [
        NewNotice(
            key=f"refresh:{message.notice_id}:{change.value}:{now:%Y%m%dT%H%M%S%f}",
            person_id=message.person_id,
            kind=NoticeKind.REFRESH,
            due_at=due_at,
            expires_at=due_at + _LIFE,
            assignment_id=message.assignment_id,
            detail={"replaces": message.message_id, CHANGE: change.value} | of_decision,
            broadcast_id=broadcast_id,
        )
        for message in await tx.sent_messages.showing(assignment_ids, besides=besides)
        if only is None or message.person_id in only
    ]
    return await tx.notices.plan(edits, now=now)


async def _lists(
    tx: Stores,
    assignment_ids: Collection[AssignmentId],
    change: Change,
    due_at: datetime,
    only: Collection[PersonId] | None,
    himself: PersonId | None,
) -> list[NewNotice]:
    edits = []
    for message in await tx.sent_messages.reminding(assignment_ids):
        if only is not None and message.person_id not in only:
            continue
        at = due_at + _THROUGH_WITH_THEM if message.person_id == himself else due_at
        edits.append(
            NewNotice(
                key=f"refresh:{message.notice_id}:{change.value}:{at:%Y%m%dT%H%M%S%f}",
                person_id=message.person_id,
                kind=NoticeKind.REFRESH,
                due_at=at,
                expires_at=at + _LIFE,
                detail={
                    "replaces": message.message_id,
                    CHANGE: change.value,
                    "assignments": sorted(message.versions),
                },
            )
        )
    return edits


def _outdated(lists: Iterable[SentMessage]) -> Iterable[SentMessage]:
    for message in lists:
        as_of = message.detail.get(AS_OF, {})
        if any(version > as_of.get(str(assignment), version) for assignment, version in message.versions.items()):
            yield message


def _edit(message: SentMessage, now: datetime, *, edits: int | None = None) -> NewNotice:
    versions = " ".join(f"{assignment}:{version}" for assignment, version in sorted(message.versions.items()))
    what = versions if edits is None else f"{versions} {edits}"
    mark = sha256(what.encode()).hexdigest()[:12]
    detail: dict[str, object] = {"replaces": message.message_id}
    if message.assignment_id is None:
        detail |= {"assignments": sorted(message.versions), "series": message.detail.get("series")}
    if edits is not None and not message.is_outdated:  # else it says that the event has moved, which counts for more
        detail["event"] = WAY_IN
    return NewNotice(
        key=f"refresh:{message.notice_id}:{mark}",
        person_id=message.person_id,
        kind=NoticeKind.REFRESH,
        due_at=now,
        expires_at=now + _LIFE,
        occurrence_id=message.occurrence_id,
        occurrence_version=None if message.assignment_id is None else message.versions[message.assignment_id],
        assignment_id=message.assignment_id,
        detail=detail,
    )
