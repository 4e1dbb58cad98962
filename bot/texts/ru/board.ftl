# The board: who has answered and who has not.
board-title = 📊 <b>Сводка</b>
board-empty = 📊 <b>Сводка</b>

    Ближайшие три месяца пусты. Пришлите мне документ с дорожной картой или создайте вебинар: /webinar
board-empty-past = 📊 <b>Сводка · прошедшие</b>

    За последние два месяца ничего не было.
board-title-past = 📊 <b>Сводка · прошедшие</b>
board-line = { $number }. { $mark } <b>{ $title }</b>
    { $overdue }{ $when }
    ответили { $answered } из { $total }{ $rest }
board-overdue = ❗ срок прошёл:{" "}
board-rest-problem = { $n ->
        [one] { $n } проблема
        [few] { $n } проблемы
       *[many] { $n } проблем
    }
board-rest-maybe = под вопросом { $n }
board-rest-in-review = на проверке { $n }
board-rest-returned = возвращено { $n }
board-rest-postponed = перенесено { $n }
board-rest-silent = { $n ->
        [one] молчит { $n }
       *[other] молчат { $n }
    }
board-rest-unreachable = нет связи: { $n }
board-hint = Нажмите на номер, чтобы увидеть, кто ответил.
button-board-past = Прошедшие
button-board-ahead = Предстоящие
button-board-list = ‹ Все дела
button-board-up = ‹ { $title }
button-board-file = ⬇️ Таблица .xlsx
button-board-refresh = 🔄 Обновить
button-board-nudge = 🔔 Напомнить молчащим ({ $n })
board-one = 📊 <b>{ $title }</b>
    { $when }
    { $place }

    { $sums }
board-sum-answered = ✅ Ответили: <b>{ $answered }</b> из { $total }
board-sum-late = ⏰ из них позже срока: { $n }
board-sum-in-review = 🔎 из них на проверке: { $n }
board-sum-not-ours = 🚷 из них не относится: { $n }
board-sum-returned = ↩️ Возвращено: { $n }
board-sum-postponed = 📅 Перенесено: { $n }
board-sum-in-progress = ⏳ В работе: { $n }
board-sum-maybe = 🤔 Под вопросом: { $n }
board-sum-problem = ⚠️ Есть проблема: { $n }
board-sum-silent = 🔕 Молчат: { $n }
board-sum-unreachable = 🚫 Нет связи: { $n }
board-misdelivery-late = 📭 Не отправлены вовремя и уже не нужны: { $n } (бот был выключен)
board-misdelivery-failed = ❌ Telegram не принял: { $n }
board-misdelivery-doubled = 🔁 Могли прийти дважды: { $n } (сбой при отправке)
board-everything = Вся ваша часть сети
board-child = { $mark } { $title } – { $answered } из { $total }{ $rest }
board-nobody-owes = Здесь никто ничего не должен.
board-entry-answered = ✅ { $who }: { $answer }, { $when }{ $by }
board-entry-late = ⏰ { $who }: { $answer }, { $when } – позже срока{ $by }
board-entry-in-progress = ⏳ { $who }: в работе, { $when }{ $by }
board-entry-maybe = 🤔 { $who }: под вопросом, { $when }{ $by }
board-entry-problem = ⚠️ { $who }: есть проблема, { $when }{ $by }
board-entry-in-review = 🔎 { $who }: { $answer }, { $when } – на проверке{ $by }
board-entry-not-ours = 🚷 { $who }: не относится, { $when }{ $by }
board-entry-returned = ↩️ { $who }: возвращено, срок { $until }
board-entry-postponed = 📅 { $who }: перенесено, срок { $until }
board-entry-silent = 🔕 { $who }: молчит
board-entry-unreachable = 🚫 { $who }: нет связи
board-entry-by = {" "}({ $name })
board-comment = <blockquote>{ $text }</blockquote>
board-thread = 💬 переписка
button-board-thread = 💬 Переписка: { $who }
board-debtors = {"   "}пишем: { $names }
board-no-debtors = {"   "}в боте никого нет – пригласите: /invite
board-more = …и ещё { $n }
reach-blocked = заблокировал бота
reach-deleted = удалил аккаунт
reach-not_started = ещё не открыл приглашение
nudge-preview = 🔔 <b>Напомнить молчащим</b>
    { $title }
    { $place }

    Напишу только тем, кто ещё не ответил: <b>{ $people } { $people ->
        [one] человек
        [few] человека
       *[many] человек
    }</b>.{ $recent }{ $unreachable }
nudge-recent = {" "}Ещё { $n ->
        [one] { $n } человеку
       *[other] { $n } людям
    } уже напоминали в последние 12 часов – их не тронем.
nudge-unreachable = {" "}До { $n } адресатов не достучаться: в боте никого нет.
nudge-nobody = Сейчас напоминать некому: все ответили.
nudge-too-soon = Молчащим уже напоминали. Следующий раз можно { $when }: не чаще, чем раз в 12 часов.
nudge-nobody-reachable = Молчат только те, с кем нет связи. Пригласите координаторов: /invite
nudge-done = ✅ Напоминаю { $people } { $people ->
        [one] человеку
       *[other] людям
    }. У кого сейчас ночь или выходной, получит утром рабочего дня.
button-nudge-yes = 🔔 Напомнить ({ $n })
file-board-name = Сводка { $date }{ $suffix }
file-table-name = Сводка { $n }.csv
board-file-making = ⏳ Готовлю таблицу: { $done } строк из { $total }.
board-file-long = Здесь { $total } строк: для одной таблицы .xlsx это слишком много. В архиве таблица .csv, её открывают Excel и LibreOffice; после каждого миллиона строк начинается следующая.
file-sheet = Сводка
file-title = { $title }
file-due = Срок: { $when }
file-made = Составлено { $when }
file-column-above = Муниципалитет
file-column-unit = Школа
file-column-person = Кто отвечает
file-column-status = Статус
file-column-answer = Ответ
file-column-when = Когда ответили
file-column-by = Кто ответил
file-column-comment = Комментарий
file-whole-school = школа в целом
file-sum = Всего
status-in_time = в срок
status-late = позже срока
status-in_progress = в работе
status-maybe = под вопросом
status-problem = есть проблема
status-in_review = на проверке
status-not_ours = не относится
status-returned = возвращено
status-postponed = перенесено
status-silent = молчит
status-unreachable = нет связи
command-board = сводка: кто ответил, кто молчит
