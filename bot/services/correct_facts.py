"""What a document says of itself, where it was read from, and the coordinator's corrections of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.documents import DocumentFact, DocumentKind, Mention
from bot.domain.drafts import Draft, DraftRow
from bot.domain.errors import DomainError
from bot.domain.ids import DocumentId, RowId
from bot.domain.network import Actor
from bot.domain.regions import find_region
from bot.domain.terms.model import Term
from bot.domain.terms.reading import read_term
from bot.ports.facts import CorrectedFacts
from bot.ports.storage import Storage, Stores
from bot.services.edit_draft import grow
from bot.services.import_document import managed_paths
from bot.services.show_draft import managed_document

CORRECTABLE = (DocumentFact.TITLE, DocumentFact.NUMBER, DocumentFact.DATE, DocumentFact.REGION)
MAX_TITLE = 500
MAX_NUMBER = 64
_NOTHING = frozenset({"-", "–", "—", "нет"})
_PROBLEM_OF = {DocumentFact.DATE: "no_document_date", DocumentFact.REGION: "region_unknown"}


class FactNotUnderstoodError(DomainError):
    """The words are no value for this fact: no day, no region of Russia, an empty or too long text."""

    def __init__(self, fact: DocumentFact) -> None:
        super().__init__(f"the words for the {fact.value} were not understood")
        self.fact = fact


@dataclass(frozen=True, slots=True)
class MentionedPaper:
    """A paper that the document names, how often, and the document of the base that it is, if any."""

    mention: Mention
    times: int
    document: Draft | None


@dataclass(frozen=True, slots=True)
class FactsView:
    document: Draft
    mentioned: tuple[MentionedPaper, ...]


async def show_facts(storage: Storage, *, actor: Actor, document_id: DocumentId) -> FactsView:
    """Raises NotFoundError outside the actor's part of the network."""
    async with storage.read() as tx:
        document = await managed_document(tx, actor, document_id)
        found = await tx.facts.mentioned(document.mentions, managed_paths(actor))
    return FactsView(document, _papers(document, found))


async def correct_fact(
    storage: Storage,
    *,
    actor: Actor,
    document_id: DocumentId,
    version: int,
    fact: DocumentFact,
    words: str,
    now: datetime,
) -> None:
    """The coordinator's words for one fact of a draft; «–» takes a number, a day or a region away.

    Terms that nobody has confirmed are read again where the document's day or region decided what they mean.
    Raises FactNotUnderstoodError, DraftChangedError, NotADraftError, NotFoundError.
    """
    async with storage.write() as tx:
        old = await managed_document(tx, actor, document_id)
        new = _corrected(old, fact, " ".join(words.split()), now)
        await grow(tx, old, version)
        corrected = CorrectedFacts(
            title=new.title,
            number=new.number,
            dated=new.dated,
            region=new.region,
            quotes={**old.quotes, fact: ""},
            problems=_problems(new, fact),
        )
        await tx.facts.correct(document_id, corrected)
        await tx.facts.reread(await _reread(tx, old, new))
        await tx.audit.record(
            "fact corrected",
            by=actor.person.id,
            unit_id=old.unit_id,
            detail={"document": document_id, "fact": fact.value},
            now=now,
        )


def _corrected(draft: Draft, fact: DocumentFact, words: str, now: datetime) -> Draft:
    is_nothing = words.lower() in _NOTHING
    if fact is DocumentFact.TITLE and words and not is_nothing and len(words) <= MAX_TITLE:
        return replace(draft, title=words)
    number = words.removeprefix("№").strip()
    if fact is DocumentFact.NUMBER and number and len(number) <= MAX_NUMBER:
        return replace(draft, number=None if is_nothing else number)
    if fact is DocumentFact.DATE and words:
        return replace(draft, dated=None if is_nothing else _day(words, draft, now))
    region = find_region(words)
    if fact is DocumentFact.REGION and (region is not None or is_nothing):
        return replace(draft, region=region.title if region else None)
    raise FactNotUnderstoodError(fact)


def _day(words: str, draft: Draft, now: datetime) -> date:
    today = now.astimezone(ZoneInfo(draft.timezone)).date()
    term = read_term(words[:MAX_TITLE], reference_date=today)
    # A day without a year is no day of a paper: the year would be a guess.
    if term.start is not None or type(term.end) is not date or term.doubts or term.precision is None:
        raise FactNotUnderstoodError(DocumentFact.DATE)
    return term.end


def _problems(draft: Draft, fact: DocumentFact) -> tuple[dict[str, str], ...]:
    """What the document was said to lack it has now, or lacks from now on."""
    code = _PROBLEM_OF.get(fact)
    others = tuple(problem for problem in draft.problems if problem["code"] != code)
    is_absent = (draft.dated if fact is DocumentFact.DATE else draft.region) is None
    return (*others, {"code": code}) if code is not None and is_absent else others


async def _reread(tx: Stores, old: Draft, new: Draft) -> Mapping[RowId, Term]:
    """A term is read again only where its phrase alone, on the old day and region, gave what is stored.

    What the period of the title or a clause below had a say in stays as it is: the draft does not keep these.
    """
    if (old.dated, old.region) == (new.dated, new.region):
        return {}
    rows = [row for row in await tx.drafts.rows(old.id) if row.term is not None and not row.is_confirmed]
    terms = {row.id: _read(row, new) for row in rows if _read(row, old) == row.term}
    return {row.id: terms[row.id] for row in rows if row.id in terms and terms[row.id] != row.term}


def _read(row: DraftRow, draft: Draft) -> Term:
    day = draft.dated or draft.created_at.astimezone(ZoneInfo(draft.timezone)).date()
    return read_term(row.phrase, reference_date=day, region=draft.region)


def _papers(document: Draft, found: tuple[Draft, ...]) -> tuple[MentionedPaper, ...]:
    """Each paper once, in the order of the document."""
    times: dict[tuple[DocumentKind, str | None, date | None], list[Mention]] = {}
    for mention in document.mentions:
        times.setdefault((mention.kind, mention.number, mention.dated), []).append(mention)
    known = {(draft.kind, draft.number, draft.dated): draft for draft in reversed(found) if draft.id != document.id}
    return tuple(MentionedPaper(named[0], len(named), known.get(key)) for key, named in times.items())
