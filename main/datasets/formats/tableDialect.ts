import { isKnownTitle } from '../../../core/reading/columnTitles.ts'

/** A table's text without the lines above its titles, and what separates its cells. */
export interface TableDialect {
  readonly body: string
  readonly delimiter: string
}

const delimiters = [',', ';', '\t', '|'] as const
type Delimiter = (typeof delimiters)[number]

/** Characters and lines at the beginning that tell the delimiter. */
const looked = { characters: 65_536, lines: 50 }

/** A line for spreadsheets that names the delimiter. Saved again as a table, it has delimiters behind it. */
const separatorLine = /^\s*"?sep=(\\t|[^"\\])"?[,;\t|\s]*$/i
const commentLine = /^\s*"?(#|\/\/)/

/**
 * Separates a table from the lines above it: blank ones, one that names the delimiter (`sep=;`), and comments. The last
 * comment is the row of titles if it has as many cells as the rows below it, which have no titles of their own.
 * @param text With `\n` as line ends.
 */
export function tableDialect(text: string): TableDialect {
  const { above, body, separator } = withoutLinesAbove(text)
  const delimiter = separator ?? delimiterOf(body)
  const titles = titlesIn(above.findLast((line) => commentLine.test(line)) ?? '', body, delimiter)
  return { body: titles === null ? body : `${titles}\n${body}`, delimiter }
}

interface Divided {
  readonly above: readonly string[]
  readonly body: string
  readonly separator: string | null
}

function withoutLinesAbove(text: string): Divided {
  const above: string[] = []
  let separator: string | null = null
  let from = 0
  while (from < text.length) {
    const end = text.indexOf('\n', from)
    const line = text.slice(from, end < 0 ? undefined : end)
    const named = separatorLine.exec(line)?.[1]
    if (named !== undefined) separator = named === '\\t' ? '\t' : named
    else if (line.trim() !== '' && !commentLine.test(line)) return { above, body: text.slice(from), separator }
    above.push(line)
    from = end < 0 ? text.length : end + 1
  }
  // All of it looks like comments: rows whose first cells begin with such a mark.
  return { above: [], body: above.filter((line) => !separatorLine.test(line)).join('\n'), separator }
}

/** The row of titles that a comment is, without its mark; null if it is a remark. */
function titlesIn(comment: string, body: string, delimiter: string): string | null {
  const cells = withoutQuoted(comment).split(delimiter)
  const rows = firstLines(body).map((line) => line.split(delimiter))
  const asWide = cells.length > 1 && rows.length > 0 && rows.every((row) => row.length === cells.length)
  const named = cells.filter((cell) => cell.trim() !== '').length > 1
  const [first = ''] = body.split('\n', 1)
  const below = first.split(delimiter).some((cell) => isKnownTitle(cell.replaceAll('"', '')))
  if (!asWide || !named || below) return null
  // A title that is the mark alone stays: it stands for a number.
  return comment.replace(/^(\s*"?)(?:#|\/\/)(?!\s*"?\s*[,;\t|])\s*/, '$1')
}

/** A table's text without its quoted cells, in which delimiters and line ends mean nothing. */
function withoutQuoted(text: string): string {
  return text.replaceAll(/(^|[,;\t|][ ]*)"(?:[^"]|"")*"/gm, '$1_')
}

function firstLines(text: string): string[] {
  const begun = withoutQuoted(text.slice(0, looked.characters)).split('\n')
  // The last line may be cut.
  const whole = text.length > looked.characters && begun.length > 1 ? begun.slice(0, -1) : begun
  return whole.filter((line) => line.trim() !== '').slice(0, looked.lines)
}

/** How a delimiter divides lines: the share of lines with the most common number of cells, and that number. */
interface Division {
  readonly delimiter: Delimiter
  readonly share: number
  readonly cells: number
}

function division(lines: readonly string[], delimiter: Delimiter, mark: string | RegExp): Division {
  const counts = new Map<number, number>()
  for (const line of lines) {
    const cells = line.split(mark).length
    counts.set(cells, (counts.get(cells) ?? 0) + 1)
  }
  const divided = [...counts].filter(([cells]) => cells > 1)
  const [cells, count] = divided.reduce((most, one) => (one[1] > most[1] ? one : most), [1, 0] as [number, number])
  return { delimiter, share: count / lines.length, cells }
}

/**
 * The delimiter that divides most of the first lines into the same number of cells. A comma between digits may be a
 * decimal comma, so it only counts where nothing else divides the lines.
 */
function delimiterOf(body: string): Delimiter {
  const lines = firstLines(body)
  const better = (best: Division, one: Division): Division =>
    one.share > best.share || (one.share === best.share && one.cells > best.cells) ? one : best
  const best = delimiters
    .map((delimiter) => division(lines, delimiter, delimiter === ',' ? /,(?!(?<=\d,)\d)/ : delimiter))
    .reduce(better)
  const commas = division(lines, ',', ',')
  return best.share > 0 && (best.delimiter === ',' || best.share >= commas.share) ? best.delimiter : ','
}
