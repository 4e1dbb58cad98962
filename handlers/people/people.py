"""/people: who is where, who cannot be reached, who waits to be let in."""

from __future__ import annotations

from datetime import datetime

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.config import Settings
from bot.domain.ids import MembershipId, UnitId
from bot.domain.network import Actor
from bot.ports.people import Member
from bot.ports.storage import Storage
from bot.services.show_network import show_network
from bot.services.show_people import (
    OwnMembershipError,
    PeoplePage,
    remove_member,
    show_member,
    show_people,
    show_requests,
    show_unreachable,
)
from bot.services.tag import TagPlace, show_tags
from bot.texts.catalogue import Markup, plain, say
from bot.texts.naming import shown_name
from handlers.filters import IsCoordinator
from handlers.people.buttons import button, keyboard, named
from handlers.people.callbacks import (
    MembersOf,
    OpenMember,
    OpenRequest,
    PeopleAt,
    RemoveMember,
    Requests,
    Unreachable,
)
from handlers.people.inviting import link_to
from handlers.people.levels import above, child_label, counts, has_way_up, parent_of
from handlers.people.states import Editing
from handlers.people.tags import ShowTags, tag_lines
from handlers.rows import Row, pager
from handlers.showing import show, toast

Screen = tuple[Markup, InlineKeyboardMarkup]


def build_router() -> Router:
    router = Router(name="people")
    router.message.filter(IsCoordinator())
    router.callback_query.filter(IsCoordinator())
    router.message.register(on_people, Command("people"))
    router.callback_query.register(on_level, PeopleAt.filter())
    router.callback_query.register(on_members, MembersOf.filter())
    router.callback_query.register(on_unreachable, Unreachable.filter())
    router.callback_query.register(on_requests, Requests.filter())
    router.callback_query.register(on_member, OpenMember.filter())
    router.callback_query.register(on_remove, RemoveMember.filter())
    return router


async def on_people(
    message: Message, actor: Actor, app_storage: Storage, settings: Settings, state: FSMContext
) -> None:
    await state.clear()
    text, buttons = await _level(app_storage, actor, PeopleAt(), settings)
    await message.answer(text, reply_markup=buttons)


async def on_level(
    query: CallbackQuery, callback_data: PeopleAt, actor: Actor, app_storage: Storage, settings: Settings
) -> None:
    screen = await _level(app_storage, actor, callback_data, settings)
    await toast(query)
    await show(query, *screen)


async def on_members(
    query: CallbackQuery, callback_data: MembersOf, actor: Actor, app_storage: Storage, settings: Settings
) -> None:
    screen = await _members(app_storage, actor, callback_data, settings)
    await toast(query)
    await show(query, *screen)


async def on_unreachable(
    query: CallbackQuery, callback_data: Unreachable, actor: Actor, app_storage: Storage, settings: Settings
) -> None:
    page = await show_unreachable(app_storage, actor=actor, page=callback_data.page)
    await toast(query)
    text = say("people-unreachable-title" if page.members else "people-unreachable-none")
    turn = pager(page.page, page.pages, lambda number: Unreachable(page=number))
    await show(query, text, keyboard(*_rows(page, settings), turn, [button("button-back", PeopleAt())]))


async def on_requests(query: CallbackQuery, actor: Actor, app_storage: Storage, settings: Settings) -> None:
    requests = await show_requests(app_storage, actor=actor)
    await toast(query)
    rows = []
    for one in requests:
        name = shown_name(one.full_name, one.person_id, without_personal_data=settings.without_personal_data)
        label = plain("people-request-row", name=name, role=plain("role-name", role=one.role.value))
        rows.append([named(label, OpenRequest(request=one.id))])
    text = say("people-requests-title" if requests else "people-requests-none")
    await show(query, text, keyboard(*rows, [button("button-back", PeopleAt())]))


async def on_member(
    query: CallbackQuery,
    callback_data: OpenMember,
    actor: Actor,
    app_storage: Storage,
    settings: Settings,
    bot: Bot,
    state: FSMContext,
) -> None:
    """Also the way out of typing a tag."""
    if await state.get_state() in (Editing.tag.state, Editing.programme.state):
        await state.clear()
    card = await show_member(app_storage, actor=actor, membership_id=MembershipId(callback_data.membership))
    await toast(query)
    places = "\n".join(
        say("place-line", place=one.unit.title, role=plain("role-name", role=one.role.value))
        for one in card.memberships
    )
    reach = plain("people-state", reach=card.member.reach.value)
    text = say("people-card", name=_name(card.member, settings), state=reach, places=Markup(places))
    tagged = await show_tags(
        app_storage, actor=actor, place=TagPlace(membership_id=MembershipId(callback_data.membership))
    )
    if lines := tag_lines(tagged):
        text = Markup("\n".join([text, *lines]))
    if card.token is not None:
        text = Markup(f"{text}\n\n{say('people-card-link', link=await link_to(bot, card.token))}")
    removals = [
        [button("button-remove-member", RemoveMember(membership=one.id), place=one.unit.title)]
        for one in card.memberships
        if one.person_id != actor.person.id
    ]
    back = button("button-back", MembersOf(unit=card.member.membership.unit.id))
    tags = button("button-tags-person", ShowTags(member=callback_data.membership))
    await show(query, text, keyboard([tags], *removals, [back]))


async def on_remove(
    query: CallbackQuery,
    callback_data: RemoveMember,
    actor: Actor,
    app_storage: Storage,
    settings: Settings,
    now: datetime,
) -> None:
    """Asked once more before it is done."""
    membership_id = MembershipId(callback_data.membership)
    if not callback_data.is_sure:
        member = (await show_member(app_storage, actor=actor, membership_id=membership_id)).member
        await toast(query)
        sure = button("button-remove-member-sure", RemoveMember(membership=membership_id, is_sure=True))
        cancel = button("button-cancel", OpenMember(membership=membership_id))
        await show(query, _question(member, settings), keyboard([sure], [cancel]))
        return
    try:
        member = await remove_member(app_storage, actor=actor, membership_id=membership_id, now=now)
    except OwnMembershipError:
        await toast(query, "people-own-membership", alert=True)
        return
    await toast(query, "people-removed-toast")
    back = MembersOf(unit=member.membership.unit.id)
    await show(query, *await _members(app_storage, actor, back, settings))


async def _level(storage: Storage, actor: Actor, at: PeopleAt, settings: Settings) -> Screen:
    """A school shows its people at once; above it one chooses where to look."""
    level = await show_network(storage, actor=actor, unit_id=UnitId(at.unit) if at.unit else None, page=at.page)
    if level.here is not None and not level.below:
        return await _members(storage, actor, MembersOf(unit=level.here.unit.id), settings)
    rows = [[named(child_label(child), PeopleAt(unit=child.unit.id))] for child in level.below]
    extra: Row = [button("button-requests", Requests()), button("button-unreachable", Unreachable())]
    if level.here is None:
        return say("people-where"), keyboard(
            *rows, pager(level.page, level.pages, lambda page: PeopleAt(page=page)), extra
        )
    unit = level.here.unit
    text = say("people-here", above=above(level), title=unit.title, counts=counts(level.here))
    turn = pager(level.page, level.pages, lambda page: PeopleAt(unit=unit.id, page=page))
    here = [button("button-people", MembersOf(unit=unit.id))]
    back = [button("button-back", PeopleAt(unit=parent_of(level)))] if has_way_up(level, actor) else []
    return text, keyboard(*rows, turn, here, extra, back)


async def _members(storage: Storage, actor: Actor, at: MembersOf, settings: Settings) -> Screen:
    page = await show_people(storage, actor=actor, unit_id=UnitId(at.unit), page=at.page)
    level = await show_network(storage, actor=actor, unit_id=UnitId(at.unit))
    assert level.here is not None, "a unit was named"
    text = say("people-here", above=above(level), title=level.here.unit.title, counts=counts(level.here))
    legend = say("people-legend" if page.members else "people-nobody")
    turn = pager(page.page, page.pages, lambda number: MembersOf(unit=at.unit, page=number))
    up = PeopleAt(unit=at.unit) if level.below else PeopleAt(unit=parent_of(level))
    extra: Row = [button("button-requests", Requests()), button("button-unreachable", Unreachable())]
    is_top = not level.below and not has_way_up(level, actor)
    rows = [extra] if is_top else [[button("button-back", up)]]
    return Markup(f"{text}\n\n{legend}"), keyboard(*_rows(page, settings), turn, *rows)


def _rows(page: PeoplePage, settings: Settings) -> list[Row]:
    rows = []
    for member in page.members:
        mark = plain("people-mark", reach=member.reach.value)
        role = plain("role-name", role=member.membership.role.value)
        label = plain("people-row", mark=mark, name=_name(member, settings), role=role)
        rows.append([named(label, OpenMember(membership=member.membership.id))])
    return rows


def _question(member: Member, settings: Settings) -> Markup:
    role = plain("role-name", role=member.membership.role.value)
    return say("people-remove-ask", place=member.membership.unit.title, name=_name(member, settings), role=role)


def _name(member: Member, settings: Settings) -> str:
    return shown_name(
        member.full_name, member.membership.person_id, without_personal_data=settings.without_personal_data
    )
