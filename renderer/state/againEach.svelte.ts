import type { RunSummary } from '../../core/run/run.ts'
import type { Problem } from '../../core/words/problems.ts'
import { commandLine } from './again.svelte.ts'
import { type LabConnection, lab } from './lab.svelte.ts'

/** How far the runs of many have been added. */
export interface Adding {
  readonly done: number
  readonly total: number
  /** Seconds left at the speed so far; null before anything is done. */
  readonly secondsLeft: number | null
}

/** Trains several runs again, each with other seeds: one after the other, so that it can be followed and ended. */
export class AgainEach {
  adding = $state.raw<Adding | null>(null)
  /** What was added last, also where it was ended or refused before all were. */
  added = $state.raw<readonly RunSummary[]>([])
  problem = $state.raw<Problem | null>(null)
  /** How many command lines were copied last; null if none were. */
  copied = $state.raw<number | null>(null)
  readonly #lab: Pick<LabConnection, 'ask' | 'view'>
  #ended = false

  constructor(to: Pick<LabConnection, 'ask' | 'view'> = lab) {
    this.#lab = to
  }

  forget(): void {
    this.added = []
    this.problem = null
    this.copied = null
  }

  /** Adds so many repeats of each run to the queue, each with a seed that its settings have not had. */
  async repeat(runs: readonly number[], count: number): Promise<void> {
    if (this.adding !== null) return
    this.forget()
    this.#ended = false
    const begun = performance.now()
    this.adding = { done: 0, total: runs.length, secondsLeft: null }
    for (const [done, run] of runs.entries()) {
      const answer = await this.#lab.ask(async (client) =>
        client.queue.repeat({ request: await client.runs.request({ run }), count }),
      )
      if (answer.ok) this.added = [...this.added, ...answer.value]
      else this.problem = answer.problem
      if (!answer.ok || this.#ended) break
      const secondsEach = (performance.now() - begun) / 1000 / (done + 1)
      const left = runs.length - done - 1
      this.adding = { done: done + 1, total: runs.length, secondsLeft: secondsEach * left }
    }
    this.adding = null
  }

  /** Ends the adding after the run that is being added. */
  end(): void {
    this.#ended = true
  }

  /** The command lines that begin runs with the settings of these, a line each; null if one could not be asked for. */
  async commands(runs: readonly number[]): Promise<string | null> {
    this.forget()
    const answer = await this.#lab.ask(async (client) => {
      const lines: string[] = []
      for (const run of runs)
        lines.push(commandLine(run, await client.runs.request({ run }), this.#lab.view?.datasets ?? []))
      return lines
    })
    if (!answer.ok) {
      this.problem = answer.problem
      return null
    }
    this.copied = answer.value.length
    return answer.value.join('\n')
  }
}

export const againEach = new AgainEach()
