"""An answer that is given back: what is owed again, what stays, and who hears of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select, update

from bot.domain.board import Tally
from bot.domain.calendar import WorkCalendar
from bot.domain.errors import NotFoundError
from bot.domain.forms import SubmissionState
from bot.domain.matters import Answer, LadderName
from bot.domain.own_terms import TermPastError
from bot.domain.reviewing import Review
from bot.domain.steps import Ladder, LadderStep
from bot.services.accept_reply import (
    ReasonNeededError,
)
from bot.services.review_answers import (
    AnswerChangedError,
    ReturnReasonNeededError,
)
from bot.services.show_history import show_history
from storage.database import Database
from storage.tables import notices
from storage.task_tables import assignment_requests, decisions, form_versions, forms, submissions
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork
from tests.opening import assignment, matter, open_task, open_webinar
from tests.planning import plan_notices
from tests.services.reviewing import (
    LATER,
    THURSDAY,
    accept,
    give_back,
    mark_of,
    open_reviewed_task,
    planned,
    say_done,
    tally,
)


async def test_an_answer_that_comes_while_the_return_is_typed_is_not_given_back(
    database: Database, network: SmallNetwork
) -> None:
    occurrence = await open_reviewed_task(database, network)
    owed = await assignment(database, occurrence, school=network.school_1)
    await say_done(database, network.coordinator_1, owed)
    seen = await mark_of(database, owed)
    await say_done(database, network.coordinator_1, owed, Answer.NOTHING_TO_REPORT, now=LATER + timedelta(minutes=5))

    with pytest.raises(AnswerChangedError):
        await give_back(database, network.municipal, owed, seen)
    with pytest.raises(AnswerChangedError):
        await accept(database, network.municipal, owed, seen)
    assert (await matter(database, owed)).assignment.answer is Answer.NOTHING_TO_REPORT


async def test_returned_it_is_owed_again_by_a_term_of_its_own(database: Database, network: SmallNetwork) -> None:
    occurrence = await open_reviewed_task(database, network)
    owed = await assignment(database, occurrence, school=network.school_1)
    await say_done(database, network.coordinator_1, owed)

    returned = (await give_back(database, network.municipal, owed, await mark_of(database, owed))).matter

    assert returned.is_open
    assert returned.assignment.answer is None
    assert returned.due_on == THURSDAY
    assert (returned.reviewing.review, returned.reviewing.reason) == (Review.RETURNED, "нет подписи директора")
    assert await tally(database, network, occurrence) == Tally(returned=1, silent=1)
    assert [person for person, _ in await planned(database, "returned:")] == [network.coordinator_1]

    again = await say_done(database, network.coordinator_1, owed, now=LATER + timedelta(hours=2))
    assert again.matter.is_in_review, "the new answer waits again"
    assert again.matter.reviewing.reason is None
    history = await show_history(
        database, actor=await actor_of(database, network.municipal), assignment_id=owed
    )  # fmt: skip
    assert [(one.kind.value, one.what) for one in history.entries] == [
        ("reply", "done"),
        ("decision", "returned"),
        ("reply", "done"),
    ]


@pytest.mark.parametrize(
    ("reason", "due_on", "error"),
    [
        pytest.param("  ", THURSDAY, ReturnReasonNeededError, id="without a word why"),
        pytest.param("исправьте", date(2026, 9, 6), TermPastError, id="by a day that has passed"),
    ],
)
async def test_what_is_not_given_back(
    database: Database, network: SmallNetwork, reason: str, due_on: date, error: type[Exception]
) -> None:
    occurrence = await open_reviewed_task(database, network)
    owed = await assignment(database, occurrence, school=network.school_1)
    await say_done(database, network.coordinator_1, owed)
    with pytest.raises(error):
        await give_back(
            database, network.municipal, owed, await mark_of(database, owed), reason=reason, due_on=due_on
        )  # fmt: skip
    assert (await matter(database, owed)).assignment.answer is Answer.DONE


async def test_not_ours_takes_a_reason_waits_and_is_confirmed_or_given_back(
    database: Database, network: SmallNetwork
) -> None:
    occurrence = await open_task(database, network)
    owed = await assignment(database, occurrence, school=network.school_1)
    with pytest.raises(ReasonNeededError):
        await say_done(database, network.coordinator_1, owed, Answer.NOT_OURS)

    said = await say_done(database, network.coordinator_1, owed, Answer.NOT_OURS, "у нас нет старших классов")

    assert said.matter.is_in_review
    assert [person for person, _ in await planned(database, "not-ours:")] == [network.municipal]
    assert await tally(database, network, occurrence) == Tally(not_ours=1, silent=1)
    confirmed = await accept(database, network.municipal, owed, await mark_of(database, owed))
    assert confirmed.matter.is_accepted
    assert await tally(database, network, occurrence) == Tally(not_ours=1, silent=1)

    given_back = await give_back(database, network.municipal, owed, await mark_of(database, owed))
    assert given_back.matter.is_open, "also after it was confirmed by mistake"


async def test_the_submission_of_a_form_follows_and_the_next_begins_with_its_values(
    database: Database, network: SmallNetwork
) -> None:
    occurrence = await open_reviewed_task(database, network)
    owed = await assignment(database, occurrence, school=network.school_1)
    await say_done(database, network.coordinator_1, owed)
    async with database.write() as tx:
        by = {"created_by": network.regional, "created_at": MONDAY}
        await tx._connection.execute(insert(forms).values(id=1, unit_id=network.vladimir, title="Форма", **by))
        await tx._connection.execute(insert(form_versions).values(id=1, form_id=1, number=1, questions=[], **by))
        begun = {"begun_by": network.coordinator_1, "begun_at": MONDAY, "changed_at": MONDAY}
        await tx._connection.execute(
            insert(submissions).values(
                id=1, assignment_id=owed, number=1, form_version_id=1, state="handed_in",
                handed_in_by=network.coordinator_1, handed_in_at=MONDAY, **begun,
            )
        )  # fmt: skip
    await give_back(database, network.municipal, owed, await mark_of(database, owed))

    async with database.read() as tx:
        begins_with = await tx.forms.handed_in(owed)
    assert begins_with is not None
    assert (begins_with.id, begins_with.state) == (1, SubmissionState.RETURNED)


async def test_reasons_go_with_who_wrote_them(database: Database, network: SmallNetwork) -> None:
    occurrence = await open_reviewed_task(database, network)
    owed = await assignment(database, occurrence, school=network.school_1)
    await say_done(database, network.coordinator_1, owed, text="готово")
    await give_back(database, network.municipal, owed, await mark_of(database, owed))
    async with database.write() as tx:
        await tx._connection.execute(
            insert(assignment_requests).values(
                assignment_id=owed, wanted_on=THURSDAY, phrase="до четверга", reason="болеет завуч", state="waiting",
                asked_by=network.coordinator_1, asked_at=LATER, source="u9",
            )
        )  # fmt: skip
    async with database.read() as tx:
        of_coordinator = await tx.people.export(network.coordinator_1)
        of_municipal = await tx.people.export(network.municipal)
    assert of_coordinator["postponements"][0]["reason"] == "болеет завуч"
    assert of_municipal["decisions"][0]["reason"] == "нет подписи директора"

    for person in (network.coordinator_1, network.municipal):
        async with database.write() as tx:
            await tx.people.erase(person, now=LATER)

    async with database.read() as tx:
        kept = [
            (await tx._connection.execute(select(column))).scalars().all()
            for column in (assignment_requests.c.reason, assignment_requests.c.phrase, decisions.c.reason)
        ]
    assert kept == [[None], [None], [None]]


async def test_who_got_all_messages_of_his_ladder_is_reminded_anew_after_a_return(
    database: Database, network: SmallNetwork
) -> None:
    occurrence = await open_reviewed_task(database, network)
    owed = await assignment(database, occurrence, school=network.school_1)
    ladder = Ladder((LadderStep(-3), LadderStep(-1), LadderStep(0)), most=2)
    async with database.write() as tx:
        facts = await tx.matters.occurrence_facts(occurrence)
        assert facts is not None
        by = network.regional
        own = await tx.ladders.add(unit_id=network.vladimir, title="Краткая", ladder=ladder, by=by, now=MONDAY)
        await tx.ladders.attach(facts.activity.id, name=LadderName.USUAL, own=own, is_obligatory=True)
    await plan_notices(database, days=WorkCalendar(), now=MONDAY)
    async with database.write() as tx:
        sent = update(notices).where(notices.c.assignment_id == owed).values(state="sent", claimed_at=MONDAY)
        assert (await tx._connection.execute(sent)).rowcount == 2
    await say_done(database, network.coordinator_1, owed)

    await give_back(database, network.municipal, owed, await mark_of(database, owed))
    await plan_notices(database, days=WorkCalendar(), now=LATER)

    async with database.read() as tx:
        waiting = select(notices.c.days_before).where(
            notices.c.assignment_id == owed, notices.c.state == "planned", notices.c.days_before.is_not(None)
        )
        assert sorted((await tx._connection.execute(waiting)).scalars()) == [0, 1], "as many as of the first term"


async def test_who_comes_to_an_event_is_nobodys_to_accept_or_give_back(
    database: Database, network: SmallNetwork
) -> None:
    occurrence = await open_webinar(database, network)
    owed = await assignment(database, occurrence, person=network.teacher_1)
    await say_done(database, network.teacher_1, owed, Answer.COMING)
    mark = await mark_of(database, owed)
    with pytest.raises(NotFoundError):
        await accept(database, network.regional, owed, mark)
    with pytest.raises(NotFoundError):
        await give_back(database, network.regional, owed, mark)
    assert (await matter(database, owed)).assignment.answer is Answer.COMING
