"""Looks at somebody's chat on the page of the demonstration, and keeps what it sees as a PNG."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Page, async_playwright

from bot.demo.running import Demo

HERE = Path(__file__).resolve().parent
PHONE = {"width": 390, "height": 760}
DESK = {"width": 1240, "height": 760}

_CHROMIUM = "/usr/bin/chromium"
_WHOLE = {"width": 390, "height": 3000}  # nothing that is wanted of a chat is scrolled away
_GAP = 8
_COLOURS = 64

# Phones have narrower letters than the one font that every Debian has.
_STYLE = ':root { font-family: Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif !important; }'
_PLAIN_WALL = "#chat { background: #c3dcb6 !important; }"  # the drawn one is half of a file

_EDGES = """([first, last]) => {
    const box = (id) => document.querySelector(`[data-id="${id}"]`).getBoundingClientRect();
    return [box(first).top, box(last).bottom];
}"""


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as driver:
        launched = await driver.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        await launched.close()


class Camera:
    """``folder``: where the pictures go."""

    def __init__(self, demo: Demo, browser: Browser, folder: Path = HERE) -> None:
        self._demo = demo
        self._browser = browser
        self._folder = folder

    async def take(self, name: str, account: int, size: dict[str, int] = PHONE) -> None:
        """The screen of this person with his latest message, as ``<name>.png``."""
        async with self._chat(account, size, _STYLE + (_PLAIN_WALL if size is DESK else "")) as page:
            await page.locator(".log").evaluate("log => log.scrollTo(0, log.scrollHeight)")
            await page.screenshot(path=self._folder / f"{name}.png")

    def count_after(self, account: int, message_id: int) -> int:
        """How many messages of this chat are later."""
        return len(self._demo.sandbox.messages(account, after=message_id))

    async def cut(self, name: str, account: int, *, last: int = 1, skip: int = 0) -> None:
        """Only the ``last`` messages of the chat, whole, with their buttons; ``skip``: but not the latest of all."""
        messages = self._demo.sandbox.messages(account)
        messages = messages[: len(messages) - skip][-last:]
        ids = [messages[0]["message_id"], messages[-1]["message_id"]]
        async with self._chat(account, _WHOLE, _STYLE + _PLAIN_WALL) as page:
            top, bottom = await page.evaluate(_EDGES, ids)
            clip = {"x": 0, "y": top - _GAP, "width": 390, "height": bottom - top + 2 * _GAP}
            self._keep(name, await page.screenshot(clip=clip))

    async def answered(self, name: str, account: int, label: str) -> None:
        """What pops up when this person presses the button with ``label`` for himself."""
        async with self._chat(account, PHONE, _STYLE + _PLAIN_WALL) as page:
            await page.locator(".message button", has_text=label).last.click()
            await page.locator(".toast, dialog[open]").first.wait_for()
            await self._demo.settle()
            self._keep(name, await page.screenshot())

    def _keep(self, name: str, png: bytes) -> None:
        """In few colours: on a plain wall the eye sees no difference, and the file is a third."""
        picture = Image.open(io.BytesIO(png)).convert("RGB").quantize(_COLOURS)
        picture.save(self._folder / f"{name}.png", optimize=True)

    @asynccontextmanager
    async def _chat(self, account: int, size: dict[str, int], style: str) -> AsyncIterator[Page]:
        page = await self._page()
        await page.set_viewport_size({"width": size["width"], "height": size["height"]})
        await page.goto("about:blank")  # else the same address would not be loaded anew
        await page.goto(self._demo.link(account))
        await page.add_style_tag(content=style)
        latest = self._demo.sandbox.messages(account)[-1]["message_id"]
        await page.locator(f'.message[data-id="{latest}"]').wait_for()
        await page.evaluate("document.fonts.ready")
        await page.wait_for_function("[...document.images].every(image => image.complete)")
        yield page

    async def _page(self) -> Page:
        """One for all pictures: a new one takes seconds."""
        if not self._browser.contexts:
            context = await self._browser.new_context(
                timezone_id="Europe/Moscow",
                locale="ru-RU",
                bypass_csp=True,  # the page takes styles from its own files only
            )
            (await context.new_page()).set_default_timeout(15_000)
        return self._browser.contexts[0].pages[0]
