"""Up the tree: whom each level's step reaches, in one summary a person a day, and who is called there."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest

from bot.domain.calendar import WorkCalendar
from bot.domain.errors import NotFoundError
from bot.domain.ids import DocumentId, NoticeId, OccurrenceId, PersonId
from bot.domain.matters import LadderName
from bot.domain.network import Reach, Role
from bot.domain.steps import Ladder, LadderStep, Level
from bot.services.name_controller import name_controller, show_controller
from bot.services.plan_overdue import plan_overdue
from bot.services.show_summary import show_silent, show_summary
from storage.database import Database
from tests.acting import actor_of
from tests.factories import NetworkFactory, SmallNetwork
from tests.opening import open_task

DAYS = WorkCalendar()
_AUDIENCE = json.dumps({"unit_ids": [1], "answered_by": "school", "roles": [], "cohort": None})
FRIDAY = datetime(2026, 9, 11, 20, 59, 59, tzinfo=UTC)
"""The end of Friday in Moscow: the next working days are the 14th, the 15th and the 16th."""


def moscow(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 9, day, hour - 3, tzinfo=UTC)


@dataclass
class Scene:
    database: Database
    file: Path
    network: SmallNetwork

    async def owe(self, *steps: LadderStep, title: str = "Мониторинг", schools: int = 2) -> OccurrenceId:
        """The schools of Suzdal owe it by a ladder with these steps upwards."""
        owers = (self.network.school_1, self.network.school_2)[:schools]
        occurrence = await open_task(self.database, self.network, *owers, due_at=FRIDAY, title=title)
        ladder = Ladder((LadderStep(0), *steps))
        async with self.database.write() as tx:
            by = self.network.regional
            own = await tx.ladders.add(unit_id=self.network.vladimir, title=title, ladder=ladder, by=by, now=FRIDAY)
            facts = await tx.matters.occurrence_facts(occurrence)
            assert facts is not None
            await tx.ladders.attach(facts.activity.id, name=LadderName.USUAL, own=own, is_obligatory=True)
        return occurrence

    async def plan(self, now: datetime) -> dict[int, dict[str, Any]]:
        """What is told on that day, by person."""
        await plan_overdue(self.database, days=DAYS, now=now)
        with sqlite3.connect(self.file) as connection:
            rows = connection.execute(
                "SELECT person_id, detail FROM notices WHERE kind = 'overdue' AND due_at LIKE ?", (f"{now:%Y-%m-%d}%",)
            ).fetchall()
        assert len({person for person, _ in rows}) == len(rows), "one summary a person a day"
        return {person: json.loads(detail) for person, detail in rows}

    def under_document(self, controller: str) -> DocumentId:
        """Everything that is owed stands in one document of the region."""
        with sqlite3.connect(self.file) as connection:
            cursor = connection.execute(
                "INSERT INTO documents (unit_id, kind, title, controller, state, version, audience, problems,"
                " created_by, created_at) VALUES (?, 'order', 'Приказ', ?, 'planned', 1, ?, '[]', ?, ?)",
                (self.network.vladimir, controller, _AUDIENCE, self.network.regional, "2026-09-01 00:00:00.000000"),
            )
            connection.execute("UPDATE activities SET document_id = ?", (cursor.lastrowid,))
            return DocumentId(int(cursor.lastrowid or 0))

    def leaves(self, person: PersonId) -> None:
        with sqlite3.connect(self.file) as connection:
            connection.execute("UPDATE persons SET reach = ? WHERE id = ?", (Reach.BLOCKED.value, person))

    def summary_of(self, person: PersonId) -> NoticeId:
        with sqlite3.connect(self.file) as connection:
            query = "SELECT id FROM notices WHERE kind = 'overdue' AND person_id = ?"
            return NoticeId(connection.execute(query, (person,)).fetchone()[0])


@pytest.fixture
def scene(database: Database, database_file: Path, network: SmallNetwork) -> Scene:
    return Scene(database, database_file, network)


@pytest.mark.parametrize(
    ("level", "expected", "reason"),
    [
        (Level.MUNICIPALITY, "municipal", "the district's own coordinator"),
        (Level.REGION, "regional", "over his head, because the step says so"),
        (Level.CONTROLLER, "regional", "nobody was named: the highest there is"),
    ],
)
async def test_a_step_reaches_its_level(scene: Scene, level: Level, expected: str, reason: str) -> None:
    await scene.owe(LadderStep(1, to=level))
    assert list(await scene.plan(moscow(14))) == [getattr(scene.network, expected)], reason


async def test_a_level_without_anybody_goes_to_the_next_above_and_says_so(scene: Scene) -> None:
    occurrence = await scene.owe(LadderStep(1, to=Level.MUNICIPALITY))
    scene.leaves(scene.network.municipal)
    told = await scene.plan(moscow(14))
    assert list(told) == [scene.network.regional]
    assert told[scene.network.regional]["instead"] == {str(occurrence): "municipality"}
    actor = await actor_of(scene.database, scene.network.regional)
    notice = scene.summary_of(scene.network.regional)
    (silence,) = await show_summary(scene.database, actor=actor, notice_id=notice)
    assert silence.instead is Level.MUNICIPALITY


async def test_who_is_told_for_himself_is_not_told_instead_of_another(scene: Scene) -> None:
    await scene.owe(LadderStep(1, to=Level.MUNICIPALITY), LadderStep(1, to=Level.REGION))
    scene.leaves(scene.network.municipal)
    assert "instead" not in (await scene.plan(moscow(14)))[scene.network.regional]


async def test_whatever_matters_and_levels_meet_it_is_one_summary(scene: Scene) -> None:
    first = await scene.owe(LadderStep(1, to=Level.REGION), LadderStep(1, to=Level.MUNICIPALITY))
    second = await scene.owe(LadderStep(1, to=Level.REGION), title="Второе")
    told = await scene.plan(moscow(14))
    assert told[scene.network.regional]["occurrences"] == [first, second]
    assert told[scene.network.municipal]["occurrences"] == [first]


async def test_it_comes_at_the_earliest_hour_that_its_steps_name(scene: Scene) -> None:
    await scene.owe(LadderStep(1, time(15), Level.REGION))
    await scene.owe(LadderStep(1, time(11), Level.REGION), title="Второе")
    await scene.plan(moscow(14))
    with sqlite3.connect(scene.file) as connection:
        assert connection.execute("SELECT due_at FROM notices WHERE kind = 'overdue'").fetchall() == [
            ("2026-09-14 08:00:00.000000",)
        ]


async def test_before_the_term_those_above_hear_who_is_still_silent(scene: Scene) -> None:
    await scene.owe(LadderStep(-1, to=Level.MUNICIPALITY))
    assert await scene.plan(moscow(9)) == {}
    assert list(await scene.plan(moscow(10))) == [scene.network.municipal]
    actor = await actor_of(scene.database, scene.network.municipal)
    notice = scene.summary_of(scene.network.municipal)
    (silence,) = await show_summary(scene.database, actor=actor, notice_id=notice)
    assert (silence.is_ahead, silence.count) == (True, 2)


async def test_a_school_that_owes_is_not_told_of_itself(scene: Scene) -> None:
    await scene.owe(LadderStep(1, to=Level.SCHOOL))
    assert await scene.plan(moscow(14)) == {}


async def test_too_late_in_the_evening_it_is_not_planned_for_the_next_day(scene: Scene) -> None:
    await scene.owe(LadderStep(1, to=Level.REGION))
    await plan_overdue(scene.database, days=DAYS, now=moscow(14, 22))
    with sqlite3.connect(scene.file) as connection:
        assert connection.execute("SELECT count(*) FROM notices").fetchone() == (0,)


async def test_the_page_of_a_matter_names_whom_to_call(scene: Scene) -> None:
    occurrence = await scene.owe(LadderStep(1, to=Level.MUNICIPALITY))
    async with scene.database.write() as tx:
        await tx.people.set_phone(scene.network.coordinator_1, "+7 930 123-45-67")
    await scene.plan(moscow(14))
    actor = await actor_of(scene.database, scene.network.municipal)
    notice = scene.summary_of(scene.network.municipal)
    found = await show_silent(scene.database, actor=actor, notice_id=notice, occurrence_id=occurrence)
    assert found is not None
    assert [(unit.title, [(one.full_name, one.phone) for one in unit.contacts]) for unit in found.units] == [
        ("Школа № 1 г. Суздаля", [("Зимина Анна Олеговна", "+7 930 123-45-67")]),
        ("Школа № 2 г. Суздаля", [("Лосев Иван Игоревич", None)]),
    ]


async def test_a_summary_is_its_readers_alone(scene: Scene) -> None:
    await scene.owe(LadderStep(1, to=Level.MUNICIPALITY))
    await scene.plan(moscow(14))
    stranger = await actor_of(scene.database, scene.network.amur_regional)
    with pytest.raises(NotFoundError):
        await show_summary(scene.database, actor=stranger, notice_id=scene.summary_of(scene.network.municipal))


async def test_the_controller_of_the_document_is_matched_once_and_told(scene: Scene, factory: NetworkFactory) -> None:
    """«Контроль: Сидорову»: a second coordinator of the region, told of nothing but what he controls."""
    network = scene.network
    named = factory.person("Сидорова Инна Павловна", network.vladimir, Role.COORDINATOR)
    await scene.owe(LadderStep(1, to=Level.CONTROLLER))
    document = scene.under_document("Контроль за исполнением возложить на Сидорову И. П.")
    actor = await actor_of(scene.database, network.regional)
    choice = await show_controller(scene.database, actor=actor, document_id=document)
    assert choice.chosen is None
    assert [one.person_id for one in choice.candidates] == [named, network.regional], "the one it seems to name first"
    await name_controller(scene.database, actor=actor, document_id=document, person_id=named, now=FRIDAY)
    assert list(await scene.plan(moscow(14))) == [named]


async def test_only_who_stands_above_the_document_can_control_it(scene: Scene) -> None:
    await scene.owe(LadderStep(1, to=Level.CONTROLLER))
    document = scene.under_document("")
    actor = await actor_of(scene.database, scene.network.regional)
    stranger = scene.network.amur_regional
    with pytest.raises(NotFoundError):
        await name_controller(scene.database, actor=actor, document_id=document, person_id=stranger, now=FRIDAY)
