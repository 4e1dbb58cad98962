# The collective summary of the silent, and who controls a document
summary-ahead = 📣 <b>{ $n ->
    [one] Срок близко, ответили не все
   *[other] Сроки близко, ответили не все
}</b>
summary-named = { $headline }: { $units }
summary-instead = <i>Пишу вам вместо { $level ->
    [school] координатора школы
    [municipality] координатора муниципалитета
    [region] регионального координатора
   *[controller] контролирующего по документу
}: там некому написать.</i>
summary-matter = { $headline }:
summary-unit = • { $title }{ $contacts }
summary-unit-nobody = • { $title } – координатора нет
summary-contact = { $name }, { $phone }
summary-all-answered = Уже ответили все, кто был в этой сводке.
summary-matter-answered = По этому делу уже ответили все.
button-summary-matter = { $n } · { $title }
button-summary-nudge = 🔔 Напомнить им
button-summary-board = 📊 Сводка по делу
button-to-summary = ‹ К списку дел

controller-title = 🖋 <b>Кто контролирует исполнение</b>
    { $document }
    В документе: { $named }
controller-none-named = не назван
controller-now = Сейчас: { $name }
controller-nobody = Сейчас никто не выбран.
controller-why = Ему придёт общая сводка, если лестница доходит до контролирующего. Выбрать можно координатора вашего уровня или выше; нет нужного – пригласите его в /invite.
controller-saved = Сохранено
button-controller = 🖋 Кто контролирует
button-controller-person = { $name } · { $place }
button-controller-clear = Никто
