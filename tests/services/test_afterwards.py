"""After an event: the recording reaches each reader once, those who were there are asked once, files name everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.domain.afterwards import BadFeedbackError, NoCertificateError, Receivers
from bot.domain.calendar import WorkCalendar
from bot.domain.errors import NotFoundError
from bot.domain.event_drafts import DraftMaterial
from bot.domain.events import Attendance, EventDetails
from bot.domain.ids import MaterialId, OccurrenceId, PersonId
from bot.domain.matters import Answer
from bot.services.accept_reply import GivenReply, accept_reply
from bot.services.cancel_occurrence import cancel_occurrence
from bot.services.export_attendance import certificate, export_attendance
from bot.services.give_feedback import ask_feedback, rate_event, write_feedback
from bot.services.hand_out import (
    TooManyMaterialsError,
    add_material,
    drop_material,
    fetch_material,
    handed_out,
    send_materials,
)
from bot.services.mark_attendance import TooEarlyError, mark_attendance
from bot.services.show_afterwards import show_afterwards, show_feedback, switch_afterwards
from bot.services.show_board import show_board
from bot.services.show_series import export_series, list_missed, my_series, show_series
from storage.database import Database
from storage.program_tables import audit
from storage.tables import notices
from tests.acting import actor_of
from tests.calendar_days import MONDAY
from tests.factories import SmallNetwork
from tests.opening import assignment, open_event, open_webinar

BEGINS = MONDAY + timedelta(days=3)
OVER = BEGINS + timedelta(hours=2)
RECORDING = DraftMaterial("Запись", link="https://example.org/video")
SLIDES = DraftMaterial("Слайды", file_id="BQAC-slides")


@dataclass(frozen=True)
class Stage:
    """An event of the region's two teachers: the first was there, of the second nothing is known."""

    database: Database
    network: SmallNetwork
    event: OccurrenceId

    async def mark(self, person: PersonId, state: Attendance | None) -> None:
        await mark_attendance(
            self.database,
            actor=await actor_of(self.database, self.network.regional),
            assignment_id=await assignment(self.database, self.event, person=person),
            state=state,
            now=OVER,
        )

    async def add(self, new: DraftMaterial) -> bool:
        actor = await actor_of(self.database, self.network.regional)
        return await add_material(self.database, actor=actor, occurrence_id=self.event, new=new, now=OVER)

    async def send(self, to: Receivers = Receivers.ALL, *, now: datetime = OVER) -> int:
        actor = await actor_of(self.database, self.network.regional)
        return await send_materials(self.database, actor=actor, occurrence_id=self.event, to=to, now=now)

    async def planned(self, prefix: str) -> list[tuple[PersonId, list[int] | None]]:
        """Who has a notice of that key, and the materials in it."""
        async with self.database.read() as tx:
            rows = await tx._connection.execute(
                select(notices.c.person_id, notices.c.detail)
                .where(notices.c.key.startswith(prefix))
                .order_by(notices.c.id)
            )
            return [(row.person_id, row.detail.get("materials")) for row in rows]


@pytest.fixture
async def stage(database: Database, network: SmallNetwork) -> Stage:
    opened = await open_event(database, network, dates=(BEGINS,), details=EventDetails())
    stage = Stage(database, network, opened.occurrence_id)
    await stage.mark(network.teacher_1, Attendance.PRESENT)
    return stage


@pytest.mark.parametrize(
    ("to", "names"),
    [
        pytest.param(Receivers.ALL, {"teacher_1", "teacher_2"}, id="everybody invited"),
        pytest.param(Receivers.PRESENT, {"teacher_1"}, id="who is marked as present"),
        pytest.param(Receivers.ABSENT, {"teacher_2"}, id="who has no mark may have missed it"),
    ],
)
async def test_the_number_shown_is_the_number_that_gets_it(stage: Stage, to: Receivers, names: set[str]) -> None:
    await stage.add(RECORDING)
    actor = await actor_of(stage.database, stage.network.regional)
    sheet = await show_afterwards(stage.database, actor=actor, occurrence_id=stage.event)

    sent = await stage.send(to)

    assert sheet.waiting[to] == sent == len(names)
    assert {person for person, _ in await stage.planned("materials:")} == {
        getattr(stage.network, name) for name in names
    }


async def test_nobody_gets_the_same_thing_twice(stage: Stage) -> None:
    await stage.add(RECORDING)
    assert await stage.send(Receivers.PRESENT) == 1
    assert await stage.send(Receivers.ALL) == 1, "the other one alone"
    assert await stage.send(Receivers.ALL) == 0, "a second tap"

    await stage.add(SLIDES)
    assert await stage.send(Receivers.ALL) == 2

    his = [materials for person, materials in await stage.planned("materials:") if person == stage.network.teacher_1]
    assert [len(materials or ()) for materials in his] == [1, 1], "only what is new"


async def test_what_expired_unsent_may_be_sent_again(stage: Stage) -> None:
    await stage.add(RECORDING)
    await stage.send()
    async with stage.database.write() as tx:
        await tx._connection.execute(update(notices).values(state="expired"))

    assert await stage.send() == 2


async def test_the_recording_waits_for_the_morning(stage: Stage) -> None:
    await stage.add(RECORDING)
    night = datetime(2026, 9, 10, 20, 0, tzinfo=UTC)  # 23:00 in Moscow
    await stage.send(now=night)

    async with stage.database.write() as tx:
        await tx._connection.execute(notices.delete().where(notices.c.key.not_like("materials:%")))
        claim = await tx.notices.claim(10, now=night, days=WorkCalendar())
    async with stage.database.write() as tx:
        morning = await tx.notices.claim(10, now=night + timedelta(hours=9, minutes=1), days=WorkCalendar())

    assert (len(claim.to_send), claim.held) == (0, 2)
    assert len(morning.to_send) == 2


async def test_the_same_link_is_added_once_and_too_many_are_refused(stage: Stage) -> None:
    assert await stage.add(RECORDING)
    assert not await stage.add(RECORDING)
    for number in range(9):
        await stage.add(DraftMaterial(f"Файл {number}", file_id=f"BQAC-{number}"))

    with pytest.raises(TooManyMaterialsError):
        await stage.add(SLIDES)


async def test_nothing_is_sent_round_before_the_beginning(stage: Stage) -> None:
    await stage.add(RECORDING)

    with pytest.raises(TooEarlyError):
        await stage.send(now=BEGINS - timedelta(minutes=1))


@pytest.mark.parametrize("field", ["municipal", "amur_regional", "teacher_1"])
async def test_only_the_side_that_leads_it_sees_and_hands_out(stage: Stage, field: str) -> None:
    actor = await actor_of(stage.database, getattr(stage.network, field))
    of_it = {"actor": actor, "occurrence_id": stage.event}

    with pytest.raises(NotFoundError):
        await show_afterwards(stage.database, **of_it)  # type: ignore[arg-type]  # by name
    with pytest.raises(NotFoundError):
        await add_material(stage.database, new=RECORDING, now=OVER, **of_it)  # type: ignore[arg-type]  # by name
    with pytest.raises(NotFoundError):
        await send_materials(stage.database, to=Receivers.ALL, now=OVER, **of_it)  # type: ignore[arg-type]  # by name
    with pytest.raises(NotFoundError):
        await export_attendance(stage.database, now=OVER, **of_it)  # type: ignore[arg-type]  # by name
    with pytest.raises(NotFoundError):
        await show_feedback(stage.database, page=0, **of_it)  # type: ignore[arg-type]  # by name


async def test_a_file_is_fetched_by_those_invited_once_it_was_sent_round(stage: Stage) -> None:
    await stage.add(SLIDES)
    invited = await actor_of(stage.database, stage.network.teacher_2)
    his = await assignment(stage.database, stage.event, person=stage.network.teacher_2)
    assert (await handed_out(stage.database, actor=invited, assignment_id=his)).materials == ()
    await stage.send()

    (slides,) = (await handed_out(stage.database, actor=invited, assignment_id=his)).materials
    got = await fetch_material(stage.database, actor=invited, assignment_id=his, material_id=slides.id)

    assert got.file_id == "BQAC-slides"
    stranger = await actor_of(stage.database, stage.network.teacher_1)
    with pytest.raises(NotFoundError):
        await fetch_material(stage.database, actor=stranger, assignment_id=his, material_id=slides.id)


async def test_what_was_taken_away_is_there_no_more(stage: Stage) -> None:
    await stage.add(SLIDES)
    await stage.send()
    invited = await actor_of(stage.database, stage.network.teacher_2)
    his = await assignment(stage.database, stage.event, person=stage.network.teacher_2)
    (slides,) = (await handed_out(stage.database, actor=invited, assignment_id=his)).materials
    organiser = await actor_of(stage.database, stage.network.regional)
    drop = {"actor": organiser, "occurrence_id": stage.event, "material_id": slides.id, "now": OVER}

    assert await drop_material(stage.database, **drop)  # type: ignore[arg-type]  # by name
    assert not await drop_material(stage.database, **drop)  # type: ignore[arg-type]  # by name

    with pytest.raises(NotFoundError):
        await fetch_material(stage.database, actor=invited, assignment_id=his, material_id=slides.id)


async def test_a_material_of_another_event_is_not_taken_away(stage: Stage) -> None:
    await stage.add(SLIDES)
    other = await open_webinar(stage.database, stage.network)
    organiser = await actor_of(stage.database, stage.network.regional)

    taken = await drop_material(
        stage.database, actor=organiser, occurrence_id=other, material_id=MaterialId(1), now=OVER
    )

    assert not taken


@pytest.mark.parametrize(
    ("now", "asked"),
    [
        pytest.param(BEGINS + timedelta(minutes=59), 0, id="it is still going on"),
        pytest.param(BEGINS + timedelta(hours=1), 1, id="at its end"),
        pytest.param(BEGINS + timedelta(days=7), 1, id="who was marked a week later"),
        pytest.param(BEGINS + timedelta(days=8), 0, id="nobody remembers"),
    ],
)
async def test_those_who_were_there_are_asked_after_the_end(stage: Stage, now: datetime, asked: int) -> None:
    assert await ask_feedback(stage.database, now=now) == asked
    assert await ask_feedback(stage.database, now=now) == 0, "once"
    assert [person for person, _ in await stage.planned("feedback:")] == [stage.network.teacher_1] * asked


async def test_nobody_is_asked_where_the_organiser_does_not_want_it(stage: Stage) -> None:
    organiser = await actor_of(stage.database, stage.network.regional)
    switch = {"actor": organiser, "occurrence_id": stage.event, "now": OVER}
    await switch_afterwards(stage.database, asks_feedback=False, **switch)  # type: ignore[arg-type]  # by name

    assert await ask_feedback(stage.database, now=OVER) == 0

    await switch_afterwards(stage.database, asks_feedback=True, **switch)  # type: ignore[arg-type]  # by name
    assert await ask_feedback(stage.database, now=OVER) == 1


async def test_nobody_is_asked_of_an_event_that_was_called_off(stage: Stage) -> None:
    organiser = await actor_of(stage.database, stage.network.regional)
    await cancel_occurrence(stage.database, actor=organiser, occurrence_id=stage.event, version=1, now=OVER)

    assert await ask_feedback(stage.database, now=OVER) == 0


async def test_a_rating_and_a_line_are_kept_and_may_be_corrected(stage: Stage) -> None:
    person = await actor_of(stage.database, stage.network.teacher_1)
    his = await assignment(stage.database, stage.event, person=stage.network.teacher_1)
    for rating in (3, 5):
        await rate_event(stage.database, actor=person, assignment_id=his, rating=rating, now=OVER)
    await write_feedback(stage.database, actor=person, assignment_id=his, text="=1+1 <b>хорошо</b>", now=OVER)

    organiser = await actor_of(stage.database, stage.network.regional)
    found = await show_feedback(stage.database, actor=organiser, occurrence_id=stage.event, page=9)

    assert (found.tally.average, dict(found.tally.ratings), found.page) == (5.0, {5: 1}, 0)
    assert [(one.rating, one.text) for one in found.lines] == [(5, "=1+1 <b>хорошо</b>")]


@pytest.mark.parametrize("field", ["teacher_2", "regional"])
async def test_only_who_was_there_says_what_he_thinks(stage: Stage, field: str) -> None:
    his = await assignment(stage.database, stage.event, person=stage.network.teacher_2)
    actor = await actor_of(stage.database, getattr(stage.network, field))

    with pytest.raises(NotFoundError):
        await rate_event(stage.database, actor=actor, assignment_id=his, rating=5, now=OVER)


@pytest.mark.parametrize("rating", [0, 6, -1])
async def test_a_rating_outside_of_five_is_refused(stage: Stage, rating: int) -> None:
    person = await actor_of(stage.database, stage.network.teacher_1)
    his = await assignment(stage.database, stage.event, person=stage.network.teacher_1)

    with pytest.raises(BadFeedbackError):
        await rate_event(stage.database, actor=person, assignment_id=his, rating=rating, now=OVER)


async def test_a_certificate_stands_on_the_mark_and_on_the_switch(stage: Stage) -> None:
    there = await actor_of(stage.database, stage.network.teacher_1)
    away = await actor_of(stage.database, stage.network.teacher_2)
    his = await assignment(stage.database, stage.event, person=stage.network.teacher_1)
    not_his = await assignment(stage.database, stage.event, person=stage.network.teacher_2)
    with pytest.raises(NoCertificateError):
        await certificate(stage.database, actor=there, assignment_id=his)
    await switch_afterwards(
        stage.database,
        actor=await actor_of(stage.database, stage.network.regional),
        occurrence_id=stage.event,
        gives_certificate=True,
        now=OVER,
    )

    made = await certificate(stage.database, actor=there, assignment_id=his)

    assert (made.full_name, made.organiser) == ("Смирнова Дарья Павловна", "Владимирская область")
    with pytest.raises(NoCertificateError):
        await certificate(stage.database, actor=away, assignment_id=not_his)
    with pytest.raises(NotFoundError):
        await certificate(stage.database, actor=away, assignment_id=his)


async def test_the_list_for_signature_has_those_who_come_and_those_who_came(
    stage: Stage, database: Database, network: SmallNetwork
) -> None:
    opened = await open_event(database, network, dates=(BEGINS,), title="Защита", source="event:other")
    his = await assignment(database, opened.occurrence_id, person=network.teacher_2)
    given, actor = GivenReply(his, Answer.COMING), await actor_of(database, network.teacher_2)
    await accept_reply(database, actor=actor, reply=given, source="telegram:1", now=MONDAY)
    organiser = await actor_of(database, network.regional)

    before = await export_attendance(database, actor=organiser, occurrence_id=opened.occurrence_id, now=MONDAY)
    after = await export_attendance(database, actor=organiser, occurrence_id=stage.event, now=OVER)

    assert [row.attendee.person_id for row in before.signing] == [network.teacher_2]
    assert [row.attendee.person_id for row in after.signing] == [network.teacher_1]
    async with database.read() as tx:
        acts = (await tx._connection.execute(select(audit.c.act))).scalars().all()
    assert acts.count("attendance exported") == 2


async def test_the_turnout_stands_on_the_board_once_somebody_is_marked(
    stage: Stage, database: Database, network: SmallNetwork
) -> None:
    unmarked = await open_webinar(database, network)
    organiser = await actor_of(database, network.regional)

    marked = await show_board(database, actor=organiser, occurrence_id=stage.event)
    nothing = await show_board(database, actor=organiser, occurrence_id=unmarked)

    whole = marked.turnout[None]
    assert (whole.present, whole.total) == (1, 2)
    assert (marked.turnout[network.suzdal].total, marked.turnout[network.suzdal].share) == (2, 50)
    assert nothing.turnout == {}


async def test_a_series_is_one_thing_to_its_organiser_and_to_a_person(
    database: Database, network: SmallNetwork
) -> None:
    days = (BEGINS, BEGINS + timedelta(days=7), BEGINS + timedelta(days=14))
    opened = await open_event(database, network, dates=days, title="Вебинар 1–3")
    assert opened.series_id is not None
    first, second, third = (Stage(database, network, one) for one in opened.occurrence_ids)
    later = days[1] + timedelta(hours=2)
    organiser = await actor_of(database, network.regional)
    for event, state in ((first, Attendance.PRESENT), (second, Attendance.ABSENT)):
        his = await assignment(database, event.event, person=network.teacher_1)
        await mark_attendance(database, actor=organiser, assignment_id=his, state=state, now=later)
    await second.add(RECORDING)
    await second.send(now=later)

    sheet = await show_series(database, actor=organiser, series_id=opened.series_id, now=later)
    export = await export_series(database, actor=organiser, series_id=opened.series_id, now=later)
    teacher = await actor_of(database, network.teacher_1)
    of_third = await assignment(database, third.event, person=network.teacher_1)
    mine = await my_series(database, actor=teacher, assignment_id=of_third, now=later)
    missed = await list_missed(database, actor=teacher, page=0, now=later)

    assert (sheet.begun, len(sheet.dates), dict(sheet.turnout)) == (2, 3, {1: 1, 0: 1})
    matrix = {one.person_id: [one.marks[day.occurrence_id] for day in export.dates] for one in export.people}
    assert matrix[network.teacher_1] == [Attendance.PRESENT, Attendance.ABSENT, None]
    assert (mine.present, mine.begun, len(mine.visits)) == (1, 2, 3)
    assert [len(found) for found in mine.recordings.values()] == [1]
    assert [(one.visit.occurrence_id, len(one.recordings)) for one in missed.events] == [(second.event, 1)]


async def test_a_series_shows_a_coordinator_his_own_people_and_a_stranger_nothing(
    database: Database, network: SmallNetwork
) -> None:
    opened = await open_event(database, network, dates=(BEGINS, BEGINS + timedelta(days=7)), title="Вебинар 1–2")
    assert opened.series_id is not None
    own = await actor_of(database, network.coordinator_1)
    sheet = await show_series(database, actor=own, series_id=opened.series_id, now=OVER)

    assert [one.tally.total for one in sheet.dates] == [1, 1]
    for field in ("amur_regional", "teacher_1"):
        stranger = await actor_of(database, getattr(network, field))
        with pytest.raises(NotFoundError):
            await show_series(database, actor=stranger, series_id=opened.series_id, now=OVER)
