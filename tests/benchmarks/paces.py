"""What a row of instants says of the pace at which something was done."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence


def over_ideal(times: Sequence[float], rate: float) -> float:
    """All of them in the time that the rate asks for is 1."""
    return (times[-1] - times[0]) * rate / (len(times) - 1)


def most_in(seconds: float, times: Sequence[float]) -> int:
    """In any such stretch of time, wherever it begins; the end is not in it."""
    most, lately = 0, deque[float]()
    for at in sorted(times):
        lately.append(at)
        while at - lately[0] > seconds - 1e-9:
            lately.popleft()
        most = max(most, len(lately))
    return most
