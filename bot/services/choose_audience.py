"""The audience of an event, a call or a selection being made, of a document or a row of it: chosen the same way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.errors import NotFoundError
from bot.domain.ids import CallDraftId, DocumentId, EventDraftId, OccurrenceId, RowId, SelectionDraftId
from bot.domain.matters import ActivityKind, Audience
from bot.domain.network import Actor
from bot.ports.addressees import Addressee, AnsweredDate
from bot.ports.storage import Storage, Stores
from bot.services.edit_draft import row_of, set_audience
from bot.services.make_call import choose_call_audience, own_call_draft
from bot.services.make_event import change_draft, event_audience, event_draft, event_places, own_draft
from bot.services.make_selection import change_selection_draft, draft_view
from bot.services.show_audience import AudienceChoices, choices_of
from bot.services.show_draft import managed_document

PAGE = 8
_AHEAD = timedelta(days=31)
"""Answers to tasks come before their date; further ahead stand the dates of next year."""


class AudienceOf(StrEnum):
    """Whose audience it is; the value is what a button carries."""

    EVENT = "e"
    CALL = "c"
    SELECTION = "s"
    DOCUMENT = "d"
    ROW = "r"

    @property
    def is_of_people(self) -> bool:
        """To an event people come, and on a call people write; elsewhere schools may answer."""
        return self in (AudienceOf.EVENT, AudienceOf.CALL)


@dataclass(frozen=True, slots=True)
class AudienceView:
    """``version``: of the draft. ``row``: its number, of a row; ``has_own``: the row does not follow its document."""

    of: AudienceOf
    id: int
    version: int
    choices: AudienceChoices
    document_id: DocumentId | None = None
    row: str | None = None
    has_own: bool = False

    @property
    def audience(self) -> Audience:
        return self.choices.audience


@dataclass(frozen=True, slots=True)
class DatePage:
    """One page of the dates by whose answers one can choose."""

    dates: tuple[AnsweredDate, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class AddresseePage:
    """One page of the people of an audience, those who are left out among them."""

    people: tuple[Addressee, ...]
    page: int
    pages: int


async def show_audience(storage: Storage, *, actor: Actor, of: AudienceOf, subject: int) -> AudienceView:
    """Raises NotFoundError outside the actor's part of the network, OutdatedError for an event announced meanwhile."""
    async with storage.read() as tx:
        return await _view(tx, actor, of, subject)


async def choose_audience(
    storage: Storage,
    *,
    actor: Actor,
    of: AudienceOf,
    subject: int,
    version: int,
    audience: Audience | None,
    now: datetime,
) -> None:
    """Stores it; None: a row follows its document again. Raises NotFoundError, OutdatedError."""
    if of is AudienceOf.EVENT:
        await _choose_of_event(storage, actor, EventDraftId(subject), version, audience, now)
        return
    view = await show_audience(storage, actor=actor, of=of, subject=subject)
    chosen = audience or view.audience
    match of:
        case AudienceOf.CALL:
            call_id = CallDraftId(subject)
            await choose_call_audience(
                storage, actor=actor, draft_id=call_id, version=version, audience=chosen, now=now
            )
        case AudienceOf.SELECTION:
            selection_id = SelectionDraftId(subject)
            await change_selection_draft(
                storage,
                actor=actor,
                draft_id=selection_id,
                version=version,
                change=lambda draft: draft.addressed(chosen),
                now=now,
            )
        case _:
            await _choose_of_document(storage, actor, view, version, audience)


async def _choose_of_event(
    storage: Storage, actor: Actor, draft_id: EventDraftId, version: int, audience: Audience | None, now: datetime
) -> None:
    stored = await event_draft(storage, actor=actor, draft_id=draft_id)
    draft = replace(stored.draft, audience=audience or stored.draft.audience)
    await event_audience(storage, actor=actor, draft=draft)  # refuses units and dates of others
    await change_draft(storage, actor=actor, draft_id=draft_id, version=version, draft=draft, now=now)


async def _choose_of_document(
    storage: Storage, actor: Actor, view: AudienceView, version: int, audience: Audience | None
) -> None:
    """Of a document, or of one row of it; only a row can follow something (None)."""
    assert view.document_id is not None, "a document or a row of one"
    row_id = RowId(view.id) if view.of is AudienceOf.ROW else None
    if row_id is None and audience is None:
        return
    await set_audience(
        storage, actor=actor, document_id=view.document_id, row_id=row_id, version=version, audience=audience
    )


async def list_answered(storage: Storage, *, actor: Actor, kind: ActivityKind, page: int, now: datetime) -> DatePage:
    """Dates of events, or of tasks, of the actor's part of the network; the latest first."""
    until = now + (_AHEAD if kind is ActivityKind.TASK else timedelta(days=3650))
    paths = [unit.path for unit in await event_places(storage, actor=actor)]
    if not paths:
        return DatePage((), 0, 1)
    async with storage.read() as tx:
        found, total = await tx.addressees.answered(paths, kind, until=until, offset=page * PAGE, limit=PAGE)
    return DatePage(found, page, _pages(total))


async def answered_date(storage: Storage, *, actor: Actor, occurrence_id: OccurrenceId) -> AnsweredDate:
    """Raises NotFoundError outside the actor's part of the network."""
    async with storage.read() as tx:
        date = await tx.addressees.answered_date(occurrence_id)
    if date is None or not actor.can_manage(date.unit_path):
        raise NotFoundError(f"occurrence {occurrence_id} for person {actor.person.id}")
    return date


async def list_addressees(
    storage: Storage, *, actor: Actor, of: AudienceOf, subject: int, words: str, page: int
) -> AddresseePage:
    """The people of the audience by name, whoever is left out of it by name among them. Raises as show_audience."""
    async with storage.read() as tx:
        audience = replace((await _view(tx, actor, of, subject)).audience, without_people=())
        found, total = await tx.addressees.people(audience, words, offset=page * PAGE, limit=PAGE)
    return AddresseePage(found, page, _pages(total))


async def _view(tx: Stores, actor: Actor, of: AudienceOf, subject: int) -> AudienceView:
    if of is AudienceOf.EVENT:
        stored = await own_draft(tx, actor, EventDraftId(subject))
        unit = await tx.units.get(stored.draft.unit_id)
        assert unit is not None, "a draft belongs to a unit"
        choices = await choices_of(tx, unit, stored.draft.audience)
        return AudienceView(of, subject, stored.version, choices)
    if of is AudienceOf.CALL:
        call = await own_call_draft(tx, actor, CallDraftId(subject))
        unit = await tx.units.get(call.draft.unit_id)
        assert unit is not None, "a draft belongs to a unit"
        return AudienceView(of, subject, call.version, await choices_of(tx, unit, call.draft.audience))
    if of is AudienceOf.SELECTION:
        selection = await draft_view(tx, actor, SelectionDraftId(subject))
        return AudienceView(of, subject, selection.stored.version, selection.choices)
    row = None
    if of is AudienceOf.ROW:
        row, draft = await row_of(tx, actor, RowId(subject))
    else:
        draft = await managed_document(tx, actor, DocumentId(subject))
    unit = await tx.units.get(draft.unit_id)
    assert unit is not None, "a document belongs to a unit"
    own = None if row is None else row.audience
    choices = await choices_of(tx, unit, own or draft.audience)
    number = None if row is None else row.number
    return AudienceView(of, subject, draft.version, choices, draft.id, number, has_own=own is not None)


def _pages(total: int) -> int:
    return max(1, -(-total // PAGE))
