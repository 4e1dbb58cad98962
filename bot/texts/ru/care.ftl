# What the commands that look after the bot print: backup, restore, check. Plain text.
backup-made = Копия сделана: { $file } ({ $size } МБ). Вернуть её: python -m bot restore { $file }
backup-exists = Файл { $file } уже есть. Назовите другой.
backup-failed = { $kind ->
    [locked] Базу держит другая программа, { $file } не записан. Закройте её и повторите.
    [damaged] База повреждена, копию { $file } снять с неё нельзя. Вернуть прежнюю: python -m bot restore ФАЙЛ
   *[other] Не получилось записать { $file }: { $reason }
}
backup-not-sqlite = Команда копирует только базу SQLite. Для PostgreSQL есть pg_dump и pg_restore.
backup-no-database = Базы данных { $file } ещё нет: копировать нечего.
restore-done = База { $file } восстановлена из копии. Запустите бота, как обычно: make run или systemctl start
restore-done-kept = База { $file } восстановлена из копии. Прежняя сохранена: { $kept }. Запустите бота, как обычно: make run или systemctl start
restore-in-use = Сейчас с этой базой работает бот. Остановите его и повторите: ничего не тронуто.
restore-refused = Копия { $file } не подходит: { $fault ->
    [missing] такого файла нет
    [foreign] это не база Вестового
    [damaged] она повреждена
    [newer] её сделала более новая версия программы
   *[other] её не удалось прочитать
}. Ничего не тронуто.
start-database-in-use = С этой базой уже работает другой бот (процесс { $process }): { $place }. Два бота на одной базе писали бы людям всё дважды. Остановите тот или назовите другую базу в DATABASE_URL.
start-another-instance = Обновления этого бота уже забирает другая программа с тем же токеном. Остановите её: два бота на одном токене отбирают сообщения друг у друга.
start-foreign-webhook = Сообщения этого бота Telegram отдаёт другой программе, по адресу { $host }: она работает с тем же токеном. Остановите её. Если её больше нет, а прежний адрес остался, заберите бота: python -m bot run --take-over

check-line = { $verdict ->
    [good] ✓
    [doubtful] !
   *[bad] ✗
} { $words }
check-settings-good = Настройки записаны верно
check-no-owner = OWNER_IDS пуст: создать сеть и узнать о сбоях будет некому
check-no-operator = OPERATOR_CONTACT пуст: в согласии не сказано, к кому обращаться по поводу данных
check-half-webhook = WEBHOOK_URL и WEBHOOK_SECRET задают вместе: впишите недостающее или сотрите оба
check-no-sqlite = База не SQLite: её целость проверяют средствами самой базы
check-no-database = Базы { $file } ещё нет: её создаст первый запуск
check-database-good = База { $file } цела; { $running ->
    [True] бот с ней работает
   *[other] бот сейчас не запущен
}
check-database-bad = { $fault ->
    [damaged] База { $file } повреждена. Остановите бота и верните копию: python -m bot restore { $copy }
    [locked] Базу { $file } держит другая программа: бот не может в неё записывать. Закройте ту программу
    [unreadable] Файл { $file } не открывается: дайте программе право читать и записывать его и папку, в которой он лежит
   *[other] Файл { $file } – не база Вестового, или её начало повреждено. Если путь в DATABASE_URL верный, остановите бота и верните копию: python -m bot restore { $copy }
}
check-database-gone = Базы { $file } нет, а её копии есть. Подключён ли диск, верен ли путь в DATABASE_URL? Вернуть последнюю: python -m bot restore { $copy }
check-database-closed = База { $file } доступна только для чтения: дайте программе право записи в файл и в папку, в которой он лежит
check-folder-closed = Папку { $folder } для базы не создать: нет права записи. Дайте его или назовите другое место в DATABASE_URL
check-schema = Схема базы { $revision } старее программы: её обновит следующий запуск, сняв копию
check-schema-newer = База записана более новой версией программы (схема { $revision }): эта с ней не запустится. Обновите программу
check-parked = Не удалось обработать сообщений: { $n }. Откройте в боте /parked: их можно обработать ещё раз
check-no-backup = Копий базы нет. Первую сделает ночь или команда python -m bot backup
check-backup = Последняя копия базы: { $file }, ей { $days ->
    [0] меньше суток
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
}
check-disk-good = На диске свободно { $free } ГБ
check-disk-bad = На диске осталось { $free } ГБ: ответы скоро будет некуда записывать. Освободите место
check-no-token = BOT_TOKEN не задан: токен выдаёт @BotFather, впишите его в файл .env
check-token-good = Telegram знает бота: @{ $username }
check-token-refused = Telegram не принимает BOT_TOKEN: в нём опечатка или он отозван. Действующий покажет @BotFather по команде /mybots
check-no-telegram = Telegram не отвечает ({ $reason }). Проверьте интернет на этой машине и адрес в TELEGRAM_API_URL
check-clock-good = Часы верны
check-clock-bad = Часы этой машины расходятся с часами Telegram на { $seconds } с: напоминания уйдут не вовремя. Включите точное время: sudo timedatectl set-ntp true
check-owner-absent = Владелец { $owner } не нажимал Start у этого бота: о сбоях ему не написать
check-webhook-foreign = Сообщения бота Telegram отдаёт другой программе, по адресу { $host }. Остановите её. Если её больше нет: python -m bot run --take-over
check-webhook-abandoned = Сообщения бота Telegram отдаёт по адресу { $host }, и там их не принимают: при запуске бот заберёт их сам
check-webhook-unset = Webhook ещё не записан у Telegram: бот запишет его при запуске
check-webhook-lost = Webhook бота снят другой программой, ответы людей до него не доходят. Остановите её и перезапустите бота; не ваша – замените токен в @BotFather
check-webhook-error = Telegram не может доставить обновления (ждут: { $n }): { $reason }
check-updates = Обновления: { $way ->
    [webhook] через webhook
   *[polling] бот забирает сам
}, ждут { $n }

# /parked: what could not be handled, for the owner.
command-parked = сообщения, которые не удалось обработать
parked-none = Отложенных сообщений нет: всё обработано.
parked-title = <b>Не удалось обработать: { $n }</b>
parked-line = № { $update }, { $at }
    <code>{ $error }</code>
parked-hint = Когда причина устранена, обработайте их ещё раз. Если они уже не нужны, забудьте: вместе с ними удалится и то, что люди написали.
button-parked-list = Посмотреть
button-parked-retry = 🔁 Обработать ещё раз
button-parked-forget = 🗑 Забыть
toast-parked-retried = Обрабатываю ещё раз: { $n }
toast-parked-forgotten = Забыто: { $n }
