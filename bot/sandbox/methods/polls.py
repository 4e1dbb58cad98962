"""sendPoll: its checks and its message. Nobody in the sandbox votes."""

from __future__ import annotations

import secrets
from typing import Any

from bot.sandbox.chats import Json, StoredMessage
from bot.sandbox.errors import refuse
from bot.sandbox.keyboards import read_markup
from bot.sandbox.methods.invocation import Invocation
from bot.sandbox.methods.sending import ReplyTo, put

_MOST_OPTIONS = 12


def send_poll(call: Invocation) -> StoredMessage:
    arguments = call.arguments
    options = _options(call)
    reply = ReplyTo.read(call)
    markup = read_markup(arguments.text("reply_markup"))
    chat = call.chat()
    question = arguments.text("question").strip()
    if not question:
        refuse("Poll question must be non-empty")
    if len(question) > 300:
        refuse("Poll question length must not exceed 300")
    if not options:
        refuse("Poll must have at least one answer option")
    if len(options) > _MOST_OPTIONS:
        refuse("Poll can't have more than 12 options")
    if any(not option for option in options):
        refuse("Poll options must be non-empty")
    if any(len(option) > 100 for option in options):
        refuse("Poll options length must not exceed 100")
    poll: Json = {
        "id": str(secrets.randbits(62)),
        "question": question,
        "options": [
            {"persistent_id": str(place), "text": text, "voter_count": 0} for place, text in enumerate(options)
        ],
        "total_voter_count": 0,
        "is_closed": arguments.flag("is_closed"),
        "is_anonymous": "is_anonymous" not in arguments.values or arguments.flag("is_anonymous"),
        "type": arguments.text("type") or "regular",
        "allows_multiple_answers": arguments.flag("allows_multiple_answers"),
        "allows_revoting": True,
        "members_only": False,
    }
    return put(call, chat, {"poll": poll}, markup, reply.find(chat))


def _options(call: Invocation) -> list[str]:
    try:
        options = call.parsed("options")
    except ValueError:
        refuse("Can't parse options JSON object")
    if options is None:
        return []
    if not isinstance(options, list):
        refuse("Expected an Array of String as options")
    return [_option(option) for option in options]


def _option(option: Any) -> str:
    text = option.get("text") if isinstance(option, dict) else option
    if not isinstance(text, str):
        refuse("Expected an option to be of type String")
    return text.strip()


METHODS = {"sendPoll": send_poll}
