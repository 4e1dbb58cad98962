"""How an activity is reminded of: a ready ladder, one's own, and whether it is obligatory; changed at any time."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.ids import ActivityId, LadderId
from bot.domain.matters import LadderName
from bot.domain.network import Actor
from bot.domain.steps import LADDERS
from bot.ports.storage import Storage
from bot.services.attach_ladder import LadderChoice, attach_ladder, make_obligatory, show_choice
from bot.texts.catalogue import say
from bot.texts.wording import shorten
from handlers.documents.callbacks import ShowActivity
from handlers.filters import IsCoordinator
from handlers.ladders import callbacks as to
from handlers.ladders.buttons import Screen, button, keyboard, ticked
from handlers.ladders.screens import ladder_of_own, preset_title
from handlers.ladders.wording import ladder_lines
from handlers.showing import show, toast

_TITLE = 300


def build_router() -> Router:
    router = Router(name="ladders attaching")
    router.callback_query.filter(IsCoordinator())
    router.callback_query.register(on_show, to.ActivityLadder.filter())
    router.callback_query.register(on_attach, to.AttachLadder.filter())
    router.callback_query.register(on_obligatory, to.Obligatory.filter())
    return router


async def on_show(query: CallbackQuery, callback_data: to.ActivityLadder, actor: Actor, app_storage: Storage) -> None:
    choice = await show_choice(app_storage, actor=actor, activity_id=ActivityId(callback_data.activity))
    await toast(query)
    await show(query, *_screen(choice))


async def on_attach(
    query: CallbackQuery, callback_data: to.AttachLadder, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    activity_id = ActivityId(callback_data.activity)
    dates = await attach_ladder(
        app_storage,
        actor=actor,
        activity_id=activity_id,
        name=callback_data.name,
        own=LadderId(callback_data.ladder) if callback_data.ladder else None,
        now=now,
    )
    await toast(query, "ladder-changed-toast", n=dates)
    await show(query, *_screen(await show_choice(app_storage, actor=actor, activity_id=activity_id)))


async def on_obligatory(
    query: CallbackQuery, callback_data: to.Obligatory, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    activity_id, wanted = ActivityId(callback_data.activity), callback_data.is_obligatory
    await make_obligatory(app_storage, actor=actor, activity_id=activity_id, is_obligatory=wanted, now=now)
    await toast(query, "me-saved-toast")
    await show(query, *_screen(await show_choice(app_storage, actor=actor, activity_id=activity_id)))


def _screen(choice: LadderChoice) -> Screen:
    attached, activity = choice.attached, choice.attached.activity_id
    title, ladder = ladder_of_own(attached.own, attached.name)
    text = say(
        "activity-ladder",
        title=shorten(attached.title, _TITLE),
        ladder=title,
        lines="\n".join(ladder_lines(ladder)),
        obligatory=str(attached.is_obligatory).lower(),
    )
    presets = [
        [
            ticked(
                preset_title(name),
                to.AttachLadder(activity=activity, name=name),
                is_now=attached.own is None and name is attached.name,
            )
        ]
        for name in LADDERS
    ]
    owns = [
        [
            ticked(
                own.title,
                to.AttachLadder(activity=activity, name=LadderName.USUAL, ladder=own.id),
                is_now=attached.own is not None and own.id == attached.own.id,
            )
        ]
        for own in choice.usable
    ]
    flag = "button-make-optional" if attached.is_obligatory else "button-make-obligatory"
    return text, keyboard(
        *presets,
        *owns,
        [button(flag, to.Obligatory(activity=activity, is_obligatory=not attached.is_obligatory))],
        [button("button-ladders", to.ListLadders())],
        [button("button-back", ShowActivity(activity=activity))],
    )
