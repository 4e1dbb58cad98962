"""Forms: filling in, asking a colleague, and what was handed in."""

from __future__ import annotations

from aiogram import Router

from handlers.forms import asked, asking, filling, handed_in, typing


def build_router() -> Router:
    router = Router(name="forms")
    router.include_routers(
        filling.build_router(),
        typing.build_router(),
        asking.build_router(),
        asked.build_router(),
        handed_in.build_router(),
    )
    return router
