"""Who was there: when somebody may check himself in, by what, and whose word counts."""

from __future__ import annotations

import base64
import hmac
import re
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from bot.domain.errors import DomainError
from bot.domain.events import Attendance, MarkSource, end_of
from bot.domain.ids import OccurrenceId
from bot.domain.names import one_line

OPENS_BEFORE = timedelta(minutes=15)
"""Those who come early find the door open: as early as the last reminder with the link."""
STAYS_OPEN = timedelta(hours=2)
"""After the end: who had no hand free writes the word on his way home."""
LONGEST_LASTS = timedelta(days=14)
"""No event is looked for that began earlier than this."""
QR_LASTS = timedelta(minutes=2)
"""A picture of the screen sent to a friend at home is of no use by then."""
QR_GRACE = timedelta(seconds=30)
"""Between the scan and the tap on «Запустить»."""

WRONG_CODES = 5
"""So many wrong words or links within ``WRONG_WITHIN``, and no other word of theirs is looked at for a while: who heard
the word badly is right by then, and who guesses would need days for the ninety numbers after thirty words."""
WRONG_WITHIN = timedelta(minutes=10)

MAX_WORD = 40
LEAST_LETTERS = 4
"""Of a word without a digit: «да», «ок» and «нет» are said every day, and would mark whoever says them."""
_ORDINARY = frozenset((
    "хорошо", "ладно", "окей", "okay", "спасибо", "привет", "здравствуйте", "понятно", "понял", "поняла", "ясно",
    "принято", "готово", "сделано", "выполнено", "буду", "приду", "придем", "можно", "конечно",
    "согласен", "согласна", "здесь", "присутствую", "ябуду", "яприду", "явебинаре", "яздесь", "добрыйдень",
    "доброеутро",
))  # fmt: skip
_NO_WORD = frozenset((
    "нет", "не", "ненадо", "ненужно", "нету", "без", "безслова", "безкодовогослова", "словоненужно", "ненужнослово",
    "ненужнокодовоеслово", "нетслова", "пропустить", "пропусти", "пропуск",
))  # fmt: skip
_PAYLOAD = re.compile(r"here_([0-9a-z]{1,9})_([0-9a-z]{1,9})_([A-Za-z0-9_-]{16})")
_MAC_BYTES = 12
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_WORDS = (
    "берёза", "маяк", "журавль", "компас", "радуга", "якорь", "ландыш", "телескоп", "ромашка", "парус", "снегирь",
    "глобус", "тополь", "родник", "кристалл", "василёк", "ледокол", "кедр", "мозаика", "облепиха", "горизонт",
    "дельфин", "рябина", "метроном", "калейдоскоп", "янтарь", "орбита", "подсолнух", "черника", "вертолёт",
)  # fmt: skip


class WindowState(StrEnum):
    EARLY = "early"
    OPEN = "open"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class CheckInWindow:
    """From ``opens_at`` up to ``closes_at``, both aware UTC, somebody may say of himself that he is there."""

    opens_at: datetime
    closes_at: datetime

    def state(self, at: datetime) -> WindowState:
        if at < self.opens_at:
            return WindowState.EARLY
        return WindowState.OPEN if at <= self.closes_at else WindowState.LATE

    def distance(self, at: datetime) -> timedelta:
        """How far ``at`` is from the window; nothing inside it."""
        return max(self.opens_at - at, at - self.closes_at, timedelta())


class CodeWordProblem(StrEnum):
    """Why something cannot be a code word."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    COMMAND = "command"
    ORDINARY = "ordinary"
    DECLINED = "declined"  # «не нужно» is an answer to the question, and no word


class BadCodeWordError(DomainError):
    """What was typed cannot be said at an event and typed by a hundred people; ``problem`` says why."""

    def __init__(self, problem: CodeWordProblem) -> None:
        super().__init__(f"not a code word: {problem}")
        self.problem = problem


class QrProblem(StrEnum):
    """Why a link of a QR picture checks nobody in."""

    FORGED = "forged"
    STALE = "stale"


class BadQrError(DomainError):
    """The link was not made by us, or too long ago; ``problem`` says which."""

    def __init__(self, problem: QrProblem) -> None:
        super().__init__(f"a check-in link: {problem}")
        self.problem = problem


def check_in_window(due_at: datetime, ends_at: datetime | None) -> CheckInWindow:
    """Of an event that begins at ``due_at``; one without a named end is taken to last two hours."""
    return CheckInWindow(due_at - OPENS_BEFORE, end_of(due_at, ends_at) + STAYS_OPEN)


def can_be_marked(due_at: datetime, now: datetime) -> bool:
    """Whether anybody can have been there at all; afterwards a mark may be corrected at any time."""
    return now >= due_at - OPENS_BEFORE


def code_word(text: str) -> str:
    """A word or a short phrase to be said aloud: 1–40 signs, and nothing that people write anyway.

    Raises BadCodeWordError.
    """
    word = one_line(text)
    if word.startswith("/"):
        raise BadCodeWordError(CodeWordProblem.COMMAND)
    if not word_key(word):
        raise BadCodeWordError(CodeWordProblem.EMPTY)
    if len(word) > MAX_WORD:
        raise BadCodeWordError(CodeWordProblem.TOO_LONG)
    if word_key(word) in _NO_WORD:
        raise BadCodeWordError(CodeWordProblem.DECLINED)
    if is_ordinary(word):
        raise BadCodeWordError(CodeWordProblem.ORDINARY)
    return word


def is_ordinary(word: str) -> bool:
    """Whether people write it without meaning to check in: an everyday answer, or a few letters without a digit."""
    key = word_key(word)
    return key in _ORDINARY or key in _NO_WORD or (len(key) < LEAST_LETTERS and not any(map(str.isdecimal, key)))


def invented_word() -> str:
    """A word that is easily heard, and two digits, so that nobody guesses it."""
    return f"{secrets.choice(_WORDS)} {secrets.randbelow(90) + 10}"


def another_word(taken: Collection[str]) -> str:
    """An invented word that is none of ``taken``."""
    while (word := invented_word()) in taken:
        pass
    return word


def word_key(text: str) -> str:
    """What is compared of a code word: «Берёза-42!» and «береза 42» have the same."""
    return "".join(sign for sign in text.casefold().replace("ё", "е") if sign.isalnum())


def is_code_word(typed: str, expected: str) -> bool:
    """Whether ``typed`` is the word, alone or in a few words around: «кодовое слово: Берёза»."""
    key = word_key(expected)
    if word_key(typed) == key:
        return True
    rest = re.sub(r"^\W*(?:моё|мое|это)?\s*(?:кодовое|секретное)?\s*слово\W+", "", typed.casefold(), count=1)
    return word_key(rest) == key


def qr_payload(occurrence_id: OccurrenceId, *, secret: bytes, at: datetime) -> str:
    """What the link of a picture made at ``at`` carries after «?start=»; ``read_qr`` takes it back."""
    issued = int(at.timestamp())
    return f"here_{_in36(occurrence_id)}_{_in36(issued)}_{_mac(secret, occurrence_id, issued)}"


def is_qr_payload(payload: str) -> bool:
    """Whether it looks like one; an invitation's token never does."""
    return _PAYLOAD.fullmatch(payload) is not None


def read_qr(payload: str, *, secret: bytes, at: datetime) -> OccurrenceId:
    """The event that the picture was made for. Raises BadQrError where it was not by us, or before QR_LASTS."""
    found = _PAYLOAD.fullmatch(payload)
    if found is None:
        raise BadQrError(QrProblem.FORGED)
    occurrence_id, issued = OccurrenceId(int(found[1], 36)), int(found[2], 36)
    if not hmac.compare_digest(found[3], _mac(secret, occurrence_id, issued)):
        raise BadQrError(QrProblem.FORGED)
    if at > datetime.fromtimestamp(issued, UTC) + QR_LASTS + QR_GRACE:
        raise BadQrError(QrProblem.STALE)
    return occurrence_id


def qr_secret(token: str) -> bytes:
    """A key for the pictures, from the bot's own secret: nothing more to keep, and it does not give that away."""
    return hmac.digest(token.encode(), b"check-in pictures", "sha256")


def barred_until(wrong_at: Sequence[datetime], now: datetime) -> datetime | None:
    """Until when somebody who was wrong at these instants may not try again; None where he may."""
    recent = sorted(at for at in wrong_at if at > now - WRONG_WITHIN)
    return recent[-WRONG_CODES] + WRONG_WITHIN if len(recent) >= WRONG_CODES else None


def may_overwrite(standing: MarkSource | None, new: MarkSource) -> bool:
    """Whoever looks at the people has the last word: what the leader marked, only the leader changes."""
    return standing is not MarkSource.LEADER or new is MarkSource.LEADER


@dataclass(frozen=True, slots=True)
class AttendanceTally:
    """How many of those invited have each state; ``excusable`` of the unmarked said why they would not come."""

    present: int = 0
    absent: int = 0
    excused: int = 0
    unmarked: int = 0
    excusable: int = 0

    @property
    def total(self) -> int:
        return self.present + self.absent + self.excused + self.unmarked

    @property
    def marked(self) -> int:
        return self.total - self.unmarked

    @property
    def share(self) -> int:
        """How many of a hundred invited were there; 100 only where all were, 0 only where nobody was."""
        if self.present in (0, self.total):
            return 100 if self.present else 0
        return min(99, max(1, round(100 * self.present / self.total)))


def next_state(state: Attendance | None) -> Attendance | None:
    """What one more tap makes of a mark: был, не был, уважительная причина, and no mark again."""
    order: tuple[Attendance | None, ...] = (None, *Attendance)
    return order[(order.index(state) + 1) % len(order)]


def state_of_absent(*, has_reason: bool) -> Attendance:
    """What becomes of one who was not there: who said why beforehand is excused, until the leader says otherwise."""
    return Attendance.EXCUSED if has_reason else Attendance.ABSENT


def _mac(secret: bytes, occurrence_id: OccurrenceId, issued: int) -> str:
    signed = hmac.digest(secret, f"{occurrence_id}:{issued}".encode(), "sha256")[:_MAC_BYTES]
    return base64.urlsafe_b64encode(signed).decode()


def _in36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
