# After an event: recording and materials, feedback, lists and certificates, a series as one thing.

# The organiser's screen
button-afterwards = 📼 После события
after-title =
    📼 <b>{ $title }</b>
    Начало: { $due }
after-materials-none = Записи и материалов пока нет. Добавьте ссылку или файл – и отправьте одним нажатием.
after-materials = <b>Запись и материалы</b>
after-material = { $number }. { $title }{ $kind ->
    [file] {" "}📎
   *[link] {""}
}{ $told ->
    [yes] {" "}✓
   *[no] {""}
}
after-told-hint = ✓ – уже отправляли. Кто получил, второй раз то же самое не получит.
after-early = Отправить можно будет, когда событие начнётся.
after-served = Все, кому можно написать, это уже получили.
after-feedback = ⭐ Отзывы: { $given ->
    [0] пока нет{ $asked ->
        [0] {""}
       *[other] {" "}(спросили: { $asked })
    }
   *[other] <b>{ $average }</b> из 5 · ответили { $given } из { $asked }
}
after-feedback-off = ⭐ Отзывы: не спрашиваем
after-certificate = 📜 Сертификаты: { $on ->
    [yes] выдаём тем, кто отмечен, – по кнопке в их карточке, файл .{ $paper }
   *[no] не выдаём
}
button-after-add = ➕ Добавить запись или файл
button-after-drop = 🗑 { $title }
button-after-send = { $to ->
    [present] 📤 Тем, кто был: { $n }
    [absent] 📤 Тем, кто не был: { $n }
   *[all] 📤 Отправить всем: { $n }
}
button-after-feedback = ⭐ Отзывы
button-after-turnout = 🏫 Явка школ
button-after-xlsx = 📊 Список .xlsx
button-after-sign = 🖊 Лист регистрации
button-after-series = 📚 Вся серия
button-after-ask = { $on ->
    [yes] ⭐ Не спрашивать отзыв
   *[no] ⭐ Спрашивать отзыв
}
button-after-certify = { $on ->
    [yes] 📜 Не выдавать сертификаты
   *[no] 📜 Выдавать сертификаты
}
button-after-certify-as = 📜 Выдавать сертификаты в .{ $paper }
button-after-event = ‹ К событию
after-ask =
    ➕ Пришлите ссылку на запись или файл (документом).

    К ссылке можно приписать название: <i>Запись вебинара https://…</i>
after-ask-more = ✅ Добавил: <b>{ $title }</b>. Можно прислать ещё – или вернуться и отправить людям.
after-ask-known = Это уже добавлено. Пришлите другое или вернитесь.
after-ask-wrong = Нужна ссылка или файл, отправленный документом (скрепка → «Файл»). Фото и видео без сжатия тоже отправляются файлом.
after-ask-bad-link = Не нашёл в сообщении ссылки. Пример: <i>Запись вебинара https://example.org/video</i>
after-ask-too-many = Уже { $n } – больше в одно сообщение не поместится. Удалите лишнее.
after-ask-dropped = Хорошо, ничего не добавляю.
after-sure =
    Отправить { $to ->
        [present] тем, кто был
        [absent] тем, кто не отмечен как присутствовавший
       *[all] всем приглашённым
    }: <b>{ $n } { $n ->
        [one] человек
        [few] человека
       *[many] человек
    }</b>?

    { $titles }

    Кто спит – получит утром. Никто не получит одно и то же дважды.
button-after-sure = Да, отправить
toast-after-sent = { $n ->
    [0] Отправлять некому: все уже получили.
    [one] Отправляю: { $n } человеку.
   *[other] Отправляю: { $n } людям.
}
toast-after-dropped = Убрал. Кому не успело уйти, тому не придёт.
toast-after-gone = Этого уже нет в списке.
toast-after-early = Событие ещё не началось: отправить можно будет с { $at }.
toast-after-switched = Готово.
toast-after-nobody = Никто пока не ответил «Приду»: лист был бы пустым.

# On the board
board-turnout = ✋ Были: <b>{ $present }</b> из { $invited } ({ $share } %)
board-turnout-child = {" "}· ✋ { $present } из { $invited } ({ $share } %)

# Files
after-file-xlsx = Явка { $date }.xlsx
after-file-sign = Лист регистрации { $date }.docx
after-file-series = Явка по серии { $date }.xlsx
after-file-certificate = Сертификат { $date }.{ $paper }
after-sign-caption = 🖊 Лист регистрации: { $n } { $n ->
    [one] человек
    [few] человека
   *[many] человек
}. Это те, кто ответил «Приду» или отмечен.
list-file-people = Участники
list-file-schools = По школам
list-file-feedback = Отзывы
list-file-when = Начало: { $when }
list-file-made = Сформировано: { $when }
list-column-above = Над школой
list-column-unit = Организация
list-column-name = ФИО
list-column-role = Роль
list-column-answer = Ответ
list-column-reason = Причина
list-column-attendance = Был
list-column-source = Кто отметил
list-column-rating = Оценка
list-column-feedback = Отзыв
list-column-present = Были
list-column-invited = Приглашено
list-column-share = Явка, %
list-column-absent = Не были
list-column-excused = Уваж. причина
list-column-unmarked = Без отметки
list-column-times = Был раз
list-column-of = Из
list-answer-waits = { $answer } (в резерве)
list-mark = { $state ->
    [present] был
    [excused] уважительная причина
   *[absent] не был
}
list-source = { $source ->
    [self] сам
    [table] список с площадки
   *[leader] ведущий
}
list-feedback-average = Средняя оценка: { $average } · ответили { $given } из { $asked }
list-feedback-rating = Оценка { $rating }: { $n }
sign-list-heading = { $kind ->
    [meeting] Лист регистрации участников совещания
    [seminar] Лист регистрации участников семинара
    [defence] Лист регистрации участников защиты
    [contest] Лист регистрации участников конкурса
   *[webinar] Лист регистрации участников вебинара
}
sign-list-number = №
sign-list-name = ФИО
sign-list-unit = Организация
sign-list-role = Должность (роль)
sign-list-signature = Подпись
sign-list-place = Место проведения: { $place }
sign-list-total = Всего в списке: { $n }
sign-list-signed-by = Ответственный: { $named ->
    [yes] { $leader }
   *[no] ____________________
}    Подпись: ____________________
certificate-heading = СЕРТИФИКАТ
certificate-of = участника
certificate-given = Настоящий сертификат подтверждает, что
certificate-took-part = { $kind ->
    [meeting] принял(а) участие в совещании
    [seminar] принял(а) участие в семинаре
    [defence] принял(а) участие в защите
    [contest] принял(а) участие в конкурсе
   *[webinar] принял(а) участие в вебинаре
}
certificate-signature = Руководитель ____________________ / ____________________ /
certificate-number = № { $number }

# Feedback
feedback-ask = ⭐ Вы были на «{ $title }». Насколько было полезно? Одно нажатие, от 1 до 5.
feedback-seen-by = Оценку и слова увидит организатор.
button-feedback-rate = { $rating } ⭐
feedback-line-ask =
    Спасибо! Ваша оценка: <b>{ $rating }</b> из 5.

    Что было полезно, чего не хватило? Напишите одной строкой – или пропустите.
button-feedback-write = ✍️ Написать
button-feedback-skip = Пропустить
feedback-thanks = ⭐ Спасибо! Ваша оценка «{ $title }»: <b>{ $rating }</b> из 5.
feedback-taken = ✅ Передал организатору. Спасибо!
feedback-wrong = Нужна одна строка до { $limit } знаков: напишите короче.
feedback-only-text = Жду слова текстом. Если сказать нечего – нажмите «Пропустить».
toast-feedback-not-there = Отзыв спрашиваем у тех, кто отмечен на событии.
toast-feedback-thanks = Спасибо!
feedback-title = ⭐ <b>Отзывы: { $title }</b>
feedback-none = Отзывов пока нет. Спросим каждого, кто отмечен, в ближайшее дозволенное время после конца.
feedback-sum = Средняя оценка <b>{ $average }</b> · ответили { $given } из { $asked }
feedback-bar = { $rating } ⭐ { $bar } { $n }
feedback-line = { $rating ->
    [0] 💬
   *[other] { $rating } ⭐
} { $text }
feedback-names-hint = Кто что написал – в файле .xlsx.

# To those invited
materials-notice = 📼 <b>{ $title }</b> – запись и материалы:
materials-link = • <a href="{ $link }">{ $title }</a>
materials-file = • 📎 { $title }
materials-none = Материалов «{ $title }» пока нет: пришлю, как только организатор их добавит.
button-material = 📎 { $title }
button-materials = 📼 Запись и материалы
toast-material-gone = Организатор убрал этот файл.
button-certificate = 📜 Сертификат
certificate-caption = 📜 Ваш сертификат: «{ $title }».
toast-certificate-none = { $reason ->
    [off] Организатор не выдаёт сертификаты за это событие.
   *[absent] Сертификат – тем, кто отмечен на событии. Если вы были, скажите организатору.
}
button-missed = 📼 Что я пропустил
missed-title = 📼 <b>Где вас не было</b>: { $n }
missed-event = <b>{ $title }</b>, { $day }
missed-no-recording = записи пока нет
missed-none = Вы ничего не пропустили – или отметок ещё нет.
button-missed-open = 📼 { $day } · { $title }

# A series
button-series-mine = 📚 Вся серия
series-title = 📚 <b>{ $title }</b>
series-begun = Прошло { $begun } из { $total }
series-date = { $off ->
    [yes] 🚫
   *[no] { $begun ->
        [yes] ✅
       *[no] 🗓
    }
} { $day } – { $title }{ $off ->
    [yes] {" "}(отменено)
   *[no] { $begun ->
        [yes] : были { $present } из { $invited }
       *[no] {""}
    }
}
series-turnout-title = <b>Кто на скольких был</b>
series-turnout = на { $times } из { $begun }: { $people } чел.
series-none-begun = Ни одного события серии ещё не было.
button-series-file = 📊 Явка по серии .xlsx
button-series-back = ‹ Назад
series-mine-present = { $begun ->
    [0] Ещё ничего не прошло.
   *[other] Вы были на { $present } из { $begun }
}
series-mine-date = { $state ->
    [present] ✅
    [absent] ❌
    [excused] 🟡
    [ahead] 🗓
   *[none] ▫️
} { $day } – { $title }
