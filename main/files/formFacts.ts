import { hash } from 'node:crypto'
import { statSync } from 'node:fs'
import { open, readFile, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { Split } from '../../core/data/dataset.ts'
import { writeFileAtomically } from './atomicFile.ts'
import { imageBytes, type PreparedCard } from './preparedCard.ts'

// Facts about a form that are too slow to compute each time they are shown: equal images, and the average image of each
// class. Both lie next to the arrays:
//   twins      uint32, little endian [image, 2]: for each image with twins its index, and the index of the first image
//              with the same pixels; ascending
//   averages   uint8 [class, height, width, channels]: the mean of a class's images, rounded; black for a class without
//              images

/** Bytes of images read at once. */
const readAtOnce = 1 << 22
/** Bytes of sums held in memory at once. If a set needs more, its images are read several times. */
const sumsAtOnce = 128e6

/**
 * An image of a form: its index over all images, training images first; its label; its pixels, valid until the next
 * image is requested.
 */
interface FormImage {
  readonly index: number
  readonly label: number
  readonly pixels: Uint8Array
}

/** All images of a form, in order. */
async function* imagesOf(folder: string, { card }: PreparedCard): AsyncGenerator<FormImage> {
  const bytes = imageBytes(card)
  const together = Math.max(1, Math.floor(readAtOnce / bytes))
  const buffer = Buffer.alloc(together * bytes)
  let index = 0
  for (const split of Split.options) {
    const labels = await readFile(path.join(folder, `${split}.labels`))
    const handle = await open(path.join(folder, `${split}.images`))
    try {
      for (let first = 0; first < card.sizes[split]; first += together) {
        const count = Math.min(together, card.sizes[split] - first)
        await readWhole(handle, buffer.subarray(0, count * bytes), first * bytes)
        for (let image = 0; image < count; image += 1) {
          yield {
            index,
            label: labels.readUInt16LE(2 * (first + image)),
            pixels: buffer.subarray(image * bytes, (image + 1) * bytes),
          }
          index += 1
        }
      }
    } finally {
      await handle.close()
    }
  }
}

/**
 * Fills a buffer from a file, because one call may read less than requested. @throws Error when the file ends early.
 */
async function readWhole(handle: FileHandle, into: Uint8Array, position: number): Promise<void> {
  let done = 0
  while (done < into.byteLength) {
    const { bytesRead } = await handle.read(into, done, into.byteLength - done, position + done)
    if (bytesRead === 0) throw new Error('a file of images is shorter than it was')
    done += bytesRead
  }
}

/**
 * Computes and stores the facts about a form. Takes processor time, so call it in a worker.
 * @param onImages Called with the number of images processed so far.
 * @throws LabError `disk-full` or `write-failed`; the system's error when the arrays cannot be read.
 */
export async function writeFacts(
  folder: string,
  stored: PreparedCard,
  onImages: (done: number) => void = () => undefined,
): Promise<void> {
  const { card, parts } = stored
  const bytes = imageBytes(card)
  const counts = card.classes.map((_, label) => parts.reduce((sum, part) => sum + part.counts[label], 0))
  const classesAtOnce = Math.max(1, Math.floor(sumsAtOnce / (4 * bytes)))
  const averages: Uint8Array[] = []
  const twins = new Twins()
  for (let first = 0; first < card.classes.length; first += classesAtOnce) {
    const classes = counts.slice(first, first + classesAtOnce)
    // Integers: exact up to 16 million images per class.
    const sums = new Uint32Array(classes.length * bytes)
    for await (const { index, label, pixels } of imagesOf(folder, stored)) {
      if (first === 0) twins.add(index, pixels)
      if (label >= first && label < first + classes.length) addTo(sums, (label - first) * bytes, pixels)
      if (first === 0) onImages(index + 1)
    }
    averages.push(Uint8Array.from(sums, (sum, at) => Math.round(sum / Math.max(1, classes[Math.floor(at / bytes)]))))
  }
  await writeFileAtomically(path.join(folder, 'averages'), averages)
  await writeFileAtomically(path.join(folder, 'twins'), [new Uint8Array(twins.pairs().buffer)])
}

function addTo(sums: Uint32Array, from: number, pixels: Uint8Array): void {
  for (let at = 0; at < pixels.length; at += 1) sums[from + at] += pixels[at]
}

/** Finds images with equal pixels by their hashes. */
class Twins {
  readonly #first = new Map<string, number>()
  readonly #pairs = new Map<number, number>()

  add(index: number, pixels: Uint8Array): void {
    const key = hash('sha256', pixels, 'base64url')
    const first = this.#first.get(key)
    if (first === undefined) this.#first.set(key, index)
    else this.#pairs.set(first, first).set(index, first)
  }

  /** uint32 `[image, 2]`, as stored in the file. */
  pairs(): Uint32Array<ArrayBuffer> {
    return Uint32Array.from([...this.#pairs].sort(([one], [other]) => one - other).flat())
  }
}

/** Number of images of a form that have a twin; null if not computed yet. */
export function twinCount(folder: string): number | null {
  const size = statSync(path.join(folder, 'twins'), { throwIfNoEntry: false })?.size
  return size === undefined ? null : size / 8
}

/** For each image with twins, in ascending order: its index and that of the first image with the same pixels. */
export async function readTwins(folder: string): Promise<(readonly [image: number, first: number])[]> {
  const bytes = await readFile(path.join(folder, 'twins'))
  return Array.from(
    { length: bytes.byteLength / 8 },
    (_, pair) => [bytes.readUInt32LE(8 * pair), bytes.readUInt32LE(8 * pair + 4)] as const,
  )
}

/**
 * The average image of a class, uint8 `[height, width, channels]`; null for a class that is empty or does not exist.
 */
export async function readAverage(
  folder: string,
  { card, parts }: PreparedCard,
  label: number,
): Promise<Uint8Array | null> {
  if (!parts.some(({ counts }) => (counts[label] ?? 0) > 0)) return null
  const average = new Uint8Array(imageBytes(card))
  const handle = await open(path.join(folder, 'averages'))
  try {
    await readWhole(handle, average, label * average.byteLength)
  } finally {
    await handle.close()
  }
  return average
}
