"""Are the numbers of the rows 1..N, each once? A gap means that a row was lost between the author and us."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.documents.rows import RawRow
from bot.domain.documents import Problem, ProblemCode

_LONGEST = 6  # digits: what is longer numbers no row
_WIDEST_GAP = 50  # a «2024» among the numbers is no gap of two thousand rows


def number_problems(rows: Sequence[RawRow]) -> tuple[tuple[Problem, ...], Mapping[int, tuple[Problem, ...]]]:
    """Problems of the whole (numbers that are missing), and of rows by their place (no number, a second one).

    Numbers may begin anew at 1 with a new table or a new group; «2.1» is counted within «2».
    """
    missing: list[Problem] = []
    of_rows: dict[int, tuple[Problem, ...]] = {}
    last: dict[str, int] = {}
    seen: set[str] = set()
    block = rows[0].block if rows else 0
    is_numbered = any(row.number for row in rows)
    for place, row in enumerate(rows):
        if row.number is None:
            if is_numbered:
                of_rows[place] = (Problem(ProblemCode.NO_NUMBER),)
            continue
        prefix, _, final = row.number.rpartition(".")
        if not final.isdecimal() or len(final) > _LONGEST:
            continue
        if row.block != block and int(final) == 1:
            last, seen = {key: value for key, value in last.items() if key != prefix}, set()
        block = row.block
        if row.number in seen:
            if not row.is_number_shared:
                of_rows[place] = (Problem(ProblemCode.DUPLICATE_NUMBER, {"number": row.number}),)
            continue
        seen.add(row.number)
        # «2.1» under a row «2» or as the first of its kind: the group above stands for the «2» itself.
        expected = last.get(prefix, 0) + 1
        gap = range(expected, int(final))
        if len(gap) <= _WIDEST_GAP:
            missing += [_missing(prefix, lost) for lost in gap]
        last[prefix] = max(last.get(prefix, 0), int(final))
    return tuple(missing), of_rows


def _missing(prefix: str, lost: int) -> Problem:
    return Problem(ProblemCode.MISSING_NUMBER, {"number": f"{prefix}.{lost}" if prefix else str(lost)})
