"""What is told of a selection, in words: to applicants of decisions, to those who select of a place given back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.ids import ActivityId, ApplicationId, AssignmentId, OccurrenceId, PersonId, UnitId
from bot.domain.matters import OccurrenceState
from bot.domain.selection import Application, ApplicationState, News, Selection, lists_of
from bot.ports.selections import SelectionLine
from bot.services.announce_decisions import FreedPlace, ToldDecisions
from handlers.answers.card import Card
from handlers.selections.news import decisions_news, freed_news
from tests.calendar_days import MONDAY

WAITING, MAIN, RESERVE, DECLINED, WITHDRAWN = ApplicationState
LINE = SelectionLine(
    OccurrenceId(1),
    ActivityId(1),
    1,
    OccurrenceState.OPEN,
    UnitId(9),
    "/9/",
    "Отбор <тьюторов>",
    "",
    MONDAY + timedelta(days=20),
    "Europe/Moscow",
    Selection(places=2, reserve=1, quotas={UnitId(1): 1}),
    is_of_people=True,
    asked=4,
    counts={},
)
HIS = Application(
    id=ApplicationId(1),
    occurrence_id=OccurrenceId(1),
    assignment_id=AssignmentId(1),
    number=1,
    unit_id=UnitId(11),
    unit_title="Школа № 7",
    part=UnitId(1),
    part_title="г. Тында",
    person_id=PersonId(5),
    person_name="Цой Марина Викторовна",
    about=None,
    state=MAIN,
    version=2,
    applied_at=MONDAY,
    told=MAIN,
)
OF_SCHOOL = replace(HIS, person_id=None, person_name=None, about="Петров Иван")


@pytest.mark.parametrize(
    ("application", "news", "expected"),
    [
        (HIS, News.MAIN, "Вы прошли отбор: основной список"),
        (OF_SCHOOL, News.MAIN, "Заявка прошла отбор: основной список"),
        (HIS, News.RESERVE, "Заявка в резерве."),
        (replace(HIS, reason="Нет стажа"), News.DECLINED, "Координатор пишет: Нет стажа"),
        (HIS, News.DECLINED, "Спасибо за заявку!"),
        (HIS, News.RAISED, "Хорошая новость: заявка теперь в основном списке"),
        (HIS, News.TO_RESERVE, "Решение изменилось: заявка теперь в резерве."),
        (HIS, News.TAKEN_OFF, "Решение изменилось:"),
    ],
)
def test_one_decision_has_words_of_its_own(application: Application, news: News, expected: str) -> None:
    text = _plain(decisions_news(ToldDecisions(LINE, ((application, news),)), without_names=False))
    assert expected in text
    assert "Отбор &lt;тьюторов&gt;" in text
    assert ("📋 Петров Иван" in text) is (application.person_id is None), "a person knows what he applied for"


def test_a_reason_goes_with_a_refusal_only() -> None:
    text = _plain(
        decisions_news(ToldDecisions(LINE, ((replace(HIS, reason="Почти"), News.MAIN),)), without_names=False)
    )
    assert "Почти" not in text


def test_several_decisions_of_a_school_are_one_list() -> None:
    other = replace(OF_SCHOOL, id=ApplicationId(2), about="Седова Анна", told=DECLINED, reason="Возраст")
    text = _plain(
        decisions_news(ToldDecisions(LINE, ((OF_SCHOOL, News.MAIN), (other, News.DECLINED))), without_names=False)
    )
    assert "Решения по заявкам: 2" in text
    assert "✅ Петров Иван – основной список\n✖️ Седова Анна – отклонена. Координатор пишет: Возраст" in text


def test_a_freed_place_names_the_next_with_one_tap() -> None:
    card = freed_news(_freed(MAIN, HIS), without_names=False)
    assert "Первый в резерве: Цой Марина Викторовна" in _plain(card)
    assert _labels(card) == ["⬆️ Взять: Цой М. В.", "🏅 Открыть отбор"]


def test_a_freed_place_without_anybody_to_take_it_says_so() -> None:
    assert "В резерве никого подходящего нет" in _plain(freed_news(_freed(MAIN, None), without_names=False))
    assert "В резерве никого" not in _plain(freed_news(_freed(RESERVE, None), without_names=False))


def test_messages_can_do_without_names() -> None:
    card = freed_news(_freed(MAIN, HIS), without_names=True)
    assert "Цой" not in _plain(card) + " ".join(_labels(card))
    told = ToldDecisions(LINE, ((OF_SCHOOL, News.MAIN),))
    assert "📋 заявка № 1" in _plain(decisions_news(told, without_names=True))


def _freed(was: ApplicationState, up: Application | None) -> FreedPlace:
    gone = replace(OF_SCHOOL, state=WITHDRAWN)
    lists = lists_of(LINE.selection, [gone], {})
    return FreedPlace(LINE, gone, was, lists.parts[0], lists, up)


def _plain(card: Card) -> str:
    return card.text.replace("<b>", "").replace("</b>", "")


def _labels(card: Card) -> list[str]:
    return [one.text for row in card.keyboard.inline_keyboard for one in row] if card.keyboard else []
