from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.domain.calendar import WorkCalendar
from bot.domain.errors import NotFoundError, OutdatedError
from bot.domain.events import WayIn
from bot.domain.ids import OccurrenceId, PersonId
from bot.domain.matters import Answer, OccurrenceState
from bot.services.accept_reply import GivenReply, accept_reply
from bot.services.cancel_occurrence import cancel_occurrence
from bot.services.change_way_in import change_way_in
from bot.services.move_occurrence import DateClosedError, MovedOccurrence, PastDateError, move_occurrence
from bot.services.show_webinars import list_invited, list_webinars, show_webinar
from storage.database import Database
from storage.program_tables import audit
from storage.tables import activities, notices
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork
from tests.opening import IN_A_WEEK, assignment, matter, open_event, open_task, open_webinar
from tests.planning import plan_notices

THURSDAY = MONDAY + timedelta(days=3)
NEXT_WEEK = MONDAY + timedelta(days=10)


async def answered(database: Database, person: PersonId, occurrence: OccurrenceId, answer: Answer) -> None:
    owed = await assignment(database, occurrence, person=person)
    given = GivenReply(owed, answer, "урок" if answer is Answer.NOT_COMING else None)
    await accept_reply(
        database, actor=await actor_of(database, person), reply=given, source=f"telegram:{person}", now=MONDAY
    )


async def moved(
    database: Database,
    person: PersonId,
    occurrence: OccurrenceId,
    to: datetime,
    *,
    version: int = 1,
    now: datetime = MONDAY,
) -> MovedOccurrence:
    return await move_occurrence(
        database,
        actor=await actor_of(database, person),
        occurrence_id=occurrence,
        version=version,
        due_at=to,
        due_on=to.date(),
        has_time=True,
        now=now,
    )


async def told(database: Database, network: SmallNetwork) -> None:
    """The announcement has gone out to everybody."""
    await plan_notices(database, now=MONDAY, days=WorkCalendar())
    async with database.write() as tx:
        await tx._connection.execute(notices.update().values(state="sent"))


async def count(database: Database, table: object) -> int:
    async with database.read() as tx:
        return int((await tx._connection.execute(select(func.count()).select_from(table))).scalar_one())  # type: ignore[arg-type]  # a table


async def test_a_new_hour_keeps_the_answers(database: Database, network: SmallNetwork) -> None:
    occurrence = await open_webinar(database, network)
    await answered(database, network.teacher_1, occurrence, Answer.COMING)

    result = await moved(database, network.regional, occurrence, THURSDAY + timedelta(hours=2))

    assert result.cleared == 0
    stored = await matter(database, await assignment(database, occurrence, person=network.teacher_1))
    assert (stored.assignment.answer, stored.version) == (Answer.COMING, 2)
    assert stored.due_at == THURSDAY + timedelta(hours=2)


async def test_another_day_asks_everybody_anew_and_keeps_the_history(database: Database, network: SmallNetwork) -> None:
    occurrence = await open_webinar(database, network)
    await answered(database, network.teacher_1, occurrence, Answer.NOT_COMING)

    result = await moved(database, network.regional, occurrence, NEXT_WEEK)

    assert result.cleared == 1
    owed = await assignment(database, occurrence, person=network.teacher_1)
    stored = await matter(database, owed)
    assert (stored.assignment.answer, stored.assignment.comment) == (None, None)
    async with database.read() as tx:
        assert [past.answer for past in await tx.replies.history(owed)] == [Answer.NOT_COMING]


async def test_what_is_done_of_a_task_stays_done_when_it_moves(database: Database, network: SmallNetwork) -> None:
    occurrence = await open_task(database, network)
    owed = await assignment(database, occurrence, school=network.school_1)
    given, giver = GivenReply(owed, Answer.DONE), await actor_of(database, network.coordinator_1)
    await accept_reply(database, actor=giver, reply=given, source="telegram:1", now=MONDAY)

    await moved(database, network.regional, occurrence, IN_A_WEEK + timedelta(days=5))

    assert (await matter(database, owed)).assignment.answer is Answer.DONE


async def test_moving_twice_to_the_same_moment_moves_once(database: Database, network: SmallNetwork) -> None:
    occurrence = await open_webinar(database, network)
    await moved(database, network.regional, occurrence, NEXT_WEEK)

    again = await moved(database, network.regional, occurrence, NEXT_WEEK)

    assert again.is_repeat
    stored = await matter(database, await assignment(database, occurrence, person=network.teacher_1))
    assert stored.version == 2
    assert await count(database, audit) == 1


@pytest.mark.parametrize(
    ("field", "to", "version", "error"),
    [
        pytest.param("regional", THURSDAY - timedelta(days=4), 1, PastDateError, id="into the past"),
        pytest.param("regional", NEXT_WEEK, 7, OutdatedError, id="by a button of another version"),
        pytest.param("municipal", NEXT_WEEK, 1, NotFoundError, id="by a coordinator below the organiser"),
        pytest.param("amur_regional", NEXT_WEEK, 1, NotFoundError, id="by a coordinator of another region"),
    ],
)
async def test_a_move_that_must_not_be_changes_nothing(
    database: Database, network: SmallNetwork, field: str, to: datetime, version: int, error: type[Exception]
) -> None:
    occurrence = await open_webinar(database, network)

    with pytest.raises(error):
        await moved(database, getattr(network, field), occurrence, to, version=version)

    stored = await matter(database, await assignment(database, occurrence, person=network.teacher_1))
    assert (stored.due_at, stored.version) == (THURSDAY, 1)


async def test_a_cancelled_webinar_is_cancelled_once_and_moved_no_more(
    database: Database, network: SmallNetwork
) -> None:
    occurrence = await open_webinar(database, network)
    organiser = await actor_of(database, network.regional)
    cancel = {"actor": organiser, "occurrence_id": occurrence, "version": 1, "now": MONDAY}

    assert not (await cancel_occurrence(database, **cancel)).is_repeat  # type: ignore[arg-type]  # by name
    assert (await cancel_occurrence(database, **cancel)).is_repeat  # type: ignore[arg-type]  # by name

    with pytest.raises(DateClosedError):
        await moved(database, network.regional, occurrence, NEXT_WEEK, version=2)
    shown = await show_webinar(database, actor=organiser, occurrence_id=occurrence, now=MONDAY)
    assert shown.state is OccurrenceState.CANCELLED
    async with database.read() as tx:
        assert (await tx._connection.execute(select(activities.c.state))).scalar_one() == "cancelled"


async def test_those_told_hear_of_a_new_link_but_not_who_does_not_come(
    database: Database, network: SmallNetwork
) -> None:
    occurrence = await open_webinar(database, network)
    await told(database, network)
    await answered(database, network.teacher_1, occurrence, Answer.COMING)
    await answered(database, network.teacher_2, occurrence, Answer.NOT_COMING)
    organiser = await actor_of(database, network.regional)
    change = {"actor": organiser, "occurrence_id": occurrence, "version": 1, "now": MONDAY}

    assert await change_way_in(database, way=WayIn.LINK, words="https://example.org/new", **change) == 1  # type: ignore[arg-type]  # by name
    assert await change_way_in(database, way=WayIn.LINK, words="https://example.org/new", **change) is None  # type: ignore[arg-type]  # by name

    async with database.read() as tx:
        planned = await tx._connection.execute(select(notices.c.person_id).where(notices.c.kind == "info"))
        assert list(planned.scalars()) == [network.teacher_1]
    assert (
        await show_webinar(database, actor=organiser, occurrence_id=occurrence, now=MONDAY)
    ).link == "https://example.org/new"


async def test_a_webinar_is_listed_with_its_counts_to_those_above_it(database: Database, network: SmallNetwork) -> None:
    occurrence = await open_webinar(database, network)
    await open_task(database, network)
    await answered(database, network.teacher_1, occurrence, Answer.COMING)

    listed = {}
    for field in ("regional", "municipal", "amur_regional"):
        found = await list_webinars(
            database, actor=await actor_of(database, getattr(network, field)), page=1, now=MONDAY
        )
        listed[field] = [(w.title, w.coming, w.not_coming, w.silent) for w in found.webinars]

    assert listed == {"regional": [("Работа с одарёнными детьми", 1, 0, 1)], "municipal": [], "amur_regional": []}


@pytest.mark.parametrize(
    ("hours", "is_listed", "reason"),
    [
        (30, True, "its second day"),
        (58, True, "ten hours after its end"),
        (61, False, "thirteen hours after its end"),
    ],
)
async def test_an_event_of_several_days_is_listed_until_it_is_over(
    database: Database, network: SmallNetwork, hours: int, is_listed: bool, reason: str
) -> None:
    await open_event(database, network, dates=(THURSDAY,), lasts=timedelta(days=2))
    organiser = await actor_of(database, network.regional)

    found = await list_webinars(database, actor=organiser, page=1, now=THURSDAY + timedelta(hours=hours))

    assert (found.total == 1) is is_listed, reason


async def test_the_names_are_listed_by_answer(database: Database, network: SmallNetwork) -> None:
    occurrence = await open_webinar(database, network)
    await answered(database, network.teacher_2, occurrence, Answer.NOT_COMING)
    organiser = await actor_of(database, network.regional)

    silent = await list_invited(database, actor=organiser, occurrence_id=occurrence, answer=None, page=1)
    absent = await list_invited(database, actor=organiser, occurrence_id=occurrence, answer=Answer.NOT_COMING, page=1)

    assert [(one.full_name, one.comment) for one in silent.invited] == [("Смирнова Дарья Павловна", None)]
    assert [(one.full_name, one.comment) for one in absent.invited] == [("Котов Глеб Романович", "урок")]
    with pytest.raises(NotFoundError):
        await list_invited(
            database, actor=await actor_of(database, network.municipal), occurrence_id=occurrence, answer=None, page=1
        )


async def test_news_of_the_link_do_not_stand_for_news_of_the_hour(database: Database, network: SmallNetwork) -> None:
    """Both are changed within the seconds between two rounds of the planner."""
    occurrence = await open_webinar(database, network, network.school_1)
    await told(database, network)
    await moved(database, network.regional, occurrence, THURSDAY + timedelta(hours=2))
    organiser = await actor_of(database, network.regional)
    await change_way_in(
        database,
        actor=organiser,
        occurrence_id=occurrence,
        version=2,
        way=WayIn.LINK,
        words="https://example.org/new",
        now=MONDAY,
    )

    await plan_notices(database, now=MONDAY, days=WorkCalendar())

    async with database.read() as tx:
        planned = await tx._connection.execute(select(notices.c.kind).where(notices.c.state == "planned"))
        assert "moved" in set(planned.scalars())
