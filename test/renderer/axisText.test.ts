import { expect, test } from 'vitest'
import { axisText } from '../../renderer/charts/axisText.ts'
import { formatsFor } from '../../renderer/text/formats.ts'

test.each([
  ['step', 2500, '2,500'],
  ['time', 125.4, '2:05'],
  ['epoch', 3.14159, '3.14'],
  // A batch of 20 out of 60,000 images.
  ['epoch', 1 / 3000, '0.00033'],
  ['epoch', 0, '0'],
] as const)('on the axis of %s, %d is written %s', (axis, value, text) => {
  expect(axisText(axis, value, formatsFor('en'))).toBe(text)
})
