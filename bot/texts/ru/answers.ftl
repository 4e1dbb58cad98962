# One matter: the card, its buttons and what is said after a tap; /my.

answer-done = Выполнено
answer-in_progress = В работе
answer-problem = Есть проблема
answer-nothing = Нечего сообщать
answer-coming = Приду
answer-not_coming = Не смогу

button-answer-done = ✅ Выполнено
button-answer-in_progress = ⏳ В работе
button-answer-problem = ⚠️ Есть проблема
button-answer-nothing = ➖ Нечего сообщать
button-answer-coming = ✅ Приду
button-answer-not_coming = ❌ Не смогу
button-answer-change = Изменить ответ
button-matter-more = Подробнее
button-matter-less = Свернуть
button-my = ‹ К моим делам

reason-illness = болезнь
reason-lesson = урок
reason-trip = командировка
button-reason-illness = 🤒 Болезнь
button-reason-lesson = 📚 Урок
button-reason-trip = 🚆 Командировка
button-reason-other = ✏️ Другое

matter-task = 📌 <b>{ $title }</b>
matter-webinar = { $sign } <b>{ $title }</b>
matter-document = Основание: { $document }
matter-document-kind = { $kind ->
    [order] приказ/распоряжение
    [directive] распоряжение
    [resolution] постановление/решение
    [minutes] протокол
    [roadmap] дорожная карта
    [plan] план
    [report] отчёт
    [letter] письмо
    [regulation] положение
    [list] список
   *[other] документ
}
matter-document-number = № { $number }
matter-document-dated = от { $date }
matter-document-title = «{ $title }»
matter-unit = 🏫 { $unit }
matter-due = Срок: { $due }
matter-overdue = ❗ Срок прошёл: { $due }
matter-starts = Начало: { $due }
matter-ends = Окончание: { $ends }
matter-place = Где: { $place }
matter-leader = Ведёт: { $leader }
matter-access-code = Код доступа: <code>{ $code }</code>
matter-link = Ссылка: { $link }
matter-no-link = Ссылку пришлём позже.
matter-result = Что нужно: { $result }
matter-responsible = Ответственный: { $responsible }
matter-phrase = Срок в документе: «{ $phrase }»
matter-answer = Ваш ответ: <b>{ $answer }</b>, { $at }
matter-answer-school = Ответ школы: <b>{ $answer }</b>, { $at } ({ $name })
matter-comment = { $answer ->
    [not_coming] Причина
    [problem] В чём проблема
   *[other] Комментарий
}: { $comment }
matter-cancelled = 🚫 Отменено. Отвечать не нужно.
matter-withdrawn = Это больше не за вами. Отвечать не нужно.
matter-over = { $kind ->
    [meeting] Совещание уже прошло.
    [seminar] Семинар уже прошёл.
    [defence] Защита уже прошла.
    [contest] Конкурс уже прошёл.
   *[webinar] Вебинар уже прошёл.
}
matter-begun = { $kind ->
    [meeting] Совещание уже началось.
    [seminar] Семинар уже начался.
    [defence] Защита уже началась.
    [contest] Конкурс уже начался.
   *[webinar] Вебинар уже начался.
}
matter-choose = Выберите новый ответ:
matter-moved = Срок изменился, старые кнопки больше не действуют. Вот как сейчас:

# After a tap
toast-done = Записал: выполнено. Спасибо!
toast-in_progress = Записал: в работе.
toast-nothing = Записал: сообщать нечего.
toast-coming = Записал: вы придёте.
toast-not_coming = Записал: вас не будет. Спасибо, что предупредили.
toast-same = Этот ответ уже записан.
toast-moved = Срок изменился. Посмотрите новый и ответьте ещё раз.
toast-closed = Отвечать уже не нужно.
toast-answered = Уже ответили: { $answer } ({ $name }). Если это не так, нажмите «Изменить ответ».

# One line of text
reason-ask = Почему не получится? Нажмите или напишите одним сообщением.
line-problem = ✏️ Что случилось? Напишите одним сообщением (можно фото или голосовое) – передам координатору, его ответ придёт сюда.
line-not_coming = ✏️ Почему не получится? Напишите одним сообщением.
line-done-text = 📎 Спасибо! Напишите одной строкой, что сделано: это попадёт в сводку.
line-done-link = 📎 Спасибо! Пришлите ссылку на результат: страницу, запись или документ.
line-done-number = 📎 Спасибо! Напишите число для сводки, только цифрами, например <b>25</b>.
line-wrong-text = Здесь нет ни одной буквы. Напишите словами или нажмите «Позже».
line-wrong-link = Это не похоже на ссылку. Она выглядит так: <b>https://school.ru/news/15</b>. Пришлите её или нажмите «Позже».
line-wrong-number = Нужно только число, например <b>25</b> или <b>12,5</b>. Пришлите его или нажмите «Позже».
line-taken-done = ✅ Записал: выполнено, «{ $text }». Спасибо!
button-line-later = Позже, пока в работе
matter-asks = 📎 Вместе с «Выполнено» пришлите { $form ->
    [text] одну строку текста
    [link] ссылку
   *[number] число
}
line-taken-problem = ⚠️ Записал: «{ $text }».
line-taken-not_coming = Записал: вас не будет. Причина: «{ $text }».
line-too-long = Получилось длинно: { $length } { $length ->
    [one] знак
    [few] знака
   *[many] знаков
}, а помещается { $limit }. Напишите короче, подробности расскажете координатору отдельно.
line-only-text = Сейчас я жду текст. Напишите одним сообщением или нажмите «Отмена».
line-empty = Здесь нет ни одной буквы. Напишите словами, что случилось, или нажмите «Отмена».
line-cancelled = Хорошо, ответ не записан.
line-dropped = ✏️ Я ждал от вас сообщение по делу, а пришла команда: ответ пока <b>не записан</b>. Чтобы ответить, нажмите кнопку под делом ещё раз.
comment-taken = 💬 Записал комментарий к «{ $title }»: «{ $text }».
comment-choose = А какой ответ отметить?
comment-closed = Это дело закрыто, комментарий уже не записать. Открытые дела: /my
comment-only-text = Такое к делу не приложить. Напишите словами, пришлите фото или файл – или нажмите кнопку.

# /my
my-title-open = <b>Ваши дела</b>: { $total }
my-title-done = <b>Отвеченные</b>: { $total }
my-line = <b>{ $n }.</b> { $title }
my-due = Срок: { $due }
my-overdue = ❗ срок прошёл: { $due }
my-later = { $n ->
    [one] 🔁 и ещё { $n } срок: { $until }
    [few] 🔁 и ещё { $n } срока до { $until }
   *[many] 🔁 и ещё { $n } сроков до { $until }
}
my-starts = { $sign } { $due }
my-answer = { $answer }, { $at }
my-progress = пока: { $answer }
my-cancelled = 🚫 отменено
my-unit = 🏫 { $unit }
my-empty-open = ☕ Открытых дел нет – всё сделано, можно выдохнуть. Появится новое – сразу напишу.
my-empty-done = Здесь появятся дела, на которые вы ответите.
button-my-open = 📋 Открытые
button-my-done = ✅ Отвеченные
button-my-item = { $n }. { $title }

# To the coordinator above
problem-of-school =
    ⚠️ <b>{ $unit }</b>: есть проблема
    📌 { $title }

    { $text }
button-problem-board = 📊 Сводка по этому делу
problem-of-person =
    ⚠️ <b>{ $unit }</b>, { $person }: есть проблема
    📌 { $title }

    { $text }
