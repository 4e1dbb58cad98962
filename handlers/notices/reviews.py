"""Notices about requests and decisions: to the coordinator with his buttons, to the school with its card."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardMarkup

from bot.domain.matters import Answer, Matter
from bot.domain.reviewing import AssignmentRequestState, DecisionKind, Review
from bot.services.review_answers import ReviewedMatter
from bot.services.view_reviews import ReviewNews
from bot.texts.catalogue import Markup, say
from bot.texts.times import day_within
from handlers.answers.card import Card, matter_card
from handlers.reviews.callbacks import ReviewList
from handlers.reviews.screens import answer_screen, button, postponement_card


def review_notice(
    event: str,
    news: ReviewNews,
    matter: Matter | None,
    *,
    reader: ZoneInfo,
    today: date,
    without_personal_data: bool,
) -> Card | None:
    """None where there is nothing to decide or to say any more."""
    if event == "review":
        return _digest(news)
    if matter is None:
        return None
    if event == "postponement":
        return _asked(news, matter, reader, today, without_personal_data)
    if event == "not_ours":
        return _not_ours(news, matter, reader, today)
    heading = _heading(event, news, matter, today)
    if heading is None:
        return None
    card = matter_card(matter, reader=reader, today=today)
    return Card(Markup(f"{heading}\n\n{card.text}"), card.keyboard)


def _digest(news: ReviewNews) -> Card | None:
    if news.waiting is None or not news.waiting.total:
        return None
    answers, requests = news.waiting.answers, news.waiting.requests
    lines = [say("review-digest", n=news.waiting.total)]
    lines += [say("review-digest-answers", n=answers)] if answers else []
    lines += [say("review-digest-requests", n=requests)] if requests else []
    rows = [[button("button-review", ReviewList(), n=news.waiting.total)]]
    return Card(Markup("\n".join(lines)), InlineKeyboardMarkup(inline_keyboard=rows))


def _asked(news: ReviewNews, matter: Matter, reader: ZoneInfo, today: date, without_personal_data: bool) -> Card | None:
    if news.request is None or news.request.state is not AssignmentRequestState.WAITING:
        return None
    return postponement_card(
        news.request, matter, reader=reader, today=today, without_personal_data=without_personal_data
    )


def _not_ours(news: ReviewNews, matter: Matter, reader: ZoneInfo, today: date) -> Card | None:
    if news.mark is None or matter.assignment.answer is not Answer.NOT_OURS or not matter.is_in_review:
        return None
    return Card(*answer_screen(ReviewedMatter(matter, news.mark), reader=reader, today=today))


def _heading(event: str, news: ReviewNews, matter: Matter, today: date) -> Markup | None:
    if event == "postponement_decided" and news.request is not None:
        request = news.request
        if request.granted_on is None:
            return say("news-refused")
        key = "news-postponed" if request.granted_on == request.wanted_on else "news-postponed-other"
        return say(
            key, day=day_within(request.granted_on, today=today), wanted=day_within(request.wanted_on, today=today)
        )
    if news.decision is None:
        return None
    if news.decision.kind is DecisionKind.RETURNED and matter.reviewing.review is Review.RETURNED and matter.is_open:
        return say("news-returned")
    if news.decision.kind is DecisionKind.UNRETURNED and matter.reviewing.review is not Review.RETURNED:
        return say("news-unreturned")
    if news.decision.kind is DecisionKind.EXTENDED and matter.due_on == news.decision.due_on:
        return say("news-extended", day=day_within(matter.due_on, today=today))
    if news.decision.kind is DecisionKind.ACCEPTED and matter.is_accepted:
        return say("news-not-ours" if matter.assignment.answer is Answer.NOT_OURS else "news-accepted")
    return None  # taken back at once, or answered anew before this was sent
