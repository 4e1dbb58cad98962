"""The routers of everything about documents and their plans, as one."""

from __future__ import annotations

from aiogram import Router

from handlers.documents import audience, columns, drafts, plan, planned, terms, upload


def build_router() -> Router:
    router = Router(name="documents area")
    router.include_routers(
        drafts.build_router(),
        terms.build_router(),
        audience.build_router(),
        plan.build_router(),
        planned.build_router(),
        columns.build_router(),
        upload.build_router(),
    )
    return router
