// Measures the advice on the recordings and writes the table into docs/advice.md:
//   node bench/advice/writeTable.ts
import { readFile, writeFile } from 'node:fs/promises'
import { withSummary } from '../marked.ts'
import { adviceTable, recordings } from './adviceTable.ts'

const page = new URL('../../docs/advice.md', import.meta.url)
const updated = withSummary(await readFile(page, 'utf8'), `\n${adviceTable(recordings())}\n`)
if (updated === null) throw new Error('docs/advice.md has no place for the table')
await writeFile(page, updated)
