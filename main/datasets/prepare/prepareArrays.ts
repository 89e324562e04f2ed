import { phrase, quoted } from '../../../core/words/phrases.ts'
import { Split, type DatasetCard, type PreparedData } from '../../../core/data/dataset.ts'
import { ownForm } from '../../../core/data/dataChoice.ts'
import type { LeftOut } from '../../../core/data/leftOut.ts'
import { writeFacts } from '../../files/formFacts.ts'
import type { PreparedCard, PreparedSplit } from '../../files/preparedCard.ts'
import { PreparedFormWriter } from '../../files/preparedFormWriter.ts'
import { LeftOutCount } from '../archives/leftOutCount.ts'
import { SourceError } from '../definition.ts'
import { decodeSplit, filesOf, findArrays, type ArrayFormat, type FoundArrays } from '../formats/decode.ts'
import { readOriginals, type OriginalsPlace } from './collectPictures.ts'
import type { TaskProgress } from '../worker/taskProgress.ts'

/** Input for preparing the own form of a set of arrays from its files. */
export interface PrepareArraysOrder {
  readonly originals: OriginalsPlace
  /** The set's card; its sizes are those of a whole set. */
  readonly card: DatasetCard
  readonly formats: readonly ArrayFormat[]
  readonly source: PreparedData['source']
  /** Folder of the form, which does not exist yet. */
  readonly into: string
}

export interface PreparedArraysResult {
  readonly stored: PreparedCard
  /** What this copy lacks of the whole set. */
  readonly missing: readonly string[]
  readonly leftOut: readonly LeftOut[]
}

/**
 * Prepares the own form of a set of arrays.
 * @throws SourceError when the files are not those of the set or cannot be read, LabError for disk errors.
 */
export async function prepareArrays(
  { originals, card, formats, source, into }: PrepareArraysOrder,
  onProgress: TaskProgress,
  signal: AbortSignal,
): Promise<PreparedArraysResult> {
  const leftOut = new LeftOutCount()
  const found = await findArrays(readOriginals(originals, onProgress, leftOut.add, signal), formats)
  const absent = [...filesOf(found.format)].filter((name) => !found.files.has(name))
  const writer = await PreparedFormWriter.create(into, { card, grouped: false })
  try {
    const counts = await writeSplits(found, card, writer, onProgress)
    const short = Split.options.flatMap((split) =>
      counts[split] < card.sizes[split] ? [`${split} ${counts[split]}/${card.sizes[split]}`] : [],
    )
    const stored = await writer.finish({ card, form: ownForm, source })
    await writeFacts(into, stored)
    return { stored, missing: [...absent, ...short].slice(0, mostMissing), leftOut: leftOut.list }
  } finally {
    await writer.abandon()
  }
}

/** The most missing parts that are named. */
const mostMissing = 20

/**
 * Decodes and writes both splits.
 * @returns the number of images of each split in the files.
 */
async function writeSplits(
  { format, files }: FoundArrays,
  card: DatasetCard,
  writer: PreparedFormWriter,
  onProgress: TaskProgress,
): Promise<Record<Split, number>> {
  const counts = { train: 0, test: 0 }
  const total = card.sizes.train + card.sizes.test
  onProgress('preparing', 0, total)
  for (const split of Split.options) {
    for await (const part of readable(decodeSplit(format, split, card, files))) {
      if (part.labels.some((label) => label >= card.classes.length)) throw new SourceError(phrase('labels-foreign', {}))
      // If only test images are present, they become training images, and a run divides them by a draw.
      await writer.add(split === 'test' && counts.train === 0 ? 'train' : split, part)
      counts[split] += part.labels.length
      onProgress('preparing', Math.min(counts.train + counts.test, total), total)
    }
  }
  if (counts.train + counts.test === 0) throw new SourceError(phrase('files-without-image', {}))
  return counts
}

/** Turns any error while decoding (a broken picture or table) into a failure of the source. */
async function* readable(parts: AsyncGenerator<PreparedSplit>): AsyncGenerator<PreparedSplit> {
  try {
    yield* parts
  } catch (thrown) {
    throw thrown instanceof SourceError
      ? thrown
      : new SourceError(quoted(thrown instanceof Error ? thrown.message : String(thrown)), {
          cause: thrown,
        })
  }
}
