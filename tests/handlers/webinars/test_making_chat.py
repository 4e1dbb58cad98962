"""Making and announcing an event, step by step, through the chat."""

from __future__ import annotations

import pytest

from bot.domain.events import EventDetails, EventKind, Seats, SeatsPer
from bot.domain.network import Role
from storage.database import Database
from tests.driver import Telegram, labels
from tests.factories import NetworkFactory, SmallNetwork
from tests.handlers.webinars.steps import announced, as_it_is, at_the_card, count, filled, invited


async def test_a_webinar_is_announced_in_three_answers(database: Database, network: SmallNetwork, tg: Telegram) -> None:
    chat = tg.chat_of(network.regional)

    assert "Новый вебинар. Название?" in (await chat.says("/webinar"))["text"]
    assert "Когда начало?" in (await chat.says("Одарённые <дети> & мы 🙂"))["text"]
    understood = await chat.says("10 сентября в 15:00")
    assert "Понял так: четверг, 10 сентября, 15:00 МСК" in understood["text"]
    word = await chat.says("https://example.org/w")
    assert "Кодовое слово?" in word["text"]
    card = await chat.presses("Пропустить")
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
    assert "⚠️ Нерабочий день: 19 декабря (сб)" in understood["text"]


async def test_a_title_or_a_link_that_cannot_be_used_is_asked_again(network: SmallNetwork, tg: Telegram) -> None:
    chat = tg.chat_of(network.regional)
    await chat.says("/webinar")
    assert "Название не вижу" in (await chat.says("?"))["text"]
    assert "до 300 знаков" in (await chat.says("а" * 301))["text"]
    assert "жду текст" in (await chat.sends("план.docx", b"PK"))["text"]
    await chat.says("Олимпиады")
    await chat.says("12 декабря в 15:00")
    assert "не похоже на ссылку" in (await chat.says("потом пришлю"))["text"]
    await chat.presses("Пропустить")
    assert "Нужно слово из букв" in (await chat.says("!!!"))["text"]
    assert "до 40 знаков" in (await chat.says("м" * 41))["text"]
    card = await chat.says("маяк 27")
    assert "Ссылка: пока нет" in card["text"]
    assert "Кодовое слово: маяк 27" in card["text"]


async def test_every_step_can_be_skipped_and_what_is_missing_is_told(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.regional)
    await chat.says("/webinar")
    for _ in range(4):
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
    assert "Понял так: \n• четверг, 10 сентября" in understood["text"], "each date begins a line"
    assert "• четверг, 17 сентября, 15:00 МСК – «Вебинар 2»" in understood["text"]
    await chat.says("https://example.org/w")
    await chat.presses("Пропустить")

    preview = await chat.presses("Дальше ›")
    assert "Приглашаем на серию «Вебинар»: 3 встречи" in preview["text"]
    assert "Нажмите на встречу и ответьте, придёте ли." in preview["text"]
    await chat.presses("📣 Объявить")

    assert [one.title for one in await announced(database)] == ["Вебинар 1", "Вебинар 2", "Вебинар 3"]


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


async def test_announcing_can_be_left_before_anything_was_said(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.regional)
    await chat.says("/webinar")

    assert "ничего не объявлено" in (await chat.says("/cancel"))["text"]
    assert "Передать это некому" in (await chat.says("12 декабря в 15:00"))["text"]


async def test_hours_are_read_on_the_clocks_that_were_chosen(network: SmallNetwork, tg: Telegram) -> None:
    chat = tg.chat_of(network.amur_regional)
    await chat.says("/webinar")
    assert "Часы – МСК+6" in (await chat.says("Олимпиады"))["text"]
    understood = await chat.says("10 сентября в 15:00")
    assert "четверг, 10 сентября, 15:00 (у вас) · 09:00 МСК" in understood["text"]
    await chat.presses("Пропустить")
    await chat.presses("Пропустить")

    await chat.presses("✓ Часовой пояс")
    card = await chat.presses("МСК · Москва")
    assert "Часы – МСК · Москва.\n" in f"{(await chat.presses('✓ Когда'))['text']}\n", "no other word for the same"

    assert "четверг, 10 сентября, 21:00 (у вас) · 15:00 МСК" in card["text"]


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


@pytest.mark.parametrize(
    ("word", "told", "different"),
    [
        (None, "у каждой встречи своё", 2),
        ("Ландыш", "одно на все встречи; сменить можно у каждой", 1),
    ],
    ids=["invented", "typed"],
)
async def test_the_card_of_a_series_says_whether_its_meetings_share_the_code_word(
    database: Database, network: SmallNetwork, tg: Telegram, word: str | None, told: str, different: int
) -> None:
    chat = tg.chat_of(network.regional)
    for words in ("/webinar", "Олимпиады", "10 и 17 сентября в 15:00"):
        await chat.says(words)
    await chat.presses("Пропустить")

    card = await (chat.says(word) if word else chat.presses("🎲 Придумать слово"))
    assert told in card["text"]
    await chat.presses("Дальше ›")
    await chat.presses("📣 Объявить")

    events = await announced(database)
    assert len(events) == 2
    assert len({one.event.code_word for one in events if one.event}) == different


async def test_an_answer_to_the_question_for_a_code_word_does_not_become_the_word(
    network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.regional)
    for words in ("/webinar", "Олимпиады", "10 сентября в 15:00"):
        await chat.says(words)
    await chat.presses("Пропустить")

    refused = await chat.says("да")
    assert "Такое слово не подойдёт" in refused["text"]
    assert "🎲 Придумать слово" in labels(refused)
    assert "Без кодового слова?" in (await chat.says("не нужно"))["text"]
    card = await chat.presses("Пропустить")

    assert "Кодовое слово" not in card["text"]


async def test_a_code_word_is_proposed_with_one_tap_and_counts_at_the_event(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.regional)
    await chat.says("/webinar")
    await chat.says("Олимпиады")
    await chat.says("10 сентября в 15:00")
    await chat.presses("Пропустить")
    card = await chat.presses("🎲 Придумать слово")
    shown = next(line for line in card["text"].splitlines() if line.startswith("Кодовое слово: "))

    await chat.presses("Дальше ›")
    await chat.presses("📣 Объявить")

    (event,) = await announced(database)
    assert event.event is not None
    assert shown == f"Кодовое слово: {event.event.code_word}"
    screen = await chat.presses("📊 Кто придёт и ход рассылки")
    assert shown in screen["text"], "seen again later"
    await chat.presses("🔑 Кодовое слово")
    changed = await chat.says("Журавль")
    assert "Запомнил: Журавль" in changed["text"]


async def test_an_event_of_which_seats_were_not_counted_gets_them_later(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    chat = tg.chat_of(network.regional)
    await at_the_card(chat)
    await chat.presses("Дальше ›")
    await chat.presses("📣 Объявить")
    await chat.presses("📊 Кто придёт и ход рассылки")

    asked = await chat.presses("🪑 Ограничить места")
    assert "Сейчас не ограничено" in asked["text"]
    assert "Не понял" in (await chat.says("много"))["text"]
    limited = await chat.says("20, резерв 5, от школы 2")

    assert limited["text"] == "✅ Мест: 20, резерв 5, от школы не больше 2."
    (event,) = await announced(database)
    assert event.event is not None
    assert event.event.seats == Seats(20, 5, SeatsPer.SCHOOL, 2)
    await chat.presses("‹ Назад")
    await chat.presses("✏️ Число мест")
    assert "✅ Мест: 30, от школы не больше 2." in (await chat.says("30"))["text"], "the quota stays"
    await chat.presses("‹ Назад")
    await chat.presses("✏️ Число мест")
    assert (await chat.says("30, без квоты"))["text"] == "✅ Мест: 30."
