"""Those who are there say so: the word that they heard, or the picture on the screen."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command, CommandObject, CommandStart, Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.config import Settings
from bot.domain.attendance import MAX_WORD, BadQrError, is_qr_payload, qr_secret
from bot.domain.errors import DomainError, NotFoundError
from bot.domain.events import Attendance
from bot.domain.ids import OccurrenceId
from bot.domain.network import Actor, Reach
from bot.ports.storage import Storage
from bot.services.check_in import (
    CheckedIn,
    MarkedOtherwiseError,
    NotInvitedError,
    OutsideWindowError,
    TooManyWrongError,
    WrongWordError,
    check_in_by_qr,
    check_in_by_word,
    check_in_event,
    event_of_word,
    events_awaiting_word,
    note_wrong_word,
)
from bot.services.note_reach import note_reach
from bot.texts.catalogue import Markup, say
from bot.texts.times import moment
from bot.texts.wording import shorten
from handlers.attendance import callbacks as to
from handlers.attendance.screens import hour
from handlers.attendance.states import CheckingIn
from handlers.filters import IsRegistered
from handlers.people.buttons import button, keyboard
from handlers.showing import toast
from handlers.typing_line import IS_LINE

_TITLE = 200
_LONGEST = 200  # a message longer than this is no word, whatever it says
_WORDS = 2  # «осина 42»
_GUESS = 2 * MAX_WORD  # beyond it somebody talks of something else: that is not held against him


class IsCodeWord(Filter):
    """A message that is the word of an event of these days that he is invited to: gives ``occurrence_id``."""

    async def __call__(
        self, message: Message, app_storage: Storage, now: datetime, actor: Actor | None = None
    ) -> bool | dict[str, Any]:
        text = message.text or ""
        if actor is None or not text or len(text) > _LONGEST:
            return False
        event = await event_of_word(app_storage, actor=actor, typed=text, at=said_at(message, now))
        return False if event is None else {"occurrence_id": event.occurrence_id}


class MayBeCodeWord(Filter):
    """A message that nothing else understood, while a word of his is awaited: gives ``occurrence_id``."""

    async def __call__(
        self, message: Message, app_storage: Storage, now: datetime, actor: Actor | None = None
    ) -> bool | dict[str, Any]:
        if actor is None or not message.text or len(message.text) > _LONGEST:
            return False
        awaiting = await events_awaiting_word(app_storage, actor=actor, at=said_at(message, now))
        return {"occurrence_id": awaiting[-1].occurrence_id} if awaiting else False


class IsQrLink(Filter):
    """/start with what a picture on a screen carries; an invitation's token is left to others."""

    async def __call__(self, message: Message, command: CommandObject) -> bool:
        return is_qr_payload((command.args or "").strip())


def build_router() -> Router:
    """The words and links that are certain; before everybody who takes any text."""
    router = Router(name="checking in")
    router.message.register(on_qr, CommandStart(deep_link=True), IsQrLink())
    router.message.register(on_cancel, Command("cancel"), StateFilter(CheckingIn), IsRegistered())
    router.message.register(on_word, IS_LINE, StateFilter(CheckingIn.word), IsRegistered())
    router.message.register(on_no_text, ~F.text, StateFilter(CheckingIn.word), IsRegistered())
    router.message.register(on_said, IS_LINE, StateFilter(None), IsCodeWord())
    router.callback_query.register(on_here, to.SayHere.filter(), IsRegistered())
    router.callback_query.register(on_cancel_button, to.CancelHere.filter(), IsRegistered())
    return router


def build_last_router() -> Router:
    """A text that nobody else took may be a word that was heard wrongly; just before the fallback."""
    router = Router(name="checking in, perhaps")
    router.message.register(on_wrong, IS_LINE, StateFilter(None), MayBeCodeWord())
    return router


async def on_qr(
    message: Message,
    command: CommandObject,
    actor: Actor | None,
    app_storage: Storage,
    settings: Settings,
    reader: ZoneInfo,
    now: datetime,
) -> None:
    if actor is None:
        await message.answer(say("here-stranger"))
        return
    if actor.person.reach is not Reach.REACHABLE:
        await note_reach(app_storage, person_id=actor.person.id, reach=Reach.REACHABLE, now=now)
    secret = qr_secret(settings.bot_token.get_secret_value())
    at = said_at(message, now)
    payload = (command.args or "").strip()
    try:
        checked = await check_in_by_qr(app_storage, actor=actor, payload=payload, secret=secret, at=at, now=now)
    except BadQrError as refusal:
        await message.answer(say(f"here-qr-{refusal.problem.value}"))
    except NotInvitedError as refusal:
        key = "here-not-invited" if refusal.is_told else "here-not-invited-own"
        await message.answer(say(key, title=shorten(refusal.event.title, _TITLE)))
    except (OutsideWindowError, MarkedOtherwiseError, TooManyWrongError) as refusal:
        await message.answer(explained(refusal, reader=reader, now=now))
    else:
        await message.answer(_thanks(checked))


async def on_here(
    query: CallbackQuery,
    callback_data: to.SayHere,
    actor: Actor,
    app_storage: Storage,
    reader: ZoneInfo,
    now: datetime,
    state: FSMContext,
) -> None:
    """The card stays as it is; the question comes below it, where the word will be typed."""
    occurrence_id = OccurrenceId(callback_data.occurrence)
    try:
        event = await check_in_event(app_storage, actor=actor, occurrence_id=occurrence_id, at=now)
    except OutsideWindowError as refusal:
        at = refusal.event.window.opens_at
        today = now.astimezone(reader).date()
        await toast(query, f"toast-here-{refusal.state.value}", alert=True, at=hour(at, reader=reader, today=today))
        return
    except MarkedOtherwiseError as refusal:
        key = "toast-here-already" if refusal.state is Attendance.PRESENT else "toast-here-otherwise"
        await toast(query, key, alert=True)
        return
    await toast(query)
    await state.set_state(CheckingIn.word)
    await state.set_data({"occurrence": occurrence_id})
    assert query.bot is not None, "a query of a dispatcher carries its bot"
    text = say("here-ask", title=shorten(event.title, _TITLE))
    await query.bot.send_message(query.from_user.id, text, reply_markup=_cancel())


async def on_word(
    message: Message, actor: Actor, app_storage: Storage, reader: ZoneInfo, now: datetime, state: FSMContext
) -> None:
    occurrence_id = OccurrenceId((await state.get_data())["occurrence"])
    try:
        await _check_in(message, actor, app_storage, occurrence_id, reader, now)
    except WrongWordError:
        await message.answer(say("here-wrong"), reply_markup=_cancel())
        return
    except DomainError:
        await state.clear()
        raise
    await state.clear()


async def on_said(
    message: Message, occurrence_id: OccurrenceId, actor: Actor, app_storage: Storage, reader: ZoneInfo, now: datetime
) -> None:
    await _check_in(message, actor, app_storage, occurrence_id, reader, now)


async def on_wrong(
    message: Message, occurrence_id: OccurrenceId, actor: Actor, app_storage: Storage, reader: ZoneInfo, now: datetime
) -> None:
    try:
        event = await check_in_event(app_storage, actor=actor, occurrence_id=occurrence_id, at=said_at(message, now))
    except (OutsideWindowError, MarkedOtherwiseError, NotFoundError):
        raise SkipHandler from None  # of an event that takes no word of his now: he writes about something else
    if len(message.text or "") <= _GUESS:
        try:
            await note_wrong_word(app_storage, actor=actor, event=event, now=now)
        except TooManyWrongError as refusal:
            await message.answer(explained(refusal, reader=reader, now=now))
            return
    await message.answer(say("here-perhaps", title=shorten(event.title, _TITLE)))
    if len((message.text or "").split()) > _WORDS:
        raise SkipHandler  # a sentence is no word that was heard wrongly: it is meant for somebody


async def on_no_text(message: Message) -> None:
    await message.answer(say("here-only-text"), reply_markup=_cancel())


async def on_cancel(message: Message, state: FSMContext) -> None:
    await state.clear()
    await message.answer(say("here-cancelled"))


async def on_cancel_button(query: CallbackQuery, state: FSMContext) -> None:
    if await state.get_state() == CheckingIn.word.state:
        await state.clear()
    await toast(query, "here-cancelled")


def said_at(message: Message, now: datetime) -> datetime:
    """When he wrote, by the messenger's clock: what waited for us to get up again is not late."""
    return min(message.date, now)


def explained(
    refusal: OutsideWindowError | MarkedOtherwiseError | TooManyWrongError, *, reader: ZoneInfo, now: datetime
) -> Markup:
    """Why somebody was not marked, and what helps."""
    if isinstance(refusal, TooManyWrongError):
        # The minute after: at «12:15» it is sure to be over.
        again = hour(refusal.until + timedelta(minutes=1), reader=reader, today=now.astimezone(reader).date())
        return say("here-too-many", at=again)
    title = shorten(refusal.event.title, _TITLE)
    if isinstance(refusal, MarkedOtherwiseError):
        return say("here-otherwise", title=title, state=refusal.state.value)
    today = now.astimezone(reader).date()
    window = refusal.event.window
    due = moment(refusal.event.due_at, reader=reader, today=today)
    opens, closes = (hour(at, reader=reader, today=today) for at in (window.opens_at, window.closes_at))
    return say(f"here-{refusal.state.value}", title=title, due=due, opens=opens, closes=closes)


async def _check_in(
    message: Message,
    actor: Actor,
    storage: Storage,
    occurrence_id: OccurrenceId,
    reader: ZoneInfo,
    now: datetime,
) -> None:
    at = said_at(message, now)
    try:
        checked = await check_in_by_word(
            storage, actor=actor, occurrence_id=occurrence_id, typed=message.text or "", at=at, now=now
        )
    except (OutsideWindowError, MarkedOtherwiseError, TooManyWrongError) as refusal:
        await message.answer(explained(refusal, reader=reader, now=now))
    else:
        await message.answer(_thanks(checked))


def _thanks(checked: CheckedIn) -> Markup:
    key = "here-already" if checked.is_repeat else "here-taken"
    return say(key, title=shorten(checked.event.title, _TITLE))


def _cancel() -> InlineKeyboardMarkup:
    return keyboard([button("button-cancel", to.CancelHere())])
