"""The stores of one transaction, built on its connection."""

from __future__ import annotations

from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.addressees import AddresseeStore
from storage.afterwards import AfterwardsStore
from storage.announcing import AnnouncingStore
from storage.applications import ApplicationStore
from storage.archive import ArchiveStore
from storage.asked_questions import AskedQuestionStore
from storage.attendance import AttendanceStore
from storage.audit import AuditStore
from storage.board import BoardStore
from storage.broadcasts import BroadcastStore
from storage.calendars import CalendarStore
from storage.call_drafts import CallDraftStore
from storage.dialogues import DialogueStore
from storage.drafts import DraftStore
from storage.editions import EditionStore
from storage.escalation import EscalationStore
from storage.event_drafts import EventDraftStore
from storage.facts import FactStore
from storage.form_drafts import FormDraftStore
from storage.forms import FormStore
from storage.inbox import InboxStore
from storage.indicators import IndicatorStore
from storage.invitations import InvitationStore
from storage.join_requests import JoinRequestStore
from storage.ladders import LadderStore
from storage.looks import LookStore
from storage.matters import MatterStore
from storage.memberships import MembershipStore
from storage.notices import NoticeStore
from storage.people import PeopleStore
from storage.planning import PlanningStore
from storage.proposals import ProposalStore
from storage.replies import ReplyStore
from storage.reviews import ReviewStore
from storage.seats import SeatStore
from storage.selection_drafts import SelectionDraftStore
from storage.sent_messages import SentMessageStore
from storage.series import SeriesStore
from storage.substitutes import SubstituteStore
from storage.tags import TagStore
from storage.teams import TeamStore
from storage.threads import ThreadStore
from storage.units import UnitStore
from storage.webinars import WebinarStore


class Transaction:
    """Implements ``bot.ports.storage.Stores``; each store is made when first asked for."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @cached_property
    def addressees(self) -> AddresseeStore:
        return AddresseeStore(self._connection)

    @cached_property
    def afterwards(self) -> AfterwardsStore:
        return AfterwardsStore(self._connection)

    @cached_property
    def announcing(self) -> AnnouncingStore:
        return AnnouncingStore(self._connection)

    @cached_property
    def broadcasts(self) -> BroadcastStore:
        return BroadcastStore(self._connection)

    @cached_property
    def applications(self) -> ApplicationStore:
        return ApplicationStore(self._connection)

    @cached_property
    def selection_drafts(self) -> SelectionDraftStore:
        return SelectionDraftStore(self._connection)

    @cached_property
    def archive(self) -> ArchiveStore:
        return ArchiveStore(self._connection)

    @cached_property
    def asked_questions(self) -> AskedQuestionStore:
        return AskedQuestionStore(self._connection)

    @cached_property
    def attendance(self) -> AttendanceStore:
        return AttendanceStore(self._connection)

    @cached_property
    def call_drafts(self) -> CallDraftStore:
        return CallDraftStore(self._connection)

    @cached_property
    def proposals(self) -> ProposalStore:
        return ProposalStore(self._connection)

    @cached_property
    def escalation(self) -> EscalationStore:
        return EscalationStore(self._connection)

    @cached_property
    def ladders(self) -> LadderStore:
        return LadderStore(self._connection)

    @cached_property
    def event_drafts(self) -> EventDraftStore:
        return EventDraftStore(self._connection)

    @cached_property
    def dialogues(self) -> DialogueStore:
        return DialogueStore(self._connection)

    @cached_property
    def replies(self) -> ReplyStore:
        return ReplyStore(self._connection)

    @cached_property
    def reviews(self) -> ReviewStore:
        return ReviewStore(self._connection)

    @cached_property
    def seats(self) -> SeatStore:
        return SeatStore(self._connection)

    @cached_property
    def series(self) -> SeriesStore:
        return SeriesStore(self._connection)

    @cached_property
    def substitutes(self) -> SubstituteStore:
        return SubstituteStore(self._connection)

    @cached_property
    def tags(self) -> TagStore:
        return TagStore(self._connection)

    @cached_property
    def teams(self) -> TeamStore:
        return TeamStore(self._connection)

    @cached_property
    def webinars(self) -> WebinarStore:
        return WebinarStore(self._connection)

    @cached_property
    def form_drafts(self) -> FormDraftStore:
        return FormDraftStore(self._connection)

    @cached_property
    def forms(self) -> FormStore:
        return FormStore(self._connection)

    @cached_property
    def indicators(self) -> IndicatorStore:
        return IndicatorStore(self._connection)

    @cached_property
    def looks(self) -> LookStore:
        return LookStore(self._connection)

    @cached_property
    def matters(self) -> MatterStore:
        return MatterStore(self._connection)

    @cached_property
    def board(self) -> BoardStore:
        return BoardStore(self._connection)

    @cached_property
    def audit(self) -> AuditStore:
        return AuditStore(self._connection)

    @cached_property
    def inbox(self) -> InboxStore:
        return InboxStore(self._connection)

    @cached_property
    def calendars(self) -> CalendarStore:
        return CalendarStore(self._connection)

    @cached_property
    def invitations(self) -> InvitationStore:
        return InvitationStore(self._connection)

    @cached_property
    def join_requests(self) -> JoinRequestStore:
        return JoinRequestStore(self._connection)

    @cached_property
    def memberships(self) -> MembershipStore:
        return MembershipStore(self._connection)

    @cached_property
    def notices(self) -> NoticeStore:
        return NoticeStore(self._connection)

    @cached_property
    def people(self) -> PeopleStore:
        return PeopleStore(self._connection)

    @cached_property
    def planning(self) -> PlanningStore:
        return PlanningStore(self._connection)

    @cached_property
    def sent_messages(self) -> SentMessageStore:
        return SentMessageStore(self._connection)

    @cached_property
    def threads(self) -> ThreadStore:
        return ThreadStore(self._connection)

    @cached_property
    def units(self) -> UnitStore:
        return UnitStore(self._connection)

    @cached_property
    def drafts(self) -> DraftStore:
        return DraftStore(self._connection)

    @cached_property
    def editions(self) -> EditionStore:
        return EditionStore(self._connection)

    @cached_property
    def facts(self) -> FactStore:
        return FactStore(self._connection)
