import { phrase } from '../../../core/words/phrases.ts'
import type { BatchImage, BatchOrder as Order } from '../../../core/contract/inspectContract.ts'
import { checkInput } from '../../../core/network/geometry.ts'
import { RandomNumbers } from '../../../core/numbers/random.ts'
import { refuse } from '../../../core/words/problems.ts'
import { TrainingFeed } from '../feed/augment.ts'
import { BatchOrder } from '../feed/batches.ts'
import { drawDistortion } from '../feed/distortion.ts'
import { checkBatch, type DataReader } from '../feed/preparedData.ts'
import { floatsText } from '../shared/base64.ts'
import { trainingSplit } from '../train/trainingSplit.ts'

/**
 * Some images of the batch of a step, exactly as they enter the network: cropped, distorted, mixed and scaled.
 *
 * An image is mixed with the next one only. So beside the wanted ones, one more is enough for the values that the whole
 * batch would give them.
 * @throws LabError `batch-too-large`, `model-invalid`, `bad-input` when `first` lies beyond the batch, or as
 *   `DataReader.taken` does.
 */
export async function batchOfStep(
  reader: DataReader,
  { settings, dataFolder, step, first, count }: Order,
): Promise<BatchImage[]> {
  const { data: source, input, augmentation, batch, seed } = settings
  const data = await reader.taken(dataFolder, source)
  checkBatch(settings, data)
  checkInput({ input }, data.image)
  const random = new RandomNumbers(seed)
  const { trained } = trainingSplit(random, data.trainImages, source.validationShare)
  const all = new BatchOrder(random, trained, batch).turnsOf(step)
  const wanted = all.slice(first, first + count)
  if (wanted.length === 0) refuse('bad-input', { detail: phrase('image-outside-batch', { image: first, batch }) })
  const turns = [...wanted, all[(first + wanted.length) % batch]]
  const order = Uint32Array.from(turns, ({ image }) => image)
  const sequence = data.images.sequence((from, images) => order.subarray(from, from + images))
  try {
    const feed = new TrainingFeed(
      { ...data.image, sequence, labels: data.labels },
      { model: { input }, data: { pixels: source.pixels }, augmentation, batch: turns.length },
      random,
    )
    const { images, labels, mix } = feed.batchOf(turns)
    const size = images.length / turns.length
    return wanted.map((turn, index) => ({
      ...turn,
      label: labels[index],
      mixedLabel: mix === null ? null : mix.labels[index],
      distortion: drawDistortion(augmentation, random, turn, data.image, input),
      values: floatsText(images.subarray(index * size, (index + 1) * size)),
    }))
  } finally {
    sequence.close()
  }
}
