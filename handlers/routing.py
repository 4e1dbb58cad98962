"""The one list of routers, in the order in which they are asked: errors first, the fallback last."""

from __future__ import annotations

from aiogram import Dispatcher
from aiogram.enums import ChatType

from bot.clock import Clock
from bot.config import Settings
from bot.ports.storage import Storage
from handlers import commands, errors, fallback, parked
from handlers.answers import answering, comments, line, mine
from handlers.answers.states import AnswerLine, Postponing
from handlers.attendance import area as attendance
from handlers.audiences import choosing as audiences
from handlers.board import board, nudge
from handlers.broadcasts import steering as broadcasts
from handlers.calendar import files as calendar_files
from handlers.calls import area as calls
from handlers.calls.states import Declining, MakingCall, Prolonging, Proposing
from handlers.dialogues import DialogueMiddleware
from handlers.dispatching import TapDispatcher, ask_at_once
from handlers.documents import area as documents
from handlers.escalation import area as escalation
from handlers.form_making import area as form_making
from handlers.form_making.states import MakingForm
from handlers.forms import area as forms
from handlers.forms.states import FillingIn
from handlers.indicators import area as indicators
from handlers.indicators.states import Planning
from handlers.ladders import area as ladders
from handlers.middlewares import ActorMiddleware
from handlers.people import area as people
from handlers.people.states import REGISTERING
from handlers.reviews import area as reviews
from handlers.reviews.states import GivingTerm, Granting, Returning
from handlers.seats import area as seats
from handlers.selections import area as selections
from handlers.selections.states import ChangingBounds, DecliningApplication, MakingSelection
from handlers.threads import addressing
from handlers.threads import area as threads
from handlers.threads.states import Talking
from handlers.webinars import area as webinars

_PARTINGS = {
    AnswerLine.typing.state or "": "line-dropped",
    FillingIn.answering.state or "": "form-dropped",
    FillingIn.colleagues.state or "": "asked-dropped",
    MakingForm.typing.state or "": "form-making-dropped",
    MakingForm.table.state or "": "form-making-dropped",
    Planning.figure.state or "": "indicator-plan-dropped",
    MakingCall.part.state or "": "call-dropped",
    Proposing.writing.state or "": "propose-dropped",
    Declining.word.state or "": "proposal-decline-dropped",
    MakingSelection.part.state or "": "selection-dropped",
    DecliningApplication.reason.state or "": "application-decline-dropped",
    Prolonging.day.state or "": "call-longer-dropped",
    ChangingBounds.typing.state or "": "bounds-left",
    ChangingBounds.quota.state or "": "bounds-left",
    Postponing.typing_day.state or "": "postpone-dropped",
    Postponing.typing_reason.state or "": "postpone-dropped",
    Returning.typing_reason.state or "": "return-dropped",
    Returning.typing_day.state or "": "return-dropped",
    Granting.typing_day.state or "": "granting-dropped",
    GivingTerm.typing_day.state or "": "granting-dropped",
    Talking.writing.state or "": "thread-dropped",
    Talking.closing.state or "": "thread-dropped",
}


def build_dispatcher(storage: Storage, clock: Clock, settings: Settings) -> Dispatcher:
    """A dispatcher of its own for each caller: nothing here is global, so a process can run several."""
    # Without aiogram's own dialogues: those of ours are read with the person, and stored when his update is done.
    dispatcher = TapDispatcher(disable_fsm=True, settings=settings, app_storage=storage, clock=clock)
    dispatcher.update.outer_middleware(ActorMiddleware(storage, clock, settings))
    dispatcher.update.outer_middleware(DialogueMiddleware(storage, clock, _PARTINGS, kept=REGISTERING))
    # The bot speaks with each person alone; in groups it keeps silent.
    dispatcher.message.filter(lambda message: message.chat.type == ChatType.PRIVATE)
    dispatcher.include_routers(
        errors.build_router(),
        attendance.build_router(),  # a picture's link before an invitation's, a code word before a comment
        people.build_router(),
        commands.build_router(),
        mine.build_router(),
        answering.build_router(),
        line.build_router(),
        forms.build_router(),
        form_making.build_router(),
        reviews.build_router(),
        calls.build_router(),
        selections.build_router(),
        seats.build_router(),
        calendar_files.build_router(),
        audiences.build_router(),
        webinars.build_router(),
        threads.build_router(),  # a reply to a message of a thread before a comment on its matter
        comments.build_router(),
        board.build_router(),
        nudge.build_router(),
        broadcasts.build_router(),
        indicators.build_router(),
        escalation.build_router(),
        ladders.build_router(),
        documents.build_router(),
        attendance.build_last_router(),
        parked.build_router(),
        addressing.build_last_router(),
        fallback.build_router(),
    )
    ask_at_once(dispatcher)
    return dispatcher
