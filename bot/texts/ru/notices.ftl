# What the bot says of its own accord. The card of the matter stands below each heading.

notice-new-task = 🆕 <b>Новое дело</b>
notice-new-webinar = 🆕 <b>Приглашаем на { $invited }</b>
notice-ahead-task = { $n ->
    [0] ⏰ <b>Срок сегодня</b>
    [1] ⏰ <b>Срок завтра</b>
    [2] ⏰ <b>Срок послезавтра</b>
    [one] ⏰ <b>Через { $n } день срок</b>
    [few] ⏰ <b>Через { $n } дня срок</b>
   *[many] ⏰ <b>Через { $n } дней срок</b>
}
notice-reminded = ⏰ <b>Напоминаю: { $n } { $n ->
    [one] дело
    [few] дела
   *[many] дел
}</b>, сначала срочные
notice-reminded-today = ⏰ <b>Сегодня: { $n } { $n ->
    [one] дело
    [few] дела
   *[many] дел
}</b>
notice-ahead-webinar = { $n ->
    [0] ⏰ <b>Сегодня { $event }</b>
    [1] ⏰ <b>Завтра { $event }</b>
    [2] ⏰ <b>Послезавтра { $event }</b>
    [one] ⏰ <b>Через { $n } день { $event }</b>
    [few] ⏰ <b>Через { $n } дня { $event }</b>
   *[many] ⏰ <b>Через { $n } дней { $event }</b>
}
notice-starts-soon = { $n ->
    [0] ▶️ <b>Начинаем!</b>
    [one] ▶️ <b>Начинаем через { $n } минуту</b>
    [few] ▶️ <b>Начинаем через { $n } минуты</b>
   *[many] ▶️ <b>Начинаем через { $n } минут</b>
}
notice-moved-task = 📅 <b>Срок изменился</b>
notice-moved-webinar = 📅 <b>{ $kind ->
    [meeting] Время совещания изменилось
    [seminar] Время семинара изменилось
    [defence] Время защиты изменилось
    [contest] Время конкурса изменилось
   *[webinar] Время вебинара изменилось
}</b>
notice-moved-from = Было: { $was }
notice-moved-ask = Ответьте, пожалуйста, придёте ли.
notice-moved-fallen = Ваш ответ снят: день другой, ответьте заново.
notice-called-off-task = ✖️ <b>Дело отменено</b>
notice-called-off-webinar = ✖️ <b>{ $kind ->
    [meeting] Совещание отменено
    [seminar] Семинар отменён
    [defence] Защита отменена
    [contest] Конкурс отменён
   *[webinar] Вебинар отменён
}</b>
notice-nudge-task = 🔔 <b>Ждём вашего ответа</b>
notice-nudge-webinar = 🔔 <b>Вы придёте?</b>

notice-assigned = 🗂 <b>{ $n ->
    [one] { $n } новое дело
    [few] { $n } новых дела
   *[many] { $n } новых дел
}</b>
    Основание: { $document }
notice-assigned-rest = …и ещё { $n }. Все дела: /my
notice-assigned-series = 🆕 <b>Приглашаем на серию «{ $title }»</b>: { $n } { $n ->
    [one] встреча
    [few] встречи
   *[many] встреч
}
notice-choose-meeting = Нажмите на встречу и ответьте, придёте ли.
notice-called-off-series = ✖️ <b>{ $n ->
    [one] Отменена { $n } встреча
    [few] Отменены { $n } встречи
   *[many] Отменено { $n } встреч
}</b> из серии «{ $title }», отвечать не нужно
notice-changed-series = 📝 <b>Изменения в серии «{ $title }»</b>
notice-called-off-list = ✖️ <b>{ $n ->
    [one] Отменено { $n } дело
    [few] Отменены { $n } дела
   *[many] Отменено { $n } дел
}</b>, отвечать не нужно
    Основание: { $document }
notice-changed = 📝 <b>В документе изменились сроки</b>
    Основание: { $document }
notice-changed-moved = 📅 <b>Перенесено:</b>
notice-changed-called-off = ✖️ <b>Отменено, отвечать не нужно:</b>
notice-changed-new = 🆕 <b>Новое:</b>
notice-line-answered = { $line } (ваш ответ остаётся в силе)
notice-unattended = ⚠️ <b>{ $n ->
    [one] В { $n } школе
   *[other] В { $n } школах
} некому ответить</b>: { $schools }
    Координатор там не назначен или не пользуется ботом, поэтому пишу вам. Пригласите его – и новые дела придут к нему. А пока за { $n ->
    [one] школой
   *[other] школами
} числится:
notice-overdue = 📣 <b>{ $n ->
    [one] Срок прошёл, не все ответили
   *[other] Сроки прошли, не все ответили
}</b>
notice-overdue-line = <b>{ $title }</b> (срок { $due })
    Не { $silent ->
    [one] ответила { $silent }
    [few] ответили { $silent }
   *[many] ответили { $silent }
} из { $total } { $who ->
    [schools] { $total ->
        [one] школы
       *[other] школ
    }
   *[people] { $total ->
        [one] человека
       *[other] человек
    }
}
notice-line = • { $title } – { $due }
notice-rest = …и ещё { $n }
notice-and-more = { $names } и ещё { $n }
button-notice-matter = { $title }
button-notice-all = 📋 Все мои дела

# Over the card in an older message that was edited
notice-standing-answered = ✏️ <b>Обновлено:</b> ответил ваш коллега
notice-standing-accepted = ✏️ <b>Обновлено:</b> ответ принят
notice-standing-returned = ✏️ <b>Обновлено:</b> ответ вернули на доработку
notice-standing-unreturned = ✏️ <b>Обновлено:</b> возврат отменён
notice-standing-asked = ✏️ <b>Обновлено:</b> ваш коллега попросил о переносе
notice-standing-unasked = ✏️ <b>Обновлено:</b> ваш коллега отозвал просьбу о переносе
notice-standing-term = ✏️ <b>Обновлено:</b> срок теперь другой
notice-standing-refused = ✏️ <b>Обновлено:</b> срок не перенесли
notice-standing-seat = ✏️ <b>Обновлено:</b> { $seat ->
        [main] вам дали место
        [offered] вам предлагают место
        [reserve] вы в резерве
        [lapsed] место ушло следующему
       *[none] места за вами нет
    }
notice-standing-instead = ✏️ <b>Обновлено:</b> вместо вас придёт коллега
notice-standing-not_instead = ✏️ <b>Обновлено:</b> коллега не придёт вместо вас
notice-standing-decided = ✏️ <b>Обновлено:</b> решение по заявке

# To the owner
owner-parked = ⚠️ <b>Одно сообщение не удалось обработать</b>
    Я попробовал несколько раз и отложил его (№ { $update }). Ошибка: <code>{ $error }</code>
owner-rival = ⚠️ <b>Сообщения бота забирает другая программа</b>
    Она запущена с тем же токеном: ответы людей достаются ей, а не мне. Остановите её – я продолжу сам. Если её запустили не вы, токен знает чужой: замените его в @BotFather.
owner-silence = ⚠️ <b>С { $since } по { $until } бот не мог отправлять</b>
    { $why ->
        [token] Telegram не принимал его токен.
        [flood] Telegram велел подождать: слишком много сообщений.
        [sending] Telegram не принимал сообщения.
       *[line] Не было связи с Telegram.
    } { $late ->
        [0] Ничего не задержалось.
        [one] Задержалось { $late } сообщение, сейчас оно уйдёт.
        [few] Задержались { $late } сообщения, сейчас они уйдут.
       *[many] Задержались { $late } сообщений, сейчас они уйдут.
    } { $stale ->
        [0] {""}
       *[many] Устарело и не отправлено: { $stale }.
    }
    Ответы людей, пришедшие за это время, я разбираю.
owner-room-little = ⚠️ <b>На диске сервера осталось { $megabytes } МБ</b>
    Пока всё работает. Освободите место: когда оно кончится, ответы и напоминания будут ждать. Старые копии базы лежат в папке backups; сколько дней их хранить, задаёт BACKUP_KEEP_DAYS.
owner-room-back = ✅ <b>На диске сервера снова достаточно места</b>
owner-storage-full = ⛔ <b>На диске сервера кончилось место</b>
    Новые ответы пока ждут в Telegram, напоминания не уходят. Ничего не потеряно: освободите место, и я продолжу сам.
owner-storage-locked = ⛔ <b>Базу данных держит другая программа</b>
    Пока она открыта там, я не могу записывать ответы и отправлять напоминания. Закройте её, и я продолжу сам: ничего не потеряно.
owner-storage-read-only = ⛔ <b>База данных доступна только для чтения</b>
    Верните программе право записи в файл базы и в его папку, и я продолжу сам: ничего не потеряно.
owner-storage-unreachable = ⛔ <b>База данных не отвечает</b>
    Проверьте диск или сервер базы. Я пробую снова и продолжу сам: ничего не потеряно.
owner-storage-back = ✅ <b>База данных снова работает</b>
    Разбираю то, что ждало.
owner-copy-failed = ⚠️ <b>Ночная копия базы не получилась</b>
    Причина: <code>{ $reason }</code>. Проверьте место на диске и право записи в папку backups. Я попробую снова через час.
owner-copy-back = ✅ <b>Ночная копия базы сделана</b>
owner-clock-ahead = 🕰 <b>Часы сервера ушли вперёд на { $minutes } мин</b>
    Их перевели, или сервер спал. Если время теперь неверное, поправьте часы: напоминания идут по ним.
owner-clock-back = 🕰 <b>Часы сервера переведены назад на { $minutes } мин</b>
    Если время теперь неверное, поправьте часы: напоминания идут по ним. Дважды ничего не уйдёт.
