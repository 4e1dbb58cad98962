"""``python -m bot demo``: serves the page until Ctrl+C, or tells the story and ends."""

from __future__ import annotations

import asyncio
import signal

from bot.demo.network import OWNER
from bot.demo.running import STRANGER, Demo, running_demo
from bot.demo.story import play
from bot.logs import set_up_logs
from bot.texts.catalogue import plain


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
    newcomers = {one.account: one for one in demo.network.residents if not one.has_joined}
    coordinator = next(one for one in demo.network.residents if not one.municipality)
    lines = [plain("demo-welcome", url=demo.sandbox.url)]
    lines.append(
        plain(
            "demo-link", who=coordinator.full_name, what=plain("demo-coordinator"), url=demo.link(coordinator.account)
        )
    )
    for account, token in demo.network.links.items():
        lines.append(
            plain(
                "demo-link",
                who=newcomers[account].full_name,
                what=plain("demo-newcomer"),
                url=demo.link(account, token),
            )
        )
    lines.append(plain("demo-link", who=plain("demo-stranger"), what=plain("demo-no-link"), url=demo.link(STRANGER)))
    lines.append(plain("demo-link", who=plain("demo-owner"), what="/network", url=demo.link(OWNER)))
    lines.append(plain("demo-stop"))
    return "\n".join(lines)
