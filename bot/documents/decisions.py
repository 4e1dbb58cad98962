"""Decisions of minutes and resolutions: numbered clauses whose term stands in a line of its own, «Срок – до …».

One such line may govern several clauses above it. A clause without any is no activity: «продолжить исполнение
поручений протокола от …» names the dates of other papers, and «принять к сведению» asks nothing of anybody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.documents import clause_terms as terms
from bot.documents import decision_words as words
from bot.documents.blocks import Block, Line
from bot.documents.lists import Reading
from bot.documents.resolving import Place, resolving_lines
from bot.documents.wording import flat, quoted, unique, without_full_stop

_MOST_CLAUSES = 2_000


@dataclass(slots=True)
class Decision:
    """``responsible`` is whom the clause addresses, in the words and the case of the document.

    ``is_term_shared``: the term stands below a later clause of the same level, and may or may not mean this one too.
    """

    number: str
    title: str
    responsible: str
    phrase: str
    links: tuple[str, ...]
    group: str | None
    cohort: str | None = None
    is_term_shared: bool = False
    set_aside: tuple[str, ...] = ()
    """Terms that stand in or below the clause too, and were not taken."""


@dataclass(slots=True)
class _Clause:
    number: str
    text: str
    links: tuple[str, ...]
    responsible: str = ""
    mark: str = ""  # «а)», «–»: a part of a clause that has no number of its own

    @property
    def is_lead(self) -> bool:
        """«2. Инициаторам … в 2023 году:» asks for nothing itself; its parts do."""
        return self.text.rstrip().endswith(":")

    def is_above(self, other: _Clause) -> bool:
        return (bool(other.mark) and not self.mark) or other.number.startswith(f"{self.number}.")


@dataclass(slots=True)
class Decisions:
    """What minutes decided, and what they asked for without saying when."""

    decided: list[Decision] = field(default_factory=list)
    without_term: list[str] = field(default_factory=list)
    """Numbers of clauses that ask for something and name no term («II.2»)."""
    has_resolved: bool = False
    """«РЕШИЛИ:» stands above them, so that they are decisions and no prose with numbers."""
    has_labels: bool = False
    """At least one term is labelled «Срок»; a list that people type labels none."""


def decisions_of(blocks: Sequence[Block], read: Reading) -> Decisions:
    """The decisions in the order of the page; none for a text in which no clause has a term.

    ``read`` is the grammar: a clause without a «Срок» may end with a term in its own words («… до 15 мая 2025 г.»).
    """
    gathering = _Gathering(read)
    for place, line in resolving_lines(blocks):
        gathering.take(place, line)
    gathering.close()
    return gathering.found


@dataclass(slots=True)
class _Gathering:
    read: Reading
    found: Decisions = field(default_factory=Decisions)
    pending: list[_Clause] = field(default_factory=list)
    leads: dict[str, str] = field(default_factory=dict)
    latest: list[Decision] = field(default_factory=list)
    section: str | None = None
    last_number: str = ""
    lead_number: str = ""  # of «2. … :» while its parts are numbered «1)», «2)»
    expects_responsible: bool = False
    is_settled_inline: bool = False  # ``latest`` took a term from inside its clause
    is_numbered: bool = True  # the decisions below «РЕШИЛИ:» have numbers

    def take(self, place: Place, line: Line) -> None:
        text = flat(line.text)
        clause = words.CLAUSE.match(text)
        named = words.TERM_OF_PARTS.match(text)
        if place is Place.SAID:
            self._end()
        elif place is Place.QUESTION or words.SECTION.match(text):
            self._begin(text)
        elif place is Place.RESOLVED:
            self._resolve()
        elif named:
            self._settle_named(words.numbers_of(named.group("numbers")), text[named.end() :])
        elif words.TERM.match(text):
            self._settle(text)
        elif words.RESPONSIBLE.match(text):
            self._assign(text)
        elif clause:
            self.is_numbered = True
            self._open(_Clause(self._number(clause), text[clause.end() :], line.links))
        else:
            self._go_on(text, line.links)

    def _go_on(self, text: str, links: tuple[str, ...]) -> None:
        """A line without a number: a decision of its own, a name, a part, or more of what stands above."""
        is_first = not self.pending and not self.latest and words.asks(text)
        if not self.is_numbered and (words.is_order(text) or is_first):
            self._open(_Clause("", text, links))
        elif self.expects_responsible:
            self._name_responsible(text)
        elif (self.pending or self.latest) and words.ITEM.match(text):
            self._open_item(text, links)
        elif self.pending:
            last = self.pending[-1]
            last.text, last.links = f"{last.text}\n{text}", unique((*last.links, *links))
        elif self.latest and self.is_settled_inline and (text[0].islower() or self.latest[-1].title[-1].isalnum()):
            above = self.latest[-1]
            above.title, above.links = f"{above.title}\n{text}", unique((*above.links, *links))

    def _begin(self, section: str) -> None:
        self.close()
        self.section, self.leads, self.latest, self.last_number, self.lead_number = section, {}, [], "", ""

    def _end(self) -> None:
        """A speech, or a list of names, begins; its question has been named above unless decisions stand there."""
        self.close()
        self.latest = []
        if self.last_number:
            self.section = None

    def _number(self, clause: re.Match[str]) -> str:
        """«1)» below «2. … :» is its part 2.1."""
        number = clause.group(1) or clause.group(2)
        if not clause.group().strip().endswith(")"):
            self.lead_number = ""
            return number
        last = self.pending[-1] if self.pending else None
        if not self.lead_number and last is not None and last.is_lead:
            self.lead_number = last.number
        return f"{self.lead_number}.{number}" if self.lead_number else number

    def close(self) -> None:
        """The clauses still waiting end here without a term of their own."""
        self._leave_out(self.pending)
        self.pending = []
        self.expects_responsible = False

    def _leave_out(self, clauses: Sequence[_Clause]) -> None:
        left = [clause for clause in clauses if self._is_left(clause, clauses)]
        place = self.section.split(".")[0] + "." if self.section and words.SECTION.match(self.section) else ""
        names = [f"{place}{clause.number}" if clause.number else quoted(clause.text) for clause in left]
        self.found.without_term += unique(names)

    def _is_left(self, clause: _Clause, clauses: Sequence[_Clause]) -> bool:
        """Whether it asks for something and its term was not found, also by what leads it or goes on below it."""
        parts = [other for other in clauses if clause.is_above(other)] if clause.is_lead else []
        if parts:
            self._remember(clause)
            return words.asks(clause.text) and not any(words.asks(part.text) for part in parts)
        if words.NOTED.match(clause.text) or self._ends_with_term(clause):
            return False
        above = [other for other in clauses if other.is_above(clause)] if clause.mark else []
        return not clause.mark or (words.asks(clause.text) and all(other.is_lead for other in above))

    def _ends_with_term(self, clause: _Clause) -> bool:
        """Asked only when no «Срок» has followed: a day inside a clause may be of something else."""
        if words.IS_NOT_ASKED.match(clause.text) or words.HAS_OTHER_TERM.search(clause.text):
            return False
        pairs = terms.pairs_within(clause.text)
        if pairs:
            self._decide_pairs(clause, pairs)
            return True
        inside = words.inline_term(flat(clause.text)) or terms.term_within(flat(clause.text), self.read)
        if inside:  # it went on over the end of its line
            responsible = inside.responsible or clause.responsible
            self._decide([replace(clause, text=inside.title, responsible=responsible)], inside.phrase)
            return True
        found = terms.own_ending(clause.text, self.read)
        weak = None if found else terms.doubtful_term(clause.text, self.read)
        title, phrase = found or ((weak.title, weak.phrase) if weak else ("", ""))
        if not phrase:
            return False
        is_doubtful = weak is not None or terms.has_several_limits(clause.text)
        if is_doubtful:
            title = clause.text
        self._decide([replace(clause, text=title)], phrase, is_shared=is_doubtful)
        return True

    def _decide_pairs(self, clause: _Clause, pairs: Sequence[tuple[str, str]]) -> None:
        responsible, _ = self._addressed(clause)
        for title, phrase in pairs:
            own, asked = words.addressed(title)
            self._decide([_Clause(clause.number, asked, clause.links, own or responsible)], phrase)

    def _resolve(self) -> None:
        """«РЕШИЛИ:» – the numbered lines above the first one were an agenda or a list of those present."""
        self.close()
        if not self.found.has_resolved:
            self.found.without_term.clear()
        self.found.has_resolved = True
        self.latest, self.is_numbered = [], False
        self.leads.pop("", None)

    def _open(self, clause: _Clause) -> None:
        self.expects_responsible = False
        self.latest = []
        above = self.pending[-1] if self.pending else None
        if above and not above.is_lead and above.is_above(clause) and not words.asks(above.text):
            self.pending.pop()
            self._begin(f"{above.number}. {above.text}")
        self.last_number = clause.number
        named = words.TERM_OF_PARTS.search(clause.text)
        if named:
            self._settle_named(words.numbers_of(named.group("numbers")), clause.text[named.end() :])
            return
        if len(self.pending) >= _MOST_CLAUSES:
            self.close()
        self.pending.append(clause)
        self._settle_inline(clause)

    def _open_item(self, text: str, links: tuple[str, ...]) -> None:
        """«а) …» or «– …»: a part of the clause above, also when that one has settled with its first part."""
        match = words.ITEM.match(text)
        assert match is not None, "asked by take"
        letter = match.group(1)
        number = f"{self.last_number}.{letter}".lstrip(".") if letter else self.last_number
        self.expects_responsible = False
        self.latest = []
        self.pending.append(_Clause(number, text[match.end() :], links, mark=match.group().strip()))
        self._settle_inline(self.pending[-1])

    def _settle_inline(self, clause: _Clause) -> None:
        """A term at the end of the clause itself: «… в срок до 15 мая», «… (срок – до 15 мая, отв. Иванова И.И.)»."""
        found = words.inline_term(clause.text) or terms.term_within(clause.text, self.read)
        if found is None or words.NOTED.match(clause.text):
            return
        clause.text = found.title
        clause.responsible = found.responsible
        # What stands above on the same level has no share in a term inside this clause.
        mine = [other for other in self.pending if other is clause or (other.is_lead and other.is_above(clause))]
        self._leave_out([other for other in self.pending if other not in mine])
        self.pending = mine
        self._settle(found.phrase)
        self.is_settled_inline = True

    def _assign(self, text: str) -> None:
        name, phrase = words.split_responsible(text)
        self.expects_responsible = not name
        if name:
            self._name_responsible(name)
        if phrase:
            self._settle(phrase)

    def _name_responsible(self, name: str) -> None:
        """Before its term or after it; under one term all that it governs are of the same person."""
        name = without_full_stop(name)
        if self.pending:
            last = self.pending[-1]
            last.responsible = f"{last.responsible}, {name}" if last.responsible else name
        for decision in self.latest if not self.pending else ():
            is_named = decision.responsible and self.expects_responsible
            decision.responsible = f"{decision.responsible}, {name}" if is_named else name

    def _settle(self, phrase: str) -> None:
        self.found.has_labels = True
        phrase, responsible = words.split_term(phrase)
        if not self.pending:
            self._settle_again(phrase)
        self.is_settled_inline = False
        groups = self._groups([clause for clause in self.pending if not words.NOTED.match(clause.text)])
        self.pending = []
        if not groups:
            return
        *others, last = groups
        decided, is_list = self._expanded(last)
        # One term below a whole list of parts means them all. Beside other clauses nobody can tell: asked about.
        for group in others:
            if is_list or self._has_no_share(group[0]):
                self._leave_out(group)
            else:
                self._decide(group, phrase, is_shared=True)
        self.latest = [self._decide(group, phrase) for group in decided]
        if responsible:
            self._name_responsible(responsible)

    def _settle_again(self, phrase: str) -> None:
        """A «Срок» below a clause with a term of its own rules; of two «Срок» the first. The other one is told."""
        for decision in self.latest:
            if self.is_settled_inline:
                decision.phrase, phrase_aside = phrase, decision.phrase
            else:
                phrase_aside = phrase
            decision.set_aside = (*decision.set_aside, phrase_aside)

    def _has_no_share(self, clause: _Clause) -> bool:
        is_no_matter = words.IS_NOT_ASKED.match(clause.text) or words.HAS_OTHER_TERM.search(clause.text)
        return bool(is_no_matter) or terms.names_a_term(clause.text, self.read)

    def _settle_named(self, numbers: Sequence[str], phrase: str) -> None:
        """«Срок по п. 2.1–2.4 – …» governs what it names and nothing else."""
        groups = [
            [clause for clause in self.pending if clause.number == number or clause.number.startswith(f"{number}.")]
            for number in numbers
        ]
        named = [group for group in groups if group]
        if not named:
            return
        self.found.has_labels = True
        leads = [clause for clause in self.pending if clause.is_lead]
        taken = {id(clause) for group in named for clause in group}
        for lead in leads:
            self._remember(lead)
        self.pending = [clause for clause in self.pending if id(clause) not in taken and not clause.is_lead]
        phrase, responsible = words.split_term(phrase)
        self.latest = [self._decide(each, phrase) for group in named for each in self._expanded(group)[0]]
        if responsible and not self.pending:
            self._name_responsible(responsible)

    def _groups(self, clauses: Sequence[_Clause]) -> list[list[_Clause]]:
        """Each clause with the parts below it."""
        groups: list[list[_Clause]] = []
        for clause in clauses:
            if groups and groups[-1][0].is_above(clause):
                groups[-1].append(clause)
            else:
                groups.append([clause])
        return groups

    def _expanded(self, group: list[_Clause]) -> tuple[list[list[_Clause]], bool]:
        """A leading clause gives way to its numbered parts, each a row of its own; to a list of marks as one row."""
        lead, *parts = group
        if not parts or not lead.is_lead:
            return [group], False
        self._remember(lead)
        if all(part.mark for part in parts):
            number = parts[0].number if len(parts) == 1 else lead.number
            texts = [part.text if len(parts) == 1 else f"{part.mark} {part.text}" for part in parts]
            links = unique(link for part in group for link in part.links)
            responsible = next((part.responsible for part in group if part.responsible), "")
            whole = _Clause(number, "\n".join(texts), links, responsible or self.leads.get(lead.number, ""))
            whole.text = words.led(lead.text, whole.text)
            return [[whole]], True
        inner = self._groups([part for part in parts if not words.NOTED.match(part.text)])
        return [each for found in inner for each in self._expanded(found)[0]], True

    def _remember(self, lead: _Clause) -> None:
        self.leads[lead.number] = lead.text.rstrip(" :")

    def _decide(self, group: Sequence[_Clause], phrase: str, *, is_shared: bool = False) -> Decision:
        first, *rest = group
        responsible, title = self._addressed(first)
        further = [f"{clause.mark or f'{clause.number}.'} {clause.text}" for clause in rest]
        cohort = words.cohort_of(responsible) or words.cohort_of(self._lead_of(first))
        decision = Decision(
            number=first.number,
            title="\n".join([title, *further]),
            responsible=next((clause.responsible for clause in group if clause.responsible), responsible),
            phrase=phrase,
            links=unique(link for clause in group for link in clause.links),
            group=self.section,
            cohort=cohort,
            is_term_shared=is_shared,
        )
        self.found.decided.append(decision)
        return decision

    def _addressed(self, clause: _Clause) -> tuple[str, str]:
        """Whom a clause addresses, and what it asks: named in it, or in the clause that leads it («2. … :»)."""
        if clause.responsible:
            return clause.responsible, clause.text
        lead = self._lead_of(clause)
        if not lead:
            return words.addressed(clause.text)
        addressee, _ = words.addressed(lead)
        return addressee or words.whom(lead), words.led(lead, clause.text)

    def _lead_of(self, clause: _Clause) -> str:
        above = clause.number.rpartition(".")[0]
        return (self.leads.get(clause.number) if clause.mark else None) or self.leads.get(above, "")
