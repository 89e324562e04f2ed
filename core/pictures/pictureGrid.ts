import { gridGap, squareGrid, type Picture } from './mapGrid.ts'

/**
 * Pictures of one size in a square grid, row by row, with nothing between them.
 * @param pictures One or more.
 */
export function gridOfPictures(pictures: readonly Picture[]): Picture {
  const { rows, columns } = squareGrid(pictures.length)
  const [cell] = pictures
  const height = rows * (cell.height + gridGap) - gridGap
  const width = columns * (cell.width + gridGap) - gridGap
  const pixels = new Uint8Array(height * width * 4)
  for (const [index, { pixels: own }] of pictures.entries()) {
    const top = Math.floor(index / columns) * (cell.height + gridGap)
    const left = (index % columns) * (cell.width + gridGap)
    for (let row = 0; row < cell.height; row += 1) {
      const from = row * cell.width * 4
      pixels.set(own.subarray(from, from + cell.width * 4), ((top + row) * width + left) * 4)
    }
  }
  return { height, width, pixels }
}
