import { setImmediate as eventLoopTurn } from 'node:timers/promises'
import { phrase } from '../../../core/words/phrases.ts'
import type { InitialWeightsOrder } from '../../../core/contract/inspectContract.ts'
import { histogramOf } from '../../../core/health/histogramOf.ts'
import type { Variable } from '../../../core/layers/parts/layerVariables.ts'
import { checkInput, variablesOf } from '../../../core/network/geometry.ts'
import type { InitialWeightsEvent } from '../../../core/network/initialWeights.ts'
import { sizeOf } from '../../../core/network/shapes.ts'
import { RandomNumbers } from '../../../core/numbers/random.ts'
import { refuse } from '../../../core/words/problems.ts'
import { someImages } from '../feed/someImages.ts'
import { totalMemory } from '../shared/totalMemory.ts'
import { initialValues } from '../train/initialWeights.ts'
import { trainingSplit } from '../train/trainingSplit.ts'
import type { ScaledImages } from '../train/whitening.ts'
import type { LookTools } from './lookTools.ts'
import { paceOf } from '../shared/pace.ts'

const floatBytes = 4

/** A kernel is drawn as a whole; larger ones than this share of the memory are refused. */
const largestShare = 0.5

/** @throws LabError `out-of-memory` */
function checkSize(kernels: readonly Variable[]): void {
  const largest = Math.max(0, ...kernels.map(({ shape }) => sizeOf(shape))) * floatBytes
  const there = totalMemory()
  if (largest > largestShare * there)
    refuse('out-of-memory', {
      detail: phrase('kernel-needs-memory', {
        needed: Number((largest / 1e9).toFixed(1)),
        there: Number((there / 1e9).toFixed(1)),
      }),
    })
}

function described(layer: string, values: Float32Array): InitialWeightsEvent {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  return {
    kind: 'kernel',
    layer,
    values: values.length,
    mean,
    deviation: Math.sqrt(variance),
    histogram: histogramOf(values),
  }
}

/**
 * The kernels with which a run of these settings would begin, one after the other. Ends early once the signal says that
 * nobody listens.
 * @throws LabError `model-invalid`, also where the set's images do not fit, `out-of-memory`, or as `DataReader.taken` does.
 */
export async function* initialWeights(
  { data: reader }: Pick<LookTools, 'data'>,
  { model, seed, data: source, dataFolder }: InitialWeightsOrder,
  signal?: AbortSignal,
): AsyncGenerator<InitialWeightsEvent> {
  const random = new RandomNumbers(seed)
  const variables = variablesOf(model)
  const kernels = variables.filter(({ initial }) => initial.kind !== 'constant')
  checkSize(kernels)
  const progress = paceOf(kernels.reduce((sum, { shape }) => sum + sizeOf(shape), 0))
  const data = source === null || dataFolder === null ? null : await reader.taken(dataFolder, source)
  if (data !== null) checkInput(model, data.image)
  const images = (): ScaledImages => {
    if (data === null || source === null) throw new Error('no data set is chosen')
    return someImages(data, source.pixels, trainingSplit(random, data.trainImages, source.validationShare).trained)
  }
  let done = 0
  for (const variable of kernels) {
    const layer = variable.name.slice(0, variable.name.indexOf('/'))
    if (variable.initial.kind === 'whitening' && data === null) {
      yield { kind: 'unknown', layer }
    } else {
      const parts = initialValues(variable, variables.indexOf(variable), random, images)
      let part = parts.next()
      while (part.done !== true) {
        yield progress(done + part.value)
        // Other questions are answered between two parts.
        await eventLoopTurn()
        if (signal?.aborted === true) return
        part = parts.next()
      }
      yield described(layer, part.value)
    }
    done += sizeOf(variable.shape)
  }
}
