import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { DatasetCard, Split } from '../../../../core/data/dataset.ts'
import { openOriginals } from '../../../../main/datasets/archives/openOriginals.ts'
import { decodeSplit, filesOf, findArrays, type ArrayFormat } from '../../../../main/datasets/formats/decode.ts'
import { readIdx } from '../../../../main/datasets/formats/idx.ts'
import type { PreparedSplit } from '../../../../main/files/preparedCard.ts'
import { idxFile, planarFiles, planarFormat, pngStrip, tinyCard, tinyTest, tinyTrain, withFolder } from '../tinySets.ts'

function buffers(files: Readonly<Record<string, Uint8Array>>): Map<string, Buffer> {
  return new Map(Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes)]))
}

/** All images of a split, out of a copy of the files, of which decoding takes away what it has read. */
async function decoded(
  format: ArrayFormat,
  split: Split,
  card: DatasetCard,
  files: ReadonlyMap<string, Buffer>,
): Promise<PreparedSplit> {
  const parts: PreparedSplit[] = []
  for await (const part of decodeSplit(format, split, card, new Map(files))) parts.push(part)
  return {
    images: Uint8Array.from(parts.flatMap(({ images }) => [...images])),
    labels: Uint16Array.from(parts.flatMap(({ labels }) => [...labels])),
  }
}

test('planar records become images in height, width, channel order', async () => {
  expect(await decoded(planarFormat, 'train', tinyCard, buffers(planarFiles))).toEqual(tinyTrain)
  expect(await decoded(planarFormat, 'test', tinyCard, buffers(planarFiles))).toEqual(tinyTest)
})

test('rows of PNG pictures become the same images', async () => {
  const format: ArrayFormat = {
    kind: 'png-strips',
    train: { pictures: ['a.png', 'b.png'], labels: 'train.json' },
    test: { pictures: ['t.png'], labels: 'test.json' },
  }
  const files = buffers({
    'a.png': await pngStrip(tinyTrain, 0, 5),
    'b.png': await pngStrip(tinyTrain, 5, 5),
    't.png': await pngStrip(tinyTest, 0, 4),
    'train.json': Buffer.from(JSON.stringify([...tinyTrain.labels])),
    'test.json': Buffer.from(JSON.stringify([...tinyTest.labels])),
  })
  expect(await decoded(format, 'train', tinyCard, files)).toEqual(tinyTrain)
  expect(await decoded(format, 'test', tinyCard, files)).toEqual(tinyTest)
  expect([...filesOf(format)].sort()).toEqual(['a.png', 'b.png', 't.png', 'test.json', 'train.json'])
})

test('idx files become grey images', async () => {
  const card: DatasetCard = { ...tinyCard, image: { height: 2, width: 3, channels: 1 }, sizes: { train: 2, test: 1 } }
  const format: ArrayFormat = {
    kind: 'idx',
    train: { images: 'ti', labels: 'tl' },
    test: { images: 'si', labels: 'sl' },
  }
  const files = buffers({
    ti: idxFile([2, 2, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    tl: idxFile([2], [2, 0]),
    si: idxFile([1, 2, 3], [6, 5, 4, 3, 2, 1]),
    sl: idxFile([1], [1]),
  })
  expect(await decoded(format, 'train', card, files)).toMatchObject({
    images: { 0: 1, 11: 12, length: 12 },
    labels: { 0: 2, 1: 0 },
  })
  expect([...(await decoded(format, 'test', card, files)).images]).toEqual([6, 5, 4, 3, 2, 1])
})

describe('the files of MNIST are found under the names that people have them', () => {
  const format: ArrayFormat = {
    kind: 'idx',
    train: { images: 'train-images-idx3-ubyte.gz', labels: 'train-labels-idx1-ubyte.gz' },
    test: { images: 't10k-images-idx3-ubyte.gz', labels: 't10k-labels-idx1-ubyte.gz' },
  }
  const contents = {
    'train-images-idx3-ubyte': idxFile([2, 2, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    'train-labels-idx1-ubyte': idxFile([2], [2, 0]),
    't10k-images-idx3-ubyte': idxFile([1, 2, 3], [6, 5, 4, 3, 2, 1]),
    't10k-labels-idx1-ubyte': idxFile([1], [1]),
  }

  async function found(nameOf: (name: string) => string, packed = false): Promise<Map<string, Buffer>> {
    return withFolder(async (folder) => {
      for (const [name, bytes] of Object.entries(contents)) {
        const file = path.join(folder, 'mnist', nameOf(name))
        await mkdir(path.dirname(file), { recursive: true })
        await writeFile(file, packed ? gzipSync(bytes) : bytes)
      }
      const originals = openOriginals(
        [path.join(folder, 'mnist')],
        { temporary: path.join(folder, 'temporary') },
        new AbortController().signal,
      )
      return (await findArrays(originals, [format])).files
    })
  }

  test.each<[string, (name: string) => string, boolean]>([
    ['as published', (name) => `${name}.gz`, true],
    ['unpacked', (name) => name, false],
    ['unpacked under the name of the packed file', (name) => `${name}.gz`, false],
    ['with an extension, as 7-Zip unpacks them', (name) => name.replace('-idx', '.idx'), false],
    ['with an extension, packed', (name) => `${name.replace('-idx', '.idx')}.gz`, true],
    ['downloaded again by a browser', (name) => `${name} (1).gz`, true],
    ['downloaded again, with an extension', (name) => `${name.replace('-idx', '.idx')}(2).gz`, true],
    ['in capitals', (name) => name.replace('-idx', '.idx').toUpperCase(), false],
    ['each in a folder of its name', (name) => `${name}/${name}`, false],
  ])('%s', async (_what, nameOf, packed) => {
    expect(Object.fromEntries(await found(nameOf, packed))).toEqual(contents)
  })

  test('and not under others', async () => {
    await expect(found((name) => name.replace('-idx', '-of-mine-idx'))).rejects.toThrow(
      'it has none of the files of the set, such as train-images-idx3-ubyte',
    )
  })
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
  await expect(decoded(planarFormat, 'train', tinyCard, files)).rejects.toThrow(
    'a file of records has 184 bytes, and 37 a record',
  )
})

test('a picture of another size is refused', async () => {
  const strips = { pictures: ['t.png'], labels: 'test.json' }
  const files = buffers({ 't.png': await pngStrip(tinyTrain, 0, 5), 'test.json': Buffer.from('[0,1,2,0]') })
  await expect(decoded({ kind: 'png-strips', train: strips, test: strips }, 'test', tinyCard, files)).rejects.toThrow(
    '12 × 5 × 3 values instead of 12 × 4 × 3',
  )
})

test('a coarser label before the one that counts is passed over', async () => {
  const format: ArrayFormat = { kind: 'coarse-planar-records', train: ['train.bin'], test: ['test.bin'] }
  const coarse = Buffer.concat(
    Array.from({ length: 4 }, (_, record) =>
      Buffer.concat([Buffer.of(9), planarFiles['test.bin'].subarray(record * 37, (record + 1) * 37)]),
    ),
  )
  expect(await decoded(format, 'test', tinyCard, buffers({ 'test.bin': coarse }))).toEqual(tinyTest)
})

test('of a split whose files are not there no image comes', async () => {
  expect(
    await decoded(planarFormat, 'train', tinyCard, buffers({ 'test.bin': planarFiles['test.bin'] })),
  ).toMatchObject({ labels: new Uint16Array(0) })
})
