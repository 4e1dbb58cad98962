"""What the card of a matter shows where it is a selection."""

from __future__ import annotations

from aiogram.types import InlineKeyboardButton

from bot.domain.matters import Answer, Matter, OccurrenceState
from bot.domain.selection import ApplicationState
from bot.texts.catalogue import Markup, plain, say
from handlers.answers.callbacks import AnswerMatter
from handlers.forms.callbacks import OpenForm
from handlers.selections.callbacks import ShowOwnApplications

Rows = list[list[InlineKeyboardButton]]


def selection_facts(matter: Matter) -> list[Markup]:
    """How many are taken, and of them how many from here."""
    selection = matter.selection
    if selection is None:
        return []
    parts = [say("selection-places", places=selection.places, reserve=selection.reserve)]
    if matter.places_here is not None:
        parts.append(say("selection-places-here", n=matter.places_here))
    if selection.most_each > 1:
        parts.append(say("selection-most-each", n=selection.most_each))
    return parts


def selection_standing(matter: Matter, *, is_open: bool) -> list[Markup]:
    """What has become of his applications as far as he has heard, and whether more is taken."""
    parts = _own(matter, is_open=is_open)
    if matter.form is not None and matter.form.answered is not None and is_open:
        parts.append(say("selection-draft-left"))
    if matter.state is OccurrenceState.CANCELLED:
        parts.append(say("selection-called-off"))
    elif matter.is_withdrawn:
        parts.append(say("matter-withdrawn"))
    elif not is_open:
        parts.append(say("selection-over"))
    return [Markup(""), *parts] if parts else []


def applying_rows(matter: Matter, *, takes: bool, listed: bool) -> Rows:
    """«Подать заявку» and «Не участвуем» while applications are taken; his own as long as there are any."""
    assignment_id, own = matter.assignment.id, len(matter.applications)
    is_person = matter.assignment.person_id is not None
    rows: Rows = [_apply_row(matter)] if takes and (_is_begun(matter) or matter.can_apply) else []
    if own:
        key = "button-applications-own" if is_person else "button-applications-own-school"
        data = ShowOwnApplications(assignment=assignment_id).pack()
        rows.append([InlineKeyboardButton(text=plain(key, n=own), callback_data=data)])
    elif takes and matter.assignment.answer is not Answer.NOT_APPLYING:
        refuse = AnswerMatter(
            assignment=assignment_id, version=matter.version, answer=Answer.NOT_APPLYING, listed=listed
        )
        key = "button-answer-not_applying-own" if is_person else "button-answer-not_applying"
        rows.append([InlineKeyboardButton(text=plain(key), callback_data=refuse.pack())])
    return rows


def _own(matter: Matter, *, is_open: bool) -> list[Markup]:
    heard = matter.applications
    if not heard:
        if matter.assignment.answer is Answer.NOT_APPLYING:
            return [say("selection-not-applying" if is_open else "selection-not-applying-closed")]
        return [] if is_open else [say("selection-none-sent")]
    if len(heard) == 1:
        key = "selection-own-one" if matter.assignment.person_id else "selection-own-one-school"
        return [say(key, state=heard[0].value)]
    counts = [(state, heard.count(state)) for state in ApplicationState]
    states = ", ".join(f"{plain(f'application-state-{state.value}')} – {n}" for state, n in counts if n)
    return [say("selection-own-several", n=len(heard), states=states)]


def _apply_row(matter: Matter) -> list[InlineKeyboardButton]:
    form = matter.form
    if form is not None and form.answered is not None:
        label = plain("button-apply-go-on", answered=form.answered, total=form.total)
    else:
        label = plain("button-apply-more" if matter.applications else "button-apply")
    is_change = matter.assignment.answer is not None
    data = OpenForm(assignment=matter.assignment.id, version=matter.version, is_change=is_change)
    return [InlineKeyboardButton(text=label, callback_data=data.pack())]


def _is_begun(matter: Matter) -> bool:
    return matter.form is not None and matter.form.answered is not None
