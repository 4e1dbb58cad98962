"""«Лист регистрации»: those who come, with room for a signature."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.ports.afterwards import ListRow
from bot.reports.templates.compose import SIGN_LIST
from bot.reports.word_template import filled
from bot.services.export_attendance import AttendanceExport
from bot.texts.catalogue import plain
from bot.texts.spans import paper_span


def sign_list_docx(export: AttendanceExport) -> bytes:
    """In the order of the export: by school and name. The time is on the clock of the event's own place."""
    event, people = export.event, export.signing
    words = {name: plain(f"sign-list-{name}") for name in ("number", "name", "unit", "role", "signature")}
    words["heading"] = plain("sign-list-heading", kind=event.kind.value)
    words["total"] = plain("sign-list-total", n=len(people))
    leader = event.details.leader
    words["signed_by"] = plain("sign-list-signed-by", leader=leader or "", named="yes" if leader else "no")
    place = event.details.place
    context = {
        "organiser": export.organiser,
        "title": event.title,
        "when": paper_span(event.due_at, event.ends_at, ZoneInfo(event.timezone)),
        "place": plain("sign-list-place", place=place) if place else "",
        "words": words,
        "people": [_row(number, one) for number, one in enumerate(people, start=1)],
    }
    return filled(SIGN_LIST, context)


def _row(number: int, row: ListRow) -> dict[str, str]:
    return {
        "number": str(number),
        "name": row.attendee.full_name,
        "unit": row.attendee.unit_title,
        "role": ", ".join(plain("role-name", role=role.value) for role in row.roles),
    }
