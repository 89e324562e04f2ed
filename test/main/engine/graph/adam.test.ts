import { afterAll, describe, expect, it } from 'vitest'
import type { Adam } from '../../../../core/run/optimizer.ts'
import { adamOptimizer, differences, randomNumbers } from './numbers.ts'
import { openOptimizer } from './optimizerProbe.ts'

const count = 6
const shapes = { weight: [count] }

/** Algorithm 1 of Kingma & Ba 2015 in double precision, line by line; PyTorch's Adam computes the same. */
class ReferenceAdam {
  readonly weights: number[]
  readonly m: number[]
  readonly v: number[]
  readonly #optimizer: Adam

  constructor(optimizer: Adam, start: ArrayLike<number>) {
    this.#optimizer = optimizer
    this.weights = Array.from(start)
    this.m = this.weights.map(() => 0)
    this.v = this.weights.map(() => 0)
  }

  step(gradient: ArrayLike<number>, step: number, learningRate: number): void {
    const { beta1, beta2, epsilon } = this.#optimizer
    this.weights.forEach((_, index) => {
      this.m[index] = beta1 * this.m[index] + (1 - beta1) * gradient[index]
      this.v[index] = beta2 * this.v[index] + (1 - beta2) * gradient[index] ** 2
      const mHat = this.m[index] / (1 - beta1 ** step)
      const vHat = this.v[index] / (1 - beta2 ** step)
      this.weights[index] -= (learningRate * mHat) / (Math.sqrt(vHat) + epsilon)
    })
  }
}

describe('Adam', () => {
  const optimizers: Adam[] = [
    adamOptimizer,
    { ...adamOptimizer, beta1: 0.5, beta2: 0.9, epsilon: 0.1 },
    { ...adamOptimizer, beta1: 0, beta2: 0.99, epsilon: 1e-3 },
  ]
  it.each(optimizers)(
    'agrees with the published algorithm over 200 steps and a changing learning rate, with %o',
    (optimizer) => {
      const start = randomNumbers(count, 1)
      const actual = openOptimizer(optimizer, shapes, { weight: start })
      const expected = new ReferenceAdam(optimizer, start)
      for (let step = 1; step <= 200; step += 1) {
        // Gradients of very different sizes, one of them always 0.
        const gradient = randomNumbers(count, step).map((value, index) => (index === 0 ? 0 : value * 10 ** (index - 4)))
        const learningRate = 0.01 / Math.sqrt(step)
        actual.step({ weight: gradient }, step, { learningRate, momentum: null })
        expected.step(gradient, step, learningRate)
        if (step === 1 || step === 200) {
          const values = actual.read()
          expect(differences(values['weight'], expected.weights, 1e-5)).toEqual([])
          expect(differences(values['adam/weight/m'], expected.m, 1e-6)).toEqual([])
          expect(differences(values['adam/weight/v'], expected.v, 2e-5)).toEqual([])
        }
      }
      actual.dispose()
    },
  )

  const single = openOptimizer({ ...adamOptimizer, epsilon: 1e-2 }, shapes, { weight: new Float32Array(count).fill(1) })
  afterAll(() => single.dispose())
  it('moves by learningRate * g / (|g| + epsilon) in the first step: epsilon is not scaled by the correction', () => {
    const gradient = Float32Array.of(1, -1, 0.01, -0.01, 0.001, 0)
    single.step({ weight: gradient }, 1, { learningRate: 0.1, momentum: null })
    const expected = [...gradient].map((value) => 1 - (0.1 * value) / (Math.abs(value) + 1e-2))
    expect(differences(single.read()['weight'], expected, 1e-6)).toEqual([])
  })
})
