# Forms: making them by taps, by a list or from a table, publishing them, and giving them to rows and activities.

command-forms = формы ответов: вопросы школам
forms-list = 📝 <b>Формы</b>
    Форма – это вопросы, на которые школа отвечает вместо простого «Выполнено». ✏️ – черновик, его ещё никто не видит.
forms-none = 📝 <b>Формы</b>
    Форм пока нет. Форма – это вопросы, на которые школа отвечает вместо простого «Выполнено»: числа, «да» или «нет», ссылки, файлы.
form-label = 📝 { $title }
form-label-draft = ✏️ { $title }
form-label-edited = 📝✏️ { $title }
button-form-new = ➕ Новая форма
button-to-forms = 📝 Все формы

form-made-title = 📝 <b>{ $title }</b>
form-made-facts = { $unit }
    Заполнили: { $filled } · дел с формой: { $used } · версия { $number }
form-made-draft = { $unit }
    ✏️ Черновик: его ещё никто не видит.
form-made-retired = Форма убрана: новым делам её не дать.
form-made-edited = ✏️ Есть правки, которых школы ещё не видят.
button-form-edit = ✏️ Изменить вопросы
button-form-edit-on = ✏️ Продолжить правку
button-form-rename = Переименовать
button-form-copy = 📄 Копия
button-form-retire = 🗄 Убрать
button-form-preview = 👁 Посмотреть глазами школы

form-editor-title = ✏️ <b>{ $title }</b>
form-editor-new = Черновик сохраняется сам. Школы увидят вопросы после «Готово».
form-editor-edits = Правки сохраняются сами. Школы увидят их после «Готово».
form-editor-begun = ⚠️ Форму уже начали заполнять: { $n }. Их ответы останутся при прежних вопросах, а правки станут версией { $number }.
form-editor-empty =
    Вопросов пока нет. Добавьте по одному, вставьте списком или пришлите таблицу.
form-editor-guessed = ❔ Тип угадан по словам у { $n ->
    [one] { $n } вопроса
   *[other] { $n } вопросов
} из { $total }{ $elsewhere ->
    [0] {""}
   *[other] , из них на других страницах – у { $elsewhere }
}. Проверьте; чтобы исправить, нажмите номер вопроса.
form-line = { $place }. { $text } – <i>{ $kind }</i>
form-line-guessed = { $place }. { $text } – ❔ <i>{ $kind }</i>
form-line-problem = ⚠️ { $problem }
button-form-confirm = ✅ Типы верны ({ $n })
button-form-confirm-all = ✅ Верны на всех страницах ({ $n })
button-form-undo = ↩️ Вернуть как было
button-form-add = ➕ Вопрос
button-form-lines = 📋 Списком
button-form-table = 📊 Из таблицы
button-form-publish = ✅ Готово
button-form-drop = 🗑 Удалить черновик
button-form-drop-edits = Отменить правки
form-begun = Форма начата.
form-copied = Копия сделана. Её вопросы можно менять, прежняя форма останется как есть.
form-copy-title = Копия: { $title }
form-renamed = Название изменено.
form-published =
    ✅ Готово. Сама форма никому не уходит: нажмите «📤 Разослать школам» и выберите срок.
    Её можно дать и строке плана: «Что прислать» – «Форма…».
form-published-new = ✅ Готово: версия { $number }. Кто уже начал, закончит прежнюю; остальные увидят новую.

button-form-send = 📤 Разослать школам
form-send-ask = 📤 <b>{ $title }</b>

    До какого дня заполнить? Выберите или напишите, например: <i>до 20 декабря</i>
form-send-until = до { $day }
form-send-title = Форма: { $title }
form-send-no-term = ⚠️ Не понял срок «{ $words }».
form-send-preview = 📤 <b>{ $title }</b>
    Вопросов: { $n }. Школа увидит кнопку «📝 Заполнить».
form-send-due = Срок: <b>{ $date }</b>
form-send-past = ⚠️ Этот срок уже прошёл. Выберите другой.
form-send-before = 📤 Форма «{ $title }» с этим сроком уже разослана: { $phrase }.
form-sent = 📤 <b>Разослано:</b> форма «{ $title }», { $size }, срок { $date }.
    Напомню тем, кто не заполнит, и соберу ответы: как идёт, видно в /board.
toast-form-sent = Разослано
toast-form-sent-before = Уже разослано, второй раз никому не пришло
button-form-send-back = ↩️ Отозвать рассылку
button-form-take-back-yes = Да, отозвать
button-form-take-back-no = ‹ Не отзывать
form-take-back-ask = Отозвать рассылку формы «{ $title }»? Если никому ещё не писали, о ней никто не узнает. Если писали – все, кто получил сообщения, узнают, что заполнять не нужно.
form-taken-back-unheard = Рассылка формы «{ $title }» отозвана, сообщений никто не получил. Разослать её с другим сроком?
form-taken-back = Рассылка формы «{ $title }» отозвана. Кому я писал, те узнают, что заполнять не нужно.
button-form-send-anew = 📤 Разослать заново
button-form-card = 📝 К форме
button-form-send-now = 🚀 Разослать
button-form-send-whom = 👥 Кому
button-form-send-other = 🗓 Другой срок
toast-form-not-sent = Никому не разослано
button-form-send-drop = ✖️ Не рассылать

form-retire-ask = Убрать форму «{ $title }»? Новым делам её будет не дать. Дел, где она уже есть: { $used } – там её заполнят как прежде.
button-form-retire-sure = 🗄 Да, убрать
form-drop-ask = Удалить черновик «{ $title }» со всеми вопросами?
form-drop-edits-ask = Отменить все правки формы «{ $title }»? Вопросы останутся прежними.
button-form-drop-sure = Да
toast-form-retired = Форма убрана
toast-form-dropped = Черновик удалён
toast-form-published = Готово
toast-form-guessed = Сначала подтвердите угаданные типы: «Типы верны».
toast-form-not-whole = Вопрос { $place }: { $problem }
toast-question-removed = Вопрос удалён. Передумали – «Вернуть как было».

form-kind = { $kind ->
    [choice] один из списка
    [several] несколько из списка
    [yes_no] да или нет
    [whole] целое число
    [decimal] число
    [link] ссылка
    [file] файл
    [date] дата
   *[text] текст
}
form-kind-of = { $kind }: { $options }
form-part-plan = план от { $figure }
form-part-low = не меньше { $figure }
form-part-high = не больше { $figure }
form-part-optional = можно пропустить

form-fault-no-questions = нет ни одного вопроса
form-fault-too-many = в форме может быть не больше 60 вопросов
form-fault-no-text = нет текста вопроса
form-fault-text-too-long = слишком длинно: вопрос – до 300 знаков, единица – до 20
form-fault-bad-key = вопрос не сохранился, добавьте его заново
form-fault-same-key = вопрос записан дважды
form-fault-few-options = нужно хотя бы два варианта
form-fault-many-options = вариантов может быть не больше 12
form-fault-bad-option = варианты повторяются или длиннее 60 знаков
form-fault-bad-bounds = границы и план не сходятся: не меньше ≤ план ≤ не больше
form-fault-not-a-figure = единица, план и границы бывают только у чисел
form-fault-unknown-kind = такого типа нет
form-fault-bad-figure = здесь нужно число
form-fault-unknown-required = напишите «да» или «нет» в столбце «Обязательно»

form-question-title = <b>{ $place } из { $total }.</b> { $text }
form-question-kind = Ответ: <i>{ $kind }</i>
form-question-aside = ↩️ Отложено: { $parts }. Вернётся вместе с типом, для которого это было.
form-question-guessed = ❔ Тип угадан по словам.
form-question-gone = Этот вопрос уже удалён.
button-question-words = ✏️ Текст
button-question-kind = Тип ответа
button-question-options = Варианты
button-question-unit = Единица
button-question-plan = План
button-question-low = Не меньше
button-question-high = Не больше
button-question-let-skip = Разрешить пропускать
button-question-require = Сделать обязательным
button-question-up = ⬆️ Выше
button-question-down = ⬇️ Ниже
button-question-remove = 🗑 Удалить
button-question-ready = Дальше ›
button-form-add-next = ➕ Следующий вопрос
button-to-questions = ‹ Ко всем вопросам
button-to-question = ‹ К вопросу
button-kind-right = ✅ Верно
button-unit-none = Без единицы
button-unit-other = Другая…
button-part-clear = ✖️ Убрать

form-kind-ask = { $text }

    Какой ответ нужен?
form-kind-ask-guessed = { $text }

    По словам похоже на: <i>{ $kind }</i>. Верно?
form-unit-ask = { $text }

    В чём считать?

form-type-new = Как назвать форму? Например: «Мониторинг наставничества». Передумали – /cancel
form-type-rename = Напишите новое название формы.
form-type-question = Напишите вопрос. Можно сразу с единицей и планом:
    <i>Сколько наставников (чел.), не менее 20</i>
    <i>Приказ издан? (да/нет)</i>
    <i>Где проходит: в школе / в кванториуме</i>
    <i>Какие кружки есть (можно несколько): шахматы / театр / хор</i>
form-type-lines = Пришлите вопросы одним сообщением, каждый с новой строки. Единицы, планы и типы прочитаю по словам и покажу, что понял. Например:
    <i>Сколько наставников (чел.), не менее 20</i>
    <i>Приказ издан? (да/нет)</i>
    <i>Где проходит: в школе / в кванториуме</i>
    <i>Какие кружки есть (можно несколько): шахматы / театр / хор</i>
form-type-words = Сейчас: { $text }

    Напишите вопрос заново.
form-type-options = { $text }

    Напишите варианты: каждый с новой строки или через запятую.
form-type-unit = { $text }

    Напишите единицу, например «мест» или «тыс. руб.».
form-type-plan = { $text }

    Какой план? Напишите число: «не менее 200». Меньшее примем, но отметим.
form-type-low = { $text }

    Меньше какого числа быть не может? Меньшее переспросим.
form-type-high = { $text }

    Больше какого числа быть не может? Большее переспросим.
form-bad-title = ⚠️ Название – от 1 до 200 знаков.
form-bad-question = ⚠️ Здесь нет вопроса. Напишите его словами.
form-bad-form = ⚠️ Не получилось: { $problem }.
form-bad-figure = ⚠️ Здесь нужно число цифрами, например 200.
form-lines-taken = Добавлено вопросов: { $n }.
form-words-wanted = Здесь нужен текст. Напишите его или нажмите «Отмена».
form-title-first = Сначала напишите название формы, потом пришлёте таблицу.
form-making-dropped = Черновик формы сохранён. Продолжить: /forms
form-making-cancelled = Хорошо. Всё, что вы сделали, сохранено: /forms

form-table-ask = Пришлите файл, из него получатся вопросы:
    • наш шаблон .xlsx, заполненный: строка – вопрос;
    • документ с таблицей показателей (.docx, .xlsx, .pdf): «Показатель», «Единица», «План».
button-form-template = ⬇️ Скачать шаблон
form-template-name = вопросы формы.xlsx
form-template-caption = Заполните: строка – вопрос. Строки «Пример:» можно оставить, они не считаются. Потом пришлите файл сюда.
form-table-only-file = ⚠️ Жду файл.
form-table-wrong-file = ⚠️ Нужен файл .xlsx, .docx, .pdf или .csv, не больше { $limit } МБ.
form-table-none = ⚠️ В файле нет ни нашего шаблона, ни таблицы показателей со столбцом «Единица» или «План».
form-template-taken = Из шаблона: вопросов – { $n }.
form-indicators-taken = Из таблицы документа: { $n } { $n ->
    [one] показатель
    [few] показателя
   *[other] показателей
}.
form-indicators-plans = ⚠️ Столбцов с планом несколько, поэтому план не взят. Укажите его у вопросов сами.
form-indicators-others = ⚠️ Таблиц показателей в файле больше, взята первая. Осталось: { $n }.
form-table-bad = ⚠️ Ничего не взято: исправьте строки и пришлите файл ещё раз.
form-table-bad-row = Строка { $number }: { $fault }
form-table-bad-row-words = Строка { $number }: «{ $words }» – { $fault }
form-table-bad-rest = …и ещё строк: { $n }

button-form-of-document = 📊 Новая из таблицы документа
toast-form-no-document = Файла этого документа больше нет.
toast-form-no-indicators = В документе нет таблицы показателей со столбцом «Единица» или «План».

form-preview = 👁 <i>Так увидит школа. Кнопки только листают, ничего не сохраняется.</i>
button-preview-next = Следующий вопрос ›
button-preview-leave = ✖️ Закончить просмотр

button-row-form = 📝 Форма…
row-has-form = 📝 Отвечают по форме
button-activity-form = 📝 Форма ответа
form-none = Без формы
form-give-row = Какую форму заполняют по строке { $number }?
    { $title }
    { $n ->
    [0] Готовых форм пока нет: сделайте форму и нажмите в ней «Готово».
   *[other] Форма заменит «Выполнено».
}
form-give = Форма сейчас: <b>{ $title }</b>
    { $n ->
    [0] Готовых форм пока нет: сделайте форму и нажмите в ней «Готово».
   *[other] Кто должен ответить, увидит «Заполнить» вместо «Выполнено».
}
form-give-begun = Форма сейчас: <b>{ $title }</b>
    Её уже заполняют, поэтому сменить или убрать форму нельзя. Вопросы можно править: у тех, кто начал, останутся прежние.
toast-form-given = Форма дана
toast-form-taken-away = Форма убрана
toast-form-in-use = Форму уже заполняют: сменить её нельзя.

file-form-template-sheet = Вопросы
file-form-template-text = Вопрос
file-form-template-kind = Тип
file-form-template-options = Варианты
file-form-template-unit = Единица
file-form-template-plan = План
file-form-template-low = Не меньше
file-form-template-high = Не больше
file-form-template-required = Обязательно
file-form-template-text-note = Что спросить, до 300 знаков
file-form-template-kind-note = Выберите из списка. Пусто – бот угадает тип по словам и переспросит
file-form-template-options-note = Только для выбора: через точку с запятой или каждый с новой строки
file-form-template-unit-note = Только для чисел: чел., %, шт., руб.
file-form-template-plan-note = Только для чисел: сколько должно быть. Меньшее принимается и отмечается
file-form-template-low-note = Меньшее переспросят
file-form-template-high-note = Большее переспросят
file-form-template-required-note = да или нет; пусто – да
file-form-template-figure = Здесь нужно число
file-form-template-yes-no = да|нет
file-form-template-example-1 = Пример: Сколько наставников? | целое число |  | чел. | 20 | 0 | 500 | да
file-form-template-example-2 = Пример: Где проходят занятия? | выбор | В школе; В кванториуме |  |  |  |  | да
file-form-template-example-3 = Пример: Какие кружки работают? | несколько | Шахматы; Театр; Хор |  |  |  |  | да
file-form-template-example-4 = Пример: Что мешает работе? | текст |  |  |  |  |  | нет
