import { describe, expect, test } from 'vitest'
import { allHintWords } from '../../core/words/hintWords.ts'
import { Phrase, phraseText } from '../../core/words/phrases.ts'
import { SweepPlan } from '../../core/sweep/sweepPlan.ts'
import { issuePhrase } from '../../core/words/issuePhrase.ts'
import { Problem, problem, sentenceOf } from '../../core/words/problems.ts'
import { brokenArchive } from '../../main/datasets/archives/archiveEntry.ts'
import { SourceError } from '../../main/datasets/definition.ts'
import { catalogue } from '../../main/datasets/sets/catalogue.ts'
import { menuTemplate } from '../../main/electron/menu.ts'
import ru from '../../renderer/messages/ru.json'
import { terms } from '../../renderer/text/terms/terms.ts'
import { listed, samplePlan } from '../core/sweep/samplePlan.ts'

type Message = string | readonly { readonly match: Readonly<Record<string, string>> }[]

function textsOf(message: Message): string[] {
  return typeof message === 'string' ? [message] : message.flatMap((variant) => Object.values(variant.match))
}

/** The labels of the application's menu, all of them. */
const menuLabels = menuTemplate({ language: 'ru', ofApplication: true, development: true }).flatMap(
  ({ label = '', submenu }) => [label, ...(Array.isArray(submenu) ? submenu.map((item) => item.label ?? '') : [])],
)

/** Every Russian text that a person may read in the window or in a sentence about what went wrong, with its key. */
const texts: readonly (readonly [string, string])[] = [
  ...Object.entries<Message>(ru).flatMap(([key, message]) => textsOf(message).map((text) => [key, text] as const)),
  ...Problem.shape.code.options.map((code) => [code, sentenceOf({ code, parameters: {} }, 'ru')] as const),
  ...Phrase.shape.phrase.options.map((code) => [code, phraseText({ phrase: code, parameters: {} }, 'ru')] as const),
  ...allHintWords('ru'),
  ...Object.entries(terms).map(([id, { texts }]) => [`term ${id}`, texts.ru] as const),
  ...menuLabels.map((label) => ['menu', label] as const),
  ...catalogue.map(({ card }) => [`licence of ${card.id}`, card.licenceRu] as const),
]

/** What is written as a person types or finds it: commands, options, addresses, paths, and what stands for a value. */
const quoted = [
  /\{\w+\}/g,
  /«lab [^»]*»/g,
  /«npm [^»]*»/g,
  /«git [^»]*»/g,
  /--[\w-]+(?: seed)?/g,
  /https?:\/\/\S+/g,
  /\\\\\S+/g,
  /(?<![\wА-яё])\/[\w./А-яё]*/g,
  /[\w-]+\//g,
  /[A-Z]+_[A-Z_]+|TMPDIR/g,
  /«(?:input|same|he-normal|layers|head)»/g,
  // Words of the search, and paths of settings.
  /«(?:and|or|not|yes|no|none|best|last)\b[^»]*»/g,
  /\b\w+ = [\w-]+ and \w+ > \d+ %/g,
  /\b[a-z_]\w*(?:\.\w+)+/g,
  // What a file of a set calls its images.
  /«data»/g,
  /7z/g,
  // Names in the file of a sweep, of folders, and of a file.
  /«(?:dataset|grid|random|seeds|datasets|cache|portable)»/g,
]

/** Names, abbreviations, formulas and keys that Russian writes as they are. */
const allowed = new Set(
  [
    'CIFAR Shapes Chromium README md Conv Lab TensorFlow TensorBoard ONNX Keras PyTorch LaTeX Windows Microsoft Node npm CSV JSON SVG PNG JPEG WebP GIF TIFF AVIF HEIC',
    'Chrome Edge Firefox Linux glibc Ubuntu Debian Fedora AVX',
    'zip tar RGB NaN ReLU Leaky ELU GELU Adam AdamW SGD softmax Softmax tanh mixup same valid RU EN',
    // Kinds of numbers and files, and sums of these.
    'x86 Ray NumPy HDF5 safetensors float16 F64 F32 F16 BF16',
    'float32 uint8 sha256 SHA MD5 7z xz zstd gz bz2 rar idx pickle MATLAB Cityscapes',
    'ASHA PCA UMAP Grad CAM FGSM Northcutt confident learning precision recall F F1 top pixabay com',
    'Enter Escape Shift Home End Insert Delete Ctrl Alt D F2 Z',
    // Of formulas.
    'NET a b exp f k ln max min n p pool s t T v w x y z',
    // Parts of a set are called so in the files of others.
    'train validation test',
  ].flatMap((line) => line.split(' ')),
)

function englishIn(text: string): string[] {
  const left = quoted.reduce((rest, pattern) => rest.replace(pattern, ' '), text)
  return (left.match(/[A-Za-z][A-Za-z0-9]*/g) ?? []).filter((word) => !allowed.has(word))
}

/** Words that a native teacher would not use here, and what stands instead. */
const forbidden: readonly (readonly [RegExp, string])[] = [
  [/\{(?:text|count|id|runs?)\} обучени|тренировк/i, 'a run is «запуск»'],
  [/(?<!npm-)пакет/i, 'a batch is «батч»; «npm-пакет»'],
  [/жребий|разыгрыва/i, '«случайно»'],
  [/движ(?:ок|к[аеоу])(?![а-яё])/i, '«TensorFlow»'],
  [/снимо?к/i, '«изображение»'],
  [/издател/i, '«авторы»'],
  [/на тесте|тестом|тестами|через тест|измерени[ея] на тест/i, '«проверка», «тестовая выборка»'],
  [/на валидации|на обучении/i, '«валидационная выборка», «обучающие батчи»'],
  [/\bв пути\b|уже в пути/i, '«загружается»'],
  [/^(?:Обратить|Инверсия|Ничего|Таблицей|Своя|Без спада|Убрать|Обучается|Не удалось)$/, 'the list of words'],
  [/(?:^|\s)lr\s/i, '«скорость»'],
  [/средний квадрат(?! )/i, '«квадрат из середины»'],
  [/макс\. градиент/i, '«обрезка градиента»'],
  [/тренировочн/i, '«обучающий»'],
]

describe('Russian', () => {
  test('has no English words in it', () => {
    const found = texts.map(([key, text]) => [key, englishIn(text)] as const).filter(([, words]) => words.length > 0)
    expect(found).toEqual([])
  })

  test('has the words that a native teacher would use', () => {
    const found = texts.flatMap(([key, text]) =>
      forbidden.filter(([pattern]) => pattern.test(text)).map(([, instead]) => `${key}: ${text} (${instead})`),
    )
    expect(found).toEqual([])
  })

  test('is all that a person reads where files cannot be taken, but for what another program says, which is quoted', () => {
    const broken = brokenArchive('set.zip', new Error('unexpected end of file'))
    const said = broken instanceof SourceError ? broken.said : null
    expect(said).not.toBeNull()
    if (said === null) return
    const refused = problem('import-failed', { path: 'set.zip', dataset: 'CIFAR-10', detail: said })
    expect(sentenceOf(refused, 'ru')).toContain('архив повреждён или неполон (set.zip: «unexpected end of file»)')
    expect(sentenceOf(refused, 'en')).toContain('the archive is broken or not whole (set.zip: unexpected end of file)')
    const twice = SweepPlan.safeParse({ ...samplePlan(), axes: [listed('rate', 1), listed('rate', 2)] })
    const why = phraseText(issuePhrase(twice.error?.issues.at(0)), 'ru')
    expect(englishIn(why)).toEqual([])
    expect(why).toContain('одну настройку дважды')
  })

  test('is told apart from English by this test', () => {
    expect(englishIn('Откройте the file, см. {path} или «lab dataset get {id}» в CSV')).toEqual(['the', 'file'])
  })
})
