import { z } from 'zod'
import { refuse } from '../words/problems.ts'
import { Column } from './column.ts'
import { longestSearch } from './parseExpression.ts'
import { Shelf, Sorting } from './runPage.ts'

/** Widths of a column in pixels. */
export const narrowestColumn = 48
export const widestColumn = 640

export const ViewColumn = z.strictObject({
  column: Column,
  width: z.int().min(narrowestColumn).max(widestColumn),
})
export type ViewColumn = z.infer<typeof ViewColumn>

/** A table of runs as a person has arranged it: which runs, in which order and groups, and what is shown of each. */
export const RunsView = z.strictObject({
  where: z.string().max(longestSearch),
  shelf: Shelf,
  columns: z.array(ViewColumn).min(1).max(100),
  sort: z.array(Sorting).max(20),
  /** The column by which runs are put together; null for none. */
  group: Column.nullable(),
})
export type RunsView = z.infer<typeof RunsView>

/** The most characters of a view's name. */
const longestName = 100

/** The name of a view, checked in a sentence by `checkedViewName`. */
export const ViewName = z.string().max(10_000)

export const NamedView = z.strictObject({ name: ViewName, view: RunsView })
export type NamedView = z.infer<typeof NamedView>

/**
 * The name of a view without outer blanks.
 * @throws LabError `view-name-blank` or `view-name-too-long`.
 */
export function checkedViewName(name: string): string {
  const trimmed = name.trim().normalize('NFC')
  const length = [...trimmed].length
  if (!/[^\p{Z}\p{C}]/u.test(trimmed)) refuse('view-name-blank', {})
  if (length > longestName) refuse('view-name-too-long', { length, most: longestName })
  return trimmed
}
