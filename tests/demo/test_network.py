"""The demonstration's network and document are what the story and the README say of them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.demo.network import fill_network
from bot.demo.papers import PAPERS, Paper
from bot.demo.roadmap import FILE_NAME, roadmap
from bot.documents.reading import read_document
from bot.domain.network import UnitKind
from bot.domain.terms.model import TermKind
from storage.database import Database
from tests.calendar_days import MONDAY


async def test_two_regions_with_two_municipalities_and_four_schools_each(database: Database) -> None:
    await fill_network(database, now=MONDAY)
    async with database.read() as tx:
        units = await tx.units.everything()
    count = {kind: sum(unit.kind is kind for unit in units) for kind in UnitKind}
    assert count == {UnitKind.FEDERATION: 0, UnitKind.REGION: 2, UnitKind.MUNICIPALITY: 4, UnitKind.SCHOOL: 8}
    assert {unit.timezone for unit in units} == {"Europe/Moscow", "Asia/Yakutsk"}


async def test_filling_it_twice_adds_nothing(database: Database) -> None:
    first = await fill_network(database, now=MONDAY)
    second = await fill_network(database, now=MONDAY)
    assert first == second
    assert len(first.links) == 2, "two people have a link that they have not opened"


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.note)
@pytest.mark.parametrize("today", [date(2026, 9, 7), date(2027, 2, 20)], ids=str)
def test_every_paper_is_read_and_every_term_of_it_understood(paper: Paper, today: date) -> None:
    draft = read_document(paper.compose(today), paper.file_name, today=today)
    assert draft.facts.region == "Владимирская область"
    unclear = [row.phrase for row in draft.rows if row.term is None or row.term.kind is TermKind.UNPARSABLE]
    assert (len(draft.rows) >= 5, unclear) == (True, [])


@pytest.mark.parametrize("today", [date(2026, 9, 7), date(2026, 12, 30), date(2027, 2, 20), date(2028, 2, 27)], ids=str)
def test_the_roadmap_is_read_without_a_problem_on_any_day(today: date) -> None:
    draft = read_document(roadmap(today), FILE_NAME, today=today)
    assert (draft.facts.number, draft.facts.region) == ("812-р", "Владимирская область")
    assert [row.number for row in draft.rows] == [str(n) for n in range(1, 9)]
    assert [row.term and row.term.kind.value for row in draft.rows] == [
        "deadline", "by_schedule", "deadline", "deadline", "deadline", "recurring", "deadline", "recurring",
    ]  # fmt: skip
    assert draft.problems == ()
