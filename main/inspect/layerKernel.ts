import { phrase } from '../../core/words/phrases.ts'
import type { LookSubject } from '../../core/inspect/looking.ts'
import { type LayerGeometry, measure } from '../../core/network/geometry.ts'
import { kernelOf } from '../../core/network/kernelLayer.ts'
import type { RunConfig } from '../../core/run/run.ts'
import { refuse } from '../../core/words/problems.ts'
import type { Weights } from '../engine/checkpoint/networkWeights.ts'
import type { TensorValue } from '../engine/shared/tensorValue.ts'
import { subjectOf, type FoundSubject, type Inspection } from './inspection.ts'

/** A layer of a checkpoint. */
export interface KernelLayerQuestion extends LookSubject {
  readonly layer: string
}

/** A layer's weights, as a checkpoint has them. */
export interface LayerKernel extends FoundSubject {
  readonly geometry: LayerGeometry
  /** `[height, width, in, out]`, of a depthwise layer `[height, width, in, multiplier]`, of a dense one `[in, out]`. */
  readonly kernel: TensorValue
  /** One a kernel; null for a layer without. */
  readonly bias: Float32Array | null
}

/** @throws LabError `layer-unknown` or `layer-without-kernel` with the layers that have one. */
function kernelLayer({ layer, run }: KernelLayerQuestion, { model }: RunConfig): LayerGeometry {
  const layers = measure(model)
  const known = layers.filter((one) => kernelOf(one) !== null)
  const asked = known.find((one) => one.layer.name === layer)
  if (asked !== undefined) return asked
  const named = (of: readonly LayerGeometry[]): string => of.map((one) => one.layer.name).join(', ')
  return layers.some((one) => one.layer.name === layer)
    ? refuse('layer-without-kernel', { layer, known: named(known) })
    : refuse('layer-unknown', { layer, run, known: named(layers) })
}

/**
 * A variable of a checkpoint.
 * @throws LabError `checkpoint-damaged` when it is missing or has another shape than the network needs.
 */
export function variableOf(
  { checkpoint }: FoundSubject,
  { variables }: LayerGeometry,
  weights: Weights,
  name: string,
): TensorValue {
  const wanted = variables.find((variable) => variable.name === name)?.shape.join()
  const tensor = weights.get(name)
  if (tensor?.shape.join() === wanted && tensor !== undefined) return tensor
  return refuse('checkpoint-damaged', { file: checkpoint.file, detail: phrase('tensor-absent', { name }) })
}

/**
 * Checks the number of an input channel; null asks for none.
 * @throws LabError `layer-without-channels` for a dense layer, or `input-channel-unknown`.
 */
export function checkInputChannel(
  { geometry: { layer }, kernel: { shape } }: Pick<LayerKernel, 'geometry' | 'kernel'>,
  channel: number | null,
): void {
  if (channel === null) return
  if (shape.length === 2) refuse('layer-without-channels', { layer: layer.name })
  const last = shape[2] - 1
  if (channel > last) refuse('input-channel-unknown', { layer: layer.name, channel, last })
}

/**
 * The kernel of a layer, read from a checkpoint file: no engine is needed, and none is disturbed.
 * @throws LabError `run-unknown`, `layer-unknown`, `layer-without-kernel`, `checkpoint-unknown`, `best-unknown`,
 *   `checkpoint-damaged` or `checkpoint-foreign`.
 */
export async function layerKernel(inspection: Inspection, question: KernelLayerQuestion): Promise<LayerKernel> {
  const geometry = kernelLayer(question, inspection.history.run(question.run).config)
  const subject = subjectOf(inspection, question)
  const weights = await inspection.weights.of(subject.order)
  const kernel = variableOf(subject, geometry, weights, `${question.layer}/kernel`)
  const biased = geometry.variables.some(({ name }) => name === `${question.layer}/bias`)
  const bias = biased ? variableOf(subject, geometry, weights, `${question.layer}/bias`).data : null
  return { ...subject, geometry, kernel, bias }
}
