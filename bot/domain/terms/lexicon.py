"""The Russian words of time, with their forms.

Only words whose value is needed stand here; words that merely join («не позднее», «в течение») stand in the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

MONTH_STEMS = (
    ("январ", "ь я ю ем е", "янв"),
    ("феврал", "ь я ю ем е", "фев февр"),
    ("март", "_ а у ом е", "мар"),
    ("апрел", "ь я ю ем е", "апр"),
    ("ма", "й я ю ем е", ""),
    ("июн", "ь я ю ем е", "июн"),
    ("июл", "ь я ю ем е", "июл"),
    ("август", "_ а у ом е", "авг"),
    ("сентябр", "ь я ю ем е", "сен сент"),
    ("октябр", "ь я ю ем е", "окт"),
    ("ноябр", "ь я ю ем е", "ноя нояб"),
    ("декабр", "ь я ю ем е", "дек"),
)
_CASES = ("month_nom", "month_gen", "month_dat", "month_ins", "month_prep")

WEEKDAYS = {
    "MO": ("понедельник понедельника понедельнику понедельником понедельнике", "понедельникам", "пн"),
    "TU": ("вторник вторника вторнику вторником вторнике", "вторникам", "вт"),
    "WE": ("среда среды среде среду средой", "средам", "ср"),
    "TH": ("четверг четверга четвергу четвергом четверге", "четвергам", "чт"),
    "FR": ("пятница пятницы пятнице пятницу пятницей", "пятницам", "пт"),
    "SA": ("суббота субботы субботе субботу субботой", "субботам", "сб"),
    "SU": ("воскресенье воскресенья воскресенью воскресеньем", "воскресеньям", "вс"),
}

_ORDINALS = [
    "перв",
    "втор",
    "трет",
    "четверт",
    "пят",
    "шест",
    "седьм",
    "восьм",
    "девят",
    "десят",
    "одиннадцат",
    "двенадцат",
    "тринадцат",
    "четырнадцат",
    "пятнадцат",
    "шестнадцат",
    "семнадцат",
    "восемнадцат",
    "девятнадцат",
    "двадцат",
]
_ORDINAL_ENDINGS = ["ый", "ой", "ий", "ого", "ому", "ым", "ом", "ая", "ую", "ое", "ые", "ых", "ыми"]
_SOFT_ENDINGS = ["ий", "ьего", "ьему", "ьим", "ьем", "ья", "ьей", "ью", "ье", "ьи", "ьих", "ьими"]

_CARDINALS = {
    1: "один одного одному одном одна одной одну одно",
    2: "два двух двум двумя две",
    3: "три трех трем тремя",
    4: "четыре четырех четырем",
    5: "пять пяти пятью",
    6: "шесть шести шестью",
    7: "семь семи семью",
    8: "восемь восьми восемью",
    9: "девять девяти",
    10: "десять десяти",
    11: "одиннадцать одиннадцати",
    12: "двенадцать двенадцати",
    13: "тринадцать тринадцати",
    14: "четырнадцать четырнадцати",
    15: "пятнадцать пятнадцати",
    16: "шестнадцать шестнадцати",
    17: "семнадцать семнадцати",
    18: "восемнадцать восемнадцати",
    19: "девятнадцать девятнадцати",
    20: "двадцать двадцати",
    21: "двадцать-один",
    30: "тридцать тридцати",
    40: "сорок сорока",
    45: "сорок-пять",
    60: "шестьдесят шестидесяти",
    90: "девяносто девяноста",
}

_UNITS = {
    "day": "день дня дней дню днях дн сутки суток",
    "week": "неделя недели недель неделю неделе нед",
    "month": "месяц месяца месяцев месяце мес",
    "hour": "час часа часов ч",
    "quarter": "квартал квартала кварталов квартале кварталы кварталах кв",
    "half": "полугодие полугодия полугодий полугодии полгода",
    "year": "год года лет годы году годах",
    "school_quarter": "четверть четверти четвертей",
}

_COMPOUND_COUNTS = {
    "": 1,
    "одно": 1,
    "двух": 2,
    "трех": 3,
    "четырех": 4,
    "пяти": 5,
    "шести": 6,
    "семи": 7,
    "восьми": 8,
    "девяти": 9,
    "десяти": 10,
    "двенадцати": 12,
    "четырнадцати": 14,
    "пятнадцати": 15,
    "двадцати": 20,
    "тридцати": 30,
}
COMPOUND_UNITS = {"дневн": "day", "суточн": "day", "недельн": "week", "месячн": "month", "часов": "hour"}
_ADJECTIVE_ENDINGS = ["ый", "ого", "ому", "ом", "ым", "ая", "ой", "ую", "ое", "ые", "ых"]

_ADVERBS = {
    "day": "ежедневно ежесуточно ежедн",
    "week": "еженедельно еженед",
    "month": "ежемесячно помесячно ежемес",
    "quarter": "ежеквартально поквартально ежеквартал ежекварт ежекв",
    "half": "",
    "year": "ежегодно",
}
_FREQUENT_ADJECTIVES = {
    "day": "ежедневн",
    "week": "еженедельн",
    "month": "ежемесячн",
    "quarter": "ежеквартальн",
    "year": "ежегодн",
}
_FREQUENT_ENDINGS = ["ый", "ого", "ому", "ом", "ым", "ая", "ой", "ую", "ое", "ые", "ых", "ыми"]

SEASONS = {
    3: "весна весной весны весну весенний весеннего весеннем",
    6: "лето летом лета летний летнего летнем",
    9: "осень осенью осени осенний осеннего осеннем",
    12: "зима зимой зимы зиму зимний зимнего зимнем",
}

ABBREVIATIONS = frozenset(
    [
        "г",
        "гг",
        "теч",
        "согл",
        "р",
        "кв",
        "ч",
        "час",
        "мин",
        "уч",
        "раб",
        "кал",
        "дн",
        "мес",
        "нед",
        "пн",
        "вт",
        "ср",
        "чт",
        "пт",
        "сб",
        "вс",
        "тек",
        "след",
        "полуг",
        "пол",
        "дек",
        "отд",
        "отв",
        "ежедн",
        "еженед",
        "ежемес",
        "ежекв",
        "ежекварт",
    ]
) | frozenset(word for *_, short in MONTH_STEMS for word in short.split())
"""Words after which a full stop belongs to the word."""

LATIN_CALENDAR = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10} | {
    "xi": 11,
    "xii": 12,
}


class Lexicon:
    """Forms with their classes and values."""

    def __init__(self) -> None:
        self.table: dict[str, dict[str, object]] = {}

    def put(self, forms: str | Iterable[str], **readings: object) -> None:
        for form in forms.split() if isinstance(forms, str) else forms:
            self.table.setdefault(form, {}).update(readings)


def word_readings() -> Mapping[str, Mapping[str, object]]:
    """Every known form with its classes and values: «октября» → {month_gen: 10}."""
    lexicon = Lexicon()
    _put_calendar(lexicon)
    _put_numbers(lexicon)
    _put_units(lexicon)
    lexicon.put("текущего текущем текущий текущей текущую тек этого этом этот этой эту сего", relation=0)
    lexicon.put("настоящего настоящем данного данном нынешнего нынешнем", relation=0)
    lexicon.put("следующего следующем следующий следующей следующую след будущего будущем", relation=1)
    lexicon.put("utc gmt", universal="UTC")
    lexicon.put("раз раза", times=True)
    return lexicon.table


def _put_calendar(lexicon: Lexicon) -> None:
    for month, (stem, endings, short) in enumerate(MONTH_STEMS, start=1):
        for case, ending in zip(_CASES, endings.split(), strict=True):
            lexicon.put(stem + ending.removeprefix("_"), **{case: month})
        lexicon.put(short, month_nom=month, month_gen=month, month_prep=month, month_dat=month)
    for code, (singular, plural, short) in WEEKDAYS.items():
        lexicon.put(f"{singular} {short}", weekday=code)
        lexicon.put(plural, weekdays=code)
    for month, forms in SEASONS.items():
        lexicon.put(forms, season=month)


def _put_numbers(lexicon: Lexicon) -> None:
    for value, stem in enumerate(_ORDINALS, start=1):
        endings = _SOFT_ENDINGS if stem == "трет" else _ORDINAL_ENDINGS
        lexicon.put((stem + ending for ending in endings), ordinal=value)
    lexicon.put("тридцатого тридцатое", ordinal=30)
    lexicon.put("последний последнего последнему последнем последним", ordinal=-1)
    lexicon.put("последняя последней последнюю последнее", ordinal=-1)
    for value, forms in _CARDINALS.items():
        lexicon.put(forms, cardinal=value)
    for roman, value in LATIN_CALENDAR.items():
        lexicon.put(roman, roman=value)


def _put_units(lexicon: Lexicon) -> None:
    for unit, forms in _UNITS.items():
        lexicon.put(forms, unit=unit)
    for count_word, count in _COMPOUND_COUNTS.items():
        for stem, unit in COMPOUND_UNITS.items():
            compounds = [count_word + stem + ending for ending in _ADJECTIVE_ENDINGS]
            is_word = count_word or unit in {"week", "month"}
            lexicon.put(compounds, **({"compound": (count, unit)} if is_word else {}))
            if not count_word:
                lexicon.put(compounds, long=unit)
    for unit, forms in _ADVERBS.items():
        lexicon.put(forms, every=unit)
    for unit, stem in _FREQUENT_ADJECTIVES.items():
        lexicon.put((stem + ending for ending in _FREQUENT_ENDINGS), frequent=unit)
