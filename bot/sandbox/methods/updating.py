"""getMe, getUpdates and the webhook."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.sandbox.chats import Json
from bot.sandbox.errors import ApiError, flood_wait
from bot.sandbox.methods.invocation import Described, Invocation, RawResult
from bot.sandbox.updates import DEFAULT_KINDS, POLL_ENDED_BY_WEBHOOK, allowed_kinds
from bot.sandbox.webhooks import Webhook, ensure_good_secret, ensure_good_url

_LONGEST_POLL = 50
_CONNECTIONS = 40
_WEBHOOK_IS_SET = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


def get_me(call: Invocation) -> Json:
    return call.bot.as_me()


async def get_updates(call: Invocation) -> RawResult:
    if call.bot.webhook is not None:
        raise ApiError(409, _WEBHOOK_IS_SET)
    arguments, queue = call.arguments, call.bot.queue
    _set_allowed(call)
    updates = await queue.poll(
        arguments.integer("offset"),
        arguments.integer("limit", 100, 1, 100) if arguments.integer("limit", 100) > 0 else 100,
        arguments.integer("timeout", 0, 0, _LONGEST_POLL),
    )
    return RawResult(b"[" + b",".join(updates) + b"]")


async def set_webhook(call: Invocation) -> Described:
    arguments, bot = call.arguments, call.bot
    url = arguments.text("url").strip()
    if not url:
        return await delete_webhook(call)
    ensure_good_url(url)
    secret = arguments.text("secret_token")
    ensure_good_secret(secret)
    now = asyncio.get_running_loop().time()
    if now < bot.webhook_settable_at:
        raise flood_wait(1)
    bot.webhook_settable_at = now + 1
    _set_allowed(call)
    if arguments.flag("drop_pending_updates"):
        bot.queue.clear()
    is_same = bot.webhook is not None and bot.webhook.url == url
    await call.deliveries.stop(bot)
    bot.queue.end_waiting_poll(POLL_ENDED_BY_WEBHOOK)
    connections = arguments.integer("max_connections", _CONNECTIONS, 1, 100)
    bot.webhook = Webhook(url, secret, connections, "certificate" in arguments.files)
    await call.deliveries.start(bot, bot.webhook)
    call.world.state_changed()
    return Described(True, "Webhook is already set" if is_same else "Webhook was set")


async def delete_webhook(call: Invocation) -> Described:
    bot = call.bot
    if call.arguments.flag("drop_pending_updates"):
        bot.queue.clear()
    if bot.webhook is None:
        return Described(True, "Webhook is already deleted")
    await call.deliveries.stop(bot)
    bot.webhook = None
    call.world.state_changed()
    return Described(True, "Webhook was deleted")


def get_webhook_info(call: Invocation) -> Json:
    bot = call.bot
    webhook = bot.webhook
    info: dict[str, Any] = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": bool(webhook and webhook.has_custom_certificate),
        "pending_update_count": len(bot.queue),
    }
    if webhook is not None:
        info["max_connections"] = webhook.max_connections
        if webhook.last_error_at is not None:
            info["last_error_date"] = int(webhook.last_error_at.timestamp())
            info["last_error_message"] = webhook.last_error
    if bot.queue.allowed != DEFAULT_KINDS:
        info["allowed_updates"] = sorted(bot.queue.allowed)
    return info


def _set_allowed(call: Invocation) -> None:
    kinds = allowed_kinds(call.arguments.text("allowed_updates"))
    if kinds is not None:
        call.bot.queue.allowed = kinds


def close(call: Invocation) -> bool:
    return True


METHODS = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "close": close,
}
