"""«Продлить до …»: a call takes proposals for longer, and whoever was told hears of it once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from bot.domain.calendar import WorkCalendar
from bot.domain.errors import NotFoundError
from bot.domain.ids import OccurrenceId, PersonId
from bot.domain.own_terms import TermNoLaterError, TermPastError
from bot.ports.calls import CallLine
from bot.services.move_occurrence import DateClosedError
from bot.services.prolong_call import prolong_call
from bot.services.read_proposals import end_call
from storage.database import Database
from storage.tables import notices
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.calls import announced, sent
from tests.factories import SmallNetwork
from tests.planning import plan_notices

LONGER = date(2026, 10, 15)
OCTOBER = MONDAY + timedelta(days=30)


async def prolong(
    database: Database, person: PersonId, call: OccurrenceId, until: date = LONGER, *, days: int = 0
) -> CallLine:
    actor = await actor_of(database, person)
    return await prolong_call(database, actor=actor, occurrence_id=call, until=until, now=MONDAY + timedelta(days=days))


async def planned(database: Database, kind: str) -> list[tuple[int, str]]:
    """For the call as it stands once it is prolonged."""
    async with database.read() as tx:
        rows = await tx._connection.execute(
            select(notices.c.person_id, notices.c.due_at)
            .where(notices.c.kind == kind, notices.c.occurrence_version == 2)
            .order_by(notices.c.person_id, notices.c.due_at)
        )
        return [(row.person_id, f"{row.due_at:%d.%m}") for row in rows]


async def test_all_who_were_told_hear_of_it_once_and_the_reminders_move(
    database: Database, network: SmallNetwork
) -> None:
    call = await announced(database, network)
    await plan_notices(database, days=WorkCalendar(), now=MONDAY)
    async with database.write() as tx:
        told = update(notices).where(notices.c.kind == "announcement").values(state="sent", settled_at=MONDAY)
        await tx._connection.execute(told)
    for _ in range(2):
        prolonged = await prolong(database, network.regional, call)
        await plan_notices(database, days=WorkCalendar(), now=MONDAY)
    assert prolonged.due_at.date() == LONGER
    people = [person for person, _ in await planned(database, "moved")]
    assert people == [network.teacher_1, network.teacher_2]
    assert {day for _, day in await planned(database, "reminder")} >= {"12.10"}, "three days before the new end"


async def test_one_that_has_run_out_takes_proposals_again(database: Database, network: SmallNetwork) -> None:
    call = await announced(database, network)
    await prolong(database, network.regional, call, days=30)
    assert (await sent(database, call, network.teacher_1, "Робототехника", now=OCTOBER)).content.text


@pytest.mark.parametrize(
    ("until", "refusal"), [(date(2026, 9, 1), TermPastError), (date(2026, 9, 20), TermNoLaterError)]
)
async def test_it_is_prolonged_not_shortened(
    database: Database, network: SmallNetwork, until: date, refusal: type[Exception]
) -> None:
    call = await announced(database, network)
    with pytest.raises(refusal):
        await prolong(database, network.regional, call, until)


async def test_one_that_was_ended_stays_so_and_others_calls_are_not_ones_own(
    database: Database, network: SmallNetwork
) -> None:
    call = await announced(database, network)
    with pytest.raises(NotFoundError):
        await prolong(database, network.municipal, call)
    actor = await actor_of(database, network.regional)
    await end_call(database, actor=actor, occurrence_id=call, version=1, now=MONDAY)
    with pytest.raises(DateClosedError):
        await prolong(database, network.regional, call)
