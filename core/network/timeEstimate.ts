import type { ProcessorFeatures } from '../layers/definition.ts'
import type { LayerWork } from '../layers/parts/layerWork.ts'
import { valuesThrough, weightsOf } from '../layers/parts/work.ts'
import { rulesOf } from '../layers/registry.ts'
import { type LayerGeometry, measure, trainedLayers } from './geometry.ts'
import { poolFirst } from './poolFirst.ts'
import { sizeOf } from './shapes.ts'
import type { StepCosts, StepQuestion, StepTimes } from './stepTimes.ts'

/** What a layer's time depends on, by its rules or by what it takes and gives. */
function workOf(geometry: LayerGeometry, processor: ProcessorFeatures, backwards: boolean): LayerWork {
  const { layer } = geometry
  return (
    rulesOf(layer).work?.(geometry, processor, backwards) ?? {
      form: layer.kind,
      perImage: valuesThrough(geometry),
      perStep: { weights: weightsOf(geometry) },
    }
  )
}

/** Amounts of work in one training step, by the names of the costs that they are multiplied by. */
export type Amounts = ReadonlyMap<string, number>

/**
 * The work of a layer in a training step. Its names are `<form>/<amount>`, and `<form>/fixed` of which there is one.
 * @param backwards Whether the gradient by what comes in is computed.
 */
export function layerAmounts(
  geometry: LayerGeometry,
  {
    batch,
    processor,
    backwards,
  }: { readonly batch: number; readonly processor: ProcessorFeatures; readonly backwards: boolean },
): Amounts {
  const { form, perImage, perStep } = workOf(geometry, processor, backwards)
  return new Map([
    [`${form}/fixed`, 1],
    ...Object.entries(perImage).map(([name, amount]) => [`${form}/${name}`, amount * batch] as const),
    ...Object.entries(perStep).map(([name, amount]) => [`${form}/${name}`, amount] as const),
  ])
}

/**
 * The part of a layer's training step that is computed. The costs are those of layers that are trained: with the way
 * forward, the gradient by the weights, and that by what comes in, which take as many multiply-adds each. A frozen layer
 * lacks the second, and one below all that is trained the last too.
 * @param backwards Whether the gradient by what comes in is computed.
 */
export function shareOfStep({ parameters, variables }: LayerGeometry, backwards: boolean): number {
  if (parameters > 0) return 1
  const back = backwards ? 1 : 0
  return variables.length === 0 ? (1 + back) / 2 : (1 + back) / (2 + back)
}

/** What a step has to do besides its layers: it is begun, and images are handed over. */
export function otherAmounts({ model: { input }, batch }: Pick<StepQuestion, 'model' | 'batch'>): Amounts {
  return new Map([
    ['step/fixed', 1],
    ['step/pixels', sizeOf([batch, input.height, input.width, input.channels])],
  ])
}

/** Seconds of some work; what has no cost counts nothing. */
export function secondsOf(amounts: Amounts, { seconds }: Pick<StepCosts, 'seconds'>): number {
  return [...amounts].reduce((sum, [name, amount]) => sum + amount * (seconds[name] ?? 0), 0)
}

/**
 * How long a training step takes on the computer whose costs these are, estimated without any measurement. It is a sum
 * of amounts of work times costs. The costs are those of layers computed alone, so it neglects what layers gain or lose
 * by following each other.
 * @throws LabError `model-invalid`
 */
export function estimatedTimes({ model, batch }: StepQuestion, costs: StepCosts): StepTimes {
  const processor = { wideVectors: costs.wideVectors }
  const measured = poolFirst(measure(model))
  const trained = trainedLayers(measured)
  const byName = new Map(
    measured.map((geometry) => {
      const backwards = geometry.inputs.some(({ from }) => trained.has(from))
      const seconds = secondsOf(layerAmounts(geometry, { batch, processor, backwards }), costs)
      return [geometry.layer.name, seconds * shareOfStep(geometry, backwards)] as const
    }),
  )
  // Pools were moved: the network's own order is told.
  const layers = model.layers.map(({ name }) => ({ layer: name, seconds: byName.get(name) ?? 0 }))
  const other = secondsOf(otherAmounts({ model, batch }), costs)
  return { secondsPerStep: layers.reduce((sum, { seconds }) => sum + seconds, other), layers, other }
}
