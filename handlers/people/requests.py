"""Requests to be let in: sent, withdrawn, decided; and how they look to both sides."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.types import CallbackQuery, InlineKeyboardMarkup

from bot.config import Settings
from bot.domain.ids import RequestId
from bot.domain.joining import RequestSettledError
from bot.domain.network import Actor, Role
from bot.ports.join_requests import JoinRequest, RequestState
from bot.ports.storage import Storage
from bot.services.decide_request import decide_request, read_request
from bot.services.request_joining import AskedToJoin, withdraw_request
from bot.texts.catalogue import Markup, plain, say
from bot.texts.naming import shown_name
from bot.texts.times import stamp
from handlers.answers.card import Card
from handlers.filters import IsCoordinator, IsRegistered
from handlers.people.buttons import button, keyboard
from handlers.people.callbacks import DecideRequest, OpenRequest, WithdrawRequest
from handlers.showing import show, toast


def build_router() -> Router:
    router = Router(name="requests")
    router.callback_query.register(on_decision, DecideRequest.filter(), IsCoordinator())
    router.callback_query.register(on_open, OpenRequest.filter(), IsCoordinator())
    router.callback_query.register(on_withdraw, WithdrawRequest.filter(), IsRegistered())
    return router


def request_card(request: JoinRequest, *, reader: ZoneInfo, without_personal_data: bool) -> Card:
    """What a coordinator sees of a request: two buttons while it waits, who decided it afterwards."""
    name = shown_name(request.full_name, request.person_id, without_personal_data=without_personal_data)
    text = say("request-card", name=name, place=request.unit.title, role=_role(request.role))
    if request.state is RequestState.WAITING:
        accept = DecideRequest(request=request.id, is_accepted=True)
        decline = DecideRequest(request=request.id, is_accepted=False)
        return Card(text, keyboard([button("button-accept", accept), button("button-decline", decline)]))
    at = "" if request.decided_at is None else stamp(request.decided_at, reader)
    by = _decider(request, without_personal_data=without_personal_data)
    outcome = say(f"request-card-{request.state.value}", by=by, at=at)
    return Card(Markup(f"{text}\n\n{outcome}"), None)


def decision_card(request: JoinRequest) -> Card:
    """What the applicant is told of the decision."""
    key = "decision-accepted" if request.state is RequestState.ACCEPTED else "decision-declined"
    return Card(say(key, place=request.unit.title, role=_role(request.role)), None)


def request_sent(asked: AskedToJoin, role: Role) -> tuple[Markup, InlineKeyboardMarkup]:
    """What the applicant sees while he waits."""
    text = say("request-sent", place=asked.unit.title, role=_role(role), deciders=asked.deciders)
    return text, keyboard([button("button-withdraw", WithdrawRequest())])


async def on_decision(
    query: CallbackQuery,
    callback_data: DecideRequest,
    actor: Actor,
    app_storage: Storage,
    settings: Settings,
    reader: ZoneInfo,
    now: datetime,
) -> None:
    decision = await decide_request(
        app_storage,
        actor=actor,
        request_id=RequestId(callback_data.request),
        is_accepted=callback_data.is_accepted,
        now=now,
    )
    request = decision.request
    if decision.is_new:
        await toast(query, f"request-{request.state.value}-toast")
    else:
        by = _decider(request, without_personal_data=settings.without_personal_data)
        await toast(query, "request-decided-toast", alert=True, state=request.state.value, by=by)
    await _show_card(query, request, reader, settings)


async def on_open(
    query: CallbackQuery,
    callback_data: OpenRequest,
    actor: Actor,
    app_storage: Storage,
    settings: Settings,
    reader: ZoneInfo,
) -> None:
    await toast(query)
    request = await read_request(app_storage, actor=actor, request_id=RequestId(callback_data.request))
    await _show_card(query, request, reader, settings)


async def on_withdraw(query: CallbackQuery, actor: Actor, app_storage: Storage, now: datetime) -> None:
    await toast(query)
    try:
        await withdraw_request(app_storage, actor=actor, now=now)
    except RequestSettledError:
        await show(query, say("request-none"))
    else:
        await show(query, say("request-withdrawn"))


async def _show_card(query: CallbackQuery, request: JoinRequest, reader: ZoneInfo, settings: Settings) -> None:
    card = request_card(request, reader=reader, without_personal_data=settings.without_personal_data)
    await show(query, card.text, card.keyboard)


def _decider(request: JoinRequest, *, without_personal_data: bool) -> str:
    return plain("person-colleague") if without_personal_data else request.decided_by or plain("person-colleague")


def _role(role: Role) -> str:
    return plain("role-name", role=role.value)
