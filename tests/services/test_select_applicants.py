"""Deciding about applications: what is told once, what nobody can exceed unnoticed, and who may at all."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.errors import NotAllowedError, NotFoundError, OutdatedError
from bot.domain.ids import PersonId
from bot.domain.selection import (
    Application,
    ApplicationMovedError,
    ApplicationState,
    BoundExceededError,
    Selection,
    can_be_untaken,
)
from bot.domain.selection_drafts import SelectionPart
from bot.domain.undoing import TIME_TO_UNDO
from bot.services.announce_decisions import announce_decisions, preview_decisions, told_decisions
from bot.services.apply import own_application
from bot.services.change_bounds import change_bounds
from bot.services.make_selection import start_selection
from bot.services.select_applicants import (
    decide_application,
    end_selection,
    export_selection,
    history_of,
    list_selections,
    move_in_reserve,
    read_application,
    show_selection,
    take_up,
    undo_take_up,
)
from bot.services.show_board import list_board
from storage.database import Database
from storage.tables import notices
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork
from tests.selections import announced, applied, applied_as, asked, decided, told, view_of, withdrawn

WAITING, MAIN, RESERVE, DECLINED, WITHDRAWN = ApplicationState
SOON = MONDAY + timedelta(minutes=5)
PLACES = Selection(places=1, reserve=1)
PLACES_PART = SelectionPart.PLACES
BY_SCHOOLS = Selection(places=3, reserve=2, most_each=2)


async def test_the_same_tap_decides_once_and_another_coordinator_is_told(
    database: Database, network: SmallNetwork
) -> None:
    selection = await announced(database, network, PLACES)
    one = await applied_as(database, selection, network.teacher_1)
    first = await decided(database, network.regional, one, MAIN)
    again = await decided(database, network.regional, one, MAIN)
    assert (first.version, again.version) == (2, 2)
    with pytest.raises(ApplicationMovedError):
        await decided(database, network.regional, one, DECLINED)


async def test_two_coordinators_cannot_exceed_a_quota_and_not_notice(database: Database, network: SmallNetwork) -> None:
    selection = await announced(database, network, Selection(places=5, quotas={network.suzdal: 1}))
    first, second = [await applied_as(database, selection, who) for who in (network.teacher_1, network.teacher_2)]
    results = await asyncio.gather(
        decided(database, network.regional, first, MAIN),
        decided(database, network.regional, second, MAIN),
        return_exceptions=True,
    )
    refused = [one for one in results if isinstance(one, BoundExceededError)]
    assert len(refused) == 1
    assert [(one.taken, one.limit) for one in refused[0].excesses] == [(1, 1)]
    over = refused[0].application
    with pytest.raises(BoundExceededError):
        await decided(database, network.regional, over, MAIN, sure_of=(0,))
    sure = await decided(database, network.regional, over, MAIN, sure_of=(1,))
    assert sure.state is MAIN, "he saw that one of one is taken"


async def test_decisions_are_told_once_and_a_later_move_again(database: Database, network: SmallNetwork) -> None:
    selection = await announced(database, network, PLACES)
    first, second = [await applied_as(database, selection, who) for who in (network.teacher_1, network.teacher_2)]
    first = await decided(database, network.regional, first, MAIN)
    second = await decided(database, network.regional, second, DECLINED, reason="Нет стажа")
    assert await _told_notices(database) == [], "a decision is a draft until it is announced"
    assert await told(database, network.regional, selection) == 2
    assert await told(database, network.regional, selection) == 0, "the second tap finds nothing to tell"
    assert await _told_notices(database) == [
        (network.teacher_1, [[first.id, "main", "main"]]),
        (network.teacher_2, [[second.id, "declined", "declined"]]),
    ]
    await decided(database, network.regional, first, RESERVE)
    assert await told(database, network.regional, selection) == 1
    assert (await _told_notices(database))[-1] == (network.teacher_1, [[first.id, "to_reserve", "reserve"]])


async def test_a_message_that_waited_over_a_change_says_nothing_stale(
    database: Database, network: SmallNetwork
) -> None:
    """Announced in the evening, moved and announced again before the morning: only the last word arrives."""
    selection = await announced(database, network, Selection(places=2, reserve=1))
    one = await applied_as(database, selection, network.teacher_1)
    one = await decided(database, network.regional, one, MAIN)
    await told(database, network.regional, selection)
    one = await decided(database, network.regional, one, RESERVE)
    (evening,) = await _details(database, "decisions")
    async with database.read() as tx:
        unsaid = await told_decisions(tx, evening[1])
    assert unsaid is not None, "a move is a draft: what was announced still stands"
    await told(database, network.regional, selection)
    _, night = await _details(database, "decisions")
    async with database.read() as tx:
        assert await told_decisions(tx, evening[1]) is None
        assert await told_decisions(tx, night[1]) is not None
    await withdrawn(database, network.teacher_1, one)
    async with database.read() as tx:
        assert await told_decisions(tx, night[1]) is None, "who stepped back is told nothing"


async def test_what_was_not_seen_is_not_announced(database: Database, network: SmallNetwork) -> None:
    selection = await announced(database, network, PLACES)
    first, second = [await applied_as(database, selection, who) for who in (network.teacher_1, network.teacher_2)]
    await decided(database, network.regional, first, MAIN)
    actor = await actor_of(database, network.regional)
    seen = (await preview_decisions(database, actor=actor, occurrence_id=selection)).seen
    await decided(database, network.regional, second, RESERVE)
    with pytest.raises(OutdatedError):
        await announce_decisions(database, actor=actor, occurrence_id=selection, seen=seen, now=MONDAY)
    assert await _told_notices(database) == []


async def test_all_applications_of_a_school_are_told_in_one_message(database: Database, network: SmallNetwork) -> None:
    selection = await announced(database, network, BY_SCHOOLS, by_schools=True)
    school = await asked(database, selection, school=network.school_1)
    await applied(database, school, network.coordinator_1, "Петров Иван")
    both = await applied(database, school, network.coordinator_1, "Седова Анна")
    for one in both:
        await decided(database, network.regional, one, MAIN)
    await told(database, network.regional, selection)
    ((reader, decisions),) = await _told_notices(database)
    assert (reader, len(decisions)) == (network.coordinator_1, 2)


async def test_a_freed_place_is_offered_and_taken_in_one_tap(database: Database, network: SmallNetwork) -> None:
    selection = await announced(database, network, PLACES)
    first, second = [await applied_as(database, selection, who) for who in (network.teacher_1, network.teacher_2)]
    first = await decided(database, network.regional, first, MAIN)
    second = await decided(database, network.regional, second, RESERVE)
    await told(database, network.regional, selection)
    await withdrawn(database, network.teacher_1, first)
    assert await _freed_notices(database) == [(network.regional, first.id)]
    view = await view_of(database, network.regional, selection)
    assert view.next_up is not None
    assert view.next_up.id == second.id
    actor = await actor_of(database, network.regional)
    version = view.next_up.version
    for _ in range(2):
        read = await take_up(database, actor=actor, application_id=second.id, version=version, now=MONDAY)
        assert read.application.state is MAIN
    assert (await _told_notices(database))[-1] == (network.teacher_2, [[second.id, "raised", "main"]])
    assert len(await _told_notices(database)) == 3, "the second tap tells nothing"


async def test_taking_up_by_mistake_is_undone_and_nobody_hears_of_it(database: Database, network: SmallNetwork) -> None:
    selection = await announced(database, network, Selection(places=1, reserve=2))
    first, second = [await applied_as(database, selection, who) for who in (network.teacher_1, network.teacher_2)]
    for one in (first, second):
        await decided(database, network.regional, one, RESERVE)
    await told(database, network.regional, selection)
    actor = await actor_of(database, network.regional)

    async def taken(at: datetime) -> Application:
        one = (await view_of(database, network.regional, selection)).next_up
        assert one is not None
        found = await take_up(database, actor=actor, application_id=one.id, version=one.version, now=at)
        return found.application

    up = await taken(MONDAY)
    assert up.told is MAIN
    for _ in range(2):
        back = await undo_take_up(database, actor=actor, application_id=up.id, version=up.version, now=SOON)
        assert (back.application.state, back.application.told) == (RESERVE, RESERVE)
    again = await taken(SOON)
    assert again.id == first.id, "he is the first of the reserve as before"
    notices = [detail for _, detail in await _details(database, "decisions") if "decided" in detail]
    async with database.read() as tx:
        heard = [await told_decisions(tx, detail) for detail in notices]
    assert [one is not None for one in heard] == [False, True], "he hears of what stands, once"
    assert await _due(database, notices[-1]) == SOON + TIME_TO_UNDO
    late = SOON + TIME_TO_UNDO
    with pytest.raises(ApplicationMovedError):
        await undo_take_up(database, actor=actor, application_id=again.id, version=again.version, now=late)


async def test_who_has_heard_that_he_was_taken_up_stays_on_the_main_list(
    database: Database, network: SmallNetwork
) -> None:
    """Taken up before the first announcement, which tells him at once and not in ten minutes."""
    selection = await announced(database, network, Selection(places=1, reserve=1))
    one = await applied_as(database, selection, network.teacher_1)
    one = await decided(database, network.regional, one, RESERVE)
    actor = await actor_of(database, network.regional)
    read = await take_up(database, actor=actor, application_id=one.id, version=one.version, now=MONDAY)
    assert can_be_untaken(read.application, network.regional, now=MONDAY)
    await told(database, network.regional, selection)
    version = read.application.version
    with pytest.raises(ApplicationMovedError) as refusal:
        await undo_take_up(database, actor=actor, application_id=one.id, version=version, now=SOON)
    stands = refusal.value.application
    assert (stands.state, stands.told) == (MAIN, MAIN)
    assert not can_be_untaken(stands, network.regional, now=SOON), "no button offers it either"


async def test_a_place_taken_meanwhile_is_not_taken_twice(database: Database, network: SmallNetwork) -> None:
    selection = await announced(database, network, Selection(places=1, reserve=2))
    first, second = [await applied_as(database, selection, who) for who in (network.teacher_1, network.teacher_2)]
    for one in (first, second):
        await decided(database, network.regional, one, RESERVE)
    actor = await actor_of(database, network.regional)
    await take_up(database, actor=actor, application_id=first.id, version=2, now=MONDAY)
    with pytest.raises(BoundExceededError):
        await take_up(database, actor=actor, application_id=second.id, version=2, now=MONDAY)


async def test_the_reserve_is_ordered_and_a_double_tap_moves_once(database: Database, network: SmallNetwork) -> None:
    selection = await announced(database, network, Selection(places=1, reserve=2))
    first, second = [await applied_as(database, selection, who) for who in (network.teacher_1, network.teacher_2)]
    for one in (first, second):
        await decided(database, network.regional, one, RESERVE)
    actor = await actor_of(database, network.regional)
    for _ in range(2):
        await move_in_reserve(database, actor=actor, application_id=second.id, version=2, up=True, now=MONDAY)
    view = await view_of(database, network.regional, selection)
    assert view.next_up is not None
    assert view.next_up.id == second.id


@pytest.mark.parametrize("person", ["municipal", "amur_regional", "coordinator_1"])
async def test_only_above_the_selection_are_applications_read(
    database: Database, network: SmallNetwork, person: str
) -> None:
    selection = await announced(database, network, PLACES)
    one = await applied_as(database, selection, network.teacher_1)
    stranger = await actor_of(database, getattr(network, person))
    assert (await list_selections(database, actor=stranger)).selections == ()
    for reading in (
        show_selection(database, actor=stranger, occurrence_id=selection),
        read_application(database, actor=stranger, application_id=one.id),
        history_of(database, actor=stranger, application_id=one.id),
        export_selection(database, actor=stranger, occurrence_id=selection),
        end_selection(database, actor=stranger, occurrence_id=selection, version=1, now=MONDAY),
        preview_decisions(database, actor=stranger, occurrence_id=selection),
        take_up(database, actor=stranger, application_id=one.id, version=1, now=MONDAY),
        change_bounds(database, actor=stranger, occurrence_id=selection, part=PLACES_PART, words="9", now=MONDAY),
        decide_application(database, actor=stranger, application_id=one.id, version=1, to=MAIN, now=MONDAY),
        own_application(database, actor=stranger, application_id=one.id, now=MONDAY),
    ):
        with pytest.raises(NotFoundError):
            await reading


async def test_who_coordinates_nothing_selects_nobody(database: Database, network: SmallNetwork) -> None:
    actor = await actor_of(database, network.teacher_1)
    with pytest.raises(NotAllowedError):
        await list_selections(database, actor=actor)
    with pytest.raises(NotFoundError):
        await start_selection(database, actor=actor, unit_id=network.school_1, now=MONDAY)


async def test_the_board_shows_who_has_not_answered_and_how_many_wait(
    database: Database, network: SmallNetwork
) -> None:
    selection = await announced(database, network, PLACES)
    await applied_as(database, selection, network.teacher_1)
    board = await list_board(database, actor=await actor_of(database, network.regional), now=MONDAY)
    ((line,), waiting) = (board.lines, board.applications)
    assert (line.tally.answered, line.tally.silent, waiting) == (1, 1, 1)


async def test_the_history_keeps_every_step(database: Database, network: SmallNetwork) -> None:
    selection = await announced(database, network, PLACES)
    one = await applied_as(database, selection, network.teacher_1)
    await decided(database, network.regional, one, DECLINED, reason="Нет стажа")
    await told(database, network.regional, selection)
    actor = await actor_of(database, network.regional)
    _, moves = await history_of(database, actor=actor, application_id=one.id)
    assert [(move.what, move.reason) for move in moves] == [
        ("applied", None),
        ("declined", "Нет стажа"),
        ("told", None),
    ]


async def _told_notices(database: Database) -> list[tuple[PersonId, list[object]]]:
    found = await _details(database, "decisions")
    return [(person, detail["decisions"]) for person, detail in found]


async def _due(database: Database, detail: dict[str, Any]) -> datetime:
    async with database.read() as tx:
        rows = await tx._connection.execute(select(notices.c.due_at, notices.c.detail))
        due: datetime = next(row.due_at for row in rows if row.detail == detail)
        return due


async def _freed_notices(database: Database) -> list[tuple[PersonId, int]]:
    return [(person, detail["application"]) for person, detail in await _details(database, "place_freed")]


async def _details(database: Database, event: str) -> list[tuple[PersonId, dict[str, Any]]]:
    async with database.read() as tx:
        rows = await tx._connection.execute(select(notices.c.person_id, notices.c.detail).order_by(notices.c.id))
        return [(row.person_id, row.detail) for row in rows if row.detail and row.detail.get("event") == event]
