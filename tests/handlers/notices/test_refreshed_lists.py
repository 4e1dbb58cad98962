"""A day's reminders in one message: the line of a matter follows what is answered and decided about it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.domain.ids import AssignmentId, PersonId
from bot.domain.matters import Answer
from bot.domain.network import Role
from bot.ports.dialogues import Dialogue, dialogue_key
from storage.database import Database
from storage.tables import notices
from tests.calendar_days import MONDAY
from tests.factories import NetworkFactory, SmallNetwork, account_of
from tests.handlers.notices.editing import DAYS, edits
from tests.opening import assignment, open_task
from tests.planning import plan_notices
from tests.services.reviewing import LATER, accept, give_back, mark_of, open_reviewed_task, say_done

REPORT, MEETINGS = "Отчёт о питании", "Провести родительские собрания"
LIST = 700  # and the number of its reader
AN_HOUR_LATER = LATER + timedelta(hours=1)


@pytest.fixture
def colleague(factory: NetworkFactory, network: SmallNetwork) -> PersonId:
    """Of ``coordinator_1``, at the same school."""
    return factory.person("Рябов Пётр Ильич", network.school_1, Role.COORDINATOR)


@pytest.fixture
async def owed(database: Database, network: SmallNetwork, colleague: PersonId) -> AssignmentId:
    """One of the two matters that both coordinators of the first school were reminded of in one message."""
    occurrence = await open_reviewed_task(database, network)
    await open_task(database, network, title=REPORT)
    await plan_notices(database, now=MONDAY, days=DAYS)
    for person in (network.coordinator_1, colleague):
        await reminded(database, person)
    return await assignment(database, occurrence, school=network.school_1)


async def test_the_line_says_that_a_colleague_has_answered(
    database: Database, network: SmallNetwork, colleague: PersonId, owed: AssignmentId
) -> None:
    await say_done(database, network.coordinator_1, owed)

    text = await shown(database, colleague)
    assert "Обновлено:</b> так стоят дела" in text
    assert line(text, MEETINGS).endswith("✅ отвечено")
    assert "отвечено" not in line(text, REPORT)


async def test_his_own_list_follows_when_he_is_through_with_it(
    database: Database, network: SmallNetwork, owed: AssignmentId
) -> None:
    """The message of the list shows him the matter that he answers just now."""
    await say_done(database, network.coordinator_1, owed)

    assert await edits(database, network.coordinator_1, now=LATER + timedelta(minutes=9)) == {}
    assert line(await shown(database, network.coordinator_1), MEETINGS).endswith("✅ отвечено")


async def test_nothing_is_edited_by_an_answer_that_leaves_everything_owed(
    database: Database, network: SmallNetwork, colleague: PersonId, owed: AssignmentId
) -> None:
    await say_done(database, network.coordinator_1, owed, Answer.IN_PROGRESS)

    assert await edits(database, colleague, now=AN_HOUR_LATER) == {}


async def test_what_is_after_all_still_in_work_is_owed_again(
    database: Database, network: SmallNetwork, colleague: PersonId, owed: AssignmentId
) -> None:
    """«Выполнено» was a wrong tap: a line that went on saying so would keep the others from it."""
    await say_done(database, network.coordinator_1, owed)
    assert line(await shown(database, colleague), MEETINGS).endswith("✅ отвечено")
    later = AN_HOUR_LATER + timedelta(minutes=1)
    await say_done(database, network.coordinator_1, owed, Answer.IN_PROGRESS, now=later)

    text = (await edits(database, colleague, now=later))[await his_list(database, colleague)]
    assert "отвечено" not in line(text, MEETINGS)


async def test_what_is_given_back_is_owed_again(
    database: Database, network: SmallNetwork, colleague: PersonId, owed: AssignmentId
) -> None:
    await say_done(database, network.coordinator_1, owed)
    await give_back(database, network.municipal, owed, await mark_of(database, owed))

    assert "отвечено" not in await shown(database, colleague)


async def test_an_acceptance_changes_no_line(
    database: Database, network: SmallNetwork, colleague: PersonId, owed: AssignmentId
) -> None:
    await say_done(database, network.coordinator_1, owed)
    await edits(database, colleague, now=AN_HOUR_LATER)
    await accept(database, network.municipal, owed, await mark_of(database, owed))

    later = AN_HOUR_LATER + timedelta(hours=1)
    assert await his_list(database, colleague) not in await edits(database, colleague, now=later)


async def test_no_edit_comes_over_what_its_reader_is_asked_in_that_message(
    database: Database, network: SmallNetwork, colleague: PersonId, owed: AssignmentId
) -> None:
    """He has opened the other matter from the list, and fills its form in there."""
    message = await his_list(database, colleague)
    key = dialogue_key(1, account_of(colleague), account_of(colleague))
    async with database.write() as tx:
        await tx.dialogues.put(key, Dialogue("FillingIn:answering", {"message": message}), now=LATER)
    await say_done(database, network.coordinator_1, owed)

    assert await edits(database, colleague, now=AN_HOUR_LATER) == {}

    async with database.write() as tx:
        await tx.dialogues.put(key, Dialogue(), now=AN_HOUR_LATER)
    assert message in await edits(database, colleague, now=AN_HOUR_LATER + timedelta(minutes=2))


async def reminded(database: Database, person: PersonId) -> None:
    """Both reminders of this person came in one message; what else was planned of these matters stays away."""
    of_reminders = select(notices.c.id).where(notices.c.kind == "reminder", notices.c.person_id == person)
    at = update(notices)
    async with database.write() as tx:
        ids = list((await tx._connection.execute(of_reminders.order_by(notices.c.assignment_id))).scalars())
        leader, *_ = ids
        values = {"state": "sent", "chat_id": 1}
        await tx._connection.execute(
            at.where(notices.c.id.in_(ids), notices.c.id != leader).values(gathered_into=leader, **values)
        )
        await tx._connection.execute(at.where(notices.c.id == leader).values(message_id=LIST + person, **values))
        others = at.where(notices.c.person_id == person, notices.c.state == "planned")
        await tx._connection.execute(others.values(state="cancelled"))


async def his_list(database: Database, person: PersonId) -> int:
    query = select(notices.c.message_id).where(notices.c.person_id == person, notices.c.message_id.is_not(None))
    async with database.read() as tx:
        return int((await tx._connection.execute(query)).scalar_one())


async def shown(database: Database, person: PersonId) -> str:
    message = await his_list(database, person)
    return (await edits(database, person, now=AN_HOUR_LATER))[message]


def line(text: str, title: str) -> str:
    return next(one for one in text.splitlines() if title in one)
