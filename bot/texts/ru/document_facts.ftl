# What a document says of itself, where that was read, and the papers it names.

button-facts = 📍 Откуда это
button-school-year-other = 📅 Не { $years }? Другой год
button-school-year = { $years }
school-year-ask = 📅 Сейчас список прочитан как на <b>{ $years }</b> учебный год. На какой он на самом деле? Сроки, которые вы уже подтвердили или назвали сами, не изменятся.
facts-title = 📍 <b>Что документ говорит о себе</b>
fact-name = { $fact ->
    [kind] вид
    [number] номер
    [date] дата
    [title] название
    [region] регион
    [controller] контроль
   *[period] период
}
fact-line = <b>{ $name }:</b> { $value }
fact-quote = <i>«{ $quote }»</i>
fact-by-hand = вписано вручную
fact-no-quote = в самом документе не нашлось
facts-absent = Не нашёл: { $names }
facts-hint = Под каждым ответом – строка документа, откуда он взят. Ошибся – поправьте кнопкой.
button-fact-correct = ✏️ { $name }
fact-ask = Напишите, как правильно: <b>{ $name }</b>
fact-ask-hint = { $fact ->
    [title] Название – до 500 знаков.
    [number] Например: Д05-124/05пр. Если номера нет, напишите «нет».
    [date] Например: 08.11.2023. Если даты нет, напишите «нет». От неё считаю год там, где он не назван.
   *[region] Например: Амурская область. Если документ федеральный, напишите «нет». По региону беру часовой пояс.
}
fact-not-understood = { $fact ->
    [title] Название не подошло: нужен текст не длиннее 500 знаков.
    [number] Номер не подошёл: нужен текст не длиннее 64 знаков.
    [date] Не понял дату. Напишите день, месяц и год: 08.11.2023.
   *[region] Не знаю такого региона. Напишите его полное название: Амурская область.
}
button-mentions = 🔗 Упоминает документы: { $n }
mentions-title = 🔗 <b>Документ упоминает другие: { $n }</b>
mention-line = { $place }. { $name }{ $times ->
    [1] {""}
   *[other] {" "}· раз: { $times }
}
mention-known = ✅ есть у вас, кнопка ниже
mentions-line = 🔗 Упоминает: { $names }{ $rest ->
    [0] {""}
   *[other] {" "}и ещё { $rest }
}
button-mentioned = { $place }. { $name }
