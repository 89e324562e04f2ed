import { refuse } from '../../core/problems.ts'
import type { RunConfig, RunRequest } from '../../core/run.ts'
import { heldOutImages } from '../../core/validation.ts'
import type { DatasetLibrary } from '../datasets/library.ts'
import { checkRequest } from './checkRequest.ts'

/**
 * Where the data of a request are, and how many images are trained on.
 * @throws LabError `dataset-missing`, or what does not fit in the request.
 */
export function dataForRequest(datasets: DatasetLibrary, request: RunRequest): { readonly dataFolder: string; readonly trainImages: number } {
  const dataset = datasets.entry(request.config.data.dataset)
  const dataFolder = datasets.folderOf(dataset.id)
  checkRequest(request, dataset)
  return { dataFolder, trainImages: dataset.sizes.train - heldOutImages(dataset.sizes.train, request.config.data.validationShare) }
}

/**
 * Folder of the data that a run was trained on.
 * @throws LabError `dataset-missing` or `dataset-changed`.
 */
export function dataFolderFor(datasets: DatasetLibrary, config: RunConfig): string {
  const dataset = datasets.entry(config.data.dataset)
  const folder = datasets.folderOf(dataset.id)
  if (dataset.prepared?.sha256 !== config.data.sha256) refuse('dataset-changed', { dataset: dataset.name })
  return folder
}
