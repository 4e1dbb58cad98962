"""Who is invited or answers, chosen by taps; the number of people stands under every screen."""

from __future__ import annotations

from bot.domain.matters import Answer, AnsweredBy
from bot.domain.network import Role
from bot.services.accept_reply import GivenReply, accept_reply
from bot.services.tag import TagPlace, put_tag
from storage.database import Database
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.driver import Chat, Message, Telegram, labels
from tests.factories import NetworkFactory, SmallNetwork
from tests.handlers.webinars.steps import announced, at_the_card, invited
from tests.opening import assignment, open_event, open_task


async def choosing(chat: Chat) -> Message:
    await at_the_card(chat)
    return await chat.presses("✓ Кого зовём")


async def tag_school(database: Database, network: SmallNetwork, word: str) -> None:
    actor = await actor_of(database, network.regional)
    await put_tag(database, actor=actor, place=TagPlace(unit_id=network.school_1), word=word, now=MONDAY)


async def test_the_audience_is_narrowed_widened_and_some_are_left_out(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.regional)
    await choosing(chat)

    parts = await chat.presses("📍 Где")
    assert labels(parts)[:3] == ["✅ Все: Владимирская область", "▫️ Суздальский район", "▫️ Округ Муром"]
    narrowed = await chat.presses("▫️ Округ Муром")
    assert "Где: округ Муром" in narrowed["text"]
    assert "Получат сообщение: 0 человек" in narrowed["text"], "counted at once, without leaving the list"
    await chat.presses("Готово")
    await chat.presses("Готово")
    await chat.presses("Дальше ›")
    assert "пока никого нет" in chat.toast["text"]

    await chat.presses("✓ Кого зовём")
    widened = await chat.presses("▫️ Координаторы")
    assert "Получат сообщение: 1 человек" in widened["text"]
    await chat.presses("📍 Где")
    await chat.presses("▫️ Все: Владимирская область")
    await chat.presses("Готово")
    await chat.presses("🚫 Кроме…")
    left_out = await chat.presses("▫️ Суздальский район")
    assert "Где: Владимирская область" in left_out["text"]
    assert "Кроме: Суздальский район" in left_out["text"]


async def test_people_are_chosen_by_tag_and_by_programme(
    database: Database, network: SmallNetwork, factory: NetworkFactory, tg: Telegram
) -> None:
    await tag_school(database, network, "Пилотная")
    factory.person("Ежов Лев Ильич", network.school_3, programme="Точка роста")
    chat = tg.chat_of(network.regional)
    screen = await choosing(chat)
    assert "Получат сообщение: 3 человека" in screen["text"]

    await chat.presses("🏷 По метке")
    tagged = await chat.presses("▫️ Пилотная")
    assert "С меткой: Пилотная" in tagged["text"]
    assert "Получат сообщение: 1 человек" in tagged["text"]
    await chat.presses("✅ Пилотная")
    await chat.presses("Готово")

    await chat.presses("🎯 По программе")
    chosen = await chat.presses("▫️ Точка роста")
    assert "Программа: Точка роста" in chosen["text"]
    assert "Получат сообщение: 1 человек" in chosen["text"]
    card = await chat.presses("Готово", on=await chat.presses("Готово"))
    assert "Программа: Точка роста" in card["text"], "the card tells all that was chosen"


async def test_a_tag_and_a_person_are_left_out_and_come_back(
    database: Database, network: SmallNetwork, factory: NetworkFactory, tg: Telegram
) -> None:
    await tag_school(database, network, "сельская")
    factory.person("Ежов Лев Ильич", network.school_3)
    chat = tg.chat_of(network.regional)
    await choosing(chat)

    await chat.presses("🚫 Кроме…")
    await chat.presses("🏷 Кроме тех, у кого метка")
    without_tag = await chat.presses("▫️ сельская")
    assert "Кроме: метка сельская" in without_tag["text"]
    assert "Получат сообщение: 2 человека" in without_tag["text"]
    await chat.presses("‹ Назад")
    people = await chat.presses("👤 Кроме отдельных людей")
    assert [label for label in labels(people) if "·" in label] == [
        "▫️ Ежов Л. И. · Школа № 3 г. Мурома",
        "▫️ Котов Г. Р. · Школа № 2 г. Суздаля",
    ]

    found = await chat.says("ежов")
    assert [label for label in labels(found) if "·" in label] == ["▫️ Ежов Л. И. · Школа № 3 г. Мурома"]
    out = await chat.presses("▫️ Ежов Л. И. · Школа № 3 г. Мурома")
    assert "Кроме: метка сельская; Ежов Л. И." in out["text"]
    assert "Получат сообщение: 1 человек" in out["text"]
    back = await chat.presses("🚫 Ежов Л. И. · Школа № 3 г. Мурома")
    assert "Получат сообщение: 2 человека" in back["text"]
    assert "Никого с «Петров»" in (await chat.says("Петров"))["text"]
    await chat.says("/cancel")
    await chat.presses("Готово")
    await chat.presses("Дальше ›")
    await chat.presses("📣 Объявить")
    assert network.teacher_2 in await invited(database)
    assert network.teacher_1 not in await invited(database)


async def test_people_are_chosen_by_what_they_said_to_an_event_or_a_task(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    await open_event(database, network, title="Первая встреча")
    task = await open_task(database, network, title="Отчёт за сентябрь")
    done = await assignment(database, task, school=network.school_1)
    by = await actor_of(database, network.coordinator_1)
    await accept_reply(database, actor=by, reply=GivenReply(done, Answer.DONE), source="telegram:1", now=MONDAY)
    chat = tg.chat_of(network.regional)
    await choosing(chat)
    await chat.presses("💬 По ответам на другое")
    events = await chat.presses("📅 На событие")
    assert labels(events)[0] == "10.09.2026 · Первая встреча"
    await chat.presses(labels(events)[0])

    coming = await chat.presses("Кто ответил «Приду»")
    assert "Только те, кто ответил «Приду»: «Первая встреча», 10.09.2026" in coming["text"]
    assert "Получат сообщение: 0 человек" in coming["text"]

    await chat.presses("💬 По ответам на другое")
    tasks = await chat.presses("📋 На поручение")
    await chat.presses(labels(tasks)[0])
    handed_in = await chat.presses("Кто сдал")
    assert "Только те, кто сдал: «Отчёт за сентябрь», 14.09.2026" in handed_in["text"]
    assert "Получат сообщение: 1 человек" in handed_in["text"], "the teachers of the school that has answered"
    await chat.presses("💬 По ответам на другое")
    every = await chat.presses("Всех, без этого условия")
    assert "Получат сообщение: 2 человека" in every["text"]


async def test_an_older_button_of_an_audience_changes_nothing(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.regional)
    older = await choosing(chat)
    await chat.says("/webinars")
    drafts = await chat.presses("📝 Черновики")
    await chat.presses(labels(drafts)[0])
    await chat.presses("✓ Кого зовём")
    await chat.presses("▫️ Тьюторы")

    shown = await chat.presses("▫️ Наставники", on=older)

    assert "уже что-то изменили" in chat.toast["text"]
    assert "▫️ Наставники" in labels(shown)
    await chat.presses("Готово")
    await chat.presses("Дальше ›")
    await chat.presses("📣 Объявить")
    (event,) = await announced(database)
    assert event.audience.roles == (Role.TEACHER, Role.TUTOR)
    assert event.audience.answered_by is AnsweredBy.PERSON
