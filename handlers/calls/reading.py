"""A coordinator reads what came in: one by one, the next one by itself; a wrong tap is taken back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import StateFilter
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.domain.calls import Proposal, ProposalDecidedError, ProposalState, ProposalTooLongError
from bot.domain.ids import OccurrenceId, ProposalId, UnitId
from bot.services.read_proposals import (
    CallExport,
    ReadProposal,
    decide_proposal,
    end_call,
    export_call,
    list_unit,
    next_proposal,
    read_proposal,
    show_call,
    undo_proposal,
)
from bot.texts.catalogue import plain, say
from bot.texts.times import short_day
from handlers.calls.callbacks import (
    DecideProposal,
    DeclineSilently,
    EndCall,
    ExportCall,
    ReadNext,
    ReadOne,
    ShowCall,
    ShowCallUnit,
    ShowFile,
    UndoProposal,
)
from handlers.calls.reading_screens import (
    Screen,
    call_screen,
    decline_screen,
    done_screen,
    end_screen,
    proposal_screen,
    unit_screen,
)
from handlers.calls.states import Declining, Prolonging
from handlers.filters import IsCoordinator
from handlers.scene import Scene, SceneMiddleware
from handlers.showing import NO_PREVIEW, show, toast
from handlers.typing_line import IS_LINE, drop_by_cancel

MakeCallFile = Callable[[CallExport, ZoneInfo, datetime], Awaitable[bytes]]


def build_router() -> Router:
    router = Router(name="reading proposals")
    for observer in (router.message, router.callback_query):
        observer.filter(IsCoordinator())
        observer.middleware(SceneMiddleware())
    router.callback_query.register(on_call, ShowCall.filter())
    router.callback_query.register(on_unit, ShowCallUnit.filter())
    router.callback_query.register(on_end, EndCall.filter())
    router.callback_query.register(on_export, ExportCall.filter())
    router.callback_query.register(on_next, ReadNext.filter())
    router.callback_query.register(on_one, ReadOne.filter())
    router.callback_query.register(on_decline, DecideProposal.filter(F.to == ProposalState.DECLINED))
    router.callback_query.register(on_decide, DecideProposal.filter())
    router.callback_query.register(on_decline_silently, DeclineSilently.filter())
    router.callback_query.register(on_undo, UndoProposal.filter())
    router.callback_query.register(on_file, ShowFile.filter())
    drop_by_cancel(router, Declining.word, words="proposal-decline-dropped")
    router.message.register(on_word, IS_LINE, StateFilter(Declining.word))
    router.message.register(on_no_text, ~F.text, StateFilter(Declining.word))
    return router


async def on_call(query: CallbackQuery, callback_data: ShowCall, scene: Scene) -> None:
    await _leave_word(scene)
    screen = await _call(scene, OccurrenceId(callback_data.occurrence), callback_data.page)
    await toast(query)
    await show(query, *screen)


async def on_unit(query: CallbackQuery, callback_data: ShowCallUnit, scene: Scene) -> None:
    await _leave_word(scene)
    occurrence_id, unit_id = OccurrenceId(callback_data.occurrence), UnitId(callback_data.unit)
    call, proposals = await list_unit(scene.storage, actor=scene.actor, occurrence_id=occurrence_id, unit_id=unit_id)
    await toast(query)
    await show(query, *unit_screen(call, proposals, unit_id, page=callback_data.page))


async def on_end(query: CallbackQuery, callback_data: EndCall, scene: Scene) -> None:
    occurrence_id = OccurrenceId(callback_data.occurrence)
    if not callback_data.is_sure:
        view = await show_call(scene.storage, actor=scene.actor, occurrence_id=occurrence_id)
        await toast(query)
        await show(query, *end_screen(view.call))
        return
    await end_call(
        scene.storage, actor=scene.actor, occurrence_id=occurrence_id, version=callback_data.version, now=scene.now
    )
    screen = await _call(scene, occurrence_id, 0)
    await toast(query)
    await show(query, *screen)


async def on_export(
    query: CallbackQuery, callback_data: ExportCall, scene: Scene, proposals_file: MakeCallFile
) -> None:
    occurrence_id = OccurrenceId(callback_data.occurrence)
    export = await export_call(scene.storage, actor=scene.actor, occurrence_id=occurrence_id)
    if not export.proposals:
        await toast(query, "toast-call-empty", alert=True)
        return
    await toast(query)
    assert query.bot is not None, "a query of a dispatcher carries its bot"
    file = BufferedInputFile(
        await proposals_file(export, scene.reader, scene.now), plain("proposals-file", day=short_day(scene.today))
    )
    caption = say("proposals-file-caption", n=len(export.proposals))
    await query.bot.send_document(query.from_user.id, file, caption=caption)


async def on_next(query: CallbackQuery, callback_data: ReadNext, scene: Scene) -> None:
    await _leave_word(scene)
    occurrence_id = OccurrenceId(callback_data.occurrence)
    read = await next_proposal(
        scene.storage,
        actor=scene.actor,
        occurrence_id=occurrence_id,
        state=callback_data.state,
        unit_id=UnitId(callback_data.unit) if callback_data.unit else None,
        after=ProposalId(callback_data.after),
    )
    await toast(query)
    if read is None:
        await show(query, *await _call(scene, occurrence_id, 0))
        return
    if read.proposal.id == callback_data.after:  # skipped, and it is the only one that waits there
        await show(query, *proposal_screen(read, unit=callback_data.unit, reader=scene.reader, is_only=True))
        return
    await show(query, *_one(scene, read, callback_data.unit))


async def on_one(query: CallbackQuery, callback_data: ReadOne, scene: Scene) -> None:
    await _leave_word(scene)
    read = await read_proposal(scene.storage, actor=scene.actor, proposal_id=ProposalId(callback_data.proposal))
    await toast(query)
    await show(query, *_one(scene, read, callback_data.unit))


async def on_decide(query: CallbackQuery, callback_data: DecideProposal, scene: Scene) -> None:
    tap = callback_data
    proposal_id = ProposalId(tap.proposal)
    try:
        read = await decide_proposal(
            scene.storage, actor=scene.actor, proposal_id=proposal_id, seen=tap.seen, to=tap.to, now=scene.now
        )
    except ProposalDecidedError:
        await _decided_meanwhile(query, scene, proposal_id, tap.unit)
        return
    await toast(query, f"toast-proposal-{tap.to.value}")
    await show(query, *await _following(scene, read, tap.seen, tap.unit))


async def on_decline(query: CallbackQuery, callback_data: DecideProposal, scene: Scene) -> None:
    """Nothing is decided yet: first a word to the author, or «Без объяснения»."""
    tap = callback_data
    read = await read_proposal(scene.storage, actor=scene.actor, proposal_id=ProposalId(tap.proposal))
    if read.proposal.state is not tap.seen:
        await _decided_meanwhile(query, scene, read.proposal.id, tap.unit)
        return
    await scene.state.set_state(Declining.word)
    await scene.state.set_data({"proposal": tap.proposal, "seen": tap.seen.value, "unit": tap.unit})
    await toast(query)
    await show(query, *decline_screen(read, tap.unit))


async def on_decline_silently(query: CallbackQuery, callback_data: DeclineSilently, scene: Scene) -> None:
    await _leave_word(scene)
    tap = callback_data
    proposal_id = ProposalId(tap.proposal)
    try:
        read = await _declined(scene, proposal_id, tap.seen, "")
    except ProposalDecidedError:
        await _decided_meanwhile(query, scene, proposal_id, tap.unit)
        return
    await toast(query, "toast-proposal-declined")
    await show(query, *await _following(scene, read, tap.seen, tap.unit))


async def on_word(message: Message, scene: Scene) -> None:
    asked = await scene.state.get_data()
    seen, unit = ProposalState(asked["seen"]), int(asked["unit"])
    try:
        read = await _declined(scene, ProposalId(asked["proposal"]), seen, message.text or "")
    except ProposalTooLongError as refusal:
        await message.answer(say("call-too-long", length=refusal.length, limit=refusal.limit))
        return
    except ProposalDecidedError as refusal:
        await scene.state.clear()
        words = plain(f"proposal-state-{refusal.proposal.state.value}")
        await message.answer(say("proposal-decided-meanwhile", state=words))
        return
    await scene.state.clear()
    await message.answer(say("proposal-word-taken"))
    text, buttons = await _following(scene, read, seen, unit)
    await message.answer(text, reply_markup=buttons, link_preview_options=NO_PREVIEW)


async def on_no_text(message: Message) -> None:
    await message.answer(say("call-only-text"))


async def on_undo(query: CallbackQuery, callback_data: UndoProposal, scene: Scene) -> None:
    tap = callback_data
    proposal_id = ProposalId(tap.proposal)
    try:
        read = await undo_proposal(
            scene.storage, actor=scene.actor, proposal_id=proposal_id, back_to=tap.back_to, now=scene.now
        )
    except ProposalDecidedError:
        await toast(query, "toast-proposal-too-late", alert=True)
        return
    await toast(query, "toast-proposal-undone")
    await show(query, *_one(scene, read, tap.unit))


async def on_file(query: CallbackQuery, callback_data: ShowFile, scene: Scene) -> None:
    proposal_id = ProposalId(callback_data.proposal)
    one = (await read_proposal(scene.storage, actor=scene.actor, proposal_id=proposal_id)).proposal
    try:
        await _send_file(query, one)
    except TelegramBadRequest:  # the messenger has forgotten it
        await toast(query, "toast-proposal-no-file", alert=True)
        return
    await toast(query)


async def _send_file(query: CallbackQuery, one: Proposal) -> None:
    assert query.bot is not None, "a query of a dispatcher carries its bot"
    if one.content.file_id is None:
        return
    if one.content.file_kind == "photo":
        await query.bot.send_photo(query.from_user.id, one.content.file_id)
    else:
        await query.bot.send_document(query.from_user.id, one.content.file_id)


async def _declined(scene: Scene, proposal_id: ProposalId, seen: ProposalState, word: str) -> ReadProposal:
    return await decide_proposal(
        scene.storage,
        actor=scene.actor,
        proposal_id=proposal_id,
        seen=seen,
        to=ProposalState.DECLINED,
        word=word,
        now=scene.now,
    )


async def _following(scene: Scene, read: ReadProposal, seen: ProposalState, unit: int) -> Screen:
    """The next one in the state that the last was seen in, with «Отменить» for that."""
    one = read.proposal
    undo = UndoProposal(proposal=one.id, back_to=seen, unit=unit)
    following = await next_proposal(
        scene.storage,
        actor=scene.actor,
        occurrence_id=one.occurrence_id,
        state=seen,
        unit_id=UnitId(unit) if unit else None,
        after=one.id,
    )
    if following is None:
        return done_screen(read, unit=unit, undo=undo)
    return proposal_screen(following, unit=unit, reader=scene.reader, undo=undo)


async def _decided_meanwhile(query: CallbackQuery, scene: Scene, proposal_id: ProposalId, unit: int) -> None:
    read = await read_proposal(scene.storage, actor=scene.actor, proposal_id=proposal_id)
    words = plain(f"proposal-state-{read.proposal.state.value}")
    await toast(query, "toast-proposal-decided", alert=True, state=words)
    await show(query, *_one(scene, read, unit))


async def _call(scene: Scene, occurrence_id: OccurrenceId, page: int) -> Screen:
    view = await show_call(scene.storage, actor=scene.actor, occurrence_id=occurrence_id)
    return call_screen(view, page=page, reader=scene.reader, now=scene.now)


def _one(scene: Scene, read: ReadProposal, unit: int) -> Screen:
    return proposal_screen(read, unit=unit, reader=scene.reader)


async def _leave_word(scene: Scene) -> None:
    """Who has gone elsewhere by a button has dropped the question."""
    if await scene.state.get_state() in (Declining.word.state, Prolonging.day.state):
        await scene.state.clear()
