"""Forms for tests: made and attached by the use cases themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.domain.form_values import read_value
from bot.domain.forms import Question, QuestionKind
from bot.domain.ids import ActivityId, AssignmentId, FormId, OccurrenceId, PersonId
from bot.ports.matters import NewOccurrence
from bot.services.accept_reply import AcceptedReply
from bot.services.fill_form import Filling, give_value, hand_in_form, open_filling
from bot.services.make_form import attach_form, make_form
from storage.database import Database
from storage.tables import occurrences
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork
from tests.opening import assignment, open_task

MENTORS = Question("mentors", QuestionKind.WHOLE, "Сколько наставников?", unit="чел.", at_least=20, high=500)
ORDER = Question("order", QuestionKind.YES_NO, "Приказ издан?")
PLACE = Question("place", QuestionKind.CHOICE, "Где проходит?", options=("В школе", "В кванториуме"))
CLUBS = Question("clubs", QuestionKind.SEVERAL, "Какие кружки работают?", options=("Шахматы", "Театр", "Хор"))
NOTE = Question("note", QuestionKind.TEXT, "Что мешает?", is_required=False)
QUESTIONS = (MENTORS, ORDER, PLACE, NOTE)


async def form_on(
    database: Database,
    network: SmallNetwork,
    occurrence: OccurrenceId,
    questions: Sequence[Question] = QUESTIONS,
    *,
    source: str = "test:form",
) -> FormId:
    """A form of the region, given to the activity of that date."""
    actor = await actor_of(database, network.regional)
    form_id = await make_form(
        database,
        actor=actor,
        unit_id=network.vladimir,
        title="Мониторинг наставничества",
        questions=questions,
        source=source,
        now=MONDAY,
    )
    activity_id = await activity_of(database, occurrence)
    await attach_form(database, actor=actor, activity_id=activity_id, form_id=form_id, now=MONDAY)
    return form_id


async def task_with_form(
    database: Database, network: SmallNetwork, questions: Sequence[Question] = QUESTIONS
) -> AssignmentId:
    """What school № 1 has to fill in."""
    occurrence = await open_task(database, network, title="Мониторинг наставничества")
    await form_on(database, network, occurrence, questions)
    return await assignment(database, occurrence, school=network.school_1)


async def next_date(database: Database, occurrence: OccurrenceId, *, after: timedelta) -> OccurrenceId:
    """A later date of the same activity, owed by the same schools."""
    activity_id = await activity_of(database, occurrence)
    async with database.write() as tx:
        opened = await tx.matters.opened(activity_id)
        assert opened is not None
        first = opened.occurrences[0]
        on = first.due_on + after
        later = NewOccurrence(on.isoformat(), first.due_at + after, on, first.has_time, first.timezone)
        await tx.matters.add_occurrences(activity_id, [later], now=MONDAY)
        await tx.matters.assign(activity_id, opened.activity.audience, since=later.due_at, now=MONDAY)
        opened = await tx.matters.opened(activity_id)
        assert opened is not None
    return opened.occurrences[-1].id


async def begin(
    database: Database, person: PersonId, assignment_id: AssignmentId, *, is_change: bool = False
) -> Filling:
    actor = await actor_of(database, person)
    return await open_filling(
        database, actor=actor, assignment_id=assignment_id, version=None, is_change=is_change, now=MONDAY
    )


async def say(
    database: Database,
    person: PersonId,
    filling: Filling,
    place: int,
    words: str,
    *,
    seen: PersonId | None = None,
    is_sure: bool = False,
    now: datetime = MONDAY,
) -> Filling:
    """He types the answer to the question at that place."""
    return await give_value(
        database,
        actor=await actor_of(database, person),
        submission_id=filling.submission.id,
        place=place,
        read=lambda question, _: read_value(question, words, today=MONDAY.date()),
        seen=seen,
        is_sure=is_sure,
        now=now,
    )


async def hand_in(
    database: Database, person: PersonId, filling: Filling, *, is_change: bool = False, now: datetime = MONDAY
) -> AcceptedReply:
    return await hand_in_form(
        database,
        actor=await actor_of(database, person),
        submission_id=filling.submission.id,
        is_change=is_change,
        source=f"test:{filling.submission.id}",
        now=now,
    )


async def handed_in_with(
    database: Database, person: PersonId, assignment_id: AssignmentId, *words: str, is_change: bool = False
) -> AcceptedReply:
    """The whole way: begun, answered in order, handed in."""
    filling = await begin(database, person, assignment_id, is_change=is_change)
    for place, said in enumerate(words):
        filling = await say(database, person, filling, place, said, seen=person, is_sure=True)
    return await hand_in(database, person, filling, is_change=is_change)


async def activity_of(database: Database, occurrence: OccurrenceId) -> ActivityId:
    async with database.read() as tx:
        found = await tx._connection.execute(select(occurrences.c.activity_id).where(occurrences.c.id == occurrence))
        return ActivityId(found.scalar_one())
