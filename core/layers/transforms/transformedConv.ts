import type { GraphBuilder, Value } from '../../graph/graphBuilder.ts'
import { batchMatMul, matMul } from '../../graph/operations/matrices.ts'
import { reshape } from '../../graph/operations/layout.ts'
import type { WindowSize } from '../../network/windows.ts'
import { correlationMatrices } from './axisCorrelation.ts'
import type { MatrixRows } from './correlationMatrices.ts'
import type { LayerPlace } from '../definition.ts'
import { imagesFirst, placesFirst } from '../parts/mapOrder.ts'

function matrix(graph: GraphBuilder, name: string, rows: MatrixRows): Value {
  return graph.constant(name, { type: 'float32', shape: [rows.length, rows[0].length], values: rows.flat() })
}

/** The matrix of an axis, as it is or transposed. */
interface AxisMatrix {
  readonly matrix: Value
  readonly transposed: boolean
}

/** A transform along both axes of a map, from `height` x `width` to `toHeight` x `toWidth`. */
interface Plane {
  readonly vertical: AxisMatrix
  readonly horizontal: AxisMatrix
  readonly height: number
  readonly width: number
  readonly toHeight: number
  readonly toWidth: number
}

/** `[height, width, ...]` seen as any shape becomes `[toHeight * toWidth, rest]`. */
function along(
  graph: GraphBuilder,
  name: string,
  maps: Value,
  { vertical, horizontal, height, width, toHeight, toWidth }: Plane,
): Value {
  const rows = reshape(graph, `${name}_rows`, maps, [height, -1])
  const down = matMul(graph, `${name}_down`, vertical.matrix, rows, { left: vertical.transposed })
  const split = reshape(graph, `${name}_columns`, down, [toHeight, width, -1])
  const across = batchMatMul(graph, `${name}_across`, horizontal.matrix, split, { left: horizontal.transposed })
  return reshape(graph, `${name}_plane`, across, [toHeight * toWidth, -1])
}

/** The settings of a convolution that this file needs. */
interface Transformable {
  readonly kernel: WindowSize
  readonly filters: number
}

/**
 * A convolution of step 1 and padding `same` with fewer products than the sum by its definition: what goes in and the
 * kernel are transformed along both axes, multiplied place by place as matrices `[batch, in]` by `[in, out]`, and
 * transformed back (`axisCorrelation.ts`). A kernel of 5x5 on maps of 12x12 takes 400 such products where the sum by
 * definition takes 3600; one of 3x3 takes 256 instead of 1296. Everything is an operation of TensorFlow and linear in
 * input and kernel, so the gradients are the same matrices transposed; written by hand they share the transform of the
 * gradient, and go down before they go across, which fixes their bits. The ways are those of Mathieu, Henaff and
 * LeCun 2014, "Fast Training of Convolutional Networks through FFTs", as sums of products of real numbers, and of Lavin
 * and Gray 2016. Rounding errors are about 1e-6 of the largest value in float32 on circles, as those of the sum by
 * definition, and 1e-5 in tiles.
 * @returns `[batch, height, width, filters]`; in inference `[height, width, batch, filters]`. Without the bias.
 */
export function transformedConvolution({
  graph: parent,
  layer: { kernel, filters },
  geometry,
  input,
  order,
  mode,
  read,
}: LayerPlace<Transformable>): Value {
  const graph = parent.within('transformed')
  const [height, width = 1, channels = 1] = geometry.inputs[0].shape
  const vertical = correlationMatrices(height, kernel.height)
  const horizontal = correlationMatrices(width, kernel.width)
  const rows = vertical.input.length
  const columns = horizontal.input.length
  const products = rows * columns
  const constants = {
    verticalInput: matrix(graph, 'vertical_input', vertical.input),
    horizontalInput: matrix(graph, 'horizontal_input', horizontal.input),
    verticalOutput: matrix(graph, 'vertical_output', vertical.output),
    horizontalOutput: matrix(graph, 'horizontal_output', horizontal.output),
    /** `[products, kernel height * kernel width]`: along both axes at once, because a kernel is small. */
    weight: matrix(
      graph,
      'weight',
      vertical.weight.flatMap((down) =>
        horizontal.weight.map((across) => down.flatMap((one) => across.map((other) => one * other))),
      ),
    ),
  }
  const maps = { height, width, toHeight: rows, toWidth: columns }
  const back = { height: rows, width: columns, toHeight: height, toWidth: width }
  const straight = (of: Value): AxisMatrix => ({ matrix: of, transposed: false })
  const transposed = (of: Value): AxisMatrix => ({ matrix: of, transposed: true })

  /** `[height, width, batch, depth]` becomes `[products, batch, depth]`. */
  const toFactors = (place: GraphBuilder, name: string, planes: Value, depth: number, plane: Plane): Value =>
    reshape(place, name, along(place, name, planes, plane), [products, -1, depth])
  /** And back. */
  const toPlanes = (place: GraphBuilder, name: string, factors: Value, depth: number, plane: Plane): Value =>
    reshape(place, `${name}_planes`, along(place, name, factors, plane), [height, width, -1, depth])

  const weights = read('kernel')
  const flatKernel = reshape(graph, 'kernel_rows', weights, [kernel.height * kernel.width, channels * filters])
  const kernelProducts = matMul(graph, 'kernel_products', constants.weight, flatKernel)
  const kernelFactors = reshape(graph, 'kernel', kernelProducts, [products, channels, filters])
  const inputPlanes = order === 'places-first' ? input : placesFirst(graph, 'input_planes', input)
  const inputFactors = toFactors(graph, 'input', inputPlanes, channels, {
    ...maps,
    vertical: straight(constants.verticalInput),
    horizontal: straight(constants.horizontalInput),
  })
  const compute = (): Value => {
    const outputPlanes = toPlanes(
      graph,
      'output',
      batchMatMul(graph, 'products', inputFactors, kernelFactors),
      filters,
      {
        ...back,
        vertical: straight(constants.verticalOutput),
        horizontal: straight(constants.horizontalOutput),
      },
    )
    return mode === 'inference' ? outputPlanes : imagesFirst(graph, 'output', outputPlanes)
  }
  return graph.compose('convolution', [input, weights], compute, (place, gradient, [wantsInput, wantsKernel]) => {
    const gradientPlanes = placesFirst(place, 'output_planes', gradient)
    const gradientFactors = toFactors(place, 'output', gradientPlanes, filters, {
      ...maps,
      vertical: transposed(constants.verticalOutput),
      horizontal: transposed(constants.horizontalOutput),
    })
    const byKernel = (): Value => {
      const byFactor = batchMatMul(place, 'kernel_products', inputFactors, gradientFactors, { left: true })
      const flat = reshape(place, 'kernel_rows', byFactor, [products, channels * filters])
      return reshape(place, 'kernel', matMul(place, 'kernel_places', constants.weight, flat, { left: true }), [
        kernel.height,
        kernel.width,
        channels,
        filters,
      ])
    }
    const byInput = (): Value => {
      const byFactor = batchMatMul(place, 'input_products', gradientFactors, kernelFactors, { right: true })
      const planes = toPlanes(place, 'input', byFactor, channels, {
        ...back,
        vertical: transposed(constants.verticalInput),
        horizontal: transposed(constants.horizontalInput),
      })
      return imagesFirst(place, 'input', planes)
    }
    return [wantsInput ? byInput() : null, wantsKernel ? byKernel() : null]
  })
}
