"""Selections in chat: made in a few messages, applied to with a form, decided one by one, announced once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.clock import MovableClock
from bot.config import Settings
from bot.domain.ids import OccurrenceId
from bot.domain.network import Role
from bot.domain.selection import ApplicationState, Selection
from bot.reports.selection_xlsx import selection_xlsx
from bot.services.select_applicants import SelectionExport
from handlers.selections.callbacks import (
    ReadWaiting,
    ShowApplication,
    ShowList,
    ShowOwnApplications,
    ShowSelection,
)
from storage.database import Database
from tests.driver import Chat, Message, Telegram, labels, telegram
from tests.factories import NetworkFactory, SmallNetwork
from tests.selections import announced, applied, applied_as, asked, decided, told, withdrawn

WAITING, MAIN, RESERVE, DECLINED, WITHDRAWN = ApplicationState


async def _file(export: SelectionExport, reader: ZoneInfo, now: datetime) -> bytes:
    return selection_xlsx(export, reader=reader, now=now)


@pytest.fixture
async def tg(database: Database, clock: MovableClock, settings: Settings) -> AsyncIterator[Telegram]:
    async with telegram(database, clock, settings, selection_file=_file) as tg:
        yield tg


@pytest.fixture
async def selection(database: Database, network: SmallNetwork) -> OccurrenceId:
    return await announced(database, network, Selection(places=2, reserve=1, quotas={network.suzdal: 1}))


async def test_a_selection_is_made_looked_at_and_announced(tg: Telegram, network: SmallNetwork) -> None:
    chat = tg.chat_of(network.regional)
    await _begun(chat)
    await chat.presses("🙋 Люди – каждый за себя")
    assert "Сколько мест" in chat.last["text"]
    assert "одно число" in (await chat.says("20"))["text"], "the quotas are asked for"
    named = await chat.says("Суздаль 12\nКовров 8")
    assert "Не нашёл такого муниципалитета в строке «Ковров 8»" in named["text"]
    assert "Сколько заявок берём в резерв?" in (await chat.says("Суздаль 12\nМуром 9"))["text"]
    assert "Короткая заявка – два-три вопроса" in (await chat.presses("5"))["text"]
    card = await chat.presses("📄 Короткая заявка")
    assert "Мест: 20, в резерве: 5" in card["text"]
    assert "Квоты: Суздальский район 12, округ Муром 9" in card["text"].replace(
        "округ Муром 9, Суздальский район 12", ""
    )
    assert "Квоты вместе дают 21, а мест 20" in card["text"]
    assert "Форма: Короткая заявка (2 вопроса)" in card["text"]
    preview = await chat.presses("👁 Посмотреть и объявить")
    assert "Открыт отбор: ждём заявки" in preview["text"]
    assert "Заявки принимаем до: 15 декабря (вт)\nМест: 20, в резерве ещё 5" in preview["text"]
    done = await chat.presses("📣 Объявить отбор")
    assert "Объявил. Получат: 2 человека" in done["text"]
    opened = await chat.presses("🏅 Открыть отбор")
    assert "Основной список: 0 из 20" in opened["text"]
    assert "▫️ округ Муром: 0 из 9\n▫️ Суздальский район: 0 из 12" in opened["text"]
    assert "Заявок пока нет" in opened["text"]


async def test_schools_apply_where_the_coordinator_says_so(tg: Telegram, network: SmallNetwork) -> None:
    chat = tg.chat_of(network.regional)
    await _begun(chat)
    await chat.presses("🏫 Школы – за своих участников")
    await chat.says("20")
    await chat.presses("Без квот")
    await chat.presses("Без резерва")
    card = await chat.presses("📄 Короткая заявка")
    assert "Форма: Короткая заявка (3 вопроса)" in card["text"]
    await chat.presses("📨 Сколько заявок")
    assert "Заявок от одной школы: 3" in (await chat.presses("3"))["text"]


async def test_the_ready_form_follows_who_applies(tg: Telegram, network: SmallNetwork) -> None:
    chat = tg.chat_of(network.regional)
    await _begun(chat)
    await chat.presses("🏫 Школы – за своих участников")
    for words in ("20", "5"):
        await chat.says(words)
    await chat.says("3")
    await chat.presses("📄 Короткая заявка")
    audience = await chat.presses("👥 Кто подаёт")
    await chat.presses(next(label for label in labels(audience) if "Люди" in label))
    card = await chat.presses("Готово")
    assert "Форма: пока не указано" in card["text"], "schools and people are asked other questions"


async def test_one_applies_with_a_form_corrects_and_takes_it_back(
    tg: Telegram, network: SmallNetwork, selection: OccurrenceId
) -> None:
    chat = tg.chat_of(network.teacher_1)
    card = await _card(chat)
    assert "Из вашего муниципалитета: не больше 1" in card["text"]
    assert labels(card)[:2] == ["📝 Подать заявку", "🙅 Не участвую"]
    await chat.presses("📝 Подать заявку")
    await chat.says("Смирнова Дарья Павловна")
    whole = await chat.says("Люблю физику")
    assert "Проверьте и подайте заявку" in whole["text"]
    assert "🗑 Не подавать" in labels(whole)
    sent = await chat.presses("✅ Подать заявку")
    assert chat.toast["text"] == "✅ Заявка подана"
    assert "Заявка подана. Решение придёт сюда." in sent["text"]
    assert "📝 Подать заявку" not in labels(sent)
    own = await chat.presses("📋 Моя заявка")
    assert "Люблю физику" in own["text"]
    await chat.presses("✏️ Исправить")
    await chat.presses("2")
    assert "Люблю химию" in (await chat.says("Люблю химию"))["text"]
    await chat.presses("✅ Подать заявку")
    own = await chat.presses("📋 Моя заявка")
    assert "Люблю химию" in own["text"]
    assert "Подать снова можно, пока идёт приём" in (await chat.presses("↩️ Отозвать"))["text"]
    gone = await chat.presses("Да, отозвать")
    assert chat.toast["text"] == "Заявка отозвана."
    assert "от вас ничего не подано" in gone["text"]
    back = await chat.presses(labels(gone)[-1])
    assert "решили" in back["text"]
    assert labels(back)[0] == "📝 Подать заявку"


async def test_who_takes_no_part_says_so_in_one_tap(
    tg: Telegram, network: SmallNetwork, selection: OccurrenceId
) -> None:
    chat = tg.chat_of(network.teacher_1)
    await _card(chat)
    card = await chat.presses("🙅 Не участвую")
    assert "больше не напоминаю" in chat.toast["text"]
    assert "решили не участвовать" in card["text"]
    assert "🙅 Не участвую" not in labels(card)


async def test_an_old_button_says_that_the_application_stands(
    tg: Telegram, network: SmallNetwork, database: Database, selection: OccurrenceId
) -> None:
    chat = tg.chat_of(network.teacher_1)
    card = await _card(chat)
    await applied_as(database, selection, network.teacher_1)
    await chat.presses("🙅 Не участвую", on=card)
    assert "отзовите её" in chat.toast["text"]


async def test_a_school_may_send_several(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    selection = await announced(database, network, Selection(places=3, most_each=2), by_schools=True)
    school = await asked(database, selection, school=network.school_1)
    await applied(database, school, network.coordinator_1, "Петров Иван")
    chat = tg.chat_of(network.coordinator_1)
    card = await _card(chat, tab="Отвеченные")
    assert labels(card)[:2] == ["➕ Ещё одна заявка", "📋 Заявка школы"]
    await chat.presses("➕ Ещё одна заявка")
    await chat.says("Седова Анна")
    await chat.presses("Пропустить")
    sent = await chat.presses("✅ Подать заявку")
    assert "Заявок от вас: 2 (ждёт решения – 2)" in sent["text"]
    assert "➕ Ещё одна заявка" not in labels(sent), "as many as it may"
    listed = await chat.presses("📋 Заявки школы: 2")
    assert "1. Петров Иван – ждёт решения\n2. Седова Анна – ждёт решения" in listed["text"]


async def test_applications_are_read_one_by_one_and_a_full_quota_is_asked_about(
    tg: Telegram, database: Database, network: SmallNetwork, selection: OccurrenceId
) -> None:
    for person in (network.teacher_1, network.teacher_2):
        await applied_as(database, selection, person)
    chat = tg.chat_of(network.regional)
    first = await _opened(tg, chat, ReadWaiting(occurrence=selection))
    assert "Смирнова Д. П." in first["text"]
    assert "Суздальский район: 0 из 1 · всего 0 из 2 · резерв 0 из 1" in first["text"]
    second = await chat.presses("✅ В основной")
    assert "✓ Смирнова Д. П.: основной список" in second["text"]
    assert "Суздальский район: 1 из 1" in second["text"]
    sure = await chat.presses("✅ В основной")
    assert "Точно?" in sure["text"]
    assert "Суздальский район: уже 1 из 1, будет сверх квоты." in sure["text"]
    done = await chat.presses("🕓 В резерв")
    assert "Новых заявок больше нет" in done["text"]
    view = await chat.presses("‹ К отбору")
    assert "✅ Суздальский район: 1 из 1, резерв 1" in view["text"]
    assert "Решения не объявлены: 2" in view["text"]
    assert "📣 Объявить решения: 2" in labels(view)
    listed = await chat.presses("🕓 Резерв: 1")
    await chat.presses(labels(listed)[0])
    assert (await chat.presses("‹ К списку"))["text"] == listed["text"]


async def test_the_list_and_the_application_name_the_same_place_in_the_reserve(
    tg: Telegram, database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    """Each municipality has a line of its own, since there are quotas."""
    other = factory.person("Яшина Анна Олеговна", network.school_3, Role.TEACHER)
    selection = await announced(database, network, Selection(places=3, reserve=3, quotas={network.suzdal: 1}))
    for person in (network.teacher_1, other, network.teacher_2):
        await decided(database, network.regional, await applied_as(database, selection, person), RESERVE)
    chat = tg.chat_of(network.regional)
    listed = await _opened(tg, chat, ShowList(occurrence=selection, state=RESERVE))
    named = labels(listed)[:3]
    assert [label[:2] for label in named] == ["1.", "1.", "2."]
    for label in named:
        card = await chat.presses(label)
        assert f"Место в резерве: {label[0]}\n" in card["text"], label
        await chat.presses("‹ К списку")


async def test_a_refusal_takes_a_word_and_a_list_shows_it(
    tg: Telegram, database: Database, network: SmallNetwork, selection: OccurrenceId
) -> None:
    one = await applied_as(database, selection, network.teacher_1)
    chat = tg.chat_of(network.regional)
    await _opened(tg, chat, ShowApplication(application=one.id))
    assert "Отклонить заявку?" in (await chat.presses("✖️ Отклонить"))["text"]
    done = await chat.says("Нет стажа")
    assert "отклонена" in done["text"]
    card = await chat.presses("↩️ Смирнова Д. П.")
    assert "Ваши слова: Нет стажа" in card["text"]
    history = await chat.presses("🕘 История")
    assert "отклонена (Орлова В. И.): Нет стажа" in history["text"]


async def test_decisions_are_announced_with_one_tap_and_no_second(
    tg: Telegram, database: Database, network: SmallNetwork, selection: OccurrenceId
) -> None:
    one = await applied_as(database, selection, network.teacher_1)
    await applied_as(database, selection, network.teacher_2)
    await decided(database, network.regional, one, MAIN)
    chat = tg.chat_of(network.regional)
    await _opened(tg, chat, ShowSelection(occurrence=selection))
    preview = await chat.presses("📣 Объявить решения: 1")
    assert "✅ Основной список: 1\n⚠️ Без решения: 1" in preview["text"]
    assert "Приём заявок ещё идёт: до 30 сентября" in preview["text"]
    done = await chat.presses("📣 Объявить")
    assert "Решений: 1" in done["text"]
    own = tg.chat_of(network.teacher_1)
    assert "Вы в основном списке" in (await _card(own, tab="Отвеченные"))["text"]


async def test_what_is_not_announced_is_not_seen_by_the_applicant(
    tg: Telegram, database: Database, network: SmallNetwork, selection: OccurrenceId
) -> None:
    one = await applied_as(database, selection, network.teacher_1)
    await decided(database, network.regional, one, DECLINED, reason="Нет стажа")
    chat = tg.chat_of(network.teacher_1)
    own = await _opened(tg, chat, ShowOwnApplications(assignment=one.assignment_id))
    assert "ждёт решения" in own["text"]
    assert "Нет стажа" not in own["text"]


async def test_a_freed_place_is_taken_up_from_the_selection(
    tg: Telegram, database: Database, network: SmallNetwork, selection: OccurrenceId, clock: MovableClock
) -> None:
    first, second = [await applied_as(database, selection, who) for who in (network.teacher_1, network.teacher_2)]
    first = await decided(database, network.regional, first, MAIN)
    await decided(database, network.regional, second, RESERVE)
    await told(database, network.regional, selection)
    await withdrawn(database, network.teacher_1, first)
    chat = tg.chat_of(network.regional)
    view = await _opened(tg, chat, ShowSelection(occurrence=selection))
    assert "Первый в резерве: Котов Глеб Романович" in view["text"]
    taken = await chat.presses("⬆️ Взять: Котов Г. Р.")
    assert chat.toast["text"].startswith("Взяли в основной список. Заявителю напишу через 10 минут")
    assert "✅ Суздальский район: 1 из 1" in taken["text"]
    await chat.presses("✅ Основной: 1")
    await chat.presses("1. Котов Г. Р.")
    assert "↩️ Отменить: Котов Г. Р." in labels(chat.last), "not only on the screen of the tap itself"
    assert "↩️ Отменить: Котов Г. Р." in labels(await chat.presses("‹ К отбору"))
    clock.advance(timedelta(minutes=10))
    view = await _opened(tg, chat, ShowSelection(occurrence=selection))
    assert "↩️ Отменить: Котов Г. Р." not in labels(view), "he has heard of it"


async def test_a_taking_up_is_undone_from_the_card(
    tg: Telegram, database: Database, network: SmallNetwork, selection: OccurrenceId
) -> None:
    first, second = [await applied_as(database, selection, who) for who in (network.teacher_1, network.teacher_2)]
    first = await decided(database, network.regional, first, MAIN)
    second = await decided(database, network.regional, second, RESERVE)
    await told(database, network.regional, selection)
    await withdrawn(database, network.teacher_1, first)
    chat = tg.chat_of(network.regional)
    await _opened(tg, chat, ShowSelection(occurrence=selection))
    await chat.presses("⬆️ Взять: Котов Г. Р.")
    await _opened(tg, chat, ShowApplication(application=second.id))
    back = await chat.presses("↩️ Отменить: Котов Г. Р.")
    assert "Первый в резерве: Котов Глеб Романович" in back["text"]
    assert not any("Отменить" in label for label in labels(back))


async def test_the_lists_come_as_a_file_and_the_selection_can_be_ended(
    tg: Telegram, database: Database, network: SmallNetwork, selection: OccurrenceId
) -> None:
    await applied_as(database, selection, network.teacher_1)
    chat = tg.chat_of(network.regional)
    view = await _opened(tg, chat, ShowSelection(occurrence=selection))
    file = await chat.presses("📄 Списки .xlsx", on=view)
    assert file["document"]["file_name"] == "Отбор 07.09.2026.xlsx"
    await chat.presses("⏹ Закончить приём", on=view)
    await chat.presses("Да, завершить")
    assert "Приём завершён раньше срока" in chat.messages[-2]["text"]


async def test_places_and_quotas_are_changed_while_it_runs(
    tg: Telegram, network: SmallNetwork, selection: OccurrenceId
) -> None:
    chat = tg.chat_of(network.regional)
    await _opened(tg, chat, ShowSelection(occurrence=selection))
    assert "Квоты: Суздальский район 1" in (await chat.presses("🪑 Места и срок"))["text"]
    await chat.presses("🏘 Квоты")
    assert "Не вижу числа" in (await chat.says("Суздаль"))["text"]
    assert "Квоты: поровну, по 2 на муниципалитет" in (await chat.says("по 2"))["text"]
    await chat.presses("🪑 Места")
    assert "Мест: 5, в резерве: 1" in (await chat.says("5"))["text"]
    await chat.presses("📅 Продлить приём заявок")
    assert "30 сентября" in (await chat.says("до 20 сентября"))["text"], "not later than it is"
    assert "Заявки до: 10 октября (сб)" in (await chat.says("до 10 октября"))["text"]
    assert "Основной список: 0 из 5" in (await chat.presses("‹ К отбору"))["text"]


async def test_what_was_begun_waits_in_the_list(tg: Telegram, network: SmallNetwork) -> None:
    chat = tg.chat_of(network.regional)
    await _begun(chat)
    assert "Черновик сохранён: /selection" in (await chat.says("/cancel"))["text"]
    listed = await chat.says("/selection")
    card = await chat.presses("📝 Черновик: Отбор тьюторов", on=listed)
    assert "Мест: пока не указано" in card["text"]
    assert "👁 Посмотреть и объявить" not in labels(card)
    asked = await chat.presses("🗑 Удалить черновик")
    assert "Вернуть будет нельзя." in asked["text"], "one tap must not cost it"
    assert labels(await chat.presses("Да, удалить черновик")) == ["➕ Новый отбор"]


async def test_a_draft_of_an_earlier_day_tells_its_age_and_is_deleted_from_the_list(
    tg: Telegram, network: SmallNetwork, clock: MovableClock
) -> None:
    chat = tg.chat_of(network.regional)
    await _begun(chat)
    clock.advance(timedelta(days=1))
    listed = await chat.says("/selection")
    assert "📝 Черновик 1: «Отбор тьюторов» · со вчерашнего дня" in listed["text"]
    await chat.presses("🗑 Удалить черновик 1")
    assert labels(await chat.presses("Да, удалить черновик")) == ["➕ Новый отбор"]


async def _begun(chat: Chat) -> None:
    listed = await chat.says("/selection")
    assert "основной список и резерв с квотами" in listed["text"]
    await chat.presses("➕ Новый отбор")
    await chat.says("Отбор тьюторов")
    assert "Кто подаёт заявки?" in (await chat.says("до 15 декабря"))["text"]


async def _card(chat: Chat, *, tab: str = "") -> Message:
    mine = await chat.says("/my")
    if tab:
        mine = await chat.presses(next(label for label in labels(mine) if tab in label))
    return await chat.presses(next(label for label in labels(mine) if "Отбор тьюторов" in label), on=mine)


async def _opened(tg: Telegram, chat: Chat, data: CallbackData) -> Message:
    """A screen by its button, from a message that has nothing else."""
    button = InlineKeyboardButton(text="?", callback_data=data.pack())
    await tg.bot.send_message(chat.id, "?", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]]))
    return await chat.presses(data=data.pack())
