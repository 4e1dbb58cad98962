"""A certificate of participation, for one person."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.reports.templates.compose import CERTIFICATE
from bot.reports.word_template import filled
from bot.services.export_attendance import Certificate
from bot.texts.catalogue import plain
from bot.texts.spans import paper_span


def certificate_docx(certificate: Certificate) -> bytes:
    """Days are those of the event's own place."""
    event = certificate.event
    names = ("heading", "of", "given", "signature")
    words = {name: plain(f"certificate-{name}") for name in names}
    words["took_part"] = plain("certificate-took-part", kind=event.kind.value)
    words["number"] = plain("certificate-number", number=certificate.number)
    context = {
        "organiser": certificate.organiser,
        "name": certificate.full_name,
        "unit": certificate.unit_title,
        "title": event.title,
        "when": paper_span(event.due_at, event.ends_at, ZoneInfo(event.timezone), with_hours=False),
        "words": words,
    }
    return filled(CERTIFICATE, context)
