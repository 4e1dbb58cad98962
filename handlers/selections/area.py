"""The routers of selections, as one."""

from __future__ import annotations

from aiogram import Router

from handlers.selections import bounds, lists, making, own, quotas, reading, running_quotas


def build_router() -> Router:
    router = Router(name="selections area")
    router.include_routers(
        making.build_router(),
        quotas.build_router(),
        own.build_router(),
        reading.build_router(),
        lists.build_router(),
        bounds.build_router(),
        running_quotas.build_router(),
    )
    return router
