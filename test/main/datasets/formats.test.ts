import { expect, test } from 'vitest'
import type { DatasetCard } from '../../../core/dataset.ts'
import { decodeSplit, filesOf, type ArrayFormat } from '../../../main/datasets/formats/decode.ts'
import { readIdx } from '../../../main/datasets/formats/idx.ts'
import { idxFile, planarFiles, planarFormat, pngStrip, tinyCard, tinyTest, tinyTrain } from './tinySets.ts'

function buffers(files: Readonly<Record<string, Uint8Array>>): Map<string, Buffer> {
  return new Map(Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes)]))
}

const ignore = (): void => undefined

test('planar records become images in height, width, channel order', async () => {
  expect(await decodeSplit(planarFormat, 'train', tinyCard, buffers(planarFiles), ignore)).toEqual(tinyTrain)
  expect(await decodeSplit(planarFormat, 'test', tinyCard, buffers(planarFiles), ignore)).toEqual(tinyTest)
})

test('rows of PNG pictures become the same images', async () => {
  const format: ArrayFormat = { kind: 'png-strips', train: { pictures: ['a.png', 'b.png'], labels: 'train.json' }, test: { pictures: ['t.png'], labels: 'test.json' } }
  const files = buffers({
    'a.png': await pngStrip(tinyTrain, 0, 5),
    'b.png': await pngStrip(tinyTrain, 5, 5),
    't.png': await pngStrip(tinyTest, 0, 4),
    'train.json': Buffer.from(JSON.stringify([...tinyTrain.labels])),
    'test.json': Buffer.from(JSON.stringify([...tinyTest.labels])),
  })
  const told: number[] = []
  expect(await decodeSplit(format, 'train', tinyCard, files, (done) => told.push(done))).toEqual(tinyTrain)
  expect(await decodeSplit(format, 'test', tinyCard, files, ignore)).toEqual(tinyTest)
  expect(told).toEqual([5, 10])
  expect([...filesOf(format)].sort()).toEqual(['a.png', 'b.png', 't.png', 'test.json', 'train.json'])
})

test('idx files become grey images', async () => {
  const card: DatasetCard = { ...tinyCard, image: { height: 2, width: 3, channels: 1 }, sizes: { train: 2, test: 1 } }
  const format: ArrayFormat = { kind: 'idx', train: { images: 'ti', labels: 'tl' }, test: { images: 'si', labels: 'sl' } }
  const files = buffers({ ti: idxFile([2, 2, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]), tl: idxFile([2], [2, 0]), si: idxFile([1, 2, 3], [6, 5, 4, 3, 2, 1]), sl: idxFile([1], [1]) })
  expect(await decodeSplit(format, 'train', card, files, ignore)).toMatchObject({ images: { 0: 1, 11: 12, length: 12 }, labels: { 0: 2, 1: 0 } })
  expect([...(await decodeSplit(format, 'test', card, files, ignore)).images]).toEqual([6, 5, 4, 3, 2, 1])
})

test.each([
  ['other dimensions', idxFile([3, 2], [1, 2, 3, 4, 5, 6])],
  ['fewer bytes', idxFile([2, 3], [1, 2, 3, 4, 5])],
  ['another element type', Buffer.concat([Buffer.of(0, 0, 0x0d, 2), idxFile([2, 3], [1, 2, 3, 4, 5, 6]).subarray(4)])],
  ['no header', Buffer.of(0, 0)],
])('an idx file with %s is refused', (_what, bytes) => {
  expect(() => readIdx(bytes, [2, 3])).toThrow('an idx file does not hold 2 × 3 bytes')
})

test('a file of records that ends in the middle of one is refused', async () => {
  const files = buffers({ ...planarFiles, 'batch_2.bin': planarFiles['batch_2.bin'].subarray(1) })
  await expect(decodeSplit(planarFormat, 'train', tinyCard, files, ignore)).rejects.toThrow('a file of records has 184 bytes, and 37 a record')
})

test('a picture of another size is refused', async () => {
  const strips = { pictures: ['t.png'], labels: 'test.json' }
  const files = buffers({ 't.png': await pngStrip(tinyTrain, 0, 5), 'test.json': Buffer.from('[0,1,2,0]') })
  await expect(decodeSplit({ kind: 'png-strips', train: strips, test: strips }, 'test', tinyCard, files, ignore)).rejects.toThrow('12 × 5 × 3 values instead of 12 × 4 × 3')
})
