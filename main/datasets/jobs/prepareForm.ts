import path from 'node:path'
import { formKey, ownForm, type DatasetForm } from '../../../core/data/dataChoice.ts'
import type { DatasetCard } from '../../../core/data/dataset.ts'
import { phrase, type Phrase } from '../../../core/words/phrases.ts'
import { refuse } from '../../../core/words/problems.ts'
import { imageBytes } from '../../files/preparedCard.ts'
import { replaceFolder } from '../../files/replaceFolder.ts'
import { makeFolder } from '../../files/makeFolder.ts'
import { cardOfForm, tellTaskProgress, type JobContext } from './buildSet.ts'
import { checkSpace } from '../store/diskSpace.ts'
import { collectionFolder, formFolder } from '../store/setFolders.ts'
import { refuseToWrite, withTemporaryFolder } from '../store/temporaryFolder.ts'
import { writeSetFile } from '../store/setFile.ts'
import type { StoredSet } from '../store/storedSet.ts'
import { runTask } from '../worker/runTask.ts'

/** Why a set cannot have a form; null if it can. */
export function formProblem(card: DatasetCard, { side, cut }: DatasetForm): Phrase | null {
  if (side === null && !card.ownSize) return phrase('no-own-size', {})
  if (!card.cuts.includes(cut.kind))
    return cut.kind === 'whole' ? phrase('only-objects', {}) : phrase('only-whole-pictures', {})
  return null
}

/**
 * Prepares a form of a stored set: from its collection, or for a set of arrays from its own form.
 * @throws LabError `form-missing` if neither exists, `images-unreadable`, `objects-too-small`, `disk-full` or
 *   `write-failed`; the signal's reason when aborted.
 */
export async function prepareForm(set: StoredSet, form: DatasetForm, context: JobContext): Promise<void> {
  const target = formFolder(set.folder, form)
  await withTemporaryFolder(set.folder, async (work) => {
    const into = path.join(work, formKey(form))
    if (set.hasPictures) await fromCollection(set, form, into, work, context)
    else await fromOwnForm(set, form, into, work, context)
    context.signal.throwIfAborted()
    await makeFolder(path.dirname(target)).catch(refuseToWrite(target))
    await replaceFolder(into, target).catch(refuseToWrite(target))
  })
}

async function fromCollection(
  set: StoredSet,
  form: DatasetForm,
  into: string,
  work: string,
  context: JobContext,
): Promise<void> {
  const { file } = set
  const card = cardOfForm(file?.card ?? set.definition.card, form)
  context.progress.begin('preparing')
  const images =
    file?.collection?.parts.reduce((sum, { counts }) => sum + counts.reduce((one, other) => one + other, 0), 0) ?? 0
  await checkSpace(work, images * imageBytes(card), card.name)
  const order = { collection: collectionFolder(set.folder), into, card, form, source: file?.source ?? 'import' }
  const { broken } = await runTask('preparePictures', order, {
    signal: context.signal,
    onProgress: tellTaskProgress(context, card),
  })
  if (file !== null && broken.count > file.broken.count)
    await writeSetFile(set.folder, { ...file, broken: { count: broken.count, first: [...broken.first] } })
}

async function fromOwnForm(
  set: StoredSet,
  form: DatasetForm,
  into: string,
  work: string,
  context: JobContext,
): Promise<void> {
  const own = set.checkedForm(ownForm)
  const { card: known } = set.definition
  if (own === null || form.side === null)
    return refuse('form-missing', { dataset: known.name, id: known.id, form: formKey(form) })
  const { card } = own.stored
  const image = { ...card.image, height: form.side, width: form.side }
  context.progress.begin('preparing')
  await checkSpace(work, (card.sizes.train + card.sizes.test) * imageBytes({ image }), card.name)
  await runTask(
    'resizeForm',
    { own: own.folder, stored: own.stored, into, form, image },
    { signal: context.signal, onProgress: tellTaskProgress(context, { image }) },
  )
}
