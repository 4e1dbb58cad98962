"""/me: what is stored about a person, and his power over it."""

from __future__ import annotations

import json
from datetime import datetime, time

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.config import Settings
from bot.domain.names import BadNameError
from bot.domain.network import Actor, UnitKind
from bot.domain.profile import QUIET_HOURS
from bot.ports.storage import Storage
from bot.services.change_profile import (
    change_name,
    change_quiet_hours,
    change_timezone,
    erase_own_data,
    export_own_data,
    leave_network,
)
from bot.services.show_profile import Profile, show_profile
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import short_day
from bot.texts.zones import zone_name
from handlers.attendance.callbacks import ShowVisits
from handlers.calendar.callbacks import MyCalendar
from handlers.filters import IsRegistered
from handlers.middlewares import zone_of
from handlers.people.buttons import button, keyboard, zone_rows
from handlers.people.callbacks import ChoosePlace, Mine, MyData, MyQuietHours, MyRhythm, MyZone
from handlers.people.states import Editing
from handlers.showing import show, toast

_ASKED = {Mine.LEAVE: ("me-leave-ask", "leave"), Mine.ERASE: ("me-erase-ask", "erase")}


def build_router() -> Router:
    router = Router(name="me")
    router.message.filter(IsRegistered())
    router.callback_query.filter(IsRegistered())
    router.message.register(on_me, Command("me"))
    router.callback_query.register(on_show, MyData.filter(F.act == Mine.SHOW))
    router.callback_query.register(on_name, MyData.filter(F.act == Mine.NAME))
    router.callback_query.register(on_zones, MyData.filter(F.act == Mine.ZONE))
    router.callback_query.register(on_hours, MyData.filter(F.act == Mine.QUIET))
    router.callback_query.register(on_export, MyData.filter(F.act == Mine.EXPORT))
    router.callback_query.register(on_sure, MyData.filter(F.act.in_(set(_ASKED))))
    router.callback_query.register(on_leave, MyData.filter(F.act == Mine.LEAVE_SURELY))
    router.callback_query.register(on_erase, MyData.filter(F.act == Mine.ERASE_SURELY))
    router.callback_query.register(on_zone, MyZone.filter())
    router.callback_query.register(on_quiet_hours, MyQuietHours.filter())
    router.message.register(on_typed_name, Editing.own_name, F.text, ~F.text.startswith("/"))
    router.message.register(on_no_name, Editing.own_name, ~F.text)
    area = Router(name="my data")
    area.include_router(router)
    area.callback_query.register(on_erased_before, MyData.filter(F.act == Mine.ERASE_SURELY), ~IsRegistered())
    return area


async def on_me(message: Message, actor: Actor, app_storage: Storage, settings: Settings, state: FSMContext) -> None:
    await state.clear()
    text, buttons = await _screen(app_storage, actor, settings)
    await message.answer(text, reply_markup=buttons)


async def on_show(
    query: CallbackQuery, actor: Actor, app_storage: Storage, settings: Settings, state: FSMContext
) -> None:
    await toast(query)
    await state.clear()
    await show(query, *await _screen(app_storage, actor, settings))


async def on_name(query: CallbackQuery, actor: Actor, state: FSMContext) -> None:
    await toast(query)
    await state.set_state(Editing.own_name)
    await show(query, say("me-name-ask", name=actor.person.full_name), keyboard([_cancel()]))


async def on_typed_name(message: Message, actor: Actor, app_storage: Storage, state: FSMContext, now: datetime) -> None:
    try:
        name = await change_name(app_storage, actor=actor, full_name=message.text or "", now=now)
    except BadNameError as error:
        await message.answer(say(f"name-{error.problem.value}"), reply_markup=keyboard([_cancel()]))
        return
    await state.clear()
    back = keyboard([button("button-back", MyData(act=Mine.SHOW))])
    await message.answer(say("me-name-changed", name=name), reply_markup=back)


async def on_no_name(message: Message) -> None:
    await message.answer(say("name-not-text"), reply_markup=keyboard([_cancel()]))


async def on_zones(query: CallbackQuery) -> None:
    await toast(query)
    rows = zone_rows(lambda zone: MyZone(zone=zone))
    await show(query, say("me-zone-ask"), keyboard(*rows, [button("button-zone-unit", MyZone())], [_cancel()]))


async def on_zone(
    query: CallbackQuery, callback_data: MyZone, actor: Actor, app_storage: Storage, settings: Settings
) -> None:
    await change_timezone(app_storage, actor=actor, timezone=callback_data.zone or None)
    await toast(query, "me-saved-toast")
    await show(query, *await _screen(app_storage, actor, settings))


async def on_hours(query: CallbackQuery) -> None:
    await toast(query)
    rows = [
        [button("button-quiet", MyQuietHours(index=index), **_hours(hours.start, hours.end))]
        for index, hours in enumerate(QUIET_HOURS)
    ]
    await show(query, say("me-quiet-ask"), keyboard(*rows, [_cancel()]))


async def on_quiet_hours(
    query: CallbackQuery, callback_data: MyQuietHours, actor: Actor, app_storage: Storage, settings: Settings
) -> None:
    if not 0 <= callback_data.index < len(QUIET_HOURS):
        await toast(query, "fallback-button", alert=True)
        return
    await change_quiet_hours(app_storage, actor=actor, hours=QUIET_HOURS[callback_data.index])
    await toast(query, "me-saved-toast")
    await show(query, *await _screen(app_storage, actor, settings))


async def on_export(query: CallbackQuery, actor: Actor, app_storage: Storage) -> None:
    await toast(query)
    assert query.bot is not None, "a query of a dispatcher carries its bot"
    data = await export_own_data(app_storage, actor=actor)
    file = BufferedInputFile(json.dumps(data, ensure_ascii=False, indent=2).encode(), "my_data.json")
    await query.bot.send_document(query.from_user.id, file, caption=say("me-export-caption"))


async def on_sure(query: CallbackQuery, callback_data: MyData) -> None:
    await toast(query)
    question, act = _ASKED[callback_data.act]
    surely = Mine.LEAVE_SURELY if act == "leave" else Mine.ERASE_SURELY
    await show(query, say(question), keyboard([button(f"button-{act}-sure", MyData(act=surely))], [_cancel()]))


async def on_leave(query: CallbackQuery, actor: Actor, app_storage: Storage, now: datetime) -> None:
    await toast(query)
    left = await leave_network(app_storage, actor=actor, now=now)
    await show(query, say("me-left" if left else "me-left-nothing"))


async def on_erase(query: CallbackQuery, actor: Actor, app_storage: Storage, now: datetime, state: FSMContext) -> None:
    await toast(query)
    await state.clear()
    await erase_own_data(app_storage, actor=actor, now=now)
    await show(query, say("me-erased"))


async def on_erased_before(query: CallbackQuery) -> None:
    """He is a stranger already: a crash after the deed, or a second tap, must not leave him in doubt of it."""
    await toast(query)
    await show(query, say("me-erased"))


async def _screen(storage: Storage, actor: Actor, settings: Settings) -> tuple[Markup, InlineKeyboardMarkup]:
    profile = await show_profile(storage, actor=actor)
    text = say(
        "me",
        name=profile.actor.person.full_name,
        places=_places(profile),
        zone=_zone(profile.actor, settings),
        consent=_consent(profile.actor, settings),
        **_hours(profile.actor.person.quiet_hours.start, profile.actor.person.quiet_hours.end),
    )
    buttons = keyboard(
        [button("button-me-name", MyData(act=Mine.NAME)), button("button-me-zone", MyData(act=Mine.ZONE))],
        [button("button-me-quiet", MyData(act=Mine.QUIET)), button("button-me-export", MyData(act=Mine.EXPORT))],
        [button("button-me-rhythm", MyRhythm())],
        [button("button-calendar-mine", MyCalendar())],
        [button("button-visits", ShowVisits())],
        [button("button-me-join", ChoosePlace()), button("button-me-leave", MyData(act=Mine.LEAVE))],
        [button("button-me-erase", MyData(act=Mine.ERASE))],
    )
    return Markup(f"{text}\n{_rights(profile.actor)}"), buttons


def _places(profile: Profile) -> Markup:
    lines = [
        say("place-line", place=membership.unit.title, role=plain("role-name", role=membership.role.value))
        for membership in profile.actor.memberships
    ]
    if profile.waiting is not None:
        role = plain("role-name", role=profile.waiting.role.value)
        lines.append(say("me-waiting", place=profile.waiting.unit.title, role=role))
    return Markup("\n".join(lines or [say("me-no-places")]))


def _zone(actor: Actor, settings: Settings) -> str:
    zone = zone_name(str(zone_of(actor, settings)))
    if actor.person.timezone:
        return plain("me-zone-own", zone=zone)
    kind = actor.memberships[0].unit.kind if actor.memberships else UnitKind.FEDERATION
    return plain("me-zone-unit", zone=zone, kind=kind.value)


def _consent(actor: Actor, settings: Settings) -> str:
    person = actor.person
    if person.consented_at is None:
        return plain("me-consent-none")
    day = person.consented_at.astimezone(zone_of(actor, settings)).date()
    return plain("me-consent", date=short_day(day), version=str(person.consent_version))


def _rights(actor: Actor) -> Markup:
    if actor.is_owner:
        return say("me-rights-owner")
    if actor.is_coordinator:
        has_below = any(unit.kind is not UnitKind.SCHOOL for unit in actor.coordinated)
        places = ", ".join(unit.title for unit in actor.coordinated)
        return say("me-rights-coordinator", places=places, has_below="yes" if has_below else "no")
    return say("me-rights-participant")


def _hours(start: time, end: time) -> dict[str, str]:
    return {"from": f"{start:%H:%M}", "to": f"{end:%H:%M}"}


def _cancel() -> InlineKeyboardButton:
    return button("button-cancel", MyData(act=Mine.SHOW))
