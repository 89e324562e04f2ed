import { describe, expect, test } from 'vitest'
import { isWholeSetting, sweepSettings } from '../../../core/sweep/sweepSettings.ts'
import { requestOfTrial, requestWith } from '../../../core/sweep/trialRequest.ts'
import { listed, samplePlan } from './samplePlan.ts'

const { base } = samplePlan()

function withOne(setting: string, value: string | number | boolean) {
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
      if (setting.value === null) continue
      expect(withOne(setting.name, setting.value).config).toEqual(base.config)
    }
    expect(isWholeSetting(base, 'model.layers.fc_1.units')).toBe(true)
    expect(isWholeSetting(base, 'augmentation.rotation')).toBe(false)
  })
})

test('the runs of a point are equal but for the seed', () => {
  const plan = samplePlan({ axes: [listed('rate', 1e-3, 1e-2)], seeds: 2 })
  const [first, second, third] = [0, 1, 2].map((trial) => requestOfTrial(plan, trial))
  expect(second).toEqual({ ...first, config: { ...first.config, seed: first.config.seed + 1 } })
  expect(third.config).toEqual({ ...first.config, schedule: { ...first.config.schedule, learningRate: 1e-2 } })
})
