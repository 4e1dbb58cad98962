# The rows of a draft, one by one and many at once.

toast-no-questions = Вопросов не осталось
button-page-choose = { $page } из { $pages } ▾
button-choose-rows = 🔎 Найти и отобрать
button-skip-shown = ➖ Пропустить все показанные ({ $n })
button-return-shown = ↩️ Вернуть все показанные ({ $n })
button-only = { $only ->
    [all] Все строки
    [clear] 🔹 Понятые, не принятые
    [question] ❓ С вопросами
    [past] 🕓 В прошлом
    [accepted] ✅ Принятые
   *[skipped] ➖ Пропущенные
} ({ $n })
button-section = { $section } ({ $n })
pages-choose = Всего страниц: { $pages }. Какую открыть?
rows-choose = 🔎 <b>Какие строки показать?</b>
    Можно и просто написать мне: <b>строка 57</b> или слово из неё.
rows-found = 🔎 По словам «{ $words }» – { $rows }:
rows-not-found = 🔎 «{ $words }» – такой строки в документе «{ $title }» нет. Напишите номер (<b>строка 57</b>) или слово покороче, например без окончания.

# One row: its texts, its neighbours, its parts.
and = { $first } и { $last }
row-joined = 🔗 В неё вошла строка { $number }, её срок: <i>«{ $phrase }»</i>
row-is-piece = ✂️ Это часть разделённой строки
row-corrected = 📝 Тексты исправлены вами
row-of-edition = ℹ️ Кто отвечает, напоминания и форма ответа выбираются здесь только для новых строк: у запланированной они остаются прежними
row-cohort = 🎓 Документ называет набор: { $cohort }
row-ladder-own = 🔔 Напоминания: своя лестница
row-optional = 🔕 Необязательное: напоминания можно отключить
row-ladder = 🔔 Напоминания: { $name }
row-asks = 📎 Вместе с «Выполнено»: { $form }
row-several = ✂️ Похоже, здесь несколько дел: { $n }
button-row-texts = 📝 Текст строки
button-only-cohort = 🎓 Только набор { $cohort }
button-share-audience = 👥 Так же весь раздел ({ $n })
button-ladder = 🔔 Напоминания
button-form = 📎 Что прислать
button-join = 🔗 Объединить с соседней
button-split = ✂️ Разделить
button-split-proposed = ✂️ Разделить на { $n }
button-take-term = 📅 Взять срок строки { $number }
button-unjoin = ↩️ Разъединить
button-unsplit = ↩️ Собрать обратно
button-restore = ↩️ Вернуть как было
button-to-row = ‹ К строке
texts-choose = 📝 <b>{ $number }.</b> { $title }

    Что исправить?
button-text-title = Название
button-text-responsible = Ответственный
button-text-result = Результат
ask-text = 📝 <b>{ $number }.</b> { $what ->
    [title] Название
    [responsible] Ответственный
   *[result] Результат
} сейчас:
    <i>{ $text }</i>

    Напишите, как должно быть.
text-empty = пока пусто
text-wrong = Так не получится: название не бывает пустым, а весь текст – не длиннее { $limit } знаков. Напишите ещё раз.
button-leave = Оставить как есть
toast-text-taken = Записано
toast-text-left = Оставлено как есть
join-ask = 🔗 С какой строкой объединить?
    <b>{ $number }.</b> { $title }

    Тексты сложатся вместе, срок останется от этой строки. Разъединить можно в любой момент.
join-neighbour = { $place ->
    [above] ⬆️
   *[below] ⬇️
} <b>{ $number }.</b> { $title }
    <i>«{ $phrase }»</i>
join-nobody = Рядом нет строк, с которыми её можно объединить.
button-join-with = { $place ->
    [above] ⬆️ Со строкой
   *[below] ⬇️ Со строкой
} { $number }
toast-joined = Объединено
ask-parts = ✂️ <b>{ $number }.</b> { $title }

    Пришлите части одним сообщением, каждую с новой строки. Срок у всех сначала будет общий, потом исправите каждый.
parts-wrong = Нужно от 2 до { $limit } частей, каждая с новой строки. Пришлите ещё раз.
toast-split = { $n ->
    [one] Получилась { $n } часть
    [few] Получились { $n } части
   *[other] Получилось { $n } частей
}
toast-restored = Всё как в документе
toast-entangled = Сначала верните эту строку как было.
toast-no-neighbour = Этой строки рядом уже нет.
toast-no-cohort = В сети пока нет никого из этого набора. Отметьте набор у людей или выберите, кто отвечает, сами.
toast-shared = { $n ->
    [one] Изменена { $n } строка
    [few] Изменены { $n } строки
   *[other] Изменено { $n } строк
}

# How a row is reminded of, and what its answer asks for.
ladder-title = 🔔 <b>Когда напоминать</b>
    <b>{ $number }.</b> { $title }
ladder-name = { $name ->
    [calm] Спокойная
    [usual] Обычная
    [strict] Строгая
   *[urgent] Срочно (до 3 дней)
}
ladder-line =
    {""}
    <b>{ $name ->
    [calm] Спокойная
    [usual] Обычная
    [strict] Строгая
   *[urgent] Срочно (до 3 дней)
}</b>
    { $steps }
ladder-line-own =
    {""}
    <b>{ $title }</b>
    { $steps }
button-scope-section = Всему разделу: { $what }
button-scope-document = Всему документу: { $what }
form-title = 📎 <b>Что прислать вместе с «Выполнено»?</b>
    <b>{ $number }.</b> { $title }

    Спрошу сразу после нажатия. Ответ попадёт в сводку и в таблицу.
form-name = { $form ->
    [text] одну строку текста
    [link] ссылку
    [number] число
   *[none] ничего, хватит кнопки
}
