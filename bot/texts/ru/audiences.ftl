# Choosing who is invited to an event, or answers for a document or a row of it: the same for all.

audience-title = 👥 <b>Кто отвечает по документу</b>
audience-title-row = 👥 <b>Кто отвечает за строку { $number }</b>
audience-title-event = 👥 <b>Кого зовём?</b> Нажимайте, чтобы отметить или снять.
audience-hint-school = «Школы»: один ответ от школы, его даёт любой её координатор.
audience-hint-person = «Люди»: каждый отвечает сам за себя.

# What was chosen
audience-where = Где: <b>{ $where }</b>
audience-who = Кто: <b>{ $who }</b>
audience-only-schools = школы
audience-any-role = все
audience-role = { $role ->
    [coordinator] координаторы
    [teacher] педагоги
    [student] обучающиеся
    [tutor] тьюторы
   *[mentor] наставники
}
audience-cohort-line = Поток: <b>{ $cohort }</b>
audience-programmes = Программа: <b>{ $words }</b>
audience-tags = С меткой: <b>{ $words }</b>
audience-or = {" "}или{" "}
audience-elsewhere = Только те, { $said ->
    [coming] кто ответил «Приду»
    [maybe] кто ответил «Под вопросом»
    [not_coming] кто ответил «Не смогу»
    [present] кто был
    [absent] кого не было
    [done] кто сдал
    [owing] кто ещё не сдал
   *[silent] кто не ответил
}: <b>{ $date }</b>
audience-date = «{ $title }», { $day }
audience-without = Кроме: <b>{ $words }</b>
audience-people = Получат сообщение: <b>{ $people }</b>
audience-count = Сейчас это <b>{ $size }</b>
audience-size = { $schools }, { $people }
audience-nobody = ⚠️ Никого: выберите иначе, так план не составить.
toast-audience-changed = Пока вы смотрели, здесь уже что-то изменили. Вот как сейчас.

# The same in one line of another screen
audience-now = Отвечают: { $who }
audience-schools = школы – { $where }{ $filters }
audience-people-line = люди ({ $roles }) – { $where }{ $filters }
audience-cohort = { $roles }; поток { $cohort }
audience-and-more = { $where } и ещё { $n }
audience-short-programmes = программа { $words }
audience-short-tags = метка { $words }
audience-short-elsewhere = по ответам на другое
audience-short-without = не все

# Choosing
button-schools = Школы
button-persons = Люди
button-cohort = Поток { $cohort }
button-everywhere = Все: { $unit }
button-as-document = ↩️ Как во всём документе
button-audience-ready = Готово
button-audience-where = 📍 Где
button-audience-programmes = 🎯 По программе
button-audience-tags = 🏷 По метке
button-audience-answers = 💬 По ответам на другое
button-audience-except = 🚫 Кроме…
button-audience-except-tags = 🏷 Кроме тех, у кого метка
button-audience-except-people = 👤 Кроме отдельных людей
button-audience-by = { $kind ->
    [webinar] 📅 На событие
   *[task] 📋 На поручение
}
button-audience-anybody = Всех, без этого условия
button-said = { $said ->
    [coming] Кто ответил «Приду»
    [maybe] Кто ответил «Под вопросом»
    [not_coming] Кто ответил «Не смогу»
    [present] Кто был
    [absent] Кого не было
    [done] Кто сдал
    [owing] Кто ещё не сдал
   *[silent] Кто не ответил
}
audience-ask-where = 📍 <b>Где?</b> Отметьте одно или несколько.
audience-ask-except = 🚫 <b>Кого не звать?</b> Отметьте, кого исключить.
audience-ask-tags = 🏷 <b>С какой меткой?</b> Подойдёт любая из отмеченных. Метки ставят в /network на школу и в /people на человека.
audience-ask-except_tags = 🏷 <b>С какой меткой не звать?</b>
audience-ask-programmes = 🎯 <b>По какой программе?</b> Подойдёт любая из отмеченных. Программу указывают в /people, на карточке человека.
audience-ask-people = 👤 <b>Кого не звать по имени?</b> Нажмите на человека или напишите часть фамилии – найду.
audience-ask-people-none = Никого с «{ $words }» здесь нет. Напишите иначе.
audience-ask-answers = 💬 <b>По ответам на что выбрать?</b>
audience-out = 🚫 { $label }
audience-person = { $name } · { $unit }
audience-date-label = { $day } · { $title }
audience-by-date = { $kind ->
    [webinar] На какое событие?
   *[task] На какое поручение?
}
audience-no-dates = { $kind ->
    [webinar] Событий ещё не было.
   *[task] Поручений ещё не было.
}
audience-said = { $date } – кого взять?
