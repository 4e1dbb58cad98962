"""A return pressed by mistake is taken back: answer, form and term are as before, and the school is told."""

from __future__ import annotations

from bot.clock import MovableClock
from bot.domain.forms import SubmissionState
from bot.domain.ids import AssignmentId
from bot.domain.matters import Answer
from bot.services.show_form import show_form
from storage.database import Database
from tests.acting import actor_of
from tests.driver import Chat, Telegram, labels
from tests.factories import SmallNetwork
from tests.forms import CLUBS, MENTORS, form_on, handed_in_with
from tests.handlers.forms.chatting import card_of, deliver
from tests.handlers.reviews.test_reviews_chat import look_at_answers
from tests.opening import assignment, matter, open_task

UNDO = "✖️ Отменить возврат"


async def handed_in(database: Database, network: SmallNetwork) -> AssignmentId:
    occurrence = await open_task(database, network)
    await look_at_answers(database, occurrence)
    await form_on(database, network, occurrence, [MENTORS, CLUBS])
    owed = await assignment(database, occurrence, school=network.school_1)
    await handed_in_with(database, network.coordinator_1, owed, "17", "1, 3")
    return owed


async def given_back(tg: Telegram, network: SmallNetwork) -> Chat:
    above = tg.chat_of(network.municipal)
    await above.presses("📥 На проверку: 1", on=await above.says("/board"))
    await above.presses("По одному ›")
    await above.presses("↩️ Вернуть")
    shown = await above.says("Не туда нажал")
    await above.presses(labels(shown)[0])
    return above


async def test_figures_stand_beside_the_decision(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    await handed_in(database, network)
    above = tg.chat_of(network.municipal)
    await above.presses("📥 На проверку: 1", on=await above.says("/board"))
    shown = await above.presses("По одному ›")
    assert "1. Сколько наставников? – 17 чел. ↓ план: 20 чел." in shown["text"]
    assert "2. Какие кружки работают? – Шахматы; Хор" in shown["text"]
    assert labels(shown)[:2] == ["☑️ Принять", "↩️ Вернуть"]


async def test_a_wrong_return_is_taken_back_whole(
    tg: Telegram, database: Database, network: SmallNetwork, clock: MovableClock
) -> None:
    owed = await handed_in(database, network)
    actor = await actor_of(database, network.municipal)
    before = await matter(database, owed)
    above = await given_back(tg, network)
    assert (await matter(database, owed)).assignment.answer is None
    await deliver(tg, database, clock)
    school = tg.chat_of(network.coordinator_1)
    assert "Ответ вернули на доработку" in school.last["text"]

    shown = await above.presses(UNDO)

    assert "17 чел." in shown["text"]
    assert labels(shown)[:2] == ["☑️ Принять", "↩️ Вернуть"], "it waits for its decision again"
    after = await matter(database, owed)
    assert (after.assignment.answer, after.due_on, after.is_in_review) == (Answer.DONE, before.due_on, True)
    handed = await show_form(database, actor=actor, assignment_id=owed)
    assert handed.submission.state is SubmissionState.HANDED_IN
    await deliver(tg, database, clock)
    assert "Возврат отменён" in school.last["text"]


async def test_a_school_that_has_begun_anew_keeps_the_return(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    owed = await handed_in(database, network)
    above = await given_back(tg, network)
    await (await card_of(tg, network.coordinator_1, owed)).presses("✏️ Исправить сданное")
    await above.presses(UNDO)
    assert "школа начала исправлять" in above.toast["text"]
    assert (await matter(database, owed)).assignment.answer is None
