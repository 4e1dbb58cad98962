"""Answers in words: a problem, a reason, a comment."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select, update

from bot.domain.events import EventDetails
from bot.domain.matters import Answer
from storage.database import Database
from storage.tables import activities, notices
from tests.calendar_days import MONDAY
from tests.driver import Message, Telegram, labels
from tests.factories import SmallNetwork
from tests.handlers.answers.cards import (
    TASK_BUTTONS,
    answers,
    as_it_looks,
    opened_card,
    stored,
)
from tests.opening import IN_A_WEEK, assignment, matter, open_event, open_task, open_webinar


async def test_a_problem_is_asked_for_in_words_shown_back_and_told_above(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    occurrence = await open_task(database, network)
    chat = tg.chat_of(network.coordinator_1)
    card = await opened_card(chat)

    asked = await chat.presses("⚠️ Есть проблема")
    assert "Что случилось?" in asked["text"]
    assert labels(asked) == ["Отмена"]

    confirmed = await chat.says("Нет <b>света</b> & воды 🙈")

    taken, told = confirmed["text"].split("\n")
    assert taken == "⚠️ Записал: «Нет <b>света</b> & воды 🙈»."
    assert told.startswith("✅ Передал координатору.")
    assert "В чём проблема: Нет <b>света</b> & воды 🙈" in as_it_looks(chat, card)["text"]
    assert await stored(database, occurrence, network) is Answer.PROBLEM
    async with database.read() as tx:
        told = await tx._connection.execute(select(notices.c.person_id).where(notices.c.key.startswith("thread:")))
        assert list(told.scalars()) == [network.municipal]


async def test_what_cannot_be_taken_for_a_line_is_asked_for_again(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    occurrence = await open_task(database, network)
    chat = tg.chat_of(network.coordinator_1)
    await opened_card(chat)
    await chat.presses("⚠️ Есть проблема")

    assert "1\u00a0001 знак, а помещается 1\u00a0000" in (await chat.says("а" * 1001))["text"]
    assert "нет ни одной буквы" in (await chat.says("\ue000"))["text"], "a sign of a font of its own"
    assert await stored(database, occurrence, network) is None

    await chat.says("нет света")
    assert await stored(database, occurrence, network) is Answer.PROBLEM


@pytest.mark.parametrize("way", ["button", "/cancel", "/my"])
async def test_the_question_for_a_line_can_be_left(
    database: Database, network: SmallNetwork, tg: Telegram, way: str
) -> None:
    await open_task(database, network)
    chat = tg.chat_of(network.coordinator_1)
    await opened_card(chat)
    await chat.presses("⚠️ Есть проблема")

    if way == "button":
        left = await chat.presses("Отмена")
        assert labels(left)[:4] == TASK_BUTTONS
    else:
        await chat.says(way)

    assert "О чём это?" in (await chat.says("нет света"))["text"]
    assert await answers(database) == []


async def test_an_answer_by_a_button_drops_the_question_for_a_line(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    await open_task(database, network)
    chat = tg.chat_of(network.coordinator_1)
    older = await opened_card(chat)
    await opened_card(chat)
    await chat.presses("⚠️ Есть проблема")

    await chat.presses("✅ Выполнено", on=older)

    assert "О чём это?" in (await chat.says("собрание было вчера"))["text"]
    assert await answers(database) == ["done"]


async def test_who_does_not_come_gives_a_reason_in_one_tap(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    await open_webinar(database, network)
    chat = tg.chat_of(network.teacher_1)
    card = await opened_card(chat)
    assert labels(card)[:2] == ["✅ Приду", "❌ Не смогу"]
    assert "https://example.org/w" in card["text"]

    why = await chat.presses("❌ Не смогу")
    assert labels(why)[:4] == ["🤒 Болезнь", "📚 Урок", "🚆 Командировка", "✏️ Другое"]

    shown = await chat.presses("📚 Урок")
    assert "Ваш ответ: Не смогу" in shown["text"]
    assert "Причина: урок" in shown["text"]
    assert "example.org" not in shown["text"], "the link is for those who may come"


async def test_another_reason_is_typed(database: Database, network: SmallNetwork, tg: Telegram) -> None:
    await open_webinar(database, network)
    chat = tg.chat_of(network.teacher_1)
    card = await opened_card(chat)
    await chat.presses("❌ Не смогу")
    asked = await chat.presses("✏️ Другое")
    assert "Почему не получится?" in asked["text"]

    await chat.says("еду на олимпиаду")

    assert "Причина: еду на олимпиаду" in as_it_looks(chat, card)["text"]


async def test_a_reason_typed_beside_the_buttons_is_the_reason(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    await open_event(database, network, dates=(IN_A_WEEK,), details=EventDetails(needs_reason=True))
    chat = tg.chat_of(network.teacher_1)
    card = await opened_card(chat)
    asked = await chat.presses("❌ Не смогу")
    assert "напишите одним сообщением" in asked["text"]

    said = await chat.says("Веду открытый урок")

    assert "Веду открытый урок" in said["text"]
    assert "Причина: Веду открытый урок" in as_it_looks(chat, card)["text"]
    assert await answers(database) == ["not_coming"]


@pytest.mark.parametrize(
    ("way", "given"),
    [("📚 Урок", ["not_coming"]), ("Без причины", ["not_coming"]), ("‹ Назад", []), ("/cancel", [])],
)
async def test_who_left_the_question_for_a_reason_may_write_of_something_else(
    database: Database, network: SmallNetwork, tg: Telegram, way: str, given: list[str]
) -> None:
    await open_webinar(database, network)
    chat = tg.chat_of(network.teacher_1)
    await opened_card(chat)
    await chat.presses("❌ Не смогу")

    if way == "/cancel":
        assert "ответ не записан" in (await chat.says(way))["text"]
    else:
        await chat.presses(way)

    assert "О чём это?" in (await chat.says("Где взять бланки?"))["text"]
    assert await answers(database) == given


async def test_a_reply_to_the_card_is_a_comment_and_offers_the_answers(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    occurrence = await open_task(database, network)
    chat = tg.chat_of(network.coordinator_1)
    card = await opened_card(chat)

    said = await chat.says("Отправим завтра", reply_to=card)

    assert "Записал комментарий к «Провести родительские собрания»: «Отправим завтра»" in said["text"]
    assert labels(said) == TASK_BUTTONS
    assert await stored(database, occurrence, network) is None
    await chat.presses("✅ Выполнено", on=said)
    assert await stored(database, occurrence, network) is Answer.DONE


async def test_a_reply_to_a_reminder_is_a_comment_even_without_buttons(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    occurrence = await open_task(database, network)
    owed = await assignment(database, occurrence, school=network.school_1)
    chat = tg.chat_of(network.coordinator_1)
    sent = await tg.bot.send_message(chat.id, "Напоминание")
    async with database.write() as tx:
        await tx._connection.execute(
            insert(notices).values(
                key="reminder", person_id=network.coordinator_1, kind="reminder", state="sent", due_at=MONDAY,
                expires_at=IN_A_WEEK, assignment_id=owed, attempts=1, message_id=sent.message_id, created_at=MONDAY,
            )
        )  # fmt: skip

    said = await chat.says("Сделаем", reply_to={"message_id": sent.message_id})

    assert "Записал комментарий" in said["text"]
    assert (await matter(database, owed)).assignment.comment == "Сделаем"


async def test_a_reply_to_a_reminder_of_several_is_a_comment_on_none_of_them(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    occurrence = await open_task(database, network)
    owed = await assignment(database, occurrence, school=network.school_1)
    chat = tg.chat_of(network.coordinator_1)
    sent = await tg.bot.send_message(chat.id, "Напоминаю: 2 дела")
    shared = {
        "person_id": network.coordinator_1, "kind": "reminder", "state": "sent", "due_at": MONDAY,
        "expires_at": IN_A_WEEK, "assignment_id": owed, "attempts": 1, "created_at": MONDAY,
    }  # fmt: skip
    async with database.write() as tx:
        leads = insert(notices).values(id=1, key="leads", message_id=sent.message_id, **shared)
        await tx._connection.execute(leads)
        await tx._connection.execute(insert(notices).values(key="beside", gathered_into=1, **shared))

    said = await chat.says("Сделаем", reply_to={"message_id": sent.message_id})

    assert "О чём это?" in said["text"]
    assert (await matter(database, owed)).assignment.comment is None


async def test_other_words_are_asked_what_they_are_about(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.coordinator_1)

    assert "О чём это?" in (await chat.says("а что делать?"))["text"]


class TestDoneThatAsksForMore:
    @pytest.fixture
    async def card(self, database: Database, network: SmallNetwork, tg: Telegram) -> Message:
        await open_task(database, network)
        async with database.write() as tx:
            await tx._connection.execute(update(activities).values(asks="number"))
        return await opened_card(tg.chat_of(network.coordinator_1))

    async def test_the_number_is_asked_for_checked_and_shown(
        self, database: Database, network: SmallNetwork, tg: Telegram, card: Message
    ) -> None:
        chat = tg.chat_of(network.coordinator_1)
        assert "Вместе с «Выполнено» пришлите число" in card["text"]
        asked = await chat.presses("✅ Выполнено", on=card)
        assert "Напишите число" in asked["text"]
        assert "Нужно только число" in (await chat.says("много"))["text"]

        assert "выполнено, «25»" in (await chat.says("25"))["text"]

        assert await answers(database) == ["done"]
        assert "25" in as_it_looks(chat, card)["text"]

    async def test_a_command_does_not_drop_the_question_silently(
        self, database: Database, network: SmallNetwork, tg: Telegram, card: Message
    ) -> None:
        chat = tg.chat_of(network.coordinator_1)
        await chat.presses("✅ Выполнено", on=card)

        mine = await chat.says("/my")

        assert "ответ пока не записан" in chat.messages[-2]["text"]
        assert "Ваши дела" in mine["text"], "the command is answered all the same"
        await chat.says("/my")
        assert "не записан" not in chat.messages[-2]["text"], "told once"

    async def test_later_leaves_the_matter_in_progress(
        self, database: Database, network: SmallNetwork, tg: Telegram, card: Message
    ) -> None:
        chat = tg.chat_of(network.coordinator_1)
        await chat.presses("✅ Выполнено", on=card)

        await chat.presses("Позже, пока в работе")

        assert await answers(database) == ["in_progress"]
        await chat.says("25")
        assert await answers(database) == ["in_progress"], "the question is over"
