import { refuse } from '../words/problems.ts'

const collator = new Intl.Collator('en', { numeric: true })

/** Natural order of names: `class 2` before `class 10`. */
export function naturally(one: string, other: string): number {
  return collator.compare(one, other) || (one < other ? -1 : 1)
}

/**
 * The classes that names state, each once and in natural order.
 * @throws LabError `one-class-only` or `classes-alike`.
 */
export function classesOf(names: Iterable<string>): string[] {
  const classes = [...new Set(names)].sort(naturally)
  if (classes.length === 1) refuse('one-class-only', { name: classes[0] })
  const byLowerCase = new Map<string, string>()
  for (const name of classes) {
    const same = byLowerCase.get(name.toLowerCase())
    if (same !== undefined) refuse('classes-alike', { one: same, other: name })
    byLowerCase.set(name.toLowerCase(), name)
  }
  return classes
}
