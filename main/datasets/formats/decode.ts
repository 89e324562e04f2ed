import type { DatasetCard, Split } from '../../../core/dataset.ts'
import { imageBytes, type PreparedSplit } from '../../files/preparedCard.ts'
import { SourceError } from '../definition.ts'
import type { Format } from '../definition.ts'
import { readIdx } from './idx.ts'
import { readPlanarRecords } from './planarRecords.ts'
import { readJsonLabels, readPngStrip } from './pngStrip.ts'

/** A format of arrays, which are decoded at once. */
export type ArrayFormat = Exclude<Format, { kind: 'pictures' }>

/** The base names of the files that a format consists of. */
export function filesOf(format: ArrayFormat): ReadonlySet<string> {
  if (format.kind === 'idx') return new Set([...Object.values(format.train), ...Object.values(format.test)])
  if (format.kind === 'png-strips') return new Set([format.train, format.test].flatMap(({ pictures, labels }) => [...pictures, labels]))
  return new Set([...format.train, ...format.test])
}

/**
 * Turns the files of one split into its arrays.
 * @param onImages told the number of images that are ready, as they become so.
 * @throws SourceError when the files are not what the format and the card say.
 */
export async function decodeSplit(format: ArrayFormat, split: Split, card: DatasetCard, files: ReadonlyMap<string, Buffer>, onImages: (done: number) => void): Promise<PreparedSplit> {
  const { height, width, channels } = card.image
  const count = card.sizes[split]
  const shape = { pixels: height * width, channels }
  const bytesOf = (name: string): Buffer => {
    const bytes = files.get(name)
    if (bytes === undefined) throw new SourceError(`${name} is not in it`)
    return bytes
  }

  if (format.kind === 'idx') {
    const images = readIdx(bytesOf(format[split].images), channels === 1 ? [count, height, width] : [count, height, width, channels])
    const labels = Uint16Array.from(readIdx(bytesOf(format[split].labels), [count]))
    onImages(count)
    return { images, labels }
  }

  if (format.kind === 'pickles') throw new SourceError('pickles are not read')
  const images = new Uint8Array(count * imageBytes(card))
  const parts = format.kind === 'png-strips' ? format[split].pictures : format[split]
  const perPart = count / parts.length
  const labels = format.kind === 'png-strips' ? readJsonLabels(bytesOf(format[split].labels), count) : new Uint16Array(count)
  let done = 0
  await Promise.all(
    parts.map(async (name, part) => {
      const first = part * perPart
      const target = images.subarray(first * imageBytes(card), (first + perPart) * imageBytes(card))
      if (format.kind !== 'png-strips') {
        const coarser = format.kind === 'coarse-planar-records' ? 1 : 0
        readPlanarRecords(bytesOf(name), { ...shape, coarser }, { images: target, labels: labels.subarray(first, first + perPart) })
      }
      // Pictures are decoded on sharp's own threads, side by side.
      else target.set(await readPngStrip(bytesOf(name), shape, perPart))
      done += perPart
      onImages(done)
    }),
  )
  return { images, labels }
}
