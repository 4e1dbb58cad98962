"""One update of somebody who acts in chat: who acts, on whose clock, and where his dialogue stands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import BaseMiddleware
from aiogram.fsm.context import FSMContext
from aiogram.types import TelegramObject

from bot.domain.network import Actor
from bot.ports.storage import Storage


@dataclass(frozen=True, slots=True)
class Scene:
    """Who acts, on whose clock he is told of times, and where he stands in the dialogue."""

    storage: Storage
    actor: Actor
    reader: ZoneInfo
    now: datetime
    state: FSMContext

    @property
    def today(self) -> date:
        return self.now.astimezone(self.reader).date()


class SceneMiddleware(BaseMiddleware):
    """Gives the handlers of a router ``scene``; the router's filter has let in registered people only."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        actor: Actor = data["actor"]
        data["scene"] = Scene(data["app_storage"], actor, data["reader"], data["now"], data["state"])
        return await handler(event, data)
