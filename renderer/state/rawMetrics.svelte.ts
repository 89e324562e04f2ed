import type { PassProgress } from '../../core/inspect/passProgress.ts'
import { csv } from '../../core/errors/csvText.ts'
import { type TimedEvaluation, unpackedRows } from '../../core/run/metricRows.ts'
import { metricTableHeader, metricTableLine, metricTableRows } from '../../core/run/metricTable.ts'
import { problem } from '../../core/words/problems.ts'
import type { Answer } from './link.ts'
import { type LabConnection, lab } from './lab.svelte.ts'

/** A run whose metrics are read, and what it is called. */
export interface NamedRun {
  readonly id: number
  readonly name: string
  /** Steps that it has. */
  readonly step: number
}

/** Steps, and evaluations, that are asked for at a time. */
const stepsAtOnce = 5000
const evaluationsAtOnce = 1000

/** Milliseconds: what is read faster shows no progress. */
const unseen = 300

/** More rows would be a file that no spreadsheet opens; the command line writes them run by run. */
const mostRows = 1_000_000

/** Reads all that was measured of some runs, every step, as a table in CSV. */
export class RawMetrics {
  /** How many of the steps have been read; null while nothing is read, or while that has taken no time to speak of. */
  progress = $state.raw<PassProgress | null>(null)
  readonly #lab: Pick<LabConnection, 'ask'>
  /** Number of the newest read; those before it are given up. */
  #reading = 0

  constructor(of: Pick<LabConnection, 'ask'> = lab) {
    this.#lab = of
  }

  cancel(): void {
    this.#reading += 1
    this.progress = null
  }

  /** The table, or why it could not be read; null where it was cancelled. */
  async read(runs: readonly NamedRun[]): Promise<Answer<{ readonly text: string }> | null> {
    const reading = (this.#reading += 1)
    const steps = runs.reduce((sum, { step }) => sum + step, 0)
    if (steps > mostRows) return { ok: false, problem: problem('table-too-large', { steps, most: mostRows }) }
    const parts = [`run,name,${metricTableHeader}\n`]
    const begun = performance.now()
    let done = 0
    this.progress = null
    try {
      for (const run of runs) {
        const evaluations = await this.#evaluations(run.id)
        if (!evaluations.ok) return evaluations
        const named = csv([[run.id, run.name]]).trimEnd()
        let count = stepsAtOnce
        for (let after = 0; count === stepsAtOnce; after += stepsAtOnce) {
          const answer = await this.#lab.ask((client) => client.runs.steps({ run: run.id, after, count: stepsAtOnce }))
          if (reading !== this.#reading) return null
          if (!answer.ok) return answer
          const page = unpackedRows(answer.value)
          count = page.loss.length
          for (const row of metricTableRows(page, evaluations.value)) parts.push(`${named},${metricTableLine(row)}\n`)
          done += count
          const taken = performance.now() - begun
          // A run that trains may have had fewer steps when it was asked for.
          const total = Math.max(done, steps)
          if (taken > unseen) this.progress = { kind: 'progress', done, total, perSecond: (done / taken) * 1000 }
        }
      }
      return { ok: true, value: { text: parts.join('') } }
    } finally {
      if (reading === this.#reading) this.progress = null
    }
  }

  async #evaluations(run: number): Promise<Answer<readonly TimedEvaluation[]>> {
    const all: TimedEvaluation[] = []
    for (;;) {
      const after = all.at(-1)?.step ?? null
      const answer = await this.#lab.ask((client) => client.runs.evaluations({ run, after, count: evaluationsAtOnce }))
      if (!answer.ok) return answer
      all.push(...answer.value)
      if (answer.value.length < evaluationsAtOnce) return { ok: true, value: all }
    }
  }
}
