"""/call: a call is begun, filled in a question at a time, looked at and announced."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Command, StateFilter
from aiogram.types import CallbackQuery, Message

from bot.domain.calls import (
    CallPart,
    CallUnfinishedError,
    ProposalEmptyError,
    ProposalTooLongError,
)
from bot.domain.errors import NotAllowedError, OutdatedError
from bot.domain.ids import CallDraftId, UnitId
from bot.domain.own_terms import TermNotReadError, TermPastError
from bot.ports.calls import StoredCallDraft
from bot.services.announce_event import NobodyInvitedError
from bot.services.make_call import (
    announce_call,
    call_audience,
    call_draft,
    call_drafts,
    call_places,
    delete_call_draft,
    fill_call_part,
    preview_call,
    start_call,
)
from bot.services.read_proposals import list_calls
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import day_within
from bot.texts.wording import shorten
from handlers.audiences.wording import people_words
from handlers.calls.callbacks import Act, CallDraftButton, EditCallPart, ListCalls, NewCall, ShowCall
from handlers.calls.making_screens import Screen, card_screen, part_question, preview_screen
from handlers.calls.reading_screens import list_screen
from handlers.calls.states import MakingCall
from handlers.filters import IsCoordinator
from handlers.people.buttons import button, keyboard, named
from handlers.scene import Scene, SceneMiddleware
from handlers.showing import NO_PREVIEW, show, toast
from handlers.typing_line import IS_LINE, drop_by_cancel
from handlers.unsent_drafts import UnsentDraft, delete_screen

_SHOWN_BACK = 60


def build_router() -> Router:
    router = Router(name="making calls")
    for observer in (router.message, router.callback_query):
        observer.filter(IsCoordinator())
        observer.middleware(SceneMiddleware())
    router.message.register(on_call, Command("call"))
    drop_by_cancel(router, MakingCall, words="call-left")
    router.message.register(on_part, IS_LINE, StateFilter(MakingCall.part))
    router.message.register(on_no_text, ~F.text, StateFilter(MakingCall))
    router.message.register(on_words_at_the_card, IS_LINE, StateFilter(MakingCall.card))
    router.callback_query.register(on_list, ListCalls.filter())
    router.callback_query.register(on_new, NewCall.filter())
    router.callback_query.register(on_edit, EditCallPart.filter())
    router.callback_query.register(on_card, CallDraftButton.filter(F.act == Act.CARD))
    router.callback_query.register(on_preview, CallDraftButton.filter(F.act == Act.PREVIEW))
    router.callback_query.register(on_announce, CallDraftButton.filter(F.act == Act.ANNOUNCE))
    router.callback_query.register(on_ask_delete, CallDraftButton.filter(F.act == Act.ASK_DELETE))
    router.callback_query.register(on_delete, CallDraftButton.filter(F.act == Act.DELETE))
    return router


async def on_call(message: Message, scene: Scene) -> None:
    await _reply(message, await _calls(scene, 0))


async def on_list(query: CallbackQuery, callback_data: ListCalls, scene: Scene) -> None:
    await toast(query)
    await show(query, *await _calls(scene, callback_data.page))


async def on_new(query: CallbackQuery, callback_data: NewCall, scene: Scene) -> None:
    places = await call_places(scene.storage, actor=scene.actor)
    if not places:
        raise NotAllowedError(f"person {scene.actor.person.id} coordinates nothing")
    await toast(query)
    if not callback_data.unit and len(places) > 1:
        rows = [[named(place.title, NewCall(unit=place.id))] for place in places]
        await show(query, say("call-ask-unit"), keyboard(*rows))
        return
    unit_id = UnitId(callback_data.unit or places[0].id)
    stored = await start_call(scene.storage, actor=scene.actor, unit_id=unit_id, now=scene.now)
    await show(query, *await _next_screen(scene, stored))


async def on_part(message: Message, scene: Scene) -> None:
    """What was typed, and the next question, or the card once nothing is missing."""
    asked = await scene.state.get_data()
    part = CallPart(asked["part"])
    try:
        stored = await fill_call_part(
            scene.storage,
            actor=scene.actor,
            draft_id=CallDraftId(asked["draft"]),
            part=part,
            words=message.text or "",
            now=scene.now,
        )
    except (ProposalEmptyError, ProposalTooLongError, TermNotReadError, TermPastError) as refusal:
        stored = await call_draft(scene.storage, actor=scene.actor, draft_id=CallDraftId(asked["draft"]))
        words = _refused(refusal, part, message.text or "", scene)
        await _reply(message, (words, part_question(stored, part)[1]))
    else:
        await _reply(message, await _next_screen(scene, stored))


def _refused(refusal: Exception, part: CallPart, words: str, scene: Scene) -> Markup:
    match refusal:
        case ProposalTooLongError():
            return say("call-too-long", length=refusal.length, limit=refusal.limit)
        case TermNotReadError():
            return say("call-until-not-read", phrase=shorten(words, _SHOWN_BACK))
        case TermPastError():
            return say("call-until-past", day=day_within(refusal.wanted, today=scene.today))
    return say(f"call-ask-{part.value}")


async def on_no_text(message: Message) -> None:
    await message.answer(say("call-only-text"))


async def on_words_at_the_card(message: Message, scene: Scene) -> None:
    draft_id = CallDraftId((await scene.state.get_data())["draft"])
    stored = await call_draft(scene.storage, actor=scene.actor, draft_id=draft_id)
    await message.answer(say("call-press"))
    await _reply(message, await _card(scene, stored))


async def on_edit(query: CallbackQuery, callback_data: EditCallPart, scene: Scene) -> None:
    draft_id = CallDraftId(callback_data.draft)
    stored = await call_draft(scene.storage, actor=scene.actor, draft_id=draft_id)
    await toast(query)
    await show(query, *await _ask(scene, stored, callback_data.part))


async def on_card(query: CallbackQuery, callback_data: CallDraftButton, scene: Scene) -> None:
    draft_id = CallDraftId(callback_data.draft)
    stored = await call_draft(scene.storage, actor=scene.actor, draft_id=draft_id)
    await toast(query)
    await show(query, *await _card(scene, stored))


async def on_preview(query: CallbackQuery, callback_data: CallDraftButton, scene: Scene) -> None:
    draft_id = CallDraftId(callback_data.draft)
    stored = await call_draft(scene.storage, actor=scene.actor, draft_id=draft_id)
    try:
        preview = await preview_call(scene.storage, actor=scene.actor, draft_id=draft_id, now=scene.now)
    except (CallUnfinishedError, TermPastError) as refusal:
        await _back_to_part(query, scene, stored, refusal)
        return
    if preview.size.people == 0:
        await toast(query, "toast-call-nobody", alert=True)
        return
    await toast(query)
    await show(query, *preview_screen(stored, preview, scene))


async def on_announce(query: CallbackQuery, callback_data: CallDraftButton, scene: Scene) -> None:
    draft_id = CallDraftId(callback_data.draft)
    try:
        announced = await announce_call(
            scene.storage, actor=scene.actor, draft_id=draft_id, version=callback_data.version, now=scene.now
        )
    except NobodyInvitedError:
        await toast(query, "toast-call-nobody", alert=True)
        return
    except OutdatedError:
        await toast(query, "toast-call-changed", alert=True)
        stored = await call_draft(scene.storage, actor=scene.actor, draft_id=draft_id)
        await show(query, *await _card(scene, stored))
        return
    except (CallUnfinishedError, TermPastError) as refusal:
        stored = await call_draft(scene.storage, actor=scene.actor, draft_id=draft_id)
        await _back_to_part(query, scene, stored, refusal)
        return
    await scene.state.clear()
    await toast(query)
    link = button("button-call-open", ShowCall(occurrence=announced.occurrence_id))
    await show(query, say("call-announced", people=people_words(announced.size)), keyboard([link]))


async def on_ask_delete(query: CallbackQuery, callback_data: CallDraftButton, scene: Scene) -> None:
    """From its card or the list: one tap beside the button that was meant must not cost it."""
    stored = await call_draft(scene.storage, actor=scene.actor, draft_id=CallDraftId(callback_data.draft))
    one = _unsent(stored)
    await toast(query)
    sure = CallDraftButton(draft=stored.id, version=stored.version, act=Act.DELETE)
    await show(query, *delete_screen(one.title, deletes=sure, back=ListCalls()))


async def on_delete(query: CallbackQuery, callback_data: CallDraftButton, scene: Scene) -> None:
    await delete_call_draft(scene.storage, actor=scene.actor, draft_id=CallDraftId(callback_data.draft))
    await toast(query, "toast-call-deleted")
    await show(query, *await _calls(scene, 0))


async def _calls(scene: Scene, page: int) -> Screen:
    await scene.state.clear()
    found = await list_calls(scene.storage, actor=scene.actor, page=page)
    drafts = await call_drafts(scene.storage, actor=scene.actor)
    return list_screen(found, [_unsent(one) for one in drafts], reader=scene.reader, now=scene.now)


def _unsent(stored: StoredCallDraft) -> UnsentDraft:
    title = stored.draft.title or plain("call-nothing-yet")
    return UnsentDraft(
        title,
        label=plain("button-call-draft", title=title),
        changed_at=stored.changed_at,
        opens=CallDraftButton(draft=stored.id, version=stored.version, act=Act.CARD),
        deletes=CallDraftButton(draft=stored.id, version=stored.version, act=Act.ASK_DELETE),
    )


async def _next_screen(scene: Scene, stored: StoredCallDraft) -> Screen:
    missing = stored.draft.missing
    return await _ask(scene, stored, missing[0]) if missing else await _card(scene, stored)


async def _ask(scene: Scene, stored: StoredCallDraft, part: CallPart) -> Screen:
    await scene.state.set_state(MakingCall.part)
    await scene.state.set_data({"draft": stored.id, "part": part.value})
    return part_question(stored, part)


async def _card(scene: Scene, stored: StoredCallDraft) -> Screen:
    await scene.state.set_state(MakingCall.card)
    await scene.state.set_data({"draft": stored.id})
    choices = await call_audience(scene.storage, actor=scene.actor, draft=stored.draft)
    return card_screen(stored, choices, scene.reader, scene.today)


async def _back_to_part(
    query: CallbackQuery, scene: Scene, stored: StoredCallDraft, refusal: CallUnfinishedError | TermPastError
) -> None:
    """What lacks, or the last day that has come and gone while the draft lay."""
    part = refusal.missing[0] if isinstance(refusal, CallUnfinishedError) else CallPart.UNTIL
    await toast(query, "toast-call-unfinished", alert=True)
    await show(query, *await _ask(scene, stored, part))


async def _reply(message: Message, screen: Screen) -> None:
    text, buttons = screen
    await message.answer(text, reply_markup=buttons, link_preview_options=NO_PREVIEW)
