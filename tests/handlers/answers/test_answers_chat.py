"""Answering by the buttons of a card, as people do it: through the chat."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.ids import AssignmentId
from bot.domain.matters import Answer
from bot.domain.network import Role
from bot.services.accept_reply import GivenReply, accept_reply
from bot.services.cancel_occurrence import cancel_occurrence
from storage.database import Database
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.driver import Telegram, labels
from tests.factories import NetworkFactory, SmallNetwork
from tests.handlers.answers.cards import (
    TASK_BUTTONS,
    answers,
    as_it_looks,
    opened_card,
    pressed_by,
    stored,
)
from tests.opening import IN_A_WEEK, assignment, move_date, open_task


async def test_one_tap_records_the_answer_and_the_message_shows_it(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    occurrence = await open_task(database, network)
    chat = tg.chat_of(network.coordinator_1)
    card = await opened_card(chat)
    assert "Провести родительские собрания" in card["text"]
    assert "Срок: понедельник, 14 сентября" in card["text"]
    assert labels(card) == [*TASK_BUTTONS, "‹ К моим делам"]

    answered = await chat.presses("✅ Выполнено")

    assert chat.toast["text"] == "Записал: выполнено. Спасибо!"
    assert answered["message_id"] == card["message_id"], "the message itself changes"
    assert "Ответ школы: Выполнено, 7 сент., 12:00 (Зимина А. О.)" in answered["text"]
    assert labels(answered) == ["Изменить ответ", "‹ К моим делам"]
    assert await stored(database, occurrence, network) is Answer.DONE


async def test_an_answer_can_be_changed(database: Database, network: SmallNetwork, tg: Telegram) -> None:
    await open_task(database, network)
    chat = tg.chat_of(network.coordinator_1)
    await opened_card(chat)
    await chat.presses("✅ Выполнено")

    choosing = await chat.presses("Изменить ответ")
    assert "Выберите новый ответ" in choosing["text"]
    assert labels(choosing)[:4] == TASK_BUTTONS

    changed = await chat.presses("⏳ В работе")
    assert "Ответ школы: В работе" in changed["text"]
    assert labels(changed)[:2] == ["✅ Выполнено", "Изменить ответ"], "«Выполнено» stays one tap away"


async def test_the_same_answer_from_an_older_message_is_stored_once(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    await open_task(database, network)
    chat = tg.chat_of(network.coordinator_1)
    older = await opened_card(chat)
    await opened_card(chat)
    await chat.presses("✅ Выполнено")

    await chat.presses("✅ Выполнено", on=older)

    assert chat.toast["text"] == "Этот ответ уже записан."
    assert "Ответ школы: Выполнено" in as_it_looks(chat, older)["text"]
    assert await answers(database) == ["done"]


async def test_an_old_button_of_a_moved_matter_acts_on_nothing_and_shows_the_new_date(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    occurrence = await open_task(database, network)
    chat = tg.chat_of(network.coordinator_1)
    card = await opened_card(chat)
    later = IN_A_WEEK + timedelta(days=2)
    await move_date(database, network, occurrence, to=later, has_time=False, now=MONDAY)

    await chat.presses("✅ Выполнено", on=card)

    assert "Срок изменился" in chat.toast["text"]
    shown = as_it_looks(chat, card)
    assert "среда, 16 сентября" in shown["text"]
    assert await answers(database) == []

    await chat.presses("✅ Выполнено", on=shown)
    assert await stored(database, occurrence, network) is Answer.DONE, "the new buttons are good"


async def test_a_button_of_a_cancelled_matter_says_so_and_offers_nothing(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    occurrence = await open_task(database, network)
    chat = tg.chat_of(network.coordinator_1)
    card = await opened_card(chat)
    await cancel_occurrence(
        database, actor=await actor_of(database, network.regional), occurrence_id=occurrence, version=1, now=MONDAY
    )

    await chat.presses("✅ Выполнено", on=card)

    assert chat.toast["text"] == "Отвечать уже не нужно."
    shown = as_it_looks(chat, card)
    assert "Отменено" in shown["text"]
    assert labels(shown) == ["‹ К моим делам"]
    assert await answers(database) == []


async def test_a_stranger_and_a_neighbour_are_refused_a_forwarded_button(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    await open_task(database, network)
    card = await opened_card(tg.chat_of(network.coordinator_1))
    neighbour, stranger = tg.chat_of(network.coordinator_2), tg.chat(555)
    await stranger.starts()

    assert "не в вашей части сети" in await pressed_by(tg, neighbour, card)
    assert "устарела" in await pressed_by(tg, stranger, card)
    assert await answers(database) == []


async def test_a_colleagues_answer_is_shown_before_it_can_be_undone(
    database: Database, network: SmallNetwork, factory: NetworkFactory, tg: Telegram
) -> None:
    colleague = factory.person("Рябов Пётр Ильич", network.school_1, Role.COORDINATOR)
    occurrence = await open_task(database, network)
    chat = tg.chat_of(network.coordinator_1)
    card = await opened_card(chat)
    given = GivenReply(AssignmentId(await assignment(database, occurrence, school=network.school_1)), Answer.DONE)
    theirs = await actor_of(database, colleague)
    await accept_reply(database, actor=theirs, reply=given, source="telegram:theirs", now=MONDAY)

    await chat.presses("⏳ В работе", on=card)

    assert chat.toast["text"].startswith("Уже ответили: Выполнено (Рябов П. И.).")
    shown = as_it_looks(chat, card)
    assert "(Рябов П. И.)" in shown["text"]
    assert "Изменить ответ" in labels(shown)
    assert await stored(database, occurrence, network) is Answer.DONE


async def test_a_tap_that_is_too_old_to_be_answered_still_changes_the_message(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    """After an outage Telegram takes no toast any more; what was tapped is stored and seen all the same."""
    occurrence = await open_task(database, network)
    chat = tg.chat_of(network.coordinator_1)
    await opened_card(chat)
    tg.sandbox.add_fault(
        method="answerCallbackQuery",
        error_code=400,
        description="Bad Request: query is too old and response timeout expired or query ID is invalid",
        count=1,
    )
    tg.sandbox.crowd.press_without_waiting(chat.id, label="✅ Выполнено")
    await tg.settle()
    assert "Ответ школы: Выполнено" in chat.last["text"]
    assert await stored(database, occurrence, network) is Answer.DONE
