"""Takes the pictures of the events, in every state, from the demonstration: ``python -m docs.pictures.take_events``.

Run it from the repository's root as ``docs.pictures.take`` is run.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from bot.demo.network import OWNER, OWNER_NAME
from bot.demo.running import running_demo
from bot.demo.teller import Teller
from docs.pictures.camera import HERE, Camera, browser
from docs.pictures.event_scene import Scene
from docs.pictures.events_answered import take_answers
from docs.pictures.events_held import take_afterwards, take_attendance
from docs.pictures.events_made import take_making

BEGINNING = datetime(2026, 9, 7, 6, 0, tzinfo=UTC)
FOLDER = HERE / "events"


async def main() -> None:
    async with running_demo(start=BEGINNING, with_matters=False) as demo, browser() as chromium:
        names = {one.account: one.full_name for one in demo.network.residents} | {OWNER: OWNER_NAME}
        accounts = {name.split()[0]: account for account, name in names.items()}
        people = Teller(demo, names, print_line=lambda _line: None)
        scene = Scene(people, Camera(demo, chromium, FOLDER), accounts)
        await take_making(scene)
        await take_answers(scene)
        await take_attendance(scene)
        await take_afterwards(scene)


if __name__ == "__main__":
    asyncio.run(main())
