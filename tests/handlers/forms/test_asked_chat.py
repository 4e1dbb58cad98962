from __future__ import annotations

import pytest

from bot.clock import MovableClock
from bot.domain.forms import Question, QuestionKind
from bot.domain.ids import AssignmentId
from bot.services.fill_form import show_filling
from storage.database import Database
from tests.acting import actor_of
from tests.driver import Chat, Telegram, labels
from tests.factories import SmallNetwork
from tests.forms import QUESTIONS, begin, handed_in_with, task_with_form
from tests.handlers.forms.chatting import card_of, deliver, sends

COLLEAGUE = "Смирнова Дарья Павловна"


@pytest.fixture
async def asked(
    tg: Telegram, database: Database, network: SmallNetwork, clock: MovableClock
) -> tuple[Chat, AssignmentId]:
    """The coordinator of school № 1 has asked a teacher how many mentors there are, and she was told."""
    owed = await task_with_form(database, network)
    chat = await card_of(tg, network.coordinator_1, owed)
    await chat.presses("📝 Заполнить")
    choice = await chat.presses("🙋 Спросить коллегу")
    assert labels(choice) == [COLLEAGUE, "⬅️ Назад"], "only those of the same school"
    following = await chat.presses(COLLEAGUE)
    assert "2 из 4" in following["text"], "the form goes on meanwhile"
    await deliver(tg, database, clock)
    return chat, owed


async def test_a_colleagues_answer_stands_in_the_draft_with_the_name(
    tg: Telegram, database: Database, network: SmallNetwork, clock: MovableClock, asked: tuple[Chat, AssignmentId]
) -> None:
    coordinator, owed = asked
    teacher = tg.chat_of(network.teacher_1)
    assert "Зимина А. О. просит вас ответить на один вопрос" in teacher.last["text"]
    assert "Сколько наставников?" in teacher.last["text"]
    assert "Приказ издан?" not in teacher.last["text"], "of the form she sees the one question"
    await teacher.presses("✍️ Ответить")
    assert "не похоже на число" in (await teacher.says("много"))["text"]
    assert "Спасибо! Ответ записан: 23 чел." in (await teacher.says("23"))["text"]
    await deliver(tg, database, clock)
    assert "Смирнова Д. П. отвечает" in coordinator.last["text"]
    assert "Ответ: 23 чел." in coordinator.last["text"]
    filling = await begin(database, network.coordinator_1, owed)
    assert filling.submission.given["mentors"].full_name == COLLEAGUE
    shown = await coordinator.presses("📝 Открыть форму")
    assert "2 из 4" in shown["text"]
    assert "Сейчас: 23 чел. – Смирнова Д. П." in (await coordinator.presses("⬅️ Назад"))["text"]


async def test_an_answer_that_is_simply_written_reaches_the_question(
    tg: Telegram, database: Database, network: SmallNetwork, clock: MovableClock, asked: tuple[Chat, AssignmentId]
) -> None:
    coordinator, _ = asked
    teacher = tg.chat_of(network.teacher_1)
    assert labels(await teacher.says("23"))[0] == "🙋 Это ответ: Сколько наставников?"
    assert "Спасибо! Ответ записан: 23 чел." in (await teacher.presses("🙋 Это ответ: Сколько наставников?"))["text"]
    await deliver(tg, database, clock)
    assert "Ответ: 23 чел." in coordinator.last["text"]
    assert "🙋" not in "".join(labels(await teacher.says("ещё одно"))), "nothing is asked of her any more"


@pytest.mark.usefixtures("asked")
async def test_the_last_words_are_the_answer_and_those_before_wait_on(tg: Telegram, network: SmallNetwork) -> None:
    teacher = tg.chat_of(network.teacher_1)
    await teacher.says("когда вебинар?")
    await teacher.says("17")
    shown = await teacher.presses("🙋 Это ответ: Сколько наставников?")
    assert "Ответ записан: 17 чел." in shown["text"]
    assert "когда вебинар?" in shown["text"], "he is asked what that is about"
    assert "17" not in (await teacher.presses(labels(shown)[0]))["text"]


@pytest.mark.usefixtures("asked")
async def test_words_that_are_no_answer_ask_the_question_again(tg: Telegram, network: SmallNetwork) -> None:
    teacher = tg.chat_of(network.teacher_1)
    await teacher.says("много")
    shown = await teacher.presses("🙋 Это ответ: Сколько наставников?")
    assert "не похоже на число" in shown["text"]
    assert labels(shown) == ["🤷 Не знаю"]
    assert "Ответ записан: 7 чел." in (await teacher.says("7"))["text"], "what is typed next answers it"


async def test_who_does_not_know_says_so(
    tg: Telegram, database: Database, network: SmallNetwork, clock: MovableClock, asked: tuple[Chat, AssignmentId]
) -> None:
    coordinator, _ = asked
    teacher = tg.chat_of(network.teacher_1)
    assert "вы не можете ответить" in (await teacher.presses("🤷 Не знаю"))["text"]
    await deliver(tg, database, clock)
    assert "Смирнова Д. П. не может ответить" in coordinator.last["text"]
    shown = await coordinator.presses("📝 Открыть форму")
    assert "1 из 4" in shown["text"]
    assert "🙋 Смирнова Д. П. не может ответить." in shown["text"]


async def test_a_question_that_is_taken_back_is_answered_no_more(
    tg: Telegram, database: Database, network: SmallNetwork, clock: MovableClock, asked: tuple[Chat, AssignmentId]
) -> None:
    coordinator, owed = asked
    teacher = tg.chat_of(network.teacher_1)
    question = teacher.last
    await coordinator.presses("⬅️ Назад")
    await coordinator.presses("🙋 Не ждать: Смирнова Д. П.")
    await deliver(tg, database, clock)
    assert "отвечать больше не нужно" in teacher.last["text"]
    assert "больше не нужно" in (await teacher.presses("🤷 Не знаю", on=question))["text"]
    filling = await begin(database, network.coordinator_1, owed)
    assert filling.waiting == frozenset()


async def test_who_answers_himself_frees_the_colleague(
    tg: Telegram, database: Database, network: SmallNetwork, clock: MovableClock, asked: tuple[Chat, AssignmentId]
) -> None:
    coordinator, owed = asked
    await coordinator.presses("⬅️ Назад")
    await coordinator.says("21")
    await deliver(tg, database, clock)
    assert "отвечать больше не нужно" in tg.chat_of(network.teacher_1).last["text"]
    filling = await begin(database, network.coordinator_1, owed)
    assert filling.submission.given["mentors"].full_name == "Зимина Анна Олеговна"


async def test_a_tap_is_enough_where_the_question_has_buttons(
    tg: Telegram, database: Database, network: SmallNetwork, clock: MovableClock
) -> None:
    owed = await task_with_form(database, network, QUESTIONS[1:])
    chat = await card_of(tg, network.coordinator_1, owed)
    await chat.presses("📝 Заполнить")
    await chat.presses("🙋 Спросить коллегу")
    await chat.presses(COLLEAGUE)
    await deliver(tg, database, clock)
    teacher = tg.chat_of(network.teacher_1)
    assert labels(teacher.last) == ["Да", "Нет", "🤷 Не знаю"]
    assert "Ответ записан: да" in (await teacher.presses("Да"))["text"]


async def test_a_colleague_sends_the_file(
    tg: Telegram, database: Database, network: SmallNetwork, clock: MovableClock
) -> None:
    scan = Question("scan", QuestionKind.FILE, "Скан приказа")
    owed = await task_with_form(database, network, (scan, *QUESTIONS[1:]))
    chat = await card_of(tg, network.coordinator_1, owed)
    await chat.presses("📝 Заполнить")
    await chat.presses("🙋 Спросить коллегу")
    await chat.presses(COLLEAGUE)
    await deliver(tg, database, clock)
    teacher = tg.chat_of(network.teacher_1)
    await teacher.presses("✍️ Ответить")
    photo = [{"file_id": "P", "file_unique_id": "p", "width": 9, "height": 9, "file_size": 10}]
    assert "Ответ записан: 📎 фото" in (await sends(tg, teacher, photo=photo))["text"]


async def test_a_form_that_is_handed_in_asks_nobody_any_more(
    tg: Telegram, database: Database, network: SmallNetwork, clock: MovableClock, asked: tuple[Chat, AssignmentId]
) -> None:
    _, owed = asked
    teacher = tg.chat_of(network.teacher_1)
    question = teacher.last
    await handed_in_with(database, network.coordinator_1, owed, "21", "да", "в школе")
    assert "больше не нужно" in (await teacher.presses("✍️ Ответить", on=question))["text"]


async def test_nobody_else_answers_the_colleagues_question(
    tg: Telegram, database: Database, network: SmallNetwork, asked: tuple[Chat, AssignmentId]
) -> None:
    _, owed = asked
    data = next(
        button["callback_data"]
        for row in tg.chat_of(network.teacher_1).last["reply_markup"]["inline_keyboard"]
        for button in row
        if button["text"] == "✍️ Ответить"
    )
    await tg.bot.send_message(tg.chat_of(network.teacher_2).id, "чужая кнопка", reply_markup={
        "inline_keyboard": [[{"text": "✍️ Ответить", "callback_data": data}]]
    })  # type: ignore[arg-type]  # the plain object that the messenger takes  # fmt: skip
    stranger = tg.chat_of(network.teacher_2)
    assert "больше не нужно" in (await stranger.presses("✍️ Ответить"))["text"]
    await stranger.says("99")
    filling = await show_filling(
        database,
        actor=await actor_of(database, network.coordinator_1),
        submission_id=(await begin(database, network.coordinator_1, owed)).submission.id,
    )
    assert not filling.submission.given
