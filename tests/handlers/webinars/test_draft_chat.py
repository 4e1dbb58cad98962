"""An event that is being made is kept, corrected, continued, copied and deleted."""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.clock import MovableClock
from bot.config import Settings
from bot.domain.event_drafts import DraftMaterial
from bot.domain.events import EventDetails, EventKind, Seats, SeatsPer
from handlers.routing import build_dispatcher
from storage.database import Database
from tests.calendar_days import MONDAY
from tests.driver import Telegram, labels
from tests.factories import SmallNetwork
from tests.handlers.webinars.steps import announced, as_it_is, at_the_card, filled
from tests.opening import open_event

STEPS = (
    ("Одарённые дети", "Когда начало?"),
    ("19 декабря", "Во сколько начало?"),
    ("в 15:00", "Пришлите ссылку"),
    ("https://example.org/w", "Кодовое слово?"),
    ("маяк 27", "Кодовое слово: маяк 27"),
)


async def test_a_restart_at_any_step_loses_nothing(
    database: Database, clock: MovableClock, settings: Settings, network: SmallNetwork, tg: Telegram
) -> None:
    """Two take turns: whichever handles a step has not seen the step before it."""
    others = cycle([build_dispatcher(database, clock, settings) for _ in range(2)])
    chat = tg.chat_of(network.regional)
    await chat.says("/webinar")
    for typed, answer in STEPS:
        tg.dispatcher = next(others)
        assert answer in (await chat.says(typed))["text"], typed
    for field, typed in (("Место", "Суздаль"), ("Места", "20, резерв 5, от муниципалитета 3"), ("Кто ведёт", "Ким Е.")):
        await chat.presses(next(label for label in labels(chat.last) if label.endswith(field)))
        tg.dispatcher = next(others)
        card = await chat.says(typed)
        assert typed in card["text"].replace(" не больше", ""), "what was typed is shown back in full"
    tg.dispatcher = next(others)

    preview = await chat.presses("Дальше ›")

    assert "суббота, 19 декабря, 15:00 МСК" in preview["text"]


async def test_a_draft_is_continued_after_it_was_left(database: Database, network: SmallNetwork, tg: Telegram) -> None:
    chat = tg.chat_of(network.regional)
    await at_the_card(chat)
    assert "Черновик сохранён" in (await chat.says("/cancel"))["text"]
    await chat.says("/webinars")
    drafts = await chat.presses("📝 Черновики")
    assert labels(drafts)[0].startswith("10 сент., 15:00 · "), "by the day of the event, not of the last edit"

    card = await chat.presses(labels(drafts)[0])

    assert "Ссылка: https://example.org/w" in card["text"]
    await chat.presses("🗑 Удалить")
    await chat.presses("Да, удалить")
    await chat.says("/webinars")
    assert "Черновиков нет" in (await chat.presses("📝 Черновики"))["text"]


async def test_a_draft_of_an_earlier_day_tells_its_age_and_is_deleted_from_the_list(
    network: SmallNetwork, tg: Telegram, clock: MovableClock
) -> None:
    chat = tg.chat_of(network.regional)
    await at_the_card(chat)
    clock.advance(timedelta(days=5))
    await chat.says("/webinars")
    drafts = await chat.presses("📝 Черновики")
    assert "· лежит 5 дней" in drafts["text"]
    await chat.presses("🗑 Удалить черновик 1")
    assert "Черновиков нет" in (await chat.presses("Да, удалить"))["text"]


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

    assert "Передать это некому" in chat.last["text"]


async def test_a_field_is_corrected_and_cleared_from_the_card(network: SmallNetwork, tg: Telegram) -> None:
    chat = tg.chat_of(network.regional)
    await at_the_card(chat)

    corrected = await filled(chat, "Название", "Другое название")
    assert "Название: Другое название" in corrected["text"]
    asked = await filled(chat, "Ссылка")
    assert "Сейчас: https://example.org/w" in asked["text"]
    cleared = await chat.presses("Очистить")
    assert "Ссылка: пока нет" in cleared["text"]


async def test_words_at_the_card_bring_it_again(network: SmallNetwork, tg: Telegram) -> None:
    chat = tg.chat_of(network.regional)
    await at_the_card(chat)

    assert "Нажмите на карточке" in (await chat.says("ну что?"))["text"]


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


async def test_an_earlier_event_is_copied_with_everything_but_its_date(
    database: Database, network: SmallNetwork, tg: Telegram
) -> None:
    details = EventDetails(
        EventKind.SEMINAR, "Суздаль", "1234", "Ким Е.", Seats(20, 5, SeatsPer.SCHOOL, 2), needs_reason=True,
        least_per_school=1, code_word="маяк 27", gives_certificate=True,
    )  # fmt: skip
    chat = tg.chat_of(network.regional)
    earlier = await open_event(database, network, title="Школа тьютора", details=details)
    async with database.write() as tx:
        facts = await tx.matters.occurrence_facts(earlier.occurrence_id)
        assert facts is not None
        read = DraftMaterial("Программа", link="https://example.org/p")
        await tx.announcing.add_materials(facts.activity.id, [read], by=network.regional, now=MONDAY)
    await chat.says("/webinar")
    listed = await chat.presses("📋 Как в прошлый раз")
    await chat.presses(labels(listed)[0])

    card = await chat.says("24 сентября в 15:00")

    for line in (
        "Новый семинар",
        "Название: Школа тьютора",
        "Ссылка: https://example.org/w",
        "Место: Суздаль",
        "Код доступа: 1234",
        "Кодовое слово: маяк 27",
        "Ведёт: Ким Е.",
        "Кто: педагоги",
        "Места: 20, резерв 5, от школы не больше 2",
        "При «Не смогу» нужна причина.",
        "От каждой школы – не менее 1.",
        "сертификат",
        "Материалы: Программа",
    ):
        assert line in card["text"]
    assert "10 сентября" not in card["text"]
    await chat.presses("Дальше ›")
    await chat.presses("📣 Объявить")
    first, second = await announced(database)
    assert (first.event, first.audience, first.link) == (second.event, second.audience, second.link)


async def test_the_draft_of_another_is_not_found(database: Database, network: SmallNetwork, tg: Telegram) -> None:
    await at_the_card(tg.chat_of(network.regional))
    stranger = tg.chat_of(network.amur_regional)
    forged = InlineKeyboardButton(text="подделка", callback_data="wf:1:title")
    await tg.bot.send_message(stranger.id, "…", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[forged]]))

    await stranger.presses("подделка")

    assert "не в вашей части сети" in stranger.toast["text"]
