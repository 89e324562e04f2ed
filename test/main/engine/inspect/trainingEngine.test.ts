// @module-tag slow
import { describe, expect, test } from 'vitest'
import type { DatasetView } from '../../../../core/data/datasetView.ts'
import { largestIndex, probabilitiesFrom } from '../../../../core/inspect/probabilities.ts'
import type { Head, Model } from '../../../../core/network/model.ts'
import { requestFor } from '../../../../core/run/presets.ts'
import { PresetId, type RunConfig } from '../../../../core/run/run.ts'
import { logitsOf } from '../../../../main/engine/inspect/answers.ts'
import { InspectedNetwork } from '../../../../main/engine/inspect/inspectedNetwork.ts'
import type { TensorValue } from '../../../../main/engine/shared/tensorValue.ts'
import { openSession } from '../../../../main/engine/train/session.ts'
import { firstTensors, someImages, someLabels } from '../graph/numbers.ts'

const classes = ['a', 'b', 'c']
const batch = 8

function viewOf(image: DatasetView['image']): DatasetView {
  const sizes = { train: batch, test: batch }
  return { id: 'tiny', name: 'Tiny', image, classes, classesRu: classes, sizes, mirrors: true }
}

type Config = Pick<RunConfig, 'model' | 'optimizer' | 'evaluation' | 'seed'>

function configOf(preset: PresetId, image: DatasetView['image'], flips: boolean): Config {
  const { config } = requestFor(preset, viewOf(image), { sha256: 'a'.repeat(64) }, { goal: 3, batch })
  return { ...config, evaluation: { flips } }
}

/** The plain loss of an answer, in double precision: the cross-entropy, or what the neuron is trained by. */
function lossOf(head: Head, logits: readonly number[], label: number): number {
  if (head.kind === 'softmax') {
    const largest = Math.max(...logits)
    const sum = logits.reduce((total, logit) => total + Math.exp(logit - largest), 0)
    return largest + Math.log(sum) - logits[label]
  }
  const [value, wanted] = [Math.tanh(logits[0]), label === 1 ? 1 : -1]
  return head.loss === 'hinge' ? Math.max(0, 1 - wanted * value) : (value - wanted) ** 2
}

/** One scale of every batch normalisation below 0: another graph of the training engine measures such weights. */
function withNegativeScales(weights: ReadonlyMap<string, TensorValue>): Map<string, TensorValue> {
  return new Map(
    [...weights].map(([name, { shape, data }]) => [
      name,
      { shape, data: name.endsWith('/scale') ? data.with(0, -0.5) : data },
    ]),
  )
}

/**
 * Checks that the training engine measures what the logits say: for every image the loss under each label, from which
 * all differences of its logits follow, and for all images the sum of losses and the number of right answers.
 */
function expectSameAnswers({ model, optimizer, evaluation: { flips }, seed }: Config): void {
  const session = openSession({ model, optimizer, batch, seed, mixup: false, flips })
  const network = new InspectedNetwork(model)
  try {
    const images = someImages(model, batch, 2)
    const count = model.head.kind === 'tanh' ? 2 : classes.length
    const labels = someLabels(batch, count, 3)
    session.writeVariables(firstTensors(model, optimizer, 1))
    for (const step of [1, 2, 3]) session.trainStep(images, labels, step, { learningRate: 1e-3, momentum: null }, null)
    const trained = session.readVariables()
    for (const weights of [trained, withNegativeScales(trained)]) {
      session.writeVariables(weights)
      network.write(weights)
      const rows = logitsOf(network, images, flips)
      const size = images.length / batch
      const allowed = 1e-5 * Math.max(1, ...rows.flat().map(Math.abs))
      rows.forEach((logits, image) => {
        for (let label = 0; label < count; label += 1) {
          const alone = images.slice(image * size, (image + 1) * size)
          const { lossSum } = session.evaluateBatch(alone, Int32Array.of(label))
          expect(Math.abs(lossSum - lossOf(model.head, logits, label))).toBeLessThan(allowed)
        }
      })
      const { lossSum, correct } = session.evaluateBatch(images, labels)
      const losses = rows.map((logits, image) => lossOf(model.head, logits, labels[image]))
      expect(Math.abs(lossSum - losses.reduce((sum, loss) => sum + loss, 0))).toBeLessThan(batch * allowed)
      const answers = rows.map((logits) => largestIndex(probabilitiesFrom(model.head, logits)))
      expect(correct).toBe(answers.filter((answer, image) => answer === labels[image]).length)
    }
  } finally {
    network.dispose()
    session.dispose()
  }
}

describe('the logits are those that the training engine measures by', () => {
  describe.each(PresetId.options)('with the preset %s', (preset) => {
    test.each([
      ['colour', false, { height: 32, width: 32, channels: 3 }],
      ['grey', false, { height: 28, width: 28, channels: 1 }],
      ['colour, with mirror images', true, { height: 32, width: 32, channels: 3 }],
    ] as const)('on %s', (_, flips, image) => {
      expectSameAnswers(configOf(preset, image, flips))
    })
  })

  test.each(['hinge', 'squared'] as const)('with one tanh neuron and its %s loss', (loss) => {
    const config = configOf('seed', { height: 28, width: 28, channels: 1 }, true)
    const layers = config.model.layers.map((layer) =>
      layer.name === 'classes' && layer.kind === 'dense' ? { ...layer, units: 1 } : layer,
    )
    const model: Model = { ...config.model, layers, head: { kind: 'tanh', loss } }
    expectSameAnswers({ ...config, model })
  })

  test('on images of 128 pixels', () => {
    expectSameAnswers(configOf('seed', { height: 128, width: 128, channels: 3 }, false))
  })
})
