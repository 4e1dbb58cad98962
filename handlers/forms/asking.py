"""«Спросить коллегу»: whom, and taking the question back."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from bot.domain.ids import PersonId, SubmissionId
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.ask_about_form import ask_about_form, list_form_colleagues, take_back_asked
from bot.services.fill_form import FillingOverError
from handlers.filters import IsRegistered
from handlers.forms.callbacks import AskFormColleague, ChooseFormColleague, TakeBackAsked
from handlers.forms.filling import Scene
from handlers.forms.question_screens import colleagues_screen
from handlers.showing import show, toast


def build_router() -> Router:
    router = Router(name="asking a colleague about a form")
    router.callback_query.filter(IsRegistered())
    router.callback_query.register(on_choose, ChooseFormColleague.filter())
    router.callback_query.register(on_ask, AskFormColleague.filter())
    router.callback_query.register(on_take_back, TakeBackAsked.filter())
    return router


async def on_choose(
    query: CallbackQuery, callback_data: ChooseFormColleague, actor: Actor, app_storage: Storage, state: FSMContext,
    reader: ZoneInfo, now: datetime,
) -> None:  # fmt: skip
    submission_id = SubmissionId(callback_data.submission)
    try:
        found = await list_form_colleagues(
            app_storage, actor=actor, submission_id=submission_id, page=callback_data.page
        )
    except FillingOverError as refusal:
        await Scene(query, actor, app_storage, state, reader, now).over(refusal)
        return
    await state.clear()
    await toast(query)
    await show(query, *colleagues_screen(found, callback_data.place))


async def on_ask(
    query: CallbackQuery, callback_data: AskFormColleague, actor: Actor, app_storage: Storage, state: FSMContext,
    reader: ZoneInfo, now: datetime,
) -> None:  # fmt: skip
    """The form goes on with the next question meanwhile."""
    scene = Scene(query, actor, app_storage, state, reader, now)
    try:
        filling = await ask_about_form(
            app_storage,
            actor=actor,
            submission_id=SubmissionId(callback_data.submission),
            place=callback_data.place,
            colleague_id=PersonId(callback_data.person),
            now=now,
        )
    except FillingOverError as refusal:
        await scene.over(refusal)
        return
    await toast(query, "toast-form-asked")
    await scene.go_on(filling, callback_data.place)


async def on_take_back(
    query: CallbackQuery, callback_data: TakeBackAsked, actor: Actor, app_storage: Storage, state: FSMContext,
    reader: ZoneInfo, now: datetime,
) -> None:  # fmt: skip
    scene = Scene(query, actor, app_storage, state, reader, now)
    try:
        filling = await take_back_asked(
            app_storage,
            actor=actor,
            submission_id=SubmissionId(callback_data.submission),
            place=callback_data.place,
            now=now,
        )
    except FillingOverError as refusal:
        await scene.over(refusal)
        return
    await toast(query, "toast-form-taken-back")
    await scene.question(filling, callback_data.place)
