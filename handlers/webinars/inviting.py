"""Who is invited to an event: every tap is saved at once."""

from __future__ import annotations

from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.audiences import everywhere, with_cohort, with_part, with_role, without_part
from bot.domain.errors import OutdatedError
from bot.domain.ids import EventDraftId, OccurrenceId, UnitId
from bot.domain.matters import Audience, Elsewhere, Said
from bot.domain.network import Role
from bot.ports.event_drafts import StoredEventDraft
from bot.services.make_event import EventAudience, change_draft, event_audience, event_draft, recent_events
from handlers.filters import IsCoordinator
from handlers.showing import toast
from handlers.webinars.audience_screens import elsewhere_screen, parts_screen, said_screen
from handlers.webinars.draft_card import Screen
from handlers.webinars.making import go_to_audience, rest, turn
from handlers.webinars.making_callbacks import AudiencePage, Choice, PickAudience
from handlers.webinars.scene import Scene, SceneMiddleware


def build_router() -> Router:
    router = Router(name="inviting to events")
    router.callback_query.filter(IsCoordinator())
    router.callback_query.middleware(SceneMiddleware())
    router.callback_query.register(on_page, AudiencePage.filter())
    router.callback_query.register(on_pick, PickAudience.filter())
    return router


async def on_page(query: CallbackQuery, callback_data: AudiencePage, scene: Scene) -> None:
    stored = await event_draft(scene.storage, actor=scene.actor, draft_id=EventDraftId(callback_data.draft))
    await toast(query)
    await turn(query, await _page(scene, stored, callback_data.choice, callback_data.page))


async def on_pick(query: CallbackQuery, callback_data: PickAudience, scene: Scene) -> None:
    choice, value = callback_data.choice, callback_data.value
    stored = await event_draft(scene.storage, actor=scene.actor, draft_id=EventDraftId(callback_data.draft))
    view = await event_audience(scene.storage, actor=scene.actor, draft=stored.draft)
    if choice is Choice.ELSEWHERE and value.isdecimal():
        await toast(query)
        await turn(query, said_screen(stored, int(value)))
        return
    draft = replace(stored.draft, audience=_picked(stored.draft.audience, view, choice, value))
    await event_audience(scene.storage, actor=scene.actor, draft=draft)  # refuses a date of others before it is saved
    try:
        stored = await change_draft(
            scene.storage, actor=scene.actor, draft_id=stored.id, version=callback_data.version, draft=draft,
            now=scene.now,
        )  # fmt: skip
        await toast(query)
    except OutdatedError:
        await toast(query, "event-outdated", alert=True)
    page = _page_of(view, value) if choice in (Choice.PART, Choice.WITHOUT) else 0
    await turn(query, await _page(scene, stored, choice, page))


async def _page(scene: Scene, stored: StoredEventDraft, choice: Choice, page: int) -> Screen:
    if choice is Choice.ELSEWHERE:
        return elsewhere_screen(stored, await recent_events(scene.storage, actor=scene.actor), scene.reader)
    if choice not in (Choice.PART, Choice.WITHOUT):
        return await go_to_audience(scene, stored)
    await rest(scene, stored)
    view = await event_audience(scene.storage, actor=scene.actor, draft=stored.draft)
    return parts_screen(stored, view, choice, page)


def _picked(audience: Audience, view: EventAudience, choice: Choice, value: str) -> Audience:
    """What a tap makes of the audience; a forged value makes nothing. The rights are checked where it is counted."""
    if choice is Choice.ROLE and value in set(Role):
        return with_role(audience, Role(value))
    if choice is Choice.EVERYWHERE:
        return everywhere(audience, whole=view.unit.id)
    if choice is Choice.ANYBODY:
        return replace(audience, elsewhere=None)
    if choice is Choice.SAID:
        date, _, said = value.partition(".")
        is_known = date.isdecimal() and said in set(Said)
        return replace(audience, elsewhere=Elsewhere(OccurrenceId(int(date)), Said(said))) if is_known else audience
    if not value.isdecimal():
        return audience
    number = int(value)
    if choice is Choice.COHORT:
        return with_cohort(audience, view.cohorts[number]) if number < len(view.cohorts) else audience
    if number not in {part.id for part in view.parts}:
        return audience
    if choice is Choice.PART:
        return with_part(audience, UnitId(number), whole=view.unit.id)
    return without_part(audience, UnitId(number)) if choice is Choice.WITHOUT else audience


def _page_of(view: EventAudience, value: str) -> int:
    places = [place for place, part in enumerate(view.parts) if str(part.id) == value]
    return places[0] // 8 if places else 0
