"""``python -m bot demo``: serves the page until Ctrl+C, or tells the story and ends."""

from __future__ import annotations

import asyncio
import signal

from bot.demo.network import OWNER
from bot.demo.running import STRANGER, Demo, running_demo
from bot.demo.story import play
from bot.logs import set_up_logs
from bot.texts.catalogue import plain

_TO_BEGIN_WITH = {
    "Орлова Вера Ильинична": "demo-coordinator",
    "Белов Пётр Андреевич": "demo-above",
    "Грачёва Ольга Петровна": "demo-school",
    "Ким Елена Сергеевна": "demo-selection",
}


class PortTakenError(Exception):
    """Another program listens on the port."""


def show_demo(port: int) -> None:
    """Serves until SIGINT or SIGTERM. Raises PortTakenError."""
    set_up_logs("WARNING")
    asyncio.run(_show(port))


def tell_story() -> None:
    """Plays the whole loop and prints it. Raises StoryError when the bot did not do what it should."""
    set_up_logs("ERROR")
    asyncio.run(play(print_line=print))


async def _show(port: int) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    try:
        async with running_demo(port=port) as demo:
            print(_welcome(demo), flush=True)  # noqa: T201 - this is what the command is for
            await stop.wait()
    except OSError as error:
        raise PortTakenError from error


def _welcome(demo: Demo) -> str:
    accounts = {one.full_name: one.account for one in demo.network.residents}
    names = {account: name for name, account in accounts.items()}
    lines = [plain("demo-welcome", url=demo.sandbox.url)]
    for full_name, what in _TO_BEGIN_WITH.items():
        lines.append(_link(full_name, plain(what), demo.link(accounts[full_name])))
    for account, token in demo.network.links.items():
        lines.append(_link(names[account], plain("demo-newcomer"), demo.link(account, token)))
    lines.append(_link(plain("demo-stranger"), plain("demo-no-link"), demo.link(STRANGER)))
    lines.append(_link(plain("demo-owner"), "/network", demo.link(OWNER)))
    lines.append(plain("demo-stop"))
    return "\n".join(lines)


def _link(who: str, what: str, url: str) -> str:
    return plain("demo-link", who=who, what=what, url=url)
