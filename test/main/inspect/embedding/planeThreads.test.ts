import { describe, expect, test } from 'vitest'
import type { PlaneOrder } from '../../../../main/inspect/embedding/planeOrder.ts'
import { PlaneThreads } from '../../../../main/inspect/embedding/planeThreads.ts'
import { roomFor } from '../../../../main/inspect/embedding/embeddedVectors.ts'

/** Vectors on a spiral. */
function order(rows: number): PlaneOrder {
  const values = roomFor(rows, 3)
  for (let row = 0; row < rows; row += 1) values.set([Math.cos(row) * row, Math.sin(row) * row, row], row * 3)
  return { rows, columns: 3, values, method: { kind: 'umap', neighbours: 5, seed: 1 } }
}

/** What a plane ends with. */
async function endOf<Result>(parts: AsyncGenerator<unknown, Result>): Promise<Result> {
  for (;;) {
    const part = await parts.next()
    if (part.done === true) return part.value
  }
}

describe('the threads that compute planes', () => {
  test('end when nobody listens any more, and all of them when they are closed', async () => {
    const threads = new PlaneThreads()
    const listening = new AbortController()
    const one = threads.compute(order(400), listening.signal)
    expect((await one.next()).value).toMatchObject({ kind: 'progress' })
    listening.abort()
    expect(await endOf(one)).toBeNull()

    const two = threads.compute(order(400))
    expect((await two.next()).value).toMatchObject({ kind: 'progress' })
    threads.close()
    expect(await endOf(two)).toBeNull()
  })

  test('tell in a sentence that one of them failed', async () => {
    const broken = { ...order(10), method: { kind: 'umap', neighbours: 11, seed: 1 } } as const
    await expect(endOf(new PlaneThreads().compute(broken))).rejects.toMatchObject({
      problem: { code: 'plane-crashed' },
    })
  })
})
