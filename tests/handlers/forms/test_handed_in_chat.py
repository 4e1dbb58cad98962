from __future__ import annotations

from datetime import timedelta

from bot.domain.forms import Question, QuestionKind
from bot.services.ask_acceptance import ask_acceptance
from bot.services.review_answers import read_answer, return_answer
from handlers.answers.callbacks import Tab
from handlers.board.callbacks import BoardDate
from storage.database import Database
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.driver import Telegram, labels
from tests.factories import SmallNetwork
from tests.forms import QUESTIONS, activity_of, handed_in_with, task_with_form
from tests.handlers.forms.chatting import card_of
from tests.opening import matter

SCAN = Question("scan", QuestionKind.FILE, "Скан приказа")


async def test_the_coordinator_above_opens_a_schools_form_and_its_file(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    owed = await task_with_form(database, network, (*QUESTIONS[:1], SCAN))
    school = await card_of(tg, network.coordinator_1, owed)
    await school.presses("📝 Заполнить")
    await school.says("17")
    await school.sends("приказ.pdf", b"%PDF-1.4")
    occurrence = (await matter(database, owed)).assignment.occurrence_id
    at_school = BoardDate(occurrence=occurrence, unit=network.school_1).pack()
    above = tg.chat_of(network.municipal)
    await above.says("/board")
    await above.presses(data=BoardDate(occurrence=occurrence).pack())
    assert not [label for label in labels(await above.presses(data=at_school)) if "Форма" in label], (
        "a draft is not his"
    )
    await school.presses("✅ Сдать")
    await above.presses("🔄 Обновить")
    shown = await above.presses("📝 Форма: Школа № 1 г. Суздаля")
    assert "1. Сколько наставников? – 17 чел. ↓ план: 20 чел." in shown["text"]
    assert "Форма сдана: Зимина А. О." in shown["text"]
    assert "✏️ Изменить сданное" not in labels(shown)
    sent = await above.presses("📎 приказ.pdf")
    assert sent["document"]["file_name"] == "приказ.pdf"
    assert "Школа № 1" in sent["caption"]
    await above.presses("‹ К сводке")
    board = next(message for message in above.messages if message["message_id"] == shown["message_id"])
    assert "📝 Форма: Школа № 1 г. Суздаля" in labels(board)


async def test_a_form_that_waits_for_a_word_leads_back_to_it(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    owed = await task_with_form(database, network)
    activity_id = await activity_of(database, (await matter(database, owed)).assignment.occurrence_id)
    regional = await actor_of(database, network.regional)
    await ask_acceptance(database, actor=regional, activity_id=activity_id, is_needed=True, now=MONDAY)
    await handed_in_with(database, network.coordinator_1, owed, "21", "да", "в школе")
    above = tg.chat_of(network.municipal)
    occurrence = (await matter(database, owed)).assignment.occurrence_id
    await above.says("/board")
    await above.presses(data=BoardDate(occurrence=occurrence).pack())
    await above.presses(data=BoardDate(occurrence=occurrence, unit=network.school_1).pack())
    shown = await above.presses("📝 Форма: Школа № 1 г. Суздаля")
    assert labels(shown) == ["‹ К проверке", "‹ К сводке"]
    assert "☑️ Принять" in labels(await above.presses("‹ К проверке")), "read first, then decided"
    await above.presses("☑️ Принять")
    school = await card_of(tg, network.coordinator_1, owed, tab=Tab.ANSWERED)
    assert "‹ К проверке" not in labels(await school.presses("📄 Что сдано")), "nobody accepts his own"


async def test_a_form_given_back_is_corrected_with_the_reason_in_sight(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    owed = await task_with_form(database, network)
    activity_id = await activity_of(database, (await matter(database, owed)).assignment.occurrence_id)
    regional = await actor_of(database, network.regional)
    await ask_acceptance(database, actor=regional, activity_id=activity_id, is_needed=True, now=MONDAY)
    await handed_in_with(database, network.coordinator_1, owed, "21", "да", "в школе", "Ничего")
    municipal = await actor_of(database, network.municipal)
    _, mark = await read_answer(database, actor=municipal, assignment_id=owed)
    await return_answer(
        database,
        actor=municipal,
        assignment_id=owed,
        mark=mark,
        reason="Наставников в школе двое",
        due_on=MONDAY.date() + timedelta(days=7),
        source="test:return",
        now=MONDAY,
    )
    school = await card_of(tg, network.coordinator_1, owed)
    whole = await school.presses("✏️ Исправить сданное")
    assert "↩️ Вернули на доработку: Наставников в школе двое" in whole["text"]
    assert "1. Сколько наставников? – 21 чел." in whole["text"], "nothing is filled in anew"


async def test_a_neighbour_gets_neither_the_form_nor_the_file(
    tg: Telegram, database: Database, network: SmallNetwork
) -> None:
    owed = await task_with_form(database, network)
    await handed_in_with(database, network.coordinator_1, owed, "21", "да", "в школе")
    neighbour = tg.chat_of(network.coordinator_2)
    for data in (f"qv:{owed}:0:1", f"qf:{owed}:0"):
        await tg.bot.send_message(neighbour.id, "чужая кнопка", reply_markup={
            "inline_keyboard": [[{"text": data, "callback_data": data}]]
        })  # type: ignore[arg-type]  # the plain object that the messenger takes  # fmt: skip
        after = await neighbour.presses(data)
        assert after["text"] == "чужая кнопка"
        assert neighbour.toast["show_alert"]
