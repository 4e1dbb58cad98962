from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.domain.errors import DomainError
from bot.domain.ids import AssignmentId
from bot.domain.matters import ActivityKind, Answer, AnswerForm
from bot.domain.network import Reach, Role
from bot.services.accept_reply import (
    AlreadyAnsweredError,
    FormNotFilledError,
)
from storage.database import Database
from storage.tables import activities, replies
from tests.factories import NetworkFactory, SmallNetwork
from tests.opening import assignment, matter, open_task, open_webinar
from tests.services.replying import (
    LATER,
    history,
    problem_notices,
    reply,
)


@pytest.mark.parametrize(
    ("kind", "answer", "is_open"),
    [
        pytest.param(ActivityKind.TASK, Answer.DONE, False, id="done is final"),
        pytest.param(ActivityKind.TASK, Answer.NOTHING_TO_REPORT, False, id="nothing to report is an answer too"),
        pytest.param(ActivityKind.TASK, Answer.IN_PROGRESS, True, id="work in progress is still owed"),
        pytest.param(ActivityKind.TASK, Answer.PROBLEM, True, id="a problem does not settle the matter"),
        pytest.param(ActivityKind.WEBINAR, Answer.COMING, False, id="coming"),
        pytest.param(ActivityKind.WEBINAR, Answer.NOT_COMING, False, id="not coming is an answer as good as any"),
    ],
)
async def test_an_answer_stands_and_the_final_ones_settle_the_matter(
    database: Database, network: SmallNetwork, kind: ActivityKind, answer: Answer, is_open: bool
) -> None:
    if kind is ActivityKind.TASK:
        person = network.coordinator_1
        owed = await assignment(database, await open_task(database, network), school=network.school_1)
    else:
        person = network.teacher_1
        owed = await assignment(database, await open_webinar(database, network), person=person)

    await reply(database, person, owed, answer)

    stored = await matter(database, owed)
    assert stored.assignment.answer is answer
    assert stored.assignment.answered_at == LATER
    assert stored.assignment.answered_by == person
    assert stored.is_open is is_open


async def test_a_second_tap_adds_nothing(database: Database, network: SmallNetwork) -> None:
    owed = await assignment(database, await open_task(database, network), school=network.school_1)
    await reply(database, network.coordinator_1, owed, Answer.DONE, now=LATER)

    again = await reply(database, network.coordinator_1, owed, Answer.DONE, now=LATER + timedelta(minutes=1))

    assert again.is_repeat
    assert again.matter.assignment.answered_at == LATER
    assert len(await history(database, owed)) == 1


async def test_an_update_handled_again_after_a_crash_undoes_no_later_answer(
    database: Database, network: SmallNetwork
) -> None:
    owed = await assignment(database, await open_task(database, network), school=network.school_1)
    await reply(database, network.coordinator_1, owed, Answer.IN_PROGRESS, source="telegram:1")
    await reply(database, network.coordinator_1, owed, Answer.DONE, source="telegram:2")

    again = await reply(database, network.coordinator_1, owed, Answer.IN_PROGRESS, source="telegram:1")

    assert again.is_repeat
    assert (await matter(database, owed)).assignment.answer is Answer.DONE
    assert len(await history(database, owed)) == 2


async def test_the_history_is_kept_and_the_latest_answer_counts(database: Database, network: SmallNetwork) -> None:
    owed = await assignment(database, await open_task(database, network), school=network.school_1)

    await reply(database, network.coordinator_1, owed, Answer.PROBLEM, "нет учителя")
    await reply(database, network.coordinator_1, owed, Answer.DONE)

    stored = await matter(database, owed)
    assert stored.assignment.answer is Answer.DONE
    assert stored.assignment.comment is None, "the problem is not the comment of «Выполнено»"
    name = "Зимина Анна Олеговна"
    assert await history(database, owed) == [(name, Answer.PROBLEM, "нет учителя"), (name, Answer.DONE, None)]


async def test_a_comment_changes_no_answer_and_survives_the_next_one(database: Database, network: SmallNetwork) -> None:
    owed = await assignment(database, await open_task(database, network), school=network.school_1)

    await reply(database, network.coordinator_1, owed, None, "Отправим завтра", version=None)
    assert (await matter(database, owed)).assignment.answer is None

    await reply(database, network.coordinator_1, owed, Answer.IN_PROGRESS)
    assert (await matter(database, owed)).assignment.comment == "Отправим завтра"


async def test_two_coordinators_of_one_school_answer_at_once(
    database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    second = factory.person("Рябов Пётр Ильич", network.school_1, Role.COORDINATOR)
    owed = await assignment(database, await open_task(database, network), school=network.school_1)

    outcomes = await asyncio.gather(
        reply(database, network.coordinator_1, owed, Answer.DONE),
        reply(database, second, owed, Answer.NOTHING_TO_REPORT),
        return_exceptions=True,
    )

    refused = [outcome for outcome in outcomes if isinstance(outcome, DomainError)]
    assert [type(refusal) for refusal in refused] == [AlreadyAnsweredError]
    assert len(await history(database, owed)) == 1, "the first one stands; the second is told of it"


@pytest.mark.parametrize(
    ("first", "second", "is_change", "stands"),
    [
        pytest.param(Answer.DONE, Answer.IN_PROGRESS, False, Answer.DONE, id="an old button undoes no final answer"),
        pytest.param(Answer.DONE, Answer.IN_PROGRESS, True, Answer.IN_PROGRESS, id="«Изменить ответ» does"),
        pytest.param(Answer.IN_PROGRESS, Answer.DONE, False, Answer.DONE, id="what is under way may be finished"),
        pytest.param(Answer.DONE, Answer.DONE, False, Answer.DONE, id="the same answer is no conflict"),
    ],
)
async def test_a_colleagues_answer_is_changed_only_on_purpose(
    database: Database,
    network: SmallNetwork,
    factory: NetworkFactory,
    first: Answer,
    second: Answer,
    is_change: bool,
    stands: Answer,
) -> None:
    colleague = factory.person("Рябов Пётр Ильич", network.school_1, Role.COORDINATOR)
    owed = await assignment(database, await open_task(database, network), school=network.school_1)
    await reply(database, network.coordinator_1, owed, first)

    if stands is first and second is not first:
        with pytest.raises(AlreadyAnsweredError):
            await reply(database, colleague, owed, second, is_change=is_change)
    else:
        await reply(database, colleague, owed, second, is_change=is_change)

    assert (await matter(database, owed)).assignment.answer is stands


async def test_one_changes_ones_own_answer_from_any_message(database: Database, network: SmallNetwork) -> None:
    owed = await assignment(database, await open_webinar(database, network), person=network.teacher_1)
    await reply(database, network.teacher_1, owed, Answer.COMING)

    await reply(database, network.teacher_1, owed, Answer.NOT_COMING, "урок")

    stored = await matter(database, owed)
    assert (stored.assignment.answer, stored.assignment.comment) == (Answer.NOT_COMING, "урок")


async def test_a_problem_of_a_school_is_told_to_the_nearest_coordinator_above_once(
    database: Database, network: SmallNetwork
) -> None:
    owed = await assignment(database, await open_task(database, network), school=network.school_1)

    await reply(database, network.coordinator_1, owed, Answer.PROBLEM, "нет света", source="telegram:7")
    await reply(database, network.coordinator_1, owed, Answer.PROBLEM, "нет света", source="telegram:7")

    assert await problem_notices(database) == [network.municipal]


async def test_a_problem_goes_further_up_where_nobody_nearer_can_be_reached(
    database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    owed = await assignment(database, await open_task(database, network), school=network.school_3)
    factory.person("Чуев Олег Олегович", network.murom, Role.COORDINATOR, reach=Reach.BLOCKED)

    await reply(database, network.coordinator_3, owed, Answer.PROBLEM, "нет света")

    assert await problem_notices(database) == [network.regional]


@pytest.mark.parametrize("text", ["<b>жирный</b> & «кавычки»", "🙂🇷🇺 нет света", "a" * 1000])
async def test_a_text_is_stored_as_it_was_typed(database: Database, network: SmallNetwork, text: str) -> None:
    owed = await assignment(database, await open_task(database, network), school=network.school_1)

    await reply(database, network.coordinator_1, owed, Answer.PROBLEM, text)

    assert (await matter(database, owed)).assignment.comment == text


async def test_every_reply_is_kept_with_the_update_it_came_in(database: Database, network: SmallNetwork) -> None:
    owed = await assignment(database, await open_task(database, network), school=network.school_1)

    await reply(database, network.coordinator_1, owed, Answer.DONE, source="telegram:42")

    async with database.read() as tx:
        sources = (await tx._connection.execute(select(replies.c.source))).scalars().all()
    assert sources == ["telegram:42"]


class TestWhatDoneAsksFor:
    @pytest.mark.parametrize(
        ("form", "text", "is_taken"),
        [
            pytest.param(AnswerForm.TEXT, "Провели в двух классах", True, id="a line"),
            pytest.param(AnswerForm.TEXT, None, False, id="nothing where a line is asked for"),
            pytest.param(AnswerForm.NUMBER, "25", True, id="a number"),
            pytest.param(AnswerForm.NUMBER, "1 250,5", True, id="thousands and a fraction"),
            pytest.param(AnswerForm.NUMBER, "40 %", True, id="a share"),
            pytest.param(AnswerForm.NUMBER, "двадцать пять", False, id="a number in words"),
            pytest.param(AnswerForm.NUMBER, "25 учеников", False, id="a number with words"),
            pytest.param(AnswerForm.LINK, "https://school.ru/news/15", True, id="a link"),
            pytest.param(AnswerForm.LINK, "school.ru/news", True, id="a link as people type it"),
            pytest.param(AnswerForm.LINK, "на сайте школы", False, id="words about a link"),
        ],
    )
    async def test_done_is_taken_with_what_it_asks_for(
        self, database: Database, network: SmallNetwork, form: AnswerForm, text: str | None, is_taken: bool
    ) -> None:
        owed = await owed_with(database, network, form)

        if not is_taken:
            with pytest.raises(FormNotFilledError):
                await reply(database, network.coordinator_1, owed, Answer.DONE, text)
            return
        accepted = await reply(database, network.coordinator_1, owed, Answer.DONE, text)

        assert (accepted.matter.assignment.answer, accepted.matter.assignment.comment) == (Answer.DONE, text)

    async def test_the_other_answers_ask_for_nothing(self, database: Database, network: SmallNetwork) -> None:
        owed = await owed_with(database, network, AnswerForm.NUMBER)

        accepted = await reply(database, network.coordinator_1, owed, Answer.IN_PROGRESS)

        assert accepted.matter.assignment.answer is Answer.IN_PROGRESS


async def owed_with(database: Database, network: SmallNetwork, form: AnswerForm) -> AssignmentId:
    occurrence = await open_task(database, network)
    async with database.write() as tx:
        await tx._connection.execute(update(activities).values(asks=form.value))
    return await assignment(database, occurrence, school=network.school_1)
