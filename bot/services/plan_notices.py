"""Plans the notices of every date that is new, has moved or was called off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from bot.domain.ids import PersonId
from bot.domain.quiet import WorkingDays
from bot.ports.planning import AlikeStep, DateToPlan, Share
from bot.ports.storage import Storage, Stores
from bot.services.notices_of_each import Ladders, announced_to_each, notices_of_each
from bot.services.planning_pace import PlanningPace
from bot.services.refresh_messages import refresh_messages

_DATES = 50  # planned together where no document gathers them
# The least in one transaction: two or three milliseconds of the write lock.
_SHARE = 32  # who owe answers, as rows of sets; ``PlanningPace`` takes several where they go quickly
_PEOPLE = 50  # one by one
_ROWS = 500
_Any = TypeVar("_Any")


async def plan_notices(storage: Storage, *, days: WorkingDays, now: Callable[[], datetime]) -> int:
    """Plans what is not planned yet and returns how many notices that were.

    Running it again changes nothing, and a crash in the middle leaves the dates waiting for planning. What one
    document asks of a person is announced in one message, and so is what changes in it at once. Of an activity that
    repeats the nearest date is announced, and the later ones are introduced by their reminders. When a date has moved,
    those who knew it are told, and the others hear of it as of something new; when it was called off, only those who
    knew it are told.

    ``now`` is asked anew for the dates of each batch, because those before may take minutes: an hour that has passed
    meanwhile is ahead of nobody. It is asked once they are read: whoever changed one of them did so before that
    moment, and sees what is planned from his act on.
    """
    planned = 0
    while True:
        async with storage.read() as tx:
            dates = await tx.planning.next_dates(_DATES, now=now())
        if not dates:
            return planned
        planned += await _plan_dates(storage, dates, days, now())


async def note_newcomers(storage: Storage, *, since: datetime, now: datetime) -> int:
    """Makes dates wait for planning that concern people who joined or became reachable after ``since``.

    Returns how many dates. Those who have their notices already keep them: the keys are the same. Who left and is
    back gets the steps that are still ahead, and the announcement only if he never had it.
    """
    async with storage.write() as tx:
        return await tx.planning.replan_for_newcomers(since=since, now=now)


async def _plan_dates(storage: Storage, dates: Sequence[DateToPlan], days: WorkingDays, now: datetime) -> int:
    async with storage.write() as tx:
        await tx.planning.begin(dates)
    await _drop_outdated(storage, dates, now)
    async with storage.read() as tx:
        shares = await tx.planning.shares(dates, size=_SHARE)
        is_untouched = await tx.planning.is_untouched(dates)
    ladders = Ladders(dates, days, now)
    planned = 0
    pace = PlanningPace()
    silent: set[str] = set()
    for share in pace.joined(shares):
        new, others = await _plan_share(storage, pace, ladders, share, silent, is_untouched=is_untouched)
        planned += new
        for people in _parts(others, _PEOPLE):
            async with storage.write() as tx:
                planned += await _plan_each(tx, ladders, people, now)
    planned += await _plan_from_above(storage, ladders, now)
    async with storage.write() as tx:
        await tx.planning.planned(dates, now=now)
    return planned


async def _drop_outdated(storage: Storage, dates: Sequence[DateToPlan], now: datetime) -> None:
    dropped = _ROWS
    while dropped == _ROWS:
        async with storage.write() as tx:
            dropped = await tx.planning.drop_outdated(dates, limit=_ROWS, now=now)


async def _plan_share(
    storage: Storage, pace: PlanningPace, ladders: Ladders, share: Share, silent: set[str], *, is_untouched: bool
) -> tuple[int, Sequence[PersonId]]:
    """How many were planned as a set, and who is left to be planned one by one.

    Where it has kinds of readers of which no step is noted, the rules are asked while nobody waits for the database,
    and the share is taken anew. ``silent``: the kinds that the rules have no step for. All steps of the share are noted
    each time: of several connections to a server each knows those that were noted through it.
    """
    dates, now = ladders.listed, ladders.now
    steps: list[AlikeStep] = []
    while True:
        async with pace.watched(storage) as tx:
            await tx.planning.take_share(dates, share, is_untouched=is_untouched)
            await tx.planning.note_steps(steps)
            unmet = [kind for kind in await tx.planning.alike() if kind.mark not in silent]
            if not unmet:
                planned = await _plan_alike(tx, ladders, now)
                if is_untouched:
                    return planned, ()
                planned += await refresh_messages(tx, dates, await tx.planning.told_older(), now=now)
                return planned, await tx.planning.with_history()
            pace.disregard()
        found = [step for kind in unmet for step in ladders.alike_steps(kind)]
        silent |= {kind.mark for kind in unmet} - {step.mark for step in found}
        steps += found


async def _plan_alike(tx: Stores, ladders: Ladders, now: datetime) -> int:
    """Those who have heard nothing yet, or all the same: the rows are made as a set."""
    planned = await tx.planning.plan_alike(now=now)
    if in_lists := ladders.in_lists():
        fresh = await tx.planning.fresh_recipients(in_lists)
        planned += await tx.notices.plan(list(announced_to_each(ladders, fresh)), now=now)
    return planned


async def _plan_each(tx: Stores, ladders: Ladders, people: Sequence[PersonId], now: datetime) -> int:
    """Those of whom no other has heard the same: what is left to be said depends on what each was told, and when."""
    dates = [*ladders.dates.values()]
    recipients = await tx.planning.recipients(dates, people)
    planned = await tx.notices.plan(list(notices_of_each(ladders, recipients)), now=now)
    return planned + await refresh_messages(tx, dates, people, now=now)


async def _plan_from_above(storage: Storage, ladders: Ladders, now: datetime) -> int:
    """Those who look after schools with nobody to write to. What is no more true when it is sent, the sender drops."""
    async with storage.read() as tx:
        recipients = await tx.planning.from_above([*ladders.dates.values()])
    planned = 0
    for notices in _parts([*notices_of_each(ladders, recipients)], _ROWS):
        async with storage.write() as tx:
            planned += await tx.notices.plan(notices, now=now)
    return planned


def _parts(whole: Sequence[_Any], size: int) -> Iterable[Sequence[_Any]]:
    return (whole[start : start + size] for start in range(0, len(whole), size))
