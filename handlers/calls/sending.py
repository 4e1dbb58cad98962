"""«💡 Предложить»: words, a photo or a file, any number of times; and the list of one's own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.domain.calls import (
    CallEndedError,
    ProposalDecidedError,
    ProposalEmptyError,
    ProposalState,
    ProposalText,
    ProposalTooLongError,
)
from bot.domain.errors import NotFoundError
from bot.domain.ids import AssignmentId, ProposalId, ThreadId
from bot.domain.network import Actor
from bot.domain.threads import DraftGoneError
from bot.ports.storage import Storage
from bot.services.send_proposal import (
    OwnProposals,
    ensure_call_is_open,
    own_proposals,
    propose_words,
    send_proposal,
    withdraw_proposal,
)
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import stamp
from bot.texts.wording import shorten
from handlers.answers.callbacks import ShowMatter
from handlers.answers.comments import RepliesToMatter
from handlers.calls.callbacks import LeaveProposing, ProposeWords, SendProposal, ShowOwn, WithdrawProposal
from handlers.calls.states import Proposing
from handlers.filters import IsRegistered
from handlers.people.buttons import button, keyboard
from handlers.scene import Scene, SceneMiddleware
from handlers.showing import NO_PREVIEW, show, toast
from handlers.typing_line import IS_LINE, drop_by_cancel

MAX_FILE = 20 * 1024 * 1024  # what a bot can fetch of the messenger
_ALBUM = "proposed_album"  # no question is open meanwhile: whatever else he writes is heard as ever
_TITLE = 100
_LINE = 120
_SHOWN = 20


class IsSameAlbum(Filter):
    """Another picture of the album that the proposal came with: people send three photos at once."""

    async def __call__(self, message: Message, state: FSMContext) -> bool:
        return message.media_group_id is not None and message.media_group_id == (await state.get_data()).get(_ALBUM)


class RepliesToCall(Filter):
    """Gives ``call``: the assignment of the announcement, reminder or card that the message replies to."""

    async def __call__(
        self, message: Message, app_storage: Storage, now: datetime, actor: Actor | None = None
    ) -> bool | dict[str, Any]:
        found = await RepliesToMatter()(message, app_storage, actor)
        assignment_id = found["assignment_id"] if isinstance(found, dict) else _of_buttons(message.reply_to_message)
        if actor is None or assignment_id is None:
            return False
        try:
            await own_proposals(app_storage, actor=actor, assignment_id=assignment_id, now=now)
        except NotFoundError:  # another matter: there it is a comment
            return False
        return {"call": assignment_id}


def build_router() -> Router:
    router = Router(name="sending proposals")
    for observer in (router.message, router.callback_query):
        observer.filter(IsRegistered())
        observer.middleware(SceneMiddleware())
    drop_by_cancel(router, Proposing.writing, words="propose-left")
    is_content = F.photo | F.document | IS_LINE
    router.message.register(on_proposal, is_content, StateFilter(Proposing.writing))
    router.message.register(on_other, ~F.text, StateFilter(Proposing.writing))
    router.message.register(on_album, F.photo | F.document, StateFilter(None), IsSameAlbum())
    router.message.register(on_reply, is_content, StateFilter(None), RepliesToCall())
    router.callback_query.register(on_propose, SendProposal.filter())
    router.callback_query.register(on_leave, LeaveProposing.filter())
    router.callback_query.register(on_own, ShowOwn.filter())
    router.callback_query.register(on_withdraw, WithdrawProposal.filter())
    router.callback_query.register(on_words, ProposeWords.filter())
    return router


async def on_propose(query: CallbackQuery, callback_data: SendProposal, scene: Scene) -> None:
    assignment_id = AssignmentId(callback_data.assignment)
    try:
        matter = await ensure_call_is_open(scene.storage, actor=scene.actor, assignment_id=assignment_id, now=scene.now)
    except CallEndedError:
        await toast(query, "toast-call-ended", alert=True)
        return
    await scene.state.set_state(Proposing.writing)
    await scene.state.set_data({"assignment": assignment_id})
    await toast(query)
    text = say("propose-ask", title=shorten(matter.title, _TITLE), question=matter.result)
    assert query.bot is not None, "a query of a dispatcher carries its bot"
    leave = keyboard([button("button-cancel", LeaveProposing(assignment=assignment_id))])
    # A message of its own: the announcement stays where it is, to be read again while one writes.
    await query.bot.send_message(query.from_user.id, text, reply_markup=leave, link_preview_options=NO_PREVIEW)


async def on_proposal(message: Message, scene: Scene, source: str) -> None:
    await _take(message, scene, source, AssignmentId((await scene.state.get_data())["assignment"]))


async def on_reply(message: Message, scene: Scene, source: str, call: AssignmentId) -> None:
    """Whoever answers the question itself, without the button, has proposed something just as well."""
    await _take(message, scene, source, call)


async def on_album(message: Message, scene: Scene, source: str) -> None:
    """Kept without a word: the first one was thanked for, and the list shows all."""
    if message.document is not None and (message.document.file_size or 0) > MAX_FILE:
        await message.answer(say("propose-file-too-big"))
        return
    await _send(message, scene, source, AssignmentId((await scene.state.get_data())["assignment"]))


async def on_other(message: Message) -> None:
    await message.answer(say("propose-only"))


async def on_leave(query: CallbackQuery, scene: Scene) -> None:
    if (await scene.state.get_state() or "").startswith(Proposing.__name__):
        await scene.state.clear()
    await toast(query)
    await show(query, say("propose-left"))


async def on_own(query: CallbackQuery, callback_data: ShowOwn, scene: Scene) -> None:
    assignment_id = AssignmentId(callback_data.assignment)
    own = await own_proposals(scene.storage, actor=scene.actor, assignment_id=assignment_id, now=scene.now)
    await toast(query)
    await show(query, *_own_screen(own, scene))


async def on_withdraw(query: CallbackQuery, callback_data: WithdrawProposal, scene: Scene) -> None:
    proposal_id = ProposalId(callback_data.proposal)
    try:
        own = await withdraw_proposal(scene.storage, actor=scene.actor, proposal_id=proposal_id, now=scene.now)
    except ProposalDecidedError:
        await toast(query, "toast-proposal-decided-own", alert=True)
        return
    await toast(query, "toast-proposal-withdrawn")
    await show(query, *_own_screen(own, scene))


async def on_words(query: CallbackQuery, callback_data: ProposeWords, scene: Scene, source: str) -> None:
    """«О чём это?» – a proposal. Where it cannot be one, what he wrote waits for another choice."""
    assignment_id = AssignmentId(callback_data.assignment)
    try:
        own = await propose_words(
            scene.storage,
            actor=scene.actor,
            draft_id=ThreadId(callback_data.draft),
            assignment_id=assignment_id,
            source=source,
            now=scene.now,
        )
    except DraftGoneError:
        await toast(query)
        await show(query, say("thread-gone"))
    except (NotFoundError, CallEndedError):
        await toast(query, "toast-call-ended", alert=True)
    except (ProposalEmptyError, ProposalTooLongError):
        await toast(query, "toast-propose-words", alert=True)
    else:
        await toast(query)
        await show(query, say("propose-taken", n=len(own.proposals)), _after(own))


async def _take(message: Message, scene: Scene, source: str, assignment_id: AssignmentId) -> None:
    if message.document is not None and (message.document.file_size or 0) > MAX_FILE:
        await message.answer(say("propose-file-too-big"))
        return
    try:
        own = await _send(message, scene, source, assignment_id)
    except CallEndedError:
        await scene.state.clear()
        await message.answer(say("propose-ended"))
        return
    except ProposalEmptyError:
        await message.answer(say("propose-only"))
        return
    except ProposalTooLongError as refusal:
        await message.answer(say("propose-too-long", length=refusal.length, limit=refusal.limit))
        return
    await scene.state.clear()
    if message.media_group_id is not None:
        await scene.state.set_data({"assignment": assignment_id, _ALBUM: message.media_group_id})
    await message.answer(say("propose-taken", n=len(own.proposals)), reply_markup=_after(own))


async def _send(message: Message, scene: Scene, source: str, assignment_id: AssignmentId) -> OwnProposals:
    return await send_proposal(
        scene.storage,
        actor=scene.actor,
        assignment_id=assignment_id,
        content=_content(message),
        source=source,
        now=scene.now,
    )


def _content(message: Message) -> ProposalText:
    text = (message.text or message.caption or "").strip()
    if message.photo:
        return ProposalText(text, "photo", message.photo[-1].file_id)
    if message.document:
        name = message.document.file_name
        return ProposalText(text, "document", message.document.file_id, None if name is None else name[:255])
    return ProposalText(text)


def _of_buttons(replied: Message | None) -> AssignmentId | None:
    rows = replied.reply_markup.inline_keyboard if replied and replied.reply_markup else []
    packed = [one.callback_data or "" for row in rows for one in row]
    mine = [one for one in packed if one.startswith(f"{SendProposal.__prefix__}:")]
    return AssignmentId(SendProposal.unpack(mine[0]).assignment) if mine else None


def _after(own: OwnProposals) -> InlineKeyboardMarkup:
    assignment_id = own.matter.assignment.id
    return keyboard(
        [button("button-propose-more", SendProposal(assignment=assignment_id))],
        [button("button-proposals-own", ShowOwn(assignment=assignment_id))],
    )


def _own_screen(own: OwnProposals, scene: Scene) -> tuple[Markup, InlineKeyboardMarkup]:
    """The latest ones where there are many; each new one can be taken back."""
    title = shorten(own.matter.title, _TITLE)
    if not own.proposals:
        lines = [say("proposals-own-none", title=title)]
    else:
        lines = [say("proposals-own", title=title, n=len(own.proposals))]
    rows = []
    for number, one in list(enumerate(own.proposals, start=1))[-_SHOWN:]:
        text = shorten(" ".join(one.content.text.split()), _LINE) or one.content.file_name or plain("proposal-photo")
        lines.append(
            say(
                "proposals-own-line",
                n=number,
                text=text,
                file="yes" if one.content.file_id and one.content.text else "no",
                at=stamp(one.given_at, scene.reader),
                state=plain(f"proposal-state-{one.state_for_author(scene.now).value}"),
            )
        )
        if one.state is ProposalState.NEW:
            rows.append([button("button-proposal-withdraw", WithdrawProposal(proposal=one.id), n=number)])
    more = [button("button-propose-more", SendProposal(assignment=own.matter.assignment.id))] if own.is_open else []
    back = [button("button-back", ShowMatter(assignment=own.matter.assignment.id))]
    return Markup("\n\n".join(lines)), keyboard(*rows, more, back)
