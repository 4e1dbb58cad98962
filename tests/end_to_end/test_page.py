"""The demonstration as people use it: in a browser, at a desk and on a phone, with the bot itself behind the page."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.demo.roadmap import FILE_NAME
from bot.demo.running import Demo, running_demo

pytestmark = pytest.mark.asyncio(loop_scope="session")  # the loop of the browser

SIZES = [
    pytest.param({"width": 1280, "height": 800}, id="at a desk"),
    pytest.param({"width": 390, "height": 844}, id="on a phone"),
]
MONDAY_MORNING = datetime(2026, 9, 7, 6, 0, tzinfo=UTC)  # nine o'clock in Moscow
THE_EVE = "2026-09-16T09:30"  # the first webinar of the series is on Thursday of the next week

MINUTES = """Протокол № 7 от 01.09.2026

1. Провести инструктаж с педагогами центров.
Ответственный: школы.
Срок: до 20 октября 2026 года.

2. Представить отчёт о проведении инструктажа.
Ответственный: школы.
Срок: до 30 октября 2026 года.
"""

Opened = Callable[..., Awaitable[Any]]


@pytest_asyncio.fixture(loop_scope="session")
async def demo(database_file: Path) -> AsyncIterator[Demo]:
    async with running_demo(start=MONDAY_MORNING, database=database_file) as demo:
        yield demo


@pytest_asyncio.fixture(loop_scope="session")
async def demo_without_matters(database_file: Path) -> AsyncIterator[Demo]:
    async with running_demo(start=MONDAY_MORNING, database=database_file, with_matters=False) as demo:
        yield demo


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser: Any, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Opened]:
    """Opens an address. Afterwards nothing may stand in the console, nor an error in the server's log."""
    complaints: list[str] = []
    async with AsyncExitStack() as contexts:

        async def open_page(address: str, size: dict[str, int]) -> Any:
            context = await browser.new_context(viewport=size, timezone_id="Europe/Moscow", locale="ru-RU")
            contexts.push_async_callback(context.close)
            page = await context.new_page()
            page.set_default_timeout(15_000)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
            await page.goto(address)
            return page

        yield open_page
    assert complaints == []
    assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == []


def said(page: Any, text: str) -> Any:
    """The latest message of the bot with these words."""
    return page.locator(".message.in", has_text=text).last


async def press(page: Any, label: str, *, under: str) -> None:
    """Presses a button under the message with these words."""
    await said(page, under).get_by_role("button", name=label, exact=True).click()


async def show_clock(page: Any) -> None:
    """The pane with the clock stands at the right; on a phone it slides in."""
    opening = page.get_by_role("button", name="За кулисами: часы, вызовы, сбои")
    if await opening.is_visible():
        await opening.click()


async def move_clock(page: Any, label: str) -> None:
    """Presses a button of the clock and waits until the bot has done what became due."""
    async with page.expect_response("**/sandbox/clock") as moved:
        await page.get_by_role("button", name=label).click()
    await (await moved.value).finished()


@pytest.mark.parametrize("size", SIZES)
async def test_a_newcomer_registers_by_her_link_and_later_answers_with_one_tap(
    demo: Demo, open_page: Opened, size: dict[str, int]
) -> None:
    nina = next(one for one in demo.network.residents if one.full_name == "Яшина Нина Львовна")
    page = await open_page(demo.link(nina.account, demo.network.links[nina.account]), size)

    await page.get_by_role("button", name="Старт").click()
    await press(page, "Согласен", under="Согласие на обработку персональных данных")
    await press(page, "Подтвердить", under="Проверьте:")
    await said(page, "Готово, Яшина Нина Львовна! Вы зарегистрированы.").wait_for()

    await show_clock(page)
    await move_clock(page, "+1 час")
    await said(page, "Приглашаем на серию").wait_for()
    assert await page.get_by_text("Завтра вебинар").count() == 0, "the eve has not come yet"
    await page.get_by_label("Перевести часы на").fill(THE_EVE)
    await move_clock(page, "Перевести")
    await page.keyboard.press("Escape")
    reminder = said(page, "Завтра вебинар")
    await reminder.wait_for()
    number = await reminder.get_attribute("data-id")
    await reminder.get_by_role("button", name="✅ Приду").click()

    await page.locator(".toast", has_text="Записал: вы придёте.").wait_for()
    answered = page.locator(f'.message[data-id="{number}"]')
    await answered.get_by_text("Ваш ответ:").wait_for()
    assert "Ваш ответ: Приду" in await answered.inner_text(), "the very message that was answered shows the answer"
    assert await answered.get_by_role("button", name="Приду").count() == 0
    await answered.get_by_role("button", name="Изменить ответ").wait_for()
    assert await page.evaluate("document.documentElement.scrollWidth") == size["width"], "nothing hangs over the edge"


@pytest.mark.parametrize("size", SIZES)
async def test_a_coordinator_sends_files_and_a_document_becomes_a_draft(
    demo_without_matters: Demo, open_page: Opened, size: dict[str, int]
) -> None:
    demo = demo_without_matters
    vera = next(one for one in demo.network.residents if one.full_name == "Орлова Вера Ильинична")
    page = await open_page(demo.link(vera.account), size)
    await page.get_by_role("button", name="Старт").click()
    await said(page, "Здравствуйте").wait_for()

    await send(page, "Скан.jpg", "image/jpeg", b"\xff\xd8\xff")
    await said(page, "Фотографию и скан я прочитать не смогу").wait_for()

    await send(page, "Протокол.txt", "text/plain", MINUTES.encode())
    minutes = said(page, "Провести инструктаж с педагогами центров")
    await minutes.get_by_text("до 20 окт", exact=True).wait_for()
    assert "до 20 октября 2026 года" in await minutes.inner_text(), "a row stands beside the phrase that it came from"

    await page.get_by_role("button", name="Прикрепить файл").click()
    await page.get_by_text("Пришлите свой документ").wait_for()
    await page.get_by_role("option", name=FILE_NAME).click()
    await page.get_by_role("button", name="Отправить").click()
    draft = said(page, "Распоряжение № 812-р от 04.09.2026")
    await draft.get_by_role("button", name="Дальше: проверить и запланировать ›").wait_for()
    text = await draft.inner_text()
    assert "8 строк" in text
    assert "«до 7 октября 2026 года»\n→ до 7 окт" in text
    await press(page, "✅ Принять все понятые (8)", under="Распоряжение № 812-р")
    await draft.get_by_text("принято в план: 8").wait_for()
    await press(page, "Дальше: проверить и запланировать ›", under="Распоряжение № 812-р")
    await said(page, "Проверьте перед запуском").get_by_role("button", name="🚀 Запланировать").wait_for()
    assert await page.evaluate("document.documentElement.scrollWidth") == size["width"], "nothing hangs over the edge"


async def send(page: Any, name: str, kind: str, content: bytes) -> None:
    """Attaches a file and sends it, as by the paper clip."""
    await page.locator("input[type=file]").set_input_files(files=[{"name": name, "mimeType": kind, "buffer": content}])
    await page.get_by_role("button", name="Отправить").click()
    await page.locator(".message.out .file", has_text=name).wait_for()


async def test_who_is_invited_finds_the_invitation_under_start(demo_without_matters: Demo, open_page: Opened) -> None:
    """Chosen in the list of people, without the address that the terminal printed."""
    demo = demo_without_matters
    newcomer = next(iter(demo.network.links))
    page = await open_page(f"{demo.sandbox.url}/?person={newcomer}", {"width": 390, "height": 844})
    await page.get_by_role("button", name="Старт по приглашению").click()
    await page.get_by_role("button", name="Согласен", exact=True).click()
    await page.get_by_role("button", name="Подтвердить").wait_for()
