import { setImmediate as eventLoopTurn } from 'node:timers/promises'
import type { ExciteOrder, ExcitePart } from '../../../core/contract/inspectContract.ts'
import { mostExciting } from '../../../core/inspect/exciting.ts'
import { HighestPeaks } from '../../../core/inspect/highestPeaks.ts'
import { mapsIn } from '../../../core/inspect/mapFigures.ts'
import { measure } from '../../../core/network/geometry.ts'
import { floatsText, wordsText } from '../shared/base64.ts'
import { imagesAtOnce } from './batchSize.ts'
import { ImageList } from './imageList.ts'
import type { LookTools } from './lookTools.ts'
import { paceOf } from '../shared/pace.ts'

/**
 * The images of a list that excite each map of a layer most: a pass over all of them, and one over those that were found
 * to see where. So maps themselves never leave TensorFlow, which would take much memory. Ends with `found`, or without
 * it once the signal says that nobody listens.
 * @throws LabError as `ImageList` and `OpenNetworks` do; Error when there is no such layer.
 */
export async function* excited(
  { networks, data }: LookTools,
  { config, checkpoint, dataFolder, split, layer }: ExciteOrder,
  signal?: AbortSignal,
): AsyncGenerator<ExcitePart> {
  const subject = { config, checkpoint }
  const list = await ImageList.open(data, { dataFolder, split }, config)
  const atOnce = imagesAtOnce(measure(config.model))
  /** Batches of images with their numbers; other questions are answered between two of them. */
  async function* batchesOf(
    numbers: Uint32Array,
  ): AsyncGenerator<readonly [numbers: Uint32Array, images: Float32Array]> {
    const images = list.read(numbers, atOnce)
    try {
      for (let done = 0; done < numbers.length && signal?.aborted !== true; done += atOnce) {
        const batch = numbers.subarray(done, done + atOnce)
        yield [batch, images.next(batch.length)]
        await eventLoopTurn()
      }
    } finally {
      images.close()
    }
  }

  const numbers = Uint32Array.from(list.labels, (_, number) => number)
  const maps = await networks.ask(subject, (network) => mapsIn(network.shapeOf(layer)))
  const peaks = new HighestPeaks(maps, mostExciting)
  const progress = paceOf(numbers.length)
  for await (const [batch, images] of batchesOf(numbers)) {
    const found = await networks.ask(subject, (network) => network.peaks(layer, images))
    batch.forEach((number, place) => peaks.add(number, found.subarray(place * maps, (place + 1) * maps)))
    yield progress(batch[batch.length - 1] + 1)
  }
  for await (const [batch, images] of batchesOf(peaks.images())) {
    const found = await networks.ask(subject, (network) => network.places(layer, images))
    batch.forEach((number, place) => peaks.locate(number, found.subarray(place * maps, (place + 1) * maps)))
  }
  if (signal?.aborted === true) return
  yield {
    kind: 'found',
    values: floatsText(peaks.values),
    numbers: wordsText(peaks.numbers),
    places: wordsText(peaks.places),
  }
}
