import { checkChoices, type RunChoices } from '../../core/run/choices.ts'
import type { DataChoice, DatasetForm } from '../../core/data/dataChoice.ts'
import type { DatasetEntry, PreparedFormEntry } from '../../core/data/dataset.ts'
import { preparedForm, viewOf, type DatasetView } from '../../core/data/datasetView.ts'
import type { ChosenData } from '../../core/run/presets.ts'
import { refuse } from '../../core/words/problems.ts'
import type { CommandContext } from './context.ts'
import { datasetWork } from './datasetWork.ts'
import { choiceFor, type DataWishes } from './dataWishes.ts'
import { readyDataset } from './readyDataset.ts'

/** A data set that is here in the form that a run needs, and what the run takes of it. */
export interface ReadyData {
  readonly view: DatasetView
  readonly data: ChosenData & { readonly choice: DataChoice }
}

/** What a person asked for: of a data set, and of a run on it. */
export interface WishedData {
  readonly data: DataWishes
  readonly choices: RunChoices
  /** Refuses a set that would have to be downloaded. */
  readonly offline: boolean
}

/**
 * A form of a data set that is here. It is prepared first if needed.
 * @throws LabError why it could not be prepared.
 */
export async function readyForm(
  context: CommandContext,
  known: DatasetEntry,
  form: DatasetForm,
): Promise<{ entry: DatasetEntry; form: PreparedFormEntry }> {
  const { client } = context
  const entry =
    preparedForm(known, form) === null
      ? await datasetWork(context, known.id, () => client.datasets.prepare({ dataset: known.id, form }))
      : known
  return { entry, form: preparedForm(entry, form) ?? refuse('dataset-missing', { dataset: entry.name, id: entry.id }) }
}

/**
 * What a person asked for, with the images that it needs. A missing data set is downloaded, and a missing form
 * prepared.
 * @throws LabError `class-unknown`, `setting-unfit`, `setting-out-of-range`, `batch-too-large`, `bad-input`, or why the
 *   images could not be obtained.
 */
export async function readyData(
  context: CommandContext,
  known: DatasetEntry,
  { data: wishes, choices, offline }: WishedData,
): Promise<ReadyData> {
  // Before a long download, not after it.
  checkChoices(choices, viewOf(known, choiceFor(known, wishes)).sizes.train)
  const here = await readyDataset(context, known, offline)
  // Again, because an incomplete copy may have another usual split.
  const choice = choiceFor(here, wishes)
  const { entry, form } = await readyForm(context, here, choice.form)
  return { view: viewOf(entry, choice), data: { sha256: form.prepared.sha256, choice } }
}
