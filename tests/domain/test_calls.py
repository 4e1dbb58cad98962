"""Calls for proposals: how gently they remind, and what can be decided about a proposal."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.calls import (
    CallDraft,
    CallPart,
    Proposal,
    ProposalEmptyError,
    ProposalState,
    ProposalText,
    ProposalTooLongError,
    checked,
    decisions_about,
)
from bot.domain.event_drafts import everyone_of
from bot.domain.ids import OccurrenceId, PersonId, ProposalId, UnitId
from bot.domain.steps import call_ladder
from bot.domain.undoing import TIME_TO_UNDO
from tests.calendar_days import MONDAY

HE, ANOTHER = PersonId(1), PersonId(2)


@pytest.mark.parametrize(
    ("open_days", "before", "reason"),
    [
        (2, [], "announced the day before yesterday: nothing has been forgotten yet"),
        (3, [], "three days before the end is the day it was announced"),
        (4, [-3], "one reminder"),
        (11, [-3], "the middle is two days before the other reminder"),
        (12, [-6, -3], "three days apart"),
        (60, [-30, -3], "never more than two, however long it is"),
    ],
)
def test_a_call_reminds_twice_at_most(open_days: int, before: list[int], reason: str) -> None:
    assert [step.days for step in call_ladder(open_days).to_ower] == before, reason


@pytest.mark.parametrize("open_days", [1, 10, 100])
def test_nobody_above_hears_who_sent_nothing(open_days: int) -> None:
    assert call_ladder(open_days).upwards == ()


def test_a_draft_asks_for_what_it_lacks_in_order_and_keeps_what_it_has() -> None:
    draft = CallDraft(UnitId(1), "Europe/Moscow", everyone_of(UnitId(1)), question="Что?")
    assert draft.missing == (CallPart.TITLE, CallPart.UNTIL)
    assert CallDraft.from_json(draft.to_json()) == draft


@pytest.mark.parametrize(
    ("state", "possible"),
    [
        (ProposalState.NEW, {ProposalState.IN_WORK, ProposalState.ACCEPTED, ProposalState.DECLINED}),
        (ProposalState.IN_WORK, {ProposalState.ACCEPTED, ProposalState.DECLINED}),
        (ProposalState.ACCEPTED, set()),
        (ProposalState.DECLINED, set()),
        (ProposalState.WITHDRAWN, set()),
    ],
)
def test_what_is_decided_stays_and_what_is_in_work_waits(state: ProposalState, possible: set[ProposalState]) -> None:
    assert decisions_about(state) == possible


@pytest.mark.parametrize(
    ("state", "by", "after", "is_possible", "reason"),
    [
        (ProposalState.ACCEPTED, HE, timedelta(minutes=9), True, "his own, and the author does not know yet"),
        (ProposalState.ACCEPTED, HE, TIME_TO_UNDO, False, "by now the author is told"),
        (ProposalState.ACCEPTED, ANOTHER, timedelta(0), False, "another's decision"),
        (ProposalState.WITHDRAWN, HE, timedelta(0), False, "the author's own word"),
    ],
)
def test_a_decision_is_taken_back_at_once_or_not_at_all(
    state: ProposalState, by: PersonId, after: timedelta, is_possible: bool, reason: str
) -> None:
    proposal = _decided(state)
    assert proposal.can_be_undone(by, MONDAY + after) is is_possible, reason


def test_the_author_does_not_see_a_decision_that_can_be_taken_back() -> None:
    proposal = _decided(ProposalState.DECLINED)
    assert proposal.state_for_author(MONDAY + timedelta(minutes=1)) is ProposalState.NEW
    assert proposal.state_for_author(MONDAY + TIME_TO_UNDO) is ProposalState.DECLINED


def test_what_is_typed_is_trimmed_and_measured() -> None:
    assert checked("  Идея \n", 10) == "Идея"
    with pytest.raises(ProposalEmptyError):
        checked(" \n ", 10)
    with pytest.raises(ProposalTooLongError):
        checked("а" * 11, 10)


def _decided(state: ProposalState) -> Proposal:
    return Proposal(
        ProposalId(1),
        OccurrenceId(1),
        UnitId(1),
        "Школа № 1",
        PersonId(9),
        "Смирнова Дарья Павловна",
        ProposalText("Шахматы"),
        state,
        MONDAY,
        decided_by=HE,
        decided_at=MONDAY,
    )
