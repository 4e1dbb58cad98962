"""The routers of everything about who was there, as one; and the one that is asked last."""

from __future__ import annotations

from aiogram import Router

from handlers.attendance import checking_in, code_words, leading, tables, visits


def build_router() -> Router:
    router = Router(name="attendance area")
    router.include_routers(
        checking_in.build_router(),
        leading.build_router(),
        code_words.build_router(),
        tables.build_router(),
        visits.build_router(),
    )
    return router


def build_last_router() -> Router:
    """What may be a code word that was heard wrongly; just before the fallback."""
    return checking_in.build_last_router()
