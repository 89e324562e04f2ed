import { choiceOf } from '../../core/data/datasetView.ts'
import { searchOrder, type SearchEvent } from '../../core/inspect/imageSearch.ts'
import type { ImageSearch } from '../../core/inspect/looking.ts'
import { dataFolderFor } from '../training/runData.ts'
import { checkClass, subjectOf, type Inspection } from './inspection.ts'

/**
 * Looks for an image of a list. Without `wrong`, the lists alone are asked, and neither a checkpoint nor the engine is
 * needed.
 * @param signal Ends the search.
 * @throws LabError `run-unknown`, `class-number-unknown`, `dataset-missing`, `dataset-changed` or `dataset-damaged`, and
 *   where answers are computed, as `subjectOf` and the engine do.
 */
export async function* findImage(
  inspection: Inspection,
  search: ImageSearch,
  signal?: AbortSignal,
): AsyncGenerator<SearchEvent> {
  const { datasets, engine, history } = inspection
  const { split, from, label, wrong } = search
  const { config } = history.run(search.run)
  if (label !== null) checkClass(config, label)
  const dataFolder = dataFolderFor(datasets, config)
  if (wrong) {
    const { order } = subjectOf(inspection, search)
    yield* engine.askParts((inspect) => inspect.firstWrong({ ...order, dataFolder, split, from, label }, { signal }))
    return
  }
  const labels = await datasets.images.labels(config.data.dataset, choiceOf(config.data), split)
  yield { kind: 'found', number: searchOrder(labels, search).at(0) ?? null }
}
