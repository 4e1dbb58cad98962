"""What the card of a matter shows where it is a call."""

from __future__ import annotations

from aiogram.types import InlineKeyboardButton

from bot.domain.matters import Matter, OccurrenceState
from bot.texts.catalogue import Markup, plain, say
from handlers.calls.callbacks import SendProposal, ShowOwn

Rows = list[list[InlineKeyboardButton]]


def call_standing(matter: Matter, *, is_open: bool) -> list[Markup]:
    """Whether he has sent something, and whether more is taken."""
    parts = []
    if matter.assignment.answer is not None:
        parts.append(say("call-sent" if is_open else "call-sent-closed"))
    if matter.state is OccurrenceState.CANCELLED:
        parts.append(say("call-called-off"))
    elif matter.is_withdrawn:
        parts.append(say("matter-withdrawn"))
    elif not is_open:
        parts.append(say("call-over"))
    return [Markup(""), *parts] if parts else []


def proposing_rows(matter: Matter, *, takes: bool) -> Rows:
    """«Предложить» while something is taken; what he has sent as long as there is anything."""
    assignment_id = matter.assignment.id
    has_sent = matter.assignment.answer is not None
    rows: Rows = []
    if takes:
        key = "button-propose-more" if has_sent else "button-propose"
        data = SendProposal(assignment=assignment_id).pack()
        rows.append([InlineKeyboardButton(text=plain(key), callback_data=data)])
    if has_sent:
        own = ShowOwn(assignment=assignment_id).pack()
        rows.append([InlineKeyboardButton(text=plain("button-proposals-own"), callback_data=own)])
    return rows
