"""Telephone numbers as people type them."""

from __future__ import annotations

import re

from bot.domain.errors import DomainError

_DIGITS = range(10, 16)  # E.164 has up to fifteen
_SIGNS = re.compile(r"[\d\s()+.\-–−]+(?:\s*(?:доб\.?|ext\.?)\s*\d{1,6})?", re.IGNORECASE)
_RUSSIAN = 11


class BadPhoneError(DomainError):
    """This cannot be a telephone number."""


def phone_number(typed: str) -> str:
    """«8 (930) 123-45-67» is «+7 930 123-45-67»; a number of another country keeps its digits. Raises BadPhoneError."""
    text = " ".join(typed.split())
    number, _, extension = re.sub(r"(?i)\s*(доб\.?|ext\.?)\s*", "|", text, count=1).partition("|")
    digits = re.sub(r"\D", "", number)
    if not _SIGNS.fullmatch(text) or len(digits) not in _DIGITS:
        raise BadPhoneError("not a telephone number")
    if len(digits) == _RUSSIAN - 1 and not number.startswith("+"):
        digits = "7" + digits
    if len(digits) == _RUSSIAN and digits[0] in "78" and not number.startswith("+8"):
        rest = digits[1:]
        said = f"+7 {rest[:3]} {rest[3:6]}-{rest[6:8]}-{rest[8:]}"
    else:
        said = f"+{digits}"
    return f"{said} доб. {extension}" if extension else said
