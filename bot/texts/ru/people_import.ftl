# python -m bot people: plain text for a terminal.
import-no-file = Файл «{ $file }» не открывается.
import-fault-not-xlsx = Это не таблица .xlsx. Откройте её в Excel или LibreOffice и сохраните как «Книга Excel (.xlsx)».
import-fault-too-large = Файл слишком велик: не больше 5 МБ и 20 000 строк.
import-fault-no-header = Не найдена строка заголовков. Не хватает столбцов: { $missing }. Нужны: регион, муниципалитет, школа, ФИО, роль; по желанию – когорта.
import-fault-empty = Под заголовком нет ни одной строки.
import-column-region = регион
import-column-municipality = муниципалитет
import-column-school = школа
import-column-full_name = ФИО
import-column-role = роль
import-refused = Ничего не загружено: { $count ->
    [one] в таблице { $count } ошибка
    [few] в таблице { $count } ошибки
   *[many] в таблице { $count } ошибок
}. Исправьте и запустите ещё раз.
import-line = Строка { $line }: { $reason }
import-problem-no_region = не указан регион
import-problem-unknown_region = неизвестный регион «{ $value }»: напишите его полностью, например «Владимирская область»
import-problem-no_municipality = школа «{ $value }» без муниципалитета
import-problem-bad_title = «{ $value }» не похоже на название: нужно от 2 до 200 знаков
import-problem-no_name = не указано ФИО
import-problem-bad_name = «{ $value }» не похоже на фамилию и имя: нужно хотя бы два слова из букв, до 100 знаков
import-problem-no_role = у человека «{ $value }» не указана роль
import-problem-unknown_role = неизвестная роль «{ $value }»: координатор, педагог, обучающийся, тьютор или наставник
import-problem-no_school = у человека «{ $value }» не указана школа; выше школы бывают только координаторы
import-problem-long_cohort = название когорты длиннее 50 знаков: «{ $value }»
import-done = Добавлено регионов, районов и школ: { $units }, ролей людей в них: { $memberships }.
import-nobody = Новых людей нет: все, кто в таблице, уже зарегистрированы.
import-title-person = Человек
import-title-place = Где
import-title-role = Роль
import-title-link = Личная ссылка
import-no-username = Имя бота неизвестно (задайте BOT_USERNAME или BOT_TOKEN), поэтому вместо ссылок напечатано то, что идёт после адреса бота: https://t.me/ИМЯ_БОТА?start=…
import-qr = QR-картинки для печати: { $folder }
