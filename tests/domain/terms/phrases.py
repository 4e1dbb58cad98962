"""The project's own phrases with their meaning, and why each of them stands here."""

from __future__ import annotations

from tests.domain.terms.expectations import (
    AUTUMN,
    INVALID,
    NEGATIVE,
    SCHOOL,
    UNREAD,
    Phrase,
    after,
    at,
    due,
    period,
    rule,
    several,
    state,
)
from tests.domain.terms.phrases_as_written import FURTHER

DEADLINES = (
    Phrase("в срок не позднее 12 марта 2026 года", due("2026-03-12"), "two prepositions of one deadline"),
    Phrase("Срок представления отчёта: до 20.01.2026 г.", due("2026-01-20"), "a label with its noun"),
    Phrase("до «25» декабря 2025 г. включительно", due("2025-12-25"), "quotes and a remark"),
    Phrase("до 3 апреля 2026 г. (пятница)", due("2026-04-03"), "the weekday agrees"),
    Phrase("до 3 апреля 2026 г. (среда)", UNREAD, "the weekday contradicts: a date is not chosen"),
    Phrase("не позднее двадцать пятого мая 2026 года", due("2026-05-25"), "an ordinal of two words"),
    Phrase("до 1-го февраля 2026г.", due("2026-02-01"), "an ending after the number, a glued year"),
    Phrase("до З1 января 2026 г.", due("2026-01-31"), "the letter З for 3"),
    Phrase("до 15 нoября 2O25 г.", due("2025-11-15"), "Latin o in the month and in the year"),
    Phrase("до 15 нояря 2025 г.", due("2025-11-15"), "a lost letter"),
    Phrase("05.12.2025 г", due("2025-12-05"), "no full stop after г"),
    Phrase("5/12/2025", due("2025-12-05"), "slashes, the day first"),
    Phrase("к 15 февраля", due("2026-02-15"), "the next 15 February", today=AUTUMN),
    Phrase("до 15 февраля", UNREAD, "no year and no day of reading: not guessed"),
    Phrase("до 15 июня", due("2026-06-15"), "the year of the plan", context=SCHOOL),
    Phrase("до 15 июня", due("2027-06-15"), "the calendar year of the plan", context={"plan_year": "2027"}),
    Phrase("до конца I полугодия 2026 года", due("2026-06-30", "quarter"), "the end of a half-year"),
    Phrase("до конца 1 полугодия 2025/2026 учебного года", due("2025-12-31", "quarter"), "a school half-year"),
    Phrase("не позднее I квартала 2026 г.", due("2026-03-31", "quarter"), "not later than: the end"),
    Phrase("до апреля 2026 года", due("2026-03-31", "month"), "before the month begins"),
    Phrase("до начала 2026 года", due("2025-12-31", "year"), "before the year begins"),
    Phrase("по 30 июня 2026 г.", due("2026-06-30"), "«по» alone is a deadline"),
    Phrase("до 20 числа следующего месяца", due("2025-10-20"), "a day of the next month", today=AUTUMN),
    Phrase("до конца месяца", due("2025-09-30", "month"), "the month of reading", today=AUTUMN),
    Phrase("до конца следующей недели", due("2025-09-19"), "a working week ends on Friday", today=AUTUMN),
    Phrase("Срок: II квартал 2026 года", due("2026-06-30", "quarter"), "the label makes it a deadline"),
    Phrase("Срок исполнения – февраль 2026 г.", due("2026-02-28", "month"), "the same for a month"),
    Phrase("Представить информацию в срок до 10.10.2025 г.", due("2025-10-10"), "a task with its deadline"),
    Phrase("Приём заявок: до 1 декабря 2025 г.", due("2025-12-01"), "the name of an activity before its deadline"),
    Phrase("до 1 октября 2025 г. (приказ от 01.09.2025 № 15)", due("2025-10-01"), "an order in brackets is a remark"),
    Phrase("последняя пятница октября 2025 г.", due("2025-10-31"), "the n-th weekday of one month"),
    Phrase("31 апреля 2026 года", INVALID, "April has 30 days"),
    Phrase("29.02.2026", INVALID, "not a leap year"),
    Phrase("с 20 по 10 октября 2025 г.", INVALID, "a period that ends before it begins"),
    Phrase("до 25:00 10.10.2025", INVALID, "no such hour"),
)

MOMENTS = (
    Phrase("до 12 час. 00 мин. 15.12.2025", due("2025-12-15T12:00:00", "minute"), "hours and minutes in words"),
    Phrase(
        "до 17.00 (время московское) 3 октября 2025 года",
        due("2025-10-03T17:00:00+03:00", "minute", "Europe/Moscow"),
        "a zone in brackets between the time and the date",
    ),
    Phrase("до 3 октября 2025 г. 18:00", due("2025-10-03T18:00:00", "minute"), "the time after the date"),
    Phrase("15 октября 2025 г. до 16-30", due("2025-10-15T16:30:00", "minute"), "«до» before the time only"),
    Phrase(
        "09.10.2025 в 11.00 (МСК+4)",
        at("2025-10-09T11:00:00+07:00", "Asia/Krasnoyarsk"),
        "a distance from Moscow",
    ),
    Phrase(
        "9 октября 2025 года в 11:00 по владивостокскому времени",
        at("2025-10-09T11:00:00+10:00", "Asia/Vladivostok"),
        "the adjective of a city",
    ),
    Phrase("9 октября 2025 г. в 10.10", at("2025-10-09T10:10:00"), "a time that looks like a day and month"),
    Phrase(
        "7 октября 2025 г. с 14.00 до 15.30 (время местное)",
        period("2025-10-07T14:00:00+07:00", "2025-10-07T15:30:00+07:00", "minute", "Asia/Tomsk"),
        "local time is the region's",
        region="Томская область",
    ),
    Phrase("7 октября 2025 г., 10:00 – 12:00", period("2025-10-07T10:00:00", "2025-10-07T12:00:00", "minute"), "hours"),
    Phrase("до 24:00 31 декабря 2025 г.", due("2026-01-01T00:00:00", "minute"), "midnight at the end of the year"),
    Phrase("до 10.11", due("2025-11-10"), "alone after «до» it is a date", today=AUTUMN),
    Phrase("с 9.00 до 18.00", period("T09:00:00", "T18:00:00", "minute"), "times of no day"),
)

PERIODS = (
    Phrase("с 6 по 10 октября 2025 г.", period("2025-10-06", "2025-10-10"), "month and year of the last"),
    Phrase("06-10.10.2025", period("2025-10-06", "2025-10-10"), "the same in digits"),
    Phrase("06.10-10.10.2025 г.", period("2025-10-06", "2025-10-10"), "both months in digits"),
    Phrase("с 24 ноября по 5 декабря", period("2025-11-24", "2025-12-05"), "no year", today=AUTUMN),
    Phrase(
        "с 22 декабря по 11 января 2026 года", period("2025-12-22", "2026-01-11"), "the year of the end, over New Year"
    ),
    Phrase("декабрь – февраль", period("2025-12-01", "2026-02-28", "month"), "over New Year", context=SCHOOL),
    Phrase("ноябрь 2025 – январь 2026 гг.", period("2025-11-01", "2026-01-31", "month"), "both years"),
    Phrase("в марте-апреле 2026 г.", period("2026-03-01", "2026-04-30", "month"), "the prepositional case twice"),
    Phrase("в течение ноября", period("2025-11-01", "2025-11-30", "month"), "the genitive case", today=AUTUMN),
    Phrase("фев.-март 2026", period("2026-02-01", "2026-03-31", "month"), "an abbreviation"),
    Phrase("апрель", period("2026-04-01", "2026-04-30", "month"), "spring belongs to the next year", context=SCHOOL),
    Phrase("III кв. 2026 года", period("2026-07-01", "2026-09-30", "quarter"), "abbreviated quarter"),
    Phrase("П квартал 2026 г.", period("2026-04-01", "2026-06-30", "quarter"), "Cyrillic П for II"),
    Phrase("во втором квартале 2026 года", period("2026-04-01", "2026-06-30", "quarter"), "an ordinal in its case"),
    Phrase("I - III кварталы 2026 года", period("2026-01-01", "2026-09-30", "quarter"), "three quarters"),
    Phrase("IV квартал 2025 г. – I квартал 2026 г.", period("2025-10-01", "2026-03-31", "quarter"), "over New Year"),
    Phrase("2-е полугодие 2026 года", period("2026-07-01", "2026-12-31", "quarter"), "a half-year"),
    Phrase("II полугодие 2025/26 учебного года", period("2026-01-01", "2026-05-31", "quarter"), "a school half-year"),
    Phrase("2025/26 уч. г.", period("2025-09-01", "2026-05-31", "year"), "a school year"),
    Phrase(
        "в текущем учебном году", period("2025-09-01", "2026-05-31", "year"), "the running school year", today=AUTUMN
    ),
    Phrase("с 2026 по 2030 годы", period("2026-01-01", "2030-12-31", "year"), "years"),
    Phrase("2026 и 2027 годы", period("2026-01-01", "2027-12-31", "year"), "neighbouring years are one period"),
    Phrase("в течение всего 2026 года", period("2026-01-01", "2026-12-31", "year"), "a whole year"),
    Phrase("во второй декаде марта 2026 г.", period("2026-03-11", "2026-03-20"), "ten days"),
    Phrase("вторая половина февраля 2026 года", period("2026-02-16", "2026-02-28"), "half of a month"),
    Phrase("в середине апреля 2026 г.", period("2026-04-11", "2026-04-20", vague=True), "vague: always confirmed"),
    Phrase("первая неделя декабря 2025 г.", period("2025-12-01", "2025-12-07", vague=True), "a full week"),
    Phrase("осень 2025 года", period("2025-09-01", "2025-11-30", "month"), "a season"),
    Phrase("в текущем квартале", period("2025-07-01", "2025-09-30", "quarter"), "of the day of reading", today=AUTUMN),
    Phrase("с 1 октября 2025 года", period("2025-10-01", None), "without an end"),
    Phrase("не ранее 15.01.2026", period("2026-01-15", None), "not before"),
    Phrase("с февраля 2026 года", period("2026-02-01", None, "month"), "from a month on"),
    Phrase(
        "за отчётный период",
        period("2025-01-01", "2025-06-30", "quarter"),
        "a half-year",
        context={"report_period": "2025-01-01/2025-06-30"},
    ),
    Phrase("Семинар пройдёт 5-6 ноября 2025 г.", period("2025-11-05", "2025-11-06"), "a sentence about an event"),
    Phrase("октябрь 2025 г. (приложение № 2)", period("2025-10-01", "2025-10-31", "month"), "a remark"),
)

LISTS = (
    Phrase("3 и 17 октября 2025 г.", several(due("2025-10-03"), due("2025-10-17")), "days of one month"),
    Phrase("до 1 октября, до 1 декабря 2025 года", several(due("2025-10-01"), due("2025-12-01")), "one year for two"),
    Phrase(
        "октябрь, декабрь 2025 г., март 2026 г.",
        several(
            period("2025-10-01", "2025-10-31", "month"),
            period("2025-12-01", "2025-12-31", "month"),
            period("2026-03-01", "2026-03-31", "month"),
        ),
        "a year goes to the left",
    ),
    Phrase(
        "6-10, 13-17 октября 2025 г.",
        several(period("2025-10-06", "2025-10-10"), period("2025-10-13", "2025-10-17")),
        "two periods of one month",
    ),
    Phrase("август, январь", UNREAD, "out of the order of the calendar: whose August is not said", today=AUTUMN),
    Phrase(
        "I, III кварталы 2026 г.",
        several(period("2026-01-01", "2026-03-31", "quarter"), period("2026-07-01", "2026-09-30", "quarter")),
        "quarters apart",
    ),
    Phrase("1,2 кварталы 2026 г.", UNREAD, "one period or two"),
    Phrase("декабрь, январь 2026 г.", UNREAD, "whose December is not said"),
    Phrase(
        "15 октября 2025 г., далее – по отдельному графику",
        several(due("2025-10-15"), state("by_schedule")),
        "a date, then a schedule",
    ),
    Phrase(
        "в течение 5 дней со дня получения, но не позднее 1 декабря 2025 г.",
        several(after(5, "day", "получения"), due("2025-12-01")),
        "an event with a limit",
    ),
    Phrase("постоянно, отчёт – ежемесячно", several(state("continuous"), rule("FREQ=MONTHLY")), "work and its report"),
)

RECURRING = (
    Phrase("1 раз в полугодие", rule("FREQ=MONTHLY;INTERVAL=6"), "a frequency"),
    Phrase("не реже 1 раза в 3 месяца", rule("FREQ=MONTHLY;INTERVAL=3"), "at least"),
    Phrase("4 раза в год", rule("FREQ=MONTHLY;INTERVAL=3"), "four times a year"),
    Phrase("5 раз в год", UNREAD, "twelve months do not divide by five"),
    Phrase("каждые полгода", rule("FREQ=MONTHLY;INTERVAL=6"), "half a year"),
    Phrase("ежемесячно, в срок до 3 числа", rule("FREQ=MONTHLY;BYMONTHDAY=3", "2025-10-03"), "monthly", today=AUTUMN),
    Phrase(
        "ежемесячно до 10-го числа",
        rule("FREQ=MONTHLY;BYMONTHDAY=10", None, None, "day"),
        "no day of reading: no start",
    ),
    Phrase(
        "до 10 числа месяца, следующего за отчётным кварталом",
        rule("FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10", "2025-10-10"),
        "quarterly without saying so",
        today=AUTUMN,
    ),
    Phrase("ежегодно до 15.05", rule("FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=15", "2026-05-15"), "no time", today=AUTUMN),
    Phrase("каждую 2-ю и 4-ю среду месяца", rule("FREQ=MONTHLY;BYDAY=2WE,4WE", "2025-09-10"), "endings", today=AUTUMN),
    Phrase("ежеквартально до 5 числа", UNREAD, "the month of the quarter is not said"),
    Phrase(
        "ежеквартально, не позднее последнего рабочего дня квартала",
        rule("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2025-09-30"),
        "the last working day of a quarter",
        today=AUTUMN,
    ),
    Phrase("ежегодно, до 1 марта", rule("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1", "2026-03-01"), "yearly", today=AUTUMN),
    Phrase("ежегодно (май)", rule("FREQ=YEARLY", "2026-05-01", "2026-05-31", "month"), "a month", today=AUTUMN),
    Phrase(
        "2 раза в год (декабрь, май)",
        rule("FREQ=YEARLY;BYMONTH=5,12", "2025-12-01", "2025-12-31", "month"),
        "two months",
        today=AUTUMN,
    ),
    Phrase("по средам", rule("FREQ=WEEKLY;BYDAY=WE", "2025-09-10"), "a weekday", today=AUTUMN),
    Phrase("еженедельно, в пятницу", rule("FREQ=WEEKLY;BYDAY=FR", "2025-09-12"), "a weekday", today=AUTUMN),
    Phrase(
        "каждый вторник и четверг в 15.00",
        rule("FREQ=WEEKLY;BYDAY=TU,TH", "2025-09-09T15:00:00", None, "minute"),
        "two weekdays with a time",
        today=AUTUMN,
    ),
    Phrase(
        "первая среда каждого месяца", rule("FREQ=MONTHLY;BYDAY=1WE", "2025-10-01"), "the n-th weekday", today=AUTUMN
    ),
    Phrase(
        "еженедельно с 6 октября по 26 декабря 2025 г.",
        rule("FREQ=WEEKLY;UNTIL=20251226", "2025-10-06"),
        "a series with both ends",
    ),
    Phrase(
        "ежеквартально в течение 2026 года",
        rule("FREQ=MONTHLY;INTERVAL=3;UNTIL=20261231", "2026-01-01", None, "quarter"),
        "a series within a year",
    ),
    Phrase("10 октября 2025 г., далее – ежемесячно", rule("FREQ=MONTHLY", "2025-10-10"), "the first, then the rule"),
    Phrase("до 1 февраля 2026 г. и далее ежегодно", rule("FREQ=YEARLY", "2026-02-01"), "«до» does not change it"),
    Phrase("Подготовка ежемесячного отчёта", rule("FREQ=MONTHLY"), "an adjective in a title"),
    Phrase("1 раз в учебную четверть", rule(None), "the school calendar has no rule"),
)

RELATIVE = (
    Phrase(
        "в течение 3 (трёх) рабочих дней со дня получения запроса",
        after(3, "workday", "получения запроса", "2025-05-07"),
        "1–4 May 2025 are free: 30 April, 5, 6, 7 … from the 30th",
        context={"anchor": "2025-04-30"},
    ),
    Phrase("в 10-дневный срок", after(10, "day", None, "2025-11-11"), "a compound", context={"anchor": "2025-11-01"}),
    Phrase("в 3-х дневный срок", after(3, "day", None), "a compound fallen apart"),
    Phrase("через день", UNREAD, "every other day, or in a day"),
    Phrase("в недельный срок после проведения", after(7, "day", "проведения"), "a week is seven days"),
    Phrase("не позднее чем через 5 дней после окончания смены", after(5, "day", "окончания смены"), "through"),
    Phrase("за 10 дней до начала олимпиады", after(10, "day", "начала олимпиады", None, "before"), "before"),
    Phrase("не менее чем за месяц до проведения", after(1, "month", "проведения", None, "before"), "a month before"),
    Phrase("на следующий день после мероприятия", after(1, "day", "мероприятия"), "the next day"),
    Phrase("в день обращения", after(0, "day", "обращения"), "the same day"),
    Phrase("незамедлительно после получения", after(0, "day", "получения"), "at once"),
    Phrase("по завершении проекта", after(0, "day", "завершении проекта"), "upon the end"),
    Phrase("в течение 48 часов с момента уведомления", after(48, "hour", "уведомления"), "hours"),
    Phrase("послезавтра", after(2, "day", "reference_date", "2025-09-10"), "a word of the chat", today=AUTUMN),
    Phrase("через 2 недели", after(14, "day", "reference_date", "2025-09-22"), "from today", today=AUTUMN),
    Phrase("в ближайший четверг", after(None, "weekday", "reference_date", "2025-09-11"), "a weekday", today=AUTUMN),
)

STATES = (
    Phrase("по мере поступления обращений", state("as_needed"), "as needed"),
    Phrase("в случае необходимости", state("as_needed"), "as needed"),
    Phrase("по запросам муниципалитетов", state("as_needed"), "on request"),
    Phrase("в соответствии с графиком", state("by_schedule"), "a schedule"),
    Phrase("по плану работы управления образования", state("by_schedule"), "a plan"),
    Phrase("в сроки, определённые Рособрнадзором", state("by_schedule"), "somebody else's dates"),
    Phrase("во II четверти", state("by_schedule"), "a school quarter is no calendar quarter"),
    Phrase("весенние каникулы", state("by_schedule"), "the school calendar"),
    Phrase("на постоянной основе", state("continuous"), "all the time"),
    Phrase("в течение всего срока реализации программы", state("continuous"), "all the time"),
)

NEGATIVES = (
    Phrase("приказ Минпросвещения России от 17.07.2025 № 512", NEGATIVE, "an order"),
    Phrase("письмо от 3 сентября 2025 г. № 08-1234", NEGATIVE, "a letter"),
    Phrase("№ 15 от 10.10.2025", NEGATIVE, "the number first"),
    Phrase("дети в возрасте от 6 до 18 лет", NEGATIVE, "ages"),
    Phrase("обучающиеся 1-4 классов", NEGATIVE, "classes"),
    Phrase("ул. 8 Марта, д. 15", NEGATIVE, "an address"),
    Phrase("2026 год – 1 250,5 тыс. рублей", NEGATIVE, "a budget"),
    Phrase("выпускники, завершившие обучение в 2025 году", NEGATIVE, "a cohort"),
    Phrase("открытых в 2024 и 2025 годах", NEGATIVE, "a cohort"),
    Phrase("https://example.org/2025/10/15", NEGATIVE, "a link"),
    Phrase("срок не установлен", NEGATIVE, "no term"),
    Phrase("5 дней", NEGATIVE, "a duration counts from nothing"),
    Phrase("***", NEGATIVE, "an empty cell"),
    Phrase("3.10", NEGATIVE, "the number of a clause", today=AUTUMN),
    Phrase(
        "Обеспечить обучение детей, достигших 7 лет до 1 сентября 2025 года", UNREAD, "the children's age, no deadline"
    ),
    Phrase("Реализация программы развития на 2025-2030 годы", UNREAD, "the title of a programme"),
)

ALL = (*FURTHER, *DEADLINES, *MOMENTS, *PERIODS, *LISTS, *RECURRING, *RELATIVE, *STATES, *NEGATIVES)
