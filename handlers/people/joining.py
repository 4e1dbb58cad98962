"""A newcomer by link: consent, name, confirmation. Four taps and one typed name in all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters import Command, StateFilter, and_f
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message, User

from bot.config import Settings
from bot.domain import names
from bot.domain.consent import CONSENT_VERSION
from bot.domain.ids import UnitId
from bot.domain.joining import AlreadyMemberError, InvitationRefusedError
from bot.domain.names import BadNameError
from bot.domain.network import Actor, QuietHours, Role
from bot.ports.storage import Storage
from bot.services.register_person import Joined, join_by_link, register_by_link, register_owner
from bot.services.request_joining import Newcomer, request_joining
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import short_day
from handlers.people.buttons import button, keyboard, named
from handlers.people.callbacks import ConfirmJoining, GiveConsent, JoinMore, TakeName
from handlers.people.refusals import already_registered, refused_invitation
from handlers.people.requests import request_sent
from handlers.people.states import REGISTERING, Joining
from handlers.showing import show, toast
from handlers.typing_line import IS_LINE


def build_router() -> Router:
    router = Router(name="joining")
    router.callback_query.register(on_consent, GiveConsent.filter(), Joining.consenting)
    router.callback_query.register(on_suggested_name, TakeName.filter(F.is_suggested), Joining.naming)
    router.callback_query.register(on_another_name, TakeName.filter(~F.is_suggested), Joining.confirming)
    router.message.register(on_name, Joining.naming, F.text, ~F.text.startswith("/"))
    router.message.register(on_no_name, Joining.naming, ~F.text)
    by_button = StateFilter(Joining.placing, Joining.consenting, Joining.confirming, Joining.adding)
    router.message.register(on_typed_at_buttons, IS_LINE, by_button)
    of_others = and_f(F.text.startswith("/"), ~Command("start", "cancel"))
    router.message.register(on_typed_at_buttons, of_others, StateFilter(*REGISTERING))
    router.callback_query.register(on_confirmed, ConfirmJoining.filter(), Joining.confirming)
    router.callback_query.register(on_join_more, JoinMore.filter(), Joining.adding)
    return router


async def ask_consent(message: Message, state: FSMContext, settings: Settings, joins: Mapping[str, Any]) -> None:
    """The first step, in a message of its own. ``joins``: what the newcomer joins by, kept in his dialogue."""
    await state.set_state(Joining.consenting)
    await state.set_data(dict(joins))
    await message.answer(consent_text(settings), reply_markup=_consent_buttons())


def consent_text(settings: Settings) -> Markup:
    contact = settings.operator_contact or "none"
    return say("consent-text", version=str(CONSENT_VERSION), operator=settings.operator_name, contact=contact)


async def on_consent(
    query: CallbackQuery,
    callback_data: GiveConsent,
    state: FSMContext,
    settings: Settings,
    reader: ZoneInfo,
    now: datetime,
) -> None:
    """A consent to an older wording asks again with the present one."""
    await toast(query)
    if not callback_data.is_given:
        await state.clear()
        await show(query, say("consent-refused"))
        return
    if callback_data.version != CONSENT_VERSION:
        await show(query, consent_text(settings), _consent_buttons())
        return
    agreed = say("consent-agreed", date=short_day(now.astimezone(reader).date()))
    await show(query, Markup(f"{consent_text(settings)}\n\n{agreed}"))
    data = await state.update_data(consent_version=callback_data.version)
    if data.get("name"):  # a personal link knows it
        await _ask_confirmation(query, state, str(data["name"]))
    else:
        await _ask_name(query, state)


async def on_suggested_name(query: CallbackQuery, state: FSMContext) -> None:
    await toast(query)
    if names.is_likely_full_name(query.from_user.full_name):
        await _ask_confirmation(query, state, names.full_name(query.from_user.full_name))
    else:  # he has renamed himself since the button was shown
        await _ask_name(query, state)


async def on_another_name(query: CallbackQuery, state: FSMContext) -> None:
    await toast(query)
    await _ask_name(query, state)


async def on_name(message: Message, state: FSMContext) -> None:
    try:
        name = names.full_name(message.text or "")
    except BadNameError as error:
        await message.answer(say(f"name-{error.problem.value}"))
        return
    await _ask_confirmation(message, state, name)


async def on_typed_at_buttons(message: Message, state: FSMContext) -> None:
    """Who writes where a button is awaited, or taps a command before he is registered, is told what comes next."""
    step = (await state.get_state() or "").rpartition(":")[2]
    is_request = "unit" in await state.get_data()
    await message.answer(say("joining-by-button", step="requesting" if step == "confirming" and is_request else step))


async def on_no_name(message: Message) -> None:
    await message.answer(say("name-not-text"))


async def on_confirmed(
    query: CallbackQuery,
    state: FSMContext,
    actor: Actor | None,
    app_storage: Storage,
    settings: Settings,
    now: datetime,
) -> None:
    data = await state.get_data()
    try:
        text, buttons = await _join(query.from_user, data, app_storage, settings, now)
    except AlreadyMemberError as error:
        text, buttons = already_registered(error), None
    except InvitationRefusedError as error:
        text, buttons = refused_invitation(error, actor, settings), None
    await toast(query)
    await state.clear()
    await show(query, text, buttons)


async def on_join_more(
    query: CallbackQuery,
    callback_data: JoinMore,
    state: FSMContext,
    actor: Actor | None,
    app_storage: Storage,
    settings: Settings,
    now: datetime,
) -> None:
    await toast(query)
    token = str((await state.get_data()).get("token"))
    await state.clear()
    if actor is None or not callback_data.is_wanted:
        await show(query, say("join-more-declined"))
        return
    try:
        joined = await join_by_link(app_storage, actor=actor, token=token, now=now)
    except AlreadyMemberError as error:
        await show(query, already_registered(error))
    except InvitationRefusedError as error:
        await show(query, refused_invitation(error, actor, settings))
    else:
        await show(query, say("joined-more", place=_place(joined), role=_role(joined.role)))


async def _join(
    user: User, data: Mapping[str, Any], storage: Storage, settings: Settings, now: datetime
) -> tuple[Markup, InlineKeyboardMarkup | None]:
    """By whatever the newcomer came: a link, the owner's setting, or a place he has found himself."""
    name, version = str(data["name"]), int(data["consent_version"])
    if "unit" in data:
        asked = await request_joining(
            storage,
            applicant=Newcomer(user.id, name, version),
            unit_id=UnitId(int(data["unit"])),
            role=Role(data["role"]),
            owner_accounts=settings.owner_ids,
            now=now,
        )
        return request_sent(asked, Role(data["role"]))
    if "token" in data:
        joined = await register_by_link(
            storage, account=user.id, token=str(data["token"]), full_name=name, consent_version=version, now=now
        )
        return _welcome(joined), None
    is_owner = user.id in settings.owner_ids
    joined = await register_owner(
        storage, account=user.id, is_owner=is_owner, full_name=name, consent_version=version, now=now
    )
    return Markup(f"{say('joined-owner', name=joined.full_name)}\n\n{say('joined-next')}"), None


def _welcome(joined: Joined) -> Markup:
    hours = QuietHours()
    text = say(
        "joined",
        name=joined.full_name,
        place=_place(joined),
        role=_role(joined.role),
        **{"from": f"{hours.start:%H:%M}", "to": f"{hours.end:%H:%M}"},
    )
    return Markup(f"{text}\n\n{say('joined-next')}")


async def _ask_name(query: CallbackQuery, state: FSMContext) -> None:
    await state.set_state(Joining.naming)
    suggestion = query.from_user.full_name
    is_usable = names.is_likely_full_name(suggestion)
    text = say("name-ask-suggested" if is_usable else "name-ask")
    buttons = keyboard([named(suggestion, TakeName(is_suggested=True))]) if is_usable else None
    await _send(query, text, buttons)


async def _ask_confirmation(event: Message | CallbackQuery, state: FSMContext, name: str) -> None:
    await state.set_state(Joining.confirming)
    data = await state.update_data(name=name)
    confirm = "button-send-request" if "unit" in data else "button-confirm"
    buttons = keyboard([button(confirm, ConfirmJoining())], [button("button-fix-name", TakeName(is_suggested=False))])
    if "place" in data:
        text = say("confirm-joining", name=name, place=str(data["place"]), role=_role(Role(data["role"])))
    else:
        text = say("confirm-owner", name=name)
    await _send(event, text, buttons)


async def _send(event: Message | CallbackQuery, text: Markup, buttons: InlineKeyboardMarkup | None) -> None:
    assert event.bot is not None, "an event of a dispatcher carries its bot"
    assert event.from_user is not None, "a private chat has its person"
    await event.bot.send_message(event.from_user.id, text, reply_markup=buttons)


def _consent_buttons() -> InlineKeyboardMarkup:
    return keyboard(
        [
            button("button-agree", GiveConsent(is_given=True, version=CONSENT_VERSION)),
            button("button-disagree", GiveConsent(is_given=False, version=CONSENT_VERSION)),
        ]
    )


def _place(joined: Joined) -> str:
    return "" if joined.unit is None else joined.unit.title


def _role(role: Role | None) -> str:
    return plain("role-owner") if role is None else plain("role-name", role=role.value)
