import { expect, test } from 'vitest'
import { portableOptions } from '../../../setup/package/options.mjs'

test('without --portable the words are electron-builder’s', () => {
  expect(portableOptions(['--linux', 'AppImage'])).toBeNull()
})

test('a portable archive has a system, a folder and data sets', () => {
  expect(portableOptions(['--portable', 'linux-x64'])).toMatchObject({
    target: { name: 'linux-x64' },
    out: null,
    sets: [],
  })
  expect(portableOptions(['--portable=win-x64', '--out', 'there', '--with', 'mnist,cifar-10,mnist'])).toMatchObject({
    target: { name: 'win-x64' },
    out: 'there',
    sets: ['mnist', 'cifar-10'],
  })
})

test.each([
  [['--portable', 'amiga'], /no portable archive for “amiga”.*linux-x64, win-x64/],
  [['--portable='], /no system at all/],
  [['--portable', 'win-x64', '--whith', 'mnist'], /--whith/],
  [['--portable', 'win-x64', 'mnist'], /mnist/],
])('%j is refused in a sentence', (words, sentence) => {
  expect(() => portableOptions(words)).toThrow(sentence)
})
