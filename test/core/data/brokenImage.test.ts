import { expect, test } from 'vitest'
import { BrokenImage, brokenImageText } from '../../../core/data/brokenImage.ts'
import { phrase } from '../../../core/words/phrases.ts'

test('a picture that could not be read is named with the reason in either language', () => {
  const one = BrokenImage.parse(
    JSON.parse(
      JSON.stringify({
        picture: 'cats/1.jpg',
        reason: phrase('too-many-pixels', { width: 20_000, height: 9000, millions: 64 }),
      }),
    ),
  )
  expect(brokenImageText(one, 'en')).toBe('cats/1.jpg (20,000 × 9000 pixels, at most 64 million are read)')
  expect(brokenImageText(one, 'ru')).toBe('cats/1.jpg (пикселей 20\u00a0000 × 9000, а читается не больше 64 млн)')
})

test('one of a set that an older lab has prepared is said as it was stored', () => {
  expect(brokenImageText(BrokenImage.parse('cats/1.jpg (no JPEG or PNG)'), 'ru')).toBe('cats/1.jpg (no JPEG or PNG)')
})
