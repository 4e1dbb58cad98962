"""/webinar and /event: an event is begun, continued, copied from an earlier one, checked and announced."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Command, StateFilter
from aiogram.types import CallbackQuery, Message

from bot.domain.errors import NotAllowedError, NotFoundError, OutdatedError
from bot.domain.event_drafts import EventDraft
from bot.domain.events import EventKind, MaterialPhase
from bot.domain.ids import ActivityId, EventDraftId
from bot.domain.network import Unit
from bot.domain.webinars import BadWebinarError
from bot.ports.event_drafts import StoredEventDraft
from bot.services.announce_event import AnnouncedEvent, NobodyInvitedError, UnfinishedError
from bot.services.make_event import (
    announce_draft,
    copy_event,
    delete_draft,
    event_draft,
    event_drafts,
    event_places,
    recent_events,
    start_event,
)
from bot.services.preview_event import preview_event
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import stamp
from handlers.audiences.wording import people_words
from handlers.filters import IsCoordinator
from handlers.people.buttons import button, keyboard, named
from handlers.rows import in_rows
from handlers.scene import Scene, SceneMiddleware
from handlers.showing import NO_PREVIEW, show, toast
from handlers.typing_line import IS_LINE
from handlers.unsent_drafts import UnsentDraft, unsent_lines, unsent_rows
from handlers.webinars.callbacks import ShowWebinar
from handlers.webinars.draft_card import Screen, dates_lines
from handlers.webinars.draft_preview import message_to, preview_screen, readers_of
from handlers.webinars.files import send_material
from handlers.webinars.making import go_to_card, go_to_field, present, reply, rest, turn
from handlers.webinars.making_callbacks import (
    Act,
    CopyEvent,
    DraftButton,
    Field,
    ListDrafts,
    ListEarlier,
    NewEvent,
    ShowReader,
)
from handlers.webinars.states import MakingEvent


def build_router() -> Router:
    router = Router(name="announcing events")
    for observer in (router.message, router.callback_query):
        observer.filter(IsCoordinator())
        observer.middleware(SceneMiddleware())
    router.message.register(on_webinar, Command("webinar"))
    router.message.register(on_event, Command("event"))
    router.message.register(on_cancel, Command("cancel"), StateFilter(MakingEvent))
    router.message.register(on_words_at_the_card, IS_LINE, StateFilter(MakingEvent.card))
    router.callback_query.register(on_new, NewEvent.filter())
    router.callback_query.register(on_drafts, ListDrafts.filter())
    router.callback_query.register(on_earlier, ListEarlier.filter())
    router.callback_query.register(on_copy, CopyEvent.filter())
    router.callback_query.register(on_reader, ShowReader.filter())
    router.callback_query.register(on_card, DraftButton.filter(F.act == Act.CARD))
    router.callback_query.register(on_check, DraftButton.filter(F.act == Act.CHECK))
    router.callback_query.register(on_self, DraftButton.filter(F.act == Act.SELF))
    router.callback_query.register(on_announce, DraftButton.filter(F.act == Act.ANNOUNCE))
    router.callback_query.register(on_delete, DraftButton.filter(F.act == Act.DELETE))
    router.callback_query.register(on_delete_sure, DraftButton.filter(F.act == Act.DELETE_SURE))
    return router


async def on_webinar(message: Message, scene: Scene) -> None:
    await reply(message, await _begin(scene, EventKind.WEBINAR))


async def on_event(message: Message, scene: Scene) -> None:
    await _ensure_place(scene)
    await scene.state.clear()
    await reply(message, await _kinds(scene))


async def on_new(query: CallbackQuery, callback_data: NewEvent, scene: Scene) -> None:
    await toast(query)
    await turn(query, await (_kinds(scene) if callback_data.kind is None else _begin(scene, callback_data.kind)))


async def on_cancel(message: Message, scene: Scene) -> None:
    try:
        stored, _, _ = await present(scene)
        is_kept = not stored.draft.is_empty
    except (NotFoundError, OutdatedError):  # announced or deleted meanwhile, by a button of an older message
        is_kept = False
    await scene.state.clear()
    await message.answer(say("event-left" if is_kept else "event-left-empty"))


async def on_words_at_the_card(message: Message, scene: Scene) -> None:
    stored, _, _ = await present(scene)
    await reply(message, await go_to_card(scene, stored), say("event-press"))


async def on_drafts(query: CallbackQuery, scene: Scene) -> None:
    await toast(query)
    await show(query, *await _drafts(scene))


async def on_earlier(query: CallbackQuery, scene: Scene) -> None:
    await toast(query)
    events = await recent_events(scene.storage, actor=scene.actor)
    rows = [
        [named(f"{stamp(one.due_at, scene.reader)} · {one.title}", CopyEvent(activity=one.activity_id))]
        for one in events
    ]
    await show(query, say("event-earlier" if events else "event-no-events"), keyboard(*rows))


async def on_copy(query: CallbackQuery, callback_data: CopyEvent, scene: Scene) -> None:
    activity_id = ActivityId(callback_data.activity)
    stored = await copy_event(scene.storage, actor=scene.actor, activity_id=activity_id, now=scene.now)
    await toast(query)
    await turn(query, await go_to_field(scene, stored, Field.WHEN))


async def on_card(query: CallbackQuery, callback_data: DraftButton, scene: Scene) -> None:
    stored = await _stored(scene, callback_data.draft)
    await toast(query)
    await turn(query, await go_to_card(scene, stored))


async def on_check(query: CallbackQuery, callback_data: DraftButton, scene: Scene) -> None:
    await _preview(query, scene, await _stored(scene, callback_data.draft), 0)


async def on_reader(query: CallbackQuery, callback_data: ShowReader, scene: Scene) -> None:
    await _preview(query, scene, await _stored(scene, callback_data.draft), callback_data.place)


async def on_self(query: CallbackQuery, callback_data: DraftButton, scene: Scene) -> None:
    """The message as its first reader will get it, and the preview again below it."""
    stored = await _stored(scene, callback_data.draft)
    bot, to = query.bot, query.from_user.id
    assert bot is not None, "a query of a dispatcher carries its bot"
    try:
        preview = await preview_event(scene.storage, actor=scene.actor, draft=stored.draft, now=scene.now)
    except (UnfinishedError, BadWebinarError) as refusal:
        await _refuse(query, scene, stored, refusal)
        return
    await toast(query)
    reader = readers_of(stored.draft, preview, scene.reader)[0]
    sample = message_to(reader, stored.draft, preview, scene.now)
    await bot.send_message(to, Markup(f"{say('event-sample')}\n\n{sample}"), link_preview_options=NO_PREVIEW)
    for material in stored.draft.materials:
        if material.file_id and material.phase is MaterialPhase.BEFORE:
            await send_material(bot, to, material.file_id, say("event-material", title=material.title))
    text, buttons = preview_screen(stored, preview, scene, 0)
    await bot.send_message(to, text, reply_markup=buttons, link_preview_options=NO_PREVIEW)


async def on_announce(query: CallbackQuery, callback_data: DraftButton, scene: Scene) -> None:
    draft_id = EventDraftId(callback_data.draft)
    try:
        draft, announced = await announce_draft(
            scene.storage, actor=scene.actor, draft_id=draft_id, version=callback_data.version, now=scene.now
        )
    except OutdatedError:
        await _changed_meanwhile(query, scene, await _stored(scene, callback_data.draft))
        return
    except (UnfinishedError, BadWebinarError, NobodyInvitedError) as refusal:
        await _refuse(query, scene, await _stored(scene, callback_data.draft), refusal)
        return
    await toast(query)
    await show(query, *_announced(scene, draft, announced))
    await scene.state.clear()  # last: announcing again after a crash finds what was announced


async def on_delete(query: CallbackQuery, callback_data: DraftButton, scene: Scene) -> None:
    stored = await _stored(scene, callback_data.draft)
    await toast(query)
    sure = DraftButton(draft=stored.id, version=stored.version, act=Act.DELETE_SURE)
    back = DraftButton(draft=stored.id, version=stored.version, act=Act.CARD)
    rows = ([button("button-event-delete-sure", sure)], [button("button-event-card", back)])
    await show(query, say("event-delete-sure", title=stored.draft.title or plain("event-unknown")), keyboard(*rows))


async def on_delete_sure(query: CallbackQuery, callback_data: DraftButton, scene: Scene) -> None:
    await delete_draft(scene.storage, actor=scene.actor, draft_id=EventDraftId(callback_data.draft))
    await scene.state.clear()
    await toast(query, "event-deleted")
    await show(query, *await _drafts(scene))


async def _begin(scene: Scene, kind: EventKind) -> Screen:
    places = await _ensure_place(scene)
    stored = await start_event(scene.storage, actor=scene.actor, unit=places[0], kind=kind, now=scene.now)
    return await go_to_field(scene, stored, Field.UNIT if len(places) > 1 else Field.TITLE, is_guided=True)


async def _ensure_place(scene: Scene) -> tuple[Unit, ...]:
    places = await event_places(scene.storage, actor=scene.actor)
    if not places:
        raise NotAllowedError(f"person {scene.actor.person.id} has no unit to announce for")
    return places


async def _kinds(scene: Scene) -> Screen:
    drafts = await event_drafts(scene.storage, actor=scene.actor)
    kinds = [button("button-event-kind", NewEvent(kind=kind), kind=kind.value) for kind in EventKind]
    rows = in_rows(kinds, 2)
    rows.append([button("button-event-copy", ListEarlier())])
    if drafts:
        rows.append([button("button-event-drafts", ListDrafts())])
    return say("event-new"), keyboard(*rows)


async def _drafts(scene: Scene) -> Screen:
    found = [
        UnsentDraft(
            one.draft.title or plain("event-unknown"),
            label=_draft_label(one, scene),
            changed_at=one.changed_at,
            opens=DraftButton(draft=one.id, version=one.version, act=Act.CARD),
            deletes=DraftButton(draft=one.id, version=one.version, act=Act.DELETE),
        )
        for one in await event_drafts(scene.storage, actor=scene.actor)
    ]
    lines = [say("event-drafts" if found else "event-no-drafts")]
    lines += unsent_lines(found, reader=scene.reader, now=scene.now)
    rows = unsent_rows(found, reader=scene.reader, now=scene.now)
    return Markup("\n\n".join(lines)), keyboard(*rows, [button("button-event-new", NewEvent())])


async def _stored(scene: Scene, draft: int) -> StoredEventDraft:
    return await event_draft(scene.storage, actor=scene.actor, draft_id=EventDraftId(draft))


async def _preview(query: CallbackQuery, scene: Scene, stored: StoredEventDraft, place: int) -> None:
    try:
        preview = await preview_event(scene.storage, actor=scene.actor, draft=stored.draft, now=scene.now)
    except (UnfinishedError, BadWebinarError) as refusal:
        await _refuse(query, scene, stored, refusal)
        return
    if preview.size.people == 0:
        await toast(query, "webinar-nobody", alert=True)
        return
    await toast(query)
    await rest(scene, stored)
    await turn(query, preview_screen(stored, preview, scene, place))


async def _refuse(query: CallbackQuery, scene: Scene, stored: StoredEventDraft, refusal: Exception) -> None:
    """To the card, or to the time where it has gone by meanwhile."""
    if isinstance(refusal, BadWebinarError):
        await toast(query, f"webinar-wrong-{refusal.problem.value}", alert=True)
        await turn(query, await go_to_field(scene, stored, Field.WHEN))
        return
    if isinstance(refusal, UnfinishedError):
        missing = ", ".join(plain(f"event-missing-{one.value}") for one in refusal.missing)
        await toast(query, "event-missing", alert=True, what=missing)
    else:
        await toast(query, "webinar-nobody", alert=True)
    await turn(query, await go_to_card(scene, stored))


async def _changed_meanwhile(query: CallbackQuery, scene: Scene, stored: StoredEventDraft) -> None:
    await toast(query, "event-outdated", alert=True)
    await turn(query, await go_to_card(scene, stored))


def _announced(scene: Scene, draft: EventDraft, announced: AnnouncedEvent) -> Screen:
    dates = dates_lines(draft, reader=scene.reader, today=scene.today)
    text = say("event-announced", title=draft.shown_title, dates=dates, people=people_words(announced.size))
    return text, keyboard([button("button-event-flight", ShowWebinar(occurrence=announced.occurrence_id))])


def _draft_label(stored: StoredEventDraft, scene: Scene) -> str:
    """By its first date, where it has one: when it was touched last says nothing of the event."""
    title = stored.draft.title or plain("event-unknown")
    first = next(iter(stored.draft.dates), None)
    return title if first is None else f"{stamp(first.at, scene.reader)} · {title}"
