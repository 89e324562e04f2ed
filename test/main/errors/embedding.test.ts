// @module-tag slow
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { DatasetCard } from '../../../core/data/dataset.ts'
import type { Embedding, EmbeddingEvent, PlaneMethod } from '../../../core/embedding/embedding.ts'
import { principalPlane } from '../../../core/embedding/principalPlane.ts'
import type { RunConfig } from '../../../core/run/run.ts'
import { mnist } from '../../../main/datasets/sets/mnist.ts'
import { storedRun } from '../inspect/storedRun.ts'
import { openLab, type OpenLab } from '../openLab.ts'
import { centred, changed, homeWith, lastOf, refusalOf } from './errorsHome.ts'

const card: DatasetCard = { ...mnist.card, sizes: { train: 60, test: 260 } }
/** A network that answers quickly. */
const quick = { preset: 'quick', card, weights: centred } as const
const pca: PlaneMethod = { kind: 'pca' }
const umap: PlaneMethod = { kind: 'umap', neighbours: 8, seed: 3 }

interface Asked {
  readonly run: number
  readonly checkpoint?: number
  readonly images?: number
  readonly method?: PlaneMethod
}

function events({ client }: Pick<OpenLab, 'client'>, { run, checkpoint, images = 100, method = pca }: Asked) {
  return client.errors.embedding({ run, checkpoint: checkpoint ?? 'last', images, method })
}

async function embeddingOf(open: Pick<OpenLab, 'client'>, asked: Asked): Promise<Embedding> {
  const done = await lastOf<EmbeddingEvent>(events(open, asked))
  if (done?.kind !== 'done') throw new Error('there is no plane')
  return done.embedding
}

/** A configuration whose network is the classifier alone. */
function withoutHiddenLayer(config: RunConfig): RunConfig {
  const { layers } = config.model
  const classes = layers[layers.length - 1]
  if (classes.kind !== 'dense') throw new Error('the last layer is no dense one')
  const { name, units, bias, initializer } = classes
  return {
    ...config,
    model: {
      ...config.model,
      layers: [
        { kind: 'flatten', name: 'pixels' },
        { kind: 'dense', name, units, bias, initializer },
      ],
    },
  }
}

describe('the plane of a checkpoint', () => {
  test('is that of the vectors of its last hidden layer, image by image', async () => {
    const open = await openLab(await homeWith(card))
    const { run } = await storedRun(open.lab, quick)
    const told: string[] = []
    let embedding: Embedding | null = null
    for await (const event of await events(open, { run }))
      if (event.kind === 'done') embedding = event.embedding
      else told.push(event.stage)
    if (embedding === null) throw new Error('there is no plane')
    expect(new Set(told)).toEqual(new Set(['answers', 'vectors', 'components']))
    expect(embedding).toMatchObject({
      run,
      checkpoint: 0,
      layer: 'pool_4',
      isPixels: false,
      testImages: 260,
      asked: 100,
    })
    const { numbers, labels, predicted, confidence, layer, width, x, y, made, classes } = embedding
    expect(classes).toEqual(card.classes)
    expect(numbers).toHaveLength(100)
    for (let label = 0; label < 10; label += 1) expect(labels.filter((one) => one === label)).toHaveLength(10)

    // Asked one by one, as the page Look does.
    const values = new Float32Array(numbers.length * width)
    for (const [row, number] of numbers.entries()) {
      const image = { kind: 'stored', split: 'test', number } as const
      const { maps } = await open.client.look.maps({ run, checkpoint: 'last', image, layer })
      values.set(
        maps.map(({ mean }) => mean),
        row * width,
      )
    }
    const steps = principalPlane({ rows: numbers.length, columns: width, values })
    let step = steps.next()
    while (step.done !== true) step = steps.next()
    const size = Math.max(...x.map(Math.abs))
    step.value.x.forEach((value, row) => expect(Math.abs(value - x[row]) / size).toBeLessThan(1e-4))
    step.value.y.forEach((value, row) => expect(Math.abs(value - y[row]) / size).toBeLessThan(1e-4))
    if (made.kind !== 'pca') throw new Error('it is another plane')
    expect(made.explained[0]).toBeCloseTo(step.value.explained[0], 4)
    const all = await open.client.errors.images({ run, checkpoint: 'last', list: { kind: 'all' }, from: 0, count: 260 })
    numbers.forEach((number, row) =>
      expect(all.images[number]).toMatchObject({
        label: labels[row],
        predicted: predicted[row],
        confidence: confidence[row],
      }),
    )
  })

  test('by UMAP is the same to the bit, computed again from nothing', async () => {
    const home = await homeWith(card)
    const open = await openLab(home)
    const { run } = await storedRun(open.lab, quick)
    const told: string[] = []
    for await (const event of await events(open, { run, method: umap }))
      if (event.kind === 'progress') told.push(event.stage)
    expect(told).toEqual(expect.arrayContaining(['vectors', 'neighbours', 'layout']))
    const first = await embeddingOf(open, { run, method: umap })
    expect(first.made).toEqual({ kind: 'umap', neighbours: 8, seed: 3, epochs: 500 })
    await rm(home.embeddings, { recursive: true })
    expect(await embeddingOf(open, { run, method: umap })).toEqual(first)
    const { x } = await embeddingOf(open, { run, method: { kind: 'umap', neighbours: 8, seed: 4 } })
    expect(x).not.toEqual(first.x)
  })

  test('is stored: known at once, without engine, data set and checkpoint file', async () => {
    const home = await homeWith(card)
    const first = await openLab(home)
    const { run, folder, checkpoint } = await storedRun(first.lab, quick)
    const embedding = await embeddingOf(first, { run, method: umap })
    await first.client.datasets.remove({ dataset: card.id })
    await first.lab.close()

    const second = await openLab(home)
    // An opening lab forgets checkpoints without a file.
    await rm(path.join(folder, checkpoint.file))
    expect(await embeddingOf(second, { run, method: umap })).toEqual(embedding)
    // Another plane of the same vectors needs none of these either.
    expect((await embeddingOf(second, { run })).numbers).toEqual(embedding.numbers)
    expect(second.engines).toHaveLength(0)
  })

  test('is computed again when its files are damaged', async () => {
    const home = await homeWith(card)
    const open = await openLab(home)
    const { run } = await storedRun(open.lab, quick)
    const embedding = await embeddingOf(open, { run })
    const names = await readdir(home.embeddings)
    expect(names.map((name) => path.extname(name)).toSorted()).toEqual(['.plane', '.vectors'])
    for (const name of names) {
      const file = path.join(home.embeddings, name)
      const bytes = await readFile(file)
      await writeFile(file, bytes.fill(bytes[bytes.length - 9] ^ 1, bytes.length - 9, bytes.length - 8))
    }
    expect(await embeddingOf(open, { run })).toEqual(embedding)
  })

  test('of a network without a hidden layer shows the pixels', async () => {
    const open = await openLab(await homeWith(card))
    const { run } = await storedRun(open.lab, { ...quick, changed: withoutHiddenLayer })
    expect(await embeddingOf(open, { run })).toMatchObject({ layer: 'pixels', width: 24 * 24, isPixels: true })
  })

  test('takes all images and fewer neighbours where there are no more', async () => {
    const few: DatasetCard = { ...card, sizes: { train: 60, test: 4 } }
    const open = await openLab(await homeWith(few))
    const { run } = await storedRun(open.lab, { ...quick, card: few })
    const embedding = await embeddingOf(open, { run, images: 5000, method: umap })
    expect(embedding).toMatchObject({ numbers: [0, 1, 2, 3], asked: 5000, made: { neighbours: 3 } })
  })

  test('can be cancelled while UMAP is under way, and asked for again', async () => {
    const home = await homeWith(card)
    const open = await openLab(home)
    const { run } = await storedRun(open.lab, quick)
    for await (const event of await events(open, { run, images: 260, method: umap }))
      if (event.kind === 'progress' && event.stage === 'layout') break
    expect((await readdir(home.embeddings)).map((name) => path.extname(name))).toEqual(['.vectors'])
    expect(await embeddingOf(open, { run, images: 260, method: umap })).toMatchObject({ testImages: 260 })
  })
})

describe('what has no plane says why', () => {
  test('weights that are not finite, and a checkpoint that was pruned', async () => {
    const open = await openLab(await homeWith(card))
    const { run } = await storedRun(open.lab, { ...quick, weights: changed(['classes/bias'], () => NaN) })
    expect(await refusalOf(lastOf(events(open, { run })))).toMatch(
      /^The network of run 1 at step 0 gives no finite numbers/,
    )
    expect(await refusalOf(lastOf(events(open, { run, checkpoint: 7 })))).toMatch(
      /^Run 1 has no checkpoint at step 7\./,
    )
  })

  test('a set that was removed', async () => {
    const open = await openLab(await homeWith(card))
    const { run } = await storedRun(open.lab, quick)
    await open.client.datasets.remove({ dataset: card.id })
    expect(await refusalOf(lastOf(events(open, { run })))).toMatch(/^MNIST is not on this computer yet/)
  })

  test('a test set of two images', async () => {
    const two: DatasetCard = { ...card, sizes: { train: 60, test: 2 } }
    const open = await openLab(await homeWith(two))
    const { run } = await storedRun(open.lab, { ...quick, card: two })
    expect(await refusalOf(lastOf(events(open, { run })))).toBe(
      'Run 1 has 2 test images: too few to show in a plane, which takes three. Choose a run with a larger test set.',
    )
  })

  test('more neighbours or images than may be asked for', async () => {
    const open = await openLab(await homeWith(card))
    const { run } = await storedRun(open.lab, quick)
    const method: PlaneMethod = { ...umap, neighbours: 101 }
    expect(await refusalOf(lastOf(events(open, { run, method })))).not.toBe('answered')
    expect(await refusalOf(lastOf(events(open, { run, images: 2 })))).not.toBe('answered')
  })
})
