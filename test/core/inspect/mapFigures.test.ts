import { describe, expect, it } from 'vitest'
import { figuresOfMaps, mapExtents, mapsIn, valuesOfMap } from '../../../core/inspect/mapFigures.ts'

describe('the figures of maps', () => {
  // Two maps of 1 x 3.
  const values = Float32Array.of(1, -2, 3, Number.NaN, 5, Infinity)
  const shape = [1, 3, 2]

  it('are of the finite values', () => {
    expect(figuresOfMaps(values, shape)).toEqual([
      { min: 1, max: 5, mean: 3, notFinite: 0 },
      { min: -2, max: -2, mean: -2, notFinite: 2 },
    ])
    expect(figuresOfMaps(Float32Array.of(Number.NaN), [1])).toEqual([{ min: 0, max: 0, mean: 0, notFinite: 1 }])
  })

  it('are one map each for the units of a vector', () => {
    expect(mapsIn([7])).toBe(7)
    expect(mapExtents([7])).toEqual({ height: 1, width: 1 })
    expect(mapExtents([4, 5, 7])).toEqual({ height: 4, width: 5 })
  })

  it('go with the values row by row', () => expect([...valuesOfMap(values, shape, 0)]).toEqual([1, 3, 5]))
})
