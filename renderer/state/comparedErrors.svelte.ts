import { untrack } from 'svelte'
import { type ComparisonEvent, type ErrorsComparison, receivedComparison } from '../../core/errors/errorsComparison.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import { inQuestions, type Looked } from './look.svelte.ts'
import { Pass } from './pass.svelte.ts'

/** Two checkpoints over the same test images. */
export class ComparedErrors {
  readonly pass: Pass<Extract<ComparisonEvent, { kind: 'done' }>>
  comparison = $state.raw<ErrorsComparison | null>(null)
  /** Whether the last one was cancelled. */
  cancelled = $state(false)

  constructor(to: Pick<LabConnection, 'ask'> = lab) {
    this.pass = new Pass(to)
  }

  /** Compares two checkpoints. The last comparison stays in view until the next one is there or is refused. */
  async show(first: Looked, second: Looked): Promise<void> {
    // Untracked, so that an effect that shows it does not run again because of it.
    await untrack(async () => {
      this.cancelled = false
      const question = { first: inQuestions(first), second: inQuestions(second) }
      const done = await this.pass.ask((client, signal) => client.errors.compare(question, { signal }))
      if (done !== null) this.comparison = receivedComparison(done.comparison)
      else if (this.pass.problem !== null) this.comparison = null
    })
  }

  cancel(): void {
    this.pass.cancel()
    this.cancelled = true
  }
}
