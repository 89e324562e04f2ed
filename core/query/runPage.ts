import { z } from 'zod'
import type { SettingValue } from '../run/settingPath.ts'
import { cellOf, CellValue, checkColumn, Column, isSetting } from './column.ts'
import { matches } from './matches.ts'
import { mistakeProblem } from './mistake.ts'
import { compareCells, comparable } from './order.ts'
import { longestSearch, parseExpression } from './parseExpression.ts'
import { RunFacts } from './runFacts.ts'
import type { Expression } from './expression.ts'
import { LabError } from '../words/problems.ts'

/**
 * Where runs lie: `kept` are those that are neither archived nor in the bin; `all` are the kept and the archived ones.
 */
export const Shelf = z.enum(['kept', 'archived', 'bin', 'all'])
export type Shelf = z.infer<typeof Shelf>

/** A search; an empty one finds every run. What is too long is refused by the language itself, at its place. */
export const Where = z.string().max(10 * longestSearch)

const subject = {
  where: Where,
  shelf: Shelf,
}

export const Sorting = z.strictObject({ column: Column, descending: z.boolean() })
export type Sorting = z.infer<typeof Sorting>

/** Which rows of a table of runs, and in which order. */
export const PageQuestion = z.strictObject({
  ...subject,
  /** The first column decides; the next ones among equals. Equal in all, and without any: the newest first. */
  sort: z.array(Sorting).max(20),
  from: z.int().min(0),
  count: z.int().min(1).max(500),
  /** Paths of settings to show beside the facts. */
  settings: z.array(Column).max(100),
})
export type PageQuestion = z.infer<typeof PageQuestion>

export const RunPage = z.strictObject({
  /** Runs on the shelf, and how many of them the search finds. */
  total: z.int().min(0),
  matched: z.int().min(0),
  /** `values` in the order of the asked `settings`. */
  rows: z.array(z.strictObject({ facts: RunFacts, values: z.array(CellValue) })),
})
export type RunPage = z.infer<typeof RunPage>

/** Reads the setting at a path of a run's configuration; null where it has none. */
export type SettingReader = (path: string, facts: RunFacts) => SettingValue

/** Whether a run lies on a shelf. */
export function liesOn(shelf: Shelf, { archived, deletedAt }: Pick<RunFacts, 'archived' | 'deletedAt'>): boolean {
  if (shelf === 'bin') return deletedAt !== null
  return deletedAt === null && (shelf === 'all' || archived === (shelf === 'archived'))
}

/** @throws LabError that names the mistake of a search and its place. */
export function understood(where: string): Expression {
  const parsed = parseExpression(where)
  if (!parsed.ok) throw new LabError(mistakeProblem(where, parsed.mistake))
  return parsed.expression
}

/**
 * Checks a question before any run is looked at.
 * @throws LabError for a mistake in the search, or `column-unknown`.
 */
export function checkQuestion(question: Pick<PageQuestion, 'where' | 'sort' | 'settings'>): void {
  understood(question.where)
  for (const { column } of question.sort) checkColumn(column)
  question.settings.forEach(checkColumn)
}

/** The cell of any column. */
export function valueIn(column: Column, facts: RunFacts, settingOf: SettingReader): SettingValue {
  return isSetting(column) ? settingOf(column, facts) : cellOf(column, facts)
}

/** The runs on a shelf that a search finds, and how many lie there. */
export function found(
  all: Iterable<RunFacts>,
  { where, shelf }: { readonly where: string; readonly shelf: Shelf },
): { total: number; runs: RunFacts[] } {
  const expression = understood(where)
  let total = 0
  const runs: RunFacts[] = []
  for (const facts of all) {
    if (!liesOn(shelf, facts)) continue
    total += 1
    if (matches(expression, facts)) runs.push(facts)
  }
  return { total, runs }
}

/** Runs in the order of a table. */
export function inOrder(
  runs: readonly RunFacts[],
  sort: readonly Sorting[],
  settingOf: SettingReader,
): readonly RunFacts[] {
  // Cells are read once a run, not once a comparison.
  const keyed = runs.map((facts) => ({
    facts,
    cells: sort.map(({ column }) => comparable(valueIn(column, facts, settingOf))),
  }))
  keyed.sort((one, other) => {
    for (const [place, { descending }] of sort.entries()) {
      const order = compareCells(one.cells[place], other.cells[place], descending)
      if (order !== 0) return order
    }
    return other.facts.id - one.facts.id
  })
  return keyed.map(({ facts }) => facts)
}
