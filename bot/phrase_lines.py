"""Phrases by the line: objects of JSON in, terms as JSON out, for checking the grammar from outside.

A line that names no day of reading is read without one: nothing in it is taken from the clock.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.domain.terms.reading import read_term


@dataclass(frozen=True, slots=True)
class Answer:
    body: dict[str, Any]
    is_read: bool


def read_lines(lines: Iterable[bytes]) -> Iterator[Answer]:
    """One answer a line, blank lines left out; a broken line answers with the reason, and reading goes on."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield Answer(_read(json.loads(line)), is_read=True)
        except (ValueError, TypeError) as error:  # UnicodeDecodeError and JSONDecodeError are ValueErrors
            yield Answer({"error": str(error), "line": number}, is_read=False)


def _read(row: Any) -> dict[str, Any]:
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise TypeError("a line is an object with a string in «text»")
    day, region, context = row.get("reference_date"), row.get("region"), row.get("context")
    if context is not None and not isinstance(context, dict):
        raise TypeError("«context» is an object")
    if region is not None and not isinstance(region, str):
        raise TypeError("«region» is a string")
    term = read_term(
        row["text"],
        reference_date=None if day is None else date.fromisoformat(day),
        region=region,
        context=context,
    )
    return term.to_json()
