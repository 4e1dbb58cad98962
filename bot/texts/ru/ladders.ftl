# Ladders: those that are ready, the coordinators' own, and what an activity is reminded by
command-ladders = лестницы напоминаний
ladders-title = 🪜 <b>Лестницы напоминаний</b>
    Новое дело приходит сразу, дальше – по лестнице, и только пока нет ответа.
ladders-preset = <b>{ $title }</b>
    { $lines }
ladders-no-own = Своих лестниц пока нет. Откройте готовую и нажмите «Скопировать и изменить».
ladders-own = <b>Свои лестницы:</b> { $n }
ladder-group = { $to ->
    [ower] Кто отвечает
    [school] Координатор школы
    [municipality] Муниципалитет
    [region] Регион
   *[controller] Контролирующий
}, в { $at }: { $when }
ladder-step = { $when }, в { $at } – { $to ->
    [ower] кто отвечает
    [school] координатор школы
    [municipality] муниципалитет
    [region] регион
   *[controller] контролирующий
}
ladder-before = за { $days } { $last ->
    [one] день
    [few] дня
   *[other] дней
} до срока
ladder-on-the-day = в день срока
ladder-after = через { $days } { $last ->
    [one] рабочий день
    [few] рабочих дня
   *[other] рабочих дней
} после срока
button-ladder-preset = { $title }
button-ladder-own = 🪜 { $title }
button-ladders = 🪜 Все лестницы
button-to-ladders = ‹ К лестницам

ladder-preset = 🪜 <b>{ $title }</b>
    { $lines }

    Выше по сети идёт одна общая сводка в день, а не письмо о каждом должнике.
button-ladder-copy = ✏️ Скопировать и изменить
button-ladder-foretell = 👀 Что получится
ladder-copied = Моя: { $title }
ladder-copied-toast = Скопировано, теперь меняйте

ladder-own = 🪜 <b>{ $title }</b>
    { $unit }

    { $lines }

    Между двумя сообщениями не меньше { $gap } ч, об одном деле не больше { $most } { $most ->
    [one] сообщения
   *[other] сообщений
}.
    { $used ->
        [0] Пока не выбрана ни для одного дела. Выбрать: строка документа – «Напоминания», дело в плане – «Как напоминать».
       *[other] По ней напоминают о делах: { $used }
    }
button-ladder-add = ➕ Шаг
button-ladder-steps = ✏️ Шаги
button-ladder-bounds = ⚖️ Пределы
button-ladder-title = Название
button-ladder-retire = Убрать из списка

ladder-steps-title = 🪜 <b>{ $title }</b>
    Какой шаг изменить?
ladder-step-title = 🪜 <b>{ $title }</b>
    Шаг: { $step }
    Выберите другой день или час.
button-step-when = { $side ->
    [before] за { $days } { $days ->
        [one] день
        [few] дня
       *[other] дней
    }
    [after] +{ $days } раб. { $days ->
        [one] день
        [few] дня
       *[other] дней
    }
   *[day] в день срока
}
button-step = { $when }, { $at } · { $to ->
    [ower] кто отвечает
    [school] школа
    [municipality] муниципалитет
    [region] регион
   *[controller] контролирующий
}
button-step-earlier = ‹ { $when }
button-step-later = { $when } ›
button-step-remove = ✖️ Убрать шаг
ladder-add-to = 🪜 <b>{ $title }</b>
    Кому новый шаг?
button-step-to = { $to ->
    [ower] Кто отвечает
    [school] Координатор школы
    [municipality] Муниципалитет
    [region] Регион
   *[controller] Контролирующий по документу
}
ladder-add-when = Когда? { $to ->
    [ower] Кто отвечает, получит напоминание.
   *[other] Придёт общая сводка: кто не ответил.
}
ladder-add-hour = Новый шаг – { $when }. В котором часу?
ladder-bounds-title = 🪜 <b>{ $title }</b>
    Как часто и сколько раз писать одному человеку об одном деле? Что не помещается, не придёт: сначала отпадают шаги, самые далёкие от срока.
ladder-gap = Не чаще, чем раз в { $hours } ч
ladder-most = Не больше { $n }
ladder-title-ask = Как назвать лестницу? До 60 знаков. Сейчас: <b>{ $title }</b>
ladder-retire-ask = Убрать лестницу <b>{ $title }</b> из списка? { $used ->
    [0] По ней ни о чём не напоминают.
   *[other] О делах, где она выбрана ({ $used }), напоминания по ней продолжатся.
}
button-ladder-retire-sure = Да, убрать
ladder-retired-toast = Убрана
ladder-changed-toast = { $n ->
    [0] Сохранено
   *[other] Сохранено, будущие напоминания пересчитаны
}
ladder-outdated = Пока вы писали, лестницу изменил кто-то ещё. Вот она сейчас:
ladder-outdated-toast = Лестницу только что изменил кто-то ещё. Посмотрите, какая она сейчас.
ladder-fault = { $fault ->
    [too_many] Шагов уже 16, больше человек не вытерпит. Сначала уберите лишний.
    [twice] В этот день такой шаг уже есть.
    [far] Так далеко от срока шаг не поставить: до 90 дней до него и до 20 рабочих дней после.
    [hour] В это время тихие часы: выберите с 8:00 до 19:00.
    [nobody] Нужен хотя бы один шаг до срока для того, кто отвечает.
    [title] Название – от 1 до 60 знаков.
   *[bound] Такого предела нет. Откройте лестницу заново.
}

foretold-title = 👀 <b>{ $title }</b>, срок { $due }
    Если никто так и не ответит:
foretold-line = { $at } – { $to ->
    [ower] кто отвечает
    [school] координатор школы
    [municipality] муниципалитет
    [region] регион
   *[controller] контролирующий
}: { $what }
foretold-new = новое дело
foretold-nothing = До этого срока ничего не успеет прийти.
foretold-note = <i>Выходные и тихие часы учтены. После ответа ничего не приходит.</i>
foretold-in = { $days ->
    [7] через неделю
    [21] через 3 недели
    [60] через 2 месяца
   *[other] через { $days } дня
}

activity-ladder = 🔔 <b>Как напоминать</b>
    { $title }

    <b>{ $ladder }</b>
    { $lines }

    { $obligatory ->
    [true] Дело обязательное: напоминания отключить нельзя.
   *[false] Дело необязательное: каждый может отключить напоминания о таких.
}
button-make-optional = Сделать необязательным
button-make-obligatory = Сделать обязательным
button-activity-ladder = 🔔 Как напоминать
