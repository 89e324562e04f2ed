import { tablePartNamed } from './partNames.ts'
import type { Part } from './readingPlan.ts'

/**
 * Whether a file is a spreadsheet in a format of its own, which is not read. The marks of open ones (`~$labels.xlsx`) are
 * none.
 */
export function isSpreadsheet(path: string): boolean {
  return /(^|\/)(?!~\$)[^/]*\.(xls|xlsx|xlsm|xlsb|xlt|xltx|ods|fods|numbers)$/i.test(path)
}

/** The name of a table's file, without its ending. */
function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '')
}

/**
 * Whether a table is a form for the answers of a competition, such as `sample_submission.csv`. Its labels hold a place.
 */
export function isCompetitionForm(path: string): boolean {
  return /submission|submit(?!t)/i.test(nameOf(path))
}

/** The part that a table's name states, as `train.csv` and `test_labels.csv` do; null: none. */
export function partOfTable(path: string): Part | null {
  return isCompetitionForm(path) ? 'unlabelled' : tablePartNamed(nameOf(path))
}
