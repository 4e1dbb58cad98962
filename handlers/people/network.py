"""/network: the tree with its counts, level by level, and what can be changed in it."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.domain.ids import UnitId
from bot.domain.network import Actor, UnitKind
from bot.ports.storage import Storage
from bot.services.edit_network import UnitNotEmptyError, remove_unit, set_unit_timezone
from bot.services.show_network import Level, show_network
from bot.texts.catalogue import Markup, say
from bot.texts.zones import zone_name
from handlers.filters import IsCoordinator
from handlers.people.buttons import button, keyboard, named, zone_rows
from handlers.people.callbacks import Edit, EditUnit, InviteTo, OpenUnit, PeopleAt, UnitZone
from handlers.people.levels import above, child_label, counts, has_way_up, parent_of
from handlers.people.states import Editing
from handlers.people.tags import ShowTags
from handlers.rows import Row, in_rows, pager
from handlers.showing import show, toast

_BELOW = {UnitKind.REGION: "municipality", UnitKind.MUNICIPALITY: "school"}


def build_router() -> Router:
    router = Router(name="network")
    router.message.filter(IsCoordinator())
    router.callback_query.filter(IsCoordinator())
    router.message.register(on_network, Command("network"))
    router.callback_query.register(on_open, OpenUnit.filter())
    router.callback_query.register(on_add, EditUnit.filter(F.act == Edit.ADD))
    router.callback_query.register(on_rename, EditUnit.filter(F.act == Edit.RENAME))
    router.callback_query.register(on_zones, EditUnit.filter(F.act == Edit.ZONE))
    router.callback_query.register(on_remove, EditUnit.filter(F.act == Edit.REMOVE))
    router.callback_query.register(on_remove_surely, EditUnit.filter(F.act == Edit.REMOVE_SURELY))
    router.callback_query.register(on_zone, UnitZone.filter())
    return router


async def network_screen(storage: Storage, actor: Actor, at: OpenUnit) -> tuple[Markup, InlineKeyboardMarkup]:
    """Raises NotFoundError, NotAllowedError."""
    level = await show_network(storage, actor=actor, unit_id=UnitId(at.unit) if at.unit else None, page=at.page)
    rows = [[named(child_label(child), OpenUnit(unit=child.unit.id))] for child in level.below]
    unit = 0 if level.here is None else int(level.here.unit.id)
    turn = pager(level.page, level.pages, lambda page: OpenUnit(unit=unit, page=page))
    return _text(level, actor), keyboard(*rows, turn, *_acts(level, actor), _back(level, actor))


async def on_network(message: Message, actor: Actor, app_storage: Storage, state: FSMContext) -> None:
    await state.clear()
    text, buttons = await network_screen(app_storage, actor, OpenUnit())
    await message.answer(text, reply_markup=buttons)


async def on_open(
    query: CallbackQuery, callback_data: OpenUnit, actor: Actor, app_storage: Storage, state: FSMContext
) -> None:
    """Also what «Отмена» of a dialogue leads back to."""
    screen = await network_screen(app_storage, actor, callback_data)
    await toast(query)
    await state.clear()
    await show(query, *screen)


async def on_add(
    query: CallbackQuery, callback_data: EditUnit, actor: Actor, app_storage: Storage, state: FSMContext
) -> None:
    """A region is one title and its zone; municipalities and schools are many at once."""
    cancel = keyboard([button("button-cancel", OpenUnit(unit=callback_data.unit))])
    if callback_data.unit == 0:
        await toast(query)
        await state.set_state(Editing.region)
        await show(query, say("network-ask-region"), cancel)
        return
    level = await show_network(app_storage, actor=actor, unit_id=UnitId(callback_data.unit))
    assert level.here is not None, "a unit was named"
    await toast(query)
    await state.set_state(Editing.units_below)
    await state.set_data({"unit": callback_data.unit})
    unit = level.here.unit
    await show(query, say(f"network-ask-{_BELOW.get(unit.kind, 'school')}", place=unit.title), cancel)


async def on_rename(
    query: CallbackQuery, callback_data: EditUnit, actor: Actor, app_storage: Storage, state: FSMContext
) -> None:
    title = await _title(app_storage, actor, callback_data.unit)
    await toast(query)
    await state.set_state(Editing.unit_title)
    await state.set_data({"unit": callback_data.unit})
    cancel = keyboard([button("button-cancel", OpenUnit(unit=callback_data.unit))])
    await show(query, say("network-rename-ask", title=title), cancel)


async def on_zones(query: CallbackQuery, callback_data: EditUnit, actor: Actor, app_storage: Storage) -> None:
    title = await _title(app_storage, actor, callback_data.unit)
    await toast(query)
    rows = zone_rows(lambda zone: UnitZone(unit=callback_data.unit, zone=zone))
    cancel = button("button-cancel", OpenUnit(unit=callback_data.unit))
    await show(query, say("network-zone-ask", title=title), keyboard(*rows, [cancel]))


async def on_zone(
    query: CallbackQuery, callback_data: UnitZone, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    unit_id = UnitId(callback_data.unit)
    await set_unit_timezone(app_storage, actor=actor, unit_id=unit_id, timezone=callback_data.zone, now=now)
    await toast(query, "me-saved-toast")
    await show(query, *await network_screen(app_storage, actor, OpenUnit(unit=callback_data.unit)))


async def on_remove(query: CallbackQuery, callback_data: EditUnit, actor: Actor, app_storage: Storage) -> None:
    title = await _title(app_storage, actor, callback_data.unit)
    await toast(query)
    sure = button("button-remove-sure", EditUnit(unit=callback_data.unit, act=Edit.REMOVE_SURELY))
    cancel = button("button-cancel", OpenUnit(unit=callback_data.unit))
    await show(query, say("network-remove-ask", title=title), keyboard([sure], [cancel]))


async def on_remove_surely(
    query: CallbackQuery, callback_data: EditUnit, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    try:
        unit = await remove_unit(app_storage, actor=actor, unit_id=UnitId(callback_data.unit), now=now)
    except UnitNotEmptyError:
        await toast(query, "network-not-empty", alert=True)
        return
    await toast(query, "network-removed-toast")
    is_within = unit.parent_id is not None and actor.can_manage(unit.path.removesuffix(f"{unit.id}/"))
    up = OpenUnit(unit=unit.parent_id or 0) if is_within else OpenUnit()
    await show(query, *await network_screen(app_storage, actor, up))


async def _title(storage: Storage, actor: Actor, unit_id: int) -> str:
    level = await show_network(storage, actor=actor, unit_id=UnitId(unit_id))
    assert level.here is not None, "a unit was named"
    return level.here.unit.title


def _text(level: Level, actor: Actor) -> Markup:
    if level.here is None and not actor.is_owner:
        return say("network-own-units")
    if level.here is None:
        return say("network-title") if level.below else Markup(f"{say('network-title')}\n{say('network-empty')}")
    unit = level.here.unit
    return say(
        "network-unit", above=above(level), title=unit.title, counts=counts(level.here), zone=zone_name(unit.timezone)
    )


def _acts(level: Level, actor: Actor) -> list[Row]:
    if level.here is None:
        return [[button("button-add-region", EditUnit(unit=0, act=Edit.ADD))]] if actor.is_owner else []
    unit = level.here.unit
    rows: list[Row] = []
    if unit.kind in _BELOW:
        rows.append([button(f"button-add-{_BELOW[unit.kind]}", EditUnit(unit=unit.id, act=Edit.ADD))])
    rows.append([button("button-people", PeopleAt(unit=unit.id)), button("button-invite", InviteTo(unit=unit.id))])
    rows.append([button("button-tags", ShowTags(unit=unit.id))])
    change = [
        button("button-rename", EditUnit(unit=unit.id, act=Edit.RENAME)),
        button("button-zone", EditUnit(unit=unit.id, act=Edit.ZONE)),
    ]
    if not level.below and not level.here.people:
        change.append(button("button-remove", EditUnit(unit=unit.id, act=Edit.REMOVE)))
    return [*rows, *in_rows(change, 3)]


def _back(level: Level, actor: Actor) -> list[InlineKeyboardButton]:
    return [button("button-back", OpenUnit(unit=parent_of(level)))] if has_way_up(level, actor) else []
