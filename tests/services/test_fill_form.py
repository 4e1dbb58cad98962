from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.domain.errors import NotAllowedError, NotFoundError
from bot.domain.forms import Question, QuestionKind, SubmissionState, Value
from bot.domain.matters import Answer
from bot.domain.network import Role
from bot.services.accept_reply import AlreadyAnsweredError, FormNotFilledError, GivenReply, accept_reply
from bot.services.export_board import export_board
from bot.services.fill_form import (
    AnsweredMeanwhileError,
    FillingOverError,
    FormIncompleteError,
    UnlikelyValueError,
    give_up_changes,
    show_filling,
)
from bot.services.make_form import FormInUseError, attach_form, make_form
from bot.services.show_form import show_form
from storage.database import Database
from storage.tables import replies
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import NetworkFactory, SmallNetwork
from tests.forms import (
    QUESTIONS,
    activity_of,
    begin,
    form_on,
    hand_in,
    handed_in_with,
    next_date,
    say,
    task_with_form,
)
from tests.opening import assignment, matter, open_task, open_webinar


async def test_a_form_is_handed_in_as_the_answer(database: Database, network: SmallNetwork) -> None:
    owed = await task_with_form(database, network)
    filling = await begin(database, network.coordinator_1, owed)
    for place, words in enumerate(("21", "да", "в школе")):
        filling = await say(database, network.coordinator_1, filling, place, words)
    standing = (await matter(database, owed)).form
    assert standing is not None
    assert (standing.answered, standing.total, standing.is_handed_in) == (3, 4, False)
    accepted = await hand_in(database, network.coordinator_1, filling)
    assert accepted.matter.assignment.answer is Answer.DONE
    assert accepted.matter.form is not None
    assert accepted.matter.form.is_handed_in
    again = await hand_in(database, network.coordinator_1, filling)
    assert again.is_repeat, "the same update handled twice"
    with pytest.raises(FillingOverError):
        await say(database, network.coordinator_1, filling, 0, "22")


async def test_done_without_the_form_is_not_done(database: Database, network: SmallNetwork) -> None:
    owed = await task_with_form(database, network)
    actor = await actor_of(database, network.coordinator_1)
    with pytest.raises(FormNotFilledError):
        await accept_reply(database, actor=actor, reply=GivenReply(owed, Answer.DONE), source="u:1", now=MONDAY)
    reply = GivenReply(owed, Answer.NOTHING_TO_REPORT)
    accepted = await accept_reply(database, actor=actor, reply=reply, source="u:2", now=MONDAY)
    assert not accepted.matter.is_open, "«Нечего сообщать» is an answer without the form"


async def test_what_is_missing_is_named_and_nothing_is_handed_in(database: Database, network: SmallNetwork) -> None:
    owed = await task_with_form(database, network)
    filling = await say(database, network.coordinator_1, await begin(database, network.coordinator_1, owed), 0, "21")
    with pytest.raises(FormIncompleteError) as refusal:
        await hand_in(database, network.coordinator_1, filling)
    assert [question.key for question in refusal.value.filling.submission.missing] == ["order", "place"]
    assert (await matter(database, owed)).is_open


async def test_the_coordinators_of_a_school_fill_in_one_draft(
    database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    owed = await task_with_form(database, network)
    second = factory.person("Юдина Мария Львовна", network.school_1, Role.COORDINATOR)
    first = await begin(database, network.coordinator_1, owed)
    other = await begin(database, second, owed)
    assert first.submission.id == other.submission.id
    await asyncio.gather(say(database, network.coordinator_1, first, 0, "21"), say(database, second, other, 1, "да"))
    seen = await show_filling(database, actor=await actor_of(database, second), submission_id=first.submission.id)
    names = {key: given.full_name for key, given in seen.submission.given.items()}
    assert names == {"mentors": "Зимина Анна Олеговна", "order": "Юдина Мария Львовна"}
    with pytest.raises(AnsweredMeanwhileError) as refusal:
        await say(database, second, other, 0, "40")
    assert refusal.value.filling.submission.given["mentors"].value == Value("21", 21)
    changed = await say(database, second, other, 0, "40", seen=network.coordinator_1)
    assert changed.submission.given["mentors"].person_id == second, "having seen it, he may change it"


async def test_nobody_else_sees_or_changes_the_draft(database: Database, network: SmallNetwork) -> None:
    owed = await task_with_form(database, network)
    filling = await begin(database, network.coordinator_1, owed)
    for stranger in (network.coordinator_2, network.teacher_1, network.regional):
        with pytest.raises(NotFoundError):
            await begin(database, stranger, owed)
        with pytest.raises(NotFoundError):
            await say(database, stranger, filling, 0, "1")
        with pytest.raises(NotFoundError):
            await hand_in(database, stranger, filling)


async def test_the_figures_of_last_time_are_offered_and_compared_with(
    database: Database, network: SmallNetwork
) -> None:
    first = await open_task(database, network)
    await form_on(database, network, first)
    of_first = await assignment(database, first, school=network.school_1)
    await handed_in_with(database, network.coordinator_1, of_first, "17", "да", "в школе", "тесно")
    neighbour = await assignment(database, first, school=network.school_2)
    await handed_in_with(database, network.coordinator_2, neighbour, "400", "да", "в школе")
    second = await next_date(database, first, after=timedelta(days=30))
    owed = await assignment(database, second, school=network.school_1)
    filling = await begin(database, network.coordinator_1, owed)
    assert filling.last["mentors"] == Value("17", 17), "of this school, not of its neighbour"
    assert not filling.submission.given, "offered, not filled in"
    with pytest.raises(UnlikelyValueError) as refusal:
        await say(database, network.coordinator_1, filling, 0, "170")
    assert refusal.value.last.number == 17
    sure = await say(database, network.coordinator_1, filling, 0, "170", is_sure=True)
    assert sure.submission.given["mentors"].value.number == 170


async def test_what_was_handed_in_is_changed_by_another_filling(database: Database, network: SmallNetwork) -> None:
    owed = await task_with_form(database, network)
    await handed_in_with(database, network.coordinator_1, owed, "21", "да", "в школе")
    with pytest.raises(AlreadyAnsweredError):
        await begin(database, network.coordinator_1, owed)
    change = await begin(database, network.coordinator_1, owed, is_change=True)
    assert change.submission.number == 2
    assert change.submission.answered == 3, "it begins with the old answers"
    change = await say(database, network.coordinator_1, change, 0, "25")
    actor = await actor_of(database, network.coordinator_1)
    standing = await show_form(database, actor=actor, assignment_id=owed)
    assert standing.submission.given["mentors"].value.number == 21, "until the change is handed in the first stands"
    await hand_in(database, network.coordinator_1, change, is_change=True)
    standing = await show_form(database, actor=actor, assignment_id=owed)
    assert standing.submission.given["mentors"].value.number == 25
    async with database.read() as tx:
        count = await tx._connection.execute(select(func.count()).where(replies.c.assignment_id == owed))
    assert count.scalar_one() == 2, "the history has both"


async def test_a_change_that_is_given_up_leaves_the_first(database: Database, network: SmallNetwork) -> None:
    owed = await task_with_form(database, network)
    await handed_in_with(database, network.coordinator_1, owed, "21", "да", "в школе")
    actor = await actor_of(database, network.coordinator_1)
    change = await begin(database, network.coordinator_1, owed, is_change=True)
    after = await give_up_changes(database, actor=actor, submission_id=change.submission.id, now=MONDAY)
    assert after.form is not None
    assert after.form.answered is None
    assert after.form.is_handed_in
    first_of_all = await begin(database, network.coordinator_1, await task_with_form(database, network))
    with pytest.raises(NotFoundError):
        await give_up_changes(database, actor=actor, submission_id=first_of_all.submission.id, now=MONDAY)


async def test_the_coordinator_above_sees_what_was_handed_in_and_a_neighbour_does_not(
    database: Database, network: SmallNetwork
) -> None:
    owed = await task_with_form(database, network)
    filling = await begin(database, network.coordinator_1, owed)
    for person in (network.regional, network.coordinator_1):
        with pytest.raises(NotFoundError):
            await show_form(database, actor=await actor_of(database, person), assignment_id=owed)
    for place, words in enumerate(("21", "да", "в школе")):
        filling = await say(database, network.coordinator_1, filling, place, words)
    await hand_in(database, network.coordinator_1, filling)
    seen = await show_form(database, actor=await actor_of(database, network.municipal), assignment_id=owed)
    assert seen.submission.state is SubmissionState.HANDED_IN
    assert not seen.is_own
    for stranger in (network.coordinator_2, network.amur_regional, network.teacher_1):
        with pytest.raises(NotFoundError):
            await show_form(database, actor=await actor_of(database, stranger), assignment_id=owed)


async def test_an_answer_of_a_colleague_is_overruled_on_purpose_only(
    database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    owed = await task_with_form(database, network)
    second = factory.person("Юдина Мария Львовна", network.school_1, Role.COORDINATOR)
    filling = await begin(database, network.coordinator_1, owed)
    for place, words in enumerate(("21", "да", "в школе")):
        filling = await say(database, network.coordinator_1, filling, place, words)
    nothing = GivenReply(owed, Answer.NOTHING_TO_REPORT)
    await accept_reply(database, actor=await actor_of(database, second), reply=nothing, source="u:9", now=MONDAY)
    with pytest.raises(AlreadyAnsweredError):
        await hand_in(database, network.coordinator_1, filling)
    accepted = await hand_in(database, network.coordinator_1, filling, is_change=True)
    assert accepted.matter.assignment.answer is Answer.DONE


async def test_forms_are_made_and_given_within_ones_own_part(database: Database, network: SmallNetwork) -> None:
    occurrence = await open_task(database, network)
    activity_id = await activity_of(database, occurrence)
    regional, foreign = await actor_of(database, network.regional), await actor_of(database, network.amur_regional)
    with pytest.raises(NotAllowedError):
        await make_form(database, actor=foreign, unit_id=network.vladimir, title="Чужая", questions=QUESTIONS,
                        source="s:1", now=MONDAY)  # fmt: skip
    form_id = await make_form(database, actor=regional, unit_id=network.vladimir, title="Своя", questions=QUESTIONS,
                              source="s:2", now=MONDAY)  # fmt: skip
    again = await make_form(database, actor=regional, unit_id=network.vladimir, title="Своя", questions=QUESTIONS,
                            source="s:2", now=MONDAY)  # fmt: skip
    assert again == form_id, "the same update makes one form"
    with pytest.raises(NotAllowedError):
        await attach_form(database, actor=foreign, activity_id=activity_id, form_id=form_id, now=MONDAY)
    municipal = await actor_of(database, network.municipal)
    with pytest.raises(NotAllowedError):
        await attach_form(database, actor=municipal, activity_id=activity_id, form_id=form_id, now=MONDAY)
    await attach_form(database, actor=regional, activity_id=activity_id, form_id=form_id, now=MONDAY)
    await begin(database, network.coordinator_1, await assignment(database, occurrence, school=network.school_1))
    with pytest.raises(FormInUseError):
        await attach_form(database, actor=regional, activity_id=activity_id, form_id=None, now=MONDAY)


async def test_an_event_takes_no_form(database: Database, network: SmallNetwork) -> None:
    webinar = await open_webinar(database, network)
    with pytest.raises(NotFoundError):
        await form_on(database, network, webinar, (Question("q1", QuestionKind.TEXT, "Зачем?"),))


async def test_another_answer_takes_the_form_back(database: Database, network: SmallNetwork) -> None:
    owed = await task_with_form(database, network)
    await handed_in_with(database, network.coordinator_1, owed, "21", "да", "в школе")
    actor = await actor_of(database, network.coordinator_1)
    nothing = GivenReply(owed, Answer.NOTHING_TO_REPORT, is_change=True)
    after = await accept_reply(database, actor=actor, reply=nothing, source="u:7", now=MONDAY)
    assert after.matter.form is not None
    assert not after.matter.form.is_handed_in
    export = await export_board(
        database,
        actor=await actor_of(database, network.regional),
        occurrence_id=after.matter.assignment.occurrence_id,
    )
    assert export.questions == ()
    assert [page async for page in export.pages() if page.forms] == [], "its figures count no more"
    again = await begin(database, network.coordinator_1, owed, is_change=True)
    assert again.submission.answered == 3, "yet they are a start for the next"


async def test_what_was_returned_begins_with_its_answers_also_beside_a_change(
    database: Database, network: SmallNetwork
) -> None:
    owed = await task_with_form(database, network)
    await handed_in_with(database, network.coordinator_1, owed, "21", "да", "в школе")
    change = await begin(database, network.coordinator_1, owed, is_change=True)
    async with database.write() as tx:
        await tx.reviews.take_back(owed)
    actor = await actor_of(database, network.municipal)
    returned = await show_form(database, actor=actor, assignment_id=owed)
    assert returned.submission.state is SubmissionState.RETURNED
    going_on = await begin(database, network.coordinator_1, owed)
    assert going_on.submission.id == change.submission.id
    assert not going_on.is_change
    accepted = await hand_in(database, network.coordinator_1, going_on)
    assert accepted.matter.assignment.answer is Answer.DONE
