"""Each assignment has one status, and a reader's sums hold only his own part of the network."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.board import Misdelivery, Status, Tally
from bot.domain.ids import OccurrenceId, PersonId, UnitId
from bot.domain.matters import ActivityKind, AnsweredBy, Audience
from bot.domain.network import Reach, Role
from bot.ports.matters import NewActivity, NewOccurrence
from bot.ports.storage import Stores
from bot.services.open_activity import open_activity
from storage.database import Database
from tests.calendar_days import MONDAY
from tests.factories import NetworkFactory, SmallNetwork

DUE = datetime(2026, 9, 15, 20, 59, 59, tzinfo=UTC)


async def open_task(
    database: Database, network: SmallNetwork, *units: UnitId, answered_by: AnsweredBy = AnsweredBy.SCHOOL
) -> OccurrenceId:
    """One date owed by the schools (or the teachers) of ``units``."""
    async with database.write() as tx:
        activity = NewActivity(
            kind=ActivityKind.TASK,
            unit_id=network.vladimir,
            title="Мониторинг",
            audience=Audience(units, answered_by, roles=(Role.TEACHER,)),
            timezone="Europe/Moscow",
            created_by=network.regional,
            term={},
        )
        date_ = NewOccurrence("2026-09-15", DUE, date(2026, 9, 15), has_time=False, timezone="Europe/Moscow")
        activity_id = await open_activity(tx, activity, [date_], now=MONDAY)
        opened = await tx.matters.opened(activity_id)
    assert opened is not None
    return opened.occurrences[0].id


async def path_of(tx: Stores, unit_id: UnitId) -> str:
    unit = await tx.units.get(unit_id)
    assert unit is not None
    return unit.path


def _answer(file: Path, unit: UnitId, answer: str, at: datetime, by: PersonId) -> None:
    with sqlite3.connect(file) as other_hand:
        changed = other_hand.execute(
            "UPDATE assignments SET answer = ?, answered_at = ?, answered_by = ? WHERE unit_id = ?",
            (answer, at.strftime("%Y-%m-%d %H:%M:%S.%f"), by, unit),
        ).rowcount
    assert changed == 1


@pytest.mark.parametrize(
    ("answer", "at", "status", "why"),
    [
        ("done", DUE, Status.IN_TIME, "the last permitted instant is in time"),
        ("done", DUE + timedelta(seconds=1), Status.LATE, "a second later is late"),
        ("nothing", MONDAY, Status.IN_TIME, "«Нечего сообщать» is an answer like any other"),
        ("in_progress", MONDAY, Status.IN_PROGRESS, "«В работе» leaves the matter owed"),
        ("problem", MONDAY, Status.PROBLEM, "a problem is shown as one"),
        ("problem", DUE + timedelta(1), Status.PROBLEM, "also after the term"),
        ("maybe", MONDAY, Status.MAYBE, "«Под вопросом» is a word, and he who said it is not silent"),
    ],
)
async def test_an_answer_gives_the_status(
    database: Database, database_file: Path, network: SmallNetwork, answer: str, at: datetime, status: Status, why: str
) -> None:
    occurrence = await open_task(database, network, network.school_1)
    _answer(database_file, network.school_1, answer, at, network.coordinator_1)
    async with database.read() as tx:
        (entry,) = await tx.board.entries(occurrence, network.school_1)
    assert entry.status is status, why
    assert entry.answered_by_name == "Зимина Анна Олеговна"


async def test_silence_of_those_who_cannot_be_written_to_is_told_apart(
    database: Database, factory: NetworkFactory, network: SmallNetwork
) -> None:
    """A school whose only coordinator blocked the bot, one with none at all, and one that is merely silent."""
    blocked = factory.unit("Школа № 5", parent=network.murom)
    factory.person("Ершов Ян Ильич", blocked, Role.COORDINATOR, reach=Reach.BLOCKED)
    nobody = factory.unit("Школа № 6", parent=network.murom)
    occurrence = await open_task(database, network, network.murom)
    async with database.read() as tx:
        lines = {
            unit: await tx.board.line(occurrence, [await path_of(tx, unit)])
            for unit in (network.school_3, blocked, nobody)
        }
    assert {unit: line and line.tally for unit, line in lines.items()} == {
        network.school_3: Tally(silent=1),
        blocked: Tally(unreachable=1),
        nobody: Tally(unreachable=1),
    }


async def test_one_reachable_coordinator_makes_a_school_reachable(
    database: Database, factory: NetworkFactory, network: SmallNetwork
) -> None:
    factory.person("Ершов Ян Ильич", network.school_1, Role.COORDINATOR, reach=Reach.BLOCKED)
    occurrence = await open_task(database, network, network.school_1)
    async with database.read() as tx:
        line = await tx.board.line(occurrence, ["/"])
        (entry,) = await tx.board.entries(occurrence, network.school_1)
    assert line is not None
    assert line.tally == Tally(silent=1)
    assert [(debtor.full_name, debtor.reach) for debtor in entry.debtors] == [
        ("Ершов Ян Ильич", Reach.BLOCKED),
        ("Зимина Анна Олеговна", Reach.REACHABLE),
    ]


async def test_only_the_readers_own_subtree_is_added_up(database: Database, network: SmallNetwork) -> None:
    occurrence = await open_task(database, network, network.vladimir, network.amur)
    async with database.read() as tx:
        suzdal = f"/{network.vladimir}/{network.suzdal}/"
        line = await tx.board.line(occurrence, [suzdal])
        everything = await tx.board.line(occurrence, ["/"])
        nothing = await tx.board.line(occurrence, ["/999/"])
    assert line is not None
    assert line.tally == Tally(silent=2)
    assert everything is not None
    assert everything.tally == Tally(silent=4)
    assert nothing is None


async def test_people_who_answer_for_themselves_are_counted_at_their_school(
    database: Database, network: SmallNetwork
) -> None:
    occurrence = await open_task(database, network, network.suzdal, answered_by=AnsweredBy.PERSON)
    async with database.read() as tx:
        schools = [await path_of(tx, unit) for unit in (network.school_1, network.school_2, network.school_3)]
        line, tallies = await tx.board.line_in_parts(occurrence, ["/"], schools[1:])
        assert (await tx.board.line(occurrence, ["/"])) == line, "whatever the parts are"
        nobody = await tx.board.line_in_parts(occurrence, ["/999/"], schools)
        (entry,) = await tx.board.entries(occurrence, network.school_2)
    assert line is not None
    assert (line.tally, tallies) == (Tally(silent=2), {schools[1]: Tally(silent=1)})
    assert nobody == (None, {})
    assert entry.person_name == "Котов Глеб Романович"


async def test_who_owes_no_more_is_not_counted(database: Database, database_file: Path, network: SmallNetwork) -> None:
    occurrence = await open_task(database, network, network.suzdal)
    with sqlite3.connect(database_file) as other_hand:
        other_hand.execute(
            "UPDATE assignments SET withdrawn_at = ? WHERE unit_id = ?", (str(MONDAY)[:19], network.school_1)
        )
    async with database.read() as tx:
        line = await tx.board.line(occurrence, ["/"])
    assert line is not None
    assert line.tally.total == 1


async def test_dates_are_listed_from_the_nearest(database: Database, network: SmallNetwork) -> None:
    first = await open_task(database, network, network.school_1)
    second = await open_task(database, network, network.school_2)
    async with database.read() as tx:
        window = {"since": MONDAY, "until": MONDAY + timedelta(days=30), "settled_since": MONDAY}
        dates = await tx.board.dates(["/"], **window)
        lines = await tx.board.lines(dates[::-1], ["/"])
        nothing = await tx.board.lines((), ["/"])
    assert dates == (first, second)
    assert [line.occurrence_id for line in lines] == [first, second]
    assert nothing == ()


async def test_an_export_names_the_municipality_of_each(database: Database, network: SmallNetwork) -> None:
    occurrence = await open_task(database, network, network.vladimir)
    async with database.read() as tx:
        owing = await tx.board.owing_units(occurrence, ["/"])
        entries = await tx.board.entries_of(occurrence, owing)
    assert [(above, entry.unit_title) for above, entry in entries] == [
        ("Суздальский район", "Школа № 1 г. Суздаля"),
        ("Суздальский район", "Школа № 2 г. Суздаля"),
        ("округ Муром", "Школа № 3 г. Мурома"),
    ]


async def test_what_did_not_go_as_planned_is_counted_in_the_own_subtree(
    database: Database, database_file: Path, network: SmallNetwork
) -> None:
    """After an outage a coordinator must see that people are silent because nobody was told."""
    occurrence = await open_task(database, network, network.vladimir)
    with sqlite3.connect(database_file) as other_hand:
        for state, is_doubted, unit in (
            ("expired", 0, network.school_1),
            ("failed", 0, network.school_2),
            ("sent", 1, network.school_2),
            ("sent", 0, network.school_1),
            ("expired", 0, network.school_3),
        ):
            other_hand.execute(
                "INSERT INTO notices (key, person_id, kind, state, due_at, expires_at, occurrence_id, assignment_id,"
                " attempts, was_in_doubt, created_at) SELECT ?, ?, 'reminder', ?, ?, ?, ?, id, 1, ?, ?"
                " FROM assignments WHERE unit_id = ?",
                (f"{state}{is_doubted}{unit}", network.coordinator_1, state, str(MONDAY)[:19], str(MONDAY)[:19],
                 occurrence, is_doubted, str(MONDAY)[:19], unit),
            )  # fmt: skip
    async with database.read() as tx:
        suzdal = await tx.board.misdelivery(occurrence, [f"/{network.vladimir}/{network.suzdal}/"])
        nowhere = await tx.board.misdelivery(occurrence, ["/999/"])
    assert suzdal == Misdelivery(late=1, failed=1, doubled=1)
    assert nowhere == Misdelivery()
