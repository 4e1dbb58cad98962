# Documents: a file comes in, its rows are checked, the plan goes out.

n-rows = { $n } { $n ->
    [one] строка
    [few] строки
   *[other] строк
}
n-activities = { $n } { $n ->
    [one] мероприятие
    [few] мероприятия
   *[other] мероприятий
}
n-dates = { $n } { $n ->
    [one] дата
    [few] даты
   *[other] дат
}
n-schools = { $n } { $n ->
    [one] школа
    [few] школы
   *[other] школ
}
n-people = { $n } { $n ->
    [one] человек
    [few] человека
   *[other] человек
}
ticked = ✅ { $label }
unticked = ▫️ { $label }

# A file arrives.
file-reading = 📄 Читаю «{ $name }»…
file-reading-long = 📄 Читаю «{ $name }». Файл большой, это может занять минуту…
file-unnamed = документ
file-pasted = вставленный текст
file-pasted-long = ⚠️ Текст длинный. Если Telegram разделил его на несколько сообщений, пришлите документ файлом: каждое сообщение читается как отдельный документ.
file-pasted-name = Список от { $date }.txt
file-photo = Фотографию и скан я прочитать не смогу. Пришлите документ <b>файлом</b>: .docx, .pdf с текстом, .xlsx или .txt (скрепка → «Файл»).
file-wrong-format = Такие файлы я не читаю. Пришлите документ Word <b>.docx</b>, <b>.pdf</b> с текстом, таблицу <b>.xlsx</b> или текст <b>.txt</b>. Если у вас .doc, откройте его в Word и сохраните как .docx.
file-too-large = Файл больше { $limit } МБ. Оставьте в нём только таблицу мероприятий и пришлите ещё раз.
file-unreadable = ⚠️ { $reason }
file-first-rows = Вот первые строки, как я их прочитал:
file-first-row = • { $row }
file-no-network = Сначала нужна сеть: добавьте регион, районы и школы, потом пришлите документ ещё раз.
file-draft-before = Этот файл вы уже присылали. Вот его черновик: ничего не потеряно.
file-planned-before = Этот документ уже запланирован, второй раз не нужно.

# The draft.
draft-title = 📄 <b>{ $name }</b>
    { $title }
draft-place = Для кого: { $unit }. Регион документа: { $region }
draft-other-region = ⚠️ <b>Проверьте, тот ли это документ:</b> его регион – { $region }, а план получат школы другого региона ({ $unit }).
draft-controller = Контроль (как в документе): { $controller }
draft-counts = <b>{ $rows }</b>: понято { $ready }, вопросы { $questions }, в прошлом { $past }{ $skipped ->
    [0] {""}
   *[other] , пропущено { $skipped }
}
draft-progress = Проверено <b>{ $decided } из { $rows }</b>, принято в план: { $accepted }
draft-problem = ⚠️ { $problem }
draft-only-question = Показаны строки с вопросами и сомнениями: { $n }
draft-only-clear = Показаны понятые строки, ещё не принятые: { $n }
draft-only-accepted = Показаны принятые строки: { $n }
draft-only-skipped = Показаны пропущенные строки: { $n }
draft-section = Раздел «{ $section }»
draft-only-past = Показаны строки, срок которых прошёл: { $n }. Решите по каждой или сразу по всем.
row-section = <u>{ $section }</u>
draft-row = { $mark } <b>{ $number }.</b> { $title }
draft-phrase = <i>«{ $phrase }»</i>
draft-row-audience = 👥 Отвечают не так, как по всему документу
draft-closed = { $state ->
    [planned] 🚀 <b>Документ уже запланирован.</b> Строки и сроки теперь меняют в плане.
    [applied] 🚀 <b>Эта редакция уже применена к плану.</b> Строки и сроки теперь меняют в плане.
   *[cancelled] ✖️ <b>План этого документа отменён.</b> Менять в нём больше нечего.
}
draft-changed = ✏️ <b>Черновик изменили, вот как он выглядит сейчас.</b> Ваше нажатие ничего не испортило: посмотрите и повторите, если нужно.
row-mark = { $state ->
    [accepted] ✅
    [ready] 🔹
    [doubtful] ⚠️
    [question] ❓
    [past] 🕓
    [undated] 📎
    [overdue] ❗
    [done] ☑️
   *[skipped] ➖
}
row-ready = → <b>{ $term }</b>
row-ready-repeating = → <b>{ $term }</b>; ближайшая дата { $next }
row-undated = → { $kind ->
    [as_needed] По необходимости: новый срок начнёте, когда понадобится
    [by_schedule] По отдельному графику: впишите даты – сейчас или когда он появится
    [continuous] Постоянно: выберите, как часто напоминать; пока не напоминаю
   *[relative] Срок от события: скажите, когда оно произошло, – сейчас или потом
}
row-past = → Срок прошёл: <b>{ $date }</b>. Что делать с этой строкой?
row-overdue = → Создам просроченной: { $date }
row-done = → Сделано (срок был { $date })
row-skipped = → Пропущена
row-question = → { $reason }
row-question-read = → { $reason }. Прочитал так: <b>{ $term }</b>
row-zone-assumed = 🔎 Регион документа не найден: час считаю по вашему времени
row-doubt = 🔎 { $doubt }
row-days-off = ⚠️ { $n ->
    [one] Нерабочий день: { $days }. Срок остаётся таким
   *[other] Нерабочие дни: { $days }. Сроки остаются такими
}
row-unsure-years = ℹ️ Переносы выходных на { $years } год ещё не объявлены: рабочий ли это день, пока неизвестно
row-dates = Даты: { $dates }{ $rest ->
    [0] {""}
   *[other] {" "}и ещё { $rest }
}
row-proposal = 💡 День не назван. Предлагаю: <b>{ $term }</b>
row-title = { $mark } <b>{ $number }. { $title }</b>
row-responsible = Ответственный: { $text }
row-result = Результат: { $text }
row-link = Ссылка: { $link }
row-phrase = Срок в документе: <i>«{ $phrase }»</i>
row-typed = Срок вашими словами: <i>«{ $phrase }»</i>
doubt = { $doubt ->
    [no_phrase] Срока в документе нет: впишите его или пропустите строку
    [not_understood] Срок не понят: впишите его другими словами или пропустите строку
    [ambiguous] Срок можно понять двояко
    [invalid] Такой даты не бывает
    [vague] Срок назван неточно
    [no_year] Не назван год
    [year_assumed] Год не назван, я его предположил
    [no_day] Не назван день
    [no_start] Не сказано, с какого дня
    [no_region] Неизвестно, по какому часовому поясу
    [boundary] Неясно, входит ли последний день
    [weekday_mismatch] День недели не совпадает с датой
    [reversed] Конец раньше начала
    [reference_missing] Неизвестно, от какой даты считать
    [shared] Срок стоит ниже, под другим пунктом: относится ли он и к этому?
   *[other] Проверьте срок
}
problem = { $code ->
    [missing_number] В нумерации нет номера { $number }: возможно, строка потерялась
    [duplicate_number] Номер { $number } встречается дважды
    [no_number] У строки нет номера
    [no_title] У строки нет названия
    [extra_cells] В строке лишние ячейки: { $text }
    [no_document_date] Дата документа не найдена
    [school_year_assumed] Год не назван: считаю { $years } учебный год. Если другой, нажмите «Другой год»
    [region_unknown] Регион документа не найден: время считаю по вашему
    [other_term] У пункта есть и другой срок: «{ $text }». Проверьте, какой верен
    [clauses_without_term] Решения без срока: { $number }
    [table_incomplete] Из .pdf не удалось прочитать строки { $number }. Пришлите этот документ в .docx, так они не потеряются
    [row_uncertain] В .pdf у этой строки нет рамки: сверьте её с документом или пришлите .docx
    [words_beside_table] Текст на странице { $number } не попал ни в одну строку: «{ $text }». Проверьте или пришлите .docx
    [page_is_picture] Страницы-картинки не прочитаны: { $number }. Пришлите документ в .docx
    [letters_unknown] На страницах { $number } часть букв прочитать нельзя. Пришлите документ в .docx
    [sheet_chosen] Прочитан лист «{ $text }»: на других мероприятий нет
    [hidden_rows] Скрытые строки не прочитаны: { $number }
    [hidden_columns] Скрытые столбцы не прочитаны: { $number }
    [hidden_sheets] Скрытые листы не прочитаны: { $text }
    [formula_without_value] Формулы без значения, откройте файл в Excel и сохраните: { $text }
   *[other] Проверьте эту строку
}
button-questions = ❓ Вопросы ({ $n })
button-past = 🕓 В прошлом ({ $n })
button-confirm-all = 👁 Проверил все сомнения: верно ({ $n })
button-accept-clear = ✅ Принять все понятые ({ $n })
button-row-accept = ✅ Принять
button-row-wait = ↩️ Пока не принимать
button-next-question = ⏩ Следующий вопрос
toast-accepted = { $n ->
    [one] Принята { $n } строка
    [few] Приняты { $n } строки
   *[other] Принято { $n } строк
}
button-all-rows = ‹ Все строки
button-all-past-done = ☑️ Все сделаны ({ $n })
button-all-past-overdue = ❗ Все создать просроченными ({ $n })
button-audience = 👥 Кто отвечает
button-preview = Дальше: проверить и запланировать ›
button-discard = 🗑 Отменить импорт
button-discard-yes = Да, удалить черновик
discard-ask = Удалить черновик: { $name } «{ $title }»? Все правки в нём пропадут. Файл можно будет прислать снова.
button-right = ✅ Верно
button-take-proposal = 💡 Принять предложение
button-row-fix = ✏️ Исправить срок
button-row-move = 📅 Перенести
button-row-done = ☑️ Сделано
button-row-overdue = ❗ Создать просроченным
button-row-skip = ➖ Пропустить строку
button-row-return = ↩️ Вернуть строку
button-row-audience = 👥 Кто отвечает за эту строку
button-to-rows = ‹ К строкам
toast-draft-changed = Черновик изменили, вот как он выглядит сейчас. Посмотрите и повторите, если нужно.
toast-discarded = Черновик удалён

# A term in words.
ask-term = ✏️ <b>{ $number }.</b> { $title }
    Срок в документе: <i>«{ $phrase }»</i>

    Напишите срок словами. Например:
    • до 15 ноября
    • 1 октября 2027 года, далее – ежеквартально
    • ежемесячно до 5 числа
    • по отдельному графику
typed-term = <b>{ $number }.</b> Вы написали: <i>«{ $phrase }»</i>
    Я понял: <b>{ $term }</b>
typed-term-past = 🕓 Этот срок уже прошёл.
term-not-understood = Не понял «{ $phrase }».

    Напишите иначе, например: <b>до 15 ноября</b>, <b>25.12.2026</b>, <b>ежемесячно до 5 числа</b>.
term-doubted = Не получилось с «{ $phrase }». { $doubt }.

    Напишите иначе, например: <b>до 15 ноября</b>, <b>25.12.2026</b>, <b>ежемесячно до 5 числа</b>.
toast-term-taken = Срок записан
toast-term-forgotten = Эти слова уже не помню. Нажмите «Исправить срок» ещё раз.
ask-cancelled = Хорошо, срок остался прежним.

# The preview and the plan.
preview-title = 🔎 <b>Проверьте перед запуском</b>
preview-document = { $name }
    { $title }
preview-counts = Будет запланировано: <b>{ $activities }</b>, { $dates }
preview-first-due = Ближайший срок: { $date }
preview-size = Ответят: <b>{ $size }</b>
preview-first-notice = Первое сообщение: <b>{ $when }</b>
preview-nothing = ⚠️ Планировать пока нечего: ни одна строка не принята.
preview-waiting = 🔹 { $n ->
    [one] Ещё { $n } строка не принята: в план не попадёт
    [few] Ещё { $n } строки не приняты: в план не попадут
   *[other] Ещё { $n } строк не принято: в план не попадут
}, пока вы не примете
preview-doubtful = ⚠️ { $n ->
    [one] { $n } строка под сомнением: посмотрите её, прежде чем принять
    [few] { $n } строки под сомнением: посмотрите их, прежде чем принять
   *[other] { $n } строк под сомнением: посмотрите их, прежде чем принять
}
preview-questions = ❓ { $n ->
    [one] { $n } строка без понятного срока не попадёт
    [few] { $n } строки без понятного срока не попадут
   *[other] { $n } строк без понятного срока не попадут
} в план
preview-past = 🕓 { $n ->
    [one] { $n } строка в прошлом: вы не решили, что с ней делать, в план она не попадёт
    [few] { $n } строки в прошлом: вы не решили, что с ними делать, в план они не попадут
   *[other] { $n } строк в прошлом: вы не решили, что с ними делать, в план они не попадут
}
preview-overdue = ❗ { $n ->
    [one] { $n } строка будет создана просроченной
    [few] { $n } строки будут созданы просроченными
   *[other] { $n } строк будут созданы просроченными
}
preview-undated = 📎 { $n ->
    [one] { $n } строка без даты останется
    [few] { $n } строки без даты останутся
   *[other] { $n } строк без даты останутся
} в списке, напоминаний по ним не будет
preview-unreachable = 🔕 { $n ->
    [one] { $n } человек пока не увидит сообщений: не начал
    [few] { $n } человека пока не увидят сообщений: не начали
   *[other] { $n } человек пока не увидят сообщений: не начали
} работу с ботом или заблокировали его
preview-days-off = ⚠️ { $n ->
    [one] { $n } срок приходится
    [few] { $n } срока приходятся
   *[other] { $n } сроков приходятся
} на нерабочий день: { $rows }{ $rest ->
    [0] {""}
    [one] ; и ещё { $rest } строка
    [few] ; и ещё { $rest } строки
   *[other] ; и ещё { $rest } строк
}. Переносить сам не буду
preview-day-off = № { $number } ({ $days }{ $rest ->
    [0] {""}
   *[other] {" "}и ещё { $rest }
})
preview-silent-schools = 🏫 У { $n ->
    [one] { $n } школы
   *[other] { $n } школ
} нет координатора, которому можно написать: { $titles }{ $rest ->
    [0] {""}
   *[other] {" "}и ещё { $rest }
}
first-notice-now = сразу
first-notice-none = сообщений не будет
first-notice-at = { $days ->
    [0] сегодня в { $clock } по местному времени
    [1] завтра в { $clock } по местному времени
   *[other] { $date } в { $clock } по местному времени
}
first-notice-mixed = сразу, а где сейчас не рабочее время – { $when }
button-plan = 🚀 Запланировать
toast-nothing-to-plan = Планировать пока нечего: ни одна строка не принята.
toast-nobody-answers = Некому отвечать по строкам: { $numbers }. Выберите, кто отвечает.
toast-planned = Запланировано
toast-planned-before = Уже запланировано, второй раз ничего не сделано
planned-done = 🚀 <b>Запланировано: { $activities }, { $dates }.</b>
    Ответят: { $size }. Всё остальное я сделаю сам: разошлю, напомню, соберу ответы.
button-open-plan = 📄 Открыть план
button-row-activity = 📌 Мероприятие этой строки
button-row-left = 📎 Строка не в плане: дать срок
button-cancel-plan = Отменить план
button-cancel-plan-yes = Да, отменить план
cancel-plan-ask = Отменить весь план по этому документу? Если никому ещё не писали, он снова станет черновиком. Если писали – все, кто получил сообщения, узнают об отмене.
cancel-plan-draft = План отменён, сообщений никто не получил. Документ снова черновик: поправьте его и запланируйте заново или отмените импорт совсем.
cancel-plan-done = План отменён. { $n ->
    [one] Отменена { $n } дата
    [few] Отменены { $n } даты
   *[other] Отменено { $n } дат
}; кому я писал, те узнают об этом.

# Lists of documents.
shelf-drafts = 📝 <b>Черновики: { $n }</b>
shelf-planned = 📄 <b>Запланированные документы: { $n }</b>
shelf-line = <b>{ $place }.</b> { $name }
    { $title }
    { $count }{ $days ->
        [0] {""}
        [1] {" "}· со вчерашнего дня
        [one] {" "}· лежит { $days } день
        [few] {" "}· лежит { $days } дня
       *[many] {" "}· лежит { $days } дней
    }
button-draft-delete = 🗑 Удалить черновик { $place }
shelf-no-drafts = 📝 Черновиков нет. Пришлите документ файлом .docx, .pdf, .xlsx или .txt либо вставьте список в чат, и я разберу его по строкам.
shelf-no-planned = 📄 Запланированных документов пока нет. Пришлите документ файлом .docx, .pdf, .xlsx или .txt.
button-shelf-drafts = 📝 Черновики
button-shelf-planned = 📄 Запланированные документы

# A plan, its activities and dates.
plan-title = 📄 <b>{ $name }</b>
    { $title }{ $state ->
    [cancelled] {" "}(план отменён)
   *[other] {""}
}
plan-activity = <b>{ $place }.</b> { $title }
    📅 { $dates }
plan-dates = { $first }{ $rest ->
    [0] {""}
    [one] {" "}и ещё { $rest } дата
    [few] {" "}и ещё { $rest } даты
   *[other] {" "}и ещё { $rest } дат
}
plan-no-dates = даты пока нет
plan-cancelled = отменено
plan-left = Не запланировано строк: { $n } (№ { $numbers })
activity-title = 📌 <b>{ $title }</b>
activity-cancelled = 🚫 Отменено.
activity-no-dates = 📎 Даты нет. Когда она станет известна, нажмите «Добавить дату».
button-add-date = ➕ Добавить дату
button-to-plan = ‹ К плану
button-to-activity = ‹ К мероприятию
date-label = 📅 { $date }
date-label-past = 🕓 { $date }
date-label-cancelled = 🚫 { $date }
date-title = 📌 <b>{ $title }</b>
date-due = Срок: <b>{ $date }</b>
date-counts = Должны ответить: { $owed }, ответили: { $answered }. Отправлено сообщений: { $told }
date-state = { $state ->
    [cancelled] 🚫 Эта дата отменена.
   *[other] Приём ответов закрыт.
}
button-move-date = 📅 Перенести
button-cancel-date = 🚫 Отменить эту дату
button-cancel-date-yes = Да, отменить
cancel-date-ask = Отменить срок { $date }?
    { $title }
    { $told ->
        [0] Об этом сроке ещё никому не писали.
       *[other] Те, кому я уже писал, узнают об отмене.
    }
ask-date = 📅 { $title }

    Напишите новую дату словами, например: <b>до 15 ноября</b> или <b>25.12.2026 до 18:00</b>.
date-understood = Я понял: <b>{ $date }</b>
date-with-time = { $day }, { $time }
date-past = «{ $phrase }» уже в прошлом. Напишите дату, которая ещё впереди.
date-not-one = Из «{ $phrase }» не получается одна дата. Напишите один день, например: <b>до 15 ноября</b>.
toast-date-past = Эта дата уже прошла.
toast-date-moved = Перенесено на { $date }
toast-date-cancelled = Дата отменена
toast-date-changed = Дату уже изменили. Вот как она выглядит сейчас.
toast-date-closed = Эта дата уже отменена или закрыта.

command-documents = запланированные документы и их сроки
command-drafts = черновики документов
