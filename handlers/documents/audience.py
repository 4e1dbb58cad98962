"""«Кто отвечает»: schools or people, where, in which roles and cohort; for the document or for one row."""

from __future__ import annotations

from collections.abc import Callable
from zlib import crc32

from aiogram import Router
from aiogram.types import CallbackQuery, InlineKeyboardMarkup

from bot.domain.audiences import answered_by, everywhere, with_cohort, with_part, with_role
from bot.domain.errors import OutdatedError
from bot.domain.ids import DocumentId, RowId, UnitId
from bot.domain.matters import AnsweredBy, Audience
from bot.domain.network import Actor, Role
from bot.ports.storage import Storage
from bot.services.edit_draft import set_audience
from bot.services.show_audience import AudienceView, show_audience
from bot.texts.catalogue import Markup, plain, say
from bot.texts.wording import shorten
from handlers.documents import callbacks as to
from handlers.documents.draft_screens import Screen
from handlers.documents.drafts import made, tell_edit
from handlers.documents.wording import Rows, audience_line, button, labelled, page_of, size_words, turning
from handlers.filters import IsCoordinator
from handlers.showing import show, toast

_PARTS = 8
_COHORTS = 6
_ROLES = tuple(Role)


def build_router() -> Router:
    router = Router(name="documents audience")
    router.callback_query.filter(IsCoordinator())
    router.callback_query.register(on_audience, to.ShowAudience.filter())
    router.callback_query.register(on_choose, to.ChooseAudience.filter())
    return router


async def on_audience(query: CallbackQuery, callback_data: to.ShowAudience, actor: Actor, app_storage: Storage) -> None:
    view = await _view(app_storage, actor, callback_data.document, callback_data.row)
    await toast(query)
    await show(query, *audience_screen(view, page=callback_data.page))


async def on_choose(query: CallbackQuery, callback_data: to.ChooseAudience, actor: Actor, app_storage: Storage) -> None:
    tap = callback_data
    view = await _view(app_storage, actor, tap.document, tap.row)
    change = set_audience(
        app_storage,
        actor=actor,
        document_id=DocumentId(tap.document),
        row_id=RowId(tap.row) if tap.row else None,
        version=tap.version,
        audience=_chosen(view, tap),
    )
    is_current = await made(change)
    view = await _view(app_storage, actor, tap.document, tap.row)
    await tell_edit(query, is_current=is_current)
    await show(query, *audience_screen(view, page=tap.page))


def audience_screen(view: AudienceView, *, page: int) -> Screen:
    """The audience as it is, in words and figures, and every choice as a button that shows its state."""
    page, pages = page_of(page, len(view.parts), _PARTS)
    parts = [say("audience-title-row", number=view.row.number) if view.row else say("audience-title")]
    parts.append(say("audience-now", who=audience_line(view.audience, view.parts, view.draft.unit_title)))
    parts.append(say("audience-count", size=size_words(view.size)))
    if view.size.schools == 0:
        parts.append(say("audience-nobody"))
    parts.append(say(f"audience-hint-{view.audience.answered_by.value}"))
    return Markup("\n".join(parts)), InlineKeyboardMarkup(inline_keyboard=_buttons(view, page, pages))


def _buttons(view: AudienceView, page: int, pages: int) -> Rows:
    draft, audience = view.draft, view.audience
    row_id = view.row.id if view.row else 0

    def choice(what: to.Choice, value: int = 0) -> to.ChooseAudience:
        return to.ChooseAudience(
            document=draft.id, row=row_id, version=draft.version, choice=what, value=value, page=page
        )

    is_people = audience.answered_by is AnsweredBy.PERSON
    rows: Rows = [
        [
            labelled(_ticked(plain("button-schools"), not is_people), choice(to.Choice.SCHOOLS)),
            labelled(_ticked(plain("button-persons"), is_people), choice(to.Choice.PEOPLE)),
        ]
    ]
    if is_people:
        rows += _people_rows(view, choice)
    is_everywhere = draft.unit_id in audience.unit_ids
    whole = plain("button-everywhere", unit=shorten(draft.unit_title, 28))
    rows.append([labelled(_ticked(whole, is_everywhere), choice(to.Choice.EVERYWHERE))])
    rows += [
        [labelled(_ticked(part.title, part.id in audience.unit_ids), choice(to.Choice.PART, part.id))]
        for part in view.parts[(page - 1) * _PARTS : page * _PARTS]
    ]
    rows += turning(page, pages, lambda n: to.ShowAudience(document=draft.id, row=row_id, page=n))
    if view.row is None:
        return [*rows, [button("button-audience-ready", to.ShowDraft(document=draft.id))]]
    if view.row.audience is not None:
        rows.append([button("button-as-document", choice(to.Choice.AS_DOCUMENT))])
    return [*rows, [button("button-audience-ready", to.ShowRow(row=view.row.id))]]


def _people_rows(view: AudienceView, choice: Callable[[to.Choice, int], to.ChooseAudience]) -> Rows:
    """The roles, two a row, and the cohorts that exist in the document's unit."""
    audience = view.audience
    roles = [
        labelled(_ticked(plain("audience-role", role=role.value), role in audience.roles),
                 choice(to.Choice.ROLE, place))
        for place, role in enumerate(_ROLES)
    ]  # fmt: skip
    cohorts = [
        [labelled(_ticked(plain("button-cohort", cohort=cohort), cohort == audience.cohort),
                  choice(to.Choice.COHORT, crc32(cohort.encode())))]
        for cohort in view.cohorts[:_COHORTS]
    ]  # fmt: skip
    return [roles[:2], roles[2:4], roles[4:], *cohorts]


def _chosen(view: AudienceView, tap: to.ChooseAudience) -> Audience | None:
    audience, whole = view.audience, view.draft.unit_id
    match tap.choice:
        case to.Choice.SCHOOLS:
            return answered_by(audience, AnsweredBy.SCHOOL)
        case to.Choice.PEOPLE:
            return answered_by(audience, AnsweredBy.PERSON)
        case to.Choice.PART:
            return with_part(audience, UnitId(tap.value), whole=whole)
        case to.Choice.EVERYWHERE:
            return everywhere(audience, whole=whole)
        case to.Choice.ROLE:
            return with_role(audience, _ROLES[tap.value]) if 0 <= tap.value < len(_ROLES) else audience
        case to.Choice.COHORT:
            named = [cohort for cohort in view.cohorts if crc32(cohort.encode()) == tap.value]
            if not named:
                raise OutdatedError("a cohort that nobody belongs to any more")
            return with_cohort(audience, named[0])
        case to.Choice.AS_DOCUMENT:
            return None if tap.row else audience


async def _view(storage: Storage, actor: Actor, document: int, row: int) -> AudienceView:
    row_id = RowId(row) if row else None
    return await show_audience(storage, actor=actor, document_id=DocumentId(document), row_id=row_id)


def _ticked(label: str, is_on: bool) -> str:
    return plain("ticked" if is_on else "unticked", label=label)
