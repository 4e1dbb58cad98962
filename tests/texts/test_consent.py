"""The consent's wording and its version move together, so that it stays known what a person has agreed to."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bot.domain.consent import CONSENT_VERSION

WORDS = Path(__file__).resolve().parents[2] / "bot" / "texts" / "ru" / "people.ftl"
PUBLISHED = {1: "8deeb4aaf4c5baa7"}


def test_a_changed_wording_has_a_new_version() -> None:
    text = WORDS.read_text(encoding="utf-8").split("\nconsent-text =\n")[1].split("\nconsent-agreed")[0]
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    assert PUBLISHED[CONSENT_VERSION] == digest, "raise CONSENT_VERSION and add the new wording's digest"
