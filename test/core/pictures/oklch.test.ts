import { expect, test } from 'vitest'
import { oklch } from '../../../core/pictures/oklch.ts'

// Colours of sRGB as CSS Color 4 gives them in OKLCH.
test.each([
  ['#ff0000', 0.62796, 0.25768, 29.234],
  ['#00ff00', 0.86644, 0.29483, 142.495],
  ['#0000ff', 0.45201, 0.31321, 264.052],
  ['#008000', 0.51975, 0.17686, 142.495],
  ['#ffffff', 1, 0, 0],
  ['#000000', 0, 0, 0],
] as const)('%s', (colour, lightness, chroma, hue) => {
  expect(oklch(lightness, chroma, hue)).toBe(colour)
})

test('what a screen cannot show keeps its lightness and hue, with less chroma', () => {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(oklch(0.7, 0.4, 150).slice(at, at + 2), 16))
  expect(green).toBeGreaterThan(blue)
  expect(blue).toBeGreaterThan(red)
  expect(oklch(0.7, 0.4, 150)).not.toBe(oklch(0.7, 0.05, 150))
})
