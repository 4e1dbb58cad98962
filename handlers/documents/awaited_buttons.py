"""The buttons that name what a document leaves open: on a row of a draft, and on a planned activity."""

from __future__ import annotations

from aiogram.types import InlineKeyboardButton

from bot.domain.awaiting import Awaited, Pace, awaited, event_of, pace_of, side_of
from bot.domain.drafts import DraftRow
from bot.domain.terms.model import Term
from bot.ports.matters import OpenedActivity
from bot.services.start_dates import asked_of, date_of_event
from bot.texts.catalogue import plain
from handlers.documents import term_callbacks as on
from handlers.documents.wording import Rows, button, labelled
from handlers.rows import in_rows


def row_buttons(row: DraftRow, version: int) -> Rows:
    """For a row of a draft that waits for its dates; «постоянно» is answered by one tap, nothing is sent yet."""
    if row.term is None:
        return []
    match awaited(row.term):
        case Awaited.EVENT:
            ask = on.AskRowDates(row=row.id)
            if event_of(row.term) is not None:
                return [[button("button-correct-event", ask)]]
            return [[button("button-ask-event", ask, side=side_of(row.term))]]
        case Awaited.START if not row.term.has_date:
            return [[button("button-ask-start-row", on.AskRowDates(row=row.id))]]
        case Awaited.SCHEDULE:
            return [[button("button-ask-schedule", on.AskRowDates(row=row.id))]]
        case Awaited.PACE:
            now = pace_of(row.term)
            paces = (_choice(pace, on.SetRowPace(row=row.id, version=version, pace=pace), now) for pace in Pace)
            return in_rows(paces, 3)
    return []


def activity_buttons(opened: OpenedActivity) -> Rows:
    """For a planned activity: its event, its next term, its schedule, its pace, or just one more date."""
    activity = opened.activity
    ask = on.AskDates(activity=activity.id)
    term = Term.from_json(activity.term)
    if awaited(term) is Awaited.PACE:
        return [[button("button-pace", on.ChoosePace(activity=activity.id))], [button("button-add-date", ask)]]
    match asked_of(opened):
        case Awaited.EVENT if activity.event_on is None:
            return [[button("button-ask-event", ask, side=side_of(term))]]
        case Awaited.EVENT:
            rows = [[button("button-ask-event-again", ask)]]
            if date_of_event(opened) is not None:
                correct = on.AskDates(activity=activity.id, is_correction=True)
                rows.append([button("button-correct-event", correct)])
            return rows
        case Awaited.SCHEDULE:
            key = "button-ask-schedule-more" if opened.occurrences else "button-ask-schedule"
            return [[button(key, ask)]]
    return [[button("button-ask-start" if awaited(term) else "button-add-date", ask)]]


def pace_buttons(activity: int, now: Pace) -> Rows:
    """Every pace, the present one ticked."""
    return [[_choice(pace, on.PreviewPace(activity=activity, pace=pace), now)] for pace in Pace]


def _choice(pace: Pace, data: on.SetRowPace | on.PreviewPace, now: Pace) -> InlineKeyboardButton:
    label = plain("button-pace-choice", pace=pace.value)
    return labelled(plain("ticked", label=label) if pace is now else label, data)
