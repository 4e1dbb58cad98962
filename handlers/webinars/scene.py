"""Where somebody stands in /webinar and what he has chosen so far; kept in the dialogue, so a restart loses nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import BaseMiddleware
from aiogram.fsm.context import FSMContext
from aiogram.types import TelegramObject

from bot.domain.ids import UnitId
from bot.domain.matters import Audience
from bot.domain.network import Actor
from bot.domain.webinars import Beginning, WebinarDraft, beginning_from_json
from bot.ports.storage import Storage
from bot.services.announce_webinar import everyone_of


@dataclass(frozen=True, slots=True)
class Choices:
    """What the dialogue holds: plain JSON, read through properties. What was not reached yet is None."""

    data: dict[str, Any]

    @property
    def source(self) -> str:
        return str(self.data["source"])

    @property
    def has_places(self) -> bool:
        """Whether there was more than one unit to announce for."""
        return bool(self.data.get("has_places"))

    @property
    def unit_id(self) -> UnitId:
        return UnitId(self.data["unit"])

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.data["zone"])

    @property
    def region(self) -> str | None:
        return self.data.get("region")

    @property
    def title(self) -> str | None:
        return self.data.get("title")

    @property
    def beginning(self) -> Beginning | None:
        known = self.data.get("beginning")
        return beginning_from_json(known) if known else None

    @property
    def link(self) -> str | None:
        return self.data.get("link")

    @property
    def audience(self) -> Audience:
        known = self.data.get("audience")
        return Audience.from_json(known) if known else everyone_of(self.unit_id)

    @property
    def parts_page(self) -> int:
        return int(self.data.get("parts_page", 0))

    @property
    def draft(self) -> WebinarDraft:
        assert self.title is not None, "the step of the title comes first"
        assert self.beginning is not None, "then the step of the beginning"
        return WebinarDraft(self.unit_id, self.title, self.beginning, self.link, self.audience)


@dataclass(frozen=True, slots=True)
class Scene:
    """One update of somebody who announces or looks after webinars."""

    storage: Storage
    actor: Actor
    reader: ZoneInfo
    now: datetime
    state: FSMContext

    @property
    def today(self) -> date:
        return self.now.astimezone(self.reader).date()

    async def choices(self) -> Choices:
        return Choices(await self.state.get_data())


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
