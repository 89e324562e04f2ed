import type { BatchImage } from '../../core/contract/inspectContract.ts'
import type { BatchOfStep, BatchQuestion } from '../../core/inspect/distorting.ts'
import type { FeedSettings } from '../../core/run/feedSettings.ts'
import { checkFeed } from '../training/checkRequest.ts'
import { dataFolderFor } from '../training/runData.ts'
import { viewOf, choiceOf } from '../../core/data/datasetView.ts'
import { feedSettingsOf, nextStepFor } from './feeds.ts'
import type { Inspection } from './inspection.ts'

/**
 * Images of the batch of a step, as they enter the network.
 * @throws LabError `run-unknown`, `dataset-missing`, `dataset-changed`, `setting-unfit`, or as the engine does.
 */
export async function batchImages(
  { history, datasets, engine }: Inspection,
  { of, step, first, count }: BatchQuestion,
): Promise<{ readonly settings: FeedSettings; readonly step: number; readonly images: readonly BatchImage[] }> {
  const settings = feedSettingsOf(history, of)
  const dataFolder = dataFolderFor(datasets, settings)
  checkFeed(settings, viewOf(datasets.entry(settings.data.dataset), choiceOf(settings.data)).image)
  const chosen = step ?? nextStepFor(history, of)
  const order = { settings, dataFolder, step: chosen, first, count }
  return { settings, step: chosen, images: await engine.ask((inspect) => inspect.batch(order)) }
}

/** Which images the batch of a step has, and what was drawn for them. @throws as `batchImages` does. */
export async function batchOfStep(inspection: Inspection, question: BatchQuestion): Promise<BatchOfStep> {
  const { settings, step, images } = await batchImages(inspection, question)
  return {
    step,
    batch: settings.batch,
    first: question.first,
    images: images.map(({ values: _, ...image }) => image),
  }
}
