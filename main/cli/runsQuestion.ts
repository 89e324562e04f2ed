import { Shelf, type PageQuestion, type Sorting } from '../../core/query/runPage.ts'
import { columnNames, isSetting } from '../../core/query/column.ts'
import type { RunSummary } from '../../core/run/run.ts'
import type { RunPage } from '../../core/query/runPage.ts'
import type { CommandContext } from './context.ts'
import { oneOf, readText, text, usually } from './optionKinds.ts'

/** Which runs, as options of a command choose them. */
export type RunsQuestion = Pick<PageQuestion, 'where' | 'shelf' | 'sort' | 'settings'>

/** How many rows are asked for in one call, and how many whole summaries. */
const rowsAtOnce = 500
const summariesAtOnce = 100

function listed(word: string): string[] | null {
  const names = word.split(',').map((name) => name.trim())
  return names.some((name) => name === '') ? null : names
}

/** A search for runs. */
export const whereOption = text(
  'EXPRESSION',
  'Only runs that fit: set = cifar-10 and best > 70 %; or words to look for',
)

/** The shelf on which runs lie. */
export const shelfOption = usually<Shelf>(
  oneOf('SHELF', `Where they lie: ${Shelf.options.join(', ')}`, Shelf.options),
  'kept',
)

/** Columns to sort by. */
export const sortOption = readText(
  'COLUMNS',
  'Sort by columns, the first one first: best,-rate; with a minus from the largest down',
  'columns with commas between them',
  (word): Sorting[] | null =>
    listed(word)?.map((name) => ({ column: name.replace(/^-/, ''), descending: name.startsWith('-') })) ?? null,
)

/** Columns to show. */
export const columnsOption = readText(
  'COLUMNS',
  `Columns to show: ${columnNames.join(', ')}, or the path of a setting, such as optimizer.beta1`,
  'columns with commas between them',
  listed,
)

/** The settings among columns, which configurations alone have. */
export function settingsAmong(columns: readonly string[]): string[] {
  return columns.filter(isSetting)
}

/** All rows that a question finds, in its order. */
export async function rowsOf({ client }: CommandContext, question: RunsQuestion): Promise<RunPage['rows']> {
  const rows: RunPage['rows'] = []
  for (;;) {
    const page = await client.runs.page({ ...question, from: rows.length, count: rowsAtOnce })
    rows.push(...page.rows)
    if (page.rows.length === 0 || rows.length >= page.matched) return rows
  }
}

/** Whole summaries of runs, in the order of their numbers here. Those in the bin have none. */
export async function summariesOf({ client }: CommandContext, ids: readonly number[]): Promise<RunSummary[]> {
  const found = new Map<number, RunSummary>()
  for (let from = 0; from < ids.length; from += summariesAtOnce)
    for (const run of await client.runs.some({ runs: ids.slice(from, from + summariesAtOnce) })) found.set(run.id, run)
  return ids.map((id) => found.get(id)).filter((run) => run !== undefined)
}
