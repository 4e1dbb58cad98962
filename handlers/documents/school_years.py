"""«Другой год» under a pasted list whose dates name none."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, InlineKeyboardMarkup

from bot.domain.ids import DocumentId
from bot.domain.network import Actor
from bot.ports.storage import Storage
from bot.services.change_school_year import assumed_school_year, change_school_year, school_years
from bot.services.show_draft import show_draft
from bot.texts.catalogue import Markup, say
from handlers.documents import callbacks as to
from handlers.documents.drafts import draft_at, made, tell_edit
from handlers.documents.facts_callbacks import ChooseSchoolYear, TakeSchoolYear
from handlers.documents.wording import button
from handlers.filters import IsCoordinator
from handlers.rows import in_rows
from handlers.showing import show, toast

_OFFERED = (-1, 1, 2)  # beside the guessed one: last year's list pasted as an example, and those made long before


def build_router() -> Router:
    router = Router(name="documents school years")
    router.callback_query.filter(IsCoordinator())
    router.callback_query.register(on_choose, ChooseSchoolYear.filter())
    router.callback_query.register(on_take, TakeSchoolYear.filter())
    return router


async def on_choose(
    query: CallbackQuery, callback_data: ChooseSchoolYear, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    document_id = DocumentId(callback_data.document)
    draft = (await show_draft(app_storage, actor=actor, document_id=document_id, now=now)).draft
    guessed = assumed_school_year(draft)
    await toast(query)
    if guessed is None:
        await show(query, *await draft_at(app_storage, actor, to.ShowDraft(document=document_id), now))
        return
    await show(query, *_question(document_id, draft.version, guessed))


async def on_take(
    query: CallbackQuery, callback_data: TakeSchoolYear, actor: Actor, app_storage: Storage, now: datetime
) -> None:
    document_id = DocumentId(callback_data.document)
    is_current = await made(
        change_school_year(
            app_storage,
            actor=actor,
            document_id=document_id,
            version=callback_data.version,
            autumn=callback_data.autumn,
            now=now,
        )
    )
    screen = await draft_at(app_storage, actor, to.ShowDraft(document=document_id), now)
    await tell_edit(query, is_current=is_current)
    await show(query, *screen)


def _question(document_id: DocumentId, version: int, guessed: int) -> tuple[Markup, InlineKeyboardMarkup]:
    years = [guessed + ahead for ahead in _OFFERED]
    rows = in_rows(
        [
            button(
                "button-school-year",
                TakeSchoolYear(document=document_id, version=version, autumn=autumn),
                years=school_years(autumn),
            )
            for autumn in years
        ],
        3,
    )
    rows.append([button("button-to-rows", to.ShowDraft(document=document_id))])
    return say("school-year-ask", years=school_years(guessed)), InlineKeyboardMarkup(inline_keyboard=rows)
