"""The two notices that answers and webinars send of themselves, from planning to words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.clock import MovableClock
from bot.domain.calendar import WorkCalendar
from bot.domain.events import WayIn
from bot.domain.ids import PersonId
from bot.domain.matters import Answer
from bot.services.accept_reply import GivenReply, accept_reply
from bot.services.change_way_in import change_way_in
from handlers.notices.composing import Composer
from storage.database import Database
from storage.tables import notices
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork
from tests.opening import assignment, open_task, open_webinar
from tests.planning import plan_notices


async def said(database: Database, clock: MovableClock) -> dict[PersonId, str]:
    """What goes out now, by reader; composing as the sender does it."""
    async with database.write() as tx:
        claim = await tx.notices.claim(100, now=clock.now(), days=WorkCalendar())
    composed = await Composer(database, clock, without_personal_data=False)(claim.to_send)
    found = {due.notice.person_id: composed[due.notice.id] for due in claim.to_send}
    return {person: message.text for person, message in found.items() if message is not None}


@pytest.mark.parametrize(
    ("is_nameless", "name"),
    [
        pytest.param(False, ", Зимина А. О.", id="who wrote is named"),
        pytest.param(True, "", id="of nobody is the name sent where it may not be"),
    ],
)
async def test_the_coordinator_above_reads_what_the_problem_is(
    database: Database, network: SmallNetwork, clock: MovableClock, *, is_nameless: bool, name: str
) -> None:
    occurrence = await open_task(database, network)
    owed = await assignment(database, occurrence, school=network.school_1)
    given, giver = GivenReply(owed, Answer.PROBLEM, "нет <света>"), await actor_of(database, network.coordinator_1)
    await accept_reply(database, actor=giver, reply=given, source="telegram:1", now=clock.now())

    async with database.write() as tx:
        claim = await tx.notices.claim(100, now=clock.now(), days=WorkCalendar())
    composed = await Composer(database, clock, without_personal_data=is_nameless)(claim.to_send)
    [message] = [composed[due.notice.id] for due in claim.to_send if due.notice.person_id == network.municipal]
    assert message is not None
    text = message.text

    assert f"Школа № 1 г. Суздаля</b>{name}: есть проблема" in text
    assert "Сводка по этому делу" in str(message.keyboard)
    assert "📌 Провести родительские собрания" in text
    assert "нет &lt;света&gt;" in text


async def test_a_problem_that_is_solved_before_it_was_told_is_not_told(
    database: Database, network: SmallNetwork, clock: MovableClock
) -> None:
    occurrence = await open_task(database, network)
    owed = await assignment(database, occurrence, school=network.school_1)
    giver = await actor_of(database, network.coordinator_1)
    for number, answer in enumerate((Answer.PROBLEM, Answer.DONE)):
        given = GivenReply(owed, answer)
        await accept_reply(database, actor=giver, reply=given, source=f"telegram:{number}", now=clock.now())

    assert await said(database, clock) == {}


async def test_who_comes_reads_the_new_link(database: Database, network: SmallNetwork, clock: MovableClock) -> None:
    occurrence = await open_webinar(database, network, network.school_1)
    await plan_notices(database, now=MONDAY, days=WorkCalendar())
    async with database.write() as tx:
        await tx._connection.execute(notices.update().values(state="sent"))
    clock.advance(timedelta(minutes=5))
    organiser = await actor_of(database, network.regional)

    await change_way_in(
        database,
        actor=organiser,
        occurrence_id=occurrence,
        version=1,
        way=WayIn.LINK,
        words="https://new.example.org",
        now=clock.now(),
    )

    text = (await said(database, clock))[network.teacher_1]
    assert "Новая ссылка для входа" in text
    assert "https://new.example.org" in text


@pytest.mark.parametrize(
    ("changed_at", "is_told"),
    [
        pytest.param(timedelta(minutes=5), True, id="five minutes into it: nobody gets in by the old one"),
        pytest.param(timedelta(minutes=-10), True, id="after the last message, which brought the old one"),
        pytest.param(timedelta(hours=3), False, id="after the end"),
    ],
)
async def test_a_link_that_lets_nobody_in_is_changed_during_the_event(
    database: Database, network: SmallNetwork, clock: MovableClock, changed_at: timedelta, *, is_told: bool
) -> None:
    """The event is at 21:30: those who come are at their screens, whatever the quiet says."""
    begins_at = MONDAY + timedelta(hours=9, minutes=30)
    occurrence = await open_webinar(database, network, due_at=begins_at)
    await plan_notices(database, now=MONDAY, days=WorkCalendar())
    async with database.write() as tx:
        await tx._connection.execute(notices.update().values(state="sent"))
    owed = await assignment(database, occurrence, person=network.teacher_1)
    comes = GivenReply(owed, Answer.COMING)
    actor = await actor_of(database, network.teacher_1)
    await accept_reply(database, actor=actor, reply=comes, source="telegram:1", now=MONDAY)
    clock.move_to(begins_at + changed_at)
    organiser = await actor_of(database, network.regional)

    await change_way_in(
        database,
        actor=organiser,
        occurrence_id=occurrence,
        version=1,
        way=WayIn.LINK,
        words="https://new.example.org",
        now=clock.now(),
    )

    found = {person: "https://new.example.org" in text for person, text in (await said(database, clock)).items()}
    assert found == ({network.teacher_1: True} if is_told else {}), "who has said nothing sleeps at night"


async def test_who_gives_up_coming_overnight_reads_no_new_link(
    database: Database, network: SmallNetwork, clock: MovableClock
) -> None:
    occurrence = await open_webinar(database, network, network.school_1)
    await plan_notices(database, now=MONDAY, days=WorkCalendar())
    async with database.write() as tx:
        await tx._connection.execute(notices.update().values(state="sent"))
    organiser, teacher = [await actor_of(database, one) for one in (network.regional, network.teacher_1)]
    await change_way_in(
        database,
        actor=organiser,
        occurrence_id=occurrence,
        version=1,
        way=WayIn.LINK,
        words="https://new.example.org",
        now=MONDAY,
    )
    owed = await assignment(database, occurrence, person=network.teacher_1)
    given = GivenReply(owed, Answer.NOT_COMING, "болезнь")
    await accept_reply(database, actor=teacher, reply=given, source="telegram:1", now=MONDAY)

    assert await said(database, clock) == {}
