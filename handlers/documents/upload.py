"""A file arrives: refused in words, or read and shown as a draft."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from aiogram import Bot, F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import Document as SentFile
from aiogram.types import InlineKeyboardMarkup, Message

from bot.domain.documents import DocumentDraft
from bot.domain.drafts import DocumentState
from bot.domain.network import Actor
from bot.ports.documents import MAX_FILE_BYTES, FileReader, Unreadable
from bot.ports.storage import Storage
from bot.services.import_document import (
    ImportedDocument,
    NoNetworkError,
    UploadedFile,
    find_import,
    import_document,
)
from bot.services.show_draft import show_draft
from bot.texts.catalogue import Markup, plain, say
from bot.texts.document_errors import explain
from bot.texts.wording import shorten
from handlers.documents import callbacks as to
from handlers.documents.draft_screens import draft_screen
from handlers.documents.wording import button
from handlers.filters import IsCoordinator
from handlers.showing import NO_PREVIEW, edit

_READABLE = (".docx", ".txt")
_FIRST_ROWS = 3
_LABEL = re.compile(r"^\W*срок(?:и| исполнения| выполнения)?\s*[:–—-]", re.IGNORECASE | re.MULTILINE)
_DOCUMENT_LINES = 3  # fewer lines are a message, not a document


def build_router() -> Router:
    router = Router(name="documents upload")
    router.message.register(on_file, F.document, IsCoordinator())
    router.message.register(on_photo, F.photo | F.video, IsCoordinator())
    router.message.register(on_pasted_text, F.text.func(_is_document), StateFilter(None), IsCoordinator())
    router.message.register(on_file_of_another, F.document)
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
) -> None:
    assert message.document is not None, "the filter lets nothing else through"
    refusal = _refusal(message.document)
    if refusal is not None:
        await message.answer(refusal)
        return
    await state.clear()
    name = message.document.file_name or plain("file-unnamed")
    progress = await message.answer(say("file-reading", name=shorten(name, 100)))
    content = await bot.download(message.document)
    assert content is not None, "a download without a destination gives its bytes"
    file = UploadedFile(name, content.read())
    await _take(bot, progress, actor, app_storage, file, read_file, reader, now)


async def on_pasted_text(
    message: Message,
    bot: Bot,
    actor: Actor,
    app_storage: Storage,
    reader: ZoneInfo,
    now: datetime,
    read_file: FileReader,
) -> None:
    """Telegram turns tabs into spaces, so a table copied from Word is no table any more; minutes and «|» survive."""
    progress = await message.answer(say("file-reading", name=plain("file-pasted")))
    file = UploadedFile(plain("file-pasted-name"), (message.text or "").encode())
    await _take(bot, progress, actor, app_storage, file, read_file, reader, now)


async def on_photo(message: Message) -> None:
    await message.answer(say("file-photo"))


async def on_file_of_another(message: Message, actor: Actor | None) -> None:
    await message.answer(say("fallback-stranger" if actor is None else "file-not-coordinator"))


async def _take(
    bot: Bot,
    progress: Message,
    actor: Actor,
    storage: Storage,
    file: UploadedFile,
    read_file: FileReader,
    zone: ZoneInfo,
    now: datetime,
) -> None:
    """Reads between two transactions, never inside one; the «читаю…» becomes the result."""
    imported = await find_import(storage, actor=actor, file=file)
    if imported is None:
        read = await read_file(file.content, file.name, today=_today(now, zone))
        if isinstance(read, Unreadable):
            await _put(bot, progress, _why_unreadable(read), None)
            return
        imported = await _stored(bot, progress, actor, storage, file, read, now)
    if imported is not None:
        await _show(bot, progress, actor, storage, imported, now)


async def _stored(
    bot: Bot,
    progress: Message,
    actor: Actor,
    storage: Storage,
    file: UploadedFile,
    read: DocumentDraft,
    now: datetime,
) -> ImportedDocument | None:
    if not read.rows:
        await _put(bot, progress, say("file-no-rows"), None)
        return None
    try:
        return await import_document(storage, actor=actor, file=file, read=read, now=now)
    except NoNetworkError:
        await _put(bot, progress, say("file-no-network"), None)
        return None


async def _show(
    bot: Bot, progress: Message, actor: Actor, storage: Storage, imported: ImportedDocument, now: datetime
) -> None:
    if imported.state is not DocumentState.DRAFT:
        data = to.ShowPlan(document=imported.document_id)
        keyboard = InlineKeyboardMarkup(inline_keyboard=[[button("button-open-plan", data)]])
        await _put(bot, progress, say("file-planned-before"), keyboard)
        return
    view = await show_draft(storage, actor=actor, document_id=imported.document_id, now=now)
    text, keyboard = draft_screen(view, page=1, only=to.Only.ALL, now=now)
    if imported.is_repeat:
        text = Markup(f"{say('file-draft-before')}\n\n{text}")
    await _put(bot, progress, text, keyboard)


async def _put(bot: Bot, progress: Message, text: Markup, keyboard: InlineKeyboardMarkup | None) -> None:
    if not await edit(bot, progress.chat.id, progress.message_id, text, keyboard):
        await bot.send_message(progress.chat.id, text, reply_markup=keyboard, link_preview_options=NO_PREVIEW)


def _refusal(file: SentFile) -> Markup | None:
    """What can be refused before anything is downloaded."""
    if file.mime_type and file.mime_type.startswith("image/"):
        return say("file-photo")
    if not (file.file_name or "").lower().endswith(_READABLE):
        return say("file-wrong-format")
    if file.file_size is not None and file.file_size > MAX_FILE_BYTES:
        return say("file-too-large", limit=MAX_FILE_BYTES // (1024 * 1024))
    return None


def _why_unreadable(failure: Unreadable) -> Markup:
    """The reason and, where a header was not understood, the first rows as they were read."""
    rows = [" | ".join(map(str, row)) for row in failure.facts.get("rows", ())][:_FIRST_ROWS]
    reason = say("file-unreadable", reason=explain(failure))
    if not rows:
        return reason
    shown = [say("file-first-row", row=shorten(row, 250)) for row in rows]
    return Markup("\n".join([reason, "", say("file-first-rows"), *shown]))


def _is_document(text: str | None) -> bool:
    """Decisions with «Срок:», or a table drawn with «|»."""
    if text is None:
        return False
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < _DOCUMENT_LINES:
        return False
    return _LABEL.search(text) is not None or sum("|" in line for line in lines) >= _DOCUMENT_LINES


def _today(now: datetime, zone: ZoneInfo) -> date:
    return now.astimezone(zone).date()
