"""«📎 Материалы» below an invitation: what there is to read before the event."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.ids import AssignmentId
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.read_before import read_before
from bot.texts.catalogue import Markup, say
from handlers.answers.event_callbacks import ReadBefore
from handlers.filters import IsRegistered
from handlers.showing import NO_PREVIEW, toast
from handlers.webinars.files import send_material


def build_router() -> Router:
    router = Router(name="materials before events")
    router.callback_query.filter(IsRegistered())
    router.callback_query.register(on_read_before, ReadBefore.filter())
    return router


async def on_read_before(query: CallbackQuery, callback_data: ReadBefore, actor: Actor, app_storage: Storage) -> None:
    found = await read_before(app_storage, actor=actor, assignment_id=AssignmentId(callback_data.assignment))
    bot, to = query.bot, query.from_user.id
    assert bot is not None, "a query of a dispatcher carries its bot"
    await toast(query)
    links = [say("event-material-link", title=one.title, link=one.link) for one in found if one.link]
    if links:
        text = Markup("\n".join([say("event-materials"), *links]))
        await bot.send_message(to, text, link_preview_options=NO_PREVIEW)
    for one in found:
        if one.file_id:
            await send_material(bot, to, one.file_id, say("event-material", title=one.title))
