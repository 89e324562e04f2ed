import { colourIndex, colourTables, type ColourMapName, type ColourScale, type ColourTable } from './colourMap.ts'

/** A picture: red, green, blue, alpha of each pixel, row by row. */
export interface Picture {
  readonly height: number
  readonly width: number
  /** `[height, width, 4]` */
  readonly pixels: Uint8Array
}

/** One map among the values of a tensor. */
export interface Plane {
  readonly values: ArrayLike<number>
  readonly height: number
  readonly width: number
  /** Where its first value stands. */
  readonly first: number
  /** How far apart its values stand, in a row and from row to row. */
  readonly columnStride: number
  readonly rowStride: number
}

/** The maps of a layer's output `[height, width, channels]`, one a channel. */
export function planesOfMaps(values: ArrayLike<number>, [height, width, channels]: readonly number[]): Plane[] {
  return Array.from({ length: channels }, (_, channel) => ({
    values,
    height,
    width,
    first: channel,
    columnStride: channels,
    rowStride: width * channels,
  }))
}

/** Rows and columns of a grid that is as square as can be, filled row by row. */
export function squareGrid(count: number): { readonly rows: number; readonly columns: number } {
  const columns = Math.max(1, Math.ceil(Math.sqrt(count)))
  return { rows: Math.max(1, Math.ceil(count / columns)), columns }
}

/** The colours of a map with their alpha, each as the four bytes of a pixel: set at once, a large grid takes far less. */
function pixelsOf(table: ColourTable): Uint32Array {
  const bytes = new Uint8Array((table.length / 3) * 4).fill(255)
  for (let index = 0; index < table.length; index += 1) bytes[Math.floor(index / 3) * 4 + (index % 3)] = table[index]
  return new Uint32Array(bytes.buffer)
}

const wholePixels: Readonly<Record<ColourMapName, Uint32Array>> = {
  seismic: pixelsOf(colourTables.seismic),
  binary: pixelsOf(colourTables.binary),
}

/** Pixels between the maps of a grid; nothing is drawn there. */
export const gridGap = 1

/**
 * Draws maps of one size in a grid, a pixel a value. A value that is not finite is left out (transparent).
 * @param scaleOf of the map with that index; give all the same one for one scale over the layer.
 * @param columns Maps in a row; by default as many as in a column.
 */
export function drawGrid(
  planes: readonly Plane[],
  colours: ColourMapName,
  scaleOf: (plane: number) => ColourScale,
  columns = squareGrid(planes.length).columns,
): Picture {
  const rows = Math.max(1, Math.ceil(planes.length / columns))
  const [cellHeight, cellWidth] = planes.length === 0 ? [0, 0] : [planes[0].height, planes[0].width]
  const height = Math.max(1, rows * (cellHeight + gridGap) - gridGap)
  const width = Math.max(1, columns * (cellWidth + gridGap) - gridGap)
  const pixels = new Uint32Array(height * width)
  const table = wholePixels[colours]
  for (const [index, plane] of planes.entries()) {
    const scale = scaleOf(index)
    const top = Math.floor(index / columns) * (cellHeight + gridGap)
    const left = (index % columns) * (cellWidth + gridGap)
    for (let row = 0; row < plane.height; row += 1) {
      for (let column = 0; column < plane.width; column += 1) {
        const value = plane.values[plane.first + row * plane.rowStride + column * plane.columnStride]
        if (Number.isFinite(value)) pixels[(top + row) * width + left + column] = table[colourIndex(value, scale)]
      }
    }
  }
  return { height, width, pixels: new Uint8Array(pixels.buffer) }
}

/** A picture with each pixel as a square of `factor` x `factor`: enlarged without smoothing. */
export function enlarged({ height, width, pixels }: Picture, factor: number): Picture {
  const source = new Uint32Array(pixels.buffer, pixels.byteOffset, height * width)
  const large = new Uint32Array(height * factor * width * factor)
  for (let row = 0; row < height; row += 1) {
    const first = row * factor * width * factor
    for (let column = 0; column < width; column += 1) {
      const begin = first + column * factor
      large.fill(source[row * width + column], begin, begin + factor)
    }
    for (let copy = 1; copy < factor; copy += 1) {
      large.copyWithin(first + copy * width * factor, first, first + width * factor)
    }
  }
  return { height: height * factor, width: width * factor, pixels: new Uint8Array(large.buffer) }
}
