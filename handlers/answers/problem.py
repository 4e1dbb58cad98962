"""What the coordinator above is told when somebody says «Есть проблема»."""

from __future__ import annotations

from bot.domain.matters import Answer, Matter
from bot.texts.catalogue import Markup, say
from bot.texts.wording import short_name, shorten

_TITLE = 200


def problem_notice(matter: Matter, *, without_personal_data: bool = False) -> Markup | None:
    """The words of an INFO notice whose detail is ``{"event": "problem", "assignment_id": …}``.

    None when the problem is gone by the time of sending: then there is nothing to tell. ``without_personal_data``:
    the school is named, the person is not.
    """
    if matter.assignment.answer is not Answer.PROBLEM:
        return None
    is_named = matter.assignment.person_id is not None and not without_personal_data
    person = matter.answered_by_name if is_named else None
    return say(
        "problem-of-person" if person else "problem-of-school",
        unit=matter.unit_title,
        person=short_name(person or ""),
        title=shorten(matter.title, _TITLE),
        text=matter.assignment.comment or "…",
    )
