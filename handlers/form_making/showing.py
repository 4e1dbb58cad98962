"""/forms: the coordinator's forms, one of them, and how a school will see it."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.domain.ids import FormId
from bot.services.edit_form import ShownForm, list_forms, show_made_form
from bot.services.preview_form import sample_filling
from bot.texts.catalogue import Markup, say
from handlers.filters import IsCoordinator
from handlers.form_making import callbacks as to
from handlers.form_making.screens import form_screen, list_screen
from handlers.forms.callbacks import ChooseFormColleague, LeaveForm, ShowQuestion
from handlers.forms.question_screens import Glance, question_screen
from handlers.forms.whole_screens import whole_screen
from handlers.ladders.buttons import Screen, button
from handlers.scene import Scene, SceneMiddleware
from handlers.showing import show, toast


def build_router() -> Router:
    router = Router(name="forms of a coordinator")
    for observer in (router.message, router.callback_query):
        observer.filter(IsCoordinator())
        observer.middleware(SceneMiddleware())
    router.message.register(on_forms, Command("forms"))
    router.callback_query.register(on_list, to.ListForms.filter())
    router.callback_query.register(on_form, to.ShowForm.filter())
    router.callback_query.register(on_preview, to.Preview.filter())
    return router


async def on_forms(message: Message, scene: Scene) -> None:
    await scene.state.clear()
    text, buttons = await listed_forms(scene, 1)
    await message.answer(text, reply_markup=buttons)


async def listed_forms(scene: Scene, page: int) -> Screen:
    """A page of /forms, counted from 1."""
    lines = await list_forms(scene.storage, actor=scene.actor)
    return list_screen(lines, page, reader=scene.reader, now=scene.now)


async def on_list(query: CallbackQuery, callback_data: to.ListForms, scene: Scene) -> None:
    await scene.state.clear()
    await toast(query)
    await show(query, *await listed_forms(scene, callback_data.page))


async def on_form(query: CallbackQuery, callback_data: to.ShowForm, scene: Scene) -> None:
    shown = await show_made_form(scene.storage, actor=scene.actor, form_id=FormId(callback_data.form))
    await scene.state.clear()
    await toast(query)
    await show(query, *form_screen(shown, callback_data.page))


async def on_preview(query: CallbackQuery, callback_data: to.Preview, scene: Scene) -> None:
    shown = await show_made_form(scene.storage, actor=scene.actor, form_id=FormId(callback_data.form))
    await scene.state.clear()
    await toast(query)
    await show(query, *_previewed(shown, callback_data.place, scene))


def _previewed(shown: ShownForm, place: int, scene: Scene) -> Screen:
    """The very screens of filling in; a tap on an answer goes on to the next question, and nothing is stored."""
    form, filling = shown.made.id, sample_filling(shown, actor=scene.actor, zone=scene.reader, now=scene.now)
    glance = Glance(filling, scene.actor.person.id, scene.today)
    is_question = 0 <= place < len(filling.submission.version.questions)
    text, keyboard = question_screen(glance, place) if is_question else whole_screen(glance, 0)
    rows = [[_tamed(one, shown, place) for one in row] for row in keyboard.inline_keyboard]
    if is_question:
        rows.append([button("button-preview-next", to.Preview(form=form, place=place + 1))])
    back = to.ShowEditor(form=form, page=0) if shown.made.draft and shown.can_edit else to.ShowForm(form=form)
    rows.append([button("button-preview-leave", back)])
    return Markup(f"{say('form-preview')}\n\n{text}"), InlineKeyboardMarkup(inline_keyboard=rows)


def _tamed(one: InlineKeyboardButton, shown: ShownForm, place: int) -> InlineKeyboardButton:
    """The same button, which only shows where a school would come by it."""
    form, data = shown.made.id, one.callback_data or ""
    step: CallbackData = to.Preview(form=form, place=place + 1)
    if data.startswith(f"{ShowQuestion.__prefix__}:"):
        step = to.Preview(form=form, place=ShowQuestion.unpack(data).place)
    elif data.split(":")[0] in (ChooseFormColleague.__prefix__, LeaveForm.__prefix__):
        step = to.Preview(form=form, place=place)
    return InlineKeyboardButton(text=one.text, callback_data=step.pack())
