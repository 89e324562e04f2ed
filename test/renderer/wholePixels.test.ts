import { describe, expect, it } from 'vitest'
import { wholePixels } from '../../renderer/ui/wholePixels.ts'

describe('a picture enlarged', () => {
  it('takes whole pixels of the screen where that fills most of the room', () => {
    expect(wholePixels(199, 440, 1)).toBe(398)
    expect(wholePixels(199, 440, 1.5)).toBe(398)
    expect(wholePixels(24, 100, 1)).toBe(96)
  })

  it('takes all of the room where it would leave much of it empty', () => {
    expect(wholePixels(199, 350, 1)).toBe(350)
    expect(wholePixels(600, 350, 1)).toBe(350)
  })
})
