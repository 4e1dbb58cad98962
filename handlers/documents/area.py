"""The routers of everything about documents and their plans, as one."""

from __future__ import annotations

from aiogram import Router

from handlers.documents import (
    activity_dates,
    columns,
    drafts,
    editions,
    facts,
    left_rows,
    paces,
    plan,
    planned,
    row_dates,
    row_editing,
    row_treatment,
    rows,
    school_years,
    terms,
    upload,
)


def build_router() -> Router:
    router = Router(name="documents area")
    router.include_routers(
        drafts.build_router(),
        rows.build_router(),
        row_editing.build_router(),
        row_treatment.build_router(),
        terms.build_router(),
        facts.build_router(),
        school_years.build_router(),
        plan.build_router(),
        planned.build_router(),
        editions.build_router(),
        row_dates.build_router(),
        activity_dates.build_router(),
        paces.build_router(),
        left_rows.build_router(),
        columns.build_router(),
        upload.build_router(),
        rows.build_search_router(),
    )
    return router
