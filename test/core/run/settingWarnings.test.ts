import { describe, expect, it } from 'vitest'
import type { RunChoices } from '../../../core/run/choices.ts'
import { requestFor } from '../../../core/run/presets.ts'
import { optimizerKinds } from '../../../core/run/optimizerChoices.ts'
import type { PresetId } from '../../../core/run/run.ts'
import { PresetId as PresetIds } from '../../../core/run/run.ts'
import { settingWarnings } from '../../../core/run/settingWarnings.ts'
import { cifar10 } from '../../../main/datasets/sets/cifar10.ts'

/** The warnings about a preset with some choices, on so many training images. */
function warnings(preset: PresetId, choices: RunChoices, train = 50_000) {
  const view = { ...cifar10.card, sizes: { train, test: 100 } }
  return settingWarnings(requestFor(preset, view, { sha256: 'a'.repeat(64) }, choices), train)
}

describe('warnings before a run', () => {
  it('are none for any preset as it comes, on a set of usual size', () => {
    for (const preset of PresetIds.options) expect(warnings(preset, {}), preset).toEqual([])
  })

  it('come where few images are seen very often', () => {
    expect(warnings('seed', { batch: 10, goal: 10_000 }, 400)).toEqual([
      { kind: 'many-epochs', epochs: 250, images: 400 },
    ])
    expect(warnings('seed', { batch: 10, goal: 4000 }, 400), '100 epochs').toEqual([])
    expect(warnings('seed', { batch: 10, goal: 1_000_000 }, 1000), 'not so few').toEqual([])
  })

  it('come where a batch is half of what is trained on, without the images held out', () => {
    expect(warnings('seed', { batch: 1000, goal: 5 }, 2000)).toEqual([
      { kind: 'large-batch', batch: 1000, images: 2000 },
    ])
    expect(warnings('seed', { batch: 999, goal: 5 }, 2000)).toEqual([])
    expect(warnings('seed', { batch: 999, goal: 5, validationShare: 0.1 }, 2000)).toEqual([
      { kind: 'large-batch', batch: 999, images: 1800 },
    ])
  })

  it('come where the rate is over ten times that of the preset or under a tenth, and unusual for the optimizer', () => {
    expect(warnings('seed', { learningRate: 0.1 })).toEqual([{ kind: 'far-rate', rate: 0.1, usual: 1e-4 }])
    expect(warnings('seed', { learningRate: 4e-3 })).toEqual([{ kind: 'far-rate', rate: 4e-3, usual: 1e-4 }])
    expect(warnings('seed', { learningRate: 1e-5 }), 'a tenth').toEqual([])
    expect(warnings('quick', { learningRate: 5e-4 })).toEqual([{ kind: 'far-rate', rate: 5e-4, usual: 0.4 }])
    expect(warnings('seed', { learningRate: 0.6, optimizer: 'sgd' })).toEqual([
      { kind: 'far-rate', rate: 0.6, usual: 0.01 },
    ])
    const ordinary = { adam: [1e-4, 1e-3, 2e-3, 3e-3], adamw: [1e-4, 1e-3, 3e-3], sgd: [1e-3, 0.03, 0.2, 0.5] }
    for (const preset of PresetIds.options)
      for (const optimizer of optimizerKinds)
        for (const learningRate of ordinary[optimizer])
          expect(warnings(preset, { optimizer, learningRate }), `${preset}, ${optimizer} at ${learningRate}`).toEqual(
            [],
          )
  })
})
