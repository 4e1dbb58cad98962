"""A file becomes a draft: read between two transactions, never inside one; «Читаю…» becomes the result."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import Bot
from aiogram.types import InlineKeyboardMarkup

from bot.domain.documents import DocumentDraft, DocumentFault
from bot.domain.network import Actor
from bot.domain.reading_choices import ReadingChoices
from bot.ports.documents import FileReader, Unreadable
from bot.ports.storage import Storage
from bot.services.import_document import (
    ImportedDocument,
    NoNetworkError,
    UploadedFile,
    find_import,
    import_document,
)
from bot.services.show_draft import show_draft
from bot.texts.catalogue import Markup, say
from handlers.documents import callbacks as to
from handlers.documents.draft_screens import draft_screen
from handlers.documents.editions import import_screen
from handlers.showing import NO_PREVIEW, edit


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document can be had again after a restart: Telegram's id of the file, or the text that was pasted."""

    name: str
    file_id: str | None = None
    text: str = ""

    async def fetch(self, bot: Bot) -> UploadedFile:
        if self.file_id is None:
            return UploadedFile(self.name, self.text.encode(), is_pasted=True)
        content = await bot.download(self.file_id)
        assert content is not None, "a download without a destination gives its bytes"
        return UploadedFile(self.name, content.read())

    def to_json(self) -> dict[str, Any]:
        return {"name": self.name, "file_id": self.file_id, "text": self.text}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Origin:
        """Back from ``to_json``."""
        return cls(str(stored["name"]), stored["file_id"], str(stored["text"]))


@dataclass(frozen=True, slots=True)
class Reception:
    """Who brought something in, when, and the message that becomes the answer."""

    bot: Bot
    chat_id: int
    message_id: int
    actor: Actor
    storage: Storage
    read_file: FileReader
    zone: ZoneInfo
    now: datetime

    async def show(self, text: Markup, keyboard: InlineKeyboardMarkup | None = None) -> None:
        if not await edit(self.bot, self.chat_id, self.message_id, text, keyboard):
            await self.bot.send_message(self.chat_id, text, reply_markup=keyboard, link_preview_options=NO_PREVIEW)


async def take(reception: Reception, file: UploadedFile, choices: ReadingChoices) -> Unreadable | None:
    """Shows the draft that the file gives, or why none can be stored; what cannot be read is left to the caller."""
    file = replace(file, sheets=choices.sheets)
    imported = await find_import(reception.storage, actor=reception.actor, file=file)
    if imported is None:
        today = reception.now.astimezone(reception.zone).date()
        read = await reception.read_file(file.content, file.name, today=today, choices=choices)
        if isinstance(read, Unreadable):
            return read
        if not read.rows:
            return Unreadable(DocumentFault.NO_TABLE)
        imported = await _stored(reception, file, read)
    if imported is not None:
        await _show(reception, imported)
    return None


async def _stored(reception: Reception, file: UploadedFile, read: DocumentDraft) -> ImportedDocument | None:
    try:
        return await import_document(reception.storage, actor=reception.actor, file=file, read=read, now=reception.now)
    except NoNetworkError:
        await reception.show(say("file-no-network"))
        return None


async def _show(reception: Reception, imported: ImportedDocument) -> None:
    known = await import_screen(
        reception.storage, actor=reception.actor, document_id=imported.document_id, now=reception.now
    )
    if known is not None:
        await reception.show(*known)
        return
    view = await show_draft(
        reception.storage, actor=reception.actor, document_id=imported.document_id, now=reception.now
    )
    text, keyboard = draft_screen(view, at=to.ShowDraft(document=imported.document_id), now=reception.now)
    if imported.is_repeat:
        text = Markup(f"{say('file-draft-before')}\n\n{text}")
    await reception.show(text, keyboard)
