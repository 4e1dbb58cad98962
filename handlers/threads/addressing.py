"""What somebody writes outside a dialogue: he is asked what it is about, and it reaches a person."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.config import Settings
from bot.domain.courtesies import is_courtesy
from bot.domain.errors import NotFoundError
from bot.domain.ids import AssignmentId, ThreadId
from bot.domain.matters import ActivityKind, Matter
from bot.domain.network import Actor
from bot.domain.threads import DraftGoneError, FileKind, Side
from bot.services.address_words import Addressing, drop_words, find_words, keep_words, send_about, send_into
from bot.services.show_threads import ThreadView, find_thread
from bot.services.tell_thread import Written
from bot.services.write_in_thread import write_in_thread
from bot.texts.catalogue import Markup, plain, say
from bot.texts.events import kind_of
from bot.texts.wording import shorten
from handlers.calls.callbacks import ProposeWords
from handlers.documents.upload import refusal_of
from handlers.filters import IsRegistered
from handlers.forms.callbacks import AskedWords
from handlers.scene import Scene, SceneMiddleware
from handlers.showing import show, toast
from handlers.threads.albums import FollowsAlbum, follow_album, thread_of_album, was_answer
from handlers.threads.callbacks import DropWords, FindWords, SendAbout, SendInto
from handlers.threads.content import said_in
from handlers.threads.screens import Rows, Screen, button, file_title, listed_title, sent, whole_keyboard

_QUOTE = 200
_BUTTON = 40


def build_router() -> Router:
    """The buttons, and the rest of an album: before everybody who takes any photo."""
    router = Router(name="addressing")
    router.callback_query.filter(IsRegistered())
    for observer in (router.message, router.callback_query):
        observer.middleware(SceneMiddleware())
    router.callback_query.register(on_about, SendAbout.filter())
    router.callback_query.register(on_into, SendInto.filter())
    router.callback_query.register(on_drop, DropWords.filter())
    router.callback_query.register(on_find, FindWords.filter())
    router.message.register(on_album, StateFilter(None), FollowsAlbum(), IsRegistered())
    return router


def build_last_router() -> Router:
    """What nobody else took; just before the fallback."""
    router = Router(name="addressing, last")
    router.message.middleware(SceneMiddleware())
    router.message.register(on_words, ~F.text.startswith("/"), StateFilter(None), IsRegistered())
    return router


async def on_words(message: Message, scene: Scene, settings: Settings, source: str) -> None:
    said = said_in(message)
    if said is None:
        await message.answer(say("thread-only"))
        return
    if said.file is None and is_courtesy(said.text or ""):
        await message.answer(say("thread-courtesy"))
        return
    addressing = await keep_words(
        scene.storage,
        actor=scene.actor,
        said=said,
        source=source,
        owner_accounts=settings.owner_ids,
        reader=scene.reader,
        now=scene.now,
    )
    # A coordinator's file might have been meant as a document with terms: that it is none is said in the same message.
    refusal = refusal_of(message.document) if message.document is not None and scene.actor.is_coordinator else None
    if addressing.has_nowhere_to_go:
        await drop_words(scene.storage, actor=scene.actor, draft_id=addressing.draft.id)
        if not _may_be_document(message, scene.actor):
            await message.answer(refusal or _nobody(addressing, scene.actor))
        return
    text, keyboard = addressing_screen(addressing, is_coordinator=scene.actor.is_coordinator, refusal=refusal)
    await message.answer(text, reply_markup=keyboard)
    await follow_album(message, scene.state, thread_id=None)


async def on_album(message: Message, scene: Scene, settings: Settings, source: str) -> None:
    """Taken silently: what has become of the whole was said of its first part."""
    said = said_in(message)
    if said is None or await was_answer(scene.state):
        return
    thread_id = await thread_of_album(scene.state)
    if thread_id is None and _may_be_document(message, scene.actor):
        raise SkipHandler  # the first one was none that could be read, which says nothing of this one
    owners = settings.owner_ids
    if thread_id is None:
        await keep_words(
            scene.storage,
            actor=scene.actor,
            said=said,
            source=source,
            owner_accounts=owners,
            reader=scene.reader,
            now=scene.now,
        )
        return
    await write_in_thread(
        scene.storage,
        actor=scene.actor,
        thread_id=thread_id,
        said=said,
        source=source,
        owner_accounts=owners,
        now=scene.now,
    )


async def on_about(query: CallbackQuery, callback_data: SendAbout, scene: Scene, settings: Settings) -> None:
    assignment_id = AssignmentId(callback_data.assignment) if callback_data.assignment else None
    try:
        written = await send_about(
            scene.storage,
            actor=scene.actor,
            draft_id=ThreadId(callback_data.draft),
            assignment_id=assignment_id,
            owner_accounts=settings.owner_ids,
            now=scene.now,
        )
    except DraftGoneError:
        await _gone(query)
    except NotFoundError:
        await _ask_again(query, scene, settings)
    else:
        await _tell(query, written, scene)


async def on_into(query: CallbackQuery, callback_data: SendInto, scene: Scene, settings: Settings) -> None:
    try:
        written = await send_into(
            scene.storage,
            actor=scene.actor,
            draft_id=ThreadId(callback_data.draft),
            thread_id=ThreadId(callback_data.thread),
            owner_accounts=settings.owner_ids,
            now=scene.now,
        )
    except DraftGoneError:
        await _gone(query)
    except NotFoundError:
        await _ask_again(query, scene, settings)
    else:
        await _tell(query, written, scene)


async def on_drop(query: CallbackQuery, callback_data: DropWords, scene: Scene) -> None:
    try:
        await drop_words(scene.storage, actor=scene.actor, draft_id=ThreadId(callback_data.draft))
    except DraftGoneError:
        await _gone(query)
        return
    await toast(query)
    await show(query, say("thread-forgotten"))


async def on_find(query: CallbackQuery, scene: Scene, settings: Settings) -> None:
    addressing = await _found(scene, settings)
    if addressing is None:
        await _gone(query)
        return
    await toast(query)
    await show(query, *addressing_screen(addressing))


def addressing_screen(
    addressing: Addressing,
    *,
    closed: ThreadView | None = None,
    is_coordinator: bool = False,
    refusal: Markup | None = None,
) -> Screen:
    """What was written with what it may be about. ``closed``: the thread that it was meant for; ``refusal``: why a file
    is no document with terms.
    """
    draft = addressing.draft.id
    drop = [button("button-thread-drop", DropWords(draft=draft))]
    if closed is not None:
        return _closed_screen(addressing, closed, drop)
    parts = [say("thread-about" if addressing.can_ask_above else "thread-about-answer"), _quote(addressing)]
    if refusal is not None:
        parts.append(refusal)
    elif is_coordinator and _has_pictures(addressing):
        parts.append(say("thread-document-hint"))
    rows: Rows = []
    for view in addressing.asked:
        title = shorten(view.question.text, _BUTTON)
        rows.append([button("button-thread-asked", AskedWords(asked=view.asked.id, draft=draft), title=title)])
    for matter in addressing.matters:
        title = shorten(matter.title, _BUTTON)
        rows.append([_about(draft, matter, title)])
    for one in addressing.threads:
        title = shorten(listed_title(one), _BUTTON)
        rows.append([button("button-thread-into", SendInto(draft=draft, thread=one.thread.id), title=title)])
    if addressing.can_ask_above:
        rows.append([button("button-thread-other", SendAbout(draft=draft))])
    return Markup("\n\n".join(parts)), InlineKeyboardMarkup(inline_keyboard=[*rows, drop])


def _about(draft: ThreadId, matter: Matter, title: str) -> InlineKeyboardButton:
    """What is written to a call is a proposal, not a question to the coordinator of the school."""
    assignment_id = matter.assignment.id
    if matter.kind is ActivityKind.CALL:
        return button("button-thread-propose", ProposeWords(draft=draft, assignment=assignment_id), title=title)
    sign = plain("event-sign", kind=kind_of(matter.event).value) if matter.kind is ActivityKind.WEBINAR else "📌"
    return button("button-thread-about", SendAbout(draft=draft, assignment=assignment_id), title=title, sign=sign)


def _closed_screen(addressing: Addressing, closed: ThreadView, drop: list[InlineKeyboardButton]) -> Screen:
    title = closed.matter.title if closed.matter else plain("thread-general-title")
    parts = [say("thread-about-closed", title=shorten(title, _QUOTE)), _quote(addressing)]
    draft = addressing.draft.id
    rows: Rows = [[button("button-thread-again", SendInto(draft=draft, thread=closed.thread.id))]]
    if closed.side is Side.BELOW and addressing.can_ask_above:
        about = SendAbout(draft=draft, assignment=closed.thread.assignment_id or 0)
        rows.insert(0, [button("button-thread-new", about)])
    return Markup("\n\n".join(parts)), InlineKeyboardMarkup(inline_keyboard=[*rows, drop])


def _quote(addressing: Addressing) -> Markup:
    first = addressing.messages[0].said
    text = first.text or (file_title(first.file) if first.file else "")
    quote = say("thread-kept", text=shorten(text, _QUOTE))
    more = len(addressing.messages) - 1
    return Markup(f"{quote}\n{say('thread-kept-more', n=more)}") if more else quote


def _may_be_document(message: Message, actor: Actor) -> bool:
    """Then reading it is tried before anything else, and why it is none was said there."""
    return actor.is_coordinator and message.document is not None and refusal_of(message.document) is None


def _has_pictures(addressing: Addressing) -> bool:
    files = [one.said.file for one in addressing.messages if one.said.file is not None]
    return any(file.kind in (FileKind.PHOTO, FileKind.VIDEO) for file in files)


def _nobody(addressing: Addressing, actor: Actor) -> Markup:
    """Above the owner there is nobody, and a picture may have been a document."""
    if actor.is_coordinator and _has_pictures(addressing):
        return Markup(f"{say('thread-nobody')}\n\n{say('thread-document-hint')}")
    return say("thread-nobody")


async def _tell(query: CallbackQuery, written: Written, scene: Scene) -> None:
    view = await find_thread(scene.storage, actor=scene.actor, thread_id=written.thread.id)
    await toast(query)
    await show(query, sent(written, view, reader=scene.reader, now=scene.now), whole_keyboard(written))


async def _found(scene: Scene, settings: Settings) -> Addressing | None:
    owners = settings.owner_ids
    return await find_words(scene.storage, actor=scene.actor, owner_accounts=owners, reader=scene.reader, now=scene.now)


async def _ask_again(query: CallbackQuery, scene: Scene, settings: Settings) -> None:
    """What he chose is his no more (he has left, or it was withdrawn); what he wrote waits on for another choice."""
    addressing = await _found(scene, settings)
    if addressing is None:
        await _gone(query)
        return
    await toast(query, "thread-elsewhere-toast", alert=True)
    await show(query, *addressing_screen(addressing))


async def _gone(query: CallbackQuery) -> None:
    await toast(query)
    await show(query, say("thread-gone"))
