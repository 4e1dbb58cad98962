"""What holds for every term and every text, not only for those in a table."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.terms.grammar import MOST_STEPS
from bot.domain.terms.model import Doubt, Offset, Precision, Term, TermKind
from bot.domain.terms.reading import read_term, whole_grammar
from bot.domain.terms.repeated import first_day
from bot.domain.terms.saying import say_term
from bot.domain.terms.saying_dates import MONTHS as NAMES_OF_MONTHS
from bot.domain.terms.saying_dates import MONTHS_GENITIVE
from bot.domain.terms.tokens import tokenise
from tests.domain.terms.expectations import Phrase
from tests.domain.terms.phrases import ALL
from tests.domain.terms.prose import PROSE

TODAY = date(2025, 9, 8)
DAYS = st.dates(date(2001, 1, 1), date(2098, 12, 31))
MONTHS = DAYS.map(lambda day: day.replace(day=1))
QUARTERS = DAYS.map(lambda day: date(day.year, (day.month - 1) // 3 * 3 + 1, 1))
CLOCKS = st.tuples(st.integers(0, 23), st.integers(0, 59))
ZONES = st.sampled_from(
    (None, "Europe/Moscow", "Europe/Kaliningrad", "Asia/Yakutsk", "Asia/Tomsk", "Asia/Novokuznetsk", "Asia/Kamchatka")
)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
EVENTS = st.sampled_from(("получения", "окончания смены", "подписания соглашения с Министерством", "дня открытия"))


def moment(day: date, clock: tuple[int, int], zone: str | None) -> datetime:
    tz = None if zone is None else ZoneInfo(zone)
    return datetime(day.year, day.month, day.day, *clock, tzinfo=tz)


def month_end(day: date, months: int) -> date:
    return day + relativedelta(months=months, day=1) - timedelta(days=1)


@st.composite
def deadlines(draw: st.DrawFn) -> Term:
    precision = draw(st.sampled_from((Precision.DAY, Precision.MONTH, Precision.QUARTER, Precision.YEAR)))
    if precision is Precision.DAY:
        end = draw(DAYS)
    elif precision is Precision.MONTH:
        end = month_end(draw(MONTHS), 1)
    elif precision is Precision.QUARTER:
        end = month_end(draw(QUARTERS), 3)
    else:
        end = date(draw(st.integers(2001, 2098)), *draw(st.sampled_from(((12, 31), (5, 31), (8, 31), (9, 1)))))
    return Term(TermKind.DEADLINE, end=end, precision=precision)


@st.composite
def moments(draw: st.DrawFn) -> Term:
    zone = draw(ZONES)
    when = moment(draw(DAYS), draw(CLOCKS), zone)
    start = when if draw(st.booleans()) else None
    return Term(TermKind.DEADLINE, start=start, end=when, precision=Precision.MINUTE, tz=zone)


@st.composite
def periods(draw: st.DrawFn) -> Term:
    precision = draw(st.sampled_from((Precision.DAY, Precision.MONTH, Precision.QUARTER, Precision.YEAR)))
    units = draw(st.integers(1, 7))
    if precision is Precision.DAY:
        first = draw(DAYS)
        last = first + timedelta(days=draw(st.integers(1, 500)))
    elif precision is Precision.MONTH:
        first = draw(MONTHS)
        last = month_end(first, units)
    elif precision is Precision.QUARTER:
        first = draw(QUARTERS)
        last = month_end(first, 3 * units)
    else:
        first = date(draw(st.integers(2001, 2090)), 1, 1)
        last = date(first.year + units - 1, 12, 31)
    is_open = draw(st.booleans())
    return Term(TermKind.PERIOD, first, None if is_open else last, precision)


@st.composite
def timed_periods(draw: st.DrawFn) -> Term:
    zone = draw(ZONES)
    first = moment(draw(DAYS), draw(CLOCKS), zone)
    last = first + timedelta(minutes=draw(st.integers(1, 5000)))
    return Term(TermKind.PERIOD, first, last, Precision.MINUTE, zone)


@st.composite
def rules_with_days(draw: st.DrawFn) -> Term:
    day = draw(st.integers(1, 28))
    places = draw(st.sampled_from(("1", "2", "3", "4", "-1")))
    rule = draw(
        st.sampled_from(
            (
                f"FREQ=MONTHLY;BYMONTHDAY={day}",
                "FREQ=MONTHLY;BYMONTHDAY=-1",
                f"FREQ=MONTHLY;BYMONTHDAY=1,{max(day, 2)}",
                f"FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY={day}",
                f"FREQ=YEARLY;BYMONTH=2,5,8,11;BYMONTHDAY={day}",
                f"FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY={day}",
                f"FREQ=YEARLY;BYMONTH={draw(st.integers(1, 12))};BYMONTHDAY={day}",
                f"FREQ=MONTHLY;BYDAY={places}{draw(st.sampled_from(WEEKDAYS))}",
                f"FREQ=WEEKLY;BYDAY={draw(st.sampled_from(WEEKDAYS))}",
                "FREQ=WEEKLY;BYDAY=MO,TH",
                "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
                "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
                f"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS={draw(st.integers(1, 10))}",
                "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            )
        )
    )
    start = first_day(rule, draw(st.dates(TODAY, date(2090, 1, 1))))
    assert start is not None
    return Term(TermKind.RECURRING, start=start, precision=Precision.DAY, rrule=rule)


@st.composite
def continued_rules(draw: st.DrawFn) -> Term:
    rule = draw(
        st.sampled_from(
            (
                "FREQ=YEARLY",
                "FREQ=MONTHLY",
                "FREQ=MONTHLY;INTERVAL=3",
                "FREQ=MONTHLY;INTERVAL=6",
                "FREQ=WEEKLY;INTERVAL=2",
            )
        )
    )
    if draw(st.booleans()):
        return Term(TermKind.RECURRING, rrule=rule)
    return Term(TermKind.RECURRING, start=draw(DAYS), precision=Precision.DAY, rrule=rule)


@st.composite
def relatives(draw: st.DrawFn) -> Term:
    unit = draw(st.sampled_from(("day", "workday", "month", "hour")))
    direction = draw(st.sampled_from(("after", "before")))
    event = draw(EVENTS) if direction == "before" else draw(st.one_of(st.none(), EVENTS))
    return Term(TermKind.RELATIVE, offset=Offset(draw(st.integers(1, 90)), unit, direction, event))


STATES = st.sampled_from((TermKind.AS_NEEDED, TermKind.BY_SCHEDULE, TermKind.CONTINUOUS)).map(Term)
TERMS = st.one_of(
    deadlines(), moments(), periods(), timed_periods(), rules_with_days(), continued_rules(), relatives(), STATES
)
WORDS = (
    *(
        "до",
        "с",
        "по",
        "не",
        "позднее",
        "в",
        "течение",
        "5",
        "31",
        "29",
        "15.11",
        "01.02.2025",
        "2024",
        "2024/25",
        "г.",
    ),
    *("года", "февраля", "октябрь", ",", ";", "и", "-", "(", ")", "квартал", "IV", "полугодие", "ежемесячно", "каждый"),
    *("вторник", "числа", "месяца", "следующего", "за", "отчетным", "25:00", "18.00", "мск", "дней", "рабочих", "со"),
    *("дня", "получения", "далее", "первая", "неделя", "декада", "конца", "начала", "учебного", "99999", "0", "раз"),
)
NOISE = st.text(alphabet="абвгдежзиклмнопрстуфхцчшыьэюя АБВ.,;:()-–«»№%/0123456789\n", max_size=40)


@settings(max_examples=200, deadline=None)
@given(TERMS)
def test_what_is_said_in_full_reads_back_as_the_same_term(term: Term) -> None:
    said = say_term(term, form="full", today=TODAY)
    assert read_term(said, reference_date=TODAY).to_json() == term.to_json(), said


DAY_SHAPES = (
    "{day} {month} {year} г.",
    "{day} {month} {year} года",
    "{day:02} {month} {year}",
    "{day} {month}{year}г.",
    "«{day}» {month} {year} года",
    "{day}-го {month} {year} г.",
    "{day:02}.{number:02}.{year}",
    "{day}.{number:02}.{year} г.",
    "{day:02}/{number:02}/{year}",
    "{year}-{number:02}-{day:02}",
)
DUE_SHAPES = (
    "до {}",
    "до {} включительно",
    "не позднее {}",
    "в срок до {}",
    "Срок: {}",
    "Срок исполнения – до {}",
    "{}",
)
MONTH_SHAPES = ("{0} {2} г.", "{0} {2} года", "{0} {2}", "{0}{2}г.", "в {1} {2} года", "на {0} {2} г.")


@settings(max_examples=150, deadline=None)
@given(DAYS, st.sampled_from(DAY_SHAPES), st.sampled_from(DUE_SHAPES), st.booleans())
def test_a_day_is_the_same_in_every_shape(day: date, shape: str, due: str, is_loud: bool) -> None:
    said = shape.format(day=day.day, month=MONTHS_GENITIVE[day.month - 1], number=day.month, year=day.year)
    text = due.format(said).upper() if is_loud else due.format(said)
    assert read_term(text) == Term(TermKind.DEADLINE, end=day, precision=Precision.DAY), text


@settings(max_examples=120, deadline=None)
@given(DAYS, st.integers(1, 40), st.sampled_from(DAY_SHAPES), st.sampled_from(("с {} по {}", "{} – {}", "с {} до {}")))
def test_a_period_is_the_same_in_every_shape(first: date, length: int, shape: str, span: str) -> None:
    last = first + timedelta(days=length)
    ends = [
        shape.format(day=day.day, month=MONTHS_GENITIVE[day.month - 1], number=day.month, year=day.year)
        for day in (first, last)
    ]
    assert read_term(span.format(*ends)) == Term(TermKind.PERIOD, first, last, Precision.DAY), span.format(*ends)


@settings(max_examples=120, deadline=None)
@given(MONTHS, st.sampled_from(MONTH_SHAPES))
def test_a_month_is_the_same_in_every_shape(first: date, shape: str) -> None:
    name = NAMES_OF_MONTHS[first.month - 1]
    prepositional = f"{name}е" if name[-1] not in "ьй" else f"{name[:-1]}е"
    text = shape.format(name, prepositional, first.year)
    assert read_term(text) == Term(TermKind.PERIOD, first, month_end(first, 1), Precision.MONTH), text


@settings(max_examples=120, deadline=None)
@given(st.one_of(deadlines(), moments()), STATES)
def test_a_deadline_and_then_a_state_reads_back_as_two_parts(term: Term, state: Term) -> None:
    both = replace(term, parts=(term, state))
    said = say_term(both, form="full", today=TODAY)
    assert read_term(said, reference_date=TODAY).to_json() == both.to_json(), said


@settings(max_examples=120, deadline=None)
@given(TERMS)
def test_a_term_can_always_be_said_in_short(term: Term) -> None:
    said = say_term(term, form="short", today=TODAY)
    assert 0 < len(said) < 120


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(ALL), NOISE, NOISE)
def test_noise_around_a_phrase_never_makes_another_date(phrase: Phrase, before: str, after: str) -> None:
    text = phrase.text
    words_before, words_after = _without_numbers(before), _without_numbers(after)
    alone = read_term(text, reference_date=TODAY)
    noisy = read_term(f"{words_before} {text} {words_after}", reference_date=TODAY)
    if noisy.has_date and not alone.has_date:
        raise AssertionError(f"a date was made of noise: {words_before!r} {text!r} {words_after!r} {noisy}")
    if noisy.has_date:
        assert (noisy.start, noisy.end, noisy.rrule) == (alone.start, alone.end, alone.rrule)


PROSE_TEXTS = st.sampled_from([text for about in PROSE if about != "bare numbers" for text in PROSE[about]])


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.sampled_from(ALL), PROSE_TEXTS, st.sampled_from((" ", ", ", ". ", "; ", " (")))
def test_prose_around_a_phrase_never_makes_another_date(phrase: Phrase, prose: str, between: str) -> None:
    alone = read_term(phrase.text, reference_date=TODAY)
    for text in (f"{prose}{between}{phrase.text}", f"{phrase.text}{between}{prose}"):
        read = read_term(text, reference_date=TODAY)
        if read.has_date and not read.parts:
            assert alone.has_date, f"a date was made of {text!r}: {read}"
            days = {(part.start, part.end, part.rrule) for part in (alone, *alone.parts)}
            assert (read.start, read.end, read.rrule) in days, text


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(ALL).map(lambda phrase: phrase.text), st.sampled_from(WORDS)), max_size=60))
def test_no_text_needs_more_steps_than_are_allowed(pieces: list[str]) -> None:
    text = " ".join(pieces)[:500]
    reader = whole_grammar().reader(tokenise(text))
    for place in range(8):
        reader.read_all("phrase", place)
        assert reader.steps <= MOST_STEPS + place + 1


@settings(max_examples=250, deadline=None)
@given(st.text(max_size=200), st.one_of(st.none(), st.dates()), st.text(max_size=10))
def test_no_text_makes_the_reader_raise(text: str, today: date | None, given_text: str) -> None:
    context = {"school_year": given_text, "plan_year": given_text, "anchor": given_text, "report_period": given_text}
    term = read_term(text, reference_date=today, region=given_text, context=context)
    assert term.kind in TermKind


@settings(max_examples=250, deadline=None)
@given(
    st.lists(
        st.sampled_from(WORDS),
        max_size=30,
    ),
    st.one_of(st.none(), st.dates()),
)
def test_no_row_of_known_words_makes_the_reader_raise(words: list[str], today: date | None) -> None:
    term = read_term(" ".join(words), reference_date=today)
    said = say_term(term, form="full", today=TODAY)
    assert said
    assert term.kind is not TermKind.UNPARSABLE or not term.has_date


@settings(max_examples=120, deadline=None)
@given(st.integers(1, 12), st.integers(2001, 2098))
def test_an_impossible_day_is_an_error_and_never_rolls_over(month: int, year: int) -> None:
    day = monthrange(year, month)[1] + 1
    term = read_term(f"{day:02}.{month:02}.{year}")
    assert term.is_invalid
    assert not term.has_date
    assert Doubt.INVALID in term.doubts


def _without_numbers(text: str) -> str:
    """Noise: no numbers, no words of time and none short enough to be «с», «до», «к» before a number."""
    words = "".join(letter for letter in text if not letter.isdigit()).split()
    return " ".join(word for word in words if (len(word) > 3 or not word.isalpha()) and not _is_of_time(word))


def _is_of_time(word: str) -> bool:
    return any(token.readings.keys() - {"noun_of"} for token in tokenise(word))
