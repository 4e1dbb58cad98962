"""The routers of the ladders, as one."""

from __future__ import annotations

from aiogram import Router

from handlers.ladders import attaching, editing, showing


def build_router() -> Router:
    router = Router(name="ladders area")
    router.include_routers(showing.build_router(), editing.build_router(), attaching.build_router())
    return router
