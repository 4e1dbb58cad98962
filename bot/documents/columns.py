"""Which column is which, told by the words of the header and by nothing else.

Columns stand in any order and are named in many ways; what two headings claim equally is not guessed between.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.documents.blocks import Cell, Row
from bot.documents.calendar_columns import CalendarColumn, calendar_columns
from bot.documents.wording import flat, unique
from bot.domain.reading_choices import REQUIRED_COLUMNS, Column

LONGEST_HEADING = 160  # «Описание основных результатов реализации мероприятия …»: longer cells are content
DEEPEST_HEADER = 3  # rows of a header: «Срок» over «начало | окончание» is two

_OTHER = re.compile(
    r"отметк|примечани|фактическ|источник\w* финанс|об[ъь]?[её]м\w* (?:финанс|средств)|финансирован|место провед|"
    r"участник|категори|целев|аудитори|форма провед|подпис|единиц\w* измер|телефон"
)
# In each column the first pattern that fits gives the strength of the claim: the more special comes first.
_PATTERNS: Mapping[Column, tuple[re.Pattern[str], ...]] = {
    Column.NUMBER: (
        re.compile(r"(?:№|n|no|#)\s*(?:п\s*[/.\\]?\s*п\.?|пункт\w*|строки)?\Z"),
        re.compile(r"(?:номер|п\s*[/\\]\s*п\.?)(?:\s+(?:п\s*[/\\]\s*п|строки|пункта|мероприятия))?\Z"),
    ),
    Column.BEGINS: (
        re.compile(
            r"(?:(?:планов\w+|планируем\w+)\s+)?(?:(?:срок\w*|дата|период\w*)\s+(?:\w+\s+){0,2})?начал[оа](?:\s+\(?\w+\)?){0,3}\Z"
        ),
        re.compile(r"(?:срок\w*|период\w*|даты?)\s+(?:\w+\s+){0,2}(?:с|от)\Z"),
    ),
    Column.ENDS: (
        re.compile(
            r"(?:(?:планов\w+|планируем\w+)\s+)?(?:(?:срок\w*|дата|период\w*)\s+(?:\w+\s+){0,2})?"
            r"(?:окончани[ея]|завершени[ея]|конец)(?:\s+\(?\w+\)?){0,3}\Z"
        ),
        re.compile(r"(?:срок\w*|период\w*|даты?)\s+(?:\w+\s+){0,2}(?:по|до)\Z"),
    ),
    Column.PHRASE: (
        re.compile(
            r"(?:(?:планов\w+|планируем\w+|ориентировочн\w+|предельн\w+|контрольн\w+|установленн\w+)\s+)?"
            r"(?:срок|период|дат[аы]\b|дедлайн)"
        ),
        re.compile(r"когда\b|месяц\b|квартал\b"),
    ),
    Column.TIME: (re.compile(r"время\b|час(?:ы|ов)?\b"),),
    Column.RESPONSIBLE: (
        re.compile(r"(?:[\w,]+\s+){0,2}ответственн|(?:\w+\s+)?(?:со)?исполнител"),
        re.compile(
            r"координатор|организатор|кто\Z|кто\s+(?:проводит|делает|исполняет|отвечает)|ф\.?\s?и\.?\s?о\.?.*ответственн"
        ),
    ),
    Column.RESULT: (
        re.compile(r"(?:(?:ожидаем|планируем|основн|конечн)\w+\s+)*результат|описание\s+(?:\w+\s+)?результат"),
        re.compile(
            r"(?:вид|форма|наименование)\s+(?:\w+\s+)?документ|подтверждающ\w+\s+документ|(?:вид|форма)\s+(?:отч[её]т|завершени)|"
            r"итог|выход\b|продукт|показател|отч[её]тн\w+\s+(?:документ|форм)|индикатор"
        ),
    ),
    Column.TITLE: (
        re.compile(r"(?:(?:наименован|назван|перечен|содержан)\w+\s+(?:[\w,]+\s+){0,2})?(?:мероприят|поручени)"),
        re.compile(r"(?:[\w,/-]+\s){0,4}(?:мероприят|поручени)"),
        re.compile(
            r"(?:наименование|название|содержание|перечень|вид)\w*\s+(?:работ|деятельн|действ|задач|событ|этап)|меры\b"
        ),
        re.compile(
            r"наименование\Z|название\Z|содержание\Z|задач[аи]\b|действи[яе]\b|событи[яе]\b|тема\b|что\s+(?:сделать|делаем|делать)|"
            r"(?:(?:принят\w+|содержание)\s+)?решени[еяй]\Z|суть\s"
        ),
    ),
}
_ORDER = tuple(_PATTERNS)


@dataclass(frozen=True, slots=True)
class Header:
    """``columns`` name the leading place of each kind, ``more_results`` the further result columns.

    ``calendar`` are quarters or months that stand as columns of their own, with marks below. A table without a header
    has a ``depth`` of 0.
    """

    columns: Mapping[Column, int]
    more_results: tuple[int, ...]
    texts: tuple[str, ...]
    depth: int
    calendar: tuple[CalendarColumn, ...] = ()

    @property
    def has_term(self) -> bool:
        """A phrase, an end (with or without a beginning), or marks in a calendar."""
        return Column.PHRASE in self.columns or Column.ENDS in self.columns or bool(self.calendar)

    @property
    def width(self) -> int:
        return len(self.texts)

    def is_repeated_by(self, row: Row) -> bool:
        """A page of its own often begins with the same header again."""
        texts = tuple(_key(cell.text) for cell in row.cells)
        own = tuple(_key(text) for text in self.texts)
        return texts == own or (
            sum(map(bool, texts)) > 1 and all(t in o.split("|") for t, o in zip(texts, own, strict=False) if t)
        )


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that looks like a header and is none that can be relied on; ``columns`` are those that it does name."""

    columns: Mapping[Column, int]
    missing: tuple[Column, ...]
    ambiguous: tuple[Column, ...]


def recognised(rows: Sequence[Row]) -> Header | None:
    """The header that begins with the first of ``rows``, if all that is needed can be told from its words."""
    for depth in range(1, min(DEEPEST_HEADER, len(rows)) + 1):
        if depth > 1 and not goes_on(rows[depth - 2], rows[depth - 1]):
            return None
        header = _header(rows[:depth])
        if header is not None and (depth == len(rows) or not goes_on(rows[depth - 1], rows[depth])):
            return header
    return None


def refusal(rows: Sequence[Row]) -> Refusal | None:
    """Why these rows are no header, if at least two of their columns are headings; ``None`` for any other rows."""
    stacks = [_stack(rows, place) for place in range(max(len(row.cells) for row in rows))]
    calendar = calendar_columns(stacks)
    claims = _claims(stacks, [column.place for column in calendar])
    named = {column for column, _ in claims.values()} | ({Column.PHRASE, Column.ENDS} if calendar else set())
    if len(named) < 2 or any(len(text) > LONGEST_HEADING for stack in stacks for text in stack):
        return None
    columns, ambiguous = _settled(claims)
    has_term = bool(calendar) or Column.PHRASE in columns or Column.ENDS in columns
    missing = tuple(
        column
        for column in REQUIRED_COLUMNS
        if column not in columns and column not in ambiguous and not (column is Column.PHRASE and has_term)
    )
    return Refusal(columns, missing, ambiguous) if missing or ambiguous else None


def header_as_named(rows: Sequence[Row], depth: int, named: Mapping[Column, int]) -> Header:
    """The header of the first ``depth`` rows, with the columns that the coordinator named taken from his words."""
    width = max(len(row.cells) for row in rows)
    stacks = [_stack(rows[:depth], place) for place in range(width)]
    taken = frozenset(named.values())
    calendar = () if Column.PHRASE in named else calendar_columns(stacks)
    claims = _claims(stacks, (*taken, *(column.place for column in calendar)))
    found, _ = _settled(claims)
    columns = {**{column: place for column, place in found.items() if column not in named}, **named}
    return _composed(stacks, depth, columns, claims, calendar)


def _header(rows: Sequence[Row]) -> Header | None:
    width = max(len(row.cells) for row in rows)
    stacks = [_stack(rows, place) for place in range(width)]
    if any(len(text) > LONGEST_HEADING for stack in stacks for text in stack):
        return None
    calendar = calendar_columns(stacks)
    claims = _claims(stacks, [column.place for column in calendar])
    columns, ambiguous = _settled(claims)
    header = _composed(stacks, len(rows), columns, claims, calendar)
    if Column.TITLE not in columns or not header.has_term or set(ambiguous) & set(REQUIRED_COLUMNS):
        return None
    return header


def _composed(
    stacks: Sequence[Sequence[str]],
    depth: int,
    columns: Mapping[Column, int],
    claims: Mapping[int, tuple[Column, int]],
    calendar: tuple[CalendarColumn, ...],
) -> Header:
    results = [place for place, claim in claims.items() if claim[0] is Column.RESULT]
    return Header(
        columns=columns,
        more_results=tuple(place for place in results if place not in columns.values()),
        texts=tuple("|".join(stack) for stack in stacks),
        depth=depth,
        calendar=calendar,
    )


def _stack(rows: Sequence[Row], place: int) -> tuple[str, ...]:
    """The headings over one column, from above downwards, a merged one once."""
    cells: dict[int, Cell] = {id(row.cells[place]): row.cells[place] for row in rows if place < len(row.cells)}
    return unique(cell.text for cell in cells.values() if cell.text)


def _claims(stacks: Sequence[Sequence[str]], besides: Collection[int]) -> dict[int, tuple[Column, int]]:
    """What each place claims to be, and how strongly (0 is strongest). The whole stack is read first, then its foot."""
    claims = {}
    for place, stack in enumerate(stacks):
        if place in besides:
            continue
        is_other = any(_OTHER.match(_key(text)) for text in stack)  # «Фактически» over «начало | окончание»
        claim = _best(" ".join(stack)) or (_best(stack[-1]) if len(stack) > 1 and not is_other else None)
        if claim is not None:
            claims[place] = claim
    return claims


def _best(text: str) -> tuple[Column, int] | None:
    key = _key(text)
    if not key or _OTHER.match(key) or (key.startswith("факт")):
        return None
    # «Наимено-вание» was hyphenated to fit its column.
    for words in (key, key.replace("-", "")):
        for column in _ORDER:
            for strength, pattern in enumerate(_PATTERNS[column]):
                if pattern.match(words):
                    return column, strength
    return None


def _settled(claims: Mapping[int, tuple[Column, int]]) -> tuple[dict[Column, int], tuple[Column, ...]]:
    """One place for each column: the strongest claim. Equal claims are a tie, but of results the left one leads."""
    columns: dict[Column, int] = {}
    ambiguous = []
    for column in _ORDER:
        rivals = [(claim[1], place) for place, claim in claims.items() if claim[0] is column]
        if not rivals:
            continue
        strength, place = min(rivals)
        if column in REQUIRED_COLUMNS and sum(rival[0] == strength for rival in rivals) > 1:
            ambiguous.append(column)
        else:
            columns[column] = place
    return columns, tuple(ambiguous)


def goes_on(upper: Row, lower: Row) -> bool:
    """A header of several rows shows it by merged cells, which go down from the row above."""
    goes_down = any(a is b and a.text for a, b in zip(upper.cells, lower.cells, strict=False))
    return goes_down and len(lower.distinct) > 1


def _key(text: str) -> str:
    return flat(text).replace("ё", "е").replace("Ё", "Е").replace("- ", "-").strip(" .:*").lower()
