"""Turning over the collective summary: its pages, the silent of a matter, and back; always in the same message."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.config import Settings
from bot.domain.ids import NoticeId, OccurrenceId
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.show_summary import show_silent, show_summary
from handlers.escalation.callbacks import SummaryMatter, SummaryPage
from handlers.escalation.screens import matter_screen, summary_screen
from handlers.filters import IsCoordinator
from handlers.showing import show, toast


def build_router() -> Router:
    router = Router(name="summary")
    router.callback_query.filter(IsCoordinator())
    router.callback_query.register(on_page, SummaryPage.filter())
    router.callback_query.register(on_matter, SummaryMatter.filter())
    return router


async def on_page(query: CallbackQuery, callback_data: SummaryPage, actor: Actor, app_storage: Storage) -> None:
    notice_id = NoticeId(callback_data.notice)
    silences = await show_summary(app_storage, actor=actor, notice_id=notice_id)
    if not silences:
        await toast(query, "summary-all-answered", alert=True)
        return
    await toast(query)
    await show(query, *summary_screen(silences, notice_id, page=callback_data.page))


async def on_matter(
    query: CallbackQuery, callback_data: SummaryMatter, actor: Actor, app_storage: Storage, settings: Settings
) -> None:
    found = await show_silent(
        app_storage,
        actor=actor,
        notice_id=NoticeId(callback_data.notice),
        occurrence_id=OccurrenceId(callback_data.occurrence),
        page=callback_data.page,
    )
    if found is None:
        await toast(query, "summary-matter-answered", alert=True)
        return
    await toast(query)
    await show(query, *matter_screen(found, callback_data, without_personal_data=settings.without_personal_data))
