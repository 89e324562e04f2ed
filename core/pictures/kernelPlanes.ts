import type { Plane } from './mapGrid.ts'

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
 * The weights of one unit of a dense layer `[in, out]`, laid out as what comes in lies: the maps that were flattened, or
 * one plane a unit.
 * @param maps `[height, width, channels]` of what was flattened.
 */
export function planesOfUnit({ shape, data }: KernelTensor, unit: number, maps: readonly number[] | null): Plane[] {
  const [inputs, outputs] = shape
  const [height, width, channels] = maps ?? [1, 1, inputs]
  return Array.from({ length: channels }, (_, channel) => ({
    values: data,
    height,
    width,
    first: channel * outputs + unit,
    columnStride: channels * outputs,
    rowStride: width * channels * outputs,
  }))
}

/** How a matrix is cut so that it can be seen at once. */
export interface MatrixCut {
  /** Parts of it, in the order of the grid. */
  readonly planes: readonly Plane[]
  /** Parts beside each other. */
  readonly columns: number
}

/** Into how many parts a length is cut, so that they make about a square beside a width. */
function partsOf(length: number, width: number): number {
  return Math.max(1, Math.round(Math.sqrt(length / (width + 1))))
}

/**
 * A dense layer's matrix `[in, out]`, a row an input. One that is far higher than wide is cut into parts that stand
 * beside each other, one that is far wider than high into parts below each other.
 */
export function cutMatrix({ shape: [rows, columns], data }: KernelTensor): MatrixCut {
  const plane = { values: data, columnStride: 1, rowStride: columns }
  if (rows >= columns) {
    const height = Math.ceil(rows / partsOf(rows, columns))
    const planes = Array.from({ length: Math.ceil(rows / height) }, (_, part) => ({
      ...plane,
      height: Math.min(height, rows - part * height),
      width: columns,
      first: part * height * columns,
    }))
    return { planes, columns: planes.length }
  }
  const width = Math.ceil(columns / partsOf(columns, rows))
  const planes = Array.from({ length: Math.ceil(columns / width) }, (_, part) => ({
    ...plane,
    height: rows,
    width: Math.min(width, columns - part * width),
    first: part * width,
  }))
  return { planes, columns: 1 }
}
