import { describe, expect, test } from 'vitest'
import { axisProblems } from '../../../core/sweep/axisProblems.ts'
import { isWholeSetting, sweepSettings } from '../../../core/sweep/sweepSettings.ts'
import { requestOfTrial, requestWith } from '../../../core/sweep/trialRequest.ts'
import { listed, samplePlan } from './samplePlan.ts'

const { base } = samplePlan()

function withOne(setting: string, value: string | number | boolean | null) {
  return requestWith(base, new Map([[setting, value]]))
}

describe('a setting of a sweep', () => {
  test('changes what its name says, and nothing else', () => {
    const { config } = base
    expect(withOne('rate', 0.01)).toEqual({
      ...base,
      config: { ...config, schedule: { ...config.schedule, learningRate: 0.01 } },
    })
    expect(withOne('batch', 7)).toEqual({ ...base, config: { ...config, batch: 7 } })
    expect(withOne('augmentation.rotation', 15)).toEqual({
      ...base,
      config: { ...config, augmentation: { ...config.augmentation, rotation: 15 } },
    })
    expect(withOne('schedule', 'cosine').config.schedule).toMatchObject({ kind: 'cosine', steps: 900 })
    expect(withOne('warm-up', 90).config.schedule.warmUp?.steps).toBe(90)
  })

  test('of the network makes it another one than that of the name', () => {
    const request = withOne('model.layers.fc_1.units', 50)
    expect(request.config.model.layers.find(({ name }) => name === 'fc_1')).toMatchObject({ units: 50 })
    expect(request.network).toEqual({ name: 'seed', version: null })
    expect(base.network).toBeUndefined()
  })

  test('of another optimizer brings the rate that this one usually has, unless the rate is swept too', () => {
    expect(withOne('optimizer', 'sgd').config.schedule.learningRate).toBe(0.01)
    const both = requestWith(
      base,
      new Map<string, string | number>([
        ['optimizer', 'sgd'],
        ['rate', 0.3],
      ]),
    )
    expect(both.config).toMatchObject({ optimizer: { kind: 'sgd' }, schedule: { learningRate: 0.3 } })
  })

  test('of the strength of distortions multiplies their amounts, and 0 is none', () => {
    const { augmentation } = withOne('distortion', 0.5).config
    expect(augmentation).toMatchObject({ hue: 0.025, brightness: 0.1, contrast: { min: 0.65, max: 1 } })
    expect(withOne('distortion', 1)).toEqual(base)
    expect(withOne('distortion', 0).config.augmentation.randomCrop).toBe(false)
  })

  test('that does not exist, or a value that it does not take, is refused by name', () => {
    const refusal = (setting: string, value: string | number): unknown => {
      try {
        return withOne(setting, value)
      } catch (thrown) {
        return thrown
      }
    }
    expect(refusal('optimizer.beta3', 1)).toMatchObject({ problem: { code: 'sweep-setting-unknown' } })
    for (const fixed of ['seed', 'data.dataset', 'data.sha256', 'format', 'model.input.height', 'schedule.kind'])
      expect(refusal(fixed, 1)).toMatchObject({ problem: { code: 'sweep-setting-unknown' } })
    expect(refusal('model.layers.fc_1.units', 1.5)).toMatchObject({
      problem: { code: 'sweep-value-unfit', parameters: { setting: 'model.layers.fc_1.units', value: '1.5' } },
    })
    expect(refusal('optimizer', 'adams')).toMatchObject({ problem: { code: 'sweep-value-unfit' } })
    expect(refusal('rate', 'fast')).toMatchObject({ problem: { code: 'sweep-value-unfit' } })
  })

  test('is offered to a form with its limits, and every offered one can be set to what it is', () => {
    const offered = sweepSettings(base)
    expect(offered.map(({ name }) => name)).toContain('model.layers.conv_1.filters')
    expect(offered.map(({ name }) => name)).not.toContain('model.layers.classes.units')
    for (const setting of offered) {
      // A setting of a part that is off is none, which switches the part off.
      if (setting.value === null && !setting.name.startsWith('augmentation.')) continue
      expect(withOne(setting.name, setting.value).config).toEqual(base.config)
    }
    expect(isWholeSetting(base, 'model.layers.fc_1.units')).toBe(true)
    expect(isWholeSetting(base, 'augmentation.rotation')).toBe(false)
  })
})

describe('every single value of a configuration', () => {
  test('can be swept by its path, with its limits and as one of its kinds', () => {
    const offered = new Map(sweepSettings(base).map((setting) => [setting.name, setting]))
    expect(offered.get('augmentation.rotation')).toMatchObject({ kind: 'number', range: { min: 0, max: 180 } })
    expect(offered.get('optimizer.beta2')).toMatchObject({ kind: 'number', range: { max: 1, includesMax: false } })
    expect(offered.get('model.layers.conv_1.kernel.height')).toMatchObject({ kind: 'number', range: { whole: true } })
    expect(offered.get('evaluation.flips')).toMatchObject({ kind: 'switch', value: false })
    expect(offered.get('model.layers.conv_1.padding')).toMatchObject({ kind: 'choice', options: ['same', 'valid'] })
    for (const [name] of offered)
      expect(name).not.toMatch(/^(?:schedule.learningRate|optimizer.kind|data.dataset|seed)$/)
  })

  test('switches a part on that is off, and none switches it off', () => {
    expect(base.config.augmentation.cutout).toBeNull()
    const cut = withOne('augmentation.cutout.side', 6)
    expect(cut.config.augmentation.cutout).toEqual({ side: 6 })
    expect(requestWith(cut, new Map([['augmentation.cutout.side', null]])).config).toEqual(base.config)
  })

  test('of an activation brings the settings of its function', () => {
    const path = [...sweepSettings(base)].find(({ name }) => name.endsWith('.function.kind'))?.name ?? ''
    const layer = path.split('.')[2]
    const function_ = (kind: string): unknown =>
      withOne(path, kind).config.model.layers.find(({ name }) => name === layer)
    expect(function_('tanh')).toMatchObject({ function: { kind: 'tanh' } })
    expect(function_('leaky-relu')).toMatchObject({ function: { kind: 'leaky-relu', slope: 0.1 } })
  })
})

describe('what is wrong with the settings of a plan', () => {
  const wrong = (...axes: ReturnType<typeof listed>[]) => axisProblems({ base, axes })

  test('is told of the later of two that change the same', () => {
    expect(wrong(listed('rate', 0.1), listed('schedule.learningRate', 0.2)).get('schedule.learningRate')?.code).toBe(
      'sweep-settings-same',
    )
    expect(wrong(listed('distortion', 0.5), listed('augmentation.hue', 0.1)).get('augmentation.hue')?.code).toBe(
      'sweep-settings-same',
    )
    expect(wrong(listed('rate', 0.1), listed('batch', 5, 10)).size).toBe(0)
  })

  test('is told of a value that cannot be, alone or with one before', () => {
    expect(wrong(listed('batch', 5, 0.5)).get('batch')?.code).toBe('sweep-value-unfit')
    const both = wrong(listed('optimizer', 'adam', 'sgd'), listed('optimizer.beta2', 0.9))
    expect(both.get('optimizer.beta2')?.code).toBe('sweep-setting-unknown')
    const ends = wrong(listed('augmentation.contrast.min', 2), listed('augmentation.contrast.max', 3))
    expect([...ends.keys()]).toEqual(['augmentation.contrast.min'])
  })
})

test('the runs of a point are equal but for the seed', () => {
  const plan = samplePlan({ axes: [listed('rate', 1e-3, 1e-2)], seeds: 2 })
  const [first, second, third] = [0, 1, 2].map((trial) => requestOfTrial(plan, trial))
  expect(second).toEqual({ ...first, config: { ...first.config, seed: first.config.seed + 1 } })
  expect(third.config).toEqual({ ...first.config, schedule: { ...first.config.schedule, learningRate: 1e-2 } })
})
