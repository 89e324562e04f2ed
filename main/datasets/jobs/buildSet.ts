import { stat } from 'node:fs/promises'
import path from 'node:path'
import { phrase } from '../../../core/words/phrases.ts'
import { formKey, ownForm, type DatasetForm } from '../../../core/data/dataChoice.ts'
import { ownTemplate, type DatasetCard, type PreparedData } from '../../../core/data/dataset.ts'
import type { LeftOut } from '../../../core/data/leftOut.ts'
import type { ReadingWishes } from '../../../core/reading/readingWishes.ts'
import { usualForm } from '../../../core/data/datasetView.ts'
import { imageBytes } from '../../files/preparedCard.ts'
import { SourceError, type DatasetDefinition } from '../definition.ts'
import { checkSpace } from '../store/diskSpace.ts'
import type { ArrayFormat } from '../formats/decode.ts'
import type { JobProgress } from './jobProgress.ts'
import { collectionFolder } from '../store/setFolders.ts'
import { isOwnId } from '../store/ownSets.ts'
import { writeSetFile, type SetFile } from '../store/setFile.ts'
import type { TaskProgress } from '../worker/taskProgress.ts'
import { runTask } from '../worker/runTask.ts'

/** What a job on a set is given: its abort signal, and where it reports progress. */
export interface JobContext {
  readonly signal: AbortSignal
  readonly progress: JobProgress
}

export interface BuildOrder {
  readonly definition: DatasetDefinition
  /** The set's card before its files are read: that of the definition, with the name of a person's own set. */
  readonly card: DatasetCard
  /** The files and folders that hold the set's original material. */
  readonly paths: readonly string[]
  readonly source: PreparedData['source']
  /** Whether they are known to be the published files. */
  readonly published: boolean
  /** Which of the card's editions they are; null if unknown. */
  readonly edition: string | null
  /** How a person's own images are to be read. */
  readonly wishes?: ReadingWishes
  /** An existing folder for temporary files. */
  readonly work: string
  /** Folder of the set, which does not exist yet. */
  readonly into: string
}

/** The formats of arrays in which a set's files may be. */
function arrayFormats({ sources, alsoRead }: DatasetDefinition): ArrayFormat[] {
  return [...sources.map(({ format }) => format), ...alsoRead].filter((format) => format.kind !== 'pictures')
}

/** Reports a task's progress as the progress of the job. */
export function tellTaskProgress({ progress }: JobContext, image: Pick<DatasetCard, 'image'>): TaskProgress {
  return (stage, done, total) =>
    stage === 'preparing' ? progress.images(done, total, imageBytes(image)) : progress.bytes(stage, done, total)
}

/** The card that a form of a set has. */
export function cardOfForm(card: DatasetCard, { side }: DatasetForm): DatasetCard {
  return side === null ? card : { ...card, image: { ...card.image, height: side, width: side } }
}

/**
 * Makes a set's folder from its original files: the collection of its pictures (for a set of pictures), its usual form,
 * and `set.json`.
 * @throws SourceError when the files are not those of the set, LabError for a person's own images and the disk, the
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
  const { stored, missing, leftOut } = await runTask('prepareArrays', task, {
    signal: context.signal,
    onProgress: tellTaskProgress(context, card),
  })
  const genuine = stored.prepared.sha256 === definition.sha256
  if (source !== 'import') {
    if (definition.sha256 !== null && !genuine)
      throw new SourceError(phrase('not-as-published', { sum: stored.prepared.sha256 }))
    if (missing.length > 0) throw new SourceError(phrase('not-whole', { missing: missing.join(', ') }))
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
    ...stated(leftOut),
  })
}

/** As `set.json` states it: an older lab reads the file if nothing was left out. */
function stated(leftOut: readonly LeftOut[]): Pick<SetFile, 'leftOut'> {
  return leftOut.length === 0 ? {} : { leftOut: [...leftOut] }
}

async function buildPictures(
  { definition, card, paths, source, published, edition, wishes = {}, work, into }: BuildOrder,
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
      wishes,
    },
    { signal: context.signal, onProgress },
  )
  const { classes, parts, plan, split = card.split } = collected
  const described: DatasetCard =
    classes === null ? card : { ...card, classes: [...classes], classesRu: [...classes], sizes: sizesOf(parts), split }
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
    ...stated(collected.leftOut),
    ...(plan === undefined ? {} : { plan }),
  })
}

/** The id of the catalogue's entry that reads a set's files. All own sets of a person share one. */
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

/** Total size of the files among these paths. Folders are not counted. */
async function bytesOf(paths: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    paths.map((one) =>
      stat(one).then(
        (found) => (found.isFile() ? found.size : 0),
        () => 0,
      ),
    ),
  ) // A path that cannot be read is reported when it is opened.
  return sizes.reduce((sum, size) => sum + size, 0)
}
