import { endsAsPicture } from './namedPath.ts'

/** What the cells of a column are. */
export type CellKind =
  'words' | 'numbers' | 'fractions' | 'sizes' | 'coordinates' | 'dates' | 'hashes' | 'paths' | 'prose' | 'identifiers'

export interface ColumnFacts {
  readonly kind: CellKind
  /** Cells that are not empty. */
  readonly filled: number
  /** Different values among them. */
  readonly distinct: number
}

/** The part of the cells that must be of a kind, so that a few strays do not hide it. */
const most = 0.9

/** The kinds that are told by the form of a cell, in the order in which they are tried. */
const forms: readonly (readonly [CellKind, (cell: string) => boolean])[] = [
  ['paths', (cell) => endsAsPicture(cell) || /^(https?|ftp|file|s3|gs):\/\/|^[a-z]:[\\/]|^[\\/]/i.test(cell)],
  ['dates', (cell) => /^(\d{4}([-./])\d{1,2}\2\d{1,2}|\d{1,2}([-./])\d{1,2}\3(\d\d|\d{4}))\b|^\d{1,2}:\d\d/.test(cell)],
  ['hashes', (cell) => /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$|^(?=.*\d)[0-9a-f]{16,}$/i.test(cell)],
  ['sizes', (cell) => /^\d+\s*[x×х*]\s*\d+$|^\d+([.,]\d+)?\s*(px|kb|mb|gb|bytes?|кб|мб|гб|байт\p{L}?)$/iu.test(cell)],
  ['coordinates', (cell) => /^[[({]?\s*[+-]?\d+([.,]\d+)?(\s*[,;\s]\s*[+-]?\d+([.,]\d+)?)+\s*[\])}]?$/.test(cell)],
  ['prose', (cell) => cell.split(/\s+/).length > 5],
]

const number = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i

/** What pandas writes for an empty cell. */
export function isEmptyCell(cell: string): boolean {
  return cell === '' || /^nan$/i.test(cell)
}

/** The value of a cell that is a number, with a decimal point or comma; null if it is none. */
export function numberIn(cell: string): number | null {
  return number.test(cell) ? Number(cell.replace(',', '.')) : null
}

/** How often each value occurs; empty cells do not count. */
export function countedValues(cells: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1)
  for (const cell of counts.keys()) if (isEmptyCell(cell)) counts.delete(cell)
  return counts
}

export function columnFacts(values: ReadonlyMap<string, number>): ColumnFacts {
  let filled = 0
  for (const count of values.values()) filled += count
  return { kind: kindOf(values, filled), filled, distinct: values.size }
}

function kindOf(values: ReadonlyMap<string, number>, filled: number): CellKind {
  const mostly = (isSo: (cell: string) => boolean): boolean => {
    let cells = 0
    for (const [cell, count] of values) if (isSo(cell)) cells += count
    return cells >= most * filled
  }
  if (mostly((cell) => number.test(cell))) return kindOfNumbers([...values.keys()])
  const form = forms.find(([, isSo]) => mostly(isSo))
  if (form !== undefined) return form[0]
  // The numbers of things, such as `HAM_0000118`, each of few pictures. ImageNet numbers its classes (`n01440764`).
  const numbered = mostly((cell) => /^\p{L}*[-_ ]?\d{3,}$/u.test(cell) && !/^n\d{8}$/.test(cell))
  return numbered && filled < 4 * values.size ? 'identifiers' : 'words'
}

function kindOfNumbers(cells: readonly string[]): CellKind {
  const values = cells.map(numberIn).filter((value) => value !== null)
  if (!values.every(Number.isInteger)) return 'fractions'
  const least = Math.min(...values.slice(0, 10_000))
  const greatest = Math.max(...values.slice(0, 10_000))
  // Classes are numbered one after the other, with few gaps; widths and years are not.
  return least < -1 || greatest > 4 * values.length + 16 ? 'sizes' : 'numbers'
}

/** Whether values repeat as the names of classes do. */
export function repeats({ filled, distinct }: ColumnFacts): boolean {
  return distinct < filled && (filled <= 12 || distinct <= filled / 2)
}
