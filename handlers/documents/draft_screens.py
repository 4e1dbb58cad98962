"""A draft and one row of it: words and buttons."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardMarkup

from bot.domain.drafts import DocumentState, Draft, JudgedRow, Judgement, RowDecision, RowState
from bot.domain.judging import clear, confirmable
from bot.services.change_school_year import assumed_school_year, school_years
from bot.services.choose_audience import AudienceOf
from bot.services.show_draft import DraftView
from bot.texts.catalogue import Markup, plain, say
from bot.texts.wording import shorten
from handlers.audiences.callbacks import ShowAudience
from handlers.documents import callbacks as to
from handlers.documents import row_callbacks as about
from handlers.documents.edition_callbacks import SendFile, ShowEdition
from handlers.documents.facts_callbacks import ChooseSchoolYear, ShowFacts
from handlers.documents.mention_words import mentions_line
from handlers.documents.wording import (
    Rows,
    button,
    days_off_line,
    doubts_of,
    draft_name,
    fitting,
    labelled,
    row_mark,
    understood,
)
from handlers.rows import in_rows, page_of, turning

Screen = tuple[Markup, InlineKeyboardMarkup]

ROWS = 5
_PAGES_TO_TURN = 3
_DATES = 4
_LINKS = 3
_NUMBER_BUTTON = 12


def draft_screen(view: DraftView, *, at: to.ShowDraft, now: datetime) -> Screen:
    """The facts, the counts, and five rows beside what was understood of each."""
    listed = listed_rows(view.judgement, at)
    page, pages = page_of(at.page, len(listed), ROWS)
    at = at.model_copy(update={"page": page})
    shown = listed[(page - 1) * ROWS : page * ROWS]
    today = now.astimezone(ZoneInfo(view.draft.timezone)).date()
    text = fitting(partial(_draft_text, view, shown, at, today))
    if view.draft.state is not DocumentState.DRAFT:
        return Markup(f"{closed_line(view.draft)}\n\n{text}"), InlineKeyboardMarkup(inline_keyboard=way_on(view.draft))
    return text, InlineKeyboardMarkup(inline_keyboard=_draft_buttons(view, shown, at, pages))


def closed_line(draft: Draft) -> Markup:
    """What became of a draft that an old message still opens: nothing in it can be changed any more."""
    return say("draft-closed", state=draft.state.value)


def way_on(draft: Draft) -> Rows:
    """From a draft that is none any more to what it became."""
    if draft.state is DocumentState.CANCELLED:
        return [[button("button-shelf-planned", to.ShowShelf(shelf=to.Shelf.PLANNED))]]
    return [[button("button-open-plan", to.ShowPlan(document=draft.compared_with or draft.id))]]


def listed_rows(judgement: Judgement, at: to.ShowDraft) -> tuple[JudgedRow, ...]:
    """The rows of a state and of a section that a button names."""
    rows = judgement.rows
    if at.section:
        names = sections_of(judgement)
        name = names[at.section - 1] if at.section <= len(names) else None
        rows = tuple(judged for judged in rows if judged.row.section == name)
    return tuple(judged for judged in rows if _KINDS[at.only](judged))


def sections_of(judgement: Judgement) -> tuple[str, ...]:
    """The headings over the rows, each once, in the order of the document."""
    return tuple(dict.fromkeys(judged.row.section for judged in judgement.rows if judged.row.section))


_KINDS: dict[to.Only, Callable[[JudgedRow], bool]] = {
    to.Only.ALL: lambda judged: True,
    to.Only.CLEAR: lambda judged: judged.is_clear,
    to.Only.QUESTION: lambda judged: judged.is_doubtful,
    to.Only.PAST: lambda judged: judged.state is RowState.PAST,
    to.Only.ACCEPTED: lambda judged: judged.is_accepted,
    to.Only.SKIPPED: lambda judged: judged.state is RowState.SKIPPED,
}


def _draft_text(view: DraftView, shown: tuple[JudgedRow, ...], at: to.ShowDraft, today: date, share: float) -> Markup:
    draft, judgement = view.draft, view.judgement
    parts = [say("draft-title", name=draft_name(draft), title=shorten(draft.title, int(250 * share)))]
    parts.append(say("draft-place", unit=shorten(draft.unit_title, 80), region=shorten(draft.region or "–", 80)))
    if draft.is_of_another_region:
        parts.append(say("draft-other-region", region=draft.region or "", unit=draft.unit_region or ""))
    if draft.controller:
        parts.append(say("draft-controller", controller=shorten(draft.controller, int(150 * share))))
    parts += _counts(judgement)
    parts += mentions_line(draft)
    parts += [say("draft-problem", problem=problem_words(problem)) for problem in draft.problems[:3]]
    if at.section:
        name = sections_of(judgement)[at.section - 1 : at.section]
        parts += [say("draft-section", section=shorten(title, 150)) for title in name]
    if at.only is not to.Only.ALL:
        parts.append(say(f"draft-only-{at.only.name.lower()}", n=len(listed_rows(judgement, at))))
    parts += entries(shown, today=today, share=share)
    return Markup("\n".join(parts))


def _counts(judgement: Judgement) -> list[Markup]:
    rows = judgement.rows
    doubtful = sum(judged.is_doubtful for judged in rows)
    past, skipped = judgement.count(RowState.PAST), judgement.count(RowState.SKIPPED)
    counts = say(
        "draft-counts",
        rows=plain("n-rows", n=len(rows)),
        ready=len(rows) - doubtful - past - skipped,
        questions=doubtful,
        past=past,
        skipped=skipped,
    )
    decided = sum(judged.is_decided for judged in rows)
    accepted = sum(judged.is_planned for judged in rows)
    return [counts, say("draft-progress", decided=decided, rows=len(rows), accepted=accepted)]


def entries(shown: Iterable[JudgedRow], *, today: date, share: float) -> list[Markup]:
    """Rows in a list: number, title, phrase, what was understood, what is doubtful."""
    lines, section = [], None
    for judged in shown:
        if judged.row.section and judged.row.section != section:
            lines.append(Markup("\n" + say("row-section", section=shorten(judged.row.section, 100))))
        section = judged.row.section
        lines.append(_entry(judged, today, share))
    return lines


def _entry(judged: JudgedRow, today: date, share: float) -> Markup:
    row = judged.row
    lines = [
        say("draft-row", mark=row_mark(judged), number=row.number, title=shorten(row.title, int(140 * share))),
        say("draft-phrase", phrase=shorten(row.typed_phrase or row.phrase or "–", int(140 * share))),
        understood(judged, form="short", today=today, limit=int(200 * share)),
        *doubt_lines(judged),
    ]
    if row.audience is not None:
        lines.append(say("draft-row-audience"))
    return Markup("\n" + "\n".join(lines))


def doubt_lines(judged: JudgedRow) -> list[Markup]:
    """What is doubtful about a row, in words, a line each."""
    faults = [say("draft-problem", problem=problem_words(problem)) for problem in judged.row.problems[:3]
              if _is_own(problem)]  # fmt: skip
    zone = [say("row-zone-assumed")] if judged.is_zone_assumed else []
    doubts = doubts_of(judged.row, besides_first=judged.state is RowState.QUESTION)
    return doubts + zone + days_off_line(judged) + faults


def _draft_buttons(view: DraftView, shown: tuple[JudgedRow, ...], at: to.ShowDraft, pages: int) -> Rows:
    draft, judgement = view.draft, view.judgement
    rows = number_buttons(shown) + _turning(at, pages)
    if at.only is to.Only.ALL and not at.section:
        return [*rows, *_whole_draft_buttons(draft, judgement)]
    n = len(listed_rows(judgement, at))
    if at.only is to.Only.PAST and not at.section and n:
        for decision in (RowDecision.DONE, RowDecision.OVERDUE):
            data = to.DecideAllPast(document=draft.id, version=draft.version, decision=decision)
            rows.append([button(f"button-all-past-{decision.value}", data, n=n)])
    doubtful = len(confirmable(judgement))
    if at.only is to.Only.QUESTION and not at.section and doubtful:
        rows.append([button("button-confirm-all", to.ConfirmAll(document=draft.id, version=draft.version), n=doubtful)])
    if n:
        is_skip = at.only is not to.Only.SKIPPED
        skip = about.DecideShown(
            document=draft.id, version=draft.version, only=at.only, section=at.section, is_skip=is_skip
        )
        rows.append([button("button-skip-shown" if is_skip else "button-return-shown", skip, n=n)])
    rows.append([button("button-choose-rows", about.ChooseRows(document=draft.id))])
    rows.append([button("button-all-rows", to.ShowDraft(document=draft.id))])
    return rows


def number_buttons(shown: Iterable[JudgedRow]) -> Rows:
    """A button a row, with its mark and number."""
    row = [
        labelled(f"{row_mark(judged)} {judged.row.number[:_NUMBER_BUTTON] or judged.row.position}",
                 to.ShowRow(row=judged.row.id))
        for judged in shown
    ]  # fmt: skip
    return in_rows(row, ROWS)


def _turning(at: to.ShowDraft, pages: int) -> Rows:
    """The pages; of many, the number in the middle asks which."""
    rows = turning(at.page, pages, lambda n: at.model_copy(update={"page": n}), first=1)
    if pages > _PAGES_TO_TURN:
        choose = about.ChoosePage(document=at.document, only=at.only, section=at.section)
        rows[0][1] = button("button-page-choose", choose, page=at.page, pages=pages)
    return rows


def _whole_draft_buttons(draft: Draft, judgement: Judgement) -> Rows:
    rows: Rows = []
    questions, past = sum(judged.is_doubtful for judged in judgement.rows), judgement.count(RowState.PAST)
    if ready := len(clear(judgement)):
        accept = about.AcceptClear(document=draft.id, version=draft.version)
        rows.append([button("button-accept-clear", accept, n=ready)])
    filters = []
    if questions:
        filters.append(button("button-questions", to.ShowDraft(document=draft.id, only=to.Only.QUESTION), n=questions))
    if past:
        filters.append(button("button-past", to.ShowDraft(document=draft.id, only=to.Only.PAST), n=past))
    rows += [filters] if filters else []
    if len(judgement.rows) > ROWS:
        tools = [button("button-choose-rows", about.ChooseRows(document=draft.id))]
        if questions:
            tools.insert(0, button("button-next-question", about.NextQuestion(document=draft.id)))
        rows += in_rows(tools, 2)
    if (autumn := assumed_school_year(draft)) is not None:
        another = ChooseSchoolYear(document=draft.id)
        rows.append([button("button-school-year-other", another, years=school_years(autumn))])
    rows.append([button("button-audience", ShowAudience(of=AudienceOf.DOCUMENT, subject=draft.id))])
    if draft.compared_with is None:
        rows.append([button("button-preview", to.ShowPreview(document=draft.id))])
    else:
        rows.append([button("button-edition-back", ShowEdition(document=draft.id))])
    source = [button("button-facts", ShowFacts(document=draft.id))]
    rows.append([*source, button("button-document-file", SendFile(document=draft.id))])
    rows.append([button("button-discard", to.DiscardDraft(document=draft.id))])
    return rows


def problem_words(problem: dict[str, Any]) -> str:
    """What is wrong with a row or with the table, in one sentence."""
    number = next((str(problem[key]) for key in ("number", "numbers", "pages", "page") if problem.get(key)), "")
    return plain(
        "problem",
        code=str(problem["code"]),
        number=number,
        text=shorten(str(problem.get("text", "")), 100),
        years=str(problem.get("years", "")),
    )


def _is_own(problem: dict[str, Any]) -> bool:
    """Problems with the term stand in the line about the term."""
    return problem["code"] not in {"term_not_understood", "no_phrase", "term_doubtful"}
