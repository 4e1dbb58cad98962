"""Edits, deletions, pins and reactions."""

from __future__ import annotations

import json
from datetime import timedelta

from bot.sandbox import closed_servers
from bot.sandbox.chats import Chat, Json, StoredMessage
from bot.sandbox.entities.formatted import read_text, shown_text
from bot.sandbox.errors import refuse
from bot.sandbox.files import ensure_photo
from bot.sandbox.keyboards import Markup, check_markup, check_on_server, read_markup
from bot.sandbox.methods.invocation import Invocation
from bot.sandbox.methods.media import file_of
from bot.sandbox.methods.sending import CAPTION_LENGTH, TEXT_LENGTH, caption_of, without_reply

_DELETABLE_FOR = timedelta(hours=48)
_NOT_MODIFIED = (
    "Message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def edit_message_text(call: Invocation) -> StoredMessage:
    arguments = call.arguments
    if not arguments.text("text"):
        refuse("Message text is empty")
    text, spans = read_text(
        arguments.text("text"), arguments.text("parse_mode"), arguments.text("entities"), call.known_user
    )
    markup = read_markup(arguments.text("reply_markup"))
    chat, message = _editable(call)
    if "text" not in message.body:
        refuse("There is no text in the message to edit")
    shown, entities = shown_text(text, spans)
    _check(markup, chat)
    if len(shown) > TEXT_LENGTH:
        refuse(closed_servers.EDITED_TEXT_TOO_LONG)
    return _replace(call, chat, message, {"text": shown, "entities": entities}, markup)


def edit_message_caption(call: Invocation) -> StoredMessage:
    caption = caption_of(call)
    markup = read_markup(call.arguments.text("reply_markup"))
    chat, message = _editable(call)
    if not {"document", "photo"} & message.body.keys():
        refuse("There is no caption in the message to edit")
    _check(markup, chat)
    return _replace(call, chat, message, {"caption": None, "caption_entities": None} | caption, markup)


def edit_message_media(call: Invocation) -> StoredMessage:
    """Another photograph or document in the place of the old one; the other kinds are not known here."""
    try:
        media = call.parsed("media")
    except ValueError:
        refuse("Can't parse input media JSON object")
    kind = media.get("type") if isinstance(media, dict) else None
    if kind not in ("photo", "document"):
        refuse("Type specified is not supported")
    stored = file_of(call, str(media.get("media", "")), kind, f"{kind}s")
    if kind == "photo":
        ensure_photo(stored)
    text, spans = read_text(
        str(media.get("caption") or ""),
        str(media.get("parse_mode") or ""),
        json.dumps(media.get("caption_entities") or []),
        call.known_user,
    )
    shown, entities = shown_text(text, spans, may_be_empty=True)
    if len(shown) > CAPTION_LENGTH:
        refuse("Message caption is too long")
    markup = read_markup(call.arguments.text("reply_markup"))
    chat, message = _editable(call)
    if "poll" in message.body or "text" in message.body:
        refuse("There is no media in the message to edit")
    _check(markup, chat)
    content: Json = {"photo": stored.as_photo()} if kind == "photo" else {"document": stored.as_document()}
    cleared: Json = {"photo": None, "document": None, "caption": None, "caption_entities": None}
    return _replace(call, chat, message, cleared | content | {"caption": shown, "caption_entities": entities}, markup)


def edit_message_reply_markup(call: Invocation) -> StoredMessage:
    markup = read_markup(call.arguments.text("reply_markup"))
    chat, message = _editable(call)
    _check(markup, chat)
    return _replace(call, chat, message, {}, markup)


def _editable(call: Invocation) -> tuple[Chat, StoredMessage]:
    arguments = call.arguments
    if not arguments.text("chat_id") and arguments.integer("message_id") == 0:
        refuse("MESSAGE_ID_INVALID" if arguments.text("inline_message_id") else "Message identifier is not specified")
    chat = call.chat()
    message = call.message(chat, "to edit")
    is_own = message.bot_id == call.bot.id
    if not is_own or message.is_forwarded or message.is_service or message.reply_keyboard is not None:
        refuse("Message can't be edited")
    return chat, message


def _check(markup: Markup, chat: Chat) -> None:
    check_markup(markup, is_private=not chat.is_group, only_inline=True)
    check_on_server(markup, is_private=not chat.is_group)


def _replace(call: Invocation, chat: Chat, message: StoredMessage, changes: Json, markup: Markup) -> StoredMessage:
    """`None` or an empty list among the changes removes the field; without a keyboard the old one goes."""
    old = message.body
    new = {name: value for name, value in old.items() if name not in changes and name != "reply_markup"}
    new |= {name: value for name, value in changes.items() if value}
    if markup.inline is not None:
        new["reply_markup"] = markup.inline
    if new == old:
        refuse(_NOT_MODIFIED)
    new["edit_date"] = int(call.world.clock.now().timestamp())
    call.world.replace(chat, message, new)
    return message


def delete_message(call: Invocation) -> bool:
    arguments = call.arguments
    if not arguments.text("chat_id"):
        refuse("Chat identifier is not specified")
    if arguments.integer("message_id") == 0:
        refuse("Message identifier is not specified")
    chat = call.chat()
    message = call.message(chat, "to delete")
    refusal = _why_not_deletable(call, chat, message)
    if refusal:
        refuse(refusal)
    call.world.delete(chat, message)
    return True


def delete_messages(call: Invocation) -> bool:
    """Absent messages and those the bot may not delete are passed over."""
    if not call.arguments.text("chat_id"):
        refuse("Chat identifier is not specified")
    try:
        wanted = call.parsed("message_ids")
    except ValueError:
        refuse("Can't parse message identifiers JSON object")
    if not isinstance(wanted, list):
        refuse(
            "Message identifiers are not specified" if wanted is None else "Expected an Array of message identifiers"
        )
    if len(wanted) > 100:
        refuse("Too many message identifiers specified")
    chat = call.chat()
    for message_id in wanted:
        message = chat.messages.get(int(message_id)) if str(message_id).isdecimal() else None
        if message is not None and not _why_not_deletable(call, chat, message):
            call.world.delete(chat, message)
    return True


def _why_not_deletable(call: Invocation, chat: Chat, message: StoredMessage) -> str:
    is_own = message.bot_id == call.bot.id
    if chat.is_group and not is_own and call.bot.id not in chat.admin_ids:
        return "Message can't be deleted"
    age = call.world.clock.now().timestamp() - message.date
    return "Message can't be deleted for everyone" if age > _DELETABLE_FOR.total_seconds() else ""


def pin_chat_message(call: Invocation) -> bool:
    chat = call.chat()
    message = call.message(chat, "to pin")
    _ensure_may_pin(call, chat)
    if message.is_service:
        refuse("Service messages can't be pinned")
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
        content = {"pinned_message": without_reply(message.body)}
        call.world.post(chat, call.bot.as_user(), content, bot_id=call.bot.id, is_service=True)
    return True


def unpin_chat_message(call: Invocation) -> bool:
    chat = call.chat()
    _ensure_may_pin(call, chat)
    wanted = call.arguments.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if wanted not in chat.pinned:
        refuse("Message to unpin not found")
    chat.pinned.remove(wanted)
    return True


def unpin_all_chat_messages(call: Invocation) -> bool:
    chat = call.chat()
    _ensure_may_pin(call, chat)
    chat.pinned.clear()
    return True


def _ensure_may_pin(call: Invocation, chat: Chat) -> None:
    if chat.is_group and call.bot.id not in chat.admin_ids:
        refuse("Not enough rights to manage pinned messages in the chat")


def set_message_reaction(call: Invocation) -> bool:
    try:
        reactions = call.parsed("reaction") or []
    except ValueError:
        refuse("Can't parse reaction types JSON object")
    if not isinstance(reactions, list):
        refuse("Expected an Array of ReactionType")
    chat = call.chat()
    message = call.message(chat, "to react")
    for reaction in reactions:
        kind = reaction.get("type") if isinstance(reaction, dict) else None
        if kind not in ("emoji", "custom_emoji", "paid"):
            refuse("Can't parse reaction types JSON object")
        if kind != "emoji" or str(reaction.get("emoji", "")).replace("\ufe0f", "") not in closed_servers.REACTIONS:
            refuse(closed_servers.WRONG_REACTION)
    if len(reactions) > 1:
        refuse(closed_servers.TOO_MANY_REACTIONS)
    body = {"chat_id": chat.id, "message_id": message.id, "reaction": reactions, "bot_id": call.bot.id}
    call.world.events.publish("reaction", body)
    return True


METHODS = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
    "setMessageReaction": set_message_reaction,
}
