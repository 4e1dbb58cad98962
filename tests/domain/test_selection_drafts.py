"""A selection that is being made: how typed places and quotas are read, and what a draft still asks for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.errors import DomainError
from bot.domain.event_drafts import everyone_of
from bot.domain.ids import FormId, UnitId
from bot.domain.matters import AnsweredBy
from bot.domain.network import Unit, UnitKind
from bot.domain.selection import BadPlacesError, BadQuotasError, QuotaFault, Selection
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

TYNDA, ZEYA = UnitId(1), UnitId(2)
QUOTAS = Selection(places=3, reserve=2, quotas={TYNDA: 2, ZEYA: 1})


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
