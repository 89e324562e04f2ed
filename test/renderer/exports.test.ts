import { ORPCError } from '@orpc/server'
import { afterAll, describe, expect, it } from 'vitest'
import type { ExportEvent, ExportQuestion, ExportResult } from '../../core/run/runExport.ts'
import { Exports } from '../../renderer/state/exports.svelte.ts'
import { type Deferred, calls, connected, deferred, LabEnd, refusal, until } from './labEnd.ts'

const question: ExportQuestion = {
  run: 1,
  checkpoint: 300,
  format: 'onnx',
  input: 'uint8',
  folder: '/there',
  live: false,
}
const progress: ExportEvent = { kind: 'progress', done: 5, total: 10, perSecond: 2 }
const result: ExportResult = {
  run: 1,
  checkpoint: 300,
  format: 'onnx',
  folder: '/there',
  files: ['README.md', 'model.onnx'],
  bytes: 10,
}

/** What is asked for, and how each export goes on: the test says. */
const asked: ExportQuestion[] = []
let next: Deferred<ExportEvent> = deferred()
let ended = 0

const end = new LabEnd({
  runs: {
    export: calls.runs.export.handler(async function* ({ input, signal }) {
      asked.push(input)
      const aborted = new Promise<null>((resolve) => signal?.addEventListener('abort', () => resolve(null)))
      try {
        for (;;) {
          const event = await Promise.race([next.promise, aborted])
          if (event === null) return
          next = deferred()
          yield event
          if (event.kind === 'done') return
        }
      } finally {
        ended += 1
      }
    }),
  },
})
const lab = await connected(end)
afterAll(() => end.end())

/** Starts an export and waits until the lab has received it. */
async function begin(exports: Exports): Promise<{ readonly over: Promise<void> }> {
  next = deferred()
  const before = asked.length
  const over = exports.write(question)
  await until(() => asked.length > before)
  return { over }
}

describe('an export', () => {
  it('tells how far it is, and what was written', async () => {
    const exports = new Exports(lab)
    const { over } = await begin(exports)
    expect(asked.at(-1)).toEqual(question)
    next.resolve(progress)
    await until(() => exports.running?.progress !== null)
    expect(exports.running).toEqual({ question, progress })
    next.resolve({ kind: 'done', result })
    await over
    expect([exports.running, exports.result, exports.refusal]).toEqual([null, result, null])
  })

  it('is not begun while another is under way', async () => {
    const exports = new Exports(lab)
    const { over } = await begin(exports)
    const before = asked.length
    await exports.write({ ...question, run: 2 })
    expect(asked).toHaveLength(before)
    next.resolve({ kind: 'done', result })
    await over
  })

  it('says why it was refused', async () => {
    const exports = new Exports(lab)
    const { over } = await begin(exports)
    next.reject(new ORPCError('PROBLEM', { defined: true, data: refusal.problem }))
    await over
    expect([exports.result, exports.refusal]).toEqual([null, { run: 1, problem: refusal.problem }])
  })

  it('ends in the lab when it is cancelled, which is no refusal', async () => {
    const exports = new Exports(lab)
    const { over } = await begin(exports)
    const before = ended
    exports.cancel()
    await over
    expect([exports.running, exports.result, exports.refusal]).toEqual([null, null, null])
    await until(() => ended > before)
  })
})
