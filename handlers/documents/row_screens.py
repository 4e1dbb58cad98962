"""One row of a draft: all that is known of it, and everything that can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardMarkup

from bot.domain.drafts import DocumentState, JudgedRow, RowDecision, RowState
from bot.domain.judging import can_be_confirmed
from bot.domain.matters import LadderName
from bot.domain.own_ladders import OwnLadder
from bot.domain.rearranging import proposed_parts
from bot.domain.steps import LADDERS
from bot.services.choose_audience import AudienceOf
from bot.services.edit_draft import TypedTerm
from bot.services.rearrange_rows import Neighbours, RowText
from bot.services.show_draft import RowView
from bot.services.treat_rows import RowScope
from bot.texts.catalogue import Markup, plain, say
from bot.texts.wording import shorten
from handlers.audiences.callbacks import ShowAudience
from handlers.documents import callbacks as to
from handlers.documents import row_callbacks as about
from handlers.documents.awaited_buttons import row_buttons
from handlers.documents.draft_screens import ROWS, Screen, closed_line, doubt_lines, way_on
from handlers.documents.term_callbacks import ShowLeftRow
from handlers.documents.wording import (
    Rows,
    button,
    date_words,
    days_off_line,
    fitting,
    labelled,
    row_mark,
    term_words,
    understood,
)
from handlers.form_making.callbacks import RowForms
from handlers.ladders.wording import ladder_lines
from handlers.rows import in_rows
from handlers.selections.callbacks import SelectionOfRow

_DATES = 4
_LINKS = 3
_PARTS = 3


def row_screen(view: RowView, *, now: datetime) -> Screen:
    """Everything about one row, and what can be done with it."""
    today = now.astimezone(ZoneInfo(view.draft.timezone)).date()
    text = fitting(partial(_row_text, view, today))
    if view.draft.state is not DocumentState.DRAFT:
        text = Markup(f"{closed_line(view.draft)}\n\n{text}")
        return text, InlineKeyboardMarkup(inline_keyboard=_planned_row(view) + way_on(view.draft))
    return text, InlineKeyboardMarkup(inline_keyboard=_row_buttons(view))


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


def _planned_row(view: RowView) -> Rows:
    """To the activity that the row became, or to where a row that stayed behind gets its term."""
    row = view.judged.row
    if view.draft.state is not DocumentState.PLANNED:
        return []
    if row.activity_id is not None:
        return [[button("button-row-activity", to.ShowActivity(activity=row.activity_id))]]
    return [[button("button-row-left", ShowLeftRow(row=row.id))]]


def texts_screen(view: RowView) -> Screen:
    """Which of its texts is to be written anew."""
    row = view.judged.row
    rows = [
        [button(f"button-text-{text_of.value}", about.CorrectText(row=row.id, text_of=text_of))]
        for text_of in RowText
    ]  # fmt: skip
    rows.append([button("button-to-row", to.ShowRow(row=row.id))])
    return say("texts-choose", number=row.number, title=shorten(row.title, 200)), InlineKeyboardMarkup(
        inline_keyboard=rows
    )


def neighbours_screen(found: Neighbours) -> Screen:
    """With the row above or with the row below?"""
    row, lines, rows = found.row, [], []
    lines.append(say("join-ask", number=row.number, title=shorten(row.title, 200)))
    for place, other in (("above", found.above), ("below", found.below)):
        if other is None:
            continue
        text = shorten(other.title, 300)
        lines.append(say("join-neighbour", place=place, number=other.number, title=text, phrase=other.phrase[:100]))
        data = about.JoinRow(row=row.id, version=found.draft.version, other=other.id)
        rows.append([button("button-join-with", data, place=place, number=other.number or other.position)])
    if not rows:
        lines.append(say("join-nobody"))
    rows.append([button("button-to-row", to.ShowRow(row=row.id))])
    return Markup("\n\n".join(lines)), InlineKeyboardMarkup(inline_keyboard=rows)


def ladder_screen(view: RowView, own: Sequence[OwnLadder] = ()) -> Screen:
    """The ladders, each in words; chosen for the row, and from here for its section or for all."""
    row, version = view.judged.row, view.draft.version
    chosen = next((one for one in own if one.id == row.ladder_id), None)
    now = row.ladder or LadderName.USUAL
    lines = [say("ladder-title", number=row.number, title=shorten(row.title, 200))]
    lines += [say("ladder-line", name=name.value, steps="\n".join(ladder_lines(LADDERS[name]))) for name in LadderName]
    if chosen is not None:
        lines.append(say("ladder-line-own", title=chosen.title, steps="\n".join(ladder_lines(chosen.ladder))))
    rows: Rows = []
    for name in LadderName:
        is_now = row.ladder_id is None and name is now
        label = plain("ticked" if is_now else "unticked", label=plain("ladder-name", name=name.value))
        rows.append([labelled(label, about.ChooseLadder(row=row.id, version=version, ladder=name))])
    for one in own:
        label = plain("ticked" if one is chosen else "unticked", label=shorten(one.title, 30))
        rows.append([labelled(label, about.ChooseLadder(row=row.id, version=version, ladder=now, own=one.id))])
    what = plain("ladder-name", name=now.value) if chosen is None else shorten(chosen.title, 20)
    for wide in _wider(view):
        data = about.ChooseLadder(row=row.id, version=version, ladder=now, scope=wide, own=row.ladder_id or 0)
        rows.append([button(f"button-scope-{wide.name.lower()}", data, what=what)])
    flag = "button-make-optional" if row.is_obligatory else "button-make-obligatory"
    rows.append(
        [button(flag, about.ChooseObligation(row=row.id, version=version, is_obligatory=not row.is_obligatory))]
    )
    rows.append([button("button-to-row", to.ShowRow(row=row.id))])
    return Markup("\n".join(lines)), InlineKeyboardMarkup(inline_keyboard=rows)


def form_screen(view: RowView) -> Screen:
    """What «Выполнено» asks for besides."""
    row, version = view.judged.row, view.draft.version
    rows: Rows = []
    for form in about.FORMS:
        name = plain("form-name", form=form.value if form else "none")
        data = about.ChooseForm(row=row.id, version=version, form=about.code_of(form))
        is_now = form is row.asks and row.form_id is None
        rows.append([labelled(plain("ticked" if is_now else "unticked", label=name), data)])
    label = plain("unticked" if row.form_id is None else "ticked", label=plain("button-row-form"))
    rows.append([labelled(label, RowForms(row=row.id))])
    for wide in _wider(view) if row.form_id is None else []:
        data = about.ChooseForm(row=row.id, version=version, form=about.code_of(row.asks), scope=wide)
        what = plain("form-name", form=row.asks.value if row.asks else "none")
        rows.append([button(f"button-scope-{wide.name.lower()}", data, what=what)])
    rows += _acceptance(view)
    rows.append([button("button-to-row", to.ShowRow(row=row.id))])
    text = say("form-title", number=row.number, title=shorten(row.title, 200))
    return text, InlineKeyboardMarkup(inline_keyboard=rows)


def _acceptance(view: RowView) -> Rows:
    """«Принимать ответы», for the row, and as it stands for its section or the whole plan."""
    row, version = view.judged.row, view.draft.version
    state = "yes" if row.needs_acceptance else "no"
    turned = about.ChooseAcceptance(row=row.id, version=version, is_needed=not row.needs_acceptance)
    rows: Rows = [[button("button-row-acceptance", turned, is_needed=state)]]
    for wide in _wider(view):
        data = turned.model_copy(update={"is_needed": row.needs_acceptance, "scope": wide})
        what = plain("acceptance-name", is_needed=state)
        rows.append([button(f"button-scope-{wide.name.lower()}", data, what=what)])
    return rows


def _wider(view: RowView) -> list[RowScope]:
    return [RowScope.SECTION, RowScope.DOCUMENT] if view.of_section > 1 else [RowScope.DOCUMENT]


def _row_text(view: RowView, today: date, share: float) -> Markup:
    judged = view.judged
    row = judged.row
    parts = [say("row-section", section=shorten(row.section, 150))] if row.section else []
    parts.append(
        say("row-title", mark=row_mark(judged), number=row.number, title=shorten(row.title, int(2000 * share)))
    )
    if row.responsible:
        parts.append(say("row-responsible", text=shorten(row.responsible, int(500 * share))))
    if row.result:
        parts.append(say("row-result", text=shorten(row.result, int(600 * share))))
    parts += [say("row-link", link=shorten(link, int(300 * share))) for link in row.links[:_LINKS]]
    parts.append(say("row-phrase", phrase=shorten(row.phrase or "–", int(400 * share))))
    if row.typed_phrase and row.typed_phrase != row.phrase:
        parts.append(say("row-typed", phrase=shorten(row.typed_phrase, int(400 * share))))
    parts.append(understood(judged, form="full", today=today, limit=int(600 * share)))
    parts += _dates_line(judged) + doubt_lines(judged)
    if view.proposal is not None:
        proposal = shorten(term_words(view.proposal, form="full", today=today), 300)
        parts.append(say("row-proposal", term=proposal))
    if row.audience is not None:
        parts.append(say("draft-row-audience"))
    return Markup("\n".join(parts + _arrangement(view, share)))


def _arrangement(view: RowView, share: float) -> list[Markup]:
    """How the row differs from the document's own, and how it will be asked about."""
    row = view.judged.row
    lines = [
        say(
            "row-joined", number=part.number or str(part.position), phrase=shorten(part.phrase or "–", int(150 * share))
        )
        for part in view.parts[:_PARTS]
    ]
    if view.is_piece:
        lines.append(say("row-is-piece"))
    elif row.as_read is not None and not view.parts:
        lines.append(say("row-corrected"))
    if view.draft.compared_with is not None:
        lines.append(say("row-of-edition"))
    if row.cohort:
        lines.append(say("row-cohort", cohort=row.cohort))
    if row.ladder_id is not None:
        lines.append(say("row-ladder-own"))
    elif row.ladder not in (None, LadderName.USUAL):
        lines.append(say("row-ladder", name=plain("ladder-name", name=(row.ladder or LadderName.USUAL).value)))
    if not row.is_obligatory:
        lines.append(say("row-optional"))
    if row.form_id is not None:
        lines.append(say("row-has-form"))
    if row.asks is not None:
        lines.append(say("row-asks", form=plain("form-name", form=row.asks.value)))
    if row.needs_acceptance:
        lines.append(say("row-acceptance"))
    if _can_be_split(view) and (parts := proposed_parts(row)):
        lines.append(say("row-several", n=len(parts)))
    return lines


def _row_buttons(view: RowView) -> Rows:
    judged, version = view.judged, view.draft.version
    row, state = judged.row, judged.state
    rows: Rows = []

    def decide(decision: RowDecision, key: str) -> None:
        rows.append([button(key, to.DecideRow(row=row.id, version=version, decision=decision))])

    if state is RowState.SKIPPED:
        decide(RowDecision.TAKE, "button-row-return")
        return [*rows, *_ways_out(view)]
    if can_be_confirmed(row) or (judged.is_doubtful and judged.dates):
        rows.append([button("button-right", to.ConfirmTerm(row=row.id, version=version))])
    elif judged.is_clear or (state is RowState.UNDATED and judged.is_doubtful):
        rows.append([button("button-row-accept", to.ConfirmTerm(row=row.id, version=version))])
    if view.proposal is not None:
        rows.append([button("button-take-proposal", to.TakeProposal(row=row.id, version=version))])
    rows += row_buttons(row, version)
    if state in (RowState.PAST, RowState.OVERDUE):
        decide(RowDecision.DONE, "button-row-done")
    if state in (RowState.PAST, RowState.DONE):
        decide(RowDecision.OVERDUE, "button-row-overdue")
    is_past = state in (RowState.PAST, RowState.OVERDUE, RowState.DONE)
    fix = button("button-row-move" if is_past else "button-row-fix", to.FixTerm(row=row.id))
    rows += in_rows([fix, button("button-row-texts", about.CorrectRow(row=row.id))], 2)
    rows += _treating(view) + _rearranging(view)
    if judged.is_accepted:
        decide(RowDecision.TAKE, "button-row-wait")
    decide(RowDecision.SKIP, "button-row-skip")
    return [*rows, *_ways_out(view)]


def _treating(view: RowView) -> Rows:
    """Who answers, when he is reminded, what the answer asks for."""
    row, version = view.judged.row, view.draft.version
    rows: Rows = [[button("button-row-audience", ShowAudience(of=AudienceOf.ROW, subject=row.id))]]
    if row.cohort and (row.audience is None or row.audience.cohort != row.cohort):
        data = about.ShareAudience(row=row.id, version=version, is_cohort=True)
        rows.append([button("button-only-cohort", data, cohort=row.cohort)])
    if row.audience is not None and view.of_section > 1:
        data = about.ShareAudience(row=row.id, version=version)
        rows.append([button("button-share-audience", data, n=view.of_section)])
    remind, form = about.ShowLadder(row=row.id), about.ShowForm(row=row.id)
    rows.append([button("button-ladder", remind), button("button-form", form)])
    rows.append([button("button-row-selection", SelectionOfRow(row=row.id))])
    return rows


def _rearranging(view: RowView) -> Rows:
    row, version = view.judged.row, view.draft.version
    rows: Rows = []
    for part in view.parts[:_PARTS]:
        if part.phrase != row.phrase:
            data = about.TakeTerm(row=row.id, version=version, other=part.id)
            rows.append([button("button-take-term", data, number=part.number or part.position)])
    if _can_be_split(view):
        split = about.SplitRow(row=row.id, version=version)
        if parts := proposed_parts(row):
            proposed = split.model_copy(update={"is_proposed": True})
            rows.append([button("button-split-proposed", proposed, n=len(parts))])
        join = button("button-join", about.JoinRow(row=row.id, version=version))
        rows += in_rows([join, button("button-split", split)], 2)
    elif not view.is_piece:
        rows.append([button("button-join", about.JoinRow(row=row.id, version=version))])
    if row.as_read is not None or view.is_piece or view.parts:
        key = "button-unjoin" if view.parts else "button-unsplit" if view.is_piece else "button-restore"
        rows.append([button(key, about.RestoreRow(row=row.id, version=version))])
    return rows


def _can_be_split(view: RowView) -> bool:
    return not view.is_piece and not view.parts


def _ways_out(view: RowView) -> Rows:
    row = view.judged.row
    following = about.NextQuestion(document=row.document_id, after=row.position)
    page = -(-view.place // ROWS)
    return [
        [button("button-next-question", following)],
        [button("button-to-rows", to.ShowDraft(document=row.document_id, page=page))],
    ]


def _dates_line(judged: JudgedRow) -> list[Markup]:
    if judged.state is not RowState.READY or len(judged.dates) < 2:
        return []
    dates = ", ".join(date_words(due) for due in judged.dates[:_DATES])
    return [say("row-dates", dates=dates, rest=max(0, len(judged.dates) - _DATES))]
