/** A map of `[height, width, channels]`, without the batch dimension. */
export type MapShape = readonly [number, number, number]

/** A map of `[height, width, channels]` or a vector of `[units]`, without the batch dimension. */
export type Shape = MapShape | readonly [number]

/** Number of values in a tensor of this shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1)
}

/** A shape as people read it: `24 x 24 x 3`. */
export function shapeText(shape: Shape): string {
  return shape.join(' x ')
}
