import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { adviceOn } from '../../core/advice/adviceOn.ts'
import { adviceTable, hintedOnTheWay, keptCounts, recordings } from '../../bench/advice/adviceTable.ts'

const all = recordings()
const { sound, troubles } = keptCounts(all)

describe('advice on recorded runs', () => {
  test('leaves sound runs alone: fewer than one in twenty gets a hint', () => {
    expect(sound.runs).toBeGreaterThanOrEqual(40)
    expect(sound.noticed.length).toBeLessThan(sound.runs / 20)
  })

  test('leaves them alone while they train, too', () => {
    expect(hintedOnTheWay(all).length).toBeLessThan(sound.runs / 20)
  })

  test.each([...troubles])('notices %s in at least nine of ten runs made for it', (_, { runs, noticed, missed }) => {
    expect(runs).toBeGreaterThanOrEqual(5)
    expect(noticed.length, missed.join()).toBeGreaterThanOrEqual(0.9 * runs)
  })

  test('is in the docs as it was counted', () => {
    const page = readFileSync(new URL('../../docs/advice.md', import.meta.url), 'utf8')
    expect(page).toContain(adviceTable(all))
  })

  test('branches only from checkpoints that a run has', () => {
    for (const { run } of all)
      for (const remedy of adviceOn(run).flatMap(({ remedies }) => remedies))
        if (remedy.kind === 'branch') expect(run.checkpoints).toContain(remedy.at)
  })
})
