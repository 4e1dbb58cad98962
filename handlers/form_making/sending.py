"""«Разослать школам»: by when, who gets it, and away it goes. What is sent is a plan of one matter like any other."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from bot.domain.calendar import WorkCalendar
from bot.domain.drafts import DocumentState
from bot.domain.errors import NotFoundError
from bot.domain.ids import DocumentId, FormId
from bot.domain.names import one_line
from bot.domain.own_terms import proposed_terms
from bot.ports.form_drafts import FormLine
from bot.services.cancel_plan import cancel_plan
from bot.services.choose_audience import AudienceOf
from bot.services.edit_draft import DraftChangedError, NotADraftError, TermNotUnderstoodError, discard_draft
from bot.services.edit_form import show_made_form
from bot.services.import_document import NoNetworkError
from bot.services.plan_document import PlannedDocument, PlanPreview, preview_plan
from bot.services.send_form import draft_sending, form_to_send
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import day, short_day
from bot.texts.wording import sending_title, shorten
from handlers.audiences.callbacks import ShowAudience
from handlers.documents import callbacks as documents
from handlers.documents.plan import planned_or_refused
from handlers.documents.telling import date_warnings, foreseen_lines, unreached_lines
from handlers.documents.wording import date_words, size_words
from handlers.filters import IsCoordinator
from handlers.form_making import callbacks as to
from handlers.form_making.screens import form_screen
from handlers.form_making.states import MakingForm
from handlers.ladders.buttons import Screen, button, keyboard, named
from handlers.scene import Scene, SceneMiddleware
from handlers.showing import show, toast
from handlers.typing_line import IS_LINE

_WORDS = 60


def build_router() -> Router:
    router = Router(name="sending forms")
    for observer in (router.message, router.callback_query):
        observer.filter(IsCoordinator())
        observer.middleware(SceneMiddleware())
    router.callback_query.register(on_send, to.SendForm.filter())
    router.callback_query.register(on_term, to.SendFormUntil.filter())
    router.callback_query.register(on_now, to.SendFormNow.filter())
    router.callback_query.register(on_drop, to.DropSending.filter())
    router.callback_query.register(on_take_back, to.TakeBackSending.filter())
    router.message.register(on_words, IS_LINE, StateFilter(MakingForm.sending))
    router.message.register(on_no_words, ~F.text, StateFilter(MakingForm.sending))
    return router


async def on_send(query: CallbackQuery, callback_data: to.SendForm, scene: Scene) -> None:
    form = await form_to_send(scene.storage, actor=scene.actor, form_id=FormId(callback_data.form))
    if callback_data.instead:
        await _forget(scene, callback_data.instead)
    await scene.state.set_state(MakingForm.sending)
    await scene.state.set_data({"form": form.id})
    await toast(query)
    await show(query, *_term_screen(scene, form))


async def on_term(query: CallbackQuery, callback_data: to.SendFormUntil, scene: Scene) -> None:
    phrase = plain("form-send-until", day=short_day(callback_data.on))
    screen = await _drafted(scene, FormId(callback_data.form), phrase)
    await toast(query)
    await show(query, *screen)


async def on_now(query: CallbackQuery, callback_data: to.SendFormNow, scene: Scene) -> None:
    form = await form_to_send(scene.storage, actor=scene.actor, form_id=FormId(callback_data.form))
    document_id, version = DocumentId(callback_data.document), callback_data.version
    try:
        sent = await planned_or_refused(query, scene.storage, scene.actor, document_id, version, scene.now)
    except DraftChangedError:
        preview = await preview_plan(scene.storage, actor=scene.actor, document_id=document_id, now=scene.now)
        text, buttons = _preview_screen(preview, form, scene)
        await toast(query, "toast-draft-changed", alert=True)
        await show(query, Markup(f"{say('draft-changed')}\n\n{text}"), buttons)
        return
    if sent is not None:
        await toast(query, "toast-form-sent-before" if sent.is_repeat else "toast-form-sent")
        await show(query, *_sent_screen(sent, form))


async def on_drop(query: CallbackQuery, callback_data: to.DropSending, scene: Scene) -> None:
    await _forget(scene, callback_data.document)
    shown = await show_made_form(scene.storage, actor=scene.actor, form_id=FormId(callback_data.form))
    await toast(query, "toast-form-not-sent")
    await show(query, *form_screen(shown, 1))


async def on_take_back(query: CallbackQuery, callback_data: to.TakeBackSending, scene: Scene) -> None:
    form = await form_to_send(scene.storage, actor=scene.actor, form_id=FormId(callback_data.form))
    document_id = DocumentId(callback_data.document)
    await toast(query)
    if not callback_data.is_sure:
        yes = button("button-form-take-back-yes", callback_data.model_copy(update={"is_sure": True}))
        no = button("button-form-take-back-no", documents.ShowPlan(document=document_id))
        await show(query, say("form-take-back-ask", title=form.title), keyboard([yes], [no]))
        return
    cancelled = await cancel_plan(scene.storage, actor=scene.actor, document_id=document_id, now=scene.now)
    if cancelled.is_draft_again:
        again = button("button-form-send-other", to.SendForm(form=form.id, instead=document_id))
        drop = button("button-form-send-drop", to.DropSending(form=form.id, document=document_id))
        await show(query, say("form-taken-back-unheard", title=form.title), keyboard([again], [drop]))
        return
    anew = button("button-form-send-anew", to.SendForm(form=form.id))
    shown = button("button-form-card", to.ShowForm(form=form.id))
    await show(query, say("form-taken-back", title=form.title), keyboard([anew], [shown]))


async def on_words(message: Message, scene: Scene) -> None:
    asked = await scene.state.get_data()
    text, buttons = await _drafted(scene, FormId(asked["form"]), one_line(message.text or ""))
    await message.answer(text, reply_markup=buttons)


async def on_no_words(message: Message) -> None:
    await message.answer(say("form-words-wanted"))


async def _drafted(scene: Scene, form_id: FormId, phrase: str) -> Screen:
    """What would be sent by that term; the question again where it names none."""
    form = await form_to_send(scene.storage, actor=scene.actor, form_id=form_id)
    title = sending_title(form.title)
    try:
        draft = await draft_sending(
            scene.storage, actor=scene.actor, form_id=form_id, title=title, phrase=phrase, now=scene.now
        )
    except TermNotUnderstoodError:
        return _term_screen(scene, form, say("form-send-no-term", words=shorten(phrase, _WORDS)))
    except NoNetworkError:
        await scene.state.clear()
        return say("file-no-network"), keyboard([button("button-to-forms", to.ListForms())])
    await scene.state.clear()
    if draft.state is not DocumentState.DRAFT:
        opened = button("button-open-plan", documents.ShowPlan(document=draft.id))
        again = button("button-form-send-other", to.SendForm(form=form_id))
        return say("form-send-before", title=form.title, phrase=phrase), keyboard([opened], [again])
    preview = await preview_plan(scene.storage, actor=scene.actor, document_id=draft.id, now=scene.now)
    return _preview_screen(preview, form, scene)


async def _forget(scene: Scene, document: int) -> None:
    """A draft of a sending, unless it has been sent meanwhile or is forgotten already."""
    with suppress(NotADraftError, NotFoundError):
        await discard_draft(scene.storage, actor=scene.actor, document_id=DocumentId(document), now=scene.now)


def _term_screen(scene: Scene, form: FormLine, fault: Markup | None = None) -> Screen:
    terms = proposed_terms(scene.today, today=scene.today, days=WorkCalendar())
    question = say("form-send-ask", title=form.title)
    text = Markup(f"{fault}\n\n{question}") if fault else question
    picks = [[named(day(on, today=scene.today), _until(form, on))] for on in terms]
    return text, keyboard(*picks, [button("button-cancel", to.ShowForm(form=form.id))])


def _until(form: FormLine, on: date) -> to.SendFormUntil:
    return to.SendFormUntil(form=form.id, day=on.toordinal())


def _sent_screen(sent: PlannedDocument, form: FormLine) -> Screen:
    """What was done, in the words of the one who did it; the plan behind it is where it is watched and taken back."""
    due = "" if sent.last_due is None else date_words(sent.last_due)
    return say("form-sent", title=form.title, size=size_words(sent.size), date=due), keyboard(
        [button("button-open-plan", documents.ShowPlan(document=sent.document_id))],
        [button("button-form-send-back", to.TakeBackSending(form=form.id, document=sent.document_id))],
    )


def _preview_screen(preview: PlanPreview, form: FormLine, scene: Scene) -> Screen:
    """Who would get it, by when, and when the first message goes."""
    draft, due = preview.draft, preview.first_due
    parts = [say("form-send-preview", title=form.title, n=form.questions or 0)]
    if due is not None:
        parts.append(say("form-send-due", date=date_words(due)))
        parts += foreseen_lines(preview.foreseen, scene.now)
        parts += [*unreached_lines(preview.foreseen), *date_warnings([due])]
        now = to.SendFormNow(form=form.id, document=draft.id, version=draft.version)
        send = [button("button-form-send-now", now)]
    else:
        parts.append(say("form-send-past"))
        send = []
    return Markup("\n".join(parts)), keyboard(
        send,
        [button("button-form-send-whom", ShowAudience(of=AudienceOf.DOCUMENT, subject=draft.id))],
        [button("button-form-send-other", to.SendForm(form=form.id, instead=draft.id))],
        [button("button-form-send-drop", to.DropSending(form=form.id, document=draft.id))],
    )
