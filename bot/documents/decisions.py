"""Decisions of minutes and resolutions: numbered clauses whose term stands in a line of its own, «Срок – до …».

One such line may govern several clauses above it. A clause without any is no activity: «продолжить исполнение
поручений протокола от …» names the dates of other papers, and «принять к сведению» asks nothing of anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.documents.blocks import Block, Line, Table
from bot.documents.wording import flat, links_in, unique, without_full_stop

_CLAUSE = re.compile(r"(?:(\d{1,2}(?:\.\d{1,2}){0,3})[.)]\s*|(\d{1,2}(?:\.\d{1,2}){1,3})\s+)(?=[^\d\s.)])")
_SECTION = re.compile(r"[IVXІХ]{1,5}\.\s+\S")
_TERM = re.compile(
    r"срок(?:и)?(?:\s+(?:исполнения|выполнения|представления|предоставления|реализации))?\s*[:–—-]\s*(?=\S)",
    re.IGNORECASE,
)
_INLINE_TERM = re.compile(rf"(?<=[.;)])\s+(?={_TERM.pattern})|(?<=[.;)])\s+(?=в\s+срок\s+)", re.IGNORECASE)
_IN_TERM = re.compile(r",?\s+в\s+срок\s+((?:до|не\s+позднее|к|с)\s[^.;,]{3,80}?(?:\bг\.)?)[.;]?\Z", re.IGNORECASE)
_RESPONSIBLE = re.compile(
    r"(?:ответственн\w+|исполнител\w+)(?:\s+(?:за\s+исполнение|исполнител\w+))?\s*[:–—-]\s*(?=\S)", re.IGNORECASE
)
_NOTED = re.compile(r"приня\w+\s+(?:\S+\s+){0,12}?к\s+сведению|(?:\S+\s+){0,12}к\s+сведению\s+приня", re.IGNORECASE)
_RESOLVED = re.compile(r"(?:решили|постановили|решено|постановляет|приказываю|рекомендова\w+)\s*:\Z", re.IGNORECASE)
# «деятельность», «область», «часть» end like verbs and are none; so do these few words.
_INFINITIVE = re.compile(
    r"\b(?!(?:сеть|печать|память|мать|нить|суть|путь|пять|плеть)\b)\w{2,}(?:ать|ять|еть|ить|уть|ыть|оть|(?:[внрм]е|й|з)сти|[йз]ти|чь)(?:ся)?\b",
    re.IGNORECASE,
)
_DATIVE = re.compile(r"\w+(?:ам|ям|ому|ему|ой|ей|у|ю)\b", re.IGNORECASE)


@dataclass(slots=True)
class Decision:
    """``responsible`` is whom the clause addresses, in the words and the case of the document."""

    number: str
    title: str
    responsible: str
    phrase: str
    links: tuple[str, ...]
    group: str | None


@dataclass(slots=True)
class _Clause:
    number: str
    text: str
    links: tuple[str, ...]
    responsible: str = ""


@dataclass(slots=True)
class Decisions:
    """What minutes decided, and what they asked for without saying when."""

    decided: list[Decision] = field(default_factory=list)
    without_term: list[str] = field(default_factory=list)
    """Numbers of clauses that ask for something and name no term («II.2»)."""


def decisions_of(blocks: Sequence[Block]) -> Decisions:
    """The decisions in the order of the page; none for a text that has no «Срок» lines."""
    gathering = _Gathering()
    for line in _lines(blocks):
        gathering.take(line)
    gathering.close()
    return gathering.found


@dataclass(slots=True)
class _Gathering:
    found: Decisions = field(default_factory=Decisions)
    pending: list[_Clause] = field(default_factory=list)
    leads: dict[str, str] = field(default_factory=dict)
    section: str | None = None
    has_resolved: bool = False

    def take(self, line: Line) -> None:
        text = flat(line.text)
        clause = _CLAUSE.match(text)
        if _SECTION.match(text):
            self.close()
            self.section, self.leads = text, {}
        elif _TERM.match(text):
            self._settle(text)
        elif _RESOLVED.search(text):
            self._resolve()
        elif clause:
            self._open(clause.group(1) or clause.group(2), text[clause.end() :], line.links)
        elif self.pending:
            self._go_on(text, line.links)

    def close(self) -> None:
        """The clauses still waiting end here without a term of their own."""
        for clause in self.pending:
            if not _NOTED.match(clause.text):
                place = self.section.split(".")[0] + "." if self.section else ""
                self.found.without_term.append(f"{place}{clause.number}")
        self.pending = []

    def _resolve(self) -> None:
        """«РЕШИЛИ:» – the numbered lines above the first one were an agenda or a list of those present."""
        self.close()
        if not self.has_resolved:
            self.found.without_term.clear()
        self.has_resolved = True

    def _open(self, number: str, text: str, links: tuple[str, ...]) -> None:
        above = self.pending[0] if self.pending else None
        if above and not number.startswith(f"{above.number}."):
            self.close()  # a new clause on the same level: what stood above had no term
        elif above and len(self.pending) == 1 and above.text.endswith(":"):
            self.leads[above.number] = above.text.rstrip(" :")
            self.pending = []
        clause = _Clause(number, text, links)
        self.pending.append(clause)
        inline = _IN_TERM.search(text)
        if inline and not _NOTED.match(text):
            clause.text = text[: inline.start()]
            self._settle(inline.group(1))

    def _go_on(self, text: str, links: tuple[str, ...]) -> None:
        last = self.pending[-1]
        responsible = _RESPONSIBLE.match(text)
        if responsible:
            last.responsible = without_full_stop(text[responsible.end() :])
        else:
            last.text, last.links = f"{last.text}\n{text}", unique((*last.links, *links))

    def _settle(self, phrase: str) -> None:
        asked = [clause for clause in self.pending if not _NOTED.match(clause.text)]
        self.pending = []
        if not asked:
            return
        first, *rest = asked
        responsible, title = self._addressed(first)
        further = [f"{clause.number}. {clause.text}" for clause in rest]
        self.found.decided.append(
            Decision(
                number=first.number,
                title="\n".join([title, *further]),
                responsible=responsible,
                phrase=phrase,
                links=unique(link for clause in asked for link in clause.links),
                group=self.section,
            )
        )

    def _addressed(self, clause: _Clause) -> tuple[str, str]:
        """Whom a clause addresses, and what it asks: named in it, or in the clause that leads it («2. … :»)."""
        if clause.responsible:
            return clause.responsible, clause.text
        parent = clause.number.rpartition(".")[0]
        lead = self.leads.get(parent, "")
        verb = _INFINITIVE.search(clause.text)
        if verb and verb.start() > 0 and _DATIVE.match(clause.text):
            asked = clause.text[verb.start() :]
            return clause.text[: verb.start()].rstrip(" ,"), asked[0].upper() + asked[1:]
        return lead, clause.text


def _lines(blocks: Sequence[Block]) -> Iterator[Line]:
    """Physical lines, a «Срок» that ends a clause parted from it; a section title in one piece."""
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                links = unique(link for cell in row.distinct for link in cell.links)
                yield Line(" ".join(text for text in row.texts if text), links)
            continue
        physical = block.text.split("\n")
        if _SECTION.match(physical[0]) and not any(_CLAUSE.match(line) for line in physical[1:]):
            physical = [flat(block.text)]
        pieces = [piece.strip() for line in physical for piece in _INLINE_TERM.split(line)]
        for piece in filter(None, pieces):
            yield Line(piece, block.links if len(pieces) == 1 else links_in(piece))
