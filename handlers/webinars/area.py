"""The routers of making events and looking after them, as one."""

from __future__ import annotations

from aiogram import Router

from handlers.webinars import (
    afterwards,
    afterwards_people,
    announcing,
    filling,
    flight,
    handing,
    managing,
    series,
    way_in,
)


def build_router() -> Router:
    router = Router(name="events area")
    router.include_routers(
        announcing.build_router(),
        filling.build_router(),
        flight.build_router(),
        handing.build_router(),
        way_in.build_router(),
        managing.build_router(),
        afterwards.build_router(),
        afterwards_people.build_router(),
        series.build_router(),
    )
    return router
