"""The board drills down the reader's own tree and no other."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.board import Tally
from bot.domain.errors import NotAllowedError, NotFoundError
from bot.domain.matters import AnsweredBy
from bot.services.export_board import export_board
from bot.services.show_board import list_board, show_board
from storage.database import Database
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import NetworkFactory, SmallNetwork
from tests.storage.test_board import DUE, open_task


async def test_a_region_sees_its_municipalities_then_their_schools_then_the_assignments(
    database: Database, network: SmallNetwork
) -> None:
    occurrence = await open_task(database, network, network.vladimir)
    actor = await actor_of(database, network.regional)
    top = await show_board(database, actor=actor, occurrence_id=occurrence)
    assert top.unit is not None
    assert (top.unit.id, top.parent) == (network.vladimir, None)
    assert [(one.unit.title, one.tally) for one in top.below] == [
        ("Суздальский район", Tally(silent=2)),
        ("округ Муром", Tally(silent=1)),
    ]
    district = await show_board(database, actor=actor, occurrence_id=occurrence, unit_id=network.suzdal)
    assert [one.unit.id for one in district.below] == [network.school_1, network.school_2]
    assert district.parent is not None
    assert district.parent.id == network.vladimir
    school = await show_board(database, actor=actor, occurrence_id=occurrence, unit_id=network.school_1)
    assert (school.below, len(school.entries), school.tally) == ((), 1, Tally(silent=1))


async def test_the_owner_sees_every_region(database: Database, network: SmallNetwork) -> None:
    occurrence = await open_task(database, network, network.vladimir, network.amur)
    owner = await actor_of(database, network.teacher_1, is_owner=True)
    top = await show_board(database, actor=owner, occurrence_id=occurrence)
    assert top.unit is None
    assert {one.unit.title: one.tally.total for one in top.below} == {"Амурская область": 1, "Владимирская область": 3}


async def test_nobody_sees_above_his_own_unit(database: Database, network: SmallNetwork) -> None:
    occurrence = await open_task(database, network, network.vladimir)
    actor = await actor_of(database, network.municipal)
    top = await show_board(database, actor=actor, occurrence_id=occurrence)
    assert (top.parent, top.tally) == (None, Tally(silent=2))
    for unit in (network.vladimir, network.school_3, network.school_4):
        with pytest.raises(NotFoundError):
            await show_board(database, actor=actor, occurrence_id=occurrence, unit_id=unit)
        with pytest.raises(NotFoundError):
            await export_board(database, actor=actor, occurrence_id=occurrence, unit_id=unit)


async def test_who_answers_between_two_pages_of_a_file_is_in_it_once(
    database: Database,
    database_file: Path,
    factory: NetworkFactory,
    network: SmallNetwork,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.services.export_board._ROWS", 2)
    big = factory.unit("Лицей", parent=network.murom)
    names = [f"{surname} Анна" for surname in ("Ершова", "Белова", "Дёмина", "Волкова", "Гусева")]
    for name in names:
        factory.person(name, big)
    occurrence = await open_task(database, network, big, answered_by=AnsweredBy.PERSON)
    export = await export_board(
        database, actor=await actor_of(database, network.regional), occurrence_id=occurrence, unit_id=big
    )
    found: list[str | None] = []
    async for page in export.pages():
        assert len(page.entries) <= 2
        found += [entry.person_name for _, entry in page.entries]
        with sqlite3.connect(database_file) as other_hand:  # two of those who were read, or have yet to be
            for name in (names[1], names[2]):
                other_hand.execute(
                    "UPDATE assignments SET answer = 'done', answered_at = '2026-09-10 09:00:00.000000'"
                    " WHERE person_id = (SELECT id FROM persons WHERE full_name = ?)", (name,)
                )  # fmt: skip
    assert found == sorted(names)


async def test_a_file_has_also_who_joined_while_it_was_made(
    database: Database, factory: NetworkFactory, network: SmallNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.export_board._ROWS", 2)
    occurrence = await open_task(database, network, network.suzdal, answered_by=AnsweredBy.PERSON)
    export = await export_board(database, actor=await actor_of(database, network.regional), occurrence_id=occurrence)
    late = factory.person("Яшина Анна", network.school_1)
    with sqlite3.connect(factory.file) as other_hand:
        other_hand.execute(
            "INSERT INTO assignments (occurrence_id, unit_id, person_id, due_version, created_at)"
            " SELECT occurrence_id, unit_id, ?, due_version, created_at FROM assignments WHERE person_id = ?",
            (late, network.teacher_1),
        )
    found = [entry.person_name async for page in export.pages() for _, entry in page.entries]
    assert len(found) == len(set(found)) == export.line.tally.total + 1
    assert "Яшина Анна" in found


async def test_a_date_that_is_none_of_his_is_not_found(database: Database, network: SmallNetwork) -> None:
    occurrence = await open_task(database, network, network.vladimir)
    with pytest.raises(NotFoundError):
        await show_board(database, actor=await actor_of(database, network.amur_regional), occurrence_id=occurrence)


async def test_a_teacher_has_no_board(database: Database, network: SmallNetwork) -> None:
    with pytest.raises(NotAllowedError):
        await list_board(database, actor=await actor_of(database, network.teacher_1), now=MONDAY)


async def test_pages_are_counted_and_a_page_too_far_is_the_last(database: Database, network: SmallNetwork) -> None:
    for _ in range(3):
        await open_task(database, network, network.school_1)
    actor = await actor_of(database, network.regional)
    page = await list_board(database, actor=actor, now=MONDAY, page=9, page_size=2)
    assert (page.page, page.pages, len(page.lines)) == (1, 2, 1)
    past = await list_board(database, actor=actor, now=MONDAY, is_past=True)
    assert (past.lines, past.pages) == ((), 1)


async def test_what_is_overdue_stays_in_front_until_all_have_answered(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    """A coordinator who only looks at the board must not find the debts on its second leaf."""
    occurrence = await open_task(database, network, network.school_1)
    actor = await actor_of(database, network.regional)
    later = DUE + timedelta(days=2)
    before = await list_board(database, actor=actor, now=later)
    with sqlite3.connect(database_file) as other_hand:
        other_hand.execute("UPDATE assignments SET answer = 'done', answered_at = '2026-09-16 09:00:00.000000'")
    after = await list_board(database, actor=actor, now=later)
    past = await list_board(database, actor=actor, now=later, is_past=True)
    assert [line.occurrence_id for line in before.lines] == [occurrence]
    assert after.lines == ()
    assert [line.tally for line in past.lines] == [Tally(late=1)]
