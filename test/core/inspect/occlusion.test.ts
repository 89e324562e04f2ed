import { describe, expect, it } from 'vitest'
import { coveredParts } from '../../../core/inspect/occlusion.ts'

describe('the places of a patch', () => {
  it('cover each pixel once where the stride is the side', () => {
    const { rows, columns, parts } = coveredParts({ height: 5, width: 4 }, { side: 2, stride: 2 })
    expect([rows, columns]).toEqual([3, 2])
    const covered = new Map<string, number>()
    for (const { top, bottom, left, right } of parts)
      for (let y = top; y < bottom; y += 1)
        for (let x = left; x < right; x += 1) covered.set(`${y},${x}`, (covered.get(`${y},${x}`) ?? 0) + 1)
    // The last row of cells is one pixel high, and a patch of two around its middle begins one above.
    expect(covered.size).toBe(20)
    expect([...covered].filter(([, times]) => times !== 1).map(([pixel]) => pixel[0])).toEqual(['3', '3', '3', '3'])
  })

  it('are around the middle of each cell and cut off at the edges', () => {
    const { parts } = coveredParts({ height: 1, width: 4 }, { side: 3, stride: 1 })
    expect(parts.map(({ left, right }) => [left, right])).toEqual([
      [0, 2],
      [0, 3],
      [1, 4],
      [2, 4],
    ])
  })

  it('are never empty', () => {
    for (const extent of [1, 7, 24]) {
      for (const side of [1, 2, 5, 40]) {
        for (const stride of [1, 3, 6, 40]) {
          const { parts } = coveredParts({ height: extent, width: extent }, { side, stride })
          expect(parts.every(({ top, bottom, left, right }) => top < bottom && left < right)).toBe(true)
        }
      }
    }
  })
})
