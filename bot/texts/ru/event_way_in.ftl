# How people get to an event that is announced: its link, its place, its code.
button-webinar-way-in = 🔗 Как попасть
way-in-title = <b>Как попасть: { $title }</b>
way-in-link = 🔗 Ссылка: { $words }
way-in-place = 📍 Место: { $words }
way-in-code = 🔑 Код доступа: { $words }
way-in-none = нет
button-way-in-link = 🔗 Изменить ссылку
button-way-in-place = 📍 Изменить место
button-way-in-code = 🔑 Изменить код
button-way-in-drop = Убрать совсем
way-in-ask-link = Пришлите новую ссылку для «{ $title }».
way-in-ask-place = Где теперь пройдёт «{ $title }»? Напишите адрес или зал.
way-in-ask-code = Напишите новый код доступа на «{ $title }».
way-in-changed = ✅ { $way ->
    [place] Место изменено
    [code] Код изменён
   *[link] Ссылка изменена
}. Старые сообщения в чатах исправлю сам. { $told ->
    [0] Писать об этом пока некому.
    [one] Отдельно напишу { $told } человеку.
   *[other] Отдельно напишу { $told } людям.
}
way-in-same = ✅ Так уже и записано. Кого это касается, тот узнает.
notice-way-in-link = 🔗 <b>Новая ссылка для входа</b>
notice-way-in-place = 📍 <b>Место изменилось</b>
notice-way-in-code = 🔑 <b>Новый код доступа</b>
notice-way-in-refreshed = ✏️ <b>Исправлено: как попасть</b>
webinar-place = Место: { $place }
webinar-code = Код доступа: { $code }
