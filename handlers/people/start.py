"""/start, alone or with what a link carries."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.filters import Command, CommandObject, CommandStart, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message, User

from bot.config import Settings
from bot.domain.joining import AlreadyMemberError, InvitationRefusedError, is_token
from bot.domain.network import Actor, Reach
from bot.ports.storage import Storage
from bot.services.list_matters import list_matters
from bot.services.note_reach import note_reach
from bot.services.open_invitation import OpenedInvitation, open_invitation
from bot.services.request_joining import waiting_request
from bot.texts.catalogue import Markup, plain, say
from handlers.commands import help_text
from handlers.people.buttons import button, keyboard
from handlers.people.callbacks import ChoosePlace, JoinMore, WithdrawRequest
from handlers.people.joining import ask_consent
from handlers.people.places import choose_place
from handlers.people.refusals import already_registered, refused_invitation
from handlers.people.states import Editing, Joining


def build_router() -> Router:
    router = Router(name="start")
    router.message.register(on_link, CommandStart(deep_link=True))
    router.message.register(on_start, CommandStart())
    router.message.register(on_cancel, Command("cancel"), StateFilter(Joining, Editing))
    return router


async def on_link(
    message: Message,
    command: CommandObject,
    state: FSMContext,
    actor: Actor | None,
    app_storage: Storage,
    settings: Settings,
) -> None:
    await state.clear()
    token = (command.args or "").strip()
    if not is_token(token):
        await message.answer(say("start-bad-link"))
        return
    try:
        opened = await open_invitation(app_storage, token=token, actor=actor)
    except AlreadyMemberError as error:
        await message.answer(already_registered(error))
    except InvitationRefusedError as error:
        await message.answer(refused_invitation(error, actor, settings))
    else:
        await (_greet(message, state, settings, opened) if actor is None else _offer_more(message, state, opened))


async def on_start(
    message: Message,
    state: FSMContext,
    actor: Actor | None,
    app_storage: Storage,
    settings: Settings,
    reader: ZoneInfo,
    now: datetime,
) -> None:
    await state.clear()
    if actor is not None:
        await _welcome_back(message, actor, app_storage, reader, now)
    elif _sender(message).id in settings.owner_ids:
        await message.answer(say("start-owner"))
        await ask_consent(message, state, settings, {})
    else:
        text, buttons = await choose_place(app_storage, ChoosePlace(), is_first=True)
        if buttons is not None:
            await state.set_state(Joining.placing)
        await message.answer(text, reply_markup=buttons)


async def on_cancel(message: Message, actor: Actor | None, state: FSMContext) -> None:
    """A newcomer is told that nothing of him was kept."""
    await state.clear()
    await message.answer(say("joining-cancelled" if actor is None else "editing-cancelled"))


async def _greet(message: Message, state: FSMContext, settings: Settings, opened: OpenedInvitation) -> None:
    invitation = opened.invitation
    place = ", ".join([invitation.unit.title, *(unit.title for unit in reversed(opened.above))])
    await message.answer(say("start-by-link", place=place, role=plain("role-name", role=invitation.role.value)))
    joins = {"token": invitation.token, "place": invitation.unit.title, "role": invitation.role.value}
    if opened.known_name is not None:
        joins["name"] = opened.known_name
    await ask_consent(message, state, settings, joins)


async def _offer_more(message: Message, state: FSMContext, opened: OpenedInvitation) -> None:
    invitation = opened.invitation
    await state.set_state(Joining.adding)
    await state.set_data({"token": invitation.token})
    buttons = keyboard(
        [button("button-join-more", JoinMore(is_wanted=True)), button("button-join-no", JoinMore(is_wanted=False))]
    )
    role = plain("role-name", role=invitation.role.value)
    await message.answer(say("join-more", place=invitation.unit.title, role=role), reply_markup=buttons)


async def _welcome_back(message: Message, actor: Actor, storage: Storage, reader: ZoneInfo, now: datetime) -> None:
    if actor.person.reach is not Reach.REACHABLE:
        await note_reach(storage, person_id=actor.person.id, reach=Reach.REACHABLE, now=now)
    greeting = say("start-again", name=actor.person.full_name)
    waiting = await waiting_request(storage, actor=actor)
    if waiting is not None:
        role = plain("role-name", role=waiting.role.value)
        text = say("start-waiting", place=waiting.unit.title, role=role)
        await message.answer(text, reply_markup=keyboard([button("button-withdraw", WithdrawRequest())]))
    elif not actor.memberships and not actor.is_owner:
        find = keyboard([button("button-find-school", ChoosePlace())])
        await message.answer(Markup(f"{greeting}\n\n{say('start-nowhere')}"), reply_markup=find)
    else:
        owed = await list_matters(storage, actor=actor, answered=False, page=1, reader=reader, now=now)
        parts = [greeting, say("start-owed", n=owed.total)] if owed.total else [greeting]
        await message.answer(Markup("\n\n".join([*parts, help_text(actor)])))


def _sender(message: Message) -> User:
    assert message.from_user is not None, "a private chat has its person"
    return message.from_user
