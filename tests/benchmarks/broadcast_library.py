"""What a library offers: aiogram-broadcaster, with its file of who was sent what, so that it can go on after a crash.

``python -m tests.benchmarks.broadcast_library URL TOKEN RATE FIRST COUNT FILE``.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram_broadcaster import Broadcaster
from aiogram_broadcaster.contents import TextContent
from aiogram_broadcaster.intervals import SimpleInterval
from aiogram_broadcaster.storages.file import FileStorage


async def broadcast(url: str, token: str, rate: float, people: range, file: Path) -> None:
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    storage = FileStorage(file)
    broadcaster = Broadcaster(bot, storage=storage)
    await storage.startup()
    try:
        await broadcaster.restore_mailers()
        if not broadcaster.mailers:
            content = TextContent(text="Вебинар начнётся через 10 минут")
            await broadcaster.create_mailer(people, content, interval=SimpleInterval(interval=1 / rate))
        for mailer in list(broadcaster.mailers.values()):
            if mailer.can_started:
                await mailer.start()
    finally:
        await storage.shutdown()
        await bot.session.close()


if __name__ == "__main__":
    url, token, rate, first, count, file = sys.argv[1:]
    asyncio.run(broadcast(url, token, float(rate), range(int(first), int(first) + int(count)), Path(file)))
