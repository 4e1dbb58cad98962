"""«Отменить» under a decision: it is taken back by one tap, unless something followed."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.ids import DecisionId
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.review_answers import DecidedAlreadyError
from bot.services.undo_decision import undo_acceptance, undo_return
from handlers.filters import IsCoordinator
from handlers.reviews.callbacks import UndoAcceptance, UndoReturn
from handlers.reviews.queue import show_answer, show_decided
from handlers.showing import toast


def build_router() -> Router:
    router = Router(name="undoing decisions")
    router.callback_query.filter(IsCoordinator())
    router.callback_query.register(on_acceptance, UndoAcceptance.filter())
    router.callback_query.register(on_return, UndoReturn.filter())
    return router


async def on_acceptance(
    query: CallbackQuery,
    callback_data: UndoAcceptance,
    actor: Actor,
    app_storage: Storage,
    source: str,
    now: datetime,
    reader: ZoneInfo,
) -> None:
    decision_id = DecisionId(callback_data.decision)
    try:
        matter = await undo_acceptance(app_storage, actor=actor, decision_id=decision_id, source=source, now=now)
    except DecidedAlreadyError as refusal:
        await toast(query, "toast-review-too-late", alert=True)
        await show_decided(query, app_storage, actor, now, reader, refusal)
        return
    await toast(query, "toast-review-undone")
    await show_answer(query, app_storage, actor, now, reader, matter.assignment.id, callback_data.occurrence)


async def on_return(
    query: CallbackQuery,
    callback_data: UndoReturn,
    actor: Actor,
    app_storage: Storage,
    source: str,
    now: datetime,
    reader: ZoneInfo,
) -> None:
    decision_id = DecisionId(callback_data.decision)
    try:
        matter = await undo_return(app_storage, actor=actor, decision_id=decision_id, source=source, now=now)
    except DecidedAlreadyError as refusal:
        await toast(query, "toast-return-begun", alert=True)
        await show_answer(query, app_storage, actor, now, reader, refusal.decision.assignment_id)
        return
    await toast(query, "toast-return-undone")
    await show_answer(query, app_storage, actor, now, reader, matter.assignment.id)
