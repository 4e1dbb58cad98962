# Сообщение о ходе рассылки: одно, меняется само.
broadcast-event = объявление «{ $title }»
broadcast-plan = план «{ $title }»
broadcast-task = поручение «{ $title }»
broadcast-selection = отбор «{ $title }»
broadcast-call = сбор предложений «{ $title }»
broadcast-nudge = напоминание «{ $title }»
broadcast-decisions = решения отбора «{ $title }»
broadcast-materials = материалы «{ $title }»
broadcast-moved = сообщение о переносе «{ $title }»
broadcast-called-off = сообщение об отмене «{ $title }»
broadcast-ended = сообщение о завершении «{ $title }»
broadcast-changed = сообщение об изменениях в плане «{ $title }»
broadcast-going = 📤 Рассылка: { $what }
    { $bar } ушло { $gone } из { $total }
broadcast-stopped = ⏸ Рассылка на паузе: { $what }
    { $bar } ушло { $gone } из { $total }. Остальным ничего не придёт, пока вы не продолжите.
broadcast-over = ✅ Рассылка закончена: { $what }
    Ушло: { $gone }
broadcast-failed = Не дошло: { $n }
broadcast-later = Ночью не беспокоим: позже уйдёт ещё { $n }
button-broadcast-stop = ⏸ Пауза
button-broadcast-resume = ▶️ Продолжить
button-broadcast-drop = ⏹ Остановить совсем
