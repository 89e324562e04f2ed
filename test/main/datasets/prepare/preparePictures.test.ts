import path from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { DatasetForm } from '../../../../core/data/dataChoice.ts'
import { plainSet, type DatasetCard } from '../../../../core/data/dataset.ts'
import { phrase } from '../../../../core/words/phrases.ts'
import { preparePictures } from '../../../../main/datasets/prepare/preparePictures.ts'
import { resizeForm } from '../../../../main/datasets/prepare/resizeForm.ts'
import type { CollectionImage } from '../../../../main/files/collection.ts'
import { CollectionWriter } from '../../../../main/files/collectionWriter.ts'
import { readTwins } from '../../../../main/files/formFacts.ts'
import { readPreparedForm, verifyPreparedForm, writePreparedForm } from '../../../../main/files/preparedForm.ts'
import { withFolder } from '../tinySets.ts'

const form: DatasetForm = { side: 24, fit: 'crop', cut: { kind: 'whole' } }
const card: DatasetCard = {
  ...plainSet,
  id: 'pictures',
  name: 'Pictures',
  image: { height: 24, width: 24, channels: 3 },
  classes: ['dark', 'light'],
  classesRu: ['тёмный', 'светлый'],
  sizes: { train: 9, test: 9 },
  mirrors: true,
  downloadBytes: 0,
  authors: '',
  page: '',
  licence: '',
  ownSize: false,
  cuts: ['whole', 'object'],
}
const imageSize = 24 * 24 * 3

/** A picture of one colour. */
function plain(value: number): Promise<Buffer> {
  return sharp({ create: { width: 60, height: 40, channels: 3, background: { r: value, g: value, b: value } } })
    .png()
    .toBuffer()
}

const whole = (
  picture: string,
  label: number,
  split: CollectionImage['split'] = 'train',
  group: number | null = null,
): CollectionImage => ({ picture, label, split, group, box: null })

async function collected(
  folder: string,
  pictures: Readonly<Record<string, Buffer>>,
  images: readonly CollectionImage[],
): Promise<string> {
  const collection = path.join(folder, 'collection')
  const writer = await CollectionWriter.create(collection)
  for (const [name, bytes] of Object.entries(pictures)) await writer.add(name, bytes)
  await writer.finish(images)
  return collection
}

/** Brightness of each image. */
function brightness(images: Uint8Array): number[] {
  return Array.from({ length: images.byteLength / imageSize }, (_, index) => images[index * imageSize])
}

test('images lie in the order of the rows, training images apart, with their labels and groups; a broken picture is named and left out', async () => {
  await withFolder(async (folder) => {
    const pictures = {
      'a.png': await plain(10),
      'b.png': await plain(20),
      'broken.png': Buffer.from('no picture'),
      'c.png': await plain(30),
    }
    const images = [
      whole('c.png', 1, 'test', 5),
      whole('b.png', 0, 'train', 4),
      whole('broken.png', 1, 'train', 4),
      whole('a.png', 1, 'train', 65_535),
      whole('b.png', 1, 'test', 5),
    ]
    const into = path.join(folder, 'form')
    const told: [number, number][] = []
    const { stored, broken } = await preparePictures(
      { collection: await collected(folder, pictures, images), into, card, form, source: 'import' },
      (...of) => told.push(of),
    )
    expect(broken).toEqual({ count: 1, first: [{ picture: 'broken.png', reason: phrase('neither-jpeg-nor-png', {}) }] })
    expect(told.at(-1)).toEqual([5, 5])
    expect(stored).toMatchObject({ form, card: { sizes: { train: 2, test: 2 } }, prepared: { source: 'import' } })
    const read = await readPreparedForm(into)
    expect(brightness(read.train.images)).toEqual([20, 10])
    expect(read.train).toMatchObject({ labels: Uint16Array.of(0, 1), groups: Uint16Array.of(4, 65_535) })
    expect(brightness(read.test.images)).toEqual([30, 20])
    expect(read.test).toMatchObject({ labels: Uint16Array.of(1, 1), groups: Uint16Array.of(5, 5) })
    expect(await readTwins(into)).toEqual([
      [0, 0],
      [3, 0],
    ])
    await verifyPreparedForm(into)
  })
})

test('the same pictures give the same bits, in whatever order they came', async () => {
  const identity = (order: (one: string, other: string) => number): Promise<string> =>
    withFolder(async (folder) => {
      const pictures = { a: await plain(99), b: await plain(7) }
      const sorted = Object.fromEntries(Object.entries(pictures).sort(([one], [other]) => order(one, other)))
      const collection = await collected(folder, sorted, [whole('a', 0), whole('b', 1)])
      return (
        await preparePictures(
          { collection, into: path.join(folder, 'form'), card, form, source: 'publisher' },
          () => undefined,
        )
      ).stored.prepared.sha256
    })
  expect(await identity((one, other) => one.localeCompare(other))).toBe(
    await identity((one, other) => other.localeCompare(one)),
  )
})

test('objects of a form are those that are large enough; a form without any is refused', async () => {
  await withFolder(async (folder) => {
    const box = (size: number): CollectionImage['box'] => ({ top: 0, left: 0, bottom: size, right: size })
    const images = [30, 10, 20].map((size, label) => ({ ...whole('a', label % 2), box: box(size) }))
    const collection = await collected(folder, { a: await plain(50) }, images)
    const cut = (least: number): DatasetForm => ({ ...form, cut: { kind: 'object', margin: 0, least } })
    const { stored } = await preparePictures(
      { collection, into: path.join(folder, 'some'), card, form: cut(15), source: 'import' },
      () => undefined,
    )
    expect(stored.parts).toEqual([{ split: 'train', group: null, counts: [2, 0] }])
    await expect(
      preparePictures(
        { collection, into: path.join(folder, 'none'), card, form: cut(31), source: 'import' },
        () => undefined,
      ),
    ).rejects.toMatchObject({ problem: { code: 'objects-too-small' } })
  })
})

test('pictures of which none can be read are refused with the first reason', async () => {
  await withFolder(async (folder) => {
    const collection = await collected(folder, { 'a.jpg': Buffer.from('<html>'), 'b.jpg': Buffer.alloc(0) }, [
      whole('a.jpg', 0),
      whole('b.jpg', 1),
    ])
    const made = preparePictures(
      { collection, into: path.join(folder, 'form'), card, form, source: 'import' },
      () => undefined,
    )
    await expect(made).rejects.toMatchObject({
      problem: {
        code: 'images-unreadable',
        parameters: { dataset: 'Pictures', picture: 'a.jpg', reason: phrase('neither-jpeg-nor-png', {}) },
      },
    })
  })
})

test('another form of arrays is made of their own, with labels and groups as they are', async () => {
  await withFolder(async (folder) => {
    // More images than are resized in one go.
    const count = 70
    const image = { height: 30, width: 30, channels: 1 } as const
    const split = (images: number, from: number) => ({
      images: Uint8Array.from({ length: images * 900 }, (_, at) => from + Math.floor(at / 900)),
      labels: Uint16Array.from({ length: images }, (_, index) => index % 2),
      groups: Uint16Array.from({ length: images }, (_, index) => index),
    })
    const own = path.join(folder, 'own')
    const stored = await writePreparedForm(own, {
      card: { ...card, image, sizes: { train: count, test: 3 } },
      source: 'publisher',
      train: split(count, 0),
      test: split(3, 100),
    })
    const told: [number, number][] = []
    const made = await resizeForm(
      { own, stored, into: path.join(folder, 'made'), form, image: { height: 24, width: 24, channels: 1 } },
      (...of) => told.push(of),
    )
    expect(made.card).toMatchObject({ image: { height: 24, width: 24, channels: 1 }, sizes: { train: count, test: 3 } })
    expect(told.at(-1)).toEqual([73, 73])
    const read = await readPreparedForm(path.join(folder, 'made'))
    expect(Array.from({ length: count }, (_, index) => read.train.images[index * 576])).toEqual(
      Array.from({ length: count }, (_, index) => index),
    )
    expect([...read.test.images.subarray(0, 576)]).toEqual(Array.from({ length: 576 }, () => 100))
    expect(read.test).toMatchObject({ labels: split(3, 0).labels, groups: split(3, 0).groups })
  })
})
