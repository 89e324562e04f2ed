import type { Column } from '../../../core/query/column.ts'
import { settingTerm } from './settingTerms.ts'
import type { TermId } from './terms.ts'

/** Columns of the table of runs that are no setting by its path. */
const columns: Readonly<Record<string, TermId>> = {
  set: 'data-set',
  network: 'network',
  preset: 'preset',
  optimizer: 'optimizer',
  schedule: 'schedule',
  rate: 'learning-rate',
  batch: 'batch',
  steps: 'goal',
  epochs: 'epoch',
  step: 'step',
  seed: 'seed',
  best: 'best-accuracy',
  last: 'last-accuracy',
  expected: 'expected-accuracy',
  off: 'off-by',
  seconds: 'training-time',
  sweep: 'sweep',
  repeats: 'repeats',
}

/** The term of a column of the table of runs; null where its name is none, such as that of a note. */
export function columnTerm(column: Column): TermId | null {
  return Object.hasOwn(columns, column) ? columns[column] : settingTerm(column)
}
