import { saliencyOf } from '../../core/inspect/classEvidence.ts'
import type { HeatMap, SaliencyQuestion } from '../../core/inspect/explaining.ts'
import { heatMapOf } from '../../core/inspect/heatMap.ts'
import { mapExtents } from '../../core/inspect/mapFigures.ts'
import { refuse } from '../../core/words/problems.ts'
import { floatsIn } from '../engine/shared/base64.ts'
import { answerKey } from './answerKey.ts'
import { imageOfClass, type FoundQuestion } from './imageOfClass.ts'
import type { Inspection } from './inspection.ts'

/**
 * The saliency of each pixel that enters the network for a class.
 * @throws LabError `answer-not-finite`, or as `imageOfClass` and the engine do.
 */
export async function saliency(
  inspection: Inspection,
  question: SaliencyQuestion,
): Promise<FoundQuestion & { readonly map: HeatMap }> {
  const found = await imageOfClass(inspection, question)
  const { run, checkpoint, image, order } = found
  const { label } = question
  const key = answerKey(order, image.order, { label })
  const { shape, values } = await inspection.explained.imageGradients.of(key, async () => {
    const asked = { ...order, image: image.order, label }
    const gradient = await inspection.engine.ask((inspect) => inspect.imageGradient(asked))
    return { shape: gradient.shape, values: floatsIn(gradient.values) }
  })
  const map = heatMapOf(saliencyOf(values, shape), mapExtents(shape))
  return { ...found, map: map ?? refuse('answer-not-finite', { run, step: checkpoint.step }) }
}
