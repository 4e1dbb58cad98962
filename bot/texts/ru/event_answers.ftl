# Answers to events and their seats: «Под вопросом», a colleague instead, a seat, the reserve, who goes of a school.

answer-maybe = Под вопросом
button-answer-maybe = 🤔 Под вопросом
toast-maybe = Записал: под вопросом. Спрошу ещё раз накануне.
toast-maybe-freed = Записал: под вопросом. Место пока отдаю: решите прийти – нажмите «Приду».
toast-seat = Место за вами. Ждём!
toast-reserve = Мест пока нет, вы { $place }-й в резерве. Освободится место – сразу напишу.
toast-no-seats = Мест больше нет. Если кто-то откажется, можно будет записаться – загляните позже.
toast-no-seats-school = От вашей школы мест больше нет. Если кто-то из ваших откажется, можно будет записаться – загляните позже.
toast-no-seats-municipality = От вашего муниципалитета мест больше нет. Если кто-то из ваших откажется, можно будет записаться – загляните позже.
toast-begun = Уже началось, поэтому ответ больше не меняется.
toast-needs-reason = Организатор просит указать причину. Выберите её или напишите.
toast-left-reserve = Вы вышли из резерва.
toast-seat-already = Место уже ваше, из резерва выходить не нужно. Если не сможете прийти, нажмите «Изменить ответ».

button-reason-none = Без причины
reason-ask-needed = Почему не получится? Организатор просит указать причину: она войдёт в протокол. Нажмите или напишите одним сообщением.
reason-left-reserve = вышли из резерва

# The standing on the card
answer-maybe-decide = Решите – нажмите «Приду» или «Не смогу».
seat-main = 🪑 Место есть
seat-reserve = ⏳ Вы <b>{ $place }-й в резерве</b>. Освободится место – сразу напишу.
seat-offered = 🎟 Место ваше, если займёте его до: { $until }. Потом предложу его следующему.
seat-reserve-over = ⏳ Места не хватило: вы были { $place }-м в резерве.
seat-link-later = Ссылка придёт, когда место будет за вами.
seat-none = 🪑 <b>Мест нет.</b> Если кто-то откажется, можно будет записаться – загляните позже.
seat-quota = Мест: { $main }{ $reserve ->
    [0] {""}
   *[other] , резерв: { $reserve }
}
button-series-next = Следующая: { $when } ›
button-take-seat = ✅ Занять место
button-leave-reserve = Выйти из резерва

# «Вместо меня придёт …»
button-colleague = 👥 Вместо меня придёт …
button-colleague-back = Отозвать просьбу
colleague-choose = 👥 <b>Кто придёт вместо вас?</b> Выберите коллегу – я спрошу его, и он ответит сам.
colleague-none = 👥 Здесь пока некого попросить: коллег вашей школы, которым я могу написать, нет, или они уже идут сами. Пригласить их может координатор школы.
colleague-reserve-sure = 🪑 <b>Мест больше нет:</b> на «{ $title }» занято { $main } из { $main }. Своего места у вас нет, поэтому коллега встанет в резерв { $place }-м и придёт, если кто-то откажется. <b>Точно просить?</b>
colleague-reserve-sure-part = 🪑 <b>{ $per ->
        [municipality] От вашего муниципалитета
       *[school] От вашей школы
    } мест больше нет:</b> на «{ $title }» занято { $each } из { $each }. Своего места у вас нет, поэтому коллега встанет в резерв { $place }-м и придёт, если кто-то из ваших откажется. <b>Точно просить?</b>
button-colleague-sure = ✅ Да, попросить
toast-colleague-asked = Спросил. Как только коллега ответит, напишу.
toast-colleague-back = Просьба отозвана.
substitute-asked = ⏳ Ждём, придёт ли вместо вас <b>{ $name }</b>
substitute-agreed = 👥 Вместо вас придёт <b>{ $name }</b>
substitute-for = 👥 Вы идёте вместо: <b>{ $name }</b>
substitute-comment = вместо меня – { $name }
button-substitute-yes = ✅ Приду вместо
button-substitute-no = ❌ Не смогу
notice-substitute-asked = 👥 <b>{ $name }</b> просит вас прийти вместо себя
notice-substitute-agreed = ✅ <b>Вместо вас придёт { $name }</b>
notice-substitute-declined = ❗ <b>{ $name } не сможет прийти вместо вас.</b> Ответьте, пожалуйста, сами или выберите другого коллегу.
notice-substitute-withdrawn = ↩️ <b>Приходить вместо коллеги не нужно</b>: { $name } отвечает сам(а).
toast-substitute-yes = Записал: вы придёте. Спасибо, что выручаете!
toast-substitute-no = Записал. Коллега узнает, что вы не сможете.
toast-substitute-over = Отвечать уже не нужно: просьба снята.
toast-comes-anyway = Вы уже идёте сами, поэтому прийти ещё и вместо коллеги нельзя. Я скажу ему об этом.
substitute-colleague = коллега
substitute-for-colleague = коллеги
substitute-said-no = Вы ответили: не смогу. Коллега знает.
substitute-over = Отвечать уже не нужно: просьба снята.

# What the bot tells of a seat of its own accord; the card stands below
notice-seat-offered = 🎟 <b>Освободилось место!</b>
notice-seat-given = 🎉 <b>Для вас нашлось место</b>
notice-seat-taken = ⏳ <b>Организатор перевёл вас в резерв</b>
notice-seat-none = ⏳ <b>«{ $title }»: место так и не освободилось.</b> Спасибо, что были готовы прийти! Если организатор пришлёт запись или материалы, они придут и вам.
notice-seat-lapsed = ⌛ <b>Время ответа вышло</b>, место предложено следующему. Если ещё хотите прийти, нажмите «Приду».

# The organiser's lists
button-seats = 🪑 Места и резерв
button-webinar-maybe = 🤔 Под вопросом: { $n }
webinar-names-maybe = <b>Под вопросом</b> – «{ $title }»: { $total }
seats-title = 🪑 <b>{ $title }</b>
seats-counts = основной состав { $main }, резервный { $reserve }
seats-quota = Всего мест: { $main }, в резерве: { $reserve }{ $each ->
    [0] {""}
   *[other] , не больше { $each } { $per ->
        [school] от школы
       *[municipality] от муниципалитета
    }
}
seats-offered = Ждут ответа на предложенное место: { $n }
seats-over = ❗ В основном составе на { $n } больше, чем мест. Никого не убираю: новые места появятся, когда кто-то откажется.
seats-head-main = <b>Основной состав</b>
seats-head-reserve = <b>Резерв по порядку</b>
seats-line = { $n }. { $name } – { $unit }
seats-line-offered = { $n }. { $name } – { $unit } (ждём ответа до { $until })
seats-empty-main = Мест ещё никто не занял.
seats-empty-reserve = В резерве никого.
button-seats-main = Основной состав
button-seats-reserve = Резерв
button-seats-change = ✏️ Число мест
button-seats-item = { $n }. { $name }
seats-one = <b>{ $name }</b>, { $unit }
seats-one-main = Место есть
seats-one-reserve = { $place }-й в резерве
seats-one-offered = Ждём ответа на предложенное место до: { $until }
seats-one-choose = Кому уступить место? Мест нет: выберите, кто из основного состава перейдёт в резерв. Обоим напишу.
seats-swap = 🪑 <b>Мест больше нет:</b> на «{ $title }» занято { $taken } из { $main }.
    <b>{ $up }</b> получит место, <b>{ $down }</b> перейдёт в конец резерва. Обоим напишу. <b>Точно?</b>
button-seats-swap = ✅ Да, заменить
button-seat-up = ⬆️ Дать место
button-seat-down = ⬇️ В резерв
toast-seat-up = Место отдано, человеку напишу.
toast-seat-down = Переведено в резерв, человеку напишу.
toast-seats-gone = Список изменился: его здесь уже нет.
seats-ask = ✏️ Сколько всего мест? Сейчас: <b>{ $known }</b>.
seats-ask-first = 🪑 Сколько всего мест? Сейчас не ограничено: кто уже ответил «Приду», место сохранит.
seats-ask-how =
    Напишите, например:
    <i>20</i>
    <i>20+5</i> – ещё пять в резерве
    <i>20, резерв 5, от школы 2</i>
    <i>50, от муниципалитета 3</i>
    <i>20, без квоты</i> – сколько угодно от каждой школы

    Больше мест – резерв сразу поднимется по порядку. Меньше – никого не выгоню: места сократятся, когда кто-то откажется.
seats-ask-wrong = Не понял. Напишите, например, <b>20+5</b>: двадцать мест и пять в резерве. Или одно число, если резерва нет.
seats-changed = ✅ Мест: { $known }.{ $moved ->
    [0] {""}
    [one] {" "}Из резерва поднялся { $moved } человек, ему напишу.
    [few] {" "}Из резерва поднялись { $moved } человека, им напишу.
   *[many] {" "}Из резерва поднялись { $moved } человек, им напишу.
}
seats-same = ✅ Мест: { $known }. Так уже и записано: кому досталось место из резерва, тот узнает.
button-seats-limit = 🪑 Ограничить места
seats-closed = Событие уже началось или отменено: число мест не меняется.

# Who goes of a school
button-teams = 🏫 Кто идёт от школы
teams-title = 🏫 <b>Кто идёт от школы</b>
teams-empty = 🏫 Сейчас нет событий, на которые школа должна кого-то послать.
teams-line = <b>{ $title }</b>
    { $due }
    { $state }
team-enough = ✅ идут { $going }, нужно { $least }
team-missing = ❗ идут { $going } из { $least }, не хватает { $missing }
team-title = 🏫 <b>{ $unit }</b>
    { $title }
    { $due }
team-going = <b>Идут:</b> { $names }
team-going-none = <b>Идут:</b> пока никто
team-waiting = <b>В резерве:</b> { $names }
team-silent = <b>Ещё не ответили:</b> { $names }
team-not-going = <b>Не смогут:</b> { $names }
button-team-nudge = 🔔 Напомнить тем, кто не ответил ({ $n })
button-team-item = { $title }
toast-team-nudged = Напомню: { $n }.
toast-team-moved = Дата изменилась. Посмотрите список ещё раз.
toast-team-nobody = Напоминать некому: все ответили, или им нельзя написать.
toast-team-lately = Им уже напоминали недавно. Снова можно через несколько часов.
notice-team-first = 🏫 <b>От школы нужно не меньше { $least } { $least ->
    [one] участника
   *[other] участников
}</b>
notice-team-eve = ❗ <b>Завтра событие, от школы не хватает { $missing }</b>
