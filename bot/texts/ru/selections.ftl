# Selections: «/selection», the card of who may apply, reading applications, the lists, and what applicants are told.

command-selection = отбор: заявки, списки, квоты
matter-selection = 🏅 <b>{ $title }</b>
selection-due = Заявки принимаем до: <b>{ $due }</b>
selection-places = Мест: <b>{ $places }</b>{ $reserve ->
        [0] {""}
       *[other] , в резерве ещё { $reserve }
    }
selection-places-here = Из вашего муниципалитета: не больше <b>{ $n }</b>
selection-most-each = Можно подать заявок: до { $n }
selection-over = Приём заявок завершён.
selection-called-off = Приём заявок завершён раньше срока.
selection-none-sent = Заявку вы не подавали.
selection-not-applying = 🙅 Вы решили <b>не участвовать</b>. Передумаете до конца срока – подайте заявку.
selection-not-applying-closed = 🙅 Вы решили не участвовать.
selection-draft-left = 📝 Заявка начата, но <b>не подана</b>.
selection-own-one = { $state ->
        [waiting] 📨 <b>Заявка подана.</b> Решение придёт сюда.
        [main] ✅ <b>Вы в основном списке.</b>
        [reserve] 🕓 <b>Вы в резерве.</b> Освободится место – сразу напишу.
       *[declined] Заявку в этот раз не взяли.
    }
selection-own-one-school = { $state ->
        [waiting] 📨 <b>Заявка школы подана.</b> Решение придёт сюда.
        [main] ✅ <b>Заявка школы в основном списке.</b>
        [reserve] 🕓 <b>Заявка школы в резерве.</b> Освободится место – сразу напишу.
       *[declined] Заявку школы в этот раз не взяли.
    }
selection-own-several = 📨 Заявок от вас: <b>{ $n }</b> ({ $states })
my-selection = { $n ->
        [0] 🙅 решили не участвовать
        [one] 📨 заявка подана
       *[other] 📨 заявок подано: { $n }
    }
answer-applied = Заявка подана
answer-not_applying = Не участвуем
button-answer-not_applying = 🙅 Не участвуем
button-answer-not_applying-own = 🙅 Не участвую
toast-not_applying = Понял, больше не напоминаю. Передумаете – подайте заявку до конца срока.
button-apply = 📝 Подать заявку
button-apply-go-on = 📝 Продолжить заявку: { $answered } из { $total }
button-apply-more = ➕ Ещё одна заявка
button-applications-own = { $n ->
        [1] 📋 Моя заявка
       *[other] 📋 Мои заявки: { $n }
    }
button-applications-own-school = { $n ->
        [1] 📋 Заявка школы
       *[other] 📋 Заявки школы: { $n }
    }

# Filling in the form of an application
button-form-hand-in-application = ✅ Подать заявку
button-form-give-up-application = 🗑 Не подавать
form-whole-check-application = Проверьте и подайте заявку. Чтобы исправить ответ, нажмите его номер.
toast-application-sent = ✅ Заявка подана
toast-application-dropped = Черновик заявки удалён.
toast-applications-enough = Больше заявок подать нельзя.
toast-application-decided = Решение уже объявлено или срок прошёл: исправить нельзя.
toast-applications-stand = Заявка подана. Чтобы не участвовать, отзовите её: «Моя заявка».

# Notices to applicants
notice-new-selection = 🏅 <b>Открыт отбор: ждём заявки</b>
notice-ahead-selection = { $n ->
        [0] 🏅 <b>Сегодня последний день приёма заявок</b>
        [1] 🏅 <b>Заявки принимаем ещё сегодня и завтра</b>
        [one] 🏅 <b>До конца приёма заявок { $n } день</b>
        [few] 🏅 <b>До конца приёма заявок { $n } дня</b>
       *[other] 🏅 <b>До конца приёма заявок { $n } дней</b>
    }
notice-moved-selection = 📅 <b>Срок приёма заявок изменился</b>
notice-called-off-selection = 🏅 <b>Приём заявок завершён раньше срока</b>
notice-nudge-selection = 🔔 <b>Ждём заявку – или отказ от участия</b>
decision-told-main = ✅ <b>Вы прошли отбор: основной список</b>
decision-told-main-school = ✅ <b>Заявка прошла отбор: основной список</b>
decision-told-reserve = 🕓 <b>Заявка в резерве.</b> Освободится место – сразу напишу.
decision-told-declined = 🏅 Спасибо за заявку! В этот раз взять её не получилось.
decision-told-raised = ✅ <b>Хорошая новость: заявка теперь в основном списке</b>
decision-told-to_reserve = 🕓 <b>Решение изменилось: заявка теперь в резерве.</b>
decision-told-taken_off = <b>Решение изменилось:</b> взять заявку не получится. Спасибо, что подали её!
decision-told-several = 🏅 <b>Решения по заявкам: { $n }</b>
decision-told-title = 🏅 { $title }
decision-told-about = 📋 { $about }
decision-told-reason = Координатор пишет: { $reason }
decision-told-line = { $sign } { $about } – { $list }{ $reason }
decision-told-line-reason = . Координатор пишет: { $reason }

# One's own applications
applications-own = 📋 <b>{ $title }</b>
applications-own-line = { $n }. { $about } – { $state }
applications-own-none = 📋 <b>{ $title }</b>

    Сейчас от вас ничего не подано.
applications-own-can = До конца срока заявку можно исправить или отозвать.
application-number = заявка № { $n }
button-application-own = { $n }. { $about }
application-own-card = 📋 { $title }
    <b>{ $about }</b>
    Подана { $at } · <b>{ $state }</b>
button-application-correct = ✏️ Исправить
button-application-withdraw = ↩️ Отозвать
application-withdraw-sure = ↩️ <b>Отозвать заявку?</b>
    { $title }
    { $about }

    { $state ->
        [main] Место в основном списке достанется другому.
        [reserve] Место в резерве достанется следующему.
       *[other] Подать снова можно, пока идёт приём.
    }
button-application-withdraw-sure = Да, отозвать
toast-application-withdrawn = Заявка отозвана.
application-state-waiting = ждёт решения
application-state-main = основной список
application-state-reserve = резерв
application-state-declined = отклонена
application-state-withdrawn = отозвана

# Making
selections-title = 🏅 <b>Отбор</b>
selections-none = 🏅 <b>Отбор</b>

    Школы или люди подают заявки с формой, вы ведёте основной список и резерв с квотами по муниципалитетам и объявляете решения, когда готовы.
selections-line = <b>{ $title }</b>
    { $when } · заявок: { $total }{ $waiting ->
        [0] {""}
       *[other] {" "}(ждут { $waiting })
    }
button-selection-new = ➕ Новый отбор
button-selection-draft = 📝 Черновик: { $title }
button-selection = { $waiting ->
        [0] { $title }
       *[other] 🆕 { $waiting } · { $title }
    }
button-selections-later = ‹ Более поздние
button-selections-earlier = Более ранние ›
selection-ask-unit = 🏅 От чьего имени проводим отбор?
selection-ask-title = 🏅 <b>Новый отбор.</b> Как его назвать? Например: <i>Отбор тьюторов в «Кадры будущего»</i>
selection-ask-until = 📅 До какого дня принимаем заявки? Напишите словами, например <b>до 15 декабря</b> или <b>через две недели</b>.
selection-ask-who = 👥 Кто подаёт заявки?
button-who-school = 🏫 Школы – за своих участников
button-who-person = 🙋 Люди – каждый за себя
selection-ask-places = 🪑 Сколько мест в основном списке? Напишите число, например <b>20</b>.
selection-ask-quotas = 🏘 Сколько мест у каждого муниципалитета? Напишите одно число, если у всех поровну, или список:

    <i>{ $example }</i>

    Кого нет в списке, у того своей квоты не будет: только общее число мест.
selection-ask-reserve = 🕓 Сколько заявок берём в резерв? Освободится место – предложу первого из резерва.
selection-ask-form = 📝 Какую форму заполняют в заявке?
    { $forms ->
        [0] Своих форм у вас пока нет: их делают в /forms. Короткая заявка – два-три вопроса: кто, откуда и почему.
       *[other] Короткая заявка – два-три вопроса: кто, откуда и почему.
    }
selection-ask-details = ✏️ Что важно знать тем, кто подаёт заявку? Условия, документы, ссылка на положение – одним сообщением.
selection-ask-each = 📨 Сколько заявок может подать { $who ->
        [school] одна школа
       *[other] один человек
    }? Выберите или напишите число.
selection-until-not-read = Не понял дату «{ $phrase }». Напишите один день, например <b>15 декабря</b> или <b>через две недели</b>.
selection-until-past = { $day } уже прошло. Напишите день впереди, например <b>через две недели</b>.
selection-bad-places = Здесь нужно одно число, например <b>20</b>.
selection-bad-quotas = ⚠️ { $fault ->
        [no_number] Не вижу числа в строке
        [unknown] Не нашёл такого муниципалитета в строке
        [several] Подходит несколько муниципалитетов, напишите название полнее: строка
       *[twice] Муниципалитет назван дважды: строка
    } «{ $line }».
    Напишите весь список ещё раз, по строке на муниципалитет: <i>{ $example }</i>
selection-too-long = Слишком длинно: { $length } знаков, а помещается { $limit }. Напишите короче.
selection-only-text = Здесь я жду текст. Напишите словами или нажмите /cancel.
selection-only-buttons = Здесь я жду нажатия на кнопку.
selection-press = Я жду нажатия на кнопку: выберите, что изменить, или «Посмотреть и объявить».
selection-left = Хорошо. Черновик сохранён: /selection
selection-dropped = 🏅 Отбор пока <b>не объявлен</b>. Черновик сохранён: /selection
selection-nothing-yet = пока не указано
selection-card = 🏅 <b>Отбор</b> (черновик)
    От имени: { $unit }

    Название: <b>{ $title }</b>
    Заявки до: <b>{ $until }</b>
    Мест: <b>{ $places }</b>, в резерве: <b>{ $reserve }</b>
    Квоты: { $quotas }{ $more }
    Форма: { $form }{ $details ->
        [none] {""}
       *[other] {""}

    { $details }
    }

    { $audience }

    Получат сообщение: <b>{ $people }</b>
selection-card-each = Заявок от одной школы: { $n }
selection-card-sum = ⚠️ Квоты вместе дают { $sum }, а мест { $places }.
selection-form-named = { $title } ({ $n ->
        [one] { $n } вопрос
        [few] { $n } вопроса
       *[other] { $n } вопросов
    })
quotas-none = без квот
quotas-each = поровну, по { $n } на муниципалитет
quotas-one = { $title } { $n }
button-selection-title = ✏️ Название
button-selection-until = 📅 Срок заявок
button-selection-places = 🪑 Места
button-selection-quotas = 🏘 Квоты
button-selection-reserve = 🕓 Резерв
button-selection-form = 📝 Форма
button-selection-details = ℹ️ Условия
button-selection-each = 📨 Сколько заявок
button-selection-audience = 👥 Кто подаёт
button-selection-preview = 👁 Посмотреть и объявить
button-selection-delete = 🗑 Удалить черновик
button-selection-later = Продолжить позже
button-quotas-apart = 🏘 По каждому отдельно
quotas-list = 🏘 <b>Квоты по муниципалитетам.</b> Мест: { $places }, по квотам: { $sum }.
    Нажмите муниципалитет, чтобы поменять его квоту. Можно и написать: одно число для всех или список.
button-quota = { $title } · { $quota ->
    [-1] –
   *[other] { $quota }
}
quota-ask = 🏘 <b>{ $title }</b>: не больше скольких мест? Сейчас: { $quota ->
    [-1] без квоты
   *[other] { $quota }
}.
    Нажмите число или напишите своё.
quota-bad = Не понял. Напишите одно число, от 0 до { $most }.
button-quota-none = Без квоты
button-quotas-done = Готово ›
button-quotas-none = Без квот
button-quotas-even = Поровну: по { $n }
button-reserve-none = Без резерва
button-each-one = Только одну
button-form-ready = 📄 Короткая заявка
selection-ready-form = Короткая заявка
selection-preview = 👁 <b>Так это увидят:</b>

    { $message }

    ———
    Получат: <b>{ $people }</b>
    Напомню мягко и только тем, кто не подал заявку и не отказался.
button-selection-announce = 📣 Объявить отбор
button-selection-open = 🏅 Открыть отбор
selection-announced = 📣 Объявил. Получат: { $people }.

    Заявки и списки – в /selection
toast-selection-nobody = Здесь пока никого нет. Выберите других: «Кто подаёт».
toast-quota-changed = Эту квоту тем временем поменяли. Вот как сейчас.
toast-selection-changed = Черновик с тех пор изменился. Посмотрите ещё раз.
toast-selection-unfinished = Не хватает одной вещи – допишите её.
toast-selection-deleted = Черновик удалён.
audience-title-selection = 👥 <b>Кто подаёт заявки?</b> Школы – от каждой школы её координатор, люди – каждый за себя.
button-row-selection = 🏅 Провести отбор

# Reading and the lists
button-board-applications = 🏅 Новые заявки: { $n }
selection-head = 🏅 <b>{ $title }</b>
    { $when }
selection-when-running = Заявки до { $day }
selection-when-ended = Приём завершён { $day }
selection-when-ended-early = Приём завершён раньше срока
selection-counts = Заявок: <b>{ $total }</b>{ $waiting ->
        [0] {""}
       *[other] {" "}(ждут решения { $waiting })
    } · спросили { $asked }
selection-list-main = ✅ Основной список: <b>{ $n } из { $places }</b>
selection-list-reserve = 🕓 Резерв: <b>{ $n } из { $reserve }</b>
selection-list-reserve-none = 🕓 Резерв: <b>{ $n }</b>
selection-part = { $sign } { $title }: { $quota ->
        [none] <b>{ $main }</b>
       *[other] <b>{ $main } из { $quota }</b>
    }{ $rest }
selection-part-reserve = , резерв { $n }
selection-part-waiting = , ждут { $n }
selection-parts-more = …и ещё { $n } – в таблице .xlsx
selection-untold = ⚠️ Решения не объявлены: <b>{ $n }</b>
selection-free = Есть свободное место. Первый в резерве: <b>{ $who }</b>
selection-empty = Заявок пока нет. Напоминать вручную не нужно: я напомню сам, мягко.
button-applications-waiting = 📖 Читать новые: { $n }
button-list-main = ✅ Основной: { $n }
button-list-reserve = 🕓 Резерв: { $n }
button-list-declined = ✖️ Отклонены: { $n }
button-list-withdrawn = ↩️ Отозваны: { $n }
button-take-up-undo = ↩️ Отменить: { $who }
button-take-up = ⬆️ Взять: { $who }
button-decisions = 📣 Объявить решения: { $n }
button-decisions-changed = 📣 Объявить изменения: { $n }
button-selection-export = 📄 Списки .xlsx
button-selection-board = 🔕 Кто не ответил
button-selection-end = ⏹ Закончить приём
button-selection-end-sure = Да, завершить
button-list-back = ‹ К списку
button-selection-back = ‹ К отбору
button-selections = ‹ Все отборы
selection-end-sure = ⏹ <b>Завершить приём заявок сейчас?</b>
    { $title }

    Новых заявок больше не будет, поданные останутся. Тем, кого спрашивали, напишу.
selection-list = 🏅 { $title }
    <b>{ $list }: { $n }</b>
selection-list-name-main = Основной список
selection-list-name-reserve = Резерв
selection-list-name-declined = Отклонены
selection-list-name-withdrawn = Отозваны
selection-list-empty = Здесь никого нет.
selection-list-part = <b>{ $title }</b>
selection-list-line = { $n }. { $who }{ $mark }
selection-mark-untold = {" "}· не объявлено
button-application = { $n }. { $who }
application-card = 🏅 { $title }
    <b>{ $who }</b>
    { $unit } · { $part }
    Подана { $at } · <b>{ $state }</b>{ $told ->
        [yes] {" "}(объявлено)
        [no] {" "}(не объявлено)
       *[none] {""}
    }
application-place = Место в резерве: <b>{ $n }</b>
application-reason = Ваши слова: { $reason }
application-erased = Имя удалено
application-line = { $n }. { $text } – <b>{ $value }</b>
application-no-form = Ответы удалены вместе с данными того, кто подавал.
application-standing = ———
    { $part }: <b>{ $main }{ $quota ->
        [none] {""}
       *[other] {" "}из { $quota }
    }</b> · всего <b>{ $all } из { $places }</b> · резерв <b>{ $kept }{ $reserve ->
        [0] {""}
       *[other] {" "}из { $reserve }
    }</b>
button-application-main = ✅ В основной
button-application-reserve = 🕓 В резерв
button-application-declined = ✖️ Отклонить
button-application-next = Пропустить ›
button-application-up = ⬆️ Выше
button-application-down = ⬇️ Ниже
button-application-file = 📎 { $n }. { $name }
button-application-history = 🕘 История
button-application-last = ↩️ { $who }
button-application-back = ‹ К заявке
application-over = ⚠️ <b>Точно?</b> { $who }
    { $bounds }
application-over-quota = { $part }: уже <b>{ $taken } из { $limit }</b>, будет сверх квоты.
application-over-places = Основной список: уже <b>{ $taken } из { $limit }</b>.
application-over-reserve = { $limit ->
        [0] Резерва на этом отборе нет.
       *[other] Резерв: уже <b>{ $taken } из { $limit }</b>.
    }
button-application-sure = Да, всё равно
application-decline-ask = ✖️ <b>Отклонить заявку?</b>
    { $who }

    Скажу спасибо, когда вы объявите решения. Добавьте пару слов, почему не берём, – или отклоните без объяснения.
button-application-decline-silently = Без объяснения
application-decline-dropped = Хорошо, заявка пока не отклонена: /selection
application-put = ✓ { $who }: { $list }
applications-all-read = ☑️ Новых заявок больше нет.
application-moved-meanwhile = Заявка с тех пор изменилась. Ваши слова не записаны – посмотрите ещё раз.
toast-application-moved = Заявка с тех пор изменилась – посмотрите ещё раз.
toast-place-taken = Место уже занято или заявка изменилась.
toast-taken-up = Взяли в основной список. Заявителю напишу через 10 минут, до тех пор можно отменить.
toast-take-up-undone = Снова в резерве, на прежнем месте. Заявителю ничего не писал.
toast-take-up-stands = Отменить уже нельзя: прошло 10 минут или заявка изменилась.
toast-taken-up-quietly = Взяли в основной список. Решение пока не объявлено.
toast-application-no-file = Этого файла в Telegram больше нет.
application-file-caption = { $question } · { $who }
application-history = 🕘 <b>{ $who }</b>
application-history-line = { $at } · { $what } ({ $name }){ $reason }
application-history-reason = : { $reason }
application-move-applied = подана
application-move-corrected = исправлена
application-move-main = в основной список
application-move-reserve = в резерв
application-move-declined = отклонена
application-move-withdrawn = отозвана
application-move-untaken = обратно в резерв: взяли по ошибке
application-move-told = решение объявлено

# Places and quotas of a selection that runs
button-selection-bounds = 🪑 Места и срок
button-selection-longer = 📅 Продлить приём заявок
selection-ask-longer = 📅 До какого дня продлить? Напишите, например <b>до 20 декабря</b>. Всем, кого спрашивали, один раз напишу о новом сроке.
bounds = 🪑 <b>Места и срок</b>
    { $title }

    Заявки до: <b>{ $until }</b>
    Мест: <b>{ $places }</b>, в резерве: <b>{ $reserve }</b>
    Квоты: { $quotas }

    Кто уже в списке, тот в нём и останется.
bounds-left = Хорошо, всё осталось как было: /selection

# Announcing
decisions-preview = 📣 <b>Объявить решения?</b>
    { $title }

    { $lines }

    Каждый узнает только о своей заявке. Ночью не пишу: до утра подождёт.
decisions-running = ⏳ Приём заявок ещё идёт: до { $day }.
decisions-waiting = ⚠️ Без решения: { $n } – им пока ничего не придёт.
decisions-line-main = ✅ Основной список: { $n }
decisions-line-reserve = 🕓 Резерв: { $n }
decisions-line-declined = ✖️ Отклонены: { $n }
decisions-line-raised = ⬆️ Переходят в основной список: { $n }
decisions-line-to_reserve = ⬇️ Переходят в резерв: { $n }
decisions-line-taken_off = ✖️ Исключены из списков: { $n }
button-decisions-announce = 📣 Объявить
decisions-announced = 📣 Объявил. Решений: { $n }. Если что-то изменится, объявите изменения здесь же.
toast-decisions-none = Всё уже объявлено.
toast-decisions-changed = Решения с тех пор изменились. Посмотрите ещё раз.
applications-over = 🏁 <b>Приём заявок закончен</b>
    { $title }
    Заявок: <b>{ $n }</b>, мест: <b>{ $places }</b>{ $waiting ->
        [0] . Решения приняты, осталось их объявить, если вы этого ещё не сделали.
       *[other] . Ждут вашего решения: { $waiting }
    }
applications-over-none = 🏁 <b>Приём заявок закончен</b>
    { $title }
    Заявок не пришло, мест: { $places }. Приём можно продлить.
button-selection-decide = 📋 Разобрать заявки
place-freed = ↩️ <b>Заявка отозвана:</b> { $who }
    { $title }
    { $was ->
        [main] Заявка была в основном списке.
       *[reserve] Заявка была в резерве.
    }
place-freed-standing = { $part }: <b>{ $main }{ $quota ->
        [none] {""}
       *[other] {" "}из { $quota }
    }</b> · всего <b>{ $all } из { $places }</b>
place-freed-next = Первый в резерве: <b>{ $who }</b> ({ $part }). Взять в основной список?
place-freed-nobody = В резерве никого подходящего нет.

# The file
selection-file = Отбор { $day }.xlsx
selection-file-caption = 📄 Списки отбора. Заявок в файле: { $n }
selection-sheet-main = Основной список
selection-sheet-reserve = Резерв
selection-sheet-all = Все заявки
selection-sheet-quotas = Квоты
selection-made = Составлено { $when }
selection-column-number = №
selection-column-part = Муниципалитет
selection-column-unit = Школа
selection-column-who = Участник
selection-column-state = Решение
selection-column-told = Объявлено
selection-column-applied = Подана
selection-column-reason = Причина
selection-column-quota = Квота
selection-column-main = Основной список
selection-column-reserve = Резерв
selection-column-waiting = Ждут решения
selection-told-yes = да
selection-told-no = нет
selection-all-parts = Всего
