import { describe, expect, it } from 'vitest'
import { untouched, withDataset, withOptimizer, withPreset } from '../../renderer/state/runForm.ts'

describe('choosing a data set', () => {
  it('brings the preset that was made for it, and the lab’s own for others', () => {
    const digits = withDataset(untouched('seed'), 'mnist')
    expect(digits).toEqual(untouched('digits'))
    expect(withDataset(digits, 'fashion-mnist')).toEqual(untouched('clothes'))
    expect(withDataset(digits, 'cifar-10')).toEqual(untouched('seed'))
  })

  it('keeps the seed', () => {
    expect(withDataset({ ...untouched('seed'), entered: { seed: 7 } }, 'mnist')).toEqual({
      ...untouched('digits'),
      entered: { seed: 7 },
    })
  })

  it.each([
    { ...untouched('seed'), entered: { batch: 50 } },
    { ...untouched('seed'), distort: false },
    withOptimizer(untouched('seed'), 'sgd'),
  ])('leaves a form alone in which something else was changed (%#)', (form) => {
    expect(withDataset(form, 'mnist')).toBe(form)
  })
})

describe('choosing a preset', () => {
  it('begins anew, with the same seed', () => {
    expect(
      withPreset(
        { ...withOptimizer(untouched('seed'), 'sgd'), distort: false, entered: { seed: 7, batch: 50 } },
        'deep',
      ),
    ).toEqual({ ...untouched('deep'), entered: { seed: 7 } })
  })
})
