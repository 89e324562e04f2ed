import { setImmediate as eventLoopTurn } from 'node:timers/promises'
import type { TestPassOrder, TestPassPart } from '../../../core/contract/inspectContract.ts'
import { PassBuilder } from '../../../core/errors/passBuilder.ts'
import { packPass } from '../../../core/errors/testPass.ts'
import { classesOf } from '../../../core/network/geometry.ts'
import { bytesText } from '../shared/base64.ts'
import { measuredBatch } from '../train/evaluate.ts'
import { ImageList } from './imageList.ts'
import type { LookTools } from './lookTools.ts'
import { paceOf } from '../shared/pace.ts'

/**
 * A pass over the test set in the batches of a run's evaluation and with its graph. Ends with `passed`, with
 * `not-finite` as soon as an answer is no finite number, or without either once the signal says that nobody listens.
 * @throws LabError as `ImageList` and `OpenNetworks` do.
 */
export async function* testPass(
  { networks, data }: LookTools,
  { config, checkpoint, dataFolder }: TestPassOrder,
  signal?: AbortSignal,
): AsyncGenerator<TestPassPart> {
  const list = await ImageList.open(data, { dataFolder, split: 'test' }, config)
  const numbers = Uint32Array.from(list.labels, (_, number) => number)
  const builder = new PassBuilder(config.model.head, list.labels, classesOf(config.model))
  const images = list.read(numbers, measuredBatch)
  const progress = paceOf(numbers.length)
  try {
    for (let done = 0; done < numbers.length;) {
      const count = Math.min(measuredBatch, numbers.length - done)
      const entering = images.next(count)
      const logits = await networks.askEvaluated({ config, checkpoint }, (network) => network.answers(entering))
      if (!builder.add(logits)) {
        yield { kind: 'not-finite' }
        return
      }
      done += count
      yield progress(done)
      // Other questions are answered between two batches.
      await eventLoopTurn()
      if (signal?.aborted === true) return
    }
  } finally {
    images.close()
  }
  yield { kind: 'passed', pass: bytesText(packPass(builder.finish())) }
}
