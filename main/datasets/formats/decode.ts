import path from 'node:path'
import { phrase, type Phrase } from '../../../core/words/phrases.ts'
import type { DatasetCard, Split } from '../../../core/data/dataset.ts'
import { imageBytes, type PreparedSplit } from '../../files/preparedCard.ts'
import { SourceError, type Format } from '../definition.ts'
import { mapInOrder } from '../prepare/mapInOrder.ts'
import type { Originals } from '../archives/originalFile.ts'
import { readIdx } from './idx.ts'
import { readPickledImages } from './pickledImages.ts'
import { interleave, readPlanarRecords } from './planarRecords.ts'
import { readJsonLabels, readPngStrip } from './pngStrip.ts'

/** A format of arrays. Its files are decoded whole. */
export type ArrayFormat = Exclude<Format, { kind: 'pictures' }>

/** The base names of the files of a format, after unpacking. */
export function filesOf(format: ArrayFormat): ReadonlySet<string> {
  return new Set(splitFiles(format, 'train').concat(splitFiles(format, 'test')))
}

function splitFiles(format: ArrayFormat, split: Split): string[] {
  if (format.kind === 'idx') return Object.values(format[split]).map(unpacked)
  if (format.kind === 'png-strips') return [...format[split].pictures, format[split].labels]
  return [...format[split]]
}

/** Compressed files are unpacked on reading and lose their extension. */
function unpacked(name: string): string {
  return name.replace(/\.gz$/, '')
}

/**
 * The name that a file has at its publisher. A browser numbers what it downloads again (`data_batch_1 (2).bin`). Some
 * programs and sites give MNIST's files an extension (`train-images.idx3-ubyte`), because without one they open
 * nowhere.
 */
function nameAsPublished(name: string): string {
  const once = name.replace(/ ?\(\d+\)(?=(\.[a-z0-9]+)?$)/i, '')
  const [whole, part, extension] = /^((?:train|t10k)-(?:images|labels))[.-](idx[13]-ubyte)$/i.exec(once) ?? []
  return whole === undefined ? once : `${part}-${extension}`.toLowerCase()
}

/** The files found for one of several formats, and that format. */
export interface FoundArrays {
  readonly format: ArrayFormat
  /** By base name. */
  readonly files: Map<string, Buffer>
}

/** Names as alternatives: "a or b or c". */
function oneOf([first, ...others]: readonly string[]): string | Phrase {
  return others.reduce<string | Phrase>((one, other) => phrase('one-or-other', { one, other }), first)
}

/**
 * Takes the files of a set of arrays out of its originals. Of several formats, the one with the largest share of its
 * files present is taken.
 * @throws SourceError when there are none, or they cannot be read.
 */
export async function findArrays(originals: Originals, formats: readonly ArrayFormat[]): Promise<FoundArrays> {
  const wanted = new Set(formats.flatMap((format) => [...filesOf(format)]))
  const files = new Map<string, Buffer>()
  for await (const file of originals) {
    const name = nameAsPublished(path.posix.basename(file.path))
    if (wanted.has(name) && !files.has(name)) files.set(name, await file.read())
  }
  const present = (format: ArrayFormat): number => [...filesOf(format)].filter((name) => files.has(name)).length
  const [best] = formats.toSorted(
    (one, other) => present(other) / filesOf(other).size - present(one) / filesOf(one).size,
  )
  if (present(best) === 0)
    throw new SourceError(phrase('none-of-files', { files: oneOf(formats.map((format) => [...filesOf(format)][0])) }))
  return { format: best, files }
}

/**
 * Turns the files of one split into arrays, one file (or pair of files) after another, so that not all of a set is in
 * memory twice. Yields as many images as the files hold, and nothing if none of the split's files is there.
 * @param image extents of the images.
 * @param files decoded files are removed from it.
 * @throws SourceError when the files do not match the format.
 */
export async function* decodeSplit(
  format: ArrayFormat,
  split: Split,
  { image }: Pick<DatasetCard, 'image'>,
  files: Map<string, Buffer>,
): AsyncGenerator<PreparedSplit> {
  const names = splitFiles(format, split).filter((name) => files.has(name))
  if (names.length === 0) return
  const take = (name: string): Buffer => {
    const bytes = files.get(unpacked(name)) ?? notThere(name)
    files.delete(unpacked(name))
    return bytes
  }
  switch (format.kind) {
    case 'idx':
      yield decodeIdx(image, take(format[split].images), take(format[split].labels))
      return
    case 'png-strips':
      yield* decodeStrips(image, format[split].pictures.map(take), take(format[split].labels))
      return
    case 'planar-records':
      for (const name of names) yield decodeRecords(image, take(name), 0)
      return
    case 'coarse-planar-records':
      for (const name of names) yield decodeRecords(image, take(name), 1)
      return
    case 'pickles':
      for (const name of names) yield decodePickle(image, take(name), format.labels)
  }
}

function notThere(name: string): never {
  throw new SourceError(phrase('not-in-it', { name }))
}

function decodeIdx({ height, width, channels }: DatasetCard['image'], images: Buffer, labels: Buffer): PreparedSplit {
  const count = images.byteLength < 8 ? 0 : images.readUInt32BE(4)
  const pixels = readIdx(images, channels === 1 ? [count, height, width] : [count, height, width, channels])
  return { images: pixels, labels: Uint16Array.from(readIdx(labels, [count])) }
}

function decodeRecords(image: DatasetCard['image'], file: Buffer, coarser: number): PreparedSplit {
  const bytes = imageBytes({ image })
  const record = coarser + 1 + bytes
  if (file.byteLength % record !== 0)
    throw new SourceError(phrase('records-uneven', { bytes: String(file.byteLength), record: String(record) }))
  const count = file.byteLength / record
  const into = { images: new Uint8Array(count * bytes), labels: new Uint16Array(count) }
  readPlanarRecords(file, { pixels: image.height * image.width, channels: image.channels, coarser }, into)
  return into
}

function decodePickle(image: DatasetCard['image'], file: Buffer, labelsKey: string): PreparedSplit {
  const bytes = imageBytes({ image })
  const { planes, labels } = readPickledImages(file, bytes, labelsKey)
  const images = new Uint8Array(planes.byteLength)
  for (let at = 0; at < planes.byteLength; at += bytes)
    interleave(
      planes.subarray(at, at + bytes),
      { pixels: image.height * image.width, channels: image.channels },
      images.subarray(at, at + bytes),
    )
  return { images, labels }
}

/** Pictures decoded at once, on sharp's own threads. */
const stripsAtOnce = 2

async function* decodeStrips(
  image: DatasetCard['image'],
  parts: readonly Buffer[],
  json: Buffer,
): AsyncGenerator<PreparedSplit> {
  const labels = readJsonLabels(json)
  const perPart = labels.length / parts.length
  const shape = { pixels: image.height * image.width, channels: image.channels }
  let done = 0
  for await (const images of mapInOrder(parts, stripsAtOnce, (part) => readPngStrip(part, shape, perPart))) {
    yield { images, labels: labels.subarray(done, done + perPart) }
    done += perPart
  }
}
