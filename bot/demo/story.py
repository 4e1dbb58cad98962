"""The demonstration told from beginning to end: register → import → plan → days pass → answers → escalation → board,
a series of webinars from its announcement to the list of who was there, a checklist from its questions to the sums,
and a selection from its quotas to the one who moves up.

It is the README's story and an end-to-end test at once: at every turn it looks whether the bot said what it should.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.demo.network import OWNER, OWNER_NAME
from bot.demo.roadmap import FILE_NAME, roadmap
from bot.demo.running import STRANGER, Demo, running_demo
from bot.demo.story_selection import play_selection
from bot.demo.story_series import play_series
from bot.demo.story_tasks import play_tasks
from bot.demo.teller import StoryError, Teller, at_moscow
from bot.domain.delivery import NoticeState

BEGINNING = datetime(2026, 9, 7, 6, 0, tzinfo=UTC)
"""A Monday, nine in the morning in Moscow and three in the afternoon in МСК+6: the story is the same every time."""

_NEWCOMER_NAME = "Новикова Алла Игоревна"


async def play(print_line: Callable[[str], object]) -> None:
    """Plays the story in a sandbox of its own and prints it. Raises StoryError where the bot strays from it."""
    async with running_demo(start=BEGINNING, with_matters=False) as demo:
        names = {one.account: one.full_name for one in demo.network.residents}
        people = {name: account for account, name in names.items()}
        teller = Teller(demo, {**names, OWNER: OWNER_NAME, STRANGER: _NEWCOMER_NAME}, print_line)
        await _register(teller, people["Зимина Анна Олеговна"])
        await _plan_the_roadmap(teller, people["Орлова Вера Ильинична"])
        await _announce_a_webinar(teller, people["Ким Елена Сергеевна"], people["Цой Марина Викторовна"])
        await _answer(teller, people)
        await _reach_the_webinar(teller, people["Цой Марина Викторовна"], people["Мороз Егор Тимофеевич"])
        await _pass_the_term(teller, people)
        await _look_at_the_board(teller, people["Орлова Вера Ильинична"], people["Грачёва Ольга Петровна"])
        await play_series(teller, people)
        await play_tasks(teller, people)
        await play_selection(teller, people)
        await _sum_up(teller, demo)


async def _register(teller: Teller, coordinator: int) -> None:
    teller.chapter("story-registration")
    await teller.says(coordinator, "/invite")
    await teller.presses(coordinator, "+ педагог")
    link = teller.messages(coordinator)[-1]["caption"]
    token = re.search(r"start=([\w-]+)", link)
    if token is None:
        raise StoryError(f"no link in {link!r}")
    await teller.opens(STRANGER, token.group(1))
    await teller.presses(STRANGER, "Согласен")
    await teller.says(STRANGER, _NEWCOMER_NAME)
    await teller.presses(STRANGER, "Подтвердить")
    teller.expect(STRANGER, "Готово", "Школа № 1 г. Суздаля")


async def _plan_the_roadmap(teller: Teller, coordinator: int) -> None:
    teller.chapter("story-document")
    await teller.sends(coordinator, FILE_NAME, roadmap(teller.now.date()))
    teller.expect(coordinator, "«28 сентября 2026 года, далее - по необходимости»", "до 16 сен")
    await teller.presses(coordinator, "📎 2")
    await teller.presses(coordinator, "✏️ Исправить срок")
    await teller.says(coordinator, "31 ноября")
    await teller.says(coordinator, "до 25 ноября")
    await teller.presses(coordinator, "✅ Верно")
    await teller.presses(coordinator, "‹ К строкам")
    await teller.presses(coordinator, "✅ Принять все понятые (7)")
    await teller.presses(coordinator, "Дальше: проверить и запланировать ›")
    teller.expect(coordinator, "4 школы")
    await teller.presses(coordinator, "🚀 Запланировать")
    await teller.pass_time(at_moscow(teller.now, hour=10))


async def _announce_a_webinar(teller: Teller, coordinator: int, teacher: int) -> None:
    teller.chapter("story-webinar")
    await teller.says(coordinator, "/webinar")
    await teller.says(coordinator, "Уроки с новым оборудованием")
    await teller.says(coordinator, "в четверг после обеда")
    await teller.says(coordinator, "10 сентября в 15:00")
    await teller.says(coordinator, "https://example.org/webinar")
    await teller.presses(coordinator, "Пропустить")
    await teller.presses(coordinator, "Дальше ›")
    await teller.presses(coordinator, "📣 Объявить")
    await teller.pass_time(at_moscow(teller.now, hour=11))
    await teller.presses(teacher, "✅ Приду")
    teller.expect(teacher, "Приду")


async def _answer(teller: Teller, people: dict[str, int]) -> None:
    teller.chapter("story-answers")
    await teller.pass_time(at_moscow(teller.now, days=2, hour=10))
    first = "Определение ответственного"
    await teller.presses(people["Зимина Анна Олеговна"], "✅ Выполнено", under=first)
    teller.expect(people["Зимина Анна Олеговна"], "Выполнено")
    await teller.presses(people["Лосев Иван Игоревич"], "⚠️ Есть проблема", under=first)
    await teller.says(people["Лосев Иван Игоревич"], "Директор в отпуске до 20-го, приказ подписать некому")


async def _reach_the_webinar(teller: Teller, coming: int, not_coming: int) -> None:
    teller.chapter("story-webinar-day")
    await teller.presses(not_coming, "❌ Не смогу", under="Уроки с новым оборудованием")
    await teller.presses(not_coming, "📚 Урок")
    begins = datetime(2026, 9, 10, 15, 0, tzinfo=ZoneInfo("Asia/Yakutsk"))
    before = len(teller.messages(not_coming))
    await teller.pass_time(begins)
    teller.expect(coming, "https://example.org/webinar")
    if len(teller.messages(not_coming)) != before:
        raise StoryError("who does not come was reminded all the same")


async def _pass_the_term(teller: Teller, people: dict[str, int]) -> None:
    teller.chapter("story-escalation")
    answered = people["Зимина Анна Олеговна"]
    await teller.pass_time(at_moscow(teller.now, days=7, hour=12))
    if any("Срок сегодня" in message.get("text", "") for message in teller.messages(answered)):
        raise StoryError("who had answered was reminded on the day")
    teller.expect(people["Соколова Ирина Павловна"], "Не ответили 2 из 2")


async def _look_at_the_board(teller: Teller, coordinator: int, silent: int) -> None:
    teller.chapter("story-board")
    await teller.says(coordinator, "/board")
    teller.expect(coordinator, "Определение ответственного", "ответили 1 из 4", "1 проблема", "молчат 2")
    await teller.presses(coordinator, "1")
    await teller.presses(coordinator, "🔔 Напомнить молчащим (2)")
    await teller.presses(coordinator, "🔔 Напомнить (2)")
    await teller.pass_time(at_moscow(teller.now, hour=13))
    await teller.presses(silent, "✅ Выполнено", under="Определение ответственного")
    await teller.presses(coordinator, "‹ Назад")
    teller.expect(coordinator, "Ответили: 2 из 4", "позже срока: 1")
    await teller.presses(coordinator, "⬇️ Таблица .xlsx")


async def _sum_up(teller: Teller, demo: Demo) -> None:
    async with demo.app.storage.read() as tx:
        counts = await tx.notices.counts()
    in_flight = counts.get(NoticeState.SENDING, 0) + counts.get(NoticeState.IN_DOUBT, 0)
    if in_flight or counts.get(NoticeState.FAILED):
        raise StoryError(f"notices without an end: {counts}")
    teller.chapter("story-end")
    teller.note(
        "story-sum",
        sent=counts.get(NoticeState.SENT, 0),
        planned=counts.get(NoticeState.PLANNED, 0),
        cancelled=counts.get(NoticeState.CANCELLED, 0),
        expired=counts.get(NoticeState.EXPIRED, 0),
    )
    teller.note("story-invite")
