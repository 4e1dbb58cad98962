# The figures of the network: sums, plans, periods.
indicator-head = 📈 <b>Показатели</b>
    { $title } · { $day }
    { $place }
indicator-line = { $number }. { $text }
    { $sums }
indicator-one = <b>{ $text }</b>
    { $sums }
indicator-rest = …и ещё показателей: { $n }. Все – в таблице .xlsx сводки.
indicator-number = <b>{ $number }</b>
indicator-option = { $option }: <b>{ $n }</b>
indicator-yes = <b>Да: { $number } из { $total }</b>
indicator-yes-of = да: { $number } из { $total }
indicator-said-yes = да
indicator-said-no = нет
indicator-periods-yes = По периодам ответили «да»: { $periods }
indicator-of = { $number } из { $plan }
indicator-average = в среднем
indicator-nothing = данных пока нет
indicator-none = не сдано
indicator-missing = не хватает { $number }
indicator-missing-little = не хватает менее { $number }
indicator-change = { $change } к прошлому разу
indicator-handed-in = сдали { $n } из { $total }
indicator-periods = По периодам: { $periods }
indicator-period = { $day } – { $number }
indicator-part = { $mark } { $title }: { $number }{ $change }
indicator-outliers = ❗ – сильно отличается от остальных школ. Проверьте, нет ли опечатки.
indicator-chart-plan = план { $plan }
indicator-caption = <b>{ $text }</b>
    { $place }
    { $sums }
indicator-no-plan = плана нет
indicator-plan-ask = 🎯 План: <b>{ $text }</b>
    { $place }
    Сейчас: { $plan }

    Напишите, сколько должно быть { $is_share ->
        [yes] в среднем
       *[no] всего
    } по этой территории. Число действует и для следующих сдач.
indicator-plan-set = ✅ План: { $plan }
indicator-plan-wrong = Напишите одно число, например <code>20</code> или <code>12,5</code>.
indicator-plan-dropped = План не задан: вопрос о нём снят.
toast-indicator-no-plan = План убран
toast-indicator-drawing = Рисую…
button-indicators = 📈 Показатели
button-indicator-board = ‹ К сводке
button-indicator-all = ‹ Все показатели
button-indicator-chart = 🖼 График
button-indicator-plan = 🎯 Задать план
button-indicator-no-plan = Убрать план
