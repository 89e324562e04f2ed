import { describe, expect, it } from 'vitest'
import { type CardSubject, modelCard } from '../../../core/export/modelCard.ts'
import { usualObjectCut } from '../../../core/data/dataChoice.ts'
import { usualChoice } from '../../../core/data/datasetView.ts'
import { requestFor } from '../../../core/run/presets.ts'
import { cifar10 } from '../../../main/datasets/sets/cifar10.ts'

const { card: dataset } = cifar10
const { config } = requestFor('quick', dataset, { sha256: 'ab'.repeat(32) })
const subject: CardSubject = {
  version: '1.2.3',
  run: { id: 7, name: 'wide | two_blocks' },
  config,
  step: 300,
  dataset,
  classes: dataset.classes,
  image: dataset.image,
  evaluation: { step: 300, loss: 0.81234, accuracy: 0.7231, validation: null },
  format: 'onnx',
  input: 'float32',
}

describe('a model card', () => {
  it('tells of the data with licence and citation, the accuracy, the classes and how to prepare an image', () => {
    const text = modelCard(subject)
    expect(text).toContain('# CIFAR-10: wide \\| two\\_blocks (run 7) at step 300')
    expect(text).toContain('float32 `[batch, 32, 32, 3]`')
    expect(text).toContain(`- Licence: ${dataset.licence}`)
    expect(text).toContain('Learning Multiple Layers of Features from Tiny Images')
    expect(text).toContain('72.31 % right, mean loss 0.8123')
    expect(text).toContain('0. airplane\n1. automobile\n')
    expect(text).toContain('Bring it to 32 rows and 32 columns.')
    expect(text).toContain(`| seed | ${config.seed} |`)
    expect(text).not.toContain('undefined')
  })

  it('says that nothing was measured at a step, and that mirror images were measured along', () => {
    expect(modelCard({ ...subject, evaluation: null })).toContain('Not measured at step 300.')
    const flipping = { ...config, evaluation: { flips: true } }
    expect(modelCard({ ...subject, config: flipping })).toContain('together with its mirror image')
  })

  it('says how pictures of any size become images', () => {
    const entry = { ...dataset, forms: [], contents: null }
    const choice = { ...usualChoice(entry), form: { side: 32, fit: 'fit', cut: usualObjectCut } as const }
    const text = modelCard({ ...subject, config: { ...config, data: { ...config.data, choice } } })
    expect(text).toContain(`1. Turn it upright, as its EXIF orientation says.
2. Cut out the object, with a margin of 0.1 of its box at each side.
3. Put it on black where it is transparent.
4. Resize it`)
  })
})
