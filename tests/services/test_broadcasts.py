"""What is sent to many is held, let go on or dropped by who sends it, and he sees how far it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from bot.domain.broadcasts import BroadcastKind, Flight, NewBroadcast
from bot.domain.delivery import NoticeKind
from bot.domain.errors import NotFoundError
from bot.domain.ids import BroadcastId, OccurrenceId
from bot.services.cancel_plan import cancel_plan
from bot.services.nudge_silent import nudge_silent, preview_nudge
from bot.services.plan_document import plan_document
from bot.services.show_progress import Rests, note_shown, progress_to_show, stop_showing
from bot.services.steer_broadcast import (
    drop_broadcast,
    resume_announcement,
    resume_broadcast,
    stop_announcement,
    stop_broadcast,
)
from storage.broadcast_tables import broadcasts
from storage.database import Database
from storage.tables import accounts, notices, occurrences
from tests.acting import actor_of
from tests.broadcasting import DAYS, LATER, claimed, latest, standing
from tests.calendar_days import MONDAY
from tests.drafts import QUARTERLY, READY, accepted
from tests.factories import SmallNetwork, account_of
from tests.opening import open_task, open_webinar
from tests.planning import plan_notices


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.services.show_progress.LEAST_SHOWN", 3)


@pytest.fixture
async def nudge(database: Database, network: SmallNetwork) -> BroadcastId:
    """To the coordinators of three schools, one of whom has got it already."""
    occurrence_id = await open_task(database, network)
    await _nudge(database, network, occurrence_id)
    (first, *_) = await claimed(database, 1)
    async with database.write() as tx:
        told = notices.c.person_id == first
        await tx._connection.execute(update(notices).where(told).values(state="sent"))
    return await latest(database)


async def _nudge(database: Database, network: SmallNetwork, occurrence_id: OccurrenceId) -> None:
    actor = await actor_of(database, network.regional)
    await nudge_silent(database, actor=actor, occurrence_id=occurrence_id, unit_id=None, version=1, now=MONDAY)


async def test_what_is_paused_goes_no_further_until_it_is_resumed(
    database: Database, network: SmallNetwork, nudge: BroadcastId
) -> None:
    actor = await actor_of(database, network.regional)
    stopped = await stop_broadcast(database, actor=actor, broadcast_id=nudge, now=MONDAY)
    assert (stopped.flight.gone, stopped.flight.total, stopped.flight.stopped_at) == (1, 3, MONDAY)
    assert await claimed(database) == []
    resumed = await resume_broadcast(database, actor=actor, broadcast_id=nudge, now=LATER)
    assert resumed.flight.stopped_at is None
    assert len(await claimed(database, now=LATER)) == 2
    again = await resume_broadcast(database, actor=actor, broadcast_id=nudge, now=LATER)
    assert (again.flight.gone, again.flight.total) == (3, 3), "a second tap changes nothing"


async def test_what_a_kill_left_in_doubt_is_let_go_on_too(
    database: Database, network: SmallNetwork, nudge: BroadcastId
) -> None:
    actor = await actor_of(database, network.regional)
    doubted = await claimed(database, 1)
    await stop_broadcast(database, actor=actor, broadcast_id=nudge, now=MONDAY)
    async with database.write() as tx:
        assert await tx.notices.doubt_interrupted() == 1
    assert await claimed(database) == []
    await resume_broadcast(database, actor=actor, broadcast_id=nudge, now=LATER)
    let_go = await claimed(database, now=LATER)
    assert len(let_go) == 2
    assert set(doubted) < set(let_go)


async def test_what_is_dropped_never_leaves_and_may_be_sent_anew(
    database: Database, network: SmallNetwork, nudge: BroadcastId
) -> None:
    actor = await actor_of(database, network.regional)
    dropped = await drop_broadcast(database, actor=actor, broadcast_id=nudge, now=MONDAY)
    assert (dropped.flight.is_over, dropped.flight.total) == (True, 1)
    assert await claimed(database) == []
    async with database.read() as tx:
        occurrence_id = (await tx._connection.execute(select(notices.c.occurrence_id).limit(1))).scalar_one()
    again = await preview_nudge(database, actor=actor, occurrence_id=occurrence_id, unit_id=None, now=LATER)
    assert again.people == 2, "all but the one who had it"


@pytest.mark.parametrize("steer", [stop_broadcast, resume_broadcast, drop_broadcast])
async def test_nobody_steers_what_another_sends(
    database: Database, network: SmallNetwork, nudge: BroadcastId, steer: object
) -> None:
    other = await actor_of(database, network.municipal)
    with pytest.raises(NotFoundError):
        await steer(database, actor=other, broadcast_id=nudge, now=MONDAY)  # type: ignore[operator]  # a table of them


@pytest.mark.parametrize("kind", [kind for kind in BroadcastKind if kind is not BroadcastKind.NUDGE])
async def test_what_was_opened_or_decided_is_called_off_and_not_dropped(
    database: Database, network: SmallNetwork, kind: BroadcastKind
) -> None:
    async with database.write() as tx:
        new = NewBroadcast(kind, "Сбор", network.regional, network.vladimir)
        broadcast_id = await tx.broadcasts.begin(new, now=MONDAY)
    actor = await actor_of(database, network.regional)
    with pytest.raises(NotFoundError):
        await drop_broadcast(database, actor=actor, broadcast_id=broadcast_id, now=MONDAY)


async def test_what_was_announced_before_broadcasts_were_kept_stands_until_it_is_resumed(
    database: Database, network: SmallNetwork
) -> None:
    occurrence_id = await open_webinar(database, network)
    await plan_notices(database, now=MONDAY, days=DAYS)
    actor = await actor_of(database, network.regional)
    announced = await stop_announcement(database, actor=actor, occurrence_id=occurrence_id, now=LATER)

    async with database.read() as tx:
        flight = await tx.broadcasts.flight(await latest(database), now=LATER)
    assert (flight.total, flight.is_over) == (announced.total, False)
    await progress_to_show(database, now=LATER)
    assert await claimed(database, now=LATER) == []
    await resume_announcement(database, actor=actor, occurrence_id=occurrence_id, now=LATER)
    assert len(await claimed(database, now=LATER)) == announced.total


class TestPlans:
    async def test_a_plan_is_paused_for_those_who_have_not_heard_of_it(
        self, database: Database, network: SmallNetwork
    ) -> None:
        """One message names all rows of the plan; reminders of its dates come only to those who had that one."""
        plan = await self._planned(database, network)
        (told,) = await claimed(database, 1)
        async with database.write() as tx:
            his = (notices.c.person_id == told, notices.c.kind == NoticeKind.ASSIGNED.value)
            await tx._connection.execute(update(notices).where(*his).values(state="sent"))
        actor = await actor_of(database, network.regional)
        await stop_broadcast(database, actor=actor, broadcast_id=plan, now=MONDAY)

        assert await claimed(database) == []
        much_later = MONDAY + timedelta(days=120)
        assert set(await claimed(database, now=much_later)) <= {told}
        await resume_broadcast(database, actor=actor, broadcast_id=plan, now=LATER)
        assert len(await claimed(database, now=LATER)) == 2

    async def test_a_plan_that_is_taken_back_leaves_nothing_to_watch(
        self, database: Database, network: SmallNetwork
    ) -> None:
        plan = await self._planned(database, network)
        actor = await actor_of(database, network.regional)
        async with database.read() as tx:
            found = await tx._connection.execute(select(broadcasts.c.document_id).where(broadcasts.c.id == plan))
            document_id = found.scalar_one()
        await cancel_plan(database, actor=actor, document_id=document_id, now=MONDAY)
        async with database.read() as tx:
            assert await tx.broadcasts.get(plan) is None

    async def test_one_that_people_have_heard_of_is_called_off_before_the_eyes_of_who_does_it(
        self, database: Database, network: SmallNetwork
    ) -> None:
        plan = await self._planned(database, network)
        async with database.write() as tx:
            heard = notices.c.kind == NoticeKind.ASSIGNED.value
            await tx._connection.execute(update(notices).where(heard).values(state="sent"))
            found = await tx._connection.execute(select(broadcasts.c.document_id).where(broadcasts.c.id == plan))
        actor = await actor_of(database, network.regional)
        await cancel_plan(database, actor=actor, document_id=found.scalar_one(), now=LATER)
        await plan_notices(database, now=LATER, days=DAYS)
        assert await standing(database, await latest(database)) == (0, 3, False)
        assert await standing(database, plan) == (3, 3, True)

    async def _planned(self, database: Database, network: SmallNetwork) -> BroadcastId:
        document_id = await accepted(database, network.regional, READY, QUARTERLY)
        actor = await actor_of(database, network.regional)
        await plan_document(database, actor=actor, document_id=document_id, version=2, now=MONDAY)
        await plan_notices(database, now=MONDAY, days=DAYS)
        return await latest(database)


class TestProgress:
    async def test_it_is_shown_again_once_its_figures_have_changed(
        self, database: Database, network: SmallNetwork, nudge: BroadcastId
    ) -> None:
        (first,) = await progress_to_show(database, now=MONDAY)
        assert (first.account, first.progress.flight.gone) == (account_of(network.regional), 1)
        await note_shown(database, first, message_id=7, now=MONDAY)
        assert await progress_to_show(database, now=MONDAY) == ()
        await claimed(database)
        (last,) = await progress_to_show(database, now=MONDAY)
        assert last.progress.broadcast.message_id == 7, "the same message changes"
        assert last.progress.flight.is_over
        await note_shown(database, last, message_id=7, now=MONDAY)
        assert await self._watched(database) == []

    async def test_a_small_one_troubles_nobody(
        self, database: Database, network: SmallNetwork, nudge: BroadcastId, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("bot.services.show_progress.LEAST_SHOWN", 4)
        assert await progress_to_show(database, now=MONDAY) == ()
        assert await self._watched(database) == [nudge]
        await claimed(database)
        assert await progress_to_show(database, now=MONDAY) == ()
        assert await self._watched(database) == [], "and is forgotten when it is over"

    async def test_it_waits_until_all_messages_are_written(self, database: Database, network: SmallNetwork) -> None:
        document_id = await accepted(database, network.regional, READY)
        actor = await actor_of(database, network.regional)
        await plan_document(database, actor=actor, document_id=document_id, version=2, now=MONDAY)
        assert await progress_to_show(database, now=MONDAY) == ()
        await plan_notices(database, now=MONDAY, days=DAYS)
        (shown,) = await progress_to_show(database, now=MONDAY)
        assert (shown.progress.flight.gone, shown.progress.flight.total) == (0, 3)

    async def test_it_is_seen_as_soon_as_they_are(self, database: Database, network: SmallNetwork) -> None:
        """While a million messages are written those that stand are not counted, nor left alone for as long as that."""
        document_id = await accepted(database, network.regional, READY)
        actor = await actor_of(database, network.regional)
        await plan_document(database, actor=actor, document_id=document_id, version=2, now=MONDAY)
        await plan_notices(database, now=MONDAY, days=DAYS)
        async with database.write() as tx:
            await tx._connection.execute(update(occurrences).values(needs_planning=True))
        rests = Rests()
        assert await progress_to_show(database, now=MONDAY, rests=rests) == ()
        await plan_notices(database, now=MONDAY, days=DAYS)
        assert len(await progress_to_show(database, now=MONDAY, rests=rests)) == 1

    async def test_a_paused_one_outlives_the_message_that_showed_it(
        self, database: Database, network: SmallNetwork, nudge: BroadcastId
    ) -> None:
        """He deletes it, or blocks the bot: nothing goes out, and «Продолжить» comes in a new message."""
        actor = await actor_of(database, network.regional)
        (first,) = await progress_to_show(database, now=MONDAY)
        await note_shown(database, first, message_id=7, now=MONDAY)
        await stop_broadcast(database, actor=actor, broadcast_id=nudge, now=MONDAY)
        await claimed(database)

        await stop_showing(database, nudge, now=MONDAY)

        assert await claimed(database) == []
        (anew,) = await progress_to_show(database, now=MONDAY)
        assert (anew.progress.broadcast.message_id, anew.progress.flight.stopped_at) == (None, MONDAY)
        await resume_broadcast(database, actor=actor, broadcast_id=nudge, now=LATER)
        assert len(await claimed(database, now=LATER)) == 2

    async def test_a_paused_one_outlives_the_account_of_its_sender(
        self, database: Database, network: SmallNetwork, nudge: BroadcastId
    ) -> None:
        actor = await actor_of(database, network.regional)
        await stop_broadcast(database, actor=actor, broadcast_id=nudge, now=MONDAY)
        async with database.write() as tx:
            await tx._connection.execute(delete(accounts).where(accounts.c.person_id == network.regional))
        assert await progress_to_show(database, now=MONDAY) == ()
        assert await claimed(database) == []
        assert await self._watched(database) == [nudge]

    async def test_those_whose_night_it_is_are_counted_apart(
        self, database: Database, network: SmallNetwork, nudge: BroadcastId
    ) -> None:
        async with database.write() as tx:
            waiting = update(notices).where(notices.c.state == "planned")
            await tx._connection.execute(waiting.values(due_at=MONDAY + timedelta(hours=9)))
        (shown,) = await progress_to_show(database, now=MONDAY)
        assert shown.progress.flight.later == 2

    async def test_one_of_which_nothing_is_due_is_counted_once_a_minute(
        self, database: Database, network: SmallNetwork, nudge: BroadcastId
    ) -> None:
        """Or as soon as its sender has paused it, or let it go on."""
        rests, actor = Rests(), await actor_of(database, network.regional)
        in_a_minute = MONDAY + timedelta(minutes=1)
        async with database.write() as tx:
            waiting = update(notices).where(notices.c.state == "planned")
            await tx._connection.execute(waiting.values(due_at=MONDAY + timedelta(hours=9)))
        assert len(await progress_to_show(database, now=MONDAY, rests=rests)) == 1
        assert await progress_to_show(database, now=MONDAY + timedelta(seconds=3), rests=rests) == ()
        assert len(await progress_to_show(database, now=in_a_minute, rests=rests)) == 1
        await stop_broadcast(database, actor=actor, broadcast_id=nudge, now=in_a_minute)
        assert len(await progress_to_show(database, now=in_a_minute, rests=rests)) == 1

    @pytest.mark.parametrize(("total", "seconds"), [(100, 0.01), (300_000, 30)])
    async def test_the_larger_one_is_the_more_seldom_all_of_it_is_counted(
        self, database: Database, nudge: BroadcastId, total: int, seconds: float
    ) -> None:
        """What it shows changes with every look, and that alone is no reason to look again."""
        rests, flight = Rests(), Flight(gone=10, total=total, stopped_at=None, is_planned=True)
        async with database.read() as tx:
            ((broadcast, _),) = await tx.broadcasts.running()
        rests.begin(broadcast, flight, MONDAY)
        enough = MONDAY + timedelta(seconds=seconds)
        assert rests.hold(replace(broadcast, shown=flight.mark), enough - timedelta(milliseconds=2))
        assert not rests.hold(broadcast, enough)
        assert not rests.hold(replace(broadcast, stopped_at=MONDAY), MONDAY)

    async def _watched(self, database: Database) -> list[BroadcastId]:
        async with database.read() as tx:
            return [broadcast.id for broadcast, _ in await tx.broadcasts.running()]


async def test_what_stands_of_something_else_is_not_said_of_an_event(
    database: Database, network: SmallNetwork, nudge: BroadcastId
) -> None:
    occurrence_id = await open_webinar(database, network)
    actor = await actor_of(database, network.regional)
    await stop_broadcast(database, actor=actor, broadcast_id=nudge, now=MONDAY)
    async with database.read() as tx:
        assert (await tx.broadcasts.announcement(occurrence_id, now=MONDAY)).stopped_at is None
