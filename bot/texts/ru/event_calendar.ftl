# Calendar files, and what is said when an event moves or is called off.

button-calendar = 📅 В календарь
button-calendar-off = 📅 Убрать из календаря
button-calendar-mine = 📅 Мой календарь
calendar-event-caption = { $off ->
    [yes] Откройте файл – и это уйдёт из календаря вашего телефона.
   *[no] 📅 Откройте файл – и { $event } появится в календаре вашего телефона с напоминанием за 15 минут. Если время изменится, пришлю новое здесь, а файл можно взять ещё раз: старая запись заменится.
}
calendar-task-caption = 📅 Откройте файл – и срок появится в календаре вашего телефона. Если он изменится, возьмите файл ещё раз: старая запись заменится.
calendar-mine-caption =
    📅 Всё ваше в одном файле: { $n } { $n ->
        [one] запись
        [few] записи
       *[many] записей
    }.
    Откройте его на телефоне – события и сроки появятся в календаре. Файл можно взять снова в любой день: изменившееся заменится, отменённое уйдёт.
calendar-mine-empty = Пока в календарь класть нечего: у вас нет ни событий, ни сроков. Появятся – сразу напишу.
calendar-file-event = { $kind ->
    [meeting] совещание
    [seminar] семинар
    [defence] защита
    [contest] конкурс
   *[webinar] вебинар
}-{ $date }.ics
calendar-file-task = срок-{ $date }.ics
button-calendar-events = 📅 Все в календарь
calendar-events-empty = Событий впереди нет.
calendar-events-caption =
    📅 События вашей части сети: { $n }.
    Откройте файл на телефоне – они появятся в календаре. Если что-то изменится, возьмите файл ещё раз: старые записи заменятся.
calendar-file-events = события.ics
calendar-file-mine = мой-календарь.ics
calendar-name = Вестовой: мои события и сроки

# Inside the file
calendar-summary-task = Срок: { $title }
calendar-summary-done = ✅ { $title }
calendar-link = Ссылка: { $link }
calendar-code = Код доступа: { $code }
calendar-place = Где: { $place }
calendar-result = Что нужно: { $result }
calendar-hour = Ответить до { $clock }
calendar-alarm = Скоро начало: { $title }
command-calendar = файл для календаря: все мои события и сроки

# An older message, brought up to date
notice-refreshed = 🔄 <b>Серия «{ $title }»: вот как теперь</b>
notice-reminded-refreshed = ✏️ <b>Исправлено:</b> так стоят дела, о которых я напоминал
notice-reminded-standing = ✏️ <b>Обновлено:</b> так стоят дела, о которых я напоминал
notice-line-done = { $line } ✅ отвечено
notice-line-called-off = <s>{ $line }</s> ✖️ отменено

# Several dates of a series at once
button-webinar-move-following = Эту и следующие так же: ещё { $n }
webinar-moved-following = Перенёс эту и следующие встречи. Каждый узнает об этом одним сообщением.
webinar-moved-dates = 📅 <b>Теперь встречи:</b>
    { $dates }{ $rest ->
        [0] {""}
       *[other] {" "}…и ещё { $rest }
    }
