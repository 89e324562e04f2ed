import { distance } from 'fastest-levenshtein'
import type { DatasetCard } from '../../core/data/dataset.ts'
import { refuse } from '../../core/words/problems.ts'

/** How many similar names to suggest. */
const nearNames = 5

/**
 * The names of a comma-separated list. As in CSV, a name with a comma is in double quotes, and a quote in it is
 * doubled.
 * @returns null if a quote is not closed, or is followed by something other than a comma.
 */
export function namesIn(list: string): string[] | null {
  const item = /\s*(?:"((?:[^"]|"")*)"|([^",]*?))\s*(,|$)/y
  const names: string[] = []
  for (;;) {
    const found = item.exec(list)
    if (found === null) return null
    const [, quoted, plain, end] = found
    names.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === '') return names
  }
}

/** The distance, in letters, at which a name counts that contains the wanted one. */
const holding = 1.5

/** The most similar names: those that differ by the fewest letters, or contain the name. */
export function namesLike(name: string, known: readonly string[]): string[] {
  const wanted = name.toLowerCase()
  const unlike = (one: string): number => {
    const letters = distance(wanted, one.toLowerCase())
    return wanted !== '' && one.toLowerCase().includes(wanted) ? Math.min(holding, letters) : letters
  }
  return known
    .map((one) => ({ one, by: unlike(one) }))
    .sort((first, second) => first.by - second.by)
    .slice(0, nearNames)
    .map(({ one }) => one)
}

/**
 * Indices of class names, ascending. Case may differ where only one class fits.
 * @throws LabError `class-unknown`.
 */
export function classIndices(
  wanted: readonly string[],
  known: readonly string[],
  { id, name }: Pick<DatasetCard, 'id' | 'name'>,
): number[] {
  const indices = wanted.map((one) => {
    const exact = known.indexOf(one)
    if (exact >= 0) return exact
    const alike = known.flatMap((other, index) => (other.toLowerCase() === one.toLowerCase() ? [index] : []))
    return alike.length === 1
      ? alike[0]
      : refuse('class-unknown', { dataset: name, id, name: one, near: namesLike(one, known).join(', ') })
  })
  return [...new Set(indices)].sort((one, other) => one - other)
}
