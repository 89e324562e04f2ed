// @module-tag slow
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { choiceOf, viewOf } from '../../../core/data/datasetView.ts'
import { silentShare } from '../../../core/health/health.ts'
import { healthBatch } from '../../../core/health/healthBatch.ts'
import type { RunChoices } from '../../../core/run/choices.ts'
import { requestFor } from '../../../core/run/presets.ts'
import { eventsUntil, openLab, rested, restOf, smallRequest, type OpenLab } from '../openLab.ts'
import { genuineFolder } from '../datasets/sets/genuine.ts'
import { homeWith } from '../errors/errorsHome.ts'
import { smallCard, smallHome } from '../smallHome.ts'

const choices: RunChoices = { goal: 8, evaluateEvery: 4, learningRate: 0.1, healthEvery: 4 }

/** Units of a ReLU that are above 0 at no place of any image of the fixed batch, from its feature maps. */
async function silentByHand(
  { client }: OpenLab,
  run: number,
  layer: string,
  { images, trainImages }: { readonly images: number; readonly trainImages: number },
): Promise<number> {
  const fired = new Set<number>()
  let units = 0
  for (const number of healthBatch(images, trainImages)) {
    const image = { kind: 'stored', split: 'train', number } as const
    const { maps } = await client.look.maps({ run, checkpoint: 'last', image, layer })
    units = maps.length
    maps.forEach(({ max }, unit) => {
      if (max > 0) fired.add(unit)
    })
  }
  return units - fired.size
}

describe('the health of a run of the Lab network', () => {
  test('with Adam at a rate of 0.1 has dead ReLUs, as many as its feature maps say', async () => {
    const open = await openLab(await smallHome())
    const { client, lab } = open
    const { id } = await client.runs.start(smallRequest(lab, choices))
    await rested(lab, id, 0)
    const [health] = await client.runs.healthRows({ run: id, after: 4, count: 10 })
    expect(health).toMatchObject({ step: 8, images: 100 })
    for (const layer of ['relu_2', 'relu_3']) {
      const found = health.layers.find((one) => one.layer === layer)
      expect(found?.silent, layer).toBe(
        await silentByHand(open, id, layer, { images: 100, trainImages: smallCard.sizes.train }),
      )
    }
    const shares = health.layers.flatMap((layer) => silentShare(layer) ?? [])
    expect(Math.max(...shares)).toBeGreaterThan(0.4)
  })

  test('is counted so on photographs too: those of CIFAR-100, of every ReLU', async () => {
    const open = await openLab(await homeWith())
    const { client, lab } = open
    await client.datasets.import({ dataset: 'cifar-100', path: path.join(genuineFolder, 'cifar-100') })
    await eventsUntil(lab, 0, (event) => event.kind === 'dataset' && event.dataset.prepared !== null)
    const entry = lab.datasets.entry('cifar-100')
    if (entry.prepared === null) throw new Error('the set is not ready')
    const view = viewOf(entry, choiceOf({}))
    const { id } = await client.runs.start(requestFor('seed', view, entry.prepared, { ...choices, batch: 10 }))
    await rested(lab, id, 0)
    const [{ images, layers }] = await client.runs.healthRows({ run: id, after: 4, count: 10 })
    const counted = layers.filter(({ units }) => units !== null)
    expect(counted.map(({ layer }) => layer)).toEqual(['relu_1', 'relu_2', 'relu_3', 'relu_4'])
    for (const { layer, silent } of counted)
      expect(silent, layer).toBe(await silentByHand(open, id, layer, { images, trainImages: view.sizes.train }))
    expect(Math.max(...counted.map((one) => silentShare(one) ?? 0))).toBeGreaterThan(0.4)
  })

  test('is told once it is stored, goes back with its checkpoint, and stops where it is switched off', async () => {
    const open = await openLab(await smallHome())
    const { client, lab } = open
    const { id } = await client.runs.start(smallRequest(lab, choices))
    const events = await eventsUntil(lab, 0, restOf(id))
    expect(events.flatMap((event) => (event.kind === 'health' ? [event.step] : []))).toEqual([0, 4, 8])
    expect(await client.runs.health({ run: id, points: 9 })).toMatchObject({ every: 4, newest: 8, images: 100 })

    const from = lab.events.sequence
    await client.runs.resume({ run: id, goal: 16, healthEvery: 0 })
    await rested(lab, id, from)
    const health = await client.runs.health({ run: id, points: 9 })
    expect(health).toMatchObject({ every: 0, newest: 8 })
    expect(health.layers[0].gradientNorm?.step).toEqual([0, 4, 8])
  })

  test('is refused an interval that is none', async () => {
    const { client, lab } = await openLab(await smallHome())
    const request = smallRequest(lab, { goal: 8, evaluateEvery: 4 })
    for (const healthEvery of [-1, 1.5, 1e9])
      await expect(client.runs.start({ ...request, healthEvery })).rejects.toThrow()
    expect(lab.runs.list()).toEqual([])
  })
})
