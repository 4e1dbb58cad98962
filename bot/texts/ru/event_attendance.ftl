# Who was there: checking in, the leader's list, a platform's table, one's own record.

# To those who are there
button-here = { $kind ->
    [meeting] ✋ Я на совещании
    [seminar] ✋ Я на семинаре
    [defence] ✋ Я на защите
    [contest] ✋ Я на конкурсе
   *[webinar] ✋ Я на вебинаре
}
here-ask =
    ✋ «{ $title }»

    Напишите кодовое слово, которое назвал ведущий. Большие буквы и пробелы не важны.
here-taken = ✅ Отметил: вы были на «{ $title }». Спасибо!
here-already = ✅ Вы уже отмечены: «{ $title }».
here-wrong = Слово другое. Прислушайтесь или спросите соседа и напишите ещё раз.
here-perhaps = Если это кодовое слово для «{ $title }», то оно другое: напишите ещё раз. А если вы о чём-то ещё – /my ваши дела, /help все команды.
here-too-many = Слишком много неверных попыток. Следующая – после { $at }. Не ждите: отсканируйте QR на экране или попросите ведущего отметить вас.
here-only-text = Жду слово текстом: одно сообщение с кодовым словом.
here-cancelled = Хорошо, не отмечаю. Передумаете – просто напишите кодовое слово.
here-early =
    ⏳ Вы рано: «{ $title }» – { $due }.

    Отметиться можно с { $opens }. Тогда и попробуйте ещё раз.
here-late =
    «{ $title }» уже прошло: отметиться можно было до { $closes }.

    Если вы были, скажите организатору – он отметит вас по списку.
here-otherwise = { $state ->
    [excused] «{ $title }»: ведущий уже отметил вам уважительную причину. Если вы пришли, скажите ему – он исправит.
   *[absent] «{ $title }»: ведущий отметил, что вас не было. Если это не так, скажите ему – он исправит.
}
here-qr-stale = Этот QR-код уже сменился: он действует пару минут. Наведите камеру на экран ещё раз.
here-qr-forged = Этот QR-код не мой или устарел. Наведите камеру на экран ещё раз или напишите кодовое слово.
here-not-invited =
    Вас нет в списке приглашённых на «{ $title }», поэтому сам отметить не могу.

    Я передал организатору, что вы здесь: он может добавить вас одним нажатием.
here-not-invited-own = Вас самих нет в списке приглашённых на «{ $title }», так что отмечать некого. Код работает.
here-stranger =
    Здравствуйте! Это отметка о присутствии, но я вас пока не знаю.

    Нажмите /start и выберите школу – или попросите у её координатора ссылку. А сегодня пусть вас отметит ведущий.
toast-here-early = Отметиться можно с { $at }.
toast-here-late = Время для отметки вышло. Если вы были, скажите организатору.
toast-here-already = Вы уже отмечены. Спасибо!
toast-here-otherwise = Ведущий отметил вас сам. Если что-то не так, скажите ему.

# One's own record
visit-mine = { $state ->
    [present] ✅ Отмечено: вы были
    [excused] 🟡 Отмечено: уважительная причина
   *[absent] ❌ Отмечено: вас не было
}
button-visits = ✋ Мои посещения
visits-title =
    ✋ <b>Мои посещения</b>
    { $marked ->
        [0] Отметок пока нет.
       *[other] Вы были на { $present } из { $marked }{ $excused ->
            [0] {""}
           *[other] {" "}(по уважительной причине пропущено: { $excused })
        }.
    }
visit-line = { $state ->
    [present] ✅
    [absent] ❌
    [excused] 🟡
   *[none] ▫️
} { $day } – { $title }
visits-none = Здесь появятся вебинары и встречи, на которые вас звали, – и были ли вы там.

# The leader's screens
button-attendance-sheet = ✋ Кто был
button-attendance-list = 📝 Отметить
button-attendance-look = 👥 Список
button-attendance-schools = 🏫 По школам
button-attendance-qr = 📲 QR на экран
button-attendance-word = 🔑 Кодовое слово
button-attendance-table = 📎 Загрузить список с площадки
button-attendance-table-again = 📎 Загрузить ещё один
button-attendance-rest = Все остальные не были: { $n }
button-attendance-rest-sure = Да, записать
button-attendance-event = ‹ К событию
button-attendance-events = ‹ Все прошедшие
button-attendance-find = 🔎 Найти
button-attendance-looking = 🕓 Подробно
button-attendance-tapping = ✋ Отмечать
button-attendance-everybody = Показать всех
button-attendance-mark = { $state ->
    [present] ✅ Был
    [absent] ❌ Не был
    [excused] 🟡 Уважительная причина
   *[none] ▫️ Снять отметку
}
attendance-title =
    ✋ <b>Кто был: { $title }</b>
    Начало: { $due }
attendance-counts =
    ✅ были <b>{ $present }</b> · ❌ не были <b>{ $absent }</b>
    🟡 уважительная причина <b>{ $excused }</b>
    ▫️ без отметки <b>{ $unmarked }</b>{ $excusable ->
        [0] {""}
       *[other] {" "}(предупредили: { $excusable })
    }
attendance-nobody = Никого не звали, отмечать некого.
attendance-own = Здесь ваши люди. Отмечает организатор; если что-то не так, скажите ему.
attendance-word = 🔑 Кодовое слово: <b>{ $word }</b>. Назовите его вслух – люди напишут его боту и отметятся сами.
attendance-no-word = 🔑 Кодового слова пока нет: задайте его, и люди отметятся сами.
attendance-window-early = ⏳ Отмечаться можно будет с { $from } до { $to }.
attendance-window-open = 🟢 Отмечаться можно до { $to }.
attendance-window-late = Сами отметиться уже нельзя (можно было до { $to }). По списку – всегда.
attendance-list = ✋ <b>{ $title }</b>
attendance-found = 🔎 «{ $query }»: { $n ->
    [0] никого не нашёл. Напишите иначе – хватит первых букв фамилии.
   *[other] нашёл { $n }
}
attendance-unit = <b>{ $unit }</b>
attendance-line = { $state ->
    [present] ✅
    [absent] ❌
    [excused] 🟡
   *[none] ▫️
} { $name }
attendance-line-reason = 💬 { $name } – { $reason }
attendance-label = { $state ->
    [present] ✅
    [absent] ❌
    [excused] 🟡
    [excusable] 💬
   *[none] ▫️
} { $name }
attendance-tap-hint = Нажатие меняет отметку по кругу: ✅ был → ❌ не был → 🟡 уважительная причина → ▫️ нет отметки. 💬 – предупредил, что не сможет.
attendance-look-hint = Нажмите на человека: кто и когда его отметил.
attendance-find = 🔎 Напишите фамилию или её начало. Можно и с именем: <i>иван ан</i>
attendance-schools = 🏫 <b>{ $title }</b>
attendance-school = • { $unit }: { $present } из { $total }{ $marked ->
    [0] {""}
   *[other] {" "}– { $share } %
}{ $unmarked ->
    [0] {""}
   *[other] {" "}(без отметки { $unmarked })
}
attendance-person =
    <b>{ $name }</b>
    { $unit }

    «{ $title }»: <b>{ $state }</b>
attendance-answer = Отвечал: { $answer }
attendance-answer-reason = Отвечал: { $answer } – { $reason }
attendance-trace = 🕓 Как отмечали:
attendance-mark = • { $at } – { $state } · { $source ->
    [self] сам
    [table] список с площадки, { $name }
   *[leader] { $name }
}
attendance-erased = данные удалены
attendance-state = { $state ->
    [present] был
    [absent] не был
    [excused] уважительная причина
   *[none] без отметки
}
attendance-rest =
    Записать всех, кто без отметки?

    ❌ не были: <b>{ $absent }</b>
    🟡 уважительная причина: <b>{ $excused }</b> – предупредили и назвали причину

    Любую отметку потом можно исправить.
attendance-dropped = Хорошо, оставил как есть.
attendance-guest-added = ✅ Добавил и отметил: <b>{ $name }</b> ({ $unit }) – «{ $title }».
toast-attendance-marked = { $name }: { $state }
toast-attendance-early = Событие ещё не началось. Отмечать можно с { $at }.
toast-attendance-rest = Записал: { $n }.

# The code word and the picture
word-known = 🔑 Сейчас слово: <b>{ $word }</b>
word-none = 🔑 Кодового слова пока нет.
word-ask = Напишите слово или короткую фразу: её произнесут вслух, а люди напишут боту. Или нажмите «Придумать».
word-taken = 🔑 Запомнил: <b>{ $word }</b>
word-wrong-empty = Нужно слово из букв или цифр, например: <i>маяк 27</i>
word-wrong-too_long = Слишком длинно: до { $limit } знаков. Такое трудно набрать с телефона.
word-wrong-ordinary = Такое слово не подойдёт: люди пишут его боту и просто так, и их отметит по ошибке. Нужно слово от четырёх букв или с цифрами, которое не пишут каждый день, например: <i>маяк 27</i>. Или нажмите «🎲 Придумать».
word-wrong-declined = Без кодового слова? Тогда нажмите кнопку ниже. Или «🎲 Придумать» – тогда люди отметятся сами.
word-wrong-command = Слово не должно начинаться с «/»: так начинаются команды.
button-word-invent = 🎲 Придумать
button-word-drop = Убрать слово
toast-word-new = Новое слово: { $word }
toast-word-dropped = Кодового слова больше нет.
qr-caption =
    📲 <b>{ $title }</b>

    Наведите камеру и нажмите «Запустить» – бот отметит вас. Действует до { $until }; каждые { $minutes ->
        [one] { $minutes } минуту
        [few] { $minutes } минуты
       *[many] { $minutes } минут
    } нажимайте «Обновить».
button-qr-again = 🔄 Обновить
toast-qr-early = Ещё рано: отмечаться можно с { $at }.
toast-qr-late = Отметиться можно было до { $at }. Отметьте людей по списку.

# A platform's table
table-ask =
    📎 Пришлите список участников, который сохранила площадка: файл .csv или .xlsx.

    Столбцы – в любом порядке: имя, время или минуты. Найду людей по именам, покажу, что получилось, и ничего не запишу, пока вы не нажмёте «Применить».
table-only-file = Жду файл .csv или .xlsx со списком участников. Фото и текст не подойдут.
table-wrong-file = Нужен файл .csv или .xlsx до { $limit } МБ: на площадке он называется «Отчёт об участниках» или «Attendance report».
table-broken = Файл повреждён или это не таблица. Скачайте список с площадки ещё раз – .csv или .xlsx.
table-no-names = Не нашёл в файле столбца с именами. Проверьте, тот ли это файл: нужен список участников.
table-dropped = Хорошо, из файла ничего не записано.
table-title =
    📎 <b>Список с площадки: { $title }</b>
    Имён: { $n }
table-new = ✅ узнал и отмечу: <b>{ $n }</b>
table-known = ☑️ уже отмечены: { $n }
table-kept = ✋ ведущий отметил иначе: { $n } – оставлю как есть
table-doubtful = ❓ под вопросом: <b>{ $n }</b>
table-short = ⏱ были меньше { $least } мин: { $n } – не отмечу
table-unknown = ▫️ нет среди приглашённых: { $n } ({ $names }{ $rest ->
    [0] {""}
   *[other] {" "}и ещё { $rest }
})
table-nothing-yet = Пока ничего не записано. Можно прислать ещё один файл – сложу вместе.
table-nothing-new = Новых отметок нет. Можно прислать другой файл.
table-doubt =
    ❓ В файле: <b>{ $name }</b>{ $minutes }
    Кто это? Осталось разобрать: { $left }
table-minutes = , { $n } мин
table-candidate = { $n }. { $name }
table-candidate-line = { $n }. { $name } – { $unit }
table-applied =
    ✅ Записал, что были: <b>{ $new }</b>{ $known ->
        [0] {""}
       *[other] {" "}(ещё { $known } отмечены раньше)
    }.{ $doubtful ->
        [0] {""}
       *[other] {" "}Под вопросом остались: { $doubtful }.
    }{ $unknown ->
        [0] {""}
       *[other] {" "}Не из списка: { $unknown }.
    }

    Кого в файле не было, тот пока без отметки: «Кто был» → «Все остальные не были».
toast-table-old = Эта кнопка от прошлого файла. Загрузите список ещё раз.
button-table-doubts = ❓ Разобрать: { $n }
button-table-least = { $n ->
    [0] ⏱ Не меньше: любое время
   *[other] ⏱ Не меньше: { $n } мин
}
button-table-apply = ✅ Применить: { $n }
button-table-nobody = Нет в списке
button-table-skip = Следующий ›
button-table-sum = ‹ К итогу

# Past events and people
command-attendance = кто был: прошедшие события и люди
past-title = ✋ <b>Идут и уже прошли</b>: { $n }
past-event =
    <b>{ $title }</b>
    { $at }
past-label = { $day } · { $title }
past-none = Прошедших событий пока нет: первое появится здесь за 15 минут до начала.
button-records = 👥 По людям
records-title = 👥 <b>Кто сколько раз был</b>: { $n }
records-line = • { $name }: { $marked ->
    [0] без отметки { $unmarked }
   *[other] { $present } из { $marked }{ $excused ->
        [0] {""}
       *[other] {" "}(уваж. { $excused })
    }{ $unmarked ->
        [0] {""}
       *[other] , без отметки { $unmarked }
    }
}

# To the organiser
guest-came =
    🙋 <b>{ $name }</b> ({ $unit }) пришёл на «{ $title }» без приглашения.

    Отметить сам не могу: в списке его нет. Добавить?
guest-came-nameless =
    🙋 Человек из «{ $unit }» пришёл на «{ $title }» без приглашения.

    Отметить сам не могу: в списке его нет. Добавить?
button-guest-add = ➕ Добавить и отметить
