# Terms that a document leaves open: an event, a new term by need, a schedule, «постоянно»; rows planned later.

button-ask-event = 📌 Когда это { $side ->
    [before] будет
   *[after] произошло
}?
button-ask-event-again = 🔁 Начать ещё раз
button-correct-event = ✏️ Исправить день события
button-ask-start = ➕ Начать новый срок
button-ask-start-row = ➕ Назначить первый срок
button-ask-schedule = 🗓 Вписать даты
button-ask-schedule-more = 🗓 Добавить даты
button-pace = 🔔 Напоминать?
button-today = Сегодня
button-yesterday = Вчера
button-tomorrow = Завтра
button-open = ✅ Верно

# The question.
ask-dates = <b>{ $title }</b>
    Срок в документе: <i>«{ $phrase }»</i>

    { $question }
ask-event = 📌 { $side ->
    [before] Когда это будет?
   *[after] Когда это произошло?
} Напишите { $event } словами, например: { $example ->
    [hours] <b>вчера в 15:00</b>, <b>12 ноября в 9:30</b>.
    [ahead] <b>завтра</b>, <b>12 ноября</b>.
   *[past] <b>вчера</b>, <b>12 ноября</b>.
} Срок я посчитаю сам.
event-day = день { $event }
event-day-unnamed = день, от которого считать,
ask-start = Напишите дату нового срока словами, например: <b>до 15 ноября</b> или <b>25.12.2026 до 18:00</b>.
ask-schedule = Напишите даты одним сообщением: через запятую или каждую с новой строки. Например:

    <b>15 октября, 20 ноября и 3 декабря</b>

    Можно с годом и с часом; «с 10 по 12 декабря» – срок 12 декабря. Другие даты можно будет добавить потом.
ask-dates-again = Не получилось с «{ $phrase }».

    { $question }
ask-dates-none = Ни одной даты не понял:
ask-event-hour = Срок в часах, поэтому нужно и время. Напишите, например: <b>вчера в 15:00</b>.
ask-dates-past = «{ $phrase }» уже в прошлом. Напишите дату, которая ещё впереди.

# What was understood.
dates-title = <b>{ $title }</b>
dates-event = { $event }: <b>{ $day }</b>
    → срок <b>{ $due }</b> ({ $rule })
dates-one = Срок: <b>{ $due }</b>
dates-list = 🗓 Понял так:
dates-line = • «{ $words }» → <b>{ $days }</b>
dates-line-over = 🕓 «{ $words }» → { $days }: уже прошло, пропускаю
dates-line-known = ☑️ «{ $words }» → { $days }: уже есть
dates-unnamed = ❓ «{ $words }» – { $why ->
    [impossible] такой даты не бывает
    [which_year] напишите год
    [too_many] слишком много дат сразу, пришлите их следующим сообщением
   *[not_understood] не понял
}
dates-unnamed-more = ❓ …и ещё { $n }
dates-unnamed-note = Что не понято, в план не попадёт: нажмите «Отмена» и напишите иначе или добавьте потом.
dates-over = 🕓 Этот срок уже прошёл. «Верно» откроет его просроченным, и о нём узнают все, кто отвечает.
dates-over-row = 🕓 Этот срок уже прошёл: после «Верно» решите, что с ним делать.
dates-known = ☑️ { $due } уже есть в этом мероприятии, второй раз открывать не буду.
dates-nothing-new = Новых дат здесь нет.
dates-unsure-years = ℹ️ Переносы выходных на { $years } год ещё не объявлены. Когда объявят, срок стоит проверить.
dates-nobody = ⚠️ Отвечать по этому мероприятию некому.
event-due-past = Тогда срок уже прошёл бы, а перенести на прошедший день нельзя. Проверьте: { $event } – «{ $phrase }»?
dates-merge = Срок { $new } уже есть, поэтому лишний – { $old } – отменится.
dates-move = Срок перенесётся: { $old } → <b>{ $new }</b>
dates-move-told = { $told ->
    [0] Об этом сроке ещё никому не писали.
   *[other] Те, кому я уже писал, узнают о переносе.
}
activity-changed = ✏️ <b>Пока вы писали, даты этого мероприятия изменили.</b> Посмотрите ещё раз:

toast-words-forgotten = Эти слова уже не помню. Нажмите кнопку ещё раз.
toast-activity-changed = Даты этого мероприятия уже изменили. Посмотрите ещё раз.
toast-dates-opened = { $n ->
    [one] Открыта { $n } дата
    [few] Открыты { $n } даты
   *[other] Открыто { $n } дат
}
toast-dates-known = Эти даты уже есть
toast-event-corrected = Срок теперь { $date }
toast-dates-taken = Записано

row-ready-counted = → <b>{ $term }</b>; срок { $date }

# The screen of an activity.
activity-event = 📌 { $event }: <b>{ $day }</b>
activity-waits = { $awaited ->
    [event] ⏳ Срок считается от события: скажите, когда оно { $side ->
        [before] будет
       *[after] произошло
    }.
    [start] 📎 По необходимости: когда понадобится, нажмите «Начать новый срок».
    [schedule] 🗓 По отдельному графику: впишите даты, когда он появится.
   *[pace] 🔔 Постоянно: { $pace ->
        [monthly] напоминаю раз в месяц, в последний рабочий день
        [quarterly] напоминаю раз в квартал, в последний рабочий день
       *[never] не напоминаю
    }.
}

# «Постоянно».
pace-ask = 🔔 <b>{ $title }</b>
    Срок в документе: <i>«{ $phrase }»</i>

    Как часто напоминать? Выберу последний рабочий день месяца или квартала.
button-pace-choice = { $pace ->
    [monthly] Раз в месяц
    [quarterly] Раз в квартал
   *[never] Не напоминать
}
pace-preview = 🔔 <b>{ $title }</b>
    { $pace ->
        [monthly] Напоминать <b>раз в месяц</b>, в последний рабочий день.
        [quarterly] Напоминать <b>раз в квартал</b>, в последний рабочий день.
       *[never] <b>Не напоминать</b>.
    }
pace-dates = Откроются даты: { $dates }{ $rest ->
    [0] {""}
   *[other] {" "}и ещё { $rest }
}. Дальше продолжу сам.
pace-dropped = 🚫 { $n ->
    [one] Отменится { $n } дата
    [few] Отменятся { $n } даты
   *[other] Отменится { $n } дат
}; кому я о них писал, те узнают.
toast-pace-same = Так и есть: ничего не изменилось
toast-pace-set = Записано

# Rows that the plan left out.
button-left-rows = ➕ Строки вне плана ({ $n })
left-title = ➕ <b>Строки вне плана: { $n }</b>
    { $title }
left-none = Все строки этого документа уже в плане.
left-hint = Нажмите на номер строки, чтобы назначить срок и добавить её в план.
button-to-left-rows = ‹ Строки вне плана
button-left-plan = 🚀 Добавить в план…
button-left-fix = ✏️ Вписать срок
button-left-proposal = 💡 По предложению…
button-left-overdue = ❗ Создать просроченным…
left-preview-title = 🔎 <b>Добавить в план</b>
left-preview-undated = 📎 Даты пока нет: мероприятие встанет в список, напоминать не буду.
button-left-yes = ✅ Верно, добавить
toast-left-planned = Добавлено в план
toast-left-planned-before = Эта строка уже в плане
toast-left-past = Этот срок уже прошёл: впишите другой или создайте просроченным.
