import { describe, expect, it } from 'vitest'
import { permutationOf } from '../../../../core/numbers/permutation.ts'
import { RandomNumbers } from '../../../../core/numbers/random.ts'
import { BatchOrder } from '../../../../main/engine/feed/batches.ts'

const range = (count: number) => Array.from({ length: count }, (_, index) => index)

describe('batches', () => {
  const images = 10
  const all = Uint32Array.from(range(images))
  const permutations = range(8).flatMap((epoch) => [...permutationOf(new RandomNumbers(1), epoch, images)])

  it.each([1, 3, 4, 10])('of %i are the endless sequence of epochs cut into full pieces', (batch) => {
    const order = new BatchOrder(new RandomNumbers(1), all, batch)
    const steps = Math.floor(permutations.length / batch)
    const turns = range(steps).flatMap((step) => order.turnsOf(step + 1))
    expect(turns.map((turn) => turn.image)).toEqual(permutations.slice(0, steps * batch))
    expect(turns.map((turn) => turn.epoch * images + turn.position)).toEqual(range(steps * batch))
  })

  it('are the same when asked for out of order, as after a resume', () => {
    const inOrder = new BatchOrder(new RandomNumbers(1), all, 4)
    const turns = range(20).map((step) => inOrder.turnsOf(step + 1))
    const anew = new BatchOrder(new RandomNumbers(1), all, 4)
    for (const step of [17, 3, 20, 1]) expect(anew.turnsOf(step)).toEqual(turns[step - 1])
  })
})
