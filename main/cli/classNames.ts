import type { DatasetCard } from '../../core/dataset.ts'
import { refuse } from '../../core/problems.ts'

/** Names that are told where one is unknown. */
const nearNames = 5

/**
 * Names of a list with commas between them. One with a comma in it stands in double quotes, with a quote in it doubled,
 * as in a CSV file.
 * @returns null where a quote is not closed, or something stands behind it.
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

/** Insertions, deletions and replacements that make one word of the other (Levenshtein 1966). */
function distance(one: string, other: string): number {
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= other.length; column += 1) {
      current.push(
        Math.min(
          previous[column] + 1,
          current[column - 1] + 1,
          previous[column - 1] + (one[row - 1] === other[column - 1] ? 0 : 1),
        ),
      )
    }
    previous = current
  }
  return previous[other.length]
}

/** A name that holds the one that is wanted is as far from it as one in which so many letters differ. */
const holding = 1.5

/** The names most like one: by how many letters differ, or because they hold it. */
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
 * Indices of class names, ascending. A name counts in other case too, where that fits one class alone.
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
