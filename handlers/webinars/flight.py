"""«⏹ Стоп» on the screen of an event: what has not gone out is held, until it may go on."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.ids import OccurrenceId
from bot.services.show_webinars import show_webinar
from bot.services.steer_broadcast import resume_announcement, stop_announcement
from handlers.filters import IsCoordinator
from handlers.scene import Scene, SceneMiddleware
from handlers.showing import show, toast
from handlers.webinars.lists import webinar_screen
from handlers.webinars.making_callbacks import Flying


def build_router() -> Router:
    router = Router(name="announcements in flight")
    router.callback_query.filter(IsCoordinator())
    router.callback_query.middleware(SceneMiddleware())
    router.callback_query.register(on_flying, Flying.filter())
    return router


async def on_flying(query: CallbackQuery, callback_data: Flying, scene: Scene) -> None:
    occurrence_id = OccurrenceId(callback_data.occurrence)
    change = stop_announcement if callback_data.is_stop else resume_announcement
    flight = await change(scene.storage, actor=scene.actor, occurrence_id=occurrence_id, now=scene.now)
    key = "event-stopped-toast" if flight.stopped_at else "event-resumed-toast"
    await toast(query, key, alert=True, gone=flight.gone, total=flight.total)
    webinar = await show_webinar(scene.storage, actor=scene.actor, occurrence_id=occurrence_id, now=scene.now)
    await show(query, *webinar_screen(webinar, reader=scene.reader, today=scene.today))
