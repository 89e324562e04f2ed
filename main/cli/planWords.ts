import type { LeftOut } from '../../core/data/leftOut.ts'
import { optionsFor } from '../../core/reading/wishOptions.ts'
import type { NamedColumn, PlannedClass, Reading, ReadingPlan, TableUse } from '../../core/reading/readingPlan.ts'
import { phraseText } from '../../core/words/phrases.ts'
import { table } from './format.ts'
import { leftOutText } from './tellReady.ts'

/** More classes than this are summed up. */
const listedClasses = 24
/** How many classes a sum names at its beginning, and how many of the smallest and of the largest. */
const namedClasses = 8
const namedExtremes = 3

/** A part as people call it. */
const partWords = {
  train: 'training',
  validation: 'validation',
  test: 'test',
  unlabelled: 'to be predicted, left out',
} as const

/** `1 image`, `2 images`. */
function counted(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`
}

function imagesOf({ train, validation, test }: Omit<PlannedClass, 'name'>): number {
  return train + validation + test
}

/** A title in quotes, as distinct from the words around it. */
function columnsText(columns: readonly NamedColumn[]): string {
  return columns.map(({ table: of, column }) => `column “${column}” of ${of}`).join(', ')
}

function labelsText({ labels }: ReadingPlan): string {
  return labels.from === 'folders' ? 'the names of folders' : columnsText(labels.columns)
}

function partsText({ parts }: ReadingPlan): string {
  switch (parts.from) {
    case 'folders':
      return parts.folders.map(({ folder, part }) => `${folder}: ${partWords[part]}`).join('; ')
    case 'columns': {
      const words = parts.words.map(({ word, part, images }) => `“${word}”: ${partWords[part]} (${images})`)
      return `${columnsText(parts.columns)}: ${words.join('; ')}`
    }
    case 'folds':
      return `${columnsText(parts.columns)}: folds ${parts.folds.join(', ')}, of which a run tests with one`
    case 'tables':
      return parts.tables.map(({ table: of, part }) => `${of}: ${partWords[part]}`).join('; ')
    case 'seed':
      return 'each run’s seed, which draws its test images'
  }
}

function layoutText({ labels, parts }: ReadingPlan): string {
  if (labels.from === 'columns') return 'images with a table of their labels'
  return parts.from === 'folders' ? 'folders of parts with class folders inside' : 'a folder for each class'
}

const validationText = {
  tested: 'they are the test images, because there are no others',
  trained: 'they are trained on, because a run draws its own',
} as const

const useText = { labels: 'for labels', parts: 'for parts', 'labels and parts': 'for labels and parts' } as const

function tableText({ table: of, rows, use, why }: TableUse): string {
  const size = rows === null ? '' : ` (${counted(rows, 'row')})`
  if (use !== 'nothing') return `${of}${size}: used ${useText[use]}`
  return `${of}${size}: not used${why === null ? '' : `, ${phraseText(why, 'en')}`}`
}

/** How a set's files are read, as facts with their names. What was left out is told elsewhere. */
export function planFacts(plan: ReadingPlan): (readonly [name: string, value: string])[] {
  const { validation, tables, absent } = plan
  return [
    ['Layout', layoutText(plan)],
    ['Labels from', labelsText(plan)],
    ['Parts from', partsText(plan)],
    ...(validation === null ? [] : [['Validation', validationText[validation]] as const]),
    ...tables.map((one, index) => [index === 0 ? 'Tables' : '', tableText(one)] as const),
    ...(absent.count === 0
      ? []
      : [
          [
            'Not there',
            `${counted(absent.count, 'image')} that a table names: ${absent.first.join(', ')}${absent.count > absent.first.length ? ' …' : ''}`,
          ] as const,
        ]),
  ]
}

/** A name and a value of a list, as `lab dataset show` has them. */
export function factLine(name: string, value: string): string {
  return `${name.padEnd(16)}${value}`
}

/** All classes with their counts; of very many, the sums with the smallest and the largest. */
function classLines(classes: readonly PlannedClass[]): string[] {
  const parts = (['train', 'validation', 'test'] as const).filter((part) => classes.some((one) => one[part] > 0))
  if (classes.length <= listedClasses) {
    const headings = parts.length === 1 ? ['IMAGES'] : parts.map((part) => partWords[part].toUpperCase())
    const rows = classes.map((one) => [one.name, ...parts.map((part) => String(one[part]))])
    return ['', table(['CLASS', ...headings], rows)]
  }
  const bySize = classes.toSorted((one, other) => imagesOf(one) - imagesOf(other))
  const sized = (those: readonly PlannedClass[]): string =>
    those.map((one) => `${one.name} (${imagesOf(one)})`).join(', ')
  return [
    factLine('Classes', `${names(classes, namedClasses)}, … ${classes.at(-1)?.name ?? ''}`),
    factLine('Fewest images', sized(bySize.slice(0, namedExtremes))),
    factLine('Most images', sized(bySize.slice(-namedExtremes).reverse())),
  ]
}

function names(classes: readonly { readonly name: string }[], most: number): string {
  return classes
    .slice(0, most)
    .map(({ name }) => name)
    .join(', ')
}

/** `1200 images of 3 classes: 900 training, 300 test`. */
function sumText(classes: readonly PlannedClass[]): string {
  const sum = { train: 0, validation: 0, test: 0 }
  for (const one of classes) for (const part of ['train', 'validation', 'test'] as const) sum[part] += one[part]
  const parts = (['train', 'validation', 'test'] as const).filter((part) => sum[part] > 0)
  const divided = parts.length < 2 ? '' : `: ${parts.map((part) => `${sum[part]} ${partWords[part]}`).join(', ')}`
  return `${counted(imagesOf(sum), 'image')} of ${classes.length} classes${divided}`
}

function leftOutLines(leftOut: readonly LeftOut[]): string[] {
  return leftOut.map((one, index) => factLine(index === 0 ? 'Left out' : '', leftOutText(one)))
}

/**
 * The plan of the reading that is meant in words, for a terminal.
 * @param others Further readings that are possible.
 * @param byName Whether files in archives were taken for pictures by their names.
 */
export function planWords({ plan }: Reading, others: readonly Reading[], byName: boolean): string {
  const otherwise = others.map(({ wishes }) => optionsFor(wishes)).filter((options) => options !== '')
  return [
    `${sumText(plan.classes)}.`,
    ...planFacts(plan).map(([name, value]) => factLine(name, value)),
    ...leftOutLines(plan.leftOut),
    ...(byName ? [factLine('Pictures', 'told by their names; importing looks at their first bytes')] : []),
    ...(otherwise.length === 0 ? [] : [factLine('Other ways', otherwise.join('; '))]),
    ...classLines(plan.classes),
  ].join('\n')
}

/** The readings that a person must choose from, each under the options that decide for it. */
export function choiceWords(readings: readonly Reading[]): string {
  return readings
    .flatMap(({ wishes, plan }) => [
      `  ${optionsFor(wishes)}`,
      `      ${sumText(plan.classes)} (${names(plan.classes, namedExtremes)}${plan.classes.length > namedExtremes ? ', …' : ''})`,
      `      labels from ${labelsText(plan)}`,
      `      parts from ${partsText(plan)}`,
    ])
    .join('\n')
}
