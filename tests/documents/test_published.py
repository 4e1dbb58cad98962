"""The real documents, where they are at hand: every row, cell, term and fact of them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.documents.reading import read_document
from bot.domain.documents import DocumentDraft, DocumentKind

PUBLISHED = Path(__file__).resolve().parents[3] / "shared" / "documents"
pytestmark = pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published documents lie beside the repository")

ROADMAPS = [
    ("003_cd828fd028ea288c.txt", "vlad"),
    ("004_bcbd5f2ee03c1525.txt", "amur"),
    ("office/vlad_clean.docx", "vlad"),
    ("office/amur_merged.docx", "amur"),
    ("office/amur_dirty.docx", "amur"),
    ("office/vlad_clean.pdf", "vlad"),
    ("office/amur_dirty.pdf", "amur"),
]
HEADINGS = {
    "vlad": ("number", "title", "responsible", "result", "phrase"),
    "amur": ("number", "phrase", "title", "responsible", "result"),
}


def read(name: str) -> DocumentDraft:
    path = PUBLISHED / name
    return read_document(path.read_bytes(), path.name, today=date(2024, 9, 1))


def ends(draft: DocumentDraft) -> list[tuple[str | None, str | None, str | None]]:
    terms = [(row, row.term.to_json() if row.term else {}) for row in draft.rows]
    return [(row.number, term.get("start"), term.get("end")) for row, term in terms]


@pytest.mark.parametrize(("name", "key"), ROADMAPS)
def test_every_cell_of_a_roadmap_is_recovered(name: str, key: str) -> None:
    expected: Any = json.loads((PUBLISHED / "office" / "rows.json").read_text(encoding="utf-8"))[key]["rows"]
    draft = read(name)
    recovered = [[" ".join((getattr(row, field) or "").split()) for field in HEADINGS[key]] for row in draft.rows]
    assert recovered == [
        [" ".join(cells[0].split()).rstrip("."), *(" ".join(c.split()) for c in cells[1:])]
        if HEADINGS[key][0] == "number"
        else cells
        for cells in expected
    ]
    assert not [problem for problem in draft.problems if "number" in problem.code.value]


@pytest.mark.parametrize("name", ["003_cd828fd028ea288c.txt", "office/vlad_clean.docx"])
def test_the_terms_of_the_vladimir_roadmap(name: str) -> None:
    assert ends(read(name)) == [
        ("1", None, "2020-12-18"),
        ("2", None, None),
        ("3", None, "2020-12-30"),
        ("4", None, "2021-03-01"),
        ("5", None, "2021-08-25"),
        ("6", "2021-08-25", None),
        ("7", None, "2021-09-01"),
        ("8", "2021-10-01", None),
    ]


def test_the_facts_of_the_order() -> None:
    facts = read("003_cd828fd028ea288c.txt").facts
    assert (facts.kind, facts.number, facts.signed_on) == (DocumentKind.ORDER, "1074-р", date(2020, 12, 10))
    assert (facts.title, facts.region) == ("Об утверждении дорожных карт", "Владимирская область")
    assert facts.controller == "первого заместителя Губернатора области, курирующего вопросы социальной политики"


def test_the_facts_of_the_resolution() -> None:
    facts = read("004_bcbd5f2ee03c1525.txt").facts
    assert (facts.kind, facts.number, facts.signed_on) == (DocumentKind.RESOLUTION, "436", date(2019, 8, 8))
    assert facts.region == "Амурская область"
    assert facts.controller == "заместителя председателя Правительства Амурской области Плутенко А.Д."
    assert facts.period == (date(2019, 1, 1), date(2020, 12, 31))


def test_a_roadmap_without_its_order_is_of_the_region_that_its_rows_keep_naming() -> None:
    assert read("office/amur_dirty.docx").facts.region == "Амурская область"


def test_the_minutes_have_four_terms_and_no_false_one() -> None:
    draft = read("002_bf1e665bd2f1b568.txt")
    assert ends(draft) == [
        ("2.1", None, "2023-11-13T12:00:00+03:00"),
        ("2.2", None, "2023-11-24"),
        ("2.3", "2023-12-19", "2023-12-20"),
        ("2", None, "2023-11-10T15:00:00+03:00"),
    ]
    facts = draft.facts
    assert (facts.kind, facts.number, facts.signed_on) == (DocumentKind.MINUTES, "Д05-124/05пр", date(2023, 11, 8))
    assert (facts.region, facts.controller, facts.period) == (None, None, None)
    assert facts.title is not None
    assert facts.title.startswith("Протокол совещания с инициаторами создания образовательно-производственных центров")


def test_the_minutes_keep_the_links_the_addressees_and_the_cohort_of_each_row() -> None:
    draft = read("002_bf1e665bd2f1b568.txt")
    assert [row.links for row in draft.rows] == [
        ("https://disk.yandex.ru/d/JJgT5jcBBB_O0g",),
        ("https://disk.yandex.ru/d/4dJ6VXN1i3Ss1w", "mailto:a.sokolov@firpo.ru"),
        ("https://disk.yandex.ru/d/JJgT5jcBBB_O0g",),
        ("mailto:sppk-spo@guppros.ru",),
    ]
    assert [row.cohort for row in draft.rows] == ["2023"] * 4
    assert all(row.responsible.startswith("Инициаторам создания") for row in draft.rows)
    assert [row.group.split(".")[0] if row.group else None for row in draft.rows] == ["III", "III", "III", "V"]
    problems = {problem.code.value: problem.facts for problem in draft.problems}
    assert problems["clauses_without_term"] == {"numbers": "II.2, II.3, II.4"}


def test_the_minutes_mention_eighteen_papers_and_none_of_them_is_a_term() -> None:
    draft = read("002_bf1e665bd2f1b568.txt")
    assert len(draft.mentions) == 18
    assert {mention.kind for mention in draft.mentions} == {DocumentKind.MINUTES}
    assert [(mention.number, mention.dated) for mention in draft.mentions[:3]] == [
        ("Д05-84/05пр", date(2023, 7, 5)),
        ("Д05-120/05пр", date(2023, 10, 26)),
        ("Д05-123/05пр", date(2023, 11, 7)),
    ]
    assert ("05-3045", date(2023, 9, 27)) in [(mention.number, mention.dated) for mention in draft.mentions]
    assert not any(row.term and row.term.doubts for row in draft.rows)


@pytest.mark.parametrize("name", ["000_4d80ff7a9bdc1777.txt", "001_be4a2840ce42c7f9.txt", "office/amur_dirty.docx"])
def test_a_document_that_names_no_other_mentions_none(name: str) -> None:
    assert read(name).mentions == ()


@pytest.mark.parametrize(
    "name", sorted(path.name for path in PUBLISHED.glob("0*.txt")) if PUBLISHED.is_dir() else ["none"]
)
def test_every_fact_that_was_found_tells_the_line_it_was_read_from(name: str) -> None:
    facts = read(name).facts
    found = {key for key, value in facts.to_json().items() if value is not None} - {"kind", "kind_title"}
    assert found <= {fact.value for fact in facts.quotes}
    assert all(facts.quotes.values())


def test_one_term_of_the_draft_resolution_governs_the_clauses_above_it() -> None:
    draft = read("000_4d80ff7a9bdc1777.txt")
    assert ends(draft) == [("1", None, "2024-08-31"), ("2", None, "2025-08-31"), ("3", None, "2025-12-31")]
    assert "\n1.3. Сотрудничество" in draft.rows[0].title


def test_the_annual_report_gives_its_seven_activities_and_none_of_the_other_tables() -> None:
    draft = read("001_be4a2840ce42c7f9.txt")
    assert [row.number for row in draft.rows] == ["1", "2", "3", "4", "5", "6", "7"]
    assert (draft.facts.kind, draft.facts.region) == (DocumentKind.REPORT, "Краснодарский край")
    assert draft.rows[0].term is not None
    assert len(draft.rows[0].term.parts) == 2
    assert all(row.links for row in draft.rows)
    assert [(part.start, part.end) for part in draft.rows[0].term.parts] == [
        (date(2022, 11, 1), date(2022, 12, 31)),
        (date(2023, 10, 1), date(2023, 11, 30)),
    ]
    assert not any(row.term and row.term.doubts for row in draft.rows)
    assert draft.rows[2].links[0].startswith("https://imc.viselki.ru/")
