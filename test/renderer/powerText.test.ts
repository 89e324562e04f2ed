import { expect, it } from 'vitest'
import { formatsFor } from '../../renderer/text/formats.ts'
import { powerText } from '../../renderer/text/powerText.ts'

it.each([
  [0, '0', '0'],
  [0.0123, '0.012', '0,012'],
  [3.44, '3.4', '3,4'],
  [0.00099, '9.9·10⁻⁴', '9,9·10⁻⁴'],
  [1e-12, '10⁻¹²', '10⁻¹²'],
  [4.5e7, '4.5·10⁷', '4,5·10⁷'],
])('a number of any size has two figures: %d', (value, en, ru) => {
  expect(powerText(value, formatsFor('en'))).toBe(en)
  expect(powerText(value, formatsFor('ru'))).toBe(ru)
})
