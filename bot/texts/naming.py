"""How a person is named to others."""

from __future__ import annotations

from bot.domain.ids import PersonId
from bot.texts.catalogue import plain


def shown_name(full_name: str, person_id: PersonId, *, without_personal_data: bool) -> str:
    """The full name; «Участник № 12» where messages carry no personal data, and for somebody who was erased."""
    if without_personal_data or not full_name:
        return plain("person-number", id=str(person_id))
    return full_name
