"""The same request by aiogram alone and by our session alone: what no sender on top of them can go below.

``python -m tests.benchmarks.bare_requests URL TOKEN FIRST COUNT``, with the CPU of each as JSON, in seconds.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import time
from collections.abc import Awaitable, Callable

import uvloop
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import InlineKeyboardMarkup

from bot.ports.messenger import OutgoingMessage
from bot.telegram.lean_session import LeanSession
from bot.telegram.messenger import BotMessenger

_IN_FLIGHT = 64
_TEXT = "🔔 <b>Начинаем через 10 минут</b>\n\n<b>Вебинар о работе центров</b>\nСегодня, 12:00 МСК\n\nПридёте?"
_KEYBOARD = {
    "inline_keyboard": [
        [{"text": "✅ Приду", "callback_data": "e:1000:1:coming"}],
        [{"text": "❌ Не приду", "callback_data": "e:1000:1:no"}],
        [{"text": "🤔 Под вопросом", "callback_data": "e:1000:1:maybe"}],
        [{"text": "📅 В календарь", "callback_data": "c:1000"}],
    ]
}  # fmt: skip


async def cost(send: Callable[[int], Awaitable[object]], people: range) -> float:
    coming = iter(people)

    async def carry() -> None:
        for person in coming:
            await send(person)

    gc.collect()
    gc.freeze()
    began = time.process_time()
    await asyncio.gather(*(carry() for _ in range(_IN_FLIGHT)))
    return time.process_time() - began


async def compare(url: str, token: str, people: range) -> dict[str, float]:
    server = TelegramAPIServer.from_base(url)
    plain, lean = AiohttpSession(api=server), LeanSession(api=server)
    bot = Bot(token, session=plain)
    markup = InlineKeyboardMarkup.model_validate(_KEYBOARD)
    messenger = BotMessenger(Bot(token, session=lean), lean)
    message = OutgoingMessage(_TEXT, _KEYBOARD)
    try:
        return {
            "aiogram": await cost(lambda person: bot.send_message(person, _TEXT, reply_markup=markup), people),
            "lean": await cost(lambda person: messenger.deliver(person, message), people),
        }
    finally:
        await plain.close()
        await lean.close()


if __name__ == "__main__":
    url, token, first, count = sys.argv[1:]
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        print(json.dumps(runner.run(compare(url, token, range(int(first), int(first) + int(count))))))
