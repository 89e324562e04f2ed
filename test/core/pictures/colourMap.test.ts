import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  colourIndex,
  colourMapNames,
  colourTables,
  symmetricScale,
  type ColourMapName,
} from '../../../core/pictures/colourMap.ts'

const Colours = z.array(z.tuple([z.int(), z.int(), z.int()]))
const Stored = z.object({
  tables: z.record(z.enum(colourMapNames), Colours),
  values: z.array(z.number()),
  drawn: z.array(z.object({ map: z.enum(colourMapNames), low: z.number(), high: z.number(), colours: Colours })),
})
/** Made by matplotlib; make.py beside it says how. */
const stored = Stored.parse(
  JSON.parse(readFileSync(new URL('../../data/matplotlib/colours.json', import.meta.url), 'utf8')),
)

function colourAt(map: ColourMapName, index: number): number[] {
  return [...colourTables[map].subarray(index * 3, index * 3 + 3)]
}

describe('the colours of matplotlib', () => {
  test.each(colourMapNames)('%s has its 256 colours', (map) => {
    expect(stored.tables[map].map((_, index) => colourAt(map, index))).toEqual(stored.tables[map])
  })

  test.each(stored.drawn)('$map draws values from $low to $high alike', ({ map, low, high, colours }) => {
    expect(stored.values.map((value) => colourAt(map, colourIndex(value, { low, high })))).toEqual(colours)
  })
})

test('a scale without extent gives the first colour', () => {
  expect(colourIndex(3, { low: 3, high: 3 })).toBe(0)
})

test('zero is in the middle of a symmetric scale, also where all values are zero', () => {
  for (const largest of [0, 0.25])
    expect(colourAt('seismic', colourIndex(0, symmetricScale(largest)))).toEqual([255, 253, 253])
})
