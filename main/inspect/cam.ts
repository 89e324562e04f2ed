import { gradCamOf } from '../../core/inspect/classEvidence.ts'
import type { CamQuestion, HeatMap } from '../../core/inspect/explaining.ts'
import { heatMapOf } from '../../core/inspect/heatMap.ts'
import { mapExtents } from '../../core/inspect/mapFigures.ts'
import { imageName } from '../../core/layers/parts/fields.ts'
import { measure } from '../../core/network/geometry.ts'
import { refuse } from '../../core/words/problems.ts'
import { floatsIn } from '../engine/shared/base64.ts'
import { answerKey } from './answerKey.ts'
import { imageOfClass, type FoundQuestion } from './imageOfClass.ts'
import { layerShape, type FoundSubject, type Inspection } from './inspection.ts'

/** Checks that a layer gives maps. @throws LabError `layer-unknown` or `layer-without-maps` with those that do. */
function checkMaps(subject: FoundSubject, layer: string): void {
  if (layerShape(subject, layer).length === 3) return
  const others = measure(subject.config.model).filter(({ output }) => output.length === 3)
  const known = [imageName, ...others.map((one) => one.layer.name)].join(', ')
  refuse('layer-without-maps', { layer, known })
}

/**
 * Where the maps of a layer speak for a class (Grad-CAM), in the extents of these maps.
 * @throws LabError `layer-unknown`, `layer-without-maps`, `answer-not-finite`, or as `imageOfClass` and the engine do.
 */
export async function cam(
  inspection: Inspection,
  question: CamQuestion,
): Promise<FoundQuestion & { readonly map: HeatMap }> {
  const found = await imageOfClass(inspection, question)
  const { run, checkpoint, image, order } = found
  const { label, layer } = question
  checkMaps(found, layer)
  const key = answerKey(order, image.order, { label, layer })
  const { shape, values, gradient } = await inspection.explained.layerGradients.of(key, async () => {
    const asked = { ...order, image: image.order, label, layer }
    const answer = await inspection.engine.ask((inspect) => inspect.layerGradient(asked))
    return { shape: answer.shape, values: floatsIn(answer.values), gradient: floatsIn(answer.gradient) }
  })
  const map = heatMapOf(gradCamOf(values, gradient, shape), mapExtents(shape))
  return { ...found, map: map ?? refuse('answer-not-finite', { run, step: checkpoint.step }) }
}
