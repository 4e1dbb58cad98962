# The demonstration: what is printed in the terminal and said in its chats.
demo-roadmap = Попробуйте: скачайте этот файл и пришлите его мне – я прочитаю сроки и предложу напоминания.
demo-welcome =
    Вестовой работает в собственном Telegram на этой машине. Откройте страницу:

        { $url }

    С кого начать:
demo-link = {"  "}{ $who } – { $what }
    {"    "}{ $url }
demo-coordinator = координатор региона: отправьте дорожную карту, посмотрите /board
demo-newcomer = приглашена, нажмите «Запустить» и зарегистрируйтесь
demo-stranger = Прохожий Игорь
demo-no-link = без приглашения: выберите школу и дождитесь координатора
demo-owner = Владимирова Ольга
demo-stop =
    Время двигают кнопки справа. Остановить: Ctrl+C
