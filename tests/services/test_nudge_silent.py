"""A nudge goes to the silent of one's own subtree, once in 12 hours, and to nobody who has answered."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.errors import NotAllowedError, NotFoundError, OutdatedError
from bot.domain.ids import OccurrenceId
from bot.domain.network import Reach, Role
from bot.services.nudge_silent import NobodyToNudgeError, NudgedLatelyError, nudge_silent, preview_nudge
from storage.database import Database
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import NetworkFactory, SmallNetwork
from tests.storage.test_board import open_task


def _nudged(file: Path) -> list[int]:
    with sqlite3.connect(file) as other_hand:
        return [row[0] for row in other_hand.execute("SELECT person_id FROM notices WHERE kind = 'nudge' ORDER BY 1")]


@pytest.fixture
async def occurrence(database: Database, network: SmallNetwork) -> OccurrenceId:
    """Owed by the three schools of Владимирская область."""
    return await open_task(database, network, network.vladimir)


async def test_the_silent_of_the_own_subtree_are_reminded(
    database: Database, database_file: Path, network: SmallNetwork, occurrence: OccurrenceId
) -> None:
    actor = await actor_of(database, network.municipal)
    seen = await preview_nudge(database, actor=actor, occurrence_id=occurrence, unit_id=None, now=MONDAY)
    done = await nudge_silent(database, actor=actor, occurrence_id=occurrence, unit_id=None, version=1, now=MONDAY)
    assert seen == done
    assert _nudged(database_file) == [network.coordinator_1, network.coordinator_2]


async def test_who_has_answered_is_left_alone(
    database: Database, database_file: Path, network: SmallNetwork, occurrence: OccurrenceId
) -> None:
    with sqlite3.connect(database_file) as other_hand:
        other_hand.execute(
            "UPDATE assignments SET answer = 'done', answered_at = '2026-09-07 09:00:00.000000' WHERE unit_id = ?",
            (network.school_1,),
        )
    actor = await actor_of(database, network.municipal)
    await nudge_silent(database, actor=actor, occurrence_id=occurrence, unit_id=None, version=1, now=MONDAY)
    assert _nudged(database_file) == [network.coordinator_2]


async def test_nobody_is_nudged_twice_in_twelve_hours_whoever_asks(
    database: Database, database_file: Path, network: SmallNetwork, occurrence: OccurrenceId
) -> None:
    """The region spares those whom the municipality has just reminded, and may not repeat itself either."""
    municipal, regional = await actor_of(database, network.municipal), await actor_of(database, network.regional)
    await nudge_silent(database, actor=municipal, occurrence_id=occurrence, unit_id=None, version=1, now=MONDAY)
    soon = MONDAY + timedelta(hours=1)
    region = await nudge_silent(database, actor=regional, occurrence_id=occurrence, unit_id=None, version=1, now=soon)
    assert (region.people, region.spared) == (1, 2)
    with pytest.raises(NudgedLatelyError) as refusal:
        await nudge_silent(database, actor=regional, occurrence_id=occurrence, unit_id=None, version=1, now=soon)
    assert refusal.value.again_at == MONDAY + timedelta(hours=12)
    assert len(_nudged(database_file)) == 3


async def test_after_twelve_hours_it_may_be_repeated(
    database: Database, database_file: Path, network: SmallNetwork, occurrence: OccurrenceId
) -> None:
    actor = await actor_of(database, network.municipal)
    for at in (MONDAY, MONDAY + timedelta(hours=12)):
        await nudge_silent(database, actor=actor, occurrence_id=occurrence, unit_id=None, version=1, now=at)
    assert len(_nudged(database_file)) == 4


async def test_there_must_be_somebody_to_remind(
    database: Database, factory: NetworkFactory, network: SmallNetwork
) -> None:
    school = factory.unit("Школа № 7", parent=network.murom)
    factory.person("Ершов Ян Ильич", school, Role.COORDINATOR, reach=Reach.BLOCKED)
    occurrence = await open_task(database, network, school)
    actor = await actor_of(database, network.regional)
    with pytest.raises(NobodyToNudgeError) as refusal:
        await preview_nudge(database, actor=actor, occurrence_id=occurrence, unit_id=None, now=MONDAY)
    assert refusal.value.unreachable == 1


async def test_a_date_that_moved_since_the_preview_is_not_nudged_about(
    database: Database, database_file: Path, network: SmallNetwork, occurrence: OccurrenceId
) -> None:
    actor = await actor_of(database, network.regional)
    with pytest.raises(OutdatedError):
        await nudge_silent(database, actor=actor, occurrence_id=occurrence, unit_id=None, version=2, now=MONDAY)
    assert _nudged(database_file) == []


async def test_rights_follow_the_tree(database: Database, network: SmallNetwork, occurrence: OccurrenceId) -> None:
    other_region = await actor_of(database, network.amur_regional)
    teacher = await actor_of(database, network.teacher_1)
    municipal = await actor_of(database, network.municipal)
    with pytest.raises(NotFoundError):
        await preview_nudge(database, actor=other_region, occurrence_id=occurrence, unit_id=None, now=MONDAY)
    with pytest.raises(NotAllowedError):
        await preview_nudge(database, actor=teacher, occurrence_id=occurrence, unit_id=None, now=MONDAY)
    with pytest.raises(NotFoundError):
        await preview_nudge(database, actor=municipal, occurrence_id=occurrence, unit_id=network.murom, now=MONDAY)
