# /webinar: announcing, step by step; /webinars: looking after those announced.

# How an event is called, in each case; «many»: five of them.
event-kind = { $case ->
    [gen] { $kind ->
        [meeting] совещания
        [seminar] семинара
        [defence] защиты
        [contest] конкурса
       *[webinar] вебинара
    }
    [dat] { $kind ->
        [meeting] совещанию
        [seminar] семинару
        [defence] защите
        [contest] конкурсу
       *[webinar] вебинару
    }
    [acc] { $kind ->
        [meeting] совещание
        [seminar] семинар
        [defence] защиту
        [contest] конкурс
       *[webinar] вебинар
    }
    [ins] { $kind ->
        [meeting] совещанием
        [seminar] семинаром
        [defence] защитой
        [contest] конкурсом
       *[webinar] вебинаром
    }
    [prep] { $kind ->
        [meeting] совещании
        [seminar] семинаре
        [defence] защите
        [contest] конкурсе
       *[webinar] вебинаре
    }
    [many] { $kind ->
        [meeting] совещаний
        [seminar] семинаров
        [defence] защит
        [contest] конкурсов
       *[webinar] вебинаров
    }
   *[nom] { $kind ->
        [meeting] совещание
        [seminar] семинар
        [defence] защита
        [contest] конкурс
       *[webinar] вебинар
    }
}
event-sign = { $kind ->
    [meeting] 👥
    [seminar] 💬
    [defence] 🎓
    [contest] 🏆
   *[webinar] 🎥
}

button-webinar-announce = 📣 Объявить
button-webinar-skip = Пропустить
button-webinar-keep = Оставить как есть ›
# An event that is being made
button-event-new = ➕ Новое событие
button-event-drafts = 📝 Черновики
button-event-delete = 🗑 Удалить
button-event-delete-sure = Да, удалить
button-event-copy = 📋 Как в прошлый раз
button-event-card = ‹ К карточке
button-event-clear = Очистить
button-event-self = 📨 Отправить себе
button-event-flight = 📊 Кто придёт и ход рассылки
button-event-stop = ⏹ Стоп · ушло { $gone } из { $total }
button-event-resume = ▶️ Продолжить · ушло { $gone } из { $total }
button-event-reason = { $on ->
    [yes] ☑️ Причину при «Не смогу»
   *[no] Причину при «Не смогу»
}
button-event-certificate = { $on ->
    [yes] ☑️ Сертификат тем, кто был
   *[no] Сертификат тем, кто был
}
button-event-kind = { $kind ->
    [meeting] 👥 Совещание
    [seminar] 💬 Семинар
    [defence] 🎓 Защита
    [contest] 🏆 Конкурс
   *[webinar] 🎥 Вебинар
}
button-event-field = { $has ->
    [yes] ✓
   *[no] ＋
} { $field ->
    [kind] Тип
    [title] Название
    [when] Когда
    [zone] Часовой пояс
    [link] Ссылка
    [code] Код доступа
    [word] Кодовое слово
    [place] Место
    [leader] Кто ведёт
    [who] Кого зовём
    [seats] Места
    [asks] Что спрашиваем
    [files] Материалы
   *[unit] От чьего имени
}
event-new = <b>Новое событие</b>. Что это будет?
event-card = { $sign } <b>{ $kind ->
    [meeting] Новое совещание
    [seminar] Новый семинар
    [defence] Новая защита
    [contest] Новый конкурс
   *[webinar] Новый вебинар
}</b>. Нажмите, что исправить или добавить. Всё сохраняется само.
event-card-title = Название: <b>{ $title }</b>
event-card-when = Когда: { $dates }
event-card-zone = Часы: { $zone }
event-card-link = Ссылка: { $link }
event-card-code = Код доступа: <code>{ $words }</code>
event-card-word = Кодовое слово: <code>{ $words }</code>
event-card-word-own = Кодовое слово: у каждой встречи своё, у первой – <code>{ $words }</code>. Остальные увидите после объявления.
event-card-word-shared = Кодовое слово: <code>{ $words }</code> – одно на все встречи; сменить можно у каждой.
event-card-place = Место: { $words }
event-card-leader = Ведёт: { $words }
event-card-seats = Места: { $seats }
event-card-reason = При «Не смогу» нужна причина.
event-card-least = От каждой школы – не менее { $n }.
event-card-certificate = Кто был, получит сертификат.
event-card-materials = Материалы: { $titles }
event-titles-differ = ⚠️ Названий встреч { $titles }, а дат { $dates }: назову их по номерам.
event-unknown = пока нет
event-missing = Не хватает: { $what }
event-missing-title = названия
event-missing-when = даты и часа
event-date-line = • { $date } – «{ $title }»
event-date-hours = { $begins } – до { $ends }
event-date-days = { $begins } – по { $last }
event-days-off = ⚠️ { $n ->
    [one] Нерабочий день: { $days }. Если так и задумано, менять ничего не нужно.
   *[other] Нерабочие дни: { $days }. Если так и задумано, менять ничего не нужно.
}
event-dates-more = …и ещё { $n }
event-seats-main = { $n }
event-seats-reserve = резерв { $n }
event-seats-school = от школы не больше { $n }
event-seats-municipality = от муниципалитета не больше { $n }
event-material = 📎 { $title }
event-materials = 📎 <b>Материалы</b>
event-material-link = • <a href="{ $link }">{ $title }</a>
button-event-materials = 📎 Материалы
event-known = Сейчас: <b>{ $known }</b>
event-understood = 🕒 Понял так: { $dates }
    Не так – откройте «‹ К карточке» и нажмите «Когда».
event-ask-unit = От чьего имени объявить?
event-ask-kind = Что это?
event-ask-title = { $kind ->
    [meeting] 👥 <b>Новое совещание</b>
    [seminar] 💬 <b>Новый семинар</b>
    [defence] 🎓 <b>Новая защита</b>
    [contest] 🏆 <b>Новый конкурс</b>
   *[webinar] 🎥 <b>Новый вебинар</b>
}. Название? Для серии можно добавить с новой строки название каждой встречи.
event-ask-when =
    Когда начало? Напишите день и час, например:
    <i>12 декабря в 15:00</i>
    <i>12 декабря с 15:00 до 16:30</i>
    <i>19–20 декабря в 10:00</i> – два дня подряд
    <i>12, 19 и 26 декабря в 15:00</i> – серия

    Часы – { $zone }{ $moscow ->
        [yes] .
       *[no] ; московские укажите словом: <i>в 15:00 (мск)</i>.
    }
event-ask-hour = Дни понял: <b>{ $days }</b>. Во сколько начало? Например: <i>10:00</i> или <i>с 10:00 до 17:00</i>
event-ask-zone = По каким часам вы пишете время? Уже введённое время останется тем же, но по новым часам.
event-ask-link = Пришлите ссылку для входа. Если её ещё нет, добавите позже: всем придёт сообщение.
event-ask-code = Код доступа или пароль конференции? Его увидят вместе со ссылкой.
event-ask-word = Кодовое слово? Его назовут на встрече, и участники отметятся сами, написав его боту. До начала слово видите только вы.
button-event-invent = 🎲 Придумать слово
event-ask-place = Где пройдёт? Адрес или кабинет, например: <i>г. Суздаль, ул. Ленина, 63а, актовый зал</i>
event-ask-leader = Кто ведёт? Имя и должность, как их увидят приглашённые.
event-ask-seats =
    Сколько мест? Например:
    <i>20</i>
    <i>20, резерв 5</i>
    <i>20, резерв 5, от школы 2</i>
    <i>50, от муниципалитета 3</i>
event-ask-asks = Что спросить и что дать? Внизу – сколько человек нужно от каждой школы (0 – не важно).
event-ask-files = Пришлите материалы, по одному: файл, фото или ссылку с названием, например <i>Программа https://example.org/p</i>. Что «до» – увидят вместе с приглашением, что «после» – отправите сами, когда всё пройдёт.
event-material-added = 📎 <b>{ $title }</b> – в материалах события. Когда показать: до или после? Нажмите, чтобы сменить.

    Если это план или приказ для разбора – /cancel и пришлите ещё раз.
event-material-when = 📎 { $title } – { $phase ->
    [after] после
   *[before] до
}
button-event-material = { $phase ->
    [after] 🏁 После
   *[before] 📖 До
} · { $title }
button-event-material-drop = ✖️ Убрать
event-photo = Фото
event-no-events = Прошлых событий ещё нет.
event-reader = Участник, { $zone }
event-reader-coordinator = Координатор школы
event-reader-chosen = ☑️ { $reader }
event-preview =
    👁 Так увидит: <b>{ $reader }</b>

    { $message }

    ──────────
    Под сообщением – кнопки для ответа.
    Получат: <b>{ $people }</b>
    Первое сообщение: { $first }
event-preview-least = От каждой школы нужно не менее { $n }: координатор видит, кто идёт и кого не хватает.
event-sample = 🧪 <i>Проба: это сообщение видите только вы.</i>
event-announced =
    ✅ Объявлено: <b>{ $title }</b>
    { $dates }
    Сообщение получат: { $people }.

    Кто придёт, остановка рассылки, перенос и отмена – /webinars
event-press = Нажмите на карточке, что исправить. Выйти – /cancel, черновик сохранится.
event-left = Хорошо. Черновик сохранён: /webinars → «📝 Черновики».
event-left-empty = Хорошо, ничего не объявлено.
event-drafts = 📝 <b>Черновики событий</b>
event-no-drafts = Черновиков нет.
event-earlier = Какое событие повторить? Всё, кроме даты, возьму из него.
event-delete-sure = Удалить черновик «{ $title }»? Вернуть будет нельзя.
event-deleted = Черновик удалён.
event-outdated = Карточку изменили, пока вы думали. Вот как сейчас.
event-stopped-toast = Остановлено: ушло { $gone } из { $total }. Остальным – когда нажмёте «Продолжить».
event-resumed-toast = Рассылка идёт дальше: ушло { $gone } из { $total }.
command-event = новое событие: совещание, семинар, защита, конкурс

webinar-people = { $people } { $people ->
    [one] человек
    [few] человека
   *[many] человек
}
webinar-people-unreachable = { $people } { $people ->
    [one] человек
    [few] человека
   *[many] человек
}, из них { $unreachable } пока без связи с ботом
webinar-first-now = сразу
webinar-first-local = { $day } в { $clock } по местному времени
webinar-first-from = { $moment }
webinar-first-mixed = сразу, а где сейчас нерабочее время – не позднее { $moment }
webinar-first-none = не успеет до начала: сейчас у всех тихие часы
webinar-nobody = Здесь пока никого нет. Выберите других.
webinar-only-text = Здесь я жду текст. Напишите словами или нажмите «Отмена».

webinar-wrong-title_empty = Название не вижу. Напишите его словами, например: <i>Как готовить к олимпиаде</i>
webinar-wrong-title_too_long = Слишком длинно: в названии до 300 знаков. Напишите короче.
webinar-wrong-not_understood = Не понял, когда. Напишите день и час, например: <i>12 декабря в 15:00</i>
webinar-wrong-no_such_day = Такого дня в календаре нет. Проверьте число, например: <i>12 декабря в 15:00</i>
webinar-wrong-no_day = Час понял, а день – нет. Напишите вместе, например: <i>12 декабря в 15:00</i>
webinar-wrong-no_hour = День понял, а час – нет. Напишите вместе, например: <i>12 декабря в 15:00</i>
webinar-wrong-bad_hours = Проверьте часы: такого времени не бывает или конец раньше начала. Например: <i>12 декабря с 15:00 до 16:30</i>
webinar-wrong-too_many = Слишком много дат: в серии до 20. Разделите её на две.
webinar-wrong-bad_seats = Не понял, сколько мест. Напишите числом, например: <i>20</i> или <i>20, резерв 5, от школы 2</i>
webinar-wrong-words_too_long = Слишком длинно. Напишите короче: до 200 знаков, код – до 50.
webinar-wrong-too_many_materials = Материалов уже десять. Уберите лишние: «Очистить».
webinar-wrong-word_empty = Нужно слово из букв или цифр, например: <i>маяк 27</i>
webinar-wrong-word_too_long = Слишком длинно: в кодовом слове до 40 знаков. Такое трудно набрать с телефона.
webinar-wrong-word_ordinary = Такое слово не подойдёт: люди пишут его боту и просто так, и их отметит по ошибке. Нужно слово от четырёх букв или с цифрами, которое не пишут каждый день, например: <i>маяк 27</i>. Или нажмите «🎲 Придумать слово».
webinar-wrong-word_declined = Без кодового слова? Тогда нажмите кнопку ниже. Или «🎲 Придумать слово» – тогда люди отметятся сами.
webinar-wrong-not_a_file = Такое сохранить не смогу. Пришлите файл, фото или ссылку; видео – ссылкой.
webinar-wrong-file_too_large = Файл больше 50 МБ: с телефона его не откроют. Положите его в облако и пришлите ссылку.
webinar-wrong-past = Это время уже прошло. Напишите будущее, например: <i>завтра в 15:00</i>
webinar-wrong-next_year = В этом году такой день уже прошёл. Напишите другой – или добавьте год, например: <i>20 ноября 2027 в 10:00</i>
webinar-wrong-bad_link = Это не похоже на ссылку. Она начинается с https:// – например: <i>https://example.org/webinar</i>

# /webinars
button-webinar-item = { $due } · { $title }
button-webinar-move = 🕒 Перенести
button-webinar-cancel = 🚫 Отменить событие
button-webinar-coming = ✅ Придут: { $n }
button-webinar-not_coming = ❌ Не смогут: { $n }
button-webinar-silent = 🤐 Без ответа: { $n }
button-webinar-list = ‹ К событиям
button-webinar-move-sure = Да, перенести
button-webinar-cancel-sure = Да, отменить
button-webinar-cancel-not = ‹ Нет, оставить
webinars-title = <b>События впереди</b>: { $total }
webinars-line =
    { $sign } <b>{ $title }</b>
    { $due }
    придут { $coming }{ $reserve ->
        [0] {""}
       *[other] {" "}· в резерве { $reserve }
    } · не смогут { $not_coming } · молчат { $silent }{ $unreachable ->
        [0] {""}
       *[other] {" "}· нет связи { $unreachable }
    }
webinars-empty = Событий впереди нет. Объявить вебинар – /webinar, другое событие – /event
webinar-card =
    { $sign } <b>{ $title }</b>
    Начало: { $due }
    Ссылка: { $link }{ $more }

    Придут: <b>{ $coming }</b>{ $reserve ->
        [0] {""}
       *[other] {" "}· В резерве: <b>{ $reserve }</b>
    } · Не смогут: <b>{ $not_coming }</b> · Молчат: <b>{ $silent }</b>{ $unreachable ->
        [0] {""}
       *[other] {" "}· Нет связи: <b>{ $unreachable }</b>
    }
webinar-word = Кодовое слово: <code>{ $word }</code>
webinar-no-link = пока нет
webinar-cancelled = 🚫 Событие отменено.
webinar-names-coming = <b>Придут</b> – «{ $title }»: { $total }
webinar-names-not_coming = <b>Не смогут</b> – «{ $title }»: { $total }
webinar-names-silent = <b>Молчат</b> – «{ $title }»: { $total }
webinar-names-none = Пока никого.
webinar-names-unit = <b>{ $unit }</b>
webinar-names-line = • { $name }
webinar-names-reason = • { $name } – { $reason }
webinar-move =
    «{ $title }» – сейчас { $due }.

    На когда перенести? Напишите день и час, например: <i>14 декабря в 15:00</i>. Время – местное ({ $zone }).
webinar-move-sure =
    «{ $title }» – новое начало: <b>{ $due }</b>. Перенести?

    { $again ->
        [yes] День другой, поэтому всех спросим заново.
       *[no] День тот же: ответы сохранятся.
    } Кто получил приглашение, узнает о переносе.
webinar-moved = Перенёс. Те, кого звали, узнают об этом.
webinar-cancel-sure = Отменить «{ $title }»? Кто получил приглашение, узнает об этом. Вернуть будет нельзя.
webinar-unchanged = Ничего не изменилось.
webinar-edit-dropped = Хорошо, оставил как было.
webinar-closed = Это событие уже отменено или закрыто.
webinar-outdated = Событие изменили, пока вы думали. Вот как сейчас.
toast-webinar-cancelled = Событие отменено. Те, кого звали, узнают об этом.

# /help
command-webinar = объявить вебинар
command-webinars = события впереди: кто придёт, перенос, отмена
