import { explain } from '../../core/inspect/sums/registry.ts'
import { valueAt } from '../../core/inspect/sums/layerSum.ts'
import { real, type Computation, type ValueQuestion, type ValueSum } from '../../core/inspect/valueSum.ts'
import { mapExtents } from '../../core/inspect/mapFigures.ts'
import { imageName } from '../../core/layers/parts/fields.ts'
import { type LayerGeometry, measure } from '../../core/network/geometry.ts'
import type { Shape } from '../../core/network/shapes.ts'
import { pixelOf } from '../../core/pictures/imagePicture.ts'
import { refuse } from '../../core/words/problems.ts'
import { layerShape, subjectOf, type Inspection } from './inspection.ts'
import { variableOf } from './layerKernel.ts'
import { imageFor } from './lookedAtImage.ts'
import { checkMap } from './maps.ts'

/** @throws LabError `map-unknown` or `place-unknown`. */
function checkPlace({ layer, map, y, x }: ValueQuestion, shape: Shape): void {
  checkMap(layer, shape, map)
  const { height, width } = mapExtents(shape)
  if (y >= height || x >= width) refuse('place-unknown', { layer, y, x, lastRow: height - 1, lastColumn: width - 1 })
}

/** @throws LabError `input-channel-unknown`, of a convolution alone. */
function checkChannel({ layer, inputChannel }: ValueQuestion, geometry: LayerGeometry): void {
  if (geometry.layer.kind !== 'conv' || inputChannel === null) return
  const last = (geometry.inputs[0].shape[2] ?? 1) - 1
  if (inputChannel > last) refuse('input-channel-unknown', { layer, channel: inputChannel, last })
}

/**
 * How one value of a layer's output for an image was computed: the numbers that went in, and their sum in double
 * precision.
 * @throws LabError `layer-unknown`, `map-unknown`, `place-unknown`, `input-channel-unknown`, or as `subjectOf`,
 *   `imageFor`, the weights and the engine do.
 */
export async function valueSum(inspection: Inspection, question: ValueQuestion): Promise<ValueSum> {
  const { run, layer, map, y, x, inputChannel } = question
  const subject = subjectOf(inspection, question)
  const { model, data } = subject.config
  const shape = layerShape(subject, layer)
  checkPlace(question, shape)
  const image = await imageFor(inspection, subject.config, question.image)
  const valuesOf = async (name: string): Promise<Float32Array> =>
    (await inspection.values.of(subject.order, image.order, name)).values
  const at = { map, y, x }
  const value = valueAt(await valuesOf(layer), shape, at)
  const answer = (computed: number, how: Computation): ValueSum => ({
    run,
    checkpoint: subject.checkpoint.step,
    layer,
    ...at,
    value: real(value),
    computed: real(computed),
    how,
  })
  if (layer === imageName)
    return answer(value, { kind: 'pixel', pixel: pixelOf(value, map, data.pixels), pixels: data.pixels })

  const geometry = measure(model).find((one) => one.layer.name === layer)
  if (geometry === undefined) throw new Error(`layerShape knows ${layer}`)
  checkChannel(question, geometry)
  const weights = await inspection.weights.of(subject.order)
  const inputs = await Promise.all(geometry.inputs.map(({ from }) => valuesOf(from)))
  const read = (role: string): Float32Array => variableOf(subject, geometry, weights, `${layer}/${role}`).data
  const { computed, how } = explain({ geometry, inputs, read, at, inputChannel })
  return answer(computed, how)
}
