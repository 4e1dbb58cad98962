"""What is allowed, whatever happens: any stalls, slow connections, refusals."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.allowance import AT_ONCE, QUICK, SECOND, Allowance


@dataclass(slots=True)
class Message:
    granted_at: float
    rate: float
    written_at: float = math.inf


@dataclass(slots=True)
class Play:
    """Somebody always wants to go. Each ``step``: so long nothing runs, then all that is allowed is granted, and so
    many of those that wait for a connection are written or will never be."""

    allowance: Allowance
    now: float = 0.0
    messages: list[Message] = field(default_factory=list)
    connecting: deque[Message] = field(default_factory=deque)

    def step(self, pause: float, leaving: int, *, is_lost: bool, is_refused: bool) -> None:
        self.now += pause
        if is_refused:
            self.allowance.slow_down(self.now)
            self.allowance.stop_until(self.now + 1)
        while self.allowance.earliest() <= self.now:
            self.allowance.grant(self.now)
            self.connecting.append(Message(self.now, self.allowance.rate))
            self.messages.append(self.connecting[-1])
        for _ in range(min(leaving, len(self.connecting))):
            message = self.connecting.popleft()
            if is_lost:
                self.allowance.withdrawn()
            else:
                message.written_at = self.now
                self.allowance.written(self.now)

    def assert_no_second_holds_more_than_its_rate(self) -> None:
        written = sorted((m for m in self.messages if m.written_at < math.inf), key=lambda m: m.written_at)
        lately = deque[Message]()
        for message in written:
            lately.append(message)
            while message.written_at - lately[0].written_at >= 1:
                lately.popleft()
            last = max(lately, key=lambda m: m.granted_at)
            assert len(lately) <= max(1, math.floor(last.rate))

    def assert_no_moment_is_crowded(self) -> None:
        lately = deque[Message]()
        for message in self.messages:
            lately.append(message)
            while message.granted_at - lately[0].granted_at > 0.1:
                lately.popleft()
            quick = QUICK * max(m.rate for m in lately)
            assert len(lately) <= quick * (0.1 + AT_ONCE) + 1 + 1e-6


STEPS = st.lists(
    st.tuples(
        st.one_of(st.floats(0, 0.02), st.floats(0, 0.3), st.sampled_from([1.0, 3.0])),
        st.integers(0, 30),
        st.integers(0, 7).map(lambda number: number == 0),
        st.integers(0, 15).map(lambda number: number == 0),
    ),
    max_size=60,
)


@settings(deadline=None)  # how long the machine takes is not what is asked
@given(rate=st.sampled_from([1.0, 2.5, 30.0, 200.0]), steps=STEPS)
def test_no_second_holds_more_written_messages_than_the_rate_of_its_last_one(
    rate: float, steps: list[tuple[float, int, bool, bool]]
) -> None:
    """The first second, one with a stall in it, one in which connections took long, and one after a refusal."""
    play = Play(Allowance(rate))
    for pause, leaving, is_lost, is_refused in steps:
        play.step(pause, leaving, is_lost=is_lost, is_refused=is_refused)
    play.assert_no_second_holds_more_than_its_rate()
    play.assert_no_moment_is_crowded()


def test_what_waits_for_its_connection_counts_until_it_has_left() -> None:
    allowance = Allowance(2)
    allowance.grant(0.0)
    allowance.grant(0.5)
    assert allowance.earliest() == math.inf, "both may leave at any moment"
    allowance.written(0.9)
    assert allowance.earliest() == 0.9 + SECOND, "beside the other, which may leave then"
    allowance.withdrawn()
    assert allowance.earliest() < 1.0, "one that never leaves takes nobody's place"


def test_less_than_one_a_second_is_kept_as_it_is() -> None:
    allowance = Allowance(0.5)
    allowance.grant(10.0)
    allowance.written(10.0)
    assert allowance.earliest() == 12.0


def test_a_pace_that_was_lowered_creeps_back_and_gains_nothing_while_all_wait() -> None:
    allowance = Allowance(100)
    allowance.slow_down(0.0)
    allowance.stop_until(50.0)
    allowance.grant(50.0)
    assert allowance.rate == 85
    allowance.grant(60.0)
    assert allowance.rate == 95
    allowance.grant(70.0)
    assert allowance.rate == 100
