"""A series is announced in one message, and an announcement can be stopped in flight."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update

from bot.domain.calendar import WorkCalendar
from bot.domain.delivery import NoticeKind
from bot.domain.events import EventDetails
from bot.domain.ids import OccurrenceId, PersonId
from bot.ports.notices import Claim
from bot.ports.storage import Stores
from bot.services.gather_team import plan_teams
from bot.services.plan_notices import note_newcomers
from storage.database import Database
from storage.tables import notices
from tests.calendar_days import MONDAY
from tests.factories import NetworkFactory, SmallNetwork
from tests.opening import move_date, open_event
from tests.planning import plan_notices

THURSDAY = MONDAY + timedelta(days=3)
WEEK = timedelta(weeks=1)
MINUTE = timedelta(minutes=1)
DAYS = WorkCalendar()


async def of_person(database: Database, person: PersonId) -> list[str]:
    async with database.read() as tx:
        statement = select(notices.c.kind).where(notices.c.person_id == person, notices.c.state != "cancelled")
        return list((await tx._connection.execute(statement.order_by(notices.c.due_at))).scalars())


async def claimed(database: Database, limit: int = 100, *, now: object = MONDAY) -> Claim:
    async with database.write() as tx:
        return await tx.notices.claim(limit, now=now, days=DAYS)  # type: ignore[arg-type]  # an instant


async def sent_to_one(database: Database) -> PersonId:
    """One message of the announcement has gone out; returns to whom."""
    claim = await claimed(database, 1)
    async with database.write() as tx:
        await tx._connection.execute(
            update(notices).where(notices.c.id == claim.to_send[0].notice.id).values(state="sent")
        )
    return claim.to_send[0].notice.person_id


async def stop_date(tx: Stores, occurrence_id: OccurrenceId, *, now: datetime) -> bool:
    broadcast_id = await tx.broadcasts.announcing(occurrence_id)
    assert broadcast_id is not None
    return await tx.broadcasts.stop(broadcast_id, now=now)


async def resume_date(tx: Stores, occurrence_id: OccurrenceId, *, now: datetime) -> bool:
    broadcast_id = await tx.broadcasts.announcing(occurrence_id)
    assert broadcast_id is not None
    return await tx.broadcasts.resume(broadcast_id, now=now)


async def test_a_series_is_announced_in_one_message(database: Database, network: SmallNetwork) -> None:
    await open_event(database, network, dates=[THURSDAY, THURSDAY + WEEK, THURSDAY + 2 * WEEK])

    await plan_notices(database, now=MONDAY, days=DAYS)

    kinds = await of_person(database, network.teacher_1)
    assert kinds.count("assigned") == 1
    assert "announcement" not in kinds
    assert kinds.count("starts_soon") == 3, "each date has its reminders"


async def test_who_joins_a_series_later_hears_of_what_is_ahead_in_one_message(
    database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    event = await open_event(database, network, dates=[THURSDAY, THURSDAY + WEEK, THURSDAY + 2 * WEEK])
    await plan_notices(database, now=MONDAY, days=DAYS)
    later = THURSDAY + timedelta(days=1)
    factory.now = later
    newcomer = factory.person("Новикова Яна Львовна", network.school_1)
    async with database.write() as tx:
        opened = await tx.matters.with_dates_after(later)
        for activity_id, audience in opened:
            await tx.matters.assign(activity_id, audience, since=later, now=later)

    await plan_notices(database, now=later, days=DAYS)
    await note_newcomers(database, since=MONDAY, now=later)
    await plan_notices(database, now=later, days=DAYS)

    assert len(event.occurrence_ids) == 3
    assert (await of_person(database, newcomer)).count("assigned") == 1
    assert (await of_person(database, network.teacher_1)).count("assigned") == 1, "and nobody hears it twice"


async def test_two_dates_of_a_series_that_move_are_one_message(database: Database, network: SmallNetwork) -> None:
    event = await open_event(database, network, dates=[THURSDAY, THURSDAY + WEEK, THURSDAY + 2 * WEEK])
    await plan_notices(database, now=MONDAY, days=DAYS)
    async with database.write() as tx:
        await tx._connection.execute(update(notices).where(notices.c.kind == "assigned").values(state="sent"))
    for occurrence_id in event.occurrence_ids[:2]:
        to = THURSDAY + timedelta(days=1) + (WEEK if occurrence_id == event.occurrence_ids[1] else timedelta(0))
        await move_date(database, network, occurrence_id, to=to, now=MONDAY + MINUTE)

    await plan_notices(database, now=MONDAY + MINUTE, days=DAYS)

    kinds = await of_person(database, network.teacher_1)
    assert kinds.count("changed") == 1
    assert "moved" not in kinds


async def test_a_stopped_announcement_goes_no_further_until_it_is_resumed(
    database: Database, network: SmallNetwork
) -> None:
    event = await open_event(database, network)
    await plan_notices(database, now=MONDAY, days=DAYS)
    told = await sent_to_one(database)
    async with database.write() as tx:
        assert await stop_date(tx, event.occurrence_id, now=MONDAY)
        assert not await stop_date(tx, event.occurrence_id, now=MONDAY), "a second tap changes nothing"

    held = await claimed(database)
    async with database.read() as tx:
        flight = await tx.broadcasts.announcement(event.occurrence_id, now=MONDAY)
    assert (held.to_send, held.held) == ((), 1)
    assert (flight.gone, flight.total, flight.stopped_at) == (1, 2, MONDAY)

    async with database.write() as tx:
        assert await resume_date(tx, event.occurrence_id, now=MONDAY + MINUTE)
    (other,) = (await claimed(database, now=MONDAY + MINUTE)).to_send
    assert other.notice.kind is NoticeKind.ANNOUNCEMENT
    assert other.notice.person_id != told


async def test_while_it_stands_only_those_who_were_told_are_reminded(database: Database, network: SmallNetwork) -> None:
    event = await open_event(database, network)
    await plan_notices(database, now=MONDAY, days=DAYS)
    told = await sent_to_one(database)
    async with database.write() as tx:
        await stop_date(tx, event.occurrence_id, now=MONDAY)
    await claimed(database)

    reminded = await claimed(database, now=THURSDAY - timedelta(days=1))

    assert [(due.notice.person_id, due.notice.kind) for due in reminded.to_send] == [(told, NoticeKind.REMINDER)]


async def test_the_schools_that_must_send_somebody_hear_nothing_of_a_stopped_event_either(
    database: Database, network: SmallNetwork
) -> None:
    event = await open_event(database, network, network.school_1, details=EventDetails(least_per_school=2))
    await plan_teams(database, days=DAYS, now=MONDAY)
    async with database.write() as tx:
        await stop_date(tx, event.occurrence_id, now=MONDAY)

    assert (await claimed(database)).to_send == ()
    async with database.write() as tx:
        await resume_date(tx, event.occurrence_id, now=MONDAY + MINUTE)
    resumed = (await claimed(database, now=MONDAY + MINUTE)).to_send
    assert [due.notice.person_id for due in resumed] == [network.coordinator_1]


async def test_a_series_is_stopped_as_a_whole(database: Database, network: SmallNetwork) -> None:
    event = await open_event(database, network, dates=[THURSDAY, THURSDAY + WEEK])
    await plan_notices(database, now=MONDAY, days=DAYS)
    async with database.write() as tx:
        await stop_date(tx, event.occurrence_ids[1], now=MONDAY)

    assert (await claimed(database)).to_send == ()
    async with database.write() as tx:
        flight = await tx.broadcasts.announcement(event.occurrence_ids[0], now=MONDAY)
        await resume_date(tx, event.occurrence_ids[0], now=MONDAY)
    assert (flight.gone, flight.total, flight.stopped_at) == (0, 2, MONDAY)
    assert len((await claimed(database)).to_send) == 2
