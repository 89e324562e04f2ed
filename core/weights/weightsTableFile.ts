import { z } from 'zod'
import { misfitPhrase } from '../words/issuePhrase.ts'
import { phrase, type Phrase } from '../words/phrases.ts'
import { refuse } from '../words/problems.ts'
import { type TableRow, WeightsTable } from './weightsTable.ts'

/** What marks a file as a table of weights, with the version of its format. */
const mark = 'conv-lab-weights-table'

const TableFile = z.strictObject({ [mark]: z.literal(1), ...WeightsTable.shape })

/** A table as the text of a file that a person can edit. */
export function weightsTableText({ rows, unused }: WeightsTable): string {
  return `${JSON.stringify({ [mark]: 1, rows, unused }, null, 2)}\n`
}

/**
 * Reads the rows of a table that a person may have edited. A row that was open and has a tensor now is the person's; one
 * that has none any more begins anew.
 * @throws LabError `weights-table-wrong`.
 */
export function readWeightsTable(text: string): TableRow[] {
  const wrong = (detail: Phrase): never => refuse('weights-table-wrong', { detail })
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown
    return wrong(phrase('file-no-json', {}))
  }
  const read = TableFile.safeParse(content)
  if (!read.success) return wrong(misfitPhrase(read.error))
  return read.data.rows.map((row) => {
    if (row.taken === null) return row.by === 'open' ? row : { ...row, by: 'anew' }
    return row.by === 'open' || row.by === 'anew' ? { ...row, by: 'person' } : row
  })
}
