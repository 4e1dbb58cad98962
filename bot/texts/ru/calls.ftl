# Calls for proposals: «/call», the card of who is asked, and reading what came in.

command-call = сбор предложений: спросить многих и прочесть ответы
matter-call = 💡 <b>{ $title }</b>
matter-question = { $question }
call-due = Принимаем до: <b>{ $due }</b>
call-over = Приём предложений завершён.
call-called-off = Приём предложений завершён раньше срока. Всё, что прислали, координатор прочтёт.
call-sent = Вы прислали предложение. Можно прислать ещё: сколько захотите.
call-sent-closed = Вы прислали предложение, спасибо.
my-call-sent = 💡 Вы прислали предложение
button-propose = 💡 Предложить
button-propose-more = 💡 Предложить ещё
button-proposals-own = 📋 Мои предложения

# Notices
notice-new-call = 💡 <b>Ждём ваших предложений</b>
notice-ahead-call = { $n ->
        [0] 💡 <b>Сегодня последний день сбора предложений</b>
        [1] 💡 <b>Предложения принимаем ещё сегодня и завтра</b>
        [one] 💡 <b>До конца сбора предложений { $n } день</b>
        [few] 💡 <b>До конца сбора предложений { $n } дня</b>
       *[other] 💡 <b>До конца сбора предложений { $n } дней</b>
    }
    Если есть чем поделиться – напишите. Если нет, отвечать не нужно.
notice-moved-call = 📅 <b>Срок сбора предложений изменился</b>
notice-called-off-call = 💡 <b>Сбор предложений завершён раньше</b>
proposal-told-accepted = ✅ <b>Ваше предложение приняли.</b> Спасибо!
proposal-told-in_work = 🛠 <b>Ваше предложение взяли в работу.</b> Спасибо!
proposal-told-declined = 💡 Спасибо за предложение! Взять его в этот раз не получилось.
proposal-told-word = Координатор пишет: { $word }
proposal-told-about = Сбор «{ $title }»
    <i>{ $text }</i>

# Sending
propose-ask = 💡 <b>{ $title }</b>

    { $question }

    ✏️ Напишите предложение одним сообщением. Можно приложить фото или файл до 20 МБ.
propose-taken = 💡 Спасибо, передал координатору! { $n ->
        [1] Это ваше первое предложение, можно прислать ещё.
       *[other] Всего от вас: { $n }.
    }
propose-only = Здесь я жду текст, фото или файл. Пришлите предложение или нажмите «Отмена».
propose-too-long = Слишком длинно: { $length } знаков, а помещается { $limit }. Сократите или пришлите файлом.
propose-file-too-big = Файл больше 20 МБ, такой мне не передать. Пришлите поменьше или вставьте ссылку.
toast-propose-words = Предложением можно прислать текст, фото или документ. Выберите другое или нажмите «💡 Предложить» в карточке сбора (/my).
propose-ended = Приём предложений уже завершён, это не записано. Спасибо, что хотели поделиться!
propose-left = Хорошо, ничего не отправил. Передумаете – нажмите «💡 Предложить» в карточке (/my).
propose-dropped = 💡 Я ждал от вас предложение, а пришла команда: предложение пока <b>не отправлено</b>.
proposals-own = 📋 <b>Мои предложения: { $n }</b>
    «{ $title }»
proposals-own-none = 📋 На сбор «{ $title }» вы пока ничего не отправили.
proposals-own-line = { $n }. { $text }{ $file ->
        [yes] {" "}📎
       *[no] {""}
    }
    { $at } · { $state }
button-proposal-withdraw = ↩️ Отозвать № { $n }
proposal-photo = фотография
proposal-nothing = без текста
proposal-state-new = ждёт решения
proposal-state-in_work = в работе
proposal-state-accepted = принято
proposal-state-declined = отклонено
proposal-state-withdrawn = отозвано
toast-proposal-withdrawn = Предложение отозвано.
toast-proposal-decided-own = Координатор уже решил, отозвать нельзя.
toast-call-ended = Приём предложений уже завершён.

# Making
calls-title = 💡 <b>Сбор предложений</b>
calls-none = 💡 <b>Сбор предложений</b>

    Один открытый вопрос многим: что придумают – присылают до конца срока, вы читаете по одному. Кто промолчал, того не тревожим.
calls-line = <b>{ $title }</b>
    { $when } · предложений: { $total }{ $new ->
        [0] {""}
       *[other] {" "}(новых { $new })
    }
button-call-new = ➕ Новый сбор
button-call-draft = 📝 Черновик: { $title }
button-call = { $new ->
        [0] { $title }
       *[other] 🆕 { $new } · { $title }
    }
button-calls-later = ‹ Более поздние
button-calls-earlier = Более ранние ›
button-calls = ‹ Все сборы
call-ask-unit = 💡 От чьего имени спрашиваем?
call-ask-title = 💡 <b>Новый сбор предложений.</b> Как его назвать? Например: <i>Идеи для летней смены</i>
call-ask-question = ✏️ О чём спрашиваем? Напишите вопрос так, как его прочтут люди. Например: <i>Какие занятия провести летом? Что для них нужно?</i>
call-ask-until = 📅 До какого дня принимаем? Напишите словами, например <b>до 15 декабря</b> или <b>через две недели</b>.
call-until-not-read = Не понял дату «{ $phrase }». Напишите один день, например <b>15 декабря</b> или <b>через две недели</b>.
call-until-past = { $day } уже прошло. Напишите день впереди, например <b>через две недели</b>.
call-too-long = Слишком длинно: { $length } знаков, а помещается { $limit }. Напишите короче.
call-only-text = Здесь я жду текст. Напишите словами или нажмите /cancel.
call-press = Я жду нажатия на кнопку: выберите, что изменить, или «Посмотреть и объявить».
call-left = Хорошо. Черновик сохранён: /call
call-dropped = 💡 Сбор предложений пока <b>не объявлен</b>. Черновик сохранён: /call
call-nothing-yet = пока не указано
call-card = 💡 <b>Сбор предложений</b> (черновик)
    От имени: { $unit }

    Название: <b>{ $title }</b>
    Вопрос: { $question }
    Принимаем до: <b>{ $until }</b>

    { $audience }

    Получат сообщение: <b>{ $people }</b>
button-call-title = ✏️ Название
button-call-question = ✏️ Вопрос
button-call-until = 📅 До какого дня
button-call-audience = 👥 Кого спрашиваем
button-call-preview = 👁 Посмотреть и объявить
button-call-delete = 🗑 Удалить черновик
button-call-later = Продолжить позже
call-preview = 👁 <b>Так это увидят:</b>

    { $message }

    ———
    Получат: <b>{ $people }</b>
    Первое сообщение: { $first }
    Напомню не больше двух раз и только тем, кто ничего не прислал.
button-call-announce = 📣 Объявить
button-call-open = 💡 Открыть сбор
call-announced = 📣 Объявил. Получат: { $people }.

    Что прислали – смотрите в /call
toast-call-nobody = Здесь пока никого нет. Выберите других: «Кого спрашиваем».
toast-call-changed = Черновик с тех пор изменился. Посмотрите ещё раз.
toast-call-unfinished = Не хватает одной вещи – допишите её.
toast-call-deleted = Черновик удалён.
audience-title-call = 👥 <b>Кого спрашиваем?</b> Нажимайте, чтобы отметить или снять.

# Reading
button-board-proposals = 💡 Новые предложения: { $n }
call-head = 💡 <b>{ $title }</b>
    { $question }
    { $when }
call-when-running = Принимаем до { $day }
call-when-ended = Завершён { $day }
call-when-ended-early = Завершён раньше срока
call-counts-accepted = ✅ Принято: { $n }
call-counts-in_work = 🛠 В работе: { $n }
call-counts-declined = ✖️ Отклонено: { $n }
call-counts = <b>Предложения: { $total }</b>{ $new ->
        [0] {""}
       *[other] {" "}(новых { $new })
    }
    Спросили: { $asked }
call-empty = Пока никто ничего не прислал. Напоминать вручную не нужно: я напомню сам, мягко.
button-read-new = 📖 Читать новые: { $n }
button-read-in-work = 🛠 В работе: { $n }
button-call-unit = { $unit }: { $total }{ $new ->
        [0] {""}
       *[other] {" "}(🆕 { $new })
    }
button-call-export = 📄 Все в .xlsx
button-call-longer = 🗓 Продлить до …
call-longer-ask = 🗓 <b>Продлить сбор</b>: { $title }
    Сейчас принимаем до { $until }.

    Выберите день или напишите словами, например <b>{ $example }</b> или <b>на неделю</b>. Тем, кто уже знает о сборе, придёт одно сообщение о новом сроке, напоминания сдвинутся.
call-longer-done = ✅ Сбор продлён: последний день – <b>{ $day }</b>. Об этом узнают все, кого приглашали.
call-longer-cancelled = Хорошо, срок сбора прежний.
call-longer-dropped = 🗓 Я ждал новый срок сбора, а пришла команда: срок <b>прежний</b>.
button-call-end = ⏹ Завершить приём
button-call-end-sure = Да, завершить
button-call-back = ‹ К сбору
call-end-sure = ⏹ Завершить приём на «{ $title }» сейчас?

    Новых предложений больше не будет. Всё, что прислали, останется. Тем, кого спрашивали, напишу.
call-unit = 💡 «{ $title }»
    <b>{ $unit }</b>: { $n }
call-unit-empty = Отсюда больше ничего нет: автор отозвал предложение.
call-unit-line = { $n }. <b>{ $author }</b> · { $state }
    { $text }
button-proposal = { $n }. { $text }
proposal-card = 💡 «{ $title }»
    <b>{ $unit }</b> · { $author }
    { $at } · { $state }
proposal-text = { $text }
proposal-file = 📎 { $name }
proposal-word = Вы ответили: { $word }
proposal-erased = Автор удалил свои данные, текста больше нет.
proposal-author-erased = имя удалено
button-proposal-file = 📎 Показать файл
button-proposal-accepted = ✅ Принять
button-proposal-in_work = 🛠 В работу
button-proposal-declined = ✖️ Отклонить
button-proposal-next = Пропустить ›
button-proposal-undo = ↩️ Отменить последнее решение
proposal-decline-ask = ✖️ <b>Отклонить предложение?</b>
    { $author }: <i>{ $text }</i>

    Автору скажу спасибо. Добавьте пару слов, почему не берём, – или отклоните без объяснения.
button-decline-silently = Без объяснения
proposal-decline-dropped = Хорошо, предложение пока не отклонено: /call
proposal-word-taken = ✖️ Отклонил. Автору передам спасибо и ваши слова.
proposal-no-other-here = ☝️ <b>Отсюда больше ничего не ждёт решения:</b> только это предложение. Примите, возьмите в работу или отклоните его – или читайте предложения от других.
button-proposal-elsewhere = Предложения от других ›
proposal-no-other = ☝️ <b>Других предложений нет:</b> решения ждёт только это. Примите, возьмите в работу или отклоните его – или вернитесь к сбору, оно подождёт.
proposals-all-read = ☑️ Прочитано всё: на сборе «{ $title }» больше ничего не ждёт.
proposal-decided-meanwhile = С этим предложением уже решили: { $state }. Ваши слова не отправлены.
toast-proposal-accepted = Принято. Автору напишу через 10 минут.
toast-proposal-in_work = Взято в работу. Автору напишу через 10 минут.
toast-proposal-declined = Отклонено. Автору скажу спасибо через 10 минут.
toast-proposal-decided = Уже решено: { $state }.
toast-proposal-undone = Решение отменено.
toast-proposal-too-late = Отменить уже нельзя: прошло больше 10 минут или решил другой.
toast-proposal-no-file = Этого файла в Telegram больше нет.
toast-call-empty = Пока никто ничего не прислал.

# The file
proposals-file = Предложения { $day }.xlsx
proposals-file-caption = 📄 Предложений в файле: { $n }
proposals-sheet = Предложения
proposals-made = Составлено { $when }
proposals-column-unit = Откуда
proposals-column-author = Автор
proposals-column-text = Предложение
proposals-column-file = Файл
proposals-column-state = Решение
proposals-column-given = Прислано
proposals-column-decided = Решено
proposals-column-word = Слова автору
