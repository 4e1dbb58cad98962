"""Files of events in the messenger's own terms: what somebody sent becomes a material, and goes out again."""

from __future__ import annotations

from aiogram import Bot
from aiogram.types import Message

from bot.domain.event_drafts import DraftMaterial
from bot.domain.events import MaterialPhase
from bot.domain.webinars import BadWebinarError, WebinarProblem
from bot.texts.catalogue import Markup, plain

MAX_MATERIAL_BYTES = 50 * 1024 * 1024
"""A phone on a school's network opens no larger one; a link to a cloud is better then."""
_TITLE = 200
_PHOTO = "photo:"  # Telegram sends a picture again only as a picture, so that the reference says which it is


def sent_material(message: Message, phase: MaterialPhase = MaterialPhase.BEFORE) -> DraftMaterial:
    """A document or a photo. Raises BadWebinarError for another kind of message and for too large a file."""
    if message.photo:
        title, reference, size = plain("event-photo"), f"{_PHOTO}{message.photo[-1].file_id}", 0
    elif message.document is not None:
        file = message.document
        title, reference, size = file.file_name or plain("file-unnamed"), file.file_id, file.file_size or 0
    else:
        raise BadWebinarError(WebinarProblem.NOT_A_FILE)
    if size > MAX_MATERIAL_BYTES:
        raise BadWebinarError(WebinarProblem.FILE_TOO_LARGE)
    return DraftMaterial(" ".join((message.caption or title).split())[:_TITLE], file_id=reference, phase=phase)


async def send_material(bot: Bot, to: int, reference: str, caption: Markup) -> None:
    """Sends the file again as what it was sent."""
    if reference.startswith(_PHOTO):
        await bot.send_photo(to, reference.removeprefix(_PHOTO), caption=caption)
    else:
        await bot.send_document(to, reference, caption=caption)
