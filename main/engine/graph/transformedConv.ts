import type { ConvLayer } from '../../../core/model.ts'
import type { MapExtents } from './convForm.ts'
import { correlationMatrices, type Rows } from './axisCorrelation.ts'
import { float32, type GraphBuilder, type Output } from './graphBuilder.ts'
import type { LayerPlace } from './layerNodes.ts'
import { imagesFirst, placesFirst } from './mapOrder.ts'
import { reshape } from './reshape.ts'

/** A convolution without its bias as nodes. */
export interface Convolution {
  /** `[batch, height, width, filters]`; in inference through transforms `[height, width, batch, filters]` */
  readonly output: Output
  /** Gradient by the kernel `[height, width, in, out]`. */
  readonly kernelGradient: (gradient: Output) => Output
  /** Gradient by the input. Called after `kernelGradient`, with the same gradient. */
  readonly inputGradient: (gradient: Output) => Output
}

function matrix(graph: GraphBuilder, name: string, rows: Rows): Output {
  return graph.constant(name, { type: 'float32', shape: [rows.length, rows[0].length], values: rows.flat() })
}

interface Sides {
  readonly one?: boolean
  readonly other?: boolean
}

/** The product of two matrices, either of them turned over first. */
function product(graph: GraphBuilder, name: string, one: Output, other: Output, turned: Sides = {}): Output {
  return graph.add('MatMul', name, [one, other], {
    T: float32,
    transpose_a: { bool: turned.one ?? false },
    transpose_b: { bool: turned.other ?? false },
  })
}

/** The products of two rows of matrices, or of one matrix with each of a row. */
function products(graph: GraphBuilder, name: string, one: Output, other: Output, turned: Sides = {}): Output {
  return graph.add('BatchMatMulV2', name, [one, other], {
    T: float32,
    adj_x: { bool: turned.one ?? false },
    adj_y: { bool: turned.other ?? false },
  })
}

/** The matrix of an axis, as rows or turned over. */
interface AxisMatrix {
  readonly matrix: Output
  readonly turned: boolean
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

/** `[height, width, ...]` seen as any shape becomes `[toHeight, toWidth, rest]`. */
function along(
  graph: GraphBuilder,
  name: string,
  maps: Output,
  { vertical, horizontal, height, width, toHeight, toWidth }: Plane,
): Output {
  const rows = reshape(graph, `${name}_rows`, maps, [height, -1])
  const down = product(graph, `${name}_down`, vertical.matrix, rows, { one: vertical.turned })
  const split = reshape(graph, `${name}_columns`, down, [toHeight, width, -1])
  const across = products(graph, `${name}_across`, horizontal.matrix, split, { one: horizontal.turned })
  return reshape(graph, `${name}_plane`, across, [toHeight * toWidth, -1])
}

/**
 * A convolution of step 1 and padding `same` with fewer products than the sum by its definition: what goes in and the
 * kernel are transformed along both axes, multiplied place by place as matrices `[batch, in]` by `[in, out]`, and
 * transformed back (`axisCorrelation.ts`). A kernel of 5x5 on maps of 12x12 takes 400 such products where the sum by
 * definition takes 3600; one of 3x3 takes 256 instead of 1296. Everything is an operation of TensorFlow and linear in
 * input and kernel, so that the gradients are the same matrices turned over. The ways are those of Mathieu, Henaff and
 * LeCun 2014, "Fast Training of Convolutional Networks through FFTs", as sums of products of real numbers, and of Lavin
 * and Gray 2016. Rounding errors are about 1e-6 of the largest value in float32 on circles, as those of the sum by
 * definition, and 1e-5 in tiles.
 */
export function transformedConvolution(
  { graph: parent, layer, input, order, mode, read }: LayerPlace<ConvLayer>,
  [height, width, channels]: MapExtents,
): Convolution {
  const graph = parent.within('transformed')
  const { kernel, filters } = layer
  const vertical = correlationMatrices(height, kernel.height)
  const horizontal = correlationMatrices(width, kernel.width)
  const rows = vertical.input.length
  const columns = horizontal.input.length
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

  /** `[height, width, batch, depth]` becomes `[products, batch, depth]`. */
  const toFactors = (name: string, planes: Output, depth: number, plane: Plane): Output =>
    reshape(graph, name, along(graph, name, planes, plane), [rows * columns, -1, depth])
  /** And back. */
  const toPlanes = (name: string, factors: Output, depth: number, plane: Plane): Output =>
    reshape(graph, `${name}_planes`, along(graph, name, factors, plane), [height, width, -1, depth])
  const planesOf = (name: string, images: Output): Output => placesFirst(graph, `${name}_planes`, images)
  const straight = (of: Output): AxisMatrix => ({ matrix: of, turned: false })
  const turned = (of: Output): AxisMatrix => ({ matrix: of, turned: true })

  const flatKernel = reshape(graph, 'kernel_rows', read('kernel'), [kernel.height * kernel.width, channels * filters])
  const kernelFactors = reshape(graph, 'kernel', product(graph, 'kernel_products', constants.weight, flatKernel), [
    rows * columns,
    channels,
    filters,
  ])
  const inputPlanes = order === 'places-first' ? input : planesOf('input', input)
  const inputFactors = toFactors('input', inputPlanes, channels, {
    ...maps,
    vertical: straight(constants.verticalInput),
    horizontal: straight(constants.horizontalInput),
  })
  const outputProducts = products(graph, 'products', inputFactors, kernelFactors)
  const outputPlanes = toPlanes('output', outputProducts, filters, {
    ...back,
    vertical: straight(constants.verticalOutput),
    horizontal: straight(constants.horizontalOutput),
  })

  let gradientFactors: Output | null = null
  const factorsOf = (gradient: Output): Output => {
    gradientFactors ??= toFactors('gradient', planesOf('gradient', gradient), filters, {
      ...maps,
      vertical: turned(constants.verticalOutput),
      horizontal: turned(constants.horizontalOutput),
    })
    return gradientFactors
  }
  return {
    output: mode === 'inference' ? outputPlanes : imagesFirst(graph, 'output', outputPlanes),
    kernelGradient(gradient) {
      const byFactor = products(graph, 'kernel_gradient_products', inputFactors, factorsOf(gradient), { one: true })
      const flat = reshape(graph, 'kernel_gradient_rows', byFactor, [rows * columns, channels * filters])
      return reshape(
        graph,
        'kernel_gradient',
        product(graph, 'kernel_gradient_places', constants.weight, flat, { one: true }),
        [kernel.height, kernel.width, channels, filters],
      )
    },
    inputGradient(gradient) {
      const byFactor = products(graph, 'input_gradient_products', factorsOf(gradient), kernelFactors, { other: true })
      return imagesFirst(
        graph,
        'input_gradient',
        toPlanes('input_gradient', byFactor, channels, {
          ...back,
          vertical: turned(constants.verticalInput),
          horizontal: turned(constants.horizontalInput),
        }),
      )
    },
  }
}
