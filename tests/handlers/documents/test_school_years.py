"""«Другой год» under a list whose dates name none: read anew, but for what somebody has said himself."""

from __future__ import annotations

from datetime import date

import pytest

from bot.documents.reading import read_document
from tests.calendar_days import MONDAY
from tests.driver import Chat, Telegram, labels
from tests.handlers.documents.conftest import FakeReader, inline


def pasted(*phrases: str) -> FakeReader:
    lines = [f"{number}. Сделать дело {number} – {phrase}" for number, phrase in enumerate(phrases, 1)]
    reader = FakeReader()
    reader.result = read_document("\n".join(lines).encode(), "список.txt", today=MONDAY.date())
    return reader


class TestAListWithoutYears:
    @pytest.fixture
    def reader(self) -> FakeReader:
        return pasted("до 16 ноября", "до 20 января", "до 1 декабря 2026 г.")

    async def test_the_guess_is_changed_by_a_button(self, vera: Chat) -> None:
        shown = await vera.sends("список.txt", b"list")
        assert "считаю 2026/27 учебный год" in shown["text"]

        asked = await vera.presses("📅 Не 2026/27? Другой год")
        assert "прочитан как на 2026/27 учебный год" in asked["text"]
        assert labels(asked)[:3] == ["2025/26", "2027/28", "2028/29"]
        shown = await vera.presses("2027/28")

        assert "считаю 2027/28 учебный год" in shown["text"]
        assert "16 ноя 2027" in shown["text"]
        assert "20 янв 2028" in shown["text"]
        assert "до 1 дек\n" in f"{shown['text']}\n", "it names its year"

    async def test_what_was_confirmed_stays(self, vera: Chat) -> None:
        await vera.sends("список.txt", b"list")
        await vera.presses("✅ Принять все понятые (3)")

        await vera.presses("📅 Не 2026/27? Другой год")
        shown = await vera.presses("2027/28")

        assert "→ до 16 ноя\n" in shown["text"]

    async def test_the_second_tap_on_an_old_button_changes_nothing(self, vera: Chat, tg: Telegram) -> None:
        await vera.sends("список.txt", b"list")
        asked = await vera.presses("📅 Не 2026/27? Другой год")
        await vera.presses("2027/28")

        old = next(one for row in inline(asked) for one in row if one["text"] == "2028/29")
        await tg.bot.send_message(vera.id, "…", reply_markup={"inline_keyboard": [[old]]})  # type: ignore[arg-type]  # aiogram takes plain data too
        shown = await vera.presses("2028/29")

        assert "считаю 2027/28 учебный год" in shown["text"]

    async def test_a_year_that_no_button_offers_changes_nothing(self, vera: Chat, tg: Telegram) -> None:
        await vera.sends("список.txt", b"list")
        asked = await vera.presses("📅 Не 2026/27? Другой год")
        offered = next(one for row in inline(asked) for one in row if one["text"] == "2028/29")
        forged = {**offered, "callback_data": offered["callback_data"].replace("2028", "99999")}

        await tg.bot.send_message(vera.id, "…", reply_markup={"inline_keyboard": [[forged]]})  # type: ignore[arg-type]  # aiogram takes plain data too
        await vera.presses("2028/29")

        assert vera.toast["show_alert"]


class TestAListThatNamesItsYears:
    @pytest.fixture
    def reader(self) -> FakeReader:
        return pasted("до 16 ноября 2026 г.", f"до {date(2026, 12, 1):%d.%m.%Y}")

    async def test_nothing_was_guessed_and_nothing_is_offered(self, vera: Chat) -> None:
        shown = await vera.sends("список.txt", b"list")

        assert not [label for label in labels(shown) if "Другой год" in label]
