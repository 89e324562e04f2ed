import type { LabelSource } from './readingPlan.ts'
import type { ReadingWishes } from './readingWishes.ts'

/** One way in which files tell the classes of their pictures. */
export interface Labelling {
  readonly source: LabelSource
  /** The wishes that lead to it. */
  readonly wishes: ReadingWishes
  /** The class of each picture that has one. */
  readonly of: ReadonlyMap<string, string>
  /** What its tables name and is not there. */
  readonly absent: readonly string[]
}

/**
 * How one labelling stands to another, over the pictures that the other one labels. `same`: they part them alike,
 * whatever they call the classes. `finer`: each class lies within one of the other's. `coarser`: the reverse. `some`: it
 * labels only some of them, and agrees on those. `other`: none of these.
 */
export type Relation = 'same' | 'finer' | 'coarser' | 'some' | 'other'

/** Whether each name of the first goes with a single name of the second. */
function leadsTo(pairs: Iterable<readonly [string, string]>): boolean {
  const met = new Map<string, string>()
  for (const [one, other] of pairs) {
    const before = met.get(one)
    if (before === undefined) met.set(one, other)
    else if (before !== other) return false
  }
  return true
}

/** How `one` stands to `other`. */
export function relationOf(one: Labelling, other: Labelling): Relation {
  const pairs: [string, string][] = []
  for (const [picture, otherName] of other.of) {
    const name = one.of.get(picture)
    if (name !== undefined) pairs.push([name, otherName])
  }
  if (pairs.length === 0) return 'other'
  const within = leadsTo(pairs)
  const around = leadsTo(pairs.map(([name, otherName]) => [otherName, name]))
  if (pairs.length < other.of.size) return within && around ? 'some' : 'other'
  if (within && around) return 'same'
  if (within) return 'finer'
  return around ? 'coarser' : 'other'
}

/** Whether a name says nothing to a person: a number, or an identifier such as `n01440764`. */
function isCode(name: string): boolean {
  return /^[a-z]{0,3}[-_]?\d+$/i.test(name)
}

/** Of two labellings that part the pictures alike, the one whose names say more; the first where both do. */
export function betterNamed(one: Labelling, other: Labelling): Labelling {
  const codes = ({ of }: Labelling): boolean => [...new Set(of.values())].every(isCode)
  return codes(one) && !codes(other) ? other : one
}
