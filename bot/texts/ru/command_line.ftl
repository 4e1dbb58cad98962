# What the command line says when something stands in the way. Plain text.
cli-bad-day = { $day } – не дата вида ГГГГ-ММ-ДД
cli-bad-region = такого региона России нет: «{ $region }». Пишите, например: «Амурская область»
cli-bad-columns = { $columns } – не столбцы вида title=2,term=3: номера считаются с 1
cli-no-file = Файл «{ $file }» не открывается.
cli-port-taken = Порт { $port } занят. Назовите другой: python -m bot demo --port { $another }
