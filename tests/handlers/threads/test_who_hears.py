"""Who hears of a conversation and sees it, whoever leaves, comes or cannot be reached."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.domain.network import Reach, Role
from bot.ports.people import NewMembership
from bot.services.tell_unheard import tell_unheard
from handlers.threads.callbacks import ShowThread
from storage.database import Database
from tests.driver import Chat, Telegram, labels
from tests.factories import NetworkFactory, SmallNetwork
from tests.handlers.threads.talking import (
    about,
    change,
    deliver,
    forged,
    message_with,
    problem,
)


class TestWhoHearsAndSees:
    async def test_another_coordinator_of_the_school_sees_the_whole_and_is_answered(
        self, tg: Telegram, database: Database, clock: MovableClock, network: SmallNetwork, factory: NetworkFactory,
        asked: tuple[Chat, Chat],
    ) -> None:  # fmt: skip
        _, above = asked
        second = factory.person("Жуков Лев Львович", network.school_1, Role.COORDINATOR)
        await above.says("Ждите", reply_to=above.last)
        await deliver(tg, database, clock)
        chat = tg.chat_of(second)
        assert "Ждите" in chat.last["text"]
        whole = await chat.presses("💬 Вся переписка")
        assert "Нет света" in whole["text"]

    async def test_who_has_left_sees_and_hears_no_more(
        self, tg: Telegram, database: Database, clock: MovableClock, network: SmallNetwork, database_file: Path,
        factory: NetworkFactory, asked: tuple[Chat, Chat],
    ) -> None:  # fmt: skip
        below, above = asked
        factory.person("Жуков Лев Львович", network.school_1, Role.COORDINATOR)
        await above.says("Ждите", reply_to=above.last)
        change(database_file, f"UPDATE memberships SET standing = 'left' WHERE person_id = {network.coordinator_1}")
        before = len(below.messages)
        assert await deliver(tg, database, clock) == 1, "the other coordinator alone"
        assert len(below.messages) == before
        assert "Открытых вопросов нет" in (await below.says("/questions"))["text"]
        await below.presses(data=ShowThread(thread=1).pack())
        assert "не в вашей части" in below.toast["text"]

    async def test_who_coordinates_no_more_still_gets_the_answers_to_questions_of_his_own(
        self, tg: Telegram, database: Database, clock: MovableClock, network: SmallNetwork, database_file: Path,
        factory: NetworkFactory,
    ) -> None:  # fmt: skip
        teacher = factory.person("Гусева Вера Ильинична", network.school_1, Role.COORDINATOR)
        change(database_file, f"UPDATE memberships SET standing = 'left' WHERE person_id = {teacher}")
        async with database.write() as tx:
            await tx.memberships.add([NewMembership(teacher, network.school_1, Role.TEACHER)], now=clock.now())
        below = tg.chat_of(teacher)
        await below.says("Где взять бланк?")
        await below.presses(labels(below.last)[0])
        await deliver(tg, database, clock)
        above = tg.chat_of(network.coordinator_1)
        await above.says("В учительской", reply_to=above.last)
        await deliver(tg, database, clock)
        assert "В учительской" in below.last["text"]

    async def test_the_next_above_takes_over_where_the_coordinator_cannot_be_reached(
        self, tg: Telegram, database: Database, clock: MovableClock, network: SmallNetwork, database_file: Path,
        asked: tuple[Chat, Chat],
    ) -> None:  # fmt: skip
        below, _ = asked
        change(database_file, f"UPDATE persons SET reach = '{Reach.BLOCKED}' WHERE id = {network.municipal}")
        await below.says("Кто поможет?", reply_to=await below.presses("💬 Вся переписка"))
        await deliver(tg, database, clock)
        regional = tg.chat_of(network.regional)
        assert "Кто поможет?" in regional.last["text"]
        assert "Ждут вашего ответа: 1" in (await regional.says("/questions"))["text"]

    @pytest.mark.parametrize(
        ("statement", "reason"),
        [
            ("UPDATE persons SET reach = 'blocked' WHERE id = {}", "he has blocked the bot"),
            ("UPDATE memberships SET standing = 'left' WHERE person_id = {}", "he coordinates no more"),
        ],
    )
    async def test_what_waited_for_somebody_who_is_gone_is_told_to_the_next(
        self, tg: Telegram, database: Database, clock: MovableClock, network: SmallNetwork, database_file: Path,
        statement: str, reason: str,
    ) -> None:  # fmt: skip
        await problem(tg, database, network)
        change(database_file, statement.format(network.municipal))
        assert await deliver(tg, database, clock) == 0, reason
        for told in (1, 0):
            assert await tell_unheard(database, owner_accounts=(), now=clock.now()) == told
        await deliver(tg, database, clock)
        assert "Нет света" in tg.chat_of(network.regional).last["text"]
        assert await tell_unheard(database, owner_accounts=(), now=clock.now()) == 0, "it has been heard"

    async def test_what_nobody_could_read_is_told_to_who_comes_later(
        self, tg: Telegram, database: Database, clock: MovableClock, network: SmallNetwork, factory: NetworkFactory
    ) -> None:
        teacher = factory.person("Пак Ян Львович", factory.unit("Школа № 9"))
        later = factory.person("Гай Юлия Львовна", network.amur)
        chat = tg.chat_of(teacher)
        assert "Передать это некому" in (await chat.says("Кто тут?"))["text"]
        await problem(tg, database, network)
        change(factory.file, "UPDATE persons SET reach = 'blocked' WHERE full_name LIKE '%Андреевич'")
        change(factory.file, "UPDATE persons SET reach = 'blocked' WHERE full_name LIKE '%Ильинична'")
        await deliver(tg, database, clock)
        assert await tell_unheard(database, owner_accounts=(), now=clock.now()) == 0, "there is nobody yet"
        factory.member(later, network.suzdal, Role.COORDINATOR)
        assert await tell_unheard(database, owner_accounts=(), now=clock.now()) == 1
        await deliver(tg, database, clock)
        assert "Нет света" in tg.chat_of(later).last["text"]

    async def test_nobody_beside_or_further_up_has_it_in_his_list(
        self, tg: Telegram, network: SmallNetwork, asked: tuple[Chat, Chat]
    ) -> None:
        for person in (network.regional, network.coordinator_2, network.amur_regional, network.teacher_1):
            assert "Открытых вопросов нет" in (await tg.chat_of(person).says("/questions"))["text"]
        stranger = tg.chat_of(network.coordinator_2)
        await forged(tg, stranger, ShowThread(thread=1).pack())
        assert "не в вашей части" in stranger.toast["text"]

    async def test_the_list_counts_what_waits_and_puts_the_longest_waiting_first(
        self, tg: Telegram, database: Database, clock: MovableClock, network: SmallNetwork, asked: tuple[Chat, Chat]
    ) -> None:
        below, above = asked
        clock.advance(timedelta(hours=1))
        await about(tg.chat_of(network.coordinator_2), "Где бланки?", "Другое")
        page = (await above.says("/questions"))["text"]
        assert page.startswith("Вопросы: 2\nЖдут вашего ответа: 2")
        assert page.index("🔴 Провести родительские собрания") < page.index("🔴 Где бланки?")
        assert "новых: 1" in page
        await above.presses("1. Школа № 1 г. Суздаля: Провести…")
        assert page.count("новых: 1") == 2
        assert (await above.says("/questions"))["text"].count("новых: 1") == 1, "what was opened is read"
        assert "Ждут" not in (await below.says("/questions"))["text"], "it waits for the others"

    async def test_a_long_thread_is_turned_over_and_loses_nothing(self, tg: Telegram, asked: tuple[Chat, Chat]) -> None:
        _, above = asked
        for number in range(4):
            await above.says(f"{number}" + "ж" * 3000 + f"{number}", reply_to=message_with(above, "✅ Закрыть"))
        shown = await above.presses("💬 Вся переписка")
        pages = [shown["text"]]
        while not any(label.startswith("1 из ") for label in labels(shown)):
            shown = await above.presses("‹", on=shown)
            pages.append(shown["text"])
        assert all(len(page) < 4096 for page in pages)
        text = "".join(reversed(pages))
        assert text.count("ж") >= 4 * 3000 - 10
        assert all(f"ж{number}" in text for number in range(4))
