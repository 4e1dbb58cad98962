"""«Кого зовём», «Кто отвечает»: for an event, a call, a selection, a document or a row of it. Every tap is saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message

from bot.domain import audiences as rules
from bot.domain.errors import OutdatedError
from bot.domain.ids import OccurrenceId, PersonId, UnitId
from bot.domain.matters import AnsweredBy, Audience, Elsewhere, Said
from bot.domain.network import Role
from bot.services.choose_audience import (
    AudienceOf,
    AudienceView,
    answered_date,
    choose_audience,
    list_addressees,
    list_answered,
    show_audience,
)
from handlers.audiences import callbacks as to
from handlers.audiences.screens import (
    Screen,
    answers_screen,
    checksum,
    dates_screen,
    main_screen,
    people_screen,
    said_screen,
    where_screen,
    words_screen,
)
from handlers.audiences.states import ChoosingAudience
from handlers.calls.callbacks import Act as CallAct
from handlers.calls.callbacks import CallDraftButton
from handlers.calls.states import MakingCall
from handlers.documents.callbacks import ShowDraft, ShowRow
from handlers.filters import IsCoordinator
from handlers.scene import Scene, SceneMiddleware
from handlers.selections.callbacks import Act as SelectionAct
from handlers.selections.callbacks import SelectionDraftButton
from handlers.selections.states import MakingSelection
from handlers.showing import NO_PREVIEW, show, toast
from handlers.typing_line import IS_LINE
from handlers.webinars.making_callbacks import Act, DraftButton
from handlers.webinars.states import MakingEvent

_WORDS = 100


def build_router() -> Router:
    router = Router(name="audiences")
    for observer in (router.message, router.callback_query):
        observer.filter(IsCoordinator())
        observer.middleware(SceneMiddleware())
    router.message.register(on_cancel, Command("cancel"), StateFilter(ChoosingAudience.name))
    router.message.register(on_name, IS_LINE, StateFilter(ChoosingAudience.name))
    router.callback_query.register(on_show, to.ShowAudience.filter())
    router.callback_query.register(on_choose, to.ChooseAudience.filter())
    router.callback_query.register(on_dates, to.ListAnswered.filter())
    router.callback_query.register(on_said, to.ShowSaid.filter())
    return router


async def on_show(query: CallbackQuery, callback_data: to.ShowAudience, scene: Scene) -> None:
    view = await _view(scene, callback_data.of, callback_data.subject)
    await toast(query)
    await show(query, *await audience_page(scene, view, callback_data.page, callback_data.number))


async def on_choose(query: CallbackQuery, callback_data: to.ChooseAudience, scene: Scene) -> None:
    tap = callback_data
    view = await _view(scene, tap.of, tap.subject)
    try:
        await choose_audience(
            scene.storage,
            actor=scene.actor,
            of=tap.of,
            subject=tap.subject,
            version=tap.version,
            audience=_chosen(view, tap),
            now=scene.now,
        )
        await toast(query)
    except OutdatedError:
        await toast(query, "toast-audience-changed", alert=True)
    view = await _view(scene, tap.of, tap.subject)
    await show(query, *await audience_page(scene, view, _PAGES.get(tap.choice, to.Page.MAIN), tap.number))


async def on_dates(query: CallbackQuery, callback_data: to.ListAnswered, scene: Scene) -> None:
    view = await _view(scene, callback_data.of, callback_data.subject)
    found = await list_answered(
        scene.storage, actor=scene.actor, kind=callback_data.kind, page=callback_data.number, now=scene.now
    )
    await toast(query)
    await show(query, *dates_screen(view, callback_data.kind, found, scene.reader))


async def on_said(query: CallbackQuery, callback_data: to.ShowSaid, scene: Scene) -> None:
    view = await _view(scene, callback_data.of, callback_data.subject)
    date = await answered_date(scene.storage, actor=scene.actor, occurrence_id=OccurrenceId(callback_data.date))
    await toast(query)
    await show(query, *said_screen(view, date, scene.reader))


async def on_name(message: Message, scene: Scene) -> None:
    """Part of a name: only those who have it are listed, until another is typed."""
    asked = await scene.state.get_data()
    view = await _view(scene, AudienceOf(asked["of"]), asked["subject"])
    await scene.state.set_data({**asked, "words": " ".join((message.text or "").split())[:_WORDS]})
    text, buttons = await audience_page(scene, view, to.Page.EXCEPT_PEOPLE, 0)
    await message.answer(text, reply_markup=buttons, link_preview_options=NO_PREVIEW)


async def on_cancel(message: Message, scene: Scene) -> None:
    asked = await scene.state.get_data()
    view = await _view(scene, AudienceOf(asked["of"]), asked["subject"])
    text, buttons = await audience_page(scene, view, to.Page.MAIN, 0)
    await message.answer(text, reply_markup=buttons, link_preview_options=NO_PREVIEW)


async def audience_page(scene: Scene, view: AudienceView, page: to.Page, number: int = 0) -> Screen:
    """One of the screens; what is typed belongs to it from now on."""
    words = await _listen(scene, view, page)
    match page:
        case to.Page.WHERE | to.Page.EXCEPT:
            return where_screen(view, scene.reader, number, is_except=page is to.Page.EXCEPT)
        case to.Page.TAGS | to.Page.EXCEPT_TAGS | to.Page.PROGRAMMES:
            return words_screen(view, scene.reader, page)
        case to.Page.EXCEPT_PEOPLE:
            found = await list_addressees(
                scene.storage, actor=scene.actor, of=view.of, subject=view.id, words=words, page=number
            )
            return people_screen(view, scene.reader, found, words)
        case to.Page.ANSWERS:
            return answers_screen(view, scene.reader)
        case _:
            return main_screen(view, scene.reader, _ready(view))


async def _view(scene: Scene, of: AudienceOf, subject: int) -> AudienceView:
    return await show_audience(scene.storage, actor=scene.actor, of=of, subject=subject)


async def _listen(scene: Scene, view: AudienceView, page: to.Page) -> str:
    """Part of a name on the list of people, and what was typed there before; elsewhere words mean nothing here."""
    data: Mapping[str, Any] = await scene.state.get_data()
    is_listening = await scene.state.get_state() == ChoosingAudience.name.state
    if page is to.Page.EXCEPT_PEOPLE:
        is_same = is_listening and data.get("of") == view.of.value and data.get("subject") == view.id
        words = str(data.get("words", "")) if is_same else ""
        await scene.state.set_state(ChoosingAudience.name)
        await scene.state.set_data({"of": view.of.value, "subject": view.id, "words": words})
        return words
    if (card := _CARDS.get(view.of)) is not None:
        await scene.state.set_state(card)
        await scene.state.set_data({"draft": view.id})
    elif is_listening:
        await scene.state.clear()
    return ""


def _ready(view: AudienceView) -> CallbackData:
    if view.of is AudienceOf.EVENT:
        return DraftButton(draft=view.id, version=view.version, act=Act.CARD)
    if view.of is AudienceOf.CALL:
        return CallDraftButton(draft=view.id, version=view.version, act=CallAct.CARD)
    if view.of is AudienceOf.SELECTION:
        return SelectionDraftButton(draft=view.id, version=view.version, act=SelectionAct.CARD)
    return ShowDraft(document=view.id) if view.of is AudienceOf.DOCUMENT else ShowRow(row=view.id)


_CARDS = {
    AudienceOf.EVENT: MakingEvent.card,
    AudienceOf.CALL: MakingCall.card,
    AudienceOf.SELECTION: MakingSelection.card,
}
_PAGES = {
    to.Choice.PART: to.Page.WHERE,
    to.Choice.EVERYWHERE: to.Page.WHERE,
    to.Choice.WITHOUT_PART: to.Page.EXCEPT,
    to.Choice.WITHOUT_TAG: to.Page.EXCEPT_TAGS,
    to.Choice.WITHOUT_PERSON: to.Page.EXCEPT_PEOPLE,
    to.Choice.TAG: to.Page.TAGS,
    to.Choice.PROGRAMME: to.Page.PROGRAMMES,
}


@dataclass(frozen=True, slots=True)
class _Tap:
    """A tap on one audience; a forged value makes nothing. Rights are checked where it is stored."""

    view: AudienceView
    value: str

    def audience(self, choice: to.Choice) -> Audience:
        now, whole = self.view.audience, self.view.choices.unit.id
        match choice:
            case to.Choice.SCHOOLS if not self.view.of.is_of_people:
                return rules.answered_by(now, AnsweredBy.SCHOOL)
            case to.Choice.PEOPLE:
                return rules.answered_by(now, AnsweredBy.PERSON)
            case to.Choice.EVERYWHERE:
                return rules.everywhere(now, whole=whole)
            case to.Choice.ANYBODY:
                return replace(now, elsewhere=None)
            case to.Choice.ROLE if self.value in set(Role):
                return rules.with_role(now, Role(self.value))
            case to.Choice.SAID:
                return replace(now, elsewhere=self._elsewhere() or now.elsewhere)
            case to.Choice.PART | to.Choice.WITHOUT_PART | to.Choice.WITHOUT_PERSON:
                return self._by_number(choice)
            case _:
                return self._by_word(choice)

    def _by_number(self, choice: to.Choice) -> Audience:
        now, choices = self.view.audience, self.view.choices
        if not self.value.isdecimal():
            return now
        number = int(self.value)
        if choice is to.Choice.WITHOUT_PERSON:
            return rules.without_person(now, PersonId(number))
        if number not in {part.id for part in choices.parts}:
            return now
        if choice is to.Choice.PART:
            return rules.with_part(now, UnitId(number), whole=choices.unit.id)
        return rules.without_part(now, UnitId(number))

    def _by_word(self, choice: to.Choice) -> Audience:
        now, choices = self.view.audience, self.view.choices
        match choice:
            case to.Choice.COHORT if word := self._word(choices.cohorts):
                return rules.with_cohort(now, word)
            case to.Choice.PROGRAMME if word := self._word((*choices.programmes, *now.programmes)):
                return rules.with_programme(now, word)
            case to.Choice.TAG if word := self._word((*choices.tags, *now.tags)):
                return rules.with_tag(now, word)
            case to.Choice.WITHOUT_TAG if word := self._word((*choices.tags, *now.without_tags)):
                return rules.without_tag(now, word)
            case _:
                raise OutdatedError(f"{choice} of a word that is on nobody any more")

    def _word(self, words: tuple[str, ...]) -> str | None:
        return next((word for word in words if checksum(word) == self.value), None)

    def _elsewhere(self) -> Elsewhere | None:
        date, _, said = self.value.partition(".")
        is_known = date.isdecimal() and said in set(Said)
        return Elsewhere(OccurrenceId(int(date)), Said(said)) if is_known else None


def _chosen(view: AudienceView, tap: to.ChooseAudience) -> Audience | None:
    if tap.choice is to.Choice.AS_DOCUMENT and view.of is AudienceOf.ROW:
        return None
    return _Tap(view, tap.value).audience(tap.choice)
