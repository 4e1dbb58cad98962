"""/forms: a form is made by taps and typing, stored at every step, published, changed and versioned."""

from __future__ import annotations

from dataclasses import replace

import pytest
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from sqlalchemy import select

from bot.clock import MovableClock
from bot.config import Settings
from bot.domain.forms import Question, QuestionKind
from bot.domain.ids import FormId
from bot.services.edit_form import show_made_form
from storage.database import Database
from storage.tables import audit
from storage.task_tables import forms
from tests.acting import actor_of
from tests.driver import Chat, Message, Telegram, labels, telegram
from tests.factories import SmallNetwork
from tests.forms import activity_of, begin, form_on, handed_in_with, task_with_form
from tests.opening import assignment, open_task


async def begun(tg: Telegram, network: SmallNetwork, title: str = "Мониторинг") -> Chat:
    chat = tg.chat_of(network.municipal)
    await chat.says("/forms")
    await chat.presses("➕ Новая форма")
    await chat.says(title)
    return chat


async def only_form(database: Database) -> FormId:
    async with database.read() as tx:
        return FormId((await tx._connection.execute(select(forms.c.id))).scalar_one())


async def forged(tg: Telegram, chat: Chat, data: str) -> Message:
    """A button that this chat was not shown."""
    button = InlineKeyboardButton(text="?", callback_data=data)
    await tg.bot.send_message(chat.id, "?", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]]))
    return await chat.presses(data=data)


async def drafted(database: Database, network: SmallNetwork) -> tuple[Question, ...]:
    actor = await actor_of(database, network.municipal)
    return (await show_made_form(database, actor=actor, form_id=await only_form(database))).draft.questions


async def asked(database: Database, form_id: FormId) -> tuple[int, tuple[Question, ...]]:
    async with database.read() as tx:
        form = await tx.forms.form(form_id)
    assert form is not None
    return form.version.number, form.version.questions


async def test_who_has_no_form_is_told_what_one_is(tg: Telegram, network: SmallNetwork) -> None:
    shown = await tg.chat_of(network.municipal).says("/forms")
    assert "Форм пока нет" in shown["text"]
    assert labels(shown) == ["➕ Новая форма"]


async def test_a_question_takes_one_typed_line_and_one_tap(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    chat = await begun(tg, network)
    await chat.presses("➕ Вопрос")
    shown = await chat.says("Сколько наставников (чел.), не менее 20")
    assert "целое число, чел., план от 20" in shown["text"], "what was guessed is shown"
    await chat.presses("✅ Верно")
    await chat.presses("‹ Ко всем вопросам")
    shown = await chat.presses("✅ Готово")
    assert "Готово" in shown["text"]
    number, questions = await asked(database, await only_form(database))
    mentors = Question("q1", QuestionKind.WHOLE, "Сколько наставников", unit="чел.", at_least=20.0)
    assert (number, questions) == (1, (mentors,))


async def test_every_part_of_a_question_can_be_changed(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    chat = await begun(tg, network)
    await chat.presses("➕ Вопрос")
    await chat.says("Кружки")
    await chat.presses("▫️ целое число")
    await chat.presses("▫️ шт.")
    for button, words in (("План", "не менее 200"), ("Не меньше", "0"), ("Не больше", "1 000"), ("✏️ Текст", "Кружков")):
        await chat.presses(button)
        await chat.says(words)
    await chat.presses("Разрешить пропускать")
    whole = Question(
        "q1", QuestionKind.WHOLE, "Кружков", is_required=False, unit="шт.", at_least=200.0, low=0.0, high=1000.0
    )
    assert await drafted(database, network) == (whole,)
    await chat.presses("План")
    await chat.presses("✖️ Убрать")
    await chat.presses("Единица")
    await chat.presses("Другая…")
    await chat.says("мест")
    assert await drafted(database, network) == (replace(whole, at_least=None, unit="мест"),)
    await chat.presses("Тип ответа")
    await chat.presses("▫️ один из списка")
    await chat.says("В школе\nДома")
    plain = Question("q1", QuestionKind.CHOICE, "Кружков", is_required=False, options=("В школе", "Дома"))
    assert await drafted(database, network) == (plain,), "unit and bounds do not stay with a choice"


@pytest.mark.parametrize(
    ("button", "words", "said"),
    [
        ("План", "много", "нужно число"),
        ("План", "600", "границы и план не сходятся"),
        ("✏️ Текст", "я" * 301, "слишком длинно"),
    ],
)
async def test_what_does_not_do_is_asked_again_with_the_reason(
    tg: Telegram, database: Database, network: SmallNetwork, button: str, words: str, said: str
) -> None:
    chat = await begun(tg, network)
    await chat.presses("➕ Вопрос")
    await chat.says("Сколько кружков (шт.)")
    await chat.presses("✅ Верно")
    await chat.presses("Не больше")
    await chat.says("500")
    before = await drafted(database, network)
    await chat.presses(button)
    assert said in (await chat.says(words))["text"]
    assert await drafted(database, network) == before
    await chat.says("400")
    assert await drafted(database, network) != before, "the dialogue still waits for it"


async def test_a_list_is_guessed_and_waits_to_be_confirmed(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    chat = await begun(tg, network)
    await chat.presses("📋 Списком")
    shown = await chat.says("1. Сколько наставников (чел.)\n2. Приказ издан? (да/нет)\n\n3. Ссылка на страницу")
    assert "2. Приказ издан? – ❔ да или нет" in shown["text"]
    assert "✅ Готово" not in labels(shown), "nothing guessed is published unseen"
    await chat.presses("3")
    await chat.presses("Тип ответа")
    await chat.presses("▫️ файл")
    shown = await chat.presses("‹ Ко всем вопросам")
    assert "✅ Типы верны (2)" in labels(shown), "what was corrected by hand is sure"
    shown = await chat.presses("✅ Типы верны (2)")
    assert "✅ Готово" in labels(shown)
    kinds = [question.kind for question in await drafted(database, network)]
    assert kinds == [QuestionKind.WHOLE, QuestionKind.YES_NO, QuestionKind.FILE]


async def test_a_long_list_is_read_from_its_beginning_and_one_comes_back_to_its_own_page(
    tg: Telegram, network: SmallNetwork
) -> None:
    chat = await begun(tg, network)
    await chat.presses("📋 Списком")
    shown = await chat.says("\n".join(f"Сколько кружков в школе {place}" for place in range(1, 13)))
    assert "1. Сколько кружков в школе 1" in shown["text"], "what was guessed is not confirmed unseen"
    await chat.presses("10")
    shown = await chat.presses("‹ Ко всем вопросам")
    assert "10. Сколько кружков" in shown["text"]
    await chat.presses("›")
    await chat.presses("12")
    assert "12. Сколько кружков" in (await chat.presses("‹ Ко всем вопросам"))["text"]

    listed = await chat.says("/forms")
    draft = await chat.presses("✏️ Мониторинг", on=listed)
    assert "Черновик: его ещё никто не видит" in draft["text"]
    assert "версия" not in draft["text"], "it has none yet"
    assert "1. Сколько кружков в школе 1" in draft["text"]


async def test_questions_move_go_and_come_back(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    chat = await begun(tg, network)
    await chat.presses("📋 Списком")
    await chat.says("Первый\nВторой\nТретий")
    await chat.presses("3")
    await chat.presses("⬆️ Выше")
    assert [one.text for one in await drafted(database, network)] == ["Первый", "Третий", "Второй"]
    await chat.presses("🗑 Удалить")
    assert [one.text for one in await drafted(database, network)] == ["Первый", "Второй"]
    await chat.presses("↩️ Вернуть как было")
    assert [(one.key, one.text) for one in await drafted(database, network)] == [
        ("q1", "Первый"), ("q3", "Третий"), ("q2", "Второй"),
    ]  # fmt: skip


async def test_a_restart_loses_nothing(
    tg: Telegram, database: Database, clock: MovableClock, settings: Settings, network: SmallNetwork
) -> None:
    chat = await begun(tg, network)
    await chat.presses("📋 Списком")
    await chat.says("Первый\nВторой")
    await chat.presses("➕ Вопрос")
    async with telegram(database, clock, settings) as again:
        chat = again.chat_of(network.municipal)
        shown = await chat.says("Третий")
        assert "Третий" in shown["text"], "what was being typed is taken after the restart"
        await chat.says("/forms")
        shown = await chat.presses("✏️ Мониторинг")
        await chat.presses("✏️ Продолжить правку")
    assert len(await drafted(database, network)) == 3


async def test_an_update_handled_twice_adds_one_question(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    chat = await begun(tg, network)
    await chat.presses("➕ Вопрос")
    key = tg.dispatcher.fsm.get_context(tg.bot, chat.id, chat.id)
    stood = (await key.get_state(), await key.get_data())
    person = {"id": chat.id, "is_bot": False, "first_name": "Пётр"}
    place = {"id": chat.id, "type": "private", "first_name": "Пётр"}
    message = {"message_id": 7000, "date": 1, "chat": place, "from": person, "text": "Что мешает?"}
    for _ in range(2):  # the process died before the move of the dialogue was stored
        await key.set_state(stood[0])
        await key.set_data(stood[1])
        await tg.dispatcher.feed_raw_update(tg.bot, {"update_id": 777_000, "message": message})
    assert [one.text for one in await drafted(database, network)] == ["Что мешает?"]


async def test_what_is_edited_is_asked_only_once_it_is_published(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    owed = await task_with_form(database, network)
    form_id = await only_form(database)
    chat = tg.chat_of(network.regional)
    await chat.says("/forms")
    await chat.presses("📝 Мониторинг наставничества")
    await chat.presses("✏️ Изменить вопросы")
    await chat.presses("4")
    await chat.presses("🗑 Удалить")
    assert len((await asked(database, form_id))[1]) == 4
    await begin(database, network.coordinator_1, owed)
    await chat.says("/forms")
    await chat.presses("📝✏️ Мониторинг наставничества")
    shown = await chat.presses("✏️ Продолжить правку")
    assert "уже начали заполнять: 1" in shown["text"]
    assert "станут версией 2" in shown["text"]
    shown = await chat.presses("✅ Готово")
    assert "версия 2" in shown["text"]
    number, questions = await asked(database, form_id)
    assert (number, len(questions)) == (2, 3)
    accepted = await handed_in_with(database, network.coordinator_1, owed, "21", "да", "в школе", "ничего")
    assert accepted.matter.form is not None
    assert accepted.matter.form.is_handed_in, "who had begun goes on with the version of before"
    async with database.read() as tx:
        submission = await tx.forms.handed_in(owed)
    assert submission is not None
    assert (submission.version.number, len(submission.version.questions)) == (1, 4)


async def test_a_form_nobody_has_begun_keeps_its_version(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    await task_with_form(database, network)
    chat = tg.chat_of(network.regional)
    await chat.says("/forms")
    await chat.presses("📝 Мониторинг наставничества")
    await chat.presses("✏️ Изменить вопросы")
    await chat.presses("1")
    await chat.presses("Разрешить пропускать")
    await chat.presses("‹ Ко всем вопросам")
    await chat.presses("✅ Готово")
    number, questions = await asked(database, await only_form(database))
    assert number == 1
    assert not questions[0].is_required


async def test_edits_can_be_dropped_and_a_draft_deleted(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    chat = await begun(tg, network)
    await chat.presses("🗑 Удалить черновик")
    shown = await chat.presses("Да")
    assert "Форм пока нет" in shown["text"]
    async with database.read() as tx:
        assert (await tx._connection.execute(select(forms.c.id))).all() == []


async def test_a_school_may_see_and_copy_the_form_of_its_region_and_not_change_it(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    await task_with_form(database, network)
    chat = tg.chat_of(network.coordinator_1)
    await chat.says("/forms")
    shown = await chat.presses("📝 Мониторинг наставничества")
    assert labels(shown) == ["👁 Посмотреть глазами школы", "📄 Копия", "📝 Все формы"]
    form_id = await only_form(database)
    await forged(tg, chat, f"Fe:{form_id}:1")
    assert labels(chat.last) == labels(shown), "a forged button opens no editor"
    await forged(tg, chat, f"Fa:{form_id}:rs")
    async with database.read() as tx:
        made = await tx.form_drafts.made(form_id)
    assert made is not None
    assert not made.is_retired


async def test_a_copy_keeps_the_keys_so_that_figures_compare(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    await task_with_form(database, network)
    chat = tg.chat_of(network.regional)
    await chat.says("/forms")
    await chat.presses("📝 Мониторинг наставничества")
    shown = await chat.presses("📄 Копия")
    assert "Копия: Мониторинг наставничества" in shown["text"]
    await chat.presses("✅ Готово")
    async with database.read() as tx:
        lines = await tx.form_drafts.of_units(None, below=())
        versions = [await tx.form_drafts.versions(line.id) for line in lines]
    assert len(versions) == 2
    assert [one.key for one in versions[0][0]] == [one.key for one in versions[1][0]]


async def test_a_retired_form_is_offered_no_more_and_is_still_filled_in(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    owed = await task_with_form(database, network)
    chat = tg.chat_of(network.regional)
    await chat.says("/forms")
    await chat.presses("📝 Мониторинг наставничества")
    await chat.presses("🗄 Убрать")
    shown = await chat.presses("🗄 Да, убрать")
    assert "Форм пока нет" in shown["text"]
    await handed_in_with(database, network.coordinator_1, owed, "21", "да", "в школе")


async def test_a_form_is_renamed(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    await task_with_form(database, network)
    chat = tg.chat_of(network.regional)
    await chat.says("/forms")
    await chat.presses("📝 Мониторинг наставничества")
    await chat.presses("Переименовать")
    assert "от 1 до 200" in (await chat.says("я" * 201))["text"]
    assert "Наставники" in (await chat.says("Наставники"))["text"]


async def test_the_preview_shows_what_a_school_sees_and_stores_nothing(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    await task_with_form(database, network)
    chat = tg.chat_of(network.regional)
    await chat.says("/forms")
    await chat.presses("📝 Мониторинг наставничества")
    shown = await chat.presses("👁 Посмотреть глазами школы")
    assert "1 из 4" in shown["text"]
    assert "План: не менее 20 чел." in shown["text"]
    await chat.presses("💾 Позже")
    shown = await chat.presses("Следующий вопрос ›")
    assert {"Да", "Нет", "⬅️ Назад"} <= set(labels(shown))
    await chat.presses("Да")
    await chat.presses("В школе")
    shown = await chat.presses("Пропустить")
    assert "4. Что мешает?" in shown["text"], "the whole form stands behind the last question"
    await chat.presses("✖️ Закончить просмотр")
    async with database.read() as tx:
        form = await tx.form_drafts.made(await only_form(database))
    assert form is not None
    assert (form.begun, form.filled) == (0, 0)


async def test_what_is_done_with_forms_is_on_record(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    chat = await begun(tg, network)
    await chat.presses("📋 Списком")
    await chat.says("Первый\nВторой")
    await chat.presses("✅ Типы верны (2)")
    await chat.presses("✅ Готово")
    async with database.read() as tx:
        rows = await tx._connection.execute(select(audit.c.act).order_by(audit.c.id))
        assert [row.act for row in rows][-2:] == ["form begun", "form published"]


async def test_another_command_says_that_the_draft_is_kept(tg: Telegram, network: SmallNetwork) -> None:
    chat = await begun(tg, network)
    await chat.presses("➕ Вопрос")
    await chat.says("/board")
    assert any("Черновик формы сохранён" in message["text"] for message in chat.messages)
    await chat.says("/forms")
    await chat.presses("✏️ Мониторинг")
    await chat.presses("✏️ Продолжить правку")
    await chat.presses("➕ Вопрос")
    assert "сохранено" in (await chat.says("/cancel"))["text"]


async def test_a_form_of_an_activity_is_changed_until_somebody_begins(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    occurrence = await open_task(database, network, title="Мониторинг наставничества")
    await form_on(database, network, occurrence)
    owed = await assignment(database, occurrence, school=network.school_1)
    chat = tg.chat_of(network.regional)
    activity = await activity_of(database, occurrence)
    shown = await forged(tg, chat, f"Fv:{activity}:1")
    assert "✅ Мониторинг наставничества" in labels(shown)
    await chat.presses("▫️ Без формы")
    shown = await chat.presses("▫️ Мониторинг наставничества")
    await begin(database, network.coordinator_1, owed)
    await chat.presses("▫️ Без формы")
    assert "уже заполняют" in chat.toast["text"]
    assert "▫️ Без формы" not in labels(chat.last)


async def test_the_board_leads_to_the_form_of_an_activity_and_back(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    occurrence = await open_task(database, network, title="Мониторинг наставничества")
    await form_on(database, network, occurrence)
    chat = tg.chat_of(network.regional)
    await chat.says("/board")
    await chat.presses("1")
    assert "✅ Мониторинг наставничества" in labels(await chat.presses("📝 Форма ответа"))
    await chat.presses("▫️ Без формы")
    assert "✅ Без формы" in labels(chat.last)
    assert "📝 Форма ответа" in labels(await chat.presses("‹ Назад"))
    below = tg.chat_of(network.municipal)
    await below.says("/board")
    assert "📝 Форма ответа" not in labels(await below.presses("1")), "the activity is the region's"
