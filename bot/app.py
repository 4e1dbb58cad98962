"""The composition root: the one place that knows every part and puts them together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.methods import TelegramMethod

from bot.clock import Clock
from bot.config import Settings
from bot.documents.isolation import read_attendance, read_file, read_form
from bot.domain.calendar import WorkCalendar
from bot.domain.delivery import Outcome
from bot.domain.ids import PersonId
from bot.domain.network import Reach
from bot.file_making import file_makers
from bot.monitoring import Monitoring
from bot.ports.storage import Stores
from bot.ports.trouble import StorageDownError
from bot.scheduler import Job, Scheduler
from bot.services.archive_old import archive_old
from bot.services.assign_newcomers import assign_newcomers, assign_the_changed
from bot.services.gather_team import plan_teams
from bot.services.get_ready import get_ready
from bot.services.give_feedback import ask_feedback
from bot.services.keep_seats import pass_on_seats
from bot.services.note_reach import note_reaches
from bot.services.open_occurrences import open_occurrences
from bot.services.plan_notices import note_newcomers, plan_notices
from bot.services.plan_overdue import next_summary_at, plan_overdue
from bot.services.show_progress import Rests
from bot.services.tell_unheard import tell_unheard
from bot.telegram.answer_models import kept_answer_models
from bot.telegram.backlog import Backlog
from bot.telegram.forgiving import ForgivingMiddleware, tap_in_hand
from bot.telegram.intake import Intake
from bot.telegram.lean_session import LeanSession
from bot.telegram.messenger import BotMessenger
from bot.telegram.owners import Owners
from bot.telegram.paced_replies import PacedReplies
from bot.telegram.sender import Sender
from bot.telegram.serving import Serving, run_together, unless_stopped
from bot.telegram.silence import Silence
from bot.telegram.updates import TelegramUpdates, understood
from bot.texts.catalogue import say, whole_catalogue
from handlers.broadcasts.progress import show_progress
from handlers.commands import Audience, menu
from handlers.notices.composing import Composer
from handlers.parked import parked_keyboard
from handlers.routing import build_dispatcher
from storage.archive import archive_of, keep_rows
from storage.backups import make_nightly
from storage.database import Database
from storage.errors import DatabaseUnusableError
from storage.migrating import migrate, sqlite_file
from storage.room import free_bytes, is_little

log = structlog.get_logger()

_CONNECTIONS = 200
_DEFAULTS = DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview_is_disabled=True)
_GRACE = 20.0  # seconds for what is in flight when the program is asked to stop
_INBOX_MEMORY = timedelta(days=2)  # Telegram repeats an update for a day at most
_NIGHT_ENDS = 3  # o'clock in the network's zone: the copy of a night holds the whole day before it
_MEGABYTE = 1024 * 1024
_FIRST_LOOK = timedelta(days=1)  # newcomers of this time before the start are looked at anew


class App:
    """The whole bot, in one process. Made by ``build``; ``run`` serves until it is told to stop.

    ``tick`` and ``drain`` do what is due now and return: for a clock that is moved, and for tests.
    """

    def __init__(self, settings: Settings, clock: Clock, database: Database, *, chat_pause: float = 1.0) -> None:
        token = settings.bot_token.get_secret_value()
        self.settings = settings
        self.clock = clock
        self.storage = database
        self.days = WorkCalendar()
        session = _build_session(settings.telegram_api_url)
        self.bot = Bot(token, session=session, default=_DEFAULTS)
        self._owners = owners = Owners(self.bot, settings, clock, database)
        self.silence = Silence(database, clock, owners.note_over)
        database.watch(self._owners.note_storage)
        self._answer_models = kept_answer_models()
        self.dispatcher = _build_dispatcher(database, clock, settings)
        self.dispatcher.workflow_data["wake_backlog"] = lambda: self.backlog.wake()
        kinds = [*self.dispatcher.resolve_used_update_types(skip_events={"error", "update"})]
        self._source = source = TelegramUpdates(settings.telegram_api_url, token, kinds)
        self.monitoring = Monitoring(
            database,
            clock,
            lambda: self.intake.last_contact,
            lambda: self.silence.reasons,
            lambda: database.is_ailing,
        )
        self.backlog: Backlog = Backlog(
            database,
            clock,
            self._handle,
            self._tell_of_parked,
            on_fate=self.monitoring.note_update,
            is_cut_off=lambda: self.intake.is_cut_off,
        )
        self.intake: Intake = Intake(database, clock, source, self.backlog, self.silence, owners.note_rival)
        self.sender = self._build_sender(session, chat_pause)
        session.middleware(PacedReplies(self.sender.pacer))
        self.scheduler = Scheduler(self._jobs(), on_jump=self._owners.note_jump)
        self._serving = Serving(self.bot, settings, clock, self.intake, kinds)
        self._newcomers_since = clock.now() - _FIRST_LOOK
        self._looked_through: int | None = None
        self._rests = Rests()
        self._has_little_room = False

    @classmethod
    async def build(cls, settings: Settings, clock: Clock, *, chat_pause: float = 1.0) -> App:
        """Brings the database up to date and puts the parts together; nothing is sent or fetched yet.

        Raises DatabaseTooNewError and DatabaseUnusableError.
        """
        report = await migrate(settings.database_url, now=clock.now())
        if report.before != report.after:
            log.info("database migrated", before=report.before, after=report.after, backup=str(report.backup or ""))
        database = Database(settings.database_url, outlives_power=settings.sqlite_synchronous == "full")
        whole_catalogue()  # as the next: it would hold the loop when the first person writes
        await get_ready(database)
        return cls(settings, clock, database, chat_pause=chat_pause)

    async def run(self, stop: asyncio.Event, *, takes_over: bool = False) -> None:
        """Serves until ``stop`` is set, lets what is in flight end (20 s at most) and closes everything.

        ``takes_over``: also from a program at another address that Telegram brings the updates to. Raises
        TokenRefusedError when Telegram does not know the token, AnotherInstanceError.
        """
        try:
            if await unless_stopped(stop, self._begin(stop, takes_over)):
                self.scheduler.start()
                log.info("the bot is running", send_rate=self.settings.send_rate)
                async with self._monitored():
                    await self._serve(stop)
        finally:
            self.scheduler.stop()
            await self.close()
        log.info("the bot has stopped")

    async def tick(self) -> dict[str, int]:
        """Runs every job once and sends everything that is due now; what each of them did."""
        done = await self.scheduler.run_all_now()
        return {**done, "sent": await self.sender.drain()}

    async def drain(self) -> dict[str, int]:
        """Handles every update that Telegram has for us, then ``tick``. Not beside ``run``, which polls already."""
        handled = await self.intake.drain()
        return {"handled": handled, **await self.tick()}

    async def next_due_at(self) -> datetime | None:
        """When something will be sent next if nobody does anything: for «к следующему событию»."""
        now = self.clock.now()
        async with self.storage.read() as tx:
            notice_at = await tx.notices.next_due_at()
        summary_at = await next_summary_at(self.storage, days=self.days, now=now)
        return min((at for at in (notice_at, summary_at) if at is not None), default=None)

    async def close(self) -> None:
        await self._owners.close()
        await self._source.close()
        await self.bot.session.close()
        await self.storage.close()

    def _build_sender(self, session: LeanSession, chat_pause: float) -> Sender:
        return Sender(
            self.storage,
            self.clock,
            BotMessenger(self.bot, session, is_paid=self.settings.paid_broadcast),
            Composer(self.storage, self.clock, without_personal_data=self.settings.without_personal_data),
            days=self.days,
            rate=self.settings.send_rate,
            on_unreachable=self._note_unreachable,
            silence=self.silence,
            on_outcome=self.monitoring.note_outcome,
            chat_pause=chat_pause,
            home=ZoneInfo(self.settings.timezone),
        )

    async def _begin(self, stop: asyncio.Event, takes_over: bool) -> None:
        """Waits for Telegram and for the database as long as it takes."""
        await self._serving.introduce(stop, self._menus(), takes_over=takes_over)
        while True:
            try:
                await self.silence.recover()
                await self.sender.recover()
                break
            except StorageDownError:
                await asyncio.sleep(1)
        await self.scheduler.run_all_now()

    async def _serve(self, stop: asyncio.Event) -> None:
        parts = [
            asyncio.create_task(self.sender.run(stop), name="sender"),
            asyncio.create_task(self.backlog.run(stop), name="backlog"),
            asyncio.create_task(self._serving.take_updates(stop), name="intake"),
        ]
        await run_together(parts, stop, grace=_GRACE)

    @asynccontextmanager
    async def _monitored(self) -> AsyncIterator[None]:
        if self.settings.metrics_listen is None:
            yield
            return
        async with self.monitoring.served(self.settings.metrics_listen):
            yield

    def _jobs(self) -> Sequence[Job]:
        return (
            Job("open occurrences", lambda: open_occurrences(self.storage, now=self.clock.now()), 3600),
            Job("newcomers", self._note_newcomers, 60),
            Job("all newcomers", self._assign_the_changed, 3600),
            Job("plan notices", self._plan_notices, 5),
            Job("show progress", self._show_progress, 3),
            Job("pass on seats", self._pass_on_seats, 10),
            Job("school teams", lambda: plan_teams(self.storage, days=self.days, now=self.clock.now()), 60),
            Job("plan overdue", lambda: plan_overdue(self.storage, days=self.days, now=self.clock.now()), 300),
            Job("unheard questions", self._tell_unheard, 600),
            Job("ask feedback", lambda: ask_feedback(self.storage, now=self.clock.now()), 60),
            Job("expire notices", self._expire, 60),
            Job("forget updates", self._forget_updates, 3600),
            Job("nightly backup", self._back_up, 3600),
            Job("archive", self._archive, 3600),
            Job("room on the disk", self._look_for_room, 600),
        )

    async def _plan_notices(self) -> int:
        return self._waking(await plan_notices(self.storage, days=self.days, now=self.clock.now))

    async def _show_progress(self) -> int:
        return await show_progress(self.storage, self.bot, now=self.clock.now(), rests=self._rests)

    async def _pass_on_seats(self) -> int:
        return self._waking(await pass_on_seats(self.storage, now=self.clock.now()))

    def _waking(self, planned: int) -> int:
        if planned:
            self.sender.wake()
        return planned

    async def _note_newcomers(self) -> int:
        now = self.clock.now()
        assigned = await assign_newcomers(self.storage, now=now, joined_since=self._newcomers_since)
        noted = await note_newcomers(self.storage, since=self._newcomers_since, now=now)
        self._newcomers_since = now - timedelta(minutes=1)  # what was committed while we looked is looked at again
        return assigned + noted

    async def _assign_the_changed(self) -> int:
        now = self.clock.now()
        assigned, self._looked_through = await assign_the_changed(self.storage, now=now, as_of=self._looked_through)
        return assigned

    async def _expire(self) -> int:
        async with self.storage.write() as tx:
            return await tx.notices.expire(now=self.clock.now())

    async def _forget_updates(self) -> int:
        async with self.storage.write() as tx:
            return await tx.inbox.forget(handled_before=self.clock.now() - _INBOX_MEMORY)

    async def _back_up(self) -> int:
        today = self.clock.now().astimezone(ZoneInfo(self.settings.timezone))
        file, keep_days = sqlite_file(self.settings.database_url), self.settings.backup_keep_days
        if file is None or not keep_days or today.hour < _NIGHT_ENDS:
            return 0
        try:
            made = await asyncio.to_thread(make_nightly, file, today=today, keep_days=keep_days)
        except DatabaseUnusableError as error:
            self._owners.note_copy(error.reason)
            return 0
        if made:
            self._owners.note_copy(None)
        return made

    async def _look_for_room(self) -> int:
        file = sqlite_file(self.settings.database_url)
        if file is None:
            return 0
        try:
            free = free_bytes(file)
        except OSError:  # a disk that is gone: whoever writes to the database tells of that
            return 0
        self._has_little_room = is_little(free, was_little=self._has_little_room)
        self._owners.note_room(free // _MEGABYTE if self._has_little_room else None)
        return 0

    async def _archive(self) -> int:
        now, file, days = self.clock.now(), sqlite_file(self.settings.database_url), self.settings.archive_after_days
        if file is None or not days or now.astimezone(ZoneInfo(self.settings.timezone)).hour < _NIGHT_ENDS:
            return 0  # the copy of the night comes first
        archive = archive_of(file)
        return await archive_old(
            self.storage, lambda old: asyncio.to_thread(keep_rows, archive, old), before=now - timedelta(days=days)
        )

    async def _handle(self, payload: Mapping[str, Any]) -> None:
        update = understood(payload, self.bot)
        tap_in_hand.set(payload.get("callback_query"))
        result = await self.dispatcher.feed_update(self.bot, update)
        if isinstance(result, TelegramMethod):  # a handler may return its answer instead of sending it
            await self.bot(result)

    async def _note_unreachable(self, tx: Stores, outcomes: Mapping[PersonId, Outcome]) -> None:
        reaches = {
            person_id: Reach.BLOCKED if outcome is Outcome.BLOCKED else Reach.DELETED
            for person_id, outcome in outcomes.items()
        }
        await note_reaches(tx, reaches, now=self.clock.now())

    async def _tell_unheard(self) -> int:
        return await tell_unheard(self.storage, owner_accounts=self.settings.owner_ids, now=self.clock.now())

    async def _tell_of_parked(self, update_id: int, error: str) -> None:
        words = say("owner-parked", update=str(update_id), error=error[:300])
        await self._owners.tell(words, reply_markup=parked_keyboard())

    def _menus(self) -> Mapping[int | None, Sequence[Any]]:
        """The commands that the messenger offers: to everybody (None), and to each owner."""
        return {None: menu(Audience.PARTICIPANT), **dict.fromkeys(self.settings.owner_ids, menu(Audience.OWNER))}


def _build_session(api_url: str) -> LeanSession:
    session = LeanSession(api=TelegramAPIServer.from_base(api_url), limit=_CONNECTIONS)
    session.middleware(ForgivingMiddleware())
    return session


def _build_dispatcher(database: Database, clock: Clock, settings: Settings) -> Dispatcher:
    dispatcher = build_dispatcher(database, clock, settings)
    # The siblings that handlers may not import are handed to them.
    dispatcher.workflow_data.update(read_file=read_file, read_attendance=read_attendance, read_form=read_form)
    dispatcher.workflow_data.update(file_makers())
    return dispatcher
