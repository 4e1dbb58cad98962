"""The leader's side: a tap a person, all the others at once, the word, the picture, the platform's list."""

from __future__ import annotations

from datetime import timedelta

from bot.clock import MovableClock
from bot.domain.events import Attendance
from bot.domain.ids import OccurrenceId, PersonId
from bot.domain.matters import Answer
from bot.services.accept_reply import GivenReply, accept_reply
from bot.services.change_profile import erase_own_data
from storage.database import Database
from tests.acting import actor_of
from tests.driver import Chat, Message, Telegram, labels
from tests.factories import NetworkFactory, SmallNetwork
from tests.handlers.attendance.conftest import BEGINS
from tests.opening import assignment, matter, open_event


async def state_of(database: Database, event: OccurrenceId, person: PersonId) -> Attendance | None:
    owed = await assignment(database, event, person=person)
    return (await matter(database, owed)).assignment.attendance


async def at_the_sheet(chat: Chat) -> Message:
    await chat.says("/attendance")
    return await chat.presses("10.09.2026 · Семинар наставников")


async def cannot_come(database: Database, event: OccurrenceId, person: PersonId, clock: MovableClock) -> None:
    owed = await assignment(database, event, person=person)
    reply = GivenReply(owed, Answer.NOT_COMING, "болезнь")
    actor = await actor_of(database, person)
    await accept_reply(database, actor=actor, reply=reply, source="test", now=clock.now())


async def test_a_tap_a_person_goes_round_and_every_mark_is_kept(
    database: Database, network: SmallNetwork, tg: Telegram, event: OccurrenceId
) -> None:
    chat = tg.chat_of(network.regional)
    sheet = await at_the_sheet(chat)
    assert "✅ были 0 · ❌ не были 0\n🟡 уважительная причина 0\n▫️ без отметки 2\n" in sheet["text"]

    await chat.presses("📝 Отметить")
    await chat.presses("▫️ Смирнова Д. П.")
    assert "Смирнова Д. П.: был" in chat.toast["text"]
    assert await state_of(database, event, network.teacher_1) is Attendance.PRESENT
    again = await chat.presses("✅ Смирнова Д. П.")
    assert "❌ Смирнова Дарья Павловна" in again["text"]

    await chat.presses("🕓 Подробно")
    trace = await chat.presses("❌ Смирнова Д. П.")
    assert trace["text"].count("Орлова В. И.") == 2
    corrected = await chat.presses("🟡 Уважительная причина")
    assert "«Семинар наставников»: уважительная причина" in corrected["text"]
    assert await state_of(database, event, network.teacher_1) is Attendance.EXCUSED


async def test_a_tap_handled_twice_marks_once(
    database: Database, network: SmallNetwork, tg: Telegram, event: OccurrenceId
) -> None:
    chat = tg.chat_of(network.regional)
    await at_the_sheet(chat)
    shown = await chat.presses("📝 Отметить")
    data = shown["reply_markup"]["inline_keyboard"][0][0]["callback_data"]

    await chat.presses(data=data)
    tg.sandbox.world.bots[tg.sandbox.bot_token].queue.clear()
    owed = await assignment(database, event, person=network.teacher_2)
    other = await assignment(database, event, person=network.teacher_1)
    async with database.read() as tx:
        assert len(await tx.attendance.marks(owed)) + len(await tx.attendance.marks(other)) == 1


async def test_all_the_others_were_not_there_and_who_said_why_is_excused(
    database: Database, network: SmallNetwork, factory: NetworkFactory, tg: Telegram, clock: MovableClock
) -> None:
    third = factory.person("Белкина Инна", network.school_1)
    event = (await open_event(database, network, dates=(BEGINS,))).occurrence_id
    await cannot_come(database, event, network.teacher_2, clock)
    clock.move_to(BEGINS + timedelta(minutes=30))
    chat = tg.chat_of(network.regional)
    await at_the_sheet(chat)
    await chat.presses("📝 Отметить")
    assert "💬 Котов Глеб Романович – болезнь" in chat.last["text"]
    await chat.presses("▫️ Смирнова Д. П.")
    await chat.presses("‹ Назад")

    sure = await chat.presses("Все остальные не были: 2")
    assert "не были: 1" in sure["text"]
    assert "уважительная причина: 1" in sure["text"]
    done = await chat.presses("Да, записать")

    assert "без отметки 0" in done["text"]
    assert await state_of(database, event, third) is Attendance.ABSENT
    assert await state_of(database, event, network.teacher_2) is Attendance.EXCUSED
    assert await state_of(database, event, network.teacher_1) is Attendance.PRESENT


async def test_nobody_is_marked_before_the_event(
    database: Database, network: SmallNetwork, tg: Telegram, clock: MovableClock
) -> None:
    event = (await open_event(database, network, dates=(BEGINS,))).occurrence_id
    chat = tg.chat_of(network.regional)
    await chat.says("/webinars")
    await chat.presses("10 сент., 12:00 · Семинар наставников")
    sheet = await chat.presses("✋ Кто был")
    assert "Отмечаться можно будет с 10 сент., 11:45 до 15:00." in sheet["text"]
    assert "📎 Загрузить список с площадки" not in labels(sheet)
    await chat.presses("📝 Отметить")

    await chat.presses("▫️ Смирнова Д. П.")

    assert "ещё не началось" in chat.toast["text"]
    assert await state_of(database, event, network.teacher_1) is None


async def test_a_name_is_looked_for_by_its_beginning(
    database: Database, network: SmallNetwork, factory: NetworkFactory, tg: Telegram, clock: MovableClock
) -> None:
    for number in range(12):
        factory.person(f"Петров Иван {'абвгдежзиклм'[number]}", network.school_1)
    event = (await open_event(database, network, dates=(BEGINS,))).occurrence_id
    clock.move_to(BEGINS)
    chat = tg.chat_of(network.regional)
    await at_the_sheet(chat)
    await chat.presses("📝 Отметить")
    assert "1 из 2" in labels(chat.last)
    await chat.presses("🔎 Найти")

    found = await chat.says("котов")
    assert [label for label in labels(found) if label.startswith("▫️")] == ["▫️ Котов Г. Р."]
    await chat.presses("▫️ Котов Г. Р.")
    assert await state_of(database, event, network.teacher_2) is Attendance.PRESENT
    assert "никого не нашёл" in (await chat.says("Зюзин"))["text"]
    assert "1 из 2" in labels(await chat.presses("Показать всех"))


async def test_one_school_is_looked_at(network: SmallNetwork, tg: Telegram, event: OccurrenceId) -> None:
    chat = tg.chat_of(network.regional)
    await at_the_sheet(chat)

    schools = await chat.presses("🏫 По школам")
    assert "• Школа № 1 г. Суздаля: 0 из 1 (без отметки 1)" in schools["text"]
    school = await chat.presses("Школа № 1 г. Суздаля")

    assert "Смирнова Дарья Павловна" in school["text"]
    assert "Котов" not in school["text"]


async def test_a_code_word_is_invented_typed_and_dropped(
    network: SmallNetwork, tg: Telegram, event: OccurrenceId
) -> None:
    chat = tg.chat_of(network.regional)
    await at_the_sheet(chat)
    asked = await chat.presses("🔑 Кодовое слово")
    assert "Сейчас слово: Берёза 42" in asked["text"]
    assert "Нужно слово" in (await chat.says("…"))["text"]
    refused = await chat.says("да")
    assert "Такое слово не подойдёт" in refused["text"]
    assert labels(refused) == ["🎲 Придумать", "Убрать слово", "‹ Назад"]
    assert "Без кодового слова?" in (await chat.says("не нужно"))["text"], "asked, for a word is easily dropped"

    assert "Кодовое слово: маяк 27" in (await chat.says("маяк 27"))["text"]
    assert "Отметил" in (await tg.chat_of(network.teacher_1).says("Маяк-27"))["text"]

    await chat.presses("🔑 Кодовое слово", on=chat.last)
    await chat.presses("🎲 Придумать")
    assert "Новое слово" in chat.toast["text"]
    await chat.presses("🔑 Кодовое слово")
    assert "слова пока нет" in (await chat.presses("Убрать слово"))["text"]


async def test_the_picture_is_sent_and_changed_in_its_place(
    network: SmallNetwork, tg: Telegram, clock: MovableClock, event: OccurrenceId
) -> None:
    chat = tg.chat_of(network.regional)
    await at_the_sheet(chat)

    sent = await chat.presses("📲 QR на экран")
    assert "Действует до 12:07" in sent["caption"]
    clock.advance(timedelta(minutes=2))
    again = await chat.presses("🔄 Обновить")

    assert again["message_id"] == sent["message_id"]
    assert "Действует до 12:09" in again["caption"]
    assert again["photo"] != sent["photo"]
    assert "Кто был" in (await chat.presses("✋ Кто был"))["text"]


async def test_there_is_no_picture_before_the_door_opens(
    database: Database, network: SmallNetwork, tg: Telegram, clock: MovableClock
) -> None:
    await open_event(database, network, dates=(BEGINS,))
    clock.move_to(BEGINS - timedelta(minutes=20))
    chat = tg.chat_of(network.regional)
    await chat.says("/webinars")
    await chat.presses("10 сент., 12:00 · Семинар наставников")
    await chat.presses("✋ Кто был")

    await chat.presses("📲 QR на экран")

    assert "можно с 11:45" in chat.toast["text"]


async def test_a_schools_coordinator_sees_his_people_and_marks_nobody(
    database: Database, network: SmallNetwork, tg: Telegram, event: OccurrenceId
) -> None:
    chat = tg.chat_of(network.coordinator_1)

    sheet = await at_the_sheet(chat)
    assert "без отметки 1" in sheet["text"], "of two teachers one is his"
    assert labels(sheet) == ["👥 Список", "🏫 По школам", "‹ Все прошедшие"]
    await chat.presses("👥 Список")
    trace = await chat.presses("▫️ Смирнова Д. П.")

    assert labels(trace) == ["‹ Назад"]
    owed = await assignment(database, event, person=network.teacher_1)
    await tg.chat_of(network.regional).says("/attendance")
    assert await state_of(database, event, network.teacher_1) is None
    assert owed


async def test_one_who_had_himself_erased_stays_in_the_counts_without_his_name(
    database: Database, network: SmallNetwork, tg: Telegram, clock: MovableClock, event: OccurrenceId
) -> None:
    await tg.chat_of(network.teacher_1).says("берёза 42")
    gone = await actor_of(database, network.teacher_1)
    await erase_own_data(database, actor=gone, now=clock.now())
    chat = tg.chat_of(network.regional)
    await at_the_sheet(chat)

    shown = await chat.presses("📝 Отметить")

    assert "были 1" in shown["text"]
    assert "✅ данные удалены" in shown["text"]
    assert "Смирнова" not in shown["text"]


async def test_the_people_of_a_school_have_their_records_and_each_his_own(
    network: SmallNetwork, tg: Telegram, event: OccurrenceId
) -> None:
    teacher = tg.chat_of(network.teacher_1)
    await teacher.says("берёза 42")

    chat = tg.chat_of(network.coordinator_1)
    await chat.says("/attendance")
    records = await chat.presses("👥 По людям")
    assert "• Смирнова Дарья Павловна: 1 из 1" in records["text"]
    assert "Котов" not in records["text"], "he is of another school"
    await teacher.says("/my")
    mine = await teacher.presses("✋ Мои посещения")
    assert "Вы были на 1 из 1." in mine["text"]
    assert "✅ 10.09.2026 – Семинар наставников" in mine["text"]


async def test_where_nothing_has_been_yet_the_screens_say_so(network: SmallNetwork, tg: Telegram) -> None:
    assert "Прошедших событий пока нет" in (await tg.chat_of(network.regional).says("/attendance"))["text"]
    teacher = tg.chat_of(network.teacher_1)
    await teacher.says("/my")
    assert "Здесь появятся" in (await teacher.presses("✋ Мои посещения"))["text"]
