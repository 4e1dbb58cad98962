"""getUpdates as plain data: an update is stored as Telegram wrote it, before anything tries to understand it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aiogram import Bot
from aiogram.types import Update
from aiohttp import ClientError, ClientSession, ClientTimeout
from pydantic import ValidationError

from bot.ports.inbox import Received
from bot.telegram.taps import tap_of

_LONG_POLL = 30  # seconds
_SLACK = 15  # seconds that the answer may take beyond the poll
_BATCH = 100


class UpdatesError(Exception):
    """No updates for now. ``retry_after``: seconds that Telegram asked us to wait, where it did."""

    def __init__(self, reason: str, *, retry_after: float = 0.0) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class TokenRefusedError(UpdatesError):
    """Telegram does not know the token: it is mistyped or was revoked."""


class AnotherInstanceError(UpdatesError):
    """Somebody else fetches the updates of this bot, or a webhook is set."""


class ForeignWebhookError(AnotherInstanceError):
    """Telegram brings this bot's updates to a program at another address, ``host``, and it takes them."""

    def __init__(self, host: str) -> None:
        super().__init__(f"a webhook is set at {host}")
        self.host = host


class WebhookRefusedError(UpdatesError):
    """Telegram does not bring updates to the address that it was given."""


class UnreadableUpdateError(Exception):
    """An update is not as the Bot API describes it. Only its fields are named: their values are people's words."""


class TelegramUpdates:
    """Fetches the updates of one bot. The token stands in the address, so the address stands in no error."""

    def __init__(self, api_url: str, token: str, kinds: Sequence[str]) -> None:
        self._url = f"{api_url.rstrip('/')}/bot{token}/getUpdates"
        self._kinds = list(kinds)
        self._session: ClientSession | None = None

    async def fetch(self, offset: int | None, *, timeout: int = _LONG_POLL) -> list[dict[str, Any]]:  # noqa: ASYNC109 - the long poll's own length, told to Telegram
        """The updates from ``offset`` on, confirming those before it. Raises UpdatesError."""
        request = {"timeout": timeout, "limit": _BATCH, "allowed_updates": self._kinds}
        if offset is not None:
            request["offset"] = offset
        if self._session is None:
            self._session = ClientSession()
        try:
            async with self._session.post(
                self._url, json=request, timeout=ClientTimeout(total=timeout + _SLACK)
            ) as response:
                return _read(response.status, await _json(response))
        except (TimeoutError, ClientError, OSError) as error:
            raise UpdatesError(type(error).__name__) from None  # its text names the address

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None


def received(update: Mapping[str, Any]) -> Received:
    """A stored form of an update, with the chat within which order matters."""
    return Received(int(update["update_id"]), _chat_of(update), update)


def understood(update: Mapping[str, Any], bot: Bot) -> Update:
    """A stored update as the handlers take it. Raises UnreadableUpdateError.

    Of the message under a tapped button they get where it stands, when it was written and its plain text.
    """
    needed = _needed(update)
    if (tap := tap_of(needed, bot)) is not None:
        return tap
    try:
        return Update.model_validate(needed, context={"bot": bot})
    except ValidationError as error:
        fields = {".".join(map(str, fault["loc"])) for fault in error.errors(include_input=False)}
        raise UnreadableUpdateError(", ".join(sorted(fields))) from None


def _needed(update: Mapping[str, Any]) -> Mapping[str, Any]:
    """Without the keyboard, the entities and the media of a tapped message: no handler asks for them, and to build
    their models was half of what it took to understand a tap."""
    tap = update.get("callback_query")
    if not isinstance(tap, dict) or not isinstance(message := tap.get("message"), dict):
        return update
    kept = {name: value for name, value in message.items() if name == "chat" or not isinstance(value, dict | list)}
    return {**update, "callback_query": {**tap, "message": kept}}


async def _json(response: Any) -> dict[str, Any]:
    try:
        body = await response.json(content_type=None)
    except ValueError:  # a gateway's HTML page
        body = None
    return body if isinstance(body, dict) else {}


def _read(status: int, body: Mapping[str, Any]) -> list[dict[str, Any]]:
    if body.get("ok") is True and isinstance(body.get("result"), list):
        return list(body["result"])
    reason = f"{status} {body.get('description', 'not an answer of the Bot API')}"
    if status in (401, 404):
        raise TokenRefusedError(reason)
    if status == 409:
        raise AnotherInstanceError(reason)
    raise UpdatesError(reason, retry_after=float((body.get("parameters") or {}).get("retry_after", 0)))


def _chat_of(update: Mapping[str, Any]) -> int | None:
    for event in update.values():
        if not isinstance(event, dict):
            continue
        for place in (event, event.get("message") or {}):
            if "chat" in place:
                return int(place["chat"]["id"])
        if "from" in event:
            return int(event["from"]["id"])
    return None
