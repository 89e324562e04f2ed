import { expect, test } from 'vitest'
import { isSafeName } from '../../../main/platform/fileNames.ts'

test('a name means itself: no other place, no control character', () => {
  for (const platform of ['linux', 'win32'] as const) {
    for (const name of ['кошка 1.jpg', '.hidden', 'a.b.c', 'console.png', 'com10'])
      expect(isSafeName(name, platform)).toBe(true)
    for (const name of ['', '.', '..', 'a/b', 'a\\b', 'a\nb', 'a\0']) expect(isSafeName(name, platform)).toBe(false)
  }
})

test('on Windows, no device and nothing that the system drops', () => {
  for (const name of ['NUL', 'con.jpg', 'COM1', 'lpt9.tar.gz', 'aux.', 'ends. ', 'ends.', 'a:b', 'a?b', 'a"b', 'a|b']) {
    expect(isSafeName(name, 'win32')).toBe(false)
    expect(isSafeName(name, 'linux')).toBe(true)
  }
})
