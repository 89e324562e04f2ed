import { z } from 'zod'
import { damagePhrases } from './damagePhrases.ts'
import { requestPhrases } from './requestPhrases.ts'
import { sourcePhrases } from './sourcePhrases.ts'
import { weightsPhrases } from './weightsPhrases.ts'
import { filled, type Bilingual, type Language, type ParameterNames } from './language.ts'

/**
 * Parts of a problem's sentence that a name or a number cannot express, in both languages. Like a problem, a phrase
 * crosses processes and is stored as its code and parameters.
 */
const phrases = {
  ...damagePhrases,
  ...weightsPhrases,
  ...sourcePhrases,
  ...requestPhrases,
  'setting-batch': { en: 'batch', ru: 'батч' },
  'setting-learning-rate': { en: 'learning rate', ru: 'скорость обучения' },
  'setting-steps': { en: 'steps', ru: 'число шагов' },
  'setting-seed': { en: 'random seed', ru: 'зерно случайных чисел' },
  'setting-evaluate-every': { en: 'evaluate every', ru: 'число шагов между проверками' },
  'setting-validation-share': { en: 'validation share', ru: 'доля для валидации' },
  'setting-health-every': { en: 'steps between measurements of health', ru: 'шагов между измерениями состояния сети' },
  'setting-patience': { en: 'patience', ru: 'терпение ранней остановки' },
  'setting-momentum': { en: 'momentum', ru: 'момент' },
  'setting-weight-decay': { en: 'weight decay', ru: 'затухание весов' },
  'setting-clip-norm': { en: 'clip norm', ru: 'обрезка градиента' },
  'setting-warm-up': { en: 'warm-up', ru: 'разогрев' },
  'setting-break-at': { en: 'break at', ru: 'шаг прерывания' },
  'setting-classes': { en: 'classes', ru: 'классы' },
  'setting-split': { en: 'split', ru: 'разбиение' },
  'setting-padding': { en: 'padding', ru: 'поля' },
  'setting-cut': { en: 'cut', ru: 'вырезка' },

  'setting-refused': { en: 'the setting {setting} {what}', ru: 'настройка {setting} {what}' },
  'request-refused': { en: 'it {what}', ru: 'команда {what}' },
  'keys-unknown': { en: 'has nothing called {keys}', ru: 'содержит неизвестное: {keys}' },
  'must-be-one-of': { en: 'must be one of: {known}', ru: 'может быть только такой: {known}' },
  'must-be-number': { en: 'must be a number', ru: 'должна быть числом' },
  'must-be-whole': { en: 'must be a whole number', ru: 'должна быть целым числом' },
  'must-be-text': { en: 'must be a text', ru: 'должна быть текстом' },
  'must-be-true-or-false': { en: 'must be true or false', ru: 'должна быть логическим значением' },
  'must-be-list': { en: 'must be a list', ru: 'должна быть списком' },
  'must-have-settings': { en: 'must have settings of its own', ru: 'должна состоять из отдельных настроек' },
  'must-be-at-least': { en: 'must be at least {least}', ru: 'должна быть не меньше {least}' },
  'must-be-above': { en: 'must be more than {least}', ru: 'должна быть больше {least}' },
  'must-be-at-most': { en: 'must be at most {most}', ru: 'должна быть не больше {most}' },
  'must-be-below': { en: 'must be less than {most}', ru: 'должна быть меньше {most}' },
  'text-too-short': { en: 'must have at least {least} characters', ru: 'должна содержать хотя бы символов: {least}' },
  'text-too-long': { en: 'must have at most {most} characters', ru: 'должна содержать не больше символов: {most}' },
  'list-too-short': { en: 'must have at least {least} entries', ru: 'должна содержать хотя бы значений: {least}' },
  'list-too-long': { en: 'must have at most {most} entries', ru: 'должна содержать не больше значений: {most}' },
  'value-not-taken': { en: 'cannot have this value', ru: 'не может иметь такого значения' },
  'layers-of-one-name': { en: 'has two layers of one name', ru: 'содержит два слоя с одним именем' },
  'name-of-image': {
    en: 'cannot be “{name}”, which is the image itself',
    ru: 'не может быть «{name}»: так называется само изображение',
  },
  'ends-swapped': {
    en: 'has a smallest value above its largest',
    ru: 'задана наоборот: наименьшее значение больше наибольшего',
  },
  'ends-equal-or-swapped': {
    en: 'must have a largest value above its smallest',
    ru: 'должна иметь наибольшее значение больше наименьшего',
  },
  'channels-unequal': {
    en: 'must have a mean and a deviation for every channel',
    ru: 'должна иметь среднее и отклонение для каждого канала',
  },
  'not-ascending': { en: 'must be in ascending order, each once', ru: 'должна идти по возрастанию и без повторов' },
  'warm-up-whole-schedule': {
    en: 'has a warm-up as long as the whole schedule',
    ru: 'содержит разогрев длиной во всё расписание',
  },
  'cosine-rises': {
    en: 'would end at a higher rate than it begins with',
    ru: 'закончилась бы скоростью больше начальной',
  },

  'value-listed-twice': { en: 'has a value that is listed twice', ru: 'содержит одно значение дважды' },
  'range-not-rising': { en: 'must be a range that rises', ru: 'должна быть диапазоном от меньшего к большему' },
  'log-range-from-zero': {
    en: 'must begin above 0, because its range is logarithmic',
    ru: 'должна начинаться выше 0, потому что её диапазон логарифмический',
  },
  'setting-swept-twice': {
    en: 'has a setting twice; list all its values at once',
    ru: 'содержит одну настройку дважды; перечислите все её значения сразу',
  },
  'sweep-without-settings': {
    en: 'changes no setting, so it must be repeats with two or more seeds, without random points and halving',
    ru: 'не меняет настроек, поэтому это должны быть повторы с двумя зёрнами или больше, без случайных точек и отбора',
  },
  'grid-without-values': {
    en: 'has a grid, which takes a list of values, or a range with how many of it',
    ru: 'идёт по сетке, а для неё нужен список значений или диапазон с их числом',
  },
  'halving-too-long': {
    en: 'must begin its halving with fewer steps than the runs have',
    ru: 'должна начинать отбор с меньшего числа шагов, чем во всём запуске',
  },
  'halving-sweeps-steps': {
    en: 'cannot sweep the steps, because halving decides how many each run has',
    ru: 'не может перебирать число шагов: сколько их у каждого запуска, решает отбор',
  },
  'halving-with-patience': {
    en: 'ends poor runs by halving; leave early stopping out',
    ru: 'сама рано заканчивает слабые запуски; уберите раннюю остановку',
  },

  'no-file-manager': {
    en: 'this window cannot open folders',
    ru: 'это окно не умеет открывать папки',
  },
  'class-without-images': {
    en: 'no image of “{name}” is here',
    ru: 'здесь нет ни одного изображения класса «{name}»',
  },
  'classes-too-few': {
    en: 'there must be two or more to tell apart',
    ru: 'нужно хотя бы два, чтобы их различать',
  },
  'nothing-to-test': {
    en: 'it leaves no image to test with',
    ru: 'для проверки не остаётся ни одного изображения',
  },
  'reflected-too-far': {
    en: 'images of {height} x {width} can be reflected by {most} pixels at most, not {pixels}',
    ru: 'изображения {height} x {width} отражаются не дальше чем на {most} пикс., а указано {pixels}',
  },
  'warm-up-too-long': {
    en: 'it has {warmUp} steps, but the run only {steps}; make it shorter',
    ru: 'шагов в нём {warmUp}, а во всём запуске {steps}; сделайте его короче',
  },
  'adam-without-decay': {
    en: 'Adam has none; choose AdamW',
    ru: 'у Adam его нет; выберите AdamW',
  },
  'cut-not-offered': {
    en: '{dataset} offers only {cuts}',
    ru: 'у набора {dataset} есть только {cuts}',
  },

  'input-not-cut': {
    en: 'takes {input}, which cannot be cut from images of {images}: choose an input with the same number of channels that is no larger',
    ru: 'берёт {input}, а из изображений {images} этого не вырезать; выберите вход с тем же числом каналов и не больше их',
  },
  'logits-of-set': {
    en: 'gives {logits} logits, but {classes} classes of {dataset} are taken: give it {classes} units',
    ru: 'выдаёт логитов: {logits}, а классов набора {dataset} выбрано: {classes}; нейронов в нём должно быть {classes}',
  },
  'logits-of-data': {
    en: 'gives {logits} logits, but there are {classes} classes',
    ru: 'выдаёт логитов: {logits}, а классов: {classes}',
  },
  'ends-in-map': {
    en: 'is the last one and must give one logit a class, but it gives a map of {shape}: end with a dense layer',
    ru: 'он последний и должен выдавать по логиту на класс, а выдаёт карту {shape}; закончите полносвязным слоем',
  },
  'ends-in-numbers': {
    en: 'is the last one, before a head of one tanh neuron, and must give one number, but it gives {shape}: end with a dense layer of one unit',
    ru: 'он последний перед выходом из одного нейрона tanh и должен выдавать одно число, а выдаёт {shape}; закончите полносвязным слоем из одного нейрона',
  },
  'input-not-before': {
    en: 'takes its input from “{from}”, which is not before it: name one of {known}',
    ru: 'берёт вход из «{from}», а до него такого слоя нет; укажите один из этих: {known}',
  },
  'input-circle': {
    en: 'takes its input from “{from}”, which comes after it, so that each would wait for the other in a circle: name one of {known}',
    ru: 'берёт вход из «{from}», а тот стоит после него, и получается круг: каждый ждёт другого; укажите один из этих: {known}',
  },
  'name-twice': {
    en: 'has the name of an earlier layer: give it another one, such as “{free}”',
    ru: 'называется так же, как один из слоёв до него; дайте ему другое имя, например «{free}»',
  },
  'too-many-parameters': {
    en: 'has {own} of the {parameters} parameters of the network, but at most {most} can be trained here: give it fewer units or filters, or pool more before it',
    ru: 'содержит {own} из {parameters} параметров сети, а обучить здесь можно не больше {most}; уменьшите в нём число нейронов или фильтров или сильнее сжимайте карту до него',
  },
  'logits-of-network': {
    en: 'is the last one and gives {logits} numbers, but there are {classes} classes: give it {classes} units, or end with a dense layer',
    ru: 'он последний и выдаёт чисел: {logits}, а классов {classes}; нейронов в нём должно быть {classes}, или закончите полносвязным слоем',
  },
  'tanh-of-two': {
    en: 'ends in one tanh neuron, which tells two classes apart, but there are {classes}: take two classes, or a softmax head',
    ru: 'заканчивается одним нейроном tanh, который различает два класса, а их {classes}; возьмите два класса или выход softmax',
  },
  'nothing-to-train': {
    en: 'ends a network that has nothing to train: add a dense layer or a convolution before it, or train a layer that is frozen',
    ru: 'замыкает сеть, в которой нечего обучать; добавьте до него полносвязный или свёрточный слой либо разморозьте один из слоёв',
  },
  'leads-nowhere': {
    en: 'leads nowhere: name it as the input of a later layer, or remove it',
    ru: 'никуда не ведёт; укажите его входом одного из следующих слоёв или удалите',
  },
  'map-needed': {
    en: 'needs a map of height, width and channels, but a flat vector of {units} comes in: move it before the flatten layer',
    ru: 'нужна карта с высотой, шириной и каналами, а на входе плоский вектор из {units}; поставьте его перед слоем, который разворачивает карту в вектор',
  },
  'vector-needed': {
    en: 'needs a flat vector, but a map of {shape} comes in: put a flatten layer before it',
    ru: 'нужен плоский вектор, а на входе карта {shape}; поставьте перед ним слой, который разворачивает карту в вектор',
  },
  'window-too-large': {
    en: 'has a window of {window}, larger than the {map} map of {shape} that comes in: make it smaller, pad it with “same”, or pool less before it',
    ru: 'окно {window} больше карты {map} на входе ({shape}); уменьшите его, добавьте поля («same») или реже сжимайте карту до него',
  },
  'whitening-not-first': {
    en: 'begins with whitening filters, which are made from the training images, but takes its input from “{from}”: put it first, or let it begin with “he-normal”',
    ru: 'начинает с отбеливающих фильтров, которые вычисляются по обучающим изображениям, а вход берёт из «{from}»; поставьте его первым или начните с «he-normal»',
  },
  'whitening-too-large': {
    en: 'has whitening filters of {kernel}, larger than the image of {image} from whose patches they are made: make them smaller',
    ru: 'отбеливающие фильтры {kernel} больше изображения {image}, по фрагментам которого вычисляются; уменьшите их',
  },
  'whitening-unpaired': {
    en: 'has {filters} whitening filters, which come in pairs, at most two for each of the {values} values of a patch: give it an even number up to {most}',
    ru: 'отбеливающих фильтров {filters}, а они идут парами, не больше двух на каждое из значений фрагмента ({values}); задайте чётное число до {most}',
  },
  'added-unlike': {
    en: 'adds layers of one shape, but {shapes} come in: give them the same height, width and channels, for example with a 1 x 1 convolution on the way',
    ru: 'складывает слои одной формы, а на входе {shapes}; сделайте высоту, ширину и каналы одинаковыми, например свёрткой 1 x 1 по пути',
  },
  'joined-unlike': {
    en: 'joins maps of one height and width, or vectors, but {shapes} come in: bring them to one size before it',
    ru: 'соединяет карты одной высоты и ширины или векторы, а на входе {shapes}; приведите их к одному размеру до него',
  },

  'place-layer': { en: 'layer {layer}', ru: 'слой {layer}' },
  'place-layer-setting': { en: 'layer {layer}, {setting}', ru: 'слой {layer}, {setting}' },
  'place-setting': { en: 'the setting {setting}', ru: 'настройка {setting}' },
  'file-of-keras': {
    en: 'it holds a network of Keras',
    ru: 'это сеть из Keras',
  },
  'file-of-other-program': {
    en: 'it looks like a file of {program}',
    ru: 'похоже на файл {program}',
  },
  'file-no-json': {
    en: 'it is no JSON text',
    ru: 'это не текст JSON',
  },
  'file-no-layers': {
    en: 'it has no “layers” and “head”',
    ru: 'в нём нет «layers» и «head»',
  },
  'file-too-long': {
    en: 'it is larger than {kilobytes} kB, and no network is',
    ru: 'он больше {kilobytes} КБ, а сети такими не бывают',
  },
  'nothing-of-this-name': {
    en: 'there is nothing of this name',
    ru: 'такого файла или такой папки там нет',
  },
  'neither-file-nor-folder': {
    en: 'it is no file and no folder',
    ru: 'это не файл и не папка',
  },
  'file-gone': {
    en: 'there is no such file any more',
    ru: 'его больше нет',
  },
  'file-changed': {
    en: 'its content has changed since it was written',
    ru: 'его содержимое изменилось после записи',
  },
  'file-too-large': {
    en: 'the file is larger than {megabytes} MB',
    ru: 'файл больше {megabytes} МБ',
  },
  'neither-jpeg-nor-png': {
    en: 'no JPEG or PNG',
    ru: 'не JPEG и не PNG',
  },
  'no-known-picture': {
    en: 'no picture of a kind that is read here',
    ru: 'не изображение того формата, который здесь читается',
  },
  'no-brightness': {
    en: 'its values ({values}) are no brightness of 8 or 16 bits; convert it first',
    ru: 'значения в нём ({values}) не яркость в 8 или 16 бит; сначала преобразуйте его',
  },
  'no-colours': {
    en: 'its channels are no colours; convert it to RGB or grey first',
    ru: 'каналы в нём не цвета; сначала преобразуйте его в RGB или оттенки серого',
  },
  'kind-not-read': {
    en: '{kind} pictures, which must be converted to JPEG or PNG first',
    ru: 'изображения {kind}, их нужно сначала преобразовать в JPEG или PNG',
  },
  'in-no-part': {
    en: 'images that no folder and no column puts into a part',
    ru: 'изображения, для которых не указана часть набора',
  },
  'in-unlabelled-part': {
    en: 'images without labels, which are to be predicted',
    ru: 'изображения без меток, предназначенные для предсказания',
  },
  'not-named-by-table': {
    en: 'images to which the table gives no label',
    ru: 'изображения, которым таблица не даёт метки',
  },
  'in-repeated-folder': {
    en: 'images that a copy of the same folders holds once more',
    ru: 'изображения, которые ещё раз лежат в копии тех же папок',
  },
  'beside-class-folders': {
    en: 'images beside the class folders',
    ru: 'изображения рядом с папками классов',
  },
  'in-part-without-class': {
    en: 'images that lie in a part, but in no class folder',
    ru: 'изображения, которые лежат в папке части, но не в папке класса',
  },
  'question-labels': {
    en: 'what tells the class of an image',
    ru: 'по чему определять класс изображения',
  },
  'question-parts': {
    en: 'what tells the training images from the test images',
    ru: 'чем обучающие изображения отличаются от тестовых',
  },
  'question-paths': {
    en: 'which column names the images',
    ru: 'какой столбец называет изображения',
  },
  'question-folders': {
    en: 'which folders are classes, and which are parts such as training and test images',
    ru: 'какие папки здесь классы, а какие части набора: обучающая, тестовая',
  },
  'no-part-folders': {
    en: 'no folder is named as a part, such as train or test',
    ru: 'ни одна папка не названа как часть набора, например train или test',
  },
  'no-class-folders': {
    en: 'there are no class folders',
    ru: 'папок классов нет',
  },
  'no-tables': {
    en: 'there is no table among the files',
    ru: 'среди файлов нет таблиц',
  },
  'no-column-of-parts': {
    en: 'no table has a column of parts',
    ru: 'ни в одной таблице нет столбца с частями набора',
  },
  'no-column-of-labels': {
    en: 'no table has a column that could hold labels',
    ru: 'ни в одной таблице нет столбца, похожего на метки',
  },
  'labels-from-folders': {
    en: 'the folders tell the classes, and none of its columns is known to hold labels',
    ru: 'классы указаны папками, а столбца, точно содержащего метки, в ней нет',
  },
  'labels-otherwise': {
    en: 'the labels are taken from elsewhere',
    ru: 'метки взяты не из неё',
  },
  'labels-as-folders': {
    en: 'its labels say the same as the folders',
    ru: 'её метки говорят то же, что и папки',
  },
  'labels-of-some': {
    en: 'it has labels for {named} of {all} images only, and they say the same as the folders',
    ru: 'метки в ней есть только у части изображений ({named} из {all}), и говорят они то же, что и папки',
  },
  'labels-coarser': {
    en: 'the folders part the images more finely than its labels',
    ru: 'папки делят изображения мельче, чем её метки',
  },
  'links-leading-out': {
    en: 'links that lead out of the folder',
    ru: 'ссылки, ведущие за пределы папки',
  },
  'links-in-circles': {
    en: 'links that lead back to themselves or to a folder around them',
    ru: 'ссылки, ведущие на самих себя или на папку, в которой они лежат',
  },
  'links-to-nothing': {
    en: 'links to what is not there',
    ru: 'ссылки на то, чего нет',
  },
  'no-files': {
    en: 'pipes, sockets and devices',
    ru: 'каналы, сокеты и устройства',
  },
  'files-too-large': {
    en: 'files of more than {megabytes} MB',
    ru: 'файлы больше {megabytes} МБ',
  },
  'files-forbidden': {
    en: 'files that you may not read',
    ru: 'файлы, на чтение которых нет прав',
  },
  'files-not-read': {
    en: 'files that could not be read ({detail})',
    ru: 'файлы, которые не удалось прочитать ({detail})',
  },
  'folders-forbidden': {
    en: 'folders that you may not open',
    ru: 'папки, на открытие которых нет прав',
  },
  'folders-not-opened': {
    en: 'folders that could not be opened ({detail})',
    ru: 'папки, которые не удалось открыть ({detail})',
  },
  'picture-of-two-classes': {
    en: '{picture} is both “{one}” and “{other}”',
    ru: '{picture} отнесено и к «{one}», и к «{other}»',
  },
  'table-no-text': {
    en: 'it is no text',
    ru: 'это не текст',
  },
  'table-quote-open': {
    en: 'a quote that opens in row {row} is never closed',
    ru: 'кавычка, открытая в строке {row}, нигде не закрыта',
  },
  'table-not-read': {
    en: 'its rows cannot be told apart: {detail}',
    ru: 'её не удалось разобрать по строкам: {detail}',
  },
  'table-of-spreadsheet': {
    en: 'a spreadsheet’s own format: save it as CSV',
    ru: 'это файл электронной таблицы: сохраните её в формате CSV',
  },
  'table-empty': {
    en: 'it has no rows',
    ru: 'в ней нет строк',
  },
  'table-names-no-picture': {
    en: 'its cells name no image here: one is “{cell}”, and the path of an image is “{picture}”',
    ru: 'ни одного из изображений в ней нет: в ней записано, например, «{cell}», а путь к изображению — «{picture}»',
  },
  'table-names-several': {
    en: 'several images fit each of its cells: “{cell}” may be {one} or {other}',
    ru: 'под каждую её ячейку подходит несколько изображений: «{cell}» может быть и {one}, и {other}',
  },
  'table-two-paths': {
    en: 'two of its columns name images, “{one}” and “{other}”: choose one of them',
    ru: 'изображения названы сразу в двух её столбцах, «{one}» и «{other}»: выберите один из них',
  },
  'table-of-absent-part': {
    en: 'the images of its part of the set are not here',
    ru: 'изображений её части набора здесь нет',
  },
  'table-of-answers': {
    en: 'its name says that it holds answers for a competition or predictions, not labels',
    ru: 'судя по имени, в ней ответы для соревнования или предсказания, а не метки',
  },
  'table-labels-constant': {
    en: 'all its rows have the same label, “{label}”, which stands in for those to be predicted',
    ru: 'во всех её строках одна и та же метка «{label}»: она стоит на месте тех, которые нужно предсказать',
  },
  'table-labels-differ': {
    en: 'the labels in its column “{column}” all differ',
    ru: 'в её столбце «{column}» все метки разные',
  },
  'table-without-column': {
    en: 'it has no column “{column}”',
    ru: 'в ней нет столбца «{column}»',
  },
  'table-without-labels': {
    en: 'no column besides the paths holds labels or parts',
    ru: 'кроме столбца с путями, в ней нет ни столбца меток, ни столбца частей набора',
  },
  'too-many-pixels': {
    en: '{width} × {height} pixels, at most {millions} million are read',
    ru: 'пикселей {width} × {height}, а читается не больше {millions} млн',
  },
  'other-extents': {
    en: '{width} × {height} pixels, not {wanted}',
    ru: 'пикселей {width} × {height}, а не {wanted}',
  },
  'not-decoded': {
    en: 'cannot be decoded: {detail}',
    ru: 'не декодируется: {detail}',
  },

  'no-own-size': {
    en: 'its images have no size of their own',
    ru: 'у его изображений нет своего размера',
  },
  'only-whole-pictures': {
    en: 'its images are whole pictures',
    ru: 'его изображения берутся целиком',
  },
  'only-objects': {
    en: 'its images are objects cut out of pictures',
    ru: 'его изображения — предметы, вырезанные из фотографий',
  },

  'search-too-long': {
    en: 'it has {length} characters, and at most {most} are read',
    ru: 'знаков в нём {length}, а читается не больше {most}',
  },
  'search-too-deep': {
    en: 'brackets and “not” are nested more than {most} deep',
    ru: 'скобки и «not» вложены глубже {most} уровней',
  },
  'search-quote-open': {
    en: 'this quote is never closed',
    ru: 'эта кавычка нигде не закрыта',
  },
  'search-bracket-open': {
    en: 'this bracket is never closed',
    ru: 'эта скобка нигде не закрыта',
  },
  'search-bracket-extra': {
    en: 'this bracket closes none that was opened',
    ru: 'эта скобка ничего не закрывает',
  },
  'search-name-unknown': {
    en: 'nothing is called “{name}”; the names are {known}',
    ru: 'имени «{name}» нет; есть такие: {known}',
  },
  'search-name-mistyped': {
    en: 'nothing is called “{name}”; the nearest name is “{near}”',
    ru: 'имени «{name}» нет; самое похожее — «{near}»',
  },
  'search-operator-missing': {
    en: 'after “{name}” comes one of {operators}',
    ru: 'после «{name}» нужен один из знаков {operators}',
  },
  'search-operator-unknown': {
    en: '“{operator}” is no operator here; write “{wanted}”',
    ru: 'знака «{operator}» здесь нет; напишите «{wanted}»',
  },
  'search-operator-unfit': {
    en: '“{name}” is not compared with “{operator}”, but with one of {operators}',
    ru: '«{name}» сравнивают не знаком «{operator}», а одним из {operators}',
  },
  'search-value-missing': {
    en: 'a value is expected after “{operator}”',
    ru: 'после «{operator}» нужно значение',
  },
  'search-term-missing': {
    en: 'a condition such as “best > 70 %” is expected here',
    ru: 'здесь нужно условие, например «best > 70 %»',
  },
  'search-connective-missing': {
    en: '“and” or “or” is expected before “{found}”; a value of several words stands in quotes',
    ru: 'перед «{found}» нужно «and» или «or»; значение из нескольких слов берут в кавычки',
  },
  'search-number-expected': {
    en: '“{name}” is a number, and “{value}” is none',
    ru: '«{name}» — число, а «{value}» числом не является',
  },
  'search-decimal-comma': {
    en: 'numbers have a decimal point here: {wanted} instead of {value}',
    ru: 'дробную часть здесь отделяют точкой: {wanted} вместо {value}',
  },
  'search-share-ambiguous': {
    en: '{value} can be read in two ways; write {value} % or {share}',
    ru: '{value} можно понять по-разному; напишите {value} % или {share}',
  },
  'search-share-impossible': {
    en: 'an accuracy lies between 0 and 100 %',
    ru: 'точность бывает от 0 до 100 %',
  },
  'search-percent-unfit': {
    en: '“{name}” is not measured in percent; only “best” and “last” are',
    ru: '«{name}» не измеряют в процентах, в них бывают только «best» и «last»',
  },
  'search-unit-unknown': {
    en: '“{unit}” is no unit of time; write s, min or h',
    ru: 'единицы времени «{unit}» нет; напишите с, мин или ч',
  },
  'search-choice-unknown': {
    en: '“{name}” is never “{value}”; it is one of {known}',
    ru: '«{name}» не бывает «{value}»; бывает так: {known}',
  },
  'search-date-expected': {
    en: '“{value}” is no day of the calendar; write a day as 2026-11-30 or a month as 2026-11',
    ru: '«{value}» — не дата из календаря; запишите день как 2026-11-30 или месяц как 2026-11',
  },
  'search-flag-expected': {
    en: '“{name}” is yes or no',
    ru: '«{name}» бывает «yes» (да) или «no» (нет)',
  },
  'search-never-none': {
    en: 'every run has “{name}”, so it is never “none”; in quotes it is an ordinary word',
    ru: '«{name}» есть у каждого запуска, поэтому «none» (нет) здесь не бывает; в кавычках это обычное слово',
  },
  'search-none-unordered': {
    en: '“none” is compared with = and != only',
    ru: '«none» (нет) сравнивают только знаками = и !=',
  },

  'run-by-number': { en: 'run {run}', ru: 'запуск {run}' },
  'difference-none': {
    en: 'both get the same images right, so there is no difference between them',
    ru: 'обе сети верно отвечают на одних и тех же изображениях, разницы между ними нет',
  },
  'difference-chance': {
    en: 'the difference may be chance, because {percent} % of such tests would show one at least as large for two equally good networks',
    ru: 'разница может быть случайной: у двух одинаково хороших сетей не меньшую показали бы {percent} % таких проверок',
  },
  'difference-real': {
    en: '{run} at step {step} is better, and probably not by chance, because fewer than 1 in {times} such tests would show such a difference for two equally good networks',
    ru: '{run} на шаге {step} лучше, и, скорее всего, не случайно: у двух одинаково хороших сетей такую разницу показала бы меньше чем 1 из {times} таких проверок',
  },
} as const satisfies Record<string, Bilingual>

export type PhraseCode = keyof typeof phrases

const phraseCodes = Object.keys(phrases) as [PhraseCode, ...PhraseCode[]]

/**
 * A phrase as it crosses a process boundary or is stored: its code and what fills it, which may be a phrase within it.
 */
export const Phrase = z.strictObject({
  phrase: z.enum(phraseCodes),
  get parameters(): z.ZodRecord<z.ZodString, z.ZodUnion<[z.ZodString, z.ZodNumber, typeof Phrase]>> {
    return z.record(z.string(), z.union([z.string(), z.number(), Phrase]))
  },
})
export type Phrase = z.infer<typeof Phrase>

/** Builds a phrase; the compiler checks that every parameter is given. */
export function phrase<Code extends PhraseCode>(
  code: Code,
  parameters: Record<ParameterNames<(typeof phrases)[Code]['en']>, string | number | Phrase>,
): Phrase {
  return { phrase: code, parameters }
}

/** What another program or file says of itself, or what a caller sent, as it is: it has no second language. */
export function quoted(text: string): Phrase {
  return phrase('quoted', { text })
}

const grouping: Record<Language, Intl.NumberFormat> = { en: numbers('en', 0), ru: numbers('ru', 0) }
const decimals: Record<Language, Intl.NumberFormat> = { en: numbers('en', 20), ru: numbers('ru', 20) }

function numbers(language: Language, maximumFractionDigits: number): Intl.NumberFormat {
  return new Intl.NumberFormat(language, { useGrouping: 'min2', maximumFractionDigits })
}

/**
 * The words of a phrase. Whole numbers of five digits and more are grouped, and decimals are marked, as the language
 * does.
 */
export function phraseText(of: Phrase, language: Language): string {
  return filled(phrases[of.phrase][language], (name) => {
    const value = of.parameters[name]
    if (typeof value === 'object') return phraseText(value, language)
    if (typeof value !== 'number') return value
    return (Number.isInteger(value) ? grouping : decimals)[language].format(value)
  })
}
