"""The sandbox's page in a real browser: what a person sees and can press, at a desk and on a phone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.default import DefaultBotProperties
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
)

from bot.clock import MovableClock
from bot.sandbox.server import Sandbox
from tests.plain_session import session_to

pytestmark = pytest.mark.asyncio(loop_scope="session")  # the loop of the browser

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
NEW_YEAR_IN_UTC = 1_767_225_600  # 2026-01-01 00:00, which is 10:00 in Vladivostok

Opened = Callable[..., Awaitable[Any]]


def example_bot() -> Router:
    """A bot small enough to read, with everything in its messages that the page has to show."""
    router = Router()

    @router.message(CommandStart())
    async def start(message: Message, command: CommandObject) -> None:
        buttons = [
            [
                InlineKeyboardButton(text="Участвую", callback_data="take:1"),
                InlineKeyboardButton(text="Подробно", callback_data="more:1"),
            ]
        ]
        await message.answer(
            f"Приглашение <b>{command.args or 'без кода'}</b>: вебинар "
            f'<tg-time unix="{NEW_YEAR_IN_UTC}" format="Dt">1 января, 03:00 МСК</tg-time>',
            reply_markup=InlineKeyboardMarkup(inline_keyboard=buttons),
        )

    @router.callback_query(F.data == "take:1")
    async def take(query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        await query.message.edit_text("Вы участвуете")
        await query.answer("Записал")

    @router.callback_query(F.data == "more:1")
    async def more(query: CallbackQuery) -> None:
        await query.answer("Начало в 12:00", show_alert=True)

    @router.message(F.text == "файл")
    async def file(message: Message) -> None:
        await message.answer_document(BufferedInputFile(b"BEGIN:VCALENDAR", "сроки.ics"), caption="Ваши сроки")

    @router.message(F.text == "меню")
    async def menu(message: Message) -> None:
        keyboard = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Мои сроки")]], resize_keyboard=True)
        await message.answer("Выберите", reply_markup=keyboard)

    @router.message(F.text == "имя")
    async def ask_name(message: Message) -> None:
        await message.answer("Как вас зовут?", reply_markup=ForceReply(input_field_placeholder="Фамилия и имя"))

    @router.message(F.text)
    async def echo(message: Message) -> None:
        await message.reply(f"Получил: {message.text}", parse_mode=None)

    return router


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox() -> AsyncIterator[Sandbox]:
    """A sandbox with Анна and Борис, and the example bot polling it."""
    sandbox = Sandbox(MovableClock(), bot_username="example_bot", bot_name="Вестовой")
    sandbox.add_person("Анна", "Петрова", id=101)
    sandbox.add_person("Борис", id=102)
    await sandbox.start()
    session = session_to(sandbox)
    bot = Bot(sandbox.bot_token, session=session, default=DefaultBotProperties(parse_mode="HTML"))
    dispatcher = Dispatcher()
    dispatcher.include_router(example_bot())
    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False))
    yield sandbox
    await dispatcher.stop_polling()
    await polling
    await sandbox.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(sandbox: Sandbox, browser: Any) -> AsyncIterator[Opened]:
    """Opens the page as somebody. Afterwards nothing may stand in the console and nothing may have left the machine."""
    complaints: list[str] = []
    hosts: set[str | None] = set()
    async with AsyncExitStack() as contexts:

        async def open_page(query: str = "person=101", size: dict[str, int] = DESK) -> Any:
            context = await browser.new_context(viewport=size, timezone_id="Asia/Vladivostok", locale="ru-RU")
            contexts.push_async_callback(context.close)
            page = await context.new_page()
            page.set_default_timeout(10_000)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
            page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
            await page.goto(f"{sandbox.url}/?{query}")
            return page

        yield open_page
    assert complaints == []
    assert hosts == {"127.0.0.1"}


def said(page: Any, text: str) -> Any:
    """A message of the bot in the open chat."""
    return page.locator(".message.in", has_text=text)


async def focused(page: Any) -> str:
    """What the element in focus is called."""
    name = await page.evaluate("document.activeElement.ariaLabel || document.activeElement.textContent")
    assert isinstance(name, str)
    return name


@pytest.mark.parametrize("size", [pytest.param(DESK, id="desk"), pytest.param(PHONE, id="phone")])
async def test_a_person_starts_answers_by_a_button_and_writes(open_page: Opened, size: dict[str, int]) -> None:
    page = await open_page(size=size)

    await page.get_by_role("button", name="Старт").click()
    await said(page, "Приглашение без кода").wait_for()
    await page.get_by_role("button", name="Участвую").click()
    await page.locator(".toast", has_text="Записал").wait_for()
    await page.locator(".message.in", has_text="Вы участвуете").get_by_text("изменено").wait_for()
    await page.get_by_label("Сообщение", exact=True).fill("<b>не жирно</b> & 🙂")
    await page.keyboard.press("Enter")

    await page.locator(".message.out", has_text="<b>не жирно</b> & 🙂").wait_for()
    reply = page.locator(".message.in", has_text="Получил: <b>не жирно</b> & 🙂")
    await reply.wait_for()
    assert await reply.locator(".quote").inner_text() == "Анна Петрова\n<b>не жирно</b> & 🙂"
    assert await page.locator(".message b:text-is('не жирно'), .message strong:text-is('не жирно')").count() == 0
    assert await page.get_by_role("button", name="Участвую").count() == 0, "an edit without a keyboard takes it away"
    assert await page.evaluate("document.documentElement.scrollWidth") == size["width"], "nothing hangs over the edge"


async def test_on_a_phone_the_panes_slide_over_the_chat(open_page: Opened) -> None:
    page = await open_page(size=PHONE)

    await page.get_by_role("button", name="Люди и группы").click()
    await page.get_by_role("button", name="Борис").click()
    await page.get_by_text("Вы: Борис").wait_for()
    await page.get_by_role("navigation").wait_for(state="hidden")

    await page.get_by_role("button", name="За кулисами").click()
    await page.get_by_role("button", name="+1 час").wait_for()
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="+1 час").wait_for(state="hidden")


async def test_the_page_is_used_without_a_mouse(open_page: Opened) -> None:
    page = await open_page(size=PHONE)
    await page.get_by_role("button", name="Люди и группы").focus()
    await page.keyboard.press("Enter")
    assert await focused(page) == "Закрыть список", "the focus goes into the pane that opens"
    await page.get_by_role("button", name="Анна Петрова").focus()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await page.get_by_text("Вы: Борис").wait_for()
    await page.get_by_role("button", name="Старт").focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Подробно").focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("dialog").wait_for()
    await page.keyboard.press("Escape")
    await page.get_by_role("dialog").wait_for(state="detached")
    assert await focused(page) == "Подробно", "a closed dialog gives the focus back"


async def test_a_link_in_the_address_offers_start_with_its_payload(open_page: Opened) -> None:
    page = await open_page("person=102&start=inv_5")

    await page.get_by_text("start=inv_5").wait_for()
    await page.get_by_role("button", name="Старт").click()

    await said(page, "Приглашение inv_5").wait_for()


async def test_a_start_link_in_a_message_opens_within_the_page_for_whoever_is_chosen(open_page: Opened) -> None:
    page = await open_page("person=101&start=a")
    await page.get_by_role("button", name="Старт").click()
    await said(page, "Приглашение a").wait_for()
    await page.get_by_label("Сообщение", exact=True).fill("https://t.me/example_bot?start=school7")
    await page.keyboard.press("Enter")

    await page.locator(".message.in a").click()
    await page.get_by_label("Кто открывает ссылку").select_option("Борис")
    await page.get_by_text("Вы: Борис").wait_for()
    await page.get_by_role("button", name="Старт").click()

    await said(page, "Приглашение school7").wait_for()


async def test_an_alert_stays_until_it_is_read(open_page: Opened) -> None:
    page = await open_page()
    await page.get_by_role("button", name="Старт").click()
    await page.get_by_role("button", name="Подробно").click()

    alert = page.get_by_role("dialog")
    assert "Начало в 12:00" in await alert.inner_text()
    await alert.get_by_role("button", name="ОК").click()
    await alert.wait_for(state="detached")


async def test_a_date_is_shown_in_the_zone_of_the_reader(open_page: Opened) -> None:
    page = await open_page()
    await page.get_by_role("button", name="Старт").click()

    instant = page.locator(".instant")
    assert await instant.inner_text() == "1 января 2026 г. в 10:00"
    assert "2026-01-01T00:00:00Z" in (await instant.get_attribute("title") or "")
    await page.get_by_label("Часовой пояс на этой странице").select_option("Europe/Moscow")
    await page.get_by_text("1 января 2026 г. в 03:00").wait_for()


async def test_files_go_both_ways(open_page: Opened) -> None:
    page = await open_page()
    await page.get_by_role("button", name="Старт").click()
    await said(page, "Приглашение").wait_for()

    await page.locator("input[type=file]").set_input_files(
        files=[{"name": "План.docx", "mimeType": "application/octet-stream", "buffer": b"12345"}]
    )
    await page.get_by_role("button", name="Отправить").click()
    await page.locator(".message.out .file", has_text="План.docx").wait_for()

    await page.get_by_label("Сообщение", exact=True).fill("файл")
    await page.keyboard.press("Enter")
    async with page.expect_download() as coming:
        await page.locator(".message.in .file", has_text="сроки.ics").click()
    download = await coming.value
    assert download.suggested_filename == "сроки.ics"
    content = await asyncio.to_thread(Path(await download.path()).read_bytes)
    assert content == b"BEGIN:VCALENDAR"


async def test_the_bots_own_keyboard_writes_for_the_person(open_page: Opened, sandbox: Sandbox) -> None:
    sandbox.person_writes(101, "меню")
    page = await open_page()

    await page.get_by_role("button", name="Мои сроки").click()

    await said(page, "Получил: Мои сроки").wait_for()


async def test_a_forced_reply_is_a_reply_to_the_question(open_page: Opened, sandbox: Sandbox) -> None:
    sandbox.person_writes(101, "имя")
    page = await open_page()

    await page.get_by_placeholder("Фамилия и имя").fill("Петрова Анна")
    await page.keyboard.press("Enter")

    answer = page.locator(".message.out", has_text="Петрова Анна")
    assert await answer.locator(".quote").inner_text() == "Вестовой\nКак вас зовут?"


async def test_a_message_to_somebody_else_is_counted_until_it_is_read(open_page: Opened, sandbox: Sandbox) -> None:
    page = await open_page("person=101")
    await page.get_by_text("Здесь пока пусто").wait_for()
    sandbox.person_writes(102, "ещё")

    people = page.get_by_role("navigation")
    await people.get_by_label("непрочитанных: 1").wait_for()
    assert await page.title() == "(1) Вестовой · песочница"
    await people.get_by_role("button", name="Борис").click()

    await said(page, "Получил: ещё").wait_for()
    await people.get_by_label("непрочитанных").wait_for(state="detached")


async def test_blocking_takes_the_field_away_and_unblocking_gives_it_back(open_page: Opened) -> None:
    page = await open_page()
    await page.get_by_role("button", name="Старт").click()
    await said(page, "Приглашение").wait_for()

    await page.get_by_role("button", name="Действия с этим человеком").click()
    await page.get_by_role("button", name="Заблокировать бота").click()
    await page.get_by_role("navigation").get_by_text("заблокировал бота").wait_for()
    await page.get_by_role("button", name="Разблокировать").click()

    await page.get_by_label("Сообщение", exact=True).wait_for()


async def test_a_reset_empties_the_open_chat_too(open_page: Opened, sandbox: Sandbox) -> None:
    page = await open_page()
    await page.get_by_role("button", name="Старт").click()
    await said(page, "Приглашение").wait_for()

    sandbox.reset()

    await page.get_by_text("Здесь пока пусто").wait_for()
    await page.get_by_role("button", name="Старт").wait_for()


async def test_the_clock_is_moved_and_never_back(open_page: Opened, sandbox: Sandbox) -> None:
    page = await open_page()
    await page.get_by_label("Часовой пояс на этой странице").select_option("Europe/Moscow")
    wall = page.get_by_label("Перевести часы на")
    year = sandbox.world.clock.now().year + 2

    await wall.fill("2001-01-01T12:00")
    await page.get_by_role("button", name="Перевести").click()
    await page.get_by_text("Часы песочницы идут только вперёд").wait_for()
    await wall.fill(f"{year}-05-17T12:00")
    await page.get_by_role("button", name="Перевести").click()

    await page.get_by_text(f"17 мая {year} г.").wait_for()
    assert sandbox.world.clock.now().isoformat().startswith(f"{year}-05-17T09:00"), "noon in Moscow"


async def test_what_happens_behind_is_told(open_page: Opened) -> None:
    page = await open_page()
    await page.get_by_role("tab", name="Сбои").click()
    await page.get_by_role("button", name="Сбой 500").click()
    await page.get_by_text("sendMessage: ошибка 500 · осталось 1").wait_for()
    await page.get_by_role("tab", name="Вызовы").click()

    await page.get_by_role("button", name="Старт").click()
    await page.locator(".calls .status", has_text="500").wait_for()


async def test_a_cut_line_is_taken_up_again_and_nothing_is_missed(open_page: Opened, sandbox: Sandbox) -> None:
    page = await open_page()
    await page.get_by_role("button", name="Старт").click()
    await said(page, "Приглашение").wait_for()

    sandbox.events.close()
    await page.get_by_text("Нет связи").wait_for()
    await page.get_by_label("Сообщение", exact=True).fill("пока связи нет")
    await page.keyboard.press("Enter")

    await said(page, "Получил: пока связи нет").wait_for()
    await page.get_by_text("только на этом компьютере").wait_for()


ADDRESSES = {
    "https://example.com/a": "A",
    "http://example.com/": "A",
    "example.com": "A",  # Telegram finds addresses without a scheme
    "tg://resolve?domain=somebody": "A",
    "javascript:alert(1)": "SPAN",
    " JavaScript:alert(1)": "SPAN",
    "data:text/html,<script>alert(1)</script>": "SPAN",
    "file:///etc/passwd": "SPAN",
    "https://": "SPAN",  # no host
}


async def test_only_web_and_telegram_addresses_become_links(open_page: Opened) -> None:
    page = await open_page()
    elements = await page.evaluate(
        """async (addresses) => {
            const { richText } = await import("/page/richtext.js");
            return addresses.map((url) => {
                const [node] = richText("сюда", [{ type: "text_link", offset: 0, length: 4, url }], { bot: null });
                return [url, node.tagName, node.tagName === "A" ? node.rel : null];
            });
        }""",
        list(ADDRESSES),
    )
    assert {address: tag for address, tag, _ in elements} == ADDRESSES
    assert {rel for _, _, rel in elements} == {"noopener noreferrer", None}
