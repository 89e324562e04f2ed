import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { create } from 'tar'
import { plainSet, type DatasetCard } from '../../../core/data/dataset.ts'
import type { DatasetDefinition, DatasetSource } from '../../../main/datasets/definition.ts'
import type { ArrayFormat } from '../../../main/datasets/formats/decode.ts'
import type { PreparedSplit } from '../../../main/files/preparedCard.ts'
import { writePreparedForm } from '../../../main/files/preparedForm.ts'

/** A colour set of 10 + 4 images of 4 x 3 pixels, small enough to be written out in every format. */
export const tinyCard: DatasetCard = {
  ...plainSet,
  id: 'tiny',
  name: 'Tiny',
  image: { height: 4, width: 3, channels: 3 },
  classes: ['no', 'yes', 'maybe'],
  classesRu: ['нет', 'да', 'может быть'],
  sizes: { train: 10, test: 4 },
  mirrors: true,
  downloadBytes: 1000,
  authors: 'Nobody',
  page: 'https://example.org/',
  licence: 'CC0',
}

const pixels = tinyCard.image.height * tinyCard.image.width
const imageSize = pixels * tinyCard.image.channels

/** Arrays without a pattern that a mistake in the order could hit by chance. */
function arrays(count: number, salt: number): PreparedSplit {
  return {
    images: Uint8Array.from({ length: count * imageSize }, (_, index) => (index * 37 + (index >> 3) * 11 + salt) % 251),
    labels: Uint16Array.from({ length: count }, (_, index) => (index * 2 + salt) % 3),
  }
}

export const tinyTrain = arrays(10, 1)
export const tinyTest = arrays(4, 2)

/** Records of a label and three planes, as the binary version of CIFAR-10 has them. */
export function planarRecords(split: PreparedSplit, from: number, count: number): Buffer {
  const records = Array.from({ length: count }, (_, record) => {
    const image = split.images.subarray((from + record) * imageSize, (from + record + 1) * imageSize)
    const planes = [0, 1, 2].flatMap((channel) =>
      Array.from({ length: pixels }, (_unused, pixel) => image[pixel * 3 + channel]),
    )
    return Buffer.from([split.labels[from + record], ...planes])
  })
  return Buffer.concat(records)
}

export const planarFormat: ArrayFormat = {
  kind: 'planar-records',
  train: ['batch_1.bin', 'batch_2.bin'],
  test: ['test.bin'],
}

export const planarFiles: Readonly<Record<string, Uint8Array>> = {
  'batch_1.bin': planarRecords(tinyTrain, 0, 5),
  'batch_2.bin': planarRecords(tinyTrain, 5, 5),
  'test.bin': planarRecords(tinyTest, 0, 4),
  'readme.txt': Buffer.from('not wanted'),
}

/** A PNG whose rows of pixels are the images. */
export function pngStrip(split: PreparedSplit, from: number, count: number): Promise<Buffer> {
  const rows = split.images.subarray(from * imageSize, (from + count) * imageSize)
  return sharp(rows, { raw: { width: pixels, height: count, channels: 3 } })
    .png()
    .toBuffer()
}

/** An idx file of unsigned bytes. */
export function idxFile(shape: readonly number[], bytes: Iterable<number>): Buffer {
  const header = Buffer.alloc(4 + 4 * shape.length)
  header.writeUInt32BE(0x0800 + shape.length)
  shape.forEach((size, axis) => header.writeUInt32BE(size, 4 + 4 * axis))
  return Buffer.concat([header, Buffer.from([...bytes])])
}

/** Runs with a folder of its own that is gone afterwards. */
export async function withFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), 'conv-lab-'))
  try {
    return await use(folder)
  } finally {
    // Windows holds the folder of a program for a moment longer than the program.
    await rm(folder, { recursive: true, maxRetries: 5 })
  }
}

/** A gzipped tar with these files in a folder `inside`. */
export function tarGz(files: Readonly<Record<string, Uint8Array>>): Promise<Buffer> {
  return withFolder(async (folder) => {
    await mkdir(path.join(folder, 'inside'))
    for (const [name, bytes] of Object.entries(files)) await writeFile(path.join(folder, 'inside', name), bytes)
    const archive = path.join(folder, 'made.tar.gz')
    await create({ gzip: true, cwd: folder, file: archive }, ['inside'])
    return readFile(archive)
  })
}

export function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex')
}

/** The identity that the tiny set's prepared form has, written without any source. */
export async function tinyIdentity(): Promise<string> {
  return withFolder(
    async (folder) =>
      (
        await writePreparedForm(path.join(folder, 'tiny'), {
          card: tinyCard,
          source: 'publisher',
          train: tinyTrain,
          test: tinyTest,
        })
      ).prepared.sha256,
  )
}

/** A publisher that offers the archive at this address. */
export function publishedAt(url: string, archive: Uint8Array): DatasetSource {
  return { kind: 'publisher', files: [{ url, bytes: archive.byteLength, md5: md5(archive) }], format: planarFormat }
}

export async function tinyDefinition(sources: readonly DatasetSource[]): Promise<DatasetDefinition> {
  return {
    card: tinyCard,
    pixelStatistics: null,
    fileNames: null,
    sha256: await tinyIdentity(),
    sources,
    alsoRead: [],
    pictures: null,
  }
}
