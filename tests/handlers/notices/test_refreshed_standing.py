"""Cards in older messages: edited when somebody else has answered, decided or moved the seat."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.domain.broadcasts import BroadcastKind
from bot.domain.events import Seats
from bot.domain.ids import AssignmentId, OccurrenceId, PersonId
from bot.domain.matters import Answer
from bot.domain.network import Role
from bot.domain.selection import ApplicationState, Selection
from bot.ports.dialogues import Dialogue, dialogue_key
from bot.services.arrange_seats import give_seat, take_seat
from bot.services.give_term import give_term
from bot.services.undo_decision import undo_acceptance, undo_return
from storage.database import Database
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import NetworkFactory, SmallNetwork, account_of
from tests.handlers.notices.editing import DAYS, LATER, edits, sent
from tests.opening import assignment
from tests.planning import plan_notices
from tests.selections import announced, applied_as, decided, told
from tests.services import substituting
from tests.services.postponing import FRIDAY, ask, decide
from tests.services.reviewing import accept, give_back, mark_of, open_reviewed_task, say_done
from tests.services.seating import says, seated_event

AFTER = MONDAY + timedelta(hours=3)

Act = Callable[[Database, SmallNetwork, AssignmentId], Awaitable[None]]


async def a_yes(database: Database, network: SmallNetwork, owed: AssignmentId) -> None:
    await say_done(database, network.coordinator_1, owed)
    await accept(database, network.municipal, owed, await mark_of(database, owed))


async def a_yes_taken_back(database: Database, network: SmallNetwork, owed: AssignmentId) -> None:
    await say_done(database, network.coordinator_1, owed)
    actor = await actor_of(database, network.municipal)
    done = await accept(database, network.municipal, owed, await mark_of(database, owed))
    now = LATER + timedelta(hours=1)  # within ten minutes of the acceptance
    await undo_acceptance(database, actor=actor, decision_id=done.decision_id, source="undo", now=now)


async def a_return(database: Database, network: SmallNetwork, owed: AssignmentId) -> None:
    await say_done(database, network.coordinator_1, owed)
    await give_back(database, network.municipal, owed, await mark_of(database, owed))


async def a_return_taken_back(database: Database, network: SmallNetwork, owed: AssignmentId) -> None:
    await say_done(database, network.coordinator_1, owed)
    given = await give_back(database, network.municipal, owed, await mark_of(database, owed))
    actor = await actor_of(database, network.municipal)
    await undo_return(database, actor=actor, decision_id=given.decision_id, source="undo", now=LATER)


async def a_return_shown_and_taken_back(database: Database, network: SmallNetwork, owed: AssignmentId) -> None:
    await say_done(database, network.coordinator_1, owed)
    given = await give_back(database, network.municipal, owed, await mark_of(database, owed), now=LATER)
    assert await edits(database, network.coordinator_1, now=LATER)
    actor = await actor_of(database, network.municipal)
    await undo_return(database, actor=actor, decision_id=given.decision_id, source="undo", now=LATER)


async def a_yes_taken_back_and_said_again(database: Database, network: SmallNetwork, owed: AssignmentId) -> None:
    """The second time nine minutes before the edits are looked for, the first one eighteen."""
    await say_done(database, network.coordinator_1, owed, now=LATER)
    actor = await actor_of(database, network.municipal)
    first, second = AFTER - timedelta(minutes=18), AFTER - timedelta(minutes=9)
    mark = await mark_of(database, owed)
    done = await accept(database, network.municipal, owed, mark, now=first)
    await undo_acceptance(database, actor=actor, decision_id=done.decision_id, source="undo", now=second)
    await accept(database, network.municipal, owed, await mark_of(database, owed), source="again", now=second)


async def another_term(database: Database, network: SmallNetwork, owed: AssignmentId) -> None:
    await decide(database, network.municipal, await ask(database, network.coordinator_1, owed))


async def a_refusal(database: Database, network: SmallNetwork, owed: AssignmentId) -> None:
    await decide(database, network.municipal, await ask(database, network.coordinator_1, owed), None)


async def a_term_unasked(database: Database, network: SmallNetwork, owed: AssignmentId) -> None:
    actor = await actor_of(database, network.municipal)
    await give_term(database, actor=actor, assignment_id=owed, due_on=FRIDAY, source="term", now=LATER)


async def an_answer_of_his_own(database: Database, network: SmallNetwork, owed: AssignmentId) -> None:
    await say_done(database, network.coordinator_1, owed)


@pytest.mark.parametrize(
    ("act", "heading", "card", "reason"),
    [
        (a_yes, "ответ принят", "Координатор принял ответ", "it said «Ждёт проверки»"),
        (a_yes_taken_back, None, "", "the school has not heard of it, so its messages need no correction"),
        (a_return, "ответ вернули на доработку", "нет подписи директора", "with the reason, ready to be answered anew"),
        (a_return_taken_back, None, "", "nor of this one: it was undone before it had come anywhere"),
        (a_return_shown_and_taken_back, "возврат отменён", "Ждёт проверки", "it stood in the message"),
        (a_yes_taken_back_and_said_again, None, "", "the second one can be taken back still"),
        (another_term, "срок теперь другой", "18 сентября", "the new one"),
        (a_refusal, "срок не перенесли", "", "it said «Ждём решения координатора»"),
        (a_term_unasked, "срок теперь другой", "18 сентября", "nobody had asked"),
        (an_answer_of_his_own, None, "", "who answers sees it where he taps"),
    ],
)
async def test_what_a_coordinator_decides_is_put_into_the_messages_of_the_school(
    database: Database, network: SmallNetwork, act: Act, heading: str | None, card: str, reason: str
) -> None:
    owed = await reviewed(database, network)

    await act(database, network, owed)

    texts = list((await edits(database, network.coordinator_1, now=AFTER)).values())
    if heading is None:
        assert texts == [], reason
    else:
        assert len(texts) == 1, reason
        assert f"Обновлено:</b> {heading}" in texts[0], reason
        assert card in texts[0], reason
        assert "Ждём решения" not in texts[0]


@pytest.mark.parametrize(
    ("data", "is_held", "reason"),
    [
        ({"message": True}, True, "a question of a form, or «Есть проблема», stands in it"),
        ({"message": None}, False, "a question in no message"),
        ({}, False, "a question below, in a message of its own"),
    ],
)
async def test_no_edit_comes_over_a_question_that_waits_for_its_reader(
    database: Database, network: SmallNetwork, data: dict[str, object], is_held: bool, reason: str
) -> None:
    owed = await reviewed(database, network)
    await another_term(database, network, owed)
    async with database.write() as tx:
        (card,) = await tx.sent_messages.showing([owed])
        asked = {"message": card.message_id} if data.get("message") else data
        account = account_of(network.coordinator_1)
        key = dialogue_key(1, account, account)
        await tx.dialogues.put(dialogue_key(1, 7, 7), Dialogue("Any:question", {"message": card.message_id}), now=AFTER)
        await tx.dialogues.put(key, Dialogue("FillingIn:answering", asked), now=AFTER)

    assert bool(await edits(database, network.coordinator_1, now=AFTER)) is not is_held, reason

    async with database.write() as tx:
        await tx.dialogues.put(key, Dialogue(), now=AFTER)
    assert bool(await edits(database, network.coordinator_1, now=AFTER + timedelta(minutes=2))) is is_held, reason


async def test_the_answer_of_a_colleague_shows_in_the_messages_of_the_others(
    database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    colleague = factory.person("Рябов Пётр Ильич", network.school_1, Role.COORDINATOR)
    owed = await reviewed(database, network)

    await say_done(database, network.coordinator_1, owed)
    await say_done(database, network.coordinator_1, owed, Answer.IN_PROGRESS, now=LATER + timedelta(hours=1))

    (text,) = (await edits(database, colleague, now=AFTER)).values()
    assert "Обновлено:</b> ответил ваш коллега" in text
    assert "В работе" in text, "as it stands by now, whichever edit it is"


async def test_the_news_of_a_return_is_edited_once_the_answer_is_accepted(
    database: Database, network: SmallNetwork
) -> None:
    owed = await reviewed(database, network)
    await a_return(database, network, owed)
    await sent(database, until=AFTER)

    await say_done(database, network.coordinator_1, owed, text="подписано", now=AFTER)
    await accept(database, network.municipal, owed, await mark_of(database, owed), now=AFTER)

    texts = (await edits(database, network.coordinator_1, now=AFTER + timedelta(hours=1))).values()
    assert len([text for text in texts if "ответ принят" in text]) >= 2, "the announcement and the news"
    assert not [text for text in texts if "Вернули" in text]


async def test_who_is_moved_between_the_lists_finds_no_old_place_in_his_messages(
    database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    """«Вы 1-й в резерве» of one who has got a seat, «Место есть» of one who gave way."""
    second = factory.person("Мухина Ирина", network.school_1, Role.TEACHER)
    occurrence = await seated_event(database, network, Seats(1, 3))
    await plan_notices(database, now=MONDAY, days=DAYS)
    await sent(database)
    for person in (network.teacher_1, second):
        await says(database, occurrence, person, now=LATER)
    organiser = await actor_of(database, network.regional)

    up, down = await owed_by(database, occurrence, second), await owed_by(database, occurrence, network.teacher_1)
    await give_seat(database, actor=organiser, assignment_id=up, instead_of=down, now=LATER)

    (text,) = await edited(database, second)
    assert "Обновлено:</b> вам дали место" in text
    assert "Место есть" in text

    await take_seat(database, actor=organiser, assignment_id=up, now=LATER + timedelta(minutes=1))
    texts = await edited(database, second, minutes=2)
    assert any("Обновлено:</b> вы в резерве" in text for text in texts)


async def _with_one_chosen(database: Database, network: SmallNetwork) -> OccurrenceId:
    """A selection whose call to apply has come to everybody, and a draft of a decision about the first teacher."""
    selection = await announced(database, network, Selection(places=1, reserve=1))
    await plan_notices(database, now=MONDAY, days=DAYS)
    await sent(database)
    own = await applied_as(database, selection, network.teacher_1)
    await decided(database, network.regional, own, ApplicationState.MAIN)
    return selection


async def test_the_decision_about_an_application_shows_in_the_call_to_apply(
    database: Database, network: SmallNetwork
) -> None:
    selection = await _with_one_chosen(database, network)
    assert await edited(database, network.teacher_1) == [], "a draft, of which nobody hears"

    assert await told(database, network.regional, selection) == 1

    (text,) = await edited(database, network.teacher_1)
    assert "Обновлено:</b> решение по заявке" in text


async def test_edits_stop_and_go_on_with_the_announcement_of_decisions(
    database: Database, network: SmallNetwork
) -> None:
    selection = await _with_one_chosen(database, network)
    await told(database, network.regional, selection)
    async with database.write() as tx:
        ((broadcast, _),) = [one for one in await tx.broadcasts.running() if one[0].kind is BroadcastKind.DECISIONS]
        await tx.broadcasts.stop(broadcast.id, now=LATER)
        assert (await tx.broadcasts.flight(broadcast.id, now=LATER)).total == 1, "the message, without the edits"

    assert await edited(database, network.teacher_1) == []

    async with database.write() as tx:
        await tx.broadcasts.resume(broadcast.id, now=LATER)
    assert len(await edited(database, network.teacher_1)) == 1


async def reviewed(database: Database, network: SmallNetwork) -> AssignmentId:
    """A task whose answer is looked at; the school has its announcement."""
    occurrence = await open_reviewed_task(database, network)
    await plan_notices(database, now=MONDAY, days=DAYS)
    await sent(database)
    return await assignment(database, occurrence, school=network.school_1)


async def owed_by(database: Database, occurrence: OccurrenceId, person: PersonId) -> AssignmentId:
    return await assignment(database, occurrence, person=person)


async def edited(database: Database, person: PersonId, *, minutes: int = 0) -> list[str]:
    return list((await edits(database, person, now=LATER + timedelta(minutes=minutes))).values())


async def test_what_a_colleague_says_shows_in_the_messages_of_the_one_who_asked(
    database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    """The announcement, from which he asked, and the news of the «yes» once the colleague has fallen ill."""
    colleague = factory.person("Яшин Глеб", network.school_1)
    occurrence = await substituting.opened(database, network)
    await plan_notices(database, now=MONDAY, days=DAYS)
    await sent(database)
    question = await substituting.asks(database, occurrence, network.teacher_1, colleague)
    done = await substituting.replies_to(database, question, colleague, agrees=True)
    soon, later = substituting.LATER + timedelta(minutes=20), substituting.LATER + timedelta(hours=1)

    (text,) = (await edits(database, network.teacher_1, now=soon)).values()
    assert "Обновлено:</b> вместо вас придёт коллега" in text
    await sent(database, until=soon)

    assert done.matter is not None
    await substituting.says(database, done.matter.assignment.id, colleague, Answer.NOT_COMING, minutes=30)
    texts = (await edits(database, network.teacher_1, now=later)).values()
    assert len(texts) == 2, "the announcement and the news"
    assert all("Обновлено:</b> коллега не придёт вместо вас" in text for text in texts)
    assert not [text for text in texts if "Вместо вас придёт" in text]


async def test_the_news_of_a_colleague_names_the_hour_that_the_event_has_moved_to(
    database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    colleague = factory.person("Яшин Глеб", network.school_1)
    occurrence = await substituting.opened(database, network)
    question = await substituting.asks(database, occurrence, network.teacher_1, colleague)
    await substituting.replies_to(database, question, colleague, agrees=True)
    await sent(database, until=substituting.LATER + timedelta(minutes=2))

    await substituting.moves(database, network, occurrence, timedelta(days=3, hours=2))
    moved = substituting.LATER + timedelta(minutes=5)
    await plan_notices(database, now=moved, days=DAYS)

    texts = (await edits(database, network.teacher_1, now=moved)).values()
    assert [text for text in texts if "Вместо вас придёт" in text and "Время" in text]


async def test_news_of_a_colleague_that_came_after_the_move_do_not_say_that_it_has_moved(
    database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    """Planned anew for whatever reason, say because somebody joined."""
    colleague = factory.person("Яшин Глеб", network.school_1)
    occurrence = await substituting.opened(database, network)
    question = await substituting.asks(database, occurrence, network.teacher_1, colleague)
    await substituting.moves(database, network, occurrence, timedelta(days=3, hours=2))
    await substituting.replies_to(database, question, colleague, agrees=True, minutes=4, version=2)
    later = substituting.LATER + timedelta(minutes=5)
    await sent(database, until=later)

    await plan_notices(database, now=later, days=DAYS)
    texts = (await edits(database, network.teacher_1, now=later)).values()
    assert [text for text in texts if "Вместо вас придёт" in text] == []
