// @module-tag slow
import { describe, expect, test } from 'vitest'
import type { DataChoice } from '../../../core/data/dataChoice.ts'
import type { DatasetCard } from '../../../core/data/dataset.ts'
import { choiceOf } from '../../../core/data/datasetView.ts'
import { type ErrorsReport, receivedReport } from '../../../core/errors/errorsReport.ts'
import { imagesOf } from '../../../core/errors/testPass.ts'
import type { Model } from '../../../core/network/model.ts'
import type { PresetId, RunConfig } from '../../../core/run/run.ts'
import { cifar10 } from '../../../main/datasets/sets/cifar10.ts'
import { cifar100 } from '../../../main/datasets/sets/cifar100.ts'
import { mnist } from '../../../main/datasets/sets/mnist.ts'
import { openLab, type OpenLab } from '../openLab.ts'
import { inspectedLab } from '../inspect/inspectedLab.ts'
import { storedRun } from '../inspect/storedRun.ts'
import { centred, homeWith, lastOf } from './errorsHome.ts'

// More test images than a batch of an evaluation has, and no whole number of batches.
const coloured: DatasetCard = { ...cifar10.card, sizes: { train: 150, test: 620 } }
const grey: DatasetCard = { ...mnist.card, sizes: { train: 60, test: 300 } }
const grouped: DatasetCard = { ...cifar100.card, sizes: { train: 200, test: 300 } }

async function reportOf({ client }: OpenLab, run: number): Promise<ErrorsReport> {
  const done = await lastOf(client.errors.compute({ run, checkpoint: 'last' }))
  if (done?.kind !== 'done') throw new Error('there is no report')
  return receivedReport(done.report)
}

/** Counts the answers of a run as the training engine evaluates it, and as the page Errors does. */
async function counted(
  card: DatasetCard,
  options: {
    readonly preset?: PresetId
    readonly choice?: DataChoice
    readonly changed?: (config: RunConfig) => RunConfig
  },
): Promise<void> {
  const open = await openLab(await homeWith(card))
  const { run } = await storedRun(open.lab, { card, weights: centred, ...options })
  const evaluated = await open.client.runs.evaluate({ run })
  const report = await reportOf(open, run)
  expect(report.images).toBe(evaluated.images)
  expect(report.accuracy).toBe(evaluated.testAccuracy)
  expect(report.confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(report.images)
  expect(report.perClass.reduce((sum, { correct }) => sum + correct, 0)).toBe(report.correct)

  const known = await open.lab.inspection.passes.known(report.sha256)
  if (known === null) throw new Error('the pass is not stored')
  const { pass } = known
  const { head } = open.lab.history.run(run).config.model
  // Hinge loss: 1 - y t, where the probability of the label is (1 + y t) / 2.
  const lossOf = (share: number): number => (head.kind === 'softmax' ? -Math.log(share) : 2 * (1 - share))
  const loss = pass.ofLabel.reduce((sum, share) => sum + lossOf(share), 0) / imagesOf(pass)
  expect(loss / evaluated.testLoss).toBeCloseTo(1, 5)
}

const everyPreset = ['seed', 'quick', 'deep', 'digits', 'clothes'] as const

describe('the accuracy is that of an evaluation to the last image', () => {
  test.each(everyPreset)('for the preset %s', async (preset) => {
    await counted(coloured, { preset })
  })

  test.each([true, false])('with each image beside its mirror image: %s', async (flips) => {
    await counted(coloured, { changed: (config) => ({ ...config, evaluation: { flips } }) })
  })

  test.each(['seed', 'digits'] as const)('for grey images of 28 pixels with the preset %s', async (preset) => {
    await counted(grey, { preset })
  })

  test('for labels that group classes', async () => {
    await counted(grouped, { choice: { ...choiceOf({}), labels: 'superclasses' } })
  })

  test('for some classes of a set', async () => {
    await counted(coloured, { choice: { ...choiceOf({}), classes: [2, 5, 7] } })
  })

  test('for two classes that one tanh neuron tells apart', async () => {
    const neuron = (model: Model): Model => ({
      ...model,
      layers: model.layers.map((layer) =>
        layer.kind === 'dense' && layer.name === 'classes' ? { ...layer, units: 1 } : layer,
      ),
      head: { kind: 'tanh', loss: 'hinge' },
    })
    await counted(coloured, {
      choice: { ...choiceOf({}), classes: [3, 8] },
      changed: (config) => ({ ...config, model: neuron(config.model) }),
    })
  })

  test('for a run that was trained, at each of its evaluations', async () => {
    const open = await inspectedLab()
    const { best, last } = open.lab.history.run(open.run)
    const report = await reportOf(open, open.run)
    expect(report).toMatchObject({ checkpoint: 4, accuracy: last?.accuracy, storedAccuracy: last?.accuracy })
    const earlier = await lastOf(open.client.errors.compute({ run: open.run, checkpoint: 'best' }))
    expect(earlier).toMatchObject({ report: { accuracy: best?.accuracy, storedAccuracy: best?.accuracy } })
    const start = await lastOf(open.client.errors.compute({ run: open.run, checkpoint: 0 }))
    expect(start).toMatchObject({ report: { checkpoint: 0, storedAccuracy: null } })
  })
})
