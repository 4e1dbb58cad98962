"""Phrases as plans, scanners and typists write them."""

from __future__ import annotations

from tests.domain.terms.expectations import (
    AUTUMN,
    PLAN,
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
from tests.domain.terms.phrases_in_sentences import FACTS, SENTENCES

HOLIDAYS = (
    Phrase("до Дня учителя", due("2025-10-05"), "a holiday by its name", today=AUTUMN),
    Phrase("ко Дню учителя", due("2025-10-05"), "a holiday by its name", today=AUTUMN),
    Phrase("к Дню Победы 2026 года", due("2026-05-09"), "a holiday by its name"),
    Phrase("до Дня защитника Отечества", due("2026-02-23"), "a holiday by its name", today=AUTUMN),
    Phrase("до Дня матери 2025 г.", due("2025-11-30"), "a holiday by its name"),
    Phrase("в День знаний 2026 г.", due("2026-09-01"), "a holiday by its name"),
    Phrase("к Международному женскому дню", due("2026-03-08"), "a holiday by its name", today=AUTUMN),
    Phrase("до Нового года", due("2025-12-31"), "the New Year ends the year before it", today=AUTUMN),
    Phrase("к Новому году", due("2025-12-31"), "the New Year ends the year before it", today=AUTUMN),
    Phrase("до Нового 2026 года", due("2025-12-31"), "the New Year ends the year before it"),
    Phrase("5 октября 2025 г. (День учителя)", due("2025-10-05"), "the date and its name agree"),
    Phrase("6 октября 2025 г. (День учителя)", UNREAD, "the date and its name contradict"),
    Phrase("до Дня города", UNREAD, "a holiday of many dates is nobody's", today=AUTUMN),
    Phrase(
        "накануне Дня знаний", after(1, "day", "Дня знаний", None, "before"), "the event that a relative term quotes"
    ),
    Phrase("после Дня учителя", after(0, "day", "Дня учителя"), "the event that a relative term quotes"),
    Phrase("мероприятия ко Дню учителя", UNREAD, "what something is made for is no deadline", today=AUTUMN),
    Phrase("Провести концерт к Дню учителя", UNREAD, "what something is made for is no deadline", today=AUTUMN),
)


WRITING = (
    Phrase("не позднее, чем 15 октября 2025 г.", due("2025-10-15"), "a comma after «не позднее»"),
    Phrase("к 1-му октября 2025 г.", due("2025-10-01"), "an ending after the number"),
    Phrase("до 15 ноября 2025 г.[1]", due("2025-11-15"), "a footnote"),
    Phrase("«31» 08. 2025 г.", due("2025-08-31"), "a date in quotes, its month in digits"),
    Phrase("25,12,2025", due("2025-12-25"), "commas for full stops"),
    Phrase("до 12.00.  24.11.2025", due("2025-11-24T12:00:00", "minute"), "a full stop after the time"),
    Phrase("до 5 ceнтября 2025 r.", due("2025-09-05"), "Latin r for «г»"),
    Phrase("lV квартал 2025 г.", period("2025-10-01", "2025-12-31", "quarter"), "Latin l for I"),
    Phrase("I-е полугодие 2026 года", period("2026-01-01", "2026-06-30", "quarter"), "a Roman numeral with an ending"),
    Phrase("IIквартал 2026г.", period("2026-04-01", "2026-06-30", "quarter"), "a Roman numeral glued to its word"),
    Phrase("2025 - 2026 уч . год", period("2025-09-01", "2026-05-31", "year"), "a space before the full stop"),
    Phrase("до 15 ноя бря 2025 г.", due("2025-11-15"), "a word torn in two"),
    Phrase("ежекварталь но", rule("FREQ=MONTHLY;INTERVAL=3"), "a word torn in two"),
    Phrase("Каждый\nпонедельн\nик", rule("FREQ=WEEKLY;BYDAY=MO", "2025-09-08"), "a word torn in two", today=AUTUMN),
    Phrase("в теч. уч. года", period("2025-09-01", "2026-05-31", "year"), "an abbreviation", context=SCHOOL),
    Phrase(
        "в теч. 3-х рабочих дней со дня получения запроса", after(3, "workday", "получения запроса"), "an abbreviation"
    ),
    Phrase("Согл. графику", state("by_schedule"), "an abbreviation"),
    Phrase("1 р. в квартал", rule("FREQ=MONTHLY;INTERVAL=3"), "an abbreviation"),
    Phrase("1 раз/месяц", rule("FREQ=MONTHLY"), "an abbreviation"),
    Phrase(
        "в течении года",
        period("2026-01-01", "2026-12-31", "year"),
        "a wrong case of the preposition's noun",
        context=PLAN,
    ),
    Phrase(
        "ноябрь 2025 г., г. Москва",
        period("2025-11-01", "2025-11-30", "month"),
        "the name of a place, a way, an address after the term",
    ),
    Phrase("15.11.2025 (ВКС)", due("2025-11-15"), "the name of a place, a way, an address after the term"),
    Phrase(
        "до 15 ноября 2025 г. в электронном виде",
        due("2025-11-15"),
        "the name of a place, a way, an address after the term",
    ),
    Phrase(
        "до 15 ноября 2025 г. на адрес mail@example.ru",
        due("2025-11-15"),
        "the name of a place, a way, an address after the term",
    ),
    Phrase("Срок исполнения: 15 декабря 2025 г. Ответственный: Иванова Т.П.", due("2025-12-15"), "who answers for it"),
    Phrase("Отв.: Петрова Н.В. Срок: до 24.10.2025", due("2025-10-24"), "who answers for it"),
    Phrase(
        "Срок исполнения пункта 2.3 – до 30 января 2026 года", due("2026-01-30"), "the clause that the term belongs to"
    ),
    Phrase("(срок – до 28 ноября 2025 г.)", due("2025-11-28"), "a label in brackets"),
    Phrase(
        "25.03.2026, 10-00 (время новосибирское)",
        at("2026-03-25T10:00:00+07:00", "Asia/Novosibirsk"),
        "an adjective of a city in the nominative",
    ),
)


PLANS = (
    Phrase(
        "в течение года",
        period("2025-09-01", "2026-05-31", "year"),
        "the year of the plan, alone and with others",
        context=SCHOOL,
    ),
    Phrase(
        "в течение года",
        period("2026-01-01", "2026-12-31", "year"),
        "the year of the plan, alone and with others",
        context=PLAN,
    ),
    Phrase(
        "постоянно, в течение года",
        several(state("continuous"), period("2026-01-01", "2026-12-31", "year")),
        "the year of the plan, alone and with others",
        context=PLAN,
    ),
    Phrase(
        "в течение года по плану",
        several(period("2025-09-01", "2026-05-31", "year"), state("by_schedule")),
        "the year of the plan, alone and with others",
        context=SCHOOL,
    ),
    Phrase(
        "ежемесячно в течение года",
        rule("FREQ=MONTHLY;UNTIL=20260531", "2025-09-01", None, "month"),
        "the year of the plan, alone and with others",
        context=SCHOOL,
    ),
    Phrase(
        "1 раз в месяц, в течение года",
        rule("FREQ=MONTHLY;UNTIL=20261231", "2026-01-01", None, "month"),
        "the year of the plan, alone and with others",
        context=PLAN,
    ),
    Phrase(
        "сентябрь, в течение года",
        several(period("2025-09-01", "2025-09-30", "month"), period("2025-09-01", "2026-05-31", "year")),
        "the year of the plan, alone and with others",
        context=SCHOOL,
    ),
    Phrase("в течение года", UNREAD, "nobody says which year", today=AUTUMN),
    Phrase(
        "I полугодие", period("2025-09-01", "2025-12-31", "quarter"), "a half-year of a school's plan", context=SCHOOL
    ),
    Phrase("до конца I полугодия", due("2025-12-31", "quarter"), "a half-year of a school's plan", context=SCHOOL),
    Phrase(
        "2 полугодие", period("2026-01-01", "2026-05-31", "quarter"), "a half-year of a school's plan", context=SCHOOL
    ),
    Phrase("до конца года", UNREAD, "the end of which year: December or May", context=SCHOOL),
    Phrase("первая половина 2026 года", period("2026-01-01", "2026-06-30", "quarter"), "half of a calendar year"),
    Phrase("II-III декада ноября 2025", period("2025-11-11", "2025-11-30"), "neighbouring decades are one period"),
    Phrase(
        "2025, 2026, 2027 годы", period("2025-01-01", "2027-12-31", "year"), "three neighbouring years are one period"
    ),
    Phrase(
        "сентябрь-май 2025/2026 учебного года", period("2025-09-01", "2026-05-31", "month"), "months of a school year"
    ),
    Phrase("в октябре 2025/26 учебного года", period("2025-10-01", "2025-10-31", "month"), "months of a school year"),
    Phrase(
        "с 1 сентября 2025 года до окончания учебного года",
        period("2025-09-01", "2026-05-31"),
        "a day and the end of something longer",
        context=SCHOOL,
    ),
    Phrase(
        "с 1 сентября 2025 года до конца 2025 года",
        period("2025-09-01", "2025-12-31"),
        "a day and the end of something longer",
    ),
    Phrase("не ранее 5 и не позднее 10 ноября 2025 г.", period("2025-11-05", "2025-11-10"), "both limits of one month"),
    Phrase(
        "Осенние каникулы: с 26.10.2024 по 04.11.2024",
        period("2024-10-26", "2024-11-04"),
        "the label of holidays and of school quarters",
    ),
    Phrase(
        "Весенние: 21 марта 2026 г. – 29 марта 2026 г.",
        period("2026-03-21", "2026-03-29"),
        "the label of holidays and of school quarters",
    ),
    Phrase(
        "3 четверть: 12.01.2026-27.03.2026",
        period("2026-01-12", "2026-03-27"),
        "the label of holidays and of school quarters",
    ),
    Phrase(
        "Дополнительные каникулы для 1-х классов: 16–22 февраля 2026 года",
        period("2026-02-16", "2026-02-22"),
        "the label of holidays and of school quarters",
    ),
    Phrase(
        "I этап (школьный) – с 15.09.2025 г. по 29.10.2025 г.",
        period("2025-09-15", "2025-10-29"),
        "a stage by its name",
    ),
    Phrase(
        "школьный этап – октябрь 2025 г., муниципальный этап – ноябрь 2025 г.",
        several(period("2025-10-01", "2025-10-31", "month"), period("2025-11-01", "2025-11-30", "month")),
        "a stage by its name",
    ),
    Phrase(
        "заявка – до 15.11.2025, отчет – до 15.12.2025",
        several(due("2025-11-15"), due("2025-12-15")),
        "the items of a list have names",
    ),
    Phrase("отчет до 15 декабря 2025 г.", due("2025-12-15"), "the items of a list have names"),
    Phrase("итоги – декабрь 2025", period("2025-12-01", "2025-12-31", "month"), "the items of a list have names"),
    Phrase(
        "вебинар 03.12.2025, начало в 14:00 МСК",
        at("2025-12-03T14:00:00+03:00", "Europe/Moscow"),
        "a date beside an event",
    ),
    Phrase("отчет – 2024 год", UNREAD, "a year is what the thing is about"),
    Phrase("в установленные приказом сроки", state("by_schedule"), "by whom the dates are set"),
    Phrase("в соответствии с единым расписанием ГИА", state("by_schedule"), "by whom the dates are set"),
    Phrase("осенние каникулы 2025 года", state("by_schedule"), "by whom the dates are set"),
    Phrase("01.12-10.12", period("2025-12-01", "2025-12-10"), "days: no hour has such minutes", context=SCHOOL),
)


SERIES = (
    Phrase("2 раза в учебном году", rule("FREQ=MONTHLY;INTERVAL=6"), "a school year repeats once a year"),
    Phrase("1 раз в учебном году", rule("FREQ=YEARLY"), "a school year repeats once a year"),
    Phrase("дважды в учебном году", rule("FREQ=MONTHLY;INTERVAL=6"), "a school year repeats once a year"),
    Phrase(
        "ежемесячно до 31 числа",
        rule("FREQ=MONTHLY;BYMONTHDAY=-1", "2025-09-30"),
        "the 31st is the last day of every month (Civil Code, article 192)",
        today=AUTUMN,
    ),
    Phrase(
        "ежемесячно, к 5-му числу",
        rule("FREQ=MONTHLY;BYMONTHDAY=5", "2025-10-05"),
        "an ending after the number",
        today=AUTUMN,
    ),
    Phrase(
        "последний понедельник квартала",
        rule("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=-1MO", "2025-09-29"),
        "the last weekday of a quarter",
        today=AUTUMN,
    ),
    Phrase(
        "четверг (еженедельно)",
        rule("FREQ=WEEKLY;BYDAY=TH", "2025-09-11"),
        "the weekday before its frequency",
        today=AUTUMN,
    ),
    Phrase(
        "еженедельно до пятницы",
        rule("FREQ=WEEKLY;BYDAY=FR", "2025-09-12"),
        "the weekday that the week is due on",
        today=AUTUMN,
    ),
    Phrase(
        "каждая последняя пятница месяца",
        rule("FREQ=MONTHLY;BYDAY=-1FR", "2025-09-26"),
        "the nominative case",
        today=AUTUMN,
    ),
    Phrase("в конце каждого квартала", rule("FREQ=MONTHLY;INTERVAL=3"), "every quarter, the day is not said"),
    Phrase("ежеквартально до 31 числа", UNREAD, "every quarter, the day is not said", today=AUTUMN),
    Phrase("ежегодно, в течение учебного года", UNREAD, "once within a single year is no series", context=SCHOOL),
    Phrase("ежегодно до начала учебного года", UNREAD, "once within a single year is no series", today=AUTUMN),
    Phrase(
        "ежегодно в период с августа по октябрь",
        rule("FREQ=YEARLY", "2025-08-01", "2025-10-31", "month"),
        "the span of each year",
        today=AUTUMN,
    ),
    Phrase(
        "не позднее 1 рабочего дня, следующего за днём проведения экзамена",
        after(1, "workday", "проведения экзамена"),
        "a fixed number of days after a day",
    ),
    Phrase(
        "в течение 3 рабочих дней, следующих за днем получения",
        after(3, "workday", "получения"),
        "a fixed number of days after a day",
    ),
)


SHORTENED = (
    Phrase("Ежемес. до 5 числа", rule("FREQ=MONTHLY;BYMONTHDAY=5", "2025-10-05"), "a frequency cut short", AUTUMN),
    Phrase("ежекварт.", rule("FREQ=MONTHLY;INTERVAL=3"), "a frequency cut short"),
    Phrase("еженед.", rule("FREQ=WEEKLY"), "a frequency cut short"),
    Phrase("каждая пятница", rule("FREQ=WEEKLY;BYDAY=FR", "2025-09-12"), "the nominative", AUTUMN),
    Phrase("по отд. графику", state("by_schedule"), "«отдельному» cut short"),
    Phrase("до 1 октября 2024 г. (отв. – Петрова Н.А.)", due("2024-10-01"), "who answers, in brackets"),
    Phrase("2025-2027г.г", period("2025-01-01", "2027-12-31", "year"), "«г.г» without its last stop"),
)


FURTHER = (*SHORTENED, *HOLIDAYS, *WRITING, *PLANS, *SERIES, *SENTENCES, *FACTS)
