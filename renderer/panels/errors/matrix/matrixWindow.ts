/** A place in a matrix, by the positions of its row and column. */
export interface Place {
  readonly row: number
  readonly column: number
}

/** The square block of a matrix in view: its first row and column, and how many of each. */
export interface MatrixWindow extends Place {
  readonly span: number
}

/** Rows of the smallest block. */
const fewest = 4

export function wholeWindow(classes: number): MatrixWindow {
  return { row: 0, column: 0, span: classes }
}

const within = (first: number, span: number, classes: number): number =>
  Math.min(Math.max(0, first), Math.max(0, classes - span))

/** A window of this span with a place in its middle. */
function around({ row, column }: Place, span: number, classes: number): MatrixWindow {
  const half = Math.floor(span / 2)
  return { row: within(row - half, span, classes), column: within(column - half, span, classes), span }
}

/** Half of the window around a place. */
export function zoomedIn({ span }: MatrixWindow, at: Place, classes: number): MatrixWindow {
  return around(at, Math.max(Math.min(fewest, classes), Math.ceil(span / 2)), classes)
}

/** Twice the window around a place. */
export function zoomedOut({ span }: MatrixWindow, at: Place, classes: number): MatrixWindow {
  return around(at, Math.min(classes, span * 2), classes)
}

/** The smallest window with two opposite corners. */
export function windowOf(one: Place, other: Place, classes: number): MatrixWindow {
  const extent = Math.max(Math.abs(one.row - other.row), Math.abs(one.column - other.column)) + 1
  const span = Math.min(classes, Math.max(fewest, extent))
  const row = within(Math.min(one.row, other.row), span, classes)
  return { row, column: within(Math.min(one.column, other.column), span, classes), span }
}

/** The window moved as little as it takes to have a place in view. */
export function withPlace(window: MatrixWindow, { row, column }: Place): MatrixWindow {
  const moved = (first: number, to: number): number => Math.min(Math.max(first, to - window.span + 1), to)
  return { row: moved(window.row, row), column: moved(window.column, column), span: window.span }
}

/** Where a key moves the cursor; null for any other key. */
export function movedPlace({ row, column }: Place, key: string, span: number, classes: number): Place | null {
  const inside = (position: number): number => Math.min(classes - 1, Math.max(0, position))
  switch (key) {
    case 'ArrowLeft':
      return { row, column: inside(column - 1) }
    case 'ArrowRight':
      return { row, column: inside(column + 1) }
    case 'ArrowUp':
      return { row: inside(row - 1), column }
    case 'ArrowDown':
      return { row: inside(row + 1), column }
    case 'PageUp':
      return { row: inside(row - span), column }
    case 'PageDown':
      return { row: inside(row + span), column }
    case 'Home':
      return { row, column: 0 }
    case 'End':
      return { row, column: classes - 1 }
    default:
      return null
  }
}
