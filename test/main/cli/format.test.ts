import { expect, test } from 'vitest'
import { bar, bytes, duration, percent, table } from '../../../main/cli/format.ts'

test('numbers have their units', () => {
  expect(percent(0.4123)).toBe('41.2 %')
  expect([0.4, 59, 60, 125, 3600, 7380].map(duration)).toEqual([
    '0 s',
    '59 s',
    '1 min 00 s',
    '2 min 05 s',
    '1 h 00 min',
    '2 h 03 min',
  ])
  expect([0, 999, 1000, 8_800_000, 170_052_171, 1.2e9].map(bytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '8.8 MB',
    '170 MB',
    '1.2 GB',
  ])
})

test('a table has columns of one width, numbers to the right', () => {
  expect(
    table(
      ['RUN', 'NAME'],
      [
        ['1', 'a'],
        ['10', 'long'],
      ],
    ),
  ).toBe('RUN  NAME\n  1  a\n 10  long')
})

test('a bar fits the terminal and shows the share', () => {
  expect(bar(0.5, 'half', 40)).toBe(`${'█'.repeat(15)}${'░'.repeat(15)} half`)
  expect(bar(2, 'x', 100)).not.toContain('░')
  expect(bar(0.5, 'words '.repeat(20), 30)).toHaveLength(29)
})
