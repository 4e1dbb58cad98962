"""The buttons of choosing an audience: whose it is, its version, what was tapped; never rights."""

from __future__ import annotations

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from bot.domain.matters import ActivityKind
from bot.services.choose_audience import AudienceOf


class Page(StrEnum):
    """Which of the screens."""

    MAIN = "m"
    WHERE = "w"
    EXCEPT = "x"
    EXCEPT_TAGS = "y"
    EXCEPT_PEOPLE = "p"
    TAGS = "t"
    PROGRAMMES = "g"
    ANSWERS = "a"


class Choice(StrEnum):
    """What of an audience a tap changes."""

    SCHOOLS = "s"
    PEOPLE = "p"
    ROLE = "r"
    COHORT = "c"
    PROGRAMME = "g"
    TAG = "t"
    PART = "w"
    EVERYWHERE = "e"
    WITHOUT_PART = "x"
    WITHOUT_TAG = "y"
    WITHOUT_PERSON = "z"
    SAID = "a"
    ANYBODY = "n"  # whatever they said elsewhere
    AS_DOCUMENT = "d"


class ShowAudience(CallbackData, prefix="ua"):
    of: AudienceOf
    subject: int
    page: Page = Page.MAIN
    number: int = 0


class ChooseAudience(CallbackData, prefix="uc"):
    """``value``: a role, the id of a unit or a person, the checksum of a word, or a date and what was said there.

    ``number``: of the page that the tap was made on.
    """

    of: AudienceOf
    subject: int
    version: int
    choice: Choice
    value: str = ""
    number: int = 0


class ListAnswered(CallbackData, prefix="ul"):
    """The dates of events, or of tasks."""

    of: AudienceOf
    subject: int
    kind: ActivityKind
    number: int = 0


class ShowSaid(CallbackData, prefix="us"):
    """What can be chosen by, of the answers to one date."""

    of: AudienceOf
    subject: int
    date: int
