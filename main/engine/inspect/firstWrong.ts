import { setImmediate as eventLoopTurn } from 'node:timers/promises'
import type { WrongSearch } from '../../../core/contract/inspectContract.ts'
import { searchOrder, type SearchEvent } from '../../../core/inspect/imageSearch.ts'
import { largestIndex, probabilitiesFrom } from '../../../core/inspect/probabilities.ts'
import { measure } from '../../../core/network/geometry.ts'
import { logitsOf } from './answers.ts'
import { imagesAtOnce } from './batchSize.ts'
import { ImageList } from './imageList.ts'
import type { LookTools } from './lookTools.ts'
import { paceOf } from '../shared/pace.ts'

/** Images of the first batch. The next one is twice as large, and so on: a wrong answer is often near. */
const firstBatch = 8

/**
 * Looks for the first image that a network answers wrongly, a batch at a time. Ends with `found`, or without it once the
 * signal says that nobody listens.
 * @throws LabError as `ImageList` and `OpenNetworks` do.
 */
export async function* firstWrong(
  { networks, data }: LookTools,
  { config, checkpoint, dataFolder, split, from, label }: WrongSearch,
  signal?: AbortSignal,
): AsyncGenerator<SearchEvent> {
  const list = await ImageList.open(data, { dataFolder, split }, config)
  const numbers = searchOrder(list.labels, { from, label })
  const progress = paceOf(numbers.length)
  const most = imagesAtOnce(measure(config.model))
  const images = list.read(numbers, most)
  try {
    for (let [done, size] = [0, Math.min(most, firstBatch)]; done < numbers.length;) {
      const batch = numbers.subarray(done, done + size)
      const entering = images.next(batch.length)
      const logitsOfBatch = await networks.ask({ config, checkpoint }, (network) =>
        logitsOf(network, entering, config.evaluation.flips),
      )
      const answers = logitsOfBatch.map(
        (logits) => logits.every(Number.isFinite) && largestIndex(probabilitiesFrom(config.model.head, logits)),
      )
      const wrong = answers.findIndex((answer, place) => answer !== list.labels[batch[place]])
      if (wrong !== -1) {
        yield { kind: 'found', number: batch[wrong] }
        return
      }
      done += batch.length
      size = Math.min(most, 2 * size)
      yield progress(done)
      // Other questions are answered between two batches.
      await eventLoopTurn()
      if (signal?.aborted === true) return
    }
    yield { kind: 'found', number: null }
  } finally {
    images.close()
  }
}
