import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import type { DatasetCard } from '../core/data/dataset.ts'
import { heldInMemory } from '../core/network/memoryEstimate.ts'
import { requestFor } from '../core/run/presets.ts'
import { cifar10 } from '../main/datasets/sets/cifar10.ts'
import type { RunConfig } from '../core/run/run.ts'
import { imageBytes, type PreparedSplit } from '../main/files/preparedCard.ts'
import { readPreparedForm, writePreparedForm, type PreparedArrays } from '../main/files/preparedForm.ts'
import type { ConvLab } from './contestants/convLab.ts'
import { stepsFor } from './interleave.ts'
import type { ReadingResult } from './results.ts'

/**
 * Sides of the images: those of CIFAR-10, and the largest that a set is prepared in, of which each has sixteen times as
 * many bytes.
 */
const sides = [32, 128] as const

const batch = 250
const uncountedSteps = 6

/**
 * Bytes of images in a form that the engine holds in memory, and in one that it does not: a little below its limit, and
 * far above.
 */
const below = 0.96 * heldInMemory
const above = 1.5 * heldInMemory

/** So many images of CIFAR-10, repeated, each pixel enlarged to a square of `scale` x `scale`. */
function enlarged(
  { images, labels }: PreparedSplit,
  image: DatasetCard['image'],
  scale: number,
  count: number,
): PreparedSplit {
  const { height, width, channels } = image
  const side = width * scale
  const into = new Uint8Array(count * height * scale * side * channels)
  let at = 0
  for (let index = 0; index < count; index += 1) {
    const from = (index % labels.length) * height * width * channels
    for (let y = 0; y < height * scale; y += 1) {
      for (let x = 0; x < side; x += 1) {
        const pixel = from + (Math.floor(y / scale) * width + Math.floor(x / scale)) * channels
        for (let channel = 0; channel < channels; channel += 1, at += 1) into[at] = images[pixel + channel]
      }
    }
  }
  return { images: into, labels: Uint16Array.from({ length: count }, (_, index) => labels[index % labels.length]) }
}

interface Form {
  readonly folder: string
  readonly config: RunConfig
}

/** A form with so many bytes of images of this side, and a configuration that trains the Quick network on it. */
async function formOf(
  folder: string,
  { card, train, test }: PreparedArrays,
  side: number,
  bytes: number,
): Promise<Form> {
  const scale = side / card.image.width
  const image = { ...card.image, height: side, width: side }
  const testImages = batch
  const count = Math.floor(bytes / imageBytes({ image })) - testImages
  const larger = { ...card, image, sizes: { train: count, test: testImages } }
  const { prepared } = await writePreparedForm(folder, {
    card: larger,
    source: 'package',
    train: enlarged(train, card.image, scale, count),
    test: enlarged(test, card.image, scale, testImages),
  })
  const view = { ...larger, pixelStatistics: cifar10.pixelStatistics }
  const { config } = requestFor('quick', view, prepared, { batch, learningRate: 0.02, schedule: 'constant' })
  return { folder, config }
}

async function imagesPerSecond(lab: ConvLab, { folder, config }: Form, steps: number): Promise<number> {
  const seconds = await lab.secondsOfSteps(config, uncountedSteps + steps, folder)
  return (batch * steps) / (seconds[seconds.length - 1] - seconds[uncountedSteps - 1])
}

/**
 * How fast the Quick network trains on images that are read from their files, beside the same held in memory, in turns.
 */
export async function readingAhead(
  lab: ConvLab,
  data: string,
  work: string,
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
  tell: (text: string) => void,
): Promise<ReadingResult[]> {
  const arrays = await readPreparedForm(data)
  const results: ReadingResult[] = []
  for (const side of sides) {
    const folder = await mkdtemp(path.join(work, `images-${side}-`))
    try {
      const held = await formOf(path.join(folder, 'held'), arrays, side, below)
      const read = await formOf(path.join(folder, 'read'), arrays, side, above)
      const steps = stepsFor(await imagesPerSecond(lab, held, 3), batch, seconds)
      const result = { side, inMemory: new Array<number>(), fromFiles: new Array<number>() }
      for (let round = 1; round <= rounds; round += 1) {
        tell(`Images of ${side} pixels from memory and from their files, round ${round} of ${rounds}`)
        result.inMemory.push(await imagesPerSecond(lab, held, steps))
        result.fromFiles.push(await imagesPerSecond(lab, read, steps))
      }
      results.push(result)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
  return results
}
