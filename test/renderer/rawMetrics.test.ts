import { expect, test } from 'vitest'
import { RawMetrics } from '../../renderer/state/rawMetrics.svelte.ts'

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
  expect(raw.share).toBeNull()
})
