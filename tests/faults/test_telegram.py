"""What Telegram and the line to it do: each fault by its name, and the bot that goes on by itself afterwards."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.clock import MovableClock
from storage.database import Database
from tests.factories import SmallNetwork, account_of
from tests.faults.conftest import OWNER, Stage, serving, staged
from tests.log_witness import LogWitness
from tests.opening import open_task

GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
NEW = "🆕 Новое дело"


async def test_the_network_is_gone_for_hours(stage: Stage, database: Database, network: SmallNetwork) -> None:
    """Nobody is forgotten, nobody hears twice; the log has a line an hour at most, the owner one message."""
    await stage.sandbox.stop()
    await open_task(database, network)
    for _ in range(9):
        await stage.later()
        before = stage.live.app.intake._failures
        await stage.until(lambda before=before: stage.live.app.intake._failures > before + 5)  # type: ignore[misc]  # bound now
    stage.writes(network.teacher_1)
    await stage.sandbox.start()
    await stage.until(lambda: stage.answers(network.teacher_1))
    await stage.later()
    await stage.until(lambda: stage.headings(network.coordinator_1))
    await stage.until(stage.told_owner)
    for coordinator in (network.coordinator_1, network.coordinator_2, network.coordinator_3):
        await stage.until(lambda who=coordinator: stage.headings(who))  # type: ignore[misc]  # bound now
        assert stage.headings(coordinator) == [NEW]
    assert stage.answers(network.teacher_1) == 1
    (told,) = stage.told_owner()
    assert "бот не мог отправлять" in told
    assert stage.said()["no connection to Telegram"] == 1
    assert sum(stage.said().values()) <= 9, stage.said()


async def test_a_short_break_of_the_line_interests_no_owner(stage: Stage, network: SmallNetwork) -> None:
    await stage.sandbox.stop()
    await stage.until(lambda: stage.live.app.intake.is_cut_off)
    await stage.sandbox.start()
    stage.writes(network.teacher_1)
    await stage.until(lambda: stage.answers(network.teacher_1))
    assert stage.told_owner() == []


async def test_502_with_a_page_of_html(stage: Stage, database: Database, network: SmallNetwork) -> None:
    stage.sandbox.add_fault(body=GATEWAY, error_code=502, count=12)
    stage.writes(network.teacher_1)
    await open_task(database, network, network.school_1)
    await stage.until(lambda: stage.answers(network.teacher_1))
    for _ in range(6):
        await stage.later(1)
    await stage.until(lambda: stage.headings(network.coordinator_1))
    await stage.later(1)
    assert stage.headings(network.coordinator_1) == [NEW]
    assert stage.answers(network.teacher_1) == 1
    assert not any("html" in str(line).lower() for line in stage._witness.lines), "no page in the log"
    assert sum(stage.said().values()) <= 9, stage.said()


async def test_429_without_parameters(stage: Stage, database: Database, network: SmallNetwork) -> None:
    """Nobody says for how long: five seconds, and the message is not given up."""
    stage.sandbox.add_fault(method="sendMessage", error_code=429, count=2)
    stage.writes(network.teacher_1)
    await open_task(database, network, network.school_1)
    await stage.later(1)
    await stage.until(lambda: stage.headings(network.coordinator_1))
    await stage.until(lambda: stage.rows("SELECT 1 FROM inbox WHERE state = 'handled'"))
    assert stage.headings(network.coordinator_1) == [NEW]
    assert stage.answers(network.teacher_1) == 1
    await stage.until(lambda: not stage.rows("SELECT 1 FROM notices WHERE state = 'sending'"))
    assert stage.rows("SELECT DISTINCT state, attempts FROM notices WHERE state != 'planned'") == [("sent", 1)]


async def test_401_for_hours_and_a_new_token_at_the_next_start(
    swift: None, database_file: Path, clock: MovableClock, network: SmallNetwork, log_witness: LogWitness
) -> None:
    """No message can say so while it lasts: the log does, the monitor, and the owner's phone once the new one works."""
    async with staged(database_file, clock, network, log_witness) as stage, serving(stage):
        stage.sandbox.add_fault(error_code=401, count=100_000)
        stage.writes(network.teacher_1)  # it ends the poll under way; the next one is refused
        await stage.until(lambda: stage.live.app.silence.reasons)
        health = await stage.live.app.monitoring.health()
        assert "token refused" in health.troubles
        await stage.until(lambda: stage.rows("SELECT 1 FROM looks WHERE name = 'silence'"))
    clock.advance(timedelta(hours=3))
    async with staged(database_file, clock, network, log_witness) as stage, serving(stage):
        await stage.until(stage.told_owner)
        assert stage.told_owner() == ["⚠️ С 7 сент., 12:00 по 7 сент., 15:00 бот не мог отправлять"]
        assert "не принимал его токен" in stage.whole(OWNER)[-1]


async def test_401_after_the_token_was_revoked_and_given_back(
    stage: Stage, database: Database, network: SmallNetwork
) -> None:
    stage.sandbox.add_fault(error_code=401, count=20)
    stage.writes(network.teacher_1)  # it ends the poll under way; the next one is refused
    await open_task(database, network, network.school_1)
    await stage.later(1)
    await stage.until(lambda: stage.answers(network.teacher_1))
    for _ in range(6):
        await stage.later(1)
    await stage.until(lambda: stage.headings(network.coordinator_1))
    assert stage.headings(network.coordinator_1) == [NEW]
    assert stage.answers(network.teacher_1) == 1
    assert stage.said()["Telegram refuses the token: was it revoked in @BotFather?"] == 1
    assert sum(stage.said().values()) <= 9, stage.said()


@pytest.mark.parametrize(
    ("drop", "most", "reason"),
    [
        ("before", 1, "the request never arrived"),
        ("after", 2, "it had arrived, which nobody could know: the one in flight is doubled"),
    ],
)
async def test_the_connection_is_cut(
    stage: Stage, database: Database, network: SmallNetwork, drop: str, most: int, reason: str
) -> None:
    stage.sandbox.add_fault(method="sendMessage", chat_id=account_of(network.coordinator_1), drop=drop, count=1)
    await open_task(database, network)
    await stage.later(1)
    await stage.until(lambda: stage.rows("SELECT 1 FROM notices WHERE state = 'in_doubt'"))
    await stage.later(1)
    await stage.until(lambda: not stage.rows("SELECT 1 FROM notices WHERE state IN ('in_doubt', 'sending')"))
    assert stage.headings(network.coordinator_1) == [NEW] * most, reason
    assert stage.headings(network.coordinator_2) == [NEW]
    assert stage.said() == {"not delivered": 1}


async def test_a_tap_older_than_its_query_is_answered_in_the_message(stage: Stage, network: SmallNetwork) -> None:
    """The toast can be shown no more; its words stand under the button that was tapped."""
    account = account_of(network.teacher_1)
    stage.writes(network.teacher_1)
    await stage.until(lambda: stage.answers(network.teacher_1))
    bot = stage.live.app.bot
    old = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Старая", callback_data="no:such:button")]])
    message = await bot.send_message(account, "Из прошлого года", reply_markup=old)
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    stage.sandbox.add_fault(method="answerCallbackQuery", error_code=400, description=too_old)
    stage.sandbox.crowd.press_without_waiting(account, label="Старая", message_id=message.message_id)
    await stage.until(lambda: stage.rows("SELECT 1 FROM inbox WHERE state = 'handled' AND payload LIKE '%callback%'"))
    shown = next(m for m in stage.live.told(network.teacher_1) if m["message_id"] == message.message_id)
    assert shown["text"].startswith("Из прошлого года\n\n")
    assert "reply_markup" in shown, "the button stays"
    assert stage.said() == {}
