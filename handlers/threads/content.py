"""What one message of a person brings into a thread."""

from __future__ import annotations

from aiogram.types import Message

from bot.domain.threads import FileKind, Said, SentFile


def said_in(message: Message) -> Said | None:
    """The words as they were written and the file by its id; None for what cannot be passed on (a sticker, a poll)."""
    text = (message.text or message.caption or "").strip() or None
    file = _file(message)
    return None if text is None and file is None else Said(text, file)


def _file(message: Message) -> SentFile | None:
    if message.photo:
        return SentFile(FileKind.PHOTO, message.photo[-1].file_id)  # the last is the largest
    if message.animation is not None:  # it comes with a document beside it
        return SentFile(FileKind.ANIMATION, message.animation.file_id, message.animation.file_name)
    if message.document is not None:
        return SentFile(FileKind.DOCUMENT, message.document.file_id, message.document.file_name)
    if message.video is not None:
        return SentFile(FileKind.VIDEO, message.video.file_id, message.video.file_name)
    if message.audio is not None:
        return SentFile(FileKind.AUDIO, message.audio.file_id, message.audio.file_name)
    if message.voice is not None:
        return SentFile(FileKind.VOICE, message.voice.file_id)
    if message.video_note is not None:
        return SentFile(FileKind.ROUND, message.video_note.file_id)
    return None
