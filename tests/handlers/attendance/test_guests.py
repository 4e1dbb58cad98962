"""The whole way of a guest: he opens the picture's link, the organiser is told, adds him, and is told no more."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.clock import MovableClock
from bot.domain.attendance import qr_payload, qr_secret
from bot.services.show_attendance import show_attendance
from storage.database import Database
from tests.acting import actor_of
from tests.factories import SmallNetwork, account_of
from tests.handlers.attendance.conftest import BEGINS
from tests.opening import open_event
from tests.running import everybody, running


async def test_the_organiser_adds_a_guest_by_one_tap(
    database_file: Path, database: Database, network: SmallNetwork, clock: MovableClock
) -> None:
    event = (await open_event(database, network, dates=(BEGINS,))).occurrence_id
    clock.move_to(BEGINS + timedelta(minutes=1))
    async with running(database_file, clock) as bot:
        bot.meet(*everybody(network))
        secret = qr_secret(bot.app.settings.bot_token.get_secret_value())
        payload = qr_payload(event, secret=secret, at=clock.now())
        for _ in range(2):
            bot.sandbox.start_bot(account_of(network.teacher_4), payload)
            await bot.app.drain()

        told = [one for one in bot.told(network.regional) if "без приглашения" in one["text"]]
        assert len(told) == 1
        assert "Цой Марина Викторовна (Школа № 4 г. Тынды)" in told[0]["text"]
        bot.sandbox.crowd.press_without_waiting(account_of(network.regional), label="➕ Добавить и отметить")
        await bot.app.drain()

        assert "Добавил и отметил" in bot.told(network.regional)[-1]["text"]
    leader = await actor_of(database, network.regional)
    assert (await show_attendance(database, actor=leader, occurrence_id=event)).tally.present == 1
