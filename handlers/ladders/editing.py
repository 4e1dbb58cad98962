"""Changing a ladder of one's own by taps; who edits an older version than there is by now is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.domain.errors import OutdatedError
from bot.domain.ids import LadderId
from bot.domain.network import Actor
from bot.domain.own_ladders import BadLadderError, OwnLadder, with_bounds, with_changed, with_step, without_step
from bot.domain.steps import Ladder, LadderStep, Level
from bot.ports.storage import Storage
from bot.services.edit_ladders import change_ladder, list_ladders, retire_ladder, show_ladder
from bot.texts.catalogue import say
from handlers.filters import IsCoordinator
from handlers.ladders import callbacks as to
from handlers.ladders.buttons import Screen, button, keyboard
from handlers.ladders.screens import (
    adding_screen,
    bounds_screen,
    list_screen,
    own_screen,
    retire_screen,
    step_screen,
    steps_screen,
)
from handlers.ladders.states import EditingLadder
from handlers.showing import show, toast


def build_router() -> Router:
    router = Router(name="ladders editing")
    router.message.filter(IsCoordinator())
    router.callback_query.filter(IsCoordinator())
    router.callback_query.register(on_title, to.EditOwn.filter(F.act == to.OwnAct.TITLE))
    router.callback_query.register(on_retire, to.EditOwn.filter(F.act == to.OwnAct.RETIRE_SURELY))
    router.callback_query.register(on_part, to.EditOwn.filter())
    router.callback_query.register(on_step, to.ShowStep.filter())
    router.callback_query.register(on_adding, to.AddStep.filter(F.hour < 0))
    router.callback_query.register(on_added, to.AddStep.filter())
    router.callback_query.register(on_change, to.ChangeStep.filter())
    router.callback_query.register(on_bound, to.SetBound.filter())
    router.message.register(on_typed_title, EditingLadder.title, F.text, ~F.text.startswith("/"))
    return router


async def on_part(query: CallbackQuery, callback_data: to.EditOwn, actor: Actor, app_storage: Storage) -> None:
    own = await _own(app_storage, actor, callback_data.ladder)
    screens: dict[to.OwnAct, Callable[[OwnLadder], Screen]] = {
        to.OwnAct.STEPS: steps_screen,
        to.OwnAct.BOUNDS: bounds_screen,
        to.OwnAct.RETIRE: retire_screen,
    }
    await toast(query)
    await show(query, *screens[callback_data.act](own))


async def on_title(
    query: CallbackQuery, callback_data: to.EditOwn, actor: Actor, app_storage: Storage, state: FSMContext
) -> None:
    own = await _own(app_storage, actor, callback_data.ladder)
    await toast(query)
    await state.set_state(EditingLadder.title)
    await state.set_data({"ladder": own.id, "version": own.version})
    back = keyboard([button("button-cancel", to.ShowOwn(ladder=own.id))])
    await show(query, say("ladder-title-ask", title=own.title), back)


async def on_typed_title(
    message: Message, actor: Actor, app_storage: Storage, state: FSMContext, source: str, now: datetime
) -> None:
    data = await state.get_data()
    ladder_id = LadderId(data["ladder"])
    back = keyboard([button("button-cancel", to.ShowOwn(ladder=ladder_id))])
    try:
        await change_ladder(
            app_storage,
            actor=actor,
            ladder_id=ladder_id,
            version=data["version"],
            change=_unchanged,
            title=message.text or "",
            source=source,
            now=now,
        )
    except BadLadderError as error:
        await message.answer(say("ladder-fault", fault=error.fault.value), reply_markup=back)
        return
    except OutdatedError:
        await message.answer(say("ladder-outdated"))
    await state.clear()
    text, buttons = own_screen(await show_ladder(app_storage, actor=actor, ladder_id=ladder_id))
    await message.answer(text, reply_markup=buttons)


async def on_retire(
    query: CallbackQuery, callback_data: to.EditOwn, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    await retire_ladder(app_storage, actor=actor, ladder_id=LadderId(callback_data.ladder), now=now)
    await toast(query, "ladder-retired-toast")
    await show(query, *list_screen(await list_ladders(app_storage, actor=actor)))


async def on_step(query: CallbackQuery, callback_data: to.ShowStep, actor: Actor, app_storage: Storage) -> None:
    own = await _own(app_storage, actor, callback_data.ladder)
    step = _step(own.ladder, callback_data.to, callback_data.days)
    await toast(query)
    await show(query, *(steps_screen(own) if step is None else step_screen(own, step)))


async def on_adding(query: CallbackQuery, callback_data: to.AddStep, actor: Actor, app_storage: Storage) -> None:
    own = await _own(app_storage, actor, callback_data.ladder)
    await toast(query)
    await show(query, *adding_screen(own, callback_data))


async def on_added(
    query: CallbackQuery, callback_data: to.AddStep, actor: Actor, app_storage: Storage, source: str, now: datetime
) -> None:
    asked = callback_data
    step = LadderStep(asked.days, time(asked.hour % 24), list(Level)[asked.to])

    def change(ladder: Ladder) -> Ladder:
        return with_step(ladder, step)

    tap = _Tap(query, app_storage, actor, source, now)
    await _change(tap, asked.ladder, asked.version, change)


async def on_change(
    query: CallbackQuery, callback_data: to.ChangeStep, actor: Actor, app_storage: Storage, source: str, now: datetime
) -> None:
    asked = callback_data

    def change(ladder: Ladder) -> Ladder:
        step = _step(ladder, asked.to, asked.days)
        if step is None:
            raise OutdatedError("the step is gone")
        if asked.hour < 0:
            return without_step(ladder, step)
        return with_changed(ladder, step, LadderStep(asked.new_days, time(asked.hour % 24), step.to))

    tap = _Tap(query, app_storage, actor, source, now)
    await _change(tap, asked.ladder, asked.version, change, after=partial(_changed_screen, asked))


async def on_bound(
    query: CallbackQuery, callback_data: to.SetBound, actor: Actor, app_storage: Storage, source: str, now: datetime
) -> None:
    asked = callback_data
    gap = timedelta(hours=asked.gap) if asked.gap else None

    def change(ladder: Ladder) -> Ladder:
        return with_bounds(ladder, least_gap=gap, most=asked.most or None)

    tap = _Tap(query, app_storage, actor, source, now)
    await _change(tap, asked.ladder, asked.version, change, after=bounds_screen)


@dataclass(frozen=True, slots=True)
class _Tap:
    """Who tapped, in which update, and where it is kept."""

    query: CallbackQuery
    storage: Storage
    actor: Actor
    source: str
    now: datetime


async def _change(
    tap: _Tap,
    ladder: int,
    version: int,
    change: Callable[[Ladder], Ladder],
    *,
    after: Callable[[OwnLadder], Screen] | None = None,
) -> None:
    ladder_id = LadderId(ladder)
    act = partial(change_ladder, tap.storage, actor=tap.actor, ladder_id=ladder_id, version=version)
    try:
        dates = await act(change=change, source=tap.source, now=tap.now)
    except OutdatedError:
        await toast(tap.query, "ladder-outdated-toast", alert=True)
    except BadLadderError as error:
        await toast(tap.query, "ladder-fault", alert=True, fault=error.fault.value)
        return
    else:
        await toast(tap.query, "ladder-changed-toast", n=dates)
    shown = await show_ladder(tap.storage, actor=tap.actor, ladder_id=ladder_id)
    await show(tap.query, *(own_screen(shown) if after is None else after(shown.own)))


def _changed_screen(asked: to.ChangeStep, own: OwnLadder) -> Screen:
    """The same step, to be moved on by another tap; the list of steps where it is gone."""
    step = None if asked.hour < 0 else _step(own.ladder, asked.to, asked.new_days)
    return steps_screen(own) if step is None else step_screen(own, step)


async def _own(storage: Storage, actor: Actor, ladder: int) -> OwnLadder:
    return (await show_ladder(storage, actor=actor, ladder_id=LadderId(ladder))).own


def _step(ladder: Ladder, to_height: int, days: int) -> LadderStep | None:
    return next((one for one in ladder.steps if (one.to.height, one.days) == (to_height, days)), None)


def _unchanged(ladder: Ladder) -> Ladder:
    return ladder
