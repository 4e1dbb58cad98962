# «Не относится к нам», «Прошу перенести», acceptance and return, the history of an assignment.

# The card of a school
answer-not_ours = Не относится к нам
button-answer-not_ours = 🚷 Не относится к нам
button-answer-not-mine = 🚷 Не относится ко мне
button-answer-more = Другой ответ…
button-postpone = 📅 Прошу перенести
button-postpone-back = ↩️ Отозвать просьбу о переносе
button-history = 🗂 История
button-history-of = 🗂 История: { $who }
matter-due-own = (для вас; у остальных { $first })
matter-in-review = 🔎 Ждёт проверки: координатор ещё не принял.
matter-not-ours-waits = 🔎 Координатор ещё не подтвердил. Пока он решает, напоминать не буду.
matter-accepted = ☑️ Координатор принял ответ.
matter-not-ours-confirmed = ☑️ Координатор подтвердил: это не к вам.
matter-returned = ↩️ <b>Вернули на доработку:</b> { $reason }
matter-asked = 📅 Вы просите перенести срок на { $until }. Ждём решения координатора; пока действует прежний срок.
line-not_ours = ✏️ Почему это не к вам? Напишите одной строкой: координатор прочтёт и подтвердит или вернёт.
line-taken-not_ours = 🚷 Записал: не относится к вам, «{ $text }». Спросил координатора.
toast-not_ours = Записал: не относится к вам.
toast-answer-accepted = Координатор уже принял этот ответ. Если нужно исправить, попросите его вернуть.

# «Прошу перенести»
postpone-ask = 📅 До какого дня перенести? Выберите или напишите словами, например <b>{ $example }</b> или <b>на неделю</b>.
button-postpone-day = { $day }
button-postpone-send = Отправить без причины
postpone-reason = 📅 Вы просите перенести на <b>{ $day }</b>.

    Почему? Напишите одной строкой – или отправьте без причины.
term-day-off = ⚠️ Это выходной день. Сам я срок не передвину.
postpone-not-read = Не понял дату «{ $phrase }». Напишите один день, например <b>{ $example }</b>, <b>на неделю</b> или <b>до конца месяца</b>.
postpone-past = { $day } уже прошло. Напишите день впереди, например <b>{ $example }</b> или <b>на неделю</b>.
postpone-no-later = { $day } – не позже нынешнего срока, { $due }. Напишите день после него, например <b>{ $example }</b> или <b>на неделю</b>.
postpone-no-later-same = Срок уже { $due }. Нужно позже – напишите другой день, например <b>{ $example }</b> или <b>на неделю</b>.
postpone-sent = 📅 Попросил перенести на <b>{ $day }</b>. { $deciders ->
        [0] Координатора выше пока нет в боте: просьба ждёт его в списке «На проверку».
       *[other] Как решат – напишу.
    } До тех пор действует прежний срок.
postpone-waits = Просьба уже отправлена: перенести на { $day }. Решения ещё нет.
postpone-nothing = Переносить нечего: дело закрыто или на него уже ответили.
postpone-withdrawn = Просьба отозвана. Действует прежний срок.
postpone-decided = Координатор уже решил, отзывать нечего.
postpone-dropped = 📅 Я ждал от вас дату или причину переноса, а пришла команда: просьба пока <b>не отправлена</b>.
postpone-forgotten = Этот вопрос уже закрыт. Нажмите «Прошу перенести» ещё раз.
postpone-cancelled = Хорошо, переносить не просим.

# To the coordinator: another term
postponement-card = 📅 <b>{ $unit }</b>{ $person } просит перенести срок
    📌 { $title }
    Срок: { $due }
    До какого дня: <b>{ $until }</b>
postponement-first = (у остальных { $first })
postponement-reason = Причина: { $reason }
postponement-granted = ✅ Перенесено на { $day }. Решение: { $by }, { $at }
postponement-refused = ✖️ Отказано. Решение: { $by }, { $at }
postponement-withdrawn = Просьба снята: школа отозвала её или уже ответила ({ $at }).
button-postpone-grant = ✅ Перенести на { $day }
button-postpone-refuse = ✖️ Отказать
button-postpone-other = 📅 Другая дата
postpone-other-ask = ✏️ На какой день перенести? Напишите словами, например <b>{ $example }</b> или <b>на неделю</b>.
toast-postpone-granted = Перенёс. Школе напишу.
toast-postpone-refused = Отказал. Школе напишу.
toast-postpone-decided = Уже решено ({ $by }).
toast-postpone-withdrawn = Просьбы больше нет: школа отозвала её или ответила.
toast-postpone-closed = Решать уже нечего: дату отменили или эта школа больше не отвечает.
toast-postpone-day-gone = Этот день уже не подходит: срок с тех пор изменился. Назовите другую дату.
granting-dropped = 📅 Я ждал дату, а пришла команда: просьба <b>ещё не решена</b>.
postpone-other-taken = ✅ Перенёс на <b>{ $day }</b>. Школе напишу.

# To the school: what was decided
news-postponed = ✅ <b>Срок перенесён на { $day }</b>
news-postponed-other = ✅ <b>Срок перенесён на { $day }</b> – вы просили { $wanted }
news-refused = ✖️ <b>Срок не перенесли</b>: действует прежний
news-extended = 🗓 <b>Координатор дал вам другой срок: { $day }</b>
news-accepted = ☑️ <b>Ответ принят.</b> Спасибо!
news-not-ours = ☑️ <b>Координатор подтвердил: это не к вам.</b>
news-returned = ↩️ <b>Ответ вернули на доработку</b>
news-unreturned = ✅ <b>Возврат отменён:</b> исправлять ничего не нужно, ваш ответ снова в силе.

# «На проверку»
review-digest = 📥 <b>На проверку: { $n }</b>
review-digest-answers =
    { $n ->
        [one] { $n } ответ ждёт
        [few] { $n } ответа ждут
       *[many] { $n } ответов ждут
    } вашего решения.
review-digest-requests =
    { $n ->
        [one] { $n } школа просит
        [few] { $n } школы просят
       *[many] { $n } школ просят
    } перенести срок.
button-review = 📥 На проверку: { $n }
review-title = 📥 <b>На проверку: { $n }</b>
review-title-requests = 📅 <b>Просят перенести срок: { $n }</b>
review-empty = 📥 Всё проверено: новых ответов нет.
review-line = <b>{ $n }.</b> { $unit }{ $person }
    { $title }
    { $answer }, { $at }{ $comment }
review-comment = : «{ $text }»
review-request-line = • { $unit }: { $title } – до { $until }
button-review-all = ☑️ Принять все показанные ({ $n })
button-review-one = По одному ›
button-review-item = { $n }
button-review-request = 📅 { $unit }: до { $until }
button-review-accept = ☑️ Принять
button-review-confirm = ☑️ Не к ним
button-review-return = ↩️ Вернуть
button-review-skip = Пропустить ›
button-review-list = ‹ Весь список
button-review-undo = Отменить: { $unit }
button-review-decide = Решить
button-review-undo-return = ✖️ Отменить возврат
toast-return-undone = Возврат отменён
toast-return-begun = Уже не отменить: школа начала исправлять или по делу решено другое.
review-answer = Ответ: <b>{ $answer }</b>, { $at }{ $by }
review-answer-by = {" "}({ $name })
review-comment-line = Комментарий: { $comment }
review-no-answer = Ответа пока нет.
review-was-returned = ↩️ Уже возвращали: { $reason }
review-taken = ☑️ Принято. Школе напишу не раньше чем через 10 минут: до этого можно отменить.
review-confirmed = ☑️ Подтверждено: это не к ним. Школе напишу не раньше чем через 10 минут: до этого можно отменить.
review-accepted-by = ☑️ Принято: { $by }, { $at }
review-returned-by = ↩️ Возвращено, новый срок { $day }: { $by }, { $at }
review-unreturned-by = ✅ Возврат отменён: { $by }, { $at }
review-extended-by = 🗓 Дан другой срок, { $day }: { $by }, { $at }
review-reopened-by = 🔎 Принятие отменено: { $by }, { $at }
toast-review-accepted = Принял.
toast-review-confirmed = Подтвердил: не к ним.
toast-review-all = { $n ->
        [0] Принимать нечего: эти ответы уже проверены.
        [one] Принял { $n } ответ.
        [few] Принял { $n } ответа.
       *[many] Принял { $n } ответов.
    }
toast-review-changed = Школа ответила по-новому или сняла ответ. Посмотрите ещё раз.
toast-review-decided = Уже решено ({ $by }).
toast-review-undone = Отменил: ответ снова ждёт проверки.
toast-review-too-late = Отменить уже нельзя. Можно вернуть ответ на доработку.
return-ask = ↩️ <b>{ $unit }</b>: что исправить? Напишите одной строкой – школа увидит эти слова.
return-term = ↩️ Вернуть: «{ $reason }»

    Новый срок – до <b>{ $day }</b>. Другой – напишите словами, например <b>{ $example }</b> или <b>через неделю</b>.
button-return-yes = ↩️ Вернуть до { $day }
return-done = ↩️ Вернул: «{ $reason }», новый срок – до { $day }. Школе напишу.
return-not-read = Не понял дату «{ $phrase }». Напишите один день, например <b>{ $example }</b> или <b>через неделю</b>, либо нажмите кнопку.
return-past = { $day } уже прошло. Напишите день впереди или нажмите кнопку.
return-dropped = ↩️ Я ждал причину или срок, а пришла команда: ответ <b>не возвращён</b>.
return-only-text = Сейчас я жду текст. Напишите одной строкой или нажмите «Отмена».
return-empty = Без причины не возвращаю: школе нужно знать, что исправить.
return-too-long = Слишком длинно: { $length } из { $limit } знаков. Напишите короче.
return-changed = Пока вы писали, школа ответила по-новому. Посмотрите её ответ: возвращать ли его?
return-decided = Пока вы писали, уже решено ({ $by }). Ваше решение не записано.
return-cancelled = Хорошо, ничего не возвращаю.

# The history
button-give-term = 🗓 Дать другой срок
give-term-ask = 🗓 <b>Другой срок</b>: { $title }
    { $unit }
    Сейчас: { $due }

    Выберите день или напишите словами, например <b>{ $example }</b> или <b>на неделю</b>. Новый срок – только для этой школы, я ей напишу.
give-term-closed = Срок менять уже незачем: ответ есть или дело закрыто.
give-term-done = ✅ Новый срок: <b>{ $day }</b>. Школе напишу, напоминания сдвину.

history-title = 🗂 <b>История</b>: { $title }
    🏫 { $unit }{ $person }
    Срок: { $due }
history-empty = Пока ничего не было.
history-line = { $at } – { $what }{ $by }
history-by = {" "}({ $name })
history-erased = удалённый участник
history-reply = ответ «{ $answer }»
history-comment = комментарий
history-request = просьба перенести на { $day }
history-request_decided-granted = перенесено на { $day }
history-request_decided-refused = в переносе отказано
history-request_decided-withdrawn = просьба снята
history-decision-accepted = принято
history-decision-returned = возвращено на доработку, новый срок { $day }
history-decision-unreturned = возврат отменён
history-decision-extended = дан другой срок: { $day }
history-decision-reopened = принятие отменено
history-submission = сдана форма
history-moved = срок для всех перенесён на { $day }
history-quote = {"   "}«{ $text }»

# A row of a plan
button-row-acceptance = 🔎 Принимать ответы: { $is_needed ->
        [yes] да
       *[no] нет
    }
row-acceptance = 🔎 Каждый ответ вы принимаете или возвращаете.
toast-acceptance-on = Теперь каждый ответ вы принимаете или возвращаете. Ответы, которые уже дали, ждут в «На проверку».
toast-acceptance-off = Ответы больше не ждут проверки: записанное считается сданным.
acceptance-name = { $is_needed ->
        [yes] принимать ответы
       *[no] не принимать, а только записывать
    }
