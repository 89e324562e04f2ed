import { untrack } from 'svelte'
import { type ErrorsEvent, type ErrorsReport, receivedReport } from '../../core/errors/errorsReport.ts'
import { keepReport, knownReport } from './knownReports.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import { inQuestions, type Looked } from './look.svelte.ts'
import { Pass } from './pass.svelte.ts'

/** What a checkpoint gets wrong over its test set. The last report stays in view until the next one is there. */
export class CheckedErrors {
  readonly pass: Pass<Extract<ErrorsEvent, { kind: 'done' }>>
  report = $state.raw<ErrorsReport | null>(null)
  /** Whether the last one was cancelled. */
  cancelled = $state(false)
  /** The run that the report is about. */
  #run: number | null = null

  constructor(to: Pick<LabConnection, 'ask'> = lab) {
    this.pass = new Pass(to)
  }

  /** Shows the report of a checkpoint, computed where it is not known. A report of another run leaves the view. */
  async show(of: Looked): Promise<void> {
    // Untracked, so that an effect that shows it does not run again because of it.
    await untrack(async () => {
      if (this.#run !== of.run.id) this.report = null
      this.#run = of.run.id
      this.cancelled = false
      const before = knownReport(of.checkpoint.sha256)
      if (before !== null) {
        this.pass.forget()
        this.report = before
        return
      }
      const done = await this.pass.ask((client, signal) => client.errors.compute(inQuestions(of), { signal }))
      if (done === null) return
      const report = receivedReport(done.report)
      keepReport(report)
      this.report = report
    })
  }

  cancel(): void {
    this.pass.cancel()
    this.cancelled = true
  }
}
