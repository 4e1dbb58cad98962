"""A draft and one row of it: words and buttons."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardMarkup

from bot.domain.drafts import Draft, JudgedRow, Judgement, RowDecision, RowState
from bot.domain.judging import can_be_confirmed, confirmable
from bot.services.edit_draft import TypedTerm
from bot.services.show_draft import DraftView, RowView
from bot.texts.catalogue import Markup, plain, say
from bot.texts.wording import shorten
from handlers.documents import callbacks as to
from handlers.documents.wording import (
    Rows,
    button,
    date_words,
    days_off_line,
    doubts_of,
    draft_name,
    fitting,
    labelled,
    page_of,
    row_mark,
    term_words,
    turning,
    understood,
)

Screen = tuple[Markup, InlineKeyboardMarkup]

_ROWS = 5
_DATES = 4
_LINKS = 3
_NUMBER_BUTTON = 12


def draft_screen(view: DraftView, *, page: int, only: to.Only, now: datetime) -> Screen:
    """The facts, the counts, and five rows beside what was understood of each."""
    listed = _listed(view.judgement, only)
    page, pages = page_of(page, len(listed), _ROWS)
    shown = listed[(page - 1) * _ROWS : page * _ROWS]
    today = now.astimezone(ZoneInfo(view.draft.timezone)).date()
    text = fitting(partial(_draft_text, view, shown, only, today))
    return text, InlineKeyboardMarkup(inline_keyboard=_draft_buttons(view, shown, only, page, pages))


def row_screen(view: RowView, *, now: datetime) -> Screen:
    """Everything about one row, and what can be done with it."""
    today = now.astimezone(ZoneInfo(view.draft.timezone)).date()
    return fitting(partial(_row_text, view, today)), InlineKeyboardMarkup(inline_keyboard=_row_buttons(view))


def typed_screen(typed: TypedTerm, *, now: datetime, is_changed: bool = False) -> Screen:
    """How the typed words were understood, with «Верно»; ``is_changed``: somebody edited the draft meanwhile."""
    today = now.astimezone(ZoneInfo(typed.draft.timezone)).date()
    row = typed.judged.row
    assert row.term is not None, "what was understood is a term"
    parts = [say("draft-changed")] if is_changed else []
    parts.append(
        say(
            "typed-term",
            number=row.number,
            phrase=shorten(typed.phrase, 300),
            term=shorten(term_words(row.term, form="full", today=today), 600),
        )
    )
    parts += _dates_line(typed.judged) + days_off_line(typed.judged)
    if typed.judged.state is RowState.PAST:
        parts.append(say("typed-term-past"))
    accept = to.AcceptTerm(row=row.id, version=typed.draft.version)
    rows = [[button("button-right", accept)], [button("button-cancel", to.ShowRow(row=row.id))]]
    return Markup("\n".join(parts)), InlineKeyboardMarkup(inline_keyboard=rows)


def _listed(judgement: Judgement, only: to.Only) -> tuple[JudgedRow, ...]:
    if only is to.Only.QUESTION:
        return judgement.of(RowState.QUESTION)
    return judgement.of(RowState.PAST) if only is to.Only.PAST else judgement.rows


def _draft_text(view: DraftView, shown: tuple[JudgedRow, ...], only: to.Only, today: date, share: float) -> Markup:
    draft, judgement = view.draft, view.judgement
    parts = [say("draft-title", name=draft_name(draft), title=shorten(draft.title, int(250 * share)))]
    parts.append(say("draft-place", unit=shorten(draft.unit_title, 80), region=shorten(draft.region or "–", 80)))
    if draft.controller:
        parts.append(say("draft-controller", controller=shorten(draft.controller, int(150 * share))))
    parts.append(_counts(judgement))
    parts += [say("draft-problem", problem=problem_words(problem)) for problem in draft.problems[:3]]
    if only is not to.Only.ALL:
        parts.append(say(f"draft-only-{only.name.lower()}", n=len(_listed(judgement, only))))
    parts += [_entry(judged, today, share) for judged in shown]
    return Markup("\n".join(parts))


def _counts(judgement: Judgement) -> Markup:
    ready = judgement.count(RowState.READY, RowState.UNDATED, RowState.OVERDUE, RowState.DONE)
    return say(
        "draft-counts",
        rows=plain("n-rows", n=len(judgement.rows)),
        ready=ready,
        questions=judgement.count(RowState.QUESTION),
        past=judgement.count(RowState.PAST),
        skipped=judgement.count(RowState.SKIPPED),
    )


def _entry(judged: JudgedRow, today: date, share: float) -> Markup:
    row = judged.row
    lines = [
        say("draft-row", mark=row_mark(judged), number=row.number, title=shorten(row.title, int(140 * share))),
        say("draft-phrase", phrase=shorten(row.typed_phrase or row.phrase or "–", int(140 * share))),
        understood(judged, form="short", today=today, limit=int(200 * share)),
        *days_off_line(judged),
    ]
    if row.audience is not None:
        lines.append(say("draft-row-audience"))
    return Markup("\n" + "\n".join(lines))


def _draft_buttons(view: DraftView, shown: tuple[JudgedRow, ...], only: to.Only, page: int, pages: int) -> Rows:
    draft, judgement = view.draft, view.judgement
    rows: Rows = [
        [
            labelled(f"{row_mark(judged)} {judged.row.number[:_NUMBER_BUTTON] or judged.row.position}",
                     to.ShowRow(row=judged.row.id))
            for judged in shown
        ]
    ]  # fmt: skip
    rows = [row for row in rows if row]
    rows += turning(page, pages, lambda n: to.ShowDraft(document=draft.id, page=n, only=only))
    questions, past = judgement.count(RowState.QUESTION), judgement.count(RowState.PAST)
    if only is to.Only.PAST and past:
        for decision in (RowDecision.DONE, RowDecision.OVERDUE):
            data = to.DecideAllPast(document=draft.id, version=draft.version, decision=decision)
            rows.append([button(f"button-all-past-{decision.value}", data, n=past)])
    doubtful = len(confirmable(judgement))
    if only is to.Only.QUESTION and doubtful:
        all_right = to.ConfirmAll(document=draft.id, version=draft.version)
        rows.append([button("button-confirm-all", all_right, n=doubtful)])
    if only is not to.Only.ALL:
        rows.append([button("button-all-rows", to.ShowDraft(document=draft.id))])
        return rows
    filters = []
    if questions:
        filters.append(button("button-questions", to.ShowDraft(document=draft.id, only=to.Only.QUESTION), n=questions))
    if past:
        filters.append(button("button-past", to.ShowDraft(document=draft.id, only=to.Only.PAST), n=past))
    rows += [filters] if filters else []
    rows.append([button("button-audience", to.ShowAudience(document=draft.id))])
    rows.append([button("button-preview", to.ShowPreview(document=draft.id))])
    rows.append([button("button-discard", to.DiscardDraft(document=draft.id))])
    return rows


def _row_text(view: RowView, today: date, share: float) -> Markup:
    judged = view.judged
    row = judged.row
    parts = [say("row-title", mark=row_mark(judged), number=row.number, title=shorten(row.title, int(2000 * share)))]
    if row.responsible:
        parts.append(say("row-responsible", text=shorten(row.responsible, int(500 * share))))
    if row.result:
        parts.append(say("row-result", text=shorten(row.result, int(600 * share))))
    parts += [say("row-link", link=shorten(link, int(300 * share))) for link in row.links[:_LINKS]]
    parts.append(say("row-phrase", phrase=shorten(row.phrase or "–", int(400 * share))))
    if row.typed_phrase and row.typed_phrase != row.phrase:
        parts.append(say("row-typed", phrase=shorten(row.typed_phrase, int(400 * share))))
    parts.append(understood(judged, form="full", today=today, limit=int(600 * share)))
    parts += doubts_of(row) + _dates_line(judged) + days_off_line(judged)
    parts += [say("draft-problem", problem=problem_words(problem)) for problem in row.problems[:3] if _is_own(problem)]
    if view.proposal is not None:
        proposal = shorten(term_words(view.proposal, form="full", today=today), 300)
        parts.append(say("row-proposal", term=proposal))
    if row.audience is not None:
        parts.append(say("draft-row-audience"))
    return Markup("\n".join(parts))


def _row_buttons(view: RowView) -> Rows:
    row, version, state = view.judged.row, view.draft.version, view.judged.state
    rows: Rows = []

    def decide(decision: RowDecision, key: str) -> None:
        rows.append([button(key, to.DecideRow(row=row.id, version=version, decision=decision))])

    if state is RowState.SKIPPED:
        decide(RowDecision.TAKE, "button-row-return")
        return [*rows, _to_draft(view.draft, row.position)]
    if can_be_confirmed(row):
        rows.append([button("button-right", to.ConfirmTerm(row=row.id, version=version))])
    if view.proposal is not None:
        rows.append([button("button-take-proposal", to.TakeProposal(row=row.id, version=version))])
    if state in (RowState.PAST, RowState.OVERDUE):
        decide(RowDecision.DONE, "button-row-done")
    if state in (RowState.PAST, RowState.DONE):
        decide(RowDecision.OVERDUE, "button-row-overdue")
    is_past = state in (RowState.PAST, RowState.OVERDUE, RowState.DONE)
    rows.append([button("button-row-move" if is_past else "button-row-fix", to.FixTerm(row=row.id))])
    rows.append([button("button-row-audience", to.ShowAudience(document=row.document_id, row=row.id))])
    decide(RowDecision.SKIP, "button-row-skip")
    return [*rows, _to_draft(view.draft, row.position)]


def _to_draft(draft: Draft, position: int) -> list[Any]:
    return [button("button-to-rows", to.ShowDraft(document=draft.id, page=-(-position // _ROWS)))]


def _dates_line(judged: JudgedRow) -> list[Markup]:
    if judged.state is not RowState.READY or len(judged.dates) < 2:
        return []
    dates = ", ".join(date_words(due) for due in judged.dates[:_DATES])
    return [say("row-dates", dates=dates, rest=max(0, len(judged.dates) - _DATES))]


def problem_words(problem: dict[str, Any]) -> str:
    """What is wrong with a row or with the table, in one sentence."""
    number = str(problem.get("number") or problem.get("numbers") or "")
    return plain("problem", code=str(problem["code"]), number=number, text=shorten(str(problem.get("text", "")), 100))


def _is_own(problem: dict[str, Any]) -> bool:
    """Problems with the term stand in the line about the term."""
    return problem["code"] not in {"term_not_understood", "no_phrase", "term_doubtful"}
