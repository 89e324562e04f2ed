import { unpackedRows } from '../../core/run/metricRows.ts'
import { type LabConnection, lab } from './lab.svelte.ts'

/** What the first batch of a run gave. It was computed before the first step changed a weight. */
interface FirstBatchValues {
  readonly loss: number
  readonly accuracy: number
}

/** The first batch of a run: how good its network was before it learned anything. */
export class FirstBatch {
  /** Null until the run has a step. A reading that failed is made again when asked for. */
  values = $state.raw<FirstBatchValues | null>(null)
  readonly #lab: Pick<LabConnection, 'ask'>

  constructor(of: Pick<LabConnection, 'ask'> = lab) {
    this.#lab = of
  }

  async read(run: number): Promise<void> {
    if (this.values !== null) return
    const answer = await this.#lab.ask((client) => client.runs.steps({ run, after: 0, count: 1 }))
    if (!answer.ok) return
    const { loss, accuracy } = unpackedRows(answer.value)
    if (loss.length > 0) this.values = { loss: loss[0], accuracy: accuracy[0] }
  }
}
