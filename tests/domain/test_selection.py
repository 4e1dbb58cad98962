"""A selection by its rules: how the lists stand, what is above a quota, who moves up, what an applicant is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from bot.domain.errors import DomainError
from bot.domain.event_drafts import everyone_of
from bot.domain.forms import Question, QuestionKind, Value
from bot.domain.ids import ApplicationId, AssignmentId, FormId, OccurrenceId, PersonId, UnitId
from bot.domain.matters import AnsweredBy
from bot.domain.network import Unit, UnitKind
from bot.domain.selection import (
    Application,
    ApplicationState,
    BadPlacesError,
    BadQuotasError,
    Bound,
    News,
    QuotaFault,
    Selection,
    can_be_corrected,
    excesses,
    heard_before,
    label_of,
    lists_of,
    neighbour,
    news_of,
    next_up,
    numbered_reserve,
    reserve_of,
)
from bot.domain.selection_drafts import (
    SelectionDraft,
    SelectionPart,
    foreseen,
    read_each,
    read_places,
    read_quotas,
    with_bound,
)
from bot.domain.steps import selection_ladder
from tests.calendar_days import MONDAY

WAITING, MAIN, RESERVE, DECLINED, WITHDRAWN = ApplicationState
TYNDA, ZEYA, SVOBODNY = UnitId(1), UnitId(2), UnitId(3)
TITLES = {TYNDA: "г. Тында", ZEYA: "г. Зея", SVOBODNY: "г. Свободный"}


def applied(
    number: int,
    state: ApplicationState = WAITING,
    part: UnitId = TYNDA,
    *,
    place: int | None = None,
    told: ApplicationState | None = None,
    at: datetime = MONDAY,
) -> Application:
    return Application(
        id=ApplicationId(number),
        occurrence_id=OccurrenceId(1),
        assignment_id=AssignmentId(number),
        number=1,
        unit_id=UnitId(100 + number),
        unit_title=f"Школа № {number}",
        part=part,
        part_title=TITLES[part],
        person_id=PersonId(number),
        person_name="Цой Марина Викторовна",
        about=None,
        state=state,
        version=1,
        applied_at=at,
        place=place if state is RESERVE else None,
        told=told,
    )


QUOTAS = Selection(places=3, reserve=2, quotas={TYNDA: 2, ZEYA: 1})
NO_QUOTAS = Selection(places=3, reserve=2)


def test_the_lists_are_counted_by_municipality_and_in_all() -> None:
    everybody = [
        applied(1, MAIN, told=MAIN),
        applied(2, MAIN),
        applied(3, RESERVE, ZEYA, place=1, told=MAIN),
        applied(4),
        applied(5, DECLINED, SVOBODNY),
        applied(6, WITHDRAWN, told=MAIN),
    ]
    lists = lists_of(QUOTAS, everybody, {})
    standing = [(one.title, one.quota, one.main, one.reserve, one.waiting, one.is_full) for one in lists.parts]
    assert standing == [
        ("г. Зея", 1, 0, 1, 0, False),
        ("г. Свободный", None, 0, 0, 0, False),
        ("г. Тында", 2, 2, 0, 1, True),
    ]
    assert (lists.count(MAIN), lists.count(RESERVE), lists.count(WAITING)) == (2, 1, 1)
    assert lists.untold == 3, "one never told, one moved since, one declined; who withdrew is told nothing"
    assert lists.is_announced


def test_a_municipality_with_a_quota_is_shown_before_anybody_there_applies() -> None:
    lists = lists_of(QUOTAS, [], {TYNDA: "г. Тында", ZEYA: "г. Зея"})
    assert [(one.title, one.quota, one.main) for one in lists.parts] == [("г. Зея", 1, 0), ("г. Тында", 2, 0)]
    assert not lists.is_announced


FULL = [applied(1, MAIN), applied(2, MAIN)]


@pytest.mark.parametrize(
    ("selection", "others", "part", "to", "bounds", "why"),
    [
        (QUOTAS, FULL, TYNDA, MAIN, [Bound.QUOTA], "two of two"),
        (QUOTAS, FULL, ZEYA, MAIN, [], "another municipality has its own"),
        (QUOTAS, [*FULL, applied(3, MAIN, ZEYA)], ZEYA, MAIN, [Bound.QUOTA, Bound.PLACES], "both are full"),
        (QUOTAS, [*FULL, applied(3, MAIN, ZEYA)], SVOBODNY, MAIN, [Bound.PLACES], "no quota, no place either"),
        (replace(QUOTAS, each=1), [applied(1, MAIN, SVOBODNY)], SVOBODNY, MAIN, [Bound.QUOTA], "that of all others"),
        (NO_QUOTAS, FULL, TYNDA, MAIN, [], "a place is left"),
        (NO_QUOTAS, FULL, TYNDA, DECLINED, [], "a refusal exceeds nothing"),
        (
            NO_QUOTAS,
            [applied(1, RESERVE, place=1), applied(2, RESERVE, place=2)],
            TYNDA,
            RESERVE,
            [Bound.RESERVE],
            "two of two wait",
        ),
        (Selection(places=3), [], TYNDA, RESERVE, [Bound.RESERVE], "no reserve at all"),
    ],
)
def test_what_one_more_would_exceed(
    selection: Selection,
    others: list[Application],
    part: UnitId,
    to: ApplicationState,
    bounds: list[Bound],
    why: str,
) -> None:
    one = applied(9, WAITING, part)
    assert [found.bound for found in excesses(selection, [*others, one], one, to)] == bounds, why


def test_who_stands_on_the_list_already_exceeds_nothing() -> None:
    assert excesses(QUOTAS, FULL, FULL[0], MAIN) == ()


@pytest.mark.parametrize(
    ("selection", "everybody", "freed", "expected", "why"),
    [
        (QUOTAS, [applied(1, MAIN), applied(2, RESERVE, ZEYA, place=1), applied(3, RESERVE, place=2)], TYNDA, 3,
         "the first of the municipality whose place it was, before the first of all"),
        (QUOTAS, [applied(1, MAIN), applied(2, RESERVE, ZEYA, place=1)], TYNDA, 2,
         "nobody waits there: the first of the others whose quota has room"),
        (QUOTAS, [*FULL, applied(3, RESERVE, place=1), applied(4, RESERVE, ZEYA, place=2)], None, 4,
         "the first is of a full municipality and is passed over"),
        (QUOTAS, [*FULL, applied(3, MAIN, ZEYA), applied(4, RESERVE, SVOBODNY, place=1)], None, None,
         "all places are taken"),
        (NO_QUOTAS, [applied(1, MAIN), applied(2, RESERVE, ZEYA, place=2), applied(3, RESERVE, place=1)], ZEYA, 3,
         "without quotas the order alone counts"),
        (NO_QUOTAS, [applied(1, MAIN)], TYNDA, None, "nobody waits"),
    ],
)  # fmt: skip
def test_who_moves_up(
    selection: Selection, everybody: list[Application], freed: UnitId | None, expected: int | None, why: str
) -> None:
    found = next_up(selection, everybody, freed=freed)
    assert (found and found.id) == expected, why


@pytest.mark.parametrize(
    ("selection", "moved", "up", "expected", "why"),
    [
        (NO_QUOTAS, 2, True, 0, "one before it"),
        (NO_QUOTAS, 1, True, None, "nobody is before the first"),
        (QUOTAS, 3, True, 0, "the one before it in its municipality, not in the whole reserve"),
        (QUOTAS, 2, False, None, "alone in its municipality"),
    ],
)
def test_the_order_of_the_reserve_is_that_of_a_line(
    selection: Selection, moved: int, up: bool, expected: int | None, why: str
) -> None:
    reserve = reserve_of(
        [applied(3, RESERVE, place=9), applied(1, RESERVE, place=1), applied(2, RESERVE, ZEYA, place=5)]
    )
    assert [one.id for one in reserve] == [1, 2, 3]
    one = next(found for found in reserve if found.id == moved)
    assert neighbour(selection, reserve, one, up=up) == expected, why


@pytest.mark.parametrize(
    ("selection", "expected", "why"),
    [
        (NO_QUOTAS, [(1, 1), (2, 2), (3, 3)], "one line for all, whoever it is"),
        (QUOTAS, [(1, 2), (1, 1), (2, 3)], "Зея before Тында, each with a line of its own"),
        (Selection(places=3, each=1), [(1, 2), (1, 1), (2, 3)], "the same quota for all is a quota too"),
    ],
)
def test_the_reserve_is_numbered_by_its_lines(selection: Selection, expected: list[tuple[int, int]], why: str) -> None:
    reserve = [applied(3, RESERVE, place=9), applied(1, RESERVE, place=1), applied(2, RESERVE, ZEYA, place=5)]
    assert [(place, one.id) for place, one in numbered_reserve(selection, reserve)] == expected, why


@pytest.mark.parametrize(
    ("moves", "expected"),
    [
        ("applied reserve told main told", RESERVE),
        ("applied reserve main", None),
        ("applied reserve told declined reserve main told", RESERVE),
        ("applied declined told reserve main told", DECLINED),
        ("applied reserve told main told untaken main told", RESERVE),
        ("applied reserve told main untaken main", RESERVE),
        ("applied reserve main told", None),
    ],
)
def test_what_was_heard_before_one_was_taken_up(moves: str, expected: ApplicationState | None) -> None:
    assert heard_before(moves.split()) is expected


@pytest.mark.parametrize(
    ("told", "state", "news"),
    [
        (None, MAIN, News.MAIN),
        (None, RESERVE, News.RESERVE),
        (None, DECLINED, News.DECLINED),
        (None, WAITING, None),
        (None, WITHDRAWN, None),
        (MAIN, MAIN, None),
        (RESERVE, MAIN, News.RAISED),
        (DECLINED, MAIN, News.RAISED),
        (MAIN, RESERVE, News.TO_RESERVE),
        (DECLINED, RESERVE, News.TO_RESERVE),
        (MAIN, DECLINED, News.TAKEN_OFF),
        (RESERVE, DECLINED, News.TAKEN_OFF),
        (MAIN, WITHDRAWN, None),
    ],
)
def test_what_an_applicant_is_told(told: ApplicationState | None, state: ApplicationState, news: News | None) -> None:
    assert news_of(told, state) is news
    assert applied(1, state, told=told).is_untold is (news is not None)


@pytest.mark.parametrize(
    ("state", "told", "is_open", "can"),
    [
        (WAITING, None, True, True),
        (MAIN, None, True, True),
        (MAIN, MAIN, True, False),
        (WAITING, None, False, False),
        (WITHDRAWN, None, True, False),
    ],
)
def test_what_was_not_announced_is_corrected_until_the_term(
    state: ApplicationState, told: ApplicationState | None, is_open: bool, can: bool
) -> None:
    assert can_be_corrected(applied(1, state, told=told), is_open=is_open) is can


def test_an_application_of_a_school_is_named_by_its_first_words() -> None:
    questions = (
        Question("age", QuestionKind.WHOLE, "Сколько лет?"),
        Question("name", QuestionKind.TEXT, "ФИО"),
        Question("why", QuestionKind.TEXT, "Почему?"),
    )
    values = {"age": Value("15", 15), "name": Value("Петров\nИван"), "why": Value("Хочет")}
    assert label_of(questions, values) == "Петров Иван"
    assert label_of(questions, {"age": Value("15", 15)}) is None
    assert label_of(questions, {"name": Value("я" * 300)}) == "я" * 100, "what a column holds"


@pytest.mark.parametrize(("words", "expected"), [("20", 20), ("20 мест", 20), ("мест: 5.", 5), ("примерно 12", 12)])
def test_a_number_of_places_is_read(words: str, expected: int) -> None:
    assert read_places(words) == expected


@pytest.mark.parametrize("words", ["", "много", "0", "-5", "20 и 5", "1000000"])
def test_what_is_no_number_of_places_is_asked_again(words: str) -> None:
    with pytest.raises(BadPlacesError):
        read_places(words)


def test_nobody_sends_a_thousand_applications() -> None:
    assert read_each("3") == 3
    with pytest.raises(BadPlacesError):
        read_each("1000")


def _town(number: int, title: str) -> Unit:
    return Unit(UnitId(number), UnitKind.MUNICIPALITY, None, f"/{number}/", title, "Амурская область", "Asia/Yakutsk")


TOWNS = [
    _town(1, "г. Тында"),
    _town(2, "г. Зея"),
    _town(3, "Зейский муниципальный округ"),
    _town(4, "Суздальский район"),
    _town(5, "ЗАТО Циолковский"),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Тында 4\nЗея 3", {1: 4, 2: 3}),
        ("г. Тында – 4 чел.; Зейский округ: 2", {1: 4, 3: 2}),
        ("тында 4\n\nСУЗДАЛЬСКИЙ РАЙОН 1 место", {1: 4, 4: 1}),
        ("Суздаль 5", {4: 5}),
        ("Циолковский=2", {5: 2}),
        ("Тында 0", {1: 0}),
    ],
)
def test_quotas_are_read_a_line_a_municipality(text: str, expected: dict[int, int]) -> None:
    assert read_quotas(text, TOWNS) == expected


@pytest.mark.parametrize(
    ("text", "fault", "line"),
    [
        ("Тында 4\nЗея", QuotaFault.NO_NUMBER, "Зея"),
        ("Тында 4\nБелогорск 2", QuotaFault.UNKNOWN, "Белогорск 2"),
        ("Тында 2\nЗе 1", QuotaFault.SEVERAL, "Зе 1"),
        ("Тында 4\nг. Тында 2", QuotaFault.TWICE, "г. Тында 2"),
        ("", QuotaFault.NO_NUMBER, ""),
    ],
)
def test_a_line_that_is_no_quota_is_named(text: str, fault: QuotaFault, line: str) -> None:
    with pytest.raises(BadQuotasError) as refusal:
        read_quotas(text, TOWNS)
    assert (refusal.value.fault, refusal.value.line) == (fault, line)
    assert isinstance(refusal.value, DomainError)


@pytest.mark.parametrize(
    ("part", "words", "expected"),
    [
        (SelectionPart.PLACES, "20 мест", Selection(places=20, reserve=2, quotas={TYNDA: 2, ZEYA: 1})),
        (SelectionPart.RESERVE, "0", Selection(places=3, quotas={TYNDA: 2, ZEYA: 1})),
        (SelectionPart.EACH, "2", Selection(places=3, reserve=2, quotas={TYNDA: 2, ZEYA: 1}, most_each=2)),
        (SelectionPart.QUOTAS, "по 4 места", Selection(places=3, reserve=2, each=4)),
        (SelectionPart.QUOTAS, "4", Selection(places=3, reserve=2, each=4)),
        (SelectionPart.QUOTAS, "Тында 5", Selection(places=3, reserve=2, quotas={TYNDA: 5})),
    ],
)
def test_a_typed_bound_changes_that_one_alone(part: SelectionPart, words: str, expected: Selection) -> None:
    assert with_bound(QUOTAS, part, words, TOWNS) == expected


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ("Для участия в инициативе отобрано не менее 20 тьюторов", (20, 0)),
        ("Для участия в инициативе отобрано не менее 200 обучающихся", (200, 0)),
        ("пул наставников для тьюторов: основной состав (20 чел.); резервный состав (5 чел.)", (20, 5)),
        ("Сформирован кадровый резерв для отраслей экономики Амурской области", (0, 0)),
        ("Пресс-конференция, публикации", (0, 0)),
    ],
)
def test_a_document_proposes_its_numbers(result: str, expected: tuple[int, int]) -> None:
    assert foreseen(result) == expected


def test_a_draft_asks_for_every_part_once() -> None:
    draft = SelectionDraft(UnitId(1), "Asia/Yakutsk", everyone_of(UnitId(1)))
    assert draft.is_empty
    assert draft.next_asked(has_parts=True) is SelectionPart.TITLE
    draft = replace(draft, title="Отбор", due_on=MONDAY.date(), selection=Selection(places=20))
    assert draft.next_asked(has_parts=True) is SelectionPart.WHO
    draft = draft.addressed(draft.audience)
    assert draft.next_asked(has_parts=True) is SelectionPart.QUOTAS
    assert draft.next_asked(has_parts=False) is SelectionPart.RESERVE, "one municipality has no quotas"
    draft = replace(draft, asked=draft.asked | {SelectionPart.QUOTAS, SelectionPart.RESERVE})
    assert draft.next_asked(has_parts=True) is SelectionPart.FORM
    draft = replace(draft, form_id=FormId(1))
    assert (draft.next_asked(has_parts=True), draft.missing) == (None, ())


def test_a_draft_and_its_quotas_survive_storage() -> None:
    draft = SelectionDraft(
        UnitId(1),
        "Asia/Yakutsk",
        everyone_of(UnitId(1)),
        "Отбор тьюторов",
        "Условия",
        "до 15 декабря",
        MONDAY.date(),
        replace(QUOTAS, each=4, most_each=3),
        FormId(7),
        True,
        frozenset({SelectionPart.QUOTAS}),
    )
    assert SelectionDraft.from_json(draft.to_json()) == draft


def test_the_ready_form_is_chosen_anew_for_others_and_ones_own_stays() -> None:
    people = SelectionDraft(UnitId(1), "Asia/Yakutsk", everyone_of(UnitId(1)), form_id=FormId(7))
    schools = replace(people.audience, answered_by=AnsweredBy.SCHOOL)
    assert people.addressed(schools).form_id == FormId(7)
    assert replace(people, has_ready_form=True).addressed(schools).form_id is None
    assert replace(people, has_ready_form=True).addressed(people.audience).form_id == FormId(7)


@pytest.mark.parametrize(
    ("open_days", "days"),
    [(30, [-15, -3, -1]), (7, [-3, -1]), (3, [-1]), (1, []), (0, [])],
)
def test_a_selection_reminds_gently_and_on_the_day_before(open_days: int, days: list[int]) -> None:
    ladder = selection_ladder(open_days)
    assert [step.days for step in ladder.to_ower] == days
    assert ladder.upwards == (), "nobody above hears of silence"
