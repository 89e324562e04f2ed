import type { Part, PartSource } from './readingPlan.ts'
import type { ReadingWishes } from './readingWishes.ts'

/** One way in which files tell the parts of their pictures. */
export interface Parting {
  readonly source: PartSource
  /** The wishes that lead to it. */
  readonly wishes: ReadingWishes
  /** The part of each picture that it puts into one. By seed or by folds all are training images, and it names none. */
  readonly of: ReadonlyMap<string, Part>
  /** The fold of each picture; null: there are no folds. */
  readonly folds: ReadonlyMap<string, number> | null
}

/** Nothing tells the parts: each run draws its test images. */
export const bySeed: Parting = {
  source: { from: 'seed' },
  wishes: { partsFrom: 'seed' },
  of: new Map(),
  folds: null,
}

/** Whether a source leaves it to each run which images it tests with. */
export function isDrawn({ source }: Parting): boolean {
  return source.from === 'seed' || source.from === 'folds'
}

/** Whether two partings put each of these pictures into the same part. */
export function alike(one: Parting, other: Parting, pictures: Iterable<string>): boolean {
  if (isDrawn(one) !== isDrawn(other)) return false
  for (const picture of pictures) if (one.of.get(picture) !== other.of.get(picture)) return false
  return true
}
