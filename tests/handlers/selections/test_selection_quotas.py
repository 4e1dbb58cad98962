"""Quotas by municipality: a page of buttons, each with its number; a tap, one more or less, or typed."""

from __future__ import annotations

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.ids import OccurrenceId
from bot.domain.network import Role, UnitKind
from bot.domain.selection import Selection
from handlers.selections.callbacks import ShowBounds
from storage.database import Database
from tests.driver import Chat, Message, Telegram, labels
from tests.factories import NetworkFactory, SmallNetwork
from tests.selections import announced


async def test_each_municipality_gets_its_quota_by_taps_or_typed(tg: Telegram, network: SmallNetwork) -> None:
    chat = tg.chat_of(network.regional)
    await _asked_for_quotas(chat)

    listed = await chat.presses("🏘 По каждому отдельно")
    assert "Мест: 20, по квотам: 0." in listed["text"]
    assert set(labels(listed)[:2]) == {"округ Муром · –", "Суздальский район · –"}
    asked = await chat.presses("Суздальский район · –")
    assert "Сейчас: без квоты" in asked["text"]
    assert labels(asked)[:6] == ["0", "1", "2", "3", "4", "5"]
    assert "Суздальский район · 7" in labels(await chat.presses("7"))
    await chat.presses("Суздальский район · 7")
    rows = chat.last["reply_markup"]["inline_keyboard"]
    quick = next(str(one["callback_data"]) for row in rows for one in row if one["text"] == "+1")
    await chat.presses("+1")
    assert "Сейчас: 9." in (await chat.presses(data=quick))["text"], "both taps count"
    assert not chat.toast.get("show_alert")
    assert "Сейчас: 8." in (await chat.presses("−1"))["text"]
    assert "Сейчас: 9." in (await chat.presses("+1"))["text"]
    await chat.presses("‹ Назад")

    await chat.presses("округ Муром · –")
    assert "Не понял" in (await chat.says("много"))["text"]
    listed = await chat.says("11")
    assert "по квотам: 20." in listed["text"]
    assert "округ Муром · 11" in labels(listed)
    assert "Сколько заявок берём в резерв?" in (await chat.presses("Готово ›"))["text"]


async def test_one_quota_is_taken_away_and_the_typed_way_stays(tg: Telegram, network: SmallNetwork) -> None:
    chat = tg.chat_of(network.regional)
    await _asked_for_quotas(chat)
    await chat.presses("🏘 По каждому отдельно")
    await chat.presses("округ Муром · –")
    await chat.presses("3")

    await chat.presses("округ Муром · 3")
    assert "округ Муром · –" in labels(await chat.presses("Без квоты"))

    assert "в резерв?" in (await chat.says("Суздаль 12\nМуром 8"))["text"], "a list at the list is read as ever"


async def test_a_late_tap_makes_no_quota_of_nought_where_it_was_taken_away(
    tg: Telegram, database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    """That would shut the town out. «+1» is meant to begin one."""
    selection = await announced(database, network, Selection(places=20, each=4))
    other = tg.chat_of(factory.person("Второва Инна Павловна", network.vladimir, Role.COORDINATOR))
    await _quotas_of(tg, other, selection)
    stale = await other.presses("округ Муром · 4")
    chat = tg.chat_of(network.regional)
    await _quotas_of(tg, chat, selection)
    await chat.presses("округ Муром · 4")
    await chat.presses("Без квоты")

    assert "Сейчас: без квоты." in (await other.presses("−1", on=stale))["text"]
    assert "Сейчас: 1." in (await other.presses("+1"))["text"]


async def test_many_municipalities_come_in_pages_and_a_common_quota_is_the_beginning(
    tg: Telegram, network: SmallNetwork, factory: NetworkFactory
) -> None:
    for n in range(10):
        town = factory.unit(f"Район {n:02}", UnitKind.MUNICIPALITY, network.vladimir)
        factory.unit(f"Школа {n:02}", parent=town)
    chat = tg.chat_of(network.regional)
    await _asked_for_quotas(chat)
    await chat.presses("Поровну: по 1")
    await chat.presses("5")
    await chat.presses("📄 Короткая заявка")
    await chat.presses("🏘 Квоты")

    await chat.presses("🏘 По каждому отдельно")
    second = await chat.presses("›")
    last = labels(second)[0]
    assert last.endswith(" · 1")
    await chat.presses(last)
    kept = await chat.presses("4")

    assert labels(kept)[0] == last.replace(" · 1", " · 4"), "the same page, the others with what they had"
    assert "по квотам: 15." in kept["text"]


async def test_quotas_of_a_running_selection_have_the_same_pages(
    tg: Telegram, database: Database, network: SmallNetwork, factory: NetworkFactory
) -> None:
    selection = await announced(database, network, Selection(places=20, each=4))
    other = tg.chat_of(factory.person("Второва Инна Павловна", network.vladimir, Role.COORDINATOR))
    chat = tg.chat_of(network.regional)
    await _quotas_of(tg, other, selection)
    stale = await other.presses("округ Муром · 4")

    listed = await _quotas_of(tg, chat, selection)
    assert set(labels(listed)[:2]) == {"округ Муром · 4", "Суздальский район · 4"}
    screen = await chat.presses("округ Муром · 4")
    rows = screen["reply_markup"]["inline_keyboard"]
    quick = next(str(one["callback_data"]) for row in rows for one in row if one["text"] == "+1")
    await chat.presses(data=quick)
    await chat.presses(data=quick)
    assert "округ Муром · 6" in labels(await chat.presses("‹ Назад"))
    await chat.presses("Суздальский район · 4")
    assert "Не понял" in (await chat.says("много"))["text"]
    assert "по квотам: 17." in (await chat.says("11"))["text"]
    await chat.presses("Суздальский район · 11")
    assert "Суздальский район · –" in labels(await chat.presses("Без квоты"))

    seen = await other.presses("2", on=stale)
    assert "тем временем поменяли" in other.toast["text"]
    assert "округ Муром · 6" in labels(seen), "what was put meanwhile stays"
    assert "Квоты: поровну, по 3" in (await chat.says("по 3"))["text"], "a list at the list is read as ever"


async def _quotas_of(tg: Telegram, chat: Chat, selection: OccurrenceId) -> Message:
    data = ShowBounds(occurrence=selection).pack()
    button = InlineKeyboardButton(text="?", callback_data=data)
    await tg.bot.send_message(chat.id, "?", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]]))
    await chat.presses(data=data)
    return await chat.presses("🏘 Квоты")


async def _asked_for_quotas(chat: Chat) -> None:
    await chat.says("/selection")
    await chat.presses("➕ Новый отбор")
    await chat.says("Отбор тьюторов")
    await chat.says("до 15 декабря")
    await chat.presses("🙋 Люди – каждый за себя")
    assert "одно число" in (await chat.says("20"))["text"]
