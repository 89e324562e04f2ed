import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { variablesOf } from '../../../../core/network/geometry.ts'
import { Optimizer } from '../../../../core/run/optimizer.ts'
import { seedNetwork } from '../../../../core/run/presets.ts'
import { decays, sessionVariables } from '../../../../main/engine/graph/optimizers.ts'
import { differences } from './numbers.ts'
import { openOptimizer } from './optimizerProbe.ts'

const shapes = { kernel: [2, 3], bias: [3] }
const Numbers = z.array(z.number())
const Weights = z.strictObject({ kernel: Numbers, bias: Numbers })
const Fixture = z.strictObject({
  source: z.string(),
  start: Weights,
  gradients: z.strictObject({ kernel: z.array(Numbers), bias: z.array(Numbers) }),
  cases: z.array(
    z.strictObject({
      optimizer: Optimizer,
      paces: z.array(z.strictObject({ learningRate: z.number(), momentum: z.number().nullable() })),
      after: z.record(z.string(), Weights),
    }),
  ),
})
const { source, start, gradients, cases } = Fixture.parse(
  JSON.parse(readFileSync(new URL('../../../data/pytorch/optimizers.json', import.meta.url), 'utf8')),
)
const floats = (values: { kernel: number[]; bias: number[] }) => ({
  kernel: Float32Array.from(values.kernel),
  bias: Float32Array.from(values.bias),
})

describe(`weights follow their gradients as with ${source}`, () => {
  it.each(cases)('$optimizer', ({ optimizer, paces, after }) => {
    const probe = openOptimizer(optimizer, shapes, floats(start))
    const told = new Set<number>()
    paces.forEach((pace, index) => {
      const step = index + 1
      probe.step(floats({ kernel: gradients.kernel[index], bias: gradients.bias[index] }), step, pace)
      const wanted = after[step]
      if (wanted === undefined) return
      const values = probe.read()
      // Both compute in float32, in another order.
      expect(differences(values['kernel'], wanted.kernel, 5e-6)).toEqual([])
      expect(differences(values['bias'], wanted.bias, 5e-6)).toEqual([])
      told.add(step)
    })
    expect([...told].map(String)).toEqual(Object.keys(after))
    probe.dispose()
  })

  it('for every kind, with and without clipping', () => {
    expect(new Set(cases.map(({ optimizer }) => optimizer.kind))).toEqual(new Set(['adam', 'adamw', 'sgd']))
    expect(new Set(cases.map(({ optimizer }) => optimizer.clipNorm === null))).toEqual(new Set([true, false]))
  })
})

describe('clipping', () => {
  const optimizer: Optimizer = { kind: 'sgd', momentum: 0, nesterov: false, weightDecay: 0, clipNorm: 1 }
  const moved = (kernel: number[], bias: number[]) => {
    const probe = openOptimizer(optimizer, shapes, floats({ kernel: [0, 0, 0, 0, 0, 0], bias: [0, 0, 0] }))
    probe.step(floats({ kernel, bias }), 1, { learningRate: 1, momentum: null })
    const { kernel: first, bias: second } = probe.read()
    probe.dispose()
    return [...first, ...second].map((value) => -value)
  }

  it('shortens all gradients together to the norm, and leaves their direction', () => {
    const clipped = moved([30, 0, 0, 0, 0, 0], [0, 40, 0])
    expect(differences(clipped, [0.6, 0, 0, 0, 0, 0, 0, 0.8, 0], 1e-6)).toEqual([])
  })

  it('leaves gradients that are short enough as they are, to the bit, and those of 0', () => {
    const short = [0.1, 0.2, -0.3, 0, 0, 0].map(Math.fround)
    expect(moved(short, [0.5, 0, 0])).toEqual([...short.map((value) => value || -0), 0.5, -0, -0])
    expect(moved([0, 0, 0, 0, 0, 0], [0, 0, 0]).every((value) => value === 0)).toBe(true)
  })
})

describe('weight decay', () => {
  it('takes hold of kernels, and of no bias, scale or shift', () => {
    const trained = variablesOf(seedNetwork({ height: 24, width: 24, channels: 3 }, 10)).filter(
      (variable) => variable.trained,
    )
    const decaying = trained.filter(decays).map(({ name }) => name)
    expect(decaying).toEqual(['conv_1/kernel', 'conv_2/kernel', 'fc_1/kernel', 'fc_2/kernel', 'classes/kernel'])
    expect(trained.length).toBeGreaterThan(decaying.length)
  })
})

describe('what is kept beside the weights', () => {
  it.each([
    [
      'sgd',
      { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0, clipNorm: null },
      ['sgd/conv_1/kernel/velocity'],
    ],
    [
      'adamw',
      { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01, clipNorm: null },
      ['adamw/conv_1/kernel/m', 'adamw/conv_1/kernel/v'],
    ],
  ] satisfies [string, Optimizer, string[]][])(
    'has the name of the optimizer and the tensor: %s',
    (_, optimizer, names) => {
      const slots = sessionVariables(seedNetwork({ height: 24, width: 24, channels: 3 }, 10), optimizer).map(
        ({ name }) => name,
      )
      expect(slots.filter((name) => name.includes('conv_1/kernel/'))).toEqual(names)
    },
  )
})
