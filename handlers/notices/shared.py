"""One message for many readers: put into words once, with the number of each reader's own matter in its buttons.

Of thousands who are told of one event nearly all are told the very same, and the words are most of what a notice costs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.domain.ids import AssignmentId, NoticeId
from bot.ports.messenger import OutgoingMessage
from bot.services.view_notices import Alike, NoticeView

Say = Callable[[NoticeView], OutgoingMessage | None]

_STAND_IN = AssignmentId(1_999_999_973)
"""In place of the number while the words are made: no other number in the same buttons is as large."""


def compose_alike(alike: Alike, say: Say) -> Mapping[NoticeId, OutgoingMessage | None]:
    """The messages of notices that read alike."""
    view, dues = alike
    if len(dues) == 1:
        return {view.due.notice.id: say(view)}
    message = say(_of(view, _STAND_IN)) if len(view.matters) == 1 else None
    if message is not None and _is_only_sent_back(message):
        return {due.notice.id: _to_owner_of(due.notice.assignment_id, message) for due in dues}
    return {due.notice.id: say(_of(alike.of(due), due.notice.assignment_id)) for due in dues}


def _of(view: NoticeView, assignment_id: AssignmentId | None) -> NoticeView:
    """With the number of its own notice's matter, which was read for another one."""
    if assignment_id is None:
        return view
    matters = [replace(one, assignment=replace(one.assignment, id=assignment_id)) for one in view.matters]
    return replace(view, matters=tuple(matters))


def _is_only_sent_back(message: OutgoingMessage) -> bool:
    """The number stands nowhere but in what the buttons send back."""
    shown = [{**button, "callback_data": None} for row in _rows(message) for button in row]
    return str(_STAND_IN) not in f"{message.text}{shown}"


def _to_owner_of(assignment_id: AssignmentId | None, message: OutgoingMessage) -> OutgoingMessage:
    if message.buttons is None:
        return message
    return OutgoingMessage(message.text, message.buttons, message.replaces, (str(_STAND_IN), str(assignment_id)))


def _rows(message: OutgoingMessage) -> list[list[Mapping[str, Any]]]:
    rows: list[list[Mapping[str, Any]]] = [] if message.buttons is None else message.buttons["inline_keyboard"]
    return rows
