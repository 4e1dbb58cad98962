"""The routers of escalation, as one."""

from __future__ import annotations

from aiogram import Router

from handlers.escalation import controllers, summary


def build_router() -> Router:
    router = Router(name="escalation area")
    router.include_routers(summary.build_router(), controllers.build_router())
    return router
