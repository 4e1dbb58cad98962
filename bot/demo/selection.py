"""A selection of tutors in the second region: three have applied, one stands on the main list, nothing is announced."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.demo.network import actor_named
from bot.domain.form_values import read_value
from bot.domain.forms import Question, Value
from bot.domain.ids import ApplicationId, SelectionDraftId
from bot.domain.matters import ActivityKind, AnsweredBy, Audience
from bot.domain.network import Actor, Role
from bot.domain.selection import ApplicationState, Selection
from bot.domain.selection_drafts import SelectionDraft, SelectionPart
from bot.ports.storage import Storage
from bot.services.announce_selection import announce_selection
from bot.services.apply import own_applications
from bot.services.fill_form import give_value, hand_in_form, open_filling
from bot.services.make_selection import change_selection_draft, fill_selection_part, give_ready_form, start_selection
from bot.services.select_applicants import decide_application
from bot.texts.catalogue import plain

_REGION = "Ким Елена Сергеевна"
_TITLE = "Отбор тьюторов инициативы"
_ZONE = ZoneInfo("Asia/Yakutsk")
_OPEN_FOR = timedelta(days=21)


class _Application(NamedTuple):
    """Who applies, and his answers in the order of the questions of the short form."""

    full_name: str
    answers: tuple[str, ...]


_TAKEN = _Application("Цой Марина Викторовна", ("Учитель физики", "Пять лет веду кружок робототехники"))
_TO_READ = (
    _Application("Седых Роман Борисович", ("Учитель химии", "Готовил двух призёров олимпиады")),
    _Application("Пак Алина Сергеевна", ("Педагог-психолог", "Хочу вести занятия для одарённых детей")),
)


async def open_selection(storage: Storage, *, now: datetime) -> None:
    """Two places, one for each of two towns, and a reserve of two: one more of a town asks «Точно?»."""
    actor = await actor_named(storage, _REGION)
    await _announce(storage, actor, now)
    taken = await _apply(storage, _TAKEN, now)
    await decide_application(
        storage, actor=actor, application_id=taken, version=1, to=ApplicationState.MAIN, now=now
    )  # fmt: skip
    for one in _TO_READ:
        await _apply(storage, one, now)


async def _announce(storage: Storage, actor: Actor, now: datetime) -> None:
    region = actor.coordinated[0].id
    audience = Audience((region,), AnsweredBy.PERSON, (Role.TEACHER,))

    def change(draft: SelectionDraft) -> SelectionDraft:
        return replace(draft, title=_TITLE, selection=Selection(places=2, reserve=2, each=1), audience=audience)

    view = await start_selection(storage, actor=actor, unit_id=region, now=now)
    draft_id: SelectionDraftId = view.stored.id
    version = view.stored.version
    await change_selection_draft(storage, actor=actor, draft_id=draft_id, version=version, change=change, now=now)
    await give_ready_form(storage, actor=actor, draft_id=draft_id, title=plain("selection-ready-form"), now=now)
    until = f"{now.astimezone(_ZONE).date() + _OPEN_FOR:%d.%m.%Y}"
    part = SelectionPart.UNTIL
    view = await fill_selection_part(storage, actor=actor, draft_id=draft_id, part=part, words=until, now=now)
    await announce_selection(storage, actor=actor, draft_id=draft_id, version=view.stored.version, now=now)


async def _apply(storage: Storage, application: _Application, now: datetime) -> ApplicationId:
    actor = await actor_named(storage, application.full_name)
    async with storage.read() as tx:
        owed = await tx.replies.open_matters(actor.person.id, [], since=now, offset=0, limit=10)
    assignment_id = next(one.assignment.id for one in owed.matters if one.kind is ActivityKind.SELECTION)
    filling = await open_filling(
        storage, actor=actor, assignment_id=assignment_id, version=None, is_change=False, now=now
    )
    today, submission_id = now.astimezone(_ZONE).date(), filling.submission.id
    answers = dict(zip((one.key for one in filling.submission.version.questions), application.answers, strict=True))

    def read(question: Question, _last: Value | None) -> Value:
        return read_value(question, answers[question.key], today=today)

    for place in range(len(answers)):
        await give_value(
            storage, actor=actor, submission_id=submission_id, place=place, read=read, seen=None, now=now
        )  # fmt: skip
    source = f"demo:application:{actor.person.id}"
    await hand_in_form(storage, actor=actor, submission_id=submission_id, is_change=False, source=source, now=now)
    own = await own_applications(storage, actor=actor, assignment_id=assignment_id, now=now)
    return own.applications[0].id
