"""Tags on a school and a person, and a person's programme: put, shown and taken away in the chat."""

from __future__ import annotations

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.people.callbacks import OpenMember, OpenUnit
from handlers.people.tags import ShowTags
from storage.database import Database
from tests.driver import Chat, Message, Telegram, labels
from tests.factories import SmallNetwork
from tests.handlers.webinars.steps import as_it_is


async def press(tg: Telegram, chat: Chat, data: str) -> Message:
    """A button of the screen that one gets to in several taps."""
    one = InlineKeyboardButton(text="сюда", callback_data=data)
    await tg.bot.send_message(chat.id, "…", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[one]]))
    return await chat.presses("сюда", on=chat.last)


async def member_of(database: Database, network: SmallNetwork) -> int:
    async with database.read() as tx:
        (membership,) = await tx.memberships.of_person(network.teacher_1)
    return membership.id


async def test_a_school_gets_tags_typed_or_with_one_tap(tg: Telegram, network: SmallNetwork) -> None:
    chat = tg.chat_of(network.regional)
    await press(tg, chat, OpenUnit(unit=network.school_1).pack())
    empty = await chat.presses("🏷 Метки")
    assert "Метки: нет" in empty["text"]
    both = await chat.says("пилотная, #Сельская")
    assert "Метки: пилотная, Сельская" in both["text"]
    assert "до 30 знаков" in (await chat.says("м" * 31))["text"]
    assert "Не вижу метки" in (await chat.says("..."))["text"]

    other = await press(tg, chat, ShowTags(unit=network.school_2).pack())
    assert {"＋ пилотная", "＋ Сельская"} <= set(labels(other)), "what is known is offered"
    one = await chat.presses("＋ Сельская", on=chat.last)
    assert "Метки: Сельская" in one["text"]
    none = await chat.presses("✖️ Снять: Сельская", on=chat.last)
    assert "Метки: нет" in none["text"]


async def test_a_person_gets_tags_and_a_programme_and_words_mean_nothing_after_that(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    chat = tg.chat_of(network.regional)
    await press(tg, chat, OpenMember(membership=await member_of(database, network)).pack())
    await chat.presses("🏷 Метки и программа", on=chat.last)
    await chat.says("эксперт")
    await chat.presses("🎯 Программа", on=chat.last)
    chosen = await chat.says("«Точка роста»")
    assert "Программа: Точка роста" in chosen["text"]
    await chat.presses("‹ Назад", on=chat.last)
    card = await chat.presses("‹ Назад", on=chat.last)

    assert "Метки: эксперт" in card["text"]
    assert "Программа: Точка роста" in card["text"]
    assert "Передать это некому" in (await chat.says("ещё слово"))["text"]
    await chat.presses("🏷 Метки и программа", on=card)
    await chat.presses("🎯 Программа", on=card)
    await chat.presses("✖️ Ни в какой", on=card)
    assert "Программа: нет" in as_it_is(chat, card)["text"]


async def test_a_coordinator_tags_nobody_beyond_his_part(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    chat = tg.chat_of(network.amur_regional)
    await press(tg, chat, ShowTags(member=await member_of(database, network)).pack())
    assert chat.toast["text"], "told why"
    await press(tg, chat, ShowTags(unit=network.school_1).pack())
    await chat.says("чужая")

    async with database.read() as tx:
        assert await tx.tags.below("/") == ()
