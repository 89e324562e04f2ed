/** What the shape rules of several layers share. */
import { phrase, type Phrase } from '../../words/phrases.ts'
import { refuse } from '../../words/problems.ts'
import { type ShapeFormula, windowFormula } from '../../network/shapeFormula.ts'
import { type MapShape, type Shape, shapeText, sizeOf } from '../../network/shapes.ts'
import { extentAfter, type WindowSize, type WindowSteps } from '../../network/windows.ts'
import type { MeasuredLayer } from '../definition.ts'

interface Named {
  readonly name: string
}

/** @throws LabError `model-invalid` with the layer and what is wrong with it. */
export function unfit(layer: Named, detail: Phrase): never {
  return refuse('model-invalid', { layer: layer.name, detail })
}

/** What comes in, which must be a map. @throws LabError `model-invalid` */
export function mapOf(shape: Shape, layer: Named): MapShape {
  if (shape.length === 3) return shape
  return unfit(layer, phrase('map-needed', { units: shape[0] }))
}

/** Shape of what windows make of a map. @throws LabError `model-invalid` where no window fits. */
export function windowed(
  layer: Named & WindowSteps,
  input: MapShape,
  [height, width]: readonly [number, number],
  channels: number,
): Shape {
  const { stride, padding } = layer
  const output = [
    extentAfter(input[0], height, stride, padding),
    extentAfter(input[1], width, stride, padding),
    channels,
  ] as const
  if (output[0] < 1 || output[1] < 1) {
    unfit(
      layer,
      phrase('window-too-large', {
        window: `${height} x ${width}`,
        map: `${input[0]} x ${input[1]}`,
        shape: shapeText(input),
      }),
    )
  }
  return output
}

/** The formula of a layer with a kernel that moves over a map. */
export function kernelFormula({
  layer,
  inputs: [{ shape }],
  output,
}: MeasuredLayer<Named & WindowSteps & { readonly kernel: WindowSize }>): ShapeFormula {
  const { kernel } = layer
  const channels = output[output.length - 1]
  return windowFormula(mapOf(shape, layer), [kernel.height, kernel.width], layer, channels, false)
}

/** Multiply-adds of a layer that has one kernel: its weights times the places at which each is used. */
export function kernelMultiplyAdds({ variables: [kernel], output }: MeasuredLayer<Named>): number {
  return sizeOf(kernel.shape) * (output.length === 3 ? output[0] * output[1] : 1)
}
