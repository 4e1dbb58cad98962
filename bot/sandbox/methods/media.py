"""Documents and photographs, and getFile."""

from __future__ import annotations

from bot.sandbox.chats import Json, StoredMessage
from bot.sandbox.errors import refuse
from bot.sandbox.files import DOWNLOAD_BYTES, StoredFile, ensure_photo
from bot.sandbox.keyboards import read_markup
from bot.sandbox.methods.invocation import Invocation
from bot.sandbox.methods.sending import ReplyTo, caption_of, put


def send_document(call: Invocation) -> StoredMessage:
    stored = _input_file(call, "document", "documents")
    return _send(call, {"document": stored.as_document()})


def send_photo(call: Invocation) -> StoredMessage:
    stored = _input_file(call, "photo", "photos")
    ensure_photo(stored)
    return _send(call, {"photo": stored.as_photo()})


def _send(call: Invocation, content: Json) -> StoredMessage:
    content |= caption_of(call)
    reply = ReplyTo.read(call)
    markup = read_markup(call.arguments.text("reply_markup"))
    chat = call.chat()
    return put(call, chat, content, markup, reply.find(chat))


def _input_file(call: Invocation, name: str, folder: str) -> StoredFile:
    return file_of(call, call.arguments.text(name), name, folder)


def file_of(call: Invocation, value: str, name: str, folder: str) -> StoredFile:
    """A part of that name, `attach://PART`, or the identifier of a file sent before."""
    arguments, files = call.arguments, call.world.files
    part = value.removeprefix("attach://") if value.startswith("attach://") else name
    upload = arguments.files.get(part)
    if upload is not None:
        if not upload.data:
            refuse("File must be non-empty")
        return files.add(folder, upload.name, upload.content_type, upload.data)
    if not value or value.startswith("attach://"):
        refuse(f"There is no {name} in the request")
    if value.lower().startswith(("http://", "https://")):
        # The sandbox needs nothing from the network, so every address is one that cannot be reached.
        refuse("Failed to get HTTP URL content")
    return files.for_sending(value)


def get_file(call: Invocation) -> Json:
    file_id = call.arguments.text("file_id")
    if not file_id:
        refuse("File_id not specified")
    stored = call.world.files.get(file_id)
    if stored is None:
        refuse("Invalid file_id")
    if len(stored.data) > DOWNLOAD_BYTES:
        refuse("File is too big")
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.data),
        "file_path": stored.path,
    }


METHODS = {"sendDocument": send_document, "sendPhoto": send_photo, "getFile": get_file}
