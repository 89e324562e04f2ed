import { expect, test } from 'vitest'
import { mirrorAddress } from '../../../core/mirror/mirrorAddress.ts'

test.each([
  ['192.168.1.5:8080', 'k7m 4qx', 'http://192.168.1.5:8080/K7M4QX'],
  ['http://teacher.local:8080/', 'K7M4QX', 'http://teacher.local:8080/K7M4QX'],
  ['192.168.1.5:8080/K7M4QX', '', 'http://192.168.1.5:8080/K7M4QX'],
  ['teacher:8080', '', 'http://teacher:8080'],
  [' /srv/наборы ', '', '/srv/наборы'],
  ['\\\\server\\share', '', '\\\\server\\share'],
  ['C:\\sets', '', 'C:\\sets'],
])('%s with the code “%s” is %s', (place, code, full) => {
  expect(mirrorAddress(place, code)).toBe(full)
})

test.each([
  ['192.168.1.5:8080', 'K7M4Q'],
  ['/srv/sets', 'K7M4QX'],
])('%s does not go with the code “%s”', (place, code) => {
  expect(() => mirrorAddress(place, code)).toThrow(/cannot be the code of a class/)
})
