import { appendFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { addResult, resultsIn } from '../../setup/wineTests/results.mjs'
import { emptyPlace } from './place.ts'

it('the last result of a file of tests counts, and a line that was cut off does not', () => {
  const list = path.join(emptyPlace().root, 'results.jsonl')
  expect(resultsIn(list)).toEqual([])
  const red = { file: 'a.test.ts', project: 'lab', passed: 1, failed: [{ test: 'b', error: 'c' }], skipped: [] }
  const green = { ...red, passed: 2, failed: [] }
  const other = { ...green, project: 'window' }
  for (const result of [red, other, green]) addResult(list, result)
  appendFileSync(list, '{"file":"d.te')
  expect(resultsIn(list)).toEqual([green, other])
})
