# A form: filling it in, asking a colleague, handing it in, and what was handed in.

button-form-fill = 📝 Заполнить
button-form-mend = ✏️ Исправить сданное
button-form-go-on = 📝 Продолжить: { $answered } из { $total }
button-form-change = ✏️ Изменить сданное
button-form-change-go-on = ✏️ Продолжить изменения
button-form-show = 📄 Что сдано
toast-form-needed = Здесь нужно заполнить форму: нажмите «Заполнить».

form-head = 📝 { $title } · <b>{ $place } из { $total }</b>
form-begun-by = ✍️ Начал(а) заполнять { $name }, { $at }. Отвечаете вместе: ответы общие.
form-question = <b>{ $text }</b>
form-hint = <i>{ $words }</i>
form-plan = План: не менее { $plan }
form-last = В прошлый раз: { $value }
form-now = Сейчас: { $value }
form-now-by = Сейчас: { $value } – { $name }
form-asked = 🙋 Спросили: { $name }. Ждём ответа.
form-declined = 🙋 { $name } не может ответить.

form-hint-choice = Выберите вариант.
form-hint-several = Отметьте все подходящие варианты, потом нажмите «Готово».
form-hint-yes-no = Да или нет?
form-hint-whole = Напишите целое число
form-hint-decimal = Напишите число
form-hint-text = Напишите ответ одним сообщением.
form-hint-link = Пришлите ссылку. Если её нет и не будет, напишите «нет» и почему.
form-hint-file = Пришлите документ или фото, до 20 МБ. Если его нет и не будет, напишите «нет» и почему.
form-hint-date = Напишите дату, например 15.11 или «вчера».
form-hint-between = от { $low } до { $high }
form-hint-from = не меньше { $low }
form-hint-to = не больше { $high }

form-value-skipped = пропущено
form-value-none = нет ответа
form-value-absent = 🚫 такого нет
form-value-absent-why = 🚫 такого нет: { $why }
form-value-photo = 📎 фото
form-file-unnamed = файл
form-value-file = 📎 { $name }

form-taken = ✓ Записано: { $value }
form-taken-below = ✓ Записано: { $value } – меньше плана (не менее { $plan })
form-skipped = ✓ Пропущено
form-meanwhile = ⚠️ { $name } уже ответил(а) на этот вопрос: { $value } – можно оставить или изменить
form-unlikely = ⚠️ { $value } – точно? В прошлый раз: { $last }
form-unlikely-again = Если это ошибка, напишите число ещё раз.

form-bad-empty = ⚠️ Пустой ответ. Напишите ещё раз.
form-bad-too-long = ⚠️ Слишком длинно: можно до 1000 знаков. Сократите, пожалуйста.
form-bad-not-a-figure = ⚠️ Это не похоже на число. Напишите цифрами, например 17.
form-bad-not-whole = ⚠️ Нужно целое число, без дробной части.
form-bad-too-low = ⚠️ Слишком мало: здесь может быть не меньше { $low }
form-bad-too-high = ⚠️ Слишком много: здесь может быть не больше { $high }
form-bad-not-an-option = ⚠️ Такого варианта нет. Выберите кнопкой.
form-bad-not-yes-no = ⚠️ Ответьте «да» или «нет».
form-bad-not-a-link = ⚠️ Это не похоже на ссылку. Скопируйте адрес страницы целиком. Страницы нет – напишите «нет» и почему.
form-bad-not-a-date = ⚠️ Такой даты не нашлось. Напишите, например, 15.11.2026.
form-bad-needs-file = ⚠️ Здесь нужен файл: пришлите документ или фото. Его нет – напишите «нет» и почему.
form-bad-needs-words = ⚠️ Здесь файл не нужен. Ответьте на вопрос кнопкой или словами.
form-bad-file-kind = ⚠️ Это не подойдёт: пришлите документ или фото (не видео, не голосовое и не стикер).
form-bad-file-too-big = ⚠️ Файл больше 20 МБ. Сожмите его или дайте ссылку в другом вопросе.
form-bad-required = ⚠️ Этот вопрос пропустить нельзя.

button-form-last = ↺ Как в прошлый раз: { $value }
button-form-absent = 🚫 Такого нет
button-form-today = 📅 Сегодня, { $date }
button-form-yes = Да
button-form-no = Нет
button-form-sure = Да, верно: { $value }
button-form-back = ⬅️ Назад
button-form-skip = Пропустить
button-form-later = 💾 Позже
button-form-keep = Дальше ›
button-form-chosen = ✅ Готово: выбрано { $n }
form-option-on = ☑️ { $option }
form-option-off = ▫️ { $option }
button-form-colleague = 🙋 Спросить коллегу
button-form-no-wait = 🙋 Не ждать: { $name }
button-form-hand-in = ✅ Сдать
button-form-missing = Ответить: осталось { $n }
button-form-give-up = Отменить изменения
toast-form-later = Сохранено. Продолжить можно в любой момент из карточки дела.
toast-form-over = Форма уже сдана.
toast-form-missing = Не хватает ответов: { $n }
toast-form-given-up = Изменения отменены, сданное осталось как было.
toast-form-handed-in = ✅ Сдано
form-dropped = Форма сохранена. Продолжить можно из карточки дела: /my
form-cancelled = Сохранено. Продолжить можно из карточки дела: /my

form-whole-title = 📋 <b>{ $title }</b>
form-whole-check = Проверьте и сдайте. Чтобы исправить ответ, нажмите его номер.
form-whole-line = { $n }. { $text } – <b>{ $value }</b>
form-whole-line-by = { $n }. { $text } – <b>{ $value }</b> ({ $name })
form-whole-line-below = { $line } ↓ план: { $plan }
form-whole-line-missing = { $n }. { $text } – ❗ нет ответа
form-whole-line-waiting = { $n }. { $text } – ⏳ ждём ответа: { $name }
form-whole-missing = ❗ Осталось ответить: { $n }
form-whole-answered = ⚠️ { $name } уже ответил(а) по этому делу: «{ $answer }». Если сдать форму, она заменит этот ответ.

form-shown-title = 📄 <b>{ $title }</b>
form-shown-unit = 🏫 { $unit }
form-shown-by = Форма сдана: { $name }, { $at }
button-form-to-board = ‹ К сводке
button-form-to-review = ‹ К проверке
button-form-of = 📝 Форма: { $who }
form-file-caption = { $question } · { $unit }

form-colleague-choose = Кого спросить? Коллеге придёт только этот вопрос, ответ встанет в форму сам.
form-colleague-none = В школе больше никого нет, кому бот может написать.
toast-form-asked = Вопрос отправлен
toast-form-taken-back = Ответа больше не ждём

notice-asked-waiting = 🙋 { $name } просит вас ответить на один вопрос для отчёта «{ $title }».
notice-asked-answered = 🙋 { $name } отвечает на вопрос для отчёта «{ $title }»:
notice-asked-declined = 🙋 { $name } не может ответить на вопрос для отчёта «{ $title }»:
notice-asked-withdrawn = На вопрос для отчёта «{ $title }» отвечать больше не нужно:
asked-colleague = Коллега
asked-value = Ответ: { $value }
button-asked-type = ✍️ Ответить
button-asked-decline = 🤷 Не знаю
button-asked-open = 📝 Открыть форму
asked-type = ✏️ Напишите ответ одним сообщением. Передумали – /cancel
asked-type-file = ✏️ Пришлите документ или фото одним сообщением. Передумали – /cancel
asked-thanks = Спасибо! Ответ записан: { $value }
asked-declined = Хорошо, скажем, что вы не можете ответить.
asked-over = На этот вопрос отвечать больше не нужно. Спасибо!
asked-cancelled = Хорошо. Ответить можно кнопкой под вопросом.
asked-dropped = Вопрос коллеги ждёт: ответить можно кнопкой под ним.

file-sheet-form = Форма
file-form-above = Район
file-form-unit = Школа
file-form-handed-in = Сдано
file-form-by = Кто сдал
