"""Acceptance and return: what waits, who decides, and what a decision is about."""

from __future__ import annotations

import asyncio
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from bot.domain.board import Tally
from bot.domain.calendar import WorkCalendar
from bot.domain.delivery import NoticeState
from bot.domain.errors import NotFoundError
from bot.domain.forms import SubmissionState
from bot.domain.ids import AssignmentId, OccurrenceId, PersonId
from bot.domain.matters import Answer, LadderName
from bot.domain.network import Role
from bot.domain.own_terms import TermPastError
from bot.domain.reviewing import AnswerMark, Review
from bot.domain.steps import Ladder, LadderStep
from bot.services.accept_reply import (
    AcceptedReply,
    AnswerAcceptedError,
    GivenReply,
    ReasonNeededError,
    accept_reply,
)
from bot.services.ask_acceptance import ask_acceptance
from bot.services.plan_notices import plan_notices
from bot.services.review_answers import (
    TIME_TO_UNDO,
    AnswerChangedError,
    DecidedAlreadyError,
    ReturnReasonNeededError,
    Reviewed,
    accept_answer,
    accept_shown,
    list_queue,
    next_in_queue,
    return_answer,
    undo_acceptance,
)
from bot.services.show_history import show_history
from storage.database import Database
from storage.tables import activities, notices, occurrences, persons
from storage.task_tables import assignment_requests, decisions, form_versions, forms, submissions
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import NetworkFactory, SmallNetwork
from tests.opening import assignment, matter, open_task, open_webinar

LATER = MONDAY + timedelta(hours=1)
THURSDAY = date(2026, 9, 10)


async def open_reviewed_task(database: Database, network: SmallNetwork) -> OccurrenceId:
    occurrence = await open_task(database, network)
    async with database.write() as tx:
        its_own = select(occurrences.c.activity_id).where(occurrences.c.id == occurrence).scalar_subquery()
        await tx._connection.execute(
            update(activities).where(activities.c.id == its_own).values(needs_acceptance=True)
        )  # fmt: skip
    return occurrence


async def say_done(
    database: Database,
    person: PersonId,
    owed: AssignmentId,
    answer: Answer = Answer.DONE,
    text: str | None = None,
    *,
    now: datetime = LATER,
) -> AcceptedReply:
    reply = GivenReply(owed, answer, text, version=1, is_change=True)
    source = f"{person}:{owed}:{answer}:{now}"
    return await accept_reply(database, actor=await actor_of(database, person), reply=reply, source=source, now=now)


async def mark_of(database: Database, owed: AssignmentId) -> AnswerMark:
    async with database.read() as tx:
        mark = await tx.reviews.mark(owed)
    assert mark is not None
    return mark


async def accept(
    database: Database,
    person: PersonId,
    owed: AssignmentId,
    mark: AnswerMark,
    *,
    source: str = "",
    now: datetime = LATER,
) -> Reviewed:
    return await accept_answer(
        database,
        actor=await actor_of(database, person),
        assignment_id=owed,
        mark=mark,
        source=f"accept:{person}:{owed}:{mark}",
        now=now,
    )


async def give_back(
    database: Database,
    person: PersonId,
    owed: AssignmentId,
    mark: AnswerMark,
    *,
    reason: str = "нет подписи директора",
    due_on: date = THURSDAY,
    source: str = "return",
) -> Reviewed:
    return await return_answer(
        database,
        actor=await actor_of(database, person),
        assignment_id=owed,
        mark=mark,
        reason=reason,
        due_on=due_on,
        source=source,
        now=LATER,
    )


async def planned(database: Database, prefix: str) -> list[tuple[PersonId, datetime]]:
    async with database.read() as tx:
        rows = await tx._connection.execute(
            select(notices.c.person_id, notices.c.due_at).where(notices.c.key.startswith(prefix)).order_by(notices.c.id)
        )
        return [(PersonId(row.person_id), row.due_at) for row in rows]


async def tally(database: Database, network: SmallNetwork, occurrence: OccurrenceId) -> Tally:
    async with database.read() as tx:
        unit = await tx.units.get(network.suzdal)
        assert unit is not None
        line = await tx.board.line(occurrence, [unit.path])
    assert line is not None
    return line.tally


async def test_an_answer_waits_and_the_coordinator_hears_of_many_at_once(
    database: Database, network: SmallNetwork
) -> None:
    occurrence = await open_reviewed_task(database, network)
    for school, person in ((network.school_1, network.coordinator_1), (network.school_2, network.coordinator_2)):
        done = await say_done(database, person, await assignment(database, occurrence, school=school))
        assert done.matter.is_in_review
        assert not done.matter.is_open, "nobody is reminded while it waits"

    assert await planned(database, "review:") == [(network.municipal, datetime(2026, 9, 7, 12, tzinfo=UTC))], (
        "one message at three in the afternoon, whatever their number"
    )
    assert await tally(database, network, occurrence) == Tally(in_review=2)
    queue = await list_queue(database, actor=await actor_of(database, network.municipal))
    assert [one.matter.assignment.unit_id for one in queue.answers] == [network.school_1, network.school_2]


@pytest.mark.parametrize(
    ("zone", "state", "again_at", "reason"),
    [
        (None, NoticeState.PLANNED, None, "that one will count it too"),
        (None, NoticeState.SENT, datetime(2026, 9, 8, 6, tzinfo=UTC), "one a day: tomorrow at nine"),
        (None, NoticeState.CANCELLED, datetime(2026, 9, 8, 6, tzinfo=UTC), "nothing waited: the next look"),
        ("Asia/Vladivostok", NoticeState.SENT, datetime(2026, 9, 8, 23, tzinfo=UTC), "his own clock, not the school's"),
    ],
)
async def test_a_reviewer_is_told_once_a_day_on_his_own_clock(
    database: Database,
    network: SmallNetwork,
    zone: str | None,
    state: NoticeState,
    again_at: datetime | None,
    reason: str,
) -> None:
    """The first at 15:00 in Moscow, or at nine the next day of Vladivostok; the second answer comes after it."""
    async with database.write() as tx:
        await tx._connection.execute(update(persons).where(persons.c.id == network.municipal).values(timezone=zone))
    occurrence = await open_reviewed_task(database, network)
    await say_done(database, network.coordinator_1, await assignment(database, occurrence, school=network.school_1))
    first = await planned(database, "review:")
    async with database.write() as tx:
        await tx._connection.execute(
            update(notices).where(notices.c.key.startswith("review:")).values(state=state.value, settled_at=first[0][1])
        )
    second = await assignment(database, occurrence, school=network.school_2)
    await say_done(database, network.coordinator_2, second, now=first[0][1] + timedelta(minutes=1))
    later = [at for _, at in await planned(database, "review:") if at != first[0][1]]
    assert later == ([again_at] if again_at else []), reason


async def test_accepted_it_is_in_time_and_locked_and_the_school_hears_when_it_can_be_undone_no_more(
    database: Database, network: SmallNetwork
) -> None:
    occurrence = await open_reviewed_task(database, network)
    owed = await assignment(database, occurrence, school=network.school_1)
    await say_done(database, network.coordinator_1, owed)

    reviewed = await accept(database, network.municipal, owed, await mark_of(database, owed))

    assert reviewed.matter.is_accepted
    assert await tally(database, network, occurrence) == Tally(in_time=1, silent=1)
    assert await planned(database, "accepted:") == [(network.coordinator_1, LATER + TIME_TO_UNDO)]
    with pytest.raises(AnswerAcceptedError):
        await say_done(database, network.coordinator_1, owed, Answer.IN_PROGRESS)


async def test_two_coordinators_decide_at_once_and_the_first_counts(
    database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    occurrence = await open_reviewed_task(database, network)
    owed = await assignment(database, occurrence, school=network.school_1)
    second = factory.person("Дёмин Олег Ильич", network.suzdal, Role.COORDINATOR)
    await say_done(database, network.coordinator_1, owed)
    mark = await mark_of(database, owed)

    outcomes = await asyncio.gather(
        accept(database, network.municipal, owed, mark),
        give_back(database, second, owed, mark),
        return_exceptions=True,
    )

    refused = [one for one in outcomes if isinstance(one, DecidedAlreadyError)]
    assert len(refused) == 1
    assert refused[0].decision.decided_by in ("Белов Пётр Андреевич", "Дёмин Олег Ильич")
    async with database.read() as tx:
        assert len((await tx._connection.execute(select(decisions.c.id))).all()) == 1


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


async def test_the_same_update_decides_once(database: Database, network: SmallNetwork) -> None:
    occurrence = await open_reviewed_task(database, network)
    owed = await assignment(database, occurrence, school=network.school_1)
    await say_done(database, network.coordinator_1, owed)
    mark = await mark_of(database, owed)

    first = await give_back(database, network.municipal, owed, mark)
    again = await give_back(database, network.municipal, owed, mark)

    assert again.decision_id == first.decision_id
    assert len(await planned(database, "returned:")) == 1


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


@pytest.mark.parametrize("field", ["coordinator_1", "coordinator_2", "teacher_1", "amur_regional"])
async def test_nobody_but_those_above_decides(database: Database, network: SmallNetwork, field: str) -> None:
    occurrence = await open_reviewed_task(database, network)
    owed = await assignment(database, occurrence, school=network.school_1)
    await say_done(database, network.coordinator_1, owed)
    mark = await mark_of(database, owed)
    with pytest.raises(NotFoundError):
        await accept(database, getattr(network, field), owed, mark)
    with pytest.raises(NotFoundError):
        await give_back(database, getattr(network, field), owed, mark)


async def test_a_school_does_not_find_its_own_answers_among_those_to_accept(
    database: Database, network: SmallNetwork
) -> None:
    occurrence = await open_reviewed_task(database, network)
    await say_done(database, network.coordinator_1, await assignment(database, occurrence, school=network.school_1))
    assert (await list_queue(database, actor=await actor_of(database, network.coordinator_1))).total == 0
    assert (await list_queue(database, actor=await actor_of(database, network.regional))).total == 1


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


async def test_a_wrong_tap_is_taken_back_at_once_and_only_by_who_made_it(
    database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    occurrence = await open_reviewed_task(database, network)
    owed = await assignment(database, occurrence, school=network.school_1)
    second = factory.person("Дёмин Олег Ильич", network.suzdal, Role.COORDINATOR)
    await say_done(database, network.coordinator_1, owed)
    accepted = await accept(database, network.municipal, owed, await mark_of(database, owed))

    async def undo(person: PersonId, after: timedelta, source: str) -> None:
        await undo_acceptance(
            database,
            actor=await actor_of(database, person),
            decision_id=accepted.decision_id,
            source=source,
            now=LATER + after,
        )

    with pytest.raises(DecidedAlreadyError):
        await undo(second, timedelta(minutes=1), "another's")
    with pytest.raises(DecidedAlreadyError):
        await undo(network.municipal, TIME_TO_UNDO, "too late")
    await undo(network.municipal, timedelta(minutes=1), "u1")
    await undo(network.municipal, timedelta(minutes=2), "u1")
    assert (await matter(database, owed)).is_in_review


async def test_a_page_is_accepted_at_once_without_what_came_since_and_without_not_ours(
    database: Database, network: SmallNetwork
) -> None:
    occurrence = await open_reviewed_task(database, network)
    schools = (
        (network.school_1, network.coordinator_1, Answer.DONE, None),
        (network.school_2, network.coordinator_2, Answer.NOT_OURS, "не наше"),
        (network.school_3, network.coordinator_3, Answer.DONE, None),
    )
    owed = {}
    for school, person, answer, text in schools:
        owed[school] = await assignment(database, occurrence, school=school)
        await say_done(database, person, owed[school], answer, text)
    actor = await actor_of(database, network.regional)
    shown = await list_queue(database, actor=actor)
    changed = LATER + timedelta(minutes=1)
    await say_done(database, network.coordinator_3, owed[network.school_3], Answer.NOTHING_TO_REPORT, now=changed)
    marks = [one.mark.reply_id for one in shown.answers]

    taken = await accept_shown(
        database, actor=actor, first=marks[0], last=marks[-1], occurrence_id=None, source="u1", now=changed
    )

    assert taken == 1, "the third has answered anew since, the second is decided by itself"
    assert (await matter(database, owed[network.school_1])).is_accepted
    following = await next_in_queue(database, actor=actor, after=marks[0])
    assert following is not None
    assert following.matter.assignment.id == owed[network.school_2]


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


async def test_acceptance_is_asked_for_after_planning_and_answers_given_before_wait_too(
    database: Database, network: SmallNetwork
) -> None:
    occurrence = await open_task(database, network)
    owed = await assignment(database, occurrence, school=network.school_1)
    await say_done(database, network.coordinator_1, owed)
    activity_id = (await matter(database, owed)).activity_id
    for person, is_refused in ((network.municipal, True), (network.regional, False)):
        actor = await actor_of(database, person)
        with pytest.raises(NotFoundError) if is_refused else nullcontext():
            await ask_acceptance(database, actor=actor, activity_id=activity_id, is_needed=True, now=LATER)
    assert (await matter(database, owed)).is_in_review
    assert await tally(database, network, occurrence) == Tally(in_review=1, silent=1)


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
