"""Calls for proposals in chat: made in four messages, answered in one, read one by one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.clock import MovableClock
from bot.config import Settings
from bot.domain.ids import OccurrenceId
from bot.reports.proposals_xlsx import proposals_xlsx
from bot.services.read_proposals import CallExport
from bot.services.send_proposal import own_proposals
from handlers.calls.callbacks import ReadNext, SendProposal, ShowCall, ShowOwn
from storage.database import Database
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.calls import TITLE, announced, asked, sent
from tests.driver import Chat, Message, Telegram, labels, telegram
from tests.factories import SmallNetwork


async def _file(export: CallExport, reader: ZoneInfo, now: datetime) -> bytes:
    return proposals_xlsx(export, reader=reader, now=now)


@pytest.fixture
async def tg(database: Database, clock: MovableClock, settings: Settings) -> AsyncIterator[Telegram]:
    async with telegram(database, clock, settings, proposals_file=_file) as tg:
        yield tg


@pytest.fixture
async def call(database: Database, network: SmallNetwork) -> OccurrenceId:
    return await announced(database, network)


async def test_a_call_is_made_looked_at_and_announced(tg: Telegram, network: SmallNetwork) -> None:
    chat = tg.chat_of(network.regional)
    await _made(chat)
    card = await chat.says("до 15 декабря")
    assert "Получат сообщение: 2 человека" in card["text"]
    preview = await chat.presses("👁 Посмотреть и объявить")
    assert "💡 Ждём ваших предложений" in preview["text"]
    assert "Какие занятия провести летом?" in preview["text"]
    assert "Принимаем до: 15 декабря (вт)" in preview["text"]
    assert "Получат: 2 человека" in preview["text"]
    done = await chat.presses("📣 Объявить")
    assert "Объявил. Получат: 2 человека" in done["text"]
    opened = await chat.presses("💡 Открыть сбор")
    assert "Предложения: 0\nСпросили: 2" in opened["text"]
    assert "Пока никто ничего не прислал" in opened["text"]
    assert "📄 Все в .xlsx" not in labels(opened)


async def test_a_date_that_is_not_understood_is_asked_again(tg: Telegram, network: SmallNetwork) -> None:
    chat = tg.chat_of(network.regional)
    await _made(chat)
    assert "Не понял дату «как получится»" in (await chat.says("как получится"))["text"]
    past = await chat.says("до 1 сентября 2026")
    assert "1 сентября (вт) уже прошло" in past["text"]
    assert labels(past) == ["Продолжить позже"], "he is not caught in the question"
    assert "Принимаем до: 21 сентября (пн)" in (await chat.says("через две недели"))["text"]


async def test_who_is_asked_is_chosen_as_everywhere(tg: Telegram, network: SmallNetwork) -> None:
    chat = tg.chat_of(network.regional)
    await _made(chat)
    await chat.says("до 15 декабря")
    audience = await chat.presses("👥 Кого спрашиваем")
    assert "Кого спрашиваем?" in audience["text"]
    assert "Школы" not in " ".join(labels(audience)), "people write, not schools"
    await chat.presses(next(label for label in labels(audience) if "Координаторы" in label))
    card = await chat.presses("Готово")
    assert "Получат сообщение: 7 человек" in card["text"]
    assert "👁 Посмотреть и объявить" in labels(card)


async def test_what_was_begun_waits_in_the_list(tg: Telegram, network: SmallNetwork) -> None:
    chat = tg.chat_of(network.regional)
    await _made(chat)
    left = await chat.says("/cancel")
    assert "Черновик сохранён: /call" in left["text"]
    listed = await chat.says("/call")
    card = await chat.presses(f"📝 Черновик: {TITLE}", on=listed)
    assert "Принимаем до: пока не указано" in card["text"]
    assert "👁 Посмотреть и объявить" not in labels(card)
    asked = await chat.presses("🗑 Удалить черновик")
    assert "Вернуть будет нельзя." in asked["text"], "one tap must not cost it"
    assert labels(await chat.presses("Да, удалить черновик")) == ["➕ Новый сбор"]


async def test_a_draft_of_an_earlier_day_tells_its_age_and_is_deleted_from_the_list(
    tg: Telegram, network: SmallNetwork, clock: MovableClock
) -> None:
    chat = tg.chat_of(network.regional)
    await _made(chat)
    assert "🗑 Удалить черновик 1" not in labels(await chat.says("/call")), "one of today is no leftover"
    clock.advance(timedelta(days=3))
    listed = await chat.says("/call")
    assert f"📝 Черновик 1: «{TITLE}» · лежит 3 дня" in listed["text"]
    asked = await chat.presses("🗑 Удалить черновик 1")
    assert f"Удалить черновик «{TITLE}»? Вернуть будет нельзя." in asked["text"]
    assert f"📝 Черновик: {TITLE}" in labels(await chat.presses("‹ Назад"))
    await chat.presses("🗑 Удалить черновик 1")
    assert labels(await chat.presses("Да, удалить черновик")) == ["➕ Новый сбор"]


async def test_one_sends_words_and_a_file_sees_them_and_takes_one_back(
    tg: Telegram, database: Database, network: SmallNetwork, call: OccurrenceId
) -> None:
    chat = tg.chat_of(network.teacher_1)
    card = await _card(chat)
    assert "Какие занятия провести летом?" in card["text"]
    assert labels(card)[0] == "💡 Предложить"
    question = await chat.presses("💡 Предложить")
    assert "Напишите предложение одним сообщением" in question["text"]
    thanked = await chat.says("Шахматный турнир")
    assert "Спасибо, передал координатору! Это ваше первое предложение" in thanked["text"]
    await chat.presses("💡 Предложить ещё", on=thanked)
    assert "Всего от вас: 2." in (await chat.sends("план.docx", b"plan"))["text"]
    own = await chat.presses("📋 Мои предложения")
    assert "1. Шахматный турнир" in own["text"]
    assert "2. план.docx" in own["text"]
    left = await chat.presses("↩️ Отозвать № 1")
    assert chat.toast["text"] == "Предложение отозвано."
    assert "Шахматный турнир" not in left["text"]


async def test_an_answer_to_the_question_itself_is_a_proposal(
    tg: Telegram, network: SmallNetwork, call: OccurrenceId
) -> None:
    chat = tg.chat_of(network.teacher_1)
    card = await _card(chat)
    await chat.presses("💡 Предложить", on=card)
    dropped = await chat.presses("Отмена")
    assert "ничего не отправил" in dropped["text"]
    thanked = await chat.says("Поход", reply_to=card)
    assert "Спасибо, передал координатору!" in thanked["text"]


async def test_words_of_which_he_says_that_they_are_a_proposal_become_one_and_trouble_nobody(
    tg: Telegram, database: Database, network: SmallNetwork, call: OccurrenceId
) -> None:
    chat = tg.chat_of(network.teacher_1)
    await chat.says("Квест по станциям")
    asked_about = await chat.says("И мастер-класс")
    label = f"💡 Предложение: {TITLE}"
    assert label in labels(asked_about)
    thanked = await chat.presses(label)
    assert "Спасибо, передал координатору! Всего от вас: 2." in thanked["text"]
    actor, owed = await actor_of(database, network.teacher_1), await asked(database, call, network.teacher_1)
    own = await own_proposals(database, actor=actor, assignment_id=owed, now=MONDAY)
    assert [one.content.text for one in own.proposals] == ["Квест по станциям", "И мастер-класс"]
    assert labels(await chat.says("И ещё поход"))[0] == label, "one may send as many as one likes"
    assert "Открытых вопросов нет" in (await chat.says("/questions"))["text"]


async def test_what_cannot_be_a_proposal_waits_for_another_choice(
    tg: Telegram, database: Database, network: SmallNetwork, call: OccurrenceId
) -> None:
    chat = tg.chat_of(network.teacher_1)
    asked_about = await chat.says("а" * 3001)
    await chat.presses(f"💡 Предложение: {TITLE}", on=asked_about)
    assert "Предложением можно прислать" in chat.toast["text"]
    assert "Передал координатору" in (await chat.presses("🗂 Другое", on=asked_about))["text"]


async def test_an_album_is_kept_whole_and_an_update_handled_again_adds_nothing(
    tg: Telegram, database: Database, network: SmallNetwork, call: OccurrenceId
) -> None:
    chat = tg.chat_of(network.teacher_1)
    await _card(chat)
    await chat.presses("💡 Предложить")
    for number in (1, 2, 2):
        await tg.dispatcher.feed_raw_update(tg.bot, _photo(chat, number, caption="Наш двор" if number == 1 else ""))
    assert "Это ваше первое предложение" in chat.last["text"], "one thank-you for an album"
    actor, owed = await actor_of(database, network.teacher_1), await asked(database, call, network.teacher_1)
    own = await own_proposals(database, actor=actor, assignment_id=owed, now=MONDAY)
    assert [(one.content.text, one.content.file_id) for one in own.proposals] == [
        ("Наш двор", "photo-1"),
        ("", "photo-2"),
    ]
    await chat.says("И ещё вопрос про отпуск")
    own = await own_proposals(database, actor=actor, assignment_id=owed, now=MONDAY)
    assert len(own.proposals) == 2, "what follows an album is no proposal"


async def test_what_is_neither_words_nor_a_file_is_asked_again(
    tg: Telegram, network: SmallNetwork, call: OccurrenceId
) -> None:
    chat = tg.chat_of(network.teacher_1)
    await _card(chat)
    await chat.presses("💡 Предложить")
    huge = {"document": {"file_id": "f", "file_unique_id": "f", "file_size": 21 * 1024 * 1024}}
    await tg.dispatcher.feed_raw_update(tg.bot, _update(chat, 1, huge))
    assert "Файл больше 20 МБ" in chat.last["text"]
    await tg.dispatcher.feed_raw_update(tg.bot, _update(chat, 2, {"location": {"latitude": 56.4, "longitude": 40.4}}))
    assert "Здесь я жду текст, фото или файл" in chat.last["text"]
    assert "Слишком длинно: 3\xa0001" in (await chat.says("а" * 3001))["text"]
    assert "Спасибо" in (await chat.says("а" * 3000))["text"], "the question waits all the while"


async def test_a_command_says_that_nothing_was_sent(tg: Telegram, network: SmallNetwork, call: OccurrenceId) -> None:
    chat = tg.chat_of(network.teacher_1)
    await _card(chat)
    await chat.presses("💡 Предложить")
    await chat.says("/help")
    assert any("предложение пока не отправлено" in one["text"] for one in chat.messages)


async def test_proposals_are_read_one_by_one_and_a_wrong_tap_is_taken_back(
    tg: Telegram, database: Database, network: SmallNetwork, call: OccurrenceId
) -> None:
    await sent(database, call, network.teacher_1, "Шахматы")
    await sent(database, call, network.teacher_2, "Поход")
    chat = tg.chat_of(network.regional)
    listed = await chat.says("/call")
    assert "предложений: 2 (новых 2)" in listed["text"]
    opened = await chat.presses(data=ShowCall(occurrence=call).pack(), on=listed)
    assert "Предложения: 2 (новых 2)" in opened["text"]
    assert "Школа № 1 г. Суздаля: 1 (🆕 1)" in labels(opened)
    first = await chat.presses("📖 Читать новые: 2")
    assert "Шахматы" in first["text"]
    second = await chat.presses("✅ Принять")
    assert "Поход" in second["text"], "the next one by itself"
    back = await chat.presses("↩️ Отменить последнее решение")
    assert "Шахматы" in back["text"]
    assert "ждёт решения" in back["text"]
    await chat.presses("🛠 В работу")
    asked_why = await chat.presses("✖️ Отклонить")
    assert "Автору скажу спасибо" in asked_why["text"]
    done = await chat.says("Такой поход уже есть")
    assert "Прочитано всё" in done["text"]
    opened = await chat.presses("‹ К сбору", on=done)
    assert "🛠 В работе: 1" in labels(opened)
    assert "🛠 В работе: 1\n✖️ Отклонено: 1" in opened["text"]
    assert "Принято" not in opened["text"], "none is"
    assert "📄 Все в .xlsx" in labels(opened)
    file = await chat.presses("📄 Все в .xlsx")
    assert file["document"]["file_name"] == "Предложения 07.09.2026.xlsx"


async def test_the_board_says_that_something_new_came_in_until_it_is_read(
    tg: Telegram, database: Database, network: SmallNetwork, call: OccurrenceId
) -> None:
    chat = tg.chat_of(network.regional)
    assert "предложения" not in " ".join(labels(await chat.says("/board")))
    await sent(database, call, network.teacher_1, "Шахматы")
    await chat.says("/board")
    await chat.presses("💡 Новые предложения: 1")
    await chat.presses(f"🆕 1 · {TITLE}")
    await chat.presses("📖 Читать новые: 1")
    alone = await chat.presses("Пропустить ›")
    assert "Шахматы" in alone["text"]
    assert "Других предложений нет" in alone["text"], "and not the same screen without a word"
    assert "Пропустить ›" not in labels(alone)
    await chat.presses("✅ Принять")
    assert "предложения" not in " ".join(labels(await chat.says("/board")))
    assert "предложения" not in " ".join(labels(await tg.chat_of(network.amur_regional).says("/board")))


async def test_the_only_one_of_a_school_leads_to_those_of_the_others(
    tg: Telegram, database: Database, network: SmallNetwork, call: OccurrenceId
) -> None:
    only = await sent(database, call, network.teacher_1, "Шахматы")
    await sent(database, call, network.teacher_2, "Поход")
    chat = tg.chat_of(network.regional)

    alone = await _forged(tg, chat, ReadNext(occurrence=call, unit=network.school_1, after=only.id).pack())
    assert "Шахматы" in alone["text"]
    assert "Других предложений нет" not in alone["text"], "another school has one"
    assert "Поход" in (await chat.presses("Предложения от других ›"))["text"]


async def test_a_stale_button_says_what_was_decided(
    tg: Telegram, database: Database, network: SmallNetwork, call: OccurrenceId
) -> None:
    await sent(database, call, network.teacher_1, "Шахматы")
    await sent(database, call, network.teacher_2, "Поход")
    chat = tg.chat_of(network.regional)
    old = await _reading(chat, call)
    assert "Шахматы" in old["text"]
    stale = _data(old, "✖️ Отклонить")
    await chat.presses("✅ Принять")
    shown = await _forged(tg, chat, stale)
    assert chat.toast["text"] == "Уже решено: принято."
    assert "Шахматы" in shown["text"]


async def test_a_stranger_opens_nothing_with_a_forged_button(
    tg: Telegram, database: Database, network: SmallNetwork, call: OccurrenceId
) -> None:
    await sent(database, call, network.teacher_1, "Тайна")
    chat = tg.chat_of(network.municipal)
    await _forged(tg, chat, ReadNext(occurrence=call).pack())
    assert chat.toast["show_alert"]
    assert "Тайна" not in chat.last["text"]
    owed = await asked(database, call, network.teacher_1)
    for data in (SendProposal(assignment=owed).pack(), ShowOwn(assignment=owed).pack()):
        await _forged(tg, chat, data)
        assert chat.toast["show_alert"]


async def test_an_ended_call_takes_nothing_and_says_so(
    tg: Telegram, database: Database, network: SmallNetwork, call: OccurrenceId
) -> None:
    teacher = tg.chat_of(network.teacher_1)
    card = await _card(teacher)
    chat = tg.chat_of(network.regional)
    listed = await chat.says("/call")
    await chat.presses(data=ShowCall(occurrence=call).pack(), on=listed)
    await chat.presses("⏹ Завершить приём")
    ended = await chat.presses("Да, завершить")
    assert "Завершён раньше срока" in ended["text"]
    await teacher.presses("💡 Предложить", on=card)
    assert teacher.toast["text"] == "Приём предложений уже завершён."


async def _made(chat: Chat) -> Message:
    await chat.says("/call")
    await chat.presses("➕ Новый сбор")
    await chat.says(TITLE)
    return await chat.says("Какие занятия провести летом?")


async def _card(chat: Chat) -> Message:
    listed = await chat.says("/my")
    return await chat.presses(f"1. {TITLE}", on=listed)


async def _reading(chat: Chat, call: OccurrenceId) -> Message:
    listed = await chat.says("/call")
    await chat.presses(data=ShowCall(occurrence=call).pack(), on=listed)
    return await chat.presses(data=ReadNext(occurrence=call).pack())


def _data(message: Message, label: str) -> str:
    buttons = [button for row in message["reply_markup"]["inline_keyboard"] for button in row]
    return next(str(button["callback_data"]) for button in buttons if button["text"] == label)


async def _forged(tg: Telegram, chat: Chat, data: str) -> Message:
    """A button that this chat was not shown, or not any more."""
    button = InlineKeyboardButton(text="?", callback_data=data)
    await tg.bot.send_message(chat.id, "?", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]]))
    return await chat.presses(data=data)


def _photo(chat: Chat, number: int, *, caption: str) -> dict[str, Any]:
    sizes = [{"file_id": f"photo-{number}", "file_unique_id": f"p{number}", "width": 90, "height": 90}]
    content: dict[str, Any] = {"photo": sizes, "media_group_id": "album"}
    return _update(chat, number, {**content, "caption": caption} if caption else content)


def _update(chat: Chat, number: int, content: dict[str, Any]) -> dict[str, Any]:
    """A message of a sort that the page of the sandbox does not send."""
    person = {"id": chat.id, "is_bot": False, "first_name": "Дарья"}
    message = {"message_id": 9000 + number, "date": 0, "chat": {"id": chat.id, "type": "private"}, "from": person}
    return {"update_id": 9000 + number, "message": {**message, **content}}


async def test_a_call_is_prolonged_by_a_tap_or_in_words(
    tg: Telegram, network: SmallNetwork, call: OccurrenceId
) -> None:
    chat = tg.chat_of(network.regional)
    listed = await chat.says("/call")
    await chat.presses(data=ShowCall(occurrence=call).pack(), on=listed)
    asked_for = await chat.presses("🗓 Продлить до …")
    assert "Сейчас принимаем до 30 сентября (ср)" in asked_for["text"]
    assert labels(asked_for)[:2] == ["понедельник, 5 октября", "пятница, 9 октября"]
    assert "не позже нынешнего срока" in (await chat.says("20 сентября"))["text"]
    assert "последний день – 15 октября (чт)" in (await chat.says("до 15 октября"))["text"]
    assert "15 октября" in (await chat.presses("‹ К сбору"))["text"]
    await chat.presses("🗓 Продлить до …")
    assert "последний день – 31 октября (сб)" in (await chat.presses("суббота, 31 октября"))["text"]
