"""When somebody may check himself in, by what, and whose word counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.attendance import (
    MAX_WORD,
    AttendanceTally,
    BadCodeWordError,
    BadQrError,
    CodeWordProblem,
    QrProblem,
    WindowState,
    barred_until,
    can_be_marked,
    check_in_window,
    code_word,
    invented_word,
    is_code_word,
    is_qr_payload,
    may_overwrite,
    next_state,
    qr_payload,
    qr_secret,
    read_qr,
)
from bot.domain.events import Attendance, MarkSource
from bot.domain.ids import OccurrenceId
from bot.domain.joining import new_token

NOON = datetime(2026, 9, 10, 12, tzinfo=UTC)
SECRET = qr_secret("1:token")


@pytest.mark.parametrize(
    ("minutes", "ends_after", "state", "reason"),
    [
        (-16, 60, WindowState.EARLY, "a minute before the door opens"),
        (-15, 60, WindowState.OPEN, "the door opens with the last reminder"),
        (0, 60, WindowState.OPEN, "the beginning"),
        (60 + 120, 60, WindowState.OPEN, "two hours after the end, on the way home"),
        (60 + 121, 60, WindowState.LATE, "the door is closed"),
        (4 * 60, None, WindowState.OPEN, "no end was named: two hours are taken, and two more"),
        (4 * 60 + 1, None, WindowState.LATE, "and then it is closed"),
        (26 * 60, 26 * 60, WindowState.OPEN, "a defence of two days goes on over the night"),
    ],
)
def test_the_window_is_open_around_the_event(
    minutes: int, ends_after: int | None, state: WindowState, reason: str
) -> None:
    ends_at = None if ends_after is None else NOON + timedelta(minutes=ends_after)
    assert check_in_window(NOON, ends_at).state(NOON + timedelta(minutes=minutes)) is state, reason


def test_nobody_is_marked_before_the_door_opens_and_anybody_at_any_time_after() -> None:
    assert not can_be_marked(NOON, NOON - timedelta(minutes=16))
    assert can_be_marked(NOON, NOON - timedelta(minutes=15))
    assert can_be_marked(NOON, NOON + timedelta(days=300))


@pytest.mark.parametrize(
    ("typed", "is_it", "reason"),
    [
        ("берёза 42", True, "as it was said"),
        ("БЕРЕЗА 42", True, "capitals and «ё» do not count"),
        ("  Берёза-42! ", True, "nor spaces and signs"),
        ("береза42", True, "nor whether it is one word"),
        ("Кодовое слово: берёза 42", True, "somebody answers in a sentence"),
        ("берёза 43", False, "another number"),
        ("берёза", False, "half of it"),
        ("была берёза 42 штуки", False, "it only occurs in something else"),
        ("🙂", False, "no letters at all"),
    ],
)
def test_a_code_word_is_known_however_it_is_typed(typed: str, is_it: bool, reason: str) -> None:
    assert is_code_word(typed, "Берёза 42") is is_it, reason


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("…", CodeWordProblem.EMPTY),
        ("", CodeWordProblem.EMPTY),
        ("/help", CodeWordProblem.COMMAND),
        ("ы" * (MAX_WORD + 1), CodeWordProblem.TOO_LONG),
        ("да", CodeWordProblem.ORDINARY),
        ("Ок!", CodeWordProblem.ORDINARY),
        ("Хорошо.", CodeWordProblem.ORDINARY),
        ("я буду", CodeWordProblem.ORDINARY),
        ("кот", CodeWordProblem.ORDINARY),
        ("Нет", CodeWordProblem.DECLINED),
        ("не надо", CodeWordProblem.DECLINED),
        ("Не нужно!", CodeWordProblem.DECLINED),
        ("+", CodeWordProblem.EMPTY),
    ],
)
def test_what_nobody_could_say_and_type_is_no_code_word(typed: str, problem: CodeWordProblem) -> None:
    with pytest.raises(BadCodeWordError) as refused:
        code_word(typed)
    assert refused.value.problem is problem


@pytest.mark.parametrize("typed", ["маяк", "кот 7", "42", "нет войне", "Да здравствует химия"])
def test_a_word_that_nobody_writes_by_the_way_is_taken(typed: str) -> None:
    assert code_word(typed) == typed


def test_an_invented_word_can_be_one() -> None:
    for _ in range(50):
        assert code_word(invented_word())


def test_the_link_of_a_picture_fits_a_deep_link_and_tells_the_event() -> None:
    payload = qr_payload(OccurrenceId(2**31), secret=SECRET, at=NOON)
    assert len(payload) <= 64
    assert is_qr_payload(payload)
    assert read_qr(payload, secret=SECRET, at=NOON) == 2**31


@pytest.mark.parametrize(
    ("seconds", "is_good", "reason"),
    [
        (0, True, "at once"),
        (120, True, "as long as the caption promises"),
        (150, True, "scanned in time, tapped a little later"),
        (151, False, "a photograph that was sent to somebody at home"),
    ],
)
def test_a_picture_lasts_two_minutes(seconds: int, is_good: bool, reason: str) -> None:
    payload = qr_payload(OccurrenceId(7), secret=SECRET, at=NOON)
    at = NOON + timedelta(seconds=seconds)
    if is_good:
        assert read_qr(payload, secret=SECRET, at=at) == 7, reason
        return
    with pytest.raises(BadQrError) as refused:
        read_qr(payload, secret=SECRET, at=at)
    assert refused.value.problem is QrProblem.STALE, reason


def test_a_link_is_not_made_by_others_nor_turned_to_another_event() -> None:
    good = qr_payload(OccurrenceId(7), secret=SECRET, at=NOON)
    forged = [
        good.replace("here_7_", "here_8_"),
        qr_payload(OccurrenceId(7), secret=qr_secret("2:token"), at=NOON),
        good[:-1] + ("A" if good[-1] != "A" else "B"),
        "here_7_zzzzzz",
    ]
    for payload in forged:
        with pytest.raises(BadQrError) as refused:
            read_qr(payload, secret=SECRET, at=NOON)
        assert refused.value.problem is QrProblem.FORGED, payload


def test_an_invitation_is_never_taken_for_a_picture() -> None:
    assert not any(is_qr_payload(new_token()) for _ in range(100))


@pytest.mark.parametrize(
    ("standing", "new", "may"),
    [
        (None, MarkSource.SELF, True),
        (MarkSource.TABLE, MarkSource.SELF, True),
        (MarkSource.SELF, MarkSource.TABLE, True),
        (MarkSource.LEADER, MarkSource.SELF, False),
        (MarkSource.LEADER, MarkSource.TABLE, False),
        (MarkSource.LEADER, MarkSource.LEADER, True),
        (MarkSource.SELF, MarkSource.LEADER, True),
    ],
)
def test_the_leader_has_the_last_word(standing: MarkSource | None, new: MarkSource, may: bool) -> None:
    assert may_overwrite(standing, new) is may


@pytest.mark.parametrize(
    ("minutes", "until", "why"),
    [
        ([], None, "never wrong"),
        ([0, 1, 2, 3], None, "four times: it was heard badly"),
        ([0, 1, 2, 3, 9], 10, "the fifth: until the first is ten minutes old"),
        ([-5, 0, 1, 2, 3, 9], 10, "what is older than ten minutes is forgiven"),
        ([5, 6, 6, 7, 8, 9], 16, "the latest five count"),
    ],
)
def test_who_was_wrong_too_often_waits(minutes: list[int], until: int | None, why: str) -> None:
    wrong_at = [NOON + timedelta(minutes=one) for one in minutes]
    expected = None if until is None else NOON + timedelta(minutes=until)
    assert barred_until(wrong_at, NOON + timedelta(minutes=9, seconds=30)) == expected, why


def test_four_taps_lead_round_to_no_mark() -> None:
    state: Attendance | None = None
    seen = []
    for _ in range(4):
        state = next_state(state)
        seen.append(state)
    assert seen == [Attendance.PRESENT, Attendance.ABSENT, Attendance.EXCUSED, None]


@pytest.mark.parametrize(
    ("present", "invited", "share", "why"),
    [
        (0, 0, 0, "nobody was invited"),
        (0, 5, 0, "nobody was there"),
        (1, 3, 33, "rounded"),
        (2, 3, 67, "rounded"),
        (299, 300, 99, "a hundred says that all were there"),
        (1, 300, 1, "nought says that nobody was"),
        (4, 4, 100, "all were there"),
    ],
)
def test_the_share_of_those_who_were_there(present: int, invited: int, share: int, why: str) -> None:
    assert AttendanceTally(present=present, absent=invited - present).share == share, why
