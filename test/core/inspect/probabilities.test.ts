import { describe, expect, it } from 'vitest'
import { lossDirection, probabilitiesFrom } from '../../../core/inspect/probabilities.ts'

describe('the direction of the loss', () => {
  const softmax = { kind: 'softmax', labelSmoothing: 0 } as const

  it('is that of the gradient of cross-entropy', () => {
    const logits = [1, 2, 0.5]
    const gradient = probabilitiesFrom(softmax, logits).map((share, index) => (index === 1 ? share - 1 : share))
    const direction = lossDirection(softmax, logits, 1)
    const factor = gradient[0] / direction[0]
    expect(factor).toBeGreaterThan(0)
    direction.forEach((value, index) => expect(value * factor).toBeCloseTo(gradient[index], 12))
  })

  it('does not vanish where the network is sure', () => {
    expect(lossDirection(softmax, [1000, 0, 0], 0)).toEqual([-1, 0.5, 0.5])
    const tanh = { kind: 'tanh', loss: 'hinge' } as const
    expect([lossDirection(tanh, [50], 1), lossDirection(tanh, [-50], 0)]).toEqual([[-1], [1]])
  })
})
