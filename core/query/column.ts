import { z } from 'zod'
import type { SettingValue } from '../run/settingPath.ts'
import { RunConfig } from '../run/run.ts'
import { refuse } from '../words/problems.ts'
import { isSearchName, nameKinds, numberOf, searchNames, textsOf, type NumberName, type TextName } from './names.ts'
import type { RunFacts } from './runFacts.ts'

/** What columns show of a run beside the names of searches. */
const more = {
  off: (facts: RunFacts) => facts.off,
  bytes: (facts: RunFacts) => facts.bytes,
  ended: (facts: RunFacts) => facts.endedAt,
  deleted: (facts: RunFacts) => facts.deletedAt,
  repeats: (facts: RunFacts) => facts.repeats,
} as const

/** The columns that every run has: the names of searches and a few more. */
export const columnNames: readonly string[] = [...searchNames, ...Object.keys(more)]

/**
 * A column of a table of runs: one of `columnNames`, or the dotted path of a setting (`optimizer.beta1`, layers by name:
 * `model.layers.conv_1.filters`).
 */
export const Column = z.string().min(1).max(300)
export type Column = z.infer<typeof Column>

/** What stands in a cell; null where the run has nothing there. */
export const CellValue = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** Whether a column is the path of a setting, which only configurations have. */
export function isSetting(column: Column): boolean {
  return !isSearchName(column) && !Object.hasOwn(more, column)
}

/** @throws LabError `column-unknown` for a column that no run can have. */
export function checkColumn(column: Column): void {
  if (!isSetting(column)) return
  const [beginning, ...rest] = column.split('.')
  if (rest.length > 0 && Object.hasOwn(RunConfig.shape, beginning)) return
  refuse('column-unknown', { column, known: columnNames.join(', ') })
}

function moreOf(column: string, facts: RunFacts): SettingValue {
  const read = Object.entries(more).find(([name]) => name === column)?.[1]
  return read === undefined ? null : read(facts)
}

/** What a run has in one of `columnNames`. */
export function cellOf(column: Column, facts: RunFacts): SettingValue {
  if (!isSearchName(column)) return moreOf(column, facts)
  switch (nameKinds[column]) {
    case 'number':
    case 'share':
    case 'duration':
      return numberOf(column as NumberName, facts)
    case 'flag':
      return column === 'star' ? facts.star : facts.archived
    case 'moment':
      return facts.createdAt
    case 'text':
    case 'texts':
    case 'choice': {
      const texts = textsOf(column as TextName, facts)
      return texts.length === 0 ? null : texts.join(', ')
    }
  }
}
