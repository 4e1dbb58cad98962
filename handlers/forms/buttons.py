"""The buttons of a form on the card of its matter."""

from __future__ import annotations

from aiogram.types import InlineKeyboardButton

from bot.domain.matters import Matter
from bot.domain.reviewing import Review
from bot.texts.catalogue import plain
from handlers.forms.callbacks import OpenForm, ShowHandedIn

Rows = list[list[InlineKeyboardButton]]


def filling_row(matter: Matter, *, is_change: bool) -> Rows:
    """«Заполнить», «Продолжить: 4 из 12» or «Изменить сданное», in place of «Выполнено»; nothing without a form.

    ``is_change``: an answer stands, and he sees it.
    """
    form = matter.form
    if form is None:
        return []
    if form.is_handed_in:
        label = plain("button-form-change" if form.answered is None else "button-form-change-go-on")
    elif form.answered is None:
        is_returned = matter.reviewing.review is Review.RETURNED
        label = plain("button-form-mend" if is_returned else "button-form-fill")
    else:
        label = plain("button-form-go-on", answered=form.answered, total=form.total)
    data = OpenForm(assignment=matter.assignment.id, version=matter.version, is_change=is_change)
    return [[InlineKeyboardButton(text=label, callback_data=data.pack())]]


def handed_in_row(matter: Matter) -> Rows:
    """«Что сдано», also once nothing can be changed any more."""
    if matter.form is None or not matter.form.is_handed_in:
        return []
    data = ShowHandedIn(assignment=matter.assignment.id)
    return [[InlineKeyboardButton(text=plain("button-form-show"), callback_data=data.pack())]]
