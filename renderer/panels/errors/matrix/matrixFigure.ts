import { type Figure, fittedText, type Ink, type Shape, textWidth } from '../../../charts/shapes.ts'
import type { MatrixWindow, Place } from './matrixWindow.ts'

/** How a cell is drawn. */
export interface CellLook {
  readonly ink: Ink
  /** How strongly it is coloured, 0 to 1; 0 leaves it empty. */
  readonly weight: number
  /** What it says where there is room; empty: nothing. */
  readonly text: string
}

/** A matrix in pixels: what stands beside its cells, and how large these are. */
export interface MatrixLayout {
  readonly left: number
  readonly top: number
  /** Side of a cell; it need not be whole. */
  readonly cell: number
  readonly named: boolean
  /** Whether the names of columns are turned. */
  readonly turned: boolean
  readonly numbered: boolean
}

/** What a matrix shows. */
export interface MatrixContent {
  /** The classes in the order in which they stand. */
  readonly order: readonly number[]
  readonly nameOf: (label: number) => string
  readonly lookOf: (label: number, predicted: number) => CellLook
  /** The longest text of a cell. */
  readonly widest: string
  readonly words: { readonly truth: string; readonly answer: string }
}

/** A block of it, in some room. */
export interface MatrixPicture extends MatrixContent {
  readonly window: MatrixWindow
  /** Pixels for all of it, each way. */
  readonly room: number
  /** The strongest colour behind a number, so that it can be read. */
  readonly behindNumbers: number
}

/** The strongest colours of each theme behind which a number reads with enough contrast. */
export const behindNumbers = { light: 0.7, dark: 0.5 } as const

const titleRoom = 22
const nameSize = 11
const mostNameRoom = 104
/** The smallest cell beside which names are written, and in which a number stands. */
const leastNamed = 13
const leastNumbered = 20
/** Cells smaller than this are drawn larger where few are wrong, so that none is overlooked. */
const leastSeen = 3
const fewWrong = 1500
/** What is not zero stays visible. */
const faintest = 0.16

/** Finds the largest cells for which there is room. */
export function matrixLayout({ window, order, nameOf, widest, room }: MatrixPicture): MatrixLayout {
  const { row, column, span } = window
  const longest = (first: number): number =>
    Math.min(
      mostNameRoom,
      Math.max(...order.slice(first, first + span).map((label) => textWidth(nameOf(label), nameSize))),
    )
  const rowNames = longest(row) + 8
  const columnNames = longest(column)
  const flat = (room - titleRoom - rowNames) / span
  const turned = columnNames + 6 > flat
  const left = titleRoom + rowNames
  const top = titleRoom + (turned ? columnNames + 8 : nameSize + 6)
  const cell = (room - Math.max(left, top)) / span
  if (cell < leastNamed) {
    const bare = (room - titleRoom) / span
    return { left: titleRoom, top: titleRoom, cell: bare, named: false, turned: false, numbered: false }
  }
  const numbered = cell >= leastNumbered && textWidth(widest, nameSize) <= cell - 2
  return { left, top, cell, named: true, turned, numbered }
}

/** The place in a matrix under a point of its picture; null beside it. */
export function placeAt(
  { left, top, cell }: MatrixLayout,
  { row, column, span }: MatrixWindow,
  x: number,
  y: number,
): Place | null {
  const [across, down] = [Math.floor((x - left) / cell), Math.floor((y - top) / cell)]
  if (across < 0 || down < 0 || across >= span || down >= span) return null
  return { row: row + down, column: column + across }
}

function names(picture: MatrixPicture, { left, top, cell, turned }: MatrixLayout): Shape[] {
  const { window, order, nameOf } = picture
  return Array.from({ length: window.span }, (_, place): Shape[] => {
    const middle = (place + 0.5) * cell
    const size = nameSize
    const base = { kind: 'text', size, ink: 'text' } as const
    const column = nameOf(order[window.column + place])
    const row = nameOf(order[window.row + place])
    return [
      {
        ...base,
        x: left - 5,
        y: top + middle,
        anchor: 'end',
        turned: false,
        text: fittedText(row, size, mostNameRoom),
      },
      turned
        ? {
            ...base,
            x: left + middle,
            y: top - 5,
            anchor: 'start',
            turned: true,
            text: fittedText(column, size, mostNameRoom),
          }
        : { ...base, x: left + middle, y: top - 9, anchor: 'middle', turned: false, text: column },
    ]
  }).flat()
}

/** How many cells in view beside the diagonal are not empty. */
function wrongCells({ window, order, lookOf }: MatrixPicture): number {
  const columns = order.slice(window.column, window.column + window.span)
  return order
    .slice(window.row, window.row + window.span)
    .reduce(
      (count, label) =>
        count + columns.filter((predicted) => predicted !== label && lookOf(label, predicted).weight > 0).length,
      0,
    )
}

function cells(picture: MatrixPicture, { left, top, cell, numbered }: MatrixLayout): Shape[] {
  const { window, order, lookOf, behindNumbers } = picture
  const strongest = numbered ? behindNumbers : 1
  // Edges on whole pixels, so that no seam shows between cells.
  const edge = (place: number): number => Math.round(place * cell)
  const gap = cell >= 8 ? 1 : 0
  const grows = cell < leastSeen && wrongCells(picture) <= fewWrong
  const shapes: Shape[] = []
  const texts: Shape[] = []
  for (let down = 0; down < window.span; down += 1)
    for (let across = 0; across < window.span; across += 1) {
      const look = lookOf(order[window.row + down], order[window.column + across])
      const wider = grows && order[window.row + down] !== order[window.column + across] ? 1 : 0
      if (look.weight > 0)
        shapes.push({
          kind: 'rect',
          x: left + edge(across) - wider,
          y: top + edge(down) - wider,
          width: edge(across + 1) - edge(across) - gap + 2 * wider,
          height: edge(down + 1) - edge(down) - gap + 2 * wider,
          ink: look.ink,
          alpha: strongest * (faintest + (1 - faintest) * Math.min(1, look.weight)),
        })
      if (numbered && look.text !== '')
        texts.push({
          kind: 'text',
          x: left + (across + 0.5) * cell,
          y: top + (down + 0.5) * cell,
          text: look.text,
          size: cell > 40 ? 13 : nameSize,
          anchor: 'middle',
          ink: look.weight > 0 ? 'text' : 'text-soft',
          turned: false,
        })
    }
  return [...shapes, ...texts]
}

/** A block of a matrix with the names of its rows and columns. */
export function matrixFigure(picture: MatrixPicture): Figure {
  const layout = matrixLayout(picture)
  const { left, top, cell, named } = layout
  const extent = Math.round(picture.window.span * cell)
  const title = { kind: 'text', size: 12, ink: 'text-soft', anchor: 'middle' } as const
  const frame: Shape = {
    kind: 'line',
    points: [
      [left - 0.5, top - 0.5],
      [left + extent + 0.5, top - 0.5],
      [left + extent + 0.5, top + extent + 0.5],
      [left - 0.5, top + extent + 0.5],
      [left - 0.5, top - 0.5],
    ],
    ink: 'edge',
    width: 1,
    dash: [],
  }
  return {
    width: left + extent + 2,
    height: top + extent + 2,
    shapes: [
      { ...title, x: left + extent / 2, y: 8, text: picture.words.answer, turned: false },
      { ...title, x: 8, y: top + extent / 2, text: picture.words.truth, turned: true },
      ...(named ? names(picture, layout) : []),
      ...cells(picture, layout),
      frame,
    ],
  }
}
