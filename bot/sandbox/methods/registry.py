"""All methods the sandbox knows, by their lower-cased names: Telegram does not mind the case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.sandbox.methods import callbacks, editing, media, membership, polls, profile, sending, updating
from bot.sandbox.methods.invocation import Invocation

Method = Callable[[Invocation], Any]  # it gives JSON, a message, a RawResult, a Described, or an awaitable

NAMES: dict[str, str] = {}
METHODS: dict[str, Method] = {}
for module in (updating, sending, editing, media, callbacks, profile, membership, polls):
    for name, method in module.METHODS.items():
        METHODS[name.lower()] = method
        NAMES[name.lower()] = name
