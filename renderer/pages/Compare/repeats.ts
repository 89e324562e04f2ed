import { repeatKey } from '../../../core/run/repeats.ts'
import type { RunSummary } from '../../../core/run/run.ts'

/** Runs that one line shows: a run, or several that differ in their seed alone and have one goal. */
export type LineRuns = readonly [RunSummary, ...RunSummary[]]

/** The runs as lines, in the order of their first runs. */
export function linesOf(runs: readonly RunSummary[], repeatsAsOne: boolean): LineRuns[] {
  const lines = new Map<string, [RunSummary, ...RunSummary[]]>()
  for (const run of runs) {
    const name = repeatsAsOne ? repeatKey(run) : String(run.id)
    const line = lines.get(name)
    if (line === undefined) lines.set(name, [run])
    else line.push(run)
  }
  return [...lines.values()]
}

/** Ids in a few signs: those that follow each other as a range. @param ids ascending */
export function idsText(ids: readonly number[]): string {
  const ranges: { first: number; last: number }[] = []
  for (const id of ids) {
    const range = ranges.at(-1)
    if (range?.last === id - 1) range.last = id
    else ranges.push({ first: id, last: id })
  }
  return ranges
    .map(({ first, last }) => (first === last ? String(first) : `${first}${last === first + 1 ? ', ' : '–'}${last}`))
    .join(', ')
}
