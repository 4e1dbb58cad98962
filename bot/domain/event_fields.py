"""The smaller things that are typed about an event: seats, a place, who leads it, a code, what is read before."""

from __future__ import annotations

import re

from bot.domain.event_drafts import DraftMaterial
from bot.domain.events import Seats, SeatsPer
from bot.domain.names import one_line
from bot.domain.seats import MOST_SEATS
from bot.domain.webinars import BadWebinarError, WebinarProblem, webinar_link

MOST_MATERIALS = 10
MAX_WORDS = 200
MAX_CODE = 50
_SEATS = re.compile(
    r"(?P<main>\d{1,6})(?: мест\w*)?"
    r"(?:(?:[,+]| и)? ?(?:(?:в )?резерв\w*:? ?(?P<reserve>\d{1,6})|(?P<reserve_first>\d{1,6}) (?:в )?резерв\w*"
    r"|(?<=\+)(?P<plus>\d{1,6})))?"
    r"(?:,? ?(?:от|с|на) (?:(?:каждой |одной )?(?P<school>школ\w+)"
    r"|(?:каждого |одного )?(?P<town>муниципалитет\w*|район\w*))"
    r":? ?(?:не больше |до )?(?P<each>\d{1,6}))?",
    re.IGNORECASE,
)
_LINK = re.compile(r"\S+\.\S+")


def read_seats(text: str) -> Seats:
    """«20», «20, резерв 5», «20, резерв 5, от школы 2», «20+5». Raises BadWebinarError."""
    found = _SEATS.fullmatch(one_line(text).replace(" + ", "+"))
    if found is None:
        raise BadWebinarError(WebinarProblem.BAD_SEATS)
    reserve = int(found["reserve"] or found["reserve_first"] or found["plus"] or 0)
    main, each = int(found["main"]), found["each"] and int(found["each"])
    per = SeatsPer.SCHOOL if found["school"] else SeatsPer.MUNICIPALITY if found["town"] else None
    if not 0 < main <= MOST_SEATS or reserve > MOST_SEATS or each == 0:
        raise BadWebinarError(WebinarProblem.BAD_SEATS)
    return Seats(main, reserve, per, each or None)


def short_words(text: str, limit: int = MAX_WORDS) -> str:
    """A place, a name, a code: one line of at most ``limit`` characters. Raises BadWebinarError."""
    words = one_line(text)
    if not words:
        raise BadWebinarError(WebinarProblem.TITLE_EMPTY)
    if len(words) > limit:
        raise BadWebinarError(WebinarProblem.WORDS_TOO_LONG)
    return words


def linked_material(text: str) -> DraftMaterial:
    """«Программа семинара https://…», or the link alone. Raises BadWebinarError."""
    words = one_line(text)
    link = next((word for word in reversed(words.split()) if _LINK.fullmatch(word)), None)
    if link is None:
        raise BadWebinarError(WebinarProblem.BAD_LINK)
    title = words.replace(link, "").strip(" –—-:,")
    return DraftMaterial(short_words(title or link), link=webinar_link(link))
