"""`python -m tests.fuzzing [--inputs 10000] [--seed N]`: damaged files against the readers, every outcome counted.

Each input is read in a child of its own under the limits that the bot sets for it. A draft or a refusal in words is
what must come out; a signal, an unforeseen error or a child that passes its limits is printed with the seed that makes
the same input again, kept as a file, and ends the run with exit code 1.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.documents.limits import READING_MEMORY_MB
from tests.fuzzing.children import Outcome, load_readers, read_in_child
from tests.fuzzing.mutations import mutated
from tests.fuzzing.samples import Sample, samples

_AHEAD = 64


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing", description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000, help="how many, over all readers (10000)")
    parser.add_argument("--seed", type=int, default=20261121, help="the same seed makes the same inputs")
    parser.add_argument("--keep", type=Path, default=Path("fuzzing-failures"), help="where failing inputs are kept")
    wanted = parser.parse_args()
    load_readers()
    console = Console()
    found: list[tuple[Sample, Outcome]] = []
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        inputs = track(_inputs(wanted.inputs, wanted.seed), total=wanted.inputs, console=console, transient=True)
        while batch := list(islice(inputs, _AHEAD)):
            outcomes = pool.map(lambda item: read_in_child(item[1], item[0].file_name), batch)
            for (sample, data), outcome in zip(batch, outcomes, strict=True):
                found.append((sample, outcome))
                if outcome.is_failure:
                    _keep(wanted.keep, len(found), sample, data, outcome, console)
    _show(console, found)
    return 1 if any(outcome.is_failure for _, outcome in found) else 0


def _inputs(count: int, seed: int) -> Iterator[tuple[Sample, bytes]]:
    """Readers in turn, and the samples of each in turn; every input has a seed of its own."""
    by_reader = samples()
    for place in range(count):
        readers = list(by_reader.values())
        of_reader = readers[place % len(readers)]
        sample = of_reader[place // len(readers) % len(of_reader)]
        chance = random.Random(f"{seed}/{place}")
        yield sample, mutated(sample.data, sample.reader, chance)


def _keep(folder: Path, place: int, sample: Sample, data: bytes, outcome: Outcome, console: Console) -> None:
    folder.mkdir(exist_ok=True)
    file = folder / f"{place}-{sample.file_name}"
    file.write_bytes(data)
    console.print(f"[red]{file}[/red]: {outcome.kind}\n{outcome.detail}")


def _show(console: Console, found: list[tuple[Sample, Outcome]]) -> None:
    table = Table(title=f"{len(found)} damaged files, each read under the limits of the bot", title_justify="left")
    for name in ("reader", "inputs", "read", "refused in words", "failed", "peak memory, MB"):
        table.add_column(name, justify="left" if name == "reader" else "right")
    for reader in dict.fromkeys(sample.reader for sample, _ in found):
        outcomes = [outcome for sample, outcome in found if sample.reader == reader]
        kinds = Counter("failed" if outcome.is_failure else outcome.kind for outcome in outcomes)
        peak = max(outcome.memory_mb for outcome in outcomes)
        table.add_row(
            f".{reader}",
            str(len(outcomes)),
            str(kinds["read"]),
            str(kinds["refused"]),
            str(kinds["failed"]),
            f"{peak} of {READING_MEMORY_MB}",
        )
    console.print(table)
    reasons = Counter(outcome.detail for _, outcome in found if outcome.kind == "refused")
    console.print("refusals: " + ", ".join(f"{reason} {count}" for reason, count in reasons.most_common()))


if __name__ == "__main__":
    sys.exit(main())
