# Questions: what schools and people write to those above them, and what comes back.

# One thread
thread-up = 💬 <b>Переписка с координатором</b>
thread-of-school = 💬 <b>{ $unit }</b>
thread-of-person = 💬 <b>{ $unit }</b>, { $person }
thread-problem-of-school = ⚠️ <b>{ $unit }</b>: есть проблема
thread-problem-of-person = ⚠️ <b>{ $unit }</b>, { $person }: есть проблема
thread-matter = 📌 { $title }
thread-general = 🗂 Общий вопрос
thread-general-title = Общий вопрос
thread-answer = Ответ по делу сейчас: { $answer }
thread-closed = ✅ Вопрос закрыт.
thread-message = <b>{ $name }</b>, { $at }
thread-before = <i>↩️ { $name }: { $text }</i>
thread-you = Вы
thread-words = { $text }
thread-erased = Участник (данные удалены)
thread-role-below = Школа
thread-role-above = Координатор
thread-words-erased = Текст удалён вместе с данными автора.
thread-no-unit = Вне школ
thread-no-words = Слов нет: отмечено «Есть проблема».
thread-more = … и ещё { $n }: откройте переписку целиком.
thread-file = 📎 { $what }
thread-file-photo = Фото
thread-file-document = Файл
thread-file-voice = Голосовое сообщение
thread-file-video = Видео
thread-file-audio = Аудиозапись
thread-file-round = Видеосообщение
thread-file-animation = Анимация
thread-file-lost = Этот файл Telegram больше не отдаёт. Попросите прислать его ещё раз.
button-thread-answer = ✍️ Ответить
button-thread-close = ✅ Закрыть
button-thread-reopen = 🔄 Вопрос не решён
button-thread-whole = 💬 Вся переписка
button-thread-matter = 📌 К делу
button-thread-list = ‹ К вопросам
button-thread-file = 📎 { $what }

# Writing
thread-ask = ✍️ Напишите одним сообщением: текст, фото, файл или голосовое.
thread-ask-above = ✍️ Напишите ответ одним сообщением: текст, фото, файл или голосовое. Кому: { $who }.
thread-ask-close = ✅ Чем закончилось? Напишите одно слово или фразу – её увидит тот, кто спрашивал. Можно закрыть и без слов.
button-thread-close-now = Закрыть без слов
thread-only = Такое передать не получится. Подойдут текст, фото, видео, файл или голосовое сообщение.
thread-left = Хорошо, ничего не отправлено.
thread-dropped = ✍️ Я ждал ваше сообщение для переписки, а пришла команда: ничего <b>не отправлено</b>. Чтобы написать, нажмите «Ответить» ещё раз: /questions
thread-sent-up = ✅ Передал { $n ->
    [one] координатору
   *[other] координаторам ({ $n })
}. Ответ придёт сюда, вся переписка – /questions
thread-sent-down = ✅ Передал: { $who }.
thread-held = 🌙 Сейчас там тихие часы или выходной, доставлю { $when }.
thread-when-today = сегодня в { $at }
thread-when-tomorrow = завтра в { $at }
thread-when-later = { $day } в { $at }
thread-nobody-up = ⚠️ Сейчас это никто не прочитает: координатора над вами в боте нет или ему нельзя написать. Сообщение сохранено: как только координатор появится, я передам. Если дело срочное, позвоните.
thread-nobody-down = ⚠️ Сейчас там никто не может получить сообщение: бот не открыт или заблокирован. Оно сохранено: передам, как только там кто-то появится. Если дело срочное, позвоните.
thread-is-closed = ✅ Вопрос закрыт. { $who } узнает об этом.
thread-is-closed-held = ✅ Вопрос закрыт. { $who } узнает { $when }.
toast-thread-closed = Вопрос уже закрыт.

# Written outside a dialogue
thread-about = ❓ <b>О чём это?</b> Передам то, что вы уже написали: заново писать не нужно.
thread-courtesy = 🙂 Хорошо! Никому не передаю. Если это ответ кому-то, ответьте прямо на его сообщение. Ваши дела – /my
thread-about-answer = ❓ <b>Куда это передать?</b> Заново писать не нужно.
thread-about-closed = 🔒 Этот вопрос закрыт: { $title }. Начать новый?
thread-kept = <i>«{ $text }»</i>
thread-kept-more = <i>и ещё сообщений: { $n }</i>
thread-document-hint = Если это план или приказ с поручениями, пришлите его <b>файлом</b>: .docx, .pdf с текстом, .xlsx или .txt.
button-thread-about = { $sign } { $title }
button-thread-asked = 🙋 Это ответ: { $title }
button-thread-propose = 💡 Предложение: { $title }
button-thread-into = 💬 { $title }
button-thread-other = 🗂 Другое
button-thread-new = 🆕 Начать новый
button-thread-again = 🔄 Вернуться к этому
button-thread-drop = Это не вопрос, отмена
thread-forgotten = Хорошо, никуда не передаю. Ваши дела – /my, все команды – /help.
thread-nobody = Передать это некому: над вами в сети никого нет или никому из них нельзя написать. Ваши дела – /my, все команды – /help.
thread-gone = Это сообщение уже передано или отменено. Ваши вопросы – /questions
thread-elsewhere-toast = Передать туда уже нельзя: это дело или переписка больше не ваши. Написанное сохранено – выберите, куда его передать.

# The list
command-questions = вопросы и переписка с координатором
threads-title = <b>Вопросы</b>: { $total }
threads-title-closed = <b>Закрытые вопросы</b>: { $total }
threads-waiting = Ждут вашего ответа: <b>{ $n }</b>
threads-line = <b>{ $n }.</b> { $mark } { $title }
threads-whose = { $who }
threads-waits = ждёт вас с { $at }
threads-last = последнее { $at }
threads-unread = новых: { $n }
threads-unsent = ✏️ Вы написали и не выбрали, о чём это: { $n }.
button-threads-unsent = ✏️ Выбрать, о чём
threads-empty = ☕ Открытых вопросов нет. Чтобы спросить, просто напишите сюда – текст, фото, файл или голосовое, – и я передам координатору.
threads-empty-closed = Закрытых вопросов пока нет.
button-threads-item = { $n }. { $title }
button-threads-open = 💬 Открытые
button-threads-closed = ✅ Закрытые
