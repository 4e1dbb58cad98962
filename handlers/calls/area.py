"""The routers of calls for proposals, as one."""

from __future__ import annotations

from aiogram import Router

from handlers.calls import making, prolonging, reading, sending


def build_router() -> Router:
    router = Router(name="calls area")
    parts = (making, sending, prolonging, reading)
    router.include_routers(*(part.build_router() for part in parts))
    return router
