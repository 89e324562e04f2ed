import { choiceOf } from '../../core/data/datasetView.ts'
import { mostExciting, mostMaps, type ExciteEvent, type ExciteQuestion } from '../../core/inspect/exciting.ts'
import type { Peaks } from '../../core/inspect/highestPeaks.ts'
import { mapExtents, mapsIn } from '../../core/inspect/mapFigures.ts'
import { canonicalJson } from '../../core/numbers/canonicalJson.ts'
import { refuse } from '../../core/words/problems.ts'
import { floatsIn, wordsIn } from '../engine/shared/base64.ts'
import { dataFolderFor } from '../training/runData.ts'
import { layerShape, subjectOf, type Inspection } from './inspection.ts'
import { checkMap } from './maps.ts'

/** The part of a layer's peaks that is about one map. */
function ofMap({ values, numbers, places }: Peaks, shape: readonly number[], map: number, labels: Uint16Array) {
  const { width } = mapExtents(shape)
  return Array.from({ length: mostExciting }, (_, rank) => map * mostExciting + rank)
    .filter((at) => !Number.isNaN(values[at]))
    .map((at) => ({
      number: numbers[at],
      label: labels[numbers[at]],
      value: values[at],
      y: Math.floor(places[at] / width),
      x: places[at] % width,
    }))
}

/**
 * The test images that excite a map of a layer most. All maps of the layer are found at once, so another one is answered
 * from memory.
 * @param signal Ends it.
 * @throws LabError `layer-unknown`, `map-unknown`, `layer-too-wide`, `dataset-missing` or `dataset-changed`, or as
 *   `subjectOf` and the engine do.
 */
export async function* excitingImages(
  inspection: Inspection,
  question: ExciteQuestion,
  signal?: AbortSignal,
): AsyncGenerator<ExciteEvent> {
  const { datasets, engine, explained } = inspection
  const { layer, map } = question
  const subject = subjectOf(inspection, question)
  const { config, order } = subject
  const shape = layerShape(subject, layer)
  checkMap(layer, shape, map)
  if (mapsIn(shape) > mostMaps) refuse('layer-too-wide', { layer, maps: mapsIn(shape), most: mostMaps })
  const dataFolder = dataFolderFor(datasets, config)
  const labels = await datasets.images.labels(config.data.dataset, choiceOf(config.data), 'test')
  const key = canonicalJson({ checkpoint: order.checkpoint.sha256, layer })
  const known = await explained.peaks.known(key)
  if (known !== null) {
    yield { kind: 'found', images: ofMap(known, shape, map, labels) }
    return
  }
  const asked = { ...order, dataFolder, split: 'test' as const, layer }
  for await (const part of engine.askParts((inspect) => inspect.excited(asked, { signal }))) {
    if (part.kind === 'progress') {
      yield part
      continue
    }
    const { values, numbers, places } = part
    const peaks = { values: floatsIn(values), numbers: wordsIn(numbers), places: wordsIn(places) }
    explained.peaks.keep(key, peaks)
    yield { kind: 'found', images: ofMap(peaks, shape, map, labels) }
  }
}
