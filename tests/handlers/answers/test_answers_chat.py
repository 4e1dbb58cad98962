"""Answering as people do it: through the chat."""

from __future__ import annotations

from datetime import timedelta

import pytest
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from sqlalchemy import insert, select, update

from bot.clock import MovableClock
from bot.domain.ids import AssignmentId, OccurrenceId
from bot.domain.matters import Answer
from bot.domain.network import Role
from bot.services.accept_reply import GivenReply, accept_reply
from bot.services.cancel_occurrence import cancel_occurrence
from bot.services.move_occurrence import move_occurrence
from storage.database import Database
from storage.tables import activities, notices, replies
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.driver import Chat, Message, Telegram, labels
from tests.factories import NetworkFactory, SmallNetwork
from tests.opening import IN_A_WEEK, assignment, matter, open_task, open_webinar

TASK_BUTTONS = ["✅ Выполнено", "⏳ В работе", "⚠️ Есть проблема", "Другой ответ…"]


async def opened_card(chat: Chat, number: int = 1) -> Message:
    """The card of a matter, opened from /my."""
    mine = await chat.says("/my")
    return await chat.presses(labels(mine)[number - 1], on=mine)


def as_it_looks(chat: Chat, message: Message) -> Message:
    return next(m for m in chat.messages if m["message_id"] == message["message_id"])


async def pressed_by(tg: Telegram, somebody: Chat, card: Message) -> str:
    """What somebody else is told who got hold of the first button of this card."""
    button = card["reply_markup"]["inline_keyboard"][0][0]
    copy = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(**button)]])
    await tg.bot.send_message(somebody.id, "Переслано", reply_markup=copy)
    await somebody.presses(button["text"])
    return str(somebody.toast["text"])


async def answers(database: Database) -> list[str | None]:
    async with database.read() as tx:
        found = await tx._connection.execute(select(replies.c.answer).order_by(replies.c.id))
        return list(found.scalars())


async def stored(database: Database, occurrence: OccurrenceId, network: SmallNetwork) -> Answer | None:
    owed = await assignment(database, occurrence, school=network.school_1)
    return (await matter(database, owed)).assignment.answer


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
    await move_occurrence(
        database, actor=await actor_of(database, network.regional), occurrence_id=occurrence, version=1,
        due_at=later, due_on=later.date(), has_time=False, now=MONDAY,
    )  # fmt: skip

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

    assert confirmed["text"] == "⚠️ Записал: «Нет <b>света</b> & воды 🙈». Координатор узнает об этом."
    assert "В чём проблема: Нет <b>света</b> & воды 🙈" in as_it_looks(chat, card)["text"]
    assert await stored(database, occurrence, network) is Answer.PROBLEM
    async with database.read() as tx:
        told = await tx._connection.execute(select(notices.c.person_id).where(notices.c.key.startswith("problem:")))
        assert list(told.scalars()) == [network.municipal]


async def test_what_cannot_be_taken_for_a_line_is_asked_for_again(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    occurrence = await open_task(database, network)
    chat = tg.chat_of(network.coordinator_1)
    await opened_card(chat)
    await chat.presses("⚠️ Есть проблема")

    assert "1\u00a0001 знак, а помещается 1\u00a0000" in (await chat.says("а" * 1001))["text"]
    assert "жду текст" in (await chat.sends("письмо.pdf", b"%PDF"))["text"]
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

    assert "Я не понял" in (await chat.says("нет света"))["text"]
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

    assert "Я не понял" in (await chat.says("спасибо"))["text"]
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


async def test_other_words_are_met_with_help(database: Database, network: SmallNetwork, tg: Telegram) -> None:
    chat = tg.chat_of(network.coordinator_1)

    assert "/my" in (await chat.says("а что делать?"))["text"]


async def test_my_matters_are_paged_and_overdue_ones_come_first(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    for number in range(1, 7):
        await open_task(database, network, title=f"Дело {number}", due_at=IN_A_WEEK + timedelta(days=number))
    await open_task(database, network, title="Забытое", due_at=MONDAY - timedelta(days=3))
    chat = tg.chat_of(network.coordinator_1)

    first = await chat.says("/my")
    assert first["text"].startswith("Ваши дела: 7\n\n1. Забытое")
    assert "срок прошёл: пятница, 4 сентября" in first["text"]
    assert labels(first)[-3:-1] == ["Следующие ›", "✅ Отвеченные"]

    second = await chat.presses("Следующие ›")
    assert "6. Дело 5" in second["text"]
    assert "7. Дело 6" in second["text"]
    assert labels(second)[-3:-1] == ["‹ Предыдущие", "✅ Отвеченные"]


async def test_answered_matters_have_a_page_of_their_own(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    await open_task(database, network)
    chat = tg.chat_of(network.coordinator_1)
    await opened_card(chat)
    await chat.presses("Другой ответ…")
    await chat.presses("➖ Нечего сообщать")

    mine = await chat.presses("‹ К моим делам")
    assert "Открытых дел нет" in mine["text"]

    done = await chat.presses("✅ Отвеченные")
    assert "Провести родительские собрания" in done["text"]
    assert "Нечего сообщать, 7 сент., 12:00" in done["text"]


async def test_my_holds_ones_own_webinars_and_ones_schools_tasks_only(
    database: Database, network: SmallNetwork, factory: NetworkFactory, tg: Telegram
) -> None:
    factory.member(network.coordinator_1, network.school_1, Role.TEACHER)
    await open_task(database, network, title="Задача школы")
    await open_webinar(database, network, title="Вебинар учителя")
    await open_task(database, network, network.school_2, title="Чужая задача")

    mine = await tg.chat_of(network.coordinator_1).says("/my")

    assert "Задача школы" in mine["text"]
    assert "Вебинар учителя" in mine["text"]
    assert "Чужая задача" not in mine["text"]


async def test_a_long_title_is_shortened_and_shown_whole_on_request(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    title = "Провести <b>мероприятия</b> & конкурсы 🏆 " + "по развитию функциональной грамотности " * 12 + "в срок"
    await open_task(database, network, title=title)
    chat = tg.chat_of(network.coordinator_1)

    card = await opened_card(chat)
    assert "<b>мероприятия</b> & конкурсы 🏆" in card["text"], "what was typed is shown as it was typed"
    assert "в срок" not in card["text"]

    assert "в срок" in (await chat.presses("Подробнее"))["text"]
    assert "в срок" not in (await chat.presses("Свернуть"))["text"]


async def test_the_reader_sees_both_clocks_where_they_differ(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    await open_webinar(database, network, network.amur, due_at=MONDAY + timedelta(days=3))

    card = await opened_card(tg.chat_of(network.teacher_4))

    assert "четверг, 10 сентября, 18:00 (у вас) · 12:00 МСК" in card["text"]


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


async def test_an_evening_webinar_of_moscow_stays_listed_where_it_is_the_next_day(
    database: Database, factory: NetworkFactory, network: SmallNetwork, tg: Telegram, clock: MovableClock
) -> None:
    """At 19:00 in Moscow it is 01:00 of the next day in МСК+6."""
    far = factory.person("Носов Пётр Ильич", network.school_1, timezone="Asia/Yakutsk")
    await open_webinar(database, network, due_at=MONDAY + timedelta(hours=7))
    clock.move_to(MONDAY + timedelta(hours=6, minutes=30))

    assert "Работа с одарёнными детьми" in (await tg.chat_of(far).says("/my"))["text"]
    clock.move_to(MONDAY + timedelta(days=1, hours=6, minutes=30))
    assert "Работа с одарёнными детьми" not in (await tg.chat_of(far).says("/my"))["text"]
