"""The process is killed at ten random moments of the story and started again: nothing that was said is lost.

The sandbox counts: it runs in the test's own process and survives every kill.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.clock import MovableClock
from bot.demo.network import OWNER, DemoNetwork, fill_network
from bot.demo.roadmap import FILE_NAME, roadmap
from bot.sandbox.server import Sandbox
from storage.database import Database
from tests.end_to_end.bot_process import BotProcess, FileClock

BEGINNING = datetime(2026, 9, 7, 6, 0, tzinfo=UTC)
KILLS = 10
PATIENCE = 40.0  # seconds for one step with its restart, on a busy machine; a step takes a fraction of one


class Stage:
    """The sandbox, the bot that dies, and the steps at which it does."""

    def __init__(
        self, sandbox: Sandbox, bot: BotProcess, clock: MovableClock, shared: FileClock, file: Path, log: Path
    ) -> None:
        self.sandbox = sandbox
        self.file = file
        self._log = log
        self._bot = bot
        self._clock = clock
        self._shared = shared
        self.kills = 0
        self.unsettled = 0  # requests whose outcome nobody stored, over all kills; a notice can be twice among them
        self.deadly: dict[int, float] = {}
        self._step = 0

    async def act(self, deed: Callable[[], Any], outcome: Callable[[], bool]) -> None:
        """Does something, kills the bot a moment later where it is the step's turn, and waits for the outcome."""
        deed()
        if (delay := self.deadly.get(self._step)) is not None:
            await asyncio.sleep(delay)
            self._bot.kill()
            self.kills += 1
            self.unsettled += self.rows("SELECT count(*) FROM notices WHERE state = 'sending'")[0][0]
            self._bot.start()
        self._step += 1
        try:
            async with asyncio.timeout(PATIENCE):
                while not outcome():  # noqa: ASYNC110 - the outcome is in another process
                    await asyncio.sleep(0.02)
        except TimeoutError:
            pytest.fail(f"step {self._step}, deadly {self.deadly}:\n{self._traces()}")

    def _traces(self) -> str:
        calls = [f"{call['method']} {call['parameters']} {call['status']}" for call in self.sandbox.calls()[-12:]]
        inbox = self.rows("SELECT update_id, state, attempts, error FROM inbox ORDER BY 1 DESC LIMIT 6")
        notices = self.rows("SELECT kind, state, count(*) FROM notices GROUP BY 1, 2")
        log = self._log.read_text() if self._log.exists() else ""
        return "\n".join([*calls, str(inbox), str(notices), log])

    def move_clock(self, by: timedelta) -> None:
        self._shared.set(self._clock.advance(by))

    def press(self, person: int, label: str, words: str = "") -> Callable[[], Any]:
        message = next(
            message
            for message in reversed(self.texts(person))
            if words in message.get("text", "") and label in _labels(message)
        )
        return lambda: self.sandbox.crowd.press_without_waiting(person, label=label, message_id=message["message_id"])

    def texts(self, person: int) -> list[dict[str, Any]]:
        return [m for m in self.sandbox.messages(person) if m["from"]["is_bot"]]

    def was_told(self, person: int, words: str) -> bool:
        return any(words in message.get("text", "") for message in self.texts(person))

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with sqlite3.connect(f"file:{self.file}?mode=ro", uri=True) as other_hand:
            return other_hand.execute(query, values).fetchall()


@pytest.fixture
async def stage(database_file: Path, database: Database, tmp_path: Path) -> AsyncIterator[tuple[Stage, DemoNetwork]]:
    clock = MovableClock(BEGINNING, is_frozen=True)
    shared = FileClock(tmp_path / "clock")
    shared.set(BEGINNING)
    network = await fill_network(database, now=BEGINNING)
    sandbox = Sandbox(clock)
    await sandbox.start()
    bot_account = sandbox.world.bots[sandbox.bot_token]
    for one in network.residents:
        sandbox.add_person(one.full_name, id=one.account)
        if one.has_joined:
            sandbox.world.open_private_chat(bot_account, sandbox.world.people[one.account])
    bot = BotProcess(
        api_url=sandbox.url,
        token=sandbox.bot_token,
        database=database_file,
        clock=tmp_path / "clock",
        owner=OWNER,
        log=tmp_path / "log",
    )
    bot.start()
    yield Stage(sandbox, bot, clock, shared, database_file, tmp_path / "log"), network
    bot.kill()
    await sandbox.stop()


async def test_ten_kills_lose_no_answer_and_no_notice(stage: tuple[Stage, DemoNetwork]) -> None:
    play, network = stage
    seed = random.randrange(1_000_000)
    chance = random.Random(seed)
    people = {one.full_name: one.account for one in network.residents}
    orlova, yashina = people["Орлова Вера Ильинична"], people["Яшина Нина Львовна"]
    schools = [people[name] for name in ("Зимина Анна Олеговна", "Лосев Иван Игоревич", "Грачёва Ольга Петровна")]
    # 14 steps follow; ten of them are deadly, each at a moment of its own
    play.deadly = {step: chance.uniform(0, 0.25) for step in chance.sample(range(14), KILLS)}
    matter = "Определение ответственного"

    await play.act(
        lambda: play.sandbox.start_bot(yashina, network.links[yashina]), lambda: play.was_told(yashina, "Согласие")
    )
    await play.act(play.press(yashina, "Согласен"), lambda: play.was_told(yashina, "Проверьте"))
    await play.act(play.press(yashina, "Подтвердить"), lambda: play.was_told(yashina, "Готово"))
    document = roadmap(BEGINNING.date())
    await play.act(
        lambda: play.sandbox.send_document(orlova, FILE_NAME, document), lambda: play.was_told(orlova, "812-р")
    )
    await play.act(play.press(orlova, "✅ Принять все понятые (8)"), lambda: play.was_told(orlova, "принято в план: 8"))
    await play.act(
        play.press(orlova, "Дальше: проверить и запланировать ›"), lambda: play.was_told(orlova, "Проверьте")
    )
    await play.act(play.press(orlova, "🚀 Запланировать"), lambda: play.was_told(orlova, "Запланировано"))
    await play.act(lambda: None, lambda: all(play.was_told(school, "новых дел") for school in schools))
    await play.act(
        lambda: play.move_clock(timedelta(days=2, minutes=5)),
        lambda: all(play.was_told(school, "Через 7 дней") for school in schools),
    )
    for school, label, answer in zip(
        schools, ("✅ Выполнено", "⏳ В работе", "➖ Нечего сообщать"), ("done", "in_progress", "nothing"), strict=True
    ):
        if answer == "nothing":
            others = play.press(school, "Другой ответ…", matter)
            await play.act(others, partial(_offers, play, school, label))
        await play.act(
            play.press(school, label, matter),
            partial(_has_answer, play, answer),
        )
    last = people["Панин Сергей Львович"]
    await play.act(lambda: play.move_clock(timedelta(days=6)), lambda: play.was_told(last, "Напоминаю: 2 дела"))
    await play.act(lambda: play.move_clock(timedelta(days=1)), lambda: play.was_told(last, "Срок сегодня"))
    await play.act(play.press(last, "✅ Выполнено", matter), lambda: _answers(play)["done"] == 2)

    assert play.kills == KILLS, f"seed {seed}"
    assert _answers(play) == Counter({"done": 2, "in_progress": 1, "nothing": 1}), f"seed {seed}"
    assert play.rows("SELECT count(*) FROM replies") == [(4,)], f"no tap was applied twice (seed {seed})"
    _ensure_every_notice_ended(play, seed)


def _offers(play: Stage, school: int, label: str) -> bool:
    return any(label in _labels(message) for message in play.texts(school))


def _has_answer(play: Stage, answer: str) -> bool:
    return answer in _answers(play)


def _answers(play: Stage) -> Counter[str]:
    return Counter(answer for (answer,) in play.rows("SELECT answer FROM assignments WHERE answer IS NOT NULL"))


def _ensure_every_notice_ended(play: Stage, seed: int) -> None:
    """Everything due has an outcome, and the sandbox holds a message for each notice that is marked as sent.

    At a kill only the requests in flight can be doubled: those that stood as being sent when the process died.
    """
    due = play.rows("SELECT count(*) FROM notices WHERE state IN ('sending', 'in_doubt')")
    assert due == [(0,)], f"seed {seed}"
    delivered = Counter(message["chat"]["id"] for message in _bulk(play))
    accounts = dict(play.rows("SELECT person_id, external_id FROM accounts"))
    # What was gathered into another notice was told in the message of that one.
    messages = "SELECT person_id FROM notices WHERE state = 'sent' AND gathered_into IS NULL"
    sent = Counter(accounts[person] for (person,) in play.rows(messages))
    lost = sent - delivered
    doubled = delivered - sent
    assert lost == Counter(), f"seed {seed}"
    assert doubled.total() <= play.unsettled, f"seed {seed}"


def _bulk(play: Stage) -> list[dict[str, Any]]:
    """The messages that were sent for notices: those whose sending stands in the log of calls and is no answer."""
    marks = ("новых дел", "Через ", "Напоминаю: ", "Срок завтра", "Срок послезавтра", "Срок сегодня", "Срок прошёл")
    return [
        message
        for person in play.sandbox.state()["people"]
        for message in play.texts(person["id"])
        if any(mark in message.get("text", "").splitlines()[0] for mark in marks) or _was_answered(message)
    ]


def _was_answered(message: dict[str, Any]) -> bool:
    """A notice whose text became the card with its answer."""
    return "Ответ школы" in message.get("text", "")


def _labels(message: dict[str, Any]) -> set[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return {button["text"] for row in rows for button in row}
