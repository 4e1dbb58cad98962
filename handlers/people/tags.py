"""«🏷 Метки» of a school and of a person, and his programme: with one tap, or typed."""

from __future__ import annotations

from enum import StrEnum
from zlib import crc32

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.domain.ids import MembershipId, UnitId
from bot.domain.tags import BadTagError
from bot.services.tag import Tagged, TagPlace, put_tag, set_programme, show_tags, take_tag
from bot.texts.catalogue import Markup, plain, say
from handlers.filters import IsCoordinator
from handlers.people.buttons import button, keyboard, named
from handlers.people.callbacks import OpenMember, OpenUnit
from handlers.people.states import Editing
from handlers.rows import Row, in_rows
from handlers.scene import Scene, SceneMiddleware
from handlers.showing import show, toast
from handlers.typing_line import IS_LINE, drop_by_cancel

Screen = tuple[Markup, InlineKeyboardMarkup]

_KNOWN = 20


class TagAct(StrEnum):
    SHOW = "s"
    PUT = "p"
    TAKE = "t"
    PROGRAMME = "g"  # the list of programmes
    CHOOSE = "c"
    NO_PROGRAMME = "n"


class ShowTags(CallbackData, prefix="ptg"):
    """Of a unit, or of a membership (then ``unit`` is 0). ``word``: the checksum of a tag or a programme."""

    unit: int = 0
    member: int = 0
    act: TagAct = TagAct.SHOW
    word: str = ""


def build_router() -> Router:
    router = Router(name="tags")
    for observer in (router.message, router.callback_query):
        observer.filter(IsCoordinator())
        observer.middleware(SceneMiddleware())
    drop_by_cancel(router, Editing.tag, Editing.programme, words="tags-left")
    states = StateFilter(Editing.tag, Editing.programme)
    router.message.register(on_typed, IS_LINE, states)
    router.message.register(on_no_words, ~F.text, states)
    router.callback_query.register(on_show, ShowTags.filter(F.act.in_({TagAct.SHOW, TagAct.PROGRAMME})))
    router.callback_query.register(on_change, ShowTags.filter())
    return router


def tag_lines(there: Tagged) -> list[Markup]:
    """What the card of a person says of them; nothing where there is nothing."""
    lines = [say("people-tags", words=_words(there.tags))] if there.tags else []
    return [*lines, say("people-programme", words=there.programme)] if there.programme else lines


async def on_show(query: CallbackQuery, callback_data: ShowTags, scene: Scene) -> None:
    screen = await _screen(scene, callback_data, is_programme=callback_data.act is TagAct.PROGRAMME)
    await toast(query)
    await show(query, *screen)


async def on_change(query: CallbackQuery, callback_data: ShowTags, scene: Scene) -> None:
    """A word that is gone meanwhile changes nothing: the screen is shown as it is now."""
    at, act = callback_data, callback_data.act
    there = await _there(scene, at)
    try:
        await _change(scene, at, there)
        await toast(query, "me-saved-toast")
    except BadTagError as refusal:
        await toast(query, f"tag-{refusal.problem.value}", alert=True)
    is_programme = act in (TagAct.CHOOSE, TagAct.NO_PROGRAMME)
    await show(query, *await _screen(scene, at, is_programme=is_programme))


async def on_typed(message: Message, scene: Scene) -> None:
    """Several tags at once stand on lines of their own or between commas."""
    asked = await scene.state.get_data()
    at = ShowTags(unit=asked["unit"], member=asked["member"])
    is_programme = await scene.state.get_state() == Editing.programme.state
    try:
        if is_programme:
            member, title = MembershipId(at.member), message.text or ""
            await set_programme(scene.storage, actor=scene.actor, membership_id=member, title=title, now=scene.now)
        else:
            for word in (message.text or "").replace("\n", ",").split(","):
                await put_tag(scene.storage, actor=scene.actor, place=_place(at), word=word, now=scene.now)
        text, buttons = await _screen(scene, at, is_programme=is_programme)
    except BadTagError as refusal:
        _, buttons = await _screen(scene, at, is_programme=is_programme)
        problem = refusal.problem.value
        text = say(f"programme-{problem}") if is_programme else say(f"tag-{problem}")
    await message.answer(text, reply_markup=buttons)


async def on_no_words(message: Message) -> None:
    await message.answer(say("tag-empty"))


async def _change(scene: Scene, at: ShowTags, there: Tagged) -> None:
    """Raises BadTagError."""
    words = {TagAct.PUT: there.known, TagAct.TAKE: there.tags, TagAct.CHOOSE: there.programmes}.get(at.act, ())
    word = next((one for one in words if _checksum(one) == at.word), None)
    match at.act:
        case TagAct.PUT if word is not None:
            await put_tag(scene.storage, actor=scene.actor, place=_place(at), word=word, now=scene.now)
        case TagAct.TAKE if word is not None:
            await take_tag(scene.storage, actor=scene.actor, place=_place(at), word=word, now=scene.now)
        case TagAct.CHOOSE | TagAct.NO_PROGRAMME if at.member and (word or at.act is TagAct.NO_PROGRAMME):
            membership_id = MembershipId(at.member)
            await set_programme(
                scene.storage, actor=scene.actor, membership_id=membership_id, title=word, now=scene.now
            )
        case _:
            return


async def _there(scene: Scene, at: ShowTags) -> Tagged:
    return await show_tags(scene.storage, actor=scene.actor, place=_place(at))


def _place(at: ShowTags) -> TagPlace:
    return TagPlace(membership_id=MembershipId(at.member)) if at.member else TagPlace(unit_id=UnitId(at.unit))


async def _screen(scene: Scene, at: ShowTags, *, is_programme: bool) -> Screen:
    """What stands, with a cross each, and what else is known; words typed now are one more."""
    there = await _there(scene, at)
    is_programme = is_programme and at.member != 0
    await scene.state.set_state(Editing.programme if is_programme else Editing.tag)
    await scene.state.set_data({"unit": at.unit, "member": at.member})
    if is_programme:
        return _programme_screen(at, there)
    rows: list[Row] = [[_button(at, TagAct.TAKE, word, "button-tag-take")] for word in there.tags]
    rows += in_rows([_button(at, TagAct.PUT, word, "button-tag-put") for word in there.known[:_KNOWN]], 2)
    if at.member:
        rows.append([button("button-programme", ShowTags(member=at.member, act=TagAct.PROGRAMME))])
        rows.append([button("button-back", OpenMember(membership=at.member))])
        text = say("tags-of-person", name=there.full_name or "", place=there.unit.title, words=_words(there.tags))
    else:
        rows.append([button("button-back", OpenUnit(unit=at.unit))])
        text = say("tags-of-unit", place=there.unit.title, words=_words(there.tags))
    return text, keyboard(*rows)


def _programme_screen(at: ShowTags, there: Tagged) -> Screen:
    rows = [
        [_button(at, TagAct.CHOOSE, one, "ticked" if one == there.programme else "unticked")]
        for one in there.programmes[:_KNOWN]
    ]
    if there.programme is not None:
        rows.append([button("button-programme-none", ShowTags(member=at.member, act=TagAct.NO_PROGRAMME))])
    rows.append([button("button-back", ShowTags(member=at.member))])
    text = say("programme-of-person", name=there.full_name or "", programme=there.programme or plain("tags-none"))
    return text, keyboard(*rows)


def _words(words: tuple[str, ...]) -> str:
    return ", ".join(words) or plain("tags-none")


def _button(at: ShowTags, act: TagAct, word: str, key: str) -> InlineKeyboardButton:
    data = ShowTags(unit=at.unit, member=at.member, act=act, word=_checksum(word))
    return named(plain(key, label=word), data)


def _checksum(word: str) -> str:
    return str(crc32(word.encode()))
