import { ORPCError } from '@orpc/server'
import { afterAll, describe, expect, it } from 'vitest'
import type { ProofEvent, ProofRequest } from '../../core/run/resumeProof.ts'
import { proofOf } from '../../renderer/pages/Train/proof.ts'
import { Proofs } from '../../renderer/state/proofs.svelte.ts'
import { type Deferred, calls, connected, deferred, LabEnd, refusal, settled, until } from './labEnd.ts'
import { sampleRun } from './sampleRuns.ts'

const progress: ProofEvent = { kind: 'progress', part: 'before', step: 4, goal: 60 }
const proved: ProofEvent = {
  kind: 'proved',
  unbroken: 'a'.repeat(64),
  resumed: 'a'.repeat(64),
  equal: true,
  steps: 60,
  breakAt: 23,
  by: 'pause',
}

/** The events of each proof that was started; the test supplies them one by one. */
class Told {
  ended = false
  #next: Deferred<ProofEvent | null> = deferred()

  async *events(signal?: AbortSignal): AsyncGenerator<ProofEvent> {
    try {
      const aborted = new Promise<null>((resolve) => signal?.addEventListener('abort', () => resolve(null)))
      for (;;) {
        const event = await Promise.race([this.#next.promise, aborted])
        if (event === null) return
        this.#next = deferred()
        yield event
      }
    } finally {
      this.ended = true
    }
  }

  tell(event: ProofEvent | null): void {
    this.#next.resolve(event)
  }

  refuse(): void {
    this.#next.reject(new ORPCError('PROBLEM', { defined: true, data: refusal.problem }))
  }
}

const begun: Told[] = []
const asked: ProofRequest[] = []
const end = new LabEnd({
  runs: {
    proveResume: calls.runs.proveResume.handler(({ input, signal }) => {
      const told = new Told()
      begun.push(told)
      asked.push(input)
      return told.events(signal)
    }),
  },
})
const lab = await connected(end)
const request = proofOf(sampleRun(1))

/** Starts a proof for run 1 and waits until the lab has received it. */
async function begin(proofs: Proofs): Promise<{ readonly told: Told; readonly over: Promise<void> }> {
  const before = begun.length
  const over = proofs.prove(1, request)
  await until(() => begun.length > before)
  const told = begun.at(-1)
  if (told === undefined) throw new Error('no proof was begun')
  return { told, over }
}

afterAll(() => end.end())

describe('a proof of exact resuming', () => {
  it('tells how far it is, and its result', async () => {
    const proofs = new Proofs(lab)
    const { told, over } = await begin(proofs)
    expect(proofs.running).toEqual({ run: 1, progress: null })
    expect(asked.at(-1)).toEqual(request)
    told.tell(progress)
    await until(() => proofs.running?.progress !== null)
    expect(proofs.running).toEqual({ run: 1, progress })
    told.tell(proved)
    await until(() => proofs.result !== null)
    told.tell(null)
    await over
    expect([proofs.running, proofs.result, proofs.refusal]).toEqual([null, { run: 1, proved }, null])
  })

  it('is not begun while another is under way', async () => {
    const proofs = new Proofs(lab)
    const { told, over } = await begin(proofs)
    const before = begun.length
    await proofs.prove(2, request)
    await settled()
    expect(begun).toHaveLength(before)
    expect(proofs.running).toEqual({ run: 1, progress: null })
    told.tell(null)
    await over
  })

  it('says why it was refused, until the next one begins', async () => {
    const proofs = new Proofs(lab)
    const { told, over } = await begin(proofs)
    told.refuse()
    await over
    expect(proofs.refusal).toEqual({ run: 1, problem: refusal.problem })
    const next = await begin(proofs)
    expect(proofs.refusal).toBeNull()
    next.told.tell(null)
    await next.over
  })

  it('ends in the lab when it is cancelled, which is no refusal', async () => {
    const proofs = new Proofs(lab)
    const { told, over } = await begin(proofs)
    proofs.cancel()
    await over
    expect([proofs.running, proofs.refusal, proofs.result]).toEqual([null, null, null])
    await until(() => told.ended)
  })
})
