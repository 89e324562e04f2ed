import type { Part } from './readingPlan.ts'

/** All forms of Russian adjectives that occur in names, such as `тестовая` (выборка) and `тестовые` (данные). */
function hard(...stems: readonly string[]): string[] {
  return stems.flatMap((stem) => ['ый', 'ая', 'ое', 'ые', 'ой', 'ого', 'ых', 'ую'].map((ending) => stem + ending))
}

/** The same for stems such as `обучающ-`. */
function soft(...stems: readonly string[]): string[] {
  return stems.flatMap((stem) => ['ий', 'ая', 'ее', 'ие', 'ей', 'его', 'их', 'ую'].map((ending) => stem + ending))
}

function words(text: string): string[] {
  return text.split(' ')
}

/** What people call the parts of a set, in small letters. */
export const wordsOfParts: Readonly<Record<Part, readonly string[]>> = {
  train: [
    ...words('train training обучение обучения обучении тренировка тренировки трейн трэйн'),
    ...soft('обучающ', 'тренирующ'),
    ...hard('тренировочн', 'учебн'),
  ],
  validation: [
    ...words('val valid validate validating validation dev devel development eval evaluate evaluation holdout heldout'),
    ...words('валидация валидации проверка проверки'),
    ...hard('валидационн', 'проверочн', 'отложенн'),
  ],
  test: [
    ...words('test tests testing тест теста тесты тестов тестирование тестирования'),
    ...words('контроль контроля экзамен экзамена'),
    ...hard('тестов', 'контрольн', 'экзаменационн'),
    ...soft('тестирующ'),
  ],
  unlabelled: [
    ...words('unlabelled unlabeled pred predict predicting prediction predictions inference'),
    ...words('предсказание предсказания'),
    ...hard('неразмеченн'),
  ],
}

/** Words that are written as two, with the one that they mean. */
export const wordsInTwo: readonly (readonly [RegExp, string])[] = [
  [/\b(hold|held) out\b/g, 'holdout'],
  [/(?<!\p{L})без (меток|разметки)(?!\p{L})/gu, 'неразмеченные'],
]

/** Words that stand beside these and say nothing of what is on the images. */
export const fillerWords: readonly string[] = [
  ...words(
    'set sets data image images img imgs picture pictures pic pics photo photos sample samples example examples',
  ),
  ...words('folder folders dir file files split splits part parts partition subset batch stage phase'),
  ...words('public private seg x for the final raw original orig processed resized cropped augmented aug'),
  ...words('labelled labeled copy jpg jpeg png'),
  ...words('выборка выборки выборке подвыборка набор наборы сет данные данных датасет множество множества'),
  ...words('изображение изображения изображений картинка картинки картинок фото фотография фотографии фотографий'),
  ...words('снимок снимки снимков рисунок рисунки рисунков пример примеры примеров папка файл файлы часть части'),
  ...words('этап для копия'),
  ...hard('размеченн', 'открыт', 'закрыт', 'исходн'),
]

/** The same in the names of tables. */
export const tableFillerWords: readonly string[] = [
  ...words('label labels annotation annotations class classes meta metadata list info csv tsv table index id ids df y'),
  ...words('target targets solution answers gt ground truth key keys'),
  ...words('метка метки меток класс классы разметка список списки таблица ответ ответы описание'),
]

/** What columns of tables call the parts besides; as the name of a folder it would mean something else. */
export const shortWordsOfParts: Readonly<Record<Exclude<Part, 'unlabelled'>, readonly string[]>> = {
  train: words('tr trn обуч трен'),
  validation: words('va vl валид пров'),
  // A competition scores its test images in two portions.
  test: words('te tst public private контр'),
}
