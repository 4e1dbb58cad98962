"""A checklist that the schools of the first region owe: one has handed it in, one asks for another term."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.demo.network import actor_named
from bot.demo.word import working_day
from bot.domain.form_values import chosen_value, read_value
from bot.domain.forms import Question, QuestionKind, Value
from bot.domain.ids import AssignmentId, FormId
from bot.domain.matters import ActivityKind, AnsweredBy, Audience
from bot.domain.network import Actor
from bot.domain.quiet import local_instant
from bot.ports.matters import NewActivity, NewOccurrence
from bot.ports.storage import Storage
from bot.services.fill_form import give_value, hand_in_form, open_filling
from bot.services.make_form import make_form
from bot.services.open_activity import open_activity
from bot.services.request_postponement import ask_postponement

_REGION, _ANSWERING, _ASKING = "Орлова Вера Ильинична", "Зимина Анна Олеговна", "Лосев Иван Игоревич"

_TITLE = "Чек-лист центра «Точка роста» за первый месяц"
_QUESTIONS = (
    Question("mentors", QuestionKind.WHOLE, "Сколько наставников работает в центре?", unit="чел.", high=99),
    Question("pupils", QuestionKind.WHOLE, "Сколько детей занимается в кружках?", unit="чел.", at_least=30),
    Question("equipment", QuestionKind.YES_NO, "Всё оборудование исправно?"),
    Question(
        "news", QuestionKind.CHOICE, "Где вы рассказываете о центре?", options=("Сайт школы", "ВКонтакте", "Пока нигде")
    ),
)
_HANDED_IN: Mapping[str, str | int] = {"mentors": "6", "pupils": "24", "equipment": 1, "news": 1}  # words, or an option
_REASON = "Директор вернётся после срока"
_ZONE = ZoneInfo("Europe/Moscow")
_SOURCE = "demo:checklist"
_LATER = timedelta(days=7)


async def open_checklist(storage: Storage, *, now: datetime) -> None:
    """Due on a working day more than two weeks ahead; every answer waits for the word of the coordinator above.

    The network is new: nobody in it owes another task.
    """
    actor = await actor_named(storage, _REGION)
    due_on = working_day(now.astimezone(_ZONE).date() + timedelta(days=17))
    form_id = await make_form(
        storage,
        actor=actor,
        unit_id=actor.coordinated[0].id,
        title="Чек-лист центра",
        questions=_QUESTIONS,
        source=_SOURCE,
        now=now,
    )
    await _open(storage, actor, due_on, form_id, now)
    await _hand_in(storage, await actor_named(storage, _ANSWERING), now)
    asking = await actor_named(storage, _ASKING)
    await ask_postponement(
        storage,
        actor=asking,
        assignment_id=await _owed(storage, asking, now),
        wanted_on=working_day(due_on + _LATER),
        phrase=None,
        reason=_REASON,
        source=_SOURCE,
        now=now,
    )


async def _open(storage: Storage, actor: Actor, due_on: date, form_id: FormId, now: datetime) -> None:
    """With its form from the first: the bot is running already, and would tell somebody of it without."""
    region = actor.coordinated[0]
    activity = NewActivity(
        kind=ActivityKind.TASK,
        unit_id=region.id,
        title=_TITLE,
        audience=Audience((region.id,), AnsweredBy.SCHOOL),
        timezone=_ZONE.key,
        created_by=actor.person.id,
        source=_SOURCE,
        needs_acceptance=True,
        form_id=form_id,
    )
    due_at = local_instant(due_on, time(23, 59, 59), _ZONE)
    due = NewOccurrence(due_on.isoformat(), due_at, due_on, has_time=False, timezone=_ZONE.key)
    async with storage.write() as tx:
        await open_activity(tx, activity, [due], now=now)


async def _hand_in(storage: Storage, actor: Actor, now: datetime) -> None:
    assignment_id = await _owed(storage, actor, now)
    filling = await open_filling(
        storage, actor=actor, assignment_id=assignment_id, version=None, is_change=False, now=now
    )
    today = now.astimezone(_ZONE).date()

    def read(question: Question, _last: Value | None) -> Value:
        given = _HANDED_IN[question.key]
        return chosen_value(question, given) if isinstance(given, int) else read_value(question, given, today=today)

    submission_id = filling.submission.id
    for place in range(len(_QUESTIONS)):
        await give_value(
            storage, actor=actor, submission_id=submission_id, place=place, read=read, seen=None, now=now
        )  # fmt: skip
    await hand_in_form(storage, actor=actor, submission_id=submission_id, is_change=False, source=_SOURCE, now=now)


async def _owed(storage: Storage, actor: Actor, now: datetime) -> AssignmentId:
    """The only task of a school so far."""
    schools = [unit.id for unit in actor.coordinated]
    async with storage.read() as tx:
        page = await tx.replies.open_matters(actor.person.id, schools, since=now, offset=0, limit=10)
    return next(one.assignment.id for one in page.matters if one.kind is ActivityKind.TASK)
