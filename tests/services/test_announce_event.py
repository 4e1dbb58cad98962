"""Announcing an event of any kind, and a series of them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.domain.errors import NotFoundError
from bot.domain.event_drafts import DraftMaterial, EventDate, EventDraft, Missing, everyone_of
from bot.domain.events import EventDetails, EventKind, Seats
from bot.domain.ids import UnitId
from bot.domain.matters import Answer, AnsweredBy, Audience, Elsewhere, Said
from bot.domain.network import Role
from bot.domain.webinars import BadWebinarError
from bot.services.accept_reply import GivenReply, accept_reply
from bot.services.announce_event import NobodyInvitedError, UnfinishedError, announce_event
from bot.services.make_event import event_places
from bot.services.preview_event import preview_event
from storage.database import Database
from storage.event_tables import materials, series
from storage.program_tables import audit
from storage.tables import activities, assignments, occurrences
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import NetworkFactory, SmallNetwork
from tests.opening import assignment, matter, open_event

THURSDAY = MONDAY + timedelta(days=3)
WEEK = timedelta(weeks=1)


def a_date(days: int = 3) -> EventDate:
    at = MONDAY + timedelta(days=days)
    return EventDate(at, at.date(), "Europe/Moscow", "в 12:00", at + timedelta(hours=1))


def a_draft(unit: UnitId, *dates: EventDate, audience: Audience | None = None) -> EventDraft:
    return EventDraft(
        unit, "Europe/Moscow", audience or everyone_of(unit), title="Олимпиады 1–3", dates=dates or (a_date(),)
    )


async def count(database: Database, table: object) -> int:
    async with database.read() as tx:
        return int((await tx._connection.execute(select(func.count()).select_from(table))).scalar_one())  # type: ignore[arg-type]  # a table


async def invited(database: Database) -> set[int]:
    async with database.read() as tx:
        return set((await tx._connection.execute(select(assignments.c.person_id))).scalars())


async def test_an_event_keeps_what_it_is_and_when_it_ends(database: Database, network: SmallNetwork) -> None:
    details = EventDetails(EventKind.DEFENCE, place="Суздаль, Ленина, 1", leader="Орлова В. И.", seats=Seats(20, 5))

    event = await open_event(database, network, details=details, lasts=timedelta(days=1, hours=7))

    owed = await matter(database, await assignment(database, event.occurrence_id, person=network.teacher_1))
    assert owed.event == details
    assert owed.ends_at == THURSDAY + timedelta(days=1, hours=7)
    assert event.series_id is None


async def test_two_taps_at_once_announce_once(database: Database, network: SmallNetwork) -> None:
    organiser = await actor_of(database, network.regional)
    draft = a_draft(network.vladimir)

    both = await asyncio.gather(
        *(announce_event(database, actor=organiser, draft=draft, source="event:1", now=MONDAY) for _ in range(2))
    )

    assert sorted(found.is_repeat for found in both) == [False, True]
    assert await count(database, occurrences) == 1


async def test_the_audience_must_lie_in_ones_own_part_too(database: Database, network: SmallNetwork) -> None:
    organiser = await actor_of(database, network.municipal)
    reaching_out = Audience((network.suzdal, network.amur), AnsweredBy.PERSON, (Role.TEACHER,))

    with pytest.raises(NotFoundError):
        await announce_event(
            database,
            actor=organiser,
            draft=a_draft(network.suzdal, audience=reaching_out),
            source="event:1",
            now=MONDAY,
        )


async def test_the_preview_counts_people_and_says_when_the_first_message_comes(
    database: Database, network: SmallNetwork
) -> None:
    organiser = await actor_of(database, network.amur_regional)
    evening = datetime(2026, 9, 7, 13, 0, tzinfo=UTC)  # 22:00 in МСК+6: the quiet hours have begun

    preview = await preview_event(database, actor=organiser, draft=a_draft(network.amur), now=evening)

    assert preview.size.people == 1
    assert preview.first_at == {"Asia/Yakutsk": datetime(2026, 9, 7, 23, 0, tzinfo=UTC)}, "08:00 there"
    assert [matter.title for matter in preview.matters] == ["Олимпиады 1–3"]


async def test_the_owner_without_a_unit_announces_for_the_roots(database: Database, network: SmallNetwork) -> None:
    owner = replace(await actor_of(database, network.teacher_1), is_owner=True)

    assert {unit.id for unit in await event_places(database, actor=owner)} == {network.vladimir, network.amur}


async def test_several_dates_are_one_series_of_events(database: Database, network: SmallNetwork) -> None:
    organiser = await actor_of(database, network.regional)
    draft = a_draft(network.vladimir, a_date(3), a_date(10), a_date(17))

    first = await announce_event(database, actor=organiser, draft=draft, source="event:1", now=MONDAY)
    again = await announce_event(database, actor=organiser, draft=draft, source="event:1", now=MONDAY)

    assert len(first.occurrence_ids) == 3
    assert (again.occurrence_ids, again.series_id, again.is_repeat) == (first.occurrence_ids, first.series_id, True)
    async with database.read() as tx:
        titles = select(activities.c.title, activities.c.series_place).order_by(activities.c.series_place)
        rows = (await tx._connection.execute(titles)).all()
        name = (await tx._connection.execute(select(series.c.title))).scalar_one()
    assert [tuple(row) for row in rows] == [("Олимпиады 1", 1), ("Олимпиады 2", 2), ("Олимпиады 3", 3)]
    assert name == "Олимпиады"
    assert await count(database, audit) == 1


async def test_an_event_that_lacks_its_title_or_its_hour_is_not_announced(
    database: Database, network: SmallNetwork
) -> None:
    organiser = await actor_of(database, network.regional)
    draft = EventDraft(network.vladimir, "Europe/Moscow", everyone_of(network.vladimir))

    with pytest.raises(UnfinishedError) as refusal:
        await announce_event(database, actor=organiser, draft=draft, source="event:1", now=MONDAY)

    assert refusal.value.missing == (Missing.TITLE, Missing.WHEN)
    assert await count(database, activities) == 0


async def test_a_series_with_a_date_gone_by_is_not_announced_at_all(database: Database, network: SmallNetwork) -> None:
    organiser = await actor_of(database, network.regional)
    draft = a_draft(network.vladimir, a_date(3), a_date(10))

    with pytest.raises(BadWebinarError):
        await announce_event(database, actor=organiser, draft=draft, source="event:1", now=MONDAY + timedelta(days=5))
    assert await count(database, occurrences) == 0


@pytest.mark.parametrize(
    ("field", "unit", "may"),
    [
        pytest.param("regional", "vladimir", True, id="one's own region"),
        pytest.param("regional", "school_3", True, id="a school of it"),
        pytest.param("municipal", "vladimir", False, id="the region above one's municipality"),
        pytest.param("municipal", "murom", False, id="the municipality next door"),
        pytest.param("regional", "amur", False, id="another region"),
        pytest.param("teacher_1", "school_1", False, id="a teacher announces nothing"),
    ],
)
async def test_an_event_is_announced_in_ones_own_part_only(
    database: Database, network: SmallNetwork, factory: NetworkFactory, field: str, unit: str, may: bool
) -> None:
    factory.person("Новикова Яна Львовна", network.school_3)
    organiser = await actor_of(database, getattr(network, field))
    draft = a_draft(getattr(network, unit))

    if may:
        await announce_event(database, actor=organiser, draft=draft, source="event:1", now=MONDAY)
    else:
        with pytest.raises(NotFoundError):
            await announce_event(database, actor=organiser, draft=draft, source="event:1", now=MONDAY)

    assert await count(database, activities) == int(may)


async def test_units_are_left_out_of_the_audience(database: Database, network: SmallNetwork) -> None:
    organiser = await actor_of(database, network.regional)
    without = Audience((network.vladimir,), AnsweredBy.PERSON, (Role.TEACHER,), excluded=(network.school_1,))

    draft = a_draft(network.vladimir, audience=without)
    await announce_event(database, actor=organiser, draft=draft, source="event:1", now=MONDAY)

    assert await invited(database) == {network.teacher_2}


async def test_only_those_are_invited_who_said_so_elsewhere(database: Database, network: SmallNetwork) -> None:
    earlier = await open_event(database, network, source="event:earlier")
    owed = await assignment(database, earlier.occurrence_id, person=network.teacher_1)
    await accept_reply(
        database,
        actor=await actor_of(database, network.teacher_1),
        reply=GivenReply(owed, Answer.COMING),
        source="telegram:1",
        now=MONDAY,
    )
    organiser = await actor_of(database, network.regional)
    sizes = {}
    for said in Said:
        audience = Audience(
            (network.vladimir,), AnsweredBy.PERSON, (Role.TEACHER,), elsewhere=Elsewhere(earlier.occurrence_id, said)
        )
        async with database.read() as tx:
            sizes[said] = (await tx.matters.audience_size([audience])).people

    assert {said: n for said, n in sizes.items() if n} == {Said.COMING: 1, Said.DONE: 1, Said.OWING: 1, Said.SILENT: 1}
    nobody = Audience(
        (network.vladimir,), AnsweredBy.PERSON, (), elsewhere=Elsewhere(earlier.occurrence_id, Said.PRESENT)
    )
    with pytest.raises(NobodyInvitedError):
        await announce_event(
            database,
            actor=organiser,
            draft=a_draft(network.vladimir, audience=nobody),
            source="event:2",
            now=MONDAY,
        )


async def test_the_answers_of_another_region_choose_nobody(database: Database, network: SmallNetwork) -> None:
    """Else counting an audience would tell a stranger how many people said what."""
    theirs = await open_event(database, network)
    stranger = await actor_of(database, network.amur_regional)
    audience = Audience((network.amur,), AnsweredBy.PERSON, (), elsewhere=Elsewhere(theirs.occurrence_id, Said.SILENT))

    with pytest.raises(NotFoundError):
        await announce_event(
            database, actor=stranger, draft=a_draft(network.amur, audience=audience), source="event:2", now=MONDAY
        )


async def test_what_is_read_before_belongs_to_every_event_of_a_series(
    database: Database, network: SmallNetwork
) -> None:
    organiser = await actor_of(database, network.regional)
    draft = EventDraft(
        network.vladimir, "Europe/Moscow", everyone_of(network.vladimir), title="Олимпиады",
        dates=(a_date(3), a_date(10)), materials=(DraftMaterial("Программа", file_id="BQAC"),),
    )  # fmt: skip

    await announce_event(database, actor=organiser, draft=draft, source="event:1", now=MONDAY)

    assert await count(database, materials) == 2
