import { describe, expect, it } from 'vitest'
import { entropyBits, largestIndex, probabilitiesFrom, scoreGradient } from '../../../core/inspect/probabilities.ts'

const softmax = { kind: 'softmax', labelSmoothing: 0.1 } as const
const tanh = { kind: 'tanh', loss: 'hinge' } as const

describe('probabilities', () => {
  it('of a softmax head', () => {
    expect(probabilitiesFrom(softmax, [0, Math.log(3)])).toEqual([0.25, 0.75].map((share) => expect.closeTo(share, 12)))
    // Without the shift exp(1000) would be infinite.
    expect(probabilitiesFrom(softmax, [1000, 1000, -1000])).toEqual([0.5, 0.5, 0])
  })

  it('of a tanh neuron, for the class and against it', () => {
    expect(probabilitiesFrom(tanh, [0])).toEqual([0.5, 0.5])
    const [against, forIt] = probabilitiesFrom(tanh, [Math.atanh(0.5)])
    expect(forIt).toBeCloseTo(0.75, 12)
    expect(against).toBeCloseTo(0.25, 12)
  })

  it('have the first of equal ones as the answer', () => expect(largestIndex([0.2, 0.4, 0.4])).toBe(1))

  it('have an entropy between 0 and log2 of the classes', () => {
    expect(entropyBits([1, 0, 0])).toBe(0)
    expect(entropyBits([0.25, 0.25, 0.25, 0.25])).toBeCloseTo(2, 12)
  })

  it('rise along the gradient of the score', () => {
    expect(scoreGradient(softmax, 3, 1)).toEqual([0, 1, 0])
    expect(scoreGradient(tanh, 1, 1)).toEqual([1])
    expect(scoreGradient(tanh, 1, 0)).toEqual([-1])
  })
})
