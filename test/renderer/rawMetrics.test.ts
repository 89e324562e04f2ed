import { expect, onTestFinished, test, vi } from 'vitest'
import type { PassProgress } from '../../core/inspect/passProgress.ts'
import { packedRows } from '../../core/run/metricRows.ts'
import { RawMetrics } from '../../renderer/state/rawMetrics.svelte.ts'
import { calls, connected, LabEnd } from './labEnd.ts'

test('every step is read, with how far that is, and a cancelled table is none', async () => {
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000))
  onTestFinished(() => void vi.restoreAllMocks())
  const steps = 12_000
  const seen: (PassProgress | null)[] = []
  const end = new LabEnd({
    runs: {
      evaluations: calls.runs.evaluations.handler(() => []),
      steps: calls.runs.steps.handler(({ input: { after, count } }) => {
        seen.push(raw.progress)
        const column = Array.from({ length: Math.min(count, steps - after) }, () => 0.5)
        return packedRows({ first: after + 1, loss: column, accuracy: column, seconds: column })
      }),
    },
  })
  const raw = new RawMetrics(await connected(end))
  const read = await raw.read([{ id: 1, name: 'one', step: steps }])
  expect(read?.ok === true && read.value.text.trimEnd().split('\n').length).toBe(1 + steps)
  expect(seen.map((one) => one?.done ?? null)).toEqual([null, 5000, 10_000])
  expect(seen[1]).toEqual({ kind: 'progress', done: 5000, total: steps, perSecond: 5000 })
  expect(raw.progress).toBeNull()
  const cancelled = raw.read([{ id: 1, name: 'one', step: steps }])
  raw.cancel()
  expect(await cancelled).toBeNull()
})

test('a table of more rows than anything opens is refused with their number, before a step is read', async () => {
  const raw = new RawMetrics({
    ask: () => {
      throw new Error('something was read')
    },
  })
  const runs = Array.from({ length: 50 }, (_, index) => ({ id: index + 1, name: `Run ${index + 1}`, step: 100_000 }))
  expect(await raw.read(runs)).toMatchObject({
    ok: false,
    problem: { code: 'table-too-large', parameters: { steps: 5_000_000, most: 1_000_000 } },
  })
  expect(raw.progress).toBeNull()
})
