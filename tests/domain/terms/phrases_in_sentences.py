"""Phrases inside sentences, and sentences that only look as if they named a term."""

from __future__ import annotations

from tests.domain.terms.expectations import (
    AUTUMN,
    NEGATIVE,
    UNREAD,
    Phrase,
    after,
    at,
    due,
    period,
    rule,
    state,
)

SENTENCES = (
    Phrase(
        "до 10 числа месяца, следующего за 3 кварталом",
        UNREAD,
        "«следующего» is no participle that a date describes: the rule was cut short",
        today=AUTUMN,
    ),
    Phrase(
        "Совещание состоится 21 января 2026 г. в 10.00 (МСК) в режиме ВКС",
        at("2026-01-21T10:00:00+03:00", "Europe/Moscow"),
        "what is done, and when",
    ),
    Phrase("Итоги конкурса будут подведены до 25 декабря 2025 года", due("2025-12-25"), "what is done, and when"),
    Phrase(
        "Реализация проекта запланирована на 2026–2028 годы",
        period("2026-01-01", "2028-12-31", "year"),
        "what is done, and when",
    ),
    Phrase(
        "Отчёт представляется ежегодно до 20 января",
        rule("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=20", "2026-01-20"),
        "what is done, and when",
        today=AUTUMN,
    ),
    Phrase(
        "Занятия проводятся по субботам",
        rule("FREQ=WEEKLY;BYDAY=SA", "2025-09-13"),
        "what is done, and when",
        today=AUTUMN,
    ),
    Phrase(
        "Заявка подаётся не позднее чем за 7 календарных дней до начала мероприятия",
        after(7, "day", "начала мероприятия", None, "before"),
        "what is done, and when",
    ),
    Phrase("Конкурс проводится с 2005 года", UNREAD, "how old something is"),
    Phrase(
        "Просим направить информацию на электронный адрес imc@mail.ru не позднее 14 ноября 2025 года.",
        due("2025-11-14"),
        "a task and its term",
    ),
    Phrase(
        "Провести мониторинг в IV квартале 2025 г.",
        period("2025-10-01", "2025-12-31", "quarter"),
        "a task and its term",
    ),
    Phrase(
        "Организовать проведение недели математики с 10 по 15 ноября 2025 г.",
        period("2025-11-10", "2025-11-15"),
        "a task and its term",
    ),
    Phrase(
        "Обеспечить участие педагогов в курсах в течение 2025/26 учебного года",
        period("2025-09-01", "2026-05-31", "year"),
        "a task and its term",
    ),
    Phrase(
        "Отчёт представить в течение 10 дней после окончания смены",
        after(10, "day", "окончания смены"),
        "a task and its term",
    ),
    Phrase("Осуществлять контроль на постоянной основе", state("continuous"), "a task and its term"),
    Phrase("Повышение квалификации осуществлять по отдельному плану", state("by_schedule"), "a task and its term"),
    Phrase("Проводить консультации педагогов по запросу", state("as_needed"), "a task and its term"),
    Phrase("До 15 ноября 2025 г. направить списки", due("2025-11-15"), "the term before its task"),
    Phrase("Обеспечить до 15 ноября 2025 г. заполнение формы", due("2025-11-15"), "the term inside its task"),
    Phrase("Обеспечить до 15 ноября и до 1 декабря заполнение формы", UNREAD, "two terms inside", today=AUTUMN),
    Phrase("Представить отчёт за 2024 год до 15 января 2025 года", due("2025-01-15"), "the year is the report's"),
    Phrase("Утвердить план работы на 2026 год до 25 декабря 2025 г.", due("2025-12-25"), "the year is the plan's"),
    Phrase("Утвердить план работы на 2026 год", UNREAD, "a plan for a year is no term"),
    Phrase("Прием документов начинается 1 апреля 2026 г.", UNREAD, "a beginning is no deadline"),
    Phrase("Показатель рассчитывается за 2024 год", UNREAD, "the year that a figure is of"),
    Phrase("Начало: 15.11.2025, окончание: 20.12.2025", period("2025-11-15", "2025-12-20"), "both ends by name"),
    Phrase("Подготовить отчёт о работе с 10 по 15 ноября 2025 г.", UNREAD, "no deadline is cut out of a period"),
    Phrase("Подготовить отчёт о работе в III квартале 2025 г.", UNREAD, "what the report is about"),
    Phrase("Подготовить анализ результатов в октябре 2025 г.", UNREAD, "what the report is about"),
    Phrase("Организовать работу с молодыми педагогами в 2025 году", UNREAD, "a year is what the work is about"),
)


FACTS = (
    Phrase("205 лет со дня рождения М.Ю. Лермонтова", NEGATIVE, "an anniversary"),
    Phrase("100 лет со дня рождения Эдуарда Асадова (1923-2004)", NEGATIVE, "an anniversary"),
    Phrase(
        "Протокол № 1 заседания Педагогического совета от «31» 08. 2020 г.", NEGATIVE, "minutes with a date in quotes"
    ),
    Phrase("«Учитель года – 2025»", NEGATIVE, "a contest's name"),
    Phrase("выпускники 2024 года", NEGATIVE, "a cohort"),
    Phrase("© 2019-2025 МБУ ДПО «ИМЦ»", NEGATIVE, "a page's foot and front"),
    Phrase("г. Ижевск, 2025", NEGATIVE, "a page's foot and front"),
    Phrase("Модуль 3.12", NEGATIVE, "the number of a module, of a question"),
    Phrase("По вопросу 2.1 выступил Михайлов С.И.", NEGATIVE, "the number of a module, of a question"),
    Phrase("14 календарных дней", NEGATIVE, "a duration"),
    Phrase("Заслушав и обсудив доклад о результатах ЕГЭ 2025 года", NEGATIVE, "what has been"),
    Phrase("обучение прошли 120 педагогов в 2024 году", NEGATIVE, "what has been"),
    Phrase("в 2023 году школой приобретено 15 ноутбуков", NEGATIVE, "what has been"),
    Phrase("родился 12 апреля 1961 года", NEGATIVE, "what has been"),
    Phrase("Дата создания школы – 1967 год", NEGATIVE, "what has been"),
    Phrase("по состоянию на 19 сентября 2023 г. обучалось 612 человек", NEGATIVE, "what has been"),
    Phrase("зарегистрирован Минюстом России 05.07.2021, регистрационный № 64101", NEGATIVE, "what has been"),
    Phrase("Иванов И.И., 05.09.1978 г.р.", NEGATIVE, "what has been"),
    Phrase("Повестка дня: 1. О подготовке к ГИА-2026", NEGATIVE, "an exam with its year"),
    Phrase("доля обучающихся, охваченных дополнительным образованием, – 83 % в 2025 году", NEGATIVE, "a share"),
    Phrase("СанПиН 1.2.3685-21", NEGATIVE, "a standard"),
    Phrase("ГОСТ Р 7.0.97-2016", NEGATIVE, "a standard"),
)
