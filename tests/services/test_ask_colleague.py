"""«Вместо меня придёт …»: the colleague says himself whether he does, and takes the seat over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.clock import MovableClock
from bot.domain.calendar import WorkCalendar
from bot.domain.errors import DomainError, NotFoundError, OutdatedError
from bot.domain.events import EventDetails, Seats, SeatState, SubstitutionState
from bot.domain.ids import AssignmentId, OccurrenceId, PersonId, SubstitutionId
from bot.domain.matters import Answer, Matter
from bot.domain.network import Reach, Role
from bot.services.accept_reply import EventBegunError, GivenReply, accept_reply
from bot.services.ask_colleague import (
    ComesAnywayError,
    Substituted,
    SubstitutionOverError,
    answer_question,
    ask_colleague,
    list_colleagues,
    take_back_question,
)
from bot.services.keep_seats import pass_on_seats
from bot.services.move_occurrence import move_occurrence
from bot.services.plan_notices import plan_notices
from handlers.notices.composing import Composer
from storage.database import Database
from storage.event_tables import substitutions
from storage.tables import memberships, notices, occurrences
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import NetworkFactory, SmallNetwork
from tests.opening import assignment, matter, open_event

LATER = MONDAY + timedelta(hours=1)
WORDS = "вместо меня – Яшина Е. П."


@pytest.fixture
def colleague(factory: NetworkFactory, network: SmallNetwork) -> PersonId:
    """A tutor of school 1: not invited to what the teachers are invited to."""
    return factory.person("Яшина Елена Петровна", network.school_1, Role.TUTOR)


async def opened(database: Database, network: SmallNetwork, seats: Seats | None = None) -> OccurrenceId:
    return (await open_event(database, network, details=EventDetails(seats=seats))).occurrence_ids[0]


async def owed_by(database: Database, occurrence: OccurrenceId, person: PersonId) -> AssignmentId:
    return await assignment(database, occurrence, person=person)


async def asks(database: Database, occurrence: OccurrenceId, person: PersonId, colleague: PersonId) -> SubstitutionId:
    owed = await owed_by(database, occurrence, person)
    actor = await actor_of(database, person)
    await ask_colleague(database, actor=actor, assignment_id=owed, colleague_id=colleague, version=1, now=LATER)
    async with database.read() as tx:
        found = await tx._connection.execute(
            select(substitutions.c.id).where(
                substitutions.c.assignment_id == owed, substitutions.c.person_id == colleague
            )
        )
        return SubstitutionId(found.scalar_one())


async def replies_to(
    database: Database,
    substitution: SubstitutionId,
    colleague: PersonId,
    *,
    agrees: bool,
    minutes: int = 1,
    version: int = 1,
) -> Substituted:
    now = LATER + timedelta(minutes=minutes)
    return await answer_question(
        database,
        actor=await actor_of(database, colleague),
        substitution_id=substitution,
        agrees=agrees,
        version=version,
        words=WORDS,
        source=f"telegram:{minutes}{agrees}",
        now=now,
    )


async def says(database: Database, owed: AssignmentId, person: PersonId, answer: Answer, *, minutes: int) -> Matter:
    given = GivenReply(owed, answer, is_change=True)
    now, actor = LATER + timedelta(minutes=minutes), await actor_of(database, person)
    return (await accept_reply(database, actor=actor, reply=given, source=f"{person}:{now}", now=now)).matter


async def told(database: Database) -> list[tuple[PersonId, str]]:
    async with database.read() as tx:
        found = await tx._connection.execute(select(notices.c.person_id, notices.c.detail).order_by(notices.c.id))
        events = [(PersonId(row.person_id), str((row.detail or {}).get("event"))) for row in found]
    return [(person, event.removeprefix("substitute_")) for person, event in events if "substitute" in event]


async def test_the_colleague_who_agrees_comes_in_the_seat_of_the_first(
    database: Database, network: SmallNetwork, colleague: PersonId
) -> None:
    occurrence = await opened(database, network, Seats(1, 1))
    first = await owed_by(database, occurrence, network.teacher_1)
    await says(database, first, network.teacher_1, Answer.COMING, minutes=0)
    substitution = await asks(database, occurrence, network.teacher_1, colleague)

    done = await replies_to(database, substitution, colleague, agrees=True)
    again = await replies_to(database, substitution, colleague, agrees=True)

    assert (done.is_repeat, again.is_repeat) == (False, True)
    assert done.matter is not None
    assert (done.matter.assignment.answer, done.matter.comes_for) == (Answer.COMING, "Смирнова Дарья Павловна")
    assert done.matter.seat is not None
    assert done.matter.seat.state is SeatState.MAIN
    his = await matter(database, first)
    assert (his.assignment.answer, his.assignment.comment, his.seat) == (Answer.NOT_COMING, WORDS, None)
    assert his.substitute is not None
    assert his.substitute.state is SubstitutionState.AGREED
    assert await told(database) == [(colleague, "asked"), (network.teacher_1, "agreed")]


async def test_who_asked_may_come_himself_after_all(
    database: Database, network: SmallNetwork, colleague: PersonId
) -> None:
    occurrence = await opened(database, network, Seats(1, 1))
    first = await owed_by(database, occurrence, network.teacher_1)
    await says(database, first, network.teacher_1, Answer.COMING, minutes=0)
    substitution = await asks(database, occurrence, network.teacher_1, colleague)
    done = await replies_to(database, substitution, colleague, agrees=True)
    assert done.matter is not None

    his = await says(database, first, network.teacher_1, Answer.COMING, minutes=2)

    assert his.seat is not None
    assert (his.seat.state, his.substitute) == (SeatState.MAIN, None), "the very seat comes back"
    theirs = await matter(database, done.matter.assignment.id)
    assert (theirs.is_withdrawn, theirs.seat, theirs.comes_for) == (True, None, None), "he was never invited himself"
    assert (await told(database))[-1] == (colleague, "withdrawn")


async def test_an_invited_colleague_is_asked_anew_when_he_need_not_come_instead(
    database: Database, factory: NetworkFactory, network: SmallNetwork
) -> None:
    second = factory.person("Яшина Елена Петровна", network.school_1)
    occurrence = await opened(database, network)
    first = await owed_by(database, occurrence, network.teacher_1)
    substitution = await asks(database, occurrence, network.teacher_1, second)
    await replies_to(database, substitution, second, agrees=True)

    await says(database, first, network.teacher_1, Answer.COMING, minutes=2)

    theirs = await matter(database, await owed_by(database, occurrence, second))
    assert (theirs.is_withdrawn, theirs.assignment.answer) == (False, None)


async def test_a_substitute_who_falls_ill_leaves_the_first_to_find_another(
    database: Database, network: SmallNetwork, colleague: PersonId
) -> None:
    occurrence = await opened(database, network)
    substitution = await asks(database, occurrence, network.teacher_1, colleague)
    done = await replies_to(database, substitution, colleague, agrees=True)
    assert done.matter is not None

    await says(database, done.matter.assignment.id, colleague, Answer.NOT_COMING, minutes=2)

    assert (await told(database))[-1] == (network.teacher_1, "declined")
    assert (await matter(database, await owed_by(database, occurrence, network.teacher_1))).substitute is None


@pytest.mark.parametrize("seats", [None, Seats(1, 1)], ids=["seats are not counted", "in the only seat"])
async def test_a_substitute_who_leaves_the_school_leaves_the_first_to_find_another(
    database: Database, network: SmallNetwork, colleague: PersonId, seats: Seats | None
) -> None:
    occurrence = await opened(database, network, seats)
    substitution = await asks(database, occurrence, network.teacher_1, colleague)
    done = await replies_to(database, substitution, colleague, agrees=True)
    assert done.matter is not None
    async with database.write() as tx:
        his = memberships.update().where(memberships.c.person_id == colleague)
        await tx._connection.execute(his.values(standing="left"))

    for _ in range(2):
        await pass_on_seats(database, now=LATER + timedelta(minutes=5))

    assert await told(database) == [
        (colleague, "asked"), (network.teacher_1, "agreed"), (network.teacher_1, "declined")
    ]  # fmt: skip
    assert (await matter(database, await owed_by(database, occurrence, network.teacher_1))).substitute is None
    theirs = await matter(database, done.matter.assignment.id)
    assert (theirs.is_withdrawn, theirs.seat) == (True, None)


async def test_a_substitute_who_finds_one_himself_tells_the_first_that_he_does_not_come(
    database: Database, factory: NetworkFactory, network: SmallNetwork, colleague: PersonId
) -> None:
    third = factory.person("Яковлев Илья", network.school_1)
    occurrence = await opened(database, network)
    await replies_to(database, await asks(database, occurrence, network.teacher_1, colleague), colleague, agrees=True)

    passed_on = await asks(database, occurrence, colleague, third)
    await replies_to(database, passed_on, third, agrees=True, minutes=2)

    assert (network.teacher_1, "declined") in await told(database)
    assert (await matter(database, await owed_by(database, occurrence, network.teacher_1))).substitute is None
    theirs = (await matter(database, await owed_by(database, occurrence, colleague))).substitute
    assert theirs is not None
    assert theirs.state is SubstitutionState.AGREED


async def test_another_day_needs_no_substitute_any_more_and_he_is_told(
    database: Database, network: SmallNetwork, colleague: PersonId
) -> None:
    """He was never invited himself, so he is asked nothing of the new day either."""
    occurrence = await opened(database, network)
    substitution = await asks(database, occurrence, network.teacher_1, colleague)
    done = await replies_to(database, substitution, colleague, agrees=True)
    assert done.matter is not None

    await moves(database, network, occurrence, timedelta(days=4))

    theirs = await matter(database, done.matter.assignment.id)
    assert (theirs.is_withdrawn, theirs.assignment.answer) == (True, None)
    assert (await told(database))[-1] == (colleague, "withdrawn")


async def moves(database: Database, network: SmallNetwork, occurrence: OccurrenceId, to: timedelta) -> None:
    await move_occurrence(
        database, actor=await actor_of(database, network.regional), occurrence_id=occurrence, version=1,
        due_at=MONDAY + to, due_on=(MONDAY + to).date(), has_time=True, now=LATER + timedelta(minutes=3),
    )  # fmt: skip


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


async def test_erasing_the_colleague_takes_his_name_out_of_the_answer(
    database: Database, network: SmallNetwork, colleague: PersonId
) -> None:
    occurrence = await opened(database, network)
    substitution = await asks(database, occurrence, network.teacher_1, colleague)
    await replies_to(database, substitution, colleague, agrees=True)

    async with database.write() as tx:
        await tx.people.erase(colleague, now=LATER)

    first = await owed_by(database, occurrence, network.teacher_1)
    assert (await matter(database, first)).assignment.comment is None
    async with database.read() as tx:
        assert {past.text for past in await tx.replies.history(first)} == {None}


async def test_a_question_that_waits_for_the_morning_outlives_another_hour(
    database: Database, network: SmallNetwork, colleague: PersonId, clock: MovableClock
) -> None:
    """Asked at ten in the evening; half an hour later the event is put from noon to three o'clock."""
    occurrence = await opened(database, network)
    evening = MONDAY + timedelta(hours=10)
    owed, actor = await owed_by(database, occurrence, network.teacher_1), await actor_of(database, network.teacher_1)
    await ask_colleague(database, actor=actor, assignment_id=owed, colleague_id=colleague, version=1, now=evening)
    to = MONDAY + timedelta(days=3, hours=3)
    await move_occurrence(
        database, actor=await actor_of(database, network.regional), occurrence_id=occurrence, version=1, due_at=to,
        due_on=to.date(), has_time=True, now=evening + timedelta(minutes=30),
    )  # fmt: skip
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
