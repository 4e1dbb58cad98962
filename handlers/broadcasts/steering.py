"""«Пауза», «Продолжить» and «Остановить» below the progress of a broadcast."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.ids import BroadcastId
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.steer_broadcast import drop_broadcast, resume_broadcast, stop_broadcast
from handlers.broadcasts.callbacks import Steer, SteerBroadcast
from handlers.broadcasts.screens import progress_screen
from handlers.filters import IsCoordinator
from handlers.showing import show, toast

_STEERED = {Steer.STOP: stop_broadcast, Steer.RESUME: resume_broadcast, Steer.DROP: drop_broadcast}


def build_router() -> Router:
    router = Router(name="broadcasts")
    router.callback_query.filter(IsCoordinator())
    router.callback_query.register(on_steered, SteerBroadcast.filter())
    return router


async def on_steered(
    query: CallbackQuery, callback_data: SteerBroadcast, app_storage: Storage, actor: Actor, now: datetime
) -> None:
    steer = _STEERED[callback_data.to]
    progress = await steer(app_storage, actor=actor, broadcast_id=BroadcastId(callback_data.broadcast), now=now)
    await toast(query)
    await show(query, *progress_screen(progress))
