# Why a document cannot be read: one sentence that says what to do. Plain text: it stands in the terminal, too.
reading-empty-file = Файл пуст. Проверьте его и пришлите ещё раз.
reading-too-large = Внутри файла больше данных, чем бывает в документе. Скопируйте таблицу в новый файл .docx и пришлите его.
reading-too-large-file = Файл больше { $limit } МБ. Оставьте в нём только документ и пришлите ещё раз.
reading-too-large-pages = В файле страниц: { $pages }, а прочитать можно не больше { $limit }. Оставьте в нём только страницы с планом и пришлите ещё раз.
reading-not-a-docx = Это не документ Word, хотя назван так. Откройте файл и сохраните его как .docx.
reading-damaged = Файл повреждён. Откройте его в Word и сохраните как .docx заново.
reading-encrypted = Файл закрыт паролем. Сохраните его без пароля и пришлите ещё раз.
reading-old-word-format = Это старый формат .{ $format }. Откройте файл и сохраните как .docx.
reading-old-excel-format = Таблицы .{ $format } бот не читает. Откройте файл и сохраните как .xlsx.
reading-several-sheets = В книге несколько листов с таблицами: { $sheets }. Назовите тот, который читать.
reading-unsupported-format = Такие файлы бот пока не читает. Пришлите документ .docx, таблицу .xlsx или текст .txt.
reading-unsupported-format-named = Файлы .{ $format } бот пока не читает. Пришлите документ .docx, таблицу .xlsx или текст .txt.
reading-unreadable-text = Не удалось понять кодировку текста. Сохраните файл как «Текст Юникод (UTF-8)» или как .docx.
reading-scanned = Это скан: в файле картинки, а не текст. Пришлите документ .docx или .pdf, в котором текст можно выделить.
reading-garbled = Буквы в этом .pdf записаны так, что их не прочитать (выделенный текст превращается в значки). Пришлите документ .docx.
reading-no-table = В документе нет ни таблицы мероприятий, ни решений со строкой «Срок». Проверьте, тот ли это файл.
reading-empty-table = В таблице есть только заголовок: ни одного мероприятия под ним нет.
reading-unknown-columns = Таблица есть, но по её заголовку не понять, где мероприятие и где срок. Назовите столбцы и пришлите ещё раз.
reading-unknown-columns-missing = Таблица есть, но по её заголовку не видно { $n ->
    [one] столбца
   *[other] столбцов
 } { $columns }. Назовите столбцы и пришлите ещё раз.
reading-unknown-columns-ambiguous = В таблице несколько столбцов подходят под { $columns }. Оставьте один и пришлите ещё раз.
reading-timed-out = Документ читался слишком долго и был отложен. Оставьте в файле только таблицу и пришлите ещё раз.
reading-out-of-memory = Документ слишком велик для чтения. Оставьте в файле только таблицу и пришлите ещё раз.
reading-reader-failed = Документ прочитать не удалось. Скопируйте таблицу в новый файл .docx и пришлите его.
reading-column-title = «Мероприятие»
reading-column-phrase = «Срок»
reading-columns-joined = { $first } и { $second }
