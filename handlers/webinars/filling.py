"""The fields of an event: typed, chosen, cleared or skipped. Each is saved at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from bot.domain.attendance import BadCodeWordError, CodeWordProblem, code_word, invented_word
from bot.domain.errors import OutdatedError
from bot.domain.event_drafts import DraftMaterial, EventDraft
from bot.domain.event_fields import MAX_CODE, MOST_MATERIALS, linked_material, read_seats, short_words
from bot.domain.event_times import NoHourError, read_event_dates
from bot.domain.events import EventDetails, EventKind, MaterialPhase
from bot.domain.ids import EventDraftId, UnitId
from bot.domain.profile import RUSSIAN_ZONES
from bot.domain.webinars import BadWebinarError, WebinarProblem, webinar_link
from bot.ports.event_drafts import StoredEventDraft
from bot.services.make_event import change_draft, event_draft, move_draft
from bot.texts.catalogue import say
from handlers.filters import IsCoordinator
from handlers.scene import Scene, SceneMiddleware
from handlers.showing import NO_PREVIEW, toast
from handlers.typing_line import IS_LINE
from handlers.webinars.field_screens import TYPED
from handlers.webinars.files import sent_material
from handlers.webinars.making import go_on, go_to_card, go_to_field, present, reply, turn
from handlers.webinars.making_callbacks import Act, DraftButton, Field, OpenField, PickValue
from handlers.webinars.states import MakingEvent

_ONE_MATERIAL = re.compile(r"(before|after|drop)(\d{1,2})")


def build_router() -> Router:
    router = Router(name="filling events")
    for observer in (router.message, router.callback_query):
        observer.filter(IsCoordinator())
        observer.middleware(SceneMiddleware())
    router.message.register(on_text, IS_LINE, StateFilter(MakingEvent.field))
    router.message.register(on_file, ~F.text, StateFilter(MakingEvent))
    router.callback_query.register(on_open, OpenField.filter())
    router.callback_query.register(on_pick, PickValue.filter())
    router.callback_query.register(on_skip, DraftButton.filter(F.act == Act.SKIP))
    router.callback_query.register(on_clear, DraftButton.filter(F.act == Act.CLEAR))
    return router


async def on_text(message: Message, scene: Scene) -> None:
    stored, field, is_guided = await present(scene)
    if field is None or field not in TYPED:
        await message.answer(say("event-press"))
        return
    try:
        draft = _typed(field, message.text or "", stored.draft, scene)
    except NoHourError as days:
        await _ask_the_hour(message, scene, stored, days.days, is_guided=is_guided)
        return
    except BadWebinarError as refusal:
        await _ask_again(message, scene, stored, field, refusal, is_guided=is_guided)
        return
    changed = await _save(scene, stored, draft)
    await reply(message, await go_on(scene, changed, field, is_guided=is_guided))


async def on_file(message: Message, scene: Scene) -> None:
    """At the card, and where materials are asked for, a file is one of the event's; elsewhere words are awaited."""
    stored, field, is_guided = await present(scene)
    if field not in (None, Field.MATERIALS):
        await message.answer(say("webinar-only-text"))
        return
    try:
        material = sent_material(message)
        draft = _with_material(stored.draft, material)
    except BadWebinarError as refusal:
        await _ask_again(message, scene, stored, Field.MATERIALS, refusal, is_guided=is_guided)
        return
    changed = await _save(scene, stored, draft)
    _, buttons = await go_to_field(scene, changed, Field.MATERIALS)
    await message.answer(say("event-material-added", title=material.title), reply_markup=buttons)


async def on_open(query: CallbackQuery, callback_data: OpenField, scene: Scene) -> None:
    stored = await event_draft(scene.storage, actor=scene.actor, draft_id=EventDraftId(callback_data.draft))
    await toast(query)
    await turn(query, await go_to_field(scene, stored, callback_data.field))


async def on_pick(query: CallbackQuery, callback_data: PickValue, scene: Scene) -> None:
    field, value = callback_data.field, callback_data.value
    stored = await event_draft(scene.storage, actor=scene.actor, draft_id=EventDraftId(callback_data.draft))
    is_guided = (await scene.state.get_data()).get("guided", False)
    try:
        if field is Field.UNIT and value.isdecimal():
            changed = await move_draft(
                scene.storage, actor=scene.actor, draft_id=stored.id, version=callback_data.version,
                unit_id=UnitId(int(value)), now=scene.now,
            )  # fmt: skip
        else:
            changed = await _save(scene, stored, _picked(field, value, stored.draft), version=callback_data.version)
    except OutdatedError:
        await toast(query, "event-outdated", alert=True)
        await turn(query, await go_to_card(scene, stored))
        return
    await toast(query)
    await turn(query, await go_on(scene, changed, field, is_guided=is_guided))


async def on_skip(query: CallbackQuery, callback_data: DraftButton, scene: Scene) -> None:
    stored = await event_draft(scene.storage, actor=scene.actor, draft_id=EventDraftId(callback_data.draft))
    await toast(query)
    await turn(query, await go_on(scene, stored, callback_data.field or Field.LINK, is_guided=True))


async def on_clear(query: CallbackQuery, callback_data: DraftButton, scene: Scene) -> None:
    stored = await event_draft(scene.storage, actor=scene.actor, draft_id=EventDraftId(callback_data.draft))
    clear = _CLEARED.get(callback_data.field or Field.TITLE)
    draft = clear(stored.draft) if clear else stored.draft
    try:
        stored = await _save(scene, stored, draft, version=callback_data.version)
        await toast(query)
    except OutdatedError:
        await toast(query, "event-outdated", alert=True)
    await turn(query, await go_to_card(scene, stored))


def _typed(field: Field, text: str, draft: EventDraft, scene: Scene) -> EventDraft:
    """Raises NoHourError, BadWebinarError."""
    match field:
        case Field.TITLE:
            return draft.titled(text)
        case Field.WHEN:
            zone = ZoneInfo(draft.timezone)
            dates = read_event_dates(text, zone=zone, region=draft.region, now=scene.now, days=draft.days)
            return replace(draft, dates=dates, days=None)
        case Field.LINK:
            return replace(draft, link=webinar_link(text))
        case Field.MATERIALS:
            return _with_material(draft, linked_material(text))
        case Field.SEATS:
            return _detailed(draft, seats=read_seats(text))
        case Field.CODE:
            return _detailed(draft, access_code=short_words(text, MAX_CODE))
        case Field.WORD:
            return _detailed(draft, code_word=_code_word(text), has_own_words=False)
        case Field.PLACE:
            return _detailed(draft, place=short_words(text))
        case _:
            return _detailed(draft, leader=short_words(text))


def _picked(field: Field, value: str, draft: EventDraft) -> EventDraft:
    """What a button of ``field`` makes of the draft; a forged value makes nothing."""
    details = draft.details
    if field is Field.KIND and value in set(EventKind):
        return _detailed(draft, kind=EventKind(value))
    if field is Field.ZONE and value in RUSSIAN_ZONES:
        return draft.on_clocks_of(value)
    if field is Field.ASKS and value == "reason":
        return _detailed(draft, needs_reason=not details.needs_reason)
    if field is Field.ASKS and value == "certificate":
        return _detailed(draft, gives_certificate=not details.gives_certificate)
    if field is Field.MATERIALS:
        return replace(draft, materials=_switched(draft.materials, value))
    if field is Field.WORD and value == "invent":
        return _detailed(draft, code_word=invented_word(), has_own_words=True)
    least = value.removeprefix("least")
    if field is Field.ASKS and least.isdecimal():
        return _detailed(draft, least_per_school=min(int(least), 99))
    return draft


def _code_word(text: str) -> str:
    """Raises BadWebinarError."""
    try:
        return code_word(text)
    except BadCodeWordError as refusal:
        raise BadWebinarError(_WORD_PROBLEMS[refusal.problem]) from None


_WORD_PROBLEMS = {
    CodeWordProblem.EMPTY: WebinarProblem.WORD_EMPTY,
    CodeWordProblem.TOO_LONG: WebinarProblem.WORD_TOO_LONG,
    CodeWordProblem.COMMAND: WebinarProblem.WORD_EMPTY,
    CodeWordProblem.ORDINARY: WebinarProblem.WORD_ORDINARY,
    CodeWordProblem.DECLINED: WebinarProblem.WORD_DECLINED,
}


def _switched(materials: tuple[DraftMaterial, ...], value: str) -> tuple[DraftMaterial, ...]:
    """«before3», «after3»: when the third is handed out; «drop3»: not at all."""
    found = _ONE_MATERIAL.fullmatch(value)
    if found is None or int(found[2]) >= len(materials):
        return materials
    place, rest = int(found[2]), list(materials)
    if found[1] == "drop":
        del rest[place]
    else:
        rest[place] = replace(rest[place], phase=MaterialPhase(found[1]))
    return tuple(rest)


def _detailed(draft: EventDraft, **changes: object) -> EventDraft:
    details: EventDetails = replace(draft.details, **changes)  # type: ignore[arg-type]  # fields of the details, by name
    return replace(draft, details=details)


def _with_material(draft: EventDraft, material: DraftMaterial) -> EventDraft:
    if material in draft.materials:
        return draft
    if len(draft.materials) >= MOST_MATERIALS:
        raise BadWebinarError(WebinarProblem.TOO_MANY_MATERIALS)
    return replace(draft, materials=(*draft.materials, material))


_CLEARED: dict[Field, Callable[[EventDraft], EventDraft]] = {
    Field.LINK: lambda draft: replace(draft, link=None),
    Field.MATERIALS: lambda draft: replace(draft, materials=()),
    Field.SEATS: lambda draft: _detailed(draft, seats=None),
    Field.CODE: lambda draft: _detailed(draft, access_code=None),
    Field.WORD: lambda draft: _detailed(draft, code_word=None),
    Field.PLACE: lambda draft: _detailed(draft, place=None),
    Field.LEADER: lambda draft: _detailed(draft, leader=None),
}


async def _save(
    scene: Scene, stored: StoredEventDraft, draft: EventDraft, *, version: int | None = None
) -> StoredEventDraft:
    """Words are of now and always count; a button counts for the version that it was shown with."""
    return await change_draft(
        scene.storage,
        actor=scene.actor,
        draft_id=stored.id,
        version=stored.version if version is None else version,
        draft=draft,
        now=scene.now,
    )


async def _ask_the_hour(
    message: Message, scene: Scene, stored: StoredEventDraft, days: str, *, is_guided: bool
) -> None:
    changed = await _save(scene, stored, replace(stored.draft, days=days))
    _, buttons = await go_to_field(scene, changed, Field.WHEN, is_guided=is_guided)
    await message.answer(say("event-ask-hour", days=days), reply_markup=buttons)


async def _ask_again(
    message: Message,
    scene: Scene,
    stored: StoredEventDraft,
    field: Field,
    refusal: BadWebinarError,
    *,
    is_guided: bool,
) -> None:
    _, buttons = await go_to_field(scene, stored, field, is_guided=is_guided)
    words = say(f"webinar-wrong-{refusal.problem.value}")
    await message.answer(words, reply_markup=buttons, link_preview_options=NO_PREVIEW)
