import type { CardSubject } from '../../core/export/modelCard.ts'
import { choiceOf, viewOf } from '../../core/data/datasetView.ts'
import { classesOf } from '../../core/network/geometry.ts'
import type { RunSummary } from '../../core/run/run.ts'
import type { ExportFormat, PixelInput } from '../../core/run/runExport.ts'
import { refuse } from '../../core/words/problems.ts'
import type { DatasetStore } from '../datasets/datasetStore.ts'
import type { History } from '../history/history.ts'
import { version } from '../version.ts'

/** Where what a model card tells of is found. */
export interface CardSources {
  readonly history: History
  readonly datasets: DatasetStore
}

/**
 * What the model card of a run at a step tells of.
 * @throws LabError `dataset-missing`.
 */
export function cardSubject(
  { history, datasets }: CardSources,
  { id, name, config }: RunSummary,
  step: number,
  format: ExportFormat,
  input: PixelInput,
): CardSubject {
  const dataset = datasets.entry(config.data.dataset)
  const { classes, image } = viewOf(dataset, choiceOf(config.data))
  // If the set is gone, or an imported copy lacked classes, we cannot know which classes the run has learned.
  if (classes.length !== classesOf(config.model)) refuse('dataset-missing', { dataset: dataset.name, id: dataset.id })
  const [measured] = history.evaluations({ run: id, after: step === 0 ? null : step - 1, count: 1 })
  const evaluation = measured?.step === step ? measured : null
  return { version, run: { id, name }, config, step, dataset, classes, image, evaluation, format, input }
}
