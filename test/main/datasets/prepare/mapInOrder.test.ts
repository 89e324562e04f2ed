import { expect, test } from 'vitest'
import { mapInOrder } from '../../../../main/datasets/prepare/mapInOrder.ts'

async function all<Item>(from: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = []
  for await (const item of from) items.push(item)
  return items
}

test('results come in the order of the items, and no more than so many are worked on', async () => {
  let underWay = 0
  let most = 0
  const ends = new Map<number, () => void>()
  const work = async (item: number): Promise<number> => {
    underWay += 1
    most = Math.max(most, underWay)
    // Each waits for the one after it, so that they end the other way round.
    if (item % 3 !== 2) await new Promise<void>((resolve) => ends.set(item + 1, resolve))
    ends.get(item)?.()
    underWay -= 1
    return item * 10
  }
  expect(await all(mapInOrder([0, 1, 2, 3, 4, 5], 3, work))).toEqual([0, 10, 20, 30, 40, 50])
  expect(most).toBe(3)
})

test('a failure is thrown in its turn, when nothing is under way any more', async () => {
  const ended: number[] = []
  const work = async (item: number): Promise<number> => {
    if (item === 1) throw new Error('the second one')
    await new Promise((resolve) => setImmediate(resolve))
    ended.push(item)
    return item
  }
  const results: number[] = []
  const reading = (async () => {
    for await (const result of mapInOrder([0, 1, 2, 3], 3, work)) results.push(result)
  })()
  await expect(reading).rejects.toThrow('the second one')
  expect(results).toEqual([0])
  expect(ended.sort()).toEqual([0, 2, 3])
})
