import { describe, expect, test } from 'vitest'
import { checkChoices, choiceRanges, isAllowed } from '../../../core/run/choices.ts'
import type { NumericChoice } from '../../../core/run/choices.ts'
import { Optimizer, Patience, RunConfig, RunRequest, Schedule } from '../../../core/run/run.ts'

describe('what a person may enter', () => {
  test.each<[NumericChoice, number[], number[]]>([
    ['batch', [1, 100, 10_000], [0, -1, 1.5, 10_001]],
    ['learningRate', [1e-12, 1e-4, 100], [0, -1e-4, 100.1]],
    ['goal', [1, 10_000_000], [0, 2.5, 10_000_001]],
    ['seed', [0, 1, 4_294_967_295], [-1, 0.5, 4_294_967_296]],
    ['evaluateEvery', [1, 10_000_000], [0, 0.1, 10_000_001]],
    ['validationShare', [0, 0.1, 0.5], [-0.1, 0.51]],
    ['patience', [1, 10_000], [0, 1.5, 10_001]],
    ['momentum', [0, 0.9, 0.9999], [-0.1, 1]],
    ['weightDecay', [0, 5e-4, 1], [-1e-4, 1.1]],
    ['clipNorm', [1e-3, 1e6], [0, -1, 1e6 + 1]],
    ['warmUpSteps', [0, 1, 10_000_000], [-1, 0.5, 10_000_001]],
  ])('%s', (choice, allowed, refused) => {
    for (const value of allowed) expect(isAllowed(choice, value), String(value)).toBe(true)
    for (const value of [...refused, Number.NaN, Number.POSITIVE_INFINITY])
      expect(isAllowed(choice, value), String(value)).toBe(false)
  })

  test('is what a request accepts: the ranges and the schemas agree at their ends', () => {
    const schemas = {
      batch: RunConfig.shape.batch,
      learningRate: Schedule.options[0].shape.learningRate,
      goal: RunRequest.shape.goal,
      seed: RunConfig.shape.seed,
      evaluateEvery: RunRequest.shape.evaluateEvery,
    }
    for (const choice of ['batch', 'learningRate', 'goal', 'seed', 'evaluateEvery'] satisfies NumericChoice[]) {
      const { min, max } = choiceRanges[choice]
      for (const value of [min - 1, min, min + 1, max - 1, max, max + 1]) {
        expect(schemas[choice].safeParse(value).success, `${choice} ${String(value)}`).toBe(isAllowed(choice, value))
      }
    }
  })

  test('is never more than a request accepts, where its schema knows other ends', () => {
    const [adam, adamW, sgd] = Optimizer.options
    const schemas: [NumericChoice, { safeParse(value: number): { success: boolean } }[]][] = [
      ['validationShare', [RunConfig.shape.data.shape.validationShare]],
      ['patience', [Patience]],
      ['momentum', [adam.shape.beta1, adamW.shape.beta1, sgd.shape.momentum]],
      ['weightDecay', [adamW.shape.weightDecay, sgd.shape.weightDecay]],
      ['clipNorm', [adam.shape.clipNorm, adamW.shape.clipNorm, sgd.shape.clipNorm]],
    ]
    for (const [choice, ofChoice] of schemas) {
      const { min, max } = choiceRanges[choice]
      for (const value of [min, (min + max) / 2, max].filter((one) => isAllowed(choice, one))) {
        expect(
          ofChoice.map((schema) => schema.safeParse(value).success),
          `${choice} ${String(value)}`,
        ).not.toContain(false)
      }
    }
  })

  test('is refused with a sentence that names setting, value and range', () => {
    expect(() => checkChoices({ learningRate: 0 }, 50_000)).toThrow('learning rate is 0; it must be > 0, ≤ 100.')
    expect(() => checkChoices({ learningRate: Number.NaN }, 50_000)).toThrow('learning rate is NaN')
    expect(() => checkChoices({ goal: 0 }, 50_000)).toThrow('steps is 0; it must be 1…10000000.')
  })

  test('what is left out is not checked', () => {
    expect(() => checkChoices({}, 50_000)).not.toThrow()
  })
})

describe('a batch', () => {
  test('may be the whole training set and not one image more', () => {
    expect(() => checkChoices({ batch: 500 }, 500)).not.toThrow()
    expect(() => checkChoices({ batch: 501 }, 500)).toThrow(
      'A batch of 501 is larger than the training set of 500 images.',
    )
  })
})
