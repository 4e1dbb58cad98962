"""/selection: a selection is begun, alone or from a row of a document, filled in a question at a time, announced."""

from __future__ import annotations

from dataclasses import replace

from aiogram import F, Router
from aiogram.filters import Command, StateFilter
from aiogram.types import CallbackQuery, Message

from bot.domain.audiences import answered_by
from bot.domain.calls import ProposalEmptyError, ProposalTooLongError
from bot.domain.errors import NotAllowedError, OutdatedError
from bot.domain.ids import ActivityId, FormId, RowId, SelectionDraftId, UnitId
from bot.domain.matters import AnsweredBy
from bot.domain.own_terms import TermNotReadError, TermPastError
from bot.domain.selection import BadPlacesError, BadQuotasError
from bot.domain.selection_drafts import SelectionDraft, SelectionPart, SelectionUnfinishedError
from bot.ports.selections import StoredSelectionDraft
from bot.services.announce_event import NobodyInvitedError
from bot.services.announce_selection import announce_selection, preview_selection
from bot.services.make_selection import (
    DraftView,
    change_selection_draft,
    choose_selection_form,
    delete_selection_draft,
    fill_selection_part,
    give_ready_form,
    selection_draft,
    selection_drafts,
    selection_places,
    start_selection,
    start_selection_of_activity,
    start_selection_of_row,
    usable_selection_forms,
)
from bot.services.select_applicants import list_selections
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import day_within
from bot.texts.wording import shorten
from handlers.audiences.wording import people_words
from handlers.filters import IsCoordinator
from handlers.people.buttons import button, keyboard, named
from handlers.scene import Scene, SceneMiddleware
from handlers.selections.callbacks import (
    Act,
    ChooseSelectionForm,
    EditSelectionPart,
    ListSelectionForms,
    ListSelections,
    NewSelection,
    SelectionDraftButton,
    SelectionOfActivity,
    SelectionOfRow,
    SetSelectionPart,
    ShowSelection,
)
from handlers.selections.making_screens import (
    Screen,
    card_screen,
    example_of,
    form_question,
    part_question,
    preview_screen,
)
from handlers.selections.reading_screens import list_screen
from handlers.selections.states import MakingSelection
from handlers.showing import NO_PREVIEW, show, toast
from handlers.typing_line import IS_LINE, drop_by_cancel
from handlers.unsent_drafts import UnsentDraft, delete_screen

_SHOWN_BACK = 60


def build_router() -> Router:
    router = Router(name="making selections")
    for observer in (router.message, router.callback_query):
        observer.filter(IsCoordinator())
        observer.middleware(SceneMiddleware())
    router.message.register(on_selection, Command("selection"))
    drop_by_cancel(router, MakingSelection, words="selection-left")
    router.message.register(on_part, IS_LINE, StateFilter(MakingSelection.part))
    router.message.register(on_no_text, ~F.text, StateFilter(MakingSelection))
    router.message.register(on_words_at_the_card, IS_LINE, StateFilter(MakingSelection.card))
    router.callback_query.register(on_list, ListSelections.filter())
    router.callback_query.register(on_new, NewSelection.filter())
    router.callback_query.register(on_row, SelectionOfRow.filter())
    router.callback_query.register(on_activity, SelectionOfActivity.filter())
    router.callback_query.register(on_edit, EditSelectionPart.filter())
    router.callback_query.register(on_set, SetSelectionPart.filter())
    router.callback_query.register(on_forms, ListSelectionForms.filter())
    router.callback_query.register(on_form, ChooseSelectionForm.filter())
    router.callback_query.register(on_card, SelectionDraftButton.filter(F.act == Act.CARD))
    router.callback_query.register(on_preview, SelectionDraftButton.filter(F.act == Act.PREVIEW))
    router.callback_query.register(on_announce, SelectionDraftButton.filter(F.act == Act.ANNOUNCE))
    router.callback_query.register(on_ask_delete, SelectionDraftButton.filter(F.act == Act.ASK_DELETE))
    router.callback_query.register(on_delete, SelectionDraftButton.filter(F.act == Act.DELETE))
    return router


async def on_selection(message: Message, scene: Scene) -> None:
    await _reply(message, await _selections(scene, 0))


async def on_list(query: CallbackQuery, callback_data: ListSelections, scene: Scene) -> None:
    await toast(query)
    await show(query, *await _selections(scene, callback_data.page))


async def on_new(query: CallbackQuery, callback_data: NewSelection, scene: Scene) -> None:
    places = await selection_places(scene.storage, actor=scene.actor)
    if not places:
        raise NotAllowedError(f"person {scene.actor.person.id} coordinates nothing")
    await toast(query)
    if not callback_data.unit and len(places) > 1:
        rows = [[named(place.title, NewSelection(unit=place.id))] for place in places]
        await show(query, say("selection-ask-unit"), keyboard(*rows))
        return
    unit_id = UnitId(callback_data.unit or places[0].id)
    view = await start_selection(scene.storage, actor=scene.actor, unit_id=unit_id, now=scene.now)
    await show(query, *await next_screen(scene, view))


async def on_row(query: CallbackQuery, callback_data: SelectionOfRow, scene: Scene) -> None:
    row_id = RowId(callback_data.row)
    view = await start_selection_of_row(scene.storage, actor=scene.actor, row_id=row_id, now=scene.now)
    await _begin_below(query, scene, view)


async def on_activity(query: CallbackQuery, callback_data: SelectionOfActivity, scene: Scene) -> None:
    activity_id = ActivityId(callback_data.activity)
    view = await start_selection_of_activity(scene.storage, actor=scene.actor, activity_id=activity_id, now=scene.now)
    await _begin_below(query, scene, view)


async def on_part(message: Message, scene: Scene) -> None:
    """What was typed, and the next question, or the card once nothing is missing."""
    asked = await scene.state.get_data()
    part, words = SelectionPart(asked["part"]), message.text or ""
    draft_id = SelectionDraftId(asked["draft"])
    if part in (SelectionPart.FORM, SelectionPart.WHO):
        await message.answer(say("selection-only-buttons"))
        return
    try:
        view = await fill_selection_part(
            scene.storage, actor=scene.actor, draft_id=draft_id, part=part, words=words, now=scene.now
        )
    except (ProposalEmptyError, ProposalTooLongError, TermNotReadError, TermPastError, BadPlacesError) as refusal:
        view = await selection_draft(scene.storage, actor=scene.actor, draft_id=draft_id)
        await _reply(message, (_refused(refusal, part, words, scene), part_question(view, part)[1]))
    except BadQuotasError as refusal:
        view = await selection_draft(scene.storage, actor=scene.actor, draft_id=draft_id)
        example = f"\n{example_of(view.parts)}"
        line = shorten(refusal.line, _SHOWN_BACK)
        bad = say("selection-bad-quotas", fault=refusal.fault.value, line=line, example=example)
        await _reply(message, (bad, part_question(view, part)[1]))
    else:
        await _reply(message, await next_screen(scene, view))


async def on_no_text(message: Message) -> None:
    await message.answer(say("selection-only-text"))


async def on_words_at_the_card(message: Message, scene: Scene) -> None:
    draft_id = SelectionDraftId((await scene.state.get_data())["draft"])
    view = await selection_draft(scene.storage, actor=scene.actor, draft_id=draft_id)
    await message.answer(say("selection-press"))
    await _reply(message, await _card(scene, view))


async def on_edit(query: CallbackQuery, callback_data: EditSelectionPart, scene: Scene) -> None:
    draft_id = SelectionDraftId(callback_data.draft)
    view = await selection_draft(scene.storage, actor=scene.actor, draft_id=draft_id)
    await toast(query)
    await show(query, *await _ask(scene, view, callback_data.part))


async def on_set(query: CallbackQuery, callback_data: SetSelectionPart, scene: Scene) -> None:
    tap = callback_data
    draft_id = SelectionDraftId(tap.draft)
    try:
        view = await change_selection_draft(
            scene.storage,
            actor=scene.actor,
            draft_id=draft_id,
            version=tap.version,
            change=lambda draft: _with_number(draft, tap.part, tap.number),
            now=scene.now,
        )
    except OutdatedError:
        await toast(query, "toast-selection-changed", alert=True)
        view = await selection_draft(scene.storage, actor=scene.actor, draft_id=draft_id)
    else:
        await toast(query)
    await show(query, *await next_screen(scene, view))


async def on_forms(query: CallbackQuery, callback_data: ListSelectionForms, scene: Scene) -> None:
    draft_id = SelectionDraftId(callback_data.draft)
    view = await selection_draft(scene.storage, actor=scene.actor, draft_id=draft_id)
    forms = await usable_selection_forms(scene.storage, actor=scene.actor)
    await toast(query)
    await show(query, *form_question(view, forms, callback_data.page))


async def on_form(query: CallbackQuery, callback_data: ChooseSelectionForm, scene: Scene) -> None:
    draft_id = SelectionDraftId(callback_data.draft)
    if callback_data.form:
        form_id = FormId(callback_data.form)
        view = await choose_selection_form(
            scene.storage, actor=scene.actor, draft_id=draft_id, form_id=form_id, now=scene.now
        )
    else:
        title = plain("selection-ready-form")
        view = await give_ready_form(scene.storage, actor=scene.actor, draft_id=draft_id, title=title, now=scene.now)
    await toast(query)
    await show(query, *await next_screen(scene, view))


async def on_card(query: CallbackQuery, callback_data: SelectionDraftButton, scene: Scene) -> None:
    draft_id = SelectionDraftId(callback_data.draft)
    view = await selection_draft(scene.storage, actor=scene.actor, draft_id=draft_id)
    await toast(query)
    await show(query, *await _card(scene, view))


async def on_preview(query: CallbackQuery, callback_data: SelectionDraftButton, scene: Scene) -> None:
    draft_id = SelectionDraftId(callback_data.draft)
    try:
        preview = await preview_selection(scene.storage, actor=scene.actor, draft_id=draft_id, now=scene.now)
    except (SelectionUnfinishedError, TermPastError) as refusal:
        await _back_to_part(query, scene, draft_id, refusal)
        return
    if preview.size.people == 0:
        await toast(query, "toast-selection-nobody", alert=True)
        return
    await toast(query)
    await show(query, *preview_screen(preview, scene))


async def on_announce(query: CallbackQuery, callback_data: SelectionDraftButton, scene: Scene) -> None:
    draft_id = SelectionDraftId(callback_data.draft)
    try:
        announced = await announce_selection(
            scene.storage, actor=scene.actor, draft_id=draft_id, version=callback_data.version, now=scene.now
        )
    except NobodyInvitedError:
        await toast(query, "toast-selection-nobody", alert=True)
        return
    except OutdatedError:
        await toast(query, "toast-selection-changed", alert=True)
        view = await selection_draft(scene.storage, actor=scene.actor, draft_id=draft_id)
        await show(query, *await _card(scene, view))
        return
    except (SelectionUnfinishedError, TermPastError) as refusal:
        await _back_to_part(query, scene, draft_id, refusal)
        return
    await scene.state.clear()
    await toast(query)
    link = button("button-selection-open", ShowSelection(occurrence=announced.occurrence_id))
    await show(query, say("selection-announced", people=people_words(announced.size)), keyboard([link]))


async def on_ask_delete(query: CallbackQuery, callback_data: SelectionDraftButton, scene: Scene) -> None:
    """From its card or the list: one tap beside the button that was meant must not cost it."""
    draft_id = SelectionDraftId(callback_data.draft)
    view = await selection_draft(scene.storage, actor=scene.actor, draft_id=draft_id)
    one = _unsent(view.stored)
    await toast(query)
    sure = SelectionDraftButton(draft=view.stored.id, version=view.stored.version, act=Act.DELETE)
    await show(query, *delete_screen(one.title, deletes=sure, back=ListSelections()))


async def on_delete(query: CallbackQuery, callback_data: SelectionDraftButton, scene: Scene) -> None:
    await delete_selection_draft(scene.storage, actor=scene.actor, draft_id=SelectionDraftId(callback_data.draft))
    await toast(query, "toast-selection-deleted")
    await show(query, *await _selections(scene, 0))


def _with_number(draft: SelectionDraft, part: SelectionPart, number: int) -> SelectionDraft:
    selection = draft.selection
    match part:
        case SelectionPart.WHO:
            return draft.addressed(answered_by(draft.audience, list(AnsweredBy)[number % len(AnsweredBy)]))
        case SelectionPart.QUOTAS:
            selection = replace(selection, each=number or None, quotas={})
        case SelectionPart.RESERVE:
            selection = replace(selection, reserve=number)
        case SelectionPart.EACH if number > 0:
            selection = replace(selection, most_each=number)
    return replace(draft, selection=selection, asked=draft.asked | {part})


def _refused(refusal: Exception, part: SelectionPart, words: str, scene: Scene) -> Markup:
    match refusal:
        case ProposalTooLongError():
            return say("selection-too-long", length=refusal.length, limit=refusal.limit)
        case TermNotReadError():
            return say("selection-until-not-read", phrase=shorten(words, _SHOWN_BACK))
        case TermPastError():
            return say("selection-until-past", day=day_within(refusal.wanted, today=scene.today))
        case BadPlacesError():
            return say("selection-bad-places")
    return say(f"selection-ask-{part.value}")


async def _selections(scene: Scene, page: int) -> Screen:
    await scene.state.clear()
    found = await list_selections(scene.storage, actor=scene.actor, page=page)
    drafts = await selection_drafts(scene.storage, actor=scene.actor)
    return list_screen(found, [_unsent(one) for one in drafts], reader=scene.reader, now=scene.now)


def _unsent(stored: StoredSelectionDraft) -> UnsentDraft:
    title = stored.draft.title or plain("selection-nothing-yet")
    return UnsentDraft(
        title,
        label=plain("button-selection-draft", title=title),
        changed_at=stored.changed_at,
        opens=SelectionDraftButton(draft=stored.id, version=stored.version, act=Act.CARD),
        deletes=SelectionDraftButton(draft=stored.id, version=stored.version, act=Act.ASK_DELETE),
    )


async def _begin_below(query: CallbackQuery, scene: Scene, view: DraftView) -> None:
    """A message of its own: the row stays where it is, to be read again meanwhile."""
    await toast(query)
    assert query.bot is not None, "a query of a dispatcher carries its bot"
    text, buttons = await next_screen(scene, view)
    await query.bot.send_message(query.from_user.id, text, reply_markup=buttons, link_preview_options=NO_PREVIEW)


async def next_screen(scene: Scene, view: DraftView) -> Screen:
    """What is asked next, or the card once nothing is."""
    part = view.next_asked
    return await _card(scene, view) if part is None else await _ask(scene, view, part)


async def _ask(scene: Scene, view: DraftView, part: SelectionPart) -> Screen:
    await scene.state.set_state(MakingSelection.part)
    await scene.state.set_data({"draft": view.stored.id, "part": part.value})
    if part is SelectionPart.FORM:
        return form_question(view, await usable_selection_forms(scene.storage, actor=scene.actor), 0)
    return part_question(view, part)


async def _card(scene: Scene, view: DraftView) -> Screen:
    await scene.state.set_state(MakingSelection.card)
    await scene.state.set_data({"draft": view.stored.id})
    return card_screen(view, scene.today, scene)


async def _back_to_part(
    query: CallbackQuery,
    scene: Scene,
    draft_id: SelectionDraftId,
    refusal: SelectionUnfinishedError | TermPastError,
) -> None:
    """What lacks, or the last day that has come and gone while the draft lay."""
    view = await selection_draft(scene.storage, actor=scene.actor, draft_id=draft_id)
    part = refusal.missing[0] if isinstance(refusal, SelectionUnfinishedError) else SelectionPart.UNTIL
    await toast(query, "toast-selection-unfinished", alert=True)
    await show(query, *await _ask(scene, view, part))


async def _reply(message: Message, screen: Screen) -> None:
    text, buttons = screen
    await message.answer(text, reply_markup=buttons, link_preview_options=NO_PREVIEW)
