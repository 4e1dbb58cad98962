"""A certificate of participation, for one person, as a file that Word can finish by hand."""

from __future__ import annotations

from bot.reports.certificate_words import certificate_words
from bot.reports.templates.compose import CERTIFICATE
from bot.reports.word_template import filled
from bot.services.export_attendance import Certificate


def certificate_docx(certificate: Certificate) -> bytes:
    """The template, filled."""
    return filled(CERTIFICATE, certificate_words(certificate))
