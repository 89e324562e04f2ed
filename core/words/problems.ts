import { z } from 'zod'
import { clusterSentences } from './clusterSentences.ts'
import { filled, type Bilingual, type Language, type ParameterNames } from './language.ts'
import { Phrase, phraseText } from './phrases.ts'

/**
 * Every sentence that tells a person what went wrong and what to do next, in both languages of the lab.
 * `{name}` marks a parameter. A problem crosses processes as its code and parameters, so the window can
 * say it in the student's language while the command line says it in English.
 */
const sentences = {
  ...clusterSentences,
  'bad-input': {
    en: 'This request was not understood: {detail}. Nothing was changed.',
    ru: 'Запрос не понят: {detail}. Ничего не изменено.',
  },
  internal: {
    en: 'Something unexpected happened: {detail}. Nothing that was stored is lost; try again, and report this sentence if it comes back.',
    ru: 'Произошла непредвиденная ошибка: {detail}. Сохранённое не потеряно; попробуйте ещё раз и сообщите эту фразу, если она повторится.',
  },
  'dataset-unknown': {
    en: 'There is no data set named “{dataset}”. The data sets are: {known}.',
    ru: 'Набора данных «{dataset}» нет. Есть такие: {known}.',
  },
  'own-set-removed': {
    en: 'The images of this run, {id}, were removed from this computer. Import them again under the same name on the Data page.',
    ru: 'Изображений, на которых обучалась эта сеть ({id}), на этом компьютере больше нет. Импортируйте их снова под тем же именем на странице «Данные».',
  },
  'classes-changed': {
    en: '{dataset} has other classes now than when that run was begun, so its settings cannot be taken. Import the images as they were, or choose the settings by hand. Nothing was changed.',
    ru: 'У набора {dataset} теперь другие классы, чем при том запуске, поэтому взять его настройки нельзя. Импортируйте изображения в прежнем виде или выберите настройки вручную. Ничего не изменено.',
  },
  'dataset-missing': {
    en: '{dataset} is not on this computer yet. Download it on the Data page or with “lab dataset get {id}”.',
    ru: 'Набора {dataset} ещё нет на этом компьютере. Загрузите его на странице «Данные» или командой «lab dataset get {id}».',
  },
  'form-missing': {
    en: 'The images of {dataset} are not prepared as “{form}” on this computer. Prepare them on the Data page or with “lab dataset prepare {id}”, or begin a new run.',
    ru: 'Изображения набора {dataset} на этом компьютере не подготовлены в виде «{form}». Подготовьте их на странице «Данные» или командой «lab dataset prepare {id}» либо начните новый запуск.',
  },
  'class-unknown': {
    en: '{dataset} has no class “{name}”. Names like it: {near}. “lab dataset show {id}” lists all of them.',
    ru: 'В наборе {dataset} нет класса «{name}». Похожие: {near}. Все классы показывает команда «lab dataset show {id}».',
  },
  'dataset-busy': {
    en: '{dataset} is already being downloaded. Wait for it to finish or cancel it first.',
    ru: 'Набор {dataset} уже загружается. Дождитесь окончания или отмените загрузку.',
  },
  'dataset-damaged': {
    en: 'The stored files of {dataset} are damaged ({detail}). Download it again on the Data page or with “lab dataset get {id}”; its runs are kept.',
    ru: 'Файлы набора {dataset} повреждены ({detail}). Загрузите его снова на странице «Данные» или командой «lab dataset get {id}»; запуски сохранены.',
  },
  'images-missing': {
    en: 'There are no images in it that can be read: JPEG, PNG, WebP, GIF, TIFF or AVIF. Give a folder that holds one folder of images for each class, a folder with train/ and test/ inside, a zip of either, or images with a CSV file of paths and labels beside them.',
    ru: 'В нём нет изображений, которые можно прочитать: JPEG, PNG, WebP, GIF, TIFF или AVIF. Укажите папку, где у каждого класса своя папка с изображениями, папку с train/ и test/, их zip-архив или изображения рядом с CSV-файлом путей и меток.',
  },
  'images-left-out': {
    en: 'No image in it could be taken. Left out: {why} ({count}, the first is {path}). Change that and import it again, or give another folder.',
    ru: 'Из него не удалось взять ни одного изображения. Пропущены {why} (всего {count}, например {path}). Исправьте это и импортируйте ещё раз или укажите другую папку.',
  },
  'images-unsorted': {
    en: 'There are images, but nothing says which class each belongs to. Put the images of each class into a folder of its own, or add a CSV file of paths and labels beside them.',
    ru: 'Изображения есть, но не сказано, к какому классу относится каждое. Положите изображения каждого класса в отдельную папку или добавьте рядом CSV-файл путей и меток.',
  },
  'parts-without-classes': {
    en: 'The folders {folders} are parts of a set, and in them nothing says which class each image belongs to. Put the images of each class into a folder of its own there (such as {example}/cat), or add a CSV file of paths and labels.',
    ru: 'Папки {folders} делят набор на части, но в них не сказано, к какому классу относится каждое изображение. Положите там изображения каждого класса в отдельную папку (например, {example}/cat) или добавьте CSV-файл путей и меток.',
  },
  'table-useless': {
    en: 'Nothing says which class each image belongs to: the table {file} cannot be used ({why}). Correct it, or put the images of each class into a folder of its own.',
    ru: 'Не сказано, к какому классу относится каждое изображение: таблицу {file} использовать нельзя ({why}). Исправьте её или положите изображения каждого класса в отдельную папку.',
  },
  'reading-no-labels': {
    en: 'The labels cannot be taken as you asked ({wish}): {why}. Leave it out to see what can be read.',
    ru: 'Взять метки так, как вы просите ({wish}), нельзя: {why}. Уберите это условие, и будет показано, что можно прочитать.',
  },
  'reading-no-parts': {
    en: 'The parts cannot be taken as you asked ({wish}): {why}. Leave it out to see what can be read.',
    ru: 'Взять части набора так, как вы просите ({wish}), нельзя: {why}. Уберите это условие, и будет показано, что можно прочитать.',
  },
  'one-class-only': {
    en: 'All images are of one class, “{name}”. A network needs at least two classes to tell apart: add a folder of images for another class.',
    ru: 'Все изображения относятся к одному классу «{name}». Сети нужно хотя бы два класса: добавьте папку с изображениями другого класса.',
  },
  'name-blank': {
    en: 'A data set needs a name that can be read, and “{name}” has nothing but blanks. Give it one with “lab dataset import own PATH --name NAME”, or give the folder or file another name. Nothing was imported.',
    ru: 'Набору данных нужно имя, которое можно прочитать, а в «{name}» одни пробелы. Задайте его командой «lab dataset import own ПУТЬ --name ИМЯ» или переименуйте папку или файл. Ничего не импортировано.',
  },
  'name-too-long': {
    en: 'A name of {length} characters is too long for a data set: give it one of at most {most}. Nothing was imported.',
    ru: 'Имя из {length} символов слишком длинное для набора данных: дайте ему имя не длиннее {most}. Ничего не импортировано.',
  },
  'reading-ambiguous': {
    en: 'These images can be read in more than one way. Say {question}, on the Data page or with one of these options: {choices}. Nothing was imported.',
    ru: 'Эти изображения можно прочитать по-разному. Укажите на странице «Данные» или одним из параметров, {question}. Параметры: {choices}. Ничего не импортировано.',
  },
  'classes-left-out': {
    en: 'All images that could be taken are of one class, “{name}”. Left out: {why} ({count}, the first is {path}). Change that and import it again, or add a folder of images for another class.',
    ru: 'Все изображения, которые удалось взять, относятся к одному классу «{name}». Пропущены {why} (всего {count}, например {path}). Исправьте это и импортируйте ещё раз или добавьте папку с изображениями другого класса.',
  },
  'classes-alike': {
    en: 'The classes “{one}” and “{other}” differ only in capital letters. Give one of them another name, or merge their images.',
    ru: 'Классы «{one}» и «{other}» различаются только регистром букв. Переименуйте один из них или объедините их изображения.',
  },
  'table-unread': {
    en: 'The table {file} cannot be used: {detail}. It must have a column with the paths of the images and one with their labels. Nothing was imported.',
    ru: 'Таблицу {file} нельзя использовать: {detail}. В ней должны быть столбец с путями изображений и столбец с метками. Ничего не импортировано.',
  },
  'reading-folder-unknown': {
    en: 'No folder “{folder}” with images is in what was given. Folders there: {known}. Name one of them. Nothing was imported.',
    ru: 'Папки «{folder}» с изображениями там нет. Есть папки: {known}. Укажите одну из них. Ничего не импортировано.',
  },
  'reading-folder-twice': {
    en: 'The folder “{folder}” was named both for training and for testing. Name it once. Nothing was imported.',
    ru: 'Папка «{folder}» указана и как обучающая, и как тестовая. Укажите её один раз. Ничего не импортировано.',
  },
  'reading-column-unknown': {
    en: 'No table has a column “{column}”. The columns are: {known}. Name one of them by its title, by its number from 1, or as FILE:COLUMN. Nothing was imported.',
    ru: 'Столбца «{column}» нет ни в одной таблице. Столбцы: {known}. Укажите один из них названием, номером (считая с 1) или в виде ФАЙЛ:СТОЛБЕЦ. Ничего не импортировано.',
  },
  'reading-column-without-table': {
    en: 'There is no table beside the images, so that none can have a column “{column}”. Put a CSV file beside them, or leave the column out. Nothing was imported.',
    ru: 'Рядом с изображениями нет таблицы, в которой мог бы быть столбец «{column}». Положите рядом CSV-файл или не указывайте столбец. Ничего не импортировано.',
  },
  'reading-part-unknown': {
    en: 'The column “{column}” of {table} tells the parts of the set, but “{word}” ({count} rows) is none of them. Known are train, validation and test with their usual short forms, in English and Russian. Change the word, choose another column with “--split-column COLUMN”, or let the seed divide the images with “--parts-from seed”. Nothing was imported.',
    ru: 'Столбец «{column}» таблицы {table} делит набор на части, но «{word}» (строк: {count}) — не название части. Известны train, validation и test с обычными сокращениями и то же по-русски. Исправьте это слово, выберите другой столбец (--split-column СТОЛБЕЦ) или доверьте разбиение зерну (--parts-from seed). Ничего не импортировано.',
  },
  'reading-part-empty': {
    en: 'The column “{column}” of {table} tells the parts of the set, but is empty in {count} rows. Fill them with train, validation or test, choose another column with “--split-column COLUMN”, or let the seed divide the images with “--parts-from seed”. Nothing was imported.',
    ru: 'Столбец «{column}» таблицы {table} делит набор на части, но не заполнен (строк: {count}). Впишите в него train, validation или test, выберите другой столбец (--split-column СТОЛБЕЦ) или доверьте разбиение зерну (--parts-from seed). Ничего не импортировано.',
  },
  'cell-ambiguous': {
    en: 'The table {file} names “{cell}”, which may be {one} or {other}. Write the folder before the name in the table, or name the folder of the training images with “--train FOLDER”. Nothing was imported.',
    ru: 'В таблице {file} указано «{cell}», а это может быть и {one}, и {other}. Добавьте в таблице перед именем папку или укажите папку обучающих изображений (--train ПАПКА). Ничего не импортировано.',
  },
  'images-unreadable': {
    en: 'None of the images of {dataset} can be read; the first is {picture} ({reason}). Nothing was kept. Check the files, or get them again.',
    ru: 'Ни одно изображение набора {dataset} не читается; первое из них: {picture} ({reason}). Ничего не сохранено. Проверьте файлы или получите их заново.',
  },
  'objects-too-small': {
    en: 'No object in the pictures of {dataset} is large enough for this form. Choose a smaller minimum size.',
    ru: 'На изображениях набора {dataset} нет достаточно крупных объектов для этой формы. Уменьшите наименьший размер объекта.',
  },
  'form-unfit': {
    en: '{dataset} has no images in the form {form}: {detail}. Choose another size or cut.',
    ru: 'У набора {dataset} нет изображений в виде {form}: {detail}. Выберите другой размер или другой вырез.',
  },
  'dataset-in-use': {
    en: 'Run {run} trains on {dataset} or is queued for it, so the files of the set are kept. Wait until the run ends, or stop or cancel it first.',
    ru: 'Запуск {run} идёт на наборе {dataset} или ждёт очереди, поэтому его файлы остаются. Дождитесь его конца, остановите или отмените его.',
  },
  'dataset-from-copy': {
    en: '{dataset} cannot be downloaded here: its licence requires that you get it yourself. Get it from {page} and import the files on the Data page or with “lab dataset import {id} PATH”.',
    ru: 'Набор {dataset} нельзя загрузить отсюда: по лицензии его получают лично. Получите его на {page} и импортируйте файлы на странице «Данные» или командой «lab dataset import {id} ПУТЬ».',
  },
  'own-images-given': {
    en: 'Your own images cannot be downloaded. Drop a folder or a zip on the Data page, or use “lab dataset import own PATH”.',
    ru: 'Свои изображения нельзя загрузить из сети. Перетащите папку или zip-архив на страницу «Данные» или используйте «lab dataset import own ПУТЬ».',
  },
  'edition-other': {
    en: '{dataset} is on this computer in the edition {edition}. To get the edition {other}, remove it first.',
    ru: 'Набор {dataset} уже есть в варианте {edition}. Чтобы получить вариант {other}, сначала удалите его.',
  },
  'import-failed': {
    en: '{path} could not be imported as {dataset}: {detail}. Nothing was changed.',
    ru: '{path} не удалось импортировать ({dataset}): {detail}. Ничего не изменено.',
  },
  'pack-damaged': {
    en: 'The packed data set {file} is damaged or incomplete ({detail}). Nothing was changed; copy or pack it again.',
    ru: 'Файл с упакованным набором {file} повреждён или неполон ({detail}). Ничего не изменено; скопируйте или упакуйте его ещё раз.',
  },
  'pack-other': {
    en: '{file} holds {held}, not {dataset}. Nothing was changed; import it as {id}.',
    ru: 'В {file} лежит {held}, а не {dataset}. Ничего не изменено; импортируйте его как {id}.',
  },
  'work-cancelled': {
    en: 'The work on {dataset} was cancelled. Nothing half-written was kept.',
    ru: 'Работа с набором {dataset} отменена. Недописанных файлов не осталось.',
  },
  'dataset-changed': {
    en: 'The files of {dataset} are not the ones this run was trained on, so with them it can be neither continued nor tested. Restore those files or start a new run.',
    ru: 'Файлы набора {dataset} не те, на которых шёл этот запуск, поэтому на них его нельзя ни продолжить, ни проверить. Верните те файлы или начните новый запуск.',
  },
  'download-failed': {
    en: '{dataset} could not be downloaded: {detail}. Check the network and try again: what has arrived so far is kept, and the download continues from there.',
    ru: 'Не удалось загрузить {dataset}: {detail}. Проверьте сеть и попробуйте снова: уже загруженное сохранено, загрузка продолжится с этого места.',
  },
  'download-cancelled': {
    en: 'The download of {dataset} was cancelled. Nothing half-written was kept.',
    ru: 'Загрузка {dataset} отменена. Недописанных файлов не осталось.',
  },
  'mirror-unfit': {
    en: '“{place}” cannot be a mirror. Give the full path of a folder, a network share such as \\\\server\\share, or an address that begins with http://.',
    ru: '«{place}» не может быть зеркалом. Укажите полный путь к папке, сетевую папку вида \\\\server\\share или адрес, начинающийся с http://.',
  },
  'update-no-mirror': {
    en: 'No mirror is set, so there is nowhere to look. Enter the address that the teacher shows in Settings, “Classroom”, or with “lab mirror use ADDRESS”.',
    ru: 'Зеркало не указано, поэтому искать негде. Введите адрес, который показывает преподаватель, в настройках, в разделе «Учебный класс», или командой «lab mirror use АДРЕС».',
  },
  'mirror-not-asked': {
    en: 'The mirror {mirror} could not be asked ({detail}). Check the address in Settings, “Classroom”, and whether the teacher’s computer is on; then try again.',
    ru: 'Зеркало {mirror} не ответило ({detail}). Проверьте адрес в настройках, в разделе «Учебный класс», и включён ли компьютер преподавателя, затем попробуйте снова.',
  },
  'mirror-lists-nothing': {
    en: 'The mirror {mirror} has data sets only: it has no list of programs. “lab mirror” of this version or a newer one makes it; ask the teacher to start that.',
    ru: 'В зеркале {mirror} только наборы данных: списка программ в нём нет. Его составляет «lab mirror» этой или более новой версии; попросите преподавателя запустить её.',
  },
  'mirror-list-wrong': {
    en: 'The list of the mirror {mirror} is not one that this version reads ({detail}). Ask the teacher which address is right, or get the program from the class page.',
    ru: 'Список в зеркале {mirror} этой версии непонятен ({detail}). Уточните адрес у преподавателя или скачайте программу со страницы группы.',
  },
  'update-busy': {
    en: 'An archive is being saved already. Wait for it, or cancel it first.',
    ru: 'Один архив уже сохраняется. Дождитесь окончания или сначала отмените сохранение.',
  },
  'update-other-system': {
    en: '{file} is for another system ({system}). Look for an update again, and take the archive for this computer.',
    ru: 'Архив {file} — для другой системы ({system}). Проверьте обновления ещё раз и возьмите архив для этого компьютера.',
  },
  'update-not-got': {
    en: '{file} did not come whole from {mirror} ({detail}). What has come is kept; save it again, and it goes on from there.',
    ru: 'Архив {file} из {mirror} пришёл не полностью ({detail}). Полученное сохранено: начните снова, и загрузка продолжится с этого места.',
  },
  'update-altered': {
    en: '{file} is not the file that the mirror lists: its SHA-256 is {sum} and should be {wanted}. It was deleted. Tell the teacher, and do not start a copy that came in another way.',
    ru: 'Файл {file} — не тот, что указан в списке зеркала: его SHA-256 {sum}, а должно быть {wanted}. Он удалён. Сообщите преподавателю и не запускайте копию, полученную другим путём.',
  },
  'update-file-there': {
    en: 'There is another file already: {file}. Move it away or choose another folder, then save again.',
    ru: 'Там уже есть другой файл: {file}. Уберите его или выберите другую папку и сохраните снова.',
  },
  'update-no-folder': {
    en: 'Nothing can be saved in {folder} ({detail}). Give the path of a folder that is there.',
    ru: 'В папку {folder} сохранить нельзя ({detail}). Укажите путь к папке, которая существует.',
  },
  'template-unknown': {
    en: 'The mirror {mirror} hands out nothing called {template}. It has: {known}.',
    ru: 'В зеркале {mirror} нет шаблона {template}. Есть: {known}.',
  },
  'class-code-unread': {
    en: '“{code}” cannot be the code of a class with this address. A code has six letters and digits and goes with an address such as 192.168.1.5:8080; look at the board again. Nothing was changed.',
    ru: '«{code}» не может быть кодом группы для этого адреса. Код состоит из шести букв и цифр и указывается вместе с адресом вида 192.168.1.5:8080; сверьтесь с доской. Ничего не изменено.',
  },
  'class-code-unfit': {
    en: '{file} holds no code of a class: six of the signs {signs}. Write one into it, or delete it and start the mirror again for a new code.',
    ru: 'В файле {file} нет кода группы: это шесть знаков из {signs}. Впишите код или удалите файл и запустите зеркало снова, чтобы получить новый.',
  },
  'mirror-not-opened': {
    en: 'The mirror cannot listen on {host}, port {port} ({detail}). Choose another address with --host or another port with --port.',
    ru: 'Зеркало не может открыться по адресу {host}, порт {port} ({detail}). Выберите другой адрес через --host или другой порт через --port.',
  },
  'download-left': {
    en: 'The download of {dataset} continues in the Conv Lab that started it; this command no longer waits for it.',
    ru: 'Загрузка {dataset} продолжается в том Conv Lab, который её начал; эта команда больше её не ждёт.',
  },
  'disk-full': {
    en: 'The disk is full: {detail} could not be written. Free some space and continue; everything finished before is kept.',
    ru: 'Диск заполнен: не удалось записать {detail}. Освободите место и продолжайте; всё завершённое ранее сохранено.',
  },
  'glibc-too-old': {
    en: 'Conv Lab needs a Linux with glibc {lowest} or later, such as Ubuntu 22.04, Debian 12 or Fedora 35; this one has glibc {found}. Start it on a newer system; the home folder can come along.',
    ru: 'Для Conv Lab нужен Linux с glibc {lowest} или новее, например Ubuntu 22.04, Debian 12 или Fedora 35; здесь glibc {found}. Запустите его на более новой системе; домашнюю папку можно перенести туда.',
  },
  'folder-not-opened': {
    en: 'The folder {folder} could not be opened ({detail}). Copy its path and open it in your file manager.',
    ru: 'Папку {folder} не удалось открыть ({detail}). Скопируйте её путь и откройте её в файловом менеджере.',
  },
  'write-failed': {
    en: '{path} could not be written ({detail}). Check that the folder exists and that you may write there.',
    ru: 'Не удалось записать {path} ({detail}). Проверьте, что папка существует и в неё можно писать.',
  },
  'socket-too-long': {
    en: 'The home folder {home} has a path too long for a socket in it, at which other command lines and windows would reach it, and so has {beside}, where it would be instead. A socket’s path has {longest} bytes at most. Choose a home folder with a shorter path (--home or CONV_LAB_HOME), or a shorter folder for temporary files (TMPDIR).',
    ru: 'Путь домашней папки {home} слишком длинный для сокета, через который к ней подключаются другие командные строки и окна, и путь запасного места {beside} тоже. Путь сокета занимает не больше {longest} байт. Выберите домашнюю папку с путём короче (--home или CONV_LAB_HOME) или более короткую папку для временных файлов (TMPDIR).',
  },
  'batch-too-large': {
    en: 'A batch of {batch} is larger than the training set of {images} images. Choose a batch of at most {images}.',
    ru: 'Батч из {batch} больше обучающей выборки из {images} изображений. Выберите батч не больше {images}.',
  },
  'setting-out-of-range': {
    en: '{setting} is {value}; it must be {range}.',
    ru: '{setting} = {value}; допустимо: {range}.',
  },
  'setting-unfit': {
    en: 'The {setting} does not fit: {detail}.',
    ru: 'Настройка не подходит: {setting} ({detail}).',
  },
  'schedule-too-long': {
    en: 'The schedule has {steps} steps, but the run has only {goal}. Make the schedule shorter or the run longer.',
    ru: 'В расписании шагов {steps}, а в запуске только {goal}. Сократите расписание или продлите запуск.',
  },
  'measurement-in-progress': {
    en: 'The speed of a network is being measured; this takes a few seconds. Try again after that.',
    ru: 'Сейчас измеряется скорость сети, это занимает несколько секунд. Попробуйте ещё раз после этого.',
  },
  'measuring-while-training': {
    en: 'Run {run} is training now. Measuring would slow it down and find times that are too long. Pause the run, or measure when it has ended.',
    ru: 'Сейчас идёт запуск {run}. Измерение замедлило бы его и показало бы завышенное время. Приостановите запуск или измерьте, когда он закончится.',
  },
  'goal-reached': {
    en: 'Run {run} has already reached step {step}. Give a larger total number of steps to continue it.',
    ru: 'Запуск {run} уже дошёл до шага {step}. Чтобы продолжить, укажите большее общее число шагов.',
  },
  'run-unknown': {
    en: 'There is no run {run}. “lab runs” lists the runs.',
    ru: 'Запуска {run} нет. Список показывает команда «lab runs».',
  },
  'run-trains': {
    en: 'Run {run} is training now, so nothing was changed. Pause or stop it first.',
    ru: 'Сейчас идёт запуск {run}, поэтому ничего не изменено. Сначала приостановите или остановите его.',
  },
  'run-waits': {
    en: 'Run {run} waits in the queue, so nothing was deleted. Take it out of the queue instead, with “lab queue cancel {run}” or in the queue of the page Train.',
    ru: 'Запуск {run} ждёт в очереди, поэтому ничего не удалено. Уберите его из очереди: командой «lab queue cancel {run}» или на странице «Обучение».',
  },
  'run-in-bin': {
    en: 'Run {run} lies in the bin. Restore it first, in the bin of the page Compare or with “lab restore {run}”.',
    ru: 'Запуск {run} лежит в корзине. Сначала верните его: в корзине на странице «Сравнение» или командой «lab restore {run}».',
  },
  'run-not-in-bin': {
    en: 'Run {run} does not lie in the bin. “lab bin” lists what is there. Nothing was changed.',
    ru: 'Запуска {run} в корзине нет. Её содержимое показывает команда «lab bin». Ничего не изменено.',
  },
  'column-unknown': {
    en: 'There is no column “{column}”. Columns are {known}, and the path of any setting, such as optimizer.kind.',
    ru: 'Столбца «{column}» нет. Есть столбцы {known} и путь любой настройки, например optimizer.kind.',
  },
  'run-name-unwritten': {
    en: 'A name of a run must stand in one line: it has characters that break lines or turn the order of letters. Leave them out. Nothing was changed.',
    ru: 'Имя запуска должно помещаться в одну строку: в нём есть символы, которые разрывают строку или меняют порядок букв. Уберите их. Ничего не изменено.',
  },
  'run-name-too-long': {
    en: 'A name of {length} characters is too long for a run: give it one of at most {most}, and put the rest into its note. Nothing was changed.',
    ru: 'Имя из {length} символов слишком длинное для запуска: дайте имя не длиннее {most}, остальное запишите в заметку. Ничего не изменено.',
  },
  'note-too-long': {
    en: 'A note of {length} characters is too long: it may have {most}. Shorten it. Nothing was changed.',
    ru: 'Заметка из {length} символов слишком длинная: в ней может быть не больше {most}. Сократите её. Ничего не изменено.',
  },
  'expectation-reason-too-long': {
    en: 'A reason of {length} characters is too long for an expectation: it may have {most}. Shorten it. Nothing was changed.',
    ru: 'Обоснование из {length} символов слишком длинное: в нём может быть не больше {most}. Сократите его. Ничего не изменено.',
  },
  'expectation-locked': {
    en: 'What is expected of run {run} can no longer be written or changed: the run has already left the queue. Write it before the next run begins.',
    ru: 'Прогноз для запуска {run} уже нельзя ни записать, ни изменить: запуск больше не ждёт в очереди. Запишите прогноз до начала следующего запуска.',
  },
  'expectation-of-itself': {
    en: 'Run {run} cannot be compared with itself. Choose another run. Nothing was changed.',
    ru: 'Запуск {run} нельзя сравнить с ним самим. Выберите другой запуск. Ничего не изменено.',
  },
  'tag-blank': {
    en: 'A tag needs a character that can be seen. Write one, or leave the tag out. Nothing was changed.',
    ru: 'В теге нет ни одного видимого символа. Напишите что-нибудь или уберите тег. Ничего не изменено.',
  },
  'tag-unwritten': {
    en: 'A tag must stand in one line: it has characters that break lines or turn the order of letters. Leave them out. Nothing was changed.',
    ru: 'Тег должен помещаться в одну строку: в нём есть символы, которые разрывают строку или меняют порядок букв. Уберите их. Ничего не изменено.',
  },
  'tag-with-comma': {
    en: 'A tag has no comma, because commas stand between tags: “{tag}”. Give it as several tags, or write it without. Nothing was changed.',
    ru: 'В теге не бывает запятой, ведь запятые разделяют теги: «{tag}». Задайте несколько тегов или обойдитесь без запятой. Ничего не изменено.',
  },
  'tag-too-long': {
    en: 'A tag of {length} characters is too long: it may have {most}. Shorten it. Nothing was changed.',
    ru: 'Тег из {length} символов слишком длинный: в нём может быть не больше {most}. Сократите его. Ничего не изменено.',
  },
  'run-not-training': {
    en: 'Run {run} is not training now, so there is nothing to pause or stop.',
    ru: 'Запуск {run} сейчас не идёт, поэтому нечего приостанавливать или останавливать.',
  },
  'run-queued': {
    en: 'Run {run} waits in the queue as number {position} and trains when its turn comes. “lab queue” shows the queue.',
    ru: 'Запуск {run} ждёт в очереди на месте {position} и пойдёт в свой черёд. Очередь показывает команда «lab queue».',
  },
  'run-not-queued': {
    en: 'Run {run} is not in the queue, so it cannot be moved or cancelled there. “lab queue” shows the queue.',
    ru: 'Запуска {run} нет в очереди, поэтому его нельзя переставить или отменить. Очередь показывает команда «lab queue».',
  },
  'queue-with-problems': {
    en: '{count} of the {total} runs whose turn came did not finish. “lab runs” shows them; “lab run RUN” says why.',
    ru: 'Из запусков, дошедших до своей очереди ({total}), не завершились: {count}. Их показывает «lab runs», причину — «lab run ЗАПУСК».',
  },
  'run-not-continuable': {
    en: 'Run {run} cannot be continued: {detail}. Start a new run with other settings.',
    ru: 'Запуск {run} нельзя продолжить: {detail}. Начните новый запуск с другими настройками.',
  },
  'proof-in-progress': {
    en: 'A proof of exact resuming is already running. Wait for it to end, or cancel it.',
    ru: 'Сейчас проверяется точность возобновления. Дождитесь окончания или отмените проверку.',
  },
  'proof-failed': {
    en: 'The run interrupted at step {step} did not give the same bits as the uninterrupted one. Please report this with the two hashes.',
    ru: 'Запуск, прерванный на шаге {step}, дал не те же биты, что непрерывный. Пожалуйста, сообщите об этом с обоими хешами.',
  },
  'run-in-progress': {
    en: 'Run {run} is training now. Pause or stop it before another one starts.',
    ru: 'Сейчас идёт запуск {run}. Приостановите или остановите его, прежде чем начинать другой.',
  },
  'image-unknown': {
    en: 'There is no image {image}. The last one is {last}.',
    ru: 'Изображения {image} нет. Последнее — {last}.',
  },
  'given-unknown': {
    en: 'This picture is no longer kept. Give its file again.',
    ru: 'Это изображение больше не хранится. Откройте его файл ещё раз.',
  },
  'picture-refused': {
    en: 'The picture cannot be read: {detail}. Give a JPEG or PNG file.',
    ru: 'Изображение не читается: {detail}. Нужен файл JPEG или PNG.',
  },
  'picture-file-unread': {
    en: 'The file {path} cannot be read ({detail}). Check its name, and whether you may open it.',
    ru: 'Файл {path} не читается ({detail}). Проверьте его имя и права на чтение.',
  },
  'folder-without-pictures': {
    en: 'There is no picture in {folder}. Name a folder with JPEG or PNG files.',
    ru: 'В папке {folder} нет изображений. Укажите папку с файлами JPEG или PNG.',
  },
  'pictures-passed-over': {
    en: 'No answer for {count} of {total} pictures; each is named with the reason. The others were answered.',
    ru: 'Изображений без ответа: {count} из {total}; каждое названо вместе с причиной. На остальные ответ дан.',
  },
  'answer-not-finite': {
    en: 'The network of run {run} at step {step} gives no finite numbers for this image. Choose an earlier checkpoint or train with a lower learning rate.',
    ru: 'Сеть запуска {run} на шаге {step} не даёт для этого изображения конечных чисел. Выберите более раннюю контрольную точку или обучите сеть с меньшей скоростью обучения.',
  },
  'answers-not-finite': {
    en: 'The network of run {run} at step {step} gives no finite numbers, so its errors cannot be counted. Choose an earlier checkpoint or train with a lower learning rate.',
    ru: 'На шаге {step} сеть запуска {run} выдаёт NaN или бесконечность, поэтому её ошибки не сосчитать. Выберите более раннюю контрольную точку или обучите сеть с меньшей скоростью обучения.',
  },
  'embedding-few-images': {
    en: 'Run {run} has {images} test images: too few to show in a plane, which takes three. Choose a run with a larger test set.',
    ru: 'У запуска {run} слишком мало тестовых изображений ({images}): для плоскости нужно хотя бы три. Выберите запуск с большей тестовой выборкой.',
  },
  'plane-crashed': {
    en: 'The thread that computes the plane ended unexpectedly ({detail}). Nothing that was stored is lost. Ask again, with fewer images or neighbours if this repeats.',
    ru: 'Поток, который вычисляет плоскость, неожиданно завершился ({detail}). Сохранённое не потеряно. Повторите запрос; если ошибка повторится, возьмите меньше изображений или соседей.',
  },
  'compared-other-set': {
    en: 'Run {first} was tested on {firstSet}, run {second} on {secondSet}: image by image they cannot be compared. Choose two runs that were tested on the same images.',
    ru: 'Запуск {first} проверялся на наборе {firstSet}, а запуск {second} — на {secondSet}: сравнить их по изображениям нельзя. Выберите два запуска с одинаковой тестовой выборкой.',
  },
  'compared-other-classes': {
    en: 'Runs {first} and {second} tell other classes apart, so their answers cannot be compared. Choose two runs with the same classes.',
    ru: 'Запуски {first} и {second} различают разные классы, поэтому сравнить их ответы нельзя. Выберите два запуска с одинаковыми классами.',
  },
  'compared-other-images': {
    en: 'Runs {first} and {second} were tested on different images of {dataset}, so they cannot be compared image by image. Choose two runs with the same split and the same images.',
    ru: 'Запуски {first} и {second} проверялись на разных изображениях набора {dataset}, поэтому сравнить их по изображениям нельзя. Выберите два запуска с одинаковым разбиением и одинаковыми изображениями.',
  },
  'map-unknown': {
    en: '{layer} has no map {map}. Its maps are 0 to {last}.',
    ru: 'У слоя {layer} нет карты {map}. Его карты: от 0 до {last}.',
  },
  'class-number-unknown': {
    en: 'There is no class number {class}. The classes are numbered from 0 to {last}.',
    ru: 'Класса с номером {class} нет. Классы пронумерованы от 0 до {last}.',
  },
  'place-unknown': {
    en: 'The maps of {layer} have no value in row {y}, column {x}. Rows are 0 to {lastRow}, columns 0 to {lastColumn}.',
    ru: 'У карт слоя {layer} нет значения в строке {y}, столбце {x}. Строки: от 0 до {lastRow}, столбцы: от 0 до {lastColumn}.',
  },
  'layer-without-maps': {
    en: 'Layer {layer} gives single values and no maps. These give maps: {known}.',
    ru: 'Слой {layer} выдаёт отдельные числа, а не карты. Карты есть здесь: {known}.',
  },
  'answer-unchanged': {
    en: 'No step of up to {largest} (of 255) along the gradient’s sign changes the answer for this image, so there is nothing to show. Choose another image or another checkpoint.',
    ru: 'Ни один шаг до {largest} (из 255) по знаку градиента не меняет ответ для этого изображения, поэтому показывать нечего. Выберите другое изображение или другую контрольную точку.',
  },
  'layer-too-wide': {
    en: 'Layer {layer} gives {maps} values. Images are looked for in layers of up to {most}: choose the layer before it.',
    ru: 'Слой {layer} выдаёт значений: {maps}. Изображения ищутся для слоёв, где их не больше {most}: выберите слой перед ним.',
  },
  'picture-gone': {
    en: 'The checkpoint of this picture is gone or has changed. Choose a checkpoint again.',
    ru: 'Контрольной точки этой картинки больше нет или она изменилась. Выберите точку ещё раз.',
  },
  'layer-unknown': {
    en: 'The network of run {run} has no layer {layer}. Its layers are: {known}.',
    ru: 'В сети запуска {run} нет слоя {layer}. Её слои: {known}.',
  },
  'layer-without-kernel': {
    en: 'Layer {layer} has no kernel. These layers have one: {known}.',
    ru: 'У слоя {layer} нет ядер. Они есть у слоёв: {known}.',
  },
  'kernel-unknown': {
    en: 'Layer {layer} has no kernel {kernel}. They are numbered from 0 to {last}.',
    ru: 'У слоя {layer} нет ядра {kernel}. Ядра пронумерованы от 0 до {last}.',
  },
  'layer-without-colours': {
    en: 'The kernels of layer {layer} have no colours: it is no convolution that takes colour images themselves. Look at one input channel at a time.',
    ru: 'У ядер слоя {layer} нет цветов: это не свёртка, на вход которой подаётся само цветное изображение. Смотрите их по одному входному каналу.',
  },
  'layer-without-channels': {
    en: 'Layer {layer} is dense: its kernel is one matrix without input channels. Leave the input channel out.',
    ru: 'Слой {layer} полносвязный: его веса образуют одну матрицу, входных каналов у неё нет. Не указывайте канал.',
  },
  'input-channel-unknown': {
    en: 'Layer {layer} has no input channel {channel}. They are numbered from 0 to {last}.',
    ru: 'У слоя {layer} нет входного канала {channel}. Каналы пронумерованы от 0 до {last}.',
  },
  'best-unknown': {
    en: 'Run {run} has not been evaluated yet, so it has no best checkpoint. Name the last one, or a step.',
    ru: 'Точность запуска {run} ещё не измерялась, поэтому лучшей контрольной точки нет. Укажите последнюю или шаг.',
  },
  'checkpoint-unknown': {
    en: 'Run {run} has no checkpoint at step {step}. Its checkpoints are at: {known}.',
    ru: 'У запуска {run} нет контрольной точки на шаге {step}. Есть точки на шагах: {known}.',
  },
  'branch-pruned': {
    en: 'A branch cannot begin at step {step} of run {run}: that checkpoint has been given up. Run {run} has checkpoints at: {known}. Nothing was changed.',
    ru: 'Ответвиться от шага {step} запуска {run} нельзя: эта контрольная точка уже удалена. У запуска {run} есть точки на шагах: {known}. Ничего не изменено.',
  },
  'branch-other-bits': {
    en: 'The checkpoint at step {step} of run {run} is not the one that these settings name: it has other bits. Branch anew from the checkpoint that is there now. Nothing was changed.',
    ru: 'Контрольная точка на шаге {step} запуска {run} — не та, что указана в этих настройках: содержимое файла другое. Создайте новую ветвь от точки, которая есть сейчас. Ничего не изменено.',
  },
  'branch-run-gone': {
    en: 'Run {run}, from whose step {step} this run is to branch, is no longer here, and no branch has kept that checkpoint. Choose a checkpoint of another run. Nothing was changed.',
    ru: 'Запуска {run}, от шага {step} которого должна отойти ветвь, больше нет, и ни одна ветвь не сохранила эту контрольную точку. Выберите точку другого запуска. Ничего не изменено.',
  },
  'branch-other-network': {
    en: 'The checkpoint at step {step} of run {run} holds the weights of another network. A branch keeps the network of its checkpoint, but for which layers are frozen: change other settings, or begin a run of its own. Nothing was changed.',
    ru: 'В контрольной точке на шаге {step} запуска {run} веса другой сети. Ветвь сохраняет сеть своей контрольной точки, менять можно только заморозку слоёв: измените другие настройки или начните отдельный запуск. Ничего не изменено.',
  },
  'weights-file-unread': {
    en: 'The file {file} could not be read ({detail}). Check its name and that you may read it. Nothing was changed.',
    ru: 'Не удалось прочитать файл {file} ({detail}). Проверьте имя и права на чтение. Ничего не изменено.',
  },
  'weights-too-large': {
    en: 'The file {file} has more than {most} MB, the most that is read of weights. Save the weights alone, as float32 or float16. Nothing was changed.',
    ru: 'Файл {file} больше {most} МБ, а весов читается не больше. Сохраните только веса, в float32 или float16. Ничего не изменено.',
  },
  'weights-file-foreign': {
    en: 'No weights can be taken from the file {file}: {detail}. Safetensors and ONNX files are read. Nothing was changed.',
    ru: 'Из файла {file} нельзя взять веса: {detail}. Читаются файлы safetensors и ONNX. Ничего не изменено.',
  },
  'weights-layer-unknown': {
    en: 'The network has no layer {layer} with weights. Those are: {known}. Nothing was changed.',
    ru: 'В сети нет слоя {layer} с весами. Слои с весами: {known}. Ничего не изменено.',
  },
  'weights-open': {
    en: 'It is open which tensors go to {variables}: several fit. Choose for each, or let it begin anew. Nothing was changed.',
    ru: 'Не решено, какие тензоры взять для {variables}: подходит несколько. Выберите для каждой переменной или оставьте ей начальные веса. Ничего не изменено.',
  },
  'weights-uncertain': {
    en: 'It is not certain which tensors go to {variables}. Write the table with --write-map FILE, look it through, and begin with --map FILE. Nothing was changed.',
    ru: 'Нет уверенности, какие тензоры взять для {variables}. Запишите таблицу с --write-map ФАЙЛ, проверьте её и начните с --map ФАЙЛ. Ничего не изменено.',
  },
  'weights-row-unfit': {
    en: 'The tensor {tensor} cannot become {variable}: {detail}. Change that row of the table. Nothing was changed.',
    ru: 'Тензор {tensor} не может стать {variable}: {detail}. Измените эту строку таблицы. Ничего не изменено.',
  },
  'weights-none': {
    en: 'The table takes no tensor at all, so there is nothing to begin with. Choose some, or begin without weights from elsewhere. Nothing was changed.',
    ru: 'В таблице не взят ни один тензор, начинать не с чего. Выберите тензоры или начните без чужих весов. Ничего не изменено.',
  },
  'weights-value-not-finite': {
    en: 'The tensor {tensor}, which is to become {variable}, has a value that is no finite float32. Take other weights, or let that layer begin anew. Nothing was changed.',
    ru: 'В тензоре {tensor}, который должен стать {variable}, есть значение, не представимое конечным float32. Возьмите другие веса или оставьте слою начальные. Ничего не изменено.',
  },
  'weights-table-wrong': {
    en: 'The table of weights could not be read: {detail}. Write it anew with --write-map FILE. Nothing was changed.',
    ru: 'Не удалось прочитать таблицу весов: {detail}. Запишите её заново с --write-map ФАЙЛ. Ничего не изменено.',
  },
  'weights-gone': {
    en: 'The file {file} with the weights with which this run begins is missing or damaged. Restore it from a copy, or take the weights anew. Nothing was changed.',
    ru: 'Файл {file} с весами, с которых начинается этот запуск, отсутствует или повреждён. Верните его из копии или возьмите веса заново. Ничего не изменено.',
  },
  'weights-other-network': {
    en: 'The weights with which this run is to begin belong to another network: {variable} does not fit. Take them anew for this network. Nothing was changed.',
    ru: 'Веса, с которых должен начаться запуск, от другой сети: {variable} не подходит. Возьмите их заново для этой сети. Ничего не изменено.',
  },
  'layer-not-freezable': {
    en: 'The network has no layer {layer} that can be frozen. Those with weights can: {known}. Nothing was changed.',
    ru: 'В сети нет слоя {layer}, который можно заморозить. Заморозить можно слои с весами: {known}. Ничего не изменено.',
  },
  'branch-point-gone': {
    en: 'The file {file} is missing: it holds the checkpoint at step {step} of run {run} with which this run begins. Restore it from a copy, or branch anew.',
    ru: 'Нет файла {file} с контрольной точкой шага {step} запуска {run}, с которой начинается этот запуск. Верните его из копии или создайте ветвь заново.',
  },
  'checkpoint-damaged': {
    en: 'The checkpoint file {file} is damaged ({detail}) and was not used. Restore it from a copy, or use an earlier checkpoint of the run.',
    ru: 'Файл контрольной точки {file} повреждён ({detail}) и не использован. Верните его из копии или используйте более раннюю точку этого запуска.',
  },
  'checkpoint-foreign': {
    en: 'The file {file} is a checkpoint of a run with other settings, so its weights do not belong here and it was not used. Restore this run’s own file, or use an earlier checkpoint of it.',
    ru: 'Файл {file} — контрольная точка запуска с другими настройками: её веса сюда не подходят, и она не использована. Верните файл этого запуска или используйте его более раннюю точку.',
  },
  'checkpoint-passed-over': {
    en: 'Run {run} continues from step {step}, where its newest sound checkpoint is. These files are damaged, missing or from another run, and were not used: {files}. The later steps are computed again, with the same result.',
    ru: 'Запуск {run} продолжается с шага {step}, где его последняя исправная контрольная точка. Повреждены, отсутствуют или принадлежат другому запуску и потому не использованы: {files}. Шаги после неё вычисляются заново, с тем же результатом.',
  },
  'checkpoints-lost': {
    en: 'Run {run} has no checkpoint left to continue from (damaged, missing or from another run: {files}), so it was left as it is. Restore these files, or start a new run with its settings.',
    ru: 'У запуска {run} не осталось контрольной точки, с которой можно продолжить (повреждены, отсутствуют или принадлежат другому запуску: {files}), поэтому он оставлен как есть. Верните эти файлы или начните новый запуск.',
  },
  'loss-not-finite': {
    en: 'The loss became {value} at step {step}, so training was stopped. The last good checkpoint is at step {checkpoint}. Try a smaller learning rate.',
    ru: 'На шаге {step} функция потерь стала равна {value}, поэтому обучение прекращено. Последняя исправная контрольная точка — шаг {checkpoint}. Попробуйте меньшую скорость обучения.',
  },
  'weights-not-finite': {
    en: 'By step {step} a weight had become infinite or not a number, so training was stopped. The last good checkpoint is at step {checkpoint}. Try a smaller learning rate.',
    ru: 'К шагу {step} один из весов стал бесконечным или нечисловым, поэтому обучение прекращено. Последняя исправная контрольная точка — шаг {checkpoint}. Попробуйте меньшую скорость обучения.',
  },
  'engine-crashed': {
    en: 'The training process ended unexpectedly ({detail}). The run can be continued from its last checkpoint; if this repeats, try a smaller batch.',
    ru: 'Процесс обучения неожиданно завершился ({detail}). Запуск можно продолжить с последней контрольной точки; если это повторится, уменьшите батч.',
  },
  'out-of-memory': {
    en: 'There was not enough memory for this ({detail}). Close other programs and try again; nothing that was stored is lost.',
    ru: 'Для этого не хватило памяти ({detail}). Закройте другие программы и попробуйте ещё раз; сохранённое не потеряно.',
  },
  'batch-out-of-memory': {
    en: 'A batch of {batch} did not fit into memory, so training was stopped; its last checkpoint is kept. According to an estimate, a batch of {fitting} fits into the memory that is free now: start a new run with it, or close other programs and continue this one.',
    ru: 'Батч из {batch} не поместился в памяти, поэтому запуск прерван; последняя контрольная точка сохранена. По оценке, в свободную сейчас память поместится батч из {fitting}: начните с ним новый запуск или закройте другие программы и продолжите этот.',
  },
  'looking-crashed': {
    en: 'The process that looks inside networks ended unexpectedly ({detail}). No training was disturbed. Ask again: a new process will answer.',
    ru: 'Процесс, который смотрит внутрь сетей, неожиданно завершился ({detail}). Обучению это не помешало. Повторите запрос: ответит новый процесс.',
  },
  'worker-crashed': {
    en: 'The process that works on data sets ended unexpectedly ({detail}). Nothing half-written was kept. Try again; if this repeats, close other programs first, for memory may be short.',
    ru: 'Процесс, который обрабатывает наборы данных, неожиданно завершился ({detail}). Недописанных файлов не осталось. Попробуйте ещё раз; если это повторится, сначала закройте другие программы: возможно, не хватает памяти.',
  },
  'engine-unavailable': {
    en: 'TensorFlow could not be loaded: {detail}. Run “npm start” again to repair the set-up.',
    ru: 'Не удалось загрузить TensorFlow: {detail}. Запустите «npm start» ещё раз, чтобы восстановить установку.',
  },
  'processor-too-old': {
    en: 'The processor of this computer lacks instructions that TensorFlow needs (AVX, which processors for desktop computers have had since about 2011). Nothing can be trained here; what is stored can be looked at. Use Conv Lab on another computer.',
    ru: 'Процессор этого компьютера не знает инструкций, без которых TensorFlow не работает (AVX; у настольных процессоров они есть примерно с 2011 года). Обучать сети здесь нельзя, но сохранённое можно смотреть. Запустите Conv Lab на другом компьютере.',
  },
  'lab-interrupted': {
    en: 'Conv Lab ended while this run was training. It can be continued from its last checkpoint.',
    ru: 'Conv Lab завершился во время этого запуска. Его можно продолжить с последней контрольной точки.',
  },
  'images-too-small': {
    en: 'The preset “{preset}” needs images of at least {least} x {least} pixels, but those of {dataset} have {height} x {width}. Choose another preset or another data set.',
    ru: 'Заготовке «{preset}» нужны изображения не меньше {least} x {least} пикселей, а в наборе {dataset} они {height} x {width}. Выберите другую заготовку или другой набор данных.',
  },
  'model-invalid': {
    en: 'The network does not work: layer {layer} {detail}.',
    ru: 'Сеть не работает: слой {layer}: {detail}.',
  },
  'layer-name-taken': {
    en: 'There is already a layer “{name}”. Give this one another name.',
    ru: 'Слой «{name}» уже есть. Дайте этому слою другое имя.',
  },
  'layer-name-unfit': {
    en: 'A layer cannot be called “{name}”. A name has Latin small letters, digits and underscores, begins with a letter and has at most 40 signs; “input” is the image.',
    ru: 'Назвать слой «{name}» нельзя. В имени строчные латинские буквы, цифры и подчёркивания, первой стоит буква, всего не больше 40 знаков; «input» — это само изображение.',
  },
  'network-draft-unread': {
    en: 'The network that was being edited cannot be read: another version of Conv Lab kept it. Begin with a preset or a saved network.',
    ru: 'Сеть, которую вы правили, не читается: её сохранила другая версия Conv Lab. Начните с заготовки или сохранённой сети.',
  },
  'command-unknown': {
    en: 'There is no command “{command}”. The commands are: {known}.',
    ru: 'Команды «{command}» нет. Есть такие: {known}.',
  },
  'command-missing': {
    en: 'Options alone are not a command. The commands are: {known}.',
    ru: 'Одних параметров мало, нужна команда. Есть такие: {known}.',
  },
  'option-unknown': {
    en: '“lab {command}” has no option {option}. “lab {command} --help” lists its options.',
    ru: 'У команды «lab {command}» нет параметра {option}. Её параметры показывает «lab {command} --help».',
  },
  'option-value': {
    en: '{option} needs {expected}, but “{value}” was given.',
    ru: 'Для {option} нужно {expected}, а указано «{value}».',
  },
  'arguments-wrong': {
    en: 'This is not how “lab {command}” is called: {detail}. “lab {command} --help” shows how.',
    ru: 'Команда «lab {command}» вызывается иначе: {detail}. Как именно, показывает «lab {command} --help».',
  },
  'network-empty': {
    en: 'The network has no layers yet. Add a first one, such as a convolution.',
    ru: 'В сети ещё нет слоёв. Добавьте первый, например свёрточный.',
  },
  'network-unknown': {
    en: 'There is no network “{network}”. “lab network list” lists the networks.',
    ru: 'Сети «{network}» нет. Список показывает команда «lab network list».',
  },
  'network-version-unknown': {
    en: 'The network “{network}” has no version {version}. Its versions are: {known}.',
    ru: 'У сети «{network}» нет версии {version}. Есть версии: {known}.',
  },
  'network-name-blank': {
    en: 'A network needs a name that can be read, and “{name}” has nothing but blanks. Give it another one.',
    ru: 'Сети нужно имя, которое можно прочитать, а в «{name}» одни пробелы. Дайте ей другое имя.',
  },
  'network-name-too-long': {
    en: 'A name of {length} characters is too long for a network: give it one of at most {most}.',
    ru: 'Имя из {length} символов слишком длинное для сети: дайте ей имя не длиннее {most}.',
  },
  'network-name-taken': {
    en: 'There is already a network “{network}” (capital letters do not count). Choose another name.',
    ru: 'Сеть «{network}» уже есть (регистр букв не учитывается). Выберите другое имя.',
  },
  'network-name-of-preset': {
    en: '“{name}” is the name of a preset, and presets are never changed. Choose another name.',
    ru: '«{name}» — имя заготовки, а заготовки не изменяются. Выберите другое имя.',
  },
  'network-file-unread': {
    en: 'The file {path} cannot be read ({detail}). Check its name, and whether you may open it.',
    ru: 'Файл {path} не читается ({detail}). Проверьте его имя и права на чтение.',
  },
  'network-file-newer': {
    en: 'This network was written by a newer Conv Lab (version {version} of the format; this one reads up to {newest}). Update Conv Lab to open it.',
    ru: 'Эта сеть записана более новым Conv Lab (версия формата {version}, здесь читаются до {newest}). Обновите Conv Lab, чтобы её открыть.',
  },
  'network-file-foreign': {
    en: 'This is no network of Conv Lab: {detail}. Nothing was changed. Choose a JSON file that “lab network export” or the page Network wrote.',
    ru: 'Это не сеть Conv Lab: {detail}. Ничего не изменено. Выберите файл JSON, записанный командой «lab network export» или на странице «Сеть».',
  },
  'network-file-wrong': {
    en: 'The network in this file cannot be used: {place}: {detail}. Nothing was changed. Correct it there and open the file again.',
    ru: 'Сеть из этого файла использовать нельзя: {place}: {detail}. Ничего не изменено. Исправьте это в файле и откройте его снова.',
  },
  'preset-unknown': {
    en: 'There is no preset “{preset}”. The presets are: {known}.',
    ru: 'Заготовки «{preset}» нет. Есть такие: {known}.',
  },
  'export-folder-taken': {
    en: '{folder} is there already and is not an empty folder, so nothing was written. Choose a new or an empty folder.',
    ru: '{folder} уже существует, и это не пустая папка, поэтому ничего не записано. Выберите новую или пустую папку.',
  },
  'event-folder-taken': {
    en: 'Run {run} is written for TensorBoard to {other}, and events of two runs would undo each other, so {folder} was not taken. Choose a folder beside it, or end that writing with “lab export end {run}”.',
    ru: 'Запуск {run} записывается для TensorBoard в папку {other}, а события двух запусков стирали бы друг друга, поэтому папка {folder} не занята. Выберите папку рядом с ней или прекратите ту запись командой «lab export end {run}».',
  },
  'events-ended': {
    en: 'Nothing more is written to {folder} for TensorBoard ({detail}). The run itself goes on, and all its curves are kept here. Check the folder and its disk, then export the run to a new folder.',
    ru: 'Запись для TensorBoard в папку {folder} прекращена ({detail}). Сам запуск продолжается, и все его кривые сохраняются здесь. Проверьте папку и диск, затем экспортируйте запуск в новую папку.',
  },
  'run-held': {
    en: 'Run {run} is held at step {step}. “lab resume {run}” continues it.',
    ru: 'Запуск {run} остановлен на шаге {step}. Его продолжит команда «lab resume {run}».',
  },
  interrupted: {
    en: 'The command was interrupted before it finished. Nothing that was stored is lost.',
    ru: 'Команда прервана до завершения. Сохранённое не потеряно.',
  },
  'owner-gone': {
    en: 'The Conv Lab that had this folder open has ended. Nothing that was stored is lost; run the command again.',
    ru: 'Conv Lab, в котором была открыта эта папка, завершился. Сохранённое не потеряно; повторите команду.',
  },
  'lab-closing': {
    en: 'Conv Lab is closing, so nothing new is started.',
    ru: 'Conv Lab закрывается, поэтому ничего нового не начинается.',
  },
  'link-lost': {
    en: 'The connection to Conv Lab was lost, so this was not done. It is being restored; try again in a moment.',
    ru: 'Связь с Conv Lab потеряна, поэтому действие не выполнено. Она восстанавливается; попробуйте ещё раз чуть позже.',
  },
  'table-too-large': {
    en: 'The runs that are shown have {steps} steps, and a table of more than {most} rows opens nowhere, so none was made. Show fewer runs, or write each of them to a file with “lab metrics RUN --format csv”.',
    ru: 'У показанных запусков {steps} шагов, а таблицу больше чем из {most} строк ничто не откроет, поэтому она не создана. Покажите меньше запусков или сохраните каждый в файл командой «lab metrics RUN --format csv».',
  },
  'sweep-setting-unknown': {
    en: 'A sweep cannot change “{setting}” of these settings. It can change {known}, or any single value by its path, such as model.layers.fc_1.units. Nothing was begun.',
    ru: 'Перебор не может менять «{setting}» в этих настройках. Он может менять {known} или любое отдельное значение по его пути, например model.layers.fc_1.units. Ничего не начато.',
  },
  'sweep-value-unfit': {
    en: 'The setting “{setting}” of the sweep cannot be {value}: {detail}. Nothing was begun.',
    ru: 'Настройке перебора «{setting}» нельзя дать значение {value}: {detail}. Ничего не начато.',
  },
  'sweep-settings-same': {
    en: 'The settings “{one}” and “{other}” of the sweep change the same thing, so together they contradict each other. Sweep one of them, with all its values. Nothing was begun.',
    ru: 'Настройки перебора «{one}» и «{other}» меняют одно и то же и вместе противоречат друг другу. Перебирайте одну из них со всеми её значениями. Ничего не начато.',
  },
  'sweep-asks': {
    en: 'This sweep has {runs} runs. Take fewer values, give it a budget of runs, or say that you mean so many: confirm the number in the window, or with --confirm {runs}. Nothing was begun.',
    ru: 'Этот перебор состоит из {runs} запусков. Уменьшите число значений, ограничьте число запусков или подтвердите, что их нужно столько: в окне или через --confirm {runs}. Ничего не начато.',
  },
  'sweep-too-large': {
    en: 'A sweep has at most {most} runs. Take fewer values, or draw random points. Nothing was begun.',
    ru: 'В переборе не может быть больше {most} запусков. Уменьшите число значений или возьмите случайные точки. Ничего не начато.',
  },
  'sweep-unknown': {
    en: 'There is no sweep {sweep} in this folder. “lab sweep list” lists them.',
    ru: 'Перебора {sweep} в этой папке нет. Все переборы показывает команда «lab sweep list».',
  },
  'sweep-over': {
    en: 'Sweep {sweep} has ended, so there is nothing to pause, continue or cancel. Its runs are kept.',
    ru: 'Перебор {sweep} закончен, поэтому его нельзя приостановить, продолжить или отменить. Его запуски сохранены.',
  },
  'sweep-deleted': {
    en: 'Sweep {sweep} was deleted. Restore it on the page Sweeps or with “lab sweep restore {sweep}”.',
    ru: 'Перебор {sweep} удалён. Восстановите его на странице «Перебор настроек» или командой «lab sweep restore {sweep}».',
  },
  'sweep-not-deleted': {
    en: 'Sweep {sweep} was not deleted, so there is nothing to restore.',
    ru: 'Перебор {sweep} не удалён, поэтому восстанавливать нечего.',
  },
  'sweep-goes-on': {
    en: 'Sweep {sweep} is under way. Pause or cancel it first; nothing was deleted.',
    ru: 'Перебор {sweep} ещё идёт. Сначала приостановите или отмените его; ничего не удалено.',
  },
  'sweep-waits': {
    en: 'Sweep {sweep} waits for you. “lab sweep show {sweep}” says why, and “lab sweep resume {sweep}” lets it go on.',
    ru: 'Перебор {sweep} ждёт вас. Почему, показывает команда «lab sweep show {sweep}», а продолжает его «lab sweep resume {sweep}».',
  },
  'sweep-file-wrong': {
    en: 'The file {file} does not describe a sweep: {detail}. It is JSON with the names of the options of “lab sweep”: dataset, grid or random with the values of each setting, seeds and so on. docs/sweeps.md has an example.',
    ru: 'Файл {file} не описывает перебор: {detail}. Это JSON с именами параметров команды «lab sweep»: «dataset», «grid» или «random» со значениями каждой настройки, «seeds» и другими. Пример есть в docs/sweeps.md.',
  },
  'home-in-use': {
    en: 'The folder {home} is in use by another Conv Lab ({detail}). Close it, or choose another folder with --home.',
    ru: 'Папка {home} занята другим Conv Lab ({detail}). Закройте его или выберите другую папку через --home.',
  },
  'home-taken': {
    en: 'Another Conv Lab ({detail}) has taken the folder {home}. That happens when this computer sleeps or loses the folder for some seconds. This Conv Lab has ended and writes nothing more there; a run that was training can be continued from its last checkpoint. Close the other Conv Lab before you start this one again.',
    ru: 'Папку {home} занял другой Conv Lab ({detail}). Так бывает, когда этот компьютер спит или на несколько секунд теряет папку из виду. Этот Conv Lab завершил работу и больше ничего туда не пишет; запуск, который обучался, можно продолжить с последней контрольной точки. Прежде чем запускать Conv Lab здесь снова, закройте другой.',
  },
  'copy-incomplete': {
    en: 'This copy of Conv Lab is not whole: {file} is missing (missing files: {count}). Unpack the archive or copy the whole folder again; your runs stay as they are.',
    ru: 'Эта копия Conv Lab неполна: нет файла {file} (всего не хватает: {count}). Распакуйте архив или скопируйте папку целиком ещё раз; ваши запуски останутся на месте.',
  },
  'copy-altered': {
    en: 'In this copy of Conv Lab {file} is not as it was packed (altered files: {count}). Unpack the archive or copy the whole folder again; your runs stay as they are.',
    ru: 'В этой копии Conv Lab файл {file} не такой, каким был упакован (всего изменено: {count}). Распакуйте архив или скопируйте папку целиком ещё раз; ваши запуски останутся на месте.',
  },
  'copy-too-deep': {
    en: 'The folder of this copy of Conv Lab has too long a path for Windows: {file} has {length} characters in it, and {most} are possible. Move the whole folder nearer to the root of the disk; your runs stay as they are.',
    ru: 'У папки с этой копией Conv Lab слишком длинный для Windows путь: до файла {file} в нём {length} символов, а можно не больше {most}. Перенесите всю папку ближе к корню диска; ваши запуски останутся на месте.',
  },
  'space-short': {
    en: 'The disk of {home} has {free} MB free, and Conv Lab needs {needed} MB to train. Free some space, or choose a folder on another disk with --home.',
    ru: 'На диске с папкой {home} свободно {free} МБ, а для обучения нужно {needed} МБ. Освободите место или выберите папку на другом диске через --home.',
  },
  'part-not-loaded': {
    en: 'A part of Conv Lab cannot be loaded on this computer: {detail}. “lab doctor” says what is missing or altered; if nothing is, this system is too old.',
    ru: 'Часть Conv Lab не загружается на этом компьютере: {detail}. Команда «lab doctor» скажет, чего не хватает и что изменено; если всё на месте, эта система слишком старая.',
  },
  'example-damaged': {
    en: 'The example that comes with Conv Lab cannot be read: {file} is missing or was changed. Install Conv Lab again, or fetch that file anew. Nothing was changed.',
    ru: 'Не удалось прочитать пример, который входит в Conv Lab: файла {file} нет, или он изменён. Установите Conv Lab заново или верните этот файл. Ничего не изменено.',
  },
  'example-outdated': {
    en: 'The example that comes with Conv Lab was trained on other images than this version draws. Install Conv Lab again; if you build it yourself, run “npm run example”. No run was added.',
    ru: 'Пример, который входит в Conv Lab, обучен не на тех изображениях, которые рисует эта версия. Установите Conv Lab заново; если вы собираете его сами, выполните «npm run example». Запуски не добавлены.',
  },
  'history-damaged': {
    en: 'The history file {file} is damaged ({detail}). It was left as it is: restore it from a backup, or move it away to begin a new history.',
    ru: 'Файл истории {file} повреждён ({detail}). Он оставлен как есть: восстановите его из копии или уберите, чтобы начать новую историю.',
  },
  'history-newer': {
    en: 'The history in {home} was written by a newer Conv Lab. Update this one, or choose another folder with --home.',
    ru: 'История в {home} записана более новой версией Conv Lab. Обновите эту или выберите другую папку через --home.',
  },
  'port-in-use': {
    en: 'Port {port} of this computer is taken by another program. Choose another one with --port, or leave --port out.',
    ru: 'Порт {port} этого компьютера занят другой программой. Выберите другой через --port или не указывайте --port.',
  },
  'window-not-shown': {
    en: 'No browser has shown the window of Conv Lab. Install or allow Chrome, Edge, Chromium or Firefox, or start Conv Lab in a terminal with --no-open and open the address that it prints.',
    ru: 'Ни один браузер не показал окно Conv Lab. Установите или разрешите Chrome, Edge, Chromium или Firefox либо запустите Conv Lab в терминале с --no-open и откройте адрес, который он напечатает.',
  },
  'window-missing': {
    en: 'The window has not been built: {path} is missing. Type “npm start”, which builds it.',
    ru: 'Окно не собрано: нет {path}. Наберите «npm start» — эта команда его соберёт.',
  },
  'address-used': {
    en: 'This address has been used already or does not belong to this Conv Lab. Type “npm start” again: it opens the window under a fresh address.',
    ru: 'Этот адрес уже использован или не принадлежит этому Conv Lab. Наберите «npm start» ещё раз: окно откроется по новому адресу.',
  },
  'stranger-refused': {
    en: 'This request does not come from the window of this Conv Lab ({detail}), so it was refused. Type “npm start” to open the window.',
    ru: 'Этот запрос пришёл не из окна этого Conv Lab ({detail}), поэтому отклонён. Чтобы открыть окно, наберите «npm start».',
  },
  'view-name-blank': {
    en: 'A view needs a name that can be read. Nothing was saved.',
    ru: 'Представлению нужно имя, которое можно прочитать. Ничего не сохранено.',
  },
  'view-name-too-long': {
    en: 'A name of {length} characters is too long for a view: give it one of at most {most}. Nothing was saved.',
    ru: 'Имя из {length} символов слишком длинное для представления: дайте ему имя не длиннее {most}. Ничего не сохранено.',
  },
  'lesson-answered': {
    en: 'This question was answered before, and its working is shown. Ask for other numbers and answer those.',
    ru: 'На этот вопрос уже ответили, и решение показано. Возьмите другие числа и ответьте снова.',
  },
  'view-unknown': {
    en: 'There is no view “{name}” any more.',
    ru: 'Представления «{name}» больше нет.',
  },
  'search-wrong': {
    en: 'The search is not understood at “{found}” (character {place}): {why}.',
    ru: 'Поиск не понят там, где «{found}» (знак {place}): {why}.',
  },
  'search-cut-short': {
    en: 'The search is not understood at its end: {why}.',
    ru: 'Поиск не понят в конце: {why}.',
  },
  'page-unknown': {
    en: 'There is nothing at {path}. The window is at “/”.',
    ru: 'По адресу {path} ничего нет. Окно находится по адресу «/».',
  },
} as const satisfies Record<string, Bilingual>

export type ProblemCode = keyof typeof sentences

/**
 * Parameters that must be in the language of the sentence that they fill. (Problems stored by older versions have them
 * in English.)
 */
interface PhraseParameters {
  'bad-input': { detail: Phrase }
  'setting-unfit': { setting: Phrase; detail: Phrase }
  // An option of the command line is called the same in both languages.
  'setting-out-of-range': { setting: Phrase | string }
  'import-failed': { detail: Phrase; dataset: string | Phrase }
  'download-failed': { detail: Phrase }
  'form-unfit': { detail: Phrase }
  'images-unreadable': { reason: Phrase }
  'images-left-out': { why: Phrase }
  'reading-ambiguous': { question: Phrase }
  'classes-left-out': { why: Phrase }
  'table-unread': { detail: Phrase }
  'table-useless': { why: Phrase }
  'reading-no-labels': { why: Phrase }
  'reading-no-parts': { why: Phrase }
  'model-invalid': { detail: Phrase }
  'sweep-value-unfit': { detail: Phrase }
  'picture-refused': { detail: Phrase }
  'network-file-foreign': { detail: Phrase }
  'network-file-wrong': { place: Phrase; detail: Phrase }
  'search-wrong': { why: Phrase }
  'search-cut-short': { why: Phrase }
  'checkpoint-damaged': { detail: Phrase }
  'dataset-damaged': { detail: Phrase }
  'history-damaged': { detail: Phrase }
  'home-in-use': { detail: Phrase }
  'home-taken': { detail: Phrase }
  'out-of-memory': { detail: Phrase }
  'pack-damaged': { detail: Phrase }
  'sweep-file-wrong': { detail: Phrase }
  'cluster-no-ray': { detail: Phrase }
  'cluster-unreachable': { detail: Phrase | string }
  'cluster-refuses': { detail: Phrase }
  'events-ended': { detail: Phrase }
  'cluster-journal-wrong': { detail: Phrase }
  // What a system says of itself has no second language.
  'cluster-not-ended': { detail: Phrase | string | number }
  'worker-crashed': { detail: Phrase }
  'mirror-not-asked': { detail: Phrase }
  'mirror-list-wrong': { detail: Phrase }
  'update-not-got': { detail: Phrase }
  'weights-file-unread': { detail: Phrase }
  'weights-file-foreign': { detail: Phrase }
  'weights-row-unfit': { detail: Phrase }
  'weights-table-wrong': { detail: Phrase }
  // What a system says of itself has no second language.
  'folder-not-opened': { detail: Phrase | string }
}

type ParameterValue<Code, Name> = Code extends keyof PhraseParameters
  ? Name extends keyof PhraseParameters[Code]
    ? PhraseParameters[Code][Name]
    : string | number
  : string | number

export type ProblemParameters<Code extends ProblemCode> = {
  [Name in ParameterNames<(typeof sentences)[Code]['en']>]: ParameterValue<Code, Name>
}

export const problemCodes = Object.keys(sentences) as ProblemCode[]

/** A problem as it crosses a process boundary or is stored: its code and what fills the sentence. */
export const Problem = z.strictObject({
  code: z.enum(problemCodes as [ProblemCode, ...ProblemCode[]]),
  parameters: z.record(z.string(), z.union([z.string(), z.number(), Phrase])),
})
export type Problem = z.infer<typeof Problem>

/** Builds a problem; the compiler checks that every parameter of the sentence is given. */
export function problem<Code extends ProblemCode>(code: Code, parameters: ProblemParameters<Code>): Problem {
  return { code, parameters }
}

/** The sentence a person reads: what happened and what to do next. */
export function sentenceOf(of: Problem, language: Language): string {
  return filled(sentences[of.code][language], (name) => {
    const value = of.parameters[name]
    return typeof value === 'object' ? phraseText(value, language) : value?.toString()
  })
}

/** An exception that carries a problem; the only kind that is meant to reach a person. */
export class LabError extends Error {
  readonly problem: Problem

  constructor(of: Problem, options?: ErrorOptions) {
    super(sentenceOf(of, 'en'), options)
    this.name = 'LabError'
    this.problem = of
  }
}

/** Throws the problem as a `LabError`. */
export function refuse<Code extends ProblemCode>(
  code: Code,
  parameters: ProblemParameters<Code>,
  options?: ErrorOptions,
): never {
  throw new LabError(problem(code, parameters), options)
}

/** The problem of anything thrown. What is not a `LabError` becomes `internal` with its message. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof LabError) return thrown.problem
  return problem('internal', { detail: thrown instanceof Error ? thrown.message : String(thrown) })
}
