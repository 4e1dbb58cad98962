# /webinar: announcing, step by step; /webinars: looking after those announced.

# How an event is called, in each case; «many»: five of them.
event-kind = { $case ->
    [gen] { $kind ->
        [meeting] совещания
        [seminar] семинара
        [defence] защиты
        [contest] конкурса
       *[webinar] вебинара
    }
    [dat] { $kind ->
        [meeting] совещанию
        [seminar] семинару
        [defence] защите
        [contest] конкурсу
       *[webinar] вебинару
    }
    [acc] { $kind ->
        [meeting] совещание
        [seminar] семинар
        [defence] защиту
        [contest] конкурс
       *[webinar] вебинар
    }
    [ins] { $kind ->
        [meeting] совещанием
        [seminar] семинаром
        [defence] защитой
        [contest] конкурсом
       *[webinar] вебинаром
    }
    [prep] { $kind ->
        [meeting] совещании
        [seminar] семинаре
        [defence] защите
        [contest] конкурсе
       *[webinar] вебинаре
    }
    [many] { $kind ->
        [meeting] совещаний
        [seminar] семинаров
        [defence] защит
        [contest] конкурсов
       *[webinar] вебинаров
    }
   *[nom] { $kind ->
        [meeting] совещание
        [seminar] семинар
        [defence] защита
        [contest] конкурс
       *[webinar] вебинар
    }
}
event-sign = { $kind ->
    [meeting] 👥
    [seminar] 💬
    [defence] 🎓
    [contest] 🏆
   *[webinar] 🎥
}

button-webinar-announce = 📣 Объявить
button-webinar-skip = Пропустить
button-webinar-keep = Оставить как есть ›
button-webinar-parts = { $kind ->
    [region] Выбрать регионы
    [municipality] Выбрать муниципалитеты
   *[school] Выбрать школы
}
button-webinar-everywhere = Все
button-webinar-done = Готово
button-webinar-part = { $chosen ->
    [yes] ☑️ { $title }
   *[no] { $title }
}
button-webinar-role = { $chosen ->
    [yes] ☑️ { $role }
   *[no] { $role }
}
webinar-role = { $role ->
    [coordinator] координаторы
    [teacher] педагоги
    [student] обучающиеся
    [tutor] тьюторы
   *[mentor] наставники
}

webinar-place = 🎥 <b>Новый вебинар</b>. От чьего имени объявить?
webinar-title = 🎥 <b>Новый вебинар</b>. Как он называется?
webinar-title-known = Сейчас: <b>{ $title }</b>
webinar-when =
    <b>{ $title }</b>

    Когда начало? Напишите день и час, например: <i>12 декабря в 15:00</i>. Время – местное ({ $zone }); другое укажите словами: <i>12 декабря в 15:00 (мск)</i>.
webinar-when-known = Сейчас: { $due }
webinar-link =
    🕒 Понял так: <b>{ $due }</b>. Не так – нажмите «‹ Назад» и напишите снова.

    Пришлите ссылку на вебинар. Если её ещё нет, нажмите «Пропустить» – добавите позже.
webinar-link-known = Сейчас: { $link }
webinar-audience =
    Кого зовём?

    Где: <b>{ $where }</b>
    Кто: <b>{ $roles }</b>
    Получат сообщение: <b>{ $people }</b>
webinar-audience-hint = Нажимайте на роли, чтобы отметить или снять.
webinar-parts = Отметьте, где зовём. Ничего не отмечено – значит, всех.
webinar-preview =
    Так увидят сообщение:

    { $card }

    ──────────
    Под сообщением – кнопки «Приду» и «Не смогу».
    Получат: <b>{ $people }</b>
    Первое сообщение: { $first }
webinar-people = { $people } { $people ->
    [one] человек
    [few] человека
   *[many] человек
}
webinar-people-unreachable = { $people } { $people ->
    [one] человек
    [few] человека
   *[many] человек
}, из них { $unreachable } пока без связи с ботом
webinar-first-now = сразу
webinar-first-local = { $day } в { $clock } по местному времени
webinar-first-from = { $moment }
webinar-first-mixed = сразу, а где сейчас нерабочее время – не позднее { $moment }
webinar-first-none = не успеет до начала: сейчас у всех тихие часы
webinar-announced =
    ✅ Объявлено: <b>{ $title }</b>
    🕒 { $due }
    Сообщение получат: { $people }.

    Кто придёт, перенос и отмена – /webinars
webinar-dropped = Хорошо, вебинар не объявлен.
webinar-nobody = Здесь пока никого нет. Выберите других.
webinar-press = Выберите кнопкой под сообщением – или «Отмена».
webinar-only-text = Здесь я жду текст. Напишите словами или нажмите «Отмена».
webinar-old-button = Эта кнопка из прошлого шага. Смотрите последнее сообщение.

webinar-wrong-title_empty = Название не вижу. Напишите его словами, например: <i>Как готовить к олимпиаде</i>
webinar-wrong-title_too_long = Слишком длинно: в названии до 300 знаков. Напишите короче.
webinar-wrong-not_understood = Не понял, когда. Напишите день и час, например: <i>12 декабря в 15:00</i>
webinar-wrong-no_such_day = Такого дня в календаре нет. Проверьте число, например: <i>12 декабря в 15:00</i>
webinar-wrong-no_day = Час понял, а день – нет. Напишите вместе, например: <i>12 декабря в 15:00</i>
webinar-wrong-no_hour = День понял, а час – нет. Напишите вместе, например: <i>12 декабря в 15:00</i>
webinar-wrong-past = Это время уже прошло. Напишите будущее, например: <i>завтра в 15:00</i>
webinar-wrong-bad_link = Это не похоже на ссылку. Она начинается с https:// – например: <i>https://example.org/webinar</i>

# /webinars
button-webinar-item = { $due } · { $title }
button-webinar-move = 🕒 Перенести
button-webinar-link = 🔗 Изменить ссылку
button-webinar-cancel = 🚫 Отменить вебинар
button-webinar-coming = ✅ Придут: { $n }
button-webinar-not_coming = ❌ Не смогут: { $n }
button-webinar-silent = 🤐 Молчат: { $n }
button-webinar-list = ‹ К вебинарам
button-webinar-move-sure = Да, перенести
button-webinar-cancel-sure = Да, отменить
button-webinar-cancel-not = ‹ Нет, оставить
button-webinar-previous = ‹ Предыдущие
button-webinar-next = Следующие ›
webinars-title = <b>Вебинары впереди</b>: { $total }
webinars-line =
    🎥 <b>{ $title }</b>
    { $due }
    придут { $coming } · не смогут { $not_coming } · молчат { $silent }
webinars-empty = Вебинаров впереди нет. Объявить новый – /webinar
webinar-card =
    🎥 <b>{ $title }</b>
    Начало: { $due }
    Ссылка: { $link }

    Придут: <b>{ $coming }</b>
    Не смогут: <b>{ $not_coming }</b>
    Молчат: <b>{ $silent }</b>
webinar-no-link = пока нет
webinar-cancelled = 🚫 Вебинар отменён.
webinar-names-coming = <b>Придут</b> – «{ $title }»: { $total }
webinar-names-not_coming = <b>Не смогут</b> – «{ $title }»: { $total }
webinar-names-silent = <b>Молчат</b> – «{ $title }»: { $total }
webinar-names-none = Пока никого.
webinar-names-unit = <b>{ $unit }</b>
webinar-names-line = • { $name }
webinar-names-reason = • { $name } – { $reason }
webinar-move =
    «{ $title }» – сейчас { $due }.

    На когда перенести? Напишите день и час, например: <i>14 декабря в 15:00</i>. Время – местное ({ $zone }).
webinar-move-sure =
    «{ $title }» – новое начало: <b>{ $due }</b>. Перенести?

    { $again ->
        [yes] День другой, поэтому всех спросим заново.
       *[no] День тот же: ответы сохранятся.
    } Кто получил приглашение, узнает о переносе.
webinar-moved = Перенёс. Те, кого звали, узнают об этом.
webinar-cancel-sure = Отменить «{ $title }»? Кто получил приглашение, узнает об этом. Вернуть будет нельзя.
webinar-link-ask = Пришлите новую ссылку для «{ $title }».
webinar-link-changed = { $told ->
    [0] Ссылка изменена. Она будет во всех следующих сообщениях.
    [one] Ссылка изменена. Об этом узнает { $told } человек.
    [few] Ссылка изменена. Об этом узнают { $told } человека.
   *[many] Ссылка изменена. Об этом узнают { $told } человек.
}
webinar-unchanged = Ничего не изменилось.
webinar-edit-dropped = Хорошо, оставил как было.
webinar-closed = Этот вебинар уже отменён или закрыт.
webinar-outdated = Вебинар изменили, пока вы думали. Вот как сейчас.
toast-webinar-cancelled = Вебинар отменён. Те, кого звали, узнают об этом.

# To those invited
webinar-new-link = 🔗 <b>Новая ссылка на вебинар</b>

# /help
command-webinar = объявить вебинар
command-webinars = вебинары впереди: кто придёт, перенос, отмена
