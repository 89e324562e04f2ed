import { setImmediate as eventLoopTurn } from 'node:timers/promises'
import type { VectorsOrder, VectorsPart } from '../../../core/contract/inspectContract.ts'
import { chosenImages } from '../../../core/embedding/chosenImages.ts'
import { measure } from '../../../core/network/geometry.ts'
import { floatsText, wordsText } from '../shared/base64.ts'
import { paceOf } from '../shared/pace.ts'
import { imagesAtOnce } from './batchSize.ts'
import { ImageList } from './imageList.ts'
import type { LookTools } from './lookTools.ts'

/**
 * The output of a layer for test images, batch by batch, so that no more than a batch of it is here at once. Ends after
 * the last one, with `not-finite` as soon as a value is no finite number, or once the signal says that nobody listens.
 * @throws LabError as `ImageList` and `OpenNetworks` do; Error when there is no such layer.
 */
export async function* hiddenVectors(
  { networks, data }: LookTools,
  { config, checkpoint, dataFolder, layer, count: wanted }: VectorsOrder,
  signal?: AbortSignal,
): AsyncGenerator<VectorsPart> {
  const list = await ImageList.open(data, { dataFolder, split: 'test' }, config)
  const numbers = chosenImages(list.labels, wanted)
  yield { kind: 'chosen', numbers: wordsText(numbers) }
  const atOnce = imagesAtOnce(measure(config.model))
  const images = list.read(numbers, atOnce)
  const progress = paceOf(numbers.length)
  try {
    for (let done = 0; done < numbers.length;) {
      const count = Math.min(atOnce, numbers.length - done)
      const entering = images.next(count)
      const values = await networks.ask({ config, checkpoint }, (network) => network.output(layer, entering))
      if (!values.every(Number.isFinite)) {
        yield { kind: 'not-finite' }
        return
      }
      done += count
      yield { ...progress(done), kind: 'vectors', values: floatsText(values) }
      // Other questions are answered between two batches.
      await eventLoopTurn()
      if (signal?.aborted === true) return
    }
  } finally {
    images.close()
  }
}
