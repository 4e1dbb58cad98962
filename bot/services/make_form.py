"""A form is made, and given to an activity."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.errors import DomainError, NotAllowedError, NotFoundError
from bot.domain.forms import Question, ensure_form
from bot.domain.ids import ActivityId, FormId, UnitId
from bot.domain.names import one_line
from bot.domain.network import Actor
from bot.ports.forms import Form
from bot.ports.storage import Storage, Stores

MAX_FORM_TITLE = 200


class FormTitleError(DomainError):
    """The title of a form is empty, or longer than ``MAX_FORM_TITLE``."""


class FormInUseError(DomainError):
    """Somebody has begun to fill in the form that the activity has: another would leave his answers behind."""


async def make_form(
    storage: Storage,
    *,
    actor: Actor,
    unit_id: UnitId,
    title: str,
    questions: Sequence[Question],
    source: str,
    now: datetime,
) -> FormId:
    """A form of the unit with its first version; those who coordinate the unit, or a part of it, may use it.

    ``source`` names what it was made in (an update, a row of a document): made once more it is the form of before.
    Keys of questions are the maker's (``bot.domain.forms.free_key``): the same key in a copy compares with the figures
    of before.

    Raises NotFoundError (no such unit), NotAllowedError, BadFormError with the place of the question, FormTitleError.
    """
    title = one_line(title)
    if not title or len(title) > MAX_FORM_TITLE:
        raise FormTitleError(f"{len(title)} characters")
    ensure_form(questions)
    async with storage.write() as tx:
        unit = await tx.units.get(unit_id)
        if unit is None:
            raise NotFoundError(f"unit {unit_id}")
        if not actor.can_manage(unit.path):
            raise NotAllowedError(f"unit {unit_id} for person {actor.person.id}")
        form_id, is_new = await tx.forms.add(unit_id, title, questions, by=actor.person.id, source=source, now=now)
        if is_new:
            detail = {"form": form_id, "questions": len(questions)}
            await tx.audit.record("form made", by=actor.person.id, unit_id=unit_id, detail=detail, now=now)
        return form_id


async def attach_form(
    storage: Storage, *, actor: Actor, activity_id: ActivityId, form_id: FormId | None, now: datetime
) -> None:
    """Gives the task its form, or (None) takes it away, for all its dates; those who owe it see «Заполнить».

    Raises as ``attach_form_in``.
    """
    async with storage.write() as tx:
        await attach_form_in(tx, actor=actor, activity_id=activity_id, form_id=form_id, now=now)


async def attach_form_in(
    tx: Stores, *, actor: Actor, activity_id: ActivityId, form_id: FormId | None, now: datetime
) -> None:
    """The same inside the caller's transaction: where an activity is opened with its form.

    Raises NotFoundError (no such task or form, or not in his part of the network), NotAllowedError, FormInUseError.
    """
    activity = await tx.forms.activity_form(activity_id)
    if activity is None or not activity.is_task:
        raise NotFoundError(f"activity {activity_id} takes no form")
    if not actor.can_manage(activity.unit_path):
        raise NotAllowedError(f"activity {activity_id} for person {actor.person.id}")
    if form_id is not None:
        await _usable_form(tx, actor, form_id)
    if activity.form_id == form_id:
        return
    if activity.is_begun:
        raise FormInUseError(f"activity {activity_id} is being filled in")
    await tx.forms.attach(activity_id, form_id)
    detail = {"activity": activity_id, "form": form_id}
    await tx.audit.record("form attached", by=actor.person.id, detail=detail, now=now)


def can_use_form(actor: Actor, form: Form) -> bool:
    """Forms of his own part of the network, and those that stand above it: a region's form serves its districts."""
    return actor.can_manage(form.unit_path) or any(unit.path.startswith(form.unit_path) for unit in actor.coordinated)


async def _usable_form(tx: Stores, actor: Actor, form_id: FormId) -> Form:
    form = await tx.forms.form(form_id)
    if form is None or not can_use_form(actor, form):
        raise NotFoundError(f"form {form_id} for person {actor.person.id}")
    return form
