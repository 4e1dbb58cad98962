"""What a coordinator reads of all that waits for him."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from bot.ports.reviews import QueueSize
from bot.services.view_reviews import ReviewNews
from handlers.notices.reviews import review_notice
from tests.calendar_days import MONDAY

_READER = ZoneInfo("Europe/Moscow")


@pytest.mark.parametrize(
    ("waiting", "said"),
    [
        (QueueSize(1, 0), "<b>На проверку: 1</b>\n1 ответ ждёт вашего решения."),
        (QueueSize(0, 3), "<b>На проверку: 3</b>\n3 школы просят перенести срок."),
        (QueueSize(5, 21), "<b>На проверку: 26</b>\n5 ответов ждут вашего решения.\n21 школа просит перенести срок."),
    ],
)
def test_answers_and_requests_are_told_apart(waiting: QueueSize, said: str) -> None:
    card = review_notice(
        "review",
        ReviewNews(waiting=waiting),
        None,
        reader=_READER,
        today=MONDAY.date(),
        without_personal_data=False,
    )
    assert card is not None
    assert card.text == f"📥 {said}"


def test_where_all_is_decided_by_then_nothing_is_sent() -> None:
    news = ReviewNews(waiting=QueueSize(0, 0))
    assert review_notice("review", news, None, reader=_READER, today=MONDAY.date(), without_personal_data=False) is None
