"""A call for proposals is open for longer; everybody who was told of it hears of the later day once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.drafts import PlannedDate
from bot.domain.ids import OccurrenceId
from bot.domain.matters import OccurrenceState
from bot.domain.names import one_line
from bot.domain.network import Actor
from bot.domain.own_terms import ensure_ahead, ensure_later, own_due_at, proposed_terms, read_wanted
from bot.ports.calls import CallLine
from bot.ports.storage import Storage, Stores
from bot.services.move_occurrence import DateClosedError, managed_date, move_within
from bot.services.read_proposals import managed_call
from bot.services.show_draft import work_calendar


@dataclass(frozen=True, slots=True)
class Prolonging:
    """``until``: its last day by now; ``days``: those that are offered in its place."""

    call: CallLine
    until: date
    days: tuple[date, ...]


async def offer_longer(storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, now: datetime) -> Prolonging:
    """Raises NotFoundError, DateClosedError (somebody has ended it)."""
    async with storage.read() as tx:
        call = await _running(tx, actor, occurrence_id)
    until, today = _last_day(call), _today(call, now)
    return Prolonging(call, until, proposed_terms(until, today=today, days=work_calendar()))


async def understand_longer(
    storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, words: str, now: datetime
) -> date:
    """The day that was typed. Raises as ``offer_longer``, TermNotReadError, TermPastError, TermNoLaterError."""
    async with storage.read() as tx:
        call = await _running(tx, actor, occurrence_id)
    until = read_wanted(one_line(words), today=_today(call, now), since=_last_day(call))
    ensure_later(until, due_on=_last_day(call))
    return until


async def prolong_call(
    storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId, until: date, now: datetime
) -> CallLine:
    """Proposals are taken to the end of that day, also where the call has run out; its reminders move along.

    To the same day again changes nothing. Raises as ``offer_longer``, TermPastError, TermNoLaterError.
    """
    async with storage.write() as tx:
        call = await _running(tx, actor, occurrence_id)
        if until == _last_day(call):
            return call
        ensure_ahead(until, today=_today(call, now))
        ensure_later(until, due_on=_last_day(call))
        facts = await managed_date(tx, actor, occurrence_id)
        to = PlannedDate(own_due_at(until, ZoneInfo(call.timezone)), until, False, call.timezone)
        await move_within(tx, facts, actor=actor, version=call.version, to=to, now=now)
        return await managed_call(tx, actor, occurrence_id)


async def _running(tx: Stores, actor: Actor, occurrence_id: OccurrenceId) -> CallLine:
    call = await managed_call(tx, actor, occurrence_id)
    if call.state is not OccurrenceState.OPEN:
        raise DateClosedError(f"call {occurrence_id} is {call.state}")
    return call


def _last_day(call: CallLine) -> date:
    return call.due_at.astimezone(ZoneInfo(call.timezone)).date()


def _today(call: CallLine, now: datetime) -> date:
    return now.astimezone(ZoneInfo(call.timezone)).date()
