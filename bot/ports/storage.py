"""What the use cases need of the storage: a transaction with the stores of each table group."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from bot.ports.addressees import Addressees
from bot.ports.afterwards import Afterwards
from bot.ports.announcing import Announcing
from bot.ports.archive import Archive
from bot.ports.asked_questions import AskedQuestions
from bot.ports.attendance import AttendanceMarks
from bot.ports.audit import Audit
from bot.ports.board import Board
from bot.ports.broadcasts import Broadcasts
from bot.ports.calendars import Calendars
from bot.ports.calls import CallDrafts, Proposals
from bot.ports.dialogues import Dialogues
from bot.ports.drafts import Drafts
from bot.ports.editions import Editions
from bot.ports.escalation import Escalation
from bot.ports.event_drafts import EventDrafts
from bot.ports.facts import Facts
from bot.ports.form_drafts import FormDrafts
from bot.ports.forms import Forms
from bot.ports.inbox import Inbox
from bot.ports.indicators import Indicators
from bot.ports.invitations import Invitations
from bot.ports.join_requests import JoinRequests
from bot.ports.ladders import Ladders
from bot.ports.looks import Looks
from bot.ports.matters import Matters
from bot.ports.notices import Notices
from bot.ports.people import Memberships, People
from bot.ports.planning import Planning
from bot.ports.replies import Replies
from bot.ports.reviews import Reviews
from bot.ports.seats import SeatBook
from bot.ports.selections import Applications, SelectionDrafts
from bot.ports.sent_messages import SentMessages
from bot.ports.series import SeriesOfEvents
from bot.ports.substitutes import Substitutes
from bot.ports.tags import Tags
from bot.ports.teams import Teams
from bot.ports.threads import Threads
from bot.ports.units import Units
from bot.ports.webinars import Webinars


class Stores(Protocol):
    """The stores of one transaction. Each is declared beside the use cases that need it, in ``bot.ports``."""

    @property
    def addressees(self) -> Addressees: ...

    @property
    def afterwards(self) -> Afterwards: ...

    @property
    def announcing(self) -> Announcing: ...

    @property
    def applications(self) -> Applications: ...

    @property
    def archive(self) -> Archive: ...

    @property
    def asked_questions(self) -> AskedQuestions: ...

    @property
    def attendance(self) -> AttendanceMarks: ...

    @property
    def calendars(self) -> Calendars: ...

    @property
    def call_drafts(self) -> CallDrafts: ...

    @property
    def dialogues(self) -> Dialogues: ...

    @property
    def drafts(self) -> Drafts: ...

    @property
    def editions(self) -> Editions: ...

    @property
    def escalation(self) -> Escalation: ...

    @property
    def ladders(self) -> Ladders: ...

    @property
    def event_drafts(self) -> EventDrafts: ...

    @property
    def facts(self) -> Facts: ...

    @property
    def form_drafts(self) -> FormDrafts: ...

    @property
    def forms(self) -> Forms: ...

    @property
    def indicators(self) -> Indicators: ...

    @property
    def looks(self) -> Looks: ...

    @property
    def matters(self) -> Matters: ...

    @property
    def notices(self) -> Notices: ...

    @property
    def people(self) -> People: ...

    @property
    def proposals(self) -> Proposals: ...

    @property
    def replies(self) -> Replies: ...

    @property
    def reviews(self) -> Reviews: ...

    @property
    def seats(self) -> SeatBook: ...

    @property
    def selection_drafts(self) -> SelectionDrafts: ...

    @property
    def series(self) -> SeriesOfEvents: ...

    @property
    def substitutes(self) -> Substitutes: ...

    @property
    def tags(self) -> Tags: ...

    @property
    def teams(self) -> Teams: ...

    @property
    def threads(self) -> Threads: ...

    @property
    def sent_messages(self) -> SentMessages: ...

    @property
    def webinars(self) -> Webinars: ...

    @property
    def board(self) -> Board: ...

    @property
    def broadcasts(self) -> Broadcasts: ...

    @property
    def audit(self) -> Audit: ...

    @property
    def inbox(self) -> Inbox: ...

    @property
    def invitations(self) -> Invitations: ...

    @property
    def join_requests(self) -> JoinRequests: ...

    @property
    def memberships(self) -> Memberships: ...

    @property
    def planning(self) -> Planning: ...

    @property
    def units(self) -> Units: ...


class Storage(Protocol):
    def write(self) -> AbstractAsyncContextManager[Stores]:
        """One transaction: committed when the block ends, rolled back when anything leaves it."""

    def write_together(self) -> AbstractAsyncContextManager[Stores]:
        """As ``write``, for what is short and done by many at the same time: those who come while others write are
        stored with them at once. What leaves one block undoes that block alone; where storing fails, each hears of it.
        """

    def read(self) -> AbstractAsyncContextManager[Stores]:
        """A view of the last commit, in which nothing can be written."""

    async def caught_up(self) -> None:
        """Between the many transactions of one long work: waits where the disk has fallen behind them."""
