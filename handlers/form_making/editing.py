"""Making a form by taps: what is asked is stored at once as a draft, and published when its maker says so."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.types import CallbackQuery

from bot.domain.form_drafts import Change, undone, with_changed, with_kinds_confirmed, with_moved, without
from bot.domain.forms import BadFormError
from bot.domain.ids import FormId
from bot.services.edit_form import (
    ShownForm,
    UnconfirmedKindsError,
    change_form,
    copy_form,
    drop_changes,
    publish_form,
    retire_form,
    show_made_form,
)
from bot.services.make_form import MAX_FORM_TITLE
from bot.texts.catalogue import plain, say
from bot.texts.wording import shorten
from handlers.filters import IsCoordinator
from handlers.form_making import callbacks as to
from handlers.form_making.callbacks import FormAct, QuestionAct
from handlers.form_making.question_screens import (
    CLEARED,
    PARTS,
    UNITS,
    asking_screen,
    kind_screen,
    question_screen,
    title_screen,
    unit_screen,
)
from handlers.form_making.screens import editor_screen, form_screen, page_with, sure_screen
from handlers.form_making.showing import listed_forms
from handlers.form_making.states import MakingForm, Typed
from handlers.form_making.wording import problem_words
from handlers.ladders.buttons import Screen
from handlers.scene import Scene, SceneMiddleware
from handlers.showing import show, toast

_TYPED = {FormAct.ADD: Typed.QUESTION, FormAct.LINES: Typed.LINES, FormAct.RENAME: Typed.RENAME}


def build_router() -> Router:
    router = Router(name="making forms by taps")
    router.callback_query.filter(IsCoordinator())
    router.callback_query.middleware(SceneMiddleware())
    on = router.callback_query.register
    on(on_new, to.NewForm.filter())
    on(on_editor, to.ShowEditor.filter())
    on(on_ask_form, to.DoWithForm.filter(F.act.in_(_TYPED)))
    on(on_sure, to.DoWithForm.filter(F.act.in_({FormAct.RETIRE, FormAct.DROP})))
    on(on_copy, to.DoWithForm.filter(F.act == FormAct.COPY))
    on(on_retire, to.DoWithForm.filter(F.act == FormAct.RETIRE_SURELY))
    on(on_drop, to.DoWithForm.filter(F.act == FormAct.DROP_SURELY))
    on(on_publish, to.DoWithForm.filter(F.act == FormAct.PUBLISH))
    on(on_draft, to.DoWithForm.filter(F.act.in_({FormAct.CONFIRM, FormAct.UNDO})))
    on(on_question, to.EditQuestion.filter())
    on(on_ask_part, to.DoWithQuestion.filter(F.act.in_(PARTS)))
    on(on_part_screen, to.DoWithQuestion.filter(F.act.in_({QuestionAct.KIND, QuestionAct.UNIT})))
    on(on_remove, to.DoWithQuestion.filter(F.act == QuestionAct.REMOVE))
    on(on_change, to.DoWithQuestion.filter())
    on(on_kind, to.SetKind.filter())
    on(on_unit, to.SetUnit.filter())
    on(on_clear, to.Clear.filter())
    return router


async def ask(scene: Scene, shown: ShownForm, what: Typed, key: str | None = None) -> Screen:
    """What is typed next is this; the screen that asks for it."""
    await scene.state.set_state(MakingForm.typing)
    await scene.state.set_data({"form": shown.made.id, "what": what.value, "key": key})
    return asking_screen(shown, what, key)


async def after_kind(scene: Scene, shown: ShownForm, key: str) -> Screen:
    """What follows the kind of a question: the options of a choice, the unit of a figure, else the question."""
    question = shown.draft.question(key)
    if question.kind.has_options and not question.options:
        return await ask(scene, shown, Typed.OPTIONS, key)
    if question.kind.is_figure and question.unit is None:
        return unit_screen(shown, key)
    return question_screen(shown, key)


async def on_new(query: CallbackQuery, scene: Scene) -> None:
    await scene.state.set_state(MakingForm.typing)
    await scene.state.set_data({"form": None, "what": Typed.NEW.value, "key": None})
    await toast(query)
    await show(query, *title_screen())


async def on_editor(query: CallbackQuery, callback_data: to.ShowEditor, scene: Scene) -> None:
    shown = await _form(scene, callback_data.form)
    await scene.state.clear()
    await toast(query)
    await show(query, *(editor_screen(shown, callback_data.page) if shown.can_edit else form_screen(shown, 1)))


async def on_ask_form(query: CallbackQuery, callback_data: to.DoWithForm, scene: Scene) -> None:
    shown = await _form(scene, callback_data.form)
    await toast(query)
    await show(query, *await ask(scene, shown, _TYPED[callback_data.act]))


async def on_sure(query: CallbackQuery, callback_data: to.DoWithForm, scene: Scene) -> None:
    shown = await _form(scene, callback_data.form)
    await scene.state.clear()
    await toast(query)
    await show(query, *sure_screen(shown, callback_data.act))


async def on_copy(query: CallbackQuery, callback_data: to.DoWithForm, scene: Scene, source: str) -> None:
    known = await _form(scene, callback_data.form)
    shown = await copy_form(
        scene.storage,
        actor=scene.actor,
        form_id=known.made.id,
        title=shorten(plain("form-copy-title", title=known.made.title), MAX_FORM_TITLE),
        source=source,
        now=scene.now,
    )
    await toast(query)
    await show(query, *editor_screen(shown, 1, say("form-copied")))


async def on_retire(query: CallbackQuery, callback_data: to.DoWithForm, scene: Scene) -> None:
    await retire_form(scene.storage, actor=scene.actor, form_id=FormId(callback_data.form), now=scene.now)
    await toast(query, "toast-form-retired")
    await show(query, *await listed_forms(scene, 1))


async def on_drop(query: CallbackQuery, callback_data: to.DoWithForm, scene: Scene) -> None:
    form_id = FormId(callback_data.form)
    is_left = await drop_changes(scene.storage, actor=scene.actor, form_id=form_id, now=scene.now)
    await scene.state.clear()
    await toast(query, "toast-form-dropped")
    if is_left:
        await show(query, *form_screen(await _form(scene, form_id), 1))
    else:
        await show(query, *await listed_forms(scene, 1))


async def on_publish(query: CallbackQuery, callback_data: to.DoWithForm, scene: Scene) -> None:
    form_id = FormId(callback_data.form)
    try:
        done = await publish_form(scene.storage, actor=scene.actor, form_id=form_id, now=scene.now)
    except UnconfirmedKindsError:
        await toast(query, "toast-form-guessed", alert=True)
        shown = await _form(scene, form_id)
        await show(query, *editor_screen(shown, page_with(shown, _first_guessed(shown))))
        return
    except BadFormError as error:
        problem, place = problem_words(error.problem), error.place or 0
        await toast(query, "toast-form-not-whole", alert=True, place=place, problem=problem)
        shown = await _form(scene, form_id)
        await show(query, *editor_screen(shown, page_with(shown, max(0, place - 1))))
        return
    await scene.state.clear()
    await toast(query, "toast-form-published")
    news = say("form-published-new" if done.is_new_version else "form-published", number=done.number)
    await show(query, *form_screen(await _form(scene, form_id), 1, news))


async def on_draft(query: CallbackQuery, callback_data: to.DoWithForm, scene: Scene, source: str) -> None:
    change = undone if callback_data.act is FormAct.UNDO else with_kinds_confirmed
    shown = await _changed(scene, callback_data.form, change, source)
    await toast(query)
    await show(query, *editor_screen(shown, 1))


async def on_question(query: CallbackQuery, callback_data: to.EditQuestion, scene: Scene) -> None:
    shown = await _form(scene, callback_data.form)
    await scene.state.clear()
    await toast(query)
    await show(query, *question_screen(shown, callback_data.key))


async def on_ask_part(query: CallbackQuery, callback_data: to.DoWithQuestion, scene: Scene) -> None:
    shown = await _form(scene, callback_data.form)
    screen = await ask(scene, shown, PARTS[callback_data.act], callback_data.key)
    await toast(query)
    await show(query, *screen)


async def on_part_screen(query: CallbackQuery, callback_data: to.DoWithQuestion, scene: Scene) -> None:
    shown = await _form(scene, callback_data.form)
    screen = kind_screen if callback_data.act is QuestionAct.KIND else unit_screen
    await scene.state.clear()
    await toast(query)
    await show(query, *screen(shown, callback_data.key))


async def on_remove(query: CallbackQuery, callback_data: to.DoWithQuestion, scene: Scene, source: str) -> None:
    key = callback_data.key
    place = _place((await _form(scene, callback_data.form)), key)
    shown = await _changed(scene, callback_data.form, lambda draft: without(draft, key), source)
    await toast(query, "toast-question-removed")
    await show(query, *editor_screen(shown, page_with(shown, place)))


async def on_change(query: CallbackQuery, callback_data: to.DoWithQuestion, scene: Scene, source: str) -> None:
    """Up, down, required or not."""
    key, act = callback_data.key, callback_data.act
    changes: dict[QuestionAct, Change] = {
        QuestionAct.UP: lambda draft: with_moved(draft, key, -1),
        QuestionAct.DOWN: lambda draft: with_moved(draft, key, 1),
        QuestionAct.REQUIRE: lambda draft: with_changed(draft, key, is_required=True),
        QuestionAct.LET_SKIP: lambda draft: with_changed(draft, key, is_required=False),
    }
    shown = await _changed(scene, callback_data.form, changes[act], source)
    await toast(query)
    await show(query, *question_screen(shown, key))


async def on_kind(query: CallbackQuery, callback_data: to.SetKind, scene: Scene, source: str) -> None:
    key, kind = callback_data.key, callback_data.kind
    shown = await _changed(scene, callback_data.form, lambda draft: with_changed(draft, key, kind=kind), source)
    await toast(query)
    await show(query, *await after_kind(scene, shown, key))


async def on_unit(query: CallbackQuery, callback_data: to.SetUnit, scene: Scene, source: str) -> None:
    key, place = callback_data.key, callback_data.unit
    unit = UNITS[place] if 0 <= place < len(UNITS) else None
    shown = await _changed(scene, callback_data.form, lambda draft: with_changed(draft, key, unit=unit), source)
    await toast(query)
    await show(query, *question_screen(shown, key))


async def on_clear(query: CallbackQuery, callback_data: to.Clear, scene: Scene, source: str) -> None:
    key, name = callback_data.key, CLEARED[callback_data.part]
    shown = await _changed(scene, callback_data.form, lambda draft: with_changed(draft, key, **{name: None}), source)
    await toast(query)
    await show(query, *question_screen(shown, key))


def _place(shown: ShownForm, key: str) -> int:
    """From 0; the last one where it is gone."""
    keys = [question.key for question in shown.draft.questions]
    return keys.index(key) if key in keys else len(keys)


def _first_guessed(shown: ShownForm) -> int:
    return min((_place(shown, key) for key in shown.draft.guessed), default=0)


async def _form(scene: Scene, form: int) -> ShownForm:
    return await show_made_form(scene.storage, actor=scene.actor, form_id=FormId(form))


async def _changed(scene: Scene, form: int, change: Change, source: str) -> ShownForm:
    await scene.state.clear()
    return await change_form(
        scene.storage, actor=scene.actor, form_id=FormId(form), change=change, source=source, now=scene.now
    )
