"""«Мои сроки»: what a person finds in the list of his own matters."""

from __future__ import annotations

from datetime import timedelta

from bot.clock import MovableClock
from bot.domain.network import Role
from storage.database import Database
from tests.calendar_days import MONDAY
from tests.driver import Telegram, labels
from tests.factories import NetworkFactory, SmallNetwork
from tests.forms import next_date
from tests.handlers.answers.cards import opened_card
from tests.opening import IN_A_WEEK, open_task, open_webinar


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
    assert labels(first)[-5:-1] == ["‹", "1 из 2", "›", "✅ Отвеченные"]

    second = await chat.presses("›")
    assert "6. Дело 5" in second["text"]
    assert "7. Дело 6" in second["text"]
    assert labels(second)[-5:-1] == ["‹", "2 из 2", "›", "✅ Отвеченные"]


async def test_who_comes_back_is_told_first_what_waits_for_him(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.coordinator_1)
    assert "Вашего ответа" not in (await chat.starts())["text"]
    await open_task(database, network)
    assert "\n\n📋 Вашего ответа ждёт 1 дело: /my\n\n" in (await chat.starts())["text"]


async def test_of_what_repeats_the_nearest_date_stands_for_those_after_it(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    """One is overdue, one is next, three are to come: the overdue one stays listed, the three are counted."""
    first = await open_task(database, network, title="Каждую неделю", due_at=MONDAY - timedelta(days=3))
    await open_task(database, network, title="Однажды", due_at=IN_A_WEEK + timedelta(days=1))
    for week in range(1, 5):
        await next_date(database, first, after=timedelta(days=7 * week))
    chat = tg.chat_of(network.coordinator_1)
    listed = (await chat.says("/my"))["text"]
    assert listed.startswith("Ваши дела: 3\n\n1. Каждую неделю")
    _, overdue, nearest, once = listed.split("\n\n")
    assert "срок прошёл" in overdue
    assert "ещё" not in overdue
    assert "Срок: пятница, 11 сентября\n🔁 и ещё 3 срока до 02.10.2026" in nearest
    assert "ещё" not in once
    await chat.presses("2. Каждую неделю")
    await chat.presses("✅ Выполнено")
    assert "Срок: пятница, 18 сентября\n🔁 и ещё 2 срока до 02.10.2026" in (await chat.says("/my"))["text"]


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
