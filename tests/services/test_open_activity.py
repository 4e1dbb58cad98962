from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from bot.domain.ids import ActivityId, OccurrenceId, UnitId
from bot.domain.matters import ActivityKind, AnsweredBy, Audience, Elsewhere, Said
from bot.domain.network import Reach, Role, Standing
from bot.ports.matters import NewActivity, NewOccurrence
from bot.services.assign_newcomers import assign_newcomers, assign_the_changed
from bot.services.open_activity import open_activity
from storage.database import Database
from storage.tables import assignments, memberships, occurrences
from tests.calendar_days import MONDAY
from tests.factories import NetworkFactory, SmallNetwork

IN_OCTOBER = NewOccurrence(
    key="2026-10-01",
    due_at=datetime(2026, 10, 1, 20, 59, 59, tzinfo=UTC),
    due_on=date(2026, 10, 1),
    has_time=False,
    timezone="Europe/Moscow",
)
IN_AUGUST = replace(IN_OCTOBER, key="2026-08-03", due_at=datetime(2026, 8, 3, tzinfo=UTC), due_on=date(2026, 8, 3))


def an_activity(network: SmallNetwork, audience: Audience) -> NewActivity:
    return NewActivity(
        kind=ActivityKind.TASK,
        unit_id=network.vladimir,
        title="Провести родительские собрания",
        audience=audience,
        timezone="Europe/Moscow",
        created_by=network.regional,
    )


def schools(*units: UnitId) -> Audience:
    return Audience(units, AnsweredBy.SCHOOL)


def people(*units: UnitId, roles: tuple[Role, ...] = (Role.TEACHER,), cohort: str | None = None) -> Audience:
    return Audience(units, AnsweredBy.PERSON, roles, cohort)


async def opened(database: Database, activity: NewActivity, *dates: NewOccurrence) -> ActivityId:
    async with database.write() as tx:
        return await open_activity(tx, activity, dates, now=MONDAY)


async def rows(database: Database, query: Any) -> list[Any]:
    async with database.read() as tx:
        return list(await tx._connection.execute(query))


async def owing(database: Database) -> set[tuple[int, int | None]]:
    query = select(assignments.c.unit_id, assignments.c.person_id).where(assignments.c.withdrawn_at.is_(None))
    return {(row.unit_id, row.person_id) for row in await rows(database, query)}


async def test_every_school_of_the_subtree_owes_one_answer_with_or_without_a_coordinator(
    database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    without_coordinator = factory.unit("Школа № 9", parent=network.murom)

    await opened(database, an_activity(network, schools(network.vladimir)), IN_OCTOBER)

    assert await owing(database) == {
        (network.school_1, None),
        (network.school_2, None),
        (network.school_3, None),
        (without_coordinator, None),
    }


async def test_overlapping_units_of_an_audience_do_not_double_a_school(
    database: Database, network: SmallNetwork
) -> None:
    await opened(database, an_activity(network, schools(network.vladimir, network.suzdal)), IN_OCTOBER)

    assert len(await rows(database, select(assignments.c.id))) == 3


async def test_everybody_of_the_roles_and_the_cohort_answers_for_himself(
    database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    tutor = factory.person("Яшина Алла Львовна", network.school_1, Role.TUTOR, cohort="2026")
    reserve = factory.person("Жуков Ян Ильич", network.school_2, Role.TUTOR, standing=Standing.RESERVE, cohort="2026")
    factory.person("Из прошлого набора", network.school_1, Role.TUTOR, cohort="2025")
    factory.person("Выбыла Мария Ивановна", network.school_1, Role.TUTOR, standing=Standing.LEFT, cohort="2026")
    factory.person("Из другой области", network.school_4, Role.TUTOR, cohort="2026")

    audience = people(network.vladimir, roles=(Role.TUTOR,), cohort="2026")
    await opened(database, an_activity(network, audience), IN_OCTOBER)

    assert await owing(database) == {(network.school_1, tutor), (network.school_2, reserve)}


async def test_a_person_in_two_schools_owes_one_answer_for_each_date(
    database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    factory.member(network.teacher_1, network.school_2, Role.TEACHER)

    await opened(database, an_activity(network, people(network.suzdal)), IN_OCTOBER, IN_AUGUST)

    owed = await rows(database, select(assignments.c.person_id).where(assignments.c.person_id == network.teacher_1))
    assert len(owed) == 2


async def test_without_a_role_everybody_with_a_standing_place_is_meant(
    database: Database, network: SmallNetwork
) -> None:
    await opened(database, an_activity(network, people(network.school_1, roles=())), IN_OCTOBER)

    assert await owing(database) == {
        (network.school_1, network.coordinator_1),
        (network.school_1, network.teacher_1),
    }


async def test_new_dates_wait_for_planning_at_version_one(database: Database, network: SmallNetwork) -> None:
    await opened(database, an_activity(network, schools(network.suzdal)), IN_OCTOBER)

    found = await rows(database, select(occurrences.c.version, occurrences.c.needs_planning))
    assert [tuple(row) for row in found] == [(1, True)]


async def test_opening_the_same_date_again_opens_nothing(database: Database, network: SmallNetwork) -> None:
    activity_id = await opened(database, an_activity(network, schools(network.suzdal)), IN_OCTOBER)

    async with database.write() as tx:
        assert await tx.matters.add_occurrences(activity_id, [IN_OCTOBER], now=MONDAY) == ()


class TestNewcomers:
    async def test_a_teacher_who_joins_later_owes_the_dates_ahead_and_they_are_planned_again(
        self, database: Database, network: SmallNetwork, factory: NetworkFactory
    ) -> None:
        await opened(database, an_activity(network, people(network.suzdal)), IN_OCTOBER, IN_AUGUST)
        await mark_planned(database)
        newcomer = factory.person("Новикова Лида Павловна", network.school_2)

        assert await assign_newcomers(database, now=MONDAY + timedelta(days=1)) == 1

        query = select(occurrences.c.key, occurrences.c.needs_planning).order_by(occurrences.c.key)
        assert [tuple(row) for row in await rows(database, query)] == [("2026-08-03", False), ("2026-10-01", True)]
        assert (network.school_2, newcomer) in await owing(database)

    async def test_the_pass_of_every_minute_looks_only_when_somebody_joined(
        self, database: Database, network: SmallNetwork, factory: NetworkFactory
    ) -> None:
        await opened(database, an_activity(network, people(network.suzdal)), IN_OCTOBER)
        later = MONDAY + timedelta(days=1)
        assert await assign_newcomers(database, now=later, joined_since=later) == 0
        factory.now = later
        factory.person("Новикова Лида Павловна", network.school_2)

        assert await assign_newcomers(database, now=later, joined_since=later) == 1

    async def test_with_no_act_since_only_answers_elsewhere_are_looked_through(
        self, database: Database, network: SmallNetwork, factory: NetworkFactory
    ) -> None:
        """The schools that were silent elsewhere owe; the teacher of no act on record is left to the next one."""
        await opened(database, an_activity(network, schools(network.suzdal)), IN_OCTOBER)
        (asked,) = await rows(database, select(occurrences.c.id))
        silent = replace(schools(network.vladimir), elsewhere=Elsewhere(OccurrenceId(asked.id), Said.SILENT))
        await opened(database, an_activity(network, silent), replace(IN_OCTOBER, key="after the silent"))
        await opened(database, an_activity(network, people(network.suzdal)), replace(IN_OCTOBER, key="of people"))
        later = MONDAY + timedelta(days=1)
        _, as_of = await assign_the_changed(database, now=later, as_of=None)
        factory.person("Новикова Лида Павловна", network.school_2)
        async with database.write() as tx:
            of_the_silent = assignments.c.occurrence_id == asked.id + 1
            await tx._connection.execute(delete(assignments).where(of_the_silent))

        assert await assign_the_changed(database, now=later, as_of=as_of) == (2, as_of), "both schools are silent"
        assert (await assign_the_changed(database, now=later, as_of=-1))[0] == 1, "and the teacher after an act"

    async def test_nobody_new_changes_nothing(self, database: Database, network: SmallNetwork) -> None:
        await opened(database, an_activity(network, schools(network.suzdal)), IN_OCTOBER)
        await mark_planned(database)

        assert await assign_newcomers(database, now=MONDAY + timedelta(days=1)) == 0
        assert not (await rows(database, select(occurrences.c.needs_planning)))[0].needs_planning

    async def test_who_left_and_is_back_owes_again_at_his_present_school(
        self, database: Database, network: SmallNetwork, factory: NetworkFactory
    ) -> None:
        await opened(database, an_activity(network, people(network.suzdal)), IN_OCTOBER)
        async with database.write() as tx:
            of_teacher = assignments.c.person_id == network.teacher_1
            await tx._connection.execute(update(assignments).where(of_teacher).values(withdrawn_at=MONDAY))
            left = memberships.c.person_id == network.teacher_1
            await tx._connection.execute(update(memberships).where(left).values(standing="left"))
        factory.member(network.teacher_1, network.school_2, Role.TEACHER)

        assert await assign_newcomers(database, now=MONDAY + timedelta(days=1)) == 1

        assert (network.school_2, network.teacher_1) in await owing(database)


class TestAudienceSize:
    async def test_schools_are_counted_with_their_coordinators(
        self, database: Database, network: SmallNetwork, factory: NetworkFactory
    ) -> None:
        factory.person("Недоступная Нина Ивановна", network.school_1, Role.COORDINATOR, reach=Reach.BLOCKED)
        async with database.read() as tx:
            size = await tx.matters.audience_size([schools(network.vladimir)])

        assert (size.schools, size.people, size.unreachable) == (3, 4, 1)

    async def test_a_school_whose_only_coordinator_is_unreachable_is_named(
        self, database: Database, network: SmallNetwork, factory: NetworkFactory
    ) -> None:
        lonely = factory.unit("Школа № 9", parent=network.murom)
        factory.person("Недоступная Нина Ивановна", lonely, Role.COORDINATOR, reach=Reach.NOT_STARTED)
        async with database.read() as tx:
            found = await tx.matters.schools_without_coordinator([schools(network.vladimir)], limit=10)

        assert found == (1, ("Школа № 9",))

    @pytest.mark.parametrize(
        ("unit", "zones"),
        [
            pytest.param("vladimir", ("Europe/Moscow",), id="one zone for a region"),
            pytest.param("amur", ("Asia/Yakutsk",), id="the zone of the school, not of the capital of the network"),
        ],
    )
    async def test_zones_are_those_of_the_readers(
        self, database: Database, network: SmallNetwork, unit: str, zones: tuple[str, ...]
    ) -> None:
        async with database.read() as tx:
            assert await tx.matters.zones_of([schools(getattr(network, unit))]) == zones


async def mark_planned(database: Database) -> None:
    async with database.write() as tx:
        await tx._connection.execute(update(occurrences).values(needs_planning=False))
