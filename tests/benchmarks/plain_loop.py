"""What a user would write instead: a loop over the recipients with a pause after each message.

``python -m tests.benchmarks.plain_loop URL TOKEN RATE FIRST COUNT``. It keeps no record of what was sent, as such loops
do not: started again after a crash, it begins with the first recipient.
"""

from __future__ import annotations

import asyncio
import sys

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramForbiddenError, TelegramRetryAfter


async def broadcast(url: str, token: str, rate: float, people: range) -> None:
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    try:
        for person in people:
            try:
                await bot.send_message(person, "Вебинар начнётся через 10 минут")
            except TelegramRetryAfter as refusal:
                await asyncio.sleep(refusal.retry_after)
                await bot.send_message(person, "Вебинар начнётся через 10 минут")
            except TelegramForbiddenError:
                pass
            await asyncio.sleep(1 / rate)
    finally:
        await bot.session.close()


if __name__ == "__main__":
    url, token, rate, first, count = sys.argv[1:]
    asyncio.run(broadcast(url, token, float(rate), range(int(first), int(first) + int(count))))
