"""The routers of conversations, as one; what nobody else took has a router of its own."""

from __future__ import annotations

from aiogram import Router

from handlers.threads import addressing, lists, writing


def build_router() -> Router:
    router = Router(name="threads area")
    router.include_routers(addressing.build_router(), lists.build_router(), writing.build_router())
    return router
