import { choiceOf, viewOf } from '../../core/data/datasetView.ts'
import { measure } from '../../core/network/geometry.ts'
import type { InitialWeightsEvent, InitialWeightsQuestion } from '../../core/network/initialWeights.ts'
import { checkFeed } from '../training/checkRequest.ts'
import { dataFolderFor } from '../training/runData.ts'
import type { Inspection } from './inspection.ts'

/**
 * The kernels with which a run of these settings would begin. A data set is read only where kernels whiten its images.
 * @param signal Ends it.
 * @throws LabError `model-invalid`, `dataset-missing`, `dataset-changed`, `setting-unfit`, or as the engine does.
 */
export async function* initialWeights(
  { datasets, engine }: Inspection,
  question: InitialWeightsQuestion,
  signal?: AbortSignal,
): AsyncGenerator<InitialWeightsEvent> {
  const variables = measure(question.model).flatMap((layer) => layer.variables)
  const data = variables.some(({ initial }) => initial.kind === 'whitening') ? question.data : null
  const dataFolder = data === null ? null : dataFolderFor(datasets, { data })
  if (data !== null)
    checkFeed({ data, augmentation: { pad: null } }, viewOf(datasets.entry(data.dataset), choiceOf(data)).image)
  const order = { ...question, data, dataFolder }
  yield* engine.askParts((inspect) => inspect.initialWeights(order, { signal }))
}
