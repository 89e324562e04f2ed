import { stat } from 'node:fs/promises'
import path from 'node:path'
import { formKey, ownForm, type DatasetForm } from '../../../core/data/dataChoice.ts'
import { ownTemplate, type DatasetCard, type PreparedData } from '../../../core/data/dataset.ts'
import { usualForm } from '../../../core/data/datasetView.ts'
import { imageBytes } from '../../files/preparedCard.ts'
import { SourceError, type DatasetDefinition } from '../definition.ts'
import { checkSpace } from '../store/diskSpace.ts'
import type { ArrayFormat } from '../formats/decode.ts'
import type { JobProgress } from './jobProgress.ts'
import { collectionFolder } from '../store/setFolders.ts'
import { isOwnId } from '../store/ownSets.ts'
import { writeSetFile } from '../store/setFile.ts'
import type { TaskProgress } from '../worker/taskProgress.ts'
import { runTask } from '../worker/runTask.ts'

/** What a job with a set is given: its signal, and whom it tells of its progress. */
export interface JobContext {
  readonly signal: AbortSignal
  readonly progress: JobProgress
}

export interface BuildOrder {
  readonly definition: DatasetDefinition
  /**
   * The set's card before its files have said anything: that of the definition, under the name of a person's own set.
   */
  readonly card: DatasetCard
  /** The files and folders that hold the set's original material. */
  readonly paths: readonly string[]
  readonly source: PreparedData['source']
  /** Whether they are known to be the published files. */
  readonly published: boolean
  /** Which of the card's editions they are, where that is known. */
  readonly edition: string | null
  /** A folder for whatever is gone afterwards; it exists. */
  readonly work: string
  /** Folder of the set, which does not exist yet. */
  readonly into: string
}

/** The formats of arrays in which a set's files may be. */
function arrayFormats({ sources, alsoRead }: DatasetDefinition): ArrayFormat[] {
  return [...sources.map(({ format }) => format), ...alsoRead].filter((format) => format.kind !== 'pictures')
}

/** Progress of a task, as the job tells it. */
export function tellTaskProgress({ progress }: JobContext, image: Pick<DatasetCard, 'image'>): TaskProgress {
  return (stage, done, total) =>
    stage === 'preparing' ? progress.images(done, total, imageBytes(image)) : progress.bytes(stage, done, total)
}

/** The card that a form of a set has. */
export function cardOfForm(card: DatasetCard, { side }: DatasetForm): DatasetCard {
  return side === null ? card : { ...card, image: { ...card.image, height: side, width: side } }
}

/**
 * Makes a set's folder out of its original material: the collection of its pictures, if it is a set of pictures, its
 * usual form, and what is known of the set.
 * @throws SourceError when the material is not that of the set, LabError for a person's own images and the disk, the
 *   signal's reason when aborted.
 */
export async function buildSet(order: BuildOrder, context: JobContext): Promise<void> {
  context.progress.begin('reading')
  if (order.definition.pictures === null) await buildArrays(order, context)
  else await buildPictures(order, context)
}

async function buildArrays(
  { definition, card, paths, source, published, edition, work, into }: BuildOrder,
  context: JobContext,
): Promise<void> {
  const originals = { paths, temporary: path.join(work, 'archives') }
  const task = {
    originals,
    card,
    formats: arrayFormats(definition),
    source,
    into: path.join(into, 'forms', formKey(ownForm)),
  }
  const { stored, missing } = await runTask('prepareArrays', task, {
    signal: context.signal,
    onProgress: tellTaskProgress(context, card),
  })
  const genuine = stored.prepared.sha256 === definition.sha256
  if (source !== 'import') {
    if (definition.sha256 !== null && !genuine)
      throw new SourceError(`its images or labels are not the published ones (sha256 ${stored.prepared.sha256})`)
    if (missing.length > 0) throw new SourceError(`it is not whole (${missing.join(', ')})`)
  }
  await writeSetFile(into, {
    format: 1,
    card,
    source,
    collection: null,
    published: published || genuine,
    edition,
    broken: { count: 0, first: [] },
    missing: [...missing],
  })
}

async function buildPictures(
  { definition, card, paths, source, published, edition, work, into }: BuildOrder,
  context: JobContext,
): Promise<void> {
  const onProgress = tellTaskProgress(context, card)
  const collection = path.join(into, 'collection')
  await checkSpace(work, await bytesOf(paths), card.name)
  const collected = await runTask(
    'collectPictures',
    {
      originals: { paths, temporary: path.join(work, 'archives') },
      definition: readerOf(definition.card.id),
      into: collection,
    },
    { signal: context.signal, onProgress },
  )
  const { classes, parts } = collected
  const described: DatasetCard =
    classes === null ? card : { ...card, classes: [...classes], classesRu: [...classes], sizes: sizesOf(parts) }
  const form = usualForm(described)
  const of = cardOfForm(described, form)
  await checkSpace(work, collected.collection.rows.images * imageBytes(of), card.name)
  const { broken } = await runTask(
    'preparePictures',
    { collection: collectionFolder(into), into: path.join(into, 'forms', formKey(form)), card: of, form, source },
    { signal: context.signal, onProgress },
  )
  await writeSetFile(into, {
    format: 1,
    card: described,
    source,
    collection: { parts: [...parts], bytes: collected.collection.pictures.bytes + collected.collection.rows.bytes },
    published,
    edition: edition ?? collected.edition,
    broken: { count: broken.count, first: [...broken.first] },
    missing: [...collected.missing],
  })
}

/** The catalogue's entry that tells a set's files apart: a person's own sets are all read alike. */
function readerOf(id: string): string {
  return isOwnId(id) ? ownTemplate : id
}

function sizesOf(
  parts: readonly { readonly split: string; readonly counts: readonly number[] }[],
): DatasetCard['sizes'] {
  const sum = (split: string): number =>
    parts.reduce(
      (total, part) => total + (part.split === split ? part.counts.reduce((one, other) => one + other, 0) : 0),
      0,
    )
  return { train: sum('train'), test: sum('test') }
}

/** Bytes of the files among these paths: what of them is a folder is not counted. */
async function bytesOf(paths: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    paths.map((one) =>
      stat(one).then(
        (found) => (found.isFile() ? found.size : 0),
        () => 0,
      ),
    ),
  ) // What cannot be looked at is told of when it is read.
  return sizes.reduce((sum, size) => sum + size, 0)
}
