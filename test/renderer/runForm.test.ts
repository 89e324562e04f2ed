import { describe, expect, it } from 'vitest'
import { presets, requestFor } from '../../core/run/presets.ts'
import { PresetId } from '../../core/run/run.ts'
import { cifar10 } from '../../main/datasets/sets/cifar10.ts'
import {
  applies,
  changedFields,
  choicesOf,
  type FormNumbers,
  isOptional,
  numbersOf,
  rangeOf,
  type RunForm,
  unfitFields,
  untouched,
  withOptimizer,
  withSchedule,
} from '../../renderer/state/runForm.ts'

const prepared = { sha256: 'a'.repeat(64) }

function entered(form: RunForm, numbers: Partial<FormNumbers>): RunForm {
  return { ...form, entered: { ...form.entered, ...numbers } }
}

describe('the form of the next run', () => {
  it.each(PresetId.options)('makes of an untouched %s what the preset makes', (id) => {
    const form = untouched(id)
    expect(unfitFields(form)).toEqual([])
    expect(changedFields(form)).toEqual([])
    expect(requestFor(id, cifar10.card, prepared, choicesOf(form))).toEqual(requestFor(id, cifar10.card, prepared))
  })

  it.each(PresetId.options)('shows the numbers with which %s trains', (id) => {
    const { config, goal, evaluateEvery } = requestFor(id, cifar10.card, prepared)
    expect(numbersOf(untouched(id))).toMatchObject({
      batch: config.batch,
      learningRate: config.schedule.learningRate,
      goal,
      evaluateEvery,
      seed: 1,
      clipNorm: config.optimizer.clipNorm,
    })
  })

  it('begins with what suits another optimizer, and keeps a rate that a person entered', () => {
    expect(numbersOf(withOptimizer(untouched('seed'), 'sgd'))).toMatchObject({
      learningRate: 0.01,
      momentum: 0.9,
      weightDecay: 0,
    })
    expect(numbersOf(withOptimizer(untouched('seed'), 'adamw'))).toMatchObject({
      learningRate: 0.001,
      momentum: 0.9,
      weightDecay: 0.01,
    })
    expect(numbersOf(withOptimizer(withOptimizer(untouched('seed'), 'sgd'), 'adam')).learningRate).toBe(
      presets.seed.learningRate,
    )
    const typed = entered(withOptimizer(untouched('seed'), 'adamw'), {
      learningRate: 0.5,
      momentum: 0.1,
      weightDecay: 0.3,
    })
    expect(numbersOf(withOptimizer(typed, 'sgd'))).toMatchObject({ learningRate: 0.5, momentum: 0.9, weightDecay: 0 })
  })

  it('has only the fields that mean something', () => {
    expect(applies(untouched('seed'), 'weightDecay')).toBe(false)
    expect(applies(withOptimizer(untouched('seed'), 'adamw'), 'weightDecay')).toBe(true)
    expect(applies(untouched('seed'), 'warmUpSteps')).toBe(true)
    expect(applies(untouched('quick'), 'warmUpSteps')).toBe(false)
    expect(applies(withSchedule(untouched('quick'), 'cosine'), 'warmUpSteps')).toBe(true)
  })

  it('leaves the momentum to a schedule that cycles it until one is entered, which is then held', () => {
    const quick = untouched('quick')
    expect(numbersOf(quick).momentum).toBeNull()
    expect(isOptional(quick, 'momentum')).toBe(true)
    expect(requestFor('quick', cifar10.card, prepared, choicesOf(quick)).config.schedule).toMatchObject({
      momentum: { min: 0.85, max: 0.95 },
    })
    const held = requestFor('quick', cifar10.card, prepared, choicesOf(entered(quick, { momentum: 0.8 }))).config
    expect(held.schedule).toMatchObject({ momentum: null })
    expect(held.optimizer).toMatchObject({ momentum: 0.8 })
    const constant = withSchedule(entered(quick, { momentum: 0.8 }), 'constant')
    expect(numbersOf(constant).momentum).toBe(0.9)
    expect(isOptional(constant, 'momentum')).toBe(false)
  })

  it('sends all that a person enters', () => {
    const form = entered(withSchedule(withOptimizer(untouched('seed'), 'sgd'), 'cosine'), {
      batch: 50,
      learningRate: 0.02,
      goal: 700,
      seed: 9,
      evaluateEvery: 70,
      momentum: 0.7,
      weightDecay: 1e-4,
      clipNorm: 5,
      warmUpSteps: 30,
      validationPercent: 7,
      patience: 3,
    })
    const request = requestFor('seed', cifar10.card, prepared, choicesOf({ ...form, distort: false }))
    expect(request).toMatchObject({ goal: 700, evaluateEvery: 70, patience: 3 })
    expect(request.config).toMatchObject({
      batch: 50,
      seed: 9,
      data: { validationShare: 0.07 },
      augmentation: { randomCrop: false, flip: false },
      optimizer: { kind: 'sgd', momentum: 0.7, weightDecay: 1e-4, clipNorm: 5 },
      schedule: { kind: 'cosine', learningRate: 0.02, steps: 700, warmUp: { steps: 30 } },
    })
  })

  it('forgets with a field what was entered in it while it applied', () => {
    const typed = entered(withSchedule(untouched('seed'), 'cosine'), { warmUpSteps: 30 })
    expect(
      requestFor('seed', cifar10.card, prepared, choicesOf(withSchedule(typed, 'one-cycle'))).config.schedule.warmUp,
    ).toBeNull()
  })

  it('finds what does not fit, and only where it applies', () => {
    const seed = untouched('seed')
    expect(
      unfitFields(
        entered(seed, {
          batch: 0,
          learningRate: null,
          goal: NaN,
          momentum: 1,
          clipNorm: 0,
          validationPercent: 51,
          patience: 0.5,
          healthEvery: -1,
        }),
      ),
    ).toEqual(['batch', 'learningRate', 'goal', 'momentum', 'clipNorm', 'validationPercent', 'patience', 'healthEvery'])
    expect(
      unfitFields(entered(seed, { clipNorm: null, warmUpSteps: null, validationPercent: null, patience: null })),
    ).toEqual([])
    expect(unfitFields(entered(seed, { weightDecay: 7 }))).toEqual([])
    expect(unfitFields(entered(withOptimizer(seed, 'adamw'), { weightDecay: 7 }))).toEqual(['weightDecay'])
  })

  it('measures health at the usual interval, at another one, or never', () => {
    const seed = untouched('seed')
    const asked = (form: RunForm) => requestFor('seed', cifar10.card, prepared, choicesOf(form)).healthEvery
    expect(asked(seed)).toBeUndefined()
    expect(asked(entered(seed, { healthEvery: 25 }))).toBe(25)
    expect(asked(entered(seed, { healthEvery: 0 }))).toBe(0)
    expect(unfitFields(entered(seed, { healthEvery: null }))).toEqual([])
  })

  it('lets a warm-up be shorter than its run only', () => {
    const form = entered(untouched('seed'), { goal: 100, warmUpSteps: 99 })
    expect(rangeOf(form, 'warmUpSteps').max).toBe(99)
    expect(unfitFields(form)).toEqual([])
    expect(unfitFields(entered(form, { warmUpSteps: 100 }))).toEqual(['warmUpSteps'])
  })
})
