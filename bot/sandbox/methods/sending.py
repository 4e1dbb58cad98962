"""Sending text: sendMessage, sendChatAction, copies and forwards; and the last step of every sending."""

from __future__ import annotations

from bot.sandbox.chats import Chat, Json, StoredMessage
from bot.sandbox.entities.formatted import read_text, shown_text
from bot.sandbox.errors import refuse
from bot.sandbox.keyboards import NOTHING, Markup, check_markup, check_on_server, read_markup
from bot.sandbox.methods.invocation import Invocation

TEXT_LENGTH = 4096
CAPTION_LENGTH = 1024
_ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "record_audio",
        "upload_audio",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
        "cancel",
    ]
)


def send_message(call: Invocation) -> StoredMessage:
    arguments = call.arguments
    if not arguments.text("text"):
        refuse("Message text is empty")
    text, spans = read_text(
        arguments.text("text"), arguments.text("parse_mode"), arguments.text("entities"), call.known_user
    )
    reply = ReplyTo.read(call)
    markup = read_markup(arguments.text("reply_markup"))
    chat = call.chat()
    replied = reply.find(chat)
    shown, entities = shown_text(text, spans)
    if len(shown) > TEXT_LENGTH:
        refuse("Message is too long")
    content: Json = {"text": shown}
    if entities:
        content["entities"] = entities
    if _is_without_preview(call):
        content["link_preview_options"] = {"is_disabled": True}
    return put(call, chat, content, markup, replied)


def _is_without_preview(call: Invocation) -> bool:
    try:
        options = call.parsed("link_preview_options")
    except ValueError:
        refuse("Can't parse link preview options JSON object")
    return isinstance(options, dict) and options.get("is_disabled") is True


def caption_of(call: Invocation) -> Json:
    """The caption's part of a message's content. Raises ApiError 400 when it is too long."""
    arguments = call.arguments
    if not arguments.text("caption"):
        return {}
    text, spans = read_text(
        arguments.text("caption"), arguments.text("parse_mode"), arguments.text("caption_entities"), call.known_user
    )
    shown, entities = shown_text(text, spans, may_be_empty=True)
    if len(shown) > CAPTION_LENGTH:
        refuse("Message caption is too long")
    if not shown:
        return {}
    return {"caption": shown, "caption_entities": entities} if entities else {"caption": shown}


class ReplyTo:
    """To which message a new one replies, from `reply_parameters` or the older parameters."""

    def __init__(self, message_id: int, *, may_be_missing: bool) -> None:
        self._message_id = message_id
        self._may_be_missing = may_be_missing

    @classmethod
    def read(cls, call: Invocation) -> ReplyTo:
        try:
            parameters = call.parsed("reply_parameters")
        except ValueError:
            refuse("Can't parse reply parameters JSON object")
        if parameters is None:
            return cls(
                call.arguments.integer("reply_to_message_id"),
                may_be_missing=call.arguments.flag("allow_sending_without_reply"),
            )
        if not isinstance(parameters, dict):
            refuse("Object expected as reply parameters")
        try:
            message_id = int(parameters.get("message_id") or 0)
        except (TypeError, ValueError):
            refuse('Can\'t parse reply parameters: Field "message_id" must be a valid Number')
        return cls(message_id, may_be_missing=parameters.get("allow_sending_without_reply") is True)

    def find(self, chat: Chat) -> StoredMessage | None:
        if self._message_id == 0:
            return None
        message = chat.messages.get(self._message_id)
        if message is None and not self._may_be_missing:
            refuse("Message to be replied not found")
        return message


def put(
    call: Invocation,
    chat: Chat,
    content: Json,
    markup: Markup = NOTHING,
    replied: StoredMessage | None = None,
    *,
    is_forwarded: bool = False,
) -> StoredMessage:
    """The servers' checks, then the message. Raises ApiError 400, 403 or 429."""
    check_markup(markup, is_private=not chat.is_group)
    check_on_server(markup, is_private=not chat.is_group)
    call.ensure_not_blocked(chat)
    world = call.world
    world.flood.take(
        call.bot.id,
        chat.id,
        world.clock.now(),
        is_group=chat.is_group,
        is_paid=call.arguments.flag("allow_paid_broadcast"),
    )
    if replied is not None:
        content = {"reply_to_message": without_reply(replied.body)} | content
    if call.arguments.flag("protect_content"):
        content["has_protected_content"] = True
    if markup.inline is not None:
        content["reply_markup"] = markup.inline
    return world.post(
        chat,
        call.bot.as_user(),
        content,
        bot_id=call.bot.id,
        reply_keyboard=markup.other,
        is_forwarded=is_forwarded,
    )


def without_reply(body: Json) -> Json:
    """A message inside another does not show what it replies to in its turn."""
    if "reply_to_message" not in body:
        return body
    return {name: value for name, value in body.items() if name != "reply_to_message"}


def send_chat_action(call: Invocation) -> bool:
    action = call.arguments.text("action").lower()
    if action not in _ACTIONS:
        refuse("Wrong parameter action in request")
    chat = call.chat()
    call.ensure_not_blocked(chat)
    call.world.events.publish("action", {"chat_id": chat.id, "action": action, "bot_id": call.bot.id})
    return True


def copy_message(call: Invocation) -> Json:
    markup = read_markup(call.arguments.text("reply_markup"))
    chat = call.chat()
    content = _content(call.message(call.chat("from_chat_id"), "to copy"))
    if "text" not in content and call.arguments.text("caption"):
        content.pop("caption_entities", None)
        content |= caption_of(call)
    return {"message_id": put(call, chat, content, markup).id}


def forward_message(call: Invocation) -> StoredMessage:
    chat = call.chat()
    original = call.message(call.chat("from_chat_id"), "to forward")
    sender = original.body.get("from", {})
    origin = {"type": "user", "sender_user": sender, "date": original.date}
    return put(call, chat, {"forward_origin": origin} | _content(original), is_forwarded=True)


def _content(message: StoredMessage) -> Json:
    if message.is_service:
        refuse("Message can't be copied")
    names = ("text", "entities", "caption", "caption_entities", "document", "photo", "contact", "poll")
    body = message.body
    return {name: body[name] for name in names if name in body}


METHODS = {
    "sendMessage": send_message,
    "sendChatAction": send_chat_action,
    "copyMessage": copy_message,
    "forwardMessage": forward_message,
}
