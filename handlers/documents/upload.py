"""A file arrives: refused in words, or read and shown as a draft."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import Bot, F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import Document as SentFile
from aiogram.types import Message, Update

from bot.domain.network import Actor
from bot.ports.documents import MAX_FILE_BYTES, FileReader
from bot.ports.storage import Storage
from bot.services.begin_answer import begin_answer
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import short_day
from bot.texts.wording import shorten
from handlers.documents.columns import receive
from handlers.documents.states import NamingColumns
from handlers.documents.taking import Origin, Reception
from handlers.filters import IsCoordinator
from handlers.typing_line import IS_LINE

_READABLE = (".docx", ".pdf", ".xlsx", ".xlsm", ".csv", ".txt")
_QUICK_PDF_BYTES = 200_000  # some twenty full pages, read in a few seconds
_OLD_SHEETS = (".xls", ".xlsb", ".ods")
_LABEL = re.compile(r"^\W*срок(?:и| исполнения| выполнения)?\s*[:–—-]", re.IGNORECASE | re.MULTILINE)
_DOCUMENT_LINES = 3  # fewer lines are a message, not a document
_HEADING = re.compile(r"(?:^|\s{2,})срок(?:и| исполнения| выполнения| реализации)?\s*$", re.IGNORECASE | re.MULTILINE)
_MATTER = re.compile(
    r"^.{3,}\b\d{1,2}(?:\.\d{1,2}\b|\s+(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек))|^\W*\d{1,2}[.)]\s.*"
    r"\b(?:январ|феврал|март|апрел|май|мая|июн|июл|август|сентябр|октябр|ноябр|декабр|ежемесячно|ежеквартально)",
    re.IGNORECASE | re.MULTILINE,
)
_PERHAPS_CUT = 3500  # characters: Telegram cuts a longer text at a line within its 4,096, and says so to nobody
_MATTERS = 2  # lines with a day: one is a message about a day, two are a list
_NUMBERED = re.compile(r"\W*\d{1,2}[.)]\s+[^\W\d]")  # who writes «1. » means a list, even of one matter


def build_router() -> Router:
    router = Router(name="documents upload")
    router.message.register(on_file, F.document, IsCoordinator())
    naming = StateFilter(None, NamingColumns.sheet, NamingColumns.column)
    router.message.register(on_pasted_text, F.text.func(_is_document), naming, IsCoordinator())
    router.message.register(on_typed_answer, IS_LINE, StateFilter(NamingColumns), IsCoordinator())
    return router


async def on_file(
    message: Message,
    bot: Bot,
    state: FSMContext,
    actor: Actor,
    app_storage: Storage,
    reader: ZoneInfo,
    now: datetime,
    read_file: FileReader,
    event_update: Update,
) -> None:
    assert message.document is not None, "the filter lets nothing else through"
    refusal = refusal_of(message.document)
    if refusal is not None:
        if await state.get_state() is None:
            raise SkipHandler  # no document of ours, perhaps meant for somebody: both are said in one message there
        await message.answer(refusal)
        return
    is_outside = await state.get_state() is None
    await _leave_question(message, state)
    await state.clear()
    name = message.document.file_name or plain("file-unnamed")
    reading = say(_reading(message.document, name), name=shorten(name, 100))
    place = await begin_answer(app_storage, event_update.update_id, lambda: _sent(message, reading))
    reception = Reception(bot, message.chat.id, place, actor, app_storage, read_file, reader, now)
    is_read = await receive(reception, state, Origin(name, file_id=message.document.file_id))
    if is_outside and not is_read:
        raise SkipHandler  # unreadable as a document, it may be a scan for somebody above: asked next


async def on_pasted_text(
    message: Message,
    bot: Bot,
    state: FSMContext,
    actor: Actor,
    app_storage: Storage,
    reader: ZoneInfo,
    now: datetime,
    read_file: FileReader,
    event_update: Update,
) -> None:
    """Telegram turns tabs into spaces, so a table copied from Word is no table any more; minutes and «|» survive."""
    await _leave_question(message, state)
    reading = say("file-reading", name=plain("file-pasted"))
    place = await begin_answer(app_storage, event_update.update_id, lambda: _sent(message, reading))
    reception = Reception(bot, message.chat.id, place, actor, app_storage, read_file, reader, now)
    text = message.text or ""
    name = plain("file-pasted-name", date=short_day(now.astimezone(reader).date()))
    await receive(reception, state, Origin(name, text=text))
    if len(text) >= _PERHAPS_CUT:
        await message.answer(say("file-pasted-long"))


async def on_typed_answer(message: Message) -> None:
    """Which sheet or column it is, is told by taps: names of columns repeat, and are cut on the buttons."""
    await message.answer(say("columns-by-button"))


async def _sent(message: Message, text: Markup) -> int:
    return (await message.answer(text)).message_id


async def _leave_question(message: Message, state: FSMContext) -> None:
    """Another document begins anew: what was asked about the one before is asked no more, and that is said."""
    if await state.get_state() in (NamingColumns.sheet.state, NamingColumns.column.state):
        await message.answer(say("columns-left"))


def _reading(file: SentFile, name: str) -> str:
    is_long = name.lower().endswith(".pdf") and (file.file_size or 0) > _QUICK_PDF_BYTES
    return "file-reading-long" if is_long else "file-reading"


def refusal_of(file: SentFile) -> Markup | None:
    """What can be refused before anything is downloaded."""
    if file.mime_type and file.mime_type.startswith("image/"):
        return say("file-photo")
    name = (file.file_name or "").lower()
    if name.endswith(_OLD_SHEETS):
        return say("file-unreadable", reason=plain("reading-old-excel-format", format=name.rpartition(".")[2]))
    if not name.endswith(_READABLE):
        return say("file-wrong-format")
    if file.file_size is not None and file.file_size > MAX_FILE_BYTES:
        return say("file-too-large", limit=MAX_FILE_BYTES // (1024 * 1024))
    return None


def _is_document(text: str | None) -> bool:
    """Decisions with «Срок:», a table with its header or drawn with «|», or a list «Название – срок»."""
    if text is None:
        return False
    lines = [line for line in text.splitlines() if line.strip()]
    matters = len(_MATTER.findall(text))
    if matters >= _MATTERS or (matters and _NUMBERED.match(text)):
        return True
    if len(lines) < _DOCUMENT_LINES:
        return False
    if _HEADING.search(text):
        return True
    return _LABEL.search(text) is not None or sum("|" in line for line in lines) >= _DOCUMENT_LINES
