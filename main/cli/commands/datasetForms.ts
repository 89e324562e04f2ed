import { formKey } from '../../../core/dataChoice.ts'
import { usualChoice, viewOf } from '../../../core/datasetView.ts'
import { readyForm } from '../chosenData.ts'
import type { Command } from '../arguments.ts'
import type { CommandContext } from '../context.ts'
import { formFor } from '../dataWishes.ts'
import { datasetWork } from '../datasetWork.ts'
import { bytes } from '../format.ts'
import { datasetEntry } from '../getDataset.ts'

/** `lab dataset prepare ID`: a form of the set is prepared afterwards. */
export async function prepareForm(
  context: CommandContext,
  { dataset, form: wishes }: Extract<Command, { name: 'dataset prepare' }>,
): Promise<void> {
  const known = await datasetEntry(context, dataset)
  const { entry, form } = await readyForm(context, known, formFor(known, wishes))
  const { sizes } = viewOf(entry, { ...usualChoice(entry), form: form.form })
  const result = {
    event: 'done',
    dataset,
    form: form.form,
    train: sizes.train,
    test: sizes.test,
    prepared: form.prepared,
    twins: form.twins,
  }
  context.output.tell(
    result,
    `${entry.name} is prepared as “${formKey(form.form)}”: ${sizes.train} training and ${sizes.test} test images of ${form.image.width} x ${form.image.height}, ${bytes(form.prepared.bytes)}.`,
  )
}

/** `lab dataset pack ID`: all of the set is in one file afterwards. */
export async function packDataset(
  context: CommandContext,
  { dataset, file }: Extract<Command, { name: 'dataset pack' }>,
): Promise<void> {
  const packed = await datasetWork(context, dataset, () => context.client.datasets.pack({ dataset, file }))
  context.output.tell(
    { event: 'done', dataset, ...packed },
    `${packed.file} has ${bytes(packed.bytes)}. “lab dataset import ${dataset} FILE” takes it on another computer.`,
  )
}

/** `lab dataset remove ID`: nothing of the set is on this computer afterwards. */
export async function removeDataset({ client, output }: CommandContext, dataset: string): Promise<void> {
  const { name } = await client.datasets.remove({ dataset })
  output.tell({ event: 'done', dataset, state: 'absent' }, `${name} is no longer on this computer. Its runs are kept.`)
}
