from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from bot.domain.ids import ActivityId, OccurrenceId
from bot.domain.matters import Answer, OccurrenceState
from bot.ports.webinars import Invited, WebinarSummary
from bot.services.show_webinars import NAMES, PAGE, InvitedPage, WebinarPage
from handlers.webinars.lists import list_screen, names_screen, webinar_screen
from tests.calendar_days import MONDAY

LONGEST = WebinarSummary(
    OccurrenceId(999_999_999), ActivityId(1), 999, "Ы" * 300, "https://example.org/" + "a" * 480, MONDAY,
    "Asia/Kamchatka", OccurrenceState.OPEN, "/1/", 10_000, 10_000, 10_000,
)  # fmt: skip
FAR = ZoneInfo("Asia/Kamchatka")


def test_the_longest_lists_fit_a_message() -> None:
    invited = tuple(Invited("Ф" * 100, f"{n}" + "Ш" * 200, "п" * 1000) for n in range(NAMES))
    screens = [
        list_screen(WebinarPage((LONGEST,) * PAGE, 10_000, 2), reader=FAR, today=MONDAY.date()),
        webinar_screen(LONGEST, reader=FAR, today=MONDAY.date()),
        names_screen(InvitedPage(LONGEST, invited, 10_000, 2), Answer.NOT_COMING),
    ]

    for text, keyboard in screens:
        assert len(re.sub(r"<[^>]+>", "", text)) <= 4096
        for row in keyboard.inline_keyboard:
            for button in row:
                assert len((button.callback_data or "").encode()) <= 64
