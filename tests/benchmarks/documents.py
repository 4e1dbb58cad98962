"""How much of the documents is recovered: rows and cells, by reader and kind."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from bot.demo.papers import PAPERS
from bot.documents.reading import read_document
from bot.domain.documents import DocumentDraft, RowDraft
from tests.benchmarks.figures import Figure, Part, share
from tests.documents.test_pdf import FILES, PLAN, cells

PUBLISHED = Path(__file__).resolve().parents[3] / "shared" / "documents"
_TODAY = date(2024, 9, 1)

_ROADMAPS = (
    ("003_cd828fd028ea288c.txt", "vlad", "roadmap, .txt with torn rows"),
    ("office/vlad_clean.docx", "vlad", "roadmap, .docx, a plain table"),
    ("004_bcbd5f2ee03c1525.txt", "amur", "roadmap, .txt with torn rows"),
    ("office/amur_merged.docx", "amur", "roadmap, .docx, merged cells, sections"),
    ("office/amur_dirty.docx", "amur", "roadmap, .docx, rows cut by pages"),
    ("office/vlad_clean.pdf", "vlad", "roadmap, .pdf, a plain table"),
    ("office/amur_dirty.pdf", "amur", "roadmap, .pdf, rows cut by pages"),
)
_COLUMNS = {
    "vlad": ("number", "title", "responsible", "result", "phrase"),
    "amur": ("number", "phrase", "title", "responsible", "result"),
}
_PAPER_ROWS = (8, 6, 6)
_COMPOSED = (
    "plan_full.pdf", "plan_center.pdf", "plan_hole.pdf", "plan_sec.pdf", "plan_hyph.pdf", "plan_bare.pdf",
    "plan_bare_office.pdf",
)  # fmt: skip
_COUNTED = (
    ("000_4d80ff7a9bdc1777.txt", 3, "draft resolution, .txt: clauses with «Срок:»"),
    ("001_be4a2840ce42c7f9.txt", 7, "annual report, .txt: activities"),
    ("002_bf1e665bd2f1b568.txt", 4, "minutes, .txt: clauses with a term"),
)


async def measure() -> Part:
    figures = [*_demonstration(), *_composed()]
    if PUBLISHED.is_dir():
        figures += [*_recovered(), *_counted()]
    else:
        figures.append(Figure("published documents", "skipped", "they are not on this machine"))
    return Part("Documents: rows and cells recovered", tuple(figures))


def _demonstration() -> Iterable[Figure]:
    for paper, wanted in zip(PAPERS, _PAPER_ROWS, strict=True):
        rows = read_document(paper.compose(_TODAY), paper.file_name, today=_TODAY).rows
        yield Figure(
            f"the demonstration's «{paper.file_name}»",
            f"rows {share(len(rows), wanted)}",
            f"with a term understood {_understood(rows)}",
        )


def _composed() -> Iterable[Figure]:
    """The project's own .pdf files, by the borders of their tables."""
    for name in _COMPOSED:
        found = cells(read_document((FILES / name).read_bytes(), name, today=_TODAY))
        right = sum(
            cell == other for row, ours in zip(PLAN, found, strict=False) for cell, other in zip(row, ours, strict=True)
        )
        yield Figure(
            f"composed plan, {name}", f"rows {share(len(found), len(PLAN))}", f"cells {share(right, 5 * len(PLAN))}"
        )


def _understood(rows: Sequence[RowDraft]) -> int:
    return sum(row.term is not None and row.term.kind.value != "unparsable" for row in rows)


def _recovered() -> Iterable[Figure]:
    expected = json.loads((PUBLISHED / "office" / "rows.json").read_text(encoding="utf-8"))
    for name, key, kind in _ROADMAPS:
        wanted = [[_flat(cell) for cell in row] for row in expected[key]["rows"]]
        found = _cells(_read(name), _COLUMNS[key])
        right = sum(
            _agrees(cell, others)
            for row, other in zip(wanted, found, strict=False)
            for cell, others in zip(row, other, strict=True)
        )
        yield Figure(
            f"{kind} ({Path(name).name})",
            f"rows {share(len(found), len(wanted))}",
            f"cells {share(right, sum(map(len, wanted)))}",
        )


def _counted() -> Iterable[Figure]:
    for name, wanted, kind in _COUNTED:
        rows = _read(name).rows
        yield Figure(
            f"{kind} ({name[:3]})", f"rows {share(len(rows), wanted)}", f"with a term understood {_understood(rows)}"
        )


def _read(name: str) -> DocumentDraft:
    path = PUBLISHED / name
    return read_document(path.read_bytes(), path.name, today=_TODAY)


def _cells(draft: DocumentDraft, columns: Sequence[str]) -> list[list[str]]:
    return [[_flat(getattr(row, column) or "") for column in columns] for row in draft.rows]


def _flat(cell: str) -> str:
    return " ".join(cell.split())


def _agrees(wanted: str, found: str) -> bool:
    return found in (wanted, wanted.rstrip("."))
