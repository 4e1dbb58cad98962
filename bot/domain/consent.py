"""Consent to the processing of personal data: which wording of it was agreed to.

The wording is ``consent-text`` of the catalogue. Whoever changes it raises the version, so that it stays known which
text a person has seen; a test holds the two together.
"""

from __future__ import annotations

from typing import Final

CONSENT_VERSION: Final = 1
