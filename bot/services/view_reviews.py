"""What a notice about a request or a decision needs, read at sending like everything else."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.ids import AssignmentId, AssignmentRequestId, DecisionId
from bot.domain.network import Role
from bot.domain.reviewing import AnswerMark, AssignmentRequest
from bot.ports.notices import DueNotice
from bot.ports.reviews import PastDecision, QueueSize
from bot.ports.storage import Stores


@dataclass(frozen=True, slots=True)
class ReviewNews:
    """``mark``: of the answer that the coordinator is asked about; ``waiting``: how much waits for him."""

    request: AssignmentRequest | None = None
    decision: PastDecision | None = None
    mark: AnswerMark | None = None
    waiting: QueueSize | None = None


async def view_review(tx: Stores, due: DueNotice) -> ReviewNews | None:
    """None for a notice about anything else."""
    detail = due.notice.detail
    match detail.get("event"):
        case "postponement" | "postponement_decided":
            return ReviewNews(request=await tx.reviews.request(AssignmentRequestId(detail["postponement"])))
        case "accepted" | "returned" | "unreturned" | "extended":
            return ReviewNews(decision=await tx.reviews.decision(DecisionId(detail["decision"])))
        case "not_ours":
            return ReviewNews(mark=await tx.reviews.mark(AssignmentId(detail["assignment_id"])))
        case "review":
            memberships = await tx.memberships.of_person(due.notice.person_id)
            scope = [one.unit.path for one in memberships if one.role is Role.COORDINATOR]
            return ReviewNews(waiting=await tx.reviews.queue_size(scope, due.notice.person_id))
        case _:
            return None


def assignment_of(news: ReviewNews) -> AssignmentId | None:
    """The matter that a request or a decision is about."""
    about = news.request or news.decision
    return None if about is None else about.assignment_id
