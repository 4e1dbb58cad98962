"""«Напомнить молчащим»: first the count, then the deed."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.ids import OccurrenceId, UnitId
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.nudge_silent import NobodyToNudgeError, Nudge, NudgedLatelyError, nudge_silent, preview_nudge
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import clock, short_day
from bot.texts.wording import shorten
from handlers.board.callbacks import BoardDate, NudgeSilent
from handlers.filters import IsCoordinator
from handlers.showing import show, toast


def build_router() -> Router:
    router = Router(name="nudge")
    router.callback_query.filter(IsCoordinator())
    router.callback_query.register(on_preview, NudgeSilent.filter(F.is_sure.is_(False)))
    router.callback_query.register(on_sure, NudgeSilent.filter(F.is_sure.is_(True)))
    return router


async def on_preview(
    query: CallbackQuery,
    callback_data: NudgeSilent,
    app_storage: Storage,
    actor: Actor,
    now: datetime,
    reader: ZoneInfo,
) -> None:
    try:
        nudge = await preview_nudge(
            app_storage,
            actor=actor,
            occurrence_id=OccurrenceId(callback_data.occurrence),
            unit_id=UnitId(callback_data.unit) if callback_data.unit else None,
            now=now,
        )
    except (NobodyToNudgeError, NudgedLatelyError) as refusal:
        await _refuse(query, refusal, reader)
        return
    await toast(query)
    await show(query, _preview(nudge), _keyboard(callback_data, nudge))


async def on_sure(
    query: CallbackQuery,
    callback_data: NudgeSilent,
    app_storage: Storage,
    actor: Actor,
    now: datetime,
    reader: ZoneInfo,
) -> None:
    try:
        nudge = await nudge_silent(
            app_storage,
            actor=actor,
            occurrence_id=OccurrenceId(callback_data.occurrence),
            unit_id=UnitId(callback_data.unit) if callback_data.unit else None,
            version=callback_data.version,
            now=now,
        )
    except (NobodyToNudgeError, NudgedLatelyError) as refusal:
        await _refuse(query, refusal, reader)
        return
    await toast(query)
    await show(
        query, say("nudge-done", people=nudge.people), InlineKeyboardMarkup(inline_keyboard=[[_back(callback_data)]])
    )


async def _refuse(query: CallbackQuery, refusal: NobodyToNudgeError | NudgedLatelyError, reader: ZoneInfo) -> None:
    if isinstance(refusal, NudgedLatelyError):
        day = short_day(refusal.again_at.astimezone(reader).date())
        await toast(query, "nudge-too-soon", alert=True, when=f"{day} {clock(refusal.again_at, reader)}")
    else:
        await toast(query, "nudge-nobody-reachable" if refusal.unreachable else "nudge-nobody", alert=True)


def _preview(nudge: Nudge) -> Markup:
    return say(
        "nudge-preview",
        title=shorten(nudge.line.title, 200),
        place=nudge.unit.title if nudge.unit else plain("board-everything"),
        people=nudge.people,
        recent=say("nudge-recent", n=nudge.spared) if nudge.spared else Markup(""),
        unreachable=say("nudge-unreachable", n=nudge.unreachable) if nudge.unreachable else Markup(""),
    )


def _keyboard(pressed: NudgeSilent, nudge: Nudge) -> InlineKeyboardMarkup:
    sure = NudgeSilent(occurrence=pressed.occurrence, version=pressed.version, unit=pressed.unit, is_sure=True)
    yes = InlineKeyboardButton(text=plain("button-nudge-yes", n=nudge.people), callback_data=sure.pack())
    return InlineKeyboardMarkup(inline_keyboard=[[yes], [_back(pressed)]])


def _back(pressed: NudgeSilent) -> InlineKeyboardButton:
    data = BoardDate(occurrence=pressed.occurrence, unit=pressed.unit)
    return InlineKeyboardButton(text=plain("button-back"), callback_data=data.pack())
