"""A reply to the very message of a matter is a comment on it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.config import Settings
from bot.domain.ids import AssignmentId
from bot.domain.names import one_line
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.accept_reply import GivenReply, MatterClosedError, ReplyTooLongError, accept_reply
from bot.services.list_matters import matter_of_message
from bot.services.open_thread import open_thread
from bot.texts.catalogue import Markup, say
from bot.texts.wording import shorten
from handlers.answers.callbacks import AnswerMatter, ChangeAnswer, ShowMatter
from handlers.answers.card import matter_card
from handlers.filters import IsRegistered
from handlers.showing import NO_PREVIEW
from handlers.threads.albums import follow_album
from handlers.threads.content import said_in
from handlers.threads.screens import told, whole_keyboard
from handlers.typing_line import IS_LINE

_TITLE = 80
_SHOWN_BACK = 300


class RepliesToMatter(Filter):
    """Gives ``assignment_id``: of the notice replied to, or of the buttons under the message (a card of /my)."""

    async def __call__(
        self, message: Message, app_storage: Storage, actor: Actor | None = None
    ) -> bool | dict[str, Any]:
        replied = message.reply_to_message
        if actor is None or replied is None or replied.from_user is None or not replied.from_user.is_bot:
            return False
        found = await matter_of_message(app_storage, actor=actor, message_id=replied.message_id)
        found = found or _of_buttons(replied)
        return False if found is None else {"assignment_id": found}


def build_router() -> Router:
    router = Router(name="comments")
    router.message.filter(IsRegistered())
    # A comment never interrupts another dialogue: there the reply is what that dialogue asked for.
    router.message.register(on_comment, IS_LINE, StateFilter(None), RepliesToMatter())
    router.message.register(on_file, ~F.text, StateFilter(None), RepliesToMatter())
    return router


async def on_comment(
    message: Message,
    assignment_id: AssignmentId,
    actor: Actor,
    app_storage: Storage,
    now: datetime,
    reader: ZoneInfo,
    source: str,
) -> None:
    text = one_line(message.text or "")
    if not text:
        await message.answer(say("comment-only-text"))
        return
    reply = GivenReply(assignment_id, None, text)
    try:
        accepted = await accept_reply(app_storage, actor=actor, reply=reply, source=source, now=now)
    except ReplyTooLongError as refusal:
        await message.answer(say("line-too-long", length=refusal.length, limit=refusal.limit))
        return
    except MatterClosedError:
        await message.answer(say("comment-closed"))
        return
    matter = accepted.matter
    card = matter_card(matter, reader=reader, today=now.astimezone(reader).date(), now=now)
    said = say("comment-taken", title=shorten(matter.title, _TITLE), text=shorten(text, _SHOWN_BACK))
    if matter.assignment.answer is None:
        said = Markup(f"{said}\n\n{say('comment-choose')}")
    await message.answer(said, reply_markup=card.keyboard, link_preview_options=NO_PREVIEW)


async def on_file(
    message: Message,
    assignment_id: AssignmentId,
    actor: Actor,
    app_storage: Storage,
    settings: Settings,
    now: datetime,
    reader: ZoneInfo,
    state: FSMContext,
    source: str,
) -> None:
    """What is shown and not said goes to those above, as a question about the matter."""
    said = said_in(message)
    if said is None:
        await message.answer(say("comment-only-text"))
        return
    written = await open_thread(
        app_storage,
        actor=actor,
        assignment_id=assignment_id,
        said=said,
        source=source,
        owner_accounts=settings.owner_ids,
        now=now,
    )
    await message.answer(told(written, reader=reader, now=now), reply_markup=whole_keyboard(written))
    await follow_album(message, state, thread_id=written.thread.id)


def _of_buttons(replied: Message) -> AssignmentId | None:
    rows = replied.reply_markup.inline_keyboard if replied.reply_markup else []
    for button in (button for row in rows for button in row):
        for kind in (AnswerMatter, ChangeAnswer, ShowMatter):
            if (button.callback_data or "").startswith(f"{kind.__prefix__}:"):
                return AssignmentId(kind.unpack(button.callback_data or "").assignment)
    return None
