# Tags on schools and people, and the programme of a person.

button-tags = 🏷 Метки
button-tags-person = 🏷 Метки и программа
button-tag-put = ＋ { $label }
button-tag-take = ✖️ Снять: { $label }
button-programme = 🎯 Программа
button-programme-none = ✖️ Ни в какой
tags-none = нет
tags-of-unit =
    🏷 <b>{ $place }</b>
    Метки: <b>{ $words }</b>

    Нажмите готовую или напишите свою, например: <i>пилотная</i> или <i>сельская, малокомплектная</i>. По меткам можно выбирать, кого звать и кто отвечает. Метка действует и на всё, что ниже.
tags-of-person =
    🏷 <b>{ $name }</b>, { $place }
    Метки: <b>{ $words }</b>

    Нажмите готовую или напишите свою, например: <i>эксперт</i>. Метки видят только координаторы и сам человек, когда скачивает свои данные.
programme-of-person =
    🎯 <b>{ $name }</b>
    Программа: <b>{ $programme }</b>

    Выберите или напишите название, например: <i>Точка роста</i>.
tag-empty = Не вижу метки. Напишите слово, например: <i>пилотная</i>
tag-too_long = Слишком длинно: в метке до 30 знаков. Напишите короче.
tag-too_many = Меток уже десять. Снимите лишнюю.
programme-empty = Не вижу названия. Напишите словами, например: <i>Точка роста</i>
programme-too_long = Слишком длинно: до 100 знаков. Напишите короче.
tags-left = Хорошо. Что уже поставлено, сохранено.
people-tags = Метки: { $words }
people-programme = Программа: { $words }
