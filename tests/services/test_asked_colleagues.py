"""A question to a colleague that is asked of the wrong one, too late, or not needed any more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.clock import MovableClock
from bot.domain.calendar import WorkCalendar
from bot.domain.errors import DomainError, NotFoundError, OutdatedError
from bot.domain.ids import PersonId
from bot.domain.matters import Answer
from bot.domain.network import Reach
from bot.services.accept_reply import EventBegunError
from bot.services.ask_colleague import (
    ComesAnywayError,
    SubstitutionOverError,
    ask_colleague,
    list_colleagues,
    take_back_question,
)
from handlers.notices.composing import Composer
from storage.database import Database
from storage.tables import notices, occurrences
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import NetworkFactory, SmallNetwork
from tests.opening import matter, move_date
from tests.planning import plan_notices
from tests.services.substituting import LATER, asks, moves, opened, owed_by, replies_to, says, told


async def test_nobody_agrees_to_an_hour_that_is_not_so_any_more(
    database: Database, network: SmallNetwork, colleague: PersonId
) -> None:
    occurrence = await opened(database, network)
    substitution = await asks(database, occurrence, network.teacher_1, colleague)
    await moves(database, network, occurrence, timedelta(days=3, hours=2))

    with pytest.raises(OutdatedError):
        await replies_to(database, substitution, colleague, agrees=True, minutes=5)

    done = await replies_to(database, substitution, colleague, agrees=True, minutes=6, version=2)
    assert done.matter is not None


async def test_a_question_that_was_read_shows_the_new_hour(
    database: Database, network: SmallNetwork, colleague: PersonId, clock: MovableClock
) -> None:
    occurrence = await opened(database, network)
    await asks(database, occurrence, network.teacher_1, colleague)
    async with database.write() as tx:
        is_his = notices.c.person_id == colleague
        await tx._connection.execute(notices.update().where(is_his).values(state="sent", message_id=77))
    await moves(database, network, occurrence, timedelta(days=3, hours=3))

    clock.move_to(LATER + timedelta(minutes=4))
    async with database.write() as tx:
        claim = await tx.notices.claim(100, now=clock.now(), days=WorkCalendar())
    composed = await Composer(database, clock, without_personal_data=False)(claim.to_send)

    [message] = [composed[due.notice.id] for due in claim.to_send if due.notice.person_id == colleague]
    assert message is not None
    assert message.replaces == 77
    assert "15:00" in message.text
    assert ":2" in str(message.keyboard), "its buttons are of the new version"


async def test_a_no_of_the_colleague_changes_nothing_else(
    database: Database, network: SmallNetwork, colleague: PersonId
) -> None:
    occurrence = await opened(database, network)
    substitution = await asks(database, occurrence, network.teacher_1, colleague)

    done = await replies_to(database, substitution, colleague, agrees=False)

    assert done.matter is None
    assert await told(database) == [(colleague, "asked"), (network.teacher_1, "declined")]
    assert (await matter(database, await owed_by(database, occurrence, network.teacher_1))).assignment.answer is None
    with pytest.raises(SubstitutionOverError):
        await replies_to(database, substitution, colleague, agrees=True, minutes=2)


async def test_a_question_that_was_taken_back_takes_no_answer(
    database: Database, network: SmallNetwork, colleague: PersonId
) -> None:
    occurrence = await opened(database, network)
    substitution = await asks(database, occurrence, network.teacher_1, colleague)
    owed = await owed_by(database, occurrence, network.teacher_1)
    actor = await actor_of(database, network.teacher_1)

    await take_back_question(database, actor=actor, assignment_id=owed, now=LATER)

    with pytest.raises(SubstitutionOverError):
        await replies_to(database, substitution, colleague, agrees=True)


async def test_one_colleague_is_asked_at_a_time(
    database: Database, factory: NetworkFactory, network: SmallNetwork, colleague: PersonId
) -> None:
    other = factory.person("Яковлев Илья", network.school_1)
    occurrence = await opened(database, network)
    before = await asks(database, occurrence, network.teacher_1, colleague)
    await asks(database, occurrence, network.teacher_1, colleague)
    async with database.write() as tx:
        await tx._connection.execute(notices.update().values(state="sent"))
    substitution = await asks(database, occurrence, network.teacher_1, other)

    assert await told(database) == [(colleague, "asked"), (colleague, "withdrawn"), (other, "asked")]
    with pytest.raises(SubstitutionOverError):
        await replies_to(database, before, colleague, agrees=True)
    await replies_to(database, substitution, other, agrees=True, minutes=2)
    with pytest.raises(OutdatedError):
        await asks(database, occurrence, network.teacher_1, colleague)


async def test_only_reachable_colleagues_of_the_school_who_do_not_come_anyway_are_offered(
    database: Database, factory: NetworkFactory, network: SmallNetwork, colleague: PersonId
) -> None:
    factory.person("Невидимкин Яков", network.school_1, reach=Reach.BLOCKED)
    comes = factory.person("Абрамов Лев", network.school_1)
    occurrence = await opened(database, network)
    await says(database, await owed_by(database, occurrence, comes), comes, Answer.COMING, minutes=0)
    owed = await owed_by(database, occurrence, network.teacher_1)
    actor = await actor_of(database, network.teacher_1)

    found = await list_colleagues(database, actor=actor, assignment_id=owed, page=9, now=LATER)

    assert [one.full_name for one in found.colleagues] == ["Зимина Анна Олеговна", "Яшина Елена Петровна"]
    for stranger in (network.teacher_2, comes, network.teacher_1):
        with pytest.raises(NotFoundError):
            await asks(database, occurrence, network.teacher_1, stranger)


async def test_who_comes_himself_meanwhile_is_nobodys_substitute(
    database: Database, factory: NetworkFactory, network: SmallNetwork
) -> None:
    second = factory.person("Яшина Елена Петровна", network.school_1)
    occurrence = await opened(database, network)
    substitution = await asks(database, occurrence, network.teacher_1, second)
    await says(database, await owed_by(database, occurrence, second), second, Answer.COMING, minutes=0)

    with pytest.raises(ComesAnywayError):
        await replies_to(database, substitution, second, agrees=True)

    assert (await told(database))[-1] == (network.teacher_1, "declined"), "he was promised that the first hears of it"
    first = await matter(database, await owed_by(database, occurrence, network.teacher_1))
    assert first.substitute is None, "another can be asked"


async def test_who_has_not_heard_the_question_hears_nothing_of_its_end(
    database: Database, network: SmallNetwork, colleague: PersonId
) -> None:
    occurrence = await opened(database, network)
    await asks(database, occurrence, network.teacher_1, colleague)
    owed = await owed_by(database, occurrence, network.teacher_1)
    actor = await actor_of(database, network.teacher_1)

    await take_back_question(database, actor=actor, assignment_id=owed, now=LATER)

    assert await told(database) == [(colleague, "asked")], "put aside when it is due: the question stands no more"


@pytest.mark.parametrize(
    ("person", "days", "error"),
    [("teacher_2", 0, NotFoundError), ("regional", 0, NotFoundError), ("colleague", 3, EventBegunError)],
    ids=["another teacher", "a coordinator above", "after the beginning"],
)
async def test_nobody_else_answers_for_the_colleague_and_nobody_too_late(
    database: Database,
    network: SmallNetwork,
    colleague: PersonId,
    person: str,
    days: int,
    error: type[DomainError],
) -> None:
    occurrence = await opened(database, network)
    substitution = await asks(database, occurrence, network.teacher_1, colleague)
    who = colleague if person == "colleague" else getattr(network, person)

    with pytest.raises(error):
        await replies_to(database, substitution, who, agrees=True, minutes=days * 24 * 60)


async def test_a_question_that_waits_for_the_morning_outlives_another_hour(
    database: Database, network: SmallNetwork, colleague: PersonId, clock: MovableClock
) -> None:
    """Asked at ten in the evening; half an hour later the event is put from noon to three o'clock."""
    occurrence = await opened(database, network)
    evening = MONDAY + timedelta(hours=10)
    owed, actor = await owed_by(database, occurrence, network.teacher_1), await actor_of(database, network.teacher_1)
    await ask_colleague(database, actor=actor, assignment_id=owed, colleague_id=colleague, version=1, now=evening)
    to = MONDAY + timedelta(days=3, hours=3)
    await move_date(database, network, occurrence, to=to, now=evening + timedelta(minutes=30))
    await plan_notices(database, now=evening + timedelta(minutes=31), days=WorkCalendar())

    clock.move_to(MONDAY + timedelta(hours=21))
    async with database.write() as tx:
        claim = await tx.notices.claim(100, now=clock.now(), days=WorkCalendar())
    composed = await Composer(database, clock, without_personal_data=False)(claim.to_send)

    [message] = [composed[due.notice.id] for due in claim.to_send if due.notice.person_id == colleague]
    assert message is not None
    assert "15:00" in message.text


async def test_a_question_is_not_asked_once_the_event_has_begun(
    database: Database, network: SmallNetwork, colleague: PersonId, clock: MovableClock
) -> None:
    occurrence = await opened(database, network)
    await asks(database, occurrence, network.teacher_1, colleague)
    earlier = LATER + timedelta(minutes=10)
    async with database.write() as tx:
        await tx._connection.execute(occurrences.update().values(due_at=earlier))
        claim = await tx.notices.claim(100, now=earlier, days=WorkCalendar())
    clock.move_to(earlier)

    composed = await Composer(database, clock, without_personal_data=False)(claim.to_send)

    assert list(composed.values()) == [None]
