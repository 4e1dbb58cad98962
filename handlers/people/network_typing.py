"""What is typed while the network is built: a region, several municipalities or schools at once, a new title."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.domain import names
from bot.domain.ids import UnitId
from bot.domain.names import BadNameError
from bot.domain.network import Actor
from bot.domain.regions import find_region
from bot.ports.storage import Storage
from bot.services.edit_network import AddedUnits, TitleTakenError, add_region, add_units, rename_unit
from bot.texts.catalogue import Markup, say
from bot.texts.wording import shorten
from bot.texts.zones import zone_name
from handlers.filters import IsCoordinator
from handlers.people.buttons import button, keyboard, zone_rows
from handlers.people.callbacks import OpenUnit, RegionZone
from handlers.people.network import network_screen
from handlers.people.states import Editing
from handlers.showing import show, toast
from handlers.typing_line import IS_LINE

_LINES_AT_ONCE = 200
_KNOWN_SHOWN = 1000  # characters


def build_router() -> Router:
    router = Router(name="network typing")
    router.message.filter(IsCoordinator())
    router.callback_query.filter(IsCoordinator())
    router.message.register(on_region, Editing.region, IS_LINE)
    router.message.register(on_units, Editing.units_below, IS_LINE)
    router.message.register(on_title, Editing.unit_title, IS_LINE)
    for state in (Editing.region, Editing.units_below, Editing.unit_title):
        router.message.register(on_no_words, state, ~F.text)
    router.callback_query.register(on_region_zone, RegionZone.filter(), Editing.region)
    return router


async def on_region(message: Message, state: FSMContext) -> None:
    """A region of Russia brings its zone; for any other title the zone is chosen."""
    try:
        title = names.unit_title(message.text or "")
    except BadNameError as error:
        await message.answer(say(f"title-{error.problem.value}"), reply_markup=_cancel(0))
        return
    region = find_region(title)
    await state.set_data({"title": title if region is None else region.title})
    if region is None:
        await message.answer(say("network-region-zone", title=title), reply_markup=_zones())
        return
    buttons = keyboard(
        [button("button-region-add", RegionZone(zone=region.timezone))],
        [button("button-region-other-zone", RegionZone())],
        [button("button-cancel", OpenUnit())],
    )
    text = say("network-region-confirm", title=region.title, zone=zone_name(region.timezone))
    await message.answer(text, reply_markup=buttons)


async def on_region_zone(
    query: CallbackQuery,
    callback_data: RegionZone,
    actor: Actor,
    app_storage: Storage,
    state: FSMContext,
    now: datetime,
) -> None:
    title = str((await state.get_data()).get("title", ""))
    if not callback_data.zone:
        await toast(query)
        await show(query, say("network-zone-ask", title=title), _zones())
        return
    try:
        unit = await add_region(app_storage, actor=actor, title=title, timezone=callback_data.zone, now=now)
    except TitleTakenError as error:
        await toast(query)
        await show(query, say("network-title-taken", title=error.title), _cancel(0))
        return
    await toast(query, "me-saved-toast")
    await state.clear()
    await show(query, *await network_screen(app_storage, actor, OpenUnit(unit=unit.id)))


async def on_units(message: Message, actor: Actor, app_storage: Storage, state: FSMContext, now: datetime) -> None:
    parent = int((await state.get_data())["unit"])
    titles = [line for line in (message.text or "").splitlines() if line.strip()]
    if len(titles) > _LINES_AT_ONCE:
        await message.answer(say("title-too-many"), reply_markup=_cancel(parent))
        return
    try:
        done = await add_units(app_storage, actor=actor, parent_id=UnitId(parent), titles=titles, now=now)
    except BadNameError as error:
        await message.answer(say(f"title-{error.problem.value}"), reply_markup=_cancel(parent))
        return
    await state.clear()
    text, buttons = await network_screen(app_storage, actor, OpenUnit(unit=parent))
    await message.answer(Markup(f"{_report(done)}\n\n{text}"), reply_markup=buttons)


async def on_title(message: Message, actor: Actor, app_storage: Storage, state: FSMContext, now: datetime) -> None:
    unit = int((await state.get_data())["unit"])
    try:
        await rename_unit(app_storage, actor=actor, unit_id=UnitId(unit), title=message.text or "", now=now)
    except BadNameError as error:
        await message.answer(say(f"title-{error.problem.value}"), reply_markup=_cancel(unit))
        return
    except TitleTakenError as taken:
        await message.answer(say("network-title-taken", title=taken.title), reply_markup=_cancel(unit))
        return
    await state.clear()
    text, buttons = await network_screen(app_storage, actor, OpenUnit(unit=unit))
    await message.answer(Markup(f"{say('network-renamed')}\n\n{text}"), reply_markup=buttons)


async def on_no_words(message: Message) -> None:
    await message.answer(say("title-not-text"))


def _report(done: AddedUnits) -> Markup:
    parts = [say("network-added", count=len(done.added))]
    if done.known:
        parts.append(say("network-known", titles=shorten(", ".join(done.known), _KNOWN_SHOWN)))
    return Markup(" ".join(parts))


def _zones() -> InlineKeyboardMarkup:
    return keyboard(*zone_rows(lambda zone: RegionZone(zone=zone)), [button("button-cancel", OpenUnit())])


def _cancel(unit: int) -> InlineKeyboardMarkup:
    return keyboard([button("button-cancel", OpenUnit(unit=unit))])
