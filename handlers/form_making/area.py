"""The routers of making forms, as one."""

from __future__ import annotations

from aiogram import Router

from handlers.form_making import attaching, editing, sending, showing, tables, typing


def build_router() -> Router:
    router = Router(name="form making area")
    router.include_routers(
        showing.build_router(),
        tables.build_router(),
        editing.build_router(),
        typing.build_router(),
        attaching.build_router(),
        sending.build_router(),
    )
    return router
