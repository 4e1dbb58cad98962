"""«Как напоминать»: chosen by a tap, kept, and the telephone number given and taken back."""

from __future__ import annotations

from bot.domain.rhythm import Often, Preferences
from storage.database import Database
from tests.driver import Telegram, labels
from tests.factories import SmallNetwork


async def stored(database: Database, network: SmallNetwork) -> Preferences:
    async with database.read() as tx:
        return await tx.people.preferences(network.coordinator_1)


async def test_a_rhythm_is_chosen_and_kept(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    chat = tg.chat_of(network.coordinator_1)
    await chat.says("/me")
    assert "Сейчас: сразу, как подходит срок" in (await chat.presses("🔔 Как напоминать"))["text"]
    chosen = await chat.presses("▫️ Каждую ср")
    assert "Сейчас: раз в неделю, по средам, в 09:00" in chosen["text"]
    assert "✅ Каждую ср" in labels(chosen)
    rhythm = (await stored(database, network)).rhythm
    assert (rhythm.often, rhythm.weekday) == (Often.WEEKLY, 2)


async def test_only_what_is_not_obligatory_is_switched_off(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    chat = tg.chat_of(network.coordinator_1)
    await chat.says("/me")
    await chat.presses("🔔 Как напоминать")
    off = await chat.presses("🔕 Не напоминать о необязательном")
    assert not (await stored(database, network)).wants_optional
    assert "О необязательном не напоминаю" in off["text"], "what is so now is said, not only what can be pressed"
    assert "🔔 Напоминать и о необязательном" in labels(off)
    assert "О необязательном" not in (await chat.presses("🔔 Напоминать и о необязательном"))["text"]
    assert (await stored(database, network)).wants_optional


async def test_a_number_is_shown_by_consent_and_taken_back(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    chat = tg.chat_of(network.coordinator_1)
    await chat.says("/me")
    await chat.presses("🔔 Как напоминать")
    await chat.presses("📞 Показывать мой телефон")
    assert "не похоже" in (await chat.says("в школу"))["text"]
    assert (await stored(database, network)).phone is None
    assert "+7 930 123-45-67" in (await chat.says("8 930 1234567"))["text"]
    await chat.says("/me")
    assert "+7 930 123-45-67" in (await chat.presses("🔔 Как напоминать"))["text"]
    async with database.read() as tx:
        assert (await tx.people.export(network.coordinator_1))["person"][0]["phone"] == "+7 930 123-45-67"
    await chat.presses("🚫 Убрать номер")
    assert (await stored(database, network)).phone is None


async def test_who_thinks_better_of_it_shows_nothing(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    chat = tg.chat_of(network.coordinator_1)
    await chat.says("/me")
    await chat.presses("🔔 Как напоминать")
    await chat.presses("📞 Показывать мой телефон")
    await chat.says("Отмена")
    assert (await stored(database, network)).phone is None
    await chat.says("8 930 1234567")
    assert (await stored(database, network)).phone is None, "the question is over"


async def test_erasure_takes_the_number_along(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    async with database.write() as tx:
        await tx.people.set_phone(network.coordinator_1, "+7 930 123-45-67")
    chat = tg.chat_of(network.coordinator_1)
    await chat.says("/me")
    await chat.presses("Удалить мои данные")
    await chat.presses("Да, удалить всё")
    async with database.read() as tx:
        assert (await tx.people.export(network.coordinator_1))["person"][0]["phone"] is None


async def test_a_participant_is_not_asked_for_a_number(tg: Telegram, network: SmallNetwork) -> None:
    chat = tg.chat_of(network.teacher_1)
    await chat.says("/me")
    offered = labels(await chat.presses("🔔 Как напоминать"))
    assert not [label for label in offered if "телефон" in label]
