import { describe, expect, it } from 'vitest'
import { freshSeeds } from '../../../core/run/repeats.ts'

describe('seeds for repeats', () => {
  it('are the smallest from the first on that were not used', () => {
    expect(freshSeeds(1, 5, new Set())).toEqual([1, 2, 3, 4, 5])
    expect(freshSeeds(1, 3, new Set([1, 3, 4]))).toEqual([2, 5, 6])
    expect(freshSeeds(7, 2, new Set([1]))).toEqual([7, 8])
  })

  it('go on at 0 after the largest seed', () => {
    expect(freshSeeds(0xffff_fffe, 3, new Set())).toEqual([0xffff_fffe, 0xffff_ffff, 0])
  })
})
