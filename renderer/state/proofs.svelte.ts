import type { Problem } from '../../core/words/problems.ts'
import type { ProofEvent, ProofRequest } from '../../core/run/resumeProof.ts'
import { type LabConnection, lab } from './lab.svelte.ts'

export type Proved = Extract<ProofEvent, { kind: 'proved' }>
export type ProofProgress = Extract<ProofEvent, { kind: 'progress' }>

/** The proof of exact resuming that is under way and the result of the last one. They live as long as the window. */
export class Proofs {
  /** The run whose settings are used; progress is null until the first step. */
  running = $state.raw<{ readonly run: number; readonly progress: ProofProgress | null } | null>(null)
  result = $state.raw<{ readonly run: number; readonly proved: Proved } | null>(null)
  refusal = $state.raw<{ readonly run: number; readonly problem: Problem } | null>(null)
  #abort = new AbortController()
  readonly #lab: Pick<LabConnection, 'ask'>

  constructor(to: Pick<LabConnection, 'ask'> = lab) {
    this.#lab = to
  }

  /** Starts a proof, unless one is under way. */
  async prove(run: number, request: ProofRequest): Promise<void> {
    if (this.running !== null) return
    const abort = new AbortController()
    this.#abort = abort
    this.running = { run, progress: null }
    this.result = null
    this.refusal = null
    const answer = await this.#lab.ask(async (client) => {
      for await (const event of await client.runs.proveResume(request, { signal: abort.signal })) {
        if (event.kind === 'progress') this.running = { run, progress: event }
        else this.result = { run, proved: event }
      }
    })
    this.running = null
    if (!answer.ok && !abort.signal.aborted) this.refusal = { run, problem: answer.problem }
  }

  cancel(): void {
    this.#abort.abort()
  }
}

export const proofs = new Proofs()
