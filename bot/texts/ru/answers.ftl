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
matter-webinar = 🎥 <b>{ $title }</b>
matter-document = Основание: { $document }
matter-document-kind = { $kind ->
    [order] приказ
    [resolution] постановление
    [minutes] протокол
    [roadmap] дорожная карта
    [plan] план
    [report] отчёт
    [letter] письмо
    [regulation] положение
   *[other] документ
}
matter-document-number = № { $number }
matter-document-dated = от { $date }
matter-document-title = «{ $title }»
matter-unit = Школа: { $unit }
matter-due = Срок: { $due }
matter-overdue = ❗ Срок прошёл: { $due }
matter-starts = Начало: { $due }
matter-link = Ссылка: { $link }
matter-no-link = Ссылку пришлём позже.
matter-result = Что нужно: { $result }
matter-responsible = Ответственный: { $responsible }
matter-phrase = Срок в документе: «{ $phrase }»
matter-answer = Ваш ответ: <b>{ $answer }</b>, { $at }
matter-answer-school = Ответ школы: <b>{ $answer }</b>, { $at } ({ $name })
matter-comment = Комментарий: { $comment }
matter-cancelled = 🚫 Отменено. Отвечать не нужно.
matter-closed = Приём ответов закрыт.
matter-withdrawn = Это больше не за вами. Отвечать не нужно.
matter-over = Вебинар уже прошёл.
matter-choose = Выберите новый ответ:
matter-moved = Срок изменился, старые кнопки больше не действуют. Вот как сейчас:
