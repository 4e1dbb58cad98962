"""Reply markup: read as the open server reads it, checked as TDLib and then Telegram's servers check it.

The three steps stand apart because each comes at its own place among the other checks of a call.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from bot.sandbox import closed_servers
from bot.sandbox.entities.links import WrongLinkError, checked_link, linked_user_id
from bot.sandbox.errors import refuse

Json = dict[str, Any]

# The first of these that a button has decides what it does; the others are dropped.
_ACTIONS = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "login_url",
    "web_app",
    "copy_text",
)
_PRIVATE_ONLY = {
    "request_contact": "Phone number can be requested in private chats only",
    "request_location": "Location can be requested in private chats only",
    "request_poll": "Poll can be requested in private chats only",
    "web_app": "Web App buttons can be used in private chats only",
}
_LOOKS = ("style", "icon_custom_emoji_id")


@dataclass(frozen=True, slots=True)
class Markup:
    """`inline` goes back to the bot with the message; a reply keyboard, its removal and a forced reply do not."""

    inline: Json | None = None
    other: Json | None = None
    size: int = 0  # of the parameter, in characters


NOTHING = Markup()


def read_markup(parameter: str) -> Markup:
    """The open server's part: JSON, shapes, the action of each button. Raises ApiError 400."""
    if not parameter:
        return NOTHING
    try:
        markup = json.loads(parameter)
    except ValueError:
        refuse("Can't parse reply keyboard markup JSON object")
    if not isinstance(markup, dict):
        refuse("Object expected as reply markup")
    keyboard = _rows(markup, "keyboard", 'Field "keyboard" must be an Array of Arrays')
    inline = _rows(
        markup,
        "inline_keyboard",
        'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    )
    keyboard = [[_keyboard_button(button) for button in row] for row in keyboard]
    inline = [[_inline_button(button) for button in row] for row in inline]
    if any(keyboard):
        return Markup(other=markup | {"keyboard": [row for row in keyboard if row]})
    if any(inline):
        return Markup(inline={"inline_keyboard": [row for row in inline if row]}, size=len(parameter))
    for name in ("remove_keyboard", "force_reply"):
        if markup.get(name) is True:
            return Markup(other=markup)
    return NOTHING


def check_markup(markup: Markup, *, is_private: bool, only_inline: bool = False) -> None:
    """TDLib's part: texts, addresses, what is for private chats only. Raises ApiError 400."""
    if markup.other is not None:
        if only_inline:
            refuse("Inline keyboard expected")
        for button in _buttons(markup.other, "keyboard"):
            if not button["text"].strip():
                refuse("Keyboard button text must be non-empty")
            for name, refusal in _PRIVATE_ONLY.items():
                if button.get(name) and not is_private:
                    refuse(refusal)
    if markup.inline is not None:
        for button in _buttons(markup.inline, "inline_keyboard"):
            _check_inline_button(button)


def check_on_server(markup: Markup, *, is_private: bool) -> None:
    """The closed servers' part. Raises ApiError 400."""
    if markup.inline is None:
        return
    for button in _buttons(markup.inline, "inline_keyboard"):
        data = button.get("callback_data", "")
        if len(data.encode()) > closed_servers.CALLBACK_DATA_BYTES:
            refuse(closed_servers.CALLBACK_DATA_TOO_LONG)
        if "web_app" in button and not is_private:
            refuse(closed_servers.WEB_APP_BUTTON_IN_GROUP)
    # Measured only when the parameter gives cause: most keyboards are far smaller.
    is_suspicious = markup.size * 4 > closed_servers.REPLY_MARKUP_BYTES
    if (
        is_suspicious
        and len(json.dumps(markup.inline, ensure_ascii=False).encode()) > closed_servers.REPLY_MARKUP_BYTES
    ):
        refuse("Reply markup is too long")


def _rows(markup: Json, name: str, refusal: str) -> list[list[Any]]:
    if name not in markup:
        return []
    rows = markup[name]
    if not isinstance(rows, list):
        refuse(f'Field "{name}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        refuse(refusal)
    return rows


def _buttons(markup: Json, name: str) -> list[Json]:
    return [button for row in markup.get(name, []) for button in row]


def _keyboard_button(button: Any) -> Json:
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict):
        refuse("Can't parse keyboard button: KeyboardButton must be a String or an Object")
    return button | {"text": _text_of(button, "keyboard button")}


def _inline_button(button: Any) -> Json:
    if not isinstance(button, dict):
        refuse("Can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    read: Json = {"text": _text_of(button, "inline keyboard button")}
    for name in _ACTIONS:
        value = button.get(name)
        # An inline query may be empty and a game is an empty object; other actions need a value.
        if value or (value is not None and name.startswith(("switch_", "callback_game"))):
            read[name] = value if name != "callback_data" else str(value)
            break
    else:
        refuse("Can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    return read | {name: button[name] for name in _LOOKS if button.get(name)}


def _text_of(button: Json, what: str) -> str:
    text = button.get("text")
    if text is None:
        refuse(f"Can't parse {what}: Can't find field \"text\"")
    if not isinstance(text, str):
        refuse(f'Can\'t parse {what}: Field "text" must be of type String')
    return text


def _check_inline_button(button: Json) -> None:
    if not button["text"].strip():
        refuse("Inline keyboard button text must be non-empty")
    if "url" in button:
        url = str(button["url"])
        if linked_user_id(url) is None:
            try:
                button["url"] = checked_link(url)
            except WrongLinkError as error:
                refuse(f"Inline keyboard button URL '{url}' is invalid: {error}")
    if "web_app" in button:
        web_app = button["web_app"]
        url = str(web_app.get("url", "")) if isinstance(web_app, dict) else ""
        if not url.lower().startswith("https://"):
            refuse(f"Inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed")
