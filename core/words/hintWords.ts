import type { Hint, Remedy } from '../advice/hint.ts'
import type { HintKind } from '../advice/hintKind.ts'
import type { RequestChanges } from '../run/changedRequest.ts'
import { filled, type Bilingual, type Language } from './language.ts'

/** How numbers are written in a language. */
export interface HintFormats {
  readonly whole: (value: number) => string
  /** Losses and learning rates. */
  readonly figures: (value: number) => string
  /** A share as a percentage. */
  readonly percent: (share: number) => string
}

/** What a hint is called, what was seen, and what usually causes it. */
interface HintText {
  readonly title: Bilingual
  readonly seen: Bilingual
  readonly cause: Bilingual
}

const texts: Readonly<Record<HintKind, HintText>> = {
  'rate-too-high': {
    title: { en: 'The learning rate is too high', ru: 'Скорость обучения слишком велика' },
    seen: {
      en: 'From step {from} on the loss explodes: it reaches {loss}, and guessing alone gives {chance}.',
      ru: 'С шага {from} функция потерь «взрывается»: она достигает {loss}, а простое угадывание даёт {chance}.',
    },
    cause: {
      en: 'At a learning rate of {rate} each step overshoots, so the weights grow instead of settling. A tenth of it or less is worth a try.',
      ru: 'При скорости обучения {rate} каждый шаг перескакивает минимум, и веса растут вместо того, чтобы установиться. Стоит взять в десять раз меньше.',
    },
  },
  'loss-at-chance': {
    title: { en: 'The network has not begun to learn', ru: 'Сеть ещё ничему не научилась' },
    seen: {
      en: 'Over {to} steps the loss stays at {loss}; guessing gives {chance}.',
      ru: 'За {to} шагов функция потерь осталась на уровне {loss}; угадывание даёт {chance}.',
    },
    cause: {
      en: 'Usually the learning rate ({rate}) is far too small or too large, or the signal dies on its way through sigmoids.',
      ru: 'Обычно скорость обучения ({rate}) слишком мала или слишком велика, либо сигнал затухает на пути через сигмоиды.',
    },
  },
  'saw-tooth': {
    title: { en: 'The curve is a saw-tooth', ru: 'Кривая похожа на пилу' },
    seen: {
      en: 'From step {from} on the accuracy jumps by {swing} from one stretch to the next; the draw of the images alone explains {expected}.',
      ru: 'С шага {from} точность скачет на {swing} от участка к участку; случайным выбором изображений объясняются лишь {expected}.',
    },
    cause: {
      en: 'The steps are so large that the network leaves a good place as soon as it has found one. A smaller learning rate calms it.',
      ru: 'Шаги так велики, что сеть покидает удачное место, едва найдя его. Меньшая скорость обучения успокоит кривую.',
    },
  },
  overfitting: {
    title: { en: 'Overfitting from step {from} on', ru: 'Переобучение с шага {from}' },
    seen: {
      en: 'The loss on images that do not train was lowest at step {from} ({lowest}) and has risen to {last}, while the training loss went on falling.',
      ru: 'На изображениях вне обучения функция потерь была наименьшей на шаге {from} ({lowest}) и выросла до {last}, хотя на обучающих она продолжала падать.',
    },
    cause: {
      en: 'The network learns its training images by heart. More images, distortion, or stopping in time help.',
      ru: 'Сеть заучивает обучающие изображения наизусть. Помогут новые изображения, их искажение или своевременная остановка.',
    },
  },
  plateau: {
    title: { en: 'A plateau', ru: 'Плато' },
    seen: {
      en: 'The loss fell at first, but since step {from} it has stayed at {loss}.',
      ru: 'Сначала функция потерь падала, но с шага {from} держится на уровне {loss}.',
    },
    cause: {
      en: 'The learning rate no longer suits: it has become too small too early, or it is too large to get any lower.',
      ru: 'Скорость обучения больше не подходит: она слишком рано стала мала либо слишком велика, чтобы спуститься ниже.',
    },
  },
  'ended-improving': {
    title: { en: 'It ended while it was still improving', ru: 'Запуск закончился, а сеть ещё училась' },
    seen: {
      en: 'From step {from} to its end the loss still fell from {before} to {last}.',
      ru: 'С шага {from} до конца запуска функция потерь ещё снизилась с {before} до {last}.',
    },
    cause: {
      en: 'The run was too short, or the learning rate too small for its length.',
      ru: 'Запуск был слишком коротким, или скорость обучения слишком мала для его длины.',
    },
  },
  'trains-below-test': {
    title: {
      en: 'Why the training accuracy is below the test accuracy',
      ru: 'Почему точность при обучении ниже, чем при проверке',
    },
    seen: {
      en: 'Lately {train} of the training images were right, and {test} of the test images.',
      ru: 'В последнее время верны {train} ответов на обучающей выборке и {test} — на тестовой.',
    },
    cause: {
      en: 'This is no fault. Training images are distorted, so they are harder than the test images, which are not.',
      ru: 'Это не ошибка. Обучающие изображения искажаются, поэтому они труднее тестовых, которые не искажаются.',
    },
  },
  'dead-units': {
    title: { en: 'Dead ReLUs in {layer}', ru: '«Мёртвые» ReLU в слое {layer}' },
    seen: {
      en: 'Since step {from} {silent} of the units of {layer} give 0 for every image of the fixed batch.',
      ru: 'С шага {from} {silent} нейронов слоя {layer} дают 0 на каждом изображении контрольного батча.',
    },
    cause: {
      en: 'A step that was too large pushed their inputs below 0 for good, and there a ReLU has no gradient to come back by.',
      ru: 'Слишком большой шаг навсегда увёл их входы ниже 0, а там у ReLU нет градиента, чтобы вернуться.',
    },
  },
  'vanished-gradient': {
    title: { en: 'The gradient vanishes before {layer}', ru: 'Градиент не доходит до слоя {layer}' },
    seen: {
      en: 'The gradient of {layer} is {ratio} times the largest of any layer, so its weights hardly change.',
      ru: 'Градиент слоя {layer} составляет {ratio} от наибольшего среди слоёв, и его веса почти не меняются.',
    },
    cause: {
      en: 'Each saturating activation multiplies the gradient by less than 1; over many layers nothing is left of it.',
      ru: 'Каждая насыщающаяся функция активации умножает градиент на число меньше 1; после многих слоёв от него ничего не остаётся.',
    },
  },
  'unequal-classes': {
    title: { en: 'Classes of very unequal size', ru: 'Классы очень разного размера' },
    seen: {
      en: 'The smallest class has {smallest} training images, the largest {largest}.',
      ru: 'В наименьшем классе {smallest} обучающих изображений, в наибольшем — {largest}.',
    },
    cause: {
      en: 'The network sees large classes more often and answers them too readily; accuracy hides that, the table of classes on the page Errors shows it.',
      ru: 'Большие классы сеть видит чаще и слишком охотно их называет; общая точность это скрывает, а таблица классов на странице «Ошибки» показывает.',
    },
  },
  'test-duplicates': {
    title: { en: 'Test images that are trained on', ru: 'Тестовые изображения есть в обучающей выборке' },
    seen: {
      en: '{twins} of {images} test images equal a training image, pixel by pixel.',
      ru: '{twins} из {images} тестовых изображений попиксельно совпадают с обучающими.',
    },
    cause: {
      en: 'The network knows them by heart, so the test accuracy flatters it. The page Data shows the pairs; another split may part them.',
      ru: 'Сеть знает их наизусть, поэтому точность проверки завышена. Пары видны на странице «Данные»; другое разбиение может их развести.',
    },
  },
  'few-steps-an-epoch': {
    title: { en: 'An epoch has few steps', ru: 'В эпохе мало шагов' },
    seen: {
      en: 'With {batch} images a step an epoch has {steps} steps.',
      ru: 'При {batch} изображениях на шаг в эпохе шагов: {steps}.',
    },
    cause: {
      en: 'Weights change once a step. With a smaller batch the same images make more steps, and a little noise that helps.',
      ru: 'Веса меняются один раз за шаг. С меньшим батчем те же изображения дают больше шагов и немного полезного шума.',
    },
  },
}

/** Everything that is said of hints in a language, with what it is said of. */
export function allHintWords(language: Language): (readonly [of: string, text: string])[] {
  const said: (readonly [string, Bilingual])[] = [
    ...Object.entries(texts).flatMap(([kind, { title, seen, cause }]) =>
      [title, seen, cause].map((text): [string, Bilingual] => [kind, text]),
    ),
    ...Object.entries<Bilingual>({ ...changeTexts, ...remedyTexts, ...scheduleNames, undistorted }),
  ]
  return said.map(([of, text]) => [of, text[language]])
}

/** Shares of the evidence, by name. */
const shares: readonly string[] = ['swing', 'expected', 'train', 'test', 'silent']

/** Losses, rates and ratios, by name. */
const measured: readonly string[] = ['loss', 'chance', 'rate', 'lowest', 'last', 'before', 'ratio']

function parameterOf(hint: Hint, name: string, format: HintFormats, language: Language): string | undefined {
  const value = Object.entries<string | number | null>(hint.evidence).find(([key]) => key === name)?.[1]
  if (value === undefined || typeof value === 'string') return value
  if (value === null) return language === 'en' ? 'infinity' : 'бесконечности'
  if (shares.includes(name)) return format.percent(value)
  return measured.includes(name) ? format.figures(Number(value.toPrecision(3))) : format.whole(Math.floor(value))
}

/** What is said of a hint. */
export function hintText(
  hint: Hint,
  language: Language,
  format: HintFormats,
): Readonly<Record<'title' | 'seen' | 'cause', string>> {
  const text = (part: keyof HintText): string =>
    filled(texts[hint.kind][part][language], (name) => parameterOf(hint, name, format, language))
  return { title: text('title'), seen: text('seen'), cause: text('cause') }
}

type Changed = keyof RequestChanges

const changeTexts: { readonly [Name in Changed]: Bilingual } = {
  learningRate: { en: 'a learning rate of {value}', ru: 'скорость обучения {value}' },
  goal: { en: '{value} steps', ru: 'шагов {value}' },
  batch: { en: 'a batch of {value}', ru: 'батч {value}' },
  seed: { en: 'seed {value}', ru: 'зерно {value}' },
  optimizer: { en: 'the optimizer {value}', ru: 'оптимизатор {value}' },
  schedule: { en: 'the schedule {value}', ru: 'расписание «{value}»' },
  distort: { en: 'distortion', ru: 'с искажением изображений' },
  patience: {
    en: 'an end after {value} evaluations without a better one',
    ru: 'остановка после {value} проверок без улучшения',
  },
  perClass: { en: '{value} images of each class', ru: 'по {value} изображений на класс' },
  activation: { en: 'ReLU in the place of its activations', ru: 'ReLU вместо прежних функций активации' },
  frozen: { en: '{value} frozen', ru: 'заморозка слоёв {value}' },
}

const scheduleNames: Readonly<Record<NonNullable<RequestChanges['schedule']>, Bilingual>> = {
  constant: { en: 'constant', ru: 'постоянное' },
  step: { en: 'steps', ru: 'ступени' },
  cosine: { en: 'cosine', ru: 'косинус' },
  'one-cycle': { en: 'one cycle', ru: 'один цикл' },
}

const undistorted: Bilingual = { en: 'no distortion', ru: 'без искажения изображений' }

const nothingFrozen: Bilingual = { en: 'every layer trained', ru: 'обучение всех слоёв' }

function changesText(changes: RequestChanges, language: Language, format: HintFormats): string {
  const words = (Object.entries(changes) as [Changed, RequestChanges[Changed]][])
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      if (name === 'distort' && value === false) return undistorted[language]
      if (Array.isArray(value) && value.length === 0) return nothingFrozen[language]
      const said =
        name === 'schedule' && changes.schedule !== undefined
          ? scheduleNames[changes.schedule][language]
          : typeof value === 'number'
            ? (name === 'learningRate' ? format.figures : format.whole)(value)
            : Array.isArray(value)
              ? value.join(', ')
              : String(value)
      return filled(changeTexts[name][language], () => said)
    })
  return words.join(language === 'en' ? ' and ' : ', ')
}

const remedyTexts: Readonly<Record<Remedy['kind'], Bilingual>> = {
  branch: { en: 'Branch from step {at} with {changes}', ru: 'Ответвить от шага {at}: {changes}' },
  anew: { en: 'Train anew with {changes}', ru: 'Обучить заново: {changes}' },
  continue: { en: 'Continue to step {goal}', ru: 'Продолжить до шага {goal}' },
}

/** What the button of a remedy says. */
export function remedyText(remedy: Remedy, language: Language, format: HintFormats): string {
  return filled(remedyTexts[remedy.kind][language], (name) => {
    if (name === 'at') return remedy.kind === 'branch' ? format.whole(remedy.at) : undefined
    if (name === 'goal') return remedy.kind === 'continue' ? format.whole(remedy.goal) : undefined
    return remedy.kind === 'continue' ? undefined : changesText(remedy.changes, language, format)
  })
}
