"""A question with several choices: marked by taps, kept, read back, counted."""

from __future__ import annotations

import pytest

from bot.clock import MovableClock
from bot.domain.forms import SubmissionState
from bot.services.fill_form import mark_option
from bot.services.show_form import show_form
from bot.services.show_indicators import show_indicator
from storage.database import Database
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.driver import Telegram, labels
from tests.factories import SmallNetwork
from tests.forms import CLUBS, NOTE, begin, form_on, handed_in_with, task_with_form
from tests.handlers.forms.chatting import card_of, deliver
from tests.opening import assignment, open_task

COLLEAGUE = "Смирнова Дарья Павловна"


async def test_several_options_are_marked_with_a_tap_each_and_go_on_with_ready(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    owed = await task_with_form(database, network, [CLUBS, NOTE])
    chat = await card_of(tg, network.coordinator_1, owed)
    shown = await chat.presses("📝 Заполнить")
    assert not any("Готово" in label for label in labels(shown)), "nothing is chosen yet"
    await chat.presses("▫️ Театр")
    await chat.presses("▫️ Шахматы")
    shown = await chat.presses("▫️ Хор")
    assert "✅ Готово: выбрано 3" in labels(shown)
    await chat.presses("☑️ Театр")
    shown = await chat.presses("✅ Готово: выбрано 2")
    assert "2 из 2\n✓ Записано: Шахматы; Хор\n" in shown["text"]
    shown = await chat.presses("Пропустить")
    assert "Какие кружки работают? – Шахматы; Хор" in shown["text"], "in the order of the question"
    await chat.presses("✅ Сдать")
    handed = await show_form(database, actor=await actor_of(database, network.coordinator_1), assignment_id=owed)
    assert handed.submission.state is SubmissionState.HANDED_IN
    assert handed.submission.given["clubs"].value.options == ("Шахматы", "Хор")


async def test_the_same_tap_handled_twice_marks_once_and_two_quick_taps_both_count(
    database: Database, network: SmallNetwork
) -> None:
    """Both were on the first screen, before it could change."""
    owed = await task_with_form(database, network, [CLUBS])
    begun = await begin(database, network.coordinator_1, owed)
    actor = await actor_of(database, network.coordinator_1)
    for option in (0, 0, 1):
        filling = await mark_option(
            database,
            actor=actor,
            submission_id=begun.submission.id,
            place=0,
            option=option,
            is_on=True,
            seen=None,
            now=MONDAY,
        )
    assert filling.submission.given["clubs"].value.options == ("Шахматы", "Театр")


async def test_a_required_one_with_everything_unmarked_is_still_to_be_answered(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    owed = await task_with_form(database, network, [CLUBS, NOTE])
    chat = await card_of(tg, network.coordinator_1, owed)
    await chat.presses("📝 Заполнить")
    await chat.presses("▫️ Хор")
    shown = await chat.presses("☑️ Хор")
    assert not {"Дальше ›", "✅ Готово: выбрано 1"} & set(labels(shown))
    draft = await begin(database, network.coordinator_1, owed)
    assert [question.key for question in draft.submission.missing] == ["clubs"]


async def test_a_colleague_marks_several_and_sends_them_at_once(
    tg: Telegram, database: Database, network: SmallNetwork, clock: MovableClock
) -> None:
    owed = await task_with_form(database, network, [CLUBS, NOTE])
    chat = await card_of(tg, network.coordinator_1, owed)
    for label in ("📝 Заполнить", "🙋 Спросить коллегу", COLLEAGUE):
        await chat.presses(label)
    await deliver(tg, database, clock)
    of_teacher = tg.chat_of(network.teacher_1)
    await of_teacher.presses("▫️ Театр")
    shown = await of_teacher.presses("▫️ Хор")
    assert "Какие кружки работают?" in shown["text"]
    shown = await of_teacher.presses("✅ Готово: выбрано 2")
    assert "Театр; Хор" in shown["text"]
    draft = await begin(database, network.coordinator_1, owed)
    assert draft.submission.given["clubs"].value.options == ("Театр", "Хор")


async def test_the_figures_count_each_option(database: Database, network: SmallNetwork) -> None:
    occurrence = await open_task(database, network)
    await form_on(database, network, occurrence, [CLUBS])
    schools = {network.school_1: network.coordinator_1, network.school_2: network.coordinator_2}
    for (school, person), words in zip(schools.items(), ("1, 3", "3"), strict=True):
        await handed_in_with(database, person, await assignment(database, occurrence, school=school), words)
    shown = await show_indicator(
        database, actor=await actor_of(database, network.regional), occurrence_id=occurrence, question="clubs"
    )
    assert shown.whole.chosen == (("Шахматы", 1), ("Театр", 0), ("Хор", 2))
    assert shown.whole.handed_in == 2


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("1, 3", ("Шахматы", "Хор")),
        ("хор; шахматы", ("Шахматы", "Хор")),
        ("театр\nхор", ("Театр", "Хор")),
        ("Театр", ("Театр",)),
    ],
)
async def test_several_may_be_typed(
    tg: Telegram, database: Database, network: SmallNetwork, words: str, expected: tuple[str, ...]
) -> None:
    owed = await task_with_form(database, network, [CLUBS])
    chat = await card_of(tg, network.coordinator_1, owed)
    await chat.presses("📝 Заполнить")
    await chat.says(words)
    draft = await begin(database, network.coordinator_1, owed)
    assert draft.submission.given["clubs"].value.options == expected
