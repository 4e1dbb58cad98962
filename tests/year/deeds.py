"""What people and coordinators do in a simulated year, each by the use case behind the button that they would press."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from bot.app import App
from bot.domain.errors import DomainError
from bot.domain.form_values import read_value
from bot.domain.forms import Question, QuestionKind, Value
from bot.domain.ids import ActivityId, AssignmentRequestId, OccurrenceId, PersonId, UnitId
from bot.domain.matters import ActivityKind, Answer
from bot.domain.network import Actor, Reach
from bot.services.accept_reply import GivenReply, accept_reply
from bot.services.announce_event import announce_event
from bot.services.ask_acceptance import ask_acceptance
from bot.services.change_profile import leave_network
from bot.services.decide_postponement import decide_postponement
from bot.services.edit_draft import accept_clear, accept_doubtful
from bot.services.fill_form import give_value, hand_in_form, open_filling
from bot.services.import_document import UploadedFile, import_document
from bot.services.make_form import attach_form, make_form
from bot.services.note_reach import note_reach
from bot.services.nudge_silent import nudge_silent
from bot.services.plan_document import plan_document
from bot.services.request_postponement import ask_postponement
from bot.services.review_answers import accept_answer, read_answer, return_answer
from bot.services.show_draft import show_draft
from storage.tables import activities, occurrences
from tests.factories import NetworkFactory, account_of
from tests.year.habits import Intention
from tests.year.plan import CHECKED, MONITORED, Gathering, Paper
from tests.year.world import Inhabitant
from tests.year.year import Owed, Year

Deed = Callable[[App], Awaitable[None]]

_DAY = timedelta(days=1)
_QUESTIONS = (
    Question("mentors", QuestionKind.WHOLE, "Сколько наставников?", unit="чел.", at_least=5, high=500),
    Question("order", QuestionKind.YES_NO, "Приказ издан?"),
)


@dataclass(frozen=True)
class Answering:
    """He answers as he means to: with a form where there is one. ``round_``: how often it was given back before."""

    year: Year
    meant: Intention
    round_: int = 0

    async def __call__(self, app: App) -> None:
        year, meant = self.year, self.meant
        if meant.one.has_blocked(year.clock.now()):
            return
        owed = year.owed[meant.assignment]
        try:
            if meant.answer is Answer.DONE and owed.has_form:
                await self._fill_in(app)
            else:
                await self._tap(app)
        except DomainError as refusal:
            year.refusals[type(refusal).__name__] += 1
            return
        year.note_answer(meant.assignment, meant.answer)
        if meant.answer is Answer.DONE and owed.needs_acceptance:
            year.on(year.clock.now() + _DAY, Reviewing(year, meant, owed, self.round_))

    async def _tap(self, app: App) -> None:
        meant = self.meant
        actor = await actor_of(app, meant.one.person)
        text = "нет интернета" if meant.answer in (Answer.PROBLEM, Answer.NOT_COMING) else None
        reply = GivenReply(meant.assignment, meant.answer, text)
        source = f"year:{meant.one.person}:{meant.assignment}:{meant.answer.value}:{self.round_}"
        await accept_reply(app.storage, actor=actor, reply=reply, source=source, now=self.year.clock.now())

    async def _fill_in(self, app: App) -> None:
        meant, now = self.meant, self.year.clock.now()
        actor = await actor_of(app, meant.one.person)
        filling = await open_filling(
            app.storage, actor=actor, assignment_id=meant.assignment, version=None, is_change=False, now=now
        )
        figure = self.year.habits.figure(meant.one.school, self.year.clock.now())
        for place, words in enumerate((str(figure), "да")):
            given = filling.submission.given.get(_QUESTIONS[place].key)
            filling = await give_value(
                app.storage,
                actor=actor,
                submission_id=filling.submission.id,
                place=place,
                read=_typed(words, now.date()),
                seen=None if given is None else given.person_id,
                is_sure=True,
                now=now,
            )
        source = f"year:{filling.submission.id}"
        await hand_in_form(
            app.storage,
            actor=actor,
            submission_id=filling.submission.id,
            is_change=False,
            source=source,
            now=now,
        )
        self.year.figures[meant.assignment] = figure


@dataclass(frozen=True)
class Reviewing:
    """The coordinator above takes the answer, or gives it back once with five days more."""

    year: Year
    meant: Intention
    owed: Owed
    round_: int

    async def __call__(self, app: App) -> None:
        year, meant, now = self.year, self.meant, self.year.clock.now()
        above = year.network.overseers_of(self.owed.school)[0]
        actor = await actor_of(app, above)
        source = f"year:review:{meant.assignment}:{self.round_}"
        try:
            _, mark = await read_answer(app.storage, actor=actor, assignment_id=meant.assignment)
            if self.round_ or not year.habits.is_returned(meant.assignment):
                await accept_answer(
                    app.storage, actor=actor, assignment_id=meant.assignment, mark=mark, source=source, now=now
                )
                return
            await return_answer(
                app.storage,
                actor=actor,
                assignment_id=meant.assignment,
                mark=mark,
                reason="приложите приказ",
                due_on=now.date() + timedelta(days=5),
                source=source,
                now=now,
            )
        except DomainError as refusal:
            year.refusals[type(refusal).__name__] += 1
            return
        year.note_return(meant.assignment)
        year.on(now + 2 * _DAY, Answering(year, meant, self.round_ + 1))


@dataclass(frozen=True)
class Postponing:
    """He asks for a week more; the coordinator above decides on the next day, and he answers two days after."""

    year: Year
    meant: Intention

    async def __call__(self, app: App) -> None:
        year, meant, now = self.year, self.meant, self.year.clock.now()
        owed = year.owed[meant.assignment]
        try:
            asked = await ask_postponement(
                app.storage,
                actor=await actor_of(app, meant.one.person),
                assignment_id=meant.assignment,
                wanted_on=owed.due_at.date() + timedelta(days=7),
                phrase=None,
                reason="болеет бухгалтер",
                source=f"year:postpone:{meant.one.person}:{meant.assignment}",
                now=now,
            )
        except DomainError as refusal:
            year.refusals[type(refusal).__name__] += 1
        else:
            year.postponed += 1
            year.on(now + _DAY, self._deciding(asked.request.id))
        year.on(now + 3 * _DAY, Answering(year, meant))

    def _deciding(self, request_id: AssignmentRequestId) -> Deed:
        async def decide(app: App) -> None:
            owed = self.year.owed[self.meant.assignment]
            granted = owed.due_at.date() + timedelta(days=7) if request_id % 10 < 7 else None
            actor = await actor_of(app, self.year.network.overseers_of(owed.school)[0])
            now = self.year.clock.now()
            try:
                await decide_postponement(app.storage, actor=actor, request_id=request_id, granted_on=granted, now=now)
            except DomainError as refusal:
                self.year.refusals[type(refusal).__name__] += 1

        return decide


def _typed(words: str, today: date) -> Callable[[Question, object], Value]:
    return lambda question, _: read_value(question, words, today=today)


def planning(year: Year, paper: Paper) -> Deed:
    """Brings the paper in, accepts its rows, plans it; the monitoring gets its form, the checked row its acceptance."""

    async def plan(app: App) -> None:
        actor, now = await actor_of(app, paper.by), year.clock.now()
        file = UploadedFile(f"{paper.title}.docx", f"{paper.by}:{paper.title}".encode())
        read = await import_document(app.storage, actor=actor, file=file, read=paper.read(), now=now)
        about = read.document_id
        for accept in (accept_clear, accept_doubtful):
            draft = (await show_draft(app.storage, actor=actor, document_id=about, now=now)).draft
            await accept(app.storage, actor=actor, document_id=about, version=draft.version, now=now)
        draft = (await show_draft(app.storage, actor=actor, document_id=about, now=now)).draft
        planned = await plan_document(app.storage, actor=actor, document_id=about, version=draft.version, now=now)
        assert planned.activities == len(paper.phrases), f"{paper.title}: {planned.activities} rows planned"
        async with app.storage.read() as tx:
            statement = select(activities.c.id, activities.c.phrase).where(activities.c.document_id == about)
            phrases = {row.phrase: ActivityId(row.id) for row in await tx._connection.execute(statement)}
        if MONITORED in phrases:
            await _ask_figures(app, actor, year, phrases[MONITORED])
        if CHECKED in phrases:
            await ask_acceptance(app.storage, actor=actor, activity_id=phrases[CHECKED], is_needed=True, now=now)

    return plan


async def _ask_figures(app: App, actor: Actor, year: Year, activity_id: ActivityId) -> None:
    now = year.clock.now()
    form_id = await make_form(
        app.storage,
        actor=actor,
        unit_id=year.network.federation,
        title="Мониторинг наставничества",
        questions=_QUESTIONS,
        source="year:form",
        now=now,
    )
    await attach_form(app.storage, actor=actor, activity_id=activity_id, form_id=form_id, now=now)


def announcing(year: Year, gathering: Gathering) -> Deed:
    async def announce(app: App) -> None:
        actor = await actor_of(app, gathering.by)
        now = year.clock.now()
        await announce_event(app.storage, actor=actor, draft=gathering.draft, source=gathering.source, now=now)

    return announce


def leaving(year: Year, one: Inhabitant) -> Deed:
    async def leave(app: App) -> None:
        await leave_network(app.storage, actor=await actor_of(app, one.person), now=year.clock.now())
        year.network.people.pop(one.account, None)

    return leave


def moving(year: Year, one: Inhabitant, school: UnitId) -> Deed:
    """He leaves his school and begins in another one, which may lie six hours away."""

    async def move(app: App) -> None:
        if one.account not in year.network.people or school == one.school:
            return
        await leave_network(app.storage, actor=await actor_of(app, one.person), now=year.clock.now())
        NetworkFactory(year.file, now=year.clock.now()).member(one.person, school, one.role)
        year.moves[one.account] = (year.clock.now(), one.zone)
        one.school, one.since = school, year.clock.now()
        one.zone = year.network.zones[one.account] = year.network.zone_of(school)

    return move


def unblocking(year: Year, one: Inhabitant) -> Deed:
    async def unblock(app: App) -> None:
        await note_reach(app.storage, person_id=one.person, reach=Reach.REACHABLE, now=year.clock.now())

    return unblock


def nudging(year: Year) -> Deed:
    """Once a month the coordinators of the regions press «Напомнить молчащим» on what is due next."""

    async def nudge(app: App) -> None:
        now = year.clock.now()
        async with app.storage.read() as tx:
            statement = (
                select(occurrences.c.id, occurrences.c.version)
                .join(activities, activities.c.id == occurrences.c.activity_id)
                .where(activities.c.kind == ActivityKind.TASK.value, occurrences.c.due_at > now)
                .order_by(occurrences.c.due_at)
                .limit(1)
            )
            found = (await tx._connection.execute(statement)).first()
        if found is None:
            return
        for region, person in year.network.regions.items():
            actor, about = await actor_of(app, person), OccurrenceId(found.id)
            try:
                await nudge_silent(
                    app.storage, actor=actor, occurrence_id=about, unit_id=region, version=found.version, now=now
                )
            except DomainError as refusal:
                year.refusals[type(refusal).__name__] += 1

    return nudge


async def actor_of(app: App, person: PersonId) -> Actor:
    """With his rights as they are now."""
    async with app.storage.read() as tx:
        actor = await tx.people.actor_by_account(account_of(person), is_owner=False)
    assert actor is not None, f"person {person} has no account"
    return actor


def deed_of(year: Year, meant: Intention) -> Deed:
    """What comes of an intention."""
    return Postponing(year, meant) if meant.asks_for_time else Answering(year, meant)
