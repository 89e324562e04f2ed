import { describe, expect, it } from 'vitest'
import type { DatasetView } from '../../../../core/data/datasetView.ts'
import { requestFor } from '../../../../core/run/presets.ts'
import { PresetId } from '../../../../core/run/run.ts'
import { paceAt } from '../../../../core/run/schedule.ts'
import { openSession } from '../../../../main/engine/train/session.ts'
import { firstTensors, someImages, someLabels } from '../graph/numbers.ts'

const steps = 20
const batch = 20

function cardOf(image: DatasetView['image']): DatasetView {
  const classes = ['a', 'b', 'c']
  return {
    id: 'tiny',
    name: 'Tiny',
    image,
    classes,
    classesRu: classes,
    sizes: { train: batch, test: batch },
    mirrors: true,
  }
}

describe.each(PresetId.options)('preset %s', (preset) => {
  it.each([
    ['colour images of 32 x 32', { height: 32, width: 32, channels: 3 }],
    ['grey images of 28 x 28', { height: 28, width: 28, channels: 1 }],
  ] as const)('is trained by the engine as it comes on %s, and learns a batch by heart', (_, image) => {
    const card = cardOf(image)
    const { model, optimizer, schedule, evaluation, seed } = requestFor(
      preset,
      card,
      { sha256: 'a'.repeat(64) },
      { goal: steps, batch },
    ).config
    const session = openSession({ model, optimizer, batch, seed, mixup: false, flips: evaluation.flips })
    try {
      session.writeVariables(firstTensors(model, optimizer, 1))
      const images = someImages(model, batch, 2)
      const labels = someLabels(batch, card.classes.length, 3)
      const losses = Array.from(
        { length: steps },
        (_value, index) => session.trainStep(images, labels, index + 1, paceAt(schedule, index + 1), null).loss,
      )
      expect(Math.min(...losses.slice(-3))).toBeLessThan(0.9 * losses[0])
      expect(session.evaluateBatch(images, labels).lossSum).toSatisfy(Number.isFinite)
    } finally {
      session.dispose()
    }
  })
})
