import { describe, expect, it } from 'vitest'
import { HighestPeaks } from '../../../core/inspect/highestPeaks.ts'

describe('the highest peaks', () => {
  it('are those of the images that excite each map most, of equal ones the first', () => {
    const peaks = new HighestPeaks(2, 2)
    peaks.add(0, Float32Array.of(1, 5))
    peaks.add(1, Float32Array.of(3, 5))
    peaks.add(2, Float32Array.of(2, 5))
    peaks.add(3, Float32Array.of(-1, 6))
    expect([...peaks.values]).toEqual([3, 2, 6, 5])
    expect([...peaks.numbers]).toEqual([1, 2, 3, 0])
    expect([...peaks.images()]).toEqual([0, 1, 2, 3])
  })

  it('say where they are once that is known', () => {
    const peaks = new HighestPeaks(2, 1)
    peaks.add(7, Float32Array.of(1, 1))
    peaks.add(8, Float32Array.of(2, 0))
    peaks.locate(7, Int32Array.of(30, 40))
    peaks.locate(8, Int32Array.of(10, 20))
    expect([...peaks.places]).toEqual([10, 40])
  })

  it('leave out what is not finite, and places for which there is no image', () => {
    const peaks = new HighestPeaks(1, 3)
    peaks.add(4, Float32Array.of(NaN))
    peaks.add(5, Float32Array.of(Infinity))
    peaks.add(6, Float32Array.of(0))
    expect([...peaks.values]).toEqual([0, NaN, NaN])
    expect([...peaks.images()]).toEqual([6])
  })
})
