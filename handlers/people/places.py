"""A newcomer without a link finds his school, level by level, and asks to be let in."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.config import Settings
from bot.domain.ids import UnitId
from bot.domain.joining import AlreadyMemberError
from bot.domain.network import Actor, UnitKind, roles_in
from bot.ports.storage import Storage
from bot.services.request_joining import request_joining
from bot.services.show_network import Level, public_level
from bot.texts.catalogue import Markup, plain, say
from handlers.people.buttons import button, keyboard, named
from handlers.people.callbacks import ChoosePlace, ChooseRole, SendRequest
from handlers.people.joining import ask_consent
from handlers.people.refusals import already_registered
from handlers.people.requests import request_sent
from handlers.rows import pager
from handlers.showing import show, toast


def build_router() -> Router:
    router = Router(name="places")
    router.callback_query.register(on_place, ChoosePlace.filter())
    router.callback_query.register(on_role, ChooseRole.filter())
    router.callback_query.register(on_send, SendRequest.filter())
    return router


async def choose_place(
    storage: Storage, at: ChoosePlace, *, is_first: bool = False
) -> tuple[Markup, InlineKeyboardMarkup | None]:
    """The level that a newcomer sees; on the first one he is greeted."""
    level = await public_level(storage, unit_id=UnitId(at.unit) if at.unit else None, page=at.page)
    if level.here is None and not level.below:
        return say("start-empty-network"), None
    buttons = [[named(child.unit.title, ChoosePlace(unit=child.unit.id))] for child in level.below]
    here = level.here
    if here is not None and here.unit.kind is UnitKind.SCHOOL:
        roles = [ChooseRole(unit=here.unit.id, role=role) for role in roles_in(here.unit.kind)]
        buttons = [[button("role-button", one, role=one.role.value)] for one in roles]
    turn = pager(level.page, level.pages, lambda page: ChoosePlace(unit=at.unit, page=page))
    text = _question(level)
    if is_first:
        text = Markup(f"{say('start-without-link')}\n\n{text}")
    return text, keyboard(*buttons, turn, _back(level))


async def on_place(query: CallbackQuery, callback_data: ChoosePlace, app_storage: Storage) -> None:
    screen = await choose_place(app_storage, callback_data)
    await toast(query)
    await show(query, *screen)


async def on_role(
    query: CallbackQuery,
    callback_data: ChooseRole,
    actor: Actor | None,
    state: FSMContext,
    app_storage: Storage,
    settings: Settings,
) -> None:
    """A stranger is asked for his consent and name; somebody known only whether he is sure."""
    level = await public_level(app_storage, unit_id=UnitId(callback_data.unit))
    await toast(query)
    assert level.here is not None, "a unit was named"
    place, role = level.here.unit.title, callback_data.role
    if actor is None and isinstance(query.message, Message):
        joins = {"unit": callback_data.unit, "place": place, "role": role.value}
        await ask_consent(query.message, state, settings, joins)
        return
    send = button("button-send-request", SendRequest(unit=callback_data.unit, role=role))
    back = button("button-back", ChoosePlace(unit=callback_data.unit))
    text = say("request-confirm", place=place, role=plain("role-name", role=role.value))
    await show(query, text, keyboard([send], [back]))


async def on_send(
    query: CallbackQuery,
    callback_data: SendRequest,
    actor: Actor | None,
    app_storage: Storage,
    settings: Settings,
    now: datetime,
) -> None:
    if actor is None:
        await toast(query, "fallback-button", alert=True)
        return
    screen: tuple[Markup, InlineKeyboardMarkup | None]
    try:
        asked = await request_joining(
            app_storage,
            applicant=actor,
            unit_id=UnitId(callback_data.unit),
            role=callback_data.role,
            owner_accounts=settings.owner_ids,
            now=now,
        )
        screen = request_sent(asked, callback_data.role)
    except AlreadyMemberError as error:
        screen = already_registered(error), None
    await toast(query)
    await show(query, *screen)


def _question(level: Level) -> Markup:
    if level.here is None:
        return say("place-choose-region")
    unit = level.here.unit
    if unit.kind is UnitKind.SCHOOL:
        return say("place-choose-role", place=unit.title)
    if not level.below:
        return say("place-empty", place=unit.title)
    below = "municipality" if unit.kind is UnitKind.REGION else "school"
    return say(f"place-choose-{below}", place=unit.title)


def _back(level: Level) -> list[InlineKeyboardButton]:
    if level.above:
        return [button("button-back", ChoosePlace(unit=level.above[-1].id))]
    return [button("button-back", ChoosePlace())] if level.here is not None and level.has_sisters else []
