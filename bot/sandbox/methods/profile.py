"""What a bot says of itself: commands, name, descriptions, the menu button."""

from __future__ import annotations

import json
import re
from typing import Any

from bot.sandbox import closed_servers
from bot.sandbox.chats import Json
from bot.sandbox.errors import refuse
from bot.sandbox.methods.invocation import Invocation

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_SCOPES = frozenset(
    [
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    ]
)


def set_my_commands(call: Invocation) -> bool:
    try:
        wanted = call.parsed("commands")
    except ValueError:
        refuse("Can't parse commands JSON object")
    if wanted is not None and not isinstance(wanted, list):
        refuse("Expected an Array of BotCommand")
    key = _scope(call), _language(call)
    commands = [_command(command) for command in wanted or []]
    if any(not _COMMAND.fullmatch(command["command"]) for command in commands):
        refuse(closed_servers.WRONG_COMMAND)
    if len(commands) > closed_servers.COMMANDS:
        refuse(closed_servers.TOO_MANY_COMMANDS)
    if commands:
        call.bot.commands[key] = commands
    else:
        call.bot.commands.pop(key, None)
    call.world.state_changed()
    return True


def _command(command: Any) -> Json:
    if not isinstance(command, dict):
        refuse("Can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if not isinstance(command.get(name), str):
            refuse(f"Can't parse BotCommand: Can't find field \"{name}\"")
    name, description = command["command"].strip().removeprefix("/"), command["description"].strip()
    if not name:
        refuse("Command must be non-empty")
    if len(name) > 32:
        refuse("Command length must not exceed 32")
    if not description:
        refuse("Command description must be non-empty")
    if len(description) > 256:
        refuse("Command description length must not exceed 256")
    return {"command": name, "description": description}


def get_my_commands(call: Invocation) -> list[Json]:
    return call.bot.commands.get((_scope(call), _language(call)), [])


def delete_my_commands(call: Invocation) -> bool:
    call.bot.commands.pop((_scope(call), _language(call)), None)
    call.world.state_changed()
    return True


def _scope(call: Invocation) -> str:
    """A name for a scope; the default one is plainly `default`."""
    try:
        scope = call.parsed("scope")
    except ValueError:
        refuse("Can't parse BotCommandScope JSON object")
    if scope is None:
        return "default"
    if not isinstance(scope, dict):
        refuse("Can't parse BotCommandScope: expected an Object")
    kind = scope.get("type")
    if not isinstance(kind, str):
        refuse("Can't parse BotCommandScope: Can't find field \"type\"")
    if kind not in _SCOPES:
        refuse("Can't parse BotCommandScope: Unsupported type specified")
    if kind.startswith("chat"):
        return json.dumps([kind, str(scope.get("chat_id")), str(scope.get("user_id", ""))])
    return kind


def _language(call: Invocation) -> str:
    language = call.arguments.text("language_code")
    if language and not _LANGUAGE.fullmatch(language):
        refuse("Invalid language code specified")
    return language


def set_my_name(call: Invocation) -> bool:
    return _set(call, call.bot.names, "name", 64)


def get_my_name(call: Invocation) -> Json:
    return {"name": call.bot.names.get(_language(call)) or call.bot.names.get("") or call.bot.first_name}


def set_my_description(call: Invocation) -> bool:
    return _set(call, call.bot.descriptions, "description", 512)


def get_my_description(call: Invocation) -> Json:
    texts = call.bot.descriptions
    return {"description": texts.get(_language(call)) or texts.get("", "")}


def set_my_short_description(call: Invocation) -> bool:
    return _set(call, call.bot.short_descriptions, "short_description", 120)


def get_my_short_description(call: Invocation) -> Json:
    texts = call.bot.short_descriptions
    return {"short_description": texts.get(_language(call)) or texts.get("", "")}


def _set(call: Invocation, texts: dict[str, str], name: str, longest: int) -> bool:
    text = call.arguments.text(name).strip()
    language = _language(call)
    if len(text) > longest:
        refuse(f"Bot {name.replace('_', ' ')} length must not exceed {longest}")
    if text:
        texts[language] = text
    else:
        texts.pop(language, None)
    call.world.state_changed()
    return True


def set_chat_menu_button(call: Invocation) -> bool:
    try:
        button = call.parsed("menu_button") or {"type": "default"}
    except ValueError:
        refuse("Can't parse menu button JSON object")
    if not isinstance(button, dict) or button.get("type") not in ("default", "commands", "web_app"):
        refuse("Can't parse menu button: Unsupported type specified")
    call.bot.menu_buttons[_menu_chat(call)] = button
    return True


def get_chat_menu_button(call: Invocation) -> Json:
    buttons = call.bot.menu_buttons
    return buttons.get(_menu_chat(call)) or buttons.get("") or {"type": "commands"}


def _menu_chat(call: Invocation) -> str:
    return str(call.chat().id) if call.arguments.text("chat_id") else ""


METHODS = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": set_my_name,
    "getMyName": get_my_name,
    "setMyDescription": set_my_description,
    "getMyDescription": get_my_description,
    "setMyShortDescription": set_my_short_description,
    "getMyShortDescription": get_my_short_description,
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
