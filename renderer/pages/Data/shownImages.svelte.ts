import type { DataChoice } from '../../../core/data/dataChoice.ts'
import type { DatasetEntry, PreparedFormEntry } from '../../../core/data/dataset.ts'
import { chosenClasses, preparedForm, usualChoice } from '../../../core/data/datasetView.ts'
import { everything } from '../../state/dataForm.ts'
import type { Listed } from '../../state/dataPage.svelte.ts'
import { nextRun } from '../../state/nextRun.svelte.ts'

/** Which images of a set the page shows, and in which form. */
export interface ShownImages {
  readonly form: PreparedFormEntry
  readonly choice: DataChoice
  /** The labels of the choice, in the order of the choice. */
  readonly labels: readonly number[]
}

/**
 * The images that are shown: in the form that the run takes, or in the usual form while that one is not prepared; null
 * before any form is prepared.
 */
export function shownImages(entry: DatasetEntry, listed: Listed): ShownImages | null {
  const usual = usualChoice(entry)
  const taken = nextRun.choice ?? usual
  const form = preparedForm(entry, taken.form) ?? entry.forms.at(0)
  if (form === undefined) return null
  const choice =
    listed === 'taken'
      ? { ...taken, form: form.form }
      : everything(entry, { form: form.form, labels: nextRun.dataForm?.labels ?? usual.labels, split: taken.split })
  return { form, choice, labels: chosenClasses(entry, choice) }
}
