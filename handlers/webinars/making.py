"""Where an event that is being made is shown: a field, the card, the audience; and which comes next."""

from __future__ import annotations

from aiogram.types import CallbackQuery, Message

from bot.domain.errors import NotFoundError, OutdatedError
from bot.domain.ids import EventDraftId
from bot.ports.event_drafts import StoredEventDraft
from bot.services.choose_audience import AudienceOf, show_audience
from bot.services.make_event import event_audience, event_draft, event_places
from bot.texts.catalogue import Markup
from handlers.audiences.callbacks import Page
from handlers.audiences.choosing import audience_page
from handlers.scene import Scene
from handlers.showing import NO_PREVIEW, show
from handlers.webinars.draft_card import Screen, card_screen
from handlers.webinars.field_screens import field_screen
from handlers.webinars.making_callbacks import Field
from handlers.webinars.states import MakingEvent

NEXT = {
    Field.UNIT: Field.TITLE,
    Field.KIND: Field.TITLE,
    Field.TITLE: Field.WHEN,
    Field.WHEN: Field.LINK,
    Field.LINK: Field.WORD,
}
"""The first steps, one after the other; everything else is filled from the card."""


async def go_to_field(scene: Scene, stored: StoredEventDraft, field: Field, *, is_guided: bool = False) -> Screen:
    """Makes ``field`` the one that is typed, and returns its question."""
    if field is Field.AUDIENCE:
        return await go_to_audience(scene, stored)
    await scene.state.set_state(MakingEvent.field)
    await scene.state.set_data({"draft": stored.id, "field": field.value, "guided": is_guided})
    places = await event_places(scene.storage, actor=scene.actor) if field is Field.UNIT else ()
    return field_screen(stored, field, reader=scene.reader, today=scene.today, is_guided=is_guided, places=places)


async def go_to_card(scene: Scene, stored: StoredEventDraft) -> Screen:
    await rest(scene, stored)
    view = await event_audience(scene.storage, actor=scene.actor, draft=stored.draft)
    places = await event_places(scene.storage, actor=scene.actor)
    return card_screen(stored, view, reader=scene.reader, now=scene.now, has_places=len(places) > 1)


async def go_to_audience(scene: Scene, stored: StoredEventDraft) -> Screen:
    view = await show_audience(scene.storage, actor=scene.actor, of=AudienceOf.EVENT, subject=stored.id)
    return await audience_page(scene, view, Page.MAIN)


async def go_on(scene: Scene, stored: StoredEventDraft, field: Field, *, is_guided: bool) -> Screen:
    """To the next of the first steps, or back to the card; what takes several things asks on."""
    if field in (Field.MATERIALS, Field.ASKS):
        return await go_to_field(scene, stored, field)
    following = NEXT.get(field) if is_guided else None
    if following is None:
        return await go_to_card(scene, stored)
    return await go_to_field(scene, stored, following, is_guided=True)


async def rest(scene: Scene, stored: StoredEventDraft) -> None:
    """Nothing is typed now; words bring the card again."""
    await scene.state.set_state(MakingEvent.card)
    await scene.state.set_data({"draft": stored.id})


async def present(scene: Scene) -> tuple[StoredEventDraft, Field | None, bool]:
    """The draft of the dialogue, the field that is typed, and whether it is one of the first steps.

    Raises NotFoundError, OutdatedError, and ends the dialogue: its draft was deleted or announced meanwhile.
    """
    data = await scene.state.get_data()
    try:
        stored = await event_draft(scene.storage, actor=scene.actor, draft_id=EventDraftId(data["draft"]))
    except (NotFoundError, OutdatedError):
        await scene.state.clear()
        raise
    field = data.get("field")
    return stored, Field(field) if field else None, bool(data.get("guided"))


async def reply(message: Message, screen: Screen, before: Markup | None = None) -> None:
    text, buttons = screen
    whole = Markup(f"{before}\n\n{text}") if before else text
    await message.answer(whole, reply_markup=buttons, link_preview_options=NO_PREVIEW)


async def turn(query: CallbackQuery, screen: Screen) -> None:
    await show(query, *screen)
