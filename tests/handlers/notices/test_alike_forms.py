"""Matters are told in one another's words only where their forms stand alike: «Заполнить» never becomes «Выполнено»."""

from __future__ import annotations

from sqlalchemy import select, update

from bot.domain.ids import AssignmentId
from storage.database import Database
from storage.tables import activities, assignments, occurrences
from tests.factories import SmallNetwork
from tests.forms import MENTORS, NOTE, begin, form_on, say
from tests.opening import open_task


async def test_whose_form_stands_otherwise_is_told_in_words_of_his_own(
    database: Database, network: SmallNetwork
) -> None:
    """Owed by people, for a school's matter is nobody else's anyway."""
    occurrence = await open_task(database, network)
    bare = await open_task(database, network)
    await form_on(database, network, occurrence, [MENTORS, NOTE])
    people = (network.coordinator_1, network.coordinator_2, network.coordinator_3)
    owed: list[AssignmentId] = []
    plain: list[AssignmentId] = []
    async with database.write() as tx:
        for date, ids in ((occurrence, owed), (bare, plain)):
            found = await tx._connection.execute(select(assignments.c.id).where(assignments.c.occurrence_id == date))
            for person, assignment_id in zip(people, sorted(found.scalars()), strict=False):
                ids.append(assignment_id)
                mine = update(assignments).where(assignments.c.id == assignment_id).values(person_id=person)
                await tx._connection.execute(mine)
    filling = await begin(database, people[0], owed[0])
    await say(database, people[0], filling, 0, "21")

    async with database.read() as tx:
        first = await tx.replies.alike([*owed, *plain])
        matters = {one.assignment.id: one for one in await tx.replies.matters([*owed, *plain])}

    assert first[owed[1]] == first[owed[2]], "these two read alike"
    assert first[owed[0]] != first[owed[1]], "«Продолжить: 1 из 2» is hers alone"
    assert {first[one] for one in owed} & {first[one] for one in plain} == set()
    for one, other in first.items():
        assert matters[one].form == matters[other].form, "the form of whoever is read instead is his own"


async def test_a_form_that_is_given_is_seen_at_once(database: Database, network: SmallNetwork) -> None:
    """A message that went before that keeps its words; none after it can."""
    occurrence = await open_task(database, network)
    await form_on(database, network, occurrence, [MENTORS])
    async with database.read() as tx:
        of_it = select(occurrences.c.activity_id).where(occurrences.c.id == occurrence).scalar_subquery()
        assert (await tx._connection.execute(select(activities.c.form_id).where(activities.c.id == of_it))).scalar_one()
        ids = await tx._connection.execute(select(assignments.c.id).where(assignments.c.occurrence_id == occurrence))
        matters = await tx.replies.matters(list(ids.scalars()))
    assert all(one.form is not None for one in matters)
