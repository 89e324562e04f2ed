import { choiceOf, preparedForm } from '../../core/data/datasetView.ts'
import { refuse } from '../../core/words/problems.ts'
import type { RunConfig, RunRequest } from '../../core/run/run.ts'
import { heldOutImages } from '../../core/run/validation.ts'
import type { DatasetStore } from '../datasets/datasetStore.ts'
import { checkRequest } from './checkRequest.ts'

/**
 * The folder of the data for a request, and the number of images to train on.
 * @throws LabError `dataset-missing`, or the problem with a request that does not fit.
 */
export function dataForRequest(
  datasets: DatasetStore,
  request: RunRequest,
): { readonly dataFolder: string; readonly trainImages: number } {
  const { data } = request.config
  // A damaged or missing set is reported before anything that does not fit it.
  const dataFolder = datasets.folderOf(data.dataset, choiceOf(data).form)
  const { sizes } = checkRequest(request, datasets.entry(data.dataset))
  return { dataFolder, trainImages: sizes.train - heldOutImages(sizes.train, data.validationShare) }
}

/**
 * The folder of the data that a run was trained on.
 * @throws LabError `dataset-missing` or `dataset-changed`.
 */
export function dataFolderFor(datasets: DatasetStore, config: Pick<RunConfig, 'data'>): string {
  const { form } = choiceOf(config.data)
  const folder = datasets.folderOf(config.data.dataset, form)
  const dataset = datasets.entry(config.data.dataset)
  if (preparedForm(dataset, form)?.prepared.sha256 !== config.data.sha256)
    refuse('dataset-changed', { dataset: dataset.name })
  return folder
}
