"""``python -m tests.crashes``: strikes the program down at random moments of a broadcast and of many taps, and counts.

Exit code 1 where a promise is broken. The moments are chosen by ``--seed``.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from tests.crashes.broadcast import broadcast
from tests.crashes.plan import Blow, Plan, Report
from tests.crashes.taps import taps

_PARTS = {"broadcast": broadcast, "taps": taps}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.crashes", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*_PARTS, []], help="broadcast, taps; both without a word")
    parser.add_argument("--kills", type=int, default=100, help="random moments in each part")
    parser.add_argument("--recipients", type=int, default=10_000)
    parser.add_argument("--taps", type=int, default=10_000)
    parser.add_argument("--network", choices=[blow.value for blow in Blow], default=Blow.KILL.value,
                        help="cut connections instead of killing")  # fmt: skip
    parser.add_argument("--synchronous", choices=["normal", "full"], default="normal", help="of SQLite")
    parser.add_argument("--rate", type=float, default=200, help="messages a second")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    plan = Plan(
        kills=asked.kills,
        recipients=asked.recipients,
        taps=asked.taps,
        blow=Blow(asked.network),
        outlives_power=asked.synchronous == "full",
        rate=asked.rate,
        seed=asked.seed,
    )
    is_well = True
    for part in asked.parts or _PARTS:
        with tempfile.TemporaryDirectory(prefix="vestovoy-crashes-") as folder:
            report = asyncio.run(_PARTS[part](plan, Path(folder)))
        show(plan, report)
        is_well &= report.is_well
    return 0 if is_well else 1


def show(plan: Plan, report: Report) -> None:
    what = "SIGKILL and restart" if plan.blow is Blow.KILL else f"network {plan.blow.value}"
    synchronous = "FULL" if plan.outlives_power else "NORMAL"
    print(f"\n{report.title}: {what} {report.suffered.blows} times, {report.suffered.idle} of them after its end")
    print(f"  seed {plan.seed}, {plan.rate:.0f} messages/s, synchronous={synchronous}, {report.seconds:.0f} s")
    for fact in report.facts:
        print(f"  {fact}")
    for promise in report.promises:
        kept = "kept  " if promise.is_kept else "broken"
        print(f"  {kept}  {promise.words}: {promise.found} (limit {promise.limit})", flush=True)


if __name__ == "__main__":  # the processes that are killed are forked from one that imports this module
    sys.exit(main())
