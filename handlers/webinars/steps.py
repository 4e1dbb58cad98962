"""What each step of /webinar shows: its question, what was chosen before, and its buttons."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.audiences import PARTS_OF
from bot.domain.network import Role, Unit
from bot.ports.matters import AudienceSize
from bot.services.announce_webinar import WebinarAudience, preview_webinar, webinar_audience, webinar_places
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import clock, day, moment, zone_label
from bot.texts.wording import shorten
from handlers.answers.card import matter_card
from handlers.webinars.callbacks import Act, ChoosePlace, PartsPage, StepButton, TogglePart, ToggleRole
from handlers.webinars.scene import Choices, Scene
from handlers.webinars.states import NewWebinar

Screen = tuple[Markup, InlineKeyboardMarkup]
Rows = list[list[InlineKeyboardButton]]

_PARTS_A_PAGE = 8
_LABEL = 36

BEFORE: dict[str, State] = {
    "NewWebinar:when": NewWebinar.title,
    "NewWebinar:link": NewWebinar.when,
    "NewWebinar:audience": NewWebinar.link,
    "NewWebinar:parts": NewWebinar.audience,
    "NewWebinar:preview": NewWebinar.audience,
}
AFTER: dict[str, State] = {
    "NewWebinar:title": NewWebinar.when,
    "NewWebinar:when": NewWebinar.link,
    "NewWebinar:link": NewWebinar.audience,
    "NewWebinar:audience": NewWebinar.preview,
    "NewWebinar:parts": NewWebinar.audience,
}


async def go(scene: Scene, step: State) -> Screen:
    """Makes ``step`` the present one and returns its screen."""
    await scene.state.set_state(step)
    return await screen(scene, step)


async def screen(scene: Scene, step: State) -> Screen:
    return await _SCREENS[step.state or ""](scene, await scene.choices())


def navigation(step: State, *, has_back: bool, first: Rows | None = None) -> InlineKeyboardMarkup:
    """The step's own rows, then «‹ Назад» and «Отмена»."""
    last = [_act("button-back", step, Act.BACK)] if has_back else []
    return InlineKeyboardMarkup(inline_keyboard=[*(first or []), [*last, _act("button-cancel", step, Act.CANCEL)]])


def people(size: AudienceSize) -> Markup:
    key = "webinar-people-unreachable" if size.unreachable else "webinar-people"
    return say(key, people=size.people, **({"unreachable": size.unreachable} if size.unreachable else {}))


async def _place(scene: Scene, _choices: Choices) -> Screen:
    places = await webinar_places(scene.storage, actor=scene.actor)
    rows = [[_button(shorten(place.title, _LABEL), ChoosePlace(unit=place.id))] for place in places]
    return say("webinar-place"), navigation(NewWebinar.place, has_back=False, first=rows)


async def _title(_scene: Scene, choices: Choices) -> Screen:
    text, rows = say("webinar-title"), []
    if choices.title:
        text = Markup(f"{text}\n{say('webinar-title-known', title=choices.title)}")
        rows = _keep(NewWebinar.title)
    return text, navigation(NewWebinar.title, has_back=choices.has_places, first=rows)


async def _when(scene: Scene, choices: Choices) -> Screen:
    text, rows = say("webinar-when", title=choices.title or "", zone=zone_label(choices.zone, scene.now)), []
    if choices.beginning:
        due = moment(choices.beginning.at, reader=choices.zone, today=scene.today)
        text = Markup(f"{text}\n\n{say('webinar-when-known', due=due)}")
        rows = _keep(NewWebinar.when)
    return text, navigation(NewWebinar.when, has_back=True, first=rows)


async def _link(scene: Scene, choices: Choices) -> Screen:
    due = moment(choices.draft.beginning.at, reader=choices.zone, today=scene.today)
    text, rows = say("webinar-link", due=due), []
    if choices.link:
        text = Markup(f"{text}\n\n{say('webinar-link-known', link=choices.link)}")
        rows = _keep(NewWebinar.link)
    rows.append([_act("button-webinar-skip", NewWebinar.link, Act.SKIP)])
    return text, navigation(NewWebinar.link, has_back=True, first=rows)


async def _audience(scene: Scene, choices: Choices) -> Screen:
    view = await webinar_audience(scene.storage, actor=scene.actor, audience=choices.audience, unit_id=choices.unit_id)
    roles = ", ".join(_role(role) for role in choices.audience.roles)
    where = shorten(", ".join(unit.title for unit in _chosen(view)), 300)
    text = say("webinar-audience", where=where, roles=roles, people=people(view.size))
    buttons = [_role_button(role, is_chosen=role in choices.audience.roles) for role in Role]
    rows = [buttons[i : i + 2] for i in range(0, len(buttons), 2)]
    step, kind = NewWebinar.audience, PARTS_OF[view.unit.kind]
    if view.parts and kind:
        rows.append([_act("button-webinar-parts", step, Act.PARTS, kind=kind.value)])
    rows.append([_act("button-next", step, Act.NEXT)])
    return Markup(f"{text}\n\n{say('webinar-audience-hint')}"), navigation(step, has_back=True, first=rows)


async def _parts(scene: Scene, choices: Choices) -> Screen:
    view = await webinar_audience(scene.storage, actor=scene.actor, audience=choices.audience, unit_id=choices.unit_id)
    last = max(0, (len(view.parts) - 1) // _PARTS_A_PAGE)
    page = min(max(choices.parts_page, 0), last)
    rows = [
        [_part_button(part, is_chosen=part.id in choices.audience.unit_ids)]
        for part in view.parts[page * _PARTS_A_PAGE : (page + 1) * _PARTS_A_PAGE]
    ]
    turning = [_button(plain("button-webinar-previous"), PartsPage(page=page - 1))] if page > 0 else []
    turning += [_button(plain("button-webinar-next"), PartsPage(page=page + 1))] if page < last else []
    rows += [turning] if turning else []
    step = NewWebinar.parts
    rows.append([_act("button-webinar-everywhere", step, Act.EVERYWHERE), _act("button-webinar-done", step, Act.NEXT)])
    return say("webinar-parts"), navigation(step, has_back=False, first=rows)


async def _preview(scene: Scene, choices: Choices) -> Screen:
    preview = await preview_webinar(scene.storage, actor=scene.actor, draft=choices.draft, now=scene.now)
    card = matter_card(preview.matter, reader=scene.reader, today=scene.today)
    first = _first(preview.first_at, scene)
    text = say("webinar-preview", card=card.text, people=people(preview.size), first=first)
    rows = [[_act("button-webinar-announce", NewWebinar.preview, Act.ANNOUNCE)]]
    return text, navigation(NewWebinar.preview, has_back=True, first=rows)


_SCREENS: Mapping[str, Callable[[Scene, Choices], Awaitable[Screen]]] = {
    "NewWebinar:place": _place,
    "NewWebinar:title": _title,
    "NewWebinar:when": _when,
    "NewWebinar:link": _link,
    "NewWebinar:audience": _audience,
    "NewWebinar:parts": _parts,
    "NewWebinar:preview": _preview,
}


def _first(first_at: Mapping[str, datetime], scene: Scene) -> Markup:
    """When the first message leaves, in the readers' own time where that is one and the same hour for all."""
    if not first_at:
        return say("webinar-first-none")
    latest = max(first_at.values())
    if latest <= scene.now:
        return say("webinar-first-now")
    if min(first_at.values()) <= scene.now:
        return say("webinar-first-mixed", moment=moment(latest, reader=scene.reader, today=scene.today))
    local = {at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for zone, at in first_at.items()}
    if len(local) == 1:
        zone, at = next(iter(first_at.items()))
        on = at.astimezone(ZoneInfo(zone)).date()
        return say("webinar-first-local", day=day(on, today=scene.today), clock=clock(at, ZoneInfo(zone)))
    earliest = min(first_at.values())
    return say("webinar-first-from", moment=moment(earliest, reader=scene.reader, today=scene.today))


def _chosen(view: WebinarAudience) -> list[Unit]:
    return [part for part in view.parts if part.id in view.audience.unit_ids] or [view.unit]


def _role(role: Role) -> str:
    return plain("webinar-role", role=role.value)


def _role_button(role: Role, *, is_chosen: bool) -> InlineKeyboardButton:
    text = plain("button-webinar-role", chosen="yes" if is_chosen else "no", role=_role(role).capitalize())
    return _button(text, ToggleRole(role=role))


def _part_button(part: Unit, *, is_chosen: bool) -> InlineKeyboardButton:
    text = plain("button-webinar-part", chosen="yes" if is_chosen else "no", title=shorten(part.title, _LABEL))
    return _button(text, TogglePart(unit=part.id))


def _keep(step: State) -> Rows:
    return [[_act("button-webinar-keep", step, Act.NEXT)]]


def _act(key: str, step: State, act: Act, **values: str) -> InlineKeyboardButton:
    name = (step.state or "").rpartition(":")[2]
    return _button(plain(key, **values), StepButton(step=name, act=act))


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())
