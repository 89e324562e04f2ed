import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  colourIndex,
  colourMapNames,
  colourTables,
  fullScale,
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

describe('scales', () => {
  test('the symmetric one reaches the largest absolute value both ways', () => {
    expect(symmetricScale([0.25, -0.75, 0.5])).toEqual({ low: -0.75, high: 0.75 })
  })

  test('the full one reaches from the least to the largest', () => {
    expect(fullScale([3, -1, 2])).toEqual({ low: -1, high: 3 })
  })

  test('values that are not finite do not count', () => {
    expect(symmetricScale([NaN, Infinity, -2])).toEqual({ low: -2, high: 2 })
    expect(fullScale([NaN, 1, -Infinity, 2])).toEqual({ low: 1, high: 2 })
  })

  test('without values they have an extent all the same', () => {
    expect(symmetricScale([0, 0])).toEqual({ low: -1, high: 1 })
    expect(fullScale([NaN])).toEqual({ low: 0, high: 1 })
  })
})
