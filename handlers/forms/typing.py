"""What is typed or sent while a question of a form stands on the screen: the form's own message changes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from aiogram import Bot, F, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import InlineKeyboardMarkup, Message

from bot.domain.errors import DomainError
from bot.domain.form_values import BadValueError, ValueProblem, file_value, read_value
from bot.domain.forms import Question, QuestionKind, Value
from bot.domain.ids import AssignmentId, PersonId, SubmissionId
from bot.domain.matters import Matter
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.accept_reply import find_own_matter
from bot.services.fill_form import (
    AnsweredMeanwhileError,
    Filling,
    FillingOverError,
    Read,
    UnlikelyValueError,
    give_value,
    show_filling,
)
from bot.texts.catalogue import Markup, plain, say
from handlers.answers.card import matter_card
from handlers.filters import IsRegistered
from handlers.forms.filling import await_answer
from handlers.forms.question_screens import Glance, meanwhile, question_screen, refused, taken, unlikely
from handlers.forms.states import FillingIn
from handlers.forms.whole_screens import whole_screen
from handlers.showing import NO_PREVIEW, edit
from handlers.threads.albums import FollowsAlbum, remember_album
from handlers.typing_line import drop_by_cancel

log = structlog.get_logger()


def build_router() -> Router:
    router = Router(name="typing into a form")
    router.message.filter(IsRegistered())
    drop_by_cancel(router, FillingIn.answering, words="form-cancelled")
    is_answer = ~F.text.startswith("/")
    router.message.register(on_answer, is_answer, StateFilter(FillingIn.answering))
    return router


async def on_answer(
    message: Message, actor: Actor, app_storage: Storage, state: FSMContext, reader: ZoneInfo, now: datetime, bot: Bot
) -> None:
    asked = await state.get_data()
    if asked.get("typed") == message.message_id or await FollowsAlbum()(message, state):
        return  # it has answered the question before this one: handled again after a crash, or the rest of an album
    place = asked["place"]
    today = now.astimezone(reader).date()
    page = FormMessage(bot, message, state, asked, actor.person.id, today)
    submission_id = SubmissionId(asked["submission"])
    try:
        filling = await give_value(
            app_storage,
            actor=actor,
            submission_id=submission_id,
            place=place,
            read=typed(message, today),
            seen=None if asked["seen"] is None else PersonId(asked["seen"]),
            now=now,
        )
    except AnsweredMeanwhileError as refusal:
        await page.question(refusal.filling, place, meanwhile(refusal))
    except BadValueError as refusal:
        filling = await show_filling(app_storage, actor=actor, submission_id=submission_id)
        await page.question(filling, place, refused(refusal))
    except UnlikelyValueError as refusal:
        filling = await show_filling(app_storage, actor=actor, submission_id=submission_id)
        await page.question(filling, place, unlikely(refusal), unsure=refusal.value)
    except FillingOverError:
        await state.clear()
        assignment_id = AssignmentId(asked["assignment"])
        await page.over(await find_own_matter(app_storage, actor=actor, assignment_id=assignment_id), reader)
    except DomainError:
        await state.clear()  # the form takes nothing more; the words are chosen by handlers.errors
        raise
    else:
        question = filling.question(place)
        await page.go_on(filling, place, taken(question, filling.submission.given[question.key].value))
        await remember_album(message, state)


class FormMessage:
    """The message of the form, somewhere above what was typed. The typed words leave the chat: they stand in it."""

    def __init__(
        self, bot: Bot, typed: Message, state: FSMContext, asked: dict[str, Any], reader: PersonId, today: date
    ) -> None:
        self._bot = bot
        self._typed = typed
        self._state = state
        self._message_id = asked["message"]
        self._reader = reader
        self._today = today

    async def question(self, filling: Filling, place: int, news: Markup, *, unsure: Value | None = None) -> None:
        glance = Glance(filling, self._reader, self._today, news)
        await self.put(*question_screen(glance, place, unsure=unsure))
        typed_id = self._typed.message_id
        await await_answer(self._state, filling, place, self._message_id, unsure=unsure, typed_id=typed_id)

    async def go_on(self, filling: Filling, after: int, news: Markup) -> None:
        """The next open question, or the whole."""
        place = filling.submission.next_open(after, waiting=filling.waiting)
        if place is not None:
            await self.question(filling, place, news)
            return
        await self.put(*whole_screen(Glance(filling, self._reader, self._today, news)))
        await self._state.clear()

    async def over(self, matter: Matter, zone: ZoneInfo) -> None:
        """The card as it is now: the form was handed in meanwhile."""
        card = matter_card(matter, reader=zone, today=self._today, listed=True)
        await self.put(Markup(f"{say('toast-form-over')}\n\n{card.text}"), card.keyboard)

    async def put(self, text: Markup, keyboard: InlineKeyboardMarkup | None) -> None:
        """Edits the message of the form, or sends it anew where it is gone."""
        chat_id = self._typed.chat.id
        if self._message_id is None or not await edit(self._bot, chat_id, self._message_id, text, keyboard):
            sent = await self._bot.send_message(chat_id, text, reply_markup=keyboard, link_preview_options=NO_PREVIEW)
            self._message_id = sent.message_id
        if self._typed.text is not None:
            await _remove(self._bot, self._typed)


def typed(message: Message, today: date) -> Read:
    """How a message answers a question: a document or a photo as a file, its words as words."""

    def read(question: Question, last: Value | None) -> Value:
        if message.document is not None:
            document = message.document
            name = document.file_name or plain("form-file-unnamed")
            return file_value(question, document.file_id, file_name=name[:255], size=document.file_size)
        if message.photo:
            return file_value(question, message.photo[-1].file_id, file_name=None, size=message.photo[-1].file_size)
        if message.text is not None:
            return read_value(question, message.text, today=today)
        is_file = question.kind is QuestionKind.FILE
        raise BadValueError(ValueProblem.FILE_KIND if is_file else ValueProblem.NEEDS_WORDS, question)

    return read


async def _remove(bot: Bot, message: Message) -> None:
    """Else the form would climb out of sight, answer by answer. That it could not be removed harms nobody."""
    try:
        await bot.delete_message(message.chat.id, message.message_id)
    except TelegramBadRequest as error:
        log.info("a typed answer stays in the chat", error=error.message)
