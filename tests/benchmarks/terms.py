"""How much of the phrases about terms is read, and what a phrase costs."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from bot.domain.terms.reading import read_term
from tests.benchmarks.figures import Figure, Part, median, share
from tests.domain.terms.phrases import ALL

SHARED = Path(__file__).resolve().parents[3] / "shared" / "deadlines" / "phrases.jsonl"
_FIELDS = ("kind", "start", "end", "precision", "tz", "rrule", "parts", "offset", "negative", "vague", "invalid")
_DATES = ("start", "end", "rrule")
_REPEATS = 3  # the fastest counts: a cold cache is not the parser's cost
_LIMIT_MS = 5.0  # for 500 characters
_NOISE = 300


@dataclass(frozen=True, slots=True)
class _Question:
    text: str
    expected: Mapping[str, Any]
    today: date | None
    region: str | None
    context: Mapping[str, Any] | None

    def read(self) -> dict[str, Any]:
        return read_term(self.text, reference_date=self.today, region=self.region, context=self.context).to_json()


class _Verdict(StrEnum):
    EXACT = "exact"
    ABSTAINED = "abstained"  # less was said than could be: the coordinator is asked
    WRONG = "wrong"  # a date or a rule that differs from the expected one
    INVENTED = "invented"  # a date where there is none
    OTHERWISE = "otherwise"  # the right date, another field differs


async def measure() -> Part:
    figures = [*_score("the project's own table", _own())]
    if SHARED.exists():
        figures += _score("phrases of public documents", _shared())
    else:
        figures.append(Figure("phrases of public documents", "skipped", f"{SHARED.name} is not on this machine"))
    figures.append(_worst_noise())
    return Part("Terms: phrases of official documents become dates", tuple(figures))


def _score(name: str, questions: Sequence[_Question]) -> Iterable[Figure]:
    verdicts = Counter(_judge(question) for question in questions)
    count = len(questions)
    negatives = sum(_is_dateless(question) for question in questions)
    others = "chrono-node 43 %, dateparser 31 %, on 396 of such phrases (measured apart)"
    yield Figure(f"{name}: exact", share(verdicts[_Verdict.EXACT], count), others)
    rest = f"abstained {verdicts[_Verdict.ABSTAINED]}"
    if verdicts[_Verdict.OTHERWISE]:
        rest += f", right date but another field differs {verdicts[_Verdict.OTHERWISE]}"
    yield Figure("… the rest, asked of the coordinator", rest)
    yield Figure("… wrong: a date or a rule that differs", str(verdicts[_Verdict.WRONG]), "limit 0; chrono-node 44 %")
    yield Figure("… invented: a date where there is none", f"{verdicts[_Verdict.INVENTED]} of {negatives}", "limit 0")
    times = sorted((_seconds(question) * 1e6, question.text) for question in questions)
    slowest, text = times[-1]
    yield Figure("… microseconds a phrase, the median", f"{median([each for each, _ in times]):.0f}")
    yield Figure(
        "… its slowest phrase",
        f"{slowest / 1000:.2f} ms",
        f"{slowest / 1000 / _LIMIT_MS:.2f} of the {_LIMIT_MS:.0f} ms allowed; {len(text)} characters",
    )


def _judge(question: _Question) -> _Verdict:
    found, expected = question.read(), question.expected
    if _comparable(found) == _comparable(expected):
        return _Verdict.EXACT
    given = [name for name in _DATES if found.get(name) is not None]
    if _is_dateless(question) and given:
        return _Verdict.INVENTED
    if any(found[name] != expected.get(name) for name in given):
        return _Verdict.WRONG
    is_whole = all(found.get(name) == expected.get(name) for name in _DATES)
    return _Verdict.OTHERWISE if is_whole and given else _Verdict.ABSTAINED


def _is_dateless(question: _Question) -> bool:
    return bool(question.expected.get("negative"))


def _comparable(term: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: term[name] for name in _FIELDS if term.get(name) is not None}
    if "parts" in found:
        found["parts"] = [_comparable(part) for part in found["parts"]]
    return found


def _seconds(question: _Question) -> float:
    """Of the processor, not of the wall clock: other programs share the machine."""
    best = float("inf")
    for _ in range(_REPEATS):
        began = time.thread_time()
        question.read()
        best = min(best, time.thread_time() - began)
    return best


def _worst_noise() -> Figure:
    """500 characters put together from everything that the grammar knows: what costs most is what almost fits."""
    chance = random.Random(1)
    known = sorted({word for phrase in ALL for word in phrase.text.split()})
    alphabet = "абвгдежз0123456789.,-–—«»()/ №IVX"
    noises = ["".join(chance.choices(alphabet, k=500)) for _ in range(_NOISE // 3)]
    noises += [" ".join(chance.choices(known, k=200))[:500] for _ in range(_NOISE // 3)]
    noises += [(word + " ") * 500 for word in chance.sample(known, min(len(known), _NOISE // 3))]
    worst = max(_seconds(_Question(noise[:500], {}, None, None, None)) for noise in noises) * 1000
    return Figure(
        f"worst of {len(noises)} noises of 500 characters",
        f"{worst:.2f} ms",
        f"{worst / _LIMIT_MS:.2f} of the {_LIMIT_MS:.0f} ms allowed",
    )


def _own() -> list[_Question]:
    return [
        _Question(
            phrase.text,
            phrase.expected,
            None if phrase.today is None else date.fromisoformat(phrase.today),
            phrase.region,
            phrase.context,
        )
        for phrase in ALL
    ]


def _shared() -> list[_Question]:
    rows = [json.loads(line) for line in SHARED.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        _Question(
            row["text"],
            row["expected"],
            date.fromisoformat(row["reference_date"]) if row.get("reference_date") else None,
            row.get("region"),
            row.get("context"),
        )
        for row in rows
    ]
