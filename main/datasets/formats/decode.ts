import path from 'node:path'
import type { DatasetCard, Split } from '../../../core/dataset.ts'
import { imageBytes, type PreparedSplit } from '../../files/preparedCard.ts'
import { SourceError, type Format } from '../definition.ts'
import type { Originals } from '../originals/originalFile.ts'
import { readIdx } from './idx.ts'
import { readPickledImages } from './pickledImages.ts'
import { interleave, readPlanarRecords } from './planarRecords.ts'
import { readJsonLabels, readPngStrip } from './pngStrip.ts'

/** A format of arrays, which are decoded at once. */
export type ArrayFormat = Exclude<Format, { kind: 'pictures' }>

/** The base names of the files that a format consists of, as they are once they are unpacked. */
export function filesOf(format: ArrayFormat): ReadonlySet<string> {
  return new Set(splitFiles(format, 'train').concat(splitFiles(format, 'test')))
}

function splitFiles(format: ArrayFormat, split: Split): string[] {
  if (format.kind === 'idx') return Object.values(format[split]).map(unpacked)
  if (format.kind === 'png-strips') return [...format[split].pictures, format[split].labels]
  return [...format[split]]
}

/** Packed files come unpacked, without the ending. */
function unpacked(name: string): string {
  return name.replace(/\.gz$/, '')
}

/** Files of one of several formats, and which it is. */
export interface FoundArrays {
  readonly format: ArrayFormat
  /** By base name. */
  readonly files: ReadonlyMap<string, Buffer>
}

/**
 * Takes the files of a set of arrays out of its originals, in whichever of the formats most of them are.
 * @throws SourceError when there are none, or they cannot be read.
 */
export async function findArrays(originals: Originals, formats: readonly ArrayFormat[]): Promise<FoundArrays> {
  const wanted = new Set(formats.flatMap((format) => [...filesOf(format)]))
  const files = new Map<string, Buffer>()
  for await (const file of originals) {
    const name = path.posix.basename(file.path)
    if (wanted.has(name) && !files.has(name)) files.set(name, await file.read())
  }
  const present = (format: ArrayFormat): number => [...filesOf(format)].filter((name) => files.has(name)).length
  const [best] = formats.toSorted((one, other) => present(other) / filesOf(other).size - present(one) / filesOf(one).size)
  if (present(best) === 0) throw new SourceError(`it has none of the files of the set, such as ${formats.map((format) => [...filesOf(format)][0]).join(' or ')}`)
  return { format: best, files }
}

/**
 * Turns the files of one split into its arrays: as many images as the files hold, none where none of the split's files is there.
 * @param image extents of the images.
 * @param onImages told the number of images that are ready, as they become so.
 * @throws SourceError when the files are not what the format says.
 */
export async function decodeSplit(
  format: ArrayFormat,
  split: Split,
  { image }: Pick<DatasetCard, 'image'>,
  files: ReadonlyMap<string, Buffer>,
  onImages: (done: number) => void,
): Promise<PreparedSplit> {
  const names = splitFiles(format, split).filter((name) => files.has(name))
  if (names.length === 0) return { images: new Uint8Array(0), labels: new Uint16Array(0) }
  const bytesOf = (name: string): Buffer => {
    const bytes = files.get(unpacked(name))
    if (bytes === undefined) throw new SourceError(`${name} is not in it`)
    return bytes
  }
  switch (format.kind) {
    case 'idx':
      return decodeIdx(image, bytesOf(format[split].images), bytesOf(format[split].labels), onImages)
    case 'png-strips':
      return decodeStrips(image, format[split].pictures.map(bytesOf), bytesOf(format[split].labels), onImages)
    case 'planar-records':
      return decodeRecords(image, names.map(bytesOf), 0, onImages)
    case 'coarse-planar-records':
      return decodeRecords(image, names.map(bytesOf), 1, onImages)
    case 'pickles':
      return decodePickles(image, names.map(bytesOf), format.labels, onImages)
  }
}

function decodeIdx({ height, width, channels }: DatasetCard['image'], images: Buffer, labels: Buffer, onImages: (done: number) => void): PreparedSplit {
  const count = images.byteLength < 8 ? 0 : images.readUInt32BE(4)
  const pixels = readIdx(images, channels === 1 ? [count, height, width] : [count, height, width, channels])
  onImages(count)
  return { images: pixels, labels: Uint16Array.from(readIdx(labels, [count])) }
}

function decodeRecords(image: DatasetCard['image'], parts: readonly Buffer[], coarser: number, onImages: (done: number) => void): PreparedSplit {
  const bytes = imageBytes({ image })
  const record = coarser + 1 + bytes
  const counts = parts.map(({ byteLength }) => byteLength / record)
  const broken = parts.findIndex(({ byteLength }) => byteLength % record !== 0)
  if (broken >= 0) throw new SourceError(`a file of records has ${parts[broken].byteLength} bytes, and ${record} a record`)
  const count = counts.reduce((sum, one) => sum + one, 0)
  const images = new Uint8Array(count * bytes)
  const labels = new Uint16Array(count)
  let done = 0
  parts.forEach((part, index) => {
    const end = done + counts[index]
    readPlanarRecords(part, { pixels: image.height * image.width, channels: image.channels, coarser }, { images: images.subarray(done * bytes, end * bytes), labels: labels.subarray(done, end) })
    done = end
    onImages(done)
  })
  return { images, labels }
}

function decodePickles(image: DatasetCard['image'], parts: readonly Buffer[], labelsKey: string, onImages: (done: number) => void): PreparedSplit {
  const bytes = imageBytes({ image })
  const read = parts.map((part) => readPickledImages(part, bytes, labelsKey))
  const count = read.reduce((sum, { labels }) => sum + labels.length, 0)
  const images = new Uint8Array(count * bytes)
  const labels = new Uint16Array(count)
  let done = 0
  for (const part of read) {
    labels.set(part.labels, done)
    part.labels.forEach((_, index) => {
      const into = images.subarray((done + index) * bytes, (done + index + 1) * bytes)
      interleave(part.planes.subarray(index * bytes, (index + 1) * bytes), { pixels: image.height * image.width, channels: image.channels }, into)
    })
    done += part.labels.length
    onImages(done)
  }
  return { images, labels }
}

async function decodeStrips(image: DatasetCard['image'], parts: readonly Buffer[], json: Buffer, onImages: (done: number) => void): Promise<PreparedSplit> {
  const bytes = imageBytes({ image })
  const labels = readJsonLabels(json)
  const perPart = labels.length / parts.length
  const images = new Uint8Array(labels.length * bytes)
  let done = 0
  // Pictures are decoded on sharp's own threads, side by side.
  await Promise.all(
    parts.map(async (part, index) => {
      images.set(await readPngStrip(part, { pixels: image.height * image.width, channels: image.channels }, perPart), index * perPart * bytes)
      done += perPart
      onImages(done)
    }),
  )
  return { images, labels }
}
