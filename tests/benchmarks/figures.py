"""What a part of the benchmarks measured, and the table in which it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: what was measured, what came out, and the limit or the other approach it stands beside."""

    measured: str
    figure: str
    against: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    figures: tuple[Figure, ...]


def show(console: Console, name: str, part: Part, seconds: float) -> None:
    table = Table(
        title=f"{part.title}\n[dim]python -m tests.benchmarks {name} · {seconds:.0f} s[/dim]",
        title_justify="left",
        title_style="bold",
        expand=True,
    )
    table.add_column("measured", ratio=5)
    table.add_column("figure", ratio=3)
    table.add_column("limit or other approach", ratio=5)
    for figure in part.figures:
        table.add_row(figure.measured, figure.figure, figure.against)
    console.print(table)
    console.print()


def share(found: int, of: int) -> str:
    return f"{found} of {of}" if found == of else f"{found} of {of} ({found / of:.1%})"


def median(values: Sequence[float]) -> float:
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
