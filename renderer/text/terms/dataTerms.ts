import * as m from '../../messages/compiled/messages.js'
import { term, type Term } from './term.ts'

/** What a run learns from, and what judges it. */
export const dataTerms = {
  'data-set': term(
    m.setting_dataset,
    {
      en: 'Images of which it is known what they show. Part of them teach the network, the rest judge it.',
      ru: 'Изображения, о которых известно, что на них. Часть из них обучает сеть, остальные её проверяют.',
    },
    'test-set',
  ),
  class: term(
    { en: 'Class', ru: 'Класс' },
    {
      en: 'One of the kinds that the network tells apart. The more classes, and the more alike they are, the harder the task; with ten classes, one guess in ten is right.',
      ru: 'Один из видов, которые сеть различает. Чем больше классов и чем сильнее они похожи, тем труднее задача; при десяти классах наугад верен каждый десятый ответ.',
    },
    'softmax',
  ),
  label: term(
    { en: 'Label', ru: 'Метка класса' },
    {
      en: 'The number of the class that an image belongs to, as people have noted it. A wrong label teaches the network something wrong.',
      ru: 'Номер класса, к которому люди отнесли изображение. Неверная метка учит сеть неверному.',
    },
    'softmax',
  ),
  'training-images': term(
    { en: 'Training images', ru: 'Обучающая выборка' },
    {
      en: 'The images that the network learns from. More of them make it harder to learn any by heart.',
      ru: 'Изображения, на которых сеть учится. Чем их больше, тем труднее заучить их наизусть.',
    },
    'test-set',
  ),
  'test-set': term(
    { en: 'Test set', ru: 'Тестовая выборка' },
    {
      en: 'Images that the network never learns from, so they say how it does on new ones. Whoever chooses by them again and again gets numbers that are too good.',
      ru: 'Изображения, на которых сеть не учится, поэтому они показывают, как она справится с новыми. Если постоянно выбирать по ним лучшее, числа получатся завышенными.',
    },
    'test-set',
  ),
  validation: term(
    { en: 'Validation images', ru: 'Валидационная выборка' },
    {
      en: 'Training images that are set aside to choose the best step and settings by, so that the test set stays untouched. A larger share chooses more surely and leaves fewer images to learn from.',
      ru: 'Часть обучающих изображений, по которой выбирают лучший шаг и настройки, чтобы не трогать тестовую выборку. Чем она больше, тем надёжнее выбор, но тем меньше изображений остаётся для обучения.',
    },
    'test-set',
  ),
  split: term(
    { en: 'Split', ru: 'Разбиение на выборки' },
    {
      en: 'Which images train and which test. Results can only be compared under the same split.',
      ru: 'Какие изображения обучают, а какие проверяют. Сравнивать результаты можно только при одном и том же разбиении.',
    },
    'test-set',
  ),
  fold: term(
    { en: 'Folds', ru: 'Блоки набора' },
    {
      en: 'Parts of about equal size into which the authors divided the set. One part tests and the others train; with each in turn one learns how much the choice of test images matters.',
      ru: 'Примерно равные части, на которые набор разделили авторы. Один блок проверяет, остальные обучают; если делать так с каждым по очереди, видно, насколько важен выбор тестовых изображений.',
    },
    'test-set',
  ),
  session: term(
    { en: 'Sessions', ru: 'Сессии съёмки' },
    {
      en: 'Images taken in one go are much alike. If a whole session tests, the network cannot know its surroundings already.',
      ru: 'Изображения одной съёмки очень похожи. Если для проверки взять целую сессию, сеть не сможет узнать знакомую обстановку.',
    },
    'test-set',
  ),
  'per-class': term(
    m.per_class,
    {
      en: 'At most so many training images of each class. Fewer make a run faster, and the network overfits sooner.',
      ru: 'Не больше стольких обучающих изображений на класс. С меньшим количеством запуск быстрее, но переобучение наступает раньше.',
    },
    'distortion',
  ),
  'train-per-class': term(
    { en: 'Training images per class', ru: 'Число обучающих изображений на класс' },
    {
      en: 'How many images of each class teach. More teach better and leave fewer to judge by.',
      ru: 'Сколько изображений каждого класса обучают. Чем их больше, тем лучше обучение, но тем меньше остаётся для проверки.',
    },
    'test-set',
  ),
  'test-per-class': term(
    { en: 'Test images per class', ru: 'Число тестовых изображений на класс' },
    {
      en: 'How many images of each class judge. With few of them test accuracy depends on luck: its error falls with the root of their number.',
      ru: 'Сколько изображений каждого класса проверяют. Если их мало, точность зависит от везения: её погрешность падает как корень из их количества.',
    },
    'test-set',
  ),
  pixels: term(
    m.setting_pixels,
    {
      en: 'How the numbers 0 to 255 of the image are brought into a small range before they enter the network. Large numbers would make the first steps overshoot.',
      ru: 'Как числа изображения от 0 до 255 приводятся к небольшому диапазону перед входом в сеть. Большие числа заставили бы первые шаги проскакивать мимо цели.',
    },
    'image',
  ),
  'pixel-mean': term(
    { en: 'Mean of a channel', ru: 'Среднее канала' },
    {
      en: 'What is taken away from each pixel of the channel: its mean over the training images. Then the numbers lie around 0.',
      ru: 'Что вычитается из каждого пикселя канала: его среднее по обучающим изображениям. После этого числа лежат вокруг нуля.',
    },
    'image',
  ),
  'pixel-deviation': term(
    { en: 'Deviation of a channel', ru: 'Отклонение канала' },
    {
      en: 'What each pixel of the channel is divided by: its standard deviation over the training images. Then all channels vary equally.',
      ru: 'На что делится каждый пиксель канала: его стандартное отклонение по обучающим изображениям. После этого все каналы меняются одинаково сильно.',
    },
    'image',
  ),
  channel: term(
    { en: 'Channel', ru: 'Канал' },
    {
      en: 'The numbers of a pixel: one for a grey image, three for a colour one – how much red, green and blue.',
      ru: 'Числа одного пикселя: у серого изображения одно, у цветного три — сколько красного, зелёного и синего.',
    },
    'image',
  ),
  'image-side': term(
    m.side_label,
    {
      en: 'Width and height that each image is brought to. Larger ones show more detail; twice the side takes about four times the work.',
      ru: 'Ширина и высота, к которым приводится каждое изображение. Чем они больше, тем больше деталей; вдвое большая сторона — примерно вчетверо больше вычислений.',
    },
    'image',
  ),
  'cut-margin': term(
    m.cut_margin,
    {
      en: 'How much around the object is cut out with it. Some surroundings help to recognise it, too much makes the object small.',
      ru: 'Сколько вокруг предмета вырезается вместе с ним. Немного окружения помогает узнать предмет, но с большими полями он становится мелким.',
    },
    'image',
  ),
  'least-side': term(
    m.cut_least,
    {
      en: 'Objects smaller than this are left out, since too little can be seen of them. A larger limit makes the task easier and the set smaller.',
      ru: 'Предметы меньше этого не берутся: на них слишком мало видно. Чем больше предел, тем легче задача и тем меньше набор.',
    },
    'image',
  ),
  duplicates: term(
    { en: 'Duplicates', ru: 'Повторы изображений' },
    {
      en: 'The same image more than once. One that both trains and tests makes test accuracy too good: the network may know it by heart.',
      ru: 'Одно и то же изображение несколько раз. Если оно и обучает, и проверяет, точность завышена: сеть могла его заучить.',
    },
    'test-set',
  ),
  checksum: term(
    { en: 'Checksum', ru: 'Контрольная сумма' },
    {
      en: 'A number computed from all bytes of a file. If it equals the published one, the file is whole and unchanged.',
      ru: 'Число, вычисленное по всем байтам файла. Если оно совпало с опубликованным, файл цел и не изменён.',
    },
    null,
  ),
} as const satisfies Readonly<Record<string, Term>>
