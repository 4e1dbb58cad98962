"""/invite: a place, a role, and the link with its QR picture."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, InlineKeyboardMarkup, Message

from bot.domain.ids import InvitationId, UnitId
from bot.domain.network import Actor, roles_in
from bot.ports.invitations import Invitation
from bot.ports.storage import Storage
from bot.services.invite import invite, revoke_invitation
from bot.services.show_network import show_network
from bot.texts.catalogue import Markup, plain, say
from handlers.filters import IsCoordinator
from handlers.people.buttons import button, keyboard, named
from handlers.people.callbacks import InviteRole, InviteTo, RevokeLink
from handlers.people.levels import has_way_up, parent_of
from handlers.rows import pager
from handlers.showing import show, toast


def build_router() -> Router:
    router = Router(name="inviting")
    router.message.filter(IsCoordinator())
    router.callback_query.filter(IsCoordinator())
    router.message.register(on_invite, Command("invite"))
    router.callback_query.register(on_place, InviteTo.filter())
    router.callback_query.register(on_role, InviteRole.filter())
    router.callback_query.register(on_revoke, RevokeLink.filter())
    return router


async def on_invite(message: Message, actor: Actor, app_storage: Storage, state: FSMContext) -> None:
    await state.clear()
    text, buttons = await _screen(app_storage, actor, InviteTo())
    await message.answer(text, reply_markup=buttons)


async def on_place(query: CallbackQuery, callback_data: InviteTo, actor: Actor, app_storage: Storage) -> None:
    screen = await _screen(app_storage, actor, callback_data)
    await toast(query)
    await show(query, *screen)


async def on_role(
    query: CallbackQuery,
    callback_data: InviteRole,
    actor: Actor,
    app_storage: Storage,
    bot: Bot,
    now: datetime,
    qr_png: Callable[[str], bytes],
) -> None:
    unit_id = UnitId(callback_data.unit)
    invitation = await invite(app_storage, actor=actor, unit_id=unit_id, role=callback_data.role, now=now)
    await toast(query)
    link = await link_to(bot, invitation.token)
    revoke = keyboard([button("button-revoke", RevokeLink(invitation=invitation.id))])
    picture = BufferedInputFile(qr_png(link), "invitation.png")
    caption = _words("invite-link", invitation, link=link)
    await bot.send_photo(query.from_user.id, picture, caption=caption, reply_markup=revoke)


async def on_revoke(
    query: CallbackQuery, callback_data: RevokeLink, actor: Actor, app_storage: Storage, bot: Bot, now: datetime
) -> None:
    """The first tap asks once more by changing the button; the picture stays, only its words change."""
    chat, message = query.from_user.id, query.message
    invitation_id = InvitationId(callback_data.invitation)
    if message is None:
        await toast(query, "fallback-button", alert=True)
        return
    if not callback_data.is_sure:
        await toast(query)
        sure = button("button-revoke-sure", RevokeLink(invitation=invitation_id, is_sure=True))
        await bot.edit_message_reply_markup(chat_id=chat, message_id=message.message_id, reply_markup=keyboard([sure]))
        return
    invitation = await revoke_invitation(app_storage, actor=actor, invitation_id=invitation_id, now=now)
    await toast(query)
    caption = _words("invite-revoked", invitation)
    await bot.edit_message_caption(chat_id=chat, message_id=message.message_id, caption=caption)


async def link_to(bot: Bot, token: str) -> str:
    """The address that opens this bot with an invitation."""
    return f"https://t.me/{(await bot.me()).username}?start={token}"


async def _screen(storage: Storage, actor: Actor, at: InviteTo) -> tuple[Markup, InlineKeyboardMarkup]:
    level = await show_network(storage, actor=actor, unit_id=UnitId(at.unit) if at.unit else None, page=at.page)
    rows = [[named(child.unit.title, InviteTo(unit=child.unit.id))] for child in level.below]
    if level.here is None:
        turn = pager(level.page, level.pages, lambda page: InviteTo(page=page))
        return say("invite-where"), keyboard(*rows, turn)
    unit = level.here.unit
    roles = [
        [button("button-invite-role", InviteRole(unit=unit.id, role=role), role=plain("role-name", role=role.value))]
        for role in roles_in(unit.kind)
    ]
    turn = pager(level.page, level.pages, lambda page: InviteTo(unit=unit.id, page=page))
    back = [button("button-back", InviteTo(unit=parent_of(level)))] if has_way_up(level, actor) else []
    return say("invite-here", place=unit.title), keyboard(*roles, *rows, turn, back)


def _words(key: str, invitation: Invitation, **values: str) -> Markup:
    role = plain("role-name", role=invitation.role.value)
    return say(key, place=invitation.unit.title, role=role, **values)
