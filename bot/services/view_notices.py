"""What claimed notices are about, as it stands when they are put into words: read at sending, never when planned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from bot.domain.delivery import ONLY_WORD, PASSES_QUIET, Notice, NoticeKind
from bot.domain.events import MaterialPhase
from bot.domain.ids import (
    AskedQuestionId,
    AssignmentId,
    NoticeId,
    OccurrenceId,
    PersonId,
    RequestId,
    SubstitutionId,
    UnitId,
)
from bot.domain.matters import Matter
from bot.domain.network import Role
from bot.ports.afterwards import Feedback, Material
from bot.ports.attendance import EventFacts
from bot.ports.join_requests import JoinRequest
from bot.ports.notices import DueNotice
from bot.ports.selections import SelectionLine
from bot.ports.storage import Storage, Stores
from bot.ports.substitutes import Substitution
from bot.ports.teams import SchoolTeam
from bot.services.announce_decisions import FreedPlace, ToldDecisions, freed_place, told_decisions
from bot.services.ask_about_form import AskedView, view_asked
from bot.services.end_applications import ended_selection
from bot.services.read_proposals import ToldProposal, told_proposal
from bot.services.show_summary import Silence, silences_of
from bot.services.show_threads import ThreadNews, view_thread
from bot.services.view_reviews import ReviewNews, assignment_of, view_review


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who came to an event without an invitation and is not on its list yet."""

    event: EventFacts
    person_id: PersonId
    full_name: str
    unit_title: str


@dataclass(frozen=True, slots=True)
class NoticeView:
    """``matters``: the one the notice is about, or those it lists, the earliest due first.

    ``substitution``: the question to a colleague, with the matter of the one who asks; ``team``: whom a school sends.
    ``asked``: the question of a form that a colleague was asked.
    ``materials``: those it hands out that are there still; ``feedback``: what its reader has said of the event.
    ``review``: a request for another term, or a decision about an answer. ``thread``: what is new in one.
    ``proposal``: one that was decided about. ``decisions``: those of a selection about one's applications;
    ``freed``: a place of a selection that was given back; ``ended``: one that takes no more applications.
    """

    due: DueNotice
    matters: tuple[Matter, ...] = ()
    silences: tuple[Silence, ...] = ()
    request: JoinRequest | None = None
    guest: Guest | None = None
    substitution: Substitution | None = None
    team: SchoolTeam | None = None
    materials: tuple[Material, ...] = ()
    feedback: Feedback | None = None
    asked: AskedView | None = None
    proposal: ToldProposal | None = None
    decisions: ToldDecisions | None = None
    freed: FreedPlace | None = None
    ended: SelectionLine | None = None
    review: ReviewNews | None = None
    thread: ThreadNews | None = None


_OF_ONE_MATTER = frozenset(
    {
        NoticeKind.ANNOUNCEMENT,
        NoticeKind.REMINDER,
        NoticeKind.TODAY,
        NoticeKind.STARTS_SOON,
        NoticeKind.MOVED,
        NoticeKind.NUDGE,
    }
)


async def view_notices(storage: Storage, notices: Sequence[DueNotice]) -> Mapping[NoticeId, NoticeView]:
    """Everything that the words of these notices need, read in one go."""
    async with storage.read() as tx:
        return await _views(tx, notices)


class Alike(NamedTuple):
    """Notices whose messages differ in nothing but the matter that their buttons name; ``view``: of the first."""

    view: NoticeView
    dues: Sequence[DueNotice]

    def of(self, due: DueNotice) -> NoticeView:
        """One of them, with the matter of the first."""
        return replace(self.view, due=due)


async def view_alike(storage: Storage, notices: Sequence[DueNotice]) -> Sequence[Alike]:
    """The same, those together that read alike: of thousands told of one event one is read.

    Both are one reading: an answer given meanwhile is his alone.
    """
    async with storage.read() as tx:
        alike = await _alike(tx, notices)
        firsts = await _views(tx, [group[0] for group in alike])
    return [Alike(firsts[group[0].notice.id], group) for group in alike]


async def _alike(tx: Stores, notices: Sequence[DueNotice]) -> Sequence[Sequence[DueNotice]]:
    about = {due.notice.id: due.notice.assignment_id for due in notices if _is_of_one_matter(due.notice, due.gathered)}
    wanted = [assignment_id for assignment_id in about.values() if assignment_id is not None]
    first = await tx.replies.alike(wanted) if len(wanted) > 1 else {}
    groups: dict[Hashable, list[DueNotice]] = defaultdict(list)
    for due in notices:
        notice, matter = due.notice, about.get(due.notice.id)
        key: Hashable = notice.id
        if matter is not None and matter in first:
            key = (first[matter], notice.kind, notice.days_before, due.zone, *sorted(notice.detail.items()))
        groups[key].append(due)
    return list(groups.values())


def _is_of_one_matter(notice: Notice, gathered: Sequence[Notice]) -> bool:
    is_plain = notice.kind in _OF_ONE_MATTER and notice.detail.keys() <= {ONLY_WORD, PASSES_QUIET}
    return notice.assignment_id is not None and is_plain and not gathered


async def _views(tx: Stores, notices: Sequence[DueNotice]) -> Mapping[NoticeId, NoticeView]:
    asked = {due.notice.id: _assignments_of(due) for due in notices}
    everything = sorted({assignment for ids in asked.values() for assignment in ids})
    matters = await tx.replies.matters(everything) if everything else ()
    views = {}
    for due in notices:
        if (own := await _of_an_event(tx, due)) is not None:
            views[due.notice.id] = own
            continue
        wanted = set(asked[due.notice.id])
        views[due.notice.id] = NoticeView(
            due,
            matters=await _still_his(tx, due, [matter for matter in matters if matter.assignment.id in wanted]),
            silences=await _silences(tx, due) if due.notice.kind is NoticeKind.OVERDUE else (),
            request=await _request(tx, due),
            guest=await _guest(tx, due),
            materials=await _materials(tx, due, matters),
            feedback=await _feedback(tx, due),
        )
    return views


def _assignments_of(due: DueNotice) -> list[AssignmentId]:
    notice = due.notice
    if notice.assignment_id is not None:
        gathered = [other.assignment_id for other in due.gathered if other.assignment_id is not None]
        return [notice.assignment_id, *gathered]
    if "assignment_id" in notice.detail:
        return [AssignmentId(notice.detail["assignment_id"])]
    return [AssignmentId(i) for i in notice.detail.get("assignments", ())]


async def _still_his(tx: Stores, due: DueNotice, matters: Sequence[Matter]) -> tuple[Matter, ...]:
    """Of a list, what the reader still answers for: the claim looks at the one matter that a notice names."""
    if due.notice.assignment_id is not None or not matters:
        return tuple(matters)
    reader = due.notice.person_id
    part = await _part_of(tx, reader)
    units = [await tx.units.get(unit_id) for unit_id in {matter.assignment.unit_id for matter in matters}]
    his = {unit.id for unit in units if unit is not None and unit.path.startswith(part)}
    return tuple(
        matter for matter in matters if matter.assignment.person_id == reader or matter.assignment.unit_id in his
    )


async def _of_an_event(tx: Stores, due: DueNotice) -> NoticeView | None:
    detail = due.notice.detail
    if (news := await view_review(tx, due)) is not None:
        about = assignment_of(news) or detail.get("assignment_id")
        matter = None if about is None else await tx.replies.matter(about)
        return NoticeView(due, () if matter is None else (matter,), review=news)
    if "substitution" in detail:
        substitution = await tx.substitutes.substitution(SubstitutionId(detail["substitution"]))
        matter = None if substitution is None else await tx.replies.matter(substitution.assignment_id)
        return NoticeView(due, () if matter is None else (matter,), substitution=substitution)
    if detail.get("event") == "thread":
        return NoticeView(due, thread=await view_thread(tx, due))
    if "proposal" in detail:
        return NoticeView(due, proposal=await told_proposal(tx, detail))
    if "decisions" in detail:
        return NoticeView(due, decisions=await told_decisions(tx, detail))
    if detail.get("event") == "place_freed":
        return NoticeView(due, freed=await freed_place(tx, detail))
    if detail.get("event") == "applications_over":
        return NoticeView(due, ended=await ended_selection(tx, detail))
    if "asked" in detail:
        return NoticeView(due, asked=await view_asked(tx, AskedQuestionId(detail["asked"])))
    if detail.get("event") == "team":
        return NoticeView(due, team=await tx.teams.team(OccurrenceId(detail["occurrence"]), UnitId(detail["unit"])))
    return None


async def _silences(tx: Stores, due: DueNotice) -> tuple[Silence, ...]:
    scope = await _part_of(tx, due.notice.person_id)
    return await silences_of(tx, scope, due.notice.detail, at=due.notice.due_at)


async def _part_of(tx: Stores, person_id: PersonId) -> tuple[str, ...]:
    memberships = await tx.memberships.of_person(person_id)
    return tuple(membership.unit.path for membership in memberships if membership.role is Role.COORDINATOR)


async def _request(tx: Stores, due: DueNotice) -> JoinRequest | None:
    request_id = due.notice.detail.get("request_id")
    return None if request_id is None else await tx.join_requests.get(RequestId(request_id))


async def _guest(tx: Stores, due: DueNotice) -> Guest | None:
    """None once he is on the list, has left or was erased: there is nothing to decide any more."""
    detail = due.notice.detail
    if detail.get("event") != "guest":
        return None
    event = await tx.attendance.event(OccurrenceId(detail["occurrence_id"]))
    person = await tx.people.get(PersonId(detail["person_id"]))
    if event is None or person is None or await tx.attendance.invited(event.occurrence_id, person.id) is not None:
        return None
    memberships = await tx.memberships.of_person(person.id)
    return Guest(event, person.id, person.full_name, memberships[0].unit.title) if memberships else None


async def _materials(tx: Stores, due: DueNotice, matters: Sequence[Matter]) -> tuple[Material, ...]:
    wanted = due.notice.detail.get("materials", ())
    his = next((matter for matter in matters if matter.assignment.id == due.notice.assignment_id), None)
    if not wanted or his is None:
        return ()
    found = await tx.afterwards.materials(his.activity_id, MaterialPhase.AFTER)
    return tuple(one for one in found if one.id in wanted)


async def _feedback(tx: Stores, due: DueNotice) -> Feedback | None:
    notice = due.notice
    if notice.assignment_id is None or notice.detail.get("event") != "feedback":
        return None
    return await tx.afterwards.feedback_of(notice.assignment_id)
