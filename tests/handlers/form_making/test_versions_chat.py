"""/forms: a form is published, changed by versions, copied, retired, and given to an activity."""

from __future__ import annotations

from sqlalchemy import select

from bot.domain.ids import PersonId
from storage.database import Database
from storage.program_tables import audit
from storage.task_tables import forms
from tests.driver import Chat, Telegram, labels
from tests.factories import SmallNetwork
from tests.forms import activity_of, begin, form_on, handed_in_with, task_with_form
from tests.handlers.form_making.drafting import asked, begun, forged, only_form
from tests.opening import assignment, open_task


async def at_its_form(tg: Telegram, person: PersonId) -> Chat:
    """His chat, with the screen of the form open."""
    chat = tg.chat_of(person)
    await chat.says("/forms")
    await chat.presses("📝 Мониторинг наставничества")
    return chat


async def test_what_is_edited_is_asked_only_once_it_is_published(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    owed = await task_with_form(database, network)
    form_id = await only_form(database)
    chat = await at_its_form(tg, network.regional)
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
    chat = await at_its_form(tg, network.regional)
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
    chat = await at_its_form(tg, network.regional)
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
    chat = await at_its_form(tg, network.regional)
    await chat.presses("🗄 Убрать")
    shown = await chat.presses("🗄 Да, убрать")
    assert "Форм пока нет" in shown["text"]
    await handed_in_with(database, network.coordinator_1, owed, "21", "да", "в школе")


async def test_a_form_is_renamed(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    await task_with_form(database, network)
    chat = await at_its_form(tg, network.regional)
    await chat.presses("Переименовать")
    assert "от 1 до 200" in (await chat.says("я" * 201))["text"]
    assert "Наставники" in (await chat.says("Наставники"))["text"]


async def test_the_preview_shows_what_a_school_sees_and_stores_nothing(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    await task_with_form(database, network)
    chat = await at_its_form(tg, network.regional)
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
