"""/webinar: a title, a time in words, a link, whom to invite, a preview, «Объявить»."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message, Update

from bot.domain.audiences import everywhere, with_part, with_role
from bot.domain.errors import NotAllowedError, NotFoundError
from bot.domain.ids import UnitId
from bot.domain.matters import Audience
from bot.domain.network import Unit
from bot.domain.webinars import (
    BadWebinarError,
    beginning_to_json,
    read_beginning,
    webinar_link,
    webinar_title,
)
from bot.services.announce_webinar import (
    NobodyInvitedError,
    announce_webinar,
    webinar_audience,
    webinar_places,
)
from bot.texts.catalogue import say
from bot.texts.times import moment
from handlers.filters import IsCoordinator
from handlers.showing import NO_PREVIEW, show, toast
from handlers.webinars.callbacks import Act, ChoosePlace, PartsPage, StepButton, TogglePart, ToggleRole
from handlers.webinars.scene import Choices, Scene, SceneMiddleware
from handlers.webinars.states import NewWebinar
from handlers.webinars.steps import AFTER, BEFORE, go, navigation, people, screen

_TYPED = (NewWebinar.title, NewWebinar.when, NewWebinar.link)
_CHOSEN = (NewWebinar.place, NewWebinar.audience, NewWebinar.parts, NewWebinar.preview)


def build_router() -> Router:
    router = Router(name="announcing webinars")
    for observer in (router.message, router.callback_query):
        observer.filter(IsCoordinator())
        observer.middleware(SceneMiddleware())
    router.message.register(on_begin, Command("webinar"))
    router.message.register(on_cancel, Command("cancel"), StateFilter(NewWebinar))
    is_text = F.text & ~F.text.startswith("/")
    router.message.register(on_title, is_text, StateFilter(NewWebinar.title))
    router.message.register(on_when, is_text, StateFilter(NewWebinar.when))
    router.message.register(on_link, is_text, StateFilter(NewWebinar.link))
    router.message.register(on_no_text, ~F.text, StateFilter(*_TYPED))
    router.message.register(on_words_instead_of_a_tap, is_text | ~F.text, StateFilter(*_CHOSEN))
    router.callback_query.register(on_place, ChoosePlace.filter(), StateFilter(NewWebinar.place))
    router.callback_query.register(on_role, ToggleRole.filter(), StateFilter(NewWebinar.audience))
    router.callback_query.register(on_part, TogglePart.filter(), StateFilter(NewWebinar.parts))
    router.callback_query.register(on_parts_page, PartsPage.filter(), StateFilter(NewWebinar.parts))
    router.callback_query.register(on_step, StepButton.filter(), StateFilter(NewWebinar))
    return router


async def on_begin(message: Message, scene: Scene, event_update: Update) -> None:
    places = await webinar_places(scene.storage, actor=scene.actor)
    if not places:
        raise NotAllowedError(f"person {scene.actor.person.id} has no unit to announce for")
    await scene.state.set_data(
        {
            "source": f"webinar:{scene.actor.person.id}:{event_update.update_id}",
            "has_places": len(places) > 1,
            **_of_place(places[0]),
        }
    )
    await _ask(message, scene, NewWebinar.place if len(places) > 1 else NewWebinar.title)


async def on_title(message: Message, scene: Scene) -> None:
    await _take(message, scene, NewWebinar.title, lambda text, _: {"title": webinar_title(text)})


async def on_when(message: Message, scene: Scene) -> None:
    def read(text: str, choices: Choices) -> dict[str, Any]:
        beginning = read_beginning(text, zone=choices.zone, region=choices.region, now=scene.now)
        return {"beginning": beginning_to_json(beginning)}

    await _take(message, scene, NewWebinar.when, read)


async def on_link(message: Message, scene: Scene) -> None:
    await _take(message, scene, NewWebinar.link, lambda text, _: {"link": webinar_link(text)})


async def on_no_text(message: Message) -> None:
    await message.answer(say("webinar-only-text"))


async def on_words_instead_of_a_tap(message: Message, scene: Scene) -> None:
    await message.answer(say("webinar-press"))
    await _ask(message, scene, _state(await scene.state.get_state()))


async def on_cancel(message: Message, scene: Scene) -> None:
    await scene.state.clear()
    await message.answer(say("webinar-dropped"))


async def on_place(query: CallbackQuery, callback_data: ChoosePlace, scene: Scene) -> None:
    places = await webinar_places(scene.storage, actor=scene.actor)
    chosen = next((place for place in places if place.id == callback_data.unit), None)
    if chosen is None:
        raise NotFoundError(f"unit {callback_data.unit} for person {scene.actor.person.id}")
    await toast(query)
    await scene.state.update_data(**_of_place(chosen), audience=None)
    await show(query, *await go(scene, NewWebinar.title))


async def on_role(query: CallbackQuery, callback_data: ToggleRole, scene: Scene) -> None:
    choices = await scene.choices()
    await _choose(query, scene, NewWebinar.audience, with_role(choices.audience, callback_data.role))


async def on_part(query: CallbackQuery, callback_data: TogglePart, scene: Scene) -> None:
    choices = await scene.choices()
    chosen = with_part(choices.audience, UnitId(callback_data.unit), whole=choices.unit_id)
    await _choose(query, scene, NewWebinar.parts, chosen)


async def on_parts_page(query: CallbackQuery, callback_data: PartsPage, scene: Scene) -> None:
    await toast(query)
    await scene.state.update_data(parts_page=callback_data.page)
    await show(query, *await screen(scene, NewWebinar.parts))


async def on_step(query: CallbackQuery, callback_data: StepButton, scene: Scene) -> None:
    state = await scene.state.get_state() or ""
    choices = await scene.choices()
    if state != f"NewWebinar:{callback_data.step}":
        await toast(query, "webinar-old-button", alert=True)
    elif callback_data.act is Act.CANCEL:
        await scene.state.clear()
        await toast(query)
        await show(query, say("webinar-dropped"))
    elif callback_data.act is Act.ANNOUNCE:
        await _announce(query, scene, choices)
    elif callback_data.act is Act.PARTS:
        await toast(query)
        await show(query, *await go(scene, NewWebinar.parts))
    elif callback_data.act is Act.EVERYWHERE:
        await _choose(query, scene, NewWebinar.parts, everywhere(choices.audience, whole=choices.unit_id))
    else:
        await _turn(query, scene, choices, state, callback_data.act)


async def _turn(query: CallbackQuery, scene: Scene, choices: Choices, state: str, act: Act) -> None:
    """Back, or on with what stands."""
    if act is Act.BACK:
        await toast(query)
        await show(query, *await go(scene, BEFORE.get(state, NewWebinar.place)))
        return
    if act is Act.SKIP:
        await scene.state.update_data(link=None)
    if state == NewWebinar.audience.state and await _is_nobody(scene, choices):
        await toast(query, "webinar-nobody", alert=True)
        return
    try:
        shown = await go(scene, AFTER[state])
    except BadWebinarError as refusal:
        await toast(query)
        await scene.state.set_state(NewWebinar.when)
        await show(query, say(f"webinar-wrong-{refusal.problem.value}"), navigation(NewWebinar.when, has_back=True))
        return
    await toast(query)
    await show(query, *shown)


async def _announce(query: CallbackQuery, scene: Scene, choices: Choices) -> None:
    draft = choices.draft
    try:
        announced = await announce_webinar(
            scene.storage, actor=scene.actor, draft=draft, source=choices.source, now=scene.now
        )
    except NobodyInvitedError:
        await toast(query, "webinar-nobody", alert=True)
        return
    except BadWebinarError as refusal:
        await toast(query)
        await scene.state.set_state(NewWebinar.when)
        await show(query, say(f"webinar-wrong-{refusal.problem.value}"), navigation(NewWebinar.when, has_back=True))
        return
    await toast(query)
    due = moment(draft.beginning.at, reader=scene.reader, today=scene.today)
    await show(query, say("webinar-announced", title=draft.title, due=due, people=people(announced.size)))
    await scene.state.clear()  # last: announcing again after a crash finds what was announced


async def _take(message: Message, scene: Scene, step: State, read: Callable[[str, Choices], dict[str, Any]]) -> None:
    """Reads what was typed at ``step`` and asks the next thing; what cannot be read is asked again, with an example."""
    choices = await scene.choices()
    try:
        typed = read(message.text or "", choices)
    except BadWebinarError as refusal:
        _, keyboard = await screen(scene, step)
        await message.answer(say(f"webinar-wrong-{refusal.problem.value}"), reply_markup=keyboard)
        return
    await scene.state.update_data(typed)
    await _ask(message, scene, AFTER[step.state or ""])


async def _choose(query: CallbackQuery, scene: Scene, step: State, audience: Audience) -> None:
    await toast(query)
    await scene.state.update_data(audience=audience.to_json())
    await show(query, *await screen(scene, step))


async def _ask(message: Message, scene: Scene, step: State) -> None:
    text, keyboard = await go(scene, step)
    await message.answer(text, reply_markup=keyboard, link_preview_options=NO_PREVIEW)


async def _is_nobody(scene: Scene, choices: Choices) -> bool:
    view = await webinar_audience(scene.storage, actor=scene.actor, audience=choices.audience, unit_id=choices.unit_id)
    return view.size.people == 0


def _of_place(unit: Unit) -> dict[str, Any]:
    return {"unit": unit.id, "zone": unit.timezone, "region": unit.region}


def _state(name: str | None) -> State:
    return next(step for step in NewWebinar.__states__ if step.state == name)
