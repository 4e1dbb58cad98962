from __future__ import annotations

from datetime import timedelta

import pytest

from bot.clock import MovableClock
from bot.config import Settings
from bot.domain.forms import Question, QuestionKind
from bot.domain.network import Role
from handlers.answers.callbacks import Tab
from storage.database import Database
from tests.driver import Telegram, labels, telegram
from tests.factories import NetworkFactory, SmallNetwork
from tests.forms import form_on, handed_in_with, next_date, task_with_form
from tests.handlers.forms.chatting import card_of, sends
from tests.opening import assignment, matter, open_task

SCAN = Question("scan", QuestionKind.FILE, "Скан приказа")
TWELVE = (
    Question("q1", QuestionKind.CHOICE, "Модель наставничества", options=("Учитель – учитель", "Ученик – ученик")),
    Question("q2", QuestionKind.YES_NO, "Приказ издан?"),
    Question("q3", QuestionKind.WHOLE, "Сколько наставников?", unit="чел.", at_least=20),
    Question("q4", QuestionKind.WHOLE, "Сколько наставляемых?", unit="чел."),
    Question("q5", QuestionKind.DECIMAL, "Доля охвата", unit="%", high=100),
    Question("q6", QuestionKind.DATE, "Когда обновлён раздел сайта?"),
    Question("q7", QuestionKind.YES_NO, "Программа утверждена?"),
    Question("q8", QuestionKind.CHOICE, "Кто отвечает?", options=("Директор", "Заместитель", "Другой")),
    Question("q9", QuestionKind.LINK, "Страница на сайте"),
    Question("q10", QuestionKind.WHOLE, "Сколько мероприятий?", unit="шт."),
    Question("q11", QuestionKind.YES_NO, "Родители участвуют?"),
    Question("q12", QuestionKind.TEXT, "Что мешает?", is_required=False),
)
LAST_TIME = ("1", "да", "21", "48", "35,5", "01.09.2026", "да", "Заместитель", "https://shkola1.ru/nast", "4", "нет")


async def test_twelve_questions_take_fourteen_taps_no_typing_and_one_message(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    """At three to five seconds a tap, with the question read, that is about a minute."""
    first = await open_task(database, network)
    await form_on(database, network, first, TWELVE)
    await handed_in_with(
        database, network.coordinator_1, await assignment(database, first, school=network.school_1), *LAST_TIME
    )
    second = await next_date(database, first, after=timedelta(days=30))
    owed = await assignment(database, second, school=network.school_1)
    chat = await card_of(tg, network.coordinator_1, owed)
    before = len(tg.sandbox.calls("sendMessage"))
    taps = (
        "📝 Заполнить",
        "Учитель – учитель",
        "Да",
        "↺ Как в прошлый раз: 21 чел.",
        "↺ Как в прошлый раз: 48 чел.",
        "↺ Как в прошлый раз: 35,5 %",
        "📅 Сегодня, 07.09.2026",
        "Да",
        "Заместитель",
        "↺ Как в прошлый раз: https://shkola1.ru/nast",
        "↺ Как в прошлый раз: 4 шт.",
        "Нет",
        "Пропустить",
        "✅ Сдать",
    )
    for label in taps:
        await chat.presses(label)
    assert len(taps) == 14
    assert len(tg.sandbox.calls("sendMessage")) == before, "the bot has edited one message and sent no other"
    assert len(chat.messages) == 1
    assert "Выполнено" in chat.last["text"]
    assert not (await matter(database, owed)).is_open


async def test_typed_answers_go_into_the_same_message(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    owed = await task_with_form(database, network)
    chat = await card_of(tg, network.coordinator_1, owed)
    await chat.presses("📝 Заполнить")
    await chat.says("17")
    assert "✓ Записано: 17 чел. – меньше плана (не менее 20 чел.)" in chat.last["text"]
    assert "Приказ издан?" in chat.last["text"]
    await chat.says("да")
    await chat.says("2")
    await chat.says("Не хватает ставок")
    assert len(chat.messages) == 1
    texts = [message["text"] for message in tg.sandbox.messages(chat.id)]
    assert not {"17", "да", "2", "Не хватает ставок"} & set(texts), "what was typed has left the chat for the form"
    assert "4. Что мешает? – Не хватает ставок" in chat.last["text"]
    assert "1. Сколько наставников? – 17 чел. ↓ план: 20 чел." in chat.last["text"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("много", "Это не похоже на число"),
        ("17,5", "Нужно целое число"),
        ("600", "здесь может быть не больше 500 чел."),
        ("-3", "здесь может быть не меньше 0 чел."),
    ],
)
async def test_what_is_no_answer_is_asked_again_with_the_reason(
    tg: Telegram, database: Database, network: SmallNetwork, words: str, why: str
) -> None:
    chat = await card_of(tg, network.coordinator_1, await task_with_form(database, network))
    await chat.presses("📝 Заполнить")
    asked_again = await chat.says(words)
    assert why in asked_again["text"]
    assert "1 из 4" in asked_again["text"]
    assert "2 из 4" in (await chat.says("21"))["text"]


async def test_an_unlikely_figure_is_asked_about(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    first = await open_task(database, network)
    await form_on(database, network, first)
    of_first = await assignment(database, first, school=network.school_1)
    await handed_in_with(database, network.coordinator_1, of_first, "21", "да", "в школе")
    second = await next_date(database, first, after=timedelta(days=30))
    owed = await assignment(database, second, school=network.school_1)
    chat = await card_of(tg, network.coordinator_1, owed)
    await chat.presses("📝 Заполнить")
    doubted = await chat.says("210")
    assert "210 чел. – точно? В прошлый раз: 21 чел." in doubted["text"]
    assert "2 из 4" in (await chat.says("22"))["text"], "another figure is taken instead"
    await chat.presses("⬅️ Назад")
    await chat.says("2")
    sure = await chat.presses("Да, верно: 2 чел.")
    assert "✓ Записано: 2 чел." in sure["text"]


async def test_a_draft_waits_and_goes_on_where_it_was(
    tg: Telegram, database: Database, network: SmallNetwork, clock: MovableClock, settings: Settings
) -> None:
    owed = await task_with_form(database, network)
    chat = await card_of(tg, network.coordinator_1, owed)
    await chat.presses("📝 Заполнить")
    await chat.says("21")
    await chat.presses("Да")
    saved = await chat.presses("💾 Позже")
    assert "Сохранено" in chat.toast["text"]
    assert "📝 Продолжить: 2 из 4" in labels(saved)
    async with telegram(database, clock, settings) as restarted:
        chat = await card_of(restarted, network.coordinator_1, owed)
        resumed = await chat.presses("📝 Продолжить: 2 из 4")
        assert "3 из 4" in resumed["text"]
        back = await chat.presses("⬅️ Назад")
        assert "Сейчас: да" in back["text"]
        assert "3 из 4" in (await chat.presses("Дальше ›"))["text"]


async def test_a_question_survives_a_restart_too(
    tg: Telegram, database: Database, network: SmallNetwork, clock: MovableClock, settings: Settings
) -> None:
    """The message is gone with the old sandbox, so the form goes on in a new one."""
    owed = await task_with_form(database, network)
    chat = await card_of(tg, network.coordinator_1, owed)
    await chat.presses("📝 Заполнить")
    async with telegram(database, clock, settings) as restarted:
        chat = restarted.chat_of(network.coordinator_1)
        assert "2 из 4" in (await chat.says("21"))["text"]


async def test_each_line_of_the_whole_is_a_tap_away(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    owed = await task_with_form(database, network)
    chat = await card_of(tg, network.coordinator_1, owed)
    await chat.presses("📝 Заполнить")
    await chat.says("21")
    await chat.presses("Да")
    await chat.presses("В школе")
    await chat.presses("Пропустить")
    await chat.presses("1")
    whole = await chat.says("25")
    assert "1. Сколько наставников? – 25 чел." in whole["text"]
    assert "✅ Сдать" in labels(whole)


async def test_what_is_missing_is_named_before_handing_in(
    tg: Telegram, database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    owed = await task_with_form(database, network)
    factory.person("Юдина Мария Львовна", network.school_1, Role.TEACHER)
    chat = await card_of(tg, network.coordinator_1, owed)
    await chat.presses("📝 Заполнить")
    await chat.presses("🙋 Спросить коллегу")
    await chat.presses("Юдина Мария Львовна")
    await chat.presses("Да")
    await chat.presses("В школе")
    whole = await chat.presses("Пропустить")
    assert "1. Сколько наставников? – ⏳ ждём ответа: Юдина М. Л." in whole["text"]
    assert "⏳ 1" in labels(whole)
    assert "Осталось ответить: 1" in whole["text"]
    assert "✅ Сдать" not in labels(whole)
    assert "1 из 4" in (await chat.presses("Ответить: осталось 1"))["text"]


async def test_two_coordinators_see_who_answered_what(
    tg: Telegram, database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    owed = await task_with_form(database, network)
    second = factory.person("Юдина Мария Львовна", network.school_1, Role.COORDINATOR)
    one = await card_of(tg, network.coordinator_1, owed)
    other = await card_of(tg, second, owed)
    await one.presses("📝 Заполнить")
    shown = await other.presses("📝 Заполнить")
    assert "Начал(а) заполнять Зимина А. О., 7 сент., 12:00" in shown["text"]
    assert "Начал(а)" not in one.last["text"], "he knows"
    await one.says("21")
    told = await other.says("40")
    assert "Зимина А. О. уже ответил(а) на этот вопрос: 21 чел." in told["text"]
    assert "1 из 4" in shown["text"]
    await other.says("40")
    whole = await one.presses("⬅️ Назад")
    assert "Сейчас: 40 чел. – Юдина М. Л." in whole["text"]


async def test_a_file_or_a_photo_is_kept_and_other_kinds_are_refused(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    owed = await task_with_form(database, network, (SCAN,))
    chat = await card_of(tg, network.coordinator_1, owed)
    await chat.presses("📝 Заполнить")
    assert "Здесь нужен файл" in (await chat.says("пришлю завтра"))["text"]
    voice = {"file_id": "V", "file_unique_id": "v", "duration": 3}
    assert "не голосовое" in (await sends(tg, chat, voice=voice))["text"]
    large = {"file_id": "L", "file_unique_id": "l", "file_name": "альбом.pdf", "file_size": 20 * 1024 * 1024 + 1}
    assert "Файл больше 20 МБ" in (await sends(tg, chat, document=large))["text"]
    photo = [{"file_id": "P", "file_unique_id": "p", "width": 9, "height": 9, "file_size": 10}]
    assert "1. Скан приказа – 📎 фото" in (await sends(tg, chat, photo=photo))["text"]
    await chat.presses("1")
    before = len(chat.messages)
    for place in range(3):
        await sends(tg, chat, photo=[{**photo[0], "file_id": f"P{place}"}], media_group_id="album")
    assert len(chat.messages) == before, "of an album the first is the answer, and nothing is said of the others"
    assert "1. Скан приказа – 📎 фото" in chat.last["text"]
    await chat.presses("1")
    assert "1. Скан приказа – 📎 приказ.pdf" in (await chat.sends("приказ.pdf", b"%PDF-1.4"))["text"]
    await chat.presses("✅ Сдать")
    await chat.presses("📄 Что сдано")
    sent = await chat.presses("📎 приказ.pdf")
    assert sent["document"]["file_name"] == "приказ.pdf"
    assert "Скан приказа" in sent["caption"]


async def test_what_was_handed_in_is_changed_or_left(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    owed = await task_with_form(database, network)
    await handed_in_with(database, network.coordinator_1, owed, "21", "да", "в школе", "тесно")
    chat = await card_of(tg, network.coordinator_1, owed, tab=Tab.ANSWERED)
    whole = await chat.presses("✏️ Изменить сданное")
    assert "1. Сколько наставников? – 21 чел." in whole["text"], "it begins with what was handed in"
    left = await chat.presses("Отменить изменения")
    assert "✏️ Изменить сданное" in labels(left)
    await chat.presses("✏️ Изменить сданное")
    await chat.presses("1")
    await chat.says("30")
    await chat.presses("✅ Сдать")
    shown = await chat.presses("📄 Что сдано")
    assert "1. Сколько наставников? – 30 чел." in shown["text"]


async def test_an_old_done_button_leads_to_the_form(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    occurrence = await open_task(database, network)
    owed = await assignment(database, occurrence, school=network.school_1)
    chat = await card_of(tg, network.coordinator_1, owed)
    await form_on(database, network, occurrence)
    card = await chat.presses("✅ Выполнено")
    assert "нужно заполнить форму" in chat.toast["text"]
    assert "📝 Заполнить" in labels(card)


async def test_a_command_says_that_the_form_is_kept(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    owed = await task_with_form(database, network)
    chat = await card_of(tg, network.coordinator_1, owed)
    await chat.presses("📝 Заполнить")
    await chat.says("/my")
    assert any("Форма сохранена" in message["text"] for message in chat.messages)


async def test_a_typed_answer_that_is_handled_again_answers_no_other_question(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    first, second = (
        Question("a", QuestionKind.WHOLE, "Сколько классов?"),
        Question("b", QuestionKind.WHOLE, "Учителей?"),
    )
    owed = await task_with_form(database, network, (first, second))
    chat = await card_of(tg, network.coordinator_1, owed)
    await chat.presses("📝 Заполнить")
    await sends(tg, chat, times=2, text="12")
    async with database.read() as tx:
        draft = await tx.forms.draft(owed)
    assert draft is not None
    assert {key: given.value.number for key, given in draft.given.items()} == {"a": 12}


async def test_a_paper_that_there_is_not_is_said_to_be_absent_and_why(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    page = Question("page", QuestionKind.LINK, "Страница на сайте")
    owed = await task_with_form(database, network, (SCAN, page))
    chat = await card_of(tg, network.coordinator_1, owed)
    asked = await chat.presses("📝 Заполнить")
    assert "🚫 Такого нет" in labels(asked), "required, and yet no dead end"
    await chat.presses("🚫 Такого нет")
    shown = await chat.says("нет, сайт на ремонте")
    assert "1. Скан приказа – 🚫 такого нет" in shown["text"]
    assert "2. Страница на сайте – 🚫 такого нет: сайт на ремонте" in shown["text"]
    await chat.presses("✅ Сдать")
    assert not (await matter(database, owed)).is_open
