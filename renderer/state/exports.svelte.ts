import type { PassProgress } from '../../core/inspect/passProgress.ts'
import type { ExportQuestion, ExportResult } from '../../core/run/runExport.ts'
import type { Problem } from '../../core/words/problems.ts'
import { type LabConnection, lab } from './lab.svelte.ts'

/** The export that is under way and the result of the last one. They live as long as the window. */
export class Exports {
  /** What is written; progress is null until something is. */
  running = $state.raw<{ readonly question: ExportQuestion; readonly progress: PassProgress | null } | null>(null)
  result = $state.raw<ExportResult | null>(null)
  refusal = $state.raw<{ readonly run: number; readonly problem: Problem } | null>(null)
  #abort = new AbortController()
  readonly #lab: Pick<LabConnection, 'ask'>

  constructor(to: Pick<LabConnection, 'ask'> = lab) {
    this.#lab = to
  }

  /** Starts an export, unless one is under way. */
  async write(question: ExportQuestion): Promise<void> {
    if (this.running !== null) return
    const abort = new AbortController()
    this.#abort = abort
    this.running = { question, progress: null }
    this.result = null
    this.refusal = null
    const answer = await this.#lab.ask(async (client) => {
      for await (const event of await client.runs.export(question, { signal: abort.signal })) {
        if (event.kind === 'progress') this.running = { question, progress: event }
        else this.result = event.result
      }
    })
    this.running = null
    if (!answer.ok && !abort.signal.aborted) this.refusal = { run: question.run, problem: answer.problem }
  }

  /** Writes nothing more of a run for TensorBoard while it trains. */
  async endEvents(run: number): Promise<void> {
    this.refusal = null
    const answer = await this.#lab.ask((client) => client.runs.endEvents({ run }))
    if (!answer.ok) this.refusal = { run, problem: answer.problem }
  }

  cancel(): void {
    this.#abort.abort()
  }
}

export const runExports = new Exports()
