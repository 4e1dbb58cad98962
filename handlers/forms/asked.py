"""The colleague's side: one question of a form that he is asked, answered by a tap or a message, or declined."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from aiogram import Bot, F, Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.domain.errors import NotFoundError
from bot.domain.form_values import BadValueError
from bot.domain.forms import AskedState, QuestionKind
from bot.domain.ids import AskedQuestionId
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.ask_about_form import AskedOverError, AskedView, answer_asked, decline_asked, show_asked
from bot.services.fill_form import UnlikelyValueError
from bot.texts.catalogue import Markup, plain, say
from bot.texts.forms import value_words
from bot.texts.wording import short_name, shorten
from handlers.answers.card import Card
from handlers.filters import IsRegistered
from handlers.forms.callbacks import Act, AskedDecline, AskedTap, AskedType, OpenForm
from handlers.forms.filling import tapped
from handlers.forms.question_screens import asked_screen, refused, unlikely
from handlers.forms.states import FillingIn
from handlers.forms.typing import typed
from handlers.showing import edit, show, toast

_TITLE = 120
_VALUE = 300


def build_router() -> Router:
    router = Router(name="a colleague's question")
    router.callback_query.filter(IsRegistered())
    router.message.filter(IsRegistered())
    router.callback_query.register(on_tap, AskedTap.filter())
    router.callback_query.register(on_type, AskedType.filter())
    router.callback_query.register(on_decline, AskedDecline.filter())
    router.message.register(on_cancel, Command("cancel"), StateFilter(FillingIn.colleagues))
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
    await state.set_state(FillingIn.colleagues)
    message_id = query.message.message_id if query.message else None
    await state.set_data({"asked": callback_data.asked, "message": message_id, "unsure": None})
    await toast(query)
    words = say("asked-type-file" if view.question.kind is QuestionKind.FILE else "asked-type")
    await show(query, *asked_screen(view, words, now.astimezone(reader).date()))


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


async def on_cancel(message: Message, state: FSMContext) -> None:
    await state.clear()
    await message.answer(say("asked-cancelled"))


async def on_answer(
    message: Message, actor: Actor, app_storage: Storage, state: FSMContext, reader: ZoneInfo, now: datetime, bot: Bot
) -> None:
    asked = await state.get_data()
    asked_id, today = AskedQuestionId(asked["asked"]), now.astimezone(reader).date()
    try:
        view = await answer_asked(app_storage, actor=actor, asked_id=asked_id, read=typed(message, today), now=now)
    except BadValueError as refusal:
        view = await show_asked(app_storage, actor=actor, asked_id=asked_id)
        text, keyboard = asked_screen(view, refused(refusal), today)
        await message.answer(text, reply_markup=keyboard)
        return
    except UnlikelyValueError as refusal:
        view = await show_asked(app_storage, actor=actor, asked_id=asked_id)
        await state.update_data(unsure=refusal.value.text)
        text, keyboard = asked_screen(view, unlikely(refusal), today, unsure=refusal.value)
        await message.answer(text, reply_markup=keyboard)
        return
    except (AskedOverError, NotFoundError):
        await state.clear()
        await message.answer(say("asked-over"))
        return
    thanks = _thanks(view)
    await message.answer(thanks)
    if asked["message"] is not None:  # its buttons ask nothing any more
        await edit(bot, message.chat.id, asked["message"], thanks, None)
    await state.clear()


def _thanks(view: AskedView) -> Markup:
    value = shorten(value_words(view.question, view.value), _VALUE)
    return Markup(f"{say('form-question', text=view.question.text)}\n\n{say('asked-thanks', value=value)}")


async def _over(query: CallbackQuery, state: FSMContext) -> None:
    await _leave(state)
    await toast(query)
    await show(query, say("asked-over"))


async def _leave(state: FSMContext) -> None:
    """Only his own dialogue about it: he may be filling in a form of his own meanwhile."""
    if await state.get_state() == FillingIn.colleagues.state:
        await state.clear()
