/** A place in a map, or in an image: row and column from 0 on. */
export interface MapPlace {
  readonly y: number
  readonly x: number
}
