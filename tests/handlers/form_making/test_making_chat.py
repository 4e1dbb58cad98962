"""/forms: a form is made by taps and typing, stored at every step."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import MovableClock
from bot.config import Settings
from bot.domain.forms import Question, QuestionKind
from storage.database import Database
from tests.driver import Telegram, labels, telegram
from tests.factories import SmallNetwork
from tests.handlers.form_making.drafting import asked, begun, drafted, only_form


async def test_who_has_no_form_is_told_what_one_is(tg: Telegram, network: SmallNetwork) -> None:
    shown = await tg.chat_of(network.municipal).says("/forms")
    assert "Форм пока нет" in shown["text"]
    assert labels(shown) == ["➕ Новая форма"]


async def test_a_question_takes_one_typed_line_and_one_tap(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    chat = await begun(tg, network)
    await chat.presses("➕ Вопрос")
    shown = await chat.says("Сколько наставников (чел.), не менее 20")
    assert "целое число, чел., план от 20" in shown["text"], "what was guessed is shown"
    await chat.presses("✅ Верно")
    await chat.presses("‹ Ко всем вопросам")
    shown = await chat.presses("✅ Готово")
    assert "Готово" in shown["text"]
    number, questions = await asked(database, await only_form(database))
    mentors = Question("q1", QuestionKind.WHOLE, "Сколько наставников", unit="чел.", at_least=20.0)
    assert (number, questions) == (1, (mentors,))


async def test_every_part_of_a_question_can_be_changed(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    chat = await begun(tg, network)
    await chat.presses("➕ Вопрос")
    await chat.says("Кружки")
    await chat.presses("▫️ целое число")
    await chat.presses("▫️ шт.")
    for button, words in (("План", "не менее 200"), ("Не меньше", "0"), ("Не больше", "1 000"), ("✏️ Текст", "Кружков")):
        await chat.presses(button)
        await chat.says(words)
    await chat.presses("Разрешить пропускать")
    whole = Question(
        "q1", QuestionKind.WHOLE, "Кружков", is_required=False, unit="шт.", at_least=200.0, low=0.0, high=1000.0
    )
    assert await drafted(database, network) == (whole,)
    await chat.presses("План")
    await chat.presses("✖️ Убрать")
    await chat.presses("Единица")
    await chat.presses("Другая…")
    await chat.says("мест")
    assert await drafted(database, network) == (replace(whole, at_least=None, unit="мест"),)
    await chat.presses("Тип ответа")
    await chat.presses("▫️ один из списка")
    await chat.says("В школе\nДома")
    plain = Question("q1", QuestionKind.CHOICE, "Кружков", is_required=False, options=("В школе", "Дома"))
    assert await drafted(database, network) == (plain,), "unit and bounds do not stay with a choice"


@pytest.mark.parametrize(
    ("button", "words", "said"),
    [
        ("План", "много", "нужно число"),
        ("План", "600", "границы и план не сходятся"),
        ("✏️ Текст", "я" * 301, "слишком длинно"),
    ],
)
async def test_what_does_not_do_is_asked_again_with_the_reason(
    tg: Telegram, database: Database, network: SmallNetwork, button: str, words: str, said: str
) -> None:
    chat = await begun(tg, network)
    await chat.presses("➕ Вопрос")
    await chat.says("Сколько кружков (шт.)")
    await chat.presses("✅ Верно")
    await chat.presses("Не больше")
    await chat.says("500")
    before = await drafted(database, network)
    await chat.presses(button)
    assert said in (await chat.says(words))["text"]
    assert await drafted(database, network) == before
    await chat.says("400")
    assert await drafted(database, network) != before, "the dialogue still waits for it"


async def test_a_list_is_guessed_and_waits_to_be_confirmed(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    chat = await begun(tg, network)
    await chat.presses("📋 Списком")
    shown = await chat.says("1. Сколько наставников (чел.)\n2. Приказ издан? (да/нет)\n\n3. Ссылка на страницу")
    assert "2. Приказ издан? – ❔ да или нет" in shown["text"]
    assert "✅ Готово" not in labels(shown), "nothing guessed is published unseen"
    await chat.presses("3")
    await chat.presses("Тип ответа")
    await chat.presses("▫️ файл")
    shown = await chat.presses("‹ Ко всем вопросам")
    assert "✅ Типы верны (2)" in labels(shown), "what was corrected by hand is sure"
    shown = await chat.presses("✅ Типы верны (2)")
    assert "✅ Готово" in labels(shown)
    kinds = [question.kind for question in await drafted(database, network)]
    assert kinds == [QuestionKind.WHOLE, QuestionKind.YES_NO, QuestionKind.FILE]


async def test_a_long_list_is_read_from_its_beginning_and_one_comes_back_to_its_own_page(
    tg: Telegram, network: SmallNetwork
) -> None:
    chat = await begun(tg, network)
    await chat.presses("📋 Списком")
    shown = await chat.says("\n".join(f"Сколько кружков в школе {place}" for place in range(1, 13)))
    assert "1. Сколько кружков в школе 1" in shown["text"], "what was guessed is not confirmed unseen"
    assert "у 12 вопросов из 12, из них на других страницах – у 2" in shown["text"]
    assert "✅ Верны на всех страницах (12)" in labels(shown)
    await chat.presses("10")
    shown = await chat.presses("‹ Ко всем вопросам")
    assert "10. Сколько кружков" in shown["text"]
    await chat.presses("›")
    await chat.presses("12")
    assert "12. Сколько кружков" in (await chat.presses("‹ Ко всем вопросам"))["text"]

    listed = await chat.says("/forms")
    draft = await chat.presses("✏️ Мониторинг", on=listed)
    assert "Черновик: его ещё никто не видит" in draft["text"]
    assert "версия" not in draft["text"], "it has none yet"
    assert "1. Сколько кружков в школе 1" in draft["text"]


async def test_questions_move_go_and_come_back(tg: Telegram, database: Database, network: SmallNetwork) -> None:
    chat = await begun(tg, network)
    await chat.presses("📋 Списком")
    await chat.says("Первый\nВторой\nТретий")
    await chat.presses("3")
    await chat.presses("⬆️ Выше")
    assert [one.text for one in await drafted(database, network)] == ["Первый", "Третий", "Второй"]
    await chat.presses("🗑 Удалить")
    assert [one.text for one in await drafted(database, network)] == ["Первый", "Второй"]
    await chat.presses("↩️ Вернуть как было")
    assert [(one.key, one.text) for one in await drafted(database, network)] == [
        ("q1", "Первый"), ("q3", "Третий"), ("q2", "Второй"),
    ]  # fmt: skip


async def test_a_restart_loses_nothing(
    tg: Telegram, database: Database, clock: MovableClock, settings: Settings, network: SmallNetwork
) -> None:
    chat = await begun(tg, network)
    await chat.presses("📋 Списком")
    await chat.says("Первый\nВторой")
    await chat.presses("➕ Вопрос")
    async with telegram(database, clock, settings) as again:
        chat = again.chat_of(network.municipal)
        shown = await chat.says("Третий")
        assert "Третий" in shown["text"], "what was being typed is taken after the restart"
        await chat.says("/forms")
        shown = await chat.presses("✏️ Мониторинг")
        await chat.presses("✏️ Продолжить правку")
    assert len(await drafted(database, network)) == 3


async def test_an_update_handled_twice_adds_one_question(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    chat = await begun(tg, network)
    await chat.presses("➕ Вопрос")
    key = tg.dispatcher.fsm.get_context(tg.bot, chat.id, chat.id)
    stood = (await key.get_state(), await key.get_data())
    person = {"id": chat.id, "is_bot": False, "first_name": "Пётр"}
    place = {"id": chat.id, "type": "private", "first_name": "Пётр"}
    message = {"message_id": 7000, "date": 1, "chat": place, "from": person, "text": "Что мешает?"}
    for _ in range(2):  # the process died before the move of the dialogue was stored
        await key.set_state(stood[0])
        await key.set_data(stood[1])
        await tg.dispatcher.feed_raw_update(tg.bot, {"update_id": 777_000, "message": message})
    assert [one.text for one in await drafted(database, network)] == ["Что мешает?"]


async def test_a_form_that_nobody_has_seen_says_how_long_it_lies_and_is_deleted_from_the_list(
    tg: Telegram, network: SmallNetwork, clock: MovableClock
) -> None:
    chat = tg.chat_of(network.regional)
    await chat.says("/forms")
    await chat.presses("➕ Новая форма")
    await chat.says("Проба")
    today = await chat.says("/forms")
    assert "лежит" not in today["text"], "begun today"
    assert labels(today) == ["✏️ Проба", "➕ Новая форма"]

    clock.advance(timedelta(days=3))
    later = await chat.says("/forms")
    assert "«Проба» · лежит 3 дня" in later["text"]
    assert "Удалить" in (await chat.presses("🗑 Удалить черновик 1"))["text"]
    await chat.presses("Да")
    assert "✏️ Проба" not in labels(await chat.says("/forms"))
