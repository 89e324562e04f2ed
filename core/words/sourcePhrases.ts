import type { Bilingual } from './language.ts'

/**
 * Why the files of a source cannot be taken: a download, an archive, a person's own folder. They follow a colon, or
 * stand in brackets. What another program says of itself is quoted.
 */
export const sourcePhrases = {
  quoted: { en: '{text}', ru: '«{text}»' },
  'source-failed': { en: '{name}: {why}', ru: '{name}: {why}' },
  'and-then': { en: '{one}; {other}', ru: '{one}; {other}' },
  'source-has-nothing': { en: 'it has nothing of the set', ru: 'в нём ничего нет от этого набора' },
  'file-not-packed': { en: '{file} is not the packed set', ru: '{file} не содержит этот упакованный набор' },
  'pack-damaged': { en: '{file} is damaged or incomplete ({why})', ru: 'файл {file} повреждён или неполон ({why})' },
  'nothing-readable': {
    en: 'there is nothing that can be read ({code})',
    ru: 'там нет ничего, что можно прочитать ({code})',
  },
  'not-as-published': {
    en: 'its images or labels are not the published ones (sha256 {sum})',
    ru: 'изображения или метки в нём не те, что опубликованы (sha256 {sum})',
  },
  'not-whole': { en: 'it is not whole ({missing})', ru: 'он неполон ({missing})' },
  'tables-too-large': {
    en: 'its tables have more than {megabytes} MB, more than those of any set',
    ru: 'таблицы в нём больше {megabytes} МБ, таких нет ни у одного набора',
  },
  'place-unread': { en: '{place} cannot be read ({code})', ru: '{place} не читается ({code})' },
  'bytes-unlike-stated': {
    en: '{name} has not the {bytes} bytes that its archive states',
    ru: 'в {name} не столько байтов, сколько указано в архиве ({bytes})',
  },
  'archive-too-many': {
    en: '{archive} has more than {most} files, more than any data set, and was refused',
    ru: 'в архиве {archive} файлов больше {most}, такого нет ни у одного набора; он не принят',
  },
  'archive-too-large': {
    en: '{archive} unpacks to more than {gigabytes} GB and was refused',
    ru: 'архив {archive} распаковывается больше чем в {gigabytes} ГБ; он не принят',
  },
  'archive-too-dense': {
    en: '{archive} unpacks to more than {times} times its size, as no pictures do, and was refused',
    ru: 'архив {archive} распаковывается больше чем в {times} раз, с изображениями так не бывает; он не принят',
  },
  'packed-file-too-large': {
    en: '{name} has more than {megabytes} MB, more than any file of a data set, and was refused',
    ru: 'файл {name} больше {megabytes} МБ, таких нет ни у одного набора; он не принят',
  },
  'name-leads-out': {
    en: '{archive} holds the name {name}, which leads out of it, and was refused',
    ru: 'в архиве {archive} есть имя {name}, которое ведёт за его пределы; он не принят',
  },
  'place-neither': { en: '{place} is no file and no folder', ru: '{place} — не файл и не папка' },
  'nested-too-large': {
    en: '{place} is an archive of more than {gigabytes} GB in another one; unpack the outer one first',
    ru: '{place} — архив больше {gigabytes} ГБ внутри другого; сначала распакуйте внешний',
  },
  'place-too-large': { en: '{place} has more than {megabytes} MB', ru: 'файл {place} больше {megabytes} МБ' },
  'nested-too-deep': {
    en: '{place} is an archive in an archive, {depth} times over, and was refused; unpack the outer ones first',
    ru: '{place} — архив в архиве, вложений {depth}; он не принят, сначала распакуйте внешние',
  },
  'page-for-archive': {
    en: '{place} is a web page and not the archive: whoever fetched it got an error or a log-in page instead',
    ru: '{place} — веб-страница, а не архив: вместо него скачалась страница с ошибкой или входом',
  },
  'archive-foreign': {
    en: '{place} is an archive of a kind that is not read here (7z, xz or zstd); unpack it first and name the folder',
    ru: '{place} — архив, который здесь не читается (7z, xz или zstd); сначала распакуйте его и укажите папку',
  },
  'no-archive': {
    en: '{place} is called an archive but is none that is read here (tar, gz, bz2, zip, rar); get it again',
    ru: '{place} назван архивом, но это не архив из тех, что здесь читаются (tar, gz, bz2, zip, rar); получите его заново',
  },
  'program-absent': { en: '{program} is not on this computer', ru: 'на этом компьютере нет программы {program}' },
  'archive-locked': {
    en: '{archive} is locked with a password; unpack it first and name the folder',
    ru: 'архив {archive} закрыт паролем; сначала распакуйте его и укажите папку',
  },
  'archive-in-parts': {
    en: '{archive} is one of several parts; unpack them first and name the folder',
    ru: '{archive} — одна из нескольких частей; сначала распакуйте их и укажите папку',
  },
  'packed-otherwise': {
    en: '{name} in {archive} is packed in a way that is not read here (method {method}); unpack it first and name the folder',
    ru: '{name} в архиве {archive} сжат способом, который здесь не читается (метод {method}); сначала распакуйте его и укажите папку',
  },
  'archive-broken': {
    en: 'the archive is broken or not whole ({archive}: {detail})',
    ru: 'архив повреждён или неполон ({archive}: {detail})',
  },
  'archive-holds': {
    en: '{archive} holds {what} ({name}) and was refused; unpack it and name the folder instead',
    ru: 'в архиве {archive} есть {what} ({name}), он не принят; распакуйте его и укажите папку',
  },
  'a-link': { en: 'a link', ru: 'ссылка' },
  'no-file': { en: 'something that is no file', ru: 'то, что не является файлом' },
  'idx-unfit': { en: 'an idx file does not hold {extents} bytes', ru: 'в файле idx не {extents} байт' },
  'one-or-other': { en: '{one} or {other}', ru: '{one} или {other}' },
  'none-of-files': {
    en: 'it has none of the files of the set, such as {files}',
    ru: 'в нём нет ни одного файла набора, например {files}',
  },
  'not-in-it': { en: '{name} is not in it', ru: 'в нём нет {name}' },
  'records-uneven': {
    en: 'a file of records has {bytes} bytes, and {record} a record',
    ru: 'в файле записей {bytes} байт, а в каждой записи {record}',
  },
  'strip-unlike': {
    en: 'a picture has {have} values instead of {wanted}',
    ru: 'в изображении {have} значений, а должно быть {wanted}',
  },
  'pickle-unfilled': {
    en: 'a pickle has an array whose bytes do not fill it, and was refused',
    ru: 'в pickle есть массив, который его байты не заполняют; файл не принят',
  },
  'pickle-no-matrix': {
    en: 'a pickle has a column-major array that is no matrix, and was refused',
    ru: 'в pickle есть массив по столбцам, который не матрица; файл не принят',
  },
  'pickle-no-dictionary': { en: 'a pickle holds no dictionary', ru: 'в pickle нет словаря' },
  'pickle-no-images': {
    en: 'a pickle holds no images of {bytes} bytes under “data”',
    ru: 'в pickle под именем «data» нет изображений по {bytes} байт',
  },
  'pickle-images-unlike': {
    en: "a pickle holds images of {extents} values under “data” and not a row of {bytes} for each, as the set's files do",
    ru: 'в pickle под именем «data» изображения по {extents} значений, а не строки по {bytes}, как в файлах набора',
  },
  'pickle-no-labels': {
    en: 'a pickle holds no label for each image under “{key}”',
    ru: 'в pickle под именем «{key}» не у каждого изображения есть метка',
  },
  'matlab-breaks-off': { en: 'the MATLAB file breaks off', ru: 'файл MATLAB обрывается' },
  'matlab-no-numbers': {
    en: '{name} in the MATLAB file is not made of numbers',
    ru: '{name} в файле MATLAB не состоит из чисел',
  },
  'matlab-foreign': { en: 'it is no MATLAB 5 file', ru: 'это не файл MATLAB 5' },
  'matlab-without': { en: 'the MATLAB file has no {name}', ru: 'в файле MATLAB нет {name}' },
  'matlab-damaged': { en: 'the MATLAB file is damaged', ru: 'файл MATLAB повреждён' },
  'pickle-ends-early': { en: 'a pickle ends too early', ru: 'pickle обрывается' },
  'records-short': {
    en: 'a file of records has {bytes} bytes instead of {wanted}',
    ru: 'в файле записей {bytes} байт, а должно быть {wanted}',
  },
  'pickle-refused': {
    en: "a pickle {what}, which the set's files do not, and was refused",
    ru: 'в pickle есть то, чего в файлах набора не бывает («{what}»); файл не принят',
  },
  'pickle-misshapen': {
    en: 'a pickle is not put together as the set’s files are, and was refused',
    ru: 'pickle устроен не так, как файлы набора; он не принят',
  },
  'no-images-of': {
    en: 'it has no images of {name}, such as {example}',
    ru: 'в нём нет изображений {name}, например {example}',
  },
  'no-street-scenes': {
    en: 'it has no street scenes of Cityscapes, such as {example}',
    ru: 'в нём нет уличных сцен Cityscapes, например {example}',
  },
  'no-polygons': {
    en: 'it has street scenes but no polygons of objects in them; put what {polygons} holds beside what {scenes} holds',
    ru: 'в нём есть уличные сцены, но нет контуров объектов; положите содержимое {polygons} рядом с содержимым {scenes}',
  },
  'labels-file-absent': {
    en: '{file}, which says what its images are, is not in it',
    ru: 'в нём нет файла {file}, где сказано, что на изображениях',
  },
  'no-row-names': {
    en: 'no row of {table} names an image that is there and its symbol, as {example} does (with commas, semicolons or tabs)',
    ru: 'ни одна строка {table} не называет имеющееся изображение и его символ, как {example} (через запятую, точку с запятой или табуляцию)',
  },
  'comes-otherwise': { en: '{file} comes otherwise each time', ru: 'файл {file} каждый раз приходит другим' },
  'not-published-file': {
    en: '{file} is not the published file (its MD5 is {sum})',
    ru: '{file} — не опубликованный файл (его MD5: {sum})',
  },
  'no-answer': { en: 'no answer', ru: 'нет ответа' },
  'server-silent': { en: 'the server fell silent', ru: 'сервер замолчал' },
  'page-for-file': {
    en: 'a web page came instead of the file, as a network sends it that blocks the address or wants one to sign in',
    ru: 'вместо файла пришла веб-страница: так отвечает сеть, которая блокирует адрес или требует входа',
  },
  'proxy-wants-sign-in': {
    en: 'this network lets nothing through before one signs in (answer {status}); sign in with a browser, or ask whoever runs the network',
    ru: 'эта сеть ничего не пропускает без входа (ответ {status}); войдите через браузер или обратитесь к администратору сети',
  },
  'proxy-wants-password': {
    en: 'the proxy wants a name and a password (answer {status}); write them into the variable before its host, as http://NAME:PASSWORD@HOST:PORT',
    ru: 'прокси требует имя и пароль (ответ {status}); укажите их в переменной перед адресом: http://ИМЯ:ПАРОЛЬ@АДРЕС:ПОРТ',
  },
  'proxy-answered': {
    en: 'the proxy did not connect to the server (answer {status})',
    ru: 'прокси не соединился с сервером (ответ {status})',
  },
  'proxy-unfit': {
    en: 'the variable {variable} does not hold the address of a proxy, such as http://proxy.example.org:3128; correct it, or ask whoever runs the network',
    ru: 'в переменной {variable} не адрес прокси вида http://proxy.example.org:3128; исправьте её или спросите адрес у администратора сети',
  },
  'by-way-of-proxy': {
    en: '{why}; it went through the proxy {proxy}, which {variable} names',
    ru: '{why}; запрос шёл через прокси {proxy} из переменной {variable}',
  },
  'certificate-foreign': {
    en: 'something between this computer and the server reads the connection, and its certificate is not known here ({detail}); whoever runs the network knows it, and NODE_EXTRA_CA_CERTS can name its file',
    ru: 'соединение с сервером кто-то перехватывает, и его сертификат здесь неизвестен ({detail}); он есть у администратора сети, файл сертификата указывают в NODE_EXTRA_CA_CERTS',
  },
  'other-part': {
    en: 'the server sent another part than the one that was asked for',
    ru: 'сервер прислал не ту часть файла',
  },
  'connection-broke': { en: 'the connection broke', ru: 'соединение оборвалось' },
  'more-than-announced': { en: 'the server sent more than it announced', ru: 'сервер прислал больше, чем объявил' },
  'changed-meanwhile': {
    en: 'the file has changed since its download began',
    ru: 'файл изменился после начала загрузки',
  },
  'npm-no-tarball': { en: 'npm left no tarball', ru: 'npm не оставил архива' },
  'tarball-unknown': { en: 'the tarball is not the one that is known', ru: 'архив не тот, который известен' },
  'address-not-web': { en: 'the address {protocol} is none of the web', ru: 'адрес {protocol} не из веба' },
  'not-reached': { en: 'not reached ({detail})', ru: 'нет связи ({detail})' },
  'redirects-endless': {
    en: 'the server sends from one address to the next without end',
    ru: 'сервер без конца перенаправляет с адреса на адрес',
  },
  'sent-elsewhere': {
    en: 'it sends on to {host}, which was not asked for',
    ru: 'оно отсылает на {host}, куда обращаться не просили',
  },
  'mirror-code-wrong': {
    en: 'it asks for the code of the class, and the address has another one or none; write the address as the teacher shows it, with the code at its end',
    ru: 'оно спрашивает код группы, а в адресе его нет или он другой; введите адрес, который показывает преподаватель, с кодом в конце',
  },
  'mirror-code-wait': {
    en: 'too many wrong codes came from this computer; wait a minute',
    ru: 'с этого компьютера пришло слишком много неверных кодов; подождите минуту',
  },
  'server-answered': { en: 'the server answered {status}', ru: 'сервер ответил {status}' },
  'connection-broke-with': { en: 'the connection broke: {detail}', ru: 'соединение оборвалось: {detail}' },
  'folder-not-reached': { en: 'the folder is not reached ({code})', ru: 'папка недоступна ({code})' },
  'no-folder': { en: 'it is no folder', ru: 'это не папка' },
  'program-silent': { en: '{program} fell silent', ru: 'программа {program} перестала отвечать' },
  'it-was-ended': { en: 'it was ended', ru: 'её завершили' },
  'program-ended': { en: '{program} ended with code {code}', ru: 'программа {program} завершилась с кодом {code}' },
  'address-without-file': { en: 'the address {url} names no file', ru: 'адрес {url} не указывает на файл' },
  'table-too-long': { en: 'one of its tables is too long', ru: 'одна из таблиц в нём слишком длинная' },
  'no-images-of-set': { en: 'it has no images of the set', ru: 'в нём нет изображений этого набора' },
  'tables-unread': { en: 'its tables cannot be read ({detail})', ru: 'таблицы в нём не читаются ({detail})' },
  'labels-foreign': { en: 'it has labels that the set has not', ru: 'в нём есть метки, которых нет в наборе' },
  'own-set': { en: 'a set of your own images', ru: 'набор своих изображений' },
  'files-without-image': { en: 'its files hold no image', ru: 'в его файлах нет ни одного изображения' },
} as const satisfies Record<string, Bilingual>
