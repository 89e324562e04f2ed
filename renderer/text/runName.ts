import type { RunSummary } from '../../core/run/run.ts'
import * as m from '../messages/compiled/messages.js'

/** What a run's name is made of. */
export type NamedRun = Pick<RunSummary, 'id' | 'name'>

/** What a run is called everywhere: by its name, or “Run 7” where it has none. */
export function runName({ id, name }: NamedRun): string {
  return name ?? m.run_name({ id })
}

/** The same of a run of which only its number is known. */
export function runNameOf(runs: readonly NamedRun[], id: number): string {
  return runName(runs.find((run) => run.id === id) ?? { id, name: null })
}
