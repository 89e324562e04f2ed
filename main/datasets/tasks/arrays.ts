import type { DatasetCard, PreparedData, Split } from '../../../core/dataset.ts'
import { ownForm } from '../../../core/dataChoice.ts'
import { writeFacts } from '../../files/formFacts.ts'
import type { PreparedCard, PreparedSplit } from '../../files/preparedCard.ts'
import { PreparedFormWriter } from '../../files/preparedFormWriter.ts'
import { SourceError } from '../definition.ts'
import { decodeSplit, filesOf, findArrays, type ArrayFormat, type FoundArrays } from '../formats/decode.ts'
import type { OriginalsPlace } from './collect.ts'
import { readOriginals } from './collect.ts'
import type { Progress } from './progress.ts'

/** Prepares the own form of a set of arrays out of its files. */
export interface ArraysTask {
  readonly originals: OriginalsPlace
  /** The set's card; its sizes are those of a whole set. */
  readonly card: DatasetCard
  readonly formats: readonly ArrayFormat[]
  readonly source: PreparedData['source']
  /** Folder of the form, which does not exist yet. */
  readonly into: string
}

export interface PreparedArraysSet {
  readonly stored: PreparedCard
  /** What a whole set has and this one lacks. */
  readonly missing: readonly string[]
}

/**
 * @throws SourceError when the files are not those of the set or cannot be read, LabError when the disk refuses.
 */
export async function prepareArrays({ originals, card, formats, source, into }: ArraysTask, onProgress: Progress, signal: AbortSignal): Promise<PreparedArraysSet> {
  const { missing, ...splits } = await decoded(originals, card, formats, onProgress, signal)
  const writer = await PreparedFormWriter.create(into, { card, grouped: false })
  try {
    await writer.add('train', splits.train)
    await writer.add('test', splits.test)
    const stored = await writer.finish({ card, form: ownForm, source })
    await writeFacts(into, stored)
    return { stored, missing }
  } finally {
    await writer.abandon()
  }
}

/** Decodes both splits. What is not returned (the files themselves) may go before anything is written. */
async function decoded(
  originals: OriginalsPlace,
  card: DatasetCard,
  formats: readonly ArrayFormat[],
  onProgress: Progress,
  signal: AbortSignal,
): Promise<Readonly<Record<Split, PreparedSplit>> & { missing: string[] }> {
  const total = card.sizes.train + card.sizes.test
  const tell = (done: number): void => onProgress('preparing', Math.min(done, total), total)
  try {
    const found = await findArrays(readOriginals(originals, onProgress, signal), formats)
    tell(0)
    const train = await decodeSplit(found.format, 'train', card, found.files, tell)
    const test = await decodeSplit(found.format, 'test', card, found.files, (images) => tell(train.labels.length + images))
    const counts = { train: train.labels.length, test: test.labels.length }
    if (counts.train + counts.test === 0) throw new SourceError('its files hold no image')
    if ([train, test].some(({ labels }) => labels.some((label) => label >= card.classes.length))) throw new SourceError('it has labels that the set has not')
    const missing = missingOf(found, card, counts)
    // Where only test images have come, they are all that there is to train with; a run divides them by a draw.
    return counts.train > 0 ? { train, test, missing } : { train: test, test: train, missing }
  } catch (thrown) {
    if (thrown instanceof SourceError || signal.aborted) throw thrown
    // Whatever stops the reading (a broken picture or table) is the source's failure.
    throw new SourceError(thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown })
  }
}

function missingOf({ format, files }: FoundArrays, { sizes }: DatasetCard, counts: Readonly<Record<Split, number>>): string[] {
  const absent = [...filesOf(format)].filter((name) => !files.has(name))
  const short = (['train', 'test'] as const).flatMap((split) => (counts[split] < sizes[split] ? [`${split} ${counts[split]}/${sizes[split]}`] : []))
  return [...absent, ...short].slice(0, 20)
}
