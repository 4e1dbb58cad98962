"""The routers of requests, acceptance, return, their undoing and history, as one."""

from __future__ import annotations

from aiogram import Router

from handlers.answers import postponing
from handlers.reviews import giving_term, history, postponements, queue, returning, undoing


def build_router() -> Router:
    router = Router(name="reviews area")
    router.include_routers(
        postponing.build_router(),
        queue.build_router(),
        returning.build_router(),
        undoing.build_router(),
        postponements.build_router(),
        giving_term.build_router(),
        history.build_router(),
    )
    return router
