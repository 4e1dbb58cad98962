"""Internal identifiers. A messenger's own ids (chats, messages) live in its adapter."""

from __future__ import annotations

from typing import NewType

UnitId = NewType("UnitId", int)
PersonId = NewType("PersonId", int)
MembershipId = NewType("MembershipId", int)
InvitationId = NewType("InvitationId", int)
RequestId = NewType("RequestId", int)
DocumentId = NewType("DocumentId", int)
RowId = NewType("RowId", int)
ActivityId = NewType("ActivityId", int)
OccurrenceId = NewType("OccurrenceId", int)
AssignmentId = NewType("AssignmentId", int)
NoticeId = NewType("NoticeId", int)
SeriesId = NewType("SeriesId", int)
EventDraftId = NewType("EventDraftId", int)
ReplyId = NewType("ReplyId", int)
SubstitutionId = NewType("SubstitutionId", int)
MaterialId = NewType("MaterialId", int)
FormId = NewType("FormId", int)
FormVersionId = NewType("FormVersionId", int)
SubmissionId = NewType("SubmissionId", int)
AskedQuestionId = NewType("AskedQuestionId", int)
AssignmentRequestId = NewType("AssignmentRequestId", int)
DecisionId = NewType("DecisionId", int)
LadderId = NewType("LadderId", int)
ThreadId = NewType("ThreadId", int)
ThreadMessageId = NewType("ThreadMessageId", int)
CallDraftId = NewType("CallDraftId", int)
ProposalId = NewType("ProposalId", int)
