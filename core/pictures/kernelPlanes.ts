import type { MapShape } from '../network/shapes.ts'
import { squareGrid, type Plane } from './mapGrid.ts'

/** Weights with their shape. */
export interface KernelTensor {
  readonly shape: readonly number[]
  readonly data: Float32Array
}

/** One plane of a kernel `[height, width, in, out]`, whose last index is seen as a part of the one before it. */
function planeOf({ shape: [height, width, inputs, outputs], data }: KernelTensor, first: number): Plane {
  const columnStride = inputs * outputs
  return { values: data, height, width, first, columnStride, rowStride: width * columnStride }
}

/** The kernels `[height, width, in, out]` of a layer for one input channel. */
export function planesOfChannel(kernel: KernelTensor, inputChannel: number): Plane[] {
  const outputs = kernel.shape[3]
  return Array.from({ length: outputs }, (_, output) => planeOf(kernel, inputChannel * outputs + output))
}

/** All input channels of one kernel of `[height, width, in, out]`. */
export function planesOfKernel(kernel: KernelTensor, number: number): Plane[] {
  const [, , inputs, outputs] = kernel.shape
  return Array.from({ length: inputs }, (_, input) => planeOf(kernel, input * outputs + number))
}

/** All kernels of a depthwise layer, `[height, width, in, multiplier]`: each sees one input channel. */
export function planesOfDepthwise(kernel: KernelTensor): Plane[] {
  const [, , inputs, multiplier] = kernel.shape
  return Array.from({ length: inputs * multiplier }, (_, number) => planeOf(kernel, number))
}

/**
 * Extents of the planes in which the weights of a unit are shown, and their number: as the maps lie that were flattened,
 * or a vector row by row in about a square, whose last row may be shorter.
 * @param maps `[height, width, channels]` of what was flattened; null for a vector.
 */
export function unitPlanes(inputs: number, maps: MapShape | null): MapShape {
  if (maps !== null) return maps
  const { rows, columns } = squareGrid(inputs)
  return [rows, columns, 1]
}

/** The weights of one unit of a dense layer `[in, out]`, laid out as `unitPlanes` says. */
export function planesOfUnit({ shape, data }: KernelTensor, unit: number, maps: MapShape | null): Plane[] {
  const [inputs, outputs] = shape
  const [height, width, channels] = unitPlanes(inputs, maps)
  return Array.from({ length: channels }, (_, channel) => ({
    values: data,
    height,
    width,
    first: channel * outputs + unit,
    columnStride: channels * outputs,
    rowStride: width * channels * outputs,
  }))
}

/** Input channels that stand in one row, for example red, green and blue; more stand in a square grid. */
const mostInRow = 4

/** Pictures beside each other in the grid of a kernel's input channels. */
export function channelsInRow(channels: number): number {
  return channels <= mostInRow ? Math.max(1, channels) : squareGrid(channels).columns
}

/** How a matrix is cut so that it can be seen at once. */
export interface MatrixParts {
  /** Extents of each part; the last one may be smaller. */
  readonly height: number
  readonly width: number
  readonly count: number
  /** Parts beside each other: all of them, or one. */
  readonly columns: number
}

/** Into how many parts a length is cut, so that they make about a square beside a width. */
function partsOf(length: number, width: number): number {
  return Math.max(1, Math.round(Math.sqrt(length / (width + 1))))
}

/**
 * How the matrix of a dense layer `[in, out]` is cut, a row an input. One that is far higher than wide is cut into parts
 * that stand beside each other, one that is far wider than high into parts below each other.
 */
export function matrixParts([rows, columns]: readonly number[]): MatrixParts {
  if (rows >= columns) {
    const height = Math.ceil(rows / partsOf(rows, columns))
    const count = Math.ceil(rows / height)
    return { height, width: columns, count, columns: count }
  }
  const width = Math.ceil(columns / partsOf(columns, rows))
  return { height: rows, width, count: Math.ceil(columns / width), columns: 1 }
}

/** The parts of a dense layer's matrix `[in, out]`, in the order of their grid. */
export function planesOfMatrix({ shape, data }: KernelTensor): Plane[] {
  const [rows, columns] = shape
  const { height, width, count, columns: beside } = matrixParts(shape)
  return Array.from({ length: count }, (_, part) => {
    const [top, left] = beside > 1 ? [part * height, 0] : [0, part * width]
    return {
      values: data,
      height: Math.min(height, rows - top),
      width: Math.min(width, columns - left),
      first: top * columns + left,
      columnStride: 1,
      rowStride: columns,
    }
  })
}
