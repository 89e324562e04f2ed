import { expect, test } from 'vitest'
import { rawText } from '../../renderer/charts/rawText.ts'
import type { Series } from '../../renderer/charts/series.ts'
import { lookOf } from '../../renderer/ui/seriesLook.ts'

const words = { least: (name: string) => `${name}, least`, most: (name: string) => `${name}, most` }

function series(label: string, points: Series['points'], raw: Series['raw'] = null): Series {
  return { key: label, label, look: lookOf(1), points, raw, noteAt: () => '' }
}

test('a chart is copied with every place in range, and no digit is lost', () => {
  const third = 1 / 3
  const one = series('Run 1', { x: [1, 2, 3], y: [third, 0.5, 0.75] })
  const two = series('Run\t2', { x: [2, 4], y: [0.1, 0.2] })
  expect(rawText([one, two], { min: 1, max: 3 }, 'Step', words)).toEqual({
    text: ['Step\tRun 1\tRun 2', `1\t${third}\t`, '2\t0.5\t0.1', '3\t0.75\t'].join('\n'),
    rows: 3,
  })
})

test('of a smoothed line what was measured is copied: the least and the most behind each point', () => {
  const smooth = series('Run 1', { x: [64, 128], y: [5, 5] }, { x: [64, 64, 128], y: [1, 9, 4] })
  expect(rawText([smooth], null, 'Step', words).text).toBe(
    ['Step\tRun 1, least\tRun 1, most', '64\t1\t9', '128\t4\t4'].join('\n'),
  )
})
