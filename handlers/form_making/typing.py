"""What is typed for a form that is being made: its title, questions one by one or in a list, and their parts."""

from __future__ import annotations

from dataclasses import replace

from aiogram import F, Router
from aiogram.types import Message

from bot.domain.errors import NotFoundError
from bot.domain.form_drafts import Change, with_changed, with_questions
from bot.domain.form_rows import options_in
from bot.domain.forms import BadFormError, Question, ensure_form
from bot.domain.ids import FormId
from bot.domain.names import one_line
from bot.domain.question_guessing import figure_of, guessed_lines, unit_of
from bot.services.edit_form import ShownForm, begin_form, change_form, rename_form, show_made_form
from bot.services.make_form import FormTitleError
from bot.texts.catalogue import Markup, say
from handlers.filters import IsCoordinator
from handlers.form_making.editing import ask
from handlers.form_making.question_screens import asking_screen, kind_screen, question_screen, title_screen
from handlers.form_making.screens import editor_screen, form_screen, page_with
from handlers.form_making.states import MakingForm, Typed
from handlers.form_making.wording import problem_words
from handlers.ladders.buttons import Screen
from handlers.scene import Scene, SceneMiddleware
from handlers.typing_line import drop_by_cancel


def build_router() -> Router:
    router = Router(name="making forms by typing")
    router.message.filter(IsCoordinator())
    router.message.middleware(SceneMiddleware())
    drop_by_cancel(router, MakingForm, words="form-making-cancelled")
    router.message.register(on_typed, MakingForm.typing, F.text, ~F.text.startswith("/"))
    router.message.register(on_no_words, MakingForm.typing, ~F.text)
    return router


async def on_typed(message: Message, scene: Scene, source: str) -> None:
    asked = await scene.state.get_data()
    what, text = Typed(asked["what"]), message.text or ""
    if what in (Typed.NEW, Typed.RENAME):
        screen = await _titled(scene, asked["form"], text, source)
    elif what in (Typed.QUESTION, Typed.LINES):
        screen = await _asked(scene, FormId(asked["form"]), text, source)
    else:
        screen = await _part(scene, FormId(asked["form"]), asked["key"], what, text, source)
    await message.answer(screen[0], reply_markup=screen[1])


async def on_no_words(message: Message) -> None:
    await message.answer(say("form-words-wanted"))


async def _titled(scene: Scene, form: int | None, text: str, source: str) -> Screen:
    """Begins a form with the title, or gives it to the one that there is."""
    try:
        if form is None:
            shown = await begin_form(scene.storage, actor=scene.actor, title=text, source=source, now=scene.now)
            await scene.state.clear()
            return editor_screen(shown, news=say("form-begun"))
        form_id = FormId(form)
        await rename_form(scene.storage, actor=scene.actor, form_id=form_id, title=text, now=scene.now)
    except FormTitleError:
        fault = say("form-bad-title")
        if form is None:
            return title_screen(fault)
        return asking_screen(await _form(scene, form), Typed.RENAME, None, fault)
    await scene.state.clear()
    return form_screen(await _form(scene, form), 1, say("form-renamed"))


async def _asked(scene: Scene, form_id: FormId, text: str, source: str) -> Screen:
    """One question or a list of them: their kinds are guessed, shown beside them, and wait for «верно»."""
    proposed = guessed_lines(text)
    shown = await _form(scene, form_id)
    if not proposed:
        return asking_screen(shown, Typed.QUESTION, None, say("form-bad-question"))
    try:
        shown = await _change(scene, form_id, lambda draft: with_questions(draft, proposed), source)
    except BadFormError as error:
        return asking_screen(shown, Typed.QUESTION, None, say("form-bad-form", problem=problem_words(error.problem)))
    await scene.state.clear()
    if len(proposed) == 1:
        return kind_screen(shown, shown.draft.questions[-1].key)
    first = page_with(shown, len(shown.draft.questions) - len(proposed))  # what was guessed is read from its beginning
    return editor_screen(shown, first, say("form-lines-taken", n=len(proposed)))


async def _part(scene: Scene, form_id: FormId, key: str, what: Typed, text: str, source: str) -> Screen:
    shown = await _form(scene, form_id)
    try:
        question = shown.draft.question(key)
    except NotFoundError:  # a colleague has removed it meanwhile
        await scene.state.clear()
        return editor_screen(shown, news=say("form-question-gone"))
    changed = _with_part(question, what, text)
    fault = say("form-bad-figure") if changed is None else _fault(changed)
    if changed is None or fault is not None:
        await ask(scene, shown, what, key)
        return asking_screen(shown, what, key, fault)
    parts = {name: getattr(changed, name) for name in ("text", "options", "unit", "at_least", "low", "high")}
    new = {name: value for name, value in parts.items() if value != getattr(question, name)}
    shown = await _change(scene, form_id, lambda draft: with_changed(draft, key, **new), source)
    await scene.state.clear()
    return question_screen(shown, key)


def _with_part(question: Question, what: Typed, text: str) -> Question | None:
    """The question with what was typed; None where no figure was."""
    if what is Typed.WORDS:
        return replace(question, text=one_line(text))
    if what is Typed.OPTIONS:
        return replace(question, options=options_in(text))
    if what is Typed.UNIT:
        return replace(question, unit=unit_of(text))
    figure = figure_of(text)
    if figure is None:
        return None
    if what is Typed.PLAN:
        return replace(question, at_least=figure)
    return replace(question, low=figure) if what is Typed.LOW else replace(question, high=figure)


def _fault(question: Question) -> Markup | None:
    try:
        ensure_form([question])
    except BadFormError as error:
        return say("form-bad-form", problem=problem_words(error.problem))
    return None


async def _form(scene: Scene, form: int | None) -> ShownForm:
    return await show_made_form(scene.storage, actor=scene.actor, form_id=FormId(form or 0))


async def _change(scene: Scene, form_id: FormId, change: Change, source: str) -> ShownForm:
    return await change_form(
        scene.storage, actor=scene.actor, form_id=form_id, change=change, source=source, now=scene.now
    )
