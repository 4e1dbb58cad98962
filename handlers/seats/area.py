"""The routers of seats, substitutes and school teams, as one."""

from __future__ import annotations

from aiogram import Router

from handlers.answers import colleague
from handlers.seats import arranging, teams


def build_router() -> Router:
    router = Router(name="seats area")
    router.include_routers(colleague.build_router(), arranging.build_router(), teams.build_router())
    return router
