import { describe, expect, test } from 'vitest'
import { adviceOn } from '../../../core/advice/adviceOn.ts'
import type { ObservedRun } from '../../../core/advice/observedRun.ts'
import { hintText, remedyText } from '../../../core/words/hintWords.ts'
import { requestFor } from '../../../core/run/presets.ts'
import { problem } from '../../../core/words/problems.ts'
import { cifar10 } from '../../../main/datasets/sets/cifar10.ts'

const { config } = requestFor('seed', cifar10.card, { sha256: 'a'.repeat(64) }, { learningRate: 0.1, batch: 50 })
const formats = { whole: String, figures: String, percent: (share: number) => `${share * 100} %` }

/** A run whose loss has these values, every ten steps, and whose accuracy follows from them. */
function runOf(losses: readonly number[], change: Partial<ObservedRun> = {}): ObservedRun {
  const step = losses.map((_, index) => 10 * (index + 1))
  const accuracy = losses.map((loss) => Math.max(0.1, 1 - loss / 2.6))
  const curve = (values: readonly number[]): ObservedRun['loss'] => ({
    step,
    min: [...values],
    max: [...values],
    mean: [...values],
  })
  const last = step[step.length - 1] ?? 0
  return {
    config,
    goal: 10 * last,
    state: 'training',
    problem: null,
    step: last,
    trainImages: 50_000,
    checkpoints: [0],
    loss: curve(losses),
    accuracy: curve(accuracy),
    evaluations: [],
    health: [],
    data: null,
    ...change,
  }
}

/** From 2.3 down towards 0.05. */
const learning = Array.from({ length: 40 }, (_, index) => 0.05 + 2.25 * 0.85 ** index)

function evaluated(step: number, accuracy: number, loss = 1): ObservedRun['evaluations'][number] {
  return { step, accuracy, loss, validation: null }
}

test('a run that learns gets no hint, nor does one that has hardly begun', () => {
  expect(adviceOn(runOf(learning))).toEqual([])
  expect(adviceOn(runOf([2.4, 2.3]))).toEqual([])
  expect(adviceOn(runOf([]))).toEqual([])
})

describe('a loss that explodes', () => {
  const exploding = [...learning, 400, 30, 5, 2.4, 2.3, 2.3, 2.3, 2.3, 2.3, 2.3, 2.3, 2.3, 2.3, 2.3, 2.3, 2.3]

  test('branches from the last checkpoint that had learned something', () => {
    const run = runOf(exploding, {
      checkpoints: [0, 200, 400, 500],
      evaluations: [evaluated(200, 0.7), evaluated(400, 0.9)],
    })
    const [hint, ...others] = adviceOn(run)
    expect(others).toEqual([])
    expect(hint).toMatchObject({
      kind: 'rate-too-high',
      evidence: { from: 400, to: 560, loss: 400, rate: 0.1 },
      remedies: [{ kind: 'branch', at: 400, changes: { learningRate: 0.001 } }],
    })
  })

  test('begins with the initial weights where nothing had been learned, also when the loss is no number', () => {
    const [hint] = adviceOn(runOf([3e4, 2.4, 2.3, 2.3]))
    expect(hint).toMatchObject({ kind: 'rate-too-high', remedies: [{ kind: 'branch', at: 0 }] })
    const [unkept] = adviceOn(runOf([3e4, 2.4, 2.3, 2.3], { checkpoints: [30] }))
    expect(unkept).toMatchObject({ kind: 'rate-too-high', remedies: [{ kind: 'anew' }] })
    const failed = runOf([], {
      state: 'failed',
      problem: problem('loss-not-finite', { value: 'NaN', step: 1, checkpoint: 0 }),
    })
    const [notFinite] = adviceOn(failed)
    expect(notFinite).toMatchObject({ kind: 'rate-too-high', evidence: { loss: null } })
    expect(hintText(notFinite, 'en', formats).seen).toContain('infinity')
  })

  test('is no hint once the run has got over it', () => {
    expect(adviceOn(runOf([400, 20, ...learning]))).toEqual([])
  })
})

test('overfitting names the step from which it shows', () => {
  const evaluations = [200, 250, 300, 350, 400].map((step, index) =>
    evaluated(step, 0.5, [1, 1.2, 1.4, 1.6, 1.8][index]),
  )
  const [hint] = adviceOn(runOf(learning, { evaluations, checkpoints: [0, 200] }))
  expect(hint).toMatchObject({ kind: 'overfitting', evidence: { from: 200, to: 400, lowest: 1 } })
  expect(hintText(hint, 'ru', formats).title).toBe('Переобучение с шага 200')
})

test('every hint fills its words in both languages', () => {
  const data = { trainPerClass: [500, 50], testImages: 100, twins: 10 }
  const hints = adviceOn(runOf(learning, { data, trainImages: 550, config: { ...config, batch: 300 } }))
  expect(hints.map(({ kind }) => kind)).toEqual(['test-duplicates', 'unequal-classes', 'few-steps-an-epoch'])
  for (const language of ['en', 'ru'] as const)
    for (const hint of hints) {
      const words = [
        ...Object.values(hintText(hint, language, formats)),
        ...hint.remedies.map((one) => remedyText(one, language, formats)),
      ]
      expect(words.join(' ')).not.toMatch(/[{}]|undefined|NaN/)
    }
  expect(hints.flatMap(({ remedies }) => remedies.map((one) => remedyText(one, 'en', formats)))).toEqual([
    'Train anew with a batch of 16',
  ])
})
