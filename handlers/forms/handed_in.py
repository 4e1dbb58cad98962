"""What was handed in, to those who handed it in and to the coordinators above, with its files."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import Bot, Router
from aiogram.types import CallbackQuery

from bot.domain.errors import NotFoundError
from bot.domain.ids import AssignmentId
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.show_form import show_form
from bot.texts.catalogue import say
from bot.texts.wording import shorten
from handlers.filters import IsRegistered
from handlers.forms.callbacks import SendFormFile, ShowHandedIn
from handlers.forms.whole_screens import handed_in_screen
from handlers.showing import show, toast

_CAPTION = 200


def build_router() -> Router:
    router = Router(name="forms handed in")
    router.callback_query.filter(IsRegistered())
    router.callback_query.register(on_show, ShowHandedIn.filter())
    router.callback_query.register(on_file, SendFormFile.filter())
    return router


async def on_show(
    query: CallbackQuery, callback_data: ShowHandedIn, actor: Actor, app_storage: Storage, reader: ZoneInfo,
    now: datetime,
) -> None:  # fmt: skip
    handed = await show_form(app_storage, actor=actor, assignment_id=AssignmentId(callback_data.assignment))
    takes_answers = handed.matter.takes_answers(now.astimezone(reader).date(), reader)
    await toast(query)
    screen = handed_in_screen(
        handed,
        reader=reader,
        page=callback_data.page,
        is_board=callback_data.is_board or not handed.is_own,
        can_change=handed.is_own and takes_answers and not callback_data.is_board,
    )
    await show(query, *screen)


async def on_file(
    query: CallbackQuery, callback_data: SendFormFile, actor: Actor, app_storage: Storage, bot: Bot
) -> None:
    """By the messenger's own id: nothing is downloaded."""
    handed = await show_form(app_storage, actor=actor, assignment_id=AssignmentId(callback_data.assignment))
    questions = handed.submission.version.questions
    question = questions[callback_data.place] if 0 <= callback_data.place < len(questions) else None
    given = None if question is None else handed.submission.given.get(question.key)
    if question is None or given is None or given.value.file_id is None:
        raise NotFoundError(f"file {callback_data.place} of assignment {callback_data.assignment}")
    await toast(query)
    words = shorten(question.text, _CAPTION)
    caption = say("form-file-caption", question=words, unit=handed.matter.unit_title)
    if given.value.is_photo:
        await bot.send_photo(query.from_user.id, given.value.file_id, caption=caption)
    else:
        await bot.send_document(query.from_user.id, given.value.file_id, caption=caption)
