import type { LayerMaps, LayerQuestion, MapQuestion, MapValues } from '../../core/inspect/looking.ts'
import { figuresOfMaps, mapExtents, mapsIn, valuesOfMap } from '../../core/inspect/mapFigures.ts'
import { refuse } from '../../core/words/problems.ts'
import { layerShape, subjectOf, type FoundSubject, type Inspection } from './inspection.ts'
import type { InspectedTensor } from './layerValues.ts'
import { imageFor } from './lookedAtImage.ts'

/**
 * The output of a layer for an image.
 * @throws LabError `layer-unknown`, or as `subjectOf`, `imageFor` and the engine do.
 */
export async function layerOutput(
  inspection: Inspection,
  question: LayerQuestion,
): Promise<FoundSubject & { readonly output: InspectedTensor }> {
  const subject = subjectOf(inspection, question)
  layerShape(subject, question.layer)
  const image = await imageFor(inspection, subject.config, question.image)
  return { ...subject, output: await inspection.values.of(subject.order, image.order, question.layer) }
}

/** Checks the number of a map. @throws LabError `map-unknown`. */
export function checkMap(layer: string, shape: readonly number[], map: number): void {
  if (map >= mapsIn(shape)) refuse('map-unknown', { layer, map, last: mapsIn(shape) - 1 })
}

/** The maps of a layer in figures. @throws as `layerOutput` does. */
export async function layerMaps(inspection: Inspection, question: LayerQuestion): Promise<LayerMaps> {
  const { run, checkpoint, output } = await layerOutput(inspection, question)
  const { shape, values } = output
  return {
    run,
    checkpoint: checkpoint.step,
    layer: question.layer,
    shape: [...shape],
    maps: figuresOfMaps(values, shape),
  }
}

/** The values of one map. @throws LabError `map-unknown`, or as `layerOutput` does. */
export async function mapValues(inspection: Inspection, question: MapQuestion): Promise<MapValues> {
  const {
    output: { shape, values },
  } = await layerOutput(inspection, question)
  checkMap(question.layer, shape, question.map)
  return {
    ...mapExtents(shape),
    values: [...valuesOfMap(values, shape, question.map)].map((value) => (Number.isFinite(value) ? value : null)),
  }
}
