"""The preview, «Запланировать» and «Отменить план»."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, InlineKeyboardMarkup

from bot.domain.drafts import JudgedRow, RowState
from bot.domain.ids import DocumentId
from bot.domain.judging import clear
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.cancel_plan import cancel_plan
from bot.services.edit_draft import DraftChangedError
from bot.services.plan_document import (
    NobodyAnswersError,
    NothingToPlanError,
    PlannedDocument,
    PlanPreview,
    plan_document,
    preview_plan,
)
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import short_day
from bot.texts.wording import shorten
from handlers.documents import callbacks as to
from handlers.documents import row_callbacks as about
from handlers.documents.draft_screens import Screen
from handlers.documents.telling import foreseen_lines, unreached_lines, unsure_years_line
from handlers.documents.wording import Rows, button, date_words, draft_name, size_words
from handlers.filters import IsCoordinator
from handlers.showing import show, toast

_ROWS = 3
_DAYS = 2
"""So many rows with terms on a day off are named, and so many days of each."""


def build_router() -> Router:
    router = Router(name="documents plan")
    router.callback_query.filter(IsCoordinator())
    router.callback_query.register(on_preview, to.ShowPreview.filter())
    router.callback_query.register(on_plan, to.PlanDraft.filter())
    router.callback_query.register(on_cancel, to.CancelPlan.filter())
    return router


async def on_preview(
    query: CallbackQuery, callback_data: to.ShowPreview, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    document_id = DocumentId(callback_data.document)
    preview = await preview_plan(app_storage, actor=actor, document_id=document_id, now=now)
    await toast(query)
    await show(query, *preview_screen(preview, now=now))


async def on_plan(
    query: CallbackQuery, callback_data: to.PlanDraft, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    document_id, version = DocumentId(callback_data.document), callback_data.version
    try:
        planned = await planned_or_refused(query, app_storage, actor, document_id, version, now)
    except DraftChangedError:
        preview = await preview_plan(app_storage, actor=actor, document_id=document_id, now=now)
        text, keyboard = preview_screen(preview, now=now)
        await toast(query, "toast-draft-changed", alert=True)
        await show(query, Markup(f"{say('draft-changed')}\n\n{text}"), keyboard)
        return
    if planned is not None:
        await toast(query, "toast-planned-before" if planned.is_repeat else "toast-planned")
        await show(query, *planned_screen(planned))


async def planned_or_refused(
    query: CallbackQuery, storage: Storage, actor: Actor, document_id: DocumentId, version: int, now: datetime
) -> PlannedDocument | None:
    """None where there is nothing to plan, or nobody to answer, which the toast has said. Raises DraftChangedError."""
    try:
        return await plan_document(storage, actor=actor, document_id=document_id, version=version, now=now)
    except NothingToPlanError:
        await toast(query, "toast-nothing-to-plan", alert=True)
    except NobodyAnswersError as refusal:
        numbers = shorten(", ".join(refusal.numbers), 100)
        await toast(query, "toast-nobody-answers", alert=True, numbers=numbers)
    return None


async def on_cancel(
    query: CallbackQuery, callback_data: to.CancelPlan, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    document_id = DocumentId(callback_data.document)
    if not callback_data.is_sure:
        yes = to.CancelPlan(document=document_id, is_sure=True)
        rows = [[button("button-cancel-plan-yes", yes)], [button("button-back", to.ShowPlan(document=document_id))]]
        await toast(query)
        await show(query, say("cancel-plan-ask"), InlineKeyboardMarkup(inline_keyboard=rows))
        return
    cancelled = await cancel_plan(app_storage, actor=actor, document_id=document_id, now=now)
    await toast(query)
    if cancelled.is_draft_again:
        discard = button("button-discard", to.DiscardDraft(document=document_id))
        rows = [[button("button-to-rows", to.ShowDraft(document=document_id))], [discard]]
        await show(query, say("cancel-plan-draft"), InlineKeyboardMarkup(inline_keyboard=rows))
        return
    rows = [[button("button-shelf-planned", to.ShowShelf(shelf=to.Shelf.PLANNED))]]
    await show(query, say("cancel-plan-done", n=cancelled.dates), InlineKeyboardMarkup(inline_keyboard=rows))


def preview_screen(preview: PlanPreview, *, now: datetime) -> Screen:
    """What would be planned, who would hear of it and when, and what deserves a second look."""
    draft = preview.draft
    parts = [say("preview-title"), say("preview-document", name=draft_name(draft), title=shorten(draft.title, 300))]
    parts.append(
        say(
            "preview-counts",
            activities=plain("n-activities", n=preview.activities),
            dates=plain("n-dates", n=preview.dates),
        )
    )
    if preview.first_due is not None:
        parts.append(say("preview-first-due", date=date_words(preview.first_due)))
    if preview.dates:
        parts += foreseen_lines(preview.foreseen, now)
    parts += _warnings(preview)
    rows: Rows = []
    if waiting := len(clear(preview.judgement)):
        accept = about.AcceptClear(document=draft.id, version=draft.version, is_preview=True)
        rows.append([button("button-accept-clear", accept, n=waiting)])
    if preview.activities:
        rows.append([button("button-plan", to.PlanDraft(document=draft.id, version=draft.version))])
    else:
        parts.append(say("preview-nothing"))
    rows.append([button("button-to-rows", to.ShowDraft(document=draft.id))])
    return Markup("\n".join(parts)), InlineKeyboardMarkup(inline_keyboard=rows)


def planned_screen(planned: PlannedDocument) -> Screen:
    text = say(
        "planned-done",
        activities=plain("n-activities", n=planned.activities),
        dates=plain("n-dates", n=planned.dates),
        size=size_words(planned.size),
    )
    rows = [
        [button("button-open-plan", to.ShowPlan(document=planned.document_id))],
        [button("button-cancel-plan", to.CancelPlan(document=planned.document_id))],
    ]
    return text, InlineKeyboardMarkup(inline_keyboard=rows)


def _warnings(preview: PlanPreview) -> list[Markup]:
    rows = preview.judgement.rows
    counts = {
        "waiting": len(clear(preview.judgement)),
        "doubtful": sum(judged.is_doubtful and judged.state is not RowState.QUESTION for judged in rows),
        "questions": preview.judgement.count(RowState.QUESTION),
        "past": preview.judgement.count(RowState.PAST),
        "overdue": preview.judgement.count(RowState.OVERDUE),
        "undated": sum(judged.is_accepted and judged.state is RowState.UNDATED for judged in rows),
    }
    found = [say(f"preview-{name}", n=n) for name, n in counts.items() if n] + _days_off(rows)
    years = sorted({year for judged in rows if judged.is_planned for year in judged.unsure_years})
    return found + unsure_years_line(years) + unreached_lines(preview.foreseen)


def _days_off(rows: Sequence[JudgedRow]) -> list[Markup]:
    """How many terms fall on a day off, and of which rows: there they are looked up and moved by hand."""
    met = [judged for judged in rows if judged.is_planned and judged.days_off]
    if not met:
        return []
    named = [
        plain(
            "preview-day-off",
            number=judged.row.number or str(judged.row.position),
            days=", ".join(short_day(on) for on in judged.days_off[:_DAYS]),
            rest=max(0, len(judged.days_off) - _DAYS),
        )
        for judged in met[:_ROWS]
    ]
    total, rest = sum(len(judged.days_off) for judged in met), len(met) - len(named)
    return [say("preview-days-off", n=total, rows="; ".join(named), rest=rest)]
