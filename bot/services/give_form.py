"""A form is given to a row of a draft, or to an activity that is planned already, and taken away."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.errors import NotFoundError
from bot.domain.ids import ActivityId, FormId, RowId
from bot.domain.network import Actor
from bot.ports.form_drafts import FormLine
from bot.ports.storage import Storage, Stores
from bot.services.edit_form import usable_forms
from bot.services.treat_rows import RowScope, treat_rows


@dataclass(frozen=True, slots=True)
class FormChoice:
    """What an activity is filled in with, and what it could be. ``is_begun``: somebody fills it in, nothing changes.

    ``title``: of the form that it has, which may be retired since, or stand above the actor.
    """

    activity_id: ActivityId
    form_id: FormId | None
    title: str | None
    is_begun: bool
    usable: tuple[FormLine, ...]


async def published_forms(storage: Storage, *, actor: Actor) -> tuple[FormLine, ...]:
    """Those that he may give to his activities."""
    async with storage.read() as tx:
        return await _published(tx, actor)


async def show_form_choice(storage: Storage, *, actor: Actor, activity_id: ActivityId) -> FormChoice:
    """Raises NotFoundError: no task of the actor's part of the network."""
    async with storage.read() as tx:
        found = await tx.forms.activity_form(activity_id)
        if found is None or not found.is_task or not actor.can_manage(found.unit_path):
            raise NotFoundError(f"activity {activity_id} takes no form of person {actor.person.id}")
        form = None if found.form_id is None else await tx.forms.form(found.form_id)
        title = None if form is None else form.title
        return FormChoice(activity_id, found.form_id, title, found.is_begun, await _published(tx, actor))


async def give_row_form(
    storage: Storage, *, actor: Actor, row_id: RowId, version: int, form_id: FormId | None, scope: RowScope
) -> int:
    """The form in place of what «Выполнено» asks for; None takes it away.

    Returns how many rows that changed. Raises DraftChangedError, NotADraftError, NotFoundError.
    """
    if form_id is not None and form_id not in {line.id for line in await published_forms(storage, actor=actor)}:
        raise NotFoundError(f"form {form_id} is not for person {actor.person.id}")
    if form_id is None:
        return await treat_rows(storage, actor, row_id, version, scope, lambda row: replace(row, form_id=None))
    return await treat_rows(
        storage, actor, row_id, version, scope, lambda row: replace(row, form_id=form_id, asks=None)
    )  # fmt: skip


async def _published(tx: Stores, actor: Actor) -> tuple[FormLine, ...]:
    return tuple(line for line in await usable_forms(tx, actor) if line.questions is not None)
