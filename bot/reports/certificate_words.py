"""What a certificate says, whatever file it stands in."""

from __future__ import annotations

from typing import TypedDict
from zoneinfo import ZoneInfo

from bot.services.export_attendance import Certificate
from bot.texts.catalogue import plain
from bot.texts.spans import paper_span


class CertificateWords(TypedDict):
    """``words``: those that stand on every one of a kind."""

    organiser: str
    name: str
    unit: str
    title: str
    when: str
    words: dict[str, str]


def certificate_words(certificate: Certificate) -> CertificateWords:
    """Days are those of the event's own place."""
    event = certificate.event
    words = {name: plain(f"certificate-{name}") for name in ("heading", "of", "given", "signature")}
    words["took_part"] = plain("certificate-took-part", kind=event.kind.value)
    words["number"] = plain("certificate-number", number=certificate.number)
    return CertificateWords(
        organiser=certificate.organiser,
        name=certificate.full_name,
        unit=certificate.unit_title,
        title=event.title,
        when=paper_span(event.due_at, event.ends_at, ZoneInfo(event.timezone), with_hours=False),
        words=words,
    )
