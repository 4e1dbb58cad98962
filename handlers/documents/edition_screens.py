"""A newer edition beside its plan: the question, the differences, and what applying them would do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardMarkup

from bot.domain.drafts import Draft, JudgedRow
from bot.domain.editions import ChangeKind, RowChange, RowText
from bot.ports.editions import AppliedEdition
from bot.services.compare_edition import EditionEffects, EditionView, touched_by
from bot.texts.catalogue import Markup, plain, say
from bot.texts.times import short_day
from bot.texts.wording import shorten
from handlers.documents import callbacks as to
from handlers.documents import edition_callbacks as about
from handlers.documents.draft_screens import Screen
from handlers.documents.wording import (
    Rows,
    button,
    date_words,
    date_words_of,
    draft_name,
    fitting,
    labelled,
    size_words,
    understood,
)
from handlers.rows import page_of, turning

_CHANGES = 5
_DATES = 3
_EDITIONS = 3


def question_screen(view: EditionView) -> Screen:
    """«Похоже, это новая редакция»"""
    plan, edition = view.plan, view.edition
    zone = ZoneInfo(plan.timezone)
    text = say(
        "edition-question",
        name=draft_name(plan),
        title=shorten(plan.title, 300),
        date=short_day((plan.planned_at or plan.created_at).astimezone(zone).date()),
    )
    rows: Rows = [
        [button("button-edition-compare", about.ShowEdition(document=edition.id))],
        [button("button-edition-alone", about.StandAlone(document=edition.id, version=edition.version))],
        [button("button-cancel", to.DiscardDraft(document=edition.id, is_sure=True))],
    ]
    return text, InlineKeyboardMarkup(inline_keyboard=rows)


def planned_before_screen(document: int, *, differs: bool) -> Screen:
    """The very file of a plan came again; where the plan was changed by hand, the two can be compared."""
    rows: Rows = [[button("button-open-plan", to.ShowPlan(document=document))]]
    if differs:
        rows.append([button("button-edition-recheck", about.RecheckPlan(document=document))])
    text = say("file-planned-before")
    if differs:
        text = Markup(f"{text}\n{say('edition-plan-differs')}")
    return text, InlineKeyboardMarkup(inline_keyboard=rows)


def gone_screen(edition: Draft) -> Screen:
    rows: Rows = [
        [button("button-edition-alone", about.StandAlone(document=edition.id, version=edition.version))],
        [button("button-discard", to.DiscardDraft(document=edition.id))],
    ]
    return say("edition-plan-gone"), InlineKeyboardMarkup(inline_keyboard=rows)


def edition_screen(view: EditionView, *, page: int, now: datetime) -> Screen:
    """The counts, five differences, and what can be done with them."""
    changes = view.comparison.changes
    page, pages = page_of(page, len(changes), _CHANGES)
    first = (page - 1) * _CHANGES
    shown = changes[first : first + _CHANGES]
    today = now.astimezone(ZoneInfo(view.edition.timezone)).date()
    text = fitting(partial(_edition_text, view, shown, first, today))
    return text, InlineKeyboardMarkup(inline_keyboard=_edition_buttons(view, shown, first, page, pages))


def preview_screen(effects: EditionEffects) -> Screen:
    """What «Применить изменения» does, in exact figures."""
    view = effects.view
    parts = [
        say("edition-preview", name=draft_name(view.plan), title=shorten(view.plan.title, 300)),
        *_effects(effects),
    ]
    if len(parts) == 1:
        parts.append(say("edition-effect-nothing"))
    elif view.hearers(effects.moved).people | view.hearers(effects.called_off).people:
        parts.append(say("edition-effect-manner"))
    edition = view.edition
    apply = about.ApplyEdition(document=edition.id, version=edition.version, mark=view.plan_mark)
    rows: Rows = [
        [button("button-edition-apply" if len(parts) > 2 else "button-edition-keep", apply)],
        [button("button-edition-back", about.ShowEdition(document=edition.id))],
    ]
    return Markup("\n".join(parts)), InlineKeyboardMarkup(inline_keyboard=rows)


def applied_screen(plan_id: int, effects: EditionEffects | None) -> Screen:
    parts = [say("edition-applied"), *(_effects(effects) if effects else [])]
    rows: Rows = [[button("button-open-plan", to.ShowPlan(document=plan_id))]]
    return Markup("\n".join(parts)), InlineKeyboardMarkup(inline_keyboard=rows)


def history_lines(editions: Sequence[AppliedEdition], zone: ZoneInfo) -> list[Markup]:
    """«Учтена редакция от …» under a plan, the latest first."""
    lines = []
    for edition in editions[:_EDITIONS]:
        at, file = short_day(edition.applied_at.astimezone(zone).date()), shorten(edition.file_name or "", 60)
        if edition.is_recheck:
            lines.append(say("edition-history-recheck", at=at))
        elif edition.dated is None:
            lines.append(say("edition-history", file=file, at=at))
        else:
            lines.append(say("edition-history-dated", dated=short_day(edition.dated), file=file, at=at))
    return lines


def _edition_text(view: EditionView, shown: Sequence[RowChange], first: int, today: date, share: float) -> Markup:
    changes, edition = view.comparison.changes, view.edition
    head = "edition-title-recheck" if view.is_recheck else "edition-title"
    parts = [say(head, name=draft_name(edition), title=shorten(edition.title, int(200 * share)))]
    kinds = [change.kind for change in changes]
    counts = {kind.value: kinds.count(kind) for kind in ChangeKind}
    parts.append(say("edition-counts", same=len(view.comparison.same), **counts))
    if view.comparison.unclear:
        parts.append(say("edition-unclear", n=len(view.comparison.unclear)))
    parts.append(say("edition-legend") if changes else say("edition-no-changes"))
    parts += [_entry(view, place, change, today, share) for place, change in enumerate(shown, start=first + 1)]
    return Markup("\n".join(parts))


def _entry(view: EditionView, place: int, change: RowChange, today: date, share: float) -> Markup:
    lines = [
        say(
            f"edition-{change.kind.value}",
            place=place,
            mark=_mark(change),
            title=shorten(_title(change), int(160 * share)),
        )
    ]
    lines += _old_and_new(change, today, share)
    for name, dates in _dates(change).items():
        if dates:
            rest = max(0, len(dates) - _DATES)
            lines.append(say(f"edition-{name}", dates=", ".join(dates[:_DATES]), rest=rest))
    if touched := touched_by(change):
        heard = view.hearers(touched)
        schools = plain("n-schools", n=len(heard.schools))
        lines.append(say("edition-heard", n=len(heard.people), schools=schools, answers=view.answers(touched)))
    return Markup("\n" + "\n".join(lines))


def _old_and_new(change: RowChange, today: date, share: float) -> list[Markup]:
    """The phrases, or the texts, before and after; and what a new row would become."""
    limit = int(140 * share)
    activity = change.planned.activity if change.planned else None
    if change.judged is None:
        return []
    row = change.judged.row
    phrase = shorten(row.typed_phrase or row.phrase or "–", limit)
    lines = []
    if change.is_unclear:
        if activity is not None:
            lines.append(say("edition-phrases", old=shorten(activity.phrase or "–", limit), new=phrase))
        else:
            lines.append(say("edition-question-line", phrase=phrase))
        lines.append(_why_unclear(change.judged, today, limit))
    elif change.kind is ChangeKind.NEW:
        lines += [say("draft-phrase", phrase=phrase), understood(change.judged, form="short", today=today, limit=limit)]
    elif change.kind is ChangeKind.TERM and activity is not None:
        lines.append(say("edition-phrases", old=shorten(activity.phrase or "–", limit), new=phrase))
    # The old and the new phrase of a changed term stand above already.
    texts = [text for text in change.reworded if text is not RowText.PHRASE or change.kind is ChangeKind.WORDS]
    if texts and activity is not None:
        names = ", ".join(plain("edition-text", text=text.value) for text in texts)
        lines.append(say("edition-reworded", texts=names))
    return lines


def _why_unclear(judged: JudgedRow, today: date, limit: int) -> Markup:
    """What was read is named with its doubt: a doubtful term is often right, and then one «Верно» is all it needs."""
    return say("edition-past") if judged.dates else understood(judged, form="short", today=today, limit=limit)


def _title(change: RowChange) -> str:
    if change.judged is not None:
        number = change.judged.row.number
        return f"{number}. {change.judged.row.title}" if number else change.judged.row.title
    assert change.planned is not None, "a row is of the edition or of the plan"
    return change.planned.row.title


def _dates(change: RowChange) -> dict[str, list[str]]:
    off = "stays" if change.kind is ChangeKind.GONE and not change.is_accepted else "called-off"
    return {
        "moved": [f"{date_words_of(one.occurrence)} → {date_words(one.to)}" for one in change.moved],
        "added": [date_words(due) for due in change.added] if change.kind is not ChangeKind.NEW else [],
        off: [date_words_of(found) for found in change.called_off],
    }


def _mark(change: RowChange) -> str:
    if change.is_accepted and change.is_unclear:
        return plain("edition-mark", state="unclear")
    return plain("edition-mark", state="on" if change.is_accepted else "off")


def _edition_buttons(view: EditionView, shown: Sequence[RowChange], first: int, page: int, pages: int) -> Rows:
    edition = view.edition
    toggles = [
        labelled(f"{_mark(change)} {place}", _toggle(edition, change, page))
        for place, change in enumerate(shown, start=first + 1)
    ]
    rows: Rows = [toggles] if toggles else []
    for place, change in enumerate(shown, start=first + 1):
        if change.judged is not None and change.is_accepted and change.is_unclear:
            rows.append([button("button-edition-answer", to.ShowRow(row=change.judged.row.id), place=place)])
    rows += turning(page, pages, lambda n: about.ShowEdition(document=edition.id, page=n), first=1)
    if unclear := len(view.comparison.unclear):
        leave = about.LeaveUnclear(document=edition.id, version=edition.version)
        rows.append([button("button-edition-leave", leave, n=unclear)])
    else:
        rows.append([button("button-edition-preview", about.PreviewEdition(document=edition.id))])
    rows.append([button("button-edition-rows", to.ShowDraft(document=edition.id))])
    rows.append([button("button-document-file", about.SendFile(document=edition.id))])
    if not view.is_recheck:
        alone = about.StandAlone(document=edition.id, version=edition.version)
        rows.append([button("button-edition-alone", alone)])
    rows.append([button("button-discard", to.DiscardDraft(document=edition.id))])
    return rows


def _toggle(edition: Draft, change: RowChange, page: int) -> about.ToggleChange:
    tap = about.ToggleChange(document=edition.id, version=edition.version, is_on=not change.is_accepted, page=page)
    if change.judged is not None:
        return tap.model_copy(update={"row": change.judged.row.id})
    assert change.planned is not None, "a row is of the edition or of the plan"
    assert change.planned.activity is not None, "only what was planned can be gone"
    return tap.model_copy(update={"activity": change.planned.activity.id})


def _effects(effects: EditionEffects) -> list[Markup]:
    view, parts = effects.view, []
    for name, dates in (("moved", effects.moved), ("off", effects.called_off)):
        if not dates:
            continue
        heard = view.hearers(dates)
        people = plain("n-people", n=len(heard.people))
        parts.append(say(f"edition-effect-{name}", dates=plain("n-dates", n=len(dates))))
        parts.append(say(f"edition-hear-{name}", n=len(heard.schools), people=people))
        if answers := view.answers(dates):
            parts.append(say(f"edition-answers-{name}", n=answers))
    if effects.new_rows or effects.added:
        dates_words = plain("n-dates", n=effects.added)
        parts.append(say("edition-effect-new", rows=plain("n-rows", n=effects.new_rows), dates=dates_words))
        if effects.added:
            parts.append(say("edition-hear-new", size=size_words(effects.size)))
    if effects.reworded:
        parts.append(say("edition-effect-words", rows=plain("n-rows", n=effects.reworded)))
    return parts
