# Words of every screen. Telegram HTML; values are escaped by the catalogue.
button-back = ‹ Назад
button-cancel = Отмена
button-yes = Да
button-no = Нет
button-next = Дальше ›
page-of = { $page } из { $pages }
