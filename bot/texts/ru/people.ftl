# Joining, one's own data, the network and its people. Telegram HTML.

# ---- words used in many places
role-name = { $role ->
    [coordinator] координатор
    [teacher] педагог
    [student] обучающийся
    [tutor] тьютор
    [mentor] наставник
   *[other] участник
}
role-button = { $role ->
    [coordinator] Координатор
    [teacher] Учитель
    [student] Ученик
    [tutor] Тьютор
    [mentor] Наставник
   *[other] Участник
}
role-owner = владелец бота
person-number = Участник № { $id }
person-colleague = другой координатор
place-line = { $place } – { $role }
zone-name = { $zone ->
    [Europe-Kaliningrad] Калининград
    [Europe-Moscow] Москва
    [Europe-Samara] Самара
    [Asia-Yekaterinburg] Екатеринбург
    [Asia-Omsk] Омск
    [Asia-Krasnoyarsk] Красноярск
    [Asia-Irkutsk] Иркутск
    [Asia-Yakutsk] Якутск
    [Asia-Vladivostok] Владивосток
    [Asia-Magadan] Магадан
    [Asia-Kamchatka] Камчатка
   *[other] { $zone }
}
zone-button = { $offset } · { $name }

# ---- /start
start-by-link =
    Здравствуйте! Я – вестовой вашей сети школ: приношу сроки и приглашения на вебинары, а ответить можно одним нажатием.

    Вас приглашают: <b>{ $place }</b>
    Роль: <b>{ $role }</b>
start-owner =
    Здравствуйте! Вы указаны владельцем этого бота. Осталось познакомиться, и можно собирать сеть: регионы, муниципалитеты, школы.
start-without-link =
    Здравствуйте! Я – вестовой сети школ: приношу сроки и приглашения на вебинары, а ответить можно одним нажатием.

    Если координатор прислал вам ссылку, откройте её: так быстрее всего. Если ссылки нет, найдите свою школу.
start-empty-network =
    Здравствуйте! Я – вестовой сети школ. Сеть ещё не создана: школ пока нет. Загляните позже или дождитесь ссылки от координатора.
start-bad-link = Эта ссылка с опечаткой или обрезана. Откройте её ещё раз прямо из сообщения координатора.
start-again = Здравствуйте, { $name }!
start-owed = 📋 { $n ->
        [one] <b>Вашего ответа ждёт { $n } дело</b>: /my
        [few] <b>Вашего ответа ждут { $n } дела</b>: /my
       *[many] <b>Вашего ответа ждут { $n } дел</b>: /my
    }
start-nowhere = Сейчас вы не состоите ни в одной школе, и напоминания не приходят. Откройте ссылку от координатора или найдите свою школу.
start-waiting = Ваша заявка ждёт решения координатора: <b>{ $place }</b>, { $role }. Ответ придёт сюда.
invitation-unknown = Такой ссылки-приглашения нет. Возможно, она обрезалась при пересылке: попросите координатора прислать её ещё раз.
invitation-revoked = Эта ссылка больше не действует: координатор её отозвал. Попросите у него новую.
invitation-taken = Эта личная ссылка уже использована с другого аккаунта. Если это были не вы, сообщите своему координатору и попросите новую ссылку.
invitation-other_person = Эта личная ссылка выписана на другого человека, а вы зарегистрированы как { $name }. Если имя записано с ошибкой, исправьте его в /me и откройте ссылку снова; если ссылка не ваша, просто не обращайте внимания.
already-registered = Вы уже зарегистрированы: <b>{ $place }</b>, { $role }. Ваши дела – /my, ваши данные – /me.
join-more =
    Вас приглашают ещё и сюда: <b>{ $place }</b>
    Роль: <b>{ $role }</b>

    Прежнее участие сохранится.
button-join-more = Присоединиться
button-join-no = Не надо
join-more-declined = Хорошо, ничего не меняю.
button-find-school = Найти свою школу

joining-cancelled = Хорошо, остановились. Я ничего о вас не сохранил. Начать заново – /start
editing-cancelled = Хорошо, ничего не меняю.

# ---- consent: whoever changes the text raises CONSENT_VERSION
consent-text =
    <b>Согласие на обработку персональных данных</b>
    редакция { $version }

    <b>Кто обрабатывает:</b> { $operator }.
    <b>Зачем:</b> чтобы приносить вам сроки и приглашения, принимать ваши ответы и показывать их координаторам вашей школы, муниципалитета и региона.
    <b>Какие данные:</b> фамилия, имя и отчество; школа и роль; номер вашего аккаунта Telegram; часовой пояс и тихие часы; ваши ответы и время, когда вы их дали.
    <b>Что с ними делают:</b> записывают, хранят, показывают координаторам, включают в сводки, удаляют. Посторонним не передают. Сообщения идут через Telegram.
    <b>Как долго:</b> пока вы участвуете в сети и до тех пор, пока не отзовёте согласие.
    <b>Как отозвать:</b> команда /me → «Удалить мои данные». Имя, аккаунт и тексты ответов стираются сразу, остаются только числа в сводках без имён.{ $contact ->
        [none] { "" }
       *[other] { " " }Вопросы: { $contact }.
    }
consent-agreed = ✓ Вы согласились { $date }.
button-agree = Согласен
button-disagree = Не согласен
consent-refused = Без согласия я не могу вас зарегистрировать. Я ничего о вас не сохранил. Передумаете – откройте ссылку или нажмите /start ещё раз.

# ---- name
name-ask = Напишите фамилию, имя и отчество – так вас увидит координатор. Например: <i>Смирнова Дарья Павловна</i>
name-ask-suggested = Напишите фамилию, имя и отчество – так вас увидит координатор. Или нажмите на кнопку, если в Telegram записано верно.
name-empty = Это слишком коротко для имени. Напишите фамилию и имя, например: <i>Смирнова Дарья</i>
name-too_long = Это слишком длинно для имени: нужно до 100 знаков. Напишите только фамилию, имя и отчество.
name-signs = В имени могут быть только буквы, пробелы, дефис и точка. Напишите, например: <i>Смирнова Дарья Павловна</i>
name-one_word = Нужны хотя бы фамилия и имя, два слова. Например: <i>Смирнова Дарья</i>
name-command = Имя не начинается с «/». Напишите, например: <i>Смирнова Дарья Павловна</i>
joining-by-button = { $step ->
    [placing] Выберите свою школу кнопками выше: написанного здесь я не разберу. Кнопок не видно – нажмите /start.
    [consenting] Сначала нужно ваше согласие: нажмите «Согласен» или «Не согласен» выше.
    [requesting] Остался один шаг: нажмите выше «Отправить заявку», а если имя записано неверно – «Исправить имя».
    [naming] Сначала познакомимся: напишите фамилию, имя и отчество.
    [adding] Нажмите выше «Присоединиться» или «Не надо».
   *[confirming] Остался один шаг: нажмите выше «Подтвердить», а если имя записано неверно – «Исправить имя».
}
name-not-text = Напишите имя словами, обычным сообщением.
confirm-joining =
    Проверьте:

    <b>{ $name }</b>
    Где: <b>{ $place }</b>
    Роль: <b>{ $role }</b>
confirm-owner =
    Проверьте:

    <b>{ $name }</b>
    Роль: <b>владелец бота</b>
button-confirm = Подтвердить
button-fix-name = Исправить имя
button-send-request = Отправить заявку

# ---- done
joined =
    Готово, { $name }! Вы зарегистрированы.

    <b>{ $place }</b>, { $role }

    Что дальше: когда появится новое дело, я напишу сюда. Ответить можно одним нажатием. Ночью, с { $from } до { $to }, не беспокою.
joined-more = Готово. Добавлено: <b>{ $place }</b>, { $role }.
joined-owner =
    Готово, { $name }! Теперь соберите сеть: /network – добавить регион, муниципалитеты и школы; /invite – ссылки для координаторов и учителей.

    Большую сеть проще загрузить таблицей: <code>python -m bot people ФАЙЛ.xlsx</code>
joined-next = /my – ваши дела · /me – ваши данные · /help – всё, что я умею

# ---- without a link
place-choose-region = Выберите регион.
place-choose-municipality = <b>{ $place }</b>
    Выберите муниципалитет.
place-choose-school = <b>{ $place }</b>
    Выберите школу.
place-choose-role = <b>{ $place }</b>
    Кто вы здесь?
place-empty = <b>{ $place }</b>
    Здесь пока ничего нет. Вернитесь назад или дождитесь ссылки от координатора.
request-confirm =
    Отправить заявку?

    Где: <b>{ $place }</b>
    Роль: <b>{ $role }</b>
request-sent =
    Заявка отправлена: <b>{ $place }</b>, { $role }.

    Ждём решения координатора – ответ придёт сюда. { $deciders ->
        [0] Пока решать некому: координатор ещё не зарегистрирован. Заявка не потеряется.
       *[other] { "" }
    }
request-withdrawn = Заявка отозвана. Найти школу заново – /start.
request-none = Заявки уже нет: она решена или отозвана.
button-withdraw = Отозвать заявку
request-card =
    <b>Просится в вашу сеть</b>

    { $name }
    Где: <b>{ $place }</b>
    Роль: { $role }
request-card-accepted = ✓ Принято. Решение: { $by }, { $at }.
request-card-declined = ✗ Отклонено. Решение: { $by }, { $at }.
request-card-withdrawn = Заявка отозвана: решать больше нечего.
button-accept = Принять
button-decline = Отклонить
request-decided-toast = { $state ->
    [accepted] Уже принято. Решение: { $by }
    [declined] Уже отклонено. Решение: { $by }
   *[other] Заявка отозвана
}
request-accepted-toast = Принято
request-declined-toast = Отклонено
decision-accepted =
    Вас приняли: <b>{ $place }</b>, { $role }.

    Когда появится новое дело, я напишу сюда. /my – ваши дела, /help – всё, что я умею.
decision-declined =
    Координатор отклонил вашу заявку: <b>{ $place }</b>, { $role }.

    Если это ошибка, свяжитесь с ним или выберите школу заново: /start

# ---- /me
me =
    <b>Что я о вас храню</b>

    { $name }
    { $places }
    Часовой пояс: { $zone }
    Тихие часы: с { $from } до { $to }
    Согласие: { $consent }
me-no-places = Ни в одной школе не состоите.
me-waiting = Заявка ждёт решения: { $place } – { $role }
me-zone-own = { $zone } (вы выбрали сами)
me-zone-unit = { $zone } ({ $kind ->
    [school] по вашей школе
    [municipality] по вашему муниципалитету
    [region] по вашему региону
   *[federation] как во всей сети
})
me-consent = от { $date }, редакция { $version }
me-consent-none = не дано
me-rights-owner = Права: видите и меняете всю сеть.
me-rights-coordinator = Права: видите и меняете – { $places }{ $has_below ->
    [yes] {" "}и всё, что ниже
   *[no] {""}
}.
me-rights-participant = Права: видите свои дела и отвечаете на них.
button-me-name = Изменить имя
button-me-zone = Часовой пояс
button-me-quiet = Тихие часы
button-me-rhythm = 🔔 Как напоминать
button-me-export = Скачать данные
button-me-join = Добавить школу
button-me-leave = Выйти
button-me-erase = Удалить мои данные
me-name-ask = Напишите фамилию, имя и отчество – так вас увидит координатор. Сейчас: <b>{ $name }</b>
me-name-changed = Записал: <b>{ $name }</b>
me-zone-ask = Где вы живёте? Напоминания придут по этому времени.
button-zone-unit = Как у всех рядом
me-quiet-ask = Когда не беспокоить? В эти часы приходит только «начинается через 15 минут».
button-quiet = { $from }–{ $to }
me-saved-toast = Сохранено
me-export-caption = Всё, что о вас хранится. Файл текстовый, его открывает любой редактор.
me-leave-ask = Выйти из всех школ? Напоминания прекратятся сразу, ваши прежние ответы останутся в сводках. Вернуться можно по ссылке координатора.
button-leave-sure = Да, выйти
me-left = Вы вышли. Напоминаний больше не будет. Вернуться – по ссылке координатора или /start. Удалить данные совсем – /me.
me-left-nothing = Вы и так нигде не состоите.
me-erase-ask =
    Удалить ваши данные? Сотру имя, аккаунт и тексты ответов – сразу и без возврата. В сводках останутся только числа без имён.
button-erase-sure = Да, удалить всё
me-erased = Ваши данные удалены. Теперь мы незнакомы; если понадоблюсь – /start.

# ---- /network
network-title = <b>Сеть</b>
network-empty = В сети пока пусто. Начните с региона.
network-own-units = <b>Ваша часть сети</b>
network-unit =
    { $above }<b>{ $title }</b>
    { $counts }
    Время: { $zone }
network-counts = { $schools ->
    [one] { $schools } школа
    [few] { $schools } школы
   *[many] { $schools } школ
} · { $people ->
    [one] { $people } человек
    [few] { $people } человека
   *[many] { $people } человек
}
network-counts-school = { $people ->
    [0] пока никого
    [one] { $people } человек
    [few] { $people } человека
   *[many] { $people } человек
}
network-counts-invited = { $invited ->
    [one] { $invited } ещё не открыл ссылку
   *[other] { $invited } ещё не открыли ссылку
}
network-counts-unreachable = { $unreachable ->
    [one] { $unreachable } недоступен
   *[other] { $unreachable } недоступны
}
network-above = { $title } ›{" "}
network-child = { $schools } шк. · { $people } чел. · { $title }
network-child-school = { $people } чел. · { $title }
button-add-region = Добавить регион
button-add-municipality = Добавить муниципалитет
button-add-school = Добавить школу
button-invite = Пригласить
button-rename = Переименовать
button-zone = Время
button-remove = Удалить
network-ask-region = Напишите название региона, например: <i>Владимирская область</i>
network-ask-municipality = Напишите названия муниципалитетов, каждый с новой строки. Добавлю в: <b>{ $place }</b>
network-ask-school = Напишите названия школ, каждую с новой строки. Добавлю в: <b>{ $place }</b>
network-region-confirm =
    Добавить регион <b>{ $title }</b>?
    Время: { $zone }
network-region-zone = Такого региона я не знаю: <b>{ $title }</b>. Если название верное, выберите его время.
button-region-add = Добавить
button-region-other-zone = Другое время
network-added = { $count ->
    [one] Добавлено: { $count }
   *[other] Добавлено: { $count }
}.
network-known = Уже было: { $titles }.
network-title-taken = Здесь уже есть «{ $title }». Напишите другое название.
network-rename-ask = Напишите новое название вместо <b>{ $title }</b>
network-renamed = Переименовано.
network-zone-ask = Выберите время для <b>{ $title }</b> и всего, что ниже.
network-remove-ask = Удалить <b>{ $title }</b>?
network-removed-toast = Удалено
network-not-empty = Удалить можно только пустое: сначала уберите школы, людей и открытые дела.
button-remove-sure = Да, удалить
title-empty = Название слишком короткое. Напишите ещё раз.
title-too_long = Название длиннее 200 знаков. Напишите короче.
title-signs = Это не похоже на название. Напишите ещё раз.
title-one_word = Это не похоже на название. Напишите ещё раз.
title-command = Название не начинается с «/». Напишите ещё раз.
title-not-text = Напишите название словами, обычным сообщением.
title-too-many = За один раз можно добавить не больше 200 строк. Отправьте по частям или загрузите таблицу.

# ---- /invite
invite-where = Куда приглашаем? Выберите школу, а для координатора – регион, муниципалитет или школу.
invite-here = <b>{ $place }</b>
    Кого приглашаем? Ссылкой могут воспользоваться все, кому вы её передадите.
button-invite-role = + { $role }
invite-link =
    <b>{ $place }</b>
    Роль: <b>{ $role }</b>

    { $link }

    Перешлите ссылку или покажите картинку. Ссылкой могут воспользоваться все, у кого она есть; отозвать её можно в любой момент.
button-revoke = Отозвать ссылку
button-revoke-sure = Точно отозвать?
invite-revoked =
    <b>{ $place }</b>
    Роль: <b>{ $role }</b>

    Ссылка отозвана: по ней больше никто не войдёт. Новая – /invite

# ---- /people
people-here =
    { $above }<b>{ $title }</b>
    { $counts }
people-where = <b>Люди</b>
    Выберите, где смотреть.
people-nobody = Здесь пока никого. Пригласить – /invite
people-mark = { $reach ->
    [reachable] ✓
    [not_started] ✉
   *[other] ⚠
}
people-legend = ✓ на связи · ✉ приглашён, ещё не открыл ссылку · ⚠ недоступен
people-row = { $mark } { $name } · { $role }
people-state = { $reach ->
    [reachable] на связи
    [not_started] приглашён, ещё не открыл ссылку
    [blocked] недоступен: заблокировал бота
   *[deleted] недоступен: аккаунт удалён
}
people-unreachable-title = <b>Недоступные</b>
    Им не доходят сообщения: бот заблокирован или аккаунт удалён. Свяжитесь с ними сами.
people-unreachable-none = Все на связи: недоступных нет.
people-requests-title = <b>Заявки</b>
    Ждут вашего решения.
people-requests-none = Заявок нет.
people-request-row = { $name } · { $role }
people-card =
    <b>{ $name }</b>
    { $state }

    { $places }
people-card-link =
    Личная ссылка: { $link }
people-remove-ask =
    Удалить из «{ $place }»?

    <b>{ $name }</b>, { $role }

    Напоминания об этой школе прекратятся сразу. Прежние ответы останутся в сводках.
people-removed-toast = Удалено
people-own-membership = Себя удалить нельзя: для этого есть «Выйти» в /me.
button-people = Люди здесь
button-unreachable = ⚠ Недоступные
button-requests = Заявки
button-remove-member = Удалить из «{ $place }»
button-remove-member-sure = Да, удалить

# ---- /help
help-title = <b>Что я умею</b>
help-coordinator-title = <b>Координатору</b>
help-owner-title = <b>Владельцу</b>
help-line = /{ $command } – { $words }
help-document = 📎 Новый документ: пришлите файл .docx, .pdf, .xlsx или .txt или вставьте список в чат – разберу сроки и до отправки покажу, что получилось.
help-stranger = Чтобы начать, откройте ссылку от координатора или нажмите /start.
command-my = мои дела и ответы
command-me = мои данные и настройки
command-help = что я умею
command-people = люди и заявки
command-invite = ссылки-приглашения
command-network = регионы, муниципалитеты, школы
command-cancel = прервать разговор
