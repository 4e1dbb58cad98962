# Words of every screen. Telegram HTML; values are escaped by the catalogue.
button-back = ‹ Назад
button-cancel = Отмена
unsent-line = 📝 Черновик { $place }: «{ $title }» { $days ->
    [1] · со вчерашнего дня
    [one] · лежит { $days } день
    [few] · лежит { $days } дня
   *[many] · лежит { $days } дней
}
unsent-delete-sure = Удалить черновик «{ $title }»? Вернуть будет нельзя.
button-yes = Да
button-no = Нет
button-next = Дальше ›
page-of = { $page } из { $pages }
