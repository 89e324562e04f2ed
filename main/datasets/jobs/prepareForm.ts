import path from 'node:path'
import { formKey, ownForm, type DatasetForm } from '../../../core/dataChoice.ts'
import type { DatasetCard } from '../../../core/dataset.ts'
import { phrase, type Phrase } from '../../../core/phrases.ts'
import { refuse } from '../../../core/problems.ts'
import { imageBytes } from '../../files/preparedCard.ts'
import { replaceFolder } from '../../files/replaceFolder.ts'
import { makeFolder } from '../../files/makeFolder.ts'
import { cardOfForm, taskProgress, type JobTools } from './buildSet.ts'
import { checkSpace } from '../store/diskSpace.ts'
import { collectionFolder, formFolder } from '../store/setFolders.ts'
import { refuseToWrite, withWork } from '../store/workFolder.ts'
import { writeSetFile } from '../store/setFile.ts'
import type { Slot } from '../store/storedSet.ts'
import { runTask } from '../worker/runTask.ts'

/** Why a set cannot have a form; null where it can. */
export function formProblem(card: DatasetCard, { side, cut }: DatasetForm): Phrase | null {
  if (side === null && !card.ownSize) return phrase('no-own-size', {})
  if (!card.cuts.includes(cut.kind))
    return cut.kind === 'whole' ? phrase('only-objects', {}) : phrase('only-whole-pictures', {})
  return null
}

/**
 * Prepares a form of a set that is here: of its collection, or, of a set of arrays, of its own form.
 * @throws LabError `form-missing` where neither is there, `images-unreadable`, `objects-too-small`, `disk-full` or
 *   `write-failed`; the signal's reason when aborted.
 */
export async function prepareForm(slot: Slot, form: DatasetForm, tools: JobTools): Promise<void> {
  const target = formFolder(slot.folder, form)
  await withWork(slot.folder, async (work) => {
    const into = path.join(work, formKey(form))
    if (slot.collected) await fromCollection(slot, form, into, work, tools)
    else await fromOwnForm(slot, form, into, work, tools)
    tools.signal.throwIfAborted()
    await makeFolder(path.dirname(target)).catch(refuseToWrite(target))
    await replaceFolder(into, target).catch(refuseToWrite(target))
  })
}

async function fromCollection(
  slot: Slot,
  form: DatasetForm,
  into: string,
  work: string,
  tools: JobTools,
): Promise<void> {
  const { set } = slot
  const card = cardOfForm(set?.card ?? slot.definition.card, form)
  tools.progress.begin('preparing')
  const images =
    set?.collection?.parts.reduce((sum, { counts }) => sum + counts.reduce((one, other) => one + other, 0), 0) ?? 0
  await checkSpace(work, images * imageBytes(card), card.name)
  const order = { collection: collectionFolder(slot.folder), into, card, form, source: set?.source ?? 'import' }
  const { broken } = await runTask('form', order, { signal: tools.signal, onProgress: taskProgress(tools, card) })
  if (set !== null && broken.count > set.broken.count)
    await writeSetFile(slot.folder, { ...set, broken: { count: broken.count, first: [...broken.first] } })
}

async function fromOwnForm(slot: Slot, form: DatasetForm, into: string, work: string, tools: JobTools): Promise<void> {
  const own = slot.form(ownForm)
  const { card: known } = slot.definition
  if (own === null || form.side === null)
    return refuse('form-missing', { dataset: known.name, id: known.id, form: formKey(form) })
  const { card } = own.stored
  const image = { ...card.image, height: form.side, width: form.side }
  tools.progress.begin('preparing')
  await checkSpace(work, (card.sizes.train + card.sizes.test) * imageBytes({ image }), card.name)
  await runTask(
    'resize',
    { own: own.folder, stored: own.stored, into, form, image },
    { signal: tools.signal, onProgress: taskProgress(tools, { image }) },
  )
}
