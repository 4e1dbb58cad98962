"""A form is made and changed step by step; what schools are asked changes only when that is published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.errors import DomainError, NotAllowedError, NotFoundError, OutdatedError
from bot.domain.form_drafts import Change, FormDraft, draft_of
from bot.domain.forms import MAX_QUESTIONS, BadFormError, FormProblem, ensure_form
from bot.domain.ids import FormId
from bot.domain.names import one_line
from bot.domain.network import Actor, Unit, UnitKind
from bot.ports.form_drafts import FormLine, MadeForm, StoredDraft
from bot.ports.storage import Storage, Stores
from bot.services.make_form import MAX_FORM_TITLE, FormTitleError

_SOURCES = 8  # updates of several editors that may be handled again after a crash


class UnconfirmedKindsError(DomainError):
    """The kinds of some questions were guessed, and nobody has said that they are right."""


@dataclass(frozen=True, slots=True)
class ShownForm:
    """``can_edit``: it belongs to the actor's part of the network; those of the units above him are only used.

    ``can_send``: there are schools below him, not only his own.
    """

    made: MadeForm
    can_edit: bool
    can_send: bool

    @property
    def draft(self) -> FormDraft:
        """What is being made; what is asked now where nothing is."""
        if self.made.draft is not None:
            return self.made.draft.draft
        return FormDraft(() if self.made.version is None else self.made.version.questions)


@dataclass(frozen=True, slots=True)
class Published:
    """``is_new_version``: somebody had begun to fill in the one before, and goes on with it."""

    number: int
    is_new_version: bool


async def list_forms(storage: Storage, *, actor: Actor) -> tuple[FormLine, ...]:
    """Those of his part of the network, and the published ones of the units above it, which he may use too."""
    async with storage.read() as tx:
        return await usable_forms(tx, actor)


async def usable_forms(tx: Stores, actor: Actor) -> tuple[FormLine, ...]:
    """The same inside the caller's transaction."""
    if actor.is_owner:
        return await tx.form_drafts.of_units(None, below=())
    paths = [unit.path for unit in actor.coordinated]
    above = {int(part) for path in paths for part in path.strip("/").split("/")}
    found = await tx.form_drafts.of_units(sorted(above), below=paths)  # type: ignore[arg-type] # ids of a path are units'
    return tuple(line for line in found if line.questions is not None or actor.can_manage(line.unit_path))


async def show_made_form(storage: Storage, *, actor: Actor, form_id: FormId) -> ShownForm:
    """Raises NotFoundError for one that he may not even use."""
    async with storage.read() as tx:
        return await _shown(tx, actor, form_id)


async def begin_form(storage: Storage, *, actor: Actor, title: str, source: str, now: datetime) -> ShownForm:
    """An empty form of the highest unit that he coordinates. Raises FormTitleError, NotAllowedError."""
    title = form_title(title)
    async with storage.write() as tx:
        return await _begun(tx, actor, title, FormDraft(), source, now)


async def copy_form(
    storage: Storage, *, actor: Actor, form_id: FormId, title: str, source: str, now: datetime
) -> ShownForm:
    """A form of his own that begins with the questions of another: they keep their keys, so figures compare.

    Raises NotFoundError, FormTitleError, NotAllowedError.
    """
    title = form_title(title)
    async with storage.write() as tx:
        shown = await _shown(tx, actor, form_id)
        draft = draft_of(await tx.form_drafts.versions(form_id))
        if shown.made.version is None:
            draft = replace(shown.draft, before=None)
        return await _begun(tx, actor, title, draft, source, now)


async def change_form(
    storage: Storage, *, actor: Actor, form_id: FormId, change: Change, source: str, now: datetime
) -> ShownForm:
    """Changes the draft, which is begun with the questions of now where there is none. The same ``source`` again
    changes nothing.

    Raises NotFoundError (also: the question is gone), NotAllowedError, BadFormError (TOO_MANY), OutdatedError.
    """
    async with storage.write() as tx:
        shown = await _managed(tx, actor, form_id)
        if shown.made.is_retired:
            raise NotFoundError(f"form {form_id} is retired")
        stored = shown.made.draft
        if stored is not None and source in stored.sources:
            return shown
        before = stored or StoredDraft(draft_of(await tx.form_drafts.versions(form_id)), 0, ())
        draft = change(before.draft)
        if len(draft.questions) > MAX_QUESTIONS:
            raise BadFormError(FormProblem.TOO_MANY)
        sources = [*before.sources, source][-_SOURCES:]
        revision = None if stored is None else stored.revision
        if not await tx.form_drafts.put(form_id, draft, revision=revision, sources=sources, now=now):
            raise OutdatedError(f"draft of form {form_id} has moved on")
        return await _shown(tx, actor, form_id)


async def publish_form(storage: Storage, *, actor: Actor, form_id: FormId, now: datetime) -> Published:
    """What stands in the draft is asked from now on. Fillings that were begun keep their version.

    Raises NotFoundError, NotAllowedError, BadFormError with the place of the question, UnconfirmedKindsError.
    """
    async with storage.write() as tx:
        made = (await _managed(tx, actor, form_id)).made
        if made.draft is None:  # handled before
            if made.version is None:
                raise NotFoundError(f"form {form_id} has nothing to publish")
            return Published(made.version.number, is_new_version=False)
        draft = made.draft.draft
        ensure_form(draft.questions)
        if draft.guessed:
            raise UnconfirmedKindsError(f"{len(draft.guessed)} questions of form {form_id}")
        is_same = made.version is not None and made.version.questions == draft.questions
        is_new = made.begun > 0 and not is_same
        number = max(made.versions, 1) + is_new
        await tx.form_drafts.publish(form_id, draft.questions, number=number, by=actor.person.id, now=now)
        detail = {"form": form_id, "version": number, "questions": len(draft.questions)}
        await tx.audit.record("form published", by=actor.person.id, unit_id=made.unit_id, detail=detail, now=now)
        return Published(number, is_new)


async def drop_changes(storage: Storage, *, actor: Actor, form_id: FormId, now: datetime) -> bool:
    """The draft goes. Returns whether the form is left. Raises NotFoundError, NotAllowedError."""
    async with storage.write() as tx:
        made = (await _managed(tx, actor, form_id)).made
        await tx.form_drafts.drop(form_id)
        if made.draft is not None:
            detail = {"form": form_id, "questions": len(made.draft.draft.questions)}
            by = actor.person.id
            await tx.audit.record("form changes dropped", by=by, unit_id=made.unit_id, detail=detail, now=now)
        return made.version is not None


async def rename_form(storage: Storage, *, actor: Actor, form_id: FormId, title: str, now: datetime) -> None:
    """Raises FormTitleError, NotFoundError, NotAllowedError."""
    title = form_title(title)
    async with storage.write() as tx:
        made = (await _managed(tx, actor, form_id)).made
        if made.title != title:
            await tx.form_drafts.rename(form_id, title)
            detail = {"form": form_id}
            await tx.audit.record("form renamed", by=actor.person.id, unit_id=made.unit_id, detail=detail, now=now)


async def retire_form(storage: Storage, *, actor: Actor, form_id: FormId, now: datetime) -> None:
    """It is offered no more; where it is attached it is filled in as before. Raises NotFoundError, NotAllowedError."""
    async with storage.write() as tx:
        made = (await _managed(tx, actor, form_id)).made
        if not made.is_retired:
            await tx.form_drafts.retire(form_id, now=now)
            detail = {"form": form_id}
            await tx.audit.record("form retired", by=actor.person.id, unit_id=made.unit_id, detail=detail, now=now)


def form_title(text: str) -> str:
    """Raises FormTitleError."""
    title = one_line(text)
    if not title or len(title) > MAX_FORM_TITLE:
        raise FormTitleError(f"{len(title)} characters")
    return title


async def _begun(tx: Stores, actor: Actor, title: str, draft: FormDraft, source: str, now: datetime) -> ShownForm:
    unit = await _own_unit(tx, actor)
    form_id, is_new = await tx.form_drafts.begin(unit.id, title, draft, by=actor.person.id, source=source, now=now)
    if is_new:
        detail = {"form": form_id, "questions": len(draft.questions)}
        await tx.audit.record("form begun", by=actor.person.id, unit_id=unit.id, detail=detail, now=now)
    return await _shown(tx, actor, form_id)


async def _shown(tx: Stores, actor: Actor, form_id: FormId) -> ShownForm:
    made = await tx.form_drafts.made(form_id)
    if made is None:
        raise NotFoundError(f"form {form_id}")
    can_edit = actor.can_manage(made.unit_path)
    can_use = made.version is not None and any(unit.path.startswith(made.unit_path) for unit in actor.coordinated)
    if not can_edit and not can_use:
        raise NotFoundError(f"form {form_id} is not for person {actor.person.id}")
    is_above = actor.is_owner or any(unit.kind is not UnitKind.SCHOOL for unit in actor.coordinated)
    return ShownForm(made, can_edit and not made.is_retired, can_send=is_above)


async def _managed(tx: Stores, actor: Actor, form_id: FormId) -> ShownForm:
    shown = await _shown(tx, actor, form_id)
    if not actor.can_manage(shown.made.unit_path):
        raise NotAllowedError(f"form {form_id} belongs above person {actor.person.id}")
    return shown


async def _own_unit(tx: Stores, actor: Actor) -> Unit:
    units: Sequence[Unit] = actor.coordinated or (tuple(await tx.units.children(None)) if actor.is_owner else ())
    if not units:
        raise NotAllowedError(f"person {actor.person.id} coordinates nothing")
    return min(units, key=lambda unit: len(unit.path))
