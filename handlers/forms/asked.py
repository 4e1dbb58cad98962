"""The colleague's side: one question of a form that he is asked, answered by a tap or a message, or declined."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from aiogram import Bot, F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.config import Settings
from bot.domain.errors import NotFoundError
from bot.domain.form_values import BadValueError, ValueProblem, file_value, read_value
from bot.domain.forms import AskedState, Question, QuestionKind, Value
from bot.domain.ids import AskedQuestionId, ThreadId
from bot.domain.network import Actor
from bot.domain.threads import DraftGoneError, FileKind, Said
from bot.ports.storage import Storage
from bot.services.address_words import Addressing, drop_message, find_words, last_words
from bot.services.ask_about_form import AskedOverError, AskedView, answer_asked, decline_asked, show_asked
from bot.services.fill_form import Read, UnlikelyValueError
from bot.texts.catalogue import Markup, plain, say
from bot.texts.forms import value_words
from bot.texts.wording import short_name, shorten
from handlers.answers.card import Card
from handlers.filters import IsRegistered
from handlers.forms.callbacks import Act, AskedDecline, AskedTap, AskedType, AskedWords, OpenForm
from handlers.forms.filling import tapped
from handlers.forms.question_screens import asked_screen, refused, unlikely
from handlers.forms.states import FillingIn
from handlers.forms.typing import typed
from handlers.showing import edit, show, toast
from handlers.threads.addressing import addressing_screen
from handlers.typing_line import drop_by_cancel

_TITLE = 120
_VALUE = 300

_Screen = tuple[Markup, InlineKeyboardMarkup | None]


def build_router() -> Router:
    router = Router(name="a colleague's question")
    router.callback_query.filter(IsRegistered())
    router.message.filter(IsRegistered())
    router.callback_query.register(on_tap, AskedTap.filter())
    router.callback_query.register(on_type, AskedType.filter())
    router.callback_query.register(on_decline, AskedDecline.filter())
    router.callback_query.register(on_words, AskedWords.filter())
    drop_by_cancel(router, FillingIn.colleagues, words="asked-cancelled")
    router.message.register(on_answer, ~F.text.startswith("/"), StateFilter(FillingIn.colleagues))
    return router


def asked_news(event: str, view: AskedView, *, today: date, without_names: bool) -> Card | None:
    """The words of an INFO notice whose detail is ``{"event": "asked_…", "asked": …}``; None where it is not so any
    more: answered or taken back before it could be told.
    """
    state = view.asked.state
    if event != f"asked_{state.value}":
        return None
    is_for_colleague = state in (AskedState.WAITING, AskedState.WITHDRAWN)
    named = view.asked.asked_by_name if is_for_colleague else view.asked.colleague_name
    name = short_name(named) if named and not without_names else plain("asked-colleague")
    heading = say(f"notice-asked-{state.value}", name=name, title=shorten(view.matter.title, _TITLE))
    if state is AskedState.WAITING:
        return Card(*asked_screen(view, heading, today))
    parts = [heading, Markup(""), say("form-question", text=view.question.text)]
    if state is AskedState.WITHDRAWN:
        return Card(Markup("\n".join(parts)), None)
    if state is AskedState.ANSWERED:
        parts.append(say("asked-value", value=shorten(value_words(view.question, view.value), _VALUE)))
    open_form = OpenForm(assignment=view.matter.assignment.id, version=view.matter.version, is_change=True)
    button = InlineKeyboardButton(text=plain("button-asked-open"), callback_data=open_form.pack())
    return Card(Markup("\n".join(parts)), InlineKeyboardMarkup(inline_keyboard=[[button]]))


async def on_tap(
    query: CallbackQuery, callback_data: AskedTap, actor: Actor, app_storage: Storage, state: FSMContext,
    reader: ZoneInfo, now: datetime,
) -> None:  # fmt: skip
    asked = await state.get_data()
    unsure = asked.get("unsure") if asked.get("asked") == callback_data.asked else None
    today = now.astimezone(reader).date()
    if callback_data.act is Act.MARK:
        await _marking(query, callback_data, actor, app_storage, state, today)
        return
    try:
        view = await answer_asked(
            app_storage,
            actor=actor,
            asked_id=AskedQuestionId(callback_data.asked),
            read=tapped(callback_data.act, callback_data.option, today, unsure),
            is_sure=callback_data.act is Act.SURE,
            now=now,
        )
    except BadValueError as refusal:
        await toast(query)
        view = await show_asked(app_storage, actor=actor, asked_id=AskedQuestionId(callback_data.asked))
        await show(query, *asked_screen(view, refused(refusal), today))
        return
    except (AskedOverError, NotFoundError):
        await _over(query, state)
        return
    await state.clear()
    await toast(query)
    await show(query, _thanks(view))


async def _marking(
    query: CallbackQuery, tap: AskedTap, actor: Actor, storage: Storage, state: FSMContext, today: date
) -> None:
    """Of several: what he has marked so far; nothing is answered before «Готово»."""
    try:
        view = await show_asked(storage, actor=actor, asked_id=AskedQuestionId(tap.asked))
    except (AskedOverError, NotFoundError):
        await _over(query, state)
        return
    await toast(query)
    name = short_name(view.asked.asked_by_name)
    heading = say("notice-asked-waiting", name=name, title=shorten(view.matter.title, _TITLE))
    await show(query, *asked_screen(view, heading, today, chosen=tap.option))


async def on_type(
    query: CallbackQuery, callback_data: AskedType, actor: Actor, app_storage: Storage, state: FSMContext,
    reader: ZoneInfo, now: datetime,
) -> None:  # fmt: skip
    try:
        view = await show_asked(app_storage, actor=actor, asked_id=AskedQuestionId(callback_data.asked))
    except (AskedOverError, NotFoundError):
        await _over(query, state)
        return
    await _await(state, query, AskedQuestionId(callback_data.asked), None)
    await toast(query)
    words = say("asked-type-file" if view.question.kind is QuestionKind.FILE else "asked-type")
    await show(query, *asked_screen(view, words, now.astimezone(reader).date(), is_awaited=True))


async def on_decline(
    query: CallbackQuery, callback_data: AskedDecline, actor: Actor, app_storage: Storage, state: FSMContext,
    now: datetime,
) -> None:  # fmt: skip
    try:
        await decline_asked(app_storage, actor=actor, asked_id=AskedQuestionId(callback_data.asked), now=now)
    except (AskedOverError, NotFoundError):
        await _over(query, state)
        return
    await _leave(state)
    await toast(query)
    await show(query, say("asked-declined"))


async def on_words(
    query: CallbackQuery, callback_data: AskedWords, actor: Actor, app_storage: Storage, state: FSMContext,
    settings: Settings, reader: ZoneInfo, now: datetime,
) -> None:  # fmt: skip
    """«О чём это?» – the last he wrote answers this question. Where it does not, he is asked the question itself."""
    asked_id, draft_id = AskedQuestionId(callback_data.asked), ThreadId(callback_data.draft)
    today, unsure = now.astimezone(reader).date(), None
    try:
        words = await last_words(app_storage, actor=actor, draft_id=draft_id)
        view = await answer_asked(app_storage, actor=actor, asked_id=asked_id, read=_said(words.said, today), now=now)
    except DraftGoneError:
        await toast(query)
        await show(query, say("thread-gone"))
        return
    except (AskedOverError, NotFoundError):
        await toast(query, "asked-over", alert=True)  # his words wait for another choice
        return
    except (BadValueError, UnlikelyValueError) as refusal:
        view = await show_asked(app_storage, actor=actor, asked_id=asked_id)
        unsure = refusal.value if isinstance(refusal, UnlikelyValueError) else None
        why = refused(refusal) if isinstance(refusal, BadValueError) else unlikely(refusal)
        await _await(state, query, asked_id, unsure)
        await drop_message(app_storage, actor=actor, message=words)
        screen: _Screen = asked_screen(view, why, today, unsure=unsure, is_awaited=True)
    else:
        await drop_message(app_storage, actor=actor, message=words)
        rest = await find_words(app_storage, actor=actor, owner_accounts=settings.owner_ids, reader=reader, now=now)
        screen = _thanks_and(view, rest)
    await toast(query)
    await show(query, *screen)


async def on_answer(
    message: Message, actor: Actor, app_storage: Storage, state: FSMContext, reader: ZoneInfo, now: datetime, bot: Bot
) -> None:
    asked = await state.get_data()
    asked_id, today = AskedQuestionId(asked["asked"]), now.astimezone(reader).date()
    try:
        view = await answer_asked(app_storage, actor=actor, asked_id=asked_id, read=typed(message, today), now=now)
    except BadValueError as refusal:
        view = await show_asked(app_storage, actor=actor, asked_id=asked_id)
        text, keyboard = asked_screen(view, refused(refusal), today, is_awaited=True)
        await message.answer(text, reply_markup=keyboard)
        return
    except UnlikelyValueError as refusal:
        view = await show_asked(app_storage, actor=actor, asked_id=asked_id)
        await state.update_data(unsure=refusal.value.text)
        text, keyboard = asked_screen(view, unlikely(refusal), today, unsure=refusal.value, is_awaited=True)
        await message.answer(text, reply_markup=keyboard)
        return
    except (AskedOverError, NotFoundError):
        await state.clear()
        await message.answer(say("asked-over"))
        return
    await message.answer(_thanks(view))
    if asked["message"] is not None:  # its buttons ask nothing any more
        await edit(bot, message.chat.id, asked["message"], _answered(view), None)
    await state.clear()


async def _await(state: FSMContext, query: CallbackQuery, asked_id: AskedQuestionId, unsure: Value | None) -> None:
    await state.set_state(FillingIn.colleagues)
    message_id = query.message.message_id if query.message else None
    await state.set_data({"asked": asked_id, "message": message_id, "unsure": None if unsure is None else unsure.text})


def _said(said: Said, today: date) -> Read:
    """How words that were kept answer a question."""

    def read(question: Question, _last: Value | None) -> Value:
        file = said.file
        if file is None:
            return read_value(question, said.text or "", today=today)
        if file.kind not in (FileKind.DOCUMENT, FileKind.PHOTO):
            is_file = question.kind is QuestionKind.FILE
            raise BadValueError(ValueProblem.FILE_KIND if is_file else ValueProblem.NEEDS_WORDS, question)
        return file_value(question, file.file_id, file_name=file.name, size=None)

    return read


def _thanks(view: AskedView) -> Markup:
    value = shorten(value_words(view.question, view.value), _VALUE)
    return Markup(f"{say('form-question', text=view.question.text)}\n\n{say('asked-thanks', value=value)}")


def _thanks_and(view: AskedView, rest: Addressing | None) -> _Screen:
    """What he had written before that answer still waits for where it goes."""
    if rest is None or rest.has_nowhere_to_go:
        return _thanks(view), None
    text, keyboard = addressing_screen(rest)
    return Markup(f"{_thanks(view)}\n\n{text}"), keyboard


def _answered(view: AskedView) -> Markup:
    value = say("asked-value", value=shorten(value_words(view.question, view.value), _VALUE))
    return Markup(f"{say('form-question', text=view.question.text)}\n{value}")


async def _over(query: CallbackQuery, state: FSMContext) -> None:
    await _leave(state)
    await toast(query)
    await show(query, say("asked-over"))


async def _leave(state: FSMContext) -> None:
    """Only his own dialogue about it: he may be filling in a form of his own meanwhile."""
    if await state.get_state() == FillingIn.colleagues.state:
        await state.clear()
