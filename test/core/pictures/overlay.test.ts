import { describe, expect, it } from 'vitest'
import { overlaid } from '../../../core/pictures/overlay.ts'

/** Two pixels beside each other, white and black. */
const picture = { height: 1, width: 2, pixels: Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 255) }

describe('values over a picture', () => {
  it('leave it grey in the middle of the scale and where there is none', () => {
    const coloured = { ...picture, pixels: Uint8Array.of(255, 0, 0, 255, 10, 10, 10, 255) }
    const { pixels } = overlaid(coloured, { height: 1, width: 2, values: [0, null] }, { low: -1, high: 1 })
    expect([...pixels]).toEqual([76, 76, 76, 255, 10, 10, 10, 255])
  })

  it('are red above and blue below it, each over its cell', () => {
    const { pixels } = overlaid(picture, { height: 1, width: 2, values: [2, -2] }, { low: -2, high: 2 })
    const [[red, , blue], [otherRed, , otherBlue]] = [pixels.subarray(0, 3), pixels.subarray(4, 7)]
    expect(red).toBeGreaterThan(blue)
    expect(otherBlue).toBeGreaterThan(otherRed)
  })

  it('are stretched without smoothing', () => {
    const wide = { height: 1, width: 4, pixels: new Uint8Array(16).fill(128) }
    const { pixels } = overlaid(wide, { height: 1, width: 2, values: [1, 0] }, { low: -1, high: 1 })
    const column = (x: number): number[] => [...pixels.subarray(4 * x, 4 * x + 4)]
    expect(column(0)).toEqual(column(1))
    expect(column(2)).toEqual([128, 128, 128, 128])
    expect(column(3)).toEqual(column(2))
    expect(column(0)).not.toEqual(column(2))
  })
})
