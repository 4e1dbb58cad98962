"""Takes updates in by webhook: an update is stored before Telegram hears 200."""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import structlog
from aiohttp import web

from bot.ports.trouble import StorageDownError

log = structlog.get_logger()

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name, not a secret

Receive = Callable[[Sequence[Mapping[str, Any]]], Awaitable[int]]


def build_webhook(receive: Receive, *, path: str, secret: str) -> web.Application:
    """A web application that answers POST ``path``.

    401 without the secret, 400 for what is no update, 500 when it could not be stored: Telegram then sends it again.
    """

    async def on_update(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return web.Response(status=401)
        try:
            update = json.loads(await request.read())
            int(update["update_id"])
        except (ValueError, KeyError, TypeError):
            return web.Response(status=400)
        try:
            await receive([update])
        except StorageDownError:  # told already, once for all
            return web.Response(status=503)
        except Exception:  # not stored, so not confirmed
            log.exception("an update could not be stored")
            return web.Response(status=500)
        return web.Response()

    application = web.Application(client_max_size=4 * 1024 * 1024)
    application.router.add_post(path, on_update)
    return application
