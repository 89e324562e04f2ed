import { describe, expect, test } from 'vitest'
import { comparisonOf, type ComparedRun, RunsComparison } from '../../../core/compare/comparison.ts'
import { differingChoices } from '../../../core/compare/differingChoices.ts'
import { equalFooting, type MeasuredRun, type StoredPoint, type UpTo } from '../../../core/compare/equalFooting.ts'
import { findingsOf, weightOf } from '../../../core/compare/findings.ts'
import { repeatGroups } from '../../../core/compare/repeatGroups.ts'
import { choiceOf } from '../../../core/data/datasetView.ts'
import { presets } from '../../../core/run/presets.ts'
import type { EngineIdentity, RunConfig, Stretch } from '../../../core/run/run.ts'
import { config, engine } from '../../main/history/testRun.ts'

type Changes = Partial<Omit<ComparedRun, 'config'>> & { readonly config?: Partial<RunConfig> }

function stretch(fromStep: number, toStep: number, by: EngineIdentity = engine): Stretch {
  return { fromStep, toStep, engine: by, computer: null, startedAt: '', endedAt: '', ended: 'done' }
}

/** Evaluations at these steps, half a second a step, better from one to the next. */
function measuredAt(steps: readonly number[], secondsPerStep = 0.5): MeasuredRun['measured'] {
  return (upTo: UpTo): StoredPoint | null => {
    const limit = 'step' in upTo ? upTo.step : upTo.seconds / secondsPerStep
    const step = steps.findLast((one) => one <= limit)
    if (step === undefined) return null
    const accuracy = step / 10_000
    return { step, seconds: step * secondsPerStep, accuracy, loss: 1, best: { step, accuracy } }
  }
}

function run(id: number, { config: changed, ...changes }: Changes = {}): ComparedRun {
  const evaluation = { step: 1000, loss: 1, accuracy: 0.7, validation: null }
  return {
    id,
    name: null,
    note: '',
    tags: [],
    star: false,
    colour: null,
    archived: false,
    deletedAt: null,
    sweep: null,
    repeats: 'a'.repeat(64),
    preset: 'seed',
    network: null,
    config: { ...config, data: { ...config.data, validationShare: 0.1 }, ...changed },
    configSha256: 'b'.repeat(64),
    goal: 1000,
    evaluateEvery: 100,
    patience: null,
    state: 'done',
    phase: null,
    computer: null,
    queuePosition: null,
    continuation: null,
    problem: null,
    step: 1000,
    checkpointStep: 1000,
    trainingSeconds: 500,
    evaluationSeconds: 10,
    waitingSeconds: 1,
    queuedSeconds: 0,
    imagesPerSecond: 200,
    trainImages: 50_000,
    best: evaluation,
    evaluationsSinceBest: 0,
    expectation: null,
    weights: null,
    eventFolder: null,
    last: evaluation,
    createdAt: '2026-11-29T10:00:00.000Z',
    endedAt: null,
    stretches: [stretch(0, 1000)],
    measured: measuredAt([250, 500, 750, 1000]),
    ...changes,
  }
}

const base = run(1).config
const faster: RunConfig['schedule'] = { kind: 'constant', learningRate: 1e-3, warmUp: null }

describe('choices that differ', () => {
  test('the seed is none, so repeats differ in nothing', () => {
    expect(differingChoices([run(1), run(2, { config: { seed: 7 } })])).toEqual([])
  })

  test('what follows from another choice counts with it', () => {
    const sgd = { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0, clipNorm: null } as const
    expect(differingChoices([run(1), run(2, { config: { optimizer: sgd } })])).toEqual(['optimizer.kind'])
    const other = { ...base.data, dataset: 'mnist', sha256: 'c'.repeat(64) }
    expect(differingChoices([run(1), run(2, { config: { data: other } })])).toEqual(['data.dataset'])
  })

  test('another network is one choice, and an edited layer is told by name', () => {
    const input = { height: 24, width: 24, channels: 3 } as const
    expect(
      differingChoices([run(1), run(2, { preset: 'quick', config: { model: presets.quick.network(input, 10) } })]),
    ).toContain('model.layers')
    const layers = base.model.layers.map((layer) => (layer.name === 'conv_1' ? { ...layer, filters: 8 } : layer))
    const model = { ...base.model, layers }
    expect(differingChoices([run(1), run(2, { config: { model } })])).toEqual(['model.layers.conv_1.filters'])
  })

  test('a schedule as long as its run follows from the steps, another does not', () => {
    const cosine = (steps: number): RunConfig['schedule'] => ({
      kind: 'cosine',
      learningRate: 1e-4,
      warmUp: null,
      steps,
      endLearningRate: 0,
    })
    const [short, long] = [cosine(1000), cosine(2000)]
    expect(
      differingChoices([run(1, { config: { schedule: short } }), run(2, { goal: 2000, config: { schedule: long } })]),
    ).toEqual([])
    expect(differingChoices([run(1, { config: { schedule: short } }), run(2, { config: { schedule: long } })])).toEqual(
      ['schedule.steps'],
    )
  })
})

describe('what is unfair', () => {
  test('nothing about runs that differ in one choice', () => {
    expect(findingsOf([run(1), run(2, { config: { schedule: faster } })])).toEqual([])
  })

  test('two choices at once, by their paths', () => {
    const found = findingsOf([
      run(1),
      run(2, { config: { schedule: faster, batch: 100, optimizer: { ...base.optimizer, clipNorm: 1 } } }),
    ])
    expect(found).toEqual([{ kind: 'choices', paths: ['optimizer.clipNorm', 'schedule.learningRate'] }])
  })

  test('different numbers of images: steps times batch, not steps', () => {
    const [small, large] = [run(1), run(2, { step: 500, evaluateEvery: 50, config: { batch: 200 } })]
    expect(findingsOf([small, large])).toEqual([])
    expect(findingsOf([run(1), run(2, { step: 900 })])).toEqual([{ kind: 'images', images: [100_000, 90_000] }])
  })

  test('a branch beside a run that is none, or that begins with another checkpoint', () => {
    const at = (step: number, sha256: string): RunConfig['from'] => ({ run: 1, step, sha256: sha256.repeat(64) })
    const [early, late] = [at(100, 'a'), at(200, 'b')]
    expect(findingsOf([run(1), run(2, { config: { from: early } })])).toEqual([
      { kind: 'beginnings', branches: [{ run: 2, parent: 1, step: 100 }], imported: [] },
    ])
    const elsewhere = { sha256: 'c'.repeat(64) }
    expect(findingsOf([run(1), run(2, { config: { from: elsewhere } })])).toEqual([
      { kind: 'beginnings', branches: [], imported: [2] },
    ])
    expect(findingsOf([run(2, { config: { from: early } }), run(3, { config: { from: early, seed: 9 } })])).toEqual([])
    expect(findingsOf([run(2, { config: { from: early } }), run(3, { config: { from: late } })])).toMatchObject([
      { kind: 'beginnings', branches: [{ run: 2 }, { run: 3 }] },
    ])
  })

  test('mirror images in the measuring of one', () => {
    expect(findingsOf([run(1), run(2, { config: { evaluation: { flips: true } } })])).toEqual([
      { kind: 'flips', flips: [false, true] },
    ])
  })

  test('the best chosen on the test set: of one it is unfair, of all it asks for care', () => {
    const onTest = { data: { ...base.data, validationShare: 0 } }
    const [mixed] = findingsOf([run(1), run(2, { config: onTest })])
    expect(mixed).toEqual({ kind: 'chosen-on-test', runs: [2], all: false })
    expect(weightOf(mixed)).toBe('unfair')
    const [all] = findingsOf([run(1, { config: onTest }), run(2, { config: onTest })])
    expect(all).toEqual({ kind: 'chosen-on-test', runs: [1, 2], all: true })
    expect(weightOf(all)).toBe('care')
  })

  test('other test images: another set, other classes, other files of one form', () => {
    const parts = (data: Partial<RunConfig['data']>): unknown =>
      findingsOf([run(1), run(2, { config: { data: { ...base.data, ...data } } })]).find(
        ({ kind }) => kind === 'test-images',
      )
    expect(parts({ dataset: 'mnist' })).toEqual({ kind: 'test-images', parts: ['dataset'] })
    expect(parts({ sha256: 'c'.repeat(64) })).toEqual({ kind: 'test-images', parts: ['files'] })
    const choice = choiceOf(base.data)
    expect(parts({ choice: { ...choice, classes: [0, 3] } })).toEqual({
      kind: 'test-images',
      parts: ['classes'],
    })
    // What only training takes decides no test image.
    expect(parts({ choice: { ...choice, perClass: 100 } })).toBeUndefined()
  })

  test('engines whose bits may differ, between runs and within one; steps that were computed again do not count', () => {
    const other = { ...engine, threads: 1 }
    expect(findingsOf([run(1), run(2, { stretches: [stretch(0, 1000, other)] })])).toEqual([
      { kind: 'engines', fields: ['threads'], changed: [] },
    ])
    expect(findingsOf([run(1), run(2, { stretches: [stretch(0, 400), stretch(400, 1000, other)] })])).toEqual([
      { kind: 'engines', fields: ['threads'], changed: [{ run: 2, from: 401 }] },
    ])
    expect(findingsOf([run(1), run(2, { stretches: [stretch(0, 400, other), stretch(0, 1000)] })])).toEqual([])
  })

  test('what weighs more comes first', () => {
    const found = findingsOf([
      run(1),
      run(2, { step: 10, evaluateEvery: 7, stretches: [stretch(0, 10, { ...engine, node: '1' })] }),
    ])
    expect(found.map(({ kind }) => kind)).toEqual(['images', 'evaluations', 'engines'])
  })

  test('a single run cannot be compared unfairly', () => {
    expect(findingsOf([run(1, { config: { data: { ...base.data, validationShare: 0 } } })])).toEqual([])
  })
})

describe('accuracy on an equal footing', () => {
  const short: MeasuredRun = { run: 1, batch: 100, measured: measuredAt([100, 230], 1) }
  const long: MeasuredRun = { run: 2, batch: 50, measured: measuredAt([100, 200, 300, 400, 500]) }

  test('at equal steps, images and seconds the last evaluation up to there counts, and none is invented', () => {
    expect(equalFooting([short, long], 'steps')).toMatchObject({
      at: 230,
      least: 1,
      points: [{ point: { step: 230 } }, { point: { step: 200, accuracy: 0.02, images: 10_000 } }],
    })
    expect(equalFooting([short, long], 'images')).toMatchObject({
      at: 23_000,
      least: 1,
      points: [{ point: { images: 23_000 } }, { point: { step: 400, images: 20_000 } }],
    })
    expect(equalFooting([short, long], 'seconds')).toMatchObject({
      at: 230,
      least: 1,
      points: [{ point: { seconds: 230 } }, { point: { step: 400, seconds: 200 } }],
    })
  })

  test('a run without an evaluation up to there has none; one that was never measured does not decide', () => {
    const late: MeasuredRun = { run: 3, batch: 100, measured: measuredAt([1000]) }
    const never: MeasuredRun = { run: 4, batch: 100, measured: () => null }
    expect(equalFooting([short, late, never], 'steps')).toMatchObject({
      at: 230,
      points: [{ run: 1 }, { run: 3, point: null }, { run: 4, point: null }],
    })
    expect(equalFooting([short, never], 'steps')).toBeNull()
  })
})

describe('repeats', () => {
  const done = (id: number, repeats: string, accuracy: number, changes: Changes = {}): ComparedRun =>
    run(id, { repeats: repeats.repeat(64), last: { step: 1000, loss: 1, accuracy, validation: null }, ...changes })

  test('two groups are compared by their means, with a warning where they are small', () => {
    const { groups, tests } = repeatGroups([
      done(4, 'b', 0.75),
      done(1, 'a', 0.7),
      done(2, 'a', 0.71),
      done(5, 'b', 0.76),
      done(3, 'a', 0.72),
    ])
    expect(groups).toMatchObject([
      { runs: [1, 2, 3], done: [1, 2, 3], last: { count: 3 } },
      { runs: [4, 5], last: { count: 2 } },
    ])
    expect(groups[0].last?.mean).toBeCloseTo(0.71, 12)
    const [last] = tests
    expect(last).toMatchObject({ measure: 'last', rough: true, welch: { kind: 'tested' } })
    if (last.welch.kind !== 'tested') throw new Error(last.welch.kind)
    // scipy.stats.ttest_ind([0.75, 0.76], [0.7, 0.71, 0.72], equal_var=False)
    expect(last.welch.t).toBeCloseTo(5.891883036371798, 10)
    expect(last.welch.p).toBeCloseTo(0.01090712127002251, 10)
  })

  test('another goal is another group, and a run that is not done does not count', () => {
    const { groups } = repeatGroups([
      done(1, 'a', 0.7),
      done(2, 'a', 0.71, { goal: 2000 }),
      done(3, 'a', 0.1, { state: 'training' }),
    ])
    expect(groups).toMatchObject([
      { runs: [1, 3], done: [1], last: { count: 1, mean: 0.7, deviation: null } },
      { runs: [2] },
    ])
  })

  test('without repeats, or with more than two groups, nothing is tested', () => {
    expect(repeatGroups([done(1, 'a', 0.7), done(2, 'b', 0.8)]).tests).toEqual([])
    expect(repeatGroups([done(1, 'a', 0.7), done(2, 'a', 0.8), done(3, 'b', 1), done(4, 'c', 1)]).tests).toEqual([])
  })
})

test('the whole comparison crosses the contract', () => {
  const comparison = comparisonOf([run(1), run(2, { config: { schedule: faster } })])
  expect(RunsComparison.parse(JSON.parse(JSON.stringify(comparison)))).toEqual(comparison)
})
