import { expect, test } from 'vitest'
import { movedInQueue, queueOf } from '../../../core/run/queue.ts'

test.each([
  ['up', 3, [1, 3, 2, 4]],
  ['down', 3, [1, 2, 4, 3]],
  ['first', 3, [3, 1, 2, 4]],
  ['last', 1, [2, 3, 4, 1]],
  ['up', 1, [1, 2, 3, 4]],
  ['down', 4, [1, 2, 3, 4]],
  ['first', 9, [1, 2, 3, 4]],
] as const)('moving %s run %i of four', (to, run, order) => {
  expect(movedInQueue([1, 2, 3, 4], run, to)).toEqual(order)
})

test('the queue of a list of runs is in the order of its places', () => {
  const runs = [
    { id: 5, queuePosition: 1 },
    { id: 4, queuePosition: null },
    { id: 3, queuePosition: 3 },
    { id: 2, queuePosition: 2 },
  ]
  expect(queueOf(runs).map((run) => run.id)).toEqual([5, 2, 3])
})
