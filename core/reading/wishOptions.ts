import type { Reading } from './readingPlan.ts'
import type { ReadingWishes } from './readingWishes.ts'

/** The options of `lab dataset import own` that state each wish. */
const options = {
  labelsFrom: '--labels-from',
  labelColumn: '--label-column',
  pathColumn: '--path-column',
  splitColumn: '--split-column',
  partsFrom: '--parts-from',
  train: '--train',
  test: '--test',
} as const satisfies Record<keyof ReadingWishes, string>

const names = Object.keys(options) as (keyof ReadingWishes)[]

/** The options that state wishes, as they can be typed: `--labels-from table --label-column "hair colour"`. */
export function optionsFor(wishes: ReadingWishes): string {
  return names
    .flatMap((name) => {
      const value = wishes[name]
      if (value === undefined) return []
      return [options[name], typed(typeof value === 'string' ? value : value.map(listed).join(','))]
    })
    .join(' ')
}

/** A name in a list with commas: as in CSV, one with a comma or a quote is in double quotes. */
function listed(name: string): string {
  return /[,"]|^\s|\s$/.test(name) ? `"${name.replaceAll('"', '""')}"` : name
}

/** A word as a shell takes it, the usual ones of Windows included as long as it has no quotes. */
function typed(word: string): string {
  if (/^[\p{L}\p{N}_.,:/+-]+$/u.test(word)) return word
  return /["$`\\!]/.test(word) ? `'${word.replaceAll("'", String.raw`'\''`)}'` : `"${word}"`
}

/** How many classes are named. */
const namedClasses = 3

/** The readings to choose from, as the options that decide, each with the classes that it gives. */
export function choicesText(readings: readonly Reading[]): string {
  return readings.map(({ wishes, plan }) => `${optionsFor(wishes)} (${classesText(plan.classes)})`).join('; ')
}

function classesText(classes: readonly { readonly name: string }[]): string {
  const first = classes.slice(0, namedClasses).map(({ name }) => name)
  return [...first, ...(classes.length > first.length ? [`… +${classes.length - first.length}`] : [])].join(', ')
}
