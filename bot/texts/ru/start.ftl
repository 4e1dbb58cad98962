# What is printed when the bot cannot start.
start-no-token =
    Не задан BOT_TOKEN.
    Чтобы получить токен, напишите в Telegram боту @BotFather команду /newbot и впишите выданный токен в файл .env: BOT_TOKEN=123456:ABC…
    Посмотреть бота без токена и без Telegram: make demo
start-bad-token = BOT_TOKEN записан неверно: токен выглядит так – 123456789:AAE… (число, двоеточие и 35 знаков). Скопируйте его у @BotFather ещё раз.
start-token-refused = Telegram не принимает токен из BOT_TOKEN: в нём опечатка или он отозван. Действующий токен покажет @BotFather по команде /mybots.
start-wrong-setting = Настройка { $name } записана неверно: { $fault ->
    [greater_than] нужно число больше { $limit }
    [greater_than_equal] нужно число не меньше { $limit }
    [less_than] нужно число меньше { $limit }
    [less_than_equal] нужно число не больше { $limit }
    [float_parsing] нужно число
    [int_parsing] { $name ->
        [OWNER_IDS] нужны номера через запятую, без @ и букв. Свой номер скажет @userinfobot
       *[other] нужно целое число
    }
    [bool_parsing] нужно true или false
    [literal_error] нужно одно из: { $limit }
   *[other] { $name ->
        [WEBHOOK_SECRET] нужны латинские буквы, цифры, _ и -, не больше 256 знаков
       *[other] такого значения не бывает. Как её пишут, показано в .env.example
    }
}
start-database-too-new = База данных записана более новой версией программы (схема { $revision }). Обновите программу: эта версия могла бы испортить данные, поэтому ничего не тронуто.
start-database-unusable = { $kind ->
    [locked] Базу данных { $place } держит другая программа. Закройте её и запустите бота снова: ничего не потеряно.
    [damaged] Файл { $place } – не база Вестового, или она повреждена. Если путь в DATABASE_URL верный, верните копию из папки backups рядом с базой: python -m bot restore ФАЙЛ
   *[other] База данных не открывается: { $place }. Причина: { $reason }
}
start-no-webhook-secret = Задан WEBHOOK_URL, но не задан WEBHOOK_SECRET. Придумайте длинную строку из латинских букв и цифр: по ней бот отличает Telegram от посторонних.
start-env-unreadable = Файл .env записан не в UTF-8. Сохраните его заново: в Блокноте «Файл» → «Сохранить как» → «Кодировка: UTF-8».
start-address-taken = { $setting }: адрес { $address } занят другой программой, его нет у этой машины, или на него нет права (порты меньше 1024). Назовите другой порт, например на единицу больше.
start-webhook-refused = Telegram не принимает WEBHOOK_URL: { $reason }. Нужен адрес https:// с портом 443, 80, 88 или 8443. Без него бот тоже работает: оставьте WEBHOOK_URL пустым.
start-no-driver = Для базы PostgreSQL нужен драйвер, а он не установлен: .venv/bin/pip install asyncpg
