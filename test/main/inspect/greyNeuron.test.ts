// @module-tag slow
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { DatasetCard } from '../../../core/data/dataset.ts'
import type { ImageChoice } from '../../../core/inspect/imageChoice.ts'
import type { Model } from '../../../core/network/model.ts'
import { requestFor } from '../../../core/run/presets.ts'
import { homePlaces, type Home } from '../../../main/files/places.ts'
import type { PreparedSplit } from '../../../main/files/preparedCard.ts'
import { writePreparedForm } from '../../../main/files/preparedForm.ts'
import { openLab, rested } from '../openLab.ts'
import { smallCard } from '../smallHome.ts'

const side = 100

/** Grey images of two classes, larger than those of the other tests. */
const card: DatasetCard = {
  ...smallCard,
  image: { height: side, width: side, channels: 1 },
  classes: ['dark', 'light'],
  classesRu: ['тёмный', 'светлый'],
  sizes: { train: 40, test: 12 },
}

const model: Model = {
  input: { height: 96, width: 96, channels: 1 },
  layers: [
    {
      kind: 'conv',
      name: 'stem',
      filters: 4,
      kernel: { height: 5, width: 5 },
      stride: 4,
      padding: 'same',
      bias: true,
      initializer: 'he-normal',
    },
    { kind: 'activation', name: 'bend', function: { kind: 'leaky-relu', slope: 0.1 } },
    {
      kind: 'depthwise-conv',
      name: 'deep',
      multiplier: 1,
      kernel: { height: 3, width: 3 },
      stride: 1,
      padding: 'same',
      bias: false,
      initializer: 'he-normal',
    },
    { kind: 'add', name: 'sum', from: ['deep', 'bend'] },
    {
      kind: 'average-pool',
      name: 'pool',
      size: 3,
      stride: 3,
      padding: 'valid',
      scaling: { function: { kind: 'tanh' } },
    },
    { kind: 'flatten', name: 'flatten' },
    { kind: 'dense', name: 'neuron', units: 1, bias: true, initializer: 'glorot-uniform' },
  ],
  head: { kind: 'tanh', loss: 'hinge' },
}

function split(images: number): PreparedSplit {
  const labels = Uint16Array.from({ length: images }, (_, index) => index % 2)
  const size = side * side
  const bytes = Uint8Array.from(
    { length: images * size },
    (_, at) => labels[Math.floor(at / size)] * 100 + ((at * 7919) % 101),
  )
  return { images: bytes, labels }
}

async function greyHome(): Promise<Home> {
  const home = homePlaces(await mkdtemp(path.join(tmpdir(), 'conv-lab-home-')))
  onTestFinished(() => rm(home.folder, { recursive: true, force: true }))
  const folder = path.join(home.datasets, card.id, 'forms', 'own')
  await writePreparedForm(folder, { card, source: 'publisher', train: split(40), test: split(12) })
  return home
}

async function lastOf<Event>(events: AsyncIterable<Event>): Promise<Event | undefined> {
  let last: Event | undefined
  for await (const event of events) last = event
  return last
}

test('one neuron for grey images of a hundred pixels is explained as any other network', async () => {
  const { lab, client } = await openLab(await greyHome())
  const { prepared } = lab.datasets.entry(card.id)
  if (prepared === null) throw new Error('the set is not ready')
  const request = requestFor('quick', card, prepared, { batch: 8, goal: 3 })
  const { id: run } = lab.runs.start({ ...request, config: { ...request.config, model } })
  await rested(lab, run, 0)

  const image: ImageChoice = { kind: 'stored', split: 'test', number: 3 }
  const question = { run, checkpoint: 'last' as const, image }
  const { probabilities, predicted } = await client.look.predict(question)
  expect(probabilities).toHaveLength(2)
  const saliency = await client.look.saliency({ ...question, label: 0 })
  expect([saliency.height, saliency.width]).toEqual([96, 96])
  // The two classes share one logit with opposite signs.
  expect((await client.look.saliency({ ...question, label: 1 })).values).toEqual(saliency.values)
  const cam = await client.look.cam({ ...question, layer: 'sum', label: predicted })
  expect([cam.height, cam.width]).toEqual([24, 24])

  const covered = await lastOf(await client.look.occlusion({ ...question, label: predicted, side: 24, stride: 24 }))
  if (covered?.kind !== 'covered') throw new Error('the occlusion has no answer')
  expect(covered.uncovered).toBeCloseTo(probabilities[predicted], 6)
  expect(covered.map.values).toHaveLength(16)
  const step = await client.look.fgsm(question)
  expect(step.before.predicted).toBe(predicted)
  if (step.after !== null) expect(step.after.predicted).toBe(1 - predicted)

  const excited = await lastOf(await client.look.excite({ run, checkpoint: 'last', layer: 'pool', map: 3 }))
  if (excited?.kind !== 'found') throw new Error('nothing was found')
  expect(excited.images).toHaveLength(9)
  for (const label of [0, 1]) {
    const aim = { kind: 'class' as const, label }
    const reached = await lastOf(await client.look.ascent({ run, checkpoint: 'last', aim, seed: 1, steps: 6 }))
    if (reached?.kind !== 'reached') throw new Error('the ascent reached nothing')
    expect(reached.after).toBeGreaterThan(reached.before)
  }
  expect(
    await lastOf(await client.look.find({ run, checkpoint: 'last', split: 'test', from: 0, label: null, wrong: true })),
  ).toMatchObject({ kind: 'found' })
})
