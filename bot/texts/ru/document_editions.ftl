# A newer edition of a document that is planned already, and the plan beside its own document.

edition-question = 🔁 <b>Похоже, это новая редакция.</b>
    Документ уже запланирован { $date }: { $name } «{ $title }».
    Что сделать?
button-edition-compare = ⚖️ Сравнить
button-edition-alone = 📄 Отдельный документ
edition-plan-differs = ✏️ С тех пор план меняли вручную: могу показать, чем он отличается от документа.
button-edition-recheck = ⚖️ Сравнить с планом
edition-plan-gone = План, с которым сравнивался этот документ, отменён: сравнивать не с чем. Документ можно запланировать отдельно.

# The differences.
edition-title = ⚖️ <b>Новая редакция и план</b>
    { $name } «{ $title }»
edition-title-recheck = ⚖️ <b>Документ и план</b>
    { $name } «{ $title }»
    Здесь то, что в плане изменили вручную. Само собой ничего не вернётся: отметьте, что сделать как в документе.
edition-counts = Новых строк: { $new }, изменились сроки: { $term }, изменились слова: { $words }, нет в документе: { $gone }, без изменений: { $same }
edition-no-changes = ✅ Отличий нет.
edition-unclear = ❓ { $n ->
    [one] { $n } изменение ждёт
    [few] { $n } изменения ждут
   *[other] { $n } изменений ждут
} вашего слова: ответьте или оставьте в плане как есть.
edition-legend = ✅ – сделаю как в документе, ▫️ – оставлю как в плане. Нажмите номер, чтобы поменять.
edition-mark = { $state ->
    [on] ✅
    [unclear] ❓
   *[off] ▫️
}
edition-new = { $mark } <b>{ $place })</b> 🆕 Новая строка: { $title }
edition-term = { $mark } <b>{ $place })</b> 📅 Изменился срок: { $title }
edition-words = { $mark } <b>{ $place })</b> ✏️ Изменились слова: { $title }
edition-gone = { $mark } <b>{ $place })</b> ➖ В документе этой строки нет: { $title }
edition-phrases = Было: <i>«{ $old }»</i>
    Стало: <i>«{ $new }»</i>
edition-question-line = Стало: <i>«{ $phrase }»</i>
edition-past = → Новый срок уже прошёл. Что делать с этой строкой?
edition-reworded = Новые слова: { $texts }
edition-text = { $text ->
    [title] название
    [responsible] ответственный
    [result] результат
   *[phrase] срок
}
edition-moved = Перенос: <b>{ $dates }</b>{ $rest ->
    [0] {""}
   *[other] {" "}и ещё { $rest }
}
edition-added = Добавится: <b>{ $dates }</b>{ $rest ->
    [0] {""}
   *[other] {" "}и ещё { $rest }
}
edition-called-off = Отменится: <b>{ $dates }</b>{ $rest ->
    [0] {""}
   *[other] {" "}и ещё { $rest }
}
edition-stays = Останется в плане: <b>{ $dates }</b>{ $rest ->
    [0] {""}
   *[other] {" "}и ещё { $rest }
}
edition-heard = { $n ->
    [0] Об этом сроке ещё никому не писали
   *[other] Знают о сроке: { $schools }
}{ $answers ->
    [0] {""}
   *[other] , уже ответили: { $answers }
}
button-edition-answer = ❓ { $place }: ответить
button-edition-leave = ▫️ Неясное оставить как в плане ({ $n })
button-edition-preview = Дальше: проверить и применить ›
button-edition-rows = 📄 Все строки документа
button-edition-back = ‹ К сравнению
button-document-file = 📎 Сам файл

# What applying does.
edition-preview = 🔎 <b>Проверьте перед применением</b>
    { $name } «{ $title }»
edition-effect-moved = 📅 Перенос: <b>{ $dates }</b>
edition-effect-off = ✖️ Отмена: <b>{ $dates }</b>
edition-effect-new = 🆕 Новое: <b>{ $rows }, { $dates }</b>
edition-effect-words = ✏️ Новые слова: <b>{ $rows }</b>, об этом никому не пишу
edition-effect-nothing = План останется как есть, никому ничего не придёт.
edition-effect-manner = Каждому – одно сообщение обо всём, что изменилось, и не ночью.
edition-hear-moved = { $n ->
    [0] Сообщение о переносе никому не придёт: об этих сроках ещё не писали
    [one] { $n } школе придёт сообщение о переносе ({ $people })
   *[other] { $n } школам придёт сообщение о переносе ({ $people })
}
edition-hear-off = { $n ->
    [0] Сообщение об отмене никому не придёт: об этих сроках ещё не писали
    [one] { $n } школе придёт сообщение об отмене ({ $people })
   *[other] { $n } школам придёт сообщение об отмене ({ $people })
}
edition-hear-new = О новом узнают: { $size }
edition-answers-moved = { $n ->
    [one] { $n } ответ останется в силе
    [few] { $n } ответа останутся в силе
   *[other] { $n } ответов останутся в силе
}
edition-answers-off = { $n ->
    [one] { $n } ответ сохранится
    [few] { $n } ответа сохранятся
   *[other] { $n } ответов сохранятся
}
button-edition-apply = ✅ Применить изменения
button-edition-keep = ✅ Оставить план как есть
edition-applied = ✅ <b>Изменения применены.</b>
toast-edition-applied = Применено
toast-edition-applied-before = Уже применено, второй раз ничего не сделано
toast-edition-compare-again = План или документ успели изменить. Вот как они выглядят сейчас: посмотрите ещё раз.
toast-edition-as-planned = План совпадает с документом.
toast-no-file = Файл этого документа не сохранился.
edition-history = 🔁 Учтена новая редакция («{ $file }»), { $at }
edition-history-dated = 🔁 Учтена редакция от { $dated } («{ $file }»), { $at }
edition-history-recheck = 🔁 План сверен с документом { $at }
