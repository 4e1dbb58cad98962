# Questions about a file that does not say which sheet is the plan, or which column is which.
sheets-ask = 📑 В файле «{ $name }» { $n ->
    [one] { $n } лист с таблицей
    [few] { $n } листа с таблицами
   *[other] { $n } листов с таблицами
}. <b>Какой прочитать?</b>
button-sheet = { $name } · { $n ->
    [one] { $n } строка
    [few] { $n } строки
   *[other] { $n } строк
}
button-sheets-all = Все листы
columns-intro = 🔎 По заголовку не понять, что в каком столбце. Помогите мне: пара нажатий – и дальше всё как обычно. Вот начало таблицы:
columns-chosen = ✔️ { $column ->
    [title] Название мероприятия
    [phrase] Срок
    [responsible] Ответственный
    [result] Результат
   *[number] Номер
} – столбец { $place } «{ $label }»
columns-ask = <b>{ $column ->
    [title] В каком столбце название мероприятия?
    [phrase] В каком столбце срок?
    [responsible] В каком столбце ответственный?
    [result] В каком столбце результат?
   *[number] В каком столбце номер строки?
}</b>
button-column-none = Нет такого
columns-by-button = Выберите кнопкой под моим вопросом выше. Если этот файл не нужен, нажмите «Отмена» или /cancel.
columns-left = Прошлый файл оставил непрочитанным и начинаю с нового. Понадобится – пришлите его ещё раз.
columns-cancelled = Хорошо, этот файл не читаю. Пришлите его снова, когда понадобится.
toast-question-over = Этот вопрос уже закрыт. Если файл ещё нужен, пришлите его снова.
