"""The routers of calls for proposals, as one."""

from __future__ import annotations

from aiogram import Router

from handlers.calls import making, reading, sending


def build_router() -> Router:
    router = Router(name="calls area")
    router.include_routers(making.build_router(), sending.build_router(), reading.build_router())
    return router
