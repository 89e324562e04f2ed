/** A part of a set: its name in the set's own files, how much of it is present, and how much a whole copy has. */
export interface ExpectedPart {
  readonly name: string
  readonly have: number
  readonly whole: number
}

const most = 20

/**
 * What a copy lacks, as `SetDescription` states it: at most 20 entries. If there are more, the last entry counts the
 * rest.
 */
export function missingParts(parts: readonly ExpectedPart[]): string[] {
  const lacking = parts
    .filter(({ have, whole }) => have < whole)
    .map(({ name, have, whole }) => (have === 0 ? name : `${name} ${have}/${whole}`))
  return lacking.length <= most ? lacking : [...lacking.slice(0, most - 1), `… +${lacking.length - most + 1}`]
}

/** Counts items by key. */
export function countBy<Item, Key>(items: Iterable<Item>, keyOf: (item: Item) => Key): Map<Key, number> {
  const counts = new Map<Key, number>()
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1)
  return counts
}
