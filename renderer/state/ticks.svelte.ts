import type { RunSummary } from '../../core/run/run.ts'
import { type LabConnection, lab } from './lab.svelte.ts'

/** The runs that are ticked in the table of Compare. */
export class Ticks {
  /** Ids, in no particular order. */
  runs = $state.raw<readonly number[]>([])
  readonly #lab: Pick<LabConnection, 'view'>

  constructor(of: Pick<LabConnection, 'view'> = lab) {
    this.#lab = of
  }

  has(run: number): boolean {
    return this.runs.includes(run)
  }

  /** If nothing is ticked, ticks the two newest runs that have begun. */
  offer(): void {
    if (this.runs.length === 0)
      this.runs = (this.#lab.view?.runs ?? [])
        .filter((run) => run.state !== 'queued')
        .slice(0, 2)
        .map((run) => run.id)
  }

  /** Ticks those of some new runs that have begun. */
  addBegun(runs: readonly Pick<RunSummary, 'id' | 'state'>[]): void {
    const begun = runs.filter(({ id, state }) => state !== 'queued' && !this.has(id)).map(({ id }) => id)
    if (begun.length > 0) this.runs = [...this.runs, ...begun]
  }

  set(run: number, ticked: boolean): void {
    const others = this.runs.filter((other) => other !== run)
    this.runs = ticked ? [...others, run] : others
  }

  setAll(runs: readonly number[]): void {
    this.runs = runs
  }
}

/** The runs whose curves Compare shows. They are kept in the home folder. */
export const ticks = new Ticks()

/** The runs of the bin that are ticked there; they are in no chart, and live as long as the window. */
export const binTicks = new Ticks()
