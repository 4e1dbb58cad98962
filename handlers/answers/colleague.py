"""«Вместо меня придёт …»: choosing a colleague, and the colleague's own answer; leaving the reserve."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup

from bot.domain.errors import DomainError, OutdatedError
from bot.domain.events import SeatState
from bot.domain.ids import AssignmentId, PersonId, SubstitutionId
from bot.domain.matters import Answer
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.accept_reply import GivenReply, MatterClosedError, find_own_matter
from bot.services.ask_colleague import (
    AskedToCome,
    ColleaguePage,
    ComesAnywayError,
    ReserveOnlyError,
    SubstitutionOverError,
    answer_question,
    ask_colleague,
    list_colleagues,
    show_question,
    take_back_question,
)
from bot.services.keep_seats import NoSeatsError
from bot.texts.catalogue import Markup, plain, say
from bot.texts.wording import short_name, shorten
from handlers.answers.answering import give, refusal_key
from handlers.answers.callbacks import ShowMatter
from handlers.answers.event_callbacks import (
    AnswerQuestion,
    AskColleague,
    AskColleagueSurely,
    ChooseColleague,
    LeaveReserve,
    TakeBackQuestion,
)
from handlers.answers.line import leave_line
from handlers.answers.tap import Tap
from handlers.filters import IsRegistered
from handlers.notices.seats import substitution_news
from handlers.rows import turning
from handlers.showing import show, toast

_LABEL = 40
_TITLE = 120
_REFUSALS = (OutdatedError, MatterClosedError, NoSeatsError)


def build_router() -> Router:
    router = Router(name="colleague instead")
    router.callback_query.filter(IsRegistered())
    router.callback_query.register(on_choose, ChooseColleague.filter())
    router.callback_query.register(on_ask, AskColleague.filter())
    router.callback_query.register(on_ask, AskColleagueSurely.filter())
    router.callback_query.register(on_take_back, TakeBackQuestion.filter())
    router.callback_query.register(on_answer, AnswerQuestion.filter())
    router.callback_query.register(on_leave_reserve, LeaveReserve.filter())
    return router


async def on_choose(
    query: CallbackQuery,
    callback_data: ChooseColleague,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
    state: FSMContext,
) -> None:
    tap = Tap(query, actor, reader, now, listed=callback_data.listed)
    assignment_id = AssignmentId(callback_data.assignment)
    await leave_line(state)
    try:
        found = await list_colleagues(
            app_storage, actor=actor, assignment_id=assignment_id, page=callback_data.page, now=now
        )
    except _REFUSALS as refusal:
        await _refuse(tap, app_storage, assignment_id, refusal)
        return
    await toast(query)
    question = say("colleague-choose" if found.colleagues else "colleague-none")
    text = Markup(f"{tap.card(found.matter).text}\n\n{question}")
    await show(query, text, _choices(found, listed=callback_data.listed))


async def on_ask(
    query: CallbackQuery,
    callback_data: AskColleague | AskColleagueSurely,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
) -> None:
    tap = Tap(query, actor, reader, now, listed=callback_data.listed)
    assignment_id = AssignmentId(callback_data.assignment)
    try:
        matter = await ask_colleague(
            app_storage,
            actor=actor,
            assignment_id=assignment_id,
            colleague_id=PersonId(callback_data.person),
            version=callback_data.version,
            now=now,
            is_sure=isinstance(callback_data, AskColleagueSurely),
        )
    except ReserveOnlyError as warning:
        await toast(query)
        await show(query, *_sure_screen(warning, callback_data))
        return
    except _REFUSALS as refusal:
        await _refuse(tap, app_storage, assignment_id, refusal)
        return
    await toast(query, "toast-colleague-asked")
    await tap.show(matter)


async def on_take_back(
    query: CallbackQuery,
    callback_data: TakeBackQuestion,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
) -> None:
    tap = Tap(query, actor, reader, now, listed=callback_data.listed)
    assignment_id = AssignmentId(callback_data.assignment)
    try:
        matter = await take_back_question(app_storage, actor=actor, assignment_id=assignment_id, now=now)
    except _REFUSALS as refusal:
        await _refuse(tap, app_storage, assignment_id, refusal)
        return
    await toast(query, "toast-colleague-back")
    await tap.show(matter)


async def on_answer(
    query: CallbackQuery,
    callback_data: AnswerQuestion,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
    source: str,
) -> None:
    substitution_id = SubstitutionId(callback_data.substitution)
    asked = await show_question(app_storage, actor=actor, substitution_id=substitution_id)
    try:
        done = await answer_question(
            app_storage,
            actor=actor,
            substitution_id=substitution_id,
            agrees=callback_data.agrees,
            version=callback_data.version,
            words=plain("substitute-comment", name=short_name(asked.substitution.colleague_name)),
            source=source,
            now=now,
        )
    except OutdatedError as refusal:
        await toast(query, refusal_key(refusal), alert=True)
        await show(query, *_question(asked, reader, now))
        return
    except (SubstitutionOverError, ComesAnywayError, *_REFUSALS) as refusal:
        await toast(query, _why_not(refusal), alert=True)
        if not isinstance(refusal, NoSeatsError):
            await show(query, say("substitute-over"))
        return
    await toast(query, "toast-substitute-yes" if callback_data.agrees else "toast-substitute-no")
    if done.matter is None:
        await show(query, say("substitute-said-no"))
    else:
        await Tap(query, actor, reader, now, listed=False).show(done.matter)


async def on_leave_reserve(
    query: CallbackQuery,
    callback_data: LeaveReserve,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
    state: FSMContext,
    source: str,
) -> None:
    """The same as «Не смогу», with a reason that says itself; but an older card gives away no seat that he has got."""
    await leave_line(state)
    tap = Tap(query, actor, reader, now, listed=callback_data.listed)
    matter = await find_own_matter(app_storage, actor=actor, assignment_id=AssignmentId(callback_data.assignment))
    if matter.seat is not None and matter.seat.state is SeatState.MAIN:
        await toast(query, "toast-seat-already", alert=True)
        await tap.show(matter)
        return
    reply = GivenReply(
        AssignmentId(callback_data.assignment),
        Answer.NOT_COMING,
        plain("reason-left-reserve"),
        version=callback_data.version,
        is_change=True,
    )
    await give(tap, app_storage, reply, source, taken="toast-left-reserve")


async def _refuse(tap: Tap, storage: Storage, assignment_id: AssignmentId, refusal: DomainError) -> None:
    """Says why, and shows the matter as it is now."""
    await toast(tap.query, refusal_key(refusal), alert=True)
    await tap.show(await find_own_matter(storage, actor=tap.actor, assignment_id=assignment_id))


def _question(asked: AskedToCome, reader: ZoneInfo, now: datetime) -> tuple[Markup, InlineKeyboardMarkup | None]:
    """As it is by now: the hour has moved since the message came."""
    today = now.astimezone(reader).date()
    card = substitution_news(
        "substitute_asked", asked.substitution, asked.matter, reader=reader, today=today, without_names=False
    )
    return (say("substitute-over"), None) if card is None else (card.text, card.keyboard)


def _why_not(refusal: DomainError) -> str:
    if isinstance(refusal, SubstitutionOverError):
        return "toast-substitute-over"
    return "toast-comes-anyway" if isinstance(refusal, ComesAnywayError) else refusal_key(refusal)


def _sure_screen(
    warning: ReserveOnlyError, at: AskColleague | AskColleagueSurely
) -> tuple[Markup, InlineKeyboardMarkup]:
    matter, quota = warning.matter, warning.matter.quota
    assert quota is not None, "without one nobody waits in a reserve"
    title = shorten(matter.title, _TITLE)
    if warning.is_part_full and quota.per is not None:
        each = quota.each or 0
        text = say("colleague-reserve-sure-part", title=title, per=quota.per.value, each=each, place=warning.place)
    else:
        text = say("colleague-reserve-sure", title=title, main=quota.main, place=warning.place)
    yes = AskColleagueSurely(assignment=at.assignment, version=at.version, person=at.person, listed=at.listed)
    back = ChooseColleague(assignment=at.assignment, listed=at.listed)
    rows = [
        [_button(plain("button-colleague-sure"), yes.pack())],
        [_button(plain("button-back"), back.pack())],
    ]
    return text, InlineKeyboardMarkup(inline_keyboard=rows)


def _choices(found: ColleaguePage, *, listed: bool) -> InlineKeyboardMarkup:
    assignment_id, version = found.matter.assignment.id, found.matter.version
    rows = []
    for colleague in found.colleagues:
        ask = AskColleague(assignment=assignment_id, version=version, person=colleague.person_id, listed=listed)
        rows.append([_button(shorten(colleague.full_name, _LABEL), ask.pack())])
    rows += turning(
        found.page, found.pages, lambda n: ChooseColleague(assignment=assignment_id, page=n, listed=listed), first=1
    )
    rows.append([_button(plain("button-back"), ShowMatter(assignment=assignment_id, listed=listed).pack())])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def _button(text: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data)
