"""Making and announcing an event, through the chat."""

from __future__ import annotations

import pytest
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from sqlalchemy import func, select, update

from bot.domain.calendar import WorkCalendar
from bot.domain.events import EventDetails, EventKind, Seats, SeatsPer
from bot.domain.ids import PersonId
from bot.domain.matters import Activity
from bot.domain.network import Role
from bot.services.plan_notices import plan_notices
from storage.database import Database
from storage.rows import activity_from
from storage.tables import activities, assignments, notices, occurrences
from tests.calendar_days import MONDAY
from tests.driver import Chat, Message, Telegram, labels
from tests.factories import NetworkFactory, SmallNetwork
from tests.opening import open_event


async def count(database: Database) -> int:
    async with database.read() as tx:
        return int((await tx._connection.execute(select(func.count()).select_from(activities))).scalar_one())


async def announced(database: Database) -> list[Activity]:
    async with database.read() as tx:
        rows = await tx._connection.execute(select(activities).order_by(activities.c.id))
        return [activity_from(row) for row in rows]


async def invited(database: Database) -> set[PersonId]:
    async with database.read() as tx:
        found = await tx._connection.execute(select(assignments.c.person_id))
        return {PersonId(i) for i in found.scalars()}


def as_it_is(chat: Chat, message: Message) -> Message:
    """A message of some time ago, as it looks now."""
    return next(one for one in chat.messages if one["message_id"] == message["message_id"])


async def at_the_card(chat: Chat, when: str = "10 сентября в 15:00") -> Message:
    await chat.says("/webinar")
    await chat.says("Одарённые <дети> & мы 🙂")
    await chat.says(when)
    return await chat.says("https://example.org/w")


async def filled(chat: Chat, field: str, *words: str) -> Message:
    """Opens a field from the card, types, and is back at the card."""
    await chat.presses(next(label for label in labels(chat.last) if label.endswith(field)))
    for one in words:
        await chat.says(one)
    return chat.last


async def test_a_webinar_is_announced_in_three_answers(database: Database, network: SmallNetwork, tg: Telegram) -> None:
    chat = tg.chat_of(network.regional)

    assert "Новый вебинар. Название?" in (await chat.says("/webinar"))["text"]
    assert "Когда начало?" in (await chat.says("Одарённые <дети> & мы 🙂"))["text"]
    understood = await chat.says("10 сентября в 15:00")
    assert "Понял так: четверг, 10 сентября, 15:00 МСК" in understood["text"]
    card = await chat.says("https://example.org/w")
    assert "Название: Одарённые <дети> & мы 🙂\nКогда: четверг, 10 сентября, 15:00 МСК" in card["text"]
    assert "Ссылка: https://example.org/w" in card["text"]
    assert "Получат сообщение: 2 человека" in card["text"]

    preview = await chat.presses("Дальше ›")
    assert "🎥 Одарённые <дети> & мы 🙂\nНачало: четверг, 10 сентября, 15:00 МСК" in preview["text"]
    assert "Получат: 2 человека\nПервое сообщение: сразу" in preview["text"]
    assert await count(database) == 0, "nothing is sent before «Объявить»"

    done = await chat.presses("📣 Объявить")
    assert "✅ Объявлено: Одарённые <дети> & мы 🙂" in done["text"]
    assert await invited(database) == {network.teacher_1, network.teacher_2}
    assert "Придут: 0" in (await chat.presses("📊 Кто придёт и ход рассылки"))["text"]


async def test_a_second_announce_button_announces_nothing_more(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.regional)
    await at_the_card(chat)
    older = await chat.presses("Дальше ›")
    await chat.presses("📨 Отправить себе")
    await chat.presses("📣 Объявить", on=chat.last)

    await chat.presses("📣 Объявить", on=older)

    assert "✅ Объявлено" in as_it_is(chat, older)["text"]
    assert await count(database) == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31 февраля в 15:00", "Такого дня в календаре нет"),
        ("12 декабря в 25:00", "Проверьте часы"),
        ("в 15:00", "Час понял, а день – нет"),
        ("сегодня в 9:00", "Это время уже прошло"),
        ("когда-нибудь", "Не понял, когда"),
        ("<b>12</b>", "Не понял, когда"),
    ],
)
async def test_a_time_that_cannot_be_used_is_asked_again_with_an_example(
    network: SmallNetwork, tg: Telegram, typed: str, said: str
) -> None:
    chat = tg.chat_of(network.regional)
    await chat.says("/webinar")
    await chat.says("Олимпиады")

    refused = await chat.says(typed)

    assert said in refused["text"]
    assert "15:00" in refused["text"], "an example to follow"
    assert "Понял так" in (await chat.says("12 декабря в 15:00"))["text"]


async def test_days_without_an_hour_are_kept_and_only_the_hour_is_asked(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.regional)
    await chat.says("/webinar")
    await chat.says("Защита проектов")

    asked = await chat.says("19–20 декабря")
    assert "Дни понял: 19–20 декабря. Во сколько начало?" in asked["text"]
    understood = await chat.says("с 10:00 до 17:00")

    assert "суббота, 19 декабря, 10:00 МСК – по воскресенье, 20 декабря, 17:00" in understood["text"]


async def test_a_title_or_a_link_that_cannot_be_used_is_asked_again(network: SmallNetwork, tg: Telegram) -> None:
    chat = tg.chat_of(network.regional)
    await chat.says("/webinar")
    assert "Название не вижу" in (await chat.says("?"))["text"]
    assert "до 300 знаков" in (await chat.says("а" * 301))["text"]
    assert "жду текст" in (await chat.sends("план.docx", b"PK"))["text"]
    await chat.says("Олимпиады")
    await chat.says("12 декабря в 15:00")
    assert "не похоже на ссылку" in (await chat.says("потом пришлю"))["text"]
    assert "Ссылка: пока нет" in (await chat.presses("Пропустить"))["text"]


async def test_every_step_can_be_skipped_and_what_is_missing_is_told(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.regional)
    await chat.says("/webinar")
    for _ in range(3):
        card = await chat.presses("Пропустить")
    assert "Не хватает: названия, даты и часа" in card["text"]

    await chat.presses("Дальше ›")

    assert "Не хватает" in chat.toast["text"]
    assert await count(database) == 0


async def test_an_event_has_all_that_was_typed_on_its_card(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.regional)
    await chat.says("/event")
    await chat.presses("🎓 Защита")
    await chat.says("Защита проектов")
    await chat.says("19–20 декабря в 10:00")
    await chat.presses("Пропустить")
    await filled(chat, "Место", "Суздаль, ул. Ленина, 63а")
    await filled(chat, "Кто ведёт", "Орлова В. И.")
    await filled(chat, "Код доступа", "1234")
    await filled(chat, "Места", "20, резерв 5, от школы 2")
    await chat.presses("＋ Что спрашиваем")
    await chat.presses("Причину при «Не смогу»")
    await chat.presses("2")
    card = await chat.presses("‹ К карточке")

    for line in (
        "Новая защита",
        "Место: Суздаль, ул. Ленина, 63а",
        "Ведёт: Орлова В. И.",
        "Код доступа: 1234",
        "Места: 20, резерв 5, от школы не больше 2",
        "При «Не смогу» нужна причина.",
        "От каждой школы – не менее 2.",
    ):
        assert line in card["text"]
    preview = await chat.presses("Дальше ›")
    assert "Приглашаем на защиту" in preview["text"]
    assert "☑️ Участник, МСК" in labels(preview)
    assert "координатор видит, кто идёт" in (await chat.presses("Координатор школы"))["text"]
    await chat.presses("📣 Объявить")

    (activity,) = await announced(database)
    assert activity.event == EventDetails(
        EventKind.DEFENCE, place="Суздаль, ул. Ленина, 63а", access_code="1234", leader="Орлова В. И.",
        seats=Seats(20, 5, SeatsPer.SCHOOL, 2), needs_reason=True, least_per_school=2,
    )  # fmt: skip


async def test_a_series_is_announced_with_a_title_for_each_date(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.regional)
    await chat.says("/webinar")
    await chat.says("Вебинар 1–3")
    understood = await chat.says("10, 17 и 24 сентября в 15:00")
    assert "• четверг, 17 сентября, 15:00 МСК – «Вебинар 2»" in understood["text"]
    await chat.says("https://example.org/w")

    preview = await chat.presses("Дальше ›")
    assert "Приглашаем на серию «Вебинар»: 3 встречи" in preview["text"]
    await chat.presses("📣 Объявить")

    assert [one.title for one in await announced(database)] == ["Вебинар 1", "Вебинар 2", "Вебинар 3"]


async def test_a_restart_loses_nothing_and_a_draft_is_continued(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.regional)
    await at_the_card(chat)
    assert "Черновик сохранён" in (await chat.says("/cancel"))["text"]
    await chat.says("/webinars")
    drafts = await chat.presses("📝 Черновики")

    card = await chat.presses(labels(drafts)[0])

    assert "Ссылка: https://example.org/w" in card["text"]
    await chat.presses("🗑 Удалить")
    await chat.presses("Да, удалить")
    await chat.says("/webinars")
    assert "Черновиков нет" in (await chat.presses("📝 Черновики"))["text"]


async def test_a_dialogue_whose_draft_was_deleted_by_an_older_button_ends(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.regional)
    older = await at_the_card(chat)
    await chat.presses("🗑 Удалить", on=older)
    await chat.says("/webinars")
    drafts = await chat.presses("📝 Черновики")
    await chat.presses(labels(drafts)[0])
    await chat.presses("✓ Название")
    await chat.presses("Да, удалить", on=older)

    await chat.says("Другое название")

    assert "Я не понял" in chat.last["text"]


async def test_a_title_of_two_lines_is_one_title_where_there_is_one_date(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.regional)
    await at_the_card(chat)

    card = await filled(chat, "Название", "Одарённые дети:\nкак помочь")

    assert "Название: Одарённые дети: как помочь" in card["text"]
    await chat.presses("Дальше ›")
    await chat.presses("📣 Объявить")
    assert [one.title for one in await announced(database)] == ["Одарённые дети: как помочь"]


async def test_a_field_is_corrected_and_cleared_from_the_card(network: SmallNetwork, tg: Telegram) -> None:
    chat = tg.chat_of(network.regional)
    await at_the_card(chat)

    corrected = await filled(chat, "Название", "Другое название")
    assert "Название: Другое название" in corrected["text"]
    asked = await filled(chat, "Ссылка")
    assert "Сейчас: https://example.org/w" in asked["text"]
    cleared = await chat.presses("Очистить")
    assert "Ссылка: пока нет" in cleared["text"]


async def test_words_at_the_card_bring_it_again_and_a_file_goes_its_own_way(
    network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.regional)
    await at_the_card(chat)

    assert "Нажмите на карточке" in (await chat.says("ну что?"))["text"]


async def test_announcing_can_be_left_before_anything_was_said(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.regional)
    await chat.says("/webinar")

    assert "ничего не объявлено" in (await chat.says("/cancel"))["text"]
    assert "Я не понял" in (await chat.says("12 декабря в 15:00"))["text"]


async def test_an_older_button_of_a_card_changes_nothing(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.regional)
    await at_the_card(chat)
    older = await chat.presses("✓ Тип")
    await chat.says("/webinars")
    drafts = await chat.presses("📝 Черновики")
    await chat.presses(labels(drafts)[0])
    await chat.presses("✓ Тип")
    await chat.presses("👥 Совещание", on=chat.last)

    await chat.presses("🏆 Конкурс", on=older)

    assert "изменили" in chat.toast["text"]
    assert "Новое совещание" in as_it_is(chat, older)["text"]


async def test_the_audience_is_narrowed_widened_and_some_are_left_out(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.regional)
    await at_the_card(chat)
    await chat.presses("✓ Кого зовём")

    parts = await chat.presses("Выбрать муниципалитеты")
    assert labels(parts)[:2] == ["Суздальский район", "Округ Муром"]
    await chat.presses("Округ Муром")
    narrowed = await chat.presses("Готово")
    assert "Где: округ Муром" in narrowed["text"]
    assert "Получат сообщение: 0 человек" in narrowed["text"]
    await chat.presses("‹ К карточке")
    await chat.presses("Дальше ›")
    assert "пока никого нет" in chat.toast["text"]

    await chat.presses("✓ Кого зовём")
    widened = await chat.presses("Координаторы")
    assert "Получат сообщение: 1 человек" in widened["text"]
    await chat.presses("Выбрать муниципалитеты")
    await chat.presses("Все")
    without = await chat.presses("Кроме…")
    assert "НЕ звать" in without["text"]
    await chat.presses("Суздальский район")
    left_out = await chat.presses("Готово")
    assert "Где: Владимирская область" in left_out["text"]
    assert "Кроме: Суздальский район" in left_out["text"]


async def test_people_are_chosen_by_what_they_said_elsewhere(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    await open_event(database, network, title="Первая встреча")
    chat = tg.chat_of(network.regional)
    await at_the_card(chat)
    await chat.presses("✓ Кого зовём")
    events = await chat.presses("По ответам на другое событие")
    assert "Первая встреча" in labels(events)[0]
    await chat.presses(labels(events)[0])

    chosen = await chat.presses("Кто ответил «Приду»")

    assert "Только те, кто ответил «Приду» на другое событие" in chosen["text"]
    assert "Получат сообщение: 0 человек" in chosen["text"]


async def test_hours_are_read_on_the_clocks_that_were_chosen(network: SmallNetwork, tg: Telegram) -> None:
    chat = tg.chat_of(network.amur_regional)
    await chat.says("/webinar")
    assert "Часы – МСК+6" in (await chat.says("Олимпиады"))["text"]
    understood = await chat.says("10 сентября в 15:00")
    assert "четверг, 10 сентября, 15:00 (у вас) · 09:00 МСК" in understood["text"]
    await chat.presses("Пропустить")

    await chat.presses("✓ Часовой пояс")
    card = await chat.presses("МСК · Москва")

    assert "четверг, 10 сентября, 21:00 (у вас) · 15:00 МСК" in card["text"]


async def test_each_zone_sees_its_own_hour_in_the_preview(
    network: SmallNetwork, factory: NetworkFactory, tg: Telegram
) -> None:
    factory.person("Новикова Яна Львовна", network.school_3, timezone="Asia/Yakutsk")
    chat = tg.chat_of(network.regional)
    await at_the_card(chat)

    await chat.presses("Дальше ›")
    far = await chat.presses("Участник, МСК+6")

    assert "21:00 (у вас) · 15:00 МСК" in far["text"]


async def test_the_message_is_sent_to_oneself_with_its_files_and_announces_nothing(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.regional)
    await at_the_card(chat)
    await chat.presses("＋ Материалы")
    await chat.sends("Программа.docx", b"PK")
    listed = await chat.says("Запись https://example.org/p")
    assert "📎 Программа.docx\n📎 Запись" in listed["text"]
    await chat.presses("‹ К карточке")
    await chat.presses("Дальше ›")

    await chat.presses("📨 Отправить себе")

    sample, file, preview = chat.messages[-3:]
    assert "Проба" in sample["text"]
    assert "Приглашаем на вебинар" in sample["text"]
    assert "document" in file
    assert "📣 Объявить" in labels(preview)
    assert await count(database) == 0


async def test_who_is_invited_gets_what_there_is_to_read_before(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.regional)
    await at_the_card(chat)
    await chat.presses("＋ Материалы")
    await chat.sends("Программа.docx", b"PK")
    await chat.says("План <встречи> https://example.org/p?a=1&b=2")
    await chat.presses("‹ К карточке")
    await chat.presses("Дальше ›")
    await chat.presses("📣 Объявить")
    teacher = tg.chat_of(network.teacher_1)
    await teacher.presses(labels(await teacher.says("/my"))[0])

    await teacher.presses("📎 Материалы")

    links, file = teacher.messages[-2:]
    assert links["text"] == "📎 Материалы\n• План <встречи>"
    assert [entity["url"] for entity in links["entities"] if "url" in entity] == ["https://example.org/p?a=1&b=2"]
    assert file["caption"] == "📎 Программа.docx"


async def test_an_earlier_event_is_copied_without_its_date(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    await open_event(database, network, title="Школа тьютора", details=EventDetails(EventKind.SEMINAR, leader="Ким Е."))
    chat = tg.chat_of(network.regional)
    await chat.says("/webinar")
    earlier = await chat.presses("📋 Как в прошлый раз")
    await chat.presses(labels(earlier)[0])

    card = await chat.says("24 сентября в 15:00")

    assert "Новый семинар" in card["text"]
    assert "Название: Школа тьютора" in card["text"]
    assert "Ведёт: Ким Е." in card["text"]


async def test_a_coordinator_of_two_units_is_asked_which_one_announces(
    network: SmallNetwork, factory: NetworkFactory, tg: Telegram
) -> None:
    factory.member(network.regional, network.amur, Role.COORDINATOR)
    chat = tg.chat_of(network.regional)

    asked = await chat.says("/webinar")
    assert labels(asked)[:2] == ["Владимирская область", "Амурская область"]
    await chat.presses("Амурская область")
    assert "Часы – МСК+6" in (await chat.says("Олимпиады"))["text"]


@pytest.mark.parametrize("command", ["/webinar", "/event"])
async def test_a_teacher_announces_nothing(network: SmallNetwork, tg: Telegram, command: str) -> None:
    assert "для координаторов" in (await tg.chat_of(network.teacher_1).says(command))["text"]


async def test_the_draft_of_another_is_not_found(database: Database, network: SmallNetwork, tg: Telegram) -> None:
    await at_the_card(tg.chat_of(network.regional))
    stranger = tg.chat_of(network.amur_regional)
    forged = InlineKeyboardButton(text="подделка", callback_data="wf:1:title")
    await tg.bot.send_message(stranger.id, "…", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[forged]]))

    await stranger.presses("подделка")

    assert "не в вашей части сети" in stranger.toast["text"]


async def test_an_announcement_is_stopped_in_flight_and_goes_on(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    event = await open_event(database, network)
    await plan_notices(database, now=MONDAY, days=WorkCalendar())
    async with database.write() as tx:
        one = select(func.min(notices.c.id)).where(notices.c.kind == "announcement").scalar_subquery()
        await tx._connection.execute(update(notices).where(notices.c.id == one).values(state="sent"))
    chat = tg.chat_of(network.regional)
    await chat.presses(labels(await chat.says("/webinars"))[0])

    stopped = await chat.presses("⏹ Стоп · ушло 1 из 2")
    assert "Остановлено: ушло 1 из 2" in chat.toast["text"]
    assert "▶️ Продолжить · ушло 1 из 2" in labels(stopped)
    async with database.read() as tx:
        held = await tx._connection.execute(
            select(occurrences.c.stopped_at).where(occurrences.c.id == event.occurrence_id)
        )
        assert held.scalar_one() == MONDAY

    resumed = await chat.presses("▶️ Продолжить · ушло 1 из 2")
    assert "⏹ Стоп · ушло 1 из 2" in labels(resumed)
